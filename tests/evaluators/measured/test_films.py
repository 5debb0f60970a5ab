"""The metrics on features over whole films, with small networks of random weights: formulas, reasons, pooling."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evaluators.consistency import frame_consistency
from evaluators.features.base import FrameEmbedder, ModelInfo
from evaluators.features.faces import FaceBox
from evaluators.film import Sample
from evaluators.frechet import frechet_distance
from evaluators.measured.distances import FrechetAudioDistance, FrechetVideoDistance
from evaluators.measured.frames import FrameConsistency
from evaluators.measured.lips import LipSyncMetric, mouth_crop, track_faces
from evaluators.measured.people import VoiceLikeness
from evaluators.measured.shots import ShotConsistency, ShotLikeness, TextVideoSimilarity
from evaluators.metric import Column, Metric, metrics_of
from evaluators.result import Measurement
from evaluators.similarity import what_is_heard, what_is_seen
from evaluators.suite import measure_film, pool_scores
from mavin.caption import HierarchicalCaption, Reference, Role, Shot, Sound
from mavin.errors import UsageError
from mavin.media import write_video

Planned = Callable[..., Any]
CutFilm = Callable[..., None]
RATE = 16_000


def info(dimensions: int) -> ModelInfo:
    return ModelInfo("test", "0" * 64, "as they are", dimensions)


class Colours:
    """A frame's features are its mean colour, a clip's those of its frames, a text's red, a sound's level."""

    info = info(3)
    sample_rate = RATE
    FRAMES = 4

    def embed(self, samples: Any) -> Any:
        if isinstance(samples, np.ndarray):
            return samples.astype(np.float64).mean(axis=(1, 2)).astype(np.float32)
        return np.stack([clip.astype(np.float64).mean(axis=(0, 1, 2)) for clip in samples]).astype(np.float32)

    def embed_text(self, texts: Sequence[str]) -> Any:
        return np.array([[1, 0, 0]] * len(texts), np.float32)


class Levels:
    """A sound's features: loudness of its halves."""

    info = info(2)
    sample_rate = RATE

    def embed(self, sounds: Sequence[np.ndarray]) -> np.ndarray:
        rows = [[float(np.abs(part).mean()) + 1e-9 for part in np.array_split(one, 2)] for one in sounds]
        return np.array(rows, np.float32)


def measured(sample: Sample, metric: Metric) -> dict[str, Measurement]:
    found = measure_film(sample, [metric])
    return {row.column: row for row in found.measurements}


def coloured(path: Path, colours: Sequence[tuple[int, int, int]], frames: int = 24, audio: Any = None) -> Path:
    """A film with a shot of each colour, a darker stripe moving through it."""

    def pictures() -> Any:
        for colour in colours:
            for at in range(frames):
                picture = np.full((64, 96, 3), colour, np.uint8)
                picture[:, 3 * at : 3 * at + 8] //= 2
                yield picture

    write_video(path, pictures(), audio, size=(96, 64), sample_rate=RATE)
    return path


def test_frames_inside_the_films_own_shots(tmp_path: Path, planned: Planned, cut_film: CutFilm) -> None:
    cut_film(tmp_path / "a.mp4", (24, 24))
    metric = FrameConsistency(model=Colours())
    # the script cuts elsewhere; the film's own cut is what counts
    row = measured(Sample("a", (planned((1500,), duration_ms=3000),), tmp_path / "a.mp4"), metric)
    found = row["frame_consistency_efficientnet"]
    assert found.value == pytest.approx(1, abs=1e-3)
    assert found.n == 46  # 48 frames less the first of either shot


def test_consistency_is_the_formula_on_the_frames(tmp_path: Path, planned: Planned) -> None:
    path = coloured(tmp_path / "a.mp4", [(200, 40, 40)])
    metric = FrameConsistency(model=Colours())
    found = measured(Sample("a", (planned((), duration_ms=3000),), path), metric)["frame_consistency_efficientnet"]
    from mavin.media import read_frames

    features = Colours().embed(read_frames(path, (96, 64)))
    assert found.value == pytest.approx(frame_consistency(features, [range(len(features))]).value, abs=1e-4)
    assert "shots = detected" in str(found.provenance)


