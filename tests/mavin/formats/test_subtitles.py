"""Subtitles: read by other people's code, exact in what they claim, and back in the film as edits."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings

from mavin.caption import HierarchicalCaption
from mavin.errors import MavinError
from mavin.formats import Document, FilmScript, FormatError, LossKind, find
from mavin.formats.registry import Incoming
from tests.mavin.formats.scripts import GOLDEN, films
from tests.mavin.formats.target_scripts import script


def read(name: str, content: bytes | str, base: FilmScript | None = None) -> Incoming:
    data = content.encode() if isinstance(content, str) else content
    reader = find(name).read
    assert reader is not None
    return reader(Document(data, f"film.{name}"), base)


@pytest.mark.parametrize("name", ["srt", "vtt"])
@settings(max_examples=25)
@given(script=films())
def test_what_comes_back_into_its_film_is_the_film(name: str, script: FilmScript) -> None:
    if not any(clip.caption.dialogue for clip in script.clips):
        return
    back = read(name, find(name).export(script).content, script)
    assert back.script.clips == script.clips


def test_lines_of_two_roles_who_are_written_alike_stay_with_their_roles() -> None:
    caption = script("dialogue")
    roles = [
        role.model_copy(update={"name": name}) for role, name in zip(caption.roles, ("x", "<i>x</i>"), strict=True)
    ]
    film = FilmScript.of(caption.model_copy(update={"roles": tuple(roles)}))
    back = read("srt", find("srt").export(film).content, film)
    assert [line.role for line in back.script.clips[0].caption.dialogue] == [line.role for line in caption.dialogue]


@pytest.mark.parametrize("name", ["srt", "vtt"])
@settings(max_examples=25)
@given(script=films())
def test_a_stranger_gets_words_times_and_speakers_or_is_told(name: str, script: FilmScript) -> None:
    if not any(clip.caption.dialogue for clip in script.clips):
        return
    written = find(name).export(script)
    changed = {loss.path for loss in written.losses if loss.kind is LossKind.CHANGED}
    found = _foreign(name, written.content.decode())
    lines = [
        (
            f"{clip.id}.dialogue.{line.id}" if len(script.clips) > 1 else f"dialogue.{line.id}",
            offset + line.start_ms,
            offset + line.end_ms,
            clip.caption.role(line.role).name,
            line.text,
        )
        for clip, offset in zip(script.clips, script.offsets_ms, strict=True)
        for line in sorted(clip.caption.dialogue, key=lambda line: (line.start_ms, line.end_ms, line.id))
    ]
    assert [(start, end) for start, end, _ in found] == [(start, end) for _, start, end, _, _ in lines]
    for (path, _, _, speaker, words), (_, _, text) in zip(lines, found, strict=True):
        if path not in changed and f"{path}.text" not in changed:
            assert text == (f"{speaker}: {words}" if name == "srt" else words)


def _foreign(name: str, text: str) -> list[tuple[int, int, str]]:
    """(start, end, words) as pysubs2 and webvtt-py read them."""
    if name == "srt":
        from pysubs2 import SSAFile

        subtitles = SSAFile.from_string(text, format_="srt", keep_html_tags=True)
        return [(cue.start, cue.end, cue.text) for cue in subtitles]
    import html

    import webvtt

    cues = webvtt.from_string(text).captions
    return [(_clock(cue.start), _clock(cue.end), html.unescape(cue.text)) for cue in cues]


def _clock(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(seconds) * 1000)


def test_voices_are_voices_to_others(caption: HierarchicalCaption) -> None:
    import webvtt

    cues = webvtt.from_string(find("vtt").export(FilmScript.of(caption)).content.decode()).captions
    assert [(cue.identifier, cue.text) for cue in cues] == [("K1.L1", "Come home, Mara."), ("K1.L2", "Ich sehe dich!")]
    assert cues[0].voice == "keeper"
    assert "<v.off-screen Mara><lang de-AT>" in cues[1].raw_text


def test_edits_made_elsewhere_come_back() -> None:
    script = FilmScript.of(GOLDEN, GOLDEN)
    text = find("srt").export(script).content.decode()
    text = text.replace(
        "00:00:11,400 --> 00:00:13,100\nkeeper: Come home, Mara.", "00:00:11,500 --> 00:00:13,000\nkeeper: Come."
    )
    back = read("srt", text, script)
    assert back.script.clips[0] == script.clips[0]
    line = back.script.clips[1].caption.dialogue[0]
    assert (line.id, line.text, line.start_ms, line.end_ms) == ("L1", "Come.", 4000, 5500)
    assert (line.delivery, line.role) == ("whispering", "C1")  # what subtitles do not tell stays
    gone = read("srt", text.split("\n\n", 1)[1], script).script.clips[0].caption
    assert [line.id for line in gone.dialogue] == ["L2"]


def test_a_strangers_subtitles_become_a_film() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\n<i>MARA: Who's there?</i>\n\n2\n00:00:02,600 --> 00:00:03,000\n[door slams]\n\n"
        "3\n00:00:03,200 --> 00:00:04,000\n- Me.\n\n4\n00:00:14,000 --> 00:00:17,000\nTOM: So\nlate.\n\n"
        "5\n00:01:00,000 --> 00:01:02,000\nMARA: Yes.\n"
    )
    back = read("srt", text)
    clips = [clip.caption for clip in back.script.clips]
    assert [[line.text for line in clip.dialogue] for clip in clips] == [
        ["Who's there?", "Me."],
        ["So late."],
        ["Yes."],
    ]
    assert [role.name for role in clips[0].roles] == ["MARA", "Voice", "TOM"]
    told = {loss.what for loss in back.losses}
    assert "descriptions of sounds and music are left out" in told
    assert "a role called Voice speaks the lines without a speaker" in told
    assert back.script.title == "film"


@pytest.mark.parametrize(
    ("name", "cue", "said"),
    [
        ("srt", "- Who is there?\n- Me.", [("Voice", "", "Who is there?"), ("Voice", "", "Me.")]),
        ("srt", "<i>-MARA: Who is\nthere?</i>\n-TOM: Me.", [("MARA", "", "Who is there?"), ("TOM", "", "Me.")]),
        ("srt", "- and then\nshe goes", [("Voice", "", "and then she goes")]),
        ("srt", "[MARA] Who is there?", [("MARA", "", "Who is there?")]),
        ("srt", "MARA (whispering): Hi.", [("MARA", "whispering", "Hi.")]),
        ("srt", "マラ：こんにちは", [("マラ", "", "こんにちは")]),
        ("srt", "It is 10:30: time to go.", [("Voice", "", "It is 10:30: time to go.")]),
        ("vtt", "<v Mara>Who?</v>\n<v.loud Tom>Me.</v>", [("Mara", "", "Who?"), ("Tom", "", "Me.")]),
        ("vtt", "- Who?\n- Me.", [("Voice", "", "Who?"), ("Voice", "", "Me.")]),
        ("vtt", "<v Esme O&amp;Neill>One <00:00:01.500><c.b>&lt;two&gt;</c>", [("Esme O&Neill", "", "One <two>")]),
    ],
)
def test_speakers_as_other_programs_write_them(name: str, cue: str, said: list[tuple[str, str, str]]) -> None:
    clock = "00:00:01{0}000 --> 00:00:04{0}000".format("," if name == "srt" else ".")
    back = read(name, ("WEBVTT\n\n" if name == "vtt" else "1\n") + f"{clock}\n{cue}\n")
    caption = back.script.caption
    found = [(caption.role(line.role).name, line.delivery, line.text) for line in caption.dialogue]
    assert found == said
    times = [(line.start_ms, line.end_ms) for line in caption.dialogue]
    assert (times[0][0], times[-1][1]) == (1000, 4000)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(times))
    several = "a cue in which several speak is several lines" in {loss.what for loss in back.losses}
    assert several == (len(said) > 1)


@pytest.mark.parametrize(
    ("words", "language"), [("Привет, мама.", "ru"), ("さようなら、また明日。", "ja"), ("Hello there.", "en")]
)
def test_the_language_is_guessed_and_told(words: str, language: str) -> None:
    back = read("srt", f"1\n00:00:01,000 --> 00:00:04,000\n{words}\n")
    assert (back.script.caption.language, back.script.caption.dialogue[0].language) == (language, language)
    assert f"language: {language}" in {loss.what for loss in back.losses if loss.kind is LossKind.GUESSED}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("srt", "1\n00:00:01 --> x\nhello\n", "at least one subtitle"),
        ("vtt", "WEBVTT\n\nNOTE nothing\n", "at least one cue"),
        ("vtt", "WEBVTT\n\n00:00:01.000 --> \nx\n", "WebVTT|cue"),
        ("srt", "1\n00:00:05,000 --> 00:00:04,000\nA: backwards\n", "at least one shot or line"),
        ("vtt", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\n", "cue|line"),
    ],
)
def test_what_is_none_is_told(name: str, content: str, words: str) -> None:
    with pytest.raises(MavinError, match=words):
        read(name, content)


def test_huge_files_are_bounded() -> None:
    cue = "{0}\n00:00:01,000 --> 00:00:02,000\nA: word {0}\n\n"
    with pytest.raises(FormatError, match="at most 10000 cues"):
        read("srt", "".join(cue.format(number) for number in range(20_100)))


def test_a_cue_of_a_million_dashes_is_one_line() -> None:
    clock = "00:00:01{0}000 --> 00:00:04{0}000\n"
    begun = time.process_time()
    back = read("srt", "1\n" + clock.format(",") + "- a\n" * 250_000)
    assert len(back.script.caption.dialogue) == 1
    assert len(read("vtt", "WEBVTT\n\n" + clock.format(".") + "<v A>b " * 20_000).script.caption.dialogue) == 1
    assert time.process_time() - begun < 10


def test_players_take_the_subtitles_with_the_film(tmp_path: Path) -> None:
    """FFmpeg reads the file as the subtitles that it is, packet by packet."""
    import av

    for name in ("srt", "vtt"):
        path = tmp_path / f"film.{name}"
        path.write_bytes(find(name).export(FilmScript.of(GOLDEN)).content)
        with av.open(str(path)) as container:
            (stream,) = container.streams
            assert stream.type == "subtitle"
            packets = [packet for packet in container.demux(stream) if packet.size]
        assert [(packet.pts, packet.duration) for packet in packets] == [(3900, 1700), (5600, 1300)]


@pytest.mark.parametrize("name", ["srt", "vtt"])
def test_the_subtitles_go_into_a_video_and_come_out_of_it(name: str, tmp_path: Path) -> None:
    """Muxed beside a picture by PyAV, and read back with their times and words."""
    import av
    import numpy as np

    source = tmp_path / f"film.{name}"
    source.write_bytes(find(name).export(FilmScript.of(GOLDEN)).content)
    film = tmp_path / "film.mkv"
    with av.open(str(film), "w") as out, av.open(str(source)) as cues:
        video = out.add_stream("libx264", rate=24)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        assert isinstance(video, av.VideoStream)
        words = out.add_stream_from_template(cues.streams.subtitles[0])
        for number in range(24):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            frame.pts = number
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        for packet in cues.demux():
            if packet.size:
                packet.stream = words
                out.mux(packet)
    with av.open(str(film)) as back:
        found = [packet for packet in back.demux(back.streams.subtitles[0]) if packet.size]
        times = [(round((packet.pts or 0) * packet.time_base * 1000), bytes(packet)) for packet in found]
    assert [time for time, _ in times] == [3900, 5600]
    assert b"Come home, Mara." in times[0][1]
