"""Eq. 4 and §4.3 against the definitions, token by token; the runs against dense masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from generator.attention import attend_dense, attend_groups
from generator.conditioning import Condition, SegmentKind, TextSegment, Wording, condition, encode, role_mark
from generator.plan import Plan
from generator.references import bound_references
from generator.routing import ReferenceTokens, make_plan
from generator.runs import Group, Span, TowerPlan, dense_mask
from generator.shapes import ClipShape, TokenGrid
from mavin.caption import HierarchicalCaption, Override, Reference
from mavin.errors import InvalidInputError, UsageError
from mavin.interval import Interval
from tests.generator.conftest import make_caption
from tests.generator.network.captions import ROLES, captions, counts, plan_of, references_of, small_grid, three_shots

SEARCH = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def by_definition(caption: HierarchicalCaption, parts: Condition, grid: TokenGrid, tower: str) -> NDArray[np.bool_]:
    """M(k, c) of Eq. 4 for every token and segment, from τ(k) in floating point."""
    if tower == "video":
        times = [0.5 / 24] + [(4 * f - 1) / 24 for f in range(1, grid.video_latents)]
        taus = [time for time in times for _ in range(grid.tokens_per_frame)]
    else:
        taus = [(i + 0.5) * 0.032 for i in range(grid.audio_latents)]
    rows = []
    for tau in taus:
        ms = tau * 1000
        shot = next((shot for shot in caption.shots if shot.start_ms <= ms < shot.end_ms), caption.shots[-1])
        speaking = {line.role for line in caption.dialogue if line.start_ms <= ms < line.end_ms}
        rows.append(
            [
                segment.kind == "global"
                or (segment.kind == "shot" and segment.name == shot.id)
                or (segment.kind == "appearance" and tower == "video" and segment.name in shot.roles)
                or (segment.kind == "voice" and tower == "audio" and segment.name in speaking)
                for segment in parts.tower(tower)
            ]
        )
    return np.array(rows)


@SEARCH
@given(captions())
def test_text_is_routed_as_equation_4_says(caption: HierarchicalCaption) -> None:
    grid = small_grid(caption)
    plan, parts = plan_of(caption, grid)
    for tower, tokens in (("video", grid.video_tokens), ("audio", grid.audio_latents)):
        sizes = counts(parts.tower(tower))
        wanted = by_definition(caption, parts, grid, tower).repeat(sizes, axis=1)
        mask = dense_mask(plan.tower(tower).text, tokens, sum(sizes))
        np.testing.assert_array_equal(mask[:, : sum(sizes)], wanted)
        # padding: as if what a token sees were its whole prompt of 16 tokens
        np.testing.assert_array_equal(mask[:, sum(sizes) :].sum(axis=1), np.maximum(16 - wanted.sum(axis=1), 0))


@SEARCH
@given(captions(), st.booleans())
def test_references_are_seen_as_section_4_3_says(caption: HierarchicalCaption, isolate: bool) -> None:
    grid = small_grid(caption)
    references = references_of(caption)
    plan, parts = plan_of(caption, grid, references=references, isolate_shots=isolate)
    for tower in ("video", "audio"):
        own = plan.tower(tower)
        segments = parts.tower(tower)
        visible = by_definition(caption, parts, grid, tower)
        shot_of = visible[:, [n for n, s in enumerate(segments) if s.kind == "shot"]].argmax(axis=1)
        kind = "appearance" if tower == "video" else "voice"
        there = {
            s.name: visible[:, n] for n, s in enumerate(segments) if s.kind == kind
        }  # a role is there when its words are
        wanted = np.zeros((own.tokens, own.tokens), dtype=bool)
        n = own.targets
        wanted[:n, :n] = True
        if isolate:
            wanted[:n, :n] = shot_of[:, None] == shot_of[None, :]
            speakers = visible[:, [m for m, s in enumerate(segments) if s.kind == kind]]
            if tower == "audio":
                wanted[:n, :n] &= (speakers[:, None, :] == speakers[None, :, :]).all(axis=2)
        for one, span in zip(references, own.anchor_spans, strict=True):
            wanted[span.start : span.stop, span.start : span.stop] = True
            if span.length:
                wanted[:n, span.start : span.stop] = there[one.role][:, None]
        mask = dense_mask(own.self_attention, own.tokens, own.tokens)
        np.testing.assert_array_equal(mask, wanted)
        for one, span in zip(references, own.anchor_spans, strict=True):
            if span.length:  # (iii): its own words and nobody else's
                row = dense_mask(own.text, own.tokens, own.text_tokens)[span.start, : own.text_tokens]
                mine = np.repeat([s.kind == kind and s.name == one.role for s in segments], counts(segments))
                np.testing.assert_array_equal(row, mine)
            assert bool(span.length) == (one.role in there)


@SEARCH
@given(captions())
def test_across_towers_only_anchors_of_one_role_meet(caption: HierarchicalCaption) -> None:
    plan, _ = plan_of(caption, references=references_of(caption))
    video, audio = plan.video, plan.audio
    wanted = np.zeros((video.tokens, audio.tokens), dtype=bool)
    wanted[: video.targets, : audio.targets] = True
    for own, other in zip(video.anchor_spans, audio.anchor_spans, strict=True):
        wanted[own.start : own.stop, other.start : other.stop] = True
    np.testing.assert_array_equal(dense_mask(video.cross, video.tokens, audio.tokens), wanted)
    np.testing.assert_array_equal(dense_mask(audio.cross, audio.tokens, video.tokens), wanted.T)


@settings(max_examples=12, deadline=None)
@given(captions(), st.booleans(), st.integers(0, 2**31))
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-5), (torch.float64, 1e-12)])
def test_grouped_attention_is_dense_attention(
    dtype: torch.dtype, tolerance: float, caption: HierarchicalCaption, isolate: bool, seed: int
) -> None:
    """Values and gradients, for text, self- and cross-tower attention of random captions."""
    plan, _ = plan_of(caption, references=references_of(caption), isolate_shots=isolate)
    generator = torch.Generator().manual_seed(seed)
    video, audio = plan.video, plan.audio
    cases = [
        (video.text, video.tokens, video.text_tokens + 1),
        (audio.text, audio.tokens, audio.text_tokens + 1),
        (video.self_attention, video.tokens, video.tokens),
        (audio.self_attention, audio.tokens, audio.tokens),
        (video.cross, video.tokens, audio.tokens),
    ]
    for groups, queries, keys in cases:
        sizes = ((1, queries, 2, 8), (1, keys, 2, 8), (1, keys, 2, 8))
        results = []
        for attend in (attend_groups, attend_dense):
            q, k, v = (torch.randn(s, generator=generator.manual_seed(seed), dtype=dtype) for s in sizes)
            for x in (q, k, v):
                x.requires_grad_()
            out = attend(q, k, v, None if groups is None else [groups])
            loss = (out * torch.linspace(-1, 1, out.numel(), dtype=dtype).view_as(out)).sum()
            results.append((out, *torch.autograd.grad(loss, (q, k, v))))
        (out, *gradients), (wanted, *wanted_gradients) = results
        torch.testing.assert_close(out, wanted, rtol=0, atol=tolerance)
        for mine, other in zip(gradients, wanted_gradients, strict=True):
            assert float((mine - other).norm()) <= tolerance * float(other.norm())  # sums over hundreds of queries


@SEARCH
@given(captions(), st.booleans(), st.data())
def test_a_stretch_of_a_clip_sees_what_it_saw_in_the_whole(
    caption: HierarchicalCaption, isolate: bool, data: st.DataObject
) -> None:
    plan, _ = plan_of(caption, references=references_of(caption), isolate_shots=isolate)
    kept = {}
    for name in ("video", "audio"):
        first = data.draw(st.integers(0, plan.tower(name).targets - 1))
        kept[name] = Span(first, data.draw(st.integers(first + 1, plan.tower(name).targets)))
    part, *texts = plan.cropped(kept["video"], kept["audio"])

    def stays(name: str) -> list[int]:
        return [*range(*kept[name]), *range(plan.tower(name).targets, plan.tower(name).tokens)]

    for name, other, text in (("video", "audio", texts[0]), ("audio", "video", texts[1])):
        own, whole, rows = part.tower(name), plan.tower(name), stays(name)
        assert own.tokens == len(rows)
        columns = [at for span in text for at in range(*span)]
        words = dense_mask(whole.text, whole.tokens, whole.text_tokens)
        np.testing.assert_array_equal(
            dense_mask(own.text, own.tokens, own.text_tokens)[:, : own.text_tokens], words[np.ix_(rows, columns)]
        )
        assert words[rows][:, : whole.text_tokens].sum() == words[np.ix_(rows, columns)].sum()
        for keys, length, before, after in (
            (rows, whole.tokens, whole.self_attention, own.self_attention),
            (stays(other), plan.tower(other).tokens, whole.cross, own.cross),
        ):
            assert (after is None) == (before is None)
            np.testing.assert_array_equal(
                dense_mask(after, len(rows), len(keys)), dense_mask(before, whole.tokens, length)[np.ix_(rows, keys)]
            )


def test_a_query_in_no_group_gets_zeros() -> None:
    q = torch.randn(1, 4, 1, 8)
    out = attend_groups(q, q, q, [(Group((Span(1, 2), Span(3, 4)), (Span(0, 2),)),)])
    assert (out[:, [0, 2]] == 0).all()
    torch.testing.assert_close(out[:, [1, 3]], attend_groups(q[:, [1, 3]], q[:, :2], q[:, :2]))


def test_samples_of_a_batch_may_be_routed_differently() -> None:
    q = torch.randn(2, 4, 2, 8)
    first: tuple[Group, ...] = (Group((Span(0, 4),), (Span(0, 2),)),)
    out = attend_groups(q, q, q, [first, None])
    torch.testing.assert_close(out[:1], attend_dense(q[:1], q[:1], q[:1], [first]))
    torch.testing.assert_close(out[1:], attend_dense(q[1:], q[1:], q[1:]))


def test_a_cut_inside_a_latent_is_told_with_its_rounding() -> None:
    caption = make_caption([{"ms": 1900, "action": "one"}, {"ms": 1100, "action": "two"}])
    plan, _ = plan_of(caption)
    # frame 45.6 → 46; latent 12 covers frames 45–48 and its middle, 47 / 24 = 1.958 s, is in the second shot
    assert plan.notes == (
        "The cut from S1 to S2 at 1.9 s (frame 46) falls inside latent 12 (frames 45 to 48): "
        "attention changes at frame 45, 1 frame earlier.",
    )
    exact = make_caption([{"ms": 1875, "action": "one"}, {"ms": 1125, "action": "two"}])  # frame 45 = 4·12 − 3
    assert plan_of(exact)[0].notes == ()


def test_what_nothing_would_see_is_left_out_and_told() -> None:
    caption = make_caption([{"ms": 3000, "action": "an empty room"}], ROLES[:1])
    plan, parts = plan_of(caption, references=[ReferenceTokens("C1", 2, 3)])
    assert plan.video.anchors == plan.audio.anchors == (0,)
    assert [segment.kind for segment in parts.video] == ["global", "shot"]
    assert plan.video.self_attention is None
    assert len(plan.notes) == 2
    assert "is in no shot" in plan.notes[0]
    assert "never speaks" in plan.notes[1]


def test_another_look_in_one_shot_is_a_segment_of_its_own() -> None:
    base = three_shots()
    shots = list(base.shots)
    shots[1] = shots[1].model_copy(update={"overrides": (Override(role="C1", appearance="soaked", voice="hoarse"),)})
    caption = HierarchicalCaption(**{**dict(base), "shots": tuple(shots)})
    looks = [s for s in condition(caption).video if s.kind is SegmentKind.APPEARANCE and s.name == "C1"]
    assert [(s.text, s.intervals) for s in looks] == [
        ("C1 is Mara. a red coat.", (Interval(0, 1375),)),
        ("C1 is Mara. soaked.", (Interval(1375, 2375),)),
    ]


def test_an_empty_segment_raises_instead_of_being_seen_by_all() -> None:
    caption = three_shots()
    parts = condition(caption)
    short = TextSegment(SegmentKind.VOICE, "C1", "x", (Interval(20, 30),))
    with pytest.raises(InvalidInputError, match=r"C1 voice must last long enough .* got 0.02–0.03 s"):
        make_plan(caption, replace(parts, audio=(*parts.audio, short)), small_grid(caption), counts(parts.video), counts([*parts.audio, 1]))  # fmt: skip
    with pytest.raises(InvalidInputError, match="S1 must have at least one token, got 0"):
        make_plan(caption, parts, small_grid(caption), [3, 0, *counts(parts.video)[2:]], counts(parts.audio))


def test_a_latent_that_would_see_nothing_raises() -> None:
    caption = three_shots()
    parts = condition(caption)
    blind = replace(parts, video=tuple(s for s in parts.video if s.name in {"S1", "S3"}))
    with pytest.raises(InvalidInputError, match=r"latents 9 to 14 see none\. Give the clip a global caption"):
        make_plan(caption, blind, small_grid(caption), [2, 2], counts(parts.audio))


@pytest.mark.parametrize(
    ("references", "message"),
    [
        (
            [ReferenceTokens(f"C{n}", 2, 0) for n in range(1, 5)],
            "At most 3 roles can be customised, got 4: C1, C2, C3, C4",
        ),
        ([ReferenceTokens("C9", 2, 0)], "one of C1, C2, got 'C9'"),
        ([ReferenceTokens("C1", 0, 0)], "must have an image or a voice, got neither"),
    ],
)
def test_impossible_references_say_what_must_hold(references: list[ReferenceTokens], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        plan_of(three_shots(), references=references)


def test_the_soft_variant_fades_instead_of_cutting() -> None:
    caption = three_shots()
    plan, parts = plan_of(caption, softness_ms=200.0)
    assert plan.video.text is not None
    first = plan.video.text[0]  # latent 0, τ = 20.8 ms; S2 begins at 1375 ms
    assert first.log_weights is not None
    assert first.log_weights[:2] == (0.0, 0.0)
    assert first.log_weights[2] == pytest.approx(-(((1375 - 1000 / 48) / 200) ** 2))
    q, k = torch.randn(1, plan.video.tokens, 1, 8), torch.randn(1, plan.video.text_tokens + 1, 1, 8)
    soft = attend_groups(q, k, k, [plan.video.text])
    hard_plan, _ = plan_of(caption)
    assert hard_plan.video.text is not None
    hard = attend_groups(q, k, k, [hard_plan.video.text])
    far, near = 0, 2 * 8  # tokens of latents 0 and 8; the cut is at the start of latent 9
    assert float((soft[0, far] - hard[0, far]).abs().max()) < 1e-6
    assert float((soft[0, near] - hard[0, near]).abs().max()) > 1e-3
    assert len(parts.video) == len(first.log_weights)


class OneTokenAWord:
    """A text encoder whose tokens tell which word they are."""

    width = 2
    max_tokens = 40

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[torch.Tensor]:
        self.asked += texts
        return [torch.full((len(text.split()), 2), float(len(text))) for text in texts]


def test_segments_become_tokens_with_ids_and_shared_texts_are_encoded_once() -> None:
    parts = condition(three_shots())
    encoder = OneTokenAWord()
    known: dict[str, torch.Tensor] = {}
    video = encode(parts.video, encoder, known)
    audio = encode(parts.audio, encoder, known)
    assert len(encoder.asked) == len(set(encoder.asked)) == len({s.text for s in (*parts.video, *parts.audio)})
    assert video.counts == tuple(len(segment.text.split()) for segment in parts.video)
    for number, segment in enumerate(parts.video):
        at = [n for n, own in enumerate(video.segment_ids) if own == number]
        assert len(at) == video.counts[number]
        assert (video.tokens[at] == len(segment.text)).all()
    assert audio.tokens.shape == (sum(audio.counts), 2)


def test_marks_tell_whose_words_a_token_is_and_leave_all_others_as_they_are() -> None:
    caption = three_shots()
    parts = condition(caption)
    numbers = {role.id: number for number, role in enumerate(caption.roles, 1)}
    for segments in (parts.video, parts.audio):
        plain, marked = (encode(segments, OneTokenAWord(), role_marks=marks) for marks in (False, True))
        assert plain.counts == marked.counts
        differs = marked.tokens - plain.tokens
        for row, number in zip(differs, plain.segment_ids, strict=True):
            role = numbers.get(segments[number].name, 0)
            assert torch.equal(row, role_mark(role, 2) if role else torch.zeros(2))
    # Marks of different roles are orthogonal to each other and to a constant.
    marks = torch.stack([torch.ones(384) / 4, *(role_mark(role, 384) for role in range(1, 7))])
    assert torch.allclose(marks @ marks.T, torch.eye(7) * 24, atol=1e-4)


def test_an_empty_or_endless_text_is_named() -> None:
    with pytest.raises(InvalidInputError, match="S1 must have at least one token, got ' '"):
        encode([TextSegment(SegmentKind.SHOT, "S1", " ", None)], OneTokenAWord())
    with pytest.raises(InvalidInputError, match="S1 must have at most 40 tokens, got 41"):
        encode([TextSegment(SegmentKind.SHOT, "S1", "a " * 41, None)], OneTokenAWord())


def test_speech_is_worded_for_the_text_encoder() -> None:
    caption = three_shots()
    shot = {wording: condition(caption, wording).audio[2].text for wording in Wording}
    assert 'C2 goes on 1.375–2.0s: — "Only me."' in shot[Wording.MAVIN]
    assert "C2 goes on 1.375–2.0s: — <S>Only me.<E>" in shot[Wording.OVI_720]
    assert condition(caption, Wording.OVI_720).video[0].text.endswith("<AUDCAP>quiet.<ENDAUDCAP>")
    assert condition(caption, Wording.OVI_960).video[0].text.endswith("Audio: quiet.")


def test_the_negative_branch_sees_all_of_its_prompt_and_keeps_the_references() -> None:
    plan, _ = plan_of(three_shots(), references=references_of(three_shots()))
    negative = plan.unrouted()
    assert negative.video.text is None
    assert negative.video.self_attention == plan.video.self_attention
    alone = plan.without_references()
    bare, _ = plan_of(three_shots())
    for tower in ("video", "audio"):
        mine, wanted = alone.tower(tower), bare.tower(tower)
        assert mine.tokens == wanted.tokens == mine.targets
        assert mine.text == wanted.text
        np.testing.assert_array_equal(
            dense_mask(mine.self_attention, mine.tokens, mine.tokens),
            dense_mask(wanted.self_attention, mine.tokens, mine.tokens),
        )


def test_a_plan_of_15_seconds_is_small() -> None:
    """The time is measured in benchmarks/attention.py; its size, here, in numbers kept."""
    shots = [{"ms": 2500, "action": "walks", "roles": ("C1", "C2", "C3")[: n % 3 + 1]} for n in range(6)]
    lines = [{"role": f"C{n % 3 + 1}", "start_ms": 2400 * n, "end_ms": 2400 * n + 900, "text": "Go."} for n in range(6)]
    caption = make_caption(shots, ROLES, lines)
    references = [ReferenceTokens(f"C{n}", 390, 31) for n in (1, 2, 3)]
    plan, _ = plan_of(caption, ClipShape.of(caption).grid, references=references, text_len=512)
    assert plan.video.targets == 35_490
    numbers = 0
    for tower in (plan.video, plan.audio):
        assert isinstance(tower, TowerPlan)
        for groups in (tower.text, tower.self_attention, tower.cross):
            numbers += sum(2 * len(group.queries) + 2 * len(group.keys) + 1 for group in groups or ())
    assert numbers < 1000
    assert isinstance(plan, Plan)


def test_a_soft_penalty_is_that_of_the_exact_time_outside() -> None:
    shots = [{"ms": 1370, "action": "walks", "roles": ("C1",) if n % 2 else ()} for n in range(4)]
    lines = [{"role": "C1", "start_ms": start, "end_ms": start + 400, "text": "Go."} for start in (1500, 4500)]
    caption = make_caption(shots, ROLES[:1], lines)
    grid = small_grid(caption)
    plan, parts = plan_of(caption, grid, softness_ms=300.0)
    for name, times in (("video", grid.video_times()), ("audio", grid.audio_times())):
        groups = plan.tower(name).text
        assert groups is not None
        assert len(groups) == len(times)
        for group, time in zip(groups, times, strict=True):
            for weight, segment in zip(group.log_weights or (), parts.tower(name), strict=True):
                intervals = segment.intervals or (Interval(0, caption.duration_ms + 1000),)
                away = min(max(each.start_ms - time, time - each.end_ms, Fraction(0)) for each in intervals)
                assert weight == pytest.approx(-float(away * away) / 300.0**2, rel=1e-12)


def test_another_reference_in_one_shot_is_seen_there_and_nowhere_else() -> None:
    base = three_shots()
    mara = base.roles[0].model_copy(update={"reference": Reference(image="references/a.png", audio="references/a.wav")})
    wet = Override(role="C1", reference=Reference(image="references/wet.png"))
    shots = (base.shots[0], base.shots[1].model_copy(update={"overrides": (wet,)}), base.shots[2])
    caption = HierarchicalCaption(**{**dict(base), "roles": (mara, base.roles[1]), "shots": shots})
    dry, soaked = bound_references(caption)
    assert (dry.role, dry.number, dry.image) == ("C1", 0, "references/a.png")
    assert dry.shots == (Interval(0, 1375), Interval(2375, 3375))
    assert (soaked.number, soaked.image, soaked.audio) == (0, "references/wet.png", None)
    plan, _ = plan_of(caption, references=[one.tokens(2, 3) for one in (dry, soaked)])
    assert plan.video.anchors == (2, 2)
    assert plan.audio.anchors == (3, 0)
    mask = dense_mask(plan.video.self_attention, plan.video.tokens, plan.video.tokens)
    for one, span, own in zip((dry, soaked), plan.video.anchor_spans, (0, 1), strict=True):
        seen = mask[: plan.video.targets, span.start]
        assert seen[:18].all() == (own == 0), one  # shot 1
        assert seen[18:30].all() == (own == 1), one  # shot 2
        assert not seen[30:].any(), one  # C1 is not in shot 3
