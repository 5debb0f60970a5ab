"""Long stories: exact division over clips, one cast, every event and line once, times on the film's clock."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mavin.caption import MAX_DURATION_MS, MIN_DURATION_MS
from mavin.facts import read_facts
from mavin.ledger import Fate, ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.clips import Item, arrange
from scripting.division import divide
from scripting.llm import LlmSession
from scripting.llm.base import Answer, Question

FOX = (
    "A 40-second film of a fox that finds a lantern in the snow. It carries the lantern to a cave. "
    'A bear wakes up and says "Who is there?" The fox whispers "Only a light." The bear follows the fox outside. '
    "They watch the sun rise together."
)
LIGHTHOUSE = (
    "A film of 45 seconds. Mara climbs the lighthouse stairs. Tom shouts from 3.1s to 5.9s "
    '"Hold on!" Mara lights the lamp. From 0:21 to 0:24 she says "The light is out." Tom runs along the shore. '
    "At 38 s a ship hits the rocks."
)


def write(prompt: str, clips: Any = "auto", **options: Any) -> ScriptReport:
    return write_script(WriteRequest(prompt=prompt, clips=clips, **options), LlmSession(None))


def starts(report: ScriptReport) -> list[int]:
    return [0, *itertools.accumulate(caption.duration_ms for caption in report.captions)]


def lines(report: ScriptReport) -> list[tuple[str, str, int, int]]:
    """Speaker, words and times on the film's clock, in the order of the clips."""
    return [
        (caption.role(line.role).name, line.text, offset + line.start_ms, offset + line.end_ms)
        for offset, caption in zip(starts(report), report.captions, strict=False)
        for line in caption.dialogue
    ]


def test_a_long_story_is_several_valid_clips_that_share_one_cast_and_one_look() -> None:
    report = write(FOX)
    assert [caption.duration_ms for caption in report.captions] != []
    assert sum(caption.duration_ms for caption in report.captions) == 40_000
    assert all(MIN_DURATION_MS <= caption.duration_ms <= MAX_DURATION_MS for caption in report.captions)
    assert len(report.captions) == 3
    assert report.caption == report.captions[0]
    assert len({caption.roles for caption in report.captions}) == 1
    assert len({(c.global_caption.style, c.global_caption.ambience) for c in report.captions}) == 1
    assert len({caption.global_caption.storyline for caption in report.captions}) == 3


def test_every_event_and_every_line_is_in_exactly_one_clip_in_story_order() -> None:
    report = write(FOX)
    assert [(who, words) for who, words, _, _ in lines(report)] == [("Bear", "Who is there?"), ("Fox", "Only a light.")]
    told = [entry for entry in report.ledger if entry.kind == "event" and entry.start is not None]
    assert len(told) == 6
    assert [entry.start for entry in told] == sorted(entry.start or 0 for entry in told)
    assert len({(entry.start, entry.end) for entry in told}) == 6
    assert [entry.clip for entry in told] == sorted(entry.clip or "" for entry in told)
    actions = [shot.action for caption in report.captions for shot in caption.shots]
    assert [
        word for action in actions for word in ("snow", "cave", "wakes", "whispers", "outside", "sun") if word in action
    ] == [*("snow", "cave", "wakes", "whispers", "outside", "sun")]


def test_the_ledger_names_the_clip_and_what_is_the_whole_films_stands_once() -> None:
    report = write(FOX)
    for entry in report.ledger:
        if entry.start is not None:
            assert FOX[entry.start : entry.end] == entry.text
        if entry.where is not None and entry.clip is not None:
            caption = report.captions[int(entry.clip[1:]) - 1]
            room, _, rest = entry.where.partition(".")
            name = rest.split(".")[0]
            if room in ("shots", "roles", "dialogue"):
                assert name in {item.id for item in getattr(caption, room)}
    (length,) = [entry for entry in report.ledger if entry.kind == "duration"]
    assert (length.text, length.outcome, length.where, length.clip) == ("40-second", Fate.KEPT, "captions", None)
    roles = [entry for entry in report.ledger if entry.kind == "role"]
    assert len(roles) == 2
    voices = [entry.where for entry in report.ledger if entry.kind == "voice"]
    assert sorted(voices, key=str) == ["roles.C1.voice", "roles.C2.voice"]


