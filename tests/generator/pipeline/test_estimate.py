"""The dry run tells the truth: operations as torch counts them, memory as tensors take it, refusals before loading."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import AutoencoderKLWan, MMAudioVAE
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from torch.utils.flop_counter import FlopCounterMode
from transformers import UMT5EncoderModel

from generator.checkpoint import build_backbone, parameter_count
from generator.codecs.causal_video import CausalVideoCodec, CausalVideoVAE
from generator.codecs.mmaudio import BigVGANVocoder, MMAudioCodec, mmaudio_vae_config, vocoder_config
from generator.codecs.umt5 import umt5_xxl_config
from generator.codecs.wan_video import Tiling, WanVideoCodec, wan22_config
from generator.costs import DECODERS, audio_decode_bytes, audio_decode_flops, network_bytes, network_flops
from generator.estimate import DoesNotFitError, check_fit, estimate
from generator.film_renderer import MavinRenderer
from generator.known_weights import find_weights, weights_of, weights_of_preset
from generator.pipeline import MavinPipeline
from generator.presets import mid, ovi, trial
from generator.renderers import RenderOptions
from generator.settings import EngineSettings, GenerationSettings
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError
from tests.generator.conftest import make_caption
from tests.generator.network.captions import draw_inputs, plan_of, references_of, small_grid, three_shots, with_anchors

SHAPE: dict[str, Any] = {"in_dim": 6, "out_dim": 6}


class Peak(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Bytes of all tensors that live at once, weights left out."""

    def __init__(self, modules: Iterable[nn.Module]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.live = self.most = 0
        tensors = (each for module in modules for each in (*module.parameters(), *module.buffers()))
        self._known = {each.untyped_storage()._cdata for each in tensors}

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        out = func(*args, **(kwargs or {}))
        for leaf in tree_leaves(out):
            if isinstance(leaf, torch.Tensor) and (key := leaf.untyped_storage()._cdata) not in self._known:
                size = leaf.untyped_storage().nbytes()
                self._known.add(key)
                self.live += size
                self.most = max(self.most, self.live)
                weakref.finalize(leaf.untyped_storage(), self._gone, key, size)
        return out

    def _gone(self, key: int, size: int) -> None:
        self.live -= size
        self._known.discard(key)


@pytest.fixture(scope="module")
def caption() -> HierarchicalCaption:
    return three_shots()


@pytest.mark.parametrize("routed", ["routed", "unrouted", "anchors"])
def test_operations_of_the_network_are_those_that_torch_counts(routed: str, caption: HierarchicalCaption) -> None:
    video, audio = (replace(tower, text_dim=24, text_len=16) for tower in (trial().video, trial().audio))
    video, audio = replace(video, **SHAPE), replace(audio, in_dim=5, out_dim=5)
    backbone = build_backbone(video, audio).double().eval()
    grid = small_grid(caption, 2, 3)
    references = references_of(caption) if routed == "anchors" else ()
    plan, _ = plan_of(caption, grid, references=references)
    if routed == "anchors":
        plan = with_anchors(backbone, plan, 2)
    if routed == "unrouted":
        plan = plan.unrouted()
    inputs = draw_inputs(grid, plan)
    if routed == "unrouted":
        inputs |= {"video_text": [torch.randn(7, 24)], "audio_text": [torch.randn(3, 24)]}
    counts = inputs["video_text"][0].shape[0], inputs["audio_text"][0].shape[0]
    for skipped in (False, True):
        # Written out, attention is two products of matrices, which are counted; a CPU's fused one is not.
        with FlopCounterMode(display=False) as counter, torch.no_grad(), sdpa_kernel(SDPBackend.MATH):
            backbone(**inputs, skip_layer=int(skipped))
        # What is left over is the embedding of timesteps.
        assert network_flops(video, audio, plan, counts, skipped=skipped, copied=False) == pytest.approx(
            counter.get_total_flops(), rel=0.002
        )


@pytest.mark.parametrize("base", [8, 128, 256])
def test_operations_of_decoding_are_those_that_torch_counts(base: int) -> None:
    config = wan22_config() | {"base_dim": base, "decoder_base_dim": base}
    with torch.device("meta"):
        vae = AutoencoderKLWan(**config).eval()
    caches: list[torch.Tensor | None] = [None] * vae._cached_conv_counts["decoder"]
    for first in (True, False, False):
        latent = torch.empty(1, 48, 1, 8, 8, device="meta")
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            vae.decoder(vae.post_quant_conv(latent), feat_cache=caches, feat_idx=[0], first_chunk=first)
    wanted = counter.get_total_flops() / (4 * 128 * 128)
    costs = DECODERS["wan2.2"](config)
    assert costs.flops == pytest.approx(wanted, rel=0.03)
    held = sum(cache.numel() for cache in caches if isinstance(cache, torch.Tensor)) / (128 * 128)
    assert costs.cached == pytest.approx(held, rel=0.03)


@pytest.mark.parametrize("widths", [(8, 16, 24, 1), (48, 96, 192, 2)])
def test_the_small_picture_costs_what_torch_counts(widths: tuple[int, int, int, int]) -> None:
    fine, middle, coarse, blocks = widths
    codec = CausalVideoCodec(CausalVideoVAE(24, fine, middle, coarse, blocks))
    latents = torch.randn(24, 3, 5, 8)
    with FlopCounterMode(display=False) as counter, Peak([codec.vae]) as peak:
        for _ in codec.stream(latents):
            pass
    costs = DECODERS["causal_4x16x16"](codec.part_config())
    pixels = 5 * 8 * 256
    assert costs.flops == pytest.approx(counter.get_total_flops() / (3 * 4 * pixels), rel=0.02)
    assert costs.bytes(pixels, pixels, 4) == pytest.approx(peak.most, rel=0.25)


@pytest.mark.parametrize("tile", [None, 64])
def test_memory_of_decoding_is_what_tensors_take(tile: int | None) -> None:
    config = wan22_config() | {"base_dim": 8, "decoder_base_dim": 8}
    codec = WanVideoCodec(AutoencoderKLWan(**config), None if tile is None else Tiling(size=4, overlap=1))
    latents = torch.randn(48, 3, 10, 10)
    with Peak([codec.vae]) as peak:
        for _ in codec.stream(latents):
            pass
    costs = DECODERS["wan2.2"](config)
    assert costs.bytes(160 * 160, (tile or 160) ** 2, 4) == pytest.approx(peak.most, rel=0.25)


def test_memory_of_the_network_is_what_tensors_take() -> None:
    for dtype, dim, ffn in ((torch.float32, 192, 768), (torch.bfloat16, 256, 896)):
        shape: dict[str, Any] = {"dim": dim, "ffn_dim": ffn, "num_heads": 2, "num_layers": 1, "text_len": 64}
        video, audio = (replace(tower, **shape) for tower in (mid().video, mid().audio))
        backbone = build_backbone(video, audio).to(dtype)
        text = [torch.randn(20, 512)]
        with Peak([backbone]) as peak, torch.no_grad():
            backbone([torch.randn(48, 8, 16, 16)], [torch.randn(40, 20)], torch.tensor([500.0]), text, text)
        assert network_bytes(video, 8 * 64 + 40, dtype.itemsize) == pytest.approx(peak.most, rel=0.15)


def test_the_sound_costs_what_torch_counts() -> None:
    with torch.device("meta"):
        vae, vocoder = MMAudioVAE(**mmaudio_vae_config()), BigVGANVocoder(**vocoder_config())
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        vocoder(vae.decode(torch.empty(1, 20, 50, device="meta")).sample)
    parameters = parameter_count(vae) + parameter_count(vocoder)
    assert audio_decode_flops(50, parameters) == pytest.approx(counter.get_total_flops(), rel=0.05)
    config = {"vocoder": vocoder_config() | {"upsample_initial_channel": 128}}
    codec = MMAudioCodec(
        MMAudioVAE(**mmaudio_vae_config() | {"hidden_channels": 16}), BigVGANVocoder(**config["vocoder"])
    )
    with Peak(codec.modules_by_name().values()) as peak:
        codec.decode(torch.randn(40, 20))
    assert audio_decode_bytes(config, 40, 4) == pytest.approx(peak.most, rel=0.2)


def test_published_sizes_are_those_of_the_architectures() -> None:
    found = weights_of_preset("ovi").parameters
    with torch.device("meta"):
        assert found["backbone"] == parameter_count(build_backbone(ovi().video, ovi().audio))
        assert found["video_codec"] == parameter_count(AutoencoderKLWan(**wan22_config()))
        vae, vocoder = MMAudioVAE(**mmaudio_vae_config()), BigVGANVocoder(**vocoder_config())
        assert found["audio_codec"] == parameter_count(vae) + parameter_count(vocoder)
        assert found["text_encoder"] == parameter_count(UMT5EncoderModel(umt5_xxl_config()))


def test_fifteen_seconds_of_ovi_on_a_machine_that_is_not_this_one() -> None:
    caption = make_caption([{"ms": 15_000, "action": "the sea"}])
    found = estimate(caption, weights_of_preset("ovi"), device="cuda")
    assert (found.frames, found.network_frames) == (360, 361)
    assert (found.video_tokens, found.audio_tokens) == (35_490, 470)
    assert (found.steps, found.passes, found.dtype) == (50, 2, "bfloat16")
    assert found.weight_bytes["backbone"] == 2 * 11_660_753_108
    # Two passes of 12 layers' worth less attention would be half of it: the order of magnitude is pinned.
    assert 5e16 < found.flops["backbone"] < 2e17
    if not torch.cuda.is_available():
        assert found.fits is None
        assert found.free_bytes is None
        assert found.seconds == {}
    offloaded = estimate(caption, weights_of_preset("ovi"), device="cuda", offload="cpu")
    assert offloaded.peak_bytes < 0.7 * found.peak_bytes
    assert offloaded.host_bytes == sum(found.weight_bytes.values())
    assert any("trained on clips of 5.0 s; this one lasts 15 s" in note for note in found.notes)


def test_isolated_shots_references_and_guidance_are_counted(tiny_folder: Path) -> None:
    weights, caption = weights_of(tiny_folder), three_shots()
    plain = estimate(caption, weights, timed=False)
    isolated = estimate(caption, weights, GenerationSettings(isolate_shots=True), timed=False)
    unguided = estimate(caption, weights, GenerationSettings(text_guidance=1.0), timed=False)
    small = estimate(caption, weights, GenerationSettings(size=(64, 64)), timed=False)
    assert isolated.flops["backbone"] < 0.6 * plain.flops["backbone"]
    assert (plain.passes, unguided.passes) == (2, 1)
    assert unguided.flops["backbone"] < 0.7 * plain.flops["backbone"]
    assert small.flops["video_codec"] < 0.02 * plain.flops["video_codec"]
    assert plain.weight_bytes["backbone"] == sum(p.numel() * 4 for p in _backbone(tiny_folder).parameters())


def _backbone(folder: Path) -> nn.Module:
    found: nn.Module = MavinPipeline.from_pretrained(folder, device="cpu").part("backbone")
    return found


def test_a_time_is_measured_where_the_device_is(tiny_folder: Path, caption: HierarchicalCaption) -> None:
    found = estimate(caption, weights_of(tiny_folder), device="cpu")
    assert set(found.seconds) == {"backbone", "text_encoder", "video_codec", "audio_codec"}
    assert all(seconds > 0 for seconds in found.seconds.values())
    assert found.fits is True


def test_what_cannot_fit_is_refused_before_anything_is_loaded(
    tiny_folder: Path, caption: HierarchicalCaption, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.estimate.free_bytes", lambda _device: 701_000_000)
    monkeypatch.setattr(MavinPipeline, "from_pretrained", lambda *_args, **_rest: pytest.fail("it was loaded"))
    renderer = MavinRenderer(EngineSettings(weights=str(tiny_folder), device="cpu"))
    with pytest.raises(DoesNotFitError, match=r"must fit into the memory of cpu, where 0\.7 GB are free.*Nothing was"):
        renderer.render(caption, tmp_path / "film.mp4", RenderOptions())
    assert list(tmp_path.iterdir()) == []


def test_python_is_refused_too(
    tiny_folder: Path, caption: HierarchicalCaption, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = MavinPipeline.from_pretrained(tiny_folder, device="cpu")
    monkeypatch.setattr("generator.estimate.free_bytes", lambda _device: 1_000_000)
    with pytest.raises(DoesNotFitError, match=r"weights of tiny-random must fit into the memory of cpu.*Nothing was"):
        MavinPipeline.from_pretrained(tiny_folder, device="cpu")
    with pytest.raises(DoesNotFitError, match="This clip must fit into the memory of cpu"):
        loaded(caption, size=(832, 480))
    generous = MavinPipeline.from_pretrained(tiny_folder, device="cpu", ignore_memory=True)
    assert generous(caption, size=(32, 32), steps=1, output="latents").latents.video.shape[1] == 21


def test_a_refusal_names_what_would_fit(caption: HierarchicalCaption) -> None:
    whole = estimate(caption, weights_of_preset("ovi"), device="cpu", timed=False)
    short = replace(whole, fits=False, free_bytes=40_000_000_000)
    lean = replace(
        estimate(caption, weights_of_preset("ovi"), device="cpu", dtype="bfloat16", offload="disk", timed=False),
        fits=True,
    )
    with pytest.raises(DoesNotFitError, match=r"Try --offload disk --dtype bfloat16 \(\d+\.\d GB\)"):
        check_fit(short, short, lean)
    check_fit(lean)


def test_names_of_weights(tiny_folder: Path) -> None:
    assert find_weights("ovi_10s").here is False
    assert find_weights(str(tiny_folder)).index.name == "tiny-random"
    with pytest.raises(UsageError, match="folder or the name of one, got 'huge'"):
        find_weights("huge")
    with pytest.raises(UsageError, match="a dry run fetches nothing from the hub"):
        find_weights("somebody/something")
    with pytest.raises(UsageError, match=r"knows ovi, ovi_10s, .*got 'mid'"):
        weights_of_preset("mid")
