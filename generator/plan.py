"""The plan of one generation: what every token of both towers sees, and the identity anchors among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from generator.runs import Span, TowerPlan, cropped, within

if TYPE_CHECKING:
    from generator.tower import AnchorTokens

__all__ = ["Anchors", "Plan"]


@dataclass(frozen=True, slots=True)
class Anchors:
    """Identity anchors Ẑ (Eq. 5) of every role of a plan, in its order.

    Attributes:
        video: visual anchors of each role; no tokens for a role without a reference image.
        audio: vocal anchors of each role; no tokens for a role without a reference voice.
        timestep: 0..1000, or ``None`` for that of the targets.
    """

    video: tuple[AnchorTokens, ...]
    audio: tuple[AnchorTokens, ...]
    timestep: float | None = None

    def tower(self, name: str) -> tuple[AnchorTokens, ...]:
        """The anchors of the tower ``video`` or ``audio``."""
        return self.video if name == "video" else self.audio


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sees what: boundary-aware attention (§4.2) and the identity-aware mask (§4.3), built once.

    Attributes:
        video: the video tower's part.
        audio: the audio tower's part.
        anchors: the reference tokens, or ``None`` when no customised role takes part.
        notes: what a user should know, such as a cut that falls inside a latent.
    """

    video: TowerPlan
    audio: TowerPlan
    anchors: Anchors | None = None
    notes: tuple[str, ...] = ()

    def tower(self, name: str) -> TowerPlan:
        """The part of the tower ``video`` or ``audio``."""
        return self.video if name == "video" else self.audio

    def with_anchors(self, anchors: Anchors | None) -> Plan:
        """The same plan with these reference tokens."""
        return replace(self, anchors=anchors)

    def unrouted(self) -> Plan:
        """The plan of the negative branch: its one prompt is global, references stay where they were."""
        return replace(self, video=_all_text(self.video), audio=_all_text(self.audio))

    def cropped(self, video: Span, audio: Span) -> tuple[Plan, tuple[Span, ...], tuple[Span, ...]]:
        """The plan of some target tokens of both towers alone, and which text tokens of each are still seen."""
        own, video_text = cropped(self.video, video, audio, self.audio.targets)
        other, audio_text = cropped(self.audio, audio, video, self.video.targets)
        return replace(self, video=own, audio=other), video_text, audio_text

    def without_identity_mask(self) -> Plan:
        """The same plan with every token seeing every anchor of its own tower and of the other (an ablation of §4.3).

        Only the text still tells the anchors apart: a role's anchors go on seeing its own words.
        """
        towers = (replace(tower, self_attention=None, cross=None) for tower in (self.video, self.audio))
        video, audio = towers
        return replace(self, video=video, audio=audio)

    def without_references(self) -> Plan:
        """The same plan for a clip without references: no anchors, and nothing that would see them."""
        return replace(self, anchors=None, video=_targets_only(self.video), audio=_targets_only(self.audio))


def _targets_only(tower: TowerPlan) -> TowerPlan:
    if not any(tower.anchors):
        return tower
    changes: dict[str, Any] = {"anchors": (0,) * len(tower.anchors), "cross": None}
    for name in ("text", "self_attention"):
        groups = getattr(tower, name)
        changes[name] = None if groups is None else within(groups, tower.targets, own_keys=name == "self_attention")
    return replace(tower, **changes)


def _all_text(tower: TowerPlan) -> TowerPlan:
    changes: dict[str, Any] = {"text": None, "text_tokens": 0}
    return replace(tower, **changes)
