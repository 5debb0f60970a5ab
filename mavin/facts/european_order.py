"""Word order of the European languages: which noun phrase of a clause is its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mavin.facts.european import Word, common_phrase, is_determiner, is_finite_at, is_name, noun_phrase_at, words_in
from mavin.facts.european_people import is_first_name
from mavin.facts.foreign_model import Mention, Reading
from mavin.facts.foreign_words import Words, words_of
from mavin.facts.inflections import ADJECTIVAL, Finite, finite, infinitive, known
from mavin.facts.quotes import MASK

__all__ = ["arrange"]

_TIME = frozenset(
    "noche mañana día días tarde vez segundo segundos minuto minutos momento instante año años semana hora horas rato "
    "noite manhã dia dias tarde segundo minuto momento ano anos hora notte mattina giorno sera attimo istante momento secondo secondi minuti anno "
    "nuit matin jour soir instant seconde secondes minute an ans heure heures année fois abend morgen nacht tag augenblick moment sekunde sekunden "
    "minuten jahr jahre uhr stunde weile mal woche luego "
    "verano invierno otoño primavera estate inverno autunno été hiver automne printemps verão outono".split()
)


_COPULAS = frozenset("ser estar parecer essere sembrare être sembler devenir sein werden bleiben heißen ficar".split())


@dataclass(slots=True)
class _Walk:
    """What a walk over the words of a clause has found so far."""

    phrases: list[tuple[Mention, int, bool]] = field(default_factory=list)  # with word index, whether oblique
    verb: int | None = None
    nobody: int | None = None


def arrange(text: str, language: str, *, follows: bool = False, spoken: bool = False) -> Reading:
    """Reads one clause; see :func:`mavin.facts.european.read`."""
    table = words_of(language)
    assert table is not None
    words = words_in(text.replace(MASK, " "))
    walk = _walk(text, words, language, table)
    if walk.verb is None:
        plain = [mention for mention, _, _ in walk.phrases if mention.slot == "subject"]
        return Reading(tuple(plain[:1]), None, _objects(walk, plain[:1], language), walk.nobody is not None)
    verb = words[walk.verb]
    if _impersonal(words, walk.verb, language):
        objects = _objects(walk, [], language) if language != "de" else ()
        return Reading((), (verb.start, verb.end), objects, True)
    subjects = _subjects(text, words, walk, language, table, follows, spoken)
    nobody = not subjects and walk.nobody is not None
    if infinitive(verb.lower, language) in _COPULAS:
        # "Lena ist ein Einzelkind": what somebody is, is nobody else.
        walk.phrases = [
            item for item in walk.phrases if item[1] < walk.verb or item[0].slot != "subject" or item[0].named
        ]
    return Reading(tuple(subjects), (verb.start, verb.end), _objects(walk, subjects, language), nobody)


_WEATHER = frozenset(
    "neiger pleuvoir falloir tonner geler venter schneien regnen donnern hageln dämmern dunkeln frieren".split()
)


def _impersonal(words: list[Word], verb: int, language: str) -> bool:
    """Whether nobody does it: "il neige", "il y a", "es regnet"."""
    near = [word.lower for word in words[max(0, verb - 3) : verb] + words[verb + 1 : verb + 2]]
    if language == "fr" and "il" in near:
        rest = " ".join(word.lower for word in words[verb : verb + 3])
        there = words[verb].lower == "a" and "y" in near
        return (
            there
            or infinitive(words[verb].lower, "fr") in _WEATHER
            or bool(
                re.match(
                    r"fait (?:nuit|jour|froid|chaud|noir|beau|sombre)|est (?:tard|tôt|minuit|midi|\w+ heures?)", rest
                )
            )
        )
    return language == "de" and "es" in near and infinitive(words[verb].lower, "de") in _WEATHER


def _walk(text: str, words: list[Word], language: str, table: Words) -> _Walk:
    walk = _Walk()
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


def _object_pronoun(words: list[Word], index: int, language: str, table: Words, walk: _Walk) -> bool:
    """Whether "la" or "le" stands for somebody ("El niño la mira") and is no article ("la porte s'ouvre")."""
    word = words[index]
    if word.lower not in table.clitics or index + 1 >= len(words) or not is_finite_at(words, index + 1, language):
        return False
    if word.lower not in table.determiners | table.prepositions:
        return True
    if walk.verb is not None or (index == 0 and word.text[0].isupper()):
        return False
    if walk.phrases and walk.phrases[-1][0].end == words[index - 1].end and walk.phrases[-1][0].slot == "subject":
        return True
    later = range(index + 2, len(words))
    return not any(
        is_finite_at(words, at, language) is Finite.SURE and words[at - 1].lower not in table.determiners
        for at in later
    )


def _bare_aside(words: list[Word], index: int, slot: str, language: str, table: Words, walk: _Walk) -> bool:
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


def _subject_place(walk: _Walk, index: int) -> bool:
    """Portuguese "a": an article where no verb stands before."""
    return walk.verb is None or index - 1 == walk.verb


def _article_here(words: list[Word], index: int, table: Words) -> bool:
    return words[index].lower in table.determiners


def _bare_phrase(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int] | None:
    """The noun behind a preposition that holds its article ("zum Kind", "al niño")."""
    if is_name(words, index, language, table) or is_determiner(words[index], table):
        return noun_phrase_at(text, words, index, language, table)
    return common_phrase(text, words, index, index, language, table)


def _verb_here(words: list[Word], index: int, sure: Finite, walk: _Walk, table: Words, german: bool) -> bool:
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


def _behind_dependent(text: str, words: list[Word], index: int, language: str, table: Words, walk: _Walk) -> int:
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


def _subjects(
    text: str, words: list[Word], walk: _Walk, language: str, table: Words, follows: bool, spoken: bool
) -> list[Mention]:
    assert walk.verb is not None
    verb = words[walk.verb]
    own = text.rfind(",", 0, verb.start)
    before = [
        (m, i)
        for m, i, oblique in walk.phrases
        if i < walk.verb and not oblique and m.slot == "subject" and m.head not in _TIME
    ]
    near = [(m, i) for m, i in before if m.start > own]
    if (
        near
        and language == "de"
        and near[-1][0].head == "es"
        and any(not oblique and i > walk.verb for _, i, oblique in walk.phrases)
    ):
        near = before = []  # "Es war einmal ein König"
    if near:
        group = _coordinated(text, [m for m, _ in near], table)
        if len(group) > 1:
            # "Un perro, un gato y un pájaro bailan"
            early = [m for m, _ in before if m.start < own]
            group = ([m for m in early if _listed(text, m)] if len(early) else []) + group
        if len(group) == 1 and group[0].pronoun == "they" and not verb.lower.endswith("n") and language == "de":
            return [replace(group[0], pronoun="she")]
        return [_sie(mention, verb, language) for mention in group]
    if walk.nobody is not None and walk.nobody < walk.verb and not before:
        return []
    if before and own > before[0][0].end - 1 and not text[own + 1 : verb.start].strip():
        # "Der Professor, müde vom Tag, löscht das Licht": an aside parts the subject from its verb.
        return [_sie(before[0][0], verb, language)]
    behind = _behind(text, words, walk, language, table, follows, spoken)
    if behind:
        return [_sie(mention, verb, language) for mention in behind]
    if before and not (language == "de" and follows and words[walk.verb].start == 0):
        return [_sie(before[0][0], verb, language)]
    return []


def _sie(mention: Mention, verb: Word, language: str) -> Mention:
    """German "sie" is one woman or several people, as the verb tells."""
    if language == "de" and mention.pronoun == "she" and (verb.lower.endswith("en") or verb.lower in {"sind", "waren"}):
        return replace(mention, pronoun="they")
    return mention


def _coordinated(text: str, found: list[Mention], table: Words) -> list[Mention]:
    """The last noun phrase with those that "and" ties to it."""
    group = [found[-1]]
    for mention in reversed(found[:-1]):
        link = text[mention.end : group[0].start].strip(" ").lower()
        if link in table.conjunctions:
            group.insert(0, mention)
        else:
            break
    return group


def _listed(text: str, mention: Mention) -> bool:
    return bool(re.match(r"\s*,", text[mention.end :])) and (
        not text[: mention.start].strip() or text[: mention.start].rstrip().endswith(",")
    )


def _behind(
    text: str, words: list[Word], walk: _Walk, language: str, table: Words, follows: bool, spoken: bool
) -> list[Mention]:
    """The subject behind its verb: German after an adverbial, Romance after verbs of arrival and speech."""
    assert walk.verb is not None
    verb = words[walk.verb]
    later = [(m, i, oblique) for m, i, oblique in walk.phrases if i > walk.verb]
    opens = walk.verb == 0 or all(word.lower in table.conjunctions for word in words[: walk.verb])
    if language == "de":
        if opens and follows and not spoken:
            own = later[0][0] if later and later[0][1] == walk.verb + 1 else None
            return [own] if own is not None and own.pronoun == "he" else []  # "Nach 3 Sekunden geht er"
        if walk.nobody is not None and walk.nobody > walk.verb and (not later or walk.nobody < later[0][1]):
            return []
        found = [m for m, i, oblique in later if not oblique and m.slot == "subject" and m.head not in _TIME]
        if found and found[0].pronoun == "she" and opens and follows and later[0][0].named:
            return []
        return _together(text, found, table)
    if not later or later[0][2] or later[0][0].slot != "subject":
        return []
    first, at, _ = later[0]
    between = [word.lower for word in words[walk.verb + 1 : at]]
    if any(word not in table.adverbs | table.clitics for word in between) or "," in text[verb.end : first.start]:
        return []
    if first.pronoun:
        return [first]
    arrives = infinitive(verb.lower, language) in table.arrivals
    says = spoken and infinitive(verb.lower, language) in table.speech
    if language == "fr" and not says and not opens and infinitive(verb.lower, language) not in table.arrivals:
        return []
    alive = first.person or first.animal or first.named
    lonely = not follows and alive and not any(m.slot == "subject" for m, i, _ in walk.phrases if i < walk.verb)
    comes = infinitive(verb.lower, language) in _INTRANSITIVE and is_determiner(words[at], table)
    if (arrives and (alive or not follows)) or comes or says or lonely:
        return _together(text, [m for m, _, oblique in later if not oblique and m.slot == "subject"], table)
    return []


_INTRANSITIVE = frozenset(
    "sonar llegar aparecer surgir caer soar chegar cair arrivare apparire cadere arriver apparaître tomber retentir".split()
)
"""Verbs of arrival that never take an object, so that what stands behind them is their subject ("suena una alarma")."""


def _together(text: str, found: list[Mention], table: Words) -> list[Mention]:
    """The first noun phrase with those that "and" ties to it."""
    group = found[:1]
    for mention in found[1:]:
        if text[group[-1].end : mention.start].strip(" ").lower() in table.conjunctions:
            group.append(mention)
        else:
            break
    return group


def _objects(walk: _Walk, subjects: list[Mention], language: str) -> tuple[Mention, ...]:
    """People, animals and names besides the subject; whose something is does not take part."""
    found = []
    taken = {mention.start for mention in subjects}
    for mention, _, _ in walk.phrases:
        if mention.start in taken or mention.slot in {"of"} or mention.pronoun == "it" or mention.head in _TIME:
            continue
        if mention.pronoun and mention.slot == "subject":
            continue
        if mention.named:
            # "à Paris", "in Rom": a capital alone does not make a person of a place.
            german = language == "de" and known(mention.text, "de")  # every noun has a capital there
            if (german or mention.slot in {"place", "to"}) and not is_first_name(mention.text.split()[0]):
                continue
        elif (mention.animal and mention.slot not in {"to", "with"}) or not (
            mention.person or mention.animal or mention.pronoun
        ):
            continue
        found.append(replace(mention, slot="object" if mention.slot in {"subject", "place"} else mention.slot))
    return tuple(found)
