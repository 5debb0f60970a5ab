"""Each of the paper's networks on small random weights in its own file layout: shapes, names, preprocessing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from evaluators.features.arcface import POINTS, ArcFaceFeatures, IResNet, aligned
from evaluators.features.clap import Clap, TextAudioFeatures, rename_clap, windows_of
from evaluators.features.efficientnet import EfficientNetFrames, EfficientNetLite0
from evaluators.features.frames import BackgroundFeatures, SubjectFeatures
from evaluators.features.i3d import I3D, FvdFeatures, _same
from evaluators.features.imagebind import AudioVideoFeatures, ImageBind, mel_windows, three_crops
from evaluators.features.syncnet import LipFeatures, SyncNet, mfcc
from evaluators.features.vggish import FadFeatures, VGGish, log_mel
from evaluators.features.viclip import ViCLIP, VideoTextFeatures
from evaluators.features.voices import WavLMVoices
from mavin.errors import UsageError

Save = Callable[[nn.Module, str], Path]
RATE = 16_000


def tone(seconds: float, hertz: float = 440) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def parameters(network: nn.Module) -> int:
    return sum(value.numel() for value in network.parameters())


@pytest.mark.parametrize("suffix", ["safetensors", "pth"])
def test_i3d(saved: Save, clip: np.ndarray, suffix: str) -> None:
    found = FvdFeatures(saved(I3D(width=0.1), f"i3d.{suffix}"), width=0.1)
    rows = found.embed([clip, clip[::-1].copy()])
    assert rows.shape == (2, 400)
    assert rows.dtype == np.float32
    assert np.abs(rows[0] - rows[1]).max() > 1e-6  # another order in time, another row
    assert found.embed([]).shape == (0, 400)
    assert "16 frames" in found.info.provenance


def test_i3d_has_the_published_sizes_and_names() -> None:
    with torch.device("meta"):
        network = I3D()
    names = dict(network.state_dict())
    assert names["Conv3d_1a_7x7.conv3d.weight"].shape == (64, 3, 7, 7, 7)
    assert names["Mixed_4f.b2b.bn.running_mean"].shape == (128,)
    assert names["logits.conv3d.weight"].shape == (400, 1024, 1, 1, 1)
    # Inception-v1's 3D convolutions, their norms, and the logits: 12.7 million
    assert parameters(network) == 12_697_264


def test_same_padding_by_hand() -> None:
    # 16 positions, kernel 7, stride 2: 16 divides, so 7 − 2 = 5 are added, two before and three behind; a kernel as wide
    # as its stride adds none.
    x = torch.ones(1, 1, 16, 4, 4)
    assert _same(x, (7, 2, 1), (2, 2, 1)).shape == (1, 1, 21, 4, 4)
    assert _same(x, (7, 1, 1), (2, 1, 1))[0, 0, :, 0, 0].tolist() == [0.0] * 2 + [1.0] * 16 + [0.0] * 3


def test_vggish(saved: Save) -> None:
    widths = (4, 4, 4, 4, 8)
    found = FadFeatures(saved(VGGish(widths), "vggish.pth"), widths=widths)
    # 3 s have 298 whole frames of 25 ms every 10 ms: three windows of 96; 0.9 s have none.
    rows = found.embed([tone(3), tone(0.9)])
    assert rows.shape == (3, 128)
    assert found.embed([np.zeros(10, np.float32)]).shape == (0, 128)
    with torch.device("meta"):
        assert parameters(VGGish()) == 72_141_184  # of the release


def test_log_mel_of_a_tone_and_of_silence() -> None:
    mel = log_mel(tone(0.5, 1000))
    assert mel.shape == (48, 64)
    # 125…7500 Hz are 185…2774 on the mel scale: 65 steps of 39.8.  1000 Hz are 1000 mel, 20.5 steps on: the twentieth
    # or twenty-first triangle, and they begin with number 0.
    assert int(mel[10].argmax()) in (19, 20)
    assert log_mel(np.zeros(8000, np.float32)) == pytest.approx(np.full((48, 64), np.log(0.01)))


CLIP_TEXT = ["<|startoftext|>", "<|endoftext|>", *"abcdefgh", *(f"{letter}</w>" for letter in "abcdefgh")]


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    words = [*CLIP_TEXT[2:], *CLIP_TEXT[:2]]  # the end mark has the highest number, as in CLIP
    (tmp_path / "vocab.json").write_text(json.dumps({word: at for at, word in enumerate(words)}))
    (tmp_path / "merges.txt").write_text("#version: 0.2\n")
    return tmp_path


def tiny_viclip() -> ViCLIP:
    return ViCLIP((16, 2, 2), (16, 2, 2), side=28, words=len(CLIP_TEXT), dim=12)


def test_viclip(saved: Save, tokenizer: Path, clip: np.ndarray) -> None:
    found = VideoTextFeatures(saved(tiny_viclip(), "viclip.pth"), tokenizer, network=tiny_viclip(), side=28)
    rows = found.embed([clip, 255 - clip])
    assert rows.shape == (2, 12)
    assert np.abs(rows[0] - rows[1]).max() > 1e-6
    assert found.embed([clip[:3]]).shape == (1, 12)  # fewer frames than eight
    tokens = found.tokens("abc")
    assert len(tokens) == 32
    end = len(CLIP_TEXT) - 1
    assert max(tokens) == end
    long = found.tokens("a b c d e f g h " * 9)
    assert (len(long), long[-1]) == (32, end)
    texts = found.embed_text(["a b", "a b", "h g"])
    assert texts[0] == pytest.approx(texts[1])
    assert np.abs(texts[0] - texts[2]).max() > 1e-6
    with torch.device("meta"):
        sizes = ViCLIP()
    assert sizes.state_dict()["vision_encoder.conv1.weight"].shape == (1024, 3, 1, 14, 14)
    assert sizes.state_dict()["vision_encoder.transformer.resblocks.23.mlp.c_fc.weight"].shape == (4096, 1024)
    assert sizes.state_dict()["text_encoder.positional_embedding"].shape == (32, 768)


def test_what_stands_behind_the_end_of_a_text_changes_nothing(saved: Save, tokenizer: Path) -> None:
    network = tiny_viclip()
    found = VideoTextFeatures(saved(tiny_viclip(), "viclip.pth"), tokenizer, network=network, side=28)
    ids = torch.tensor([found.tokens("a b c")])
    other = ids.clone()
    other[0, -1] = 3  # the causal mask keeps it from being read
    with torch.inference_mode():
        assert torch.allclose(network.text_encoder(ids), network.text_encoder(other))


def test_syncnet(saved: Save) -> None:
    found = LipFeatures(saved(SyncNet(), "syncnet_v2.model"))
    faces = np.random.default_rng(0).integers(0, 255, (9, 224, 224, 3)).astype(np.uint8)
    lips, voices = found.embed(faces, tone(9 / 25))
    # nine frames and windows of five: 9 − 5, as the published code counts
    assert lips.shape == voices.shape == (4, 1024)
    assert found.embed(faces[:5], tone(0.2))[0].shape == (0, 1024)
    with pytest.raises(ValueError, match="224"):
        found.embed(faces[:, :100], tone(1))


def test_mfcc_is_that_of_the_training() -> None:
    # the fourth column of python_speech_features 0.6, mfcc(440 Hz at half scale, 16 bits)
    wanted = [20.4996, 26.0422, 9.4339, -7.5605, -21.8913, -29.1804, -25.9, -15.1734, -0.2164, 12.486, 19.9869, 19.1095, 12.2636]  # fmt: skip
    found = mfcc(tone(0.1))
    assert found.shape == (13, 9)
    assert found[:, 3] == pytest.approx(wanted, abs=1e-3)


def test_arcface(saved: Save) -> None:
    sizes = (1, 1, 1, 1), (4, 4, 4, 4, 4)
    found = ArcFaceFeatures(saved(IResNet(*sizes), "backbone.pth"), network=IResNet(*sizes))
    faces = np.random.default_rng(0).integers(0, 255, (2, 112, 112, 3)).astype(np.uint8)
    assert found.embed(faces).shape == (2, 512)
    assert found.embed(faces[:0]).shape == (0, 512)
    with torch.device("meta"):
        names = IResNet().state_dict()
    assert names["layer3.13.conv2.weight"].shape == (256, 256, 3, 3)  # the third stage of R50 has fourteen blocks
    assert names["fc.weight"].shape == (512, 512 * 7 * 7)


def test_a_face_is_turned_upright() -> None:
    # Five dots a third as large, turned by 30° and moved: after alignment each stands on its place.
    turn = np.array([[np.cos(0.5), -np.sin(0.5)], [np.sin(0.5), np.cos(0.5)]])
    points = (2 * (POINTS - 56) @ turn.T) + [200, 160]
    picture = np.zeros((320, 400, 3), np.uint8)
    for x, y in points.round().astype(int):
        picture[y - 3 : y + 4, x - 3 : x + 4] = 255
    found = aligned(picture, points)
    assert found.shape == (112, 112, 3)
    for x, y in POINTS.round().astype(int):
        assert found[y, x].min() > 200
    assert found[10, 10].max() == 0


def test_efficientnet(saved: Save, clip: np.ndarray) -> None:
    path = saved(EfficientNetLite0(), "efficientnet.pth")
    rows = EfficientNetFrames(path).embed(clip[:3])
    assert rows.shape == (3, 1280)
    with torch.device("meta"):
        assert parameters(EfficientNetLite0()) == 4_652_008  # of the release


def tiny(kind: str, folder: Path) -> Path:
    import transformers

    torch.manual_seed(0)
    small: dict[str, Any] = {
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 32,
    }
    if kind == "dino":
        model: Any = transformers.ViTModel(transformers.ViTConfig(image_size=32, patch_size=8, **small))
    elif kind == "clip":
        config = transformers.CLIPVisionConfig(image_size=32, patch_size=8, projection_dim=12, **small)
        model = transformers.CLIPVisionModelWithProjection(config)
    else:
        model = transformers.WavLMForXVector(
            transformers.WavLMConfig(
                conv_dim=(8,) * 7, tdnn_dim=(8, 8, 8, 8, 12), xvector_output_dim=10, num_conv_pos_embeddings=16,
                num_conv_pos_embedding_groups=2, **small,
            )
        )  # fmt: skip
    model.save_pretrained(folder)
    return folder


def test_the_folder_of_a_whole_clip_will_do(
    tmp_path: Path, clip: np.ndarray, capfd: pytest.CaptureFixture[str]
) -> None:
    import transformers

    small = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    config = transformers.CLIPConfig(
        text_config={**small, "vocab_size": 60, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0},
        vision_config={**small, "image_size": 32, "patch_size": 8, "projection_dim": 12},
        projection_dim=12,
    )
    state = transformers.CLIPModel(config).state_dict()
    config.save_pretrained(tmp_path)
    torch.save(state, tmp_path / "pytorch_model.bin")
    capfd.readouterr()
    assert BackgroundFeatures(tmp_path).embed(clip[:2]).shape == (2, 12)
    assert capfd.readouterr().err == ""  # the half that is not asked is no news


def test_dino_and_clip_of_transformers(tmp_path: Path, clip: np.ndarray) -> None:
    subjects = SubjectFeatures(tiny("dino", tmp_path / "dino"))
    assert subjects.embed(clip[:10]).shape == (10, 16)
    backgrounds = BackgroundFeatures(tiny("clip", tmp_path / "clip"))
    rows = backgrounds.embed(clip[:10])
    assert rows.shape == (10, 12)
    assert rows[:3] == pytest.approx(backgrounds.embed(clip[:3]), abs=1e-5)  # no frame sees another
    assert "no crop" in subjects.info.preprocessing
    with pytest.raises(UsageError, match=r"config\.json"):
        SubjectFeatures(tmp_path)
    with pytest.raises(UsageError, match="WavLMForXVector"):
        WavLMVoices(tmp_path / "dino")


def test_wavlm(tmp_path: Path) -> None:
    voices = WavLMVoices(tiny("wavlm", tmp_path))
    rows = voices.embed([tone(1), tone(0.7, 220)])
    assert rows.shape == (2, 10)
    with pytest.raises(ValueError, match=r"0\.30 s"):
        voices.embed([tone(0.3)])


# ------------------------------------------------------------------------------------------ CLAP

_HTSAT = {"depths": (1, 1, 1, 1), "num_attention_heads": (1, 1, 1, 1), "patch_embeds_hidden_size": 4, "hidden_size": 32}
_GPT2 = {"n_layer": 1, "n_head": 1, "n_embd": 8, "vocab_size": 40, "n_positions": 80}


def published(network: Clap) -> dict[str, torch.Tensor]:
    """A network's weights under the names of the release, with what the release has besides."""
    state = {name: value.clone() for name, value in network.state_dict().items()}
    found = {"logit_scale": torch.ones(()), "audio_encoder.base.htsat.logmel_extractor.melW": state.pop("mel")}
    htsat = "audio_encoder.base.htsat."
    back = (
        (".attention.output.dense.", ".attn.proj."),
        (".output.dense.", ".mlp.fc2."),
        (".intermediate.dense.", ".mlp.fc1."),
        (".layernorm_before.", ".norm1."),
        (".layernorm_after.", ".norm2."),
        ("batch_norm.", "bn0."),
    )
    for name, value in state.items():
        if name.startswith("text."):
            found[f"caption_encoder.base.{name.removeprefix('text.')}"] = value
        elif "_projection." in name:
            side, own = name.split("_projection.")
            found[f"{'caption' if side == 'text' else side}_encoder.projection.{own}"] = value
        elif ".self.query." in name:
            parts = [state[name.replace("query", part)] for part in ("query", "key", "value")]
            place = name.removeprefix("audio.audio_encoder.").replace(".attention.self.query.", ".attn.qkv.")
            found[htsat + place] = torch.cat(parts)
        elif ".self.key." not in name and ".self.value." not in name:
            own = name.removeprefix("audio.audio_encoder.")
            for old, new in back:
                own = own.replace(old, new)
            found[htsat + own.replace(".attention.self.", ".attn.")] = value
    return found | {f"{htsat}head.weight": torch.ones(2), f"{htsat}tscam_conv.bias": torch.ones(2)}


