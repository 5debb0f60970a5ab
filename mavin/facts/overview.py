"""Overviews: a story told in a few long sentences becomes beats, each a shot of its own, in the user's words.

    … train together, warming up, …, and culminating in a timed challenge
    ── beat ────────  ─ beat ───       ─ beat ───────────────────────────
    … through environments—quiet, chaotic, and futuristic—until a breakthrough arrives
                            ─────  ───────      ──────────       ── beat ─────────────

What such texts say of the film and not of the story ("the interior stays consistent across every
shot") is found here too, so that it never becomes a shot.  English only; other languages keep the
clauses that the reader found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from mavin.diagnostics import Span
from mavin.facts.grammar import (
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
from mavin.facts.model import Dropped, Event, Facts, Gender
from mavin.facts.phrases import noun_phrase

__all__ = ["find_film_notes", "is_overview", "overview_events"]

MOST_BEATS = 6
"""A clip has at most six shots; splitting stops there."""

_LONG_STORY = 20
_LONGEST_EVENT = 120  # words; what is longer is no sentence
_LONG_EVENT = 9  # words an event of an overview has on average, at least

_NOTE = re.compile(
    r"(?:\s*[—–]\s*|\s+-\s+|,\s*|(?<=\.)\s+)(?:all(?:\s+of\s+it)?\s+|while\s+|with\s+|testing\s+|keeping\s+|maintaining\s+|in\s+|within\s+)+"
    r"[^.;—–]*?\b(?:consistent(?:ly)?|consistency|continuity|geometry)\b[^.,;—–]*?"
    r"(?=\s+(?:as|while|when)\s+(?:they|he|she|it|the)\b|[.,;—–]|\s*$)(?:,\s+[\w-]+\s+[\w-]+\s+environment)?",
    re.IGNORECASE,
)
_FILM_WORDS = re.compile(
    r"\b(?:shots?|frames?|cameras?|clips?|cuts?|geometry|environment|interior|space|setting|layout|identit\w+|appearance|"
    r"lighting|angles?|continuity)\b",
    re.IGNORECASE,
)
_LEAD_OVER = re.compile(r"\s*[—–]\s*$|\s*,\s*$")


def find_film_notes(masked: str, original: str) -> tuple[Dropped, ...]:
    """Asides that ask something of the film: "—while the interior remains consistent across every shot"."""
    found = []
    for match in _NOTE.finditer(masked):
        if _FILM_WORDS.search(match.group()):
            span = Span(start=match.start(), end=match.end(), text=original[match.start() : match.end()])
            found.append(Dropped(span, "it speaks of the film, not of the story"))
    return tuple(found)


def is_overview(facts: Facts) -> bool:
    """Whether the prompt sums up a story in few long sentences instead of telling it step by step."""
    words = sum(len(event.text.split()) for event in facts.events)
    free = not facts.labels and not any(event.start_ms is not None for event in facts.events)
    few = 0 < len(facts.events) < MOST_BEATS and words >= _LONG_EVENT * len(facts.events)
    return facts.language == "en" and free and few and words >= _LONG_STORY


def overview_events(facts: Facts) -> tuple[Event, ...]:
    """The events of an overview as beats, in story order; empty if the prompt is no overview.

    Every beat's span holds the user's words that it shows.  Events with speech stay as they are.
    """
    if not is_overview(facts):
        return ()
    found: list[Event] = []
    for event in _whole(facts):
        beats = [event] if event.quotes or len(event.text.split()) > _LONGEST_EVENT else _beats(event, facts)
        found += [_peopled(beat, found, facts) for beat in beats]
    return tuple(_trimmed(beat, facts) for beat in found)


def _trimmed(beat: Event, facts: Facts) -> Event:
    """The beat with a span that ends before a note about the film, which has its own entry in the ledger."""
    for note in facts.dropped:
        if beat.span.start < note.span.start < beat.span.end <= note.span.end + 1:
            words = facts.prompt[beat.span.start : note.span.start].rstrip()
            beat = replace(beat, span=Span(start=beat.span.start, end=beat.span.start + len(words), text=words))
    return beat


def _without_notes(text: str) -> str:
    for note in reversed(find_film_notes(text, text)):
        text = text[: note.span.start] + text[note.span.end :]
    return text


# ── events that the reader cut inside a list ─────────────────────────────────────────────────────


def _whole(facts: Facts) -> list[Event]:
    """The events with list items and trailing places joined to the clause that they belong to."""
    found: list[Event] = []
    for event in facts.events:
        if (
            found
            and not event.roles
            and not event.quotes
            and not found[-1].quotes
            and _belongs(found[-1], event, facts)
        ):
            last = found[-1]
            gap = facts.prompt[last.span.end : event.span.start]
            words = facts.prompt[event.span.start : event.span.end].rstrip(" .;")
            span = Span(start=last.span.start, end=event.span.end, text=facts.prompt[last.span.start : event.span.end])
            found[-1] = replace(last, span=span, text=_tidy(_without_notes(f"{last.text}{gap}{words}")))
        elif found and _leads(found[-1], event, facts):
            # "In a single, intricately designed escape room" was cut off from its clause.
            last = found.pop()
            gap = facts.prompt[last.span.end : event.span.start]
            span = Span(start=last.span.start, end=event.span.end, text=facts.prompt[last.span.start : event.span.end])
            found.append(replace(event, span=span, text=_tidy(f"{last.text}{gap}{_lowered(event.text)}")))
        else:
            found.append(event)
    return found


def _belongs(last: Event, event: Event, facts: Facts) -> bool:
    gap = facts.prompt[last.span.end : event.span.start]
    if not re.fullmatch(r"\s*[,—–]?\s*(?:and\s+|or\s+)?", gap, re.IGNORECASE) or "\n" in gap:
        return False
    first = event.span.text.split()[0].casefold()
    return first in PREPOSITIONS or first in {"a", "an"} or find_verb(tokens_of(event.text)) is None


def _leads(last: Event, event: Event, facts: Facts) -> bool:
    words = tokens_of(last.text)
    gap = facts.prompt[last.span.end : event.span.start]
    apart = last.roles or last.quotes or event.quotes or not words
    return not apart and words[0].lower in PREPOSITIONS and re.fullmatch(r"\s*,\s*", gap) is not None


# ── one event into beats ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Subject:
    """Who an event is about, as its beats name them."""

    phrase: str
    plural: bool
    ends: int  # where its first naming ends in the event's text


@dataclass(frozen=True, slots=True)
class _Cut:
    """A border: the text before it stands, ``pieces`` follow as sentences of their own.

    ``pieces`` are pairs of a sentence and the user's words with which it begins in the prompt.
    """

    at: int
    pieces: tuple[tuple[str, str], ...]
    head: str | None = None  # the text before it, where it must be reworded


def _beats(event: Event, facts: Facts) -> list[Event]:
    subject = _subject_of(event, facts)
    if subject is None:
        return [event]
    done: list[tuple[str, str]] = []
    waiting = [(event.text, event.text)]
    while waiting:
        text, source = waiting.pop(0)
        room = MOST_BEATS - len(done) - len(waiting)
        cut = next((found for rule in _RULES if (found := rule(text, subject)) is not None), None) if room > 1 else None
        if cut is None:
            done.append((text, source))
            continue
        head = text[: cut.at].rstrip(" ,;:—–-") if cut.head is None else cut.head
        waiting = [(head, source), *cut.pieces, *waiting]
    if len(done) == 1:
        return [replace(event, text=_tidy(done[0][0]))]
    return _placed(event, done)


def _placed(event: Event, beats: list[tuple[str, str]]) -> list[Event]:
    """Gives each beat the span of its words: from where they begin to where the next beat's begin."""
    prompt = event.span.text
    starts = [0]
    for _, source in beats[1:]:
        starts.append(_found(prompt, source, starts[-1]))
    found: list[Event] = []
    for number, (text, _) in enumerate(beats):
        end = starts[number + 1] if number + 1 < len(beats) else len(prompt)
        words = re.sub(r"(?:[\s,;:—–-]|\b(?:and|until|before|as|to)(?=\W*$))+$", "", prompt[starts[number] : end])
        words = words or prompt[starts[number] :]
        start = event.span.start + starts[number]
        span = Span(start=start, end=start + len(words), text=words)
        found.append(replace(event, span=span, text=_tidy(text), weak=number > 0))
    return found


