"""Who a clause of another language than English is about, in terms of the cast."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mavin.facts.cast.foreign_mentions import GENDERS, WHICH, ForeignMentions
from mavin.facts.cast.members import Cast
from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.european.acts import human_act_abroad
from mavin.facts.languages.european.inflections import infinitive, known
from mavin.facts.languages.european.people import MASS_NOUNS, is_first_name, kind_of
from mavin.facts.languages.foreign import read_foreign, speech_reading
from mavin.facts.languages.reading import Mention
from mavin.facts.sentences import Clause

__all__ = ["ForeignCast", "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """A clause as a sentence that names its subject.

    Attributes:
        text: the sentence.
        keys: members that it is about.
        phrase: how to name them in the next sentence.
        plural: whether they are several.
        roles: everybody who takes part, subjects first.
        about: whether the clause has a subject of its own, which the next one may leave out.
    """

    text: str
    keys: list[str]
    phrase: str
    plural: bool
    roles: list[str]
    about: bool


_NAMED_SO = re.compile(
    r"(?:\b(?:llamad[oa]s?|apodad[oa]s?|alias|namens|genannt|heißt|nommée?|appelée?|surnommée?|dite?|chiamat[oa]|soprannominat[oa]|chamad[oa]|"
    r"apelidad[oa]|llaman?|appelle|chiama|chama|detective|don|doña|señor[a]?|herr|frau|madame|monsieur)|名为|名叫|叫做?|绰号|外号|人称)\s*$",
    re.IGNORECASE,
)
"""Words that make a name of the quotation behind them: "un perro llamado «Rayo»"."""


_NOBODY_BEHIND = re.compile(
    r"^\s*(?P<verb>[a-zäöüß]+)\s+(?P<who>alles|nichts|niemand|man|es|jemand|keiner|alle|etwas)\b"
)
"""A clause that its time put the wrong way round: "[Nach 4 Sekunden] ist alles weg"."""


def _subject_first(body: str, subjects: Sequence[Mention]) -> str:
    """ "landet ein Vogel", whose time was taken out before it, as "ein Vogel landet"."""
    verb = re.match(r"\s*(?P<verb>[a-zäöüß]+(?:\s+sich)?)\s+", body)
    if verb is None or any(mention.pronoun for mention in subjects) or subjects[0].start != verb.end():
        return body
    end = max(mention.end for mention in subjects)
    return f"{body[verb.end() : end]} {verb['verb']}{body[end:]}"


_ANSWERS = re.compile(
    r"antwort|erwider|entgegn|répon|répliqu|rétorqu|respond|respuest|contest|replic|rispo|ribatt|retruc", re.IGNORECASE
)
"""Verbs whose subject is not who spoke last."""
_ITSELF = re.compile(r"(?:se|si)\s+[^\W\d_]+\s+(?:un|una|uno|unos|unas|um|uma)\s", re.IGNORECASE)


_LATER = re.compile(
    r"^\s*(?:[\w'’]+\s+){1,3}(?:plus\s+tard|après|auparavant|más\s+tarde|después|antes|dopo|più\s+tardi|prima|depois|mais\s+tarde)\s*,",
    re.IGNORECASE,
)
"""A time of the story before its clause: "Dix ans plus tard, elle la déterre"."""
_COMES_OUT = frozenset("sale salen sort sortent esce escono sai saem".split())
"""Forms that the dictionary takes for those of other verbs ("salar")."""


def _known_by_now(phrase: str, pronoun: str) -> str:
    """ "ein alter Mann" as "der alte Mann", once "er" tells its gender."""
    article, ending = {"er": ("der", "er"), "es": ("das", "es")}.get(pronoun.casefold(), ("", ""))
    if not article or not phrase.startswith("ein "):
        return phrase
    words = [f"{word[:-1]}" if word.islower() and word.endswith(ending) else word for word in phrase.split()[1:]]
    return " ".join([article, *words])


_RELATIVE = re.compile(
    r"(?<=[\wäöüß]),\s*(?:(?:mit|in|an|auf|bei|zu|von|für|über|unter|vor)\s+)?"
    r"(?:der|die|das|dem|den|denen|deren|dessen|welche[rsmn]?)\s+"
    r"(?:[^,;.!?]*\s)?(?!(?:und|oder)\b)[a-zäöüß]+\s*(?:,|$)"
)
"""A German relative clause: its verb stands last, so it ends in a small letter ("die ihren Schlüssel verlor,")."""


def _without_relative(body: str) -> str:
    """A German clause with what only describes somebody blanked; its length stays."""
    return _RELATIVE.sub(lambda match: " " * len(match.group()), body)


class ForeignCast:
    """Reads the clauses of a foreign prompt in terms of its cast."""

    def __init__(self, cast: Cast, language: str, masked: str = "") -> None:
        self._cast = cast
        self._language = language
        self._mentions = ForeignMentions(cast, language, masked)

    def sentence(
        self, body: str, clause: Clause, current: list[str], phrase: str, plural: bool, *, led: bool = False
    ) -> Told:
        """Reads a clause and names its subject.

        Args:
            body: the words of the clause, quotations and times blanked, at ``clause.start`` of the prompt.
            clause: the clause.
            current: whom the last one was about.
            phrase: how to name them.
            plural: whether they are several.
            led: whether words that are no part of it, such as a time, open its sentence.
        """
        # German puts the verb second: what stands behind "Bei 4 s landet" is the subject.
        told = _without_relative(body) if self._language == "de" else _LATER.sub(lambda m: " " * len(m[0]), body)
        told = self._unwritten(told, clause.start)
        reading = read_foreign(told, self._language, follows=bool(current) and not (led and self._language == "de"))
        text, about = body, False
        keys = list(current)
        if clause.kind == "fragment" and self._is_lone_word(body):
            return Told(body, [], "", False, [], False)
        if reading.nobody:
            keys = []
            text = _NOBODY_BEHIND.sub(r"\g<who> \g<verb>", text) if led and self._language == "de" else text
        elif reading.subjects:
            self._mentions.reveal(reading.subjects, body, current)
            keys = [key for mention in reading.subjects for key in self._mentions.meet(mention, clause.start, current)]
            keys = list(dict.fromkeys(keys))
            if reading.verb and human_act_abroad(body[slice(*reading.verb)], self._language):
                self._mentions.humanise(keys)
            about = bool(keys)
            text = self._spelled_out(
                body, reading.subjects[0], self._mentions.meet(reading.subjects[0], clause.start, current)
            )
            if led and self._language == "de":
                text = _subject_first(text, reading.subjects)
            phrase = self._together([self._cast.member(key).phrase for key in keys])
            plural = len(keys) > 1 or (bool(keys) and self._cast.member(keys[0]).plural)
        elif _ITSELF.match(body.strip()) or (reading.verb and self._rises_by_itself(body, reading.verb)):
            keys = []  # "se abre una puerta": nobody opens it
        elif phrase and clause.kind != "fragment" and keys:
            if reading.verb and (both := self._both(body[slice(*reading.verb)], keys)):
                # "entra su compañero, se quedan mirando": a plural verb means the two of them.
                keys, plural, about = both, True, True
                phrase = self._together([self._cast.member(key).phrase for key in keys])
            text = self._with_subject(body, phrase)
        else:
            keys = []
        for key in keys:
            self._cast.touch(key)
            self._cast.member(key).subject_of += clause.kind != "fragment"
        others = [key for mention in reading.objects for key in self._mentions.meet(mention, clause.start, keys)]
        for key in keys:  # the subject stays the last one spoken of
            self._cast.touch(key)
        present = list(dict.fromkeys([*keys, *others]))
        return Told(text, keys, phrase, plural, present, about)

    def speaker(
        self, before: str, before_at: int, behind: str, behind_at: int, current: list[str], last: str | None = None
    ) -> list[str] | None:
        """Who says a quotation, by the words before and behind it; empty if the subject so far does.

        Args:
            before: the words of the clause up to the quotation.
            before_at: where they stand in the prompt.
            behind: the words from the quotation to the clause's end.
            behind_at: where they stand.
            current: whom the last clause was about.
            last: who spoke the line before, whom "he answers" does not mean.

        Returns:
            Members of the cast, ``[]`` for whoever the last clause was about, ``None`` if nothing tells.
        """
        found = speech_reading(before, behind, self._language, follows=bool(current))
        if found is None:
            return None
        reading, is_behind = found
        if reading.nobody:
            return None
        offset = behind_at if is_behind else before_at
        verb = (behind if is_behind else before)[slice(*reading.verb)] if reading.verb else ""
        other = (
            self._other_than(last, reading.subjects[0].pronoun)
            if last and _ANSWERS.match(verb) and reading.subjects
            else None
        )
        keys = (
            [other]
            if other
            else [key for mention in reading.subjects for key in self._mentions.meet(mention, offset, current)]
        )
        for mention in reading.objects:
            if mention.slot == "to":
                self._mentions.meet(mention, offset, keys)
        self._mentions.humanise(keys)
        for key in keys:
            self._cast.touch(key)
        return keys

    def _is_lone_word(self, body: str) -> bool:
        """Whether a sentence of one common noun ("Klick.") only looks like a name by its capital."""
        word = body.strip(" .,!?…")
        return (
            words_of(self._language) is not None
            and word.isalpha()
            and known(word, self._language)
            and not is_first_name(word)
            and not any(kind_of(word.lower(), self._language)[:2])
        )

    def _both(self, verb: str, keys: list[str]) -> list[str]:
        """The last two who were met, where a verb is plural and its subject so far is one; else nobody."""
        ending = {"es": "n", "pt": "m", "fr": "ent", "it": "no"}.get(self._language)
        if ending is None or not verb.lower().endswith(ending) or len(keys) != 1 or self._cast.member(keys[0]).plural:
            return []
        alive = [member for member in self._cast.members() if (member.person or member.animal) and not member.plural]
        return (
            [member.key for member in alive[-2:]] if len(alive) > 1 and keys[0] in {m.key for m in alive[-2:]} else []
        )

    def _rises_by_itself(self, body: str, verb: tuple[int, int]) -> bool:
        """Whether bare stuff behind a verb of arrival is what arrives: "Sale humo", "Cae nieve"."""
        table = words_of(self._language)
        if table is None or self._language == "de" or body[: verb[0]].strip():
            return False
        behind = re.match(r"\s+(?P<word>[^\W\d_]+)", body[verb[1] :])
        said = body[slice(*verb)].lower()
        arrives = said in _COMES_OUT or infinitive(said, self._language) in table.arrivals
        return arrives and behind is not None and behind["word"].lower() in MASS_NOUNS

    def _other_than(self, last: str, pronoun: str) -> str | None:
        """Whom "he" or "she" means who answers: somebody else of that gender than who spoke last."""
        fits = [
            member
            for member in self._cast.members()
            if (member.person or member.animal)
            and not member.plural
            and member.key != last
            and pronoun in GENDERS
            and member.gender is GENDERS[pronoun]
        ]
        return max(fits, key=lambda member: member.last_seen).key if fits else None

    def people_in(self, text: str, offset: int, subject: str | None) -> list[str]:
        """Members whom words name that are no event of the story ("Nur Mara spricht")."""
        reading = read_foreign(text, self._language, follows=True, spoken=True)
        alive = [item for item in (*reading.subjects, *reading.objects) if item.person and not item.pronoun]
        keys = [key for mention in alive for key in self._mentions.meet(mention, offset, [])]
        return [key for key in dict.fromkeys(keys) if key != subject]

    def addressed(self, words: str, start: int) -> str | None:
        """The member that a line is said to; ``None`` if the words name nobody."""
        reading = read_foreign(words, self._language)
        found = [mention for mention in (*reading.subjects, *reading.objects) if not mention.pronoun]
        return self._mentions.meet(found[0], start, [])[0] if found else None

    def _unwritten(self, text: str, offset: int) -> str:
        """A clause without what somebody writes or reads in it, unless it is a name; its length stays."""
        for start, end in self._cast.written:
            left, right = max(0, start - offset), min(len(text), end - offset)
            if left < right and not _NAMED_SO.search(text[:left]):
                text = text[:left] + " " * (right - left) + text[right:]
        return text

    def _spelled_out(self, body: str, mention: Mention, keys: list[str]) -> str:
        """The name in place of a pronoun: "Er hebt eine Wabe" as "der Imker hebt eine Wabe"."""
        if not mention.pronoun or not keys or mention.pronoun in {"i", "ranked", *WHICH}:
            return body
        phrase = self._together([self._cast.member(key).phrase for key in keys])
        if self._language == "de":
            phrase = _known_by_now(phrase, body[mention.start : mention.end])
        inverted = re.search(r"(?:-t)?-$", body[: mention.start])
        left = inverted.start() if inverted else mention.start
        return f"{body[:left]}{' ' if inverted else ''}{phrase}{body[mention.end :]}"

    def _with_subject(self, body: str, phrase: str) -> str:
        if self._language in {"zh", "ja"}:
            joint = "は" if self._language == "ja" else ""
            return f"{phrase}{joint}{body.strip()}"
        bare = body.strip().lstrip(",; ")
        return f"{phrase} {bare[:1].lower()}{bare[1:]}"

    def _together(self, phrases: list[str]) -> str:
        link = {"es": " y ", "pt": " e ", "it": " e ", "fr": " et ", "de": " und ", "zh": "和", "ja": "と"}.get(
            self._language, ", "
        )
        return link.join(phrases)
