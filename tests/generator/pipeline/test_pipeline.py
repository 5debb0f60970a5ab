"""From a caption to a film with real parts at tiny sizes: exact lengths, seeds, references, routing, memory."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from generator.codecs.umt5 import UMT5TextEncoder
from generator.codecs.wan_video import Tiling, WanVideoCodec
from generator.conditioning import Wording, condition, plain_prompt
from generator.flow import Latents, start_noise
from generator.layout import PipelineIndex
from generator.parts import StoredPart, load_part
from generator.pipeline import MavinOutput, MavinPipeline
from generator.random_weights import random_pipeline
from generator.reference_inputs import RoleInput, picture_tensor, voice_samples
from generator.residence import choose_device, choose_dtype
from generator.sampler import SamplingCancelledError, Step, sample
from generator.settings import EngineSettings, GenerationSettings
from mavin.caption import HierarchicalCaption, Reference
from mavin.errors import UsageError
from tests.generator.conftest import decode_film, make_caption
from tests.generator.network.captions import three_shots

QUICK: dict[str, Any] = {"steps": 2, "size": (64, 32), "audio_guidance": 1.0, "video_guidance": 1.0}
Make = Callable[..., MavinOutput]


@pytest.fixture(scope="module")
def caption() -> HierarchicalCaption:
    return three_shots()


@pytest.fixture
def latents(pipeline: MavinPipeline, caption: HierarchicalCaption) -> Make:
    """Two steps, nothing decoded; options change it."""
    return lambda **options: pipeline(caption, **{**QUICK, "output": "latents", **options})


def picture(seed: int = 0, size: tuple[int, int] = (96, 64)) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)


def voice(seed: int = 0, seconds: float = 1.0, rate: int = 16_000) -> tuple[np.ndarray, int]:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * rate)).astype(np.float32)
    return np.clip(0.2 * noise, -1, 1), rate


@pytest.mark.parametrize(("duration_ms", "frames"), [(3000, 72), (3375, 81), (15000, 360)])
def test_a_film_has_exactly_its_frames_and_its_sound(pipeline: MavinPipeline, duration_ms: int, frames: int) -> None:
    caption = make_caption([{"ms": duration_ms, "action": "the sea"}])
    film = pipeline(caption, **{**QUICK, "steps": 1, "size": (32, 32)})
    assert film.frames is not None
    assert film.audio is not None
    assert film.frames.shape == (frames, 32, 32, 3)
    assert film.frames.dtype == np.uint8
    assert film.audio.shape == (round(frames / 24 * film.sample_rate),)
    assert film.sample_rate == 16_000
    assert film.shape.network_frames in range(frames, frames + 4)
    assert float(film.frames.std()) > 1
    assert float(np.abs(film.audio).max()) > 0


def test_a_film_is_saved_whole(pipeline: MavinPipeline, caption: HierarchicalCaption, tmp_path: Path) -> None:
    film = pipeline(caption, **QUICK)
    assert film.save(tmp_path / "film.mp4") == 81
    seen = decode_film(tmp_path / "film.mp4")
    assert len(seen.frames) == 81
    assert seen.rate == 16_000
    bare = pipeline(caption, **QUICK, output="latents")
    with pytest.raises(UsageError, match="Only decoded frames"):
        bare.save(tmp_path / "bare.mp4")


def test_what_is_decoded_later_is_the_same(pipeline: MavinPipeline, caption: HierarchicalCaption) -> None:
    film, bare = pipeline(caption, **QUICK), pipeline(caption, **QUICK, output="latents")
    assert bare.frames is None
    assert torch.equal(film.latents.video, bare.latents.video)
    frames = np.stack(list(pipeline.frames(bare.latents, bare.shape)))
    sound, rate = pipeline.sound(bare.latents, bare.shape)
    assert film.frames is not None
    assert np.array_equal(frames, film.frames)
    assert film.audio is not None
    assert np.array_equal(sound, film.audio)
    assert rate == film.sample_rate


def test_a_seed_is_a_film(latents: Make) -> None:
    one, same, other = (latents(seed=seed).latents for seed in (3, 3, 4))
    assert torch.equal(one.video, same.video)
    assert torch.equal(one.audio, same.audio)
    assert not torch.equal(one.video, other.video)
    drawn = [latents(generator=torch.Generator().manual_seed(1)).latents.video for _ in range(2)]
    assert torch.equal(*drawn)


def test_latents_go_in_as_they_come_out(latents: Make) -> None:
    made = latents(seed=3)
    start = start_noise(made.latents.video.shape, made.latents.audio.shape, seed=3)
    assert torch.equal(latents(latents=start, seed=99).latents.video, made.latents.video)
    wrong = Latents(start.video[:, 1:], start.audio)
    with pytest.raises(UsageError, match=r"video latents .* must have shape \(48, 21, 2, 4\), got \(48, 20, 2, 4\)"):
        latents(latents=wrong)


def test_every_step_is_told_and_can_be_the_last(latents: Make) -> None:
    steps: list[Step] = []
    told: list[tuple[str, float]] = []
    latents(steps=3, callback_on_step_end=steps.append, telling=lambda what, part: told.append((what, part)))
    assert [step.number for step in steps] == [1, 2, 3]
    assert [part for what, part in told if what == "sampling"] == pytest.approx([0, 1 / 3, 2 / 3, 1])
    with pytest.raises(SamplingCancelledError, match="after step 2 of 3"):
        latents(steps=3, callback_on_step_end=lambda step: step.number < 2)


def test_without_routing_it_is_the_plain_network(
    pipeline: MavinPipeline, caption: HierarchicalCaption, latents: Make
) -> None:
    """One prompt for both towers, no plan: what the network computed before this paper."""
    made = latents(routing="off", video_guidance=4.0, audio_guidance=3.0, skip_layer=2, seed=5)
    encoder = pipeline.part("text_encoder")
    sampling = pipeline.index.sampling
    (prompt,) = encoder.encode([plain_prompt(caption)])
    video, audio = encoder.encode([sampling.negative_video, sampling.negative_audio])
    start = start_noise(made.latents.video.shape, made.latents.audio.shape, seed=5)
    plain = sample(pipeline.part("backbone"), start, prompt, prompt, video, audio, 2, 5.0, 4.0, 3.0, 2)
    assert torch.equal(made.latents.video, plain.video)
    assert torch.equal(made.latents.audio, plain.audio)


def test_routing_is_a_switch(latents: Make) -> None:
    found = [
        latents(routing="hard"),
        latents(routing="soft"),
        latents(routing="soft", softness_ms=2000.0),
        latents(routing="off"),
        latents(isolate_shots=True),
    ]
    for number, one in enumerate(found):
        for other in found[:number]:
            assert not torch.equal(one.latents.video, other.latents.video)
    near, far = (latents(routing="soft", softness_ms=ms).latents.video for ms in (1e-3, 1e9))
    hard = found[0].latents.video
    assert 10 * float((near - hard).abs().max()) < float((far - hard).abs().max())


def test_a_shot_is_told_only_its_own_words(caption: HierarchicalCaption) -> None:
    """With shots isolated and towers that tell each other nothing, the third shot's words reach only its latents."""
    made = random_pipeline()
    for name, module in made.part("backbone").named_modules():
        if name.endswith("v_fusion"):
            torch.nn.init.zeros_(module.weight)
            torch.nn.init.zeros_(module.bias)
    action = {"action": "the moon rises over the sea"}
    changed = caption.model_copy(update={"shots": (*caption.shots[:2], caption.shots[2].model_copy(update=action))})
    one, other = (
        made(each, **QUICK, output="latents", isolate_shots=True).latents.video for each in (caption, changed)
    )
    differs = (one - other).abs().amax(dim=(0, 2, 3))
    before = sum((4 * latent - 1) / 24 < 2.375 for latent in range(one.shape[1]))
    assert float(differs[:before].max()) < 1e-5
    assert float(differs[before:].min()) > 1e-4


