"""What happens at a model's limits: pieces go whole, in order, and told; what must stay is refused, never cut."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mavin.caption import HierarchicalCaption, load_caption
from mavin.formats import FormatError, LossKind
from mavin.formats.targets.calls import calls_of
from mavin.formats.targets.clock import LTX, WAN, apportion, next_of
from mavin.formats.targets.fitting import Piece, Rank, characters, fit, tokens
from mavin.formats.targets.phrases import called, looks, quality, quoted, renamed, sentence
from tests.mavin.formats.reading_targets import exported, words
from tests.mavin.formats.target_scripts import SCRIPTS, script


def changed(name: str, **texts: str) -> HierarchicalCaption:
    """A script with other words in its first shot, or as its first line."""
    data = SCRIPTS[name]()
    line = texts.pop("line", None)
    if line is not None:
        data["dialogue"][0]["text"] = line
    data["global_caption"].update({key: texts.pop(key) for key in ("style", "storyline") if key in texts})
    data["shots"][0].update(texts)
    return load_caption(data)


def test_grids_round_to_whole_latents() -> None:
    # 4 s at 16 fps are frame 64, between 4·15 + 1 = 61 and 4·16 + 1 = 65: 17 latents
    assert (WAN.latents(4000), WAN.frames(4000)) == (17, 65)
    # 8 s at 24 fps are 192 frames, between 185 and 193: 25 latents
    assert (LTX.latents(8000), LTX.frames(8000)) == (25, 193)
    assert (WAN.latents(0), WAN.frames(0)) == (1, 1)
    assert WAN.frames(15_000) == 241
    # cuts at 3.6 s (frame 57.6: 57, 15 latents) and 8 s (frame 128: 129, 33 latents)
    assert WAN.together([3600, 8000]) == (15, 18)
    # apart each shot begins with a latent of one frame: 57 frames, then 128 − 57 = 71: 69 (of 69 and 73), 18 latents
    assert WAN.apart([3600, 8000]) == (15, 18)
    assert [WAN.frames_in(count) for count in WAN.apart([3600, 8000])] == [57, 69]


def test_shares_keep_their_sum_and_their_least() -> None:
    assert apportion([3600, 4400], 8) == (4, 4)
    assert apportion([100, 100, 14_800], 15) == (1, 1, 13)
    assert apportion([1, 1, 1], 4) == (2, 1, 1)
    with pytest.raises(ValueError, match="at least 3, got 2"):
        apportion([1, 1, 1], 2)
    assert next_of((4, 6, 8), 4001) == 6
    assert next_of((4, 6, 8), 3000, 5) == 6
    with pytest.raises(ValueError, match="too short"):
        next_of((4, 6, 8), 8001)


def test_the_least_needed_goes_first_and_is_told() -> None:
    pieces = [
        Piece("Style here.", "global_caption.style", "style", Rank.STYLE),
        Piece("She runs.", "shots.S1.action", "action"),
        Piece("A note.", "shots.S1.camera.note", "camera note", Rank.NOTE),
        Piece("A sound.", "shots.S1.sounds.X1", "sounds", Rank.SOUNDS),
    ]
    kept, losses = fit(pieces, characters(21), title="M", of="S1")
    assert [piece.text for piece in kept] == ["Style here.", "She runs."]
    assert [loss.path for loss in losses] == ["shots.S1.sounds.X1", "shots.S1.camera.note"]
    assert all(loss.kind is LossKind.LOST and loss.why == "M reads at most 21 characters there" for loss in losses)
    with pytest.raises(FormatError, match=r"at most 8 characters of S1, but what happens.* have 9 of them alone"):
        fit(pieces, characters(8), title="M", of="S1")


def test_kling_leaves_out_whole_pieces_and_says_which() -> None:
    caption = changed("dialogue", style="grain " * 40, setting="a bakery with " + "copper pans " * 10)
    data, written = exported("kling-3", caption)
    prompt = data["multi_prompt"][0]["prompt"]
    lost = {(loss.path, loss.what) for loss in written.losses if loss.kind is LossKind.LOST}
    assert len(prompt) <= 512
    assert "Mara holds up a black loaf" in prompt
    assert '"You forgot it again."' in prompt
    assert ("shots.S1.camera.note", "camera note") in lost
    assert "oven door." not in prompt
    with pytest.raises(FormatError, match=r"Kling 3 reads at most 512 characters of S1.*Shorten them"):
        exported("kling-3", changed("dialogue", action="Mara walks. " * 60))


@pytest.mark.parametrize("target", ["ovi-1.1", "echoshot", "cinetrans", "multishotmaster", "holocine", "ltx-2"])
def test_a_prompt_beyond_its_tokens_is_refused_not_cut(target: str) -> None:
    with pytest.raises(FormatError, match=r"reads at most [\d]+ tokens of .* about \d+ of them alone. Shorten them"):
        exported(target, changed("dialogue", action="Mara walks on and on through the rain. " * 130))


def test_tokens_are_counted_rather_too_high() -> None:
    count = tokens(1).measure
    assert count("") == 1
    assert count("She runs.") == 4
    assert count("extraordinary") == 4  # 13 letters: three pieces
    assert count("慢一点。") == 5
    assert count("don't") == 4
    assert tokens(1, wide=3).measure("慢一点。") == 13


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("ovi-1.0", "He says <E> and goes"),
        ("ovi-1.1", "Audio: loud"),
        ("holocine", "a [shot cut] of meat"),
        ("echoshot", "page [3] of it"),
        ("cinetrans", "costs ${x}"),
        ("prompt-relay-ltx", "left | right"),
        ("kling-3", "<<<image_1>>>"),
        ("veo-3.1", "at [00:01-00:02] sharp"),
    ],
)
def test_words_that_read_as_the_targets_marks_are_refused(target: str, words: str) -> None:
    with pytest.raises(FormatError, match=r"for a mark of its own.*Write that in other words"):
        exported(target, changed("dialogue", action=words))
    with pytest.raises(FormatError, match="for a mark of its own"):
        exported(target, changed("dialogue", line=words))


def test_a_shot_longer_than_a_call_is_refused_with_what_to_do() -> None:
    data = SCRIPTS["one-silent-shot"]()
    data["duration_ms"] = data["shots"][0]["end_ms"] = 13_000
    for target, most in (("veo-3.1", "8.0"), ("ovi-1.1", "10.041"), ("sora-2", "12.0")):
        with pytest.raises(FormatError, match=rf'at most {most} s in one go, but S1 lasts 13.0 s.*"split S1"'):
            exported(target, load_caption(data))


def test_calls_are_few_and_even() -> None:
    caption = script("six-shots")
    calls = calls_of(caption, "M", longest_ms=8000)
    # 15 s need two calls; 7 + 8 s is the most even way
    assert [[shot.id for shot in call.shots] for call in calls] == [["S1", "S2", "S3"], ["S4", "S5", "S6"]]
    assert [[line.id for line in call.lines] for call in calls] == [[], ["L1", "L2"]]
    assert len(calls_of(caption, "M", most_shots=1)) == 6
    assert len(calls_of(caption, "M")) == 1


def test_a_line_over_a_cut_of_calls_is_said_where_it_is_heard_longest() -> None:
    caption = script("over-the-cut")
    homes = {line.id: call.shots[0].id for call in calls_of(caption, "M", most_shots=1) for line in call.lines}
    # L1 0.9–3.9 s: 1.75 s in S1, 1.25 s in S2; L2 3.2–5.6 s: 1.8 s in S2, 0.6 s in S3
    assert homes == {"L1": "S1", "L2": "S2"}


def test_a_storyline_that_quotes_a_line_is_not_said_twice() -> None:
    caption = changed("dialogue", storyline='Mara says "You forgot it again." and leaves.')
    for target in ("sora-2", "prompt-relay-ltx"):
        data, written = exported(target, caption)
        assert words(data).count("You forgot it again.") == 1
        assert ("global_caption.storyline", "it quotes a line, which would be said twice") in {
            (loss.path, loss.why) for loss in written.losses
        }


def test_long_prose_is_told_but_kept() -> None:
    _, written = exported("ltx-2", changed("dialogue", action="Mara walks on. " * 70))
    assert any(re.search(r"longer than its makers advise, about \d+ words", loss.what) for loss in written.losses)


@pytest.mark.parametrize(
    ("name", "appearance", "told"),
    [
        ("Mara", "A woman of forty", "Mara is a woman of forty."),
        ("Mara", "flour on her apron", "Mara: flour on her apron."),
        ("Ivo", "Ivo, a sailor", "Ivo is a sailor."),
        ("the baker", "A baker", ""),
        ("the baker", "A baker: a woman of forty", "The baker is a woman of forty."),
        ("林岚", "林岚：短发", "林岚: 短发。"),
        ("祖母", "白发老人", "祖母: 白发老人。"),
        ("Mara", "", ""),
    ],
)
def test_looks_are_sentences(name: str, appearance: str, told: str) -> None:
    assert looks(name, appearance) == told


def test_names_are_called_and_replaced_as_the_prose_has_them() -> None:
    caption = script("six-shots")
    assert called(caption, caption.role("C1")) == "the skipper"
    assert called(caption, caption.role("C2")) == "Ida"
    names = {"keeper": "[character1]", "Mara": "[character2]"}
    assert renamed("The keeper waves at Mara's boat.", names) == "[character1] waves at [character2]'s boat."
    assert renamed("A lighthouse keeper and Maras.", names) == "A lighthouse keeper and Maras."


@pytest.mark.parametrize(
    ("text", "marks"), [("no", '""'), ('a "b"', "“”"), ('a "b" “c”', "«»"), ('"“«', "「」"), ('"“«「', '""')]
)
def test_lines_stand_in_marks_that_they_do_not_hold(text: str, marks: str) -> None:
    assert quoted(text) == f"{marks[0]}{text}{marks[1]}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cheerful, asking.", "cheerful, asking"), ("A low voice", "a low voice"), ("British, dry", "British, dry"),
        ("AI-like", "AI-like"), ("低声", "低声"), ("", ""),
    ],
)  # fmt: skip
def test_qualities_stand_inside_a_sentence(text: str, told: str) -> None:
    assert quality(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [("rain", "Rain."), ("rain…", "Rain…"), ('he "runs"', 'He "runs".'), ("雨", "雨。"), ("비", "비."), ("", "")],
)
def test_phrases_become_sentences(text: str, told: str) -> None:
    assert sentence(text) == told


def test_references_are_numbered_in_the_order_of_need() -> None:
    data, _ = exported("kling-3", script("cjk-with-references"))
    images: list[Any] = [image["image_url"] for image in data["image_list"]]
    assert images == ["references/grandma.png", "references/grandma-side.png", "references/xiaoyu.png"]
    assert "<<<image_1>>>" in data["multi_prompt"][0]["prompt"]
    assert re.findall(r"<<<image_\d>>>", data["multi_prompt"][1]["prompt"]) == ["<<<image_2>>>", "<<<image_3>>>"]
