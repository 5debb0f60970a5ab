"""Pictures and voices for roles: from what a caller or a script gives to what the encoders take (§4.3).

picture ──fit──▶ [3, 1, H, W] in [-1, 1]       never enlarged, at most as large as the clip,
                                               centre-cropped to whole tokens (C.2)
voice   ──cut──▶ [T] in [-1, 1]                mono, at the audio encoder's rate, its first minute
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.references import bound_references
from generator.routing import ReferenceTokens
from generator.shapes import PIXELS_PER_TOKEN
from mavin.caption import MAX_REFERENCED_ROLES, HierarchicalCaption
from mavin.errors import UsageError
from mavin.interval import Interval
from mavin.media import probe_reference, read_audio, read_image

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "GivenReference",
    "References",
    "RoleInput",
    "frame_tensor",
    "given_references",
    "picture_tensor",
    "voice_samples",
]

Samples = NDArray[np.float32]

_LEAST_VOICE_MS: Final = 200
_MOST_VOICE_SECONDS: Final = 60
_SILENCE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class RoleInput:
    """What a caller gives for a role.

    Attributes:
        image: a file, a Pillow image, or uint8 of shape (H, W, 3).
        voice: a file, or samples in [-1, 1] of shape (T,) with their rate in Hz.
    """

    image: Path | str | Image | NDArray[np.uint8] | None = None
    voice: Path | str | tuple[Samples, int] | None = None


References = Mapping[str, RoleInput | Path | str | Mapping[str, Any]]
"""Role id or name → its picture and voice, a dictionary of them, or the file of one."""


@dataclass(frozen=True, slots=True)
class GivenReference:
    """One reference of one role, still as files or arrays.

    Attributes:
        role: id of the role.
        number: j of its role embeddings (Eq. 5), from 0.
        given: picture and voice.
        shots: when it is the role's; ``None`` for always.
    """

    role: str
    number: int
    given: RoleInput
    shots: tuple[Interval, ...] | None = None

    def tokens(self, video_tokens: int, audio_tokens: int) -> ReferenceTokens:
        """What routing needs of it, for encodings of so many tokens."""
        return ReferenceTokens(self.role, video_tokens, audio_tokens, seen=self.shots, heard=self.shots)


def given_references(
    caption: HierarchicalCaption, references: References | None, folder: Path | None
) -> tuple[GivenReference, ...]:
    """The references of a generation.

    Args:
        caption: the script.
        references: role id or name → picture and voice, or a file of one of them, instead of those that the
            script binds; ``None`` for the script's own.
        folder: the film's folder, inside which the script's references lie.

    Raises:
        UsageError: if a role is unknown, named twice or has nothing, or more than three are customised.
    """
    if references is None:
        return _bound(caption, folder)
    ids: dict[str, RoleInput] = {}
    for who, material in references.items():
        role, given = _role_id(caption, who), _input(material)
        if role in ids:
            raise UsageError(f"Each role must be named once among the references, got {role} twice.")
        if given.image is None and given.voice is None:
            raise UsageError(f"The reference of {role} must have an image or a voice, got neither.")
        ids[role] = given
    if len(ids) > MAX_REFERENCED_ROLES:
        raise UsageError(
            f"At most {MAX_REFERENCED_ROLES} roles can be customised, got {len(ids)}: {', '.join(ids)}. "
            "Leave one reference out."
        )
    order = [role.id for role in caption.roles if role.id in ids]
    return tuple(GivenReference(role, number, ids[role]) for number, role in enumerate(order))


def _input(material: RoleInput | Path | str | Mapping[str, Any]) -> RoleInput:
    if isinstance(material, RoleInput):
        return material
    if isinstance(material, Mapping):
        known = {"image": "image", "voice": "voice", "audio": "voice"}  # a script's word for a voice is audio
        if unknown := sorted(material.keys() - known.keys()):
            raise UsageError(f"A reference must have an image, a voice or both, got {unknown[0]!r}.")
        return RoleInput(**{known[name]: value for name, value in material.items()})
    path = Path(material)
    return RoleInput(image=path) if probe_reference(path) == "image" else RoleInput(voice=path)


def _bound(caption: HierarchicalCaption, folder: Path | None) -> tuple[GivenReference, ...]:
    bound = bound_references(caption)
    if bound and folder is None:
        raise UsageError(
            f"The script binds references ({', '.join(one.role for one in bound)}), and their folder is unknown: "
            "give the film's folder, or references={} to leave them out."
        )

    def inside(name: str | None) -> Path | None:
        return None if name is None or folder is None else folder / name

    return tuple(
        GivenReference(one.role, one.number, RoleInput(inside(one.image), inside(one.audio)), one.shots)
        for one in bound
    )


def _role_id(caption: HierarchicalCaption, who: str) -> str:
    for role in caption.roles:
        if who == role.id or who.casefold() == role.name.casefold():
            return role.id
    have = ", ".join(f"{role.id} ({role.name})" for role in caption.roles) or "none: the script has no roles"
    raise UsageError(f"A reference must be for a role of the script, got {who!r}. The roles are {have}.")


def picture_tensor(image: Path | str | Image | NDArray[np.uint8], most: tuple[int, int]) -> Tensor:
    """A reference picture as ``[3, 1, H, W]`` in [-1, 1], sides multiples of a token's 32 pixels.

    Args:
        image: of any size.
        most: width and height of the clip; the picture has at most as many pixels.

    Raises:
        UsageError: if it cannot be read or is no picture.
    """
    picture = _image(image)
    scale = min(1.0, math.sqrt(most[0] * most[1] / (picture.width * picture.height)))
    sides = (max(int(side * scale) // PIXELS_PER_TOKEN, 1) * PIXELS_PER_TOKEN for side in picture.size)
    width, height = sides
    return _fitted(picture, (width, height))


def frame_tensor(image: Path | str | Image | NDArray[np.uint8], size: tuple[int, int]) -> Tensor:
    """A picture as the first frame of a clip: ``[3, 1, H, W]`` in [-1, 1], scaled and centre-cropped to ``size``.

    Raises:
        UsageError: if it cannot be read or is no picture.
    """
    return _fitted(_image(image), size)


def _fitted(picture: Image, size: tuple[int, int]) -> Tensor:
    from PIL import Image as Pillow
    from PIL import ImageOps

    fitted = ImageOps.fit(picture, size, Pillow.Resampling.LANCZOS)
    pixels = torch.from_numpy(np.array(fitted, dtype=np.float32))
    return (pixels.permute(2, 0, 1) / 127.5 - 1).unsqueeze(1)


def _image(image: Any) -> Image:
    from PIL import Image as Pillow

    if isinstance(image, (str, Path)):
        return read_image(Path(image))
    if isinstance(image, Pillow.Image):
        return image.convert("RGB")
    if isinstance(image, np.ndarray) and image.ndim == 3 and image.shape[2] == 3 and image.dtype == np.uint8:
        return Pillow.fromarray(image)
    shape = f"{image.dtype} {image.shape}" if isinstance(image, np.ndarray) else type(image).__name__
    raise UsageError(f"A picture must be a file, a Pillow image or uint8 of shape (H, W, 3), got {shape}.")


def voice_samples(voice: Path | str | tuple[Samples, int], sample_rate: int) -> Tensor:
    """A reference voice as ``[T]`` in [-1, 1] at ``sample_rate``, its first minute.

    Raises:
        UsageError: if it cannot be read, is no sound, silent, or too short to tell a voice.
    """
    if isinstance(voice, (str, Path)):
        samples = read_audio(Path(voice), sample_rate, max_seconds=_MOST_VOICE_SECONDS)
        where = f" in {voice}"
    else:
        from generator.stage.signal import resample

        given, rate = voice
        given = np.asarray(given, np.float32)
        if given.ndim != 1 or rate <= 0:
            raise UsageError(f"A voice must be mono samples of shape (T,) with their rate, got {given.shape}, {rate}.")
        samples = resample(np.clip(np.nan_to_num(given), -1.0, 1.0), rate, sample_rate)
        samples, where = samples[: _MOST_VOICE_SECONDS * sample_rate], ""
    if len(samples) < _LEAST_VOICE_MS * sample_rate // 1000:
        raise UsageError(
            f"A voice must last at least {_LEAST_VOICE_MS / 1000:g} s, got {len(samples) / sample_rate:.2f} s{where}. "
            "Choose a longer recording."
        )
    if float(np.abs(samples).max()) < _SILENCE:
        seconds = len(samples) / sample_rate
        raise UsageError(f"A voice must be heard, got {seconds:.2f} s of silence{where}. Choose another recording.")
    return torch.from_numpy(samples.copy())
