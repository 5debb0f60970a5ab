"""Noun phrases of Spanish, Portuguese, Italian, French and German.

un viejo farero llamado Tomás        determiner, adjectives, head, name
ihrem kleinen Bruder Jonas
"""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.languages.closed_words import Words
from mavin.facts.languages.european.german_cases import basic_adjective, nominative
from mavin.facts.languages.european.inflections import Finite, finite, infinitive, is_plural_noun, known, lemma
from mavin.facts.languages.european.people import (
    SHORT_TITLES,
    TITLES,
    gender_of_name,
    is_first_name,
    kind_of,
    singular_and_gender,
)
from mavin.facts.languages.european.words import Word, has_gap, is_determiner, is_finite_at, is_name, opens, pronoun_of
from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.facts.languages.reading import Mention
from mavin.facts.model import Gender
from mavin.facts.text import MASK

__all__ = ["ORDINALS", "common_phrase", "noun_phrase_at"]

_NUMBER = re.compile(NUMBER, re.IGNORECASE)


def noun_phrase_at(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int] | None:
    """The noun phrase that begins at a word, and the index behind it; ``None`` if none does."""
    word = words[index]
    pronoun = pronoun_of(word, table)
    if pronoun and not (
        language == "it"
        and word.lower in {"loro"}
        and index + 1 < len(words)
        and not is_finite_at(words, index + 1, language)
    ):
        mention = Mention(word.text, word.start, word.end, word.lower, word.text, word.text, pronoun=pronoun)
        return mention, index + 1
    both = _counted_alone(text, words, index, language, table)
    if both is not None:
        return both
    single = _one_of_several(text, words, index, language, table)
    if single is not None:
        return single
    if is_name(words, index, language, table):
        return name_at(text, words, index, language, table)
    bare = language == "de" and word.text[0].isupper() and not opens(words, index) and word.lower not in table.nobody
    if _says_it(text, words, index, language, table):
        return None
    if not is_determiner(word, table):
        if bare or (_noun_like(words, index, language, table) and kind_of(word.lower, language)[:2] != (False, False)):
            return common_phrase(text, words, index, index, language, table)
        return None
    at = index + 1
    while at < len(words) and (is_determiner(words[at], table) and not has_gap(text, words[at - 1], words[at])):
        at += 1
    if at >= len(words) or has_gap(text, words[at - 1], words[at]):
        return None
    return common_phrase(text, words, index, at, language, table)


def _says_it(text: str, words: list[Word], index: int, language: str, table: Words) -> bool:
    """Whether article and noun are a pronoun and a verb before a line: "e *le grida* «Sciopero!»"."""
    if index + 1 >= len(words) or words[index].lower not in {"le", "la", "lo", "gli", "les"}:
        return False
    said = infinitive(words[index + 1].lower, language) in table.speech
    rest = text[words[index + 1].end :].replace(MASK, " ").strip(" :,.")
    return said and not rest[:1].isalpha() and index > 0 and words[index - 1].lower in table.conjunctions


_WHICH = {
    **dict.fromkeys(
        "primero primera premier première premiers erste erster erstes primo prima primeiro primeira un une uno una eine einer".split(),
        "first",
    ),
    **dict.fromkeys("segundo segunda second seconde deuxième zweite zweiter zweites secondo seconda".split(), "second"),
    **dict.fromkeys("tercero tercera troisième dritte dritter drittes terzo terza terceiro terceira".split(), "third"),
    **dict.fromkeys("otro otra autre andere anderer altro altra outro outra".split(), "other"),
}
"""Words behind an article for one of those met before."""
_OF_THEM = frozenset({"d' eux", "d' elles", "de ellos", "de ellas", "di loro", "von ihnen", "dei due", "de ambos"})


