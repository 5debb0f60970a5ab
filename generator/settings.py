"""What can be chosen about a generation, checked before anything is loaded; no torch is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from generator.layout import PipelineIndex, Training
from generator.shapes import ClipShape, area_size
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError

__all__ = ["OFFLOADS", "ROUTINGS", "EngineSettings", "FilledSettings", "GenerationSettings"]

ROUTINGS: Final = ("hard", "soft", "off")
"""How text is kept to its shots and lines."""

OFFLOADS: Final = ("none", "cpu", "disk")
"""Ways to save memory, from none to most."""

_LEAST_TILE: Final = 64
_SOLVERS: Final = ("unipc", "dpm++", "euler")
_MAX_STEPS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Which weights, and where and how they run.

    Attributes:
        weights: a pipeline's folder, the name of one in the model store, or ``OWNER/NAME`` on the model hub.
        device: ``auto`` is the first GPU, else the CPU.
        dtype: of the network: ``auto`` is bfloat16 on a GPU and float32 on a CPU.
        offload: ``none``, ``cpu`` or ``disk``: from fastest to least memory.
        tile: side of a tile in pixels when the picture is decoded, ``None`` for whole pictures.
        first_frame: image to video: a picture with which every clip begins.
        ignore_memory: go on where an estimate says that it cannot fit.
    """

    weights: str
    device: str = "auto"
    dtype: str = "auto"
    offload: str = "none"
    tile: int | None = None
    first_frame: Path | None = None
    ignore_memory: bool = False

    def __post_init__(self) -> None:
        if self.offload not in OFFLOADS:
            raise UsageError(f"offload must be one of {', '.join(OFFLOADS)}, got {self.offload!r}.")
        if self.tile is not None and self.tile < _LEAST_TILE:
            raise UsageError(f"A tile must have at least {_LEAST_TILE} pixels a side, got {self.tile}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSettings:
    """Settings with every value decided; ``softness_ms`` is ``None`` unless the routing is soft."""

    steps: int
    shift: float
    solver: str
    video_guidance: float
    audio_guidance: float
    reference_guidance: float | None
    skip_layer: int
    negative_video: str
    negative_audio: str
    routing: str
    softness_ms: float | None
    isolate_shots: bool
    identity_mask: bool
    seed: int

    @property
    def guided(self) -> bool:
        """Whether there is a negative pass."""
        return (self.video_guidance, self.audio_guidance) != (1.0, 1.0)

    def passes(self, *, references: bool) -> int:
        """How often the network is asked at every step."""
        third = references and self.reference_guidance is not None
        return 3 if third else 2 if self.guided else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationSettings:
    """How to sample; ``None`` is what the weights' own index says.

    Attributes:
        steps: how many, 1 to 1000.
        shift: moves the steps towards the noisy end, above 0.
        solver: ``unipc``, ``dpm++`` or ``euler``.
        text_guidance: scale of classifier-free guidance for both towers at once.
        video_guidance: the same for the video; before ``text_guidance``.
        audio_guidance: the same for the audio.
        reference_guidance: scale of the references' own guidance, which costs a third pass of the network.
        skip_layer: block that the negative pass leaves out (skip-layer guidance), 0 for none.
        negative_video: what the picture should not be.
        negative_audio: what the sound should not be.
        routing: ``hard`` is Eq. 4; ``soft`` lets text fade outside its interval, for weights that never saw
            boundaries; ``off`` gives the whole script as one prompt, as without this paper.
        softness_ms: with ``soft``, how far text fades: at this distance by the factor e.
        isolate_shots: the literal reading of §4.3 (i), shots do not see each other.
        identity_mask: the mask of §4.3; ``False`` is for weights that were trained without it.
        size: width and height in pixels, multiples of 32; 720 or 960 for the aspect's size at the area on which
            Ovi's weights were trained; ``None`` for the aspect's 480p bucket (C.2), to which weights that know only
            smaller pictures are scaled up.
        seed: of the noise; the same seed gives the same film on the same device.
    """

    steps: int | None = None
    shift: float | None = None
    solver: str | None = None
    text_guidance: float | None = None
    video_guidance: float | None = None
    audio_guidance: float | None = None
    reference_guidance: float | None = None
    skip_layer: int | None = None
    negative_video: str | None = None
    negative_audio: str | None = None
    routing: str = "hard"
    softness_ms: float = 300.0
    isolate_shots: bool = False
    identity_mask: bool = True
    size: tuple[int, int] | int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.steps is not None and not 1 <= self.steps <= _MAX_STEPS:
            raise UsageError(f"There must be 1 to {_MAX_STEPS} steps, got {self.steps}.")
        if self.shift is not None and not (self.shift > 0 and math.isfinite(self.shift)):
            raise UsageError(f"The shift must be above 0, got {self.shift}.")
        if self.solver is not None and self.solver not in _SOLVERS:
            raise UsageError(
                f"A solver must be one of {', '.join(_SOLVERS)}, got {self.solver!r}. Choose one of these."
            )
        for name in ("text_guidance", "video_guidance", "audio_guidance", "reference_guidance"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                raise UsageError(f"{name} must be a number, got {value}.")
        if self.skip_layer is not None and self.skip_layer < 0:
            raise UsageError(f"skip_layer must be the number of a block, or 0 for none, got {self.skip_layer}.")
        if self.routing not in ROUTINGS:
            raise UsageError(f"Routing must be {', '.join(ROUTINGS[:-1])} or {ROUTINGS[-1]}, got {self.routing!r}.")
        if not (self.softness_ms > 0 and math.isfinite(self.softness_ms)):
            raise UsageError(f"The softness of a boundary must be above 0 ms, got {self.softness_ms:g} ms.")
        if not 0 <= self.seed < 2**63:
            raise UsageError(f"A seed must be from 0 to 2^63 − 1, got {self.seed}.")

    def filled(self, index: PipelineIndex, layers: int) -> FilledSettings:
        """The settings with nothing left open.

        Args:
            index: of the weights.
            layers: blocks of the network.

        Raises:
            UsageError: if a setting does not fit these weights.
        """
        own = index.sampling
        skip = _or(self.skip_layer, own.skip_layer)
        if skip >= layers:
            raise UsageError(
                f"skip_layer must be below the network's {layers} blocks, or 0 for none, got {skip}. Choose another."
            )
        return FilledSettings(
            steps=_or(self.steps, own.steps),
            shift=_or(self.shift, own.shift),
            solver=_or(self.solver, own.solver),
            video_guidance=_or(self.video_guidance, _or(self.text_guidance, own.video_guidance)),
            audio_guidance=_or(self.audio_guidance, _or(self.text_guidance, own.audio_guidance)),
            reference_guidance=own.reference_guidance if self.reference_guidance is None else self.reference_guidance,
            skip_layer=skip,
            negative_video=_or(self.negative_video, own.negative_video),
            negative_audio=_or(self.negative_audio, own.negative_audio),
            routing=self.routing,
            softness_ms=self.softness_ms if self.routing == "soft" else None,
            isolate_shots=self.isolate_shots,
            identity_mask=self.identity_mask,
            seed=self.seed,
        )

    def shape(self, caption: HierarchicalCaption, trained: Training | None = None) -> ClipShape:
        """The clip's size in every unit, as the network makes it.

        Args:
            caption: the script.
            trained: what the weights were trained on, where they know only some sizes.

        Raises:
            UsageError: if a side is no multiple of 32 pixels, or the clip is too short or too long.
        """
        if isinstance(self.size, int):
            across, down = map(int, caption.aspect.value.split(":"))
            return ClipShape(caption.duration_ms, *area_size(across, down, self.size))
        known = trained.sizes.get(caption.aspect) if trained is not None else None
        return ClipShape(caption.duration_ms, *(self.size or known or caption.pixels))

    def film_size(self, caption: HierarchicalCaption, shape: ClipShape) -> tuple[int, int]:
        """Width and height of the film: a chosen size as it is, else the aspect's own, to which pictures are scaled."""
        return caption.pixels if self.size is None else (shape.width, shape.height)


_T = TypeVar("_T")


def _or(value: _T | None, otherwise: _T) -> _T:
    return otherwise if value is None else value
