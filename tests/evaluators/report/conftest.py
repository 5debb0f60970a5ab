"""Runs on disk, as ``mavin bench`` leaves them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evaluators.film import MediaNote
from evaluators.provenance import Provenance
from evaluators.result import Measurement
from evaluators.suite import FilmResult
from mavin.media import write_video

Values = Mapping[str, Sequence[float | None]]
COLUMNS: dict[str, dict[str, Any]] = {
    "sta": {"name": "sta", "title": "STA", "better": "higher", "unit": ""},
    "wer": {"name": "wer", "title": "WER", "better": "lower", "unit": ""},
    "cut_frame_error": {"name": "cut_frame_error", "title": "Cuts off by", "better": "lower", "unit": "frames"},
    "face_sim_dlib": {"name": "face_sim_dlib", "title": "Likeness of faces (dlib)", "better": "higher", "unit": ""},
}


def make_run(folder: Path, name: str, values: Values, *, model: str = "TransNetV2", films: bool = False) -> Path:
    """A run whose films have these values; ``None`` is unscored."""
    folder.mkdir(parents=True)
    provenance = Provenance(model, "ab" * 32, settings={"δ": 60})
    lines = []
    count = max(len(column) for column in values.values())
    for at in range(count):
        rows = []
        for column, numbers in values.items():
            number = numbers[at]
            data = {"found": [24]} if column == "sta" else {}
            if number is None:
                rows.append(Measurement.unscored(f"f{at}", column, "no sound track", provenance))
            else:
                rows.append(Measurement(f"f{at}", column, number, 1, "", provenance, data))
        video = None
        if films:
            video = f"f{at}.mp4"
            picture = np.full((64, 96, 3), 40 + 60 * at, np.uint8)
            write_video(folder / video, (picture // (1 + frame // 24) for frame in range(48)), None, size=(96, 64))
        result = FilmResult(f"f{at}", tuple(rows), (MediaNote("silent", "nothing but silence"),))
        lines.append({**result.to_json(), "video": video, "seconds": 1.0})
    scores = []
    for column, numbers in values.items():
        kept = [number for number in numbers if number is not None]
        missing = len(numbers) - len(kept)
        scores.append(
            {
                "metric": column,
                "value": sum(kept) / len(kept) if kept else None,
                "n": len(kept),
                "unscored": missing,
                "interval": [min(kept), max(kept)] if len(kept) > 1 else None,
                "reasons": {"no sound track": missing} if missing else {},
                "provenance": provenance.to_json(),
            }
        )
    table = {
        "schema_version": 1, "name": name, "set": "two films", "renderer": "stage", "date": "2026-11-23", "films": count,
        "columns": [COLUMNS[column] for column in values], "scores": scores, "environment": {},
    }  # fmt: skip
    (folder / "table.json").write_text(json.dumps(table))
    (folder / "results.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


@pytest.fixture(scope="session")
def run_of() -> Callable[..., Path]:
    """:func:`make_run`."""
    return make_run
