"""Words and grammar of each language.  Nothing here knows of films.

To read another European language, write its table in :mod:`mavin.facts.languages.tables` (one file, one
:class:`~mavin.facts.languages.tables.LanguageTable`) and let :mod:`mavin.facts.languages.foreign` send its
clauses to :mod:`mavin.facts.languages.european`; a language of another family gets a room of its own beside
``chinese`` and ``japanese``, whose ``clauses`` give a :class:`~mavin.facts.languages.reading.Reading`.
Then its forms of what a prompt says besides the story, each beside its kind:

    numbers.py                        how the language is told from others, and its numerals
    times/rules.py, times/shares.py   "from … to", "at", "in the last", "halfway"
    times/totals.py                   "the film lasts", "in three shots"
    demands/words.py                  silence, only one speaker, one take
    cast/looks.py                     "in a red coat", "with a deep voice"
    voices/addressees.py              "says to the child"
    quotes/quotations.py              written words that nobody says ("a sign that reads")
"""
