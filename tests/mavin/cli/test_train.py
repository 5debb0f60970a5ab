"""``mavin train`` as a person runs it, on a network of a few thousand numbers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from generator.train.shards import ShardSetWriter
from tests.generator.train.conftest import make_example, null_text, values
from tests.mavin.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def config(tmp_path: Path) -> str:
    with ShardSetWriter(tmp_path / "examples", null_text()) as writer:
        for seed in range(6):
            writer.add(make_example(seed))
    stages = [{"name": "all", "steps": 3000, "references": "all"}]
    path = tmp_path / "small.yaml"
    made = values(tmp_path / "examples", stages=stages, micro_batch_size=1, checkpoint_every=9999, tensorboard=True)
    path.write_text(yaml.safe_dump(made), encoding="utf-8")
    return str(path)


def test_a_run_begins_goes_on_and_says_where_its_checkpoint_is(run: Run, config: str) -> None:
    first = run("train", config, "--steps", "2")
    assert first.exit_code == 0, first.output
    assert "2 of 3,000 steps, loss " in first.stdout
    assert "Checkpoint: runs/small/checkpoints/step-000002" in first.stdout
    assert "--resume" in first.stderr
    again = run("train", config, "--resume", "--steps", "1", "--json")
    report = json.loads(again.stdout)
    assert (report["step"], report["steps"], report["last"]["stage"], report["interrupted"]) == (3, 3000, "all", False)
    assert list(Path("runs/small/tensorboard").glob("events.*"))
    written = yaml.safe_load(Path("runs/small/config.yaml").read_text(encoding="utf-8"))
    assert written["optimizer"]["betas"] == [0.9, 0.95]


def test_mistakes_are_told_in_a_sentence(run: Run, config: str) -> None:
    for arguments, said in (
        (("train", "nowhere.yaml"), "must be a YAML file or one of"),
        (("train", config, "--set", "optimiser.eps=1"), "optimiser: there is no such key"),
        (("train", config, "--resume"), "must be a checkpoint in"),
        (("train", config, "--steps", "0"), "at least 1, got 0"),
        (("train", config, "--set", "data.folder=none"), "must be a folder of shards"),
        (("train", config, "--set", "device=warp"), "device must be one"),
    ):
        done = run(*arguments)
        assert (done.exit_code, said in done.stderr) == (2, True), done.output
    assert not Path("runs/small/checkpoints").exists()


def test_ctrl_c_ends_after_the_step_with_a_checkpoint(config: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mavin", "train", config, "-o", str(tmp_path / "run")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    log = tmp_path / "run" / "log.jsonl"
    end = time.monotonic() + 150
    while process.poll() is None and time.monotonic() < end and not (log.is_file() and log.read_text()):
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    said, told = process.communicate(timeout=100)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    steps = len(log.read_text(encoding="utf-8").splitlines())
    assert f"step-{steps:06}" in said
    assert (tmp_path / "run" / "checkpoints" / f"step-{steps:06}" / "state.json").is_file()
