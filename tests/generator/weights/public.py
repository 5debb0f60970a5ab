"""Public weights in small: the files of every part under their public names, with their makers' tensor names.

The codecs and the text encoder are the fixtures that their reference implementations wrote; the backbone is drawn
at random with channels that fit them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from generator.checkpoint import build_backbone
from generator.codecs.mmaudio import mmaudio_vae_config, vocoder_config
from generator.codecs.wan_video import wan22_config
from generator.presets import TowerConfig, trial

PEERS = Path(__file__).parents[1] / "codecs" / "peers"
TIMBRES = Path(__file__).parents[1] / "timbre" / "peers"


@dataclass(frozen=True)
class Public:
    """A folder of public files and the configurations of their parts."""

    folder: Path
    configs: dict[str, Any]
    states: dict[str, dict[str, Tensor]]


def part_of(peer: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The tensors below a prefix, as float32."""
    return {name[len(prefix) :]: tensor.float() for name, tensor in peer.items() if name.startswith(prefix)}


def unigram_tokenizer() -> PreTrainedTokenizerFast:
    """A sentencepiece-like tokenizer of 64 pieces, trained here, with umT5's special tokens in their places."""
    core = Tokenizer(models.Unigram())
    core.normalizer = normalizers.NFKC()
    core.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=64, special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False
    )
    core.train_from_iterator(["a fox finds a lantern in the snow and says home.", "C1 replies 1.9–2.5s"] * 20, trainer)
    core.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=core, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=512
    )


def _towers() -> tuple[TowerConfig, TowerConfig]:
    preset = trial()
    video = TowerConfig.of(preset.video.as_dict() | {"in_dim": 4, "out_dim": 4, "text_dim": 16, "text_len": 512})
    audio = TowerConfig.of(preset.audio.as_dict() | {"in_dim": 4, "out_dim": 4, "text_dim": 16, "text_len": 512})
    return video, audio


def make_states() -> dict[str, dict[str, Tensor]]:
    """Tensors by the public name of their file."""
    wan, mmaudio = load_file(PEERS / "wan_vae.safetensors"), load_file(PEERS / "mmaudio.safetensors")
    facodec, ge2e = load_file(TIMBRES / "facodec.safetensors"), load_file(TIMBRES / "ge2e.safetensors")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        backbone = build_backbone(*_towers())
    return {
        "Ovi/model.safetensors": dict(backbone.state_dict()),
        "Wan2.2-TI2V-5B/Wan2.2_VAE.pth": part_of(wan, "weights."),
        "Wan2.2-TI2V-5B/models_t5_umt5-xxl-enc-bf16.pth": part_of(load_file(PEERS / "umt5.safetensors"), "weights."),
        "MMAudio/ext_weights/v1-16.pth": part_of(mmaudio, "vae."),
        "MMAudio/ext_weights/best_netG.pt": part_of(mmaudio, "vocoder."),
        "facodec/ns3_facodec_encoder.bin": part_of(facodec, "encoder."),
        "facodec/ns3_facodec_decoder.bin": part_of(facodec, "decoder."),
        "ge2e/pretrained.pt": part_of(ge2e, "weights."),
    }


def make_configs() -> dict[str, Any]:
    """Configurations of the small parts."""
    wan = load_file(PEERS / "wan_vae.safetensors")
    video, audio = _towers()
    return {
        "backbone": {"video": video.as_dict(), "audio": audio.as_dict()},
        "video_codec": wan22_config()
        | {
            "base_dim": 2,
            "decoder_base_dim": 4,
            "z_dim": 4,
            "latents_mean": wan["mean"].tolist(),
            "latents_std": wan["std"].tolist(),
        },
        "audio_codec": {
            "vae": mmaudio_vae_config() | {"hidden_channels": 8, "latent_channels": 4},
            "vocoder": vocoder_config() | {"upsample_initial_channel": 64},
        },
        "text_encoder": {
            "vocab_size": 64,
            "d_model": 16,
            "d_kv": 8,
            "d_ff": 24,
            "num_layers": 2,
            "num_heads": 2,
            "relative_attention_num_buckets": 8,
            "feed_forward_proj": "gated-gelu",
            "dropout_rate": 0.0,
        },
    }


def write_public(folder: Path, states: dict[str, dict[str, Tensor]]) -> None:
    """Writes the files as their makers publish them."""
    for name, state in states.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".safetensors":
            save_file({key: tensor.contiguous() for key, tensor in state.items()}, path)
        elif path.name == "best_netG.pt":
            torch.save({"generator": state}, path)
        elif path.name == "pretrained.pt":
            torch.save({"step": 1, "model_state": state, "optimizer_state": {"state": {}}}, path)
        else:
            torch.save(state, path)
    unigram_tokenizer().save_pretrained(folder / "Wan2.2-TI2V-5B" / "google" / "umt5-xxl")
