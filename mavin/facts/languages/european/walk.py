"""A walk over the words of a European clause: its noun phrases with their slots, and its finite verb."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mavin.facts.languages.closed_words import Words
from mavin.facts.languages.european.inflections import ADJECTIVAL, Finite, finite
from mavin.facts.languages.european.phrases import common_phrase, noun_phrase_at
from mavin.facts.languages.european.words import OBJECTS, Word, is_determiner, is_finite_at, is_name
from mavin.facts.languages.reading import Mention

__all__ = ["Walk", "walk_over"]


@dataclass(slots=True)
class Walk:
    """What a walk over the words of a clause has found so far."""

    phrases: list[tuple[Mention, int, bool]] = field(default_factory=list)  # with word index, whether oblique
    verb: int | None = None
    nobody: int | None = None


def walk_over(text: str, words: list[Word], language: str, table: Words) -> Walk:
    """Everything that one clause names, and its first finite verb outside of dependent clauses."""
    walk = Walk()
    index = 0
    slot = "subject"
    while index < len(words):
        word = words[index]
        low = word.lower
        if index and _comma(text, words[index - 1], word):
            slot = "subject"
        if low in table.subordinate and not _article_here(words, index, table):
            index = _behind_dependent(text, words, index, language, table, walk)
            slot = "subject"
            continue
        clitic = _object_pronoun(words, index, language, table, walk)
        prepositional = (
            not clitic
            and low in table.prepositions
            and not (language == "pt" and low in {"a", "as"} and _subject_place(walk, index))
        )
        if prepositional:
            slot = "to" if low in table.to else "with" if low in table.joint else "of" if low in table.of else "place"
            contracted = (
                low in table.masculine | table.feminine | table.plural or low.endswith("'") or low in _CONTRACTED
            )
            if contracted and index + 1 < len(words):
                made = _bare_phrase(text, words, index + 1, language, table)
                if made is not None:
                    walk.phrases.append((replace(made[0], slot=slot), index, True))
                    index, slot = made[1], "subject"
                    continue
            index += 1
            continue
        if low in table.nobody and slot == "subject" and noun_phrase_at(text, words, index, language, table) is None:
            walk.nobody = index if walk.nobody is None else walk.nobody
            index += 1
            continue
        if walk.verb is None and slot == "subject":
            sure = is_finite_at(words, index, language)
            clitic_next = low in table.clitics and index + 1 < len(words)
            if (
                sure
                and not clitic_next
                and not _article_here(words, index, table)
                and _verb_here(words, index, sure, walk, table, language == "de")
            ):
                walk.verb = index
                index += 1
                continue
        found = None if clitic else noun_phrase_at(text, words, index, language, table)
        if found is not None and not _bare_aside(words, index, slot, language, table, walk):
            mention, after = found
            determiners = {item.lower for item in words[index:after]} & table.oblique
            oblique = (
                language == "de" and bool(determiners) and slot == "subject" and words[index].lower in table.oblique
            )
            walk.phrases.append((replace(mention, slot=slot), index, oblique or slot != "subject"))
            index, slot = after, "subject"
            continue
        if low not in table.adverbs and low not in table.conjunctions:
            slot = slot if low in table.adjectives | table.determiners or _inflected(word, language) else "subject"
        index += 1
    return walk


def _inflected(word: Word, language: str) -> bool:
    """Whether a German word looks like an adjective behind a preposition: "mit schwarzem Hut"."""
    return language == "de" and word.text.islower() and word.lower.endswith(("em", "en", "er", "es", "e"))


def _object_pronoun(words: list[Word], index: int, language: str, table: Words, walk: Walk) -> bool:
    """Whether "la" or "le" stands for somebody ("El niño la mira") and is no article ("la porte s'ouvre")."""
    word = words[index]
    if word.lower in OBJECTS and walk.verb is None and index and index + 1 < len(words) and walk.phrases:
        subject = walk.phrases[-1][0]
        touches = (
            subject.slot == "subject" and subject.end == words[index - 1].end and words[index].start == subject.end + 1
        )
        alive = bool(subject.pronoun) or subject.person or subject.animal or subject.named
        if touches and alive and language != "de" and is_finite_at(words, index + 1, language) is Finite.SURE:
            return True  # "Elle la prend": no article follows a subject
    if word.lower not in table.clitics or index + 1 >= len(words) or not is_finite_at(words, index + 1, language):
        return False
    if word.lower not in table.determiners | table.prepositions:
        return True
    if walk.verb is not None:
        return False
    if index == 0 and word.text[0].isupper():
        return _opens_with_object(words, language, table)
    if walk.phrases and walk.phrases[-1][0].end == words[index - 1].end and walk.phrases[-1][0].slot == "subject":
        return True
    later = range(index + 2, len(words))
    return not any(
        is_finite_at(words, at, language) is Finite.SURE and words[at - 1].lower not in table.determiners
        for at in later
    )


def _opens_with_object(words: list[Word], language: str, table: Words) -> bool:
    """Whether a sentence opens with a pronoun and its verb: "La mira durante tres segundos"."""
    behind = words[2].lower if len(words) > 2 else ""
    adverbial = behind in table.prepositions - table.of or behind in table.adverbs
    return (
        language != "de"
        and adverbial
        and is_finite_at(words, 1, language) is Finite.SURE
        and not any(
            is_finite_at(words, at, language) is Finite.SURE
            and words[at - 1].lower not in table.determiners | table.clitics
            for at in range(2, len(words))
        )
    )


def _bare_aside(words: list[Word], index: int, slot: str, language: str, table: Words, walk: Walk) -> bool:
    """Whether a noun without any article only describes: "ni fantôme ni souvenir", "El anciano, ciego"."""
    word = words[index]
    if language == "de" or slot != "subject" or word.text[0].isupper() or word.lower in table.determiners or not index:
        return False
    pronoun = word.lower in table.he | table.she | table.they | table.it | table.first
    joined = words[index - 1].lower in {"y", "e", "et", "ed"}
    return not pronoun and not joined and bool(walk.phrases or words[index - 1].lower in table.conjunctions)


_CONTRACTED = frozenset(
    "al del ao aos às do da dos das no na nos nas num numa nuns numas pelo pela pelos pelas au aux du des allo alla ai agli alle dello della dei "
    "degli delle dallo dalla dai dagli dalle dal nel nello nella nei negli nelle sul sullo sulla sui sugli sulle col coi am ans aufs beim im ins "
    "vom zum zur durchs ums unterm vorm hinterm übers".split()
)


def _subject_place(walk: Walk, index: int) -> bool:
    """Portuguese "a": an article where no verb stands before."""
    return walk.verb is None or index - 1 == walk.verb


def _article_here(words: list[Word], index: int, table: Words) -> bool:
    return words[index].lower in table.determiners


def _bare_phrase(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int] | None:
    """The noun behind a preposition that holds its article ("zum Kind", "al niño")."""
    if is_name(words, index, language, table) or is_determiner(words[index], table):
        return noun_phrase_at(text, words, index, language, table)
    return common_phrase(text, words, index, index, language, table)


def _verb_here(words: list[Word], index: int, sure: Finite, walk: Walk, table: Words, german: bool) -> bool:
    if sure is Finite.SURE:
        return True
    following = words[index + 1].lower if index + 1 < len(words) else ""
    if words[index].lower in ADJECTIVAL and following not in table.determiners:
        return False
    placed = (
        bool(walk.phrases) and walk.phrases[-1][0].slot == "place" and walk.phrases[-1][0].end == words[index - 1].end
        if index
        else False
    )
    adjective = (following in table.of | table.joint and not german) or (placed and not german)
    return (
        bool(walk.phrases or walk.nobody is not None or index == 0 or words[index - 1].lower in table.clitics)
        and not adjective
        and (len(words) > 1)
    )


def _behind_dependent(text: str, words: list[Word], index: int, language: str, table: Words, walk: Walk) -> int:
    """Steps over "que vende pan" or "cuando llega la noche"; people in it still take part."""
    if walk.verb is not None:
        stop = len(words)
    else:
        stop = index + 1
        while (
            stop < len(words)
            and finite(words[stop].lower, language) is Finite.NO
            and not _comma(text, words[stop - 1], words[stop])
        ):
            stop += 1
        stop += 1
        if walk.phrases:
            # "El hombre que vende pan sube": what follows the relative clause's verb up to the next verb is its own.
            rest = stop
            while rest < len(words) and not _comma(text, words[rest - 1], words[rest]):
                if (
                    is_finite_at(words, rest, language) is Finite.SURE
                    and words[rest - 1].lower not in table.determiners
                ):
                    stop = rest
                    break
                rest += 1
        else:
            while stop < len(words) and not _comma(text, words[stop - 1], words[stop]):
                stop += 1
    at = index + 1
    while at < min(stop, len(words)):
        found = noun_phrase_at(text, words, at, language, table)
        if found is not None and (found[0].person or found[0].animal) and not found[0].pronoun:
            walk.phrases.append((replace(found[0], slot="inner"), at, True))
        at = found[1] if found is not None else at + 1
    return max(stop, index + 1)


def _comma(text: str, before: Word, after: Word) -> bool:
    return "," in text[before.end : after.start]
