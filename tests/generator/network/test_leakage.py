"""No leakage, on the whole network with random weights: what must not be seen changes nothing.

Call by call with the queries held fixed, in every attention layer; and end to end where nothing else
carries a change: shots isolated, towers apart.
"""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from generator import blocks
from generator.attention import attend_dense
from generator.blocks import Block, Conditions
from generator.conditioning import condition
from generator.model import Backbone
from generator.plan import Plan
from generator.positions import audio_positions, rotary_table
from generator.routing import make_plan
from generator.runs import Span, TowerPlan
from generator.shapes import TokenGrid
from generator.tower import Tower
from mavin.errors import UsageError
from tests.generator.network.captions import (
    counts,
    draw_inputs,
    plan_of,
    references_of,
    small_grid,
    three_shots,
    with_anchors,
)
from tests.generator.network.conftest import peer_backbone

NOTHING = 1e-12
"""Rounding of a matrix product whose other rows changed; what may be seen changes by 1e-3 and more."""

# Tokens of shot 1: latents 0–8 of 2 tokens, audio tokens whose τ is below 1375 ms.
SHOT_1 = {"video": slice(0, 18), "audio": slice(0, 43)}
SHOT_2 = {"video": slice(18, 30), "audio": slice(43, 74)}
# C1 speaks from 300 to 900 ms.
SPEECH = slice(9, 28)


def clip() -> TokenGrid:
    return small_grid(three_shots())


def segment(plan_parts: Any, tower: str, name: str, kind: str) -> int:
    return next(n for n, s in enumerate(plan_parts.tower(tower)) if (s.name, s.kind) == (name, kind))


def given(tower: Tower, plan: TowerPlan, text: Tensor) -> Conditions:
    text_RD, text_index_BL, _ = tower.embed_text([text], routed=True)
    table = rotary_table(audio_positions(plan.tokens), (12,))
    return Conditions(
        modulation_BTED=torch.zeros(1, 1, 6, 64, dtype=torch.float64),
        timestep_index_BN=None,
        rotary=table[:, None, :, None],
        text_RD=text_RD,
        text_index_BL=text_index_BL,
        self_groups=None if plan.self_attention is None else [plan.self_attention],
        text_groups=None if plan.text is None else [plan.text],
    )


def layers(tower: Tower) -> list[Block]:
    return [block for block in tower.blocks if isinstance(block, Block)]


def differs(a: Tensor, b: Tensor) -> Tensor:
    """Largest difference of each token."""
    return (a - b).abs().amax(dim=-1).squeeze(0)


def texts(plan: TowerPlan, changed: Span, seed: int = 0) -> tuple[Tensor, Tensor]:
    torch.manual_seed(seed)
    before = torch.randn(plan.text_tokens, 24, dtype=torch.float64)
    after = before.clone()
    after[changed.start : changed.stop] = torch.randn(changed.length, 24, dtype=torch.float64)
    return before, after


def span_of(counts: list[int], number: int) -> Span:
    return Span(sum(counts[:number]), sum(counts[: number + 1]))


@pytest.mark.parametrize("tower", ["video", "audio"])
def test_another_shots_text_changes_no_text_attention(tower: str, backbone64: Backbone) -> None:
    plan, parts = plan_of(three_shots())
    own, network = plan.tower(tower), backbone64.get_submodule(f"{tower}_model")
    assert isinstance(network, Tower)
    before, after = texts(own, span_of(counts(parts.tower(tower)), segment(parts, tower, "S2", "shot")))
    x = torch.randn(1, own.tokens, 64, dtype=torch.float64)
    with torch.no_grad():
        for block in layers(network):
            outs = [block.cross_attn(x, given(network, own, text), None, None) for text in (before, after)]
            change = differs(*outs)
            assert float(change[SHOT_1[tower]].max()) < NOTHING
            assert float(change[SHOT_2[tower]].min()) > 1e-3
            assert float(change[SHOT_2[tower].stop :].max()) < NOTHING  # shot 3


def test_a_roles_voice_text_changes_no_text_attention_outside_its_lines(backbone64: Backbone) -> None:
    plan, parts = plan_of(three_shots())
    network = backbone64.audio_model
    assert network is not None
    before, after = texts(plan.audio, span_of(counts(parts.audio), segment(parts, "audio", "C1", "voice")))
    x = torch.randn(1, plan.audio.tokens, 64, dtype=torch.float64)
    with torch.no_grad():
        for block in layers(network):
            outs = [block.cross_attn(x, given(network, plan.audio, text), None, None) for text in (before, after)]
            change = differs(*outs)
            assert float(change[SPEECH].min()) > 1e-3
            change[SPEECH] = 0
            assert float(change.max()) < NOTHING