def _one_of_several(
    text: str, words: list[Word], index: int, language: str, table: Words
) -> tuple[Mention, int] | None:
    """ "El primero dice", "l'autre répond", "die andere lacht": no noun follows but the verb."""
    alone = words[index].lower in {"uno", "una", "un", "einer", "eine", "um", "uma"} and index + 1 < len(words)
    led_by = words[index].lower in {"l'", "el", "la"} and words[min(index + 1, len(words) - 1)].lower in {
        "un",
        "une",
        "uno",
        "una",
    }
    first = index + led_by
    if (alone or led_by) and " ".join(word.lower for word in words[first + 1 : first + 3]) in _OF_THEM:
        said = text[words[index].start : words[first + 2].end]
        return Mention(
            said, words[index].start, words[first + 2].end, said.casefold(), said, said, person=True, pronoun="first"
        ), first + 3
    alone = alone and words[index].lower in {"uno", "einer", "eine"}
    if alone and infinitive(words[index + 1].lower, language) in table.speech:
        word = words[index]  # "Uno pregunta", "Einer ruft"
        return Mention(
            word.text, word.start, word.end, word.lower, word.text, word.text, person=True, pronoun="first"
        ), index + 1
    ranked = _ranked(text, words, index, language, table)
    if ranked is not None:
        return ranked
    after = index + 2
    if after > len(words) - 1 or words[index].lower not in table.determiners | {"l'"}:
        return None
    which = _WHICH.get(words[index + 1].lower)
    led = words[index].lower in {"el", "la", "le", "l'", "der", "die", "das", "il", "o", "a"}
    if which is None or not led or has_gap(text, words[index], words[index + 1]):
        return None
    verb = after
    while verb < len(words) - 1 and words[verb].lower in table.clitics | table.adverbs:
        verb += 1
    if has_gap(text, words[index + 1], words[after]) or not is_finite_at(words, verb, language):
        return None
    start, end = words[index].start, words[index + 1].end
    said = text[start:end]
    return Mention(said, start, end, said.casefold(), said, said, person=True, pronoun=which), after


_MORE = frozenset("más menos plus moins più meno mais menos".split())
_RANKS = frozenset(
    "mayor menor aîné aînée cadet cadette benjamin benjamine maggiore minore ältere älterer jüngere jüngerer größere größerer kleinere kleinerer "
    "älteste ältester jüngste jüngster größte größter kleinste kleinster dickere dünnere".split()
)


def _ranked(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int] | None:
    """ "El más viejo dice", "l'aînée répond", "die Jüngere lacht": one of a group by what sets them apart."""
    if words[index].lower not in {"el", "la", "le", "l'", "der", "die", "das", "il", "o", "a"} or index + 2 >= len(
        words
    ):
        return None
    more = words[index + 1].lower in _MORE and index + 3 < len(words)
    told = index + 2 if more else index + 1
    if not more and words[told].lower not in _RANKS:
        return None
    verb = told + 1
    while verb < len(words) - 1 and words[verb].lower in table.clitics | table.adverbs:
        verb += 1
    if any(has_gap(text, words[at], words[at + 1]) for at in range(index, told + 1)) or not is_finite_at(
        words, verb, language
    ):
        return None
    start, end = words[index].start, words[told].end
    said = text[start:end]
    return Mention(said, start, end, words[told].lower, said, said, person=True, pronoun="ranked"), told + 1


def _counted_alone(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int] | None:
    """ "Los dos suben", "les deux rient", "beide lachen": those met before, whom no noun names."""
    end = index + 1
    if words[index].lower not in {"ambos", "ambas", "entrambi", "entrambe", "beide"}:
        if words[index].lower not in {"los", "las", "les", "die", "i", "le", "os", "as"} or end >= len(words):
            return None
        if words[end].lower not in {"dos", "deux", "beiden", "zwei", "due", "dois", "duas"}:
            return None
        end += 1
    verb = end
    while verb < len(words) - 1 and words[verb].lower in table.clitics | table.adverbs:
        verb += 1
    if has_gap(text, words[index], words[end - 1]) or verb >= len(words) or not is_finite_at(words, verb, language):
        return None
    start, stop = words[index].start, words[end - 1].end
    said = text[start:stop]
    return Mention(said, start, stop, said.casefold(), said, said, Gender.PLURAL, plural=True, pronoun="they"), end


