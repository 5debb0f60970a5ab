"""Which reference holds where: the pictures and voices that a script binds to its roles (§4.3, Appendix A)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.routing import ReferenceTokens
from mavin.caption import HierarchicalCaption, Reference
from mavin.interval import Interval, merge

__all__ = ["BoundReference", "bound_references"]


@dataclass(frozen=True, slots=True)
class BoundReference:
    """One picture or voice, or both, of a role.

    Attributes:
        role: id of the role.
        number: j of its role embeddings (Eq. 5), from 0: the same for every reference of one role.
        image: path of the picture inside the film, or ``None``.
        audio: path of the voice inside the film, or ``None``.
        shots: when it is the role's: a shot can give a role another reference.
    """

    role: str
    number: int
    image: str | None
    audio: str | None
    shots: tuple[Interval, ...]

    def tokens(self, video_tokens: int, audio_tokens: int) -> ReferenceTokens:
        """What routing needs of it, for encodings of so many tokens."""
        video = video_tokens if self.image else 0
        audio = audio_tokens if self.audio else 0
        return ReferenceTokens(self.role, video, audio, seen=self.shots, heard=self.shots)


def bound_references(caption: HierarchicalCaption) -> tuple[BoundReference, ...]:
    """Every reference of a caption, in order of roles and then of shots."""
    found: list[BoundReference] = []
    number = 0
    for role in caption.roles:
        held: dict[Reference, list[Interval]] = {}
        for shot in caption.shots:
            reference = caption.role_in_shot(role.id, shot).reference
            if reference.is_bound:
                held.setdefault(reference, []).append(shot.interval)
        for reference, shots in held.items():
            found.append(BoundReference(role.id, number, reference.image, reference.audio, merge(shots)))
        number += bool(held)
    return tuple(found)
