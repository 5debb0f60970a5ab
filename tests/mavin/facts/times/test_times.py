"""Times, lengths and counts in the forms people write."""

from __future__ import annotations

import pytest

from mavin.facts import TimeKind, read_facts

INTERVALS = [
    ('B answers 2.1-2.8s: "Out."', 2100, 2800),
    ('Anna turns. From 3.1s to 5.9s she says "Hello there, my old friend."', 3100, 5900),
    ('0:03–0:05 Ben says "Now."', 3000, 5000),
    ('Tom says "Now or never" between 2 and 4 seconds.', 2000, 4000),
    ('C1 replies 1.9–2.5s: "You knew—"', 1900, 2500),
    ('Mara whispers "wait" (2.0–2.6s), then leaves.', 2000, 2600),
    ("Ana dice de 2 a 4 segundos: «Vete»", 2000, 4000),
    ("Anna sagt von 2 bis 4 Sekunden: „Geh jetzt weg“", 2000, 4000),
    ('Kim says 1,25–2,5s: "Commas too"', 1250, 2500),
    ('Kim runs in at 1,5 s and shouts 2,0–2,9 s: "Help!"', 2000, 2900),
    ('A door creaks open 1.0-1.8s and the captain shouts 1.8-2.6s: "All aboard!"', 1800, 2600),
]


@pytest.mark.parametrize(("prompt", "start", "end"), INTERVALS)
def test_interval_of_a_line(prompt: str, start: int, end: int) -> None:
    quote = read_facts(prompt).quotes[0]
    assert (quote.start_ms, quote.end_ms) == (start, end)
    assert quote.time_span is not None
    assert prompt[quote.time_span.start : quote.time_span.end] == quote.time_span.text


DURATIONS = [
    ("A cat naps, 4 seconds", 4000),
    ("A 6-second clip of a cat that naps", 6000),
    ("In 10 seconds: a dog runs.", 10000),
    ("A dog runs. 8s.", 8000),
    ("A dog runs for two seconds and stops. Total duration 7.5 s", 7500),
    ("A man waits for three seconds, then leaves. 10 seconds total.", 10000),
    ("Make it 8 seconds long. A dog runs.", 8000),
    ("Un clip de 5 segundos: un perro corre", 5000),
    ("一个10秒的视频：一只猫睡觉", 10000),
    ('Mara says "Go" in a 3s film', 3000),
    ('A: "Where?" B: "Out." 4 seconds', 4000),
    ("Length: 00:00:06. A cat yawns.", 6000),
    ("In four shots over 8 seconds: a potter spins clay.", 8000),
    ("The film is 6 seconds long: Ida looks up.", 6000),
]


@pytest.mark.parametrize(("prompt", "milliseconds"), DURATIONS)
def test_total_duration(prompt: str, milliseconds: int) -> None:
    duration = read_facts(prompt).duration
    assert duration is not None
    assert duration.duration_ms == milliseconds


@pytest.mark.parametrize(
    "prompt",
    ["She waits for three seconds, then leaves.", "He is 30 seconds late.", "At 4.5 s a bell rings.", "A dog runs."],
)
def test_lengths_that_are_not_the_total(prompt: str) -> None:
    assert read_facts(prompt).duration is None


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("In three shots, a cat naps.", 3),
        ("A cat naps, 4 seconds, in 2 shots", 2),
        ("4 scenes of a cat.", 4),
        ("A dog runs in one continuous take.", 1),
        ("3个镜头：一只猫睡觉", 3),
        ("Drei Einstellungen: ein Hund läuft.", 3),
    ],
)
def test_shot_count(prompt: str, count: int) -> None:
    shots = read_facts(prompt).shots
    assert shots is not None
    assert shots.count == count


@pytest.mark.parametrize(
    "prompt", ["The man fires three shots.", "A single shot of whisky stands there.", "A cat naps."]
)
def test_shots_that_are_none(prompt: str) -> None:
    assert read_facts(prompt).shots is None


def test_labels_fix_their_shots_and_not_the_lines_in_them() -> None:
    facts = read_facts('Shot 1 (0-2s): wide shot of a harbor. Shot 2 (2-5s): close-up, Mara says "It is time."')
    assert [(label.number, label.interval and label.interval.end_ms) for label in facts.labels] == [
        (1, 2000),
        (2, 5000),
    ]
    assert facts.quotes[0].start_ms is None
    assert [event.camera for event in facts.events] == ["wide shot", "close-up"]


def test_lengths_in_labels_follow_each_other() -> None:
    facts = read_facts("Scene 1 (2s): A candle burns. Scene 2 (3s): A hand covers it.")
    assert [(label.interval.start_ms, label.interval.end_ms) for label in facts.labels if label.interval] == [
        (0, 2000),
        (2000, 5000),
    ]
    assert facts.duration is None


def test_clock_lists_start_events() -> None:
    facts = read_facts("0:00 - a bus stops. 0:02 - a nun gets off. 0:05 - she opens an umbrella.")
    assert [(event.text, event.start_ms) for event in facts.events] == [
        ("A bus stops", 0),
        ("A nun gets off", 2000),
        ("The nun opens an umbrella", 5000),
    ]


def test_an_event_beside_a_line_keeps_its_own_time() -> None:
    facts = read_facts('A door creaks open 1.0-1.8s and the captain shouts 1.8-2.6s: "All aboard!"')
    assert (facts.events[0].start_ms, facts.events[0].end_ms) == (1000, 1800)


def test_instants_start_events() -> None:
    facts = read_facts("At 0:02 a bell rings. At 0:04 the door opens.")
    assert [(event.text, event.start_ms) for event in facts.events] == [
        ("A bell rings", 2000),
        ("The door opens", 4000),
    ]
    assert {fact.kind for fact in facts.times} == {TimeKind.INSTANT}


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("Anna yawns and at 3 s Ben jumps.", [("Anna yawns", None), ("Ben jumps", 3000)]),
        ("The kettle whistles and after 2 s the cook lifts it.", [("The kettle whistles", None), ("The cook lifts it", 2000)]),
        ('Ana hums and, after two seconds, a dog barks.', [("Ana hums", None), ("A dog barks", 2000)]),
        ("Anna yawns and at 3 s jumps.", [("Anna yawns", None), ("Anna jumps", 3000)]),
    ],
)  # fmt: skip
def test_a_time_behind_and_opens_what_happens_then(prompt: str, events: list[tuple[str, int | None]]) -> None:
    assert [(event.text, event.start_ms) for event in read_facts(prompt).events] == events
