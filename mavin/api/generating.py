"""What can be chosen where the network renders, and what it would cost, before anything is loaded."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from mavin.api.packages import need_torch
from mavin.api.rendering import clips_of
from mavin.api.sources import Source, load
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError
from mavin.film import Film

if TYPE_CHECKING:
    from generator.estimate import Estimate
    from generator.settings import EngineSettings, GenerationSettings

__all__ = ["GenerationOptions", "estimate", "estimate_report", "settings_of", "size_of"]

_ENGINE = ("weights", "device", "dtype", "offload", "tile", "first_frame", "ignore_memory")


class GenerationOptions(TypedDict, total=False):
    """Options of the renderer ``mavin``; what is ``None`` is left to the weights.

    :class:`generator.settings.EngineSettings` and :class:`generator.settings.GenerationSettings` say what each means.
    """

    weights: str | Path | None
    device: str
    dtype: str
    offload: str
    tile: int | None
    first_frame: str | Path | None
    ignore_memory: bool
    steps: int | None
    shift: float | None
    solver: str | None
    text_guidance: float | None
    video_guidance: float | None
    audio_guidance: float | None
    reference_guidance: float | None
    skip_layer: int | None
    negative_video: str | None
    negative_audio: str | None
    routing: str
    softness_ms: float
    isolate_shots: bool
    identity_mask: bool
    size: str | int | tuple[int, int] | None


def settings_of(options: GenerationOptions, seed: int = 0) -> tuple[EngineSettings | None, GenerationSettings | None]:
    """The options as the renderer takes them; ``None`` where none was given.

    Raises:
        UsageError: if one of them is out of range.
    """
    from generator.settings import EngineSettings, GenerationSettings

    given: dict[str, Any] = dict(options)
    engine = {name: given.pop(name) for name in _ENGINE if name in given}
    if "softness_ms" in given and given.get("routing") != "soft":
        raise UsageError("--softness is for --routing soft. Add that, or leave --softness out.")
    if given.get("size") is not None:
        given["size"] = size_of(given["size"])
    settings = GenerationSettings(**given, seed=seed) if given else None
    if engine.get("weights") is None:
        engine.pop("weights", None)
        if engine or given:
            raise UsageError(
                f"{_option(next(iter([*engine, *given])))} is for the renderer mavin, which needs --weights: "
                "a pipeline's folder, or the name of an installed one."
            )
        return None, None
    if engine.get("first_frame") is not None:
        engine["first_frame"] = Path(engine["first_frame"])
    return EngineSettings(**{**engine, "weights": str(engine["weights"])}), settings


def _option(name: str) -> str:
    return {"text_guidance": "--guidance", "softness_ms": "--softness"}.get(name, f"--{name.replace('_', '-')}")


def size_of(size: str | int | tuple[int, int]) -> tuple[int, int] | int:
    """Width and height from ``832x480``; ``720`` and ``960`` stay the names of areas.

    Raises:
        UsageError: if it is something else.
    """
    if not isinstance(size, str):
        return size
    if size.strip() in {"720", "960"}:
        return int(size)
    found = re.fullmatch(r"\s*(\d{1,5})\s*[x×*]\s*(\d{1,5})\s*", size, re.IGNORECASE)
    if found is None:
        raise UsageError(
            f"A size must be WIDTHxHEIGHT in pixels such as 832x480, or 720 or 960 for an area, got {size!r}."
        )
    return int(found[1]), int(found[2])


def estimate(
    film: Film | HierarchicalCaption | Source | str | Path,
    *,
    clip: str | None = None,
    **options: Unpack[GenerationOptions],
) -> tuple[Estimate, ...]:
    """What rendering each clip with the network needs: tokens, operations, memory, time; nothing is loaded.

    Args:
        film: a film, a caption, or the path of either.
        clip: only this clip of a film that has several, such as ``K2``.
        options: as :func:`~mavin.api.rendering.render` takes them; ``weights`` may also be ``ovi`` or ``ovi_10s``,
            which need not be here; left out, it is the package's own, or else ``ovi``.

    Raises:
        UsageError: if the clip, an option or the weights are wrong.
    """
    source = load(film)
    captions = clips_of(source, clip)
    engine, settings = settings_of({**options, "weights": options.get("weights") or _weights_to_tell_of()})
    assert engine is not None
    need_torch()
    import generator.estimate as dry
    from generator.known_weights import find_weights
    from generator.residence import choose_device

    weights = find_weights(engine.weights)
    device = str(choose_device(engine.device)) if engine.device == "auto" else engine.device
    return tuple(
        dry.estimate(
            caption,
            weights,
            settings,
            device=device,
            dtype=engine.dtype,
            offload=engine.offload,
            tile=engine.tile,
        )
        for caption in captions
    )


def _weights_to_tell_of() -> str:
    from generator.layout import SHIPPED, shipped_pipeline

    return "ovi" if shipped_pipeline() is None else SHIPPED


def estimate_report(found: tuple[Estimate, ...]) -> dict[str, Any]:
    """Estimates as the object that ``mavin render --dry-run --json`` prints."""
    return {"clips": [asdict(each) for each in found], "fits": _all_fit(found)}


def _all_fit(found: tuple[Estimate, ...]) -> bool | None:
    answers = {each.fits for each in found}
    return False if False in answers else None if None in answers else True
