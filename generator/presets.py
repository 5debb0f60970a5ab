"""Shapes of the dual-tower network, as data: no torch is needed to read them.

The names are those of Ovi's configuration files, so that its ``video.json`` and ``audio.json``
(and the two dictionaries of a checkpoint) become a :class:`TowerConfig` as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal

from mavin.errors import UsageError

__all__ = ["PRESETS", "Modality", "Preset", "TowerConfig", "mid", "ovi", "ovi_10s", "preset", "tiny", "trial"]

Modality = Literal["both", "video", "audio"]
"""Which tower runs: both together, or one alone, as if the other were not there."""

_UNSUPPORTED: Final = {"additional_emb_dim", "additional_emb_length"}
_IGNORED: Final = {"gradient_checkpointing"}  # a way of running, not a shape


@dataclass(frozen=True, slots=True, kw_only=True)
class TowerConfig:
    """One tower: a diffusion Transformer over video or over audio latents.

    Attributes:
        model_type: ``t2v`` or ``ti2v`` for a video tower, ``t2a`` for an audio tower.
        dim: width D of a token.
        ffn_dim: width inside the feed-forward layers.
        freq_dim: channels of the sinusoidal timestep embedding, even.
        num_heads: attention heads; the head's width ``dim / num_heads`` must be even.
        num_layers: blocks; both towers of a backbone have as many.
        text_len: length to which a prompt is padded, in tokens.
        longest_text: of a prompt that is not routed; ``None`` for ``text_len``, which Ovi's prompts are cut to.
        text_dim: width of the text encoder's output.
        in_dim: channels of the latent that comes in.
        out_dim: channels of the velocity that goes out.
        patch_size: latent cells per token, ``(t, h, w)`` for video, ``(1,)`` for audio.
        qk_norm: RMS norm of queries and keys over all channels.
        cross_attn_norm: affine layer norm before the text- and cross-tower attention.
        eps: of every norm.
        temporal_rope_scaling_factor: audio only; makes one second turn as far as in the video tower.
        window_size: only ``(-1, -1)``, attention over the whole clip.
        latent_std: standard deviation of each channel of the clean latents, for a network that answers what does
            not follow from it (``generator/preconditioning.py``); ``None`` for one that answers the whole velocity.
        spatial_frequencies: video only: how many sinusoids an axis has that tell a token its place in the picture, 0
            for none.  Rotary positions tell how far two tokens are apart, and in pure noise nobody where it is.
        kernel_size: latents, in time, of which every number of the answer takes shares that the head predicts
            (``generator/kernel_prediction.py``): odd, or 0 for a head that answers by itself.

    Raises:
        UsageError: if the values do not make a tower, naming the one that is wrong.
    """

    model_type: str
    dim: int
    ffn_dim: int
    freq_dim: int
    num_heads: int
    num_layers: int
    text_len: int
    text_dim: int
    in_dim: int
    out_dim: int
    patch_size: tuple[int, ...]
    qk_norm: bool = True
    cross_attn_norm: bool = True
    eps: float = 1e-6
    temporal_rope_scaling_factor: float = 1.0
    window_size: tuple[int, int] = (-1, -1)
    latent_std: tuple[float, ...] | None = None
    spatial_frequencies: int = 0
    longest_text: int | None = None
    kernel_size: int = 0

    def __post_init__(self) -> None:
        if self.model_type not in {"t2v", "ti2v", "t2a"}:
            _refuse("model_type", "t2v, ti2v or t2a", self.model_type)
        axes = 1 if self.is_audio else 3
        if len(self.patch_size) != axes or self.patch_size[0] != 1 or min(self.patch_size) < 1:
            _refuse("patch_size", "(1,)" if self.is_audio else "(1, height, width)", self.patch_size)
        sizes = ("dim", "ffn_dim", "freq_dim", "num_heads", "num_layers", "text_len", "text_dim", "in_dim", "out_dim")
        for name in sizes:
            if getattr(self, name) < 1:
                _refuse(name, "at least 1", getattr(self, name))
        if self.dim % (2 * self.num_heads):
            _refuse("dim", f"a multiple of 2 × num_heads = {2 * self.num_heads}", self.dim)
        if self.freq_dim % 2:
            _refuse("freq_dim", "even", self.freq_dim)
        if tuple(self.window_size) != (-1, -1):
            _refuse("window_size", "(-1, -1), attention over the whole clip", self.window_size)
        std = self.latent_std
        if std is not None and not (len(std) == self.in_dim == self.out_dim and min(std) > 0):
            _refuse("latent_std", f"a positive number for each of {self.in_dim} channels in and out", std)
        if self.longest_text is not None and self.longest_text < self.text_len:
            _refuse("longest_text", f"at least text_len = {self.text_len}", self.longest_text)
        if self.spatial_frequencies < 0 or (self.is_audio and self.spatial_frequencies):
            _refuse("spatial_frequencies", "0 or more, and 0 for audio", self.spatial_frequencies)
        if self.kernel_size < 0 or (self.kernel_size and self.kernel_size % 2 == 0):
            _refuse("kernel_size", "odd, or 0 for none", self.kernel_size)

    @property
    def is_audio(self) -> bool:
        """Whether this is an audio tower."""
        return self.model_type == "t2a"

    @property
    def text_limit(self) -> int:
        """Tokens that a prompt without routing may have."""
        return self.longest_text or self.text_len

    @property
    def told_dim(self) -> int:
        """Channels of what the head tells of a latent cell: the addend and a share for each latent of the kernel."""
        return (1 + self.kernel_size) * self.out_dim

    @property
    def head_dim(self) -> int:
        """Channels per attention head, d of Eq. 3."""
        return self.dim // self.num_heads

    @property
    def rope_dims(self) -> tuple[int, ...]:
        """Channels of a head that turn with time, height and width (44, 42, 42 of 128); audio turns the first only."""
        third = 2 * (self.head_dim // 6)
        time = self.head_dim - 2 * third
        return (time,) if self.is_audio else (time, third, third)

    @classmethod
    def of(cls, values: Mapping[str, Any] | TowerConfig) -> TowerConfig:
        """A tower from the dictionary of a configuration file.

        Raises:
            UsageError: if a key is missing, unknown or unusable, with its name.
        """
        if isinstance(values, TowerConfig):
            return values
        given = {key: value for key, value in values.items() if key not in _IGNORED and not key.startswith("_")}
        for key in _UNSUPPORTED & given.keys():
            if given.pop(key) is not None:
                raise UsageError(f"A tower must take its text as tokens only: {key} must be absent or null.")
        known = {field.name for field in fields(cls)}
        required = known - {name for name in known if name in _DEFAULTED}
        if unknown := sorted(given.keys() - known):
            raise UsageError(f"A tower's configuration must only have {', '.join(sorted(known))}; got {unknown[0]!r}.")
        if missing := sorted(required - given.keys()):
            raise UsageError(f"A tower's configuration must have {', '.join(sorted(required))}; lacks {missing[0]!r}.")
        for name in ("patch_size", "window_size", "latent_std"):
            if given.get(name) is not None:
                given[name] = tuple(given[name])
        return cls(**given)

    def as_dict(self) -> dict[str, Any]:
        """The configuration as plain values, as :meth:`of` takes them; what Ovi's files lack is there only if set."""
        values = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}
        for name in ("latent_std", "spatial_frequencies", "longest_text", "kernel_size"):
            if not values[name]:
                del values[name]
        return values


