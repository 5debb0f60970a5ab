"""From a hierarchical caption to a film: every part of the network's surroundings in its order (§4).

    caption ─▶ text encoder ─▶ tokens ────────┐
        └────▶ boundaries ───▶ routing plan ──┤
    pictures, voices ─▶ codecs ─▶ anchors ────┼─▶ sampler ─▶ latents ─▶ codecs ─▶ frames, sound
    noise (seed), first frame ────────────────┘

A pipeline is a folder as :mod:`generator.layout` describes it; nothing of it is downloaded, read or
moved before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.card import card
from generator.codecs.interfaces import VideoCodec
from generator.conditioning import Condition, condition
from generator.costs import network_bytes
from generator.delivery import film_frames, film_sound
from generator.encoders import Encoders, Texts
from generator.estimate import check_weights, check_work
from generator.flow import Latents
from generator.hub import fetch_pipeline
from generator.identity import AnchorPlacement, IdentityEmbeddings, RoleReference
from generator.known_weights import weights_of
from generator.layout import PARTS, PipelineIndex, check_files, read_config, read_index, verify, write_index
from generator.output import MavinOutput
from generator.parts import StoredPart, load_part, part_class, save_part
from generator.plan import Plan
from generator.presets import TowerConfig
from generator.reference_inputs import (
    GivenReference,
    References,
    given_references,
)
from generator.residence import Residence, choose_device, choose_dtype
from generator.routing import make_plan
from generator.sampler import Step, sample
from generator.settings import FilledSettings, GenerationSettings
from generator.shapes import ClipShape
from generator.shards import SHARD_BYTES
from generator.start import latent_shapes, start_latents
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MavinOutput", "MavinPipeline"]

Telling = Callable[[str, float], None]
"""Told the stage (``text``, ``references``, ``sampling``, ``sound``, ``picture``) and the part of it done, 0 to 1."""


class MavinPipeline:
    """Everything between a caption and its film.

    Args:
        parts: by name (:data:`generator.layout.PARTS`); those that are left out are loaded when needed.
        index: what they are and how to sample.
        device: where they work; ``auto`` is the first GPU, else the CPU.
        offload: ``none``, ``cpu`` (parts wait in main memory) or ``disk`` (parts wait on disk).
        load: reads a part that is not among ``parts``.
        towers: both towers' configurations, where the backbone is not among ``parts``.
        dtype: in which the network computes, where the backbone is not among ``parts``.
        tile: side of a tile in pixels when the picture is decoded, ``None`` for whole pictures.
        ignore_memory: go on where a clip needs more memory than is free.

    Raises:
        UsageError: if a part is missing or unusable.
    """

    def __init__(
        self,
        parts: Mapping[str, StoredPart],
        index: PipelineIndex,
        *,
        device: torch.device | str = "cpu",
        offload: str = "none",
        load: Callable[[str, torch.device], StoredPart] | None = None,
        towers: Mapping[str, Any] | None = None,
        dtype: torch.dtype | None = None,
        tile: int | None = None,
        ignore_memory: bool = False,
    ) -> None:
        self.index = index
        self.tile = tile
        self.ignore_memory = ignore_memory
        self._dtype = (
            dtype if dtype is not None else next(parts["backbone"].modules_by_name()["model"].parameters()).dtype
        )
        given = towers if towers is not None else parts["backbone"].part_config()
        self.video_config, self.audio_config = (TowerConfig.of(given[name]) for name in ("video", "audio"))
        names = tuple(name for name in PARTS if name in index.parts)
        self._parts = Residence(parts, names, choose_device(device), offload, load)
        self._encoders = Encoders(self._parts, index, self.video_config, self.audio_config)

    @classmethod
    def from_pretrained(
        cls,
        source: Path | str,
        *,
        device: torch.device | str = "auto",
        dtype: torch.dtype | str = "auto",
        codec_dtype: torch.dtype | str = "float32",
        offload: str = "none",
        tile: int | None = None,
        check_hashes: bool = False,
        ignore_memory: bool = False,
        revision: str | None = None,
    ) -> Self:
        """A pipeline with its weights.

        Args:
            source: a folder, the name of a pipeline in the model store, or ``OWNER/NAME`` on the model hub.
            device: where it works; ``auto`` is the first GPU, else the CPU.
            dtype: of the network and the text encoder; ``auto`` is bfloat16 on a GPU and float32 on a CPU.
            codec_dtype: of the codecs, which are small and lose quality below float32.
            offload: ``none``, ``cpu`` or ``disk``: from fastest to least memory.
            tile: side of a tile in pixels when the picture is decoded, ``None`` for whole pictures.
            check_hashes: read every file and compare its SHA-256 first; sizes are always compared.
            ignore_memory: go on where the weights, or a clip, need more memory than is free.
            revision: branch, tag or commit on the hub.

        Raises:
            DoesNotFitError: if the weights are larger than what is free; nothing was loaded.
            UsageError: if files are missing, damaged, pickles, or do not fit each other.
            BackendError: if the hub cannot be reached.
        """
        folder = fetch_pipeline(source, revision)
        index = read_index(folder)
        check_files(folder, index)
        if check_hashes:
            verify(folder, index)
        for name, part in index.parts.items():
            part_class(name, part.kind)
        where = choose_device(device)
        dtypes = {True: choose_dtype(dtype, where), False: choose_dtype(codec_dtype, where)}
        if not ignore_memory:
            check_weights(weights_of(folder), where, dtypes[True], offload)

        def load(name: str, at: torch.device) -> StoredPart:
            return load_part(folder, index, name, at, dtypes[name in {"backbone", "text_encoder", "identity"}])

        towers = read_config(folder, "backbone")
        return cls(
            {},
            index,
            device=where,
            offload=offload,
            load=load,
            towers=towers,
            dtype=dtypes[True],
            tile=tile,
            ignore_memory=ignore_memory,
        )

    def save_pretrained(self, folder: Path | str, *, shard_bytes: int = SHARD_BYTES) -> PipelineIndex:
        """Writes the pipeline as a folder that :meth:`from_pretrained` takes, the index last.

        Returns:
            The index with every file's hash.

        Raises:
            UsageError: if the folder holds something else, or a part's class cannot be stored.
        """
        folder = Path(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"A pipeline must be saved into a new or empty folder, got {folder}. Choose another.")
        folder.mkdir(parents=True, exist_ok=True)
        for name in self._parts.names:
            save_part(self._parts.get(name), folder, name, shard_bytes=shard_bytes)
        (folder / "README.md").write_text(card(self.index), encoding="utf-8")
        return write_index(folder, self.index.model_copy(update={"files": {}}))

    @property
    def device(self) -> torch.device:
        """Where the parts work."""
        return self._parts.device

    @property
    def dtype(self) -> str:
        """In which the network computes, such as ``bfloat16``."""
        return str(self._dtype).removeprefix("torch.")

    def part(self, name: str) -> Any:
        """A part of the pipeline, such as ``backbone``, wherever it is.

        Raises:
            UsageError: if the pipeline has no such part.
        """
        return self._parts.get(name)

    def __call__(
        self,
        caption: HierarchicalCaption,
        settings: GenerationSettings | None = None,
        *,
        references: References | None = None,
        folder: Path | None = None,
        first_frame: Path | str | Image | NDArray[np.uint8] | None = None,
        generator: torch.Generator | None = None,
        latents: Latents | None = None,
        output: str = "film",
        callback_on_step_end: Callable[[Step], bool | None] | None = None,
        telling: Telling | None = None,
        **changes: Any,
    ) -> MavinOutput:
        """The clip of a caption.

        Args:
            caption: 3 to 15 seconds long.
            settings: how to sample; single values can be given by name instead: ``steps=20, seed=7``.
            references: role id or name → picture and voice
                (:class:`~generator.reference_inputs.RoleInput`) or the file of one, instead of those that the
                caption binds; ``{}`` for none.
            folder: the film's folder, inside which the caption's own references lie.
            first_frame: image to video: the clip begins with this picture, centre-cropped.
            generator: draws the noise instead of ``seed``.
            latents: noise to start from instead of drawing it.
            output: ``film``, or ``latents`` to decode nothing.
            callback_on_step_end: told after every step; returns ``False`` to cancel.
            telling: told the stage (``text``, ``references``, ``sampling``, ``sound``, ``picture``) and the part of it
                that is done, 0 to 1.
            changes: single settings by name.

        Raises:
            UsageError: if a request does not fit the caption or the weights.
            DoesNotFitError: if the clip needs more memory than is free.
            InvalidInputError: if the caption's text is too long or a part of it too short to be seen.
            SamplingCancelledError: if the callback cancelled.
        """
        if output not in {"film", "latents"}:
            raise UsageError(f"output must be film or latents, got {output!r}.")
        settings = _changed(settings or GenerationSettings(), changes)
        tell = telling or (lambda _what, _part: None)
        shape = settings.shape(caption, self.index.training)
        made, notes = self._generate(
            caption, settings, shape, references, folder, first_frame, generator, latents, callback_on_step_end, tell
        )
        if output == "latents":
            return MavinOutput(None, None, 0, made, shape, notes)
        tell("sound", 0.0)
        audio, sample_rate = self.sound(made, shape)
        frames = np.empty((shape.frames, shape.height, shape.width, 3), np.uint8)
        for number, frame in enumerate(self.frames(made, shape)):
            frames[number] = frame
            tell("picture", (number + 1) / shape.frames)
        return MavinOutput(frames, audio, sample_rate, made, shape, notes)

    def frames(self, latents: Latents, shape: ClipShape) -> Iterator[NDArray[np.uint8]]:
        """The delivered frames of a clip, one by one: uint8 of shape (H, W, 3), ``shape.frames`` of them."""
        with self._parts.use("video_codec") as codec:
            self._encoders.check_video(codec)
            yield from film_frames(_tiled(codec, self.tile), latents.video.to(self.device), shape)

    def sound(self, latents: Latents, shape: ClipShape) -> tuple[NDArray[np.float32], int]:
        """The delivered sound of a clip, exactly as long as its frames, and its sample rate."""
        with self._parts.use("audio_codec") as codec:
            self._encoders.check_audio(codec)
            return film_sound(codec, latents.audio.to(self.device), shape), codec.sample_rate

    def _generate(
        self,
        caption: HierarchicalCaption,
        settings: GenerationSettings,
        shape: ClipShape,
        references: References | None,
        folder: Path | None,
        first_frame: Any,
        generator: torch.Generator | None,
        latents: Latents | None,
        on_step: Callable[[Step], bool | None] | None,
        tell: Telling,
    ) -> tuple[Latents, tuple[str, ...]]:
        filled = settings.filled(self.index, self.video_config.num_layers)
        given, notes = self._references(caption, references, folder)
        tokens = shape.grid.video_tokens + shape.grid.audio_latents
        if not self.ignore_memory:
            check_work(network_bytes(self.video_config, tokens, self._dtype.itemsize), self.device)
        wanted = latent_shapes(shape, self.video_config, self.audio_config)
        start = start_latents(*wanted, filled.seed, self.device, generator, latents)
        parts = condition(caption, self.index.training.wording)
        tell("text", 0.0)
        texts = self._encoders.text(caption, parts, filled)
        tell("references", 0.0)
        encoded = self._encoders.references(given, shape)
        first = self._encoders.first_frame(first_frame, shape)
        plan = self._plan(caption, parts, shape, texts, given, encoded, filled)
        if plan is not None:
            notes = (*notes, *plan.notes)
        if settings.reference_guidance is not None and not encoded:
            notes = (*notes, "The reference guidance is not used: there are no references.")

        def stepped(step: Step) -> bool | None:
            tell("sampling", step.number / step.steps)
            return None if on_step is None else on_step(step)

        tell("sampling", 0.0)
        return self._sample(start, texts, plan, encoded, first, filled, stepped), notes

    def _references(
        self, caption: HierarchicalCaption, references: References | None, folder: Path | None
    ) -> tuple[tuple[GivenReference, ...], tuple[str, ...]]:
        if "identity" in self._parts:
            return given_references(caption, references, folder), ()
        why = f"the weights of {self.index.name} were trained without references"
        if references:
            given_references(caption, references, folder)  # a wrong role is the more helpful message
            raise UsageError(f"References cannot be used: {why}. Choose other weights, or leave the references out.")
        bound = [role.id for role in caption.roles if role.reference.is_bound] if references is None else []
        return (), (f"The references of {', '.join(bound)} are not used: {why}.",) if bound else ()

    def _plan(
        self,
        caption: HierarchicalCaption,
        parts: Condition,
        shape: ClipShape,
        texts: Texts,
        given: tuple[GivenReference, ...],
        encoded: tuple[RoleReference, ...],
        filled: FilledSettings,
    ) -> Plan | None:
        routed = filled.routing != "off"
        if not routed and not given and not filled.isolate_shots:
            return None
        rows, columns = self.video_config.patch_size[1:]
        tokens = [
            one.tokens(
                0 if each.image is None else each.image.shape[2] // rows * (each.image.shape[3] // columns),
                0 if each.voice is None else each.voice.shape[0],
            )
            for one, each in zip(given, encoded, strict=True)
        ]
        plan = make_plan(
            caption,
            parts,
            shape.grid,
            texts.video_counts or [1] * len(parts.video),
            texts.audio_counts or [1] * len(parts.audio),
            text_len=self.video_config.text_len,
            references=tokens,
            isolate_shots=filled.isolate_shots,
            softness_ms=filled.softness_ms,
        )
        if not filled.identity_mask:
            plan = plan.without_identity_mask()
        return plan if routed else plan.unrouted()

    def _sample(
        self,
        start: Latents,
        texts: Texts,
        plan: Plan | None,
        encoded: tuple[RoleReference, ...],
        first: Tensor | None,
        filled: FilledSettings,
        on_step: Callable[[Step], bool | None],
    ) -> Latents:
        with self._parts.use("backbone") as backbone, torch.no_grad():
            if encoded and plan is not None:
                with self._parts.use("identity") as identity:
                    plan = plan.with_anchors(_anchors(identity, backbone, encoded, plan))
            used = plan is not None and plan.anchors is not None
            return sample(
                backbone,
                start,
                texts.video.to(self.device),
                texts.audio.to(self.device),
                texts.negative_video.to(self.device),
                texts.negative_audio.to(self.device),
                filled.steps,
                filled.shift,
                filled.video_guidance,
                filled.audio_guidance,
                filled.skip_layer,
                first,
                plan,
                filled.solver,
                reference_guidance=filled.reference_guidance if used else None,
                on_step=on_step,
            )


def _anchors(identity: IdentityEmbeddings, backbone: Any, encoded: tuple[RoleReference, ...], plan: Plan) -> Any:
    return identity(backbone, encoded, plan, AnchorPlacement())


def _tiled(codec: Any, tile: int | None) -> VideoCodec:
    if tile is not None and not hasattr(codec, "tiling"):
        raise UsageError("This pipeline's video codec cannot decode in tiles. Leave tile out.")
    if hasattr(codec, "tiling"):
        from generator.codecs.wan_video import Tiling

        cells = (tile or 0) // codec.stride[1]
        codec.tiling = Tiling(size=cells, overlap=max(cells // 4, 1)) if tile is not None else None
    found: VideoCodec = codec
    return found


def _changed(settings: GenerationSettings, changes: Mapping[str, Any]) -> GenerationSettings:
    known = GenerationSettings.__dataclass_fields__
    if unknown := sorted(changes.keys() - known.keys()):
        raise UsageError(f"A setting must be one of {', '.join(known)}, got {unknown[0]!r}.")
    return replace(settings, **changes) if changes else settings
