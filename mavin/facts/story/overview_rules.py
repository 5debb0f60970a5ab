"""Where an event of an overview may be cut into beats, rule by rule; each rule gives the first cut that it finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mavin.facts.languages.english.grammar import (
    PREPOSITIONS,
    find_verb,
    is_adverb,
    is_participle,
    is_plural,
    noun_lemma,
    third_person,
    tokens_of,
    verb_forms,
)

__all__ = ["RULES", "Cut", "Subject", "raised"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who an event is about, as its beats name them."""

    phrase: str
    plural: bool
    ends: int  # where its first naming ends in the event's text


@dataclass(frozen=True, slots=True)
class Cut:
    """A border: the text before it stands, ``pieces`` follow as sentences of their own.

    ``pieces`` are pairs of a sentence and the user's words with which it begins in the prompt.
    """

    at: int
    pieces: tuple[tuple[str, str], ...]
    head: str | None = None  # the text before it, where it must be reworded


def _sentence(subject: Subject, participle: str, rest: str) -> str:
    verb = third_person(participle.lower(), subject.plural)
    return f"{raised(subject.phrase)} {verb}{rest}"


_CLIMAX = re.compile(
    r"(?:\s*[,;—–]\s*|\s+)(?:(?:and|before|then|finally|ultimately)\s+)*"
    r"(?P<all>(?P<verb>culminat(?:e|es|ing)|climax(?:es|ing)?|(?<=, )(?:ending|finishing|concluding|closing)|"
    r"(?<=—)(?:ending|finishing|concluding|closing))\s+(?P<prep>in|with|at|on)\s+(?P<rest>\S.*))$",
    re.IGNORECASE | re.DOTALL,
)


def _climax(text: str, subject: Subject) -> Cut | None:
    """ "…, culminating in a tasting" is the last beat; it names what happens and not who culminates."""
    match = _CLIMAX.search(text, max(0, subject.ends - 1))
    if match is None or not match["rest"].strip():
        return None
    verb = match["verb"].lower()
    verb = (
        verb
        if verb.endswith("es") and not verb.endswith("ing")
        else third_person(verb, False)
        if verb.endswith("ing")
        else verb + "s"
    )
    sentence = f"It all {verb} {match['prep']} {match['rest']}"
    if not text[subject.ends : match.start()].strip(" ,"):
        # "The two partners culminate in a handshake": the whole event is the climax.
        return None if text.startswith("It all") else Cut(len(text), (), head=sentence)
    return Cut(match.start(), ((sentence, match["all"]),))


