"""The synthetic world follows from its seed."""

from __future__ import annotations

import numpy as np

from generator.stage.composer import ShotStage
from generator.stage.renderer import framing_variants
from generator.train.world import (
    SAMPLE_RATE,
    SMALL,
    draw_clip,
    draw_frames,
    sample_caption,
    without_words,
    world_clip,
    world_still,
)
from mavin.frames import FPS, frame_of


def test_a_clip_is_drawn_alike_from_the_same_seed_with_exact_frames_and_sound() -> None:
    caption = sample_caption(7)
    assert caption == sample_caption(7) != sample_caption(8)
    first, again = draw_clip(caption), draw_clip(caption)
    count = frame_of(caption.duration_ms)
    width, height = SMALL[caption.aspect]
    assert first.frames.shape == (count, height, width, 3)
    assert abs(len(first.waveform) - count * SAMPLE_RATE / FPS) <= 1
    assert np.array_equal(first.frames, again.frames)
    assert np.array_equal(first.waveform, again.waveform)


def test_some_frames_are_the_same_as_in_the_whole() -> None:
    caption = next(found for found in map(sample_caption, range(50)) if len(found.shots) > 1)
    cut = frame_of(caption.shots[1].start_ms)
    silent: list[dict[str, int]] = [{} for _ in range(frame_of(caption.duration_ms))]
    whole = draw_frames(caption, range(len(silent)), silent)
    assert np.array_equal(draw_frames(caption, range(cut - 3, cut + 4), silent), whole[cut - 3 : cut + 4])


def test_a_single_picture_is_one_of_a_shot_with_what_the_script_says_of_it() -> None:
    for seed in range(3, 8):
        caption, still = sample_caption(seed), world_still(seed)
        (shot,) = still.caption.shots
        (of,) = (one for one in caption.shots if one.id == shot.id)
        assert (shot.setting, shot.action, shot.roles, shot.camera) == (of.setting, of.action, of.roles, of.camera)
        assert still.caption.roles == caption.roles
        speakers = {part.line.role for part in caption.lines_in(of)}
        assert sorted(line.role for line in still.caption.dialogue) == sorted(speakers)
        assert {line.text for line in still.caption.dialogue} <= {part.line.text for part in caption.lines_in(of)}
        assert type(caption).model_validate(still.caption.model_dump()) == still.caption
        middle = (frame_of(of.start_ms) + frame_of(of.end_ms)) // 2
        assert np.array_equal(still.frames, draw_frames(caption, range(middle, middle + 1), [{}] * (middle + 1)))


def test_two_roles_stand_from_left_to_right_as_the_script_lists_them_whoever_goes_to_whom() -> None:
    pairs = 0
    for caption in map(sample_caption, range(30)):
        listed = [role.id for role in caption.roles]
        for shot, variant in zip(caption.shots, framing_variants(caption), strict=True):
            stage = ShotStage(caption, shot, variant=variant, pixels=(224, 128), canonical=True)
            figures = [actor for actor in stage.layout.actors if actor.role]
            if len(figures) != 2:
                continue
            pairs += 1
            left, right = sorted(figures, key=lambda actor: actor.x + (actor.track.distance if actor.track else 0))
            assert listed.index(left.role) < listed.index(right.role), shot.action
    assert pairs > 10


def test_references_are_of_the_role_and_never_copies() -> None:
    clip = next(found for found in map(world_clip, range(20)) if found.references)
    again = world_clip(next(seed for seed in range(20) if world_clip(seed).references))
    roles = {role.id: role for role in clip.caption.roles}
    for one, other in zip(clip.references, again.references, strict=True):
        assert np.array_equal(one.picture, other.picture)
        assert np.array_equal(one.voice, other.voice)
        assert roles[one.role].voice
        assert clip.caption.dialogue_intervals(one.role)
        assert 2 * SAMPLE_RATE < len(one.voice) < 3 * SAMPLE_RATE
        assert not any(one.picture.shape == frame.shape and np.array_equal(one.picture, frame) for frame in clip.frames)


def test_a_role_without_words_is_a_woman_or_a_man() -> None:
    caption = sample_caption(8)
    told = without_words(caption, ["C1"])
    assert told.roles[0].appearance in {"a woman", "a man"}
    assert told.roles[0].voice == f"the voice of {told.roles[0].appearance}"
    assert told.roles[1:] == caption.roles[1:]
    assert told.model_copy(update={"roles": caption.roles}) == caption


def test_the_world_is_plain() -> None:
    words = " ".join(f"{shot.setting} {shot.action}" for seed in range(60) for shot in sample_caption(seed).shots)
    assert not any(f" {weather}" in words for weather in ("heavy rain", "light rain", "thick fog", "a thunderstorm"))
    assert {line.delivery for seed in range(60) for line in sample_caption(seed).dialogue} <= {"calmly", "firmly", ""}


def test_half_of_the_scripts_speak_as_written_ones_do_and_say_the_same_lines() -> None:
    written = [caption for caption in map(sample_caption, range(200)) if caption.global_caption.style[0].isupper()]
    assert 80 < len(written) < 120
    told = [line for caption in written for line in caption.dialogue if line.on_screen]
    assert told
    for caption in written:
        assert all(shot.setting[0].isupper() and shot.action[0].isupper() for shot in caption.shots)
        for line in caption.dialogue:
            shot = next(shot for shot in caption.shots if shot.start_ms <= line.start_ms < shot.end_ms)
            assert line.end_ms <= shot.end_ms
            assert not line.on_screen or line.text in caption.global_caption.storyline
    # Called by their trade, the roles are nowhere called by the name that they had.
    assert any(role.name.lower() in role.appearance.lower() for caption in written for role in caption.roles)
    assert {len(caption.shots) for caption in written} == {1, 2, 3, 4}
    assert max(caption.duration_ms for caption in written) > 8000
