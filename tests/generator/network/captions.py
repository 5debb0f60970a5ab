"""Captions, drawn at random or made by hand, and their plans on a small grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from hypothesis import strategies as st
from torch import Tensor

from generator.conditioning import Condition, condition
from generator.identity import IdentityEmbeddings, RoleReference
from generator.model import Backbone
from generator.plan import Plan
from generator.routing import ReferenceTokens, make_plan
from generator.shapes import ClipShape, TokenGrid
from mavin.caption import HierarchicalCaption
from tests.generator.conftest import make_caption

ROLES = [
    {"name": "Mara", "appearance": "a red coat", "voice": "low"},
    {"name": "Jon", "appearance": "a blue cap", "voice": "high"},
    {"name": "Ada", "appearance": "a green scarf", "voice": "soft"},
]


def three_shots() -> HierarchicalCaption:
    """C1 alone, then C1 and C2, then nobody; C1 speaks in the first shot, C2 across the first cut."""
    return make_caption(
        [
            {"ms": 1375, "action": "Mara waits", "roles": ("C1",)},
            {"ms": 1000, "action": "Jon comes", "roles": ("C1", "C2")},
            {"ms": 1000, "action": "the sea"},
        ],
        ROLES[:2],
        [
            {"role": "C1", "start_ms": 300, "end_ms": 900, "text": "Who is there?"},
            {"role": "C2", "start_ms": 1200, "end_ms": 2000, "text": "Only me."},
        ],
    )


@st.composite
def captions(draw: st.DrawFn) -> HierarchicalCaption:
    """One to six shots, none to three roles, speech anywhere, at any millisecond."""
    lengths = draw(st.lists(st.integers(500, 2500), min_size=1, max_size=6))
    lengths[-1] += max(3000 - sum(lengths), 0)
    roles = draw(st.integers(0, 3))
    names = [f"C{number}" for number in range(1, roles + 1)]
    present = st.lists(st.sampled_from(names), unique=True) if names else st.just([])
    shots: list[dict[str, Any]] = [
        {"ms": length, "action": f"shot of {length}", "roles": tuple(draw(present))} for length in lengths
    ]
    dialogue = []
    for name in names:
        now = 0
        for _ in range(draw(st.integers(0, 2))):
            start = now + draw(st.integers(0, 1500))
            end = start + draw(st.integers(200, 1500))
            if end <= sum(lengths):
                dialogue.append({"role": name, "start_ms": start, "end_ms": end, "text": f"{name} at {start}"})
                now = end
    return make_caption(shots, ROLES[:roles], dialogue)


def small_grid(caption: HierarchicalCaption, rows: int = 1, columns: int = 2) -> TokenGrid:
    grid = ClipShape.of(caption).grid
    return TokenGrid(grid.video_latents, rows, columns, grid.audio_latents)


def counts(segments: Sequence[object]) -> list[int]:
    """Some number of tokens for each segment, all different modulo 5."""
    return [2 + 3 * number % 5 for number in range(len(segments))]


def plan_of(caption: HierarchicalCaption, grid: TokenGrid | None = None, **options: Any) -> tuple[Plan, Condition]:
    parts = condition(caption)
    options.setdefault("text_len", 16)
    grid = grid or small_grid(caption)
    return make_plan(caption, parts, grid, counts(parts.video), counts(parts.audio), **options), parts


def references_of(caption: HierarchicalCaption, names: Sequence[str] = ("C1", "C2")) -> list[ReferenceTokens]:
    have = {role.id for role in caption.roles}
    return [ReferenceTokens(name, 2, 3) for name in names if name in have]


def draw_inputs(grid: TokenGrid, plan: Plan, seed: int = 0) -> dict[str, Any]:
    """A call of the peers' network: 6 and 5 latent channels, text of width 24."""
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    return {
        "video": [draw(6, grid.video_latents, 2 * grid.rows, 2 * grid.columns)],
        "audio": [draw(grid.audio_latents, 5)],
        "timestep": torch.tensor([600.0], dtype=torch.float64),
        "video_text": [draw(plan.video.text_tokens, 24)],
        "audio_text": [draw(plan.audio.text_tokens, 24)],
        "plan": plan,
    }


def with_anchors(backbone: Backbone, plan: Plan, roles: int, seed: int = 1, changed: int | None = None) -> Plan:
    """The plan with random references of 2 visual and 3 vocal tokens; those of role ``changed`` differ."""
    assert backbone.video_model is not None
    torch.manual_seed(seed)
    identity = IdentityEmbeddings.of(backbone.video_model.config, timbre_dim=4).double()
    with torch.no_grad():
        for parameter in identity.parameters():
            parameter.copy_(torch.randn_like(parameter))
    references = []
    for role in range(roles):
        factor = math.pi if role == changed else 1.0
        image, voice, timbre = (torch.randn(*s, dtype=torch.float64) for s in ((6, 1, 2, 4), (3, 5), (4,)))
        references.append(RoleReference(role, factor * image, factor * voice, factor * timbre))
    return plan.with_anchors(identity(backbone, references, plan))
