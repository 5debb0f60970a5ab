"""Films of the stage, decoded again: frames, cuts, sound, mouths, determinism."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pytest

from generator.renderers import RenderOptions, renderer
from generator.stage.soundtrack import build_soundtrack
from mavin.caption import ASPECT_PIXELS, Aspect
from mavin.frames import frame_of, frame_range

_TALK: dict[str, Any] = {
    "shots": [
        {"ms": 1375, "setting": "a kitchen", "action": "Mara opens a letter.", "roles": ("C1",), "camera": {"size": "medium"}},
        {"ms": 1310, "setting": "a kitchen", "action": "Tom laughs.", "roles": ("C2",), "camera": {"size": "medium"}},
        {"ms": 1500, "setting": "a kitchen", "action": "Tom laughs again.", "roles": ("C2",), "camera": {"size": "medium"},
         "sounds": [(200, 900, "a door slams")]},
    ],
    "roles": [{"name": "Mara", "voice": "low"}, {"name": "Tom"}],
    "dialogue": [
        {"role": "C1", "start_ms": 210, "end_ms": 1190, "text": "Did you write this?"},
        {"role": "C2", "start_ms": 1900, "end_ms": 3355, "text": "I did, a long time ago.", "on_screen": True},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def talk(tmp_path_factory: Any, caption_of: Any, decoded: Any) -> Any:
    caption = caption_of(**_TALK)
    path = tmp_path_factory.mktemp("film") / "talk.mp4"
    told: list[float] = []
    result = renderer("stage").render(caption, path, RenderOptions(), told.append)
    return caption, path, result, decoded(path), told


def test_every_frame_is_there_at_its_time(talk: Any) -> None:
    _, _, result, film, told = talk
    # 4185 ms × 24 / 1000 = 100.44 → 100 frames
    assert result.frames == len(film.frames) == 100
    assert film.frames.shape[1:] == (480, 832)
    assert np.allclose(film.pts_seconds, np.arange(100) / 24, atol=1e-4)
    assert told[-1] == 1.0 and told == sorted(told)


def test_cuts_are_seen_on_their_frames(talk: Any) -> None:
    caption, _, _, film, _ = talk
    cuts = [frame_of(time) for time in caption.cuts_ms]
    # 1375 ms → frame 33; 2685 ms → 64.44 → frame 64
    assert cuts == [33, 64]
    changes = film.changes()
    others = np.delete(changes, [0, *cuts])
    assert changes[cuts].min() > 2 * others.max()


def test_sound_lasts_as_long_as_the_picture(talk: Any) -> None:
    _, _, result, film, _ = talk
    assert film.rate == result.sample_rate == 48_000
    assert abs(len(film.samples) / film.rate - 100 / 24) < 1 / 24
    assert np.abs(film.samples).max() < 1.0


def test_speech_is_heard_in_the_dialogue_and_nowhere_else(talk: Any, speech: Any) -> None:
    caption, _, _, film, _ = talk
    runs = speech(film.samples, film.rate)
    assert runs
    for run in runs:
        assert any(
            line.start_ms - 50 <= run.start_ms and run.end_ms <= line.end_ms + 50 for line in caption.dialogue
        ), run
    for line in caption.dialogue:
        covered = sum(part.duration_ms for run in runs if (part := run.intersection(line.interval)))
        assert covered > 0.8 * line.interval.duration_ms


def test_mouths_move_only_while_their_line_sounds(talk: Any) -> None:
    caption, *_ = talk
    mouths = build_soundtrack(caption).mouths
    for line in caption.dialogue:
        frames = frame_range(line.interval)
        opened = [frame for frame, open_now in enumerate(mouths) if line.role in open_now]
        assert opened and set(opened) <= set(frames)
        # A mouth that never shuts or never changes does not speak.
        assert len({mouths[frame].get(line.role, 0) for frame in frames}) >= 3
        assert len(opened) > 0.4 * len(frames)


def test_the_open_mouth_is_in_the_picture_and_the_shut_one_is_not(talk: Any) -> None:
    from generator.stage.composer import ShotStage
    from generator.stage.figures import mouth_colour

    caption, *_ = talk
    stage = ShotStage(caption, caption.shots[0])
    red = np.array(mouth_colour())

    def reds(mouths: Any) -> Any:
        picture = np.asarray(stage.frame(10, mouths)).astype(int)
        return int((np.abs(picture - red).max(axis=2) < 12).sum())

    assert reds({}) == 0
    assert reds({"C1": 4}) > reds({"C1": 2}) > 30
    assert reds({"C2": 4}) == 0


def test_a_voice_from_off_screen_moves_no_mouth(caption_of: Any) -> None:
    caption = caption_of(
        [{"ms": 3000, "action": "Mara listens.", "roles": ("C1",)}],
        [{"name": "Mara"}],
        [{"role": "C1", "start_ms": 500, "end_ms": 2000, "text": "I remember it well.", "on_screen": False}],
    )
    track = build_soundtrack(caption)
    assert not any(track.mouths)
    assert np.abs(track.samples[30_000:90_000]).max() > 0.1


def test_the_same_seed_gives_the_same_film_and_another_seed_another(
    caption_of: Any, decoded: Any, tmp_path: Any
) -> None:
    caption = caption_of(
        [{"ms": 3000, "setting": "a forest in the rain", "action": "A fox runs.", "sounds": [(100, 1500, "birds")],
          "camera": {"size": "wide", "movement": "handheld"}}]
    )  # fmt: skip
    digests = []
    for name, seed in (("a", 0), ("b", 0), ("c", 7)):
        path = tmp_path / f"{name}.mp4"
        renderer("stage").render(caption, path, RenderOptions(seed=seed))
        film = decoded(path)
        digests.append(hashlib.sha256(film.frames.tobytes() + film.samples.tobytes()).hexdigest())
    assert digests[0] == digests[1] != digests[2]


def test_one_shot_is_that_part_of_the_film(talk: Any, decoded: Any, tmp_path: Any) -> None:
    caption, _, _, film, _ = talk
    path = tmp_path / "shot.mp4"
    result = renderer("stage").render(caption, path, RenderOptions(shot="S2"))
    alone = decoded(path)
    assert result.frames == len(alone.frames) == 64 - 33
    middle = np.abs(alone.frames[15].astype(int) - film.frames[33 + 15]).mean()
    assert middle < 2.0
    assert abs(len(alone.samples) / 48_000 - 31 / 24) < 1 / 24


def test_a_mute_film_has_no_sound_track_and_the_subtitles_can_be_left_out(
    talk: Any, decoded: Any, tmp_path: Any
) -> None:
    caption, _, _, film, _ = talk
    path = tmp_path / "mute.mp4"
    result = renderer("stage").render(caption, path, RenderOptions(mute=True, subtitles=False, shot="S1"))
    silent = decoded(path)
    assert silent.samples is None and result.sample_rate == 0
    below, above = (
        np.abs(silent.frames[15].astype(int) - film.frames[15])[part].mean() for part in (np.s_[380:], np.s_[:300])
    )
    assert below > 5 > 2 > above


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_has_its_pixels(aspect: Any, caption_of: Any, decoded: Any, tmp_path: Any) -> None:
    caption = caption_of([{"ms": 3000, "action": "A dog runs."}], aspect=aspect)
    path = tmp_path / "film.mp4"
    # One shot only: the size is what is asked here.
    renderer("stage").render(caption.model_copy(update={"duration_ms": 3000}), path, RenderOptions(mute=True))
    width, height = ASPECT_PIXELS[aspect]
    assert decoded(path).frames.shape == (72, height, width)


_ODD = [
    "👩‍🚀🚀✨", "<b>{{ 7*7 }}</b> \\N & ]]>", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3, "ありがとう。さようなら！",
    "Съешь ещё этих мягких французских булок", "مرحبا بالعالم", "\U000e0041\ufdd0 ¿…?", "ḧ̷̛̫́e̵̡͌ ̶͇̋c̸͚̈́o̶͙͊m̵̨̃e̵̛̯s̷̰͋", "!!!",
]  # fmt: skip


def test_odd_texts_overlapping_voices_and_lines_over_cuts_do_not_crash(
    caption_of: Any, decoded: Any, tmp_path: Any
) -> None:
    roles = [
        {"name": name}
        for name in ("王", "<script>", "🦊", "The Very Long Name Of A Person Nobody Knows", "bear", "Ωmega")
    ]
    dialogue = [
        {"role": f"C{at % 6 + 1}", "start_ms": 100 + at * 300, "end_ms": 900 + at * 300, "text": text,
         "language": ("en", "ja", "ru", "ar", "xx")[at % 5]}
        for at, text in enumerate(_ODD)
    ]  # fmt: skip
    everyone = tuple(f"C{number}" for number in range(1, 7))
    shots = [
        {"ms": 2000, "setting": text, "action": text, "roles": everyone, "camera": camera}
        for text, camera in (("{{ x }} <g>", {"size": "close_up"}), ("🏔️ & 🌊", {"size": "wide", "angle": "dutch"}))
    ]
    caption = caption_of(shots, roles, dialogue)
    path = tmp_path / "odd.mp4"
    renderer("stage").render(caption, path, RenderOptions())
    assert len(decoded(path).frames) == 96