def test_the_whole_script_as_one_prompt_names_everything(caption: HierarchicalCaption) -> None:
    for wording in Wording:
        text = plain_prompt(caption, wording)
        for part in ("Somebody does something", "a red coat", "Mara waits", "Only me", "quiet", "low"):
            assert part in text
    assert plain_prompt(caption, Wording.OVI_720).count("<AUDCAP>") == 1
    assert len(condition(caption).video) == 6


def test_a_first_frame_is_the_first_latent(pipeline: MavinPipeline, latents: Make) -> None:
    image = picture(size=(200, 64))
    made = latents(first_frame=image)
    middle = (36, 0, 164, 64)  # twice as wide as high, from the centre
    resized = Image.fromarray(image).resize((64, 32), Image.Resampling.LANCZOS, box=middle)
    small = torch.from_numpy(np.array(resized)).permute(2, 0, 1)
    wanted = pipeline.part("video_codec").encode((small / 127.5 - 1).unsqueeze(1))
    assert torch.equal(made.latents.video[:, :1], wanted)
    assert not torch.equal(made.latents.video, latents().latents.video)


def test_references_change_the_film_and_their_names_are_free(latents: Make) -> None:
    plain = latents(references={})
    one = latents(references={"C1": RoleInput(picture(), voice())})
    same = latents(references={"mara": RoleInput(picture(), voice())})
    words = latents(references={"C1": {"image": picture(), "audio": voice()}})
    assert torch.equal(words.latents.video, one.latents.video)
    other = latents(references={"C1": RoleInput(picture(1), voice())})
    assert not torch.equal(plain.latents.video, one.latents.video)
    assert torch.equal(one.latents.video, same.latents.video)
    assert not torch.equal(one.latents.video, other.latents.video)
    assert torch.equal(plain.latents.video, latents().latents.video)
    off = latents(references={"C1": RoleInput(picture(), voice())}, routing="off")
    assert not torch.equal(off.latents.video, latents(routing="off").latents.video)


