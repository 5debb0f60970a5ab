"""What can be said of a script without a film: does it hold together, and does it hold what the prompt fixes?

form     shots partition the time, lines lie inside, can be said, are said by somebody who is seen, references bound
fidelity quotations, numbers and names kept; people that nobody asked for; events, and their order
words    lexical variety

Each is a share with its count, and what failed, in words.  :func:`mavin.facts.read_facts` reads the prompt, without a
model.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from evaluators.script_quality import KEPT_SHARE, content_stems
from mavin.caption import HierarchicalCaption
from mavin.facts import Facts
from mavin.interval import Interval
from mavin.speech import Zone, zone

__all__ = [
    "MOST_CUSTOMISED",
    "Share",
    "added_roles",
    "bound_references",
    "event_order",
    "kept_events",
    "kept_names",
    "kept_numbers",
    "kept_quotations",
    "lexical_variety",
    "lines_in_bounds",
    "partition",
    "seen_speakers",
    "speakable_lines",
]

MOST_CUSTOMISED = 3
"""Roles with a reference that one clip may have (§4.2)."""

WINDOW = 50
"""Words of the sliding window of :func:`lexical_variety`: a longer script must not seem poorer for its length."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_SPELT = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many hold.

    Attributes:
        held: those that do.
        n: those that were looked at.
        failed: the others in words.
    """

    held: int
    n: int
    failed: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """In [0, 1]; NaN where there is nothing to look at."""
        return self.held / self.n if self.n else math.nan

    @classmethod
    def of(cls, checks: Iterable[tuple[bool, str]]) -> Share:
        """Of pairs (whether it holds, what to say where it does not)."""
        every = list(checks)
        return cls(sum(holds for holds, _ in every), len(every), tuple(text for holds, text in every if not holds))


# ------------------------------------------------------------------------------------------ form


def partition(intervals: Sequence[Interval], duration_ms: int) -> Share:
    """Whether shots follow each other without gap or overlap from 0 to the end: each of their bounds is looked at."""
    ordered = sorted(intervals)
    if not ordered:
        return Share(0, 1, ("there is no shot",))
    checks = [(ordered[0].start_ms == 0, f"the first shot begins at {ordered[0].start_ms} ms, not at 0")]
    for one, two in pairwise(ordered):
        what = "gap" if two.start_ms > one.end_ms else "overlap"
        checks.append((one.end_ms == two.start_ms, f"{what} between {one.end_ms} and {two.start_ms} ms"))
    last = ordered[-1].end_ms
    checks.append((last == duration_ms, f"the last shot ends at {last} ms, the clip at {duration_ms} ms"))
    return Share.of(checks)


def lines_in_bounds(intervals: Iterable[Interval], duration_ms: int) -> Share:
    """Which lines lie inside the clip."""
    return Share.of(
        (0 <= one.start_ms < one.end_ms <= duration_ms, f"a line from {one.start_ms} to {one.end_ms} ms")
        for one in intervals
    )


def speakable_lines(captions: Sequence[HierarchicalCaption]) -> Share:
    """Which lines can be said in their time so that they are understood."""
    return Share.of(
        (
            zone(line.text, line.interval.duration_ms, line.language) is not Zone.IMPOSSIBLE,
            f"{line.id}: {line.text!r} in {line.interval.duration_ms} ms",
        )
        for caption in captions
        for line in caption.dialogue
    )


def seen_speakers(captions: Sequence[HierarchicalCaption]) -> Share:
    """Whose lines, if they are said in the picture, are said where the speaker is in the picture."""
    return Share.of(
        (
            all(line.role in shot.roles for shot in caption.shots if shot.interval.overlaps(line.interval)),
            f"{line.id}: {caption.role(line.role).name} speaks on screen and is not in every shot of the line",
        )
        for caption in captions
        for line in caption.dialogue
        if line.on_screen
    )


def bound_references(captions: Sequence[HierarchicalCaption]) -> Share:
    """Which references belong to somebody who is seen (a picture) or heard (a voice), at most three people a clip."""
    checks = []
    for caption in captions:
        customised = [role for role in caption.roles if role.reference.is_bound]
        seen = {role for shot in caption.shots for role in shot.roles}
        heard = {line.role for line in caption.dialogue}
        for at, role in enumerate(customised):
            used = bool(role.reference.image and role.id in seen) or bool(role.reference.audio and role.id in heard)
            checks.append(
                (at < MOST_CUSTOMISED and used, f"{role.name}'s reference is never used, or is one of too many")
            )
    return Share.of(checks)


# ------------------------------------------------------------------------------------------ fidelity


def kept_quotations(captions: Sequence[HierarchicalCaption], facts: Facts) -> Share:
    """Which quotations of the prompt are said, letter for letter."""
    said = [line.text for caption in captions for line in caption.dialogue]
    left = list(said)
    checks = []
    for quote in facts.quotes:
        wanted = quote.text.strip()
        found = next((text for text in left if text.strip() == wanted), None)
        if found is not None:
            left.remove(found)  # said twice means two lines
        checks.append((found is not None, f"nobody says {wanted!r}"))
    return Share.of(checks)


def kept_numbers(captions: Sequence[HierarchicalCaption], facts: Facts) -> Share:
    """Which lengths, counts, times of quotations and written numbers of the prompt the script holds."""
    checks = []
    length = sum(caption.duration_ms for caption in captions)
    if facts.duration:
        wanted = facts.duration.duration_ms
        checks.append((length == wanted, f"{length} ms instead of {wanted} ms"))
    if facts.shots:
        shots = sum(len(caption.shots) for caption in captions)
        checks.append((shots == facts.shots.count, f"{shots} shots instead of {facts.shots.count}"))
    if len(captions) == 1:
        for quote in facts.quotes:
            lines = [line for line in captions[0].dialogue if line.text.strip() == quote.text.strip()]
            for what, time in (("start", quote.start_ms), ("end", quote.end_ms)):
                if time is not None and lines:
                    near = any(_fits(line.interval, time, what) for line in lines)
                    checks.append((near, f"{quote.text!r} does not {what} at {time} ms"))
    text = _text_of(captions)
    written = {*_DIGITS.findall(text), *(_SPELT[word] for word in _plain(text).split() if word in _SPELT)}
    for event in facts.events:
        checks += [
            (number in written, f"{number} of {event.text!r} stands nowhere") for number in _DIGITS.findall(event.text)
        ]
    return Share.of(checks)


def _fits(interval: Interval, time: int, what: str) -> bool:
    """A quotation starts when it must, and has ended by when it must have."""
    return interval.start_ms == time if what == "start" else interval.end_ms <= time


def kept_names(captions: Sequence[HierarchicalCaption], facts: Facts) -> Share:
    """Which people that the prompt names are in the cast, or at least in the text."""
    cast = {_plain(role.name) for caption in captions for role in caption.roles}
    text = f" {_plain(_text_of(captions))} "
    return Share.of(
        (_plain(role.name) in cast or f" {_plain(role.name)} " in text, f"{role.name} stands nowhere")
        for role in facts.roles
        if role.named
    )


def added_roles(captions: Sequence[HierarchicalCaption], prompt: str) -> tuple[str, ...]:
    """People of the cast with no word of whose name the prompt holds, each once."""
    known = set(content_stems(prompt))
    names = dict.fromkeys(role.name for caption in captions for role in caption.roles)
    return tuple(name for name in names if not known & set(content_stems(name)) and _plain(name) not in _plain(prompt))


def _events(facts: Facts) -> tuple[str, ...]:
    return tuple(event.text for event in facts.events if not event.speech_only)


def _actions(captions: Sequence[HierarchicalCaption]) -> dict[str, str]:
    several = len(captions) > 1
    return {
        f"K{number} {shot.id}" if several else shot.id: f"{shot.setting} {shot.action}"
        for number, caption in enumerate(captions, 1)
        for shot in caption.shots
    }


def kept_events(captions: Sequence[HierarchicalCaption], facts: Facts) -> Share:
    """Which events stand in some shot: :data:`~evaluators.script_quality.KEPT_SHARE` of their words, in any order."""
    found = [set(content_stems(action)) for action in _actions(captions).values()]
    checks = []
    for event in _events(facts):
        if words := set(content_stems(event)):
            best = max((len(words & action) / len(words) for action in found), default=0.0)
            checks.append((best >= KEPT_SHARE, f"{event!r} stands in no shot"))
    return Share.of(checks)


def event_order(captions: Sequence[HierarchicalCaption], facts: Facts) -> Share:
    """Which pairs of kept events come in the story's order; two in one shot do.

    An event is where most of its words are: "closes the door" is not in the shot that opens it.
    """
    found = [set(content_stems(action)) for action in _actions(captions).values()]
    events, places = [], []
    for event in _events(facts):
        words = set(content_stems(event))
        shares = [len(words & action) / len(words) if words else 0.0 for action in found]
        if shares and max(shares) >= KEPT_SHARE:
            events.append(event)
            places.append([at for at, share in enumerate(shares) if share == max(shares)])
    at = dict(enumerate(_in_order(places)))
    pairs = combinations(range(len(events)), 2)
    return Share.of((at[one] <= at[two], f"{events[two]!r} comes before {events[one]!r}") for one, two in pairs)


def _in_order(places: Sequence[Sequence[int]]) -> list[int]:
    """One of each event's places, so that as many as possible follow one another: that speaks for the script."""
    # For each last place the longest run of events in order that ends there, then the runs' places.
    runs: dict[int, dict[int, int]] = {-1: {}}
    for event, choices in enumerate(places):
        before = dict(runs)
        for place in choices:
            best = max((run for last, run in before.items() if last <= place), key=len)
            if len(best) >= len(runs.get(place, {})):
                runs[place] = {**best, event: place}
    longest = max(runs.values(), key=len)
    return [longest.get(event, choices[0]) for event, choices in enumerate(places)]


# ------------------------------------------------------------------------------------------ words


def lexical_variety(captions: Sequence[HierarchicalCaption]) -> float:
    """Distinct words among those of settings and actions, mean over windows of :data:`WINDOW`; NaN without words."""
    words = [word for action in _actions(captions).values() for word in _plain(action).split()]
    if not words:
        return math.nan
    width = min(WINDOW, len(words))
    windows = [len(set(words[at : at + width])) / width for at in range(len(words) - width + 1)]
    return math.fsum(windows) / len(windows)


def _text_of(captions: Sequence[HierarchicalCaption]) -> str:
    """Everything that a script says."""
    parts: list[str] = []
    for caption in captions:
        parts += [caption.global_caption.storyline, caption.global_caption.ambience, caption.global_caption.style]
        for shot in caption.shots:
            parts += [shot.title, shot.setting, shot.action, shot.camera.note, *(sound.text for sound in shot.sounds)]
        parts += [part for role in caption.roles for part in (role.name, role.appearance, role.voice)]
        parts += [part for line in caption.dialogue for part in (line.text, line.delivery)]
    return " ".join(parts)


def _plain(text: str) -> str:
    """Lower case, one blank between words, no punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'")))
