"""What a prompt fixes, read by code alone, each fact with its span (design §4.1)."""

from mavin.facts.model import (
    Anchor,
    CameraFact,
    CountFact,
    Dropped,
    DurationFact,
    Event,
    Facts,
    Gender,
    Quote,
    Repetition,
    RoleFact,
    Rule,
    RuleKind,
    ShotLabel,
    SoundFact,
    TimeFact,
    TimeKind,
)
from mavin.facts.reader import read_facts, split_event

__all__ = [
    "Anchor",
    "CameraFact",
    "CountFact",
    "Dropped",
    "DurationFact",
    "Event",
    "Facts",
    "Gender",
    "Quote",
    "Repetition",
    "RoleFact",
    "Rule",
    "RuleKind",
    "ShotLabel",
    "SoundFact",
    "TimeFact",
    "TimeKind",
    "read_facts",
    "split_event",
]