def test_times_that_the_user_fixed_stay_on_the_films_clock_to_the_millisecond() -> None:
    report = write(LIGHTHOUSE)
    assert [conflict.explanation for conflict in report.conflicts] == []
    assert starts(report)[-1] == 45_000
    assert lines(report)[0][2:] == (3_100, 5_900)
    assert lines(report)[1] == ("Mara", "The light is out.", 21_000, 24_000)
    cuts = [
        offset + shot.start_ms
        for offset, caption in zip(starts(report), report.captions, strict=False)
        for shot in caption.shots
        if "ship" in shot.action
    ]
    assert cuts == [38_000]


@pytest.mark.parametrize("begin", [13_000, 14_000, 14_500, 14_900])
def test_a_line_over_a_likely_boundary_moves_the_boundary(begin: int) -> None:
    end = begin + 1_500
    prompt = (
        f'A 30-second film. A man walks home. From {begin / 1000}s to {end / 1000}s he says "Here we are." '
        "He opens the door. A dog jumps at him. They sit by the fire."
    )
    report = write(prompt)
    assert starts(report)[-1] == 30_000
    assert [line[2:] for line in lines(report)] == [(begin, end)]
    assert not any(begin < boundary < end for boundary in starts(report))


def test_labelled_shots_are_divided_with_their_times_and_numbered_anew_in_each_clip() -> None:
    times = [0, 4, 9, 14, 22, 30, 33, 36, 40]
    deeds = ["A man walks", "A dog barks", "The man sits", "The dog sleeps", "Rain falls", "The man leaves"]
    deeds += ["The dog follows", "Night falls"]
    prompt = " ".join(f"Shot {n + 1} ({times[n]}-{times[n + 1]}s): {deed}." for n, deed in enumerate(deeds))
    report = write(prompt)
    shots = [
        (offset + shot.start_ms, offset + shot.end_ms, shot.action)
        for offset, caption in zip(starts(report), report.captions, strict=False)
        for shot in caption.shots
    ]
    assert shots == [(times[n] * 1000, times[n + 1] * 1000, deed) for n, deed in enumerate(deeds)]
    for caption in report.captions:
        assert [shot.id for shot in caption.shots] == [f"S{n}" for n in range(1, len(caption.shots) + 1)]


@pytest.mark.parametrize(
    ("clips", "shots", "seconds"), [(2, 9, 20), (3, 3, 40), (2, 12, 30), (4, 10, 60), ("auto", 13, 40)]
)
def test_the_shots_asked_for_in_total_are_divided(clips: Any, shots: int, seconds: int) -> None:
    prompt = "A man walks. A dog barks. A cat runs. A bird sings."
    report = write(prompt, clips, shots=shots, duration_ms=seconds * 1000)
    assert sum(len(caption.shots) for caption in report.captions) == shots
    assert starts(report)[-1] == seconds * 1000
    if clips != "auto":
        assert len(report.captions) == clips


def test_a_short_story_is_one_clip_and_the_same_as_without_clips() -> None:
    prompt = 'A fox finds a lantern. It says "Oh."'
    one, plain = write(prompt), write(prompt, None)
    assert one.captions == plain.captions
    assert one.ledger == plain.ledger


def test_a_film_longer_than_its_story_goes_on_and_says_so() -> None:
    report = write("A fox walks through the snow.", duration_ms=40_000)
    assert starts(report)[-1] == 40_000
    events = [entry for entry in report.ledger if entry.kind == "event"]
    assert [entry.outcome for entry in events] == [Fate.KEPT, Fate.ADDED, Fate.ADDED]
    assert [entry.clip for entry in events] == ["K1", "K2", "K3"]
    assert len({caption.shots[0].action for caption in report.captions}) == 3


@pytest.mark.parametrize(
    ("prompt", "clips", "options", "says", "quotes"),
    [
        ("A 40-second film of a fox.", None, {}, "--clips", ["40-second"]),
        ("A 2-second film of a fox.", None, {}, "at least 3 seconds", ["2-second"]),
        ("A 2-second film of a fox.", "auto", {}, "at least 3 seconds", ["2-second"]),
        ("A 40-second film of a fox.", 2, {}, "Ask for 3 to 13 clips", ["40-second"]),
        ("A 20-second film of a fox.", 7, {}, "Ask for 2 to 6 clips", ["20-second"]),
        ("A fox runs, in nine shots.", None, {}, "--clips", ["nine shots"]),
        ("A fox runs, in two shots.", "auto", {"duration_ms": 40_000}, "Ask for 3 to 18", ["two shots"]),
        (
            'A fox runs. From 1s to 19s it says "Long." A 30-second film.',
            "auto",
            {},
            "no way to divide",
            ["From 1s to 19s"],
        ),
    ],
)
def test_what_cannot_be_divided_is_refused_with_the_words_and_the_way_out(
    prompt: str, clips: Any, options: dict[str, Any], says: str, quotes: Sequence[str]
) -> None:
    report = write(prompt, clips, **options)
    assert report.caption is None
    (conflict,) = [item for item in report.conflicts if item.outcome == "refused"]
    assert says in conflict.explanation
    said = [span.text.casefold() for span in conflict.spans]
    assert all(any(quote.casefold() in text for text in said) for quote in quotes), said
    for span in conflict.spans:
        assert prompt[span.start : span.end] == span.text