def _noun_like(words: list[Word], index: int, language: str, table: Words) -> bool:
    word = words[index]
    closed = table.prepositions | table.conjunctions | table.subordinate | table.adverbs | table.clitics | table.nobody
    return word.lower not in closed and not word.lower.isdigit() and finite(word.lower, language) is not Finite.SURE


def name_at(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int]:
    at = index + 1
    while (
        at < len(words)
        and not has_gap(text, words[at - 1], words[at])
        and words[at].text[0].isupper()
        and at - index < 3
    ):
        titled = words[at - 1].lower in SHORT_TITLES or words[at].lower in SHORT_TITLES
        if language == "de" and not titled and not is_name(words, at, language, table):
            break
        at += 1
    start, end = words[index].start, words[at - 1].end
    name = text[start:end]
    return Mention(
        name,
        start,
        end,
        name.casefold(),
        name,
        name,
        SHORT_TITLES.get(words[index].lower) or gender_of_name(words[index].text, language),
        person=True,
        named=True,
        words=frozenset(name.casefold().split()),
    ), at


def common_phrase(
    text: str, words: list[Word], start: int, at: int, language: str, table: Words
) -> tuple[Mention, int] | None:
    """A noun phrase with a common noun; ``at`` is the word behind its determiners."""
    head = at
    if language == "de":
        while head < len(words) and not words[head].text[0].isupper():
            adjective = (
                re.search(r"(?:e|en|er|es|em|lila|rosa|jährige)$", words[head].lower)
                and words[head].lower not in table.prepositions
            )
            if not adjective or (has_gap(text, words[head - 1], words[head]) and head > at) or head - at > 3:
                return None
            head += 1
        if head >= len(words):
            return None
    else:
        while (
            head + 1 < len(words)
            and (words[head].lower in table.adjectives or _counts(words, head, language))
            and not has_gap(text, words[head], words[head + 1])
        ):
            following = words[head + 1]
            if not _noun_like(words, head + 1, language, table) or following.lower in table.determiners:
                break
            if (
                finite(following.lower, language)
                and kind_of(following.lower, language)[:2] == (False, False)
                and kind_of(words[head].lower, language)[0]
            ):
                break  # "el viejo mira": the adjective is the noun
            head += 1
        if not _head_like(words, head, table):
            return None
    if head > at and words[head].text[0].isupper() and is_first_name(words[head].text):
        little, end = name_at(text, words, head, language, table)  # "le petit Noé", "der kleine Tim"
        return replace(little, text=text[words[start].start : little.end], start=words[start].start), end
    end = head + 1
    noun = words[head]
    if language != "de":
        while (
            end < len(words)
            and not has_gap(text, words[end - 1], words[end])
            and words[end].lower not in _CALLED
            and not _behind_called(text, words, end)
            and _adjective_behind(text, words, end, language, table)
        ):
            end += 1
    named = None
    called = _behind_called(text, words, end)
    if called:
        named, end = name_at(text, words, called, language, table)
    elif end < len(words) and not has_gap(text, words[end - 1], words[end]) and words[end].text[0].isupper():
        person = any(kind_of(noun.lower, language)[:2])
        last = (
            noun.lower not in {"herr", "frau", "doktor", "professor"}
            and end + 2 == len(words)
            and known(words[end].text, language)
        )  # "(in dem) eine Katze Klavier spielt"
        apposed = (
            not _dative_plural(noun.text) and not last if language == "de" else is_name(words, end, language, table)
        )
        if (person or noun.lower in TITLES or noun.lower in SHORT_TITLES) and apposed:
            named, end = name_at(text, words, end, language, table)
    mention = _mention(text, words, start, at, head, end, named, language, table)
    if called and named is not None:
        mention = replace(mention, name=named.name, head=named.head, phrase=named.name)
    return mention, end


_CALLED = frozenset(
    "namens genannt llamado llamada nommé nommée appelé appelée prénommé prénommée chiamato chiamata chamado chamada".split()
)
"""Between a noun and the name of whom it means: "ein Mann namens Karl"."""


