"""The caption's invariants, each broken once, and what is derived from a caption."""

from __future__ import annotations

import copy
import json
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mavin.caption import (
    ASPECT_PIXELS,
    MIN_LINE_MS,
    MIN_SHOT_MS,
    MIN_SOUND_MS,
    Aspect,
    HierarchicalCaption,
    InvalidCaptionError,
    invariant_diagnostics,
    load_caption,
)
from mavin.interval import Interval

Change = Callable[[dict[str, Any]], None]

CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
WORDS = st.text(CHARACTERS, min_size=1, max_size=12).filter(
    lambda text: any(unicodedata.category(char)[0] in "LNPS" for char in text)
)


@st.composite
def captions(draw: st.DrawFn) -> dict[str, Any]:
    """Any valid caption, as JSON data: shots partition the clip, lines of one role keep apart."""
    shots = draw(st.integers(1, 6))
    duration = draw(st.integers(3_000, 15_000))
    spare = duration - shots * MIN_SHOT_MS
    shares = sorted(draw(st.lists(st.integers(0, spare), min_size=shots - 1, max_size=shots - 1)))
    cuts = [0, *(share + (index + 1) * MIN_SHOT_MS for index, share in enumerate(shares)), duration]
    names = [f"C{number + 1}" for number in range(draw(st.integers(0, 4)))]

    def span(start: int, end: int, least: int) -> dict[str, int]:
        first = draw(st.integers(start, end - least))
        return {"start_ms": first, "end_ms": draw(st.integers(first + least, end))}

    data: dict[str, Any] = {
        "duration_ms": duration,
        "aspect": draw(st.sampled_from([aspect.value for aspect in Aspect])),
        "global_caption": {"storyline": draw(WORDS), "style": draw(WORDS), "ambience": draw(WORDS)},
        "roles": [{"id": name, "name": f"{name} {draw(WORDS)}"} for name in names],
        "shots": [
            {
                "id": f"S{index + 1}",
                "start_ms": start,
                "end_ms": end,
                "setting": draw(WORDS),
                "action": draw(WORDS),
                "roles": draw(st.lists(st.sampled_from(names), unique=True)) if names else [],
                "sounds": [{"id": f"X{index + 1}", "text": draw(WORDS), **span(start, end, MIN_SOUND_MS)}]
                if draw(st.booleans())
                else [],
            }
            for index, (start, end) in enumerate(pairwise(cuts))
        ],
        "dialogue": [],
    }
    for name in names:
        edge = 0
        while duration - edge >= MIN_LINE_MS and draw(st.booleans()):
            times = span(edge, duration, MIN_LINE_MS)
            edge = times["end_ms"]
            data["dialogue"].append({"id": f"L{len(data['dialogue']) + 1}", "role": name, "text": draw(WORDS), **times})
    return data


@given(captions())
def test_a_caption_survives_json_and_its_derived_parts_agree(data: dict[str, Any]) -> None:
    caption = HierarchicalCaption.model_validate_json(json.dumps(data))
    assert load_caption(caption.model_dump_json()) == caption
    assert list(invariant_diagnostics(caption)) == []
    assert caption.cuts_ms == tuple(shot.end_ms for shot in caption.shots[:-1])
    for shot in caption.shots:
        assert caption.shot_at(shot.start_ms) is shot
        assert caption.shot_at(shot.end_ms - 1) is shot
    for line in caption.dialogue:
        parts = [part for shot in caption.shots for part in caption.lines_in(shot) if part.line is line]
        assert parts[0].starts
        assert parts[-1].ends
        assert sum(part.interval.duration_ms for part in parts) == line.interval.duration_ms
        assert all(left.interval.end_ms == right.interval.start_ms for left, right in pairwise(parts))
    for role in caption.roles:
        seen = sum(interval.duration_ms for interval in caption.presence(role.id))
        assert seen == sum(shot.interval.duration_ms for shot in caption.shots if role.id in shot.roles)


@given(captions(), st.data())
def test_moving_one_boundary_of_a_shot_alone_breaks_the_partition(data: dict[str, Any], draw: st.DataObject) -> None:
    shot = draw.draw(st.sampled_from(data["shots"]))
    shot["end_ms"] += draw.draw(st.integers(1, 500))
    shot["sounds"] = []
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(data)
    assert "shot_partition" in {diagnostic.code for diagnostic in caught.value.diagnostics}


