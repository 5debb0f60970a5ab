"""VC, its stand-in and Sync over whole films: real pictures of faces through a codec, dlib's detector, the film's clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from evaluators.features.arcface import POINTS, ArcFaceFeatures
from evaluators.features.base import ModelInfo
from evaluators.features.faces import FaceBox
from evaluators.features.syncnet import LipFeatures
from evaluators.film import Sample
from evaluators.measured.lips import LipSyncMetric
from evaluators.measured.people import FaceSimilarity, VisualConsistency
from evaluators.metric import Metric
from evaluators.result import Measurement
from evaluators.suite import measure_film
from mavin.caption import HierarchicalCaption, Reference, Role
from mavin.media import write_video
from mavin.store import path_of
from tests.evaluators.conftest import caption_with

pytest.importorskip("dlib")
SIZE = (320, 240)
SHOT = 30


def face(who: int) -> NDArray[np.uint8]:
    """Somebody's face in a square of 300 pixels: 0 is an astronaut, 1 a man of an old photograph."""
    from skimage import data

    if who == 0:
        picture = data.astronaut()[:260, 100:360]  # type: ignore[no-untyped-call]
    else:
        picture = (np.clip(data.lfw_subset()[0], 0, 1) * 255).astype(np.uint8)  # type: ignore[no-untyped-call]
        picture = np.repeat(picture[..., None], 3, axis=2)
    return np.asarray(Image.fromarray(picture).resize((300, 300), Image.Resampling.BICUBIC))


def frame(who: int, left: int = 40) -> NDArray[np.uint8]:
    """The face in a picture of the film, the size at which dlib still finds it."""
    small = np.asarray(Image.fromarray(face(who)).resize((220, 220), Image.Resampling.LANCZOS))
    found = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    found[10:230, left : left + 220] = small
    return found


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film: Ana (the astronaut), Tom (the other), and a shot of both, in which the frame is Tom's."""
    folder = tmp_path_factory.mktemp("faces")
    write_video(folder / "film.mp4", [frame(who, 30 + at) for who in (0, 1, 1) for at in range(SHOT)], None, size=SIZE)
    Image.fromarray(face(0)).save(folder / "ana.png")
    Image.fromarray(face(1)).save(folder / "tom.png")
    Image.fromarray(np.full((80, 80, 3), 200, np.uint8)).save(folder / "cat.png")
    return folder


def script(ana: str, tom: str, *, alone: bool = True) -> HierarchicalCaption:
    """The film's script with a reference picture for each role."""
    plain = caption_with((1250, 2500), (), 3750)
    roles = tuple(
        Role(id=name, name=who, reference=Reference(image=file))
        for name, who, file in (("C1", "Ana", ana), ("C2", "Tom", tom))
    )
    seen = (("C1",), ("C2",), ("C1", "C2")) if alone else (("C1", "C2"),) * 3
    shots = [shot.model_copy(update={"roles": who}) for shot, who in zip(plain.shots, seen, strict=True)]
    return HierarchicalCaption.model_validate(plain.model_dump() | {"roles": roles, "shots": shots})


def row(folder: Path, caption: HierarchicalCaption, metric: Metric) -> Measurement:
    (found,) = measure_film(Sample("film", (caption,), folder / "film.mp4", folder=folder), [metric]).measurements
    return found


class Fixed:
    """The five points where they lie in a frontal face of dlib's box."""

    def five(self, picture: NDArray[np.uint8], face: FaceBox) -> NDArray[np.float64]:
        assert picture.shape[2] == 3
        return POINTS / 112 * face.size + [face.left, face.top]