def _found(prompt: str, source: str, cursor: int) -> int:
    """Where the words begin behind ``cursor``, by as many of their first words as stand there unchanged."""
    words = source.strip(" ,;:—–-.").split()
    for length in range(len(words), 0, -1):
        match = re.search(r"\s+".join(re.escape(word) for word in words[:length]), prompt[cursor:], re.IGNORECASE)
        if match:
            return cursor + match.start()
    return cursor


def _subject_of(event: Event, facts: Facts) -> _Subject | None:
    text = event.text
    named: list[tuple[int, int, str, bool]] = []
    group = _group(event, facts)
    if group is not None:
        return group
    for key in event.roles:
        role = facts.role(key)
        for words in (role.phrase, role.mention, role.name):
            found = re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE)
            if found:
                named.append((found.start(), found.end(), role.phrase, role.gender is Gender.PLURAL))
                break
    named.sort()
    if named:
        _, end, phrase, plural = named[0]
        if len(named) > 1 and re.fullmatch(r",?\s+and\s+", text[end : named[1][0]]):
            return _Subject(f"{phrase} and {named[1][2]}", True, named[1][1])
        nouns = tokens_of(phrase.split(" of ")[0])
        return _Subject(phrase, plural or bool(nouns and is_plural(nouns[-1].lower)), end)
    phrase_found = noun_phrase(text[: _verb_at(text)], sentence_start=True)
    if phrase_found is None:
        return None
    return _Subject(phrase_found.definite, phrase_found.plural, phrase_found.end)