def test_clap(saved: Save, tmp_path: Path) -> None:
    words = {"!": 0, **{chr(97 + at): at + 1 for at in range(26)}, "Ġ": 27, "<|endoftext|>": 28}
    (tmp_path / "vocab.json").write_text(json.dumps(words))
    (tmp_path / "merges.txt").write_text("#version: 0.2\n")
    made = Clap(_HTSAT, _GPT2, dim=6)
    saved(made, "own.pth")  # gives it random weights
    torch.save({"model": published(made)}, tmp_path / "clap.pth")
    found = TextAudioFeatures(tmp_path / "clap.pth", tmp_path, network=Clap(_HTSAT, _GPT2, dim=6))
    rng = np.random.default_rng(0)
    loud, long = (rng.normal(0, 0.1, round(44_100 * seconds)).astype(np.float32) for seconds in (7, 9))
    rows = found.embed([loud, long])
    assert rows.shape == (2, 6)
    with torch.inference_mode():
        assert rows[0] == pytest.approx(made.hear(torch.from_numpy(loud)[None])[0].numpy(), abs=1e-4)
    texts = found.embed_text(["ab", "ab", "zy"])
    assert texts[0] == pytest.approx(texts[1])
    assert np.abs(texts[0] - texts[2]).max() > 1e-6
    assert found.embed_text(["a " * 200]).shape == (1, 6)
    with pytest.raises(UsageError, match=r"CLAP_weights_2023\.pth"):
        rename_clap({"a": torch.ones(1)})