class Pixels(ArcFaceFeatures):
    """A face's features are its pixels, 8 × 8 at a time, less their mean: no network, but real faces still differ."""

    def __init__(self) -> None:
        self.info = ModelInfo("test", "0" * 64, "as they are", 196)

    def embed(self, faces: Any) -> Any:
        assert faces.shape[1:] == (112, 112, 3)
        grey = faces.mean(axis=3).reshape(len(faces), 14, 8, 14, 8).mean(axis=(2, 4)).reshape(len(faces), 196)
        return (grey - grey.mean(axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def arcface() -> VisualConsistency:
    """VC on aligned pixels."""
    return VisualConsistency(model=Pixels(), finder=Fixed())


def test_vc_compares_each_role_with_its_own_reference(shown: Path, arcface: VisualConsistency) -> None:
    right = row(shown, script("ana.png", "tom.png"), arcface)
    # Five frames of each shot that a role has alone; the third shot is nobody's own.
    assert right.n == 10
    assert right.data["coverage"] == 1
    assert right.value > 0.5  # dlib's boxes move in steps, and pixels mind
    wrong = row(shown, script("tom.png", "ana.png"), arcface)
    assert wrong.value < right.value - 0.3
    assert "dlib, 68 points" in str(right.provenance)


def test_vc_says_what_it_cannot_compare(shown: Path, arcface: VisualConsistency) -> None:
    assert row(shown, script("ana.png", "tom.png", alone=False), arcface).reason == (
        "nobody with a reference picture has a shot alone"
    )
    # A cat's picture shows no face: Ana is compared all the same.
    half = row(shown, script("ana.png", "cat.png"), arcface)
    assert (half.n, half.data["problems"]) == (5, ["Tom: cat.png shows no face"])
    assert row(shown, script("cat.png", "cat.png"), arcface).reason == "a reference picture shows no face"
    assert row(shown, script("gone.png", "gone.png"), arcface).reason == "a reference picture cannot be read"
    write_video(shown / "blank.mp4", [np.full((240, 320, 3), 90, np.uint8)] * 90, None, size=SIZE)
    sample = Sample("film", (script("ana.png", "tom.png"),), shown / "blank.mp4", folder=shown)
    (blank,) = measure_film(sample, [arcface]).measurements
    assert blank.reason == "no face found where one should be"


def test_vc_looks_for_nobody_behind_the_films_end(tmp_path: Path, shown: Path, arcface: VisualConsistency) -> None:
    for name in ("ana.png", "tom.png"):
        (tmp_path / name).write_bytes((shown / name).read_bytes())
    write_video(tmp_path / "film.mp4", [frame(0, 30 + at) for at in range(SHOT)], None, size=SIZE)
    found = row(tmp_path, script("ana.png", "tom.png"), arcface)
    assert found.n == 5  # Ana's alone: her last picture is none of Tom's
    assert found.value > 0.5
    both = script("ana.png", "tom.png")
    late = [shot.model_copy(update={"roles": (() if shot.id == "S1" else shot.roles)}) for shot in both.shots]
    nobody = HierarchicalCaption.model_validate(both.model_dump() | {"shots": late})
    assert "the film ends before" in row(tmp_path, nobody, arcface).reason


def test_dlib_tells_the_two_apart(shown: Path) -> None:
    if path_of("dlib-face") is None:
        pytest.skip("dlib-face has not been pulled")
    metric = FaceSimilarity()
    right = row(shown, script("ana.png", "tom.png"), metric)
    wrong = row(shown, script("tom.png", "ana.png"), metric)
    # One person from 0.4 on, by the network's authors.
    assert right.value > 0.4 > wrong.value
    assert (right.n, wrong.n, right.column) == (10, 10, "face_sim_dlib")


# ------------------------------------------------------------------------------------------ lips


class Brightness(LipFeatures):
    """Lips are how bright the middle of the crop is, a voice is how loud it is: one number a frame and its opposite."""

    def __init__(self) -> None:
        self.info = ModelInfo("test", "0" * 64, "as it is", 2)

    def embed(self, faces: Any, voice: Any) -> tuple[Any, Any]:
        assert faces.shape[1:] == (224, 224, 3)
        light = faces[:, 100:124, 100:124].mean(axis=(1, 2, 3)) / 255
        count = min(len(faces), len(voice) * self.fps // self.sample_rate)
        step = self.sample_rate // self.fps
        loud = np.abs(voice[: count * step].reshape(count, step)).mean(axis=1)
        return tuple(np.stack([one, 1 - one], axis=1).astype(np.float32) for one in (_even(light[:count]), _even(loud)))  # type: ignore[return-value]


def _even(values: NDArray[Any]) -> NDArray[Any]:
    """In [0, 1]."""
    return np.asarray((values - values.min()) / max(float(np.ptp(values)), 1e-9))


@pytest.fixture(scope="module")
def flicker() -> tuple[Callable[[Path, int], None], HierarchicalCaption]:
    """Writes a film whose face lights up with the voice, the voice so many milliseconds late; and its script."""
    rng = np.random.default_rng(4)
    on = np.repeat(rng.integers(0, 2, 18), 4)  # three seconds, a beat every sixth of one
    bright = frame(0)
    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    # A soft light on the middle of the face; harder ones would hide it from the detector.
    glow = 70 * np.exp(-((x - 149) ** 2 + (y - 135) ** 2) / 500)[..., None]
    lit = np.clip(bright + glow, 0, 255).astype(np.uint8)

    def write(path: Path, late_ms: int) -> None:
        times = np.arange(3 * 16_000) / 16_000
        gate = on[np.minimum((times * 24).astype(int), len(on) - 1)]
        voice = (0.3 * np.sin(2 * np.pi * 440 * times) * gate).astype(np.float32)
        late = np.concatenate([np.zeros(16 * late_ms, np.float32), voice])[: len(voice)]
        write_video(path, [lit if each else bright for each in on], late, size=SIZE, sample_rate=16_000)

    return write, caption_with((), ((200, 2800),), 3000)


@pytest.mark.parametrize(("late_ms", "offset"), [(0, 0), (200, -5)])
def test_sync_finds_by_how_much_a_voice_is_late(
    tmp_path: Path, flicker: tuple[Callable[[Path, int], None], HierarchicalCaption], late_ms: int, offset: int
) -> None:
    write, caption = flicker
    write(tmp_path / "film.mp4", late_ms)
    found = row(tmp_path, caption, LipSyncMetric(model=Brightness()))
    assert found.n == 1
    assert found.data["offsets"] == [pytest.approx(offset, abs=1)]  # 200 ms are five frames at 25 a second
    assert found.value > 0.2
    assert found.data["seen"] == pytest.approx(3, abs=0.2)
    assert "dlib frontal" in str(found.provenance)
