"""Demands on the whole script: who is silent or alone, how often, in one take, with which camera, and when they hold."""

from mavin.facts.demands.constraints import (
    HE,
    SHE,
    Demand,
    demands_in,
    event_at,
    find_cameras,
    find_cuts,
    find_repetitions,
    find_rules,
    span_of,
    without_count,
)
from mavin.facts.demands.windows import in_window, timed_rules
from mavin.facts.demands.words import EVERYBODY, SEQUENCE

__all__ = [
    "EVERYBODY",
    "HE",
    "SEQUENCE",
    "SHE",
    "Demand",
    "demands_in",
    "event_at",
    "find_cameras",
    "find_cuts",
    "find_repetitions",
    "find_rules",
    "in_window",
    "span_of",
    "timed_rules",
    "without_count",
]