def test_windows_cover_a_sound() -> None:
    assert [list(part) for part in windows_of(np.arange(3, dtype=np.float32), 7)] == [[0, 1, 2, 0, 1, 2, 0]]
    parts = windows_of(np.arange(17, dtype=np.float32), 7)
    assert [int(part[0]) for part in parts] == [0, 5, 10]  # three windows from 0 to 17 − 7
    assert {len(part) for part in parts} == {7}
    assert windows_of(np.zeros(0, np.float32)) == []


# ------------------------------------------------------------------------------------------ ImageBind


def test_imagebind(tmp_path: Path, saved: Save, clip: np.ndarray) -> None:
    sizes = (16, 2, 2), (12, 2, 2), 6
    path = saved(ImageBind(*sizes), "imagebind.pth")
    state = torch.load(path, weights_only=True)
    # what the release holds besides
    torch.save(state | {"modality_trunks.text.blocks.0.norm_1.weight": torch.ones(3)}, path)
    found = AudioVideoFeatures(path, network=ImageBind(*sizes))
    rows = found.embed([clip[:10], clip[10:]])
    assert rows.shape == (2, 6)
    assert np.abs(rows[0] - rows[1]).max() > 1e-6
    sounds = found.embed_sound([tone(3), tone(1)])
    assert sounds.shape == (2, 6)
    assert np.linalg.norm(sounds, axis=1).max() <= 1 + 1e-5  # a mean of rows of unit length
    with pytest.raises(ValueError, match="10 frames"):
        found.embed([clip])
    with torch.device("meta"):
        names = ImageBind().state_dict()
    assert names["modality_preprocessors.vision.rgbt_stem.proj.1.weight"].shape == (1280, 3, 2, 14, 14)
    assert names["modality_preprocessors.vision.pos_embedding_helper.pos_embed"].shape == (1, 257, 1280)
    assert names["modality_preprocessors.audio.rgbt_stem.proj.weight"].shape == (768, 1, 16, 16)
    assert names["modality_preprocessors.audio.pos_embedding_helper.pos_embed"].shape == (1, 229, 768)
    assert names["modality_trunks.audio.blocks.11.attn.bias_k"].shape == (1, 1, 768)
    assert names["modality_trunks.vision.pre_transformer_layer.0.weight"].shape == (1280,)
    assert names["modality_heads.vision.2.weight"].shape == (1024, 1280)


def test_what_imagebind_is_shown() -> None:
    # 6 s at 24 a second: spells of 48 frames begin at 0, 24, 48, 72, 96
    assert AudioVideoFeatures.frames_of(144, 24) == [0, 47, 24, 71, 48, 95, 72, 119, 96, 143]
    assert AudioVideoFeatures.frames_of(24, 24) == [0, 23] * 5
    wide = torch.arange(9.0).expand(1, 3, 4, 9)
    assert [int(part[0, 0, 0, 0]) for part in three_crops(wide, 4)] == [0, 3, 5]
    assert three_crops(wide.transpose(2, 3), 4)[2].shape == (1, 3, 4, 4)
    windows = mel_windows(tone(5, 1000))
    assert [window.shape for window in windows] == [(128, 204)] * 3
    # 2 s are 198 frames; behind them stands silence of zeros before the normalisation: 4.268 / 9.138
    assert windows[0][:, 198:] == pytest.approx(4.268 / 9.138)
    # 1000 Hz are 999.99 on the mel scale from 31.7 (20 Hz) to 2840 (8 kHz) in 129 steps of 21.77: triangle 43 or 44
    assert int(windows[0][:, 50].argmax()) in (43, 44)
