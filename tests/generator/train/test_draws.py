"""What is drawn for an example: t, noise, what is left out, which references; and that the seed fixes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import pytest
import torch

from generator.train.config import DropoutConfig, StageConfig, TimestepConfig
from generator.train.draws import Drawing, Drawn, Ticket, draw_references, draw_timestep
from generator.train.shards import ShardDataset
from generator.train.trainee import build_trainee
from mavin.errors import UsageError
from tests.generator.train.conftest import make_config, make_example

EVERYTHING = DropoutConfig(caption=0, references=0)


def drawn(shards: Path, ticket: Ticket = Ticket(1, 8, 0), **changes: Any) -> Drawn:  # noqa: B008  (a tuple)
    config = make_config(shards, **{"dropout": {"caption": 0, "references": 0}, **changes})
    (one,) = Drawing(ShardDataset(shards), config, config.network.towers())[ticket]
    return one


def test_a_ticket_is_drawn_alike_each_time_and_every_part_of_it_matters(shards: Path) -> None:
    first, again = drawn(shards), drawn(shards)
    assert torch.equal(first.noise.video, again.noise.video)
    assert torch.equal(first.noise.audio, again.noise.audio)
    assert first.t == again.t
    assert first.plan == again.plan
    for other in (drawn(shards, Ticket(1, 9, 0)), drawn(shards, Ticket(1, 8, 1)), drawn(shards, seed=4)):
        assert other.t != first.t
        assert not torch.equal(other.noise.video, first.noise.video)
    flat = torch.cat((first.noise.video.flatten(), first.noise.audio.flatten()))
    assert abs(float(flat.mean())) < 0.15
    assert abs(float(flat.std()) - 1) < 0.15
    assert not torch.equal(first.noise.video.flatten()[:20], first.noise.audio.flatten()[:20])


def test_timesteps_are_uniform_shifted_or_spread_over_a_step() -> None:
    def draw(config: TimestepConfig, step: int, place: int, size: int = 8) -> float:
        return draw_timestep(config, np.random.default_rng((step, place)), 0, Ticket(0, step, place), size)

    many = [draw(TimestepConfig(), step, place) for step in range(100) for place in range(8)]
    assert mean(many) == pytest.approx(0.5, abs=0.03)  # the standard error is 0.29 / √800 = 0.01
    assert min(many) < 0.02 < 0.98 < max(many)
    # t' = s·t / (1 + (s − 1)·t): with s = 3, one half becomes 1.5 / 2 = 3/4.
    assert np.median([draw(TimestepConfig(shift=3), 0, place) for place in range(400)]) == pytest.approx(0.75, abs=0.05)
    normal = [draw(TimestepConfig(distribution="logit_normal"), 0, place) for place in range(400)]
    assert np.quantile(normal, 0.8413) == pytest.approx(1 / (1 + np.exp(-1)), abs=0.04)  # one deviation above 0
    spread = sorted(draw(TimestepConfig(stratified=True), 5, place) for place in range(8))
    assert [int(8 * t) for t in spread] == list(range(8))


def test_a_stage_may_lean_its_times_otherwise(shards: Path) -> None:
    late = {"name": "detail", "steps": 40, "references": "none", "timesteps": {"shift": 0.2}}
    stages = [{"name": "text", "steps": 40, "references": "none"}, late]
    run: dict[str, Any] = {"stages": stages, "timesteps": {"shift": 5.0}}
    first, second = (
        [float(drawn(shards, Ticket(1, step, 0), **run).t) for step in steps] for steps in (range(40), range(40, 80))
    )
    assert mean(first) > 0.65  # the mean of 5u / (1 + 4u) over u is 0.75, and 0.25 of u / (5 − 4u)
    assert mean(second) < 0.35


def test_a_stage_gives_no_reference_one_modality_or_all() -> None:
    example = next(one for one in map(make_example, range(30)) if len(one.caption.roles) > 1)
    roles = [role.id for role in example.caption.roles]

    def given(
        references: Any, dropout: DropoutConfig = EVERYTHING, count: int = 60
    ) -> list[list[tuple[str, bool, bool]]]:
        stage = StageConfig(name="x", steps=1, references=references)
        found = (draw_references(example, stage, dropout, np.random.default_rng(n)) for n in range(count))
        return [[(one.role, one.image is not None, one.voice is not None) for one in each] for each in found]

    assert not any(given("none"))
    assert all(each == [(role, True, True) for role in roles] for each in given("all"))
    one = given("one")
    pictures, sounds = [(role, True, False) for role in roles], [(role, False, True) for role in roles]
    assert all(each in (pictures, sounds) for each in one)
    assert 15 < one.count(pictures) < 45
    dropped = given("all", DropoutConfig(references=0.5), 200)
    assert 70 < dropped.count([]) < 130
    fewer = given("all", DropoutConfig(references=0, role=0.5), 200)
    assert {len(each) for each in fewer} == set(range(len(roles) + 1))
    halved = {(a, b) for each in given("all", DropoutConfig(references=0, modality=1.0)) for _, a, b in each}
    assert halved == {(True, False), (False, True)}


def test_one_of_several_references_of_a_role_is_drawn() -> None:
    example = make_example(1)
    first = example.references[0]
    other = replace(first, timbre=torch.full((4,), 9.0))
    stage = StageConfig(name="all", steps=1, references="all")
    both = replace(example, references=(first, other))
    drawn = [draw_references(both, stage, EVERYTHING, np.random.default_rng(n)) for n in range(40)]
    assert all(len(each) == 1 for each in drawn)
    assert 8 < sum(each[0].timbre is other.timbre for each in drawn) < 32


def test_a_caption_that_is_left_out_gives_way_to_the_negative_prompts_and_references_stay(shards: Path) -> None:
    one = drawn(shards, dropout={"caption": 1.0, "references": 0})
    dataset = ShardDataset(shards)
    assert torch.equal(one.video_text, dataset.null_text.video)
    assert torch.equal(one.audio_text, dataset.null_text.audio)
    assert one.references
    assert one.plan is not None and one.plan.video.text is None and any(one.plan.video.anchors)
    bare = drawn(shards, dropout={"caption": 1.0, "references": 1.0})
    assert bare.plan is None
    assert bare.references == ()
    whole = drawn(shards)
    assert torch.equal(whole.video_text, dataset[1].video_text.tokens)
    assert whole.plan is not None and whole.plan.video.text is not None


def test_each_mechanism_can_be_taken_away(shards: Path) -> None:
    example = ShardDataset(shards)[1]
    unrouted = drawn(shards, routing=False)
    assert example.prompt is not None and torch.equal(unrouted.video_text, example.prompt)
    assert unrouted.plan is not None and unrouted.plan.audio.text is None
    unmasked = drawn(shards, identity_mask=False).plan
    assert unmasked is not None and any(unmasked.video.anchors)
    assert unmasked.video.self_attention is None and unmasked.audio.cross is None
    assert all(one.timbre is None for one in drawn(shards, timbre=False).references)
    assert any(one.timbre is not None for one in drawn(shards).references)


def test_the_loss_of_a_batch_is_the_mean_of_its_examples_whatever_their_shapes(shards: Path) -> None:
    # Padding an example to the length of its neighbour must change nothing.
    config = make_config(shards)
    trainee = build_trainee(config)
    assert trainee.backbone.video_model is not None and trainee.backbone.audio_model is not None
    for tower in (trainee.backbone.video_model, trainee.backbone.audio_model):
        torch.nn.init.normal_(tower.head.head.weight, std=0.1)  # a fresh head answers zero, whatever it is asked
    batch = [drawn(shards, Ticket(number, 8, 0)) for number in (0, 1, 2)]
    assert len({one.clean.video.shape for one in batch}) == 3
    together = trainee(batch, config.loss)
    apart = [trainee([one], config.loss) for one in batch]
    for name in ("total", "video", "audio"):
        wanted = torch.stack([getattr(each, name) for each in apart]).mean()
        torch.testing.assert_close(getattr(together, name), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("latents", [1, 3])
def test_stretches_of_a_clip_are_its_latents_with_what_is_seen_there(shards: Path, latents: int) -> None:
    stages = [{"name": "short", "steps": 9, "references": "all", "crops": {"count": 4, "latents": latents}}]
    config = make_config(shards, dropout={"caption": 0, "references": 0}, stages=stages)
    dataset = ShardDataset(shards)
    drawing = Drawing(dataset, config, config.network.towers())
    found, again = drawing[Ticket(1, 2, 3)], drawing[Ticket(1, 2, 3)]
    assert len(found) == 4
    assert len({float(one.t) for one in found}) == 4
    whole = dataset[1]
    starts = set()
    for one, same in zip(found, again, strict=True):
        assert torch.equal(one.noise.video, same.noise.video)
        count = whole.latents.video.shape[1]
        (start,) = (
            at
            for at in range(count - latents + 1)
            if torch.equal(whole.latents.video[:, at : at + latents].float(), one.clean.video)
        )
        starts.add(start)
        # The sound of that time: 32 ms a latent.
        sounds = next(
            at
            for at in range(len(whole.latents.audio))
            if torch.equal(whole.latents.audio[at : at + len(one.clean.audio)].float(), one.clean.audio)
        )
        begins, ends = (4 * start - 3) / 24 if start else 0.0, (4 * (start + latents - 1) + 1) / 24
        assert sounds * 0.032 <= begins + 0.032
        assert (sounds + len(one.clean.audio)) * 0.032 >= min(ends, len(whole.latents.audio) * 0.032) - 0.032
        assert one.plan is not None
        assert len(one.video_text) == one.plan.video.text_tokens <= len(whole.video_text.tokens)
    assert len(starts) > 1
    loss = build_trainee(config)(found, config.loss)
    assert torch.isfinite(loss.total)


def test_an_example_that_does_not_fit_is_named(shards: Path) -> None:
    class Broken(ShardDataset):
        def __getitem__(self, number: int) -> Any:
            return replace(super().__getitem__(number), prompt=None)

    config = make_config(shards, routing=False)
    with pytest.raises(UsageError, match=r"Example 3 of the data cannot be used: .*one prompt"):
        Drawing(Broken(shards), config, config.network.towers())[Ticket(3, 0, 0)]