def _group(event: Event, facts: Facts) -> _Subject | None:
    """ "Three old players" are three roles with one mention; together they are the subject."""
    roles = [facts.role(key) for key in event.roles]
    mates = [role for role in roles if sum(other.span == role.span for other in roles) > 1]
    if not mates:
        return None
    phrase = noun_phrase(mates[0].mention, sentence_start=True)
    named = phrase.definite if phrase is not None else mates[0].mention
    for words in (mates[0].mention, named):
        found = re.search(rf"\b{re.escape(words)}\b", event.text, re.IGNORECASE)
        if found:
            return _Subject(named, True, found.end())
    return None


def _verb_at(text: str) -> int:
    tokens = tokens_of(text)
    verb = find_verb(tokens)
    return tokens[verb].start if verb is not None else len(text)


def _sentence(subject: _Subject, participle: str, rest: str) -> str:
    verb = third_person(participle.lower(), subject.plural)
    return f"{_raised(subject.phrase)} {verb}{rest}"


_CLIMAX = re.compile(
    r"(?:\s*[,;—–]\s*|\s+)(?:(?:and|before|then|finally|ultimately)\s+)*"
    r"(?P<all>(?P<verb>culminat(?:e|es|ing)|climax(?:es|ing)?|(?<=, )(?:ending|finishing|concluding|closing)|"
    r"(?<=—)(?:ending|finishing|concluding|closing))\s+(?P<prep>in|with|at|on)\s+(?P<rest>\S.*))$",
    re.IGNORECASE | re.DOTALL,
)


def _climax(text: str, subject: _Subject) -> _Cut | None:
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
        return None if text.startswith("It all") else _Cut(len(text), (), head=sentence)
    return _Cut(match.start(), ((sentence, match["all"]),))