def test_references_are_guided_where_there_are_some(latents: Make) -> None:
    given = {"C1": RoleInput(picture(), voice())}
    plain, guided = latents(references=given), latents(references=given, reference_guidance=3.0)
    assert not torch.equal(plain.latents.video, guided.latents.video)
    without = latents(references={}, reference_guidance=3.0)
    assert torch.equal(without.latents.video, latents(references={}).latents.video)
    assert any("reference guidance is not used" in note for note in without.notes)
    assert not any("reference guidance" in note for note in guided.notes)


def test_a_timbre_is_of_the_whole_voice_and_reaches_the_sound(latents: Make, pipeline: MavinPipeline) -> None:
    long, rate = voice(seconds=5)
    short = long[: pipeline.index.training.voice_ms * rate // 1000]
    one, other = (latents(references={"C1": RoleInput(voice=(each, rate))}).latents.audio for each in (long, short))
    assert not torch.equal(one, other)


def test_references_of_the_script_are_found_in_its_folder(
    pipeline: MavinPipeline, caption: HierarchicalCaption, latents: Make, tmp_path: Path
) -> None:
    Image.fromarray(picture()).save(tmp_path / "mara.png")
    role = caption.roles[0].model_copy(update={"reference": Reference(image="mara.png")})
    bound = caption.model_copy(update={"roles": (role, *caption.roles[1:])})
    given: dict[str, Any] = {**QUICK, "output": "latents"}
    found = pipeline(bound, **given, folder=tmp_path)
    assert torch.equal(found.latents.video, latents(references={"C1": RoleInput(picture())}).latents.video)
    assert torch.equal(found.latents.video, latents(references={"C1": tmp_path / "mara.png"}).latents.video)
    assert torch.equal(pipeline(bound, **given, references={}).latents.video, latents().latents.video)
    with pytest.raises(UsageError, match="their folder is unknown"):
        pipeline(bound, **given)


def test_weights_that_know_no_references_say_so(caption: HierarchicalCaption, tmp_path: Path) -> None:
    made = random_pipeline()
    names = [name for name in made.index.parts if name != "identity"]
    index = made.index.model_copy(update={"parts": {name: made.index.parts[name] for name in names}})
    without = MavinPipeline({name: made.part(name) for name in names}, index)
    role = caption.roles[0].model_copy(update={"reference": Reference(image="mara.png")})
    bound = caption.model_copy(update={"roles": (role, *caption.roles[1:])})
    film = without(bound, **QUICK, output="latents", folder=tmp_path)
    assert any("references of C1 are not used" in note for note in film.notes)
    with pytest.raises(UsageError, match="trained without references"):
        without(caption, **QUICK, references={"C1": RoleInput(picture())})
    with pytest.raises(UsageError, match="got 'C9'"):
        without(caption, **QUICK, references={"C9": RoleInput(picture())})


@pytest.mark.parametrize(
    ("references", "message"),
    [
        ({"Zoe": RoleInput(picture())}, r"role of the script, got 'Zoe'. The roles are C1 \(Mara\), C2 \(Jon\)"),
        ({"C1": {"face": picture()}}, "an image, a voice or both, got 'face'"),
        ({"C1": RoleInput()}, "C1 must have an image or a voice, got neither"),
        ({"C1": RoleInput(picture()), "Mara": RoleInput(picture())}, "got C1 twice"),
        ({"C1": RoleInput(np.zeros((4, 4), np.uint8))}, r"uint8 of shape \(H, W, 3\), got uint8 \(4, 4\)"),
        ({"C1": RoleInput(voice=voice(seconds=0.1))}, "at least 0.2 s, got 0.10 s"),
        ({"C1": RoleInput(voice=(np.zeros(16_000, np.float32), 16_000))}, "1.00 s of silence"),
        ({"C1": RoleInput("nowhere.png")}, "nowhere.png must exist"),
    ],
)
def test_wrong_references_say_what_must_hold(references: dict[str, RoleInput], message: str, latents: Make) -> None:
    with pytest.raises(UsageError, match=message):
        latents(references=references)


def test_at_most_three_roles_are_customised(pipeline: MavinPipeline) -> None:
    roles = [{"name": name} for name in ("Ada", "Ben", "Cay", "Dov")]
    caption = make_caption([{"ms": 3000, "action": "they wait", "roles": ("C1", "C2", "C3", "C4")}], roles)
    given = {role.id: RoleInput(picture()) for role in caption.roles}
    with pytest.raises(UsageError, match="At most 3 roles can be customised, got 4: C1, C2, C3, C4"):
        pipeline(caption, **QUICK, references=given)


def test_pictures_and_voices_are_fitted() -> None:
    assert picture_tensor(picture(size=(1000, 500)), (96, 64)).shape == (3, 1, 32, 96)
    assert picture_tensor(picture(size=(40, 20)), (832, 480)).shape == (3, 1, 32, 32)
    whole = picture_tensor(picture(size=(64, 64)), (64, 64))
    assert torch.equal(
        ((whole + 1) * 127.5).round().byte()[:, 0], torch.from_numpy(picture(size=(64, 64))).permute(2, 0, 1)
    )
    assert voice_samples(voice(seconds=5, rate=48_000), 16_000).shape == (80_000,)
    assert voice_samples(voice(seconds=70), 16_000).shape == (60 * 16_000,)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"size": (100, 64)}, "width must be a multiple of 32 pixels, got 100. Try 96 or 128"),
        ({"steps": 0}, "1 to 1000 steps, got 0"),
        ({"solver": "heun"}, r"one of unipc, dpm\+\+, euler, got 'heun'"),
        ({"routing": "loose"}, "hard, soft or off, got 'loose'"),
        ({"softness_ms": 0.0}, "above 0 ms, got 0 ms"),
        ({"skip_layer": 3}, "below the network's 3 blocks"),
        ({"video_guidance": float("nan")}, "video_guidance must be a number, got nan"),
        ({"shift": -1.0}, "above 0, got -1.0"),
        ({"seed": -1}, r"from 0 to 2\^63"),
        ({"cfg": 4.0}, "one of steps, .*got 'cfg'"),
        ({"output": "mp4"}, "film or latents, got 'mp4'"),
        ({"reference_guidance": float("inf")}, "must be a number, got inf"),
    ],
)
def test_impossible_requests_say_what_must_hold(change: dict[str, Any], message: str, latents: Make) -> None:
    with pytest.raises(UsageError, match=message):
        latents(**change)


