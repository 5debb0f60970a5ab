"""Model targets on any script: limits obeyed, grids exact, lines verbatim, nothing lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from mavin.caption import MIN_SHOT_MS, Angle, Aspect, HierarchicalCaption, Movement, Size, load_caption
from mavin.formats import Feature, FilmScript, FormatError, LossKind, Written
from mavin.formats.losses import found
from mavin.interval import format_seconds
from tests.mavin.formats.reading_targets import TARGETS, exported, words

ADVICE = "Split it|Shorten them|Write that in other words"
"""What a refusal tells to do."""
SILENT = {"holocine", "echoshot", "cinetrans", "cinetrans-unet", "multishotmaster", "prompt-relay-wan"}
LINES = st.one_of(
    st.sampled_from(
        [
            "Come home.", 'She said "no", then “maybe”.', "two\nlines,\ta tab", "  blanks  around  ", "C1: 3–4 s?",
            "おばあちゃん、美味しい！", "慢一点。", "naïve café — ¿qué?", "🙂 $5 & <b>", "it's \\n 'quoted'", "```",
        ]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
        lambda text: any(char.isalnum() for char in text)
    ),
)  # fmt: skip
PROSE = st.one_of(
    st.sampled_from(["The fox runs", "a red coat, torn", "rain…", "雨打屋檐", "she waits.", "Ends “so”", "x" * 90]),
    st.text(st.characters(categories=("Lu", "Ll", "Lo", "Zs", "Po")), min_size=1, max_size=25).filter(
        lambda text: any(char.isalnum() for char in text)
    ),
)
NAMES = st.sampled_from(["Mara", "the keeper", "baker", "祖母", "Dr. O'Hara", "Ben", "小雨", "Ann-Marie"])


@st.composite
def scripts(draw: st.DrawFn) -> HierarchicalCaption:
    """Any valid script with everything that a target could trip over; what happens in shot n names itself."""
    count = draw(st.integers(1, 6))
    duration = draw(st.integers(3_000, 15_000))
    spare = duration - count * MIN_SHOT_MS
    shares = sorted(draw(st.lists(st.integers(0, spare), min_size=count - 1, max_size=count - 1)))
    cuts = [0, *(share + (index + 1) * MIN_SHOT_MS for index, share in enumerate(shares)), duration]
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    roles = [
        {
            "id": f"C{number}",
            "name": name,
            "appearance": draw(st.one_of(st.just(""), PROSE)),
            "voice": draw(st.one_of(st.just(""), PROSE)),
            "reference": draw(
                st.sampled_from([{}, {"image": f"references/{number}.png"}, {"audio": f"references/{number}.wav"}])
            ),
        }
        for number, name in enumerate(names, 1)
    ]
    ids = [role["id"] for role in roles]
    shots = []
    for index, (start, end) in enumerate(pairwise(cuts), 1):
        seen = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        overrides = [{"role": name, "appearance": draw(PROSE)} for name in seen if draw(st.integers(0, 3)) == 0]
        sounds = [{"id": f"X{index}", "start_ms": start, "end_ms": end, "text": draw(PROSE)}]
        shots.append(
            {
                "id": f"S{index}",
                "start_ms": start,
                "end_ms": end,
                "setting": draw(PROSE),
                "action": f"happening{index} {draw(PROSE)}",
                "camera": {
                    "size": draw(st.sampled_from(Size)),
                    "angle": draw(st.sampled_from(Angle)),
                    "movement": draw(st.sampled_from(Movement)),
                    "note": draw(st.one_of(st.just(""), PROSE)),
                },
                "roles": seen,
                "overrides": overrides,
                "sounds": sounds if draw(st.booleans()) else [],
            }
        )
    dialogue: list[dict[str, Any]] = []
    for name in ids:
        edge = draw(st.integers(0, duration))
        while duration - edge >= 200 and len(dialogue) < 4:
            end = min(duration, edge + draw(st.integers(200, 4_000)))
            dialogue.append(
                {
                    "id": f"L{len(dialogue) + 1}",
                    "role": name,
                    "start_ms": edge,
                    "end_ms": end,
                    "text": draw(LINES),
                    "delivery": draw(st.one_of(st.just(""), PROSE)),
                    "language": draw(st.sampled_from(["en", "zh", "sw", "de-AT"])),
                    "on_screen": draw(st.booleans()),
                }
            )
            edge = end + draw(st.integers(0, 6_000))
    return load_caption(
        {
            "duration_ms": duration,
            "aspect": draw(st.sampled_from(Aspect)),
            "global_caption": {"storyline": draw(PROSE), "style": draw(PROSE), "ambience": draw(PROSE)},
            "shots": shots,
            "roles": roles,
            "dialogue": dialogue,
        }
    )


any_script = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def made(target: str, caption: HierarchicalCaption) -> tuple[Any, Written]:
    """A target's data; scripts that it refuses are passed over."""
    try:
        return exported(target, caption)
    except FormatError as error:
        assert re.search(ADVICE, str(error)), error
        assume(False)
        raise