_CALLED_IN_TWO = frozenset(
    "mit namen|di nome|de nombre|de nome|de nom|du nom de|del nome di|se llama|que se llama|s' appelle|qui s' appelle|si chiama|"
    "che si chiama|se chama|que se chama|por nombre|der heißt|die heißt|con el nombre de".split("|")
)
"""The same in several words: "una signora di nome Carla"."""


ORDINALS = frozenset(
    "segundo segunda tercer tercera cuarto cuarta second seconde deuxième troisième quatrième secondo seconda terzo terza terceiro terceira "
    "zweiter zweite zweites zweiten dritter dritte drittes dritten otro otra autre altro altra outro outra anderer andere anderes weiterer weitere".split()
)
"""Which of several of a kind somebody is: "un segundo mago", "ein dritter Hund"."""


def _counts(words: list[Word], index: int, language: str) -> bool:
    """Whether a word counts the person or the animal behind it: "un *segundo* mago"."""
    if words[index].lower not in ORDINALS or index + 1 >= len(words):
        return False
    return any(kind_of(words[index + 1].lower, language)[:2])


def _behind_called(text: str, words: list[Word], end: int) -> int:
    """Index of the name behind words such as "namens" that begin at a word; 0 without them."""
    for length in (1, 2, 3, 4):
        at = end + length
        if at >= len(words) or any(has_gap(text, words[i], words[i + 1]) for i in range(end, at)):
            return 0
        said = " ".join(word.lower for word in words[end:at])
        if said in (_CALLED if length == 1 else _CALLED_IN_TWO) and words[at].text[0].isupper():
            return at
    return 0


def _head_like(words: list[Word], index: int, table: Words) -> bool:
    closed = table.prepositions | table.conjunctions | table.subordinate | table.clitics | table.nobody
    return words[index].lower not in closed - table.people and not words[index].lower.isdigit()


def _adjective_behind(text: str, words: list[Word], index: int, language: str, table: Words) -> bool:
    """Whether the word behind a noun is an adjective of it: neither a closed word nor likely a verb."""
    word = words[index]
    closed = table.prepositions | table.conjunctions | table.subordinate | table.clitics | table.nobody | table.adverbs
    if word.lower in table.adjectives and not word.text[0].isupper():
        return True
    if (
        word.lower in closed | table.determiners
        or word.text[0].isupper()
        or word.lower.isdigit()
        or pronoun_of(word, table)
    ):
        return False
    sure = is_finite_at(words, index, language)
    if sure is Finite.NO:
        return True
    if sure is Finite.MAYBE:
        # "la luna llena", "une valise rouge": an adjective if a surer verb comes before any other noun phrase.
        after = index + 1
        while after < len(words) and words[after].lower in table.clitics:
            after += 1
        return (
            after < len(words)
            and is_finite_at(words, after, language) is Finite.SURE
            and not has_gap(text, words[after - 1], words[after])
        )
    return False