@pytest.mark.parametrize("tower", ["video", "audio"])
def test_anchors_of_absent_roles_change_no_self_attention(tower: str, backbone64: Backbone) -> None:
    plan, _ = plan_of(three_shots(), references=references_of(three_shots()))
    own, network = plan.tower(tower), backbone64.get_submodule(f"{tower}_model")
    assert isinstance(network, Tower)
    before = torch.randn(1, own.tokens, 64, dtype=torch.float64)
    after = before.clone()
    span = own.anchor_spans[1]  # C2
    after[:, span.start : span.stop] = torch.randn(1, span.length, 64, dtype=torch.float64)
    # C2 is seen in shot 2, and heard from 1200 to 2000 ms
    there = SHOT_2["video"] if tower == "video" else slice(37, 62)
    with torch.no_grad():
        for block in layers(network):
            outs = [block.self_attn(x, given(network, own, torch.zeros(own.text_tokens, 24))) for x in (before, after)]
            change = differs(*outs)
            assert float(change[there].min()) > 1e-4
            change[there] = 0
            change[span.start : span.stop] = 0
            assert float(change.max()) < NOTHING


def run(backbone: Backbone, plan: Plan, inputs: dict[str, Any]) -> dict[str, Tensor]:
    """Velocities as one row per token."""
    with torch.no_grad():
        video, audio = backbone(**{**inputs, "plan": plan})
    frames = video[0].unfold(2, 2, 2).unfold(3, 2, 2)  # C F h w 2 2
    return {"video": frames.permute(1, 2, 3, 0, 4, 5).flatten(3).flatten(0, 2), "audio": audio[0]}


def test_isolated_shots_leak_nothing_end_to_end(backbone64: Backbone) -> None:
    caption = three_shots()
    plan, parts = plan_of(caption, isolate_shots=True, coupled=False, references=references_of(caption))
    plan = with_anchors(backbone64, plan, roles=2)
    inputs = draw_inputs(clip(), plan)
    before = run(backbone64, plan, inputs)
    # another text for shot 2, in both towers
    changed = dict(inputs)
    for tower in ("video", "audio"):
        text = inputs[f"{tower}_text"][0].clone()
        span = span_of(counts(parts.tower(tower)), segment(parts, tower, "S2", "shot"))
        text[span.start : span.stop] += 1
        changed[f"{tower}_text"] = [text]
    after = run(backbone64, plan, changed)
    for tower in ("video", "audio"):
        change = (after[tower] - before[tower]).abs().amax(dim=1)
        assert float(change[SHOT_2[tower]].min()) > 1e-4
        change[SHOT_2[tower]] = 0
        assert float(change.max()) < NOTHING
    # another voice text for C1
    text = inputs["audio_text"][0].clone()
    span = span_of(counts(parts.audio), segment(parts, "audio", "C1", "voice"))
    text[span.start : span.stop] += 1
    after = run(backbone64, plan, {**inputs, "audio_text": [text]})
    change = (after["audio"] - before["audio"]).abs().amax(dim=1)
    assert float(change[SPEECH].min()) > 1e-4
    change[SPEECH] = 0
    assert float(change.max()) < NOTHING
    assert torch.equal(after["video"], before["video"])
    # another reference for C2
    after = run(backbone64, with_anchors(backbone64, plan, roles=2, changed=1), inputs)
    for tower, there in (("video", SHOT_2["video"]), ("audio", slice(37, 62))):
        change = (after[tower] - before[tower]).abs().amax(dim=1)
        assert float(change[there].min()) > 1e-4
        change[there] = 0
        assert float(change.max()) < NOTHING


def test_a_longer_text_for_one_shot_leaks_nothing_either(backbone64: Backbone) -> None:
    """Padding counted over the whole caption would: a longer shot 2 would leave less of it for shot 1."""
    caption, grid = three_shots(), clip()
    parts = condition(caption)
    outs = []
    for extra in (0, 3):
        sizes = {name: counts(parts.tower(name)) for name in ("video", "audio")}
        at = 2  # S2
        for own in sizes.values():
            own[at] += extra
        plan = make_plan(
            caption, parts, grid, sizes["video"], sizes["audio"], text_len=16, isolate_shots=True, coupled=False
        )
        inputs = draw_inputs(grid, plan)
        for name in ("video", "audio"):
            generator = torch.Generator().manual_seed(5)
            tokens = [
                torch.randn(n, 24, generator=generator.manual_seed(n), dtype=torch.float64)
                for n in counts(parts.tower(name))
            ]
            tokens[at] = torch.cat([tokens[at], torch.ones(extra, 24, dtype=torch.float64)])
            inputs[f"{name}_text"] = [torch.cat(tokens)]
        outs.append(run(backbone64, plan, inputs))
    for tower in ("video", "audio"):
        change = (outs[1][tower] - outs[0][tower]).abs().amax(dim=1)
        assert float(change[SHOT_1[tower]].max()) < NOTHING
        assert float(change[SHOT_2[tower]].min()) > 1e-4


