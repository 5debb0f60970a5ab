"""Reference pictures and voices for models that take them: numbered, in the order in which they are first needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mavin.caption import Aspect, HierarchicalCaption, Reference, Role
from mavin.formats.losses import Loss, LossKind
from mavin.formats.targets.calls import Call

__all__ = ["References", "nearest_aspect", "references_of", "unused"]


@dataclass(frozen=True, slots=True)
class References:
    """The files of a call; number n of a prompt is item n − 1."""

    images: tuple[str, ...]
    audio: tuple[str, ...]

    def image_of(self, role: Role) -> int | None:
        """The number of a role's picture, for a role as it is in a shot."""
        name = role.reference.image
        return self.images.index(name) + 1 if name in self.images else None

    def audio_of(self, role: Role) -> int | None:
        """The number of a role's voice."""
        name = role.reference.audio
        return self.audio.index(name) + 1 if name in self.audio else None


def references_of(caption: HierarchicalCaption, call: Call, *, images: int = 0, audio: int = 0) -> References:
    """The files that a call needs, at most so many of each kind: pictures of who is seen, voices of who speaks."""
    seen = [caption.role_in_shot(name, shot) for shot in call.shots for name in shot.roles]
    heard = [caption.role_in_shot(line.role, shot) for shot in call.shots for line in call.begun(shot)]
    pictures = dict.fromkeys(role.reference.image for role in seen if role.reference.image)
    voices = dict.fromkeys(role.reference.audio for role in heard if role.reference.audio)
    return References(tuple(pictures)[:images], tuple(voices)[:audio])


def unused(
    caption: HierarchicalCaption, used: Sequence[References], *, no_audio: str = "", too_many: str = ""
) -> Iterator[Loss]:
    """References of roles that go nowhere, and that the others are names only.

    Args:
        caption: the clip.
        used: the files of each call.
        no_audio: why voices are not taken, where they are not.
        too_many: how many are taken, as a clause.
    """
    images = {name for each in used for name in each.images}
    voices = {name for each in used for name in each.audio}
    for path, reference in _bound(caption):
        for what, name, taken in (("picture", reference.image, images), ("voice", reference.audio, voices)):
            if name is None:
                continue
            if name in taken:
                yield Loss(LossKind.CHANGED, path, f"reference {what} {name} stands as a name", _UPLOAD)
            else:
                why = no_audio if what == "voice" and no_audio else f"nobody needs it, or {too_many}"
                yield Loss(LossKind.LOST, path, f"reference {what} {name}", why)


_UPLOAD = "put the address or the content of the file there"


def _bound(caption: HierarchicalCaption) -> Iterator[tuple[str, Reference]]:
    for role in caption.roles:
        if role.reference.is_bound:
            yield f"roles.{role.id}.reference", role.reference
    for shot in caption.shots:
        for over in shot.overrides:
            if over.reference is not None and over.reference.is_bound:
                yield f"shots.{shot.id}.overrides", over.reference


def nearest_aspect(aspect: Aspect, allowed: Sequence[Aspect], title: str) -> tuple[Aspect, tuple[Loss, ...]]:
    """The allowed picture shape nearest to one, the wider of two that are as near."""

    def width(each: Aspect) -> float:
        across, down = map(int, each.value.split(":"))
        return across / down

    def distance(each: Aspect) -> tuple[float, float]:
        ratio = width(each) / width(aspect)
        return round(max(ratio, 1 / ratio), 6), -width(each)

    best = min(allowed, key=distance)
    if best == aspect:
        return best, ()
    why = f"{title} makes {', '.join(each.value for each in allowed)}"
    what = f"the picture is {best.value}, not {aspect.value}"
    return best, (Loss(LossKind.CHANGED, "aspect", what, why),)
