"""The model card says what training left behind, and only of the weights that it is for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from generator.layout import check_files, read_index, verify
from generator.train.assemble import assemble
from generator.train.card import printed_hours, read_part, write_card
from generator.train.loop import train
from mavin.errors import UsageError
from tests.generator.train.conftest import make_config, save_small_parts


@pytest.fixture(scope="module")
def trained(shards: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Path]]:
    """A run of five steps, the pipeline of its last checkpoint, and folders of the other parts."""
    place = tmp_path_factory.mktemp("trained")
    torch.manual_seed(0)
    parts = save_small_parts(place)
    run = place / "run"
    train(make_config(shards, checkpoint_every=3, log_every=2), run, steps=5)
    averaged = run / "checkpoints" / "step-000005" / "ema"
    index = assemble(place / "whole", "small", [*parts, averaged])
    assert index.training.steps == 5
    record = {"steps": 1200, "batch": 8, "psnr": 24.06, "cosine": {"captions": 0.93}}
    (parts[0] / "record.json").write_text(json.dumps(record), encoding="utf-8")
    return place / "whole", run, parts


def test_the_card_tells_what_the_run_and_the_parts_recorded(
    trained: tuple[Path, Path, list[Path]], tmp_path: Path
) -> None:
    pipeline, run, parts = trained
    sha = read_index(pipeline).weights_sha256
    scores = {"films": 60, "sta": 0.981, "tams": 0.9, "colours": {"right": 0.95, "n": 80},
              "voices": {"within 15%": 0.9, "n": 90}, "seconds a film": 14.2}  # fmt: skip
    rows = [
        {
            "date": "2026-01-01",
            "set": set_,
            "weights_sha256": whose,
            "network": scores,
            "stage": {"sta": 0.99, "tams": 0.97},
        }
        for set_, whose in (("held-out captions", sha), ("of other weights", "0" * 64))
    ]
    (tmp_path / "generated.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "video.log").write_text("step 0: loss 1, seconds 0.5\nstep 50: loss 0.4, seconds 3600\n")
    index = write_card(pipeline, run, parts, [tmp_path / "generated.json"], {"video_codec": tmp_path / "video.log"})
    card = (pipeline / "README.md").read_text(encoding="utf-8")
    log = [json.loads(line) for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert index.weights_sha256 == sha, "the card is none of the weights"
    for words in (
        "license: cc-by-sa-4.0", f"`{sha}`", "`small`, seed 3", "| steps | 5 of 10, 4 examples each |",
        "14 clips of the synthetic world", f"{log[0]['loss']:.4f} at first, {log[-1]['loss']:.4f} at last",
        f"| one | 5 | {log[-1]['loss']:.4f} |", "| video_codec | 1,200 | 1.0 | batch 8, psnr 24.06, cosine (captions 0.93)",
        "| 2026-01-01 | held-out captions | 60 | 0.981 (0.99) | 0.9 (0.97) | 0.95 of 80 | 0.9 of 90 | 14.2 |",
    ):  # fmt: skip
        assert words in card, words
    assert "of other weights" not in card
    hours = sum(steps * line["seconds"] for steps, line in zip((2, 2, 1), log, strict=True)) / 3600
    assert f"| hours | {hours:.2f} of training steps |" in card
    check_files(pipeline, index)
    verify(pipeline, read_index(pipeline))
    again = write_card(pipeline, run, parts, [], {})
    assert "have not been measured yet" in (pipeline / "README.md").read_text(encoding="utf-8")
    assert again.weights_sha256 == sha


def test_a_card_is_refused_for_another_network(trained: tuple[Path, Path, list[Path]], tmp_path: Path) -> None:
    _, run, parts = trained
    earlier = run / "checkpoints" / "step-000003" / "ema"
    assemble(tmp_path / "earlier", "small", [*parts, earlier])
    with pytest.raises(UsageError, match=r"must be the network of .*step-000005"):
        write_card(tmp_path / "earlier", run, parts, [], {})
    shutil.copytree(run, tmp_path / "run")
    (tmp_path / "run" / "log.jsonl").unlink()
    with pytest.raises(UsageError, match=r"must hold a checkpoint and log.jsonl"):
        write_card(tmp_path / "earlier", tmp_path / "run", parts, [], {})
    with pytest.raises(UsageError, match="must hold one of backbone"):
        read_part(tmp_path, {})


def test_hours_of_what_was_printed_count_every_process() -> None:
    text = "step 0: loss 1, seconds 1\nstep 50: loss 0.4, seconds 1800\nstep 100: loss 0.3, seconds 3600\n"
    again = "step 100: loss 0.3, seconds 20\nstep 150: loss 0.2, seconds 1.8e+03\n"
    # one hour until it was stopped, half an hour since it was resumed
    assert printed_hours(f"noise\n{text}{again}{{}}\n") == 1.5
    with pytest.raises(UsageError, match="must have lines such as"):
        printed_hours("nothing")