def _item(want: int, need: int, time: int | None) -> Item:
    return Item((), None, want, need, time, time)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(400, 6_000), st.integers(400, 4_000)), min_size=1, max_size=12),
    st.integers(1, 6),
    st.integers(3_000, 90_000),
    st.data(),
)
def test_a_division_is_an_exact_partition_with_every_item_once(
    sizes: list[tuple[int, int]], count: int, total: int, data: st.DataObject
) -> None:
    times: list[int | None] = [None] * len(sizes)
    for index in data.draw(st.sets(st.integers(0, len(sizes) - 1), max_size=3)):
        times[index] = data.draw(st.integers(0, total))
    fixed = sorted(time for time in times if time is not None)
    ordered = iter(fixed)
    times = [None if time is None else next(ordered) for time in times]
    items = [_item(want, need, time) for (want, need), time in zip(sizes, times, strict=True)]
    groups = arrange(items, count, total)
    if groups is None:
        return
    assert len(groups) == count
    assert (groups[0].start_ms, groups[-1].end_ms) == (0, total)
    assert (groups[0].first, groups[-1].last) == (0, len(items))
    for one, two in itertools.pairwise(groups):
        assert (one.end_ms, one.last) == (two.start_ms, two.first)
    for group in groups:
        assert MIN_DURATION_MS <= group.end_ms - group.start_ms <= MAX_DURATION_MS
        inside = items[group.first : group.last]
        assert sum(item.need_ms for item in inside) <= group.end_ms - group.start_ms
        for item in inside:
            assert item.begins_ms is None or group.start_ms <= item.begins_ms <= group.end_ms


@settings(max_examples=200)
@given(st.integers(1, 8), st.integers(3_000, 120_000))
def test_a_free_story_of_enough_events_can_be_divided_wherever_arithmetic_allows(count: int, total: int) -> None:
    groups = arrange([_item(2_500, 0, None)] * 10, count, total)
    possible = MIN_DURATION_MS * count <= total <= MAX_DURATION_MS * count
    assert (groups is not None) == possible
    assert groups is None or all(group.first < group.last for group in groups), "each clip shows an event"


def test_facts_of_all_clips_together_are_the_storys_facts() -> None:
    facts = read_facts(LIGHTHOUSE)
    division = divide(facts, WriteRequest(prompt=LIGHTHOUSE, clips="auto"))
    parts = [task.facts for task in division.tasks]
    assert [event.span for part in parts for event in part.events] == [event.span for event in facts.events]
    assert [quote.text for part in parts for quote in part.quotes] == [quote.text for quote in facts.quotes]
    stated = sorted((fact.span.start, fact.span.end) for part in parts for fact in part.times)
    assert stated == sorted((fact.span.start, fact.span.end) for fact in facts.times)
    assert all(part.roles == facts.roles for part in parts)


class Counting:
    """A model that answers whatever fits the schema, and remembers what it was asked."""

    uri, model, parallel, small = "test:counting", "counting", 4, False
    call_timeout, failure_budget = 10.0, 10.0

    def __init__(self, fail_after: int | None = None) -> None:
        self.asked: list[str] = []
        self._lock = threading.Lock()
        self._fail_after = fail_after

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        del seed, timeout
        with self._lock:
            self.asked.append(question.key)
            if self._fail_after is not None and len(self.asked) > self._fail_after:
                raise KeyboardInterrupt
        return Answer(self._fill(question.schema, len(question.messages[-1].content)))

    def _fill(self, schema: dict[str, Any], number: int) -> Any:
        if schema["type"] == "object":
            return {name: self._fill(part, number) for name, part in schema["properties"].items()}
        if "enum" in schema:
            return schema["enum"][0]
        if schema["type"] == "boolean":
            return True
        return ("Warm lamplight falls on weathered stone", "A steady wind outside", "Grey wool coat")[number % 3]

    def close(self) -> None:
        pass


