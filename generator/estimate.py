"""A dry run: what a generation needs, from the script and the headers of the weights, before anything is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import torch

from generator.conditioning import Condition, condition, plain_prompt
from generator.costs import DECODERS, DecoderCosts, audio_decode_bytes, audio_decode_flops, network_bytes, network_flops
from generator.known_weights import Weights
from generator.machine import copy_rate, free_bytes, is_here, matmul_rate
from generator.plan import Plan
from generator.references import bound_references
from generator.residence import choose_dtype
from generator.routing import ReferenceTokens, make_plan
from generator.settings import FilledSettings, GenerationSettings
from generator.shapes import AUDIO_LATENT_MS, ClipShape
from mavin.caption import HierarchicalCaption
from mavin.errors import MavinError

__all__ = [
    "DoesNotFitError",
    "Estimate",
    "check_fit",
    "check_weights",
    "check_work",
    "estimate",
]

_RUNTIME_BYTES: Final = 700_000_000
"""PyTorch and its libraries themselves."""
_MARGIN: Final = 1.1
"""What an allocator wastes."""
_SHARE: Final = 0.7
"""Of the speed of large matrix products that the network reaches (benchmarks/attention.md)."""
_TRAFFIC: Final = 6.0
"""How often what a decoder holds goes through memory for each frame."""


class DoesNotFitError(MavinError):
    """A generation needs more memory than there is; nothing was loaded."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a generation needs.

    Attributes:
        weights: name of the pipeline.
        device: where it works.
        dtype: of the network.
        offload: how parts make room for each other.
        duration_ms: of the clip.
        frames: that are delivered.
        network_frames: that the network works on.
        width: pixels.
        height: pixels.
        video_tokens: of the clip.
        audio_tokens: of the clip.
        anchor_tokens: of references, at most.
        text_tokens: of the script, about.
        steps: how many.
        passes: of the network in each step.
        flops: operations of each stage: ``text_encoder``, ``backbone``, ``video_codec``, ``audio_codec``.
        weight_bytes: of each part in memory.
        working_bytes: what each stage holds besides.
        peak_bytes: most of what is held on the device at once.
        host_bytes: most of what is held in main memory besides, where the device is another one.
        free_bytes: that the device has; ``None`` where it cannot be known.
        fits: whether it does; ``None`` where it cannot be known.
        seconds: of each stage, about; empty where the device is not here.
        notes: what a user should know.
    """

    weights: str
    device: str
    dtype: str
    offload: str
    duration_ms: int
    frames: int
    network_frames: int
    width: int
    height: int
    video_tokens: int
    audio_tokens: int
    anchor_tokens: int
    text_tokens: int
    steps: int
    passes: int
    flops: dict[str, float]
    weight_bytes: dict[str, int]
    working_bytes: dict[str, int]
    peak_bytes: int
    host_bytes: int
    free_bytes: int | None
    fits: bool | None
    seconds: dict[str, float]
    notes: tuple[str, ...]


def estimate(
    caption: HierarchicalCaption,
    weights: Weights,
    settings: GenerationSettings | None = None,
    *,
    device: torch.device | str = "cpu",
    dtype: torch.dtype | str = "auto",
    offload: str = "none",
    tile: int | None = None,
    timed: bool = True,
) -> Estimate:
    """What the clip of a caption needs.

    Args:
        caption: the script.
        weights: of :func:`weights_of` or :func:`weights_of_preset`.
        settings: how to sample.
        device: where; may be one that this machine does not have.
        dtype: of the network.
        offload: ``none``, ``cpu`` or ``disk``.
        tile: side of a tile in pixels when the picture is decoded.
        timed: measure how fast the device is, half a second, and estimate the time.

    Raises:
        UsageError: if the request does not fit the caption or the weights.
    """
    where = torch.device(device)
    kind = choose_dtype(dtype, where)
    settings = settings or GenerationSettings()
    filled = settings.filled(weights.index, weights.video.num_layers)
    shape = settings.shape(caption, weights.index.training)
    texts = condition(caption, weights.index.training.wording)
    anchors = _anchor_tokens(caption, weights, shape)
    plan, counts = _plan(caption, texts, weights, shape, filled, anchors)
    passes = filled.passes(references=bool(anchors))
    flops = _flops(weights, shape, filled, plan, counts, copied=where.type != "cpu")
    decoder = _decoder(weights)
    item = kind.itemsize
    held = _held(weights, item)
    pixels = shape.width * shape.height
    working = {
        "backbone": network_bytes(weights.video, plan.video.tokens + plan.audio.tokens, item),
        "video_codec": decoder.bytes(pixels, (tile or max(shape.width, shape.height)) ** 2, 4) if decoder else 0,
        "audio_codec": audio_decode_bytes(weights.configs["audio_codec"], shape.grid.audio_latents, 4),
    }
    peak, host = _peak(held, working, offload, where)
    free = free_bytes(where)
    result = Estimate(
        weights=weights.index.name,
        device=str(where),
        dtype=str(kind).removeprefix("torch."),
        offload=offload,
        duration_ms=caption.duration_ms,
        frames=shape.frames,
        network_frames=shape.network_frames,
        width=shape.width,
        height=shape.height,
        video_tokens=shape.grid.video_tokens,
        audio_tokens=shape.grid.audio_latents,
        anchor_tokens=sum(plan.video.anchors) + sum(plan.audio.anchors),
        text_tokens=sum(counts),
        steps=filled.steps,
        passes=passes,
        flops=flops,
        weight_bytes=held,
        working_bytes=working,
        peak_bytes=peak,
        host_bytes=host,
        free_bytes=free,
        fits=None if free is None else peak <= free,
        seconds=_seconds(flops, shape, decoder, where, kind) if timed and is_here(where) else {},
        notes=tuple(_notes(caption, weights, shape, where, decoder)),
    )
    if is_here(where) and result.fits is not False and host:
        main = free_bytes(torch.device("cpu"))
        if main is not None and host > main:
            return replace(result, fits=False)
    return result


def check_fit(found: Estimate, *others: Estimate) -> None:
    """Refuses what cannot fit; ``others`` are estimates of other choices, named if they would.

    Raises:
        DoesNotFitError: with what it needs, what there is, and what would fit.
    """
    if found.fits is not False or found.free_bytes is None:
        return
    largest = sorted(found.weight_bytes.items(), key=lambda pair: -pair[1])[:3]
    parts = ", ".join(f"{name} {_gigabytes(size)}" for name, size in largest)
    better = [
        f"--offload {other.offload} --dtype {other.dtype} ({_gigabytes(other.peak_bytes)})"
        for other in others
        if other.fits
    ]
    advice = f"Try {better[0]}." if better else "Use a smaller --size or --tile 256, or a machine with more memory."
    raise DoesNotFitError(
        f"This film must fit into the memory of {found.device}, where {_gigabytes(found.free_bytes)} are free, and "
        f"needs about {_gigabytes(found.peak_bytes)} ({parts}). Nothing was loaded. {advice}"
    )


def check_weights(weights: Weights, device: torch.device, dtype: torch.dtype, offload: str) -> None:
    """Refuses weights that cannot be held, whatever is made with them.

    Raises:
        DoesNotFitError: with what they need and what there is.
    """
    held = _held(weights, dtype.itemsize)
    peak, host = _peak(held, dict.fromkeys(held, 0), offload, device)
    for where, needed in ((device, peak), (torch.device("cpu"), host)):
        free = free_bytes(where) if needed else None
        if free is not None and needed > free:
            raise DoesNotFitError(
                f"The weights of {weights.index.name} must fit into the memory of {where}, where {_gigabytes(free)} "
                f"are free, and need about {_gigabytes(needed)} with offload={offload!r} in {dtype}. Nothing was "
                "loaded. Use another dtype or offload='disk', or a machine with more memory."
            )


def check_work(needed: int, device: torch.device) -> None:
    """Refuses work for which a device's memory does not suffice any more.

    Raises:
        DoesNotFitError: with what it needs and what there is.
    """
    free = free_bytes(device)
    if free is not None and needed > free:
        raise DoesNotFitError(
            f"This clip must fit into the memory of {device}, where {_gigabytes(free)} are free beside what is loaded, "
            f"and needs about {_gigabytes(needed)}. Choose a smaller size, tiles, or a shorter clip."
        )


def _held(weights: Weights, item: int) -> dict[str, int]:
    """Bytes of each part in memory; codecs and the timbre's encoder stay in float32."""
    small = {"backbone", "text_encoder", "identity"}
    return {part: count * (item if part in small else 4) for part, count in weights.parameters.items()}


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"


