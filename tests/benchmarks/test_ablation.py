"""The ablations: what each run changes, what is measured against what, and that a trained run films as it was trained."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch

from benchmarks import ablation, generated
from benchmarks.film_rows import FilmRow, kept_rows, pooled
from generator.train.assemble import assemble
from generator.train.config_file import read_config
from generator.train.loop import train
from generator.train.world import HELD_OUT, has_references, sample_caption, world_clip
from mavin.errors import UsageError
from mavin.frames import frame_of
from tests.generator.train.conftest import TOWER, make_config, save_small_parts

_ROW = FilmRow(
    "world-1/full", "full", "world-1", "abc", [], [{"wanted": "red", "found": "red"}], [{"kept": False}], 2.0
)


def test_every_run_is_the_shipped_configuration_but_for_its_mechanism() -> None:
    shipped = read_config("tiny")
    for name in ablation.TRAINED:
        config = read_config("tiny", ablation.changes_of(name, 0.25))
        assert [stage.steps for stage in config.stages] == [stage.steps // 4 for stage in shipped.stages]
        left_out = {key for key in ("routing", "identity_mask", "timbre") if not getattr(config, key)}
        assert left_out == set() if name == "full" else {name.removeprefix("without-").replace("-", "_")}
        same = {"network", "data", "optimizer", "dropout", "ema", "batch_size", "timesteps", "loss", "seed"}
        assert config.model_dump(include=same) == shipped.model_dump(include=same)
    with pytest.raises(UsageError, match="--share must be above 0"):
        ablation.changes_of("full", 0)


def test_the_raw_prompt_says_what_happens_and_never_when() -> None:
    seed = next(each for each in range(50) if len(sample_caption(each).shots) > 2 and sample_caption(each).dialogue)
    caption = sample_caption(seed)
    raw = ablation.raw_caption(caption)
    assert (len(raw.shots), raw.dialogue, raw.roles) == (1, (), ())
    assert (raw.duration_ms, raw.aspect) == (caption.duration_ms, caption.aspect)
    for shot in caption.shots:
        assert shot.action in raw.shots[0].action
    for line in caption.dialogue:
        assert raw.shots[0].action.count(f'"{line.text}"') == 1, "said once, though it may cross a cut"


def test_chance_is_another_caption_of_the_same_shape_and_length() -> None:
    seeds = ablation.held_out(2)
    assert all(seed >= HELD_OUT and has_references(seed) and world_clip(seed).references for seed in seeds[:1])
    caption, other = sample_caption(seeds[0]), sample_caption(ablation.other_caption(seeds[0]))
    assert (other.aspect, frame_of(other.duration_ms)) == (caption.aspect, frame_of(caption.duration_ms))
    assert other.shots != caption.shots
    assert ablation.other_caption(seeds[0]) not in seeds


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Parts of a pipeline, and two runs of one step on the world itself."""
    place = tmp_path_factory.mktemp("ablation")
    torch.manual_seed(0)
    towers = {
        name: {**TOWER, "text_len": 512, "in_dim": size, "out_dim": size} for name, size in (("video", 6), ("audio", 5))
    }
    network = {"preset": "trial", **towers, "timbre_dim": 51}
    config = make_config(place, network=network)
    assemble(place / "parts", "small", save_small_parts(place), fresh=config, sampling={"steps": 1})
    data = {"type": "world", "pipeline": str(place / "parts"), "examples": 1}
    changes = {"full": {}, "without-timbre": {"timbre": False, "identity_mask": False, "routing": False}}
    for name, change in changes.items():
        one = make_config(place, network=network, data=data, batch_size=1, micro_batch_size=1, **change)
        train(one, place / "runs" / f"ablation-{name}", steps=1)
    return place


def test_a_run_films_as_it_was_trained(trained: Path) -> None:
    full, without = (
        ablation.load_run(trained / "parts", trained / "runs" / f"ablation-{name}", {"steps": 1})
        for name in ("full", "without-timbre")
    )
    assert "timbre" in full.pipeline.index.parts
    assert "timbre" not in without.pipeline.index.parts
    assert (dict(full.settings), full.steps) == ({"steps": 1}, 1)
    assert dict(without.settings) == {"steps": 1, "routing": "off", "identity_mask": False}
    assert full.key != without.key
    assert ablation.load_run(trained / "parts", None, {}).pipeline.index.name == "small"
    seed = ablation.held_out(1)[0]
    for made_by in ("full", "without-timbre", ablation.SCRIPTLESS):
        made = ablation.film_of(ablation.Task(seed, made_by), {"full": full, "without-timbre": without})
        assert len(made.frames) == frame_of(sample_caption(seed).duration_ms)


def test_rows_of_other_weights_or_half_written_ones_are_made_anew(tmp_path: Path) -> None:
    others = (_ROW, replace(_ROW, id="world-2/full", key="old"), replace(_ROW, id="world-3/stage", made_by="stage"))
    lines = [json.dumps(asdict(row)) for row in others]
    (tmp_path / "rows.jsonl").write_text("\n".join([*lines, lines[0][:40]]), encoding="utf-8")
    assert kept_rows(tmp_path / "rows.jsonl", {"full": "abc", "stage": "world"}) == {_ROW.id: _ROW}
    assert kept_rows(tmp_path / "none.jsonl", {}) == {}


def test_the_table_compares_with_the_full_model() -> None:
    right = pooled([_ROW, replace(_ROW, voices=[{"kept": True}], colours=[{"wanted": "red", "found": "blue"}])])
    # one of two role-shots and one of two lines
    assert (right["colours"], right["voices"]) == ({"right": 0.5, "n": 2}, {"within 15%": 0.5, "n": 2})
    low = {**right, "sta": 0.7, "tams": 0.6}
    run = {"date": "2026-01-01", "parts": "tiny", "captions": 30, "machine": "a machine", "steps": {"full": 800},
           "scores": {"full": {**right, "sta": 0.9, "tams": 0.8}, "without-routing": low}}  # fmt: skip
    page = ablation.markdown([run])
    assert "| full | 800 | 0.900 | 0.800 | 0.500 | 0.500 |" in page
    assert "| without-routing |  | 0.700 (-0.200) | 0.600 (-0.200) | 0.500 (+0.000) | 0.500 (+0.000) |" in page
    shown = {"date": "2026-01-01", "weights": "tiny", "weights_sha256": "0123456789", "set": "scripts by rules",
             "network": {**low, "colours": {"right": None, "n": 0}}, "stage": low}  # fmt: skip
    assert "| 2026-01-01 | tiny `01234567` | scripts by rules | 2 | 0.7 (0.7) | 0.6 (0.6) |  |" in generated.markdown(
        [shown]
    )


def test_prompts_with_dialogue_are_those_a_person_would_write() -> None:
    found = generated.prompts_with_dialogue(30)
    assert len({one.id for one in found}) == 30
    assert all(one.lines and one.language == "en" and not one.conflicts for one in found)
    with pytest.raises(UsageError, match="got --films 900"):
        generated.prompts_with_dialogue(900)
