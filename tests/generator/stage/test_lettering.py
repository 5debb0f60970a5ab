"""Right-to-left lines: every mark has a glyph, pieces stand in the order in which they are seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image

from generator.stage.lettering import _covers, _runs, draw_text, is_leftward


@pytest.mark.parametrize(
    "text", ["שלום, מה? “כן” (12:30).", "مرحبا، كيف? “نعم”, (12:30).", "नमस्ते, “क्या?”", "สวัสดี, “?”"]
)
def test_no_character_is_drawn_as_a_box(text: Any) -> None:
    for run in _runs(text):
        assert all(_covers(run.script, char) for char in run.text), run


def test_a_hebrew_line_ends_on_the_left_and_keeps_its_numbers() -> None:
    runs = [run.text.strip() for run in _runs("שלום, בשעה 12:30?")]
    assert runs[0] == "?" and runs[1] == "12:30" and runs[-1].startswith("שלום")
    assert is_leftward("“שלום”") and not is_leftward("Mara: “שלום”")


def test_a_mark_makes_the_heading_run_rightwards() -> None:
    runs = [run.text.strip() for run in _runs("\u200eדנה 0.3–1.9s:")]
    assert "".join(runs) == "דנה0.3–1.9s:"


def test_an_emoji_has_a_light_rim_on_a_dark_ground() -> None:
    whites = []
    for halo in ("", "#ffffff"):
        image = Image.new("RGB", (60, 60), "#0c0e14")
        draw_text(image, (5, 5), "➕", 36, fill="#ffffff", halo=halo)
        whites.append(int((np.asarray(image).min(axis=2) > 240).sum()))
    assert whites[1] > whites[0] + 50