def test_guidance_of_text_is_that_of_both_towers(pipeline: MavinPipeline) -> None:
    def filled(**changes: Any) -> tuple[float, float]:
        found = GenerationSettings(**changes).filled(pipeline.index, 3)
        return found.video_guidance, found.audio_guidance

    assert filled() == (4.0, 3.0)
    assert filled(text_guidance=2.0) == (2.0, 2.0)
    assert filled(text_guidance=2.0, audio_guidance=5.0) == (2.0, 5.0)


def test_offloading_changes_no_number(tiny_folder: Path, caption: HierarchicalCaption, pipeline: MavinPipeline) -> None:
    given: dict[str, Any] = {**QUICK, "references": {"C1": RoleInput(picture(), voice())}}
    wanted = pipeline(caption, **given, output="latents")
    other = MavinPipeline.from_pretrained(tiny_folder, device="cpu", offload="cpu")
    got = other(caption, **given, output="latents")
    assert torch.equal(got.latents.video, wanted.latents.video)
    assert torch.equal(got.latents.audio, wanted.latents.audio)
    assert np.array_equal(other.sound(got.latents, got.shape)[0], pipeline.sound(wanted.latents, wanted.shape)[0])
    assert np.array_equal(next(other.frames(got.latents, got.shape)), next(pipeline.frames(got.latents, got.shape)))