def test_texts_and_pairs_on_shots(tmp_path: Path, planned: Planned) -> None:
    path = coloured(tmp_path / "a.mp4", [(200, 0, 0), (0, 200, 0), (200, 40, 0)])
    caption = planned((1000, 2000), duration_ms=3000)
    shots = list(caption.shots)
    shots[1] = shots[1].model_copy(update={"setting": "a street"})
    sample = Sample("a", (HierarchicalCaption.model_validate(caption.model_dump() | {"shots": shots}),), path)
    rows = measured(sample, ShotConsistency(model=Colours()))  # type: ignore[arg-type]
    # Only the first and the third shot share their setting: cos of (200, 0, 0) and (200, 40, 0) = 5/√26 = 0.98.
    assert rows["bisc"].value == pytest.approx(5 / math.sqrt(26), abs=0.01)
    assert rows["bisc"].n == 1
    assert rows["cisc"].reason == "no two shots share a role"
    likeness = measured(sample, ShotLikeness(model=Colours()))
    assert likeness["setting_shots_efficientnet"].value == pytest.approx(rows["bisc"].value, abs=0.01)
    assert likeness["role_shots_efficientnet"].reason == "no two shots share a role"
    tvs = measured(sample, TextVideoSimilarity(model=Colours()))["tvs"]  # type: ignore[arg-type]
    # Of the eight frames three are of the first shot, two of the second, three of the third: red 6 · 200 = 1200, green
    # 2 · 200 + 3 · 40 = 520, so 1200/√(1200² + 520²) = 0.918.
    assert tvs.value == pytest.approx(0.918, abs=0.01)
    nothing = measured(Sample("b", (planned((), duration_ms=3000),), path), ShotConsistency(model=Colours()))  # type: ignore[arg-type]
    assert nothing["cisc"].reason == "no two shots share a role or a setting"


def test_shots_behind_the_films_end_are_in_no_pair(tmp_path: Path, planned: Planned) -> None:
    caption = planned((1000, 2000, 3000))  # four shots in one setting, of which the film has one and a half
    path = coloured(tmp_path / "a.mp4", [(200, 0, 0), (0, 200, 0)], frames=18)
    rows = measured(Sample("a", (caption,), path), ShotLikeness(model=Colours()))
    found = rows["setting_shots_efficientnet"]
    # The first shot has 18 red frames and 6 green ones, the second is green: 1/√10 = 0.316 where three frames in
    # four of the eight are red; and the third and fourth are not green for want of others.
    assert found.value == pytest.approx(1 / math.sqrt(10), abs=0.02)
    assert (found.n, found.data["left_out"]) == (1, 5)
    path = coloured(tmp_path / "b.mp4", [(200, 0, 0)], frames=18)
    rows = measured(Sample("b", (caption,), path), ShotLikeness(model=Colours()))
    assert rows["setting_shots_efficientnet"].reason == "the film ends before the shots that share a setting"


def test_distances_are_pooled_and_refused(tmp_path: Path, planned: Planned) -> None:
    path = coloured(tmp_path / "a.mp4", [(200, 0, 0)])
    other = coloured(tmp_path / "b.mp4", [(0, 200, 0)])
    metric = FrechetVideoDistance(model=Colours())  # type: ignore[arg-type]
    caption = planned((), duration_ms=3000)
    row = measured(Sample("a", (caption,), path, truth=other), metric)["fvd"]
    assert row.features is not None
    assert row.features.shape == (2, 3)
    assert row.features[0, 0] > 150 > row.features[1, 0]
    assert measured(Sample("a", (caption,), path), metric)["fvd"].reason == "no real film to compare with"
    (refused,) = pool_scores([metric], [row])
    assert math.isnan(refused.value)
    assert refused.reasons == {"FVD needs 3 films at least, got 1": 1}
    rng = np.random.default_rng(0)
    rows = [
        Measurement(f"f{at}", "fvd", math.nan, 1, "", row.provenance, {"own": 1}, rng.normal(size=(2, 3)).astype("f4"))
        for at in range(9)
    ]
    (score,) = pool_scores([metric], rows)
    own, real = (np.stack([one.features[side] for one in rows if one.features is not None]) for side in (0, 1))
    assert score.value == pytest.approx(frechet_distance(own, real).value)
    assert score.interval is None


