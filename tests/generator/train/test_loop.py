"""The loop learns, goes on exactly, survives a kill, and gives the same losses over two processes."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
import yaml
from safetensors.torch import load_file

from generator.layout import PartInfo, PipelineIndex
from generator.parts import load_part
from generator.train import checkpoint
from generator.train.checkpoint import checkpoints
from generator.train.loop import train
from generator.train.shards import ShardSetWriter
from generator.train.trainee import build_trainee
from mavin.errors import MavinError, UsageError
from tests.generator.train.conftest import make_config, make_example, null_text, values

ROOT = Path(__file__).resolve().parents[3]


def losses(folder: Path) -> list[tuple[int, float, float]]:
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [(line["step"], line["loss"], line["gradient_norm"]) for line in map(json.loads, lines)]


def state_of(folder: Path) -> dict[str, torch.Tensor]:
    """Every tensor of the last checkpoint."""
    last = checkpoints(folder / "checkpoints")[-1]
    return {
        f"{path.relative_to(last)}:{name}": tensor
        for path in sorted(last.rglob("*.safetensors"))
        for name, tensor in load_file(path).items()
    }


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Sums over another number of threads differ in their last digit, and some package's import may change it."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def whole(shards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of all ten steps in one go."""
    folder = tmp_path_factory.mktemp("runs") / "whole"
    result = train(make_config(shards), folder)
    assert (result.step, result.steps, result.interrupted) == (10, 10, False)
    return folder