def test_on_disk_parts_are_held_one_at_a_time(
    tiny_folder: Path, caption: HierarchicalCaption, pipeline: MavinPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
    held: list[set[str]] = []

    def watched(folder: Path, index: PipelineIndex, part: str, *rest: Any) -> StoredPart:
        held.append({each.part_name for each in alive.values()} | {part})
        made = load_part(folder, index, part, *rest)
        made.part_name = part  # type: ignore[attr-defined]
        alive[len(held)] = made
        return made

    monkeypatch.setattr("generator.pipeline.load_part", watched)
    lean = MavinPipeline.from_pretrained(tiny_folder, device="cpu", offload="disk")
    assert held == []
    given: dict[str, Any] = {**QUICK, "output": "latents", "references": {"C1": RoleInput(picture(), voice())}}
    got, wanted = lean(caption, **given), pipeline(caption, **given)
    assert torch.equal(got.latents.video, wanted.latents.video)
    assert np.array_equal(lean.sound(got.latents, got.shape)[0], pipeline.sound(wanted.latents, wanted.shape)[0])
    assert {"backbone", "identity"} in held
    assert all(len(names) == 1 for names in held if names != {"backbone", "identity"})
    gc.collect()
    assert not alive


def test_a_pipeline_in_memory_cannot_wait_on_disk() -> None:
    made = random_pipeline()
    with pytest.raises(UsageError, match="loaded from a folder"):
        MavinPipeline({name: made.part(name) for name in made.index.parts}, made.index, offload="disk")
    with pytest.raises(UsageError, match="one of none, cpu, disk, got 'ram'"):
        MavinPipeline({name: made.part(name) for name in made.index.parts}, made.index, offload="ram")


def test_parts_of_different_pipelines_are_refused(caption: HierarchicalCaption) -> None:
    made = random_pipeline()
    parts = {name: made.part(name) for name in made.index.parts}
    hops = WanVideoCodec(parts["video_codec"].vae)
    hops.stride = (4, 8, 8)
    narrow = UMT5TextEncoder(parts["text_encoder"].model, parts["text_encoder"].tokenizer)
    narrow.width = 12
    given: dict[str, Any] = {**QUICK, "steps": 1}
    with pytest.raises(
        UsageError, match=r"video codec's stride must be \(4, 16, 16\) for this network, got \(4, 8, 8\)"
    ):
        MavinPipeline({**parts, "video_codec": hops}, made.index)(caption, **given)
    with pytest.raises(UsageError, match="text encoder's width must be 24 for this network, got 12"):
        MavinPipeline({**parts, "text_encoder": narrow}, made.index)(caption, **given)


def test_half_precision_is_near(tiny_folder: Path, caption: HierarchicalCaption, latents: Make) -> None:
    half = MavinPipeline.from_pretrained(tiny_folder, device="cpu", dtype="bfloat16")
    assert half.dtype == "bfloat16"
    got, wanted = half(caption, **QUICK, output="latents").latents.video, latents().latents.video
    assert got.dtype == torch.float32
    assert 0 < float((got - wanted).norm() / wanted.norm()) < 0.02


def test_devices_and_dtypes_have_names() -> None:
    assert choose_dtype("auto", torch.device("cpu")) is torch.float32
    assert choose_dtype("bf16", torch.device("cpu")) is torch.bfloat16
    with pytest.raises(UsageError, match="got 'int4'"):
        choose_dtype("int4", torch.device("cpu"))
    with pytest.raises(UsageError, match=r"must be one that this PyTorch has \(cpu.*got 'abacus'"):
        choose_device("abacus")
    with pytest.raises(UsageError, match="at least 64 pixels"):
        EngineSettings(weights="x", tile=32)


def test_tiles_are_those_of_the_codec(pipeline: MavinPipeline, caption: HierarchicalCaption) -> None:
    bare = pipeline(caption, **{**QUICK, "steps": 1, "size": (96, 64)}, output="latents")
    codec = pipeline.part("video_codec")
    whole = next(pipeline.frames(bare.latents, bare.shape))
    pipeline.tile = 64
    try:
        tiled = next(pipeline.frames(bare.latents, bare.shape))
    finally:
        pipeline.tile = None
    wanted = WanVideoCodec(codec.vae, Tiling(size=4, overlap=1)).decode(bare.latents.video[:, :1])
    assert np.array_equal(tiled, ((wanted[:, 0].permute(1, 2, 0) + 1) * 127.5).round().byte().numpy())
    assert not np.array_equal(tiled, whole)
    assert np.array_equal(next(pipeline.frames(bare.latents, bare.shape)), whole)
