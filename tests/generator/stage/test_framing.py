"""Framing: empty casts in every camera, speakers wholly in the frame."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from generator.stage.composer import ShotStage
from mavin.caption import Angle, Aspect, Movement, Size


@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("size", list(Size))
def test_every_camera_can_look_at_an_empty_place(size: Any, aspect: Any, caption_of: Any, monkeypatch: Any) -> None:
    # The backdrop's pixels are the same for all and cost most of the time: a window for each frame is what is asked.
    monkeypatch.setattr(ShotStage, "_paint", lambda *_: (1.0, None, None))
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
