"""Metrics: how well a script or a film does what was asked, each with its count of unscored samples.

result, provenance   a value, what it rests on, what made it
plan, film           what a film should be; its pictures and sound, decoded once
metric, suite        what a metric is, which there are; many films, one table
cuts, speech_timing  STA and TAMS (§5.2, C.3)
speech               word error rates
frechet              distances between sets of features
routed               which cuts and lines a film kept
script_quality       scripts, without a film
"""

from evaluators.cuts import CutDetector, CutMetric, FilmCuts, shot_transition_accuracy
from evaluators.film import OpenedFilm, Pictures, Sample
from evaluators.frechet import FeatureMoments, FrechetDistance, frechet_distance
from evaluators.metric import DEFAULT_METRICS, METRICS, Column, Metric, metrics_of
from evaluators.plan import ScriptPlan
from evaluators.provenance import Provenance
from evaluators.result import Measurement, Score, UnscoredError, mean_score
from evaluators.script_quality import EventCoverage, event_coverage, repeated_actions, unquoted_lines
from evaluators.speech_timing import FilmSpeech, SpeechDetection, SpeechTimingMetric, time_alignment
from evaluators.suite import FilmResult, measure_film, pool_scores

__all__ = [
    "DEFAULT_METRICS",
    "METRICS",
    "Column",
    "CutDetector",
    "CutMetric",
    "EventCoverage",
    "FeatureMoments",
    "FilmCuts",
    "FilmResult",
    "FilmSpeech",
    "FrechetDistance",
    "Measurement",
    "Metric",
    "OpenedFilm",
    "Pictures",
    "Provenance",
    "Sample",
    "Score",
    "ScriptPlan",
    "SpeechDetection",
    "SpeechTimingMetric",
    "UnscoredError",
    "event_coverage",
    "frechet_distance",
    "mean_score",
    "measure_film",
    "metrics_of",
    "pool_scores",
    "repeated_actions",
    "shot_transition_accuracy",
    "time_alignment",
    "unquoted_lines",
]