def line(**changes: Any) -> dict[str, Any]:
    return {"id": "L9", "role": "C1", "start_ms": 0, "end_ms": 500, "text": "Who is there?"} | changes


def role(number: int, **changes: Any) -> dict[str, Any]:
    return {"id": f"C{number}", "name": f"sailor {number}"} | changes


def setting(*path: str | int, value: Any) -> Change:
    """Sets one field of the golden caption, given by its path."""

    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def adding(*path: str | int, value: Any) -> Change:
    """Appends to one list of the golden caption."""

    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for step in path:
            place = place[step]
        place.append(value)

    return change


def many_shots(data: dict[str, Any]) -> None:
    data["dialogue"] = []
    data["shots"] = [
        {"id": f"S{n + 1}", "start_ms": n * 1000, "end_ms": (n + 1) * 1000, "setting": "sea", "action": "it rolls"}
        for n in range(7)
    ]
    data["duration_ms"] = 7000


def short_first_shot(data: dict[str, Any]) -> None:
    data["shots"][0] |= {"end_ms": 399, "sounds": []}
    data["shots"][1]["start_ms"] = 399


# Every invariant: how it is broken in the golden caption, its code, and what the message must say:
# the object by name, what must hold, and what was got.
BROKEN: list[tuple[str, Change, str, list[str]]] = [
    ("clip too long", setting("duration_ms", value=15_001), "duration_range", ["clip", "15000 ms", "got 15001 ms"]),
    ("clip too short", setting("duration_ms", value=2_999), "duration_range", ["clip", "3000", "got 2999 ms"]),
    ("no shot", setting("shots", value=[]), "shot_count", ["1 to 6 shots", "got 0"]),
    ("seven shots", many_shots, "shot_count", ["1 to 6 shots", "got 7"]),
    ("gap", setting("shots", 1, "start_ms", value=2_520), "shot_partition", ["S2", "2500 ms", "got 2520 ms"]),
    ("overlap", setting("shots", 2, "start_ms", value=5_000), "shot_partition", ["S3", "5125 ms", "got 5000 ms"]),
    ("late start", setting("shots", 0, "start_ms", value=1), "shot_partition", ["S1", "at 0 ms", "got 1 ms"]),
    ("open end", setting("shots", 2, "end_ms", value=7_400), "shot_partition", ["S3", "7500 ms", "got 7400 ms"]),
    ("short shot", short_first_shot, "shot_too_short", ["S1", "400 ms", "got 399 ms"]),
    ("shot backwards", setting("shots", 1, "end_ms", value=2_500), "interval_order", ["S2", "2500 ms", "end 2500 ms"]),
    (
        "negative start",
        setting("shots", 0, "start_ms", value=-1),
        "greater_than_equal",
        ["S1: start_ms should be", "got -1"],
    ),
    ("same shot id", setting("shots", 2, "id", value="S2"), "duplicate_id", ["shots", "S2 2 times"]),
    ("same line id", setting("dialogue", 1, "id", value="L1"), "duplicate_id", ["dialogue", "L1 2 times"]),
    ("same sound id", setting("shots", 1, "sounds", 0, "id", value="X1"), "duplicate_id", ["sounds", "X1 2 times"]),
    ("same role id", adding("roles", value=role(2)), "duplicate_id", ["roles", "C2 2 times"]),
    ("same name", adding("roles", value=role(3, name=" mara")), "duplicate_name", ["names of roles", "'mara' 2 times"]),
    ("stranger in a shot", setting("shots", 0, "roles", value=["C7"]), "unknown_role", ["S1", "C1, C2", "got C7"]),
    (
        "stranger overridden",
        adding("shots", 0, "overrides", value={"role": "C8"}),
        "unknown_role",
        ["S1", "C1, C2", "got C8"],
    ),
    ("role twice", setting("shots", 0, "roles", value=["C1", "C1"]), "duplicate_role", ["S1", "C1 once", "2 times"]),
    (
        "override twice",
        adding("shots", 1, "overrides", value={"role": "C1", "voice": "loud"}),
        "duplicate_override",
        ["S2", "C1 once", "2 times"],
    ),
    (
        "sound over a cut",
        setting("shots", 0, "sounds", 0, "end_ms", value=2_600),
        "sound_outside",
        ["X1", "S1 (0.0–2.5s)", "got 0.0–2.6s"],
    ),
    (
        "short sound",
        setting("shots", 0, "sounds", 0, "end_ms", value=99),
        "sound_too_short",
        ["X1", "100 ms", "got 99 ms"],
    ),
    ("stranger speaks", adding("dialogue", value=line(role="C9")), "unknown_role", ["L9", "C1, C2", "got C9"]),
    (
        "line too late",
        adding("dialogue", value=line(start_ms=7_000, end_ms=7_501)),
        "line_outside",
        ["L9", "7.5 s", "got 7.501 s"],
    ),
    ("short line", adding("dialogue", value=line(end_ms=199)), "line_too_short", ["L9", "200 ms", "got 199 ms"]),
    (
        "role over itself",
        adding("dialogue", value=line(start_ms=3_000, end_ms=3_901)),
        "line_overlap",
        ["C1", "L9 (3.0–3.901s)", "L1 (3.9–5.6s)"],
    ),
    (
        "four references",
        lambda data: data["roles"].extend(
            role(n, reference={"image": f"references/{n}.png", "audio": None}) for n in (3, 4, 5)
        ),
        "too_many_references",
        ["at most 3 roles", "got 4: C1, C3, C4, C5"],
    ),
    (
        "bad id",
        setting("shots", 0, "id", value="one"),
        "string_pattern_mismatch",
        ["shots.0.id", "got 'one'"],
    ),
    (
        "no action",
        setting("shots", 0, "action", value="  "),
        "empty_text",
        ["S1: action: text must not be empty, got '  '"],
    ),
    (
        "no storyline",
        setting("global_caption", "storyline", value=""),
        "empty_text",
        ["global_caption.storyline", "must not be empty", "got ''"],
    ),
    (
        "control character",
        setting("dialogue", 0, "text", value="bell\x07"),
        "control_character",
        ["L1: text: text must not hold", "U+0007"],
    ),
    ("float time", setting("dialogue", 0, "end_ms", value=5600.5), "int_type", ["L1: end_ms should be", "got 5600.5"]),
    (
        "time in words",
        setting("dialogue", 0, "end_ms", value="5600"),
        "int_type",
        ["L1: end_ms should be", "got '5600'"],
    ),
    ("unknown aspect", setting("aspect", value="2:1"), "enum", ["aspect", "16:9", "got '2:1'"]),
    (
        "unknown size",
        setting("shots", 0, "camera", "size", value="big"),
        "enum",
        ["S1: camera.size should be", "got 'big'"],
    ),
    ("bad language", setting("language", value="English!"), "string_pattern_mismatch", ["language", "got 'English!'"]),
    ("extra field", setting("shots", 0, "mood", value="grim"), "extra_forbidden", ["S1: mood: ", "got 'grim'"]),
    ("yes in words", setting("dialogue", 0, "on_screen", value="yes"), "bool_type", ["L1: on_screen", "got 'yes'"]),
    ("foreign digits", setting("dialogue", 0, "id", value="L1٣"), "string_pattern_mismatch", ["dialogue.0.id", "got"]),
    ("nothing seen", setting("shots", 0, "action", value="\u200b \u2060"), "empty_text", ["S1: action", "\\u200b"]),
    ("only a mark", setting("dialogue", 0, "text", value="\u0301"), "empty_text", ["L1: text", "must not be empty"]),
    ("file without a name", setting("dialogue", 0, "recording", value=""), "empty_path", ["L1: recording", "null"]),
    (
        "picture without a name",
        setting("roles", 0, "reference", "image", value=" "),
        "empty_path",
        ["C1: reference.image", "must be null or a path"],
    ),
    (
        "half a character",
        setting("shots", 0, "action", value="\ud800"),
        "control_character",
        ["S1: action: text must not hold half a character, got U+D800"],
    ),
]


