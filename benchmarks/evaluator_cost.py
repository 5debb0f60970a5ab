"""What measuring costs: one film in a fresh process, and a hundred whose run is killed half way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from evaluators.plan import ScriptPlan
from generator.renderers import RenderOptions, renderer
from generator.stage.sampling import Difficulty, sample
from mavin.frames import FPS
from mavin.media import write_video

HERE = Path(__file__).resolve().parent


def cost_of_a_film(folder: Path) -> dict[str, float]:
    """Seconds and megabytes of ``mavin evaluate`` on a film of 5 s, in a fresh process."""
    caption = next(
        caption
        for seed in range(1000)
        if (caption := sample(seed, Difficulty(duration_ms=(5000, 5000), shots=(2, 2), roles=(2, 2)))).dialogue
    )
    (folder / "film.json").write_text(caption.model_dump_json(), encoding="utf-8")
    renderer("stage").render(caption, folder / "film.mp4", RenderOptions(subtitles=False))
    code = (
        "import resource, runpy, sys\n"
        "sys.argv = ['mavin', 'evaluate', sys.argv[1], '--film', sys.argv[2]]\n"
        "try: runpy.run_module('mavin', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)\n"
    )
    started = time.perf_counter()
    command = [sys.executable, "-c", code, str(folder / "film.mp4"), str(folder / "film.json")]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    seconds = time.perf_counter() - started
    processor, kilobytes = map(float, done.stderr.split()[-2:])
    return {"seconds": round(seconds, 1), "cpu_seconds": round(processor, 1), "megabytes": round(kilobytes / 1024)}


def killed_and_resumed(folder: Path, films: int) -> dict[str, Any]:
    """Measures a set twice, once in one go and once killed half way, and compares the two tables byte by byte."""
    made = folder / "made"
    made.mkdir()
    lines = []
    for seed in range(films):
        caption = sample(seed, Difficulty(duration_ms=(3000, 3000), shots=(1, 3), roles=(1, 1)))
        name = f"film-{seed:03d}"
        lines.append(json.dumps({"id": name, "caption": json.loads(caption.model_dump_json())}) + "\n")
        _plates(made / f"{name}.mp4", ScriptPlan.of(caption), seed)
    (folder / "set.jsonl").write_text("".join(lines), encoding="utf-8")
    base = [sys.executable, "-m", "mavin", "bench", str(folder / "set.jsonl"), "--films", str(made), "--jobs", "2"]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    started = time.perf_counter()
    subprocess.run([*base, "--out", str(folder / "whole")], check=True, **quiet)  # type: ignore[call-overload]
    seconds = time.perf_counter() - started
    killed = folder / "killed"
    child = subprocess.Popen([*base, "--out", str(killed)], **quiet)  # type: ignore[call-overload]
    results = killed / "results.jsonl"
    while child.poll() is None and (not results.exists() or results.read_text().count("\n") < films // 2):
        time.sleep(0.2)
    child.kill()  # nobody tells its workers
    child.wait()
    at_kill = results.read_text().count("\n")
    subprocess.run([*base, "--out", str(killed)], check=True, **quiet)  # type: ignore[call-overload]
    tables = [json.loads((folder / name / "table.json").read_text()) for name in ("whole", "killed")]
    for table in tables:
        table.pop("name")
    return {"films": films, "killed_at": at_kill, "same_table": tables[0] == tables[1], "seconds": round(seconds)}


def _plates(path: Path, plan: ScriptPlan, seed: int) -> None:
    """A small film of still, coloured plates that keeps its script's cuts, with noise where lines should be."""
    dice = np.random.default_rng(seed)
    plates = [np.kron(dice.integers(0, 255, (4, 6, 3)), np.ones((16, 16, 1))).astype(np.uint8) for _ in plan.shots]
    frames = [plates[at] for at, shot in enumerate(plan.shots) for _ in shot.frames]
    sound = np.zeros(round(plan.frames * 16_000 / FPS), np.float32)
    for line in plan.lines:
        part = slice(line.interval.start_ms * 16, min(line.interval.end_ms * 16, len(sound)))
        sound[part] = dice.normal(0, 0.1, len(sound[part])).astype(np.float32)
    write_video(path, frames, sound, size=(96, 64), sample_rate=16_000)
