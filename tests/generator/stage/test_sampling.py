"""The sampler of captions: valid, varied, the same everywhere, as hard as it was told."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from typing import Any

import pytest

from generator.stage.sampling import Difficulty, clear, easy, hard, sample
from generator.stage.sampling.dice import Dice
from mavin.caption import Aspect, HierarchicalCaption, Size
from mavin.speech import Zone, zone

_SIZES = list(Size)


def _digest(captions: list[HierarchicalCaption]) -> str:
    return hashlib.sha256("".join(caption.model_dump_json() for caption in captions).encode()).hexdigest()


def test_a_seed_is_a_caption_in_every_process() -> None:
    script = (
        "import hashlib, sys; from generator.stage.sampling import hard, sample\n"
        "text = ''.join(sample(seed, hard()).model_dump_json() for seed in range(20))\n"
        "print(hashlib.sha256(text.encode()).hexdigest(), *[m for m in ('torch', 'PIL', 'av') if m in sys.modules])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout.split()
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] == [_digest([sample(seed, hard()) for seed in range(20)])]
    assert sample(1) != sample(2)


def test_the_dice_never_change() -> None:
    # Raw bits of PCG64, which NumPy keeps for ever; a seed of today must be the same film in years.
    dice = Dice("fixed")
    assert [dice.whole(1, 6) for _ in range(12)] == [6, 4, 6, 5, 2, 4, 3, 1, 2, 6, 2, 5]
    assert sorted(Dice("all").some("abcd", 9)) == list("abcd")


@pytest.mark.parametrize("difficulty", [Difficulty(), easy(), clear(), hard()], ids=["plain", "easy", "clear", "hard"])
def test_captions_keep_to_their_difficulty(difficulty: Difficulty) -> None:
    captions = [sample(seed, difficulty) for seed in range(150)]
    assert len({caption.model_dump_json() for caption in captions}) == 150
    for caption in captions:
        assert difficulty.duration_ms[0] <= caption.duration_ms <= difficulty.duration_ms[1]
        assert len(caption.shots) <= difficulty.shots[1]
        assert difficulty.roles[0] <= len(caption.roles) <= difficulty.roles[1]
        assert min(shot.interval.duration_ms for shot in caption.shots) >= difficulty.min_shot_ms
        assert caption.aspect in difficulty.aspects
        for one, two in zip(caption.shots, caption.shots[1:], strict=False):
            apart = abs(_SIZES.index(one.camera.size) - _SIZES.index(two.camera.size))
            if one.setting == two.setting:
                assert apart >= (2 if difficulty.clear_cuts else 1)
        for line in caption.dialogue:
            assert zone(line.text, line.interval.duration_ms, line.language) is not Zone.IMPOSSIBLE
            shots = [shot for shot in caption.shots if shot.interval.overlaps(line.interval)]
            assert difficulty.cross_cuts or len(shots) == 1
            assert all((line.role in shot.roles) == line.on_screen for shot in shots)
        if difficulty.overlap == 0:
            times = [line.interval for line in caption.dialogue]
            assert not any(one.overlaps(two) for one, two in itertools.pairwise(times))
    assert {len(caption.shots) for caption in captions} == set(range(difficulty.shots[0], difficulty.shots[1] + 1))


def test_what_is_told_varies() -> None:
    captions = [sample(seed) for seed in range(300)]
    lines = [line.text for caption in captions for line in caption.dialogue]
    actions = [shot.action for caption in captions for shot in caption.shots]
    settings = [shot.setting for caption in captions for shot in caption.shots]
    assert len(lines) > 500
    assert len(set(lines)) > 0.75 * len(lines)
    assert len(set(actions)) > 0.85 * len(actions)
    assert len(set(settings)) > 300
    assert len({role.name for caption in captions for role in caption.roles}) > 90
    assert any(line.on_screen is False for caption in captions for line in caption.dialogue)
    assert any(len(caption.shots) > len({shot.setting for shot in caption.shots}) for caption in captions)
    texts = [*lines, *actions, *settings, *(role.appearance for caption in captions for role in caption.roles)]
    assert not [text for text in texts if "{" in text or "  " in text or " a a" in f" {text}".replace(" a an", "")]


def test_hard_captions_overlap_cross_cuts_and_come_in_all_shapes() -> None:
    captions = [sample(seed, hard()) for seed in range(100)]
    assert {caption.aspect for caption in captions} == set(Aspect)
    pairs = [
        (one, two) for caption in captions for one in caption.dialogue for two in caption.dialogue if one.id < two.id
    ]
    assert sum(one.interval.overlaps(two.interval) for one, two in pairs) > 20
    assert not any(
        one.interval.overlaps(two.interval) for one, two in pairs if one.role == two.role and one.id == two.id
    )
    assert (
        sum(
            line.start_ms < cut < line.end_ms
            for caption in captions
            for line in caption.dialogue
            for cut in caption.cuts_ms
        )
        > 20
    )
    assert any(shot.overrides for caption in captions for shot in caption.shots)


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"shots": (3, 2)}, r"shots must be \(least, most\) within 1 to 6, got \(3, 2\)"),
        ({"duration_ms": (1000, 4000)}, r"duration_ms must be .* within 3000"),
        ({"overlap": 1.5}, r"overlap must be a probability from 0 to 1, got 1.5"),
        ({"min_shot_ms": 100}, r"min_shot_ms must be 400"),
        ({"aspects": ()}, r"at least one picture shape"),
    ],
)
def test_knobs_that_make_no_sense_are_named(knobs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Difficulty(**knobs)


@pytest.mark.parametrize("difficulty", [Difficulty(animals=1.0), clear(), hard()])
def test_where_lines_are_wanted_somebody_speaks(difficulty: Difficulty) -> None:
    assert all(sample(seed, difficulty).dialogue for seed in range(40))
    silent = Difficulty(speech=(0.0, 0.0), animals=1.0)
    assert not any(sample(seed, silent).dialogue for seed in range(5))