def test_a_run_in_two_parts_is_the_run_in_one_to_the_last_bit(shards: Path, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    for steps, wanted in ((4, 4), (1, 5), (None, 10)):
        result = train(make_config(shards), folder, resume=wanted > 4, steps=steps)
        assert result.step == wanted
    assert losses(folder) == losses(whole)
    ours, theirs = state_of(folder), state_of(whole)
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_the_loss_falls_and_the_averages_follow_the_weights(shards: Path, tmp_path: Path) -> None:
    config = make_config(
        shards,
        stages=[{"name": "all", "steps": 48, "references": "all"}],
        optimizer={"learning_rate": 8e-3},
        ema={"decay": 0.9},
        log_every=12,
        validation={"data": {"type": "shards", "folder": str(shards)}, "every": 24, "examples": 4},
    )
    result = train(config, tmp_path / "run")
    found = [loss for _, loss, _ in losses(tmp_path / "run")]
    assert len(found) == 4
    assert found[-1] < 0.85 * found[0]
    assert result.last is not None and result.last.validation_loss is not None
    assert result.last.validation_loss < found[0]
    state = state_of(tmp_path / "run")
    for name, mean in ((name, each) for name, each in state.items() if name.startswith("ema")):
        assert not torch.equal(mean, state[name.removeprefix("ema/")]) or not mean.any()


def test_stage_one_leaves_the_identity_embeddings_and_later_ones_teach_them(shards: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    train(make_config(shards), folder, steps=3)
    assert not any(each.any() for name, each in state_of(folder).items() if name.startswith("identity/"))
    train(make_config(shards), folder, resume=True)
    learnt = {name: each for name, each in state_of(folder).items() if name.startswith("identity/")}
    assert {name.partition(":")[2] for name, each in learnt.items() if each.any()} == {
        "role_video", "role_audio", "timbre_projection.weight", "timbre_projection.bias",
    }  # fmt: skip


@pytest.mark.parametrize(("modality", "other"), [("video", "audio"), ("audio", "video")])
def test_one_tower_learns_by_itself_and_the_rest_stays(shards: Path, tmp_path: Path, modality: str, other: str) -> None:
    folder = tmp_path / "run"
    changes = {"modality": modality, "stages": [{"name": "alone", "steps": 4, "references": "none"}]}
    train(make_config(shards, **changes), folder, steps=1)
    fresh = build_trainee(make_config(shards, **changes)).backbone.state_dict()
    train(make_config(shards, **changes), folder, resume=True)
    state = state_of(folder)
    moved = {name for name in fresh if not torch.equal(fresh[name], state[f"backbone/model.safetensors:{name}"])}
    assert moved
    assert all(name.startswith(f"{modality}_model.") and "_fusion" not in name for name in moved)
    lines = map(json.loads, (folder / "log.jsonl").read_text(encoding="utf-8").splitlines())
    assert all(line[f"{modality}_loss"] > 0 and line[f"{other}_loss"] == 0 for line in lines)
    with pytest.raises(UsageError, match=f"its modality was {modality}, now it is both"):
        train(make_config(shards, stages=changes["stages"]), folder, resume=True)


def test_the_averages_of_a_checkpoint_are_parts_of_a_pipeline(whole: Path) -> None:
    averages = checkpoints(whole / "checkpoints")[-1] / "ema"
    parts = {"backbone": PartInfo(kind="dual_tower"), "identity": PartInfo(kind="identity_embeddings")}
    index = PipelineIndex(name="trained", parts=parts)
    for name in parts:
        part = load_part(averages, index, name, "cpu", None)
        stored = load_file(averages / name / "model.safetensors")
        for module in part.modules_by_name().values():
            assert all(torch.equal(each, stored[key]) for key, each in module.state_dict().items())


def test_a_run_that_would_not_go_on_as_it_began_is_refused(shards: Path, whole: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds a run of 10 steps\. Go on with --resume"):
        train(make_config(shards), whole)
    with pytest.raises(UsageError, match="its seed was 3, now it is 4"):
        train(make_config(shards, seed=4), whole, resume=True)
    with pytest.raises(UsageError, match=r"its optimizer\.eps was 1e-08, now it is 1e-06"):
        train(make_config(shards, optimizer={"learning_rate": 2e-3, "eps": 1e-6}), whole, resume=True)
    with pytest.raises(UsageError, match="must be a checkpoint in"):
        train(make_config(shards), tmp_path / "none", resume=True)
    other = tmp_path / "other"
    with ShardSetWriter(other, null_text()) as writer:
        writer.add(make_example(1))
    with pytest.raises(UsageError, match="must go on with its data"):
        train(make_config(other), whole, resume=True)


def test_old_checkpoints_go_and_the_log_is_cut_to_the_one_that_is_gone_on_from(shards: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    config = make_config(shards, checkpoint_every=2, keep_checkpoints=2)
    train(config, folder, steps=7)
    assert [path.name for path in checkpoints(folder / "checkpoints")] == ["step-000006", "step-000007"]
    (folder / "checkpoints" / "step-000007" / "state.json").unlink()  # as if it had not become whole
    train(config, folder, resume=True, steps=1)
    assert [step for step, _, _ in losses(folder)] == [1, 2, 3, 4, 5, 6, 7]


_KILLED = """
import os, signal, sys
import generator.train.checkpoint as checkpoint
from mavin.api import train
publish = checkpoint._publish
def killed(partial, final):
    if final.name == "step-000006":
        os.kill(os.getpid(), signal.SIGKILL)
    publish(partial, final)
checkpoint._publish = killed
train(sys.argv[1], out=sys.argv[2])
"""


def write_config(folder: Path, config: dict[str, Any]) -> Path:
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


def run_child(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=560, check=False
    )


def test_a_kill_while_a_checkpoint_is_written_loses_nothing(shards: Path, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    path = write_config(tmp_path, values(shards, checkpoint_every=3))
    done = run_child(["-c", _KILLED, str(path), str(folder)])
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert [path.name for path in (folder / "checkpoints").iterdir() if path.name.startswith(".")]
    assert [path.name for path in checkpoints(folder / "checkpoints")] == ["step-000003"]
    train(make_config(shards), folder, resume=True)
    assert losses(folder) == losses(whole)
    assert not [path for path in (folder / "checkpoints").iterdir() if path.name.startswith(".")]


@pytest.mark.timeout(600)  # three processes start PyTorch, which takes a loaded machine minutes
def test_two_processes_give_the_losses_of_one_and_go_on_from_its_checkpoint(
    shards: Path, whole: Path, tmp_path: Path
) -> None:
    # Measuring on the averages in between must not change what is learnt.
    measured = {"data": {"type": "shards", "folder": str(shards)}, "every": 3, "examples": 4}
    config = values(shards, validation=measured)
    folder = tmp_path / "run"
    train(make_config(shards), folder, steps=4)
    launch = ["-m", "torch.distributed.run", "--nproc-per-node", "2", "--rdzv-backend", "c10d"]
    command = ["-m", "mavin", "train", str(write_config(tmp_path, config)), "-o", str(folder), "--resume"]
    done = run_child([*launch, "--rdzv-endpoint", "localhost:0", *command])
    assert done.returncode == 0, done.stderr[-3000:]
    one, two = losses(whole), losses(folder)
    assert [step for step, _, _ in two] == list(range(1, 11))
    for (_, loss, norm), (_, other_loss, other_norm) in zip(one, two, strict=True):
        assert other_loss == pytest.approx(loss, rel=2e-6)
        assert other_norm == pytest.approx(norm, rel=2e-5)
    ours, theirs = state_of(folder), state_of(whole)
    assert ours.keys() == theirs.keys()
    for name, tensor in ours.items():
        torch.testing.assert_close(tensor, theirs[name], rtol=1e-3, atol=1e-5)


def test_workers_read_ahead_and_change_nothing(shards: Path, whole: Path, tmp_path: Path) -> None:
    data = {"type": "shards", "folder": str(shards), "workers": 1}
    train(make_config(shards, data=data), tmp_path / "run", steps=2)
    assert losses(tmp_path / "run") == losses(whole)[:2]


def test_a_loss_that_is_no_number_ends_the_run_and_leaves_the_last_checkpoint(tmp_path: Path) -> None:
    with ShardSetWriter(tmp_path / "set", null_text()) as writer:
        writer.add(make_example(1))
        broken = make_example(2)
        broken.latents.audio[3] = float("nan")
        writer.add(broken)
    folder = tmp_path / "run"
    config = make_config(tmp_path / "set", checkpoint_every=1, micro_batch_size=1, batch_size=1)
    with pytest.raises(MavinError, match=r"The loss of step [12] must be a number, got nan"):
        train(config, folder)
    assert all(torch.isfinite(each).all() for path in checkpoints(folder / "checkpoints") for each in everything(path))


def everything(folder: Path) -> list[torch.Tensor]:
    return [tensor for path in folder.rglob("*.safetensors") for tensor in load_file(path).values()]


def test_a_full_disk_is_told_and_the_checkpoint_before_stays(
    shards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    train(make_config(shards), folder, steps=1)
    before = state_of(folder)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(checkpoint, "_publish", full)
    with pytest.raises(MavinError, match=r"No space left on device\).*--resume"):
        train(make_config(shards), folder, resume=True, steps=1)
    assert [path.name for path in (folder / "checkpoints").iterdir()] == ["step-000001"]
    assert all(torch.equal(each, before[name]) for name, each in state_of(folder).items())