@pytest.mark.parametrize(("change", "code", "says"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_invariant_is_named_with_its_object_and_both_values(
    caption: HierarchicalCaption, change: Change, code: str, says: list[str]
) -> None:
    data = caption.model_dump(mode="json")
    change(data)
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(data)
    messages = [found.message for found in caught.value.diagnostics if found.code == code]
    assert messages, [found.code for found in caught.value.diagnostics]
    assert any(all(words in message for words in says) for message in messages), messages
    assert caught.value.exit_code == 3


def test_constructing_in_python_checks_the_same_invariants(caption: HierarchicalCaption) -> None:
    with pytest.raises(ValidationError, match="S3 must end with the clip, at 8000 ms, got 7500 ms"):
        HierarchicalCaption(**(dict(caption) | {"duration_ms": 8_000}))


def test_every_broken_invariant_is_reported_at_once(caption: HierarchicalCaption) -> None:
    data = caption.model_dump(mode="json")
    data["shots"][1]["start_ms"] = 2_510
    data["dialogue"].append(line(role="C9"))
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(data)
    assert {found.code for found in caught.value.diagnostics} == {"shot_partition", "unknown_role"}


def test_each_limit_itself_is_allowed(caption: HierarchicalCaption) -> None:
    data = caption.model_dump(mode="json")
    data["shots"][0] |= {"end_ms": 400, "sounds": [{"id": "X1", "start_ms": 300, "end_ms": 400, "text": "a step"}]}
    data["shots"][1] |= {"start_ms": 400}
    data["dialogue"].append(line(start_ms=3_700, end_ms=3_900))  # 200 ms, and touches L1 at 3.9 s
    data["dialogue"].append(line(id="L10", start_ms=7_300, end_ms=7_500))  # ends with the clip
    assert load_caption(data).shots[0].interval == Interval(0, 400)


def test_a_caption_cannot_be_changed_in_place(caption: HierarchicalCaption) -> None:
    with pytest.raises(ValidationError):
        caption.title = "Another"  # type: ignore[misc]


def test_pixels_are_those_of_the_aspect(caption: HierarchicalCaption) -> None:
    assert {aspect.value: pixels for aspect, pixels in ASPECT_PIXELS.items()} == {
        "16:9": (832, 480),
        "9:16": (480, 832),
        "1:1": (640, 640),
        "4:3": (736, 544),
        "21:9": (960, 416),
    }
    assert caption.pixels == (960, 416)


def test_a_line_over_a_cut_carries_the_continuation_mark_outside_the_words(caption: HierarchicalCaption) -> None:
    before, after = (caption.shot_text(caption.shot(name)) for name in ("S2", "S3"))
    assert 'C1 says (whispering) 3.9–5.125s: "Come home, Mara." —' in before
    assert 'C1 goes on (whispering) 5.125–5.6s: — "Come home, Mara."' in after
    assert 'C2 says 5.6–6.9s: "Ich sehe dich!"' in after


def test_a_shot_text_holds_camera_setting_action_and_sounds(caption: HierarchicalCaption) -> None:
    assert caption.shot_text(caption.shot("S1")) == (
        "Wide shot, low angle, tilt up. seen through the railing. spiral stairs inside a lighthouse at dusk. "
        "The keeper climbs the stairs with a lantern. 0.0–2.4s: boots on iron steps."
    )


def test_an_override_changes_a_role_in_its_shot_alone(caption: HierarchicalCaption) -> None:
    plain, changed = (caption.role_in_shot("C1", caption.shot(name)) for name in ("S1", "S2"))
    assert plain == caption.role("C1")
    assert changed.voice == "hoarse whisper"
    assert changed.appearance == "the same man, coat open, face lit from below"
    assert changed.reference.image == "references/keeper-lamp.png"
    assert changed.name == "keeper"


def test_presence_and_dialogue_intervals_are_derived_and_merged(caption: HierarchicalCaption) -> None:
    assert caption.presence("C1") == (Interval(0, 5125),)
    assert caption.presence("C2") == (Interval(5125, 7500),)
    assert caption.dialogue_intervals("C1") == (Interval(3900, 5600),)
    assert caption.role_text("C1") == "C1 is keeper. an old man in a dark oilskin coat. Voice: low and rough."


def test_an_unknown_name_is_a_key_error(caption: HierarchicalCaption) -> None:
    with pytest.raises(KeyError, match="there is no shot S9"):
        caption.shot("S9")
    with pytest.raises(KeyError, match="there is no role C9"):
        caption.role("C9")


def test_validation_leaves_the_data_alone(caption: HierarchicalCaption) -> None:
    data = caption.model_dump(mode="json")
    before = copy.deepcopy(data)
    load_caption(data)
    assert data == before
