"""Times, lengths and totals as people write them.

A misread or unread time is mended here; which event or line it is about is told in :mod:`mavin.facts.story.placing`
and :mod:`mavin.facts.voices.lines`.
"""

from mavin.facts.times.amounts import read_amounts
from mavin.facts.times.bounds import LONGEST_MS, bounds_phrase, find_bounds
from mavin.facts.times.heads import HeadTimes, find_head_times
from mavin.facts.times.lengths import HeldLength, find_held_lengths, timed_event
from mavin.facts.times.order import counted_from, find_reversals, in_reverse
from mavin.facts.times.requests import ASKS_FOR_SHOTS
from mavin.facts.times.rules import CLIP
from mavin.facts.times.shot_lengths import find_shot_lengths, with_shot_lengths
from mavin.facts.times.stated import find_times
from mavin.facts.times.takes import SOLE_TAKE
from mavin.facts.times.totals import (
    bracketed_lengths,
    duration_phrase,
    each_phrase,
    find_clip_wishes,
    find_durations,
    find_shot_counts,
    keyed_durations,
)

__all__ = [
    "ASKS_FOR_SHOTS",
    "CLIP",
    "LONGEST_MS",
    "SOLE_TAKE",
    "HeadTimes",
    "HeldLength",
    "bounds_phrase",
    "bracketed_lengths",
    "counted_from",
    "duration_phrase",
    "each_phrase",
    "find_bounds",
    "find_clip_wishes",
    "find_durations",
    "find_head_times",
    "find_held_lengths",
    "find_reversals",
    "find_shot_counts",
    "find_shot_lengths",
    "find_times",
    "in_reverse",
    "keyed_durations",
    "read_amounts",
    "timed_event",
    "with_shot_lengths",
]