_DEFAULTED: Final = frozenset(
    {
        "qk_norm",
        "cross_attn_norm",
        "eps",
        "temporal_rope_scaling_factor",
        "window_size",
        "latent_std",
        "spatial_frequencies",
        "longest_text",
        "kernel_size",
    }
)


def _refuse(name: str, wanted: str, got: object) -> None:
    raise UsageError(f"A tower's {name} must be {wanted}, got {got!r}.")


@dataclass(frozen=True, slots=True)
class Preset:
    """A named network: both towers and the clip length that its weights were trained for.

    Attributes:
        name: as a user names it.
        video: the video tower.
        audio: the audio tower.
        video_latents: latent frames of a training clip.
        audio_latents: audio latents of a training clip.
    """

    name: str
    video: TowerConfig
    audio: TowerConfig
    video_latents: int
    audio_latents: int


def _pair(
    *, dim: int, ffn_dim: int, num_heads: int, num_layers: int, text_len: int, text_dim: int, freq_dim: int = 256
) -> tuple[TowerConfig, TowerConfig]:
    shared = {
        "dim": dim,
        "ffn_dim": ffn_dim,
        "freq_dim": freq_dim,
        "num_heads": num_heads,
        "num_layers": num_layers,
        "text_len": text_len,
        "text_dim": text_dim,
    }
    video = TowerConfig.of({**shared, "model_type": "ti2v", "in_dim": 48, "out_dim": 48, "patch_size": (1, 2, 2)})
    audio = TowerConfig.of(
        {
            **shared,
            "model_type": "t2a",
            "in_dim": 20,
            "out_dim": 20,
            "patch_size": (1,),
            # 31 video latents last as long as 121 / 24 s of audio at 31.25 Hz: one turn means one time.
            "temporal_rope_scaling_factor": 0.19676,
        }
    )
    return video, audio