def made_by_all(caption: HierarchicalCaption) -> Iterator[tuple[str, Any, Written]]:
    """Each target that takes a script, with its data and its file."""
    for target in TARGETS:
        try:
            data, written = exported(target, caption)
        except FormatError as error:
            assert re.search(ADVICE, str(error)), error
            continue
        note(target)  # the last one that is noted is the one that fails
        yield target, data, written


@given(caption=scripts())
@any_script
def test_lines_stand_word_for_word_and_shots_in_order(caption: HierarchicalCaption) -> None:
    for target, data, written in made_by_all(caption):
        lines_and_order(target, caption, words(data), written)


def lines_and_order(target: str, caption: HierarchicalCaption, text: str, written: Written) -> None:
    lost = {loss.path for loss in written.losses if loss.kind is LossKind.LOST}
    for line in caption.dialogue:
        assert (f"dialogue.{line.id}.text" in lost) == (target in SILENT)
        assert target in SILENT or line.text in text
    places = [text.index(f"appening{number}") for number in range(1, len(caption.shots) + 1)]
    assert places == sorted(places)
    for role in caption.roles:
        seen = any(role.id in shot.roles for shot in caption.shots)
        heard = target not in SILENT and any(line.role == role.id for line in caption.dialogue)
        named = re.sub(r"\s+", " ", role.name).casefold() in text.casefold()
        assert named or f"roles.{role.id}.name" in lost
        if seen or heard:
            assert named


@given(caption=scripts())
@any_script
def test_everything_is_carried_or_listed(caption: HierarchicalCaption) -> None:
    for target, data, written in made_by_all(caption):
        carried_or_listed(target, caption, " ".join(words(data).split()), written)


def carried_or_listed(target: str, caption: HierarchicalCaption, text: str, written: Written) -> None:
    lost = {(loss.path, loss.what) for loss in written.losses if loss.kind is LossKind.LOST}
    gone = {path for path, _ in lost}
    form = TARGETS[target]
    for feature, path in found(FilmScript.of(caption)):
        assert feature in form.carries or (path, feature.value) in lost
    for loss in written.losses:
        assert loss.what
        assert not loss.what.endswith(".")
        assert not loss.why.endswith(".")

    def told(words: str, path: str) -> None:
        plain = " ".join(words.split()).rstrip(".")[1:]  # the first letter may have become large
        assert plain in text or path in gone, (words, path)

    for shot in caption.shots:
        at = f"shots.{shot.id}"
        if Feature.SETTING in form.carries:
            told(shot.setting, f"{at}.setting")
        told(shot.camera.note, f"{at}.camera.note")
        for sound in shot.sounds:
            told(sound.text, f"{at}.sounds.{sound.id}")
        for over in shot.overrides:
            told(over.appearance or "", f"{at}.overrides")
    for role in caption.roles:
        told(role.appearance, f"roles.{role.id}.appearance")
        if target not in SILENT:
            told(role.voice, f"roles.{role.id}.voice")
    if Feature.STORYLINE in form.carries:
        told(caption.global_caption.storyline, "global_caption.storyline")
    if "global_caption.style" not in gone:
        told(caption.global_caption.style, at)


@given(caption=scripts())
@any_script
def test_ovi_has_one_row_a_shot_with_its_tags_closed(caption: HierarchicalCaption) -> None:
    for target, longest in (("ovi-1.0", 121), ("ovi-1.1", 241)):
        if max(shot.interval.duration_ms for shot in caption.shots) * 24 > longest * 1000:
            with pytest.raises(FormatError, match="Split it"):
                exported(target, caption)
            continue
        try:
            data, _ = exported(target, caption)
        except FormatError:
            continue
        assert len(data) == len(caption.shots)
        prompts = [row["text_prompt"] for row in data]
        spoken = [text for prompt in prompts for text in re.findall(r"<S>(.*?)<E>", prompt, re.DOTALL)]
        assert sorted(spoken) == sorted(line.text for line in caption.dialogue)
        for prompt in prompts:
            heard = r"<AUDCAP>[^<]*<ENDAUDCAP>$" if target == "ovi-1.0" else r"Audio: .*\.$"
            assert len(re.findall("<AUDCAP>|Audio:", prompt)) == 1
            assert re.search(heard, prompt, re.DOTALL)


