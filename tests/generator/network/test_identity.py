"""Eq. 5: what a reference adds, and that without one, or with fresh parameters, nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from generator.checkpoint import load_weights, save_weights
from generator.identity import AnchorPlacement, IdentityEmbeddings, RoleReference
from generator.model import Backbone
from generator.presets import ovi
from mavin.errors import UsageError
from tests.generator.conftest import make_caption
from tests.generator.network.captions import draw_inputs, plan_of, references_of, small_grid, three_shots, with_anchors


def embeddings(backbone: Backbone) -> IdentityEmbeddings:
    assert backbone.video_model is not None
    return IdentityEmbeddings.of(backbone.video_model.config, timbre_dim=4).double()


def reference(role: int = 0) -> RoleReference:
    return RoleReference(role, torch.ones(6, 1, 2, 4).double(), torch.ones(3, 5).double(), torch.ones(4).double())


def test_equation_5(backbone64: Backbone) -> None:
    identity = embeddings(backbone64)
    bare = identity(backbone64, [reference(1)])
    assert bare is not None
    with torch.no_grad():
        for parameter in identity.parameters():
            parameter.copy_(torch.randn_like(parameter))
    full = identity(backbone64, [reference(1)])
    assert full is not None
    timbre = identity.timbre_projection(torch.ones(4).double())
    torch.testing.assert_close(full.video[0].tokens, bare.video[0].tokens + identity.role_video[1])
    torch.testing.assert_close(full.audio[0].tokens, bare.audio[0].tokens + identity.role_audio[1] + timbre)


def test_fresh_parameters_change_nothing(backbone64: Backbone) -> None:
    """p = 0 and a projection of zeros: the anchor is the reference as the network embeds it, bit by bit."""
    anchors = embeddings(backbone64)(backbone64, [reference()])
    assert anchors is not None
    assert backbone64.video_model is not None
    assert backbone64.audio_model is not None
    given = reference()
    assert given.image is not None
    assert given.voice is not None
    assert torch.equal(anchors.video[0].tokens, backbone64.video_model.patchify(given.image[None])[0])
    assert torch.equal(anchors.audio[0].tokens, backbone64.audio_model.patchify(given.voice[None])[0])


def test_without_references_nothing_is_concatenated(backbone64: Backbone) -> None:
    assert embeddings(backbone64)(backbone64, []) is None


def test_one_global_caption_and_no_reference_is_the_plain_path_bit_by_bit(backbone64: Backbone) -> None:
    from generator.conditioning import Condition, condition
    from generator.routing import make_plan

    caption = make_caption([{"ms": 3000, "action": "waits"}])
    grid = small_grid(caption)
    whole = condition(caption).video[:1]
    plan = make_plan(caption, Condition(whole, whole), grid, [7], [7], text_len=16)
    inputs = draw_inputs(grid, plan)
    with torch.no_grad():
        routed = backbone64(**inputs)
        plain = backbone64(**{**inputs, "plan": None})
    for mine, wanted in zip(routed, plain, strict=True):
        assert torch.equal(mine[0], wanted[0])


def test_a_reference_changes_the_shots_of_its_role(backbone64: Backbone) -> None:
    caption = three_shots()
    plan, _ = plan_of(caption, references=references_of(caption))
    inputs = draw_inputs(small_grid(caption), plan)
    with torch.no_grad():
        one = backbone64(**{**inputs, "plan": with_anchors(backbone64, plan, 2)})
        other = backbone64(**{**inputs, "plan": with_anchors(backbone64, plan, 2, changed=0)})
    assert float((one[0][0] - other[0][0]).abs().max()) > 1e-3


def test_roles_with_an_image_or_a_voice_only(backbone64: Backbone) -> None:
    from generator.routing import ReferenceTokens

    caption = three_shots()
    plan, _ = plan_of(caption, references=[ReferenceTokens("C1", 2, 0), ReferenceTokens("C2", 0, 3)])
    references = [RoleReference(0, image=reference().image), RoleReference(1, voice=reference().voice)]
    plan = plan.with_anchors(embeddings(backbone64)(backbone64, references, plan))
    with torch.no_grad():
        video, audio = backbone64(**draw_inputs(small_grid(caption), plan))
    assert torch.isfinite(video[0]).all()
    assert torch.isfinite(audio[0]).all()


def test_anchors_lie_far_from_every_clip_and_from_each_other(backbone64: Backbone) -> None:
    anchors = embeddings(backbone64)(backbone64, [reference(0), reference(1)])
    assert anchors is not None
    assert [float(role.positions[0, 0]) for role in anchors.video] == [150, 300]
    assert anchors.video[0].positions[:, 1:].tolist() == [[0, 0], [0, 1]]
    assert [float(role.positions[0, 0]) for role in anchors.audio] == [759, 1518]
    # as far in the audio tower's slower turns: 759 × 0.19676 = 149.3
    assert ovi().audio.temporal_rope_scaling_factor * 759 == pytest.approx(150, rel=0.01)


def test_anchors_may_have_a_timestep_of_their_own(backbone64: Backbone) -> None:
    from dataclasses import replace

    caption = three_shots()
    plan, _ = plan_of(caption, references=references_of(caption))
    plan = with_anchors(backbone64, plan, 2)
    assert plan.anchors is not None
    inputs = draw_inputs(small_grid(caption), plan)
    with torch.no_grad():
        same = backbone64(**inputs)
        told = backbone64(**{**inputs, "plan": plan.with_anchors(replace(plan.anchors, timestep=600.0))})
        clean = backbone64(**{**inputs, "plan": plan.with_anchors(replace(plan.anchors, timestep=0.0))})
    torch.testing.assert_close(told[0][0], same[0][0], rtol=0, atol=1e-12)
    assert float((clean[0][0] - same[0][0]).abs().max()) > 1e-4


def test_gradients_reach_every_identity_parameter(backbone64: Backbone) -> None:
    caption = three_shots()
    plan, _ = plan_of(caption, references=references_of(caption))
    identity = embeddings(backbone64)
    anchors = identity(backbone64, [reference(0), reference(1)], plan)
    with torch.enable_grad():
        out = backbone64(**draw_inputs(small_grid(caption), plan.with_anchors(anchors)))
        (out[0][0].square().sum() + out[1][0].square().sum()).backward()
    for parameter in (identity.role_video, identity.role_audio):
        assert parameter.grad is not None
        assert (parameter.grad[:2].abs().amax(dim=1) > 0).all()
        assert (parameter.grad[2] == 0).all()  # nobody is role 3
    assert identity.timbre_projection.weight.grad is not None
    assert float(identity.timbre_projection.weight.grad.abs().max()) > 0


def test_identity_has_a_file_of_its_own(backbone64: Backbone, tmp_path: Path) -> None:
    identity = embeddings(backbone64)
    with torch.no_grad():
        identity.role_audio.normal_()
    save_weights(identity, tmp_path / "identity.safetensors")
    other = embeddings(backbone64)
    load_weights(other, tmp_path / "identity.safetensors")
    assert torch.equal(other.role_audio, identity.role_audio)
    assert set(identity.state_dict()) == {
        "role_video",
        "role_audio",
        "timbre_projection.weight",
        "timbre_projection.bias",
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (RoleReference(0), "image or a voice, got neither"),
        (RoleReference(3, voice=torch.ones(3, 5)), "from 0 to 2, got 3"),
        (RoleReference(0, image=torch.ones(6, 2, 2, 2)), r"\(C, 1, H, W\), got \(6, 2, 2, 2\)"),
        (RoleReference(0, voice=torch.ones(3, 5), timbre=torch.ones(7)), r"\(4,\), got \(7,\)"),
        (RoleReference(0, voice=torch.ones(3, 4)), r"\(latents, 5\), got \(3, 4\)"),
    ],
)
def test_wrong_references_say_what_must_hold(given: RoleReference, message: str, backbone64: Backbone) -> None:
    with pytest.raises(UsageError, match=message):
        embeddings(backbone64)(backbone64, [given])


def test_wrong_placements_say_what_must_hold() -> None:
    with pytest.raises(UsageError, match="from 0 to 1000, got 1200"):
        AnchorPlacement(timestep=1200)
    with pytest.raises(UsageError, match="step must not be 0"):
        AnchorPlacement(step=0)
