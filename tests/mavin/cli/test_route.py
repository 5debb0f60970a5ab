"""``mavin route``: what each moment would see, in the terminal, as JSON and as a picture, without torch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image


@pytest.fixture
def film(run: Any) -> str:
    """Two shots of 2 s; Mara speaks in the first."""
    run(
        "new",
        "-o",
        "talk",
        "--duration",
        "4",
        "--shots",
        "2",
        "--role",
        "Mara",
        "--line",
        "Mara 0.5-1.5: Who is there?",
    )
    return "talk.mavin"


def test_lanes_are_filled_where_the_script_lets_them(run: Any, film: str) -> None:
    result = run("route", film)
    assert result.exit_code == 0, result.stderr
    # 4 s are 96 frames, so 97: 25 latents of 15 × 26 tokens; ⌊16000 · 97 / 24⌋ samples are 252 hops, 126 latents
    assert "video: 25 latents, 9,750 tokens" in result.stdout
    assert "audio: 126 latents, 126 tokens" in result.stdout
    lanes = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    bars = [parts[1] for parts in lanes if parts and parts[0] == "global"]
    assert len(bars) == 2
    assert all(set(bar) == {"█"} for bar in bars)
    shots = [parts[1] for parts in lanes if parts and parts[0] in {"S1", "S2"}]
    assert len(shots) == 4
    assert all(set(bar) == {"█", "·"} for bar in shots)


def test_json_tells_the_exact_latents(run: Any, film: str) -> None:
    data = json.loads(run("route", film, "--json").stdout)
    (clip,) = data["clips"]
    voice = next(lane for lane in clip["audio"]["lanes"] if lane["kind"] == "voice")
    # τ = 32 i + 16 ms in [500, 1500): i from 16 (528) to 46 (1488)
    assert voice["latents"] == [[16, 47]]
    assert not [lane for lane in clip["video"]["lanes"] if lane["kind"] == "voice"]
    assert not [lane for lane in clip["audio"]["lanes"] if lane["kind"] == "appearance"]


def test_a_picture_shows_both_towers(run: Any, film: str) -> None:
    result = run("route", film, "--png", "talk.png")
    assert result.exit_code == 0
    assert "Made talk.png." in result.stdout
    picture = Image.open("talk.png").convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 20) or []}
    for kind in ("#1f6fa8", "#b4690e", "#3f7d2c", "#8a8577"):  # shot, appearance, voice, global
        assert tuple(bytes.fromhex(kind[1:])) in colours


def test_wrong_requests(run: Any, film: str) -> None:
    for args, message in (
        (("--png", "talk.jpg"), "must be a .png file, got talk.jpg"),
        (("--clip", "K7"), "one of K1, got K7"),
        (("--png", "none/talk.png"), "does not exist"),
    ):
        result = run("route", film, *args)
        assert result.exit_code == 2
        assert message in result.stderr
    assert not Path("talk.jpg").exists()


def test_no_torch_is_needed(film: str) -> None:
    code = "import sys, mavin; mavin.route(sys.argv[1], png='t.png'); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, film], check=False).returncode == 0
