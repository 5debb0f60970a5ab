"""Framing: empty casts in every camera, speakers wholly in the frame."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generator.stage.composer import ShotStage
from generator.stage.distance import Distance
from generator.stage.framing import is_inside
from generator.stage.subtitles import Subtitles
from mavin.caption import Angle, Aspect, Movement, Size


@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("size", list(Size))
def test_every_camera_can_look_at_an_empty_place(size: Any, aspect: Any, caption_of: Any, monkeypatch: Any) -> None:
    # The backdrop's pixels are the same for all and cost most of the time: a window for each frame is what is asked.
    monkeypatch.setattr(Distance, "_paint", lambda *_: (1.0, None, None))
    for angle, movement in product(Angle, Movement):
        camera = {"size": size, "angle": angle, "movement": movement}
        caption = caption_of([{"ms": 3000, "action": "Silence.", "camera": camera}], aspect=aspect)
        stage = ShotStage(caption, caption.shots[0], variant=1)
        assert stage._window(5).height > 0


@pytest.mark.parametrize("size", list(Size))
def test_an_empty_shot_is_drawn(size: Any, caption_of: Any) -> None:
    caption = caption_of([{"ms": 3000, "action": "Silence.", "camera": {"size": size}}])
    assert ShotStage(caption, caption.shots[0]).frame(3).size == (832, 480)


def test_a_bare_new_film_can_be_previewed(tmp_path: Any) -> None:
    from typer.testing import CliRunner

    from mavin.cli.main import app

    film, out = tmp_path / "u.mavin", tmp_path / "u.mp4"
    for arguments in (["new", "-o", str(film)], ["preview", str(film), "-o", str(out)]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
    assert out.stat().st_size > 1000


@pytest.mark.parametrize("aspect", [Aspect("9:16"), Aspect("21:9")])
@pytest.mark.parametrize("size", [Size.FULL, Size.WIDE])
@pytest.mark.parametrize("variant", [0, 1])
def test_nobody_is_cut_by_the_edge_in_a_full_shot(
    variant: Any, size: Any, aspect: Any, caption_of: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(Distance, "_paint", lambda *_: (1.0, None, None))
    roles = [{"name": "Mara"}, {"name": "Tom"}, {"name": "bear"}]
    for angle, movement in product(Angle, Movement):
        if angle in (Angle.POV, Angle.OVER_SHOULDER):
            continue
        shot = {
            "ms": 3000, "action": "Mara, Tom and a bear wait.", "roles": ("C1", "C2", "C3"),
            "camera": {"size": size, "angle": angle, "movement": movement},
        }  # fmt: skip
        caption = caption_of([shot], roles, aspect=aspect)
        stage = ShotStage(caption, caption.shots[0], variant=variant)
        for actor in stage.layout.actors:
            for frame in (0, 36, 71):
                assert is_inside(actor, stage._window(frame), stage.width / stage.height), (angle, movement, actor.role)


@pytest.mark.parametrize(("size", "above"), [("extreme_close_up", True), ("close_up", False), ("full", False)])
def test_subtitles_leave_the_mouth_free(size: Any, above: Any, caption_of: Any) -> None:
    lines = [{"role": "C1", "start_ms": 200, "end_ms": 2200, "text": "Here I am."}]
    shot = {"ms": 3000, "action": "Mara waits.", "roles": ("C1",), "camera": {"size": size}}
    caption = caption_of([shot], [{"name": "Mara"}], lines)
    picture = Image.new("RGB", caption.pixels, "white")
    Subtitles(caption).burn(picture, 24)
    rows = np.flatnonzero((np.asarray(picture).min(axis=2) < 200).any(axis=1))
    middle = caption.pixels[1] / 2
    assert rows.max() < middle if above else rows.min() > middle