@given(caption=scripts())
@any_script
def test_ltx_frames_are_8n_plus_1_and_near_the_length(caption: HierarchicalCaption) -> None:
    data, _ = made("diffusers-ltx2", caption)
    assert data["num_frames"] % 8 == 1
    assert abs(data["num_frames"] * 1000 / 24 - caption.duration_ms) <= 4000 / 24 + 1000 / 24
    assert data["width"] % 32 == data["height"] % 32 == 0
    assert (data["width"], data["height"]) == caption.pixels
    prose, _ = exported("ltx-2", caption)
    assert prose == data["prompt"] + "\n"


@given(caption=scripts())
@any_script
def test_holocine_cuts_on_its_grid(caption: HierarchicalCaption) -> None:
    data, _ = made("holocine", caption)
    edges = [0, *data["shot_cut_frames"], data["num_frames"]]
    assert all(frame % 4 == 1 for frame in edges[1:])
    assert all(end > start for start, end in pairwise(edges))
    assert len(data["shot_captions"]) == len(caption.shots) == len(edges) - 1
    for shot, start in zip(caption.shots, edges, strict=False):
        assert abs(start * 1000 / 16 - shot.start_ms) <= 4000 / 16
    assert data["global_caption"].endswith(f"This scene contains {len(caption.shots)} shot" + "s."[len(edges) == 2 :])
    seen = {role for shot in caption.shots for role in shot.roles}
    for number, role in enumerate(caption.roles, 1):
        assert (f"[character{number}] is " in data["global_caption"]) == (role.id in seen)
        for shot, told in zip(caption.shots, data["shot_captions"], strict=True):
            assert role.id not in shot.roles or f"[character{number}]" in told


@given(caption=scripts())
@any_script
def test_echoshot_reads_back_the_lengths_that_were_meant(caption: HierarchicalCaption) -> None:
    data, written = made("echoshot", caption)
    frames = int(data["sample_frames"])
    assert 93 <= frames <= 125
    assert frames % 4 == 1
    prompts = [part for part in re.split(r"\[\d+\]", data["prompt"]) if part.strip()]
    assert 2 <= len(prompts) == len(caption.shots) <= 6
    latents = (frames - 1) // 4 + 1
    # What generate.py makes of the proportions: whole parts, the rest to the last shot.
    weights = [float(part) for part in data["shot_len"].split(",")]
    read = [int(weight / sum(weights) * latents) for weight in weights]
    read[-1] = latents - sum(read[:-1])
    assert min(read) >= 1
    ends = [sum(4 * count - 3 for count in read[: index + 1]) for index in range(len(read))]
    moved = {loss.path: loss.what for loss in written.losses if loss.kind is LossKind.ROUNDED}
    for shot, end in zip(caption.shots[1:], ends, strict=False):
        if f"shots.{shot.id}.start_ms" in moved:
            assert f"begins at {format_seconds(round(end * 1000 / 16 + 1e-6))} s" in moved[f"shots.{shot.id}.start_ms"]
        else:
            assert abs(end * 1000 / 16 - shot.start_ms) < 1


@given(caption=scripts())
@any_script
def test_cinetrans_divides_its_latents_and_frames(caption: HierarchicalCaption) -> None:
    data, _ = made("cinetrans", caption)
    assert len(data["prompt"]) == len(caption.shots) + 1
    assert data["general_prompt"] is True
    assert len(data["mask_info"]) == len(caption.shots)
    assert min(data["mask_info"]) >= 1
    assert sum(data["mask_info"]) == (data["frame_num"] - 1) // 4 + 1
    assert data["frame_num"] % 4 == 1
    unet, _ = made("cinetrans-unet", caption)
    assert sum(unet["prompt"]["shot_info"]) == 64
    assert min(unet["prompt"]["shot_info"]) >= 1
    assert len(unet["prompt"]["shot_info"]) == len(caption.shots)


@given(caption=scripts())
@any_script
def test_multishotmaster_codes_each_shot_by_itself(caption: HierarchicalCaption) -> None:
    data, _ = made("multishotmaster", caption)
    assert sum(len(row["shot_groups"]) for row in data) == len(caption.shots)
    for row in data:
        groups = row["shot_groups"]
        assert len(groups) <= 5
        assert groups[0][0] == 0
        assert groups[-1][1] <= 308
        assert all((end - start) % 4 == 1 and end > start for start, end in groups)
        assert all(left[1] == right[0] for left, right in pairwise(groups))
        assert list(row["gemini_caption"]) == ["global_caption", *(f"shot{index}" for index in range(len(groups)))]