def test_the_cast_and_the_look_are_asked_for_once_and_shared() -> None:
    model = Counting()
    report = write_script(WriteRequest(prompt=FOX, clips="auto"), LlmSession(model))
    assert len(report.captions) == 3
    assert 1 <= model.asked.count("cast") <= 2, "once, and again if the first answer is of no use"
    assert model.asked.count("validate") == 1
    assert 1 <= model.asked.count("scene") <= 2, "the same"
    assert len({caption.roles for caption in report.captions}) == 1
    assert report.llm.calls == len(model.asked)


@pytest.mark.parametrize("calls", [1, 3, 5, 7])
def test_a_film_killed_anywhere_goes_on_to_the_same_result(tmp_path: Path, calls: int) -> None:
    request = WriteRequest(prompt=FOX, clips="auto")
    whole = write_script(request, LlmSession(Counting()))
    kept = tmp_path / "checkpoints.sqlite"
    with pytest.raises(KeyboardInterrupt):
        write_script(request, LlmSession(Counting(fail_after=calls)), checkpoints=kept, thread="t")
    resumed = write_script(request, LlmSession(Counting()), checkpoints=kept, thread="t")
    assert resumed.captions == whole.captions
    assert resumed.ledger == whole.ledger


def cuts(report: ScriptReport) -> list[int]:
    """All cuts on the film's clock, boundaries of clips among them."""
    return [
        offset + shot.start_ms
        for offset, caption in zip(starts(report), report.captions, strict=False)
        for shot in caption.shots
        if offset + shot.start_ms
    ]


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [
        (
            "A 32 s film with hard cuts at 5 s, 12 s, 20 s and 25 s. Tom runs. Anna sleeps. Bo eats. Cy sings. Di digs.",
            [5_000, 12_000, 20_000, 25_000],
        ),
        (
            "Un film de 40 secondes avec des coupes à 10 s, 20 s et 30 s. Pierre court. Anna dort. Luc mange. Rosa chante.",
            [10_000, 20_000, 30_000],
        ),
        ("A 30-second film with cuts at 8 s and 19.5 s. Tom runs.", [8_000, 19_500]),
    ],
)
def test_cuts_asked_for_are_where_they_are_asked_for(prompt: str, asked: list[int]) -> None:
    report = write(prompt)
    assert cuts(report) == asked
    assert {entry.outcome for entry in report.ledger if entry.kind == "time"} == {Fate.KEPT}


@pytest.mark.parametrize(
    ("prompt", "lengths"),
    [
        ("A 20-second film. Tom walks for 12 seconds. Then Anna sings.", [12_000, 8_000]),
        ("A half-minute film. Tom runs for 20 seconds. Anna sleeps for 10 seconds.", [20_000, 10_000]),
        ("A 40-second film. Tom walks for 18 seconds. Anna sings.", [18_000, 22_000]),
    ],
)
def test_what_lasts_longer_than_a_clip_goes_on_in_the_next(prompt: str, lengths: list[int]) -> None:
    report = write(prompt)
    shots = [shot for caption in report.captions for shot in caption.shots]
    shown = [0, 0]
    for shot in shots:
        shown["Tom" not in shot.action] += shot.end_ms - shot.start_ms
    assert shown == lengths


@pytest.mark.parametrize(
    ("prompt", "start"),
    [
        ('A 120-second film. Tom walks. At 1:05 Anna says "Done."', 65_000),
        ('A 100-second film. Tom walks. At 01:05.250 Anna says "Done."', 65_250),
        ('A 120-second film. Tom walks. Anna says 1:05-1:08: "Done."', 65_000),
        ('A two-minute film. Tom walks. After one minute Anna says "Done."', 60_000),
        ('A ten-minute film. Tom walks. At 9:58 Anna says "Done."', 598_000),
    ],
)
def test_times_beyond_a_minute_are_the_films(prompt: str, start: int) -> None:
    report = write(prompt)
    assert [(who, begin) for who, _, begin, _ in lines(report)] == [("Anna", start)]
    assert [role.name for role in report.captions[0].roles] == ["Tom", "Anna"]


def test_what_is_too_long_for_one_clip_is_refused_with_the_way_out() -> None:
    report = write("Tom walks for 18 seconds. Then Anna sings.", None)
    assert report.caption is None
    assert [span.text for span in report.conflicts[0].spans] == ["18 seconds"]
    assert "--clips auto" in report.conflicts[0].explanation
    take = write("A 30-second one-take film. Tom walks.").conflicts[0]
    assert {span.text for span in take.spans} == {"one-take", "30-second"}
    late = write("A 20-second film. Tom walks. At 25 s Anna sings.").conflicts[0]
    assert "the film at 20.0 s" in late.explanation
