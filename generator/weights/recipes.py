"""Which tensors make a part, and what they are called in it: one recipe a kind of part.

    files by role ──arrange──▶ {module: {our name: tensor}}      must equal      expected ◀── config

A recipe only names, scales and leaves out; it works on shapes alone as well (tensors on the meta device),
which is how files are checked before anything is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import torch
from torch import Tensor, nn

from generator.conditioning import Wording
from generator.layout import Sampling, Training
from generator.presets import ovi
from mavin.errors import UsageError

__all__ = ["KNOWN", "RECIPES", "Backbone", "Known", "Recipe", "Shapes", "misfits", "public_config"]

Shapes = dict[str, dict[str, tuple[int, ...]]]
"""Module, then tensor, to its shape."""
State = Mapping[str, Tensor]
Arranged = dict[str, dict[str, Tensor]]
"""Module, then tensor."""
Arrange = Callable[[State, Mapping[str, Any]], Arranged]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a kind of part is made.

    Attributes:
        part: where it belongs in a pipeline.
        roles: its files by what each is for, and how the tensors of one become those of the modules.
        config: configuration of the public weights, as the part's ``config.json`` has it.
        build: the modules of a configuration, by name; called on the meta device.
    """

    part: str
    roles: Mapping[str, Arrange]
    config: Callable[[], dict[str, Any]]
    build: Callable[[Mapping[str, Any]], dict[str, nn.Module]]

    def arrange(self, states: Mapping[str, State], config: Mapping[str, Any]) -> Arranged:
        """The tensors of all files, by role, as those of the modules.

        Raises:
            UsageError: if a file is another one.
        """
        arranged: Arranged = {}
        for role, state in states.items():
            for module, tensors in self.roles[role](state, config).items():
                arranged.setdefault(module, {}).update(tensors)
        return arranged

    def expected(self, config: Mapping[str, Any]) -> Shapes:
        """Names and shapes that the modules of a configuration have.

        Raises:
            UsageError: if the configuration is unusable.
        """
        return _expected(self.part, self.build, json.dumps(config, sort_keys=True, default=str))


@cache
def _expected(part: str, build: Callable[[Mapping[str, Any]], dict[str, nn.Module]], config: str) -> Shapes:
    try:
        with torch.device("meta"):
            modules = build(json.loads(config))
    except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise UsageError(
            f"The configuration of the {part} must describe one ({type(error).__name__}: {error})."
        ) from None
    return {name: _shapes(module) for name, module in modules.items()}


def _shapes(module: nn.Module) -> dict[str, tuple[int, ...]]:
    first: dict[int, str] = {}
    tied = {
        name
        for name, parameter in module.named_parameters(remove_duplicate=False)
        if first.setdefault(id(parameter), name) != name
    }
    return {name: tuple(tensor.shape) for name, tensor in module.state_dict().items() if name not in tied}


