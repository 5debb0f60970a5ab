"""Public files become a pipeline that loads strictly and computes what its makers' code computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from generator.layout import INDEX, read_index, verify
from generator.pipeline import MavinPipeline
from generator.shards import headers
from generator.weights import recipes
from generator.weights.convert import convert
from generator.weights.files import folder_files
from mavin.errors import MavinError, UsageError
from mavin.store import WEIGHTS, ModelFile, sha256_of
from tests.generator.weights.public import PEERS, TIMBRES, Public

Convert = Callable[..., Any]


def test_a_converted_pipeline_computes_what_its_makers_code_computed(convert_here: Convert, public: Public) -> None:
    made = convert_here(name="small")
    assert made.reused == made.shared == ()
    pipeline = MavinPipeline.from_pretrained(made.folder, device="cpu", check_hashes=True)
    wan, sound = load_file(PEERS / "wan_vae.safetensors"), load_file(PEERS / "mmaudio.safetensors")
    words = load_file(PEERS / "umt5.safetensors")
    decoded = pipeline.part("video_codec").decode(wan["latent"][0])
    torch.testing.assert_close(decoded, wan["decoded"][0].clamp(-1, 1), rtol=1e-4, atol=1e-4)
    wave = pipeline.part("audio_codec").decode(sound["latent"][0].T)
    torch.testing.assert_close(wave, sound["decoded_waveform"][0, 0], rtol=1e-3, atol=1e-4)
    latents = pipeline.part("audio_codec").encode(sound["waveform"][0])
    torch.testing.assert_close(latents, sound["latent"][0].T[:15], rtol=1e-3, atol=1e-4)
    with torch.no_grad():
        tokens = pipeline.part("text_encoder").model(words["ids"], words["mask"]).last_hidden_state
    torch.testing.assert_close(tokens[0], words["out"][0], rtol=1e-4, atol=1e-4)
    backbone = pipeline.part("backbone").state_dict()
    for name, tensor in public.states["Ovi/model.safetensors"].items():
        assert torch.equal(backbone[name], tensor)


def test_the_index_says_where_everything_is_from(convert_here: Convert) -> None:
    made = convert_here()
    index = read_index(made.folder)
    verify(made.folder, index)
    assert index.training.wording == "ovi_720"
    assert (index.training.video_latents, index.training.pixels) == (31, 518_400)
    assert index.sampling.skip_layer == 0, "a network of three blocks has no block 11"
    assert index.parts["audio_codec"].licence == "CC-BY-NC-4.0"
    assert index.parts["backbone"].source == "chetwinlow1/Ovi model.safetensors (by name only)"
    card = (made.folder / "README.md").read_text()
    assert "CC-BY-NC-4.0" in card
    assert "hkchengrex/MMAudio" in card
    on_disk = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert on_disk == {*index.files, INDEX}, "nothing is left behind"
    assert all(path.stat().st_mode & 0o044 for path in made.folder.rglob("*.safetensors")), "others may read them"


def test_weights_are_sharded_and_cast(convert_here: Convert) -> None:
    made = convert_here(dtype="bfloat16", shard_bytes=400_000)
    shards = sorted(path.name for path in (made.folder / "backbone").glob("model-*.safetensors"))
    assert len(shards) > 3
    assert shards[0].startswith("model-00001-of-")
    assert all((made.folder / "backbone" / name).stat().st_size < 420_000 for name in shards)
    for part, dtype in (("backbone", "BF16"), ("text_encoder", "BF16"), ("video_codec", "F32")):
        assert {info.dtype for info in headers(made.folder / part).values()} == {dtype}, part
    MavinPipeline.from_pretrained(made.folder, device="cpu").part("backbone")


def test_the_timbre_encoders_come_along(convert_here: Convert, public: Public, tmp_path: Path) -> None:
    tiny = {
        "facodec": {"channels": 2, "dim": 8, "layers": 2, "heads": 2, "ffn_dim": 12},
        "ge2e": {"hidden": 12, "dim": 10, "layers": 3},
    }
    for timbre, config in tiny.items():
        configs = {"timbre": config, "training": {"references": True}}
        made = convert_here(timbre=timbre, dest=tmp_path / timbre, configs=configs)
        assert made.index.parts["timbre"].kind == timbre
        assert ("stand-in for FACodec" in (made.folder / "README.md").read_text()) == (timbre == "ge2e")
        pipeline = MavinPipeline.from_pretrained(made.folder, device="cpu")
        peer = load_file(TIMBRES / f"{timbre}.safetensors")
        found = pipeline.part("timbre").encode(peer["voice"].float() / 32767, 16_000)
        torch.testing.assert_close(found, peer["timbre"], rtol=1e-3, atol=1e-4)
        identity = pipeline.part("identity")
        assert identity.timbre_projection.in_features == config["dim"]
        assert not any(parameter.any() for parameter in identity.parameters()), "it adds nothing until trained"


# ── interrupted, repeated ────────────────────────────────────────────────────────────────────────


def test_an_interrupted_conversion_is_no_pipeline_and_goes_on(convert_here: Convert, tmp_path: Path) -> None:
    whole = convert_here(dest=tmp_path / "whole", name="same")

    def stop(_done: int, _total: int, note: str) -> None:
        if note == "writing the text_encoder":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert_here(name="same", progress=stop)
    folder = tmp_path / "pipeline"
    assert not (folder / INDEX).exists()
    with pytest.raises(UsageError, match=r"must have a model_index\.json"):
        MavinPipeline.from_pretrained(folder)
    before = (folder / "backbone" / "model.safetensors").stat().st_mtime_ns
    made = convert_here(name="same")
    assert made.reused == ("backbone", "video_codec", "audio_codec")
    assert (folder / "backbone" / "model.safetensors").stat().st_mtime_ns == before
    assert made.index.weights_sha256 == whole.index.weights_sha256
    assert not list(folder.rglob(".convert*"))
    assert not list(folder.rglob("*.partial"))


def test_a_killed_conversion_goes_on(convert_here: Convert, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_done: int, _total: int, note: str) -> None:
        if note == "writing the audio_codec" and list((tmp_path / "pipeline" / "audio_codec").glob("*.partial")):
            raise SystemExit

    with monkeypatch.context() as killed:  # no hand is left to tidy up
        killed.setattr("generator.shards.ShardWriter.discard", lambda _self: None)
        with pytest.raises(SystemExit):
            convert_here(shard_bytes=50_000, progress=die)
    assert list((tmp_path / "pipeline").rglob("*.partial"))
    assert not (tmp_path / "pipeline" / INDEX).exists()
    made = convert_here()
    assert made.reused == ("backbone", "video_codec")
    assert not list(made.folder.rglob("*.partial"))
    verify(made.folder, read_index(made.folder))


def test_other_sources_are_not_mixed_with_what_was_written(
    convert_here: Convert, public: Public, tmp_path: Path
) -> None:
    def stop(_done: int, _total: int, note: str) -> None:
        if note == "writing the audio_codec":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert_here(progress=stop)
    backbone = public.folder / "Ovi" / "model.safetensors"
    state = {name: tensor + 1 for name, tensor in load_file(backbone).items()}
    save_file(state, backbone)
    made = convert_here()
    assert made.reused == ()
    with safe_open(made.folder / "backbone" / "model.safetensors", "pt") as file:
        name = next(iter(state))
        assert torch.equal(file.get_tensor(name), state[name])


def test_what_is_there_is_replaced_only_when_told(convert_here: Convert, tmp_path: Path) -> None:
    first = convert_here(name="first")
    with pytest.raises(UsageError, match=r"is a pipeline already.*--force"):
        convert_here(name="second")
    assert read_index(first.folder).name == "first"
    (first.folder / "stills").mkdir()
    (first.folder / "timbre").mkdir()  # a part that the new pipeline has not
    (first.folder / "timbre" / "model.safetensors").write_bytes(b"old")
    second = convert_here(name="second", force=True)
    assert read_index(second.folder).name == "second"
    assert not any(name.startswith("timbre") for name in second.index.files)
    assert (first.folder / "stills").is_dir(), "what is no part is not touched"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    with pytest.raises(UsageError, match="empty or new folder"):
        convert_here(dest=tmp_path / "mine", force=True)
    assert (tmp_path / "mine" / "notes.txt").read_text() == "keep"
    with pytest.raises(UsageError, match="got the file"):
        convert_here(dest=tmp_path / "mine" / "notes.txt")


def test_one_conversion_at_a_time(convert_here: Convert, public: Public, tmp_path: Path) -> None:
    def again(_done: int, _total: int, note: str) -> None:
        if note == "writing the backbone" and not seen:
            with pytest.raises(MavinError, match="Another conversion"):
                convert(folder_files(public.folder), tmp_path / "pipeline", configs=public.configs)
            seen.append(note)

    seen: list[str] = []
    convert_here(progress=again)
    assert seen


# ── files that do not fit ────────────────────────────────────────────────────────────────────────


def _spoil(public: Public, name: str, change: Callable[[dict[str, Any]], None]) -> None:
    state = dict(public.states[name])
    change(state)
    path = public.folder / name
    if path.suffix == ".safetensors":
        save_file({key: tensor.contiguous() for key, tensor in state.items()}, path)
    else:
        torch.save(state, path)


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            "Ovi/model.safetensors",
            lambda state: state.pop("video_model.head.head.bias"),
            r"model\.safetensors must have the 237 tensors .*1 missing \(video_model\.head\.head\.bias\)",
        ),
        (
            "Ovi/model.safetensors",
            lambda state: state.update({"lora.weight": torch.zeros(1)}),
            r"1 unknown \(lora\.weight\)",
        ),
        (
            "Ovi/model.safetensors",
            lambda state: state.update({"video_model.head.head.bias": torch.zeros(3)}),
            r"1 of another shape \(video_model\.head\.head\.bias must be \[16\], got \[3\]\)",
        ),
        (
            "Ovi/model.safetensors",
            lambda state: state.update(
                {"video_model.head.head.bias": state["video_model.head.head.bias"].to(torch.float8_e4m3fn)}
            ),
            r"16 bits or more, got F8_E4M3",
        ),
        (
            "Wan2.2-TI2V-5B/Wan2.2_VAE.pth",
            lambda state: state.update({"strange": torch.zeros(1)}),
            r"no tensor 'strange'",
        ),
        (
            "MMAudio/ext_weights/v1-16.pth",
            lambda state: state.pop(next(iter(state))),
            r"v1-16\.pth and .*best_netG\.pt must have .*1 missing",
        ),
        (
            "MMAudio/ext_weights/best_netG.pt",
            lambda state: state.pop(next(name for name in state if name.endswith("original1"))),
            r"must have '.*original1' beside",
        ),
        (
            "Wan2.2-TI2V-5B/models_t5_umt5-xxl-enc-bf16.pth",
            lambda state: state.pop("norm.weight"),
            r"1 missing \(encoder\.final_layer_norm\.weight\)",
        ),
    ],
)
def test_weights_that_do_not_fit_are_named_before_anything_is_written(
    convert_here: Convert,
    public: Public,
    tmp_path: Path,
    name: str,
    change: Callable[[dict[str, Any]], None],
    message: str,
) -> None:
    _spoil(public, name, change)
    with pytest.raises(UsageError, match=message):
        convert_here()
    assert not (tmp_path / "pipeline").exists()


def test_a_file_that_is_cut_off_or_of_another_part_is_named(convert_here: Convert, public: Public) -> None:
    vae = public.folder / "Wan2.2-TI2V-5B" / "Wan2.2_VAE.pth"
    whole = vae.read_bytes()
    vae.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match=r"Wan2\.2_VAE\.pth must be a whole PyTorch file.*cut off"):
        convert_here()
    vae.write_bytes((public.folder / "MMAudio" / "ext_weights" / "v1-16.pth").read_bytes())
    with pytest.raises(UsageError, match=r"must be those of Wan 2\.2's video VAE"):
        convert_here()


def test_missing_and_ambiguous_files_are_named(public: Public, tmp_path: Path) -> None:
    (public.folder / "MMAudio" / "ext_weights" / "best_netG.pt").unlink()
    with pytest.raises(UsageError, match=r"lacks ext_weights/best_netG\.pt \(hkchengrex/MMAudio\)"):
        folder_files(public.folder)
    (public.folder / "Ovi" / "model_960x960.safetensors").write_bytes(b"")
    with pytest.raises(UsageError, match=r"one backbone, got .*Choose with --backbone"):
        folder_files(public.folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"must hold a backbone.*model\.safetensors"):
        folder_files(tmp_path / "empty")
    with pytest.raises(UsageError, match=r"a pulled set.*mavin weights list"):
        folder_files(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="facodec or ge2e"):
        folder_files(public.folder, backbone="Ovi/model.safetensors", timbre="wavlm")


def test_a_damaged_official_file_is_found(
    convert_here: Convert, public: Public, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    vae = public.folder / "Wan2.2-TI2V-5B" / "Wan2.2_VAE.pth"
    official = ModelFile("Wan2.2_VAE.pth", vae.stat().st_size, sha256_of(vae))
    monkeypatch.setitem(WEIGHTS, "wan2.2-vae", replace(WEIGHTS["wan2.2-vae"], files=(official,)))
    assert convert_here(dest=tmp_path / "good").index.parts["video_codec"].source == (
        "Wan-AI/Wan2.2-TI2V-5B Wan2.2_VAE.pth"
    )
    data = bytearray(vae.read_bytes())
    data[len(data) // 2] ^= 1  # one bit of one weight: every name and shape still fits
    vae.write_bytes(bytes(data))
    with pytest.raises(UsageError, match=r"official file .*damaged"):
        convert_here()
    assert not (tmp_path / "pipeline" / INDEX).exists()


def test_requests_that_cannot_be_met(convert_here: Convert, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="bfloat16, float16, float32, got 'int4'"):
        convert_here(dtype="int4")
    with pytest.raises(UsageError, match="got 'decoder'"):
        convert_here(configs={"decoder": {}})
    with pytest.raises(UsageError, match="configuration of the video_codec"):
        convert_here(configs={"video_codec": {"nonsense": 1}})
    with pytest.raises(UsageError, match="training and sampling"):
        convert_here(configs={"training": {"pixels": "many"}})
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=1000))
    with pytest.raises(MavinError, match="MB of free space"):
        convert_here()


def test_the_recipes_are_of_the_public_sizes() -> None:
    counts = {
        kind: {module: len(shapes) for module, shapes in recipe.expected(recipe.config()).items()}
        for kind, recipe in recipes.RECIPES.items()
    }
    assert counts["dual_tower"] == {"model": 2073}
    assert counts["wan2.2"] == {"model": 196}
    assert counts["umt5"] == {"model": 242}
    # v1-16.pth has 57 tensors, and two tables of the spectrogram come on top.
    assert counts["mmaudio_16k"]["vae"] == 59
    names = {name for known in recipes.KNOWN.values() for name in known.files.values()}
    published = {file.name for entry in WEIGHTS.values() for file in entry.files}
    assert names - published == {"google/umt5-xxl"}
    assert recipes.KNOWN.keys() == WEIGHTS.keys()
