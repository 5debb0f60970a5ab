"""Metrics: how well a script or a film does what was asked, each with its count of unscored samples."""

from evaluators.cuts import CutDetector, FilmCuts, score_cuts, shot_transition_accuracy
from evaluators.frechet import FeatureMoments, FrechetDistance, frechet_distance
from evaluators.result import Score, mean_score
from evaluators.script_quality import EventCoverage, event_coverage, repeated_actions, unquoted_lines
from evaluators.speech_timing import FilmSpeech, SpeechDetection, score_speech, time_alignment

__all__ = [
    "CutDetector",
    "EventCoverage",
    "FeatureMoments",
    "FilmCuts",
    "FilmSpeech",
    "FrechetDistance",
    "Score",
    "SpeechDetection",
    "event_coverage",
    "frechet_distance",
    "mean_score",
    "repeated_actions",
    "score_cuts",
    "score_speech",
    "shot_transition_accuracy",
    "time_alignment",
    "unquoted_lines",
]