def ovi() -> Preset:
    """Ovi's public weights for clips of 5 s: 11,660,753,108 parameters in 2,073 tensors."""
    video, audio = _pair(dim=3072, ffn_dim=14336, num_heads=24, num_layers=30, text_len=512, text_dim=4096)
    return Preset("ovi", video, audio, video_latents=31, audio_latents=157)


def ovi_10s() -> Preset:
    """Ovi's public weights for clips of 10 s: the same shapes, trained on twice the length."""
    base = ovi()
    return Preset("ovi_10s", base.video, base.audio, video_latents=61, audio_latents=314)


def mid() -> Preset:
    """A network of 8 layers and width 512 that a CPU can measure and train."""
    video, audio = _pair(dim=512, ffn_dim=2048, num_heads=4, num_layers=8, text_len=512, text_dim=512)
    return Preset("mid", video, audio, video_latents=31, audio_latents=157)


def tiny() -> Preset:
    """The network that is trained on the synthetic world and ships with its weights: 10 million parameters."""
    shared: dict[str, Any] = {
        "dim": 192, "ffn_dim": 576, "freq_dim": 128, "num_heads": 2, "num_layers": 6, "text_dim": 384,
        "text_len": 64, "longest_text": 512,
    }  # fmt: skip
    # Padded to 512, the words of a shot have a tenth to a third of the attention to begin with.
    video = TowerConfig(
        model_type="ti2v", patch_size=(1, 2, 2), in_dim=12, out_dim=12, spatial_frequencies=4, kernel_size=7, **shared
    )
    # As in the others: one second turns as far in both towers.
    audio = TowerConfig(
        model_type="t2a",
        patch_size=(1,),
        in_dim=24,
        out_dim=24,
        temporal_rope_scaling_factor=0.19676,
        kernel_size=3,
        **shared,
    )
    return Preset("tiny", video, audio, video_latents=25, audio_latents=126)


def trial() -> Preset:
    """The smallest network with every part of the large one, for tests and for trying things out."""
    video, audio = _pair(dim=64, ffn_dim=160, num_heads=2, num_layers=3, text_len=16, text_dim=24, freq_dim=32)
    return Preset("trial", video, audio, video_latents=31, audio_latents=157)


PRESETS: Final = {"ovi": ovi, "ovi_10s": ovi_10s, "mid": mid, "tiny": tiny, "trial": trial}
"""Every preset by its name."""


def preset(name: str) -> Preset:
    """The preset of that name.

    Raises:
        UsageError: if there is none, with the names there are.
    """
    if name not in PRESETS:
        raise UsageError(f"A preset must be one of {', '.join(PRESETS)}, got {name!r}. Choose one of these.")
    return PRESETS[name]()
