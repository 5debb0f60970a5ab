"""The damage benchmark's results: rows that a killed run goes on from, their summary, and the dated page."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluators.cuts import PENALTY
from mavin.errors import UsageError

__all__ = ["TOLERANCES", "Row", "kept_rows", "markdown", "summary"]


@dataclass(frozen=True, slots=True)
class Row:
    """One film with one damage, or one measurement of cost.

    Attributes:
        id: of film and damage; a run that goes on does not measure it again.
        seed: of the film.
        damage: its name.
        values: by column; ``None`` where there is none.
        words: errors and words where somebody listened, else twice 0.
        predicted: by column, what arithmetic says.
        seconds: that it took.
        made_with: fingerprint of the settings: rows of other settings are none of this run.
        data: what rows of other damages need, or a cost.
    """

    id: str
    seed: int
    damage: str
    values: dict[str, float | None]
    words: tuple[int, int]
    predicted: dict[str, float]
    seconds: float
    made_with: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a film may be from its prediction, and why."""

    title: str
    most: float
    why: str


TOLERANCES = {
    "sta": Tolerance("STA", 0.0, "cuts are whole frames"),
    "tams": Tolerance(
        "TAMS",
        0.03,
        "AAC moves where webrtcvad hears speech begin or end by a frame or two of 10 ms; two lines of 1.5 s",
    ),
    "voice_sim_ge2e": Tolerance(
        "voices (GE2E)", 0.15, "other words in the same voice: lines of a second differ by 0.2 from their own reference"
    ),
    "frame_consistency_efficientnet": Tolerance("frames (EfficientNet)", 0.01, "H.264 changes the pictures' features"),
    "role_shots_efficientnet": Tolerance("shots of a role (EfficientNet)", 0.02, "the same"),
}
"""Of every column that arithmetic says something of."""


def kept_rows(path: Path | None, made_with: str) -> dict[str, Row]:
    """The rows of a run that was stopped, by id; a line that was cut off in writing is dropped from the file.

    Raises:
        UsageError: if they were measured with other settings.
    """
    found: dict[str, Row] = {}
    if path is None or not path.exists():
        return found
    whole = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            data = json.loads(line)
            row = Row(**data | {"words": tuple(data["words"])})
        except (ValueError, TypeError, KeyError):
            continue
        if row.made_with != made_with:
            raise UsageError(
                f"{path} must hold rows measured with these settings ({made_with}), got {row.made_with or 'others'}. "
                "Give another --out."
            )
        found[row.id] = row
        whole.append(line + "\n")
    path.write_text("".join(whole), encoding="utf-8")
    return found


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """For each damage: films, means of every column, of its predictions, and the worst distance between the two."""
    found: dict[str, Any] = {}
    before = {row.seed: row.words for row in rows if row.damage == "none"}
    for damage in dict.fromkeys(row.damage for row in rows):
        mine = [row for row in rows if row.damage == damage]
        columns = dict.fromkeys(column for row in mine for column in row.values)
        values = {
            column: [value for row in mine if (value := row.values.get(column)) is not None] for column in columns
        }
        words = sum(row.words[1] for row in mine)
        known = {
            name: [
                (value, row.predicted[name])
                for row in mine
                if name in row.predicted and (value := row.values.get(name)) is not None
            ]
            for name in TOLERANCES
        }
        known = {name: pairs for name, pairs in known.items() if pairs}
        found[damage] = {
            "films": len(mine),
            "values": {name: round(statistics.fmean(each), 4) for name, each in values.items() if each},
            "least_tams": min(values.get("tams") or [math.nan]) if values.get("tams") else None,
            "wer": round(sum(row.words[0] for row in mine) / words, 4) if words else None,
            "words": words,
            "more_errors": _more_errors(mine, before) if words and damage not in {"none", "sentences"} else None,
            "predicted": {name: round(statistics.fmean(told for _, told in pairs), 4) for name, pairs in known.items()},
            "worst_off": {
                name: round(max(abs(value - told) for value, told in pairs), 4) for name, pairs in known.items()
            },
        }
    return found


def _more_errors(rows: Sequence[Row], before: dict[int, tuple[int, int]]) -> list[float] | None:
    """Wrong words more than in the undamaged films, and the standard error of that sum over films."""
    more = [row.words[0] - before[row.seed][0] for row in rows if row.words[1] and row.seed in before]
    if len(more) < 2:
        return None
    return [sum(more), round(math.sqrt(len(more)) * statistics.stdev(more), 1)]


def markdown(runs: Sequence[dict[str, Any]]) -> str:
    """All recorded runs as the page beside the benchmark."""
    lines = [
        "# The evaluators: dated results", "",
        "Made by `python benchmarks/evaluators.py --films 12 --out evaluators.jsonl --record`, which goes on where it "
        "was stopped. What each damage is, and how its effect is reckoned: `benchmarks/evaluator_damage.py`. STA with "
        f"δ = {PENALTY}; *off* is the worst film's distance from its prediction, **bold** where it is more than:", "",
        *(f"- {each.title} {each.most:g}: {each.why}." for each in TOLERANCES.values()),
        "",
        "No arithmetic predicts words: exchanged voices are other recordings, and Whisper base hears short lines of "
        "synthetic voices by so narrow a margin that the same voice half a second later already gives other words. "
        "Errors more than before stand with the standard error of that number over films.",
    ]  # fmt: skip
    for run in runs:
        heads = [
            "damage",
            "films",
            "STA",
            "predicted (off)",
            "cuts off by",
            "TAMS",
            "predicted (off)",
            "least",
            "silero",
        ]
        heads += ["WER (Whisper base) of words", "more errors", "voices (GE2E)", "predicted (off)"]
        heads += ["frames (EfficientNet)", "predicted (off)", "shots of a role (EfficientNet)", "predicted (off)"]
        lines += ["", f"## {run['date']}", "", f"{run['machine']}.", ""]
        lines += [f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"]
        for damage, each in run["damages"].items():
            values = each["values"]
            more = each.get("more_errors")
            cells = [damage, str(each["films"]), _shown(values.get("sta")), _prediction(each, "sta")]
            cells += [_shown(values.get("cut_frame_error")), _shown(values.get("tams")), _prediction(each, "tams")]
            cells += [_shown(each.get("least_tams")), _shown(values.get("tams_silero"))]
            cells += [f"{each['wer']:.3f} of {each['words']}" if each["wer"] is not None else "–"]
            cells += ["–" if more is None else f"{more[0]:+g} ± {more[1]:g}"]
            for name in ("voice_sim_ge2e", "frame_consistency_efficientnet", "role_shots_efficientnet"):
                cells += [_shown(values.get(name)), _prediction(each, name)]
            lines.append(f"| {' | '.join(cells)} |")
        if run.get("film"):
            cost = run["film"]
            lines += ["", f"A film of 5 s through `mavin evaluate` (STA, TAMS, script): {cost['seconds']} s, "
                      f"{cost['cpu_seconds']} s of processor, {cost['megabytes']} MB."]  # fmt: skip
        if run.get("resumed"):
            each = run["resumed"]
            same = "the same table" if each["same_table"] else "ANOTHER TABLE"
            lines += ["", f"{each['films']} films with two processes: {each['seconds']} s. Killed after "
                      f"{each['killed_at']} and begun again: {same}."]  # fmt: skip
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _prediction(each: dict[str, Any], name: str) -> str:
    if name not in each["predicted"]:
        return "–"
    off = each["worst_off"].get(name, math.nan)
    told = f"{off:.4f}" if off <= TOLERANCES[name].most else f"**{off:.4f}**"
    return f"{each['predicted'][name]:.4f} ({told})"
