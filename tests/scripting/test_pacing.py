"""Events on the clock: gaps, overlaps, lengths, relative times, sounds; and their fates in the ledger."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from mavin.caption import HierarchicalCaption
from mavin.ledger import Fate, LedgerEntry
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession


def script(prompt: str, **options: Any) -> tuple[HierarchicalCaption, tuple[LedgerEntry, ...]]:
    report = write_script(WriteRequest(prompt=prompt, **options), LlmSession(None))
    assert report.caption is not None, report.conflicts
    return report.caption, report.ledger


def shots(caption: HierarchicalCaption) -> list[tuple[int, int, str]]:
    return [(shot.start_ms, shot.end_ms, shot.action) for shot in caption.shots]


def fates(ledger: tuple[LedgerEntry, ...], kind: str) -> list[tuple[str, Fate, str | None]]:
    return [
        (entry.text, entry.outcome, entry.where) for entry in ledger if entry.kind == kind and entry.start is not None
    ]


def test_a_gap_between_timed_events_is_filled() -> None:
    caption, ledger = script("From 0 to 2 s a cat naps. From 3 to 5 s it runs.")
    assert [(start, end) for start, end, _ in shots(caption)] == [(0, 2000), (2000, 3000), (3000, 5000)]
    assert {fate for _, fate, _ in fates(ledger, "time")} == {Fate.KEPT}


def test_overlapping_events_share_a_shot_and_keep_their_times_in_words() -> None:
    caption, ledger = script("From 0 to 3 s a cat naps. From 2 to 5 s a dog runs.")
    assert shots(caption) == [(0, 5000, "A cat naps (0.0–3.0s). A dog runs (2.0–5.0s)")]
    assert fates(ledger, "time") == [
        ("From 0 to 3 s", Fate.KEPT, "shots.S1.action"),
        ("From 2 to 5 s", Fate.KEPT, "shots.S1.action"),
    ]


def test_lengths_are_exact() -> None:
    caption, ledger = script("For two and a half seconds a whale dives. A gull lands on a rock.")
    assert shots(caption)[0][:2] == (0, 2500)
    assert fates(ledger, "time")[0][1] is Fate.KEPT


def test_lengths_fit_around_fixed_times() -> None:
    caption, _ = script("A cat naps. For three seconds a dog digs. At 6 s a bird sings. 8 seconds.")
    spans = [shot.interval.duration_ms for shot in caption.shots]
    assert spans[1] == 3000
    assert caption.shots[2].start_ms == 6000
    assert caption.duration_ms == 8000


@pytest.mark.parametrize(
    ("prompt", "total", "starts"),
    [
        ("A cat naps. Halfway through, a dog barks. 8 seconds.", 8000, [0, 4000]),
        ("A cat naps. In the last two seconds a dog barks. 7 seconds.", 7000, [0, 5000]),
    ],
)
def test_relative_times_count_from_the_total(prompt: str, total: int, starts: list[int]) -> None:
    caption, _ = script(prompt)
    assert caption.duration_ms == total
    assert [shot.start_ms for shot in caption.shots] == starts


def test_relative_times_without_a_total_agree_with_the_one_chosen() -> None:
    caption, _ = script("A cat naps in a basket. Halfway through, a dog barks.")
    assert caption.shots[1].start_ms * 2 == caption.duration_ms


def test_one_take_is_one_shot_and_hard_cuts_are_cuts() -> None:
    assert len(script("No cuts. A boy runs, jumps and swims.")[0].shots) == 1
    caption, _ = script("A man walks. Smash cut to a woman who runs. She falls. Two shots.")
    assert [action for _, _, action in shots(caption)] == ["A man walks", "A woman who runs. The woman falls"]


def test_sounds_are_heard_at_their_times_and_go_on_over_cuts() -> None:
    caption, ledger = script("Mara knocks three times. Rain from 1s to 4 s. Thunder at 3.0 s. She waits.")
    heard = [(sound.text, sound.start_ms, sound.end_ms) for shot in caption.shots for sound in shot.sounds]
    rain = [(start, end) for text, start, end in heard if text == "Rain"]
    assert rain[0][0] == 1000
    assert rain[-1][1] == 4000
    assert all(one[1] == two[0] for one, two in itertools.pairwise(rain))
    assert ("Thunder", 3000) in [(text, start) for text, start, _ in heard]
    assert all(fate is Fate.KEPT for _, fate, _ in fates(ledger, "time") + fates(ledger, "sound"))
    assert fates(ledger, "repetition") == [("three times", Fate.KEPT, "shots.S1.action")]


def test_a_free_clip_reaches_to_its_last_sound() -> None:
    assert script("A candle burns. A bell at 6.5 s.")[0].duration_ms >= 7000


def test_every_fact_has_a_fate() -> None:
    prompt = 'Only Mara speaks. In a close-up Mara, a nurse, says 1.0–2.2s: "Wait." She knocks twice. Thunder at 4 s. 6 seconds.'
    caption, ledger = script(prompt)
    kinds = {entry.kind for entry in ledger if entry.start is not None}
    assert {"only_speaker", "camera", "dialogue", "time", "repetition", "sound", "duration", "role", "event"} <= kinds
    told = [entry for entry in ledger if entry.start is not None]
    assert all(prompt[entry.start : entry.end] == entry.text for entry in told)
    assert {entry.outcome for entry in told} == {Fate.KEPT}
    assert caption.dialogue[0].start_ms == 1000


@pytest.mark.parametrize(
    ("prompt", "cuts", "lines"),
    [
        ('Anna says "Come in." Boris enters at 4 s. Anna smiles.', [4000, 6500], None),
        ('Anna shouts "Help!" At 4 s the door opens.', [4000], None),
        ('Tom says from 1 s to 3 s: "One." At 4 s, a bird lands.', [4000], [(1000, 3000)]),
        ('"Help!" Tom shouts at 3 s. A cat runs.', None, [(3000, None)]),
        ('Bob says "A" at 1 s, "B" at 2 s and "C" at 3.5 s.', None, [(1000, None), (2000, None), (3500, None)]),
        ("The dog barks at 3 s and the cat runs at 5 s. Total 8s.", [3000, 5000], None),
        ('Jo says 1-2s: "Now." Max says 1-2s: "Never."', None, [(1000, 2000), (1000, 2000)]),
        (
            'Tom says "One two three four five six." at 1 s. Tom says "Bye." at 2.5 s.',
            None,
            [(1000, None), (2500, None)],
        ),
    ],
)
def test_a_time_belongs_to_its_own_sentence(
    prompt: str, cuts: list[int] | None, lines: list[tuple[int, int | None]] | None
) -> None:
    caption, _ = script(prompt)
    if cuts is not None:
        assert list(caption.cuts_ms) == cuts
    if lines is not None:
        placed = [(line.start_ms, line.end_ms) for line in caption.dialogue]
        assert [start for start, _ in placed] == [start for start, _ in lines]
        assert all(end in {None, done} for (_, done), (_, end) in zip(placed, lines, strict=True))


def test_an_event_of_two_times_happens_at_both() -> None:
    caption, ledger = script("The bell rings at 1 s and again at 4 s.")
    assert {1000, 4000} <= {shot.start_ms for shot in caption.shots}
    assert caption.duration_ms >= 4500
    assert {fate for _, fate, _ in fates(ledger, "time")} == {Fate.KEPT}