_UNTIL = re.compile(r"\s*(?:,\s*|[—–]\s*|\s)until\s+(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL)


def _until(text: str, subject: _Subject) -> _Cut | None:
    """ "… until they unlock the door": what happens in the end has its own shot."""
    match = _UNTIL.search(text, subject.ends)
    if match is None or find_verb(tokens_of(match["rest"])) is None:
        return None
    rest = re.sub(r"^(?:they|he|she|it)\b", subject.phrase, match["rest"], count=1, flags=re.IGNORECASE)
    return _Cut(match.start(), ((_raised(rest), match["rest"]),))


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


def _from_day(text: str, subject: _Subject) -> _Cut | None:
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
        again = f"{_raised(subject.phrase)}{head[subject.ends :]}"
    # Where the many places have been told once, the second shot need not list them again.
    again = re.sub(r"\s+(?:across|through|throughout|over|along)\s+.*$", "", again, flags=re.DOTALL)
    behind = text[match.end() :].lstrip(" ,—–")
    last = f"{again}, {_daytime(match['last'])}"
    tail = f"{last}, {behind}" if behind else last
    return _Cut(match.end(), ((tail, text[match.start("last") :]),), head=f"{head}, {_daytime(match['first'])}")


_FROM_TO = re.compile(
    r"\b(?P<verb>(?:build|move|go|shift|progress|evolve|travel|journey|range|grow|escalate|transition)(?:s|es|ing)?)\s+from\s+"
    r"(?P<first>[^,;—–]+?)\s+(?:to|into)\s+(?P<last>[^;—–]+)$",
    re.IGNORECASE,
)


def _from_to(text: str, subject: _Subject) -> _Cut | None:
    """ "The show builds from rehearsal to a final moment": two stages, two shots."""
    match = _FROM_TO.search(text, subject.ends)
    if match is None or text[subject.ends : match.start()].strip():
        return None
    sentence = f"{_raised(subject.phrase)} {match['verb']} to {match['last']}"
    return _Cut(match.end("first"), ((sentence, match["last"]),))


_PLACES = re.compile(
    r"(?:\b(?P<lead>through|across|in|between|among|around|over|along|at|to|into)\s+)?"
    r"(?P<noun>(?:[\w-]+\s+){0,3}[\w-]+s)\s*(?:[—–:]|,?\s+such\s+as\s|,?\s+including\s)\s*(?=\w)",
    re.IGNORECASE,
)
_VERB_OF_PLACE = re.compile(r"\b(?P<verb>\w+ing)\s+(?P<prep>\w+)\s+(?:[\w-]+\s+){0,3}[\w-]+$", re.IGNORECASE)


def _places(text: str, subject: _Subject) -> _Cut | None:
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
        return f"{_article(item)} {item} {singular}"

    head = text[: match.start("noun") + len(match["noun"])]
    does = _VERB_OF_PLACE.search(head, subject.ends)
    if does and is_participle(does["verb"].lower()) and does["prep"].lower() in PREPOSITIONS:
        doing, preposition = _sentence(subject, does["verb"], ""), does["prep"]
    else:
        verb = re.match(r"\s*(?P<verb>[\w-]+)", text[subject.ends :])
        doing = f"{_raised(subject.phrase)}{verb.group() if verb else ' is'}"
        preposition = match["lead"] or "in"
    beats = [(f"{doing} {preposition} {named(item)}", item) for item in items[1:]]
    behind = text[listed_end:].strip(" ,—–")
    if behind:
        beats[-1] = (f"{beats[-1][0]}, {behind}", items[-1])
    first = f"{head.rstrip()}, first {named(items[0])}"
    return _Cut(match.end() + len(items[0]), tuple(beats), head=first)


_ACTS = re.compile(
    r"(?P<lead>\b(?!and\b)\w+\s+)(?P<first>\w+ing\b[^,;—–]*)(?P<more>(?:,\s+\w+ing\b[^,;—–]*?)+),?\s+and\s+(?P<last>\w+ing\b[^,;—–]*)",
    re.IGNORECASE,
)


def _acts(text: str, subject: _Subject) -> _Cut | None:
    """ "They practice measuring, cutting, and assembling a box": three doings, three shots."""
    match = _ACTS.search(text, subject.ends)
    if match is None or text[subject.ends : match.start()].strip():
        return None
    items = [match["first"], *(item.strip() for item in match["more"].split(",") if item.strip()), match["last"]]
    if not all(is_participle(item.split()[0].lower()) for item in items):
        return None
    lead = f"{_raised(subject.phrase)} {match['lead'].strip()}"
    pieces = [(f"{lead} {item.strip()}", item.strip()) for item in items[1:]]
    behind = text[match.end() :]
    if behind.strip(" ,—–"):
        pieces[-1] = (f"{pieces[-1][0]}{behind}", f"{items[-1].strip()}{behind}")
    return _Cut(match.end("first"), tuple(pieces))


_ITEMS = re.compile(
    r"^(?P<verb>\s*[\w-]+)(?P<prep>\s+(?:through|with|over|across|past|into|on|in|for))?\s+(?P<list>.+)$", re.DOTALL
)


def _things(text: str, subject: _Subject) -> _Cut | None:
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
    lead = f"{_raised(subject.phrase)} {match['verb'].strip()}{match['prep'] or ''}"
    at = base + match.start("list") + len(listed["first"])
    return _Cut(at, tuple((f"{lead} {item}", item) for item in items[1:]))


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


def _participles(text: str, subject: _Subject) -> _Cut | None:
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
        return _Cut(match.start(), (first, *pieces))
    return None


def _each(pattern: re.Pattern[str], text: str, start: int) -> list[re.Match[str]]:
    found, at = [], start
    while (match := pattern.search(text, at)) is not None:
        found.append(match)
        at = match.start() + 1
    return found


_WHILE = re.compile(r"\s*[,—–]?\s+(?:as|while)\s+(?P<rest>(?:they|he|she)\s+\S.*)$", re.IGNORECASE | re.DOTALL)


def _besides(text: str, subject: _Subject) -> _Cut | None:
    """A long beat's "as they move behind shelves …" gets a shot of its own."""
    match = _WHILE.search(text, subject.ends)
    if match is None or len(text.split()) < 18 or find_verb(tokens_of(match["rest"])) is None:
        return None
    rest = re.sub(r"^(?:they|he|she)\b", subject.phrase, match["rest"], count=1, flags=re.IGNORECASE)
    return _Cut(match.start(), ((_raised(rest), match["rest"]),))


_RULES: tuple[Callable[[str, _Subject], _Cut | None], ...] = (
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


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _peopled(beat: Event, before: list[Event], facts: Facts) -> Event:
    """The beat with everybody whom its words name; abstract subjects ("the action") go on with the same people."""
    roles = []
    for role in facts.roles:
        word = role.name if role.named else role.mention.split()[-1]
        if word and re.search(rf"\b{re.escape(word)}\b(?!['’]s)", beat.text, re.IGNORECASE):
            roles.append(role.key)
    if not roles:
        roles = list(beat.roles) or (list(before[-1].roles) if before else [])
    return replace(beat, roles=tuple(roles))


def _tidy(text: str) -> str:
    text = re.sub(r"\s*[—–]\s*(?=[,.;]|$)|\s+(?=[,.;])", "", " ".join(text.split()))
    return _raised(re.sub(r"[\s,;:.\-–—]+$", "", text))


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    words = text.split()
    return (
        text[:1].lower() + text[1:]
        if words
        and not words[0][1:2].isupper()
        and words[0].lower() in {"a", "an", "the", "three", "two", "four", "five", "six", "several", "one"}
        else text
    )


def _article(words: str) -> str:
    return "an" if re.match(r"[aeiou]", words, re.IGNORECASE) else "a"