@given(caption=scripts())
@any_script
def test_prompt_relay_lengths_fill_the_clip(caption: HierarchicalCaption) -> None:
    wan, _ = made("prompt-relay-wan", caption)
    assert len(wan["local_prompts"]) == len(wan["segment_lengths"]) == len(caption.shots)
    assert min(wan["segment_lengths"]) >= 1
    ends = [4 * (sum(wan["segment_lengths"][: index + 1]) - 1) + 1 for index in range(len(caption.shots))]
    for shot, end in zip(caption.shots, ends, strict=True):
        assert abs(end * 1000 / 16 - shot.end_ms) <= 4000 / 16
    ltx, _ = made("prompt-relay-ltx", caption)
    frames = [int(part) for part in ltx["segment_lengths"].split(",")]
    assert sum(frames) == ltx["frames"]
    assert ltx["frames"] % 8 == 1
    assert len([part for part in ltx["local_prompts"].split("|") if part.strip()]) == len(frames) == len(caption.shots)
    latents = latents_of_the_node(frames, 8)
    assert min(latents) >= 1
    for number, shot in enumerate(caption.shots, 1):
        assert abs((8 * sum(latents[:number]) - 7) * 1000 / 24 - shot.end_ms) <= 4000 / 24


def latents_of_the_node(lengths: list[int], step: int) -> list[int]:
    """How the ComfyUI node turns lengths in frames into latents: by the largest remainder of the whole."""
    total = sum(lengths)
    latents = (total - 1) // step + 1
    exact = [length * latents / total for length in lengths]
    shares = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda index: -(exact[index] - shares[index]))
    for index in order[: latents - sum(shares)]:
        shares[index] += 1
    return shares


@given(caption=scripts())
@any_script
def test_kling_obeys_its_limits(caption: HierarchicalCaption) -> None:
    data, _ = made("kling-3", caption)
    seconds = [int(shot["duration"]) for shot in data["multi_prompt"]]
    assert [shot["index"] for shot in data["multi_prompt"]] == list(range(1, len(caption.shots) + 1))
    assert all(len(shot["prompt"]) <= 512 for shot in data["multi_prompt"])
    assert min(seconds) >= 1
    assert sum(seconds) == int(data["duration"])
    assert 3 <= int(data["duration"]) <= 15
    assert data["aspect_ratio"] in {"16:9", "9:16", "1:1"}
    numbers = {
        int(number) for shot in data["multi_prompt"] for number in re.findall(r"<<<image_(\d)>>>", shot["prompt"])
    }
    assert numbers == set(range(1, len(data.get("image_list", [])) + 1))
    assert data["model_name"] == ("kling-v3-omni" if numbers else "kling-v3")


@given(caption=scripts())
@any_script
def test_veo_and_sora_fill_their_lengths(caption: HierarchicalCaption) -> None:
    veo, _ = made("veo-3.1", caption)
    shots = 0
    for request in veo:
        seconds = request["config"]["duration_seconds"]
        stamps = re.findall(r"^\[00:(\d\d)-00:(\d\d)\] ", request["prompt"], re.MULTILINE)
        times = [(int(start), int(end)) for start, end in stamps]
        shots += len(times)
        assert seconds in {4, 6, 8}
        assert times[0][0] == 0
        assert times[-1][1] == seconds
        assert all(left[1] == right[0] for left, right in pairwise(times))
        assert all(end > start for start, end in times)
        pictures = request["config"].get("reference_images", [])
        assert len(pictures) <= 3
        assert not pictures or (seconds, request["config"]["aspect_ratio"]) == (8, "16:9")
    assert shots == len(caption.shots)
    sora, _ = made("sora-2", caption)
    assert all(request["seconds"] in {"4", "8", "12"} for request in sora)
    assert sum(int(request["seconds"]) * 1000 for request in sora) >= caption.duration_ms


@given(caption=scripts())
@any_script
def test_seedance_numbers_shots_and_references(caption: HierarchicalCaption) -> None:
    data, _ = made("seedance-2", caption)
    text = data["content"][0]["text"]
    numbers = [int(number) for number in re.findall(r"^Shot (\d) \(", text, re.MULTILINE)]
    assert numbers == list(range(1, len(caption.shots) + 1))
    assert 4 <= data["duration"] <= 15
    assert data["duration"] * 1000 >= caption.duration_ms
    for kind, label, most in (("image", "Image", 9), ("audio", "Audio", 3)):
        files = [part for part in data["content"] if part["type"] == f"{kind}_url"]
        assert len(files) <= most
        assert {int(number) for number in re.findall(rf" {label} (\d)[. ]", text.split("\nShot 1")[0])} == set(
            range(1, len(files) + 1)
        )