def misfits(found: Mapping[str, tuple[int, ...]], expected: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    """How names and shapes differ: what is missing, unknown and misshapen, each in one phrase."""
    problems = []
    if missing := sorted(expected.keys() - found.keys()):
        problems.append(f"{len(missing)} missing ({_some(missing)})")
    if extra := sorted(found.keys() - expected.keys()):
        problems.append(f"{len(extra)} unknown ({_some(extra)})")
    if wrong := sorted(name for name in found.keys() & expected.keys() if tuple(found[name]) != expected[name]):
        name = wrong[0]
        problems.append(
            f"{len(wrong)} of another shape ({name} must be {list(expected[name])}, got {list(found[name])})"
        )
    return tuple(problems)


def _some(names: list[str], count: int = 3) -> str:
    return ", ".join(names[:count]) + (", …" if len(names) > count else "")


# ── one kind after the other ─────────────────────────────────────────────────────────────────────


def _backbone_config() -> dict[str, Any]:
    preset = ovi()
    return {"video": preset.video.as_dict(), "audio": preset.audio.as_dict()}


def _build_backbone(config: Mapping[str, Any]) -> dict[str, nn.Module]:
    from generator.checkpoint import build_backbone

    return {"model": build_backbone(config.get("video"), config.get("audio"))}


def _as_they_are(state: State, _config: Mapping[str, Any]) -> Arranged:
    return {"model": dict(state)}


def _wan_config() -> dict[str, Any]:
    from generator.codecs.wan_video import wan22_config

    return wan22_config()


def _build_wan(config: Mapping[str, Any]) -> dict[str, nn.Module]:
    from diffusers import AutoencoderKLWan

    return {"model": AutoencoderKLWan(**config)}


def _arrange_wan(state: State, _config: Mapping[str, Any]) -> Arranged:
    from generator.codecs.wan_video import rename_wan_vae

    return {"model": rename_wan_vae(state)}


def _mmaudio_config() -> dict[str, Any]:
    from generator.codecs.mmaudio import mmaudio_vae_config, vocoder_config

    return {"vae": mmaudio_vae_config(), "vocoder": vocoder_config()}


def _build_mmaudio(config: Mapping[str, Any]) -> dict[str, nn.Module]:
    from diffusers import MMAudioVAE

    from generator.codecs.mmaudio import BigVGANVocoder

    return {"vae": MMAudioVAE(**config["vae"]), "vocoder": BigVGANVocoder(**config["vocoder"])}


def _arrange_mmaudio_vae(state: State, config: Mapping[str, Any]) -> Arranged:
    from diffusers.models.autoencoders.autoencoder_mmaudio import MMAudioMelSpectrogram

    from generator.codecs.mmaudio import bake_mmaudio_vae

    vae = config["vae"]
    # The spectrogram's tables are computed, not learned; the public file has none.
    tables = MMAudioMelSpectrogram(vae["sample_rate"], vae["n_fft"], vae["mel_bins"], vae["hop_length"]).state_dict()
    return {"vae": bake_mmaudio_vae(state) | {f"mel_converter.{name}": table for name, table in tables.items()}}


def _arrange_vocoder(state: State, _config: Mapping[str, Any]) -> Arranged:
    from generator.codecs.mmaudio import bake_weight_norm

    return {"vocoder": bake_weight_norm(state)}


def _umt5_config() -> dict[str, Any]:
    from generator.codecs.umt5 import umt5_xxl_config

    config: dict[str, Any] = umt5_xxl_config().to_dict()
    return config


def _build_umt5(config: Mapping[str, Any]) -> dict[str, nn.Module]:
    from transformers import UMT5Config, UMT5EncoderModel

    return {"model": UMT5EncoderModel(UMT5Config.from_dict(dict(config)))}


def _arrange_umt5(state: State, _config: Mapping[str, Any]) -> Arranged:
    from generator.codecs.umt5 import rename_umt5

    renamed = rename_umt5(state)
    renamed.pop("encoder.embed_tokens.weight", None)  # the same tensor as shared.weight
    return {"model": renamed}


def _facodec_config() -> dict[str, Any]:
    from generator.timbre.facodec import facodec_config

    return facodec_config()


def _build_facodec(config: Mapping[str, Any]) -> dict[str, nn.Module]:
    from generator.timbre.facodec import FACodecTimbre

    return FACodecTimbre.from_config(config).modules_by_name()


def _arrange_facodec_encoder(state: State, _config: Mapping[str, Any]) -> Arranged:
    from generator.timbre.facodec import rename_facodec_encoder

    return {"model": rename_facodec_encoder(state)}


def _arrange_facodec_decoder(state: State, _config: Mapping[str, Any]) -> Arranged:
    from generator.timbre.facodec import rename_facodec_decoder

    return {"model": rename_facodec_decoder(state)}


def _ge2e_config() -> dict[str, Any]:
    from generator.timbre.ge2e import ge2e_config

    return ge2e_config()


def _build_ge2e(config: Mapping[str, Any]) -> dict[str, nn.Module]:
    from generator.timbre.ge2e import GE2ETimbre

    return GE2ETimbre.from_config(config).modules_by_name()


def _arrange_ge2e(state: State, _config: Mapping[str, Any]) -> Arranged:
    from generator.timbre.ge2e import rename_ge2e

    return {"model": rename_ge2e(state)}


RECIPES: Final[Mapping[str, Recipe]] = {
    "dual_tower": Recipe("backbone", {"model": _as_they_are}, _backbone_config, _build_backbone),
    "wan2.2": Recipe("video_codec", {"model": _arrange_wan}, _wan_config, _build_wan),
    "mmaudio_16k": Recipe(
        "audio_codec", {"vae": _arrange_mmaudio_vae, "vocoder": _arrange_vocoder}, _mmaudio_config, _build_mmaudio
    ),
    "umt5": Recipe("text_encoder", {"model": _arrange_umt5}, _umt5_config, _build_umt5),
    "facodec": Recipe(
        "timbre",
        {"encoder": _arrange_facodec_encoder, "decoder": _arrange_facodec_decoder},
        _facodec_config,
        _build_facodec,
    ),
    "ge2e": Recipe("timbre", {"model": _arrange_ge2e}, _ge2e_config, _build_ge2e),
}
"""The recipe of every kind of part."""


def public_config(kind: str) -> dict[str, Any]:
    """Configuration of the public weights of a kind."""
    return RECIPES[kind].config()


# ── what the public files are ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Backbone:
    """How a public backbone was trained, and how its makers sample it."""

    training: Training
    sampling: Sampling


@dataclass(frozen=True, slots=True)
class Known:
    """Public files of one entry of the store.

    Attributes:
        kind: of the part that they make.
        files: role to the path inside the repository; a folder for a tokenizer.
        backbone: for backbones only.
    """

    kind: str
    files: Mapping[str, str]
    backbone: Backbone | None = None


def _ovi(file: str, side: int, wording: Wording, latents: tuple[int, int]) -> Known:
    video, audio = latents
    training = Training(video_latents=video, audio_latents=audio, pixels=side * side, wording=wording)
    return Known("dual_tower", {"model": file}, Backbone(training, Sampling(skip_layer=11)))


KNOWN: Final[Mapping[str, Known]] = {
    "ovi-1.0-5s-backbone": _ovi("model.safetensors", 720, Wording.OVI_720, (31, 157)),
    "ovi-1.1-5s-backbone": _ovi("model_960x960.safetensors", 960, Wording.OVI_960, (31, 157)),
    "ovi-1.1-10s-backbone": _ovi("model_960x960_10s.safetensors", 960, Wording.OVI_960, (61, 314)),
    "dreamid-omni-backbone": Known(
        "dual_tower",
        {"model": "dreamid_omni.safetensors"},
        Backbone(
            Training(
                video_latents=31,
                audio_latents=157,
                pixels=704 * 1280,
                references=True,
                wording=Wording.OVI_960,
                voice_ms=1000,
            ),
            Sampling(video_guidance=3.0, audio_guidance=4.0, reference_guidance=1.5),
        ),
    ),
    "wan2.2-vae": Known("wan2.2", {"model": "Wan2.2_VAE.pth"}),
    "umt5-xxl": Known("umt5", {"model": "models_t5_umt5-xxl-enc-bf16.pth", "tokenizer": "google/umt5-xxl"}),
    "mmaudio-16k": Known("mmaudio_16k", {"vae": "ext_weights/v1-16.pth", "vocoder": "ext_weights/best_netG.pt"}),
    "facodec": Known("facodec", {"encoder": "ns3_facodec_encoder.bin", "decoder": "ns3_facodec_decoder.bin"}),
    "ge2e": Known("ge2e", {"model": "pretrained.pt"}),
}
"""What the entries of the model store become, by their names there."""