@pytest.mark.parametrize("isolate", [False, True])
def test_the_whole_network_grouped_is_the_whole_network_dense(
    isolate: bool, backbone64: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    caption = three_shots()
    plan, _ = plan_of(caption, references=references_of(caption), isolate_shots=isolate)
    plan = with_anchors(backbone64, plan, roles=2)
    inputs = draw_inputs(clip(), plan)
    mine = run(backbone64, plan, inputs)
    monkeypatch.setattr(blocks, "attend_groups", attend_dense)
    dense = run(backbone64, plan, inputs)
    for tower in ("video", "audio"):
        torch.testing.assert_close(mine[tower], dense[tower], rtol=0, atol=1e-12)


def test_a_plan_compiles_as_one_graph() -> None:
    caption = three_shots()
    backbone = peer_backbone()
    for tower in (backbone.video_model, backbone.audio_model):
        assert tower is not None
        del tower.blocks[1:]
    plan, _ = plan_of(caption, references=references_of(caption))
    plan = with_anchors(backbone, plan, roles=2)
    inputs = draw_inputs(clip(), plan)
    compiled = torch.compile(backbone, fullgraph=True, backend="eager")
    with torch.no_grad():
        for mine, wanted in zip(compiled(**inputs), backbone(**inputs), strict=True):
            torch.testing.assert_close(mine[0], wanted[0], rtol=0, atol=1e-12)


def test_plans_that_do_not_fit_say_so(backbone64: Backbone) -> None:
    caption = three_shots()
    plan, _ = plan_of(caption, references=references_of(caption))
    inputs = draw_inputs(clip(), plan)
    with pytest.raises(
        UsageError, match=r"42 target tokens and 0 anchor tokens, got 42 and 4\. Make the plan for this"
    ):
        backbone64(**inputs)  # the anchors were forgotten
    bare, _ = plan_of(caption)
    inputs = draw_inputs(clip(), bare)
    with pytest.raises(UsageError, match=f"routes {bare.video.text_tokens} video text tokens, got a text of 3"):
        backbone64(**{**inputs, "video_text": [torch.zeros(3, 24)]})
    with pytest.raises(UsageError, match="one plan for each of 1 samples, got 2"):
        backbone64(**{**inputs, "plan": [bare, bare]})


def test_a_batch_of_differently_routed_clips_is_the_same_as_each_alone(backbone64: Backbone) -> None:
    """References and routing in one sample, a plain prompt in the other, of different sizes."""
    caption = three_shots()
    plan, _ = plan_of(caption, references=references_of(caption))
    plan = with_anchors(backbone64, plan, roles=2)
    routed = draw_inputs(clip(), plan)
    bare, _ = plan_of(caption)
    plain = draw_inputs(TokenGrid(4, 2, 2, 31), bare, seed=4)
    plain["video_text"], plain["audio_text"] = [plain["video_text"][0][:6]], [plain["audio_text"][0][:9]]
    both = {name: routed[name] + plain[name] for name in ("video", "audio", "video_text", "audio_text")}
    both["timestep"] = torch.tensor([600.0, 30.0], dtype=torch.float64)
    plain["timestep"] = both["timestep"][1:]
    with torch.no_grad():
        together = backbone64(**both, plan=[plan, None])
        alone = backbone64(**routed), backbone64(**{**plain, "plan": None})
    for tower in (0, 1):
        for sample in (0, 1):
            torch.testing.assert_close(together[tower][sample], alone[sample][tower][0], rtol=0, atol=1e-12)


def test_mixed_precision_trains() -> None:
    """float32 weights under bf16 autocast: products in bf16, norms, angles and the residual in float32."""
    backbone = peer_backbone(torch.float32).train()
    caption = three_shots()
    plan, _ = plan_of(caption)
    inputs = draw_inputs(clip(), plan)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        mixed = backbone(**inputs)
    torch.autograd.backward(mixed[0][0].float().square().sum() + mixed[1][0].float().square().sum())
    assert all(parameter.grad is not None for parameter in backbone.parameters())
    with torch.no_grad():
        exact = backbone(**inputs)
    for mine, wanted in zip(mixed, exact, strict=True):
        assert float((mine[0].float() - wanted[0]).norm() / wanted[0].norm()) < 2e-2
