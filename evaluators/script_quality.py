"""Whether a script tells the story that was asked for, measured on words alone (no model).

- :func:`event_coverage`: has each event of a story its own shot, in the story's order?
- :func:`repeated_actions`: do two shots show the same thing?
- :func:`unquoted_lines`: is there dialogue that the prompt does not hold?

Words are compared by their stem (Snowball's English stemmer), so that "lights" meets "light".
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from mavin.caption import MAX_SHOTS, DialogueLine, HierarchicalCaption

__all__ = [
    "KEPT_SHARE",
    "STOPWORDS",
    "EventCoverage",
    "content_stems",
    "cover_events",
    "event_coverage",
    "repeated_actions",
    "unquoted_lines",
]

KEPT_SHARE = 0.6
"""An event is kept when at least this share of its content words stands in the action of its shot."""

_FUNCTION_WORDS = """
    a an the this that these those some any each its his her their my your our
    i you he she it we they me him us them itself himself herself themselves who which
    is are was were be been being am has have had do does did
    will would can could may might must shall should
    at by for from in into of off on onto out over to under up down with without as through
    and or but while when then next first finally after afterwards before again also so there not
"""
# Line by line: articles and quantities that name nothing; pronouns; be, have, do; modal verbs;
# prepositions and particles; conjunctions and words of sequence.

STOPWORDS = frozenset(_FUNCTION_WORDS.split())
"""Function words: they stand in any sentence, so that finding them in a shot says nothing."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@functools.lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    """The stem of one word; with a stemmer of its own, because a stemmer that two threads share mixes their words."""
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def content_stems(text: str) -> tuple[str, ...]:
    """The distinct stems of a text's content words, in order of first appearance."""
    words = [word.replace("’", "'") for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())]
    return tuple(dict.fromkeys(_stem(word) for word in words if word not in STOPWORDS))


@dataclass(frozen=True, slots=True)
class EventCoverage:
    """How a story's events found their shots; one entry per event in story order.

    Attributes:
        events: the events that were looked for, at most six.
        shots: the shot given to each event, ``None`` where none was left for it.
        shares: share of the event's content words in the action of that shot, in [0, 1]; 0 without
            a shot; NaN for an event that has no content word (it is unscored).
    """

    events: tuple[str, ...]
    shots: tuple[str | None, ...]
    shares: tuple[float, ...]

    @property
    def kept(self) -> int:
        """Number of events whose share reaches :data:`KEPT_SHARE`."""
        return sum(share >= KEPT_SHARE for share in self.shares)

    @property
    def unscored(self) -> int:
        """Number of events without any content word."""
        return sum(math.isnan(share) for share in self.shares)

    @property
    def all_kept(self) -> bool:
        """Whether every event that can be scored is kept, and there is at least one."""
        return self.kept > 0 and self.kept == len(self.events) - self.unscored


def event_coverage(caption: HierarchicalCaption, events: Sequence[str]) -> EventCoverage:
    """Gives each event at most one shot, no shot to two events, and never against story order.

    Of all such assignments the one that keeps most events is taken, then the one with the largest
    sum of shares, then the one with the earliest shots.  A clip has at most six shots, so only the first six
    events are looked for.
    """
    return cover_events({shot.id: shot.action for shot in caption.shots}, events[:MAX_SHOTS])


def cover_events(actions: Mapping[str, str], events: Sequence[str]) -> EventCoverage:
    """The same for the shots of several clips: what happens in each, by the shot's name, in order."""
    looked_for, names = tuple(events), tuple(actions)
    wanted = [set(content_stems(event)) for event in looked_for]
    found = [set(content_stems(action)) for action in actions.values()]
    shares = [[len(words & action) / len(words) if words else math.nan for action in found] for words in wanted]
    chosen = _assign(shares, len(found))
    return EventCoverage(
        events=looked_for,
        shots=tuple(None if shot is None else names[shot] for shot in chosen),
        shares=tuple(
            math.nan if not words else 0.0 if shot is None else row[shot]
            for words, row, shot in zip(wanted, shares, chosen, strict=True)
        ),
    )


def _assign(shares: list[list[float]], shots: int) -> tuple[int | None, ...]:
    """For each event the index of its shot: strictly increasing, most kept first, then most shared."""

    @functools.cache
    def best(event: int, shot: int) -> tuple[int, float, tuple[int | None, ...]]:
        """The best for the events from ``event`` on, in the shots from ``shot`` on."""
        if event == len(shares):
            return 0, 0.0, ()
        kept, total, rest = best(event + 1, shot)
        choice: tuple[int, float, tuple[int | None, ...]] = (kept, total, (None, *rest))
        for index in range(shot, shots):
            share = shares[event][index]
            if not share > 0:  # also skips NaN
                continue
            kept, total, rest = best(event + 1, index + 1)
            offer = (kept + (share >= KEPT_SHARE), total + share, (index, *rest))
            if offer[:2] > choice[:2]:
                choice = offer
        return choice

    return best(0, 0)[2]


def repeated_actions(caption: HierarchicalCaption) -> tuple[tuple[str, str], ...]:
    """Pairs of shots with the same action, apart from case, punctuation, word endings and function words.

    Two actions of function words alone are compared as they are written.
    """
    actions = [(shot.id, content_stems(shot.action) or (_plain(shot.action),)) for shot in caption.shots]
    return tuple((one[0], two[0]) for one, two in combinations(actions, 2) if one[1] == two[1])


def unquoted_lines(caption: HierarchicalCaption, prompt: str) -> tuple[DialogueLine, ...]:
    """The lines of dialogue whose words do not stand in the prompt one after the other.

    Case, punctuation and white space do not matter.  A line that the prompt calls for without
    quoting it ("she greets him") is listed too: whether it was called for is for a person to say.
    """
    heard = f" {_plain(prompt)} "

    def is_quoted(text: str) -> bool:
        words = _plain(text)
        return f" {words} " in heard if words else text.strip() in prompt

    return tuple(line for line in caption.dialogue if not is_quoted(line.text))


def _plain(text: str) -> str:
    """Lower case, one blank between words, no punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'")))