def _words_tokens(text: str) -> int:
    # A token of umT5 is about four bytes of UTF-8, in Latin as in Chinese.
    return len(text.encode()) // 4 + 2


def _anchor_tokens(caption: HierarchicalCaption, weights: Weights, shape: ClipShape) -> list[ReferenceTokens]:
    if "identity" not in weights.index.parts:
        return []
    voice = weights.index.training.voice_ms // AUDIO_LATENT_MS
    return [one.tokens(shape.grid.tokens_per_frame, voice) for one in bound_references(caption)]


def _plan(
    caption: HierarchicalCaption,
    texts: Condition,
    weights: Weights,
    shape: ClipShape,
    filled: FilledSettings,
    anchors: list[ReferenceTokens],
) -> tuple[Plan, tuple[int, int]]:
    video, audio = ([_words_tokens(segment.text) for segment in own] for own in (texts.video, texts.audio))
    plan = make_plan(
        caption,
        texts,
        shape.grid,
        video,
        audio,
        text_len=weights.video.text_len,
        references=anchors,
        isolate_shots=filled.isolate_shots,
        softness_ms=filled.softness_ms,
    )
    if filled.routing != "off":
        return plan, (sum(video), sum(audio))
    whole = min(_words_tokens(plain_prompt(caption, weights.index.training.wording)), weights.video.text_limit)
    return plan.unrouted(), (whole, whole)


