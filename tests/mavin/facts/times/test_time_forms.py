"""Times in six languages: what they are to the millisecond, and what only looks like one."""

from __future__ import annotations

import pytest

from mavin.facts import Anchor, TimeKind, read_facts
from mavin.facts.quotes import find_quotations, mask
from mavin.facts.times import find_times, read_amounts

INTERVAL, INSTANT, LENGTH, UNTIL = TimeKind.INTERVAL, TimeKind.INSTANT, TimeKind.LENGTH, TimeKind.UNTIL

STATED = [
    ("In the first two seconds a cat naps.", INTERVAL, 0, 2000, Anchor.START),
    ("For the first half second it is dark.", INTERVAL, 0, 500, Anchor.START),
    ("In the last two seconds he smiles.", INTERVAL, -2000, 0, Anchor.END),
    ("En los últimos dos segundos ella ríe.", INTERVAL, -2000, 0, Anchor.END),
    ("En los dos primeros segundos llueve.", INTERVAL, 0, 2000, Anchor.START),
    ("In den ersten zwei Sekunden regnet es.", INTERVAL, 0, 2000, Anchor.START),
    ("Dans les deux dernières secondes, elle sourit.", INTERVAL, -2000, 0, Anchor.END),
    ("Dans les trois premières secondes, il pleut.", INTERVAL, 0, 3000, Anchor.START),
    ("前两秒下雨。", INTERVAL, 0, 2000, Anchor.START),
    ("最后两秒他笑了。", INTERVAL, -2000, 0, Anchor.END),
    ("最初の2秒は雨。", INTERVAL, 0, 2000, Anchor.START),
    ("最後の2秒で彼は笑う。", INTERVAL, -2000, 0, Anchor.END),
    ("Two seconds before the end she waves.", INSTANT, -2000, -2000, Anchor.END),
    ("Zwei Sekunden vor dem Ende winkt sie.", INSTANT, -2000, -2000, Anchor.END),
    ("Dos segundos antes del final saluda.", INSTANT, -2000, -2000, Anchor.END),
    ("Halfway through, a bell rings.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("Halfway a bell rings.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("In the middle of the clip, a phone rings.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("A mitad del vídeo suena un teléfono.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("Zur Hälfte klingelt ein Telefon.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("In der Mitte des Clips klingelt es.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("À mi-chemin, un téléphone sonne.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("Au milieu du film, il pleut.", INSTANT, 0, 0, Anchor.MIDDLE),
    ("视频中间，电话响了。", INSTANT, 0, 0, Anchor.MIDDLE),
    ("一半时，电话响了。", INSTANT, 0, 0, Anchor.MIDDLE),
    ("途中で電話が鳴る。", INSTANT, 0, 0, Anchor.MIDDLE),
    ("After 2 seconds, a bell rings.", INSTANT, 2000, 2000, Anchor.START),
    ("2 seconds in, a bell rings.", INSTANT, 2000, 2000, Anchor.START),
    ("From 2s on it rains.", INSTANT, 2000, 2000, Anchor.START),
    ("At 0:03 a bell rings.", INSTANT, 3000, 3000, Anchor.START),
    ("00:00:03 a bell rings.", INSTANT, 3000, 3000, Anchor.START),
    ("At 3'' a bell rings.", INSTANT, 3000, 3000, Anchor.START),
    ("At second 3 a bell rings.", INSTANT, 3000, 3000, Anchor.START),
    ("At second one a bell rings.", INSTANT, 1000, 1000, Anchor.START),
    ("At the second 3 a bell rings.", INSTANT, 3000, 3000, Anchor.START),
    ("At the 4-second mark a bell rings.", INSTANT, 4000, 4000, Anchor.START),
    ("t=3s: a bell rings.", INSTANT, 3000, 3000, Anchor.START),
    ("[0:02] A bell rings.", INSTANT, 2000, 2000, Anchor.START),
    ("Nach 1,5 Sekunden klingelt es.", INSTANT, 1500, 1500, Anchor.START),
    ("Au bout de deux secondes, elle part.", INSTANT, 2000, 2000, Anchor.START),
    ("A los 3,25 segundos suena.", INSTANT, 3250, 3250, Anchor.START),
    ("在第3秒，门开了。", INSTANT, 3000, 3000, Anchor.START),
    ("十二秒后，门开了。", INSTANT, 12000, 12000, Anchor.START),
    ("3秒目にドアが開く。", INSTANT, 3000, 3000, Anchor.START),
    ("3.5秒から雨が降る。", INSTANT, 3500, 3500, Anchor.START),
    ("By 3s the door is open.", UNTIL, 0, 3000, Anchor.START),
    ("A dog sleeps until 3.5 s.", UNTIL, 0, 3500, Anchor.START),
    ("Ein Hund schläft bis 3,5 s.", UNTIL, 0, 3500, Anchor.START),
    ("3秒まで雨が降る。", UNTIL, 0, 3000, Anchor.START),
    ("3秒から5秒まで雨が降る。", INTERVAL, 3000, 5000, Anchor.START),
    ("从第3秒到第5秒下雨。", INTERVAL, 3000, 5000, Anchor.START),
    ('C1 replies 1.9–2.5: "You knew."', INTERVAL, 1900, 2500, Anchor.START),
    ("00:00:01,900 --> 00:00:02,500 A bell rings.", INTERVAL, 1900, 2500, Anchor.START),
    ("She holds it for two and a half seconds.", LENGTH, 0, 2500, Anchor.START),
]


@pytest.mark.parametrize(("prompt", "kind", "start", "end", "anchor"), STATED)
def test_stated_times(prompt: str, kind: TimeKind, start: int, end: int, anchor: Anchor) -> None:
    masked = mask(prompt, find_quotations(prompt))
    times = find_times(masked, prompt)
    assert [(fact.kind, fact.start_ms, fact.end_ms, fact.anchor) for fact in times] == [(kind, start, end, anchor)]
    assert prompt[times[0].span.start : times[0].span.end] == times[0].span.text


@pytest.mark.parametrize(
    "prompt",
    [
        "One second thought changes everything.",
        "A second man enters.",
        "Three kids wait. The second one yawns.",
        "A dog barks. A second one howls.",
        "Two cats purr. The second two jump.",
        "For a second time he knocks.",
        "From a second window a boy waves.",
        "Un segundo hombre entra.",
        "Une seconde femme entre.",
        "Two second-hand cars race.",
        "Seconds later, he falls.",
        "The second floor is dark.",
        "Just a second, he waves.",
        "At 5 o'clock the bell rings.",
        "At 5:30 pm the bell rings.",
        "At 7:45 the alarm rings.",
        "Um 5 Uhr klingelt es.",
        "Every two seconds a light flashes.",
        "Alle zwei Sekunden blinkt ein Licht.",
        "He is 30 seconds late.",
        "A man in his 30s runs.",
        "A 1920s film of a dog.",
        "A 5-10 second clip of a dog.",
        "He waits for 3 to 5 seconds.",
        "24 frames a second.",
        "A man stands in the middle of the room.",
        "He stops halfway up the stairs.",
        "In der Mitte des Zimmers steht ein Tisch.",
        "Au milieu de la rue, un chien dort.",
        "房间中间有一张桌子。",
        "道の途中で犬に会う。",
        "十分高兴的女孩跑。",
        "三秒前，他走了。",
        "With two seconds left in the game, he shoots.",
        "The twos and the ones are red.",
        "After forty minutes in the rain, he laughs.",
        "The shop is open from 9:00 to 17:00.",
        "At 1:05 PM a train leaves.",
    ],
)
def test_what_states_no_time_of_the_clip(prompt: str) -> None:
    assert find_times(prompt, prompt) == ()


AMOUNTS = [
    ("half a second", 500),
    ("anderthalb Sekunden", 1500),
    ("zweieinhalb Sekunden", 2500),
    ("dos segundos y medio", 2500),
    ("une seconde et demie", 1500),
    ("une demi-seconde", 500),
    ("due secondi e mezzo", 2500),
    ("两秒半", 2500),
    ("两点五秒", 2500),
    ("半秒", 500),
    ("1秒半", 1500),
    ("１２秒", 12000),
    ("二十五秒钟", 25000),
    ("500 ms", 500),
    ("1,500 ms", 1500),
    ("500 Millisekunden", 500),
    ("2½ s", 2500),
    ("two point five seconds", 2500),
    ("three quarters of a second", 750),
    ("twenty-five seconds", 25000),
    ("fifty nine seconds", 59000),
    ("cincuenta y nueve segundos", 59000),
    ("neunundfünfzig Sekunden", 59000),
    ("cinquante-neuf secondes", 59000),
    ("五十九秒", 59000),
    ("1 min 30 s", 90000),
    ("1分30秒", 90000),
    ("1m30s", 90000),
    ("1.2345 s", 1235),
]


@pytest.mark.parametrize(("text", "milliseconds"), AMOUNTS)
def test_amounts_to_the_millisecond(text: str, milliseconds: int) -> None:
    shown, found = read_amounts(text)
    assert milliseconds in [amount.time_ms for amount in found.values() if amount.unit]
    assert len(shown) == len(text)


HELD = [
    ("For three seconds a whale dives, then it surfaces.", ["A whale dives", "The whale surfaces"], [3000, None]),
    ("A girl holds a balloon for two and a half seconds, then lets go.", None, [2500, None]),
    ("Una mujer mira el mar durante dos segundos, luego se va.", None, [2000, None]),
    ("Drei Sekunden lang taucht ein Wal.", None, [3000]),
    ("Un homme attend pendant deux secondes, puis il part.", None, [2000, None]),
    ("女孩看着大海两秒钟，然后离开。", None, [2000, None]),
    ("女の子は3秒間待つ。そして歩き出す。", None, [3000, None]),
    ("A man speaks. A two-second pause. He speaks again.", None, [None, 2000, None]),
    ("A man waits two seconds, then leaves.", None, [2000, None]),
    ("He has been waiting for ten seconds.", None, [None]),
    ("They break the five-second rule.", None, [None]),
]


@pytest.mark.parametrize(("prompt", "texts", "lengths"), HELD)
def test_lengths_belong_to_events(prompt: str, texts: list[str] | None, lengths: list[int | None]) -> None:
    events = read_facts(prompt).events
    assert [event.length_ms for event in events] == lengths
    if texts is not None:
        assert [event.text for event in events] == texts
    for event in events:
        assert (event.length_ms is None) == (event.length_span is None)


def test_a_latest_end_leaves_the_beginning_free() -> None:
    facts = read_facts('A dog sleeps until 3.5 s. Mara says until 5s: "Good dog."')
    assert (facts.events[0].start_ms, facts.events[0].end_ms) == (None, 3500)
    assert (facts.quotes[0].start_ms, facts.quotes[0].end_ms) == (None, 5000)


def test_what_counts_from_the_end_waits_for_the_total() -> None:
    facts = read_facts('In the last two seconds she says "Bye."')
    assert (facts.quotes[0].start_ms, facts.quotes[0].end_ms) == (None, None)
    assert facts.times[0].anchor is Anchor.END


@pytest.mark.parametrize(
    ("prompt", "milliseconds"),
    [
        ("Ten seconds at a family dinner. A man eats.", 10000),
        ("A dog runs, a cat sleeps, all in ten seconds.", 10000),
        ("Dura 6 segundos. Un perro corre.", 6000),
        ("La durée totale est de 11 secondes. Un chat dort.", 11000),
        ("全体で9秒。雨が続く。", 9000),
        ("An eight-second shot of a man between two towers.", 8000),
        ("A garden. The clip runs 0:09.", 9000),
        ("A two-and-a-half-minute story: no. A 4.5-second clip of a cat.", 4500),
        ("Das Video ist 8 Sekunden lang. Ein Hund läuft.", 8000),
    ],
)
def test_totals_in_other_words(prompt: str, milliseconds: int) -> None:
    assert milliseconds in [total.duration_ms for total in read_facts(prompt).durations]


SHARES = [
    ("A quarter of the way through, a dog barks.", 3000),
    ("Two thirds in, he falls.", 8000),
    ("25% in, a bell rings.", 3000),
    ("Three quarters of the way through the film a bell rings.", 9000),
]


@pytest.mark.parametrize(("prompt", "at_ms"), SHARES)
def test_parts_of_the_clip_are_times(prompt: str, at_ms: int) -> None:
    facts = read_facts(prompt, total_ms=12_000)
    assert [(fact.start_ms, fact.anchor) for fact in facts.times] == [(at_ms, Anchor.START)]
    assert facts.events[0].start_ms == at_ms


def test_what_somebody_does_for_seconds_is_no_length_of_the_film() -> None:
    assert read_facts("Im Zug schläft ein Mann. Er sucht drei Sekunden lang seine Fahrkarte.").duration is None
    film = read_facts("Ein Film über eine Katze. Er ist acht Sekunden lang.")
    assert film.duration is not None and film.duration.duration_ms == 8000
    assert [event.text for event in film.events] == ["Eine Katze"]


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        (
            "The baby giggles at 1s, eats an apple at 2s, and sleeps at 4s.",
            [("The baby giggles", 1000), ("The baby eats an apple", 2000), ("The baby sleeps", 4000)],
        ),
        ("The baby giggles at 1s and cries at 2s.", [("The baby giggles", 1000), ("The baby cries", 2000)]),
        ("At 1 s Tom waves and at 2 s sits down.", [("Tom waves", 1000), ("Tom sits down", 2000)]),
        ("The lights flicker at 1s and go out at 2s.", [("The lights flicker", 1000), ("The lights go out", 2000)]),
        ("Two girls run at 1 s and jump at 2 s.", [("Two girls run", 1000), ("The two girls jump", 2000)]),
        ("The dog barks at 3 s and cats run at 5 s.", [("The dog barks", 3000), ("Cats run", 5000)]),
    ],
)
def test_timed_verbs_go_on_with_their_subject(prompt: str, told: list[tuple[str, int]]) -> None:
    facts = read_facts(prompt)
    assert [event.text for event in facts.events] == [text for text, _ in told]
    assert [fact.start_ms for fact in facts.times] == [time for _, time in told]
    if facts.roles:
        assert all(event.roles for event in facts.events)


def test_two_thirds_of_a_forest_are_no_time() -> None:
    assert not read_facts("Two thirds of the way through the forest, a deer stops.", total_ms=9_000).times


def test_the_fourth_second_begins_after_three() -> None:
    facts = read_facts("A man sits. In the 4th second, a cat jumps on the bench.")
    assert [event.start_ms for event in facts.events] == [None, 3000]


@pytest.mark.parametrize(
    ("prompt", "bounds"),
    [
        (
            "A 6 second clip: in the first half Mia runs and in the second half she dances.",
            [(None, 3000), (3000, None)],
        ),
        ("An 8 second clip. Mia sleeps. In the last half of the clip a dog barks.", [(None, None), (4000, None)]),
        ("An 8 second clip. In the second half, the striker scores.", [(None, None)]),
    ],
)
def test_halves_of_the_clip(prompt: str, bounds: list[tuple[int | None, int | None]]) -> None:
    assert [(event.start_ms, event.end_ms) for event in read_facts(prompt).events] == bounds
