"""Metrics: how well a script or a film does what was asked, each with its count of unscored samples."""

from evaluators.result import Score, mean_score
from evaluators.script_quality import EventCoverage, event_coverage, repeated_actions, unquoted_lines

__all__ = [
    "EventCoverage",
    "Score",
    "event_coverage",
    "mean_score",
    "repeated_actions",
    "unquoted_lines",
]