def _flops(
    weights: Weights, shape: ClipShape, filled: FilledSettings, plan: Plan, counts: tuple[int, int], *, copied: bool
) -> dict[str, float]:
    towers, skipped = (weights.video, weights.audio), filled.skip_layer > 0
    step = network_flops(*towers, plan, counts, copied=copied)
    negative = (_words_tokens(filled.negative_video), _words_tokens(filled.negative_audio))
    third = filled.reference_guidance is not None and any((*plan.video.anchors, *plan.audio.anchors))
    if filled.guided or third:
        step += network_flops(*towers, plan.unrouted(), negative, skipped=skipped, copied=copied)
    if third:
        bare = plan.unrouted().without_references()
        step += network_flops(*towers, bare, negative, skipped=skipped, copied=copied)
    decoder = _decoder(weights)
    picture = decoder.flops * shape.width * shape.height * shape.network_frames if decoder else 0.0
    return {
        "text_encoder": 2.0 * weights.parameters["text_encoder"] * (sum(counts) + sum(negative)),
        "backbone": float(step * filled.steps),
        "video_codec": picture,
        "audio_codec": float(audio_decode_flops(shape.grid.audio_latents, weights.parameters["audio_codec"])),
    }


def _decoder(weights: Weights) -> DecoderCosts | None:
    kind = weights.index.parts["video_codec"].kind
    return DECODERS[kind](weights.configs["video_codec"]) if kind in DECODERS else None


def _peak(held: Mapping[str, int], working: Mapping[str, int], offload: str, where: torch.device) -> tuple[int, int]:
    """Bytes on the device, and in main memory besides."""
    everything = sum(held.values())
    stages = {part: size + working.get(part, 0) for part, size in held.items()}
    stages["backbone"] += held.get("identity", 0)
    alone, together = max(stages.values()), everything + max(working.values())
    on_cpu = where.type == "cpu"
    if offload == "none" or (offload == "cpu" and on_cpu):
        return round(_MARGIN * together) + _RUNTIME_BYTES, 0
    return round(_MARGIN * alone) + _RUNTIME_BYTES, everything if offload == "cpu" else 0


def _seconds(
    flops: Mapping[str, float], shape: ClipShape, decoder: DecoderCosts | None, where: torch.device, kind: torch.dtype
) -> dict[str, float]:
    network = matmul_rate(where, kind) * _SHARE
    codecs = network if kind is torch.float32 else matmul_rate(where, torch.float32) * _SHARE
    found = {
        part: count / (network if part in {"backbone", "text_encoder"} else codecs) for part, count in flops.items()
    }
    if decoder is not None:
        held = 4 * (decoder.cached + decoder.working) * shape.width * shape.height
        found["video_codec"] += _TRAFFIC * held * shape.network_frames / copy_rate(where)
    return found


def _notes(
    caption: HierarchicalCaption, weights: Weights, shape: ClipShape, where: torch.device, decoder: DecoderCosts | None
) -> list[str]:
    training, notes = weights.index.training, []
    if training.video_latents is not None and shape.grid.video_latents > training.video_latents:
        seconds = (4 * training.video_latents - 3) / 24
        notes.append(
            f"The weights were trained on clips of {seconds:.1f} s; this one lasts {caption.duration_ms / 1000:g} s."
        )
    if not is_here(where):
        notes.append(f"There is no {where} on this machine: neither time nor free memory are known.")
    if decoder is None:
        notes.append(f"What a video codec of kind {weights.index.parts['video_codec'].kind} costs is not known.")
    if not weights.here:
        notes.append("The weights are not here; their sizes are those of the published files.")
    return notes