def test_sound_without_and_too_short(tmp_path: Path, planned: Planned) -> None:
    path = coloured(tmp_path / "a.mp4", [(200, 0, 0)])
    metric = FrechetAudioDistance(model=Levels())  # type: ignore[arg-type]
    row = measured(Sample("a", (planned((), duration_ms=3000),), path, truth=path), metric)["fad"]
    assert row.reason == "no sound track"


def test_voices_of_lines_said_alone(tmp_path: Path, planned: Planned) -> None:
    # Ana's reference is loud in its first half only, and so is her line; the others overlap.  No detector takes 6 kHz
    # for speech: a line that is not heard is compared as it was planned.
    times = np.arange(3 * RATE) / RATE
    wave = np.sin(2 * np.pi * 6000 * times).astype(np.float32)
    line = 0.5 * wave * (times < 1)
    coloured(tmp_path / "a.mp4", [(200, 0, 0)], 72, line)
    coloured(tmp_path / "ref.mp4", [(0, 0, 0)], 48, line[RATE // 2 : RATE // 2 + RATE])
    caption = planned((), ((500, 1500), (1800, 2400)), duration_ms=3000)
    role = Role(id="C1", name="Ana", reference=Reference(audio="ref.mp4"))
    tom = Role(id="C2", name="Tom")
    toms = caption.dialogue[1].model_copy(update={"id": "L3", "role": "C2", "start_ms": 2000, "end_ms": 2600})
    dialogue = [*caption.dialogue, toms]
    full = HierarchicalCaption.model_validate(caption.model_dump() | {"roles": (role, tom), "dialogue": dialogue})
    metric = VoiceLikeness("voice", Column("voice_levels", "Levels"), Levels())
    row = measured(Sample("a", (full,), tmp_path / "a.mp4", folder=tmp_path), metric)["voice_levels"]
    assert row.n == 1
    assert row.value > 0.99
    none = measured(Sample("a", (caption,), tmp_path / "a.mp4"), metric)["voice_levels"]
    assert none.reason == "nobody with a reference voice says a line alone"


def test_a_voice_is_compared_where_it_is_heard(tmp_path: Path, planned: Planned) -> None:
    from scipy.signal import resample_poly

    from generator.stage.signal import RATE as DRAWN
    from generator.stage.soundtrack import build_soundtrack

    caption = planned((), ((500, 1700),), duration_ms=4000)
    line = caption.dialogue[0].model_copy(update={"text": "We must reach the harbour."})
    role = Role(id="C1", name="Ana", reference=Reference(audio="ref.mp4"))
    spoken = HierarchicalCaption.model_validate(caption.model_dump() | {"roles": (role,), "dialogue": (line,)})
    stem = build_soundtrack(spoken, music=False, ambience=False, effects=False).stems.speech
    voice = resample_poly(stem, RATE, DRAWN).astype(np.float32)[: 4 * RATE]
    coloured(tmp_path / "ref.mp4", [(0, 0, 0)], 29, voice[RATE // 2 : RATE * 17 // 10])
    found = {}
    for late in (0, 500):
        moved = np.concatenate([np.zeros(late * RATE // 1000, np.float32), voice])[: 4 * RATE]
        coloured(tmp_path / f"{late}.mp4", [(200, 0, 0)], 96, moved)
        metric = VoiceLikeness("voice", Column("voice_levels", "Levels"), Levels())
        sample = Sample("a", (spoken,), tmp_path / f"{late}.mp4", folder=tmp_path)
        found[late] = measured(sample, metric)["voice_levels"]
    # Half a second late is TAMS' matter: the same words in the same voice are found and compared.
    assert found[0].value == pytest.approx(found[500].value, abs=0.01)
    assert "where heard" in str(found[0].provenance)


def test_a_model_that_is_not_here_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path))
    with pytest.raises(UsageError, match="mavin model pull dino-vitb16"):
        metrics_of(["sc"])
    with pytest.raises(UsageError, match=r"i3d_pretrained_400\.pt.*--metrics fvd:PATH"):
        metrics_of(["fvd"])
    with pytest.raises(UsageError, match="got no nowhere"):
        metrics_of(["sync:nowhere"])
    with pytest.raises(UsageError, match="from outside"):
        metrics_of(["judge"])


def test_texts_of_a_film() -> None:
    shot = Shot(id="S1", start_ms=0, end_ms=3000, setting="a", action="b",
                sounds=(Sound(id="X1", start_ms=0, end_ms=900, text="a bell."),))  # fmt: skip
    from mavin.caption import GlobalCaption

    caption = HierarchicalCaption(
        duration_ms=3000,
        global_caption=GlobalCaption(storyline="It rings.", style="plain", ambience="wind"),
        shots=(shot,),
    )
    assert what_is_seen([caption, caption]) == "It rings."
    assert what_is_heard([caption]) == "wind, a bell"


# ------------------------------------------------------------------------------------------ faces and lips


def box(left: int, top: int = 0, size: int = 100) -> FaceBox:
    return FaceBox(left, top, left + size, top + size)


def test_faces_are_linked_inside_shots() -> None:
    # One face drifts, another comes and goes; at frame 10 the film cuts, so that the same box is somebody else.
    found = [(0, [box(0)]), (5, [box(20), box(300)]), (10, [box(25)]), (15, [box(30)])]
    tracks = track_faces(found, [range(10), range(10, 20)])
    assert [(track.frames, [one.left for one in track.boxes]) for track in tracks] == [
        ([0, 5], [0, 20]),
        ([5], [300]),
        ([10, 15], [25, 30]),
    ]
    assert tracks[0].length == 6
    assert tracks[0].box_at(2).tolist() == [8, 0, 108, 100]  # two fifths of the way


def test_a_crop_has_room_and_keeps_its_middle() -> None:
    picture = np.zeros((200, 200, 3), np.uint8)
    picture[95:125, 85:115] = 255  # behind the middle of the crop: (100, 100 + a tenth of the box)
    crop = mouth_crop(picture, np.array([50.0, 50, 150, 150]), 80)
    assert crop.shape == (80, 80, 3)
    assert crop[40, 40].tolist() == [255] * 3
    corner = mouth_crop(picture, np.array([-50.0, -50, 50, 50]), 80)
    assert corner[0, 0].tolist() == [110] * 3  # outside the picture


def test_a_photograph_has_its_face() -> None:
    dlib = pytest.importorskip("dlib")
    from skimage import data

    from evaluators.features.faces import faces_in

    assert dlib
    (face, *_) = faces_in(data.astronaut())  # type: ignore[no-untyped-call]
    assert 170 < (face.left + face.right) / 2 < 270
    assert 60 < (face.top + face.bottom) / 2 < 180
    assert faces_in(np.zeros((90, 90, 3), np.uint8)) == ()


def test_nobody_to_read_lips_of(tmp_path: Path, planned: Planned) -> None:
    from evaluators.features.syncnet import LipFeatures

    class Still(LipFeatures):
        def __init__(self) -> None:
            self.info = info(4)

    sound = np.full(3 * RATE, 0.1, np.float32)
    path = coloured(tmp_path / "a.mp4", [(200, 0, 0)], 72, sound)
    metric = LipSyncMetric(model=Still())
    silent = measured(Sample("a", (planned((), duration_ms=3000),), path), metric)["sync"]
    assert silent.reason == "nobody speaks in the picture"
    faceless = measured(Sample("a", (planned((), ((500, 2000),), duration_ms=3000),), path), metric)["sync"]
    assert faceless.reason == "no frontal face is seen for a second while somebody speaks"


def test_stand_ins_have_names_of_their_own() -> None:
    paper = {"FVD", "FAD", "TVS", "TAS", "WER", "Sync", "AV-IB", "TAMS", "SC", "BC", "CISC", "BISC", "STA", "VC", "AC"}
    embedder: FrameEmbedder = Colours()
    stand_in = FrameConsistency(model=embedder)
    assert {column.title for column in stand_in.columns}.isdisjoint(paper)
