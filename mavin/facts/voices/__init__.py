"""Who says each line, to whom, how, and when.

A line with a wrong speaker is mended here.
"""

from mavin.facts.voices.breaks import between_times, with_breaks
from mavin.facts.voices.lines import Voices
from mavin.facts.voices.sayings import both_as_they, with_lines_at_once, with_sayings
from mavin.facts.voices.speakers import cue_before, cue_behind
from mavin.facts.voices.vocatives import find_vocatives

__all__ = [
    "Voices",
    "between_times",
    "both_as_they",
    "cue_before",
    "cue_behind",
    "find_vocatives",
    "with_breaks",
    "with_lines_at_once",
    "with_sayings",
]
