"""What a prompt fixes, read by code alone, each fact with its span (design §4.1)."""

from mavin.facts.model import (
    CountFact,
    Dropped,
    DurationFact,
    Event,
    Facts,
    Gender,
    Quote,
    RoleFact,
    ShotLabel,
    TimeFact,
    TimeKind,
)
from mavin.facts.reader import read_facts, split_event

__all__ = [
    "CountFact",
    "Dropped",
    "DurationFact",
    "Event",
    "Facts",
    "Gender",
    "Quote",
    "RoleFact",
    "ShotLabel",
    "TimeFact",
    "TimeKind",
    "read_facts",
    "split_event",
]