_UNTIL = re.compile(r"\s*(?:,\s*|[—–]\s*|\s)until\s+(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL)


def _until(text: str, subject: Subject) -> Cut | None:
    """ "… until they unlock the door": what happens in the end has its own shot."""
    match = _UNTIL.search(text, subject.ends)
    if match is None or find_verb(tokens_of(match["rest"])) is None:
        return None
    rest = re.sub(r"^(?:they|he|she|it)\b", subject.phrase, match["rest"], count=1, flags=re.IGNORECASE)
    return Cut(match.start(), ((raised(rest), match["rest"]),))


_DAYTIME = (
    r"(?:(?:early|late|deep|high|full)\s+)?(?:sunrise|dawn|daybreak|morning|noon|midday|afternoon|dusk|sunset|twilight|"
    r"evening|night|nightfall|midnight)"
)
_FROM_DAY = re.compile(
    rf"\s*[,—–]?\s*\bfrom\s+(?P<first>{_DAYTIME})\s+(?:to|until|till|into|through)\s+(?P<last>{_DAYTIME})\b"
    r"(?:\s*[,—–](?!\s*and\b))?",
    re.IGNORECASE,
)


def _daytime(words: str) -> str:
    head = words.lower().split()[-1]
    preposition = "in the" if head in {"morning", "afternoon", "evening"} else "in" if " " in words.strip() else "at"
    return f"{preposition} {words}"


def _from_day(text: str, subject: Subject) -> Cut | None:
    """ "… from sunrise to deep night": the same doing at both ends of the day."""
    match = _FROM_DAY.search(text, subject.ends)
    if match is None:
        return None
    following = re.match(r"\W*(?:\w+\s+)?(?P<verb>\w+ing)\b", text[match.end() :])
    if following and is_participle(following["verb"].lower()) and not _CLIMAX.match(text, match.end()):
        climax = _CLIMAX.search(text, match.start())
        if climax is None or text[match.end() : climax.start()].strip(" ,—–"):
            return None  # what is done in that time is told behind it, so the day's end comes last anyway
    head = text[: match.start()].rstrip(" ,—–")
    by = list(re.finditer(r"\bby\s+(?P<verb>\w+ing)\b(?P<rest>.*)$", head[subject.ends :], re.IGNORECASE | re.DOTALL))
    if by and is_participle(by[-1]["verb"].lower()):
        again = _sentence(subject, by[-1]["verb"], by[-1]["rest"])
    else:
        again = f"{raised(subject.phrase)}{head[subject.ends :]}"
    # Where the many places have been told once, the second shot need not list them again.
    again = re.sub(r"\s+(?:across|through|throughout|over|along)\s+.*$", "", again, flags=re.DOTALL)
    behind = text[match.end() :].lstrip(" ,—–")
    last = f"{again}, {_daytime(match['last'])}"
    tail = f"{last}, {behind}" if behind else last
    return Cut(match.end(), ((tail, text[match.start("last") :]),), head=f"{head}, {_daytime(match['first'])}")


_FROM_TO = re.compile(
    r"\b(?P<verb>(?:build|move|go|shift|progress|evolve|travel|journey|range|grow|escalate|transition)(?:s|es|ing)?)\s+from\s+"
    r"(?P<first>[^,;—–]+?)\s+(?:to|into)\s+(?P<last>[^;—–]+)$",
    re.IGNORECASE,
)


def _from_to(text: str, subject: Subject) -> Cut | None:
    """ "The show builds from rehearsal to a final moment": two stages, two shots."""
    match = _FROM_TO.search(text, subject.ends)
    if match is None or text[subject.ends : match.start()].strip():
        return None
    sentence = f"{raised(subject.phrase)} {match['verb']} to {match['last']}"
    return Cut(match.end("first"), ((sentence, match["last"]),))


_PLACES = re.compile(
    r"(?:\b(?P<lead>through|across|in|between|among|around|over|along|at|to|into)\s+)?"
    r"(?P<noun>(?:[\w-]+\s+){0,3}[\w-]+s)\s*(?:[—–:]|,?\s+such\s+as\s|,?\s+including\s)\s*(?=\w)",
    re.IGNORECASE,
)
_VERB_OF_PLACE = re.compile(r"\b(?P<verb>\w+ing)\s+(?P<prep>\w+)\s+(?:[\w-]+\s+){0,3}[\w-]+$", re.IGNORECASE)


def _places(text: str, subject: Subject) -> Cut | None:
    """ "environments—quiet, chaotic, natural, and futuristic—": each of them is a shot."""
    match = _PLACES.search(text, subject.ends)
    if match is None:
        return None
    listed = re.split(r"\s*[;.—–]", text[match.end() :], maxsplit=1)[0]
    pieces = re.split(r",\s*", listed)
    stop = next((number for number, piece in enumerate(pieces) if re.match(r"and\s", piece)), None)
    if stop is None:
        stop = len(pieces) - 1
    listed = ", ".join(pieces[: stop + 1])
    items = [item.strip() for item in re.split(r",\s*and\s+|,\s*|\s+and\s+", listed) if item.strip()]
    if len(items) < 2 or " and " not in listed:
        return None
    if any(len(item.split()) > 5 or find_verb(tokens_of(item)) is not None for item in items):
        return None
    listed_end = text.find(items[-1], match.end()) + len(items[-1])
    plural = match["noun"].split()[-1].lower()
    singular = noun_lemma(plural)
    if singular == plural:
        return None

    def named(item: str) -> str:
        first = item.split()[0].lower()
        if first in {"a", "an", "the", "his", "her", "their", "its"} or is_plural(item.split()[-1].lower()):
            return item
        return f"{_article(item)} {item}" if _is_noun(item.split()[-1]) else f"{_article(item)} {item} {singular}"

    head = text[: match.start("noun") + len(match["noun"])]
    does = _VERB_OF_PLACE.search(head, subject.ends)
    if does and is_participle(does["verb"].lower()) and does["prep"].lower() in PREPOSITIONS:
        doing, preposition = _sentence(subject, does["verb"], ""), does["prep"]
    else:
        verb = re.match(r"\s*(?P<verb>[\w-]+)", text[subject.ends :])
        doing = f"{raised(subject.phrase)}{verb.group() if verb else ' is'}"
        preposition = match["lead"] or "in"
    beats = [(f"{doing} {preposition} {named(item)}", item) for item in items[1:]]
    behind = text[listed_end:].strip(" ,—–")
    if behind:
        beats[-1] = (f"{beats[-1][0]}, {behind}", items[-1])
    first = f"{head.rstrip()}, first {named(items[0])}"
    return Cut(match.end() + len(items[0]), tuple(beats), head=first)


def _is_noun(word: str) -> bool:
    """Whether a word names a thing or a place and no quality: "a rooftop", but "a quiet environment"."""
    from lemminflect import getAllLemmas

    kinds = set(getAllLemmas(word.lower()))
    return "NOUN" in kinds and not kinds & {"ADJ", "ADV"}


_ACTS = re.compile(
    r"(?P<lead>\b(?!and\b)\w+\s+)(?P<first>\w+ing\b[^,;—–]*)(?P<more>(?:,\s+\w+ing\b[^,;—–]*?)+),?\s+and\s+(?P<last>\w+ing\b[^,;—–]*)",
    re.IGNORECASE,
)


def _acts(text: str, subject: Subject) -> Cut | None:
    """ "They practice measuring, cutting, and assembling a box": three doings, three shots."""
    match = _ACTS.search(text, subject.ends)
    if match is None or text[subject.ends : match.start()].strip():
        return None
    items = [match["first"], *(item.strip() for item in match["more"].split(",") if item.strip()), match["last"]]
    if not all(is_participle(item.split()[0].lower()) for item in items):
        return None
    lead = f"{raised(subject.phrase)} {match['lead'].strip()}"
    pieces = [(f"{lead} {item.strip()}", item.strip()) for item in items[1:]]
    behind = text[match.end() :]
    if behind.strip(" ,—–"):
        pieces[-1] = (f"{pieces[-1][0]}{behind}", f"{items[-1].strip()}{behind}")
    return Cut(match.end("first"), tuple(pieces))


_ITEMS = re.compile(
    r"^(?P<verb>\s*[\w-]+)(?P<prep>\s+(?:through|with|over|across|past|into|on|in|for))?\s+(?P<list>.+)$", re.DOTALL
)


def _things(text: str, subject: Subject) -> Cut | None:
    """ "They navigate tense rounds, a rules question, and a final move": three objects, three shots."""
    match = _ITEMS.match(text[subject.ends :].split(" as they ")[0])
    if match is None or not verb_forms(match["verb"].strip().lower()) & {"VB", "VBZ", "VBD"}:
        return None
    listed = re.fullmatch(
        r"(?P<first>[^,;—–]+)(?P<more>(?:,\s+[^,;—–]+?)+),?\s+and\s+(?P<last>[^,;—–]+)", match["list"]
    )
    if listed is None:
        return None
    items = [listed["first"], *(item.strip() for item in listed["more"].split(",") if item.strip()), listed["last"]]
    if any(len(item.split()) > 5 or not _thing(item) for item in items):
        return None
    base = subject.ends
    lead = f"{raised(subject.phrase)} {match['verb'].strip()}{match['prep'] or ''}"
    at = base + match.start("list") + len(listed["first"])
    return Cut(at, tuple((f"{lead} {item}", item) for item in items[1:]))


def _thing(words: str) -> bool:
    """Whether a list's item is a noun phrase: it neither opens with a preposition nor an act."""
    tokens = tokens_of(words)
    if not tokens or tokens[0].lower in PREPOSITIONS or is_participle(tokens[0].lower):
        return False
    return tokens[0].lower not in {"he", "she", "it", "they"} and not is_adverb(tokens[0].lower)


_PARTICIPLE = re.compile(
    r"(?:,\s+|\s*[—–]\s*)(?:(?:and|then|before|after|while|finally|eventually|ultimately|later)\s+)*(?P<all>(?P<verb>[a-z]+ing)\b(?P<rest>[^\n]*))$",
    re.IGNORECASE,
)
_STATES = frozenset(
    "holding wearing carrying having being sitting standing lying looking hanging including using".split()
)
_AND_ACT = re.compile(r"\s+and\s+(?P<all>(?P<verb>[a-z]+ing)\b(?P<rest>[^\n]*))$", re.IGNORECASE)


def _participles(text: str, subject: Subject) -> Cut | None:
    """ "…, collecting data and refining the setup": what goes on besides is told in shots of its own."""
    for match in _each(_PARTICIPLE, text, subject.ends):
        before = text[: match.start()].split()
        verb = match["verb"].lower()
        if verb in _STATES or not is_participle(verb) or (before and is_participle(before[-1].lower().strip(",—–"))):
            continue
        inner = _AND_ACT.search(match["rest"])
        rest, pieces = match["rest"], []
        if inner is not None and is_participle(inner["verb"].lower()) and "," not in match["rest"][: inner.start()]:
            rest = match["rest"][: inner.start()]
            pieces.append((_sentence(subject, inner["verb"], inner["rest"]), inner["all"]))
        first = (_sentence(subject, verb, rest), match["verb"] + rest)
        return Cut(match.start(), (first, *pieces))
    return None


def _each(pattern: re.Pattern[str], text: str, start: int) -> list[re.Match[str]]:
    found, at = [], start
    while (match := pattern.search(text, at)) is not None:
        found.append(match)
        at = match.start() + 1
    return found


_WHILE = re.compile(r"\s*[,—–]?\s+(?:as|while)\s+(?P<rest>(?:they|he|she)\s+\S.*)$", re.IGNORECASE | re.DOTALL)


def _besides(text: str, subject: Subject) -> Cut | None:
    """A long beat's "as they move behind shelves …" gets a shot of its own."""
    match = _WHILE.search(text, subject.ends)
    if match is None or len(text.split()) < 18 or find_verb(tokens_of(match["rest"])) is None:
        return None
    rest = re.sub(r"^(?:they|he|she)\b", subject.phrase, match["rest"], count=1, flags=re.IGNORECASE)
    return Cut(match.start(), ((raised(rest), match["rest"]),))


RULES: tuple[Callable[[str, Subject], Cut | None], ...] = (
    _until,
    _from_day,
    _climax,
    _places,
    _besides,
    _participles,
    _acts,
    _from_to,
    _things,
)
"""In the order in which they are tried."""


def raised(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _article(words: str) -> str:
    return "an" if re.match(r"[aeiou]", words, re.IGNORECASE) else "a"
