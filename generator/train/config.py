"""The YAML file of a training run: network, data, optimiser and stages, checked before anything is loaded.

Defaults are the paper's numbers (§5.1, Appendix C.2) where it names them; what it leaves open says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from generator.presets import Modality, Preset, TowerConfig, preset
from mavin.errors import UsageError

__all__ = [
    "DataConfig",
    "DropoutConfig",
    "EMAConfig",
    "NetworkConfig",
    "OptimizerConfig",
    "ShardsConfig",
    "StageConfig",
    "TimestepConfig",
    "TrainConfig",
    "ValidationConfig",
    "WorldConfig",
]

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NetworkConfig(_Section):
    """Which network learns.

    Attributes:
        preset: its shapes (:data:`generator.presets.PRESETS`).
        video: fields of the video tower that differ from the preset's.
        audio: fields of the audio tower that differ.
        timbre_dim: width of the timbre embeddings; ``None`` for a network without references.
        start: a pipeline, by folder or name, whose weights it starts from; ``None`` for fresh ones.
        gradient_checkpointing: compute each block a second time going back instead of keeping what it held.
    """

    preset: str
    video: Mapping[str, Any] = {}
    audio: Mapping[str, Any] = {}
    timbre_dim: Count | None = None
    start: str | None = None
    gradient_checkpointing: bool = False

    @model_validator(mode="after")
    def _fits(self) -> NetworkConfig:
        try:
            self.towers()
        except UsageError as error:
            raise ValueError(str(error)) from None
        return self

    def towers(self) -> tuple[TowerConfig, TowerConfig]:
        """Both towers' configurations.

        Raises:
            UsageError: if they are none.
        """
        base: Preset = preset(self.preset)
        video = TowerConfig.of({**base.video.as_dict(), **self.video})
        audio = TowerConfig.of({**base.audio.as_dict(), **self.audio})
        return video, audio


class ShardsConfig(_Section):
    """Cached examples in a folder of shards (:mod:`generator.train.shards`)."""

    type: Literal["shards"]
    folder: str
    workers: Annotated[int, Field(ge=0)] = 0


class WorldConfig(_Section):
    """The synthetic world, drawn and encoded while training goes on.

    Attributes:
        type: ``world``.
        pipeline: folder or name of the pipeline whose codecs and text encoder are used.
        first_seed: of the first caption.
        examples: how many captions there are; each is drawn anew whenever its turn comes.
        workers: processes that draw; 0 draws between the steps.
        stills: single pictures of shots instead of clips with sound.
    """

    type: Literal["world"]
    pipeline: str
    first_seed: Annotated[int, Field(ge=0)] = 0
    examples: Count = 100_000
    workers: Annotated[int, Field(ge=0)] = 0
    stills: bool = False


DataConfig = Annotated[ShardsConfig | WorldConfig, Field(discriminator="type")]
"""Where examples come from."""


class OptimizerConfig(_Section):
    """AdamW (Appendix C.2); weight decay, warm-up, schedule and clipping are not named there.

    Attributes:
        learning_rate: of every stage that names none.
        betas: β₁ and β₂.
        eps: ϵ.
        weight_decay: of matrices; norms, biases and role embeddings have none.
        warmup_steps: over which the rate rises to its value.
        schedule: ``constant``, or ``cosine`` to a tenth at the end of all stages.
        clip_norm: largest norm of the gradient of all parameters; ``None`` for any.
    """

    learning_rate: Positive = 5e-5
    betas: tuple[Share, Share] = (0.9, 0.95)
    eps: Positive = 1e-8
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    warmup_steps: Annotated[int, Field(ge=0)] = 0
    schedule: Literal["constant", "cosine"] = "constant"
    clip_norm: Positive | None = 1.0


class TimestepConfig(_Section):
    """How t of Eq. 1 is drawn; the paper's is uniform in (0, 1).

    Attributes:
        distribution: ``uniform``, or ``logit_normal``: the logistic of a standard normal number.
        shift: t becomes s·t / (1 + (s − 1)·t), as in sampling; 1 leaves it.
        stratified: the examples of a step share the range evenly between them: less noise, same mean.
    """

    distribution: Literal["uniform", "logit_normal"] = "uniform"
    shift: Positive = 1.0
    stratified: bool = False


class DropoutConfig(_Section):
    """What is left out of an example now and then, so that guidance has something to guide from.

    Attributes:
        caption: all text, replaced by the negative prompts.
        references: all references.
        role: one role's references, each role by itself.
        modality: in a stage with all references, a role's picture or its voice, whichever.
    """

    caption: Share = 0.1
    references: Share = 0.1
    role: Share = 0.0
    modality: Share = 0.0


class CropsConfig(_Section):
    """Short stretches instead of whole clips: more different pictures for the same work.

    Attributes:
        count: stretches of each example, anywhere in it; each has its own t and noise.
        latents: latent frames of a stretch, with the sound of that time; 1 is a picture.
    """

    count: Count
    latents: Count


class StageConfig(_Section):
    """One of the progressive stages (§5.1).

    Attributes:
        name: for the log.
        steps: how many.
        references: ``none`` (stage 1), ``one`` modality in each example, pictures or voices (stage 2), or ``all``.
        learning_rate: instead of the optimiser's.
        timesteps: instead of the run's.
        crops: stretches of the examples instead of all of them.
    """

    name: str
    steps: Count
    references: Literal["none", "one", "all"]
    learning_rate: Positive | None = None
    timesteps: TimestepConfig | None = None
    crops: CropsConfig | None = None


class EMAConfig(_Section):
    """A running mean of the weights, which is what is used afterwards.

    Attributes:
        decay: its memory; in the first steps it is at most (1 + n) / (10 + n).
        every: steps between updates.
    """

    decay: Share = 0.9999
    every: Count = 1


class LossConfig(_Section):
    """Weights of the terms of Eq. 1 (Appendix C.2)."""

    video_weight: Annotated[float, Field(ge=0)] = 0.85
    audio_weight: Annotated[float, Field(ge=0)] = 0.15


class ValidationConfig(_Section):
    """Loss on other examples, always with the same noise, of the averaged weights.

    Attributes:
        data: where they come from.
        every: steps between measurements.
        examples: how many of them are measured, from the first.
    """

    data: DataConfig
    every: Count = 1000
    examples: Count = 64


class TrainConfig(_Section):
    """A whole run.

    Attributes:
        name: of the run; its folder is ``runs/NAME`` unless told otherwise.
        seed: of weights, order, noise and everything else that is drawn.
        network: what learns.
        data: from what.
        batch_size: examples of a step, over all processes.
        micro_batch_size: examples of one pass of one process, all of one shape; a divisor of ``batch_size``.
        stages: one after the other.
        optimizer: how.
        loss: weights of its terms.
        timesteps: how t is drawn, in every stage that does not say.
        dropout: what is left out.
        ema: the averaged weights; ``None`` for none.
        routing: boundary-aware routing (§4.2); without it the whole caption is one prompt that everything sees.
        identity_mask: the mask of §4.3; without it every token sees every anchor.
        timbre: give the timbre embedding of Eq. 5.
        modality: ``both``, or ``video`` or ``audio``: that tower learns by itself, and the rest stays as it is.
        isolate_shots: the literal reading of §4.3 (i).
        precision: ``float32``, or ``bfloat16`` for computing, with float32 weights and sums of gradients.
        device: ``auto`` is the first GPU, else the CPU.
        checkpoint_every: steps between checkpoints; there is also one at the end of every call.
        keep_checkpoints: how many of the newest stay.
        log_every: steps between lines of the log; their numbers are means since the line before.
        tensorboard: also write the log for tensorboard.
        validation: loss on other examples.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.-]*$")]
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    network: NetworkConfig
    data: DataConfig
    batch_size: Count
    micro_batch_size: Count | None = None
    stages: Annotated[tuple[StageConfig, ...], Field(min_length=1)]
    optimizer: OptimizerConfig = OptimizerConfig()
    loss: LossConfig = LossConfig()
    timesteps: TimestepConfig = TimestepConfig()
    dropout: DropoutConfig = DropoutConfig()
    ema: EMAConfig | None = EMAConfig()
    routing: bool = True
    identity_mask: bool = True
    timbre: bool = True
    modality: Modality = "both"
    isolate_shots: bool = False
    precision: Literal["float32", "bfloat16"] = "float32"
    device: str = "auto"
    checkpoint_every: Count = 1000
    keep_checkpoints: Count = 2
    log_every: Count = 10
    tensorboard: bool = True
    validation: ValidationConfig | None = None

    @field_validator("micro_batch_size")
    @classmethod
    def _divides(cls, value: int | None, info: Any) -> int | None:
        whole = info.data.get("batch_size")
        if value is not None and whole is not None and whole % value:
            raise ValueError(f"must divide batch_size = {whole}, got {value}")
        return value

    @model_validator(mode="after")
    def _references_are_known(self) -> TrainConfig:
        if self.network.timbre_dim is None and any(stage.references != "none" for stage in self.stages):
            raise ValueError("network.timbre_dim must be given where a stage has references")
        return self

    @property
    def micro_batch(self) -> int:
        """Examples of one pass."""
        return self.micro_batch_size or self.batch_size

    @property
    def steps(self) -> int:
        """Of all stages."""
        return sum(stage.steps for stage in self.stages)

    def stage_at(self, step: int) -> StageConfig:
        """The stage of step 0, 1, …; past the end the last one."""
        for stage in self.stages:
            if step < stage.steps:
                return stage
            step -= stage.steps
        return self.stages[-1]

    def learning_rate_at(self, step: int) -> float:
        """Of step 0, 1, …"""
        from math import cos, pi

        own = self.optimizer
        rate = self.stage_at(step).learning_rate or own.learning_rate
        if step < own.warmup_steps:
            return rate * (step + 1) / own.warmup_steps
        if own.schedule == "constant":
            return rate
        done = (step - own.warmup_steps) / max(self.steps - own.warmup_steps, 1)
        return rate * (0.1 + 0.9 * (1 + cos(pi * min(done, 1.0))) / 2)

    def fixed(self) -> dict[str, Any]:
        """What must not change between a checkpoint and the run that goes on from it: all that changes numbers.

        Later stages may be added, made longer or shorter, where the schedule does not depend on their end.
        """
        free = {"name", "device", "checkpoint_every", "keep_checkpoints", "log_every", "tensorboard", "validation"}
        if self.optimizer.schedule == "constant":
            free.add("stages")
        values = self.model_dump(mode="json", exclude=free)
        for name in ("workers", "folder", "pipeline"):
            values["data"].pop(name, None)
        return values
