"""Word order of the European languages: which noun phrase of a clause is its subject.

    Sur le quai , Élodie serre sa valise          Romance: the noun phrase before the finite verb
    [─ prep. ──]  subject verb  object
    Am Abend umarmt sie ihren Bruder              German: before the finite verb, else right behind it
    [─ prep.] verb  subject  object

A noun phrase behind a preposition is no subject; a left-out one is whoever the last clause was about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from mavin.facts.languages.closed_words import Words, words_of
from mavin.facts.languages.european.inflections import infinitive, known
from mavin.facts.languages.european.people import is_first_name
from mavin.facts.languages.european.walk import Walk, walk_over
from mavin.facts.languages.european.words import Word, is_determiner, words_in
from mavin.facts.languages.reading import Mention, Reading
from mavin.facts.text import MASK

__all__ = ["arrange"]


_TIME = frozenset(
    "noche mañana día días tarde vez segundo segundos minuto minutos momento instante año años semana hora horas rato "
    "noite manhã dia dias tarde segundo minuto momento ano anos hora notte mattina giorno sera attimo istante momento secondo secondi minuti anno "
    "nuit matin jour soir instant seconde secondes minute an ans heure heures année fois abend morgen nacht tag augenblick moment sekunde sekunden "
    "minuten jahr jahre uhr stunde weile mal woche luego "
    "verano invierno otoño primavera estate inverno autunno été hiver automne printemps verão outono".split()
)


_COPULAS = frozenset("ser estar parecer essere sembrare être sembler devenir sein werden bleiben heißen ficar".split())


def arrange(text: str, language: str, *, follows: bool = False, spoken: bool = False) -> Reading:
    """Reads one clause; see :func:`mavin.facts.languages.foreign.read_foreign`."""
    table = words_of(language)
    assert table is not None
    words = words_in(text.replace(MASK, " "))
    walk = walk_over(text, words, language, table)
    if walk.verb is None:
        plain = [mention for mention, _, _ in walk.phrases if mention.slot == "subject"]
        return Reading(tuple(plain[:1]), None, _objects(walk, plain[:1], language), walk.nobody is not None)
    verb = words[walk.verb]
    if _impersonal(words, walk.verb, language):
        objects = _objects(walk, [], language) if language != "de" else ()
        return Reading((), (verb.start, verb.end), objects, True)
    subjects = _subjects(text, words, walk, language, table, follows, spoken)
    nobody = not subjects and (walk.nobody is not None or (walk.verb > 0 and _is_hour(walk, words)))
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
        once = words[verb].lower == "était" and [word.lower for word in words[verb + 1 : verb + 3]] == ["une", "fois"]
        return (
            there
            or once
            or infinitive(words[verb].lower, "fr") in _WEATHER
            or bool(
                re.match(
                    r"fait (?:nuit|jour|froid|chaud|noir|beau|sombre)|est (?:tard|tôt|minuit|midi|\w+ heures?)", rest
                )
            )
        )
    return language == "de" and "es" in near and infinitive(words[verb].lower, "de") in _WEATHER


def _subjects(
    text: str, words: list[Word], walk: Walk, language: str, table: Words, follows: bool, spoken: bool
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
        elif len(group) == 1 and len(before) > 2 and _all_listed(text, [m for m, _ in before]):
            group = [m for m, _ in before]  # "Der Hund, die Katze, das Pferd schlafen"
        elif len(group) == 1 and len(near) > 1 and language == "de" and walk.verb == len(words) - 1:
            group = _opening(text, [m for m, _ in near], table)  # "(ein Video, in dem) Lena die Tür öffnet"
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


def _is_hour(walk: Walk, words: list[Word]) -> bool:
    """Whether a time of day is the subject, so that nobody acts: "La nuit tombe", "Der Morgen graut"."""
    assert walk.verb is not None
    return any(
        not oblique and mention.slot == "subject" and mention.end == words[walk.verb - 1].end
        for mention, _, oblique in walk.phrases
    )


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


def _opening(text: str, found: list[Mention], table: Words) -> list[Mention]:
    """The first noun phrase with those that "and" ties to it: the subject where the verb stands last."""
    group = [found[0]]
    for mention in found[1:]:
        if text[group[-1].end : mention.start].strip(" ").lower() not in table.conjunctions:
            break
        group.append(mention)
    return group


def _listed(text: str, mention: Mention) -> bool:
    return bool(re.match(r"\s*,", text[mention.end :])) and (
        not text[: mention.start].strip() or text[: mention.start].rstrip().endswith(",")
    )


def _all_listed(text: str, found: list[Mention]) -> bool:
    """Whether nothing but commas stands between noun phrases that open a clause."""
    gaps = [text[one.end : two.start].strip() for one, two in pairwise(found)]
    alive = all(mention.person or mention.animal or mention.named for mention in found)
    return alive and not text[: found[0].start].strip() and all(gap == "," for gap in gaps)


def _behind(
    text: str, words: list[Word], walk: Walk, language: str, table: Words, follows: bool, spoken: bool
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
    told = spoken and opens and not between and (first.person or first.named)  # "… », halète Tim"
    says = told or (spoken and infinitive(verb.lower, language) in table.speech)
    if language == "fr" and not says and not opens and infinitive(verb.lower, language) not in table.arrivals:
        return []
    alive = first.person or first.animal or first.named
    lonely = not follows and alive and not any(m.slot == "subject" for m, i, _ in walk.phrases if i < walk.verb)
    comes = infinitive(verb.lower, language) in _INTRANSITIVE and is_determiner(words[at], table)
    if (arrives and (alive or not follows)) or comes or says or lonely:
        return _together(text, [m for m, _, oblique in later if not oblique and m.slot == "subject"], table)
    return []


_INTRANSITIVE = frozenset(
    "brotar nacer desaparecer florecer germinar estallar jaillir éclore naître disparaître nascere spuntare sbocciare sparire nascer desaparecer venir vir venire sonar llegar aparecer surgir caer soar chegar cair arrivare apparire cadere arriver apparaître tomber retentir".split()
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


def _objects(walk: Walk, subjects: list[Mention], language: str) -> tuple[Mention, ...]:
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
