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
from dataclasses import replace

from mavin.diagnostics import Span
from mavin.facts.languages.english.grammar import PREPOSITIONS, find_verb, is_plural, tokens_of
from mavin.facts.languages.english.phrases import noun_phrase
from mavin.facts.model import Dropped, Event, Facts, Gender
from mavin.facts.story.overview_rules import RULES, Subject, raised

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
    # "… culminate in a reveal, as they move behind shelves": what goes on meanwhile is seen before the end.
    found.sort(key=lambda beat: beat.text.startswith("It all "))
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
            and (not event.roles or _continues(event))
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


def _continues(event: Event) -> bool:
    """Whether an event is only a further place of the one before: "and between foreground and background"."""
    words = event.span.text.split()
    return len(words) <= 6 and words[0].casefold() in PREPOSITIONS


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


def _beats(event: Event, facts: Facts) -> list[Event]:
    subject = _subject_of(event, facts)
    if subject is None:
        return [event]
    done: list[tuple[str, str]] = []
    waiting = [(event.text, event.text)]
    while waiting:
        text, source = waiting.pop(0)
        room = MOST_BEATS - len(done) - len(waiting)
        cut = next((found for rule in RULES if (found := rule(text, subject)) is not None), None) if room > 1 else None
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


def _subject_of(event: Event, facts: Facts) -> Subject | None:
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
            return Subject(f"{phrase} and {named[1][2]}", True, named[1][1])
        nouns = tokens_of(phrase.split(" of ")[0])
        return Subject(phrase, plural or bool(nouns and is_plural(nouns[-1].lower)), end)
    phrase_found = noun_phrase(text[: _verb_at(text)], sentence_start=True)
    if phrase_found is None:
        return None
    return Subject(phrase_found.definite, phrase_found.plural, phrase_found.end)


def _group(event: Event, facts: Facts) -> Subject | None:
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
            return Subject(named, True, found.end())
    return None


def _verb_at(text: str) -> int:
    tokens = tokens_of(text)
    verb = find_verb(tokens)
    return tokens[verb].start if verb is not None else len(text)


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
    return raised(re.sub(r"[\s,;:.\-–—]+$", "", text))


def _lowered(text: str) -> str:
    words = text.split()
    return (
        text[:1].lower() + text[1:]
        if words
        and not words[0][1:2].isupper()
        and words[0].lower() in {"a", "an", "the", "three", "two", "four", "five", "six", "several", "one"}
        else text
    )