def _mention(
    text: str,
    words: list[Word],
    start: int,
    at: int,
    head: int,
    end: int,
    named: Mention | None,
    language: str,
    table: Words,
) -> Mention:
    noun = words[head]
    person, animal, gender = kind_of(noun.lower, language)
    if not (person or animal) and head > at and language != "de":
        # "el viejo farero": the word taken for an adjective may be the person.
        person, animal, gender = (
            kind_of(words[at].lower, language) if words[at].lower not in table.adjectives else (False, False, gender)
        )
    first = [word.lower for word in words[start:at]]
    count = next((number_of(word) for word in first if _NUMBER.fullmatch(word)), 1)
    indefinite = set(table.definite) | {"ein", "eine", "un'"}
    plural = (count > 1 and not set(first) & indefinite) or any(word in table.plural for word in first)
    if language == "de" and first[:1] and first[0] in {"die", "ihre", "seine", "meine", "unsere"}:
        plural = (
            is_plural_noun(noun.text, "de") and kind_of(noun.lower, "de")[2] is not Gender.FEMALE
        ) or noun.lower.endswith("innen")
    elif (not plural and not first[:1]) or (first and first[0] in table.possessives):
        plural = plural or is_plural_noun(noun.text if language == "de" else noun.lower, language)
    if gender is Gender.UNKNOWN:
        gender = _grammatical(first, noun, language, table, person)
    if plural and not named:
        gender = Gender.PLURAL
    phrase = text[words[start].start : words[end - 1].end]
    name = text[noun.start : noun.end]
    if language == "de" and first in ([], ["den"]) and _dative_plural(noun.text):
        # "zu den Kindern" are "die Kinder".
        noun = replace(noun, text=noun.text[:-1], lower=noun.lower[:-1])
        name, plural, gender = noun.text, True, Gender.PLURAL
        phrase_shown = "die " * len(first) + text[words[at].start : words[end - 1].end][:-1]
    elif language == "de" and not plural and named is None and (told := nominative(phrase, first, noun.text, gender)):
        phrase_shown, name = told
        noun = replace(noun, text=name, lower=name.lower())
    else:
        phrase_shown = _definite(phrase, language, table)
    modifiers = {
        word.lower for word in words[at:end] if word.lower not in table.determiners and word.start != noun.start
    }
    if language == "de":
        modifiers = {word if word in ORDINALS else basic_adjective(word) for word in modifiers}
    modifiers |= {noun.lower}
    if named is not None:
        name, shown = named.name, text[noun.start : named.end]
        if noun.lower in {"señor", "señora", "frau", "herr", "madame", "monsieur", "signora", "senhora", "don", "doña"}:
            name = shown
        if noun.lower in SHORT_TITLES:
            name, gender = shown, SHORT_TITLES[noun.lower]
        return Mention(
            phrase,
            words[start].start,
            words[end - 1].end,
            name.casefold(),
            name,
            _definite(phrase, language, table),
            named.gender if gender is Gender.UNKNOWN else gender,
            False,
            not animal,
            animal,
            True,
            words=frozenset(name.casefold().split()) | {noun.lower},
        )
    return Mention(
        phrase,
        words[start].start,
        words[end - 1].end,
        noun.lower,
        name[:1].upper() + name[1:],
        phrase_shown,
        gender,
        plural,
        person,
        animal,
        words=frozenset(modifiers),
        owned=bool(first) and first[0] in table.possessives,
    )


def _dative_plural(noun: str) -> bool:
    """Whether a German noun is a plural with the ending of the dative: "Kindern", "Freunden"."""
    if noun.endswith("en") and singular_and_gender(noun.lower(), "de")[0] == noun[:-1].lower():
        return False  # "Jungen" are several, or the one of "dem Jungen"
    return noun.endswith("n") and is_plural_noun(noun[:-1], "de") and lemma(noun, "de") == lemma(noun[:-1], "de")


def _grammatical(first: list[str], noun: Word, language: str, table: Words, person: bool) -> Gender:
    if any(word in table.feminine for word in first):
        return Gender.FEMALE
    if language == "de" and noun.lower.endswith(("chen", "lein")):
        return Gender.NEUTER
    if any(word in table.masculine for word in first):
        neuter = language == "de" and first[-1] == "ein" and not person
        return Gender.UNKNOWN if neuter else Gender.MALE
    return Gender.UNKNOWN


def _definite(phrase: str, language: str, table: Words) -> str:
    """ "un farero viejo" as "el farero viejo": later sentences speak of somebody who is known."""
    words = phrase.split()
    low = words[0].lower().replace("’", "'")
    elided = re.match(r"(un)['’]", phrase, re.IGNORECASE)
    if elided and language == "it":
        return "l'" + phrase[elided.end() :]
    if low in table.definite and len(words) > 1:
        article = table.definite[low]
        vowel = words[1][:1].lower() in "aeiouhéèêàâîôœ"
        if (language == "fr" and vowel and low != "des") or (language == "it" and low == "un" and vowel):
            return "l'" + " ".join(words[1:])
        return " ".join([article, *words[1:]])
    return phrase[:1].lower() + phrase[1:] if low in table.determiners else phrase
