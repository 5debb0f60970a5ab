"""What a script keeps and breaks, each by hand on one small script and on the same script damaged."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import Any

import pytest

from evaluators.script_checks import (
    _in_order,
    added_roles,
    bound_references,
    event_order,
    kept_events,
    kept_names,
    kept_numbers,
    kept_quotations,
    lexical_variety,
    lines_in_bounds,
    partition,
    seen_speakers,
    speakable_lines,
)
from mavin.caption import DialogueLine, GlobalCaption, HierarchicalCaption, Reference, Role, Shot
from mavin.facts import read_facts
from mavin.interval import Interval

PROMPT = (
    'A 6-second film in two shots: Mara opens gate 12 and says "Come in." '
    'Then Tom crosses the wet garden and says "I am late."'
)


def script(*, second: str = "Tom crosses the wet garden.", name: str = "Tom", seen: bool = True) -> HierarchicalCaption:
    return HierarchicalCaption(
        duration_ms=6000,
        global_caption=GlobalCaption(storyline="A visit.", style="plain", ambience="rain"),
        shots=(
            Shot(id="S1", start_ms=0, end_ms=3000, setting="a wall", action="Mara opens gate 12.", roles=("C1",)),
            Shot(
                id="S2", start_ms=3000, end_ms=6000, setting="behind it", action=second, roles=("C2",) if seen else ()
            ),
        ),
        roles=(Role(id="C1", name="Mara"), Role(id="C2", name=name)),
        dialogue=(
            DialogueLine(id="L1", role="C1", start_ms=1000, end_ms=2000, text="Come in."),
            DialogueLine(id="L2", role="C2", start_ms=4000, end_ms=5500, text="I am late."),
        ),
    )


def changed(caption: HierarchicalCaption, **fields: Any) -> HierarchicalCaption:
    return HierarchicalCaption.model_validate(caption.model_dump() | fields)


def test_a_faithful_script() -> None:
    captions, facts = [script()], read_facts(PROMPT)
    for share in (
        speakable_lines(captions),
        seen_speakers(captions),
        kept_quotations(captions, facts),
        kept_numbers(captions, facts),
        kept_names(captions, facts),
        kept_events(captions, facts),
        event_order(captions, facts),
    ):
        assert share.value == 1, share
        assert share.failed == ()
    assert kept_quotations(captions, facts).n == 2
    assert kept_numbers(captions, facts).n >= 3  # 6 s, two shots, gate 12
    assert added_roles(captions, PROMPT) == ()


def test_partition_by_hand() -> None:
    assert partition([Interval(0, 1000), Interval(1000, 3000)], 3000).value == 1
    # of four bounds (the beginning, between one and two, between two and three, the end) two are wrong
    broken = partition([Interval(0, 1000), Interval(1200, 2000), Interval(2000, 2900)], 3000)
    assert broken.value == 0.5
    assert broken.failed == ("gap between 1000 and 1200 ms", "the last shot ends at 2900 ms, the clip at 3000 ms")
    assert partition([Interval(0, 2000), Interval(1000, 3000)], 3000).failed == ("overlap between 2000 and 1000 ms",)
    assert partition([], 3000).value == 0
    bounds = lines_in_bounds([Interval(0, 500), Interval(2900, 3100)], 3000)
    assert bounds.value == 0.5
    assert math.isnan(lines_in_bounds([], 3000).value)


def test_who_speaks_unseen_and_who_cannot_be_understood() -> None:
    unseen = seen_speakers([script(seen=False)])
    assert (unseen.held, unseen.n) == (1, 2)
    assert unseen.failed[0].startswith("L2: Tom speaks on screen")
    # 64 letters in a second; 22 can be understood
    long = script().dialogue[0].model_copy(update={"text": "unbelievably long " * 4})
    rushed = speakable_lines([changed(script(), dialogue=(long, script().dialogue[1]))])
    assert (rushed.held, rushed.n) == (1, 2)


def test_references() -> None:
    assert math.isnan(bound_references([script()]).value)
    # Mara is seen, so her picture is used; Tom's voice is heard, his picture would not be.
    roles = [
        Role(id="C1", name="Mara", reference=Reference(image="references/mara.png")),
        Role(id="C2", name="Tom", reference=Reference(audio="references/tom.wav")),
    ]
    assert bound_references([changed(script(seen=False), roles=roles)]).value == 1
    roles[1] = Role(id="C2", name="Tom", reference=Reference(image="references/tom.png"))
    assert bound_references([changed(script(seen=False), roles=roles)]).value == 0.5


def test_what_is_lost() -> None:
    facts = read_facts(PROMPT)
    other = script(second="A cat sleeps.", name="Stranger")
    lost = [other.dialogue[0], other.dialogue[1].model_copy(update={"text": "I am very late."})]
    captions = [changed(other, dialogue=lost)]
    assert kept_quotations(captions, facts).failed == ("nobody says 'I am late.'",)
    assert kept_names(captions, facts).failed == ("Tom stands nowhere",)
    assert added_roles(captions, PROMPT) == ("Stranger",)
    assert (kept_events(captions, facts).held, kept_events(captions, facts).n) == (1, 2)
    first = other.shots[0].model_copy(update={"action": "Mara opens a gate."})
    assert any("12" in text for text in kept_numbers([changed(other, shots=(first, other.shots[1]))], facts).failed)


def test_the_same_line_twice_needs_two_lines() -> None:
    facts = read_facts('Mara says "Stop!" Tom says "Stop!"')
    one = script().dialogue[0].model_copy(update={"text": "Stop!"})
    assert kept_quotations([changed(script(), dialogue=(one,))], facts).value == 0.5


def test_order() -> None:
    one, two = script().shots
    swapped = [
        one.model_copy(update={"action": two.action, "roles": ("C2",)}),
        two.model_copy(update={"action": one.action, "roles": ("C1",)}),
    ]
    found = event_order([changed(script(), shots=swapped, dialogue=())], read_facts(PROMPT))
    assert (found.held, found.n) == (0, 1)
    assert "comes before" in found.failed[0]


def test_order_of_events_that_are_alike() -> None:
    one, two = script().shots
    opens, closes = (
        one.model_copy(update={"action": "Mara opens the gate."}),
        two.model_copy(update={"action": "Mara closes the gate.", "roles": ("C1",)}),
    )
    facts = read_facts("Mara opens the gate. Then Mara closes the gate.")
    told = changed(script(), shots=(opens, closes), dialogue=())
    assert event_order([told], facts).value == 1
    # Two of three words stand in the other shot too, and all of them in their own.
    swapped = [
        one.model_copy(update={"action": closes.action}),
        two.model_copy(update={"action": opens.action, "roles": ("C1",)}),
    ]
    assert event_order([changed(script(), shots=swapped, dialogue=())], facts).value == 0


@pytest.mark.parametrize(
    ("places", "chosen"),
    [
        ([[0], [1], [2]], [0, 1, 2]),
        ([[0, 2], [1], [2]], [0, 1, 2]),  # where an event stands twice, the place in order
        ([[2], [0, 1], [0]], [2, 0, 0]),  # nothing saves the first
        ([[1], [0], [0, 1], [1, 2]], [1, 0, 1, 1]),  # one of the first two is out of order
        ([], []),
    ],
)
def test_places_in_order(places: list[list[int]], chosen: list[int]) -> None:
    def ordered(at: tuple[int, ...] | list[int]) -> int:
        return sum(one <= two for one, two in combinations(at, 2))

    found = _in_order(places)
    assert ordered(found) == ordered(chosen) == max(ordered(at) for at in product(*places))


def test_numbers_may_be_spelt_out() -> None:
    facts = read_facts("7 dwarfs walk home. Then 12 birds sing.")
    texts = (
        "Seven dwarfs walk home.",
        "Twelve birds sing.",
        "37 dwarfs walk home.",
        "An elf once sings to seventy birds.",
    )
    one, two = script().shots
    for actions, held in ((texts[:2], 2), (texts[2:], 0), ((texts[0], texts[3]), 1)):
        shots = [shot.model_copy(update={"action": text}) for shot, text in zip((one, two), actions, strict=True)]
        found = kept_numbers([changed(script(), shots=shots, dialogue=())], facts)
        assert (found.held, found.n) == (held, 2), found.failed


def test_lexical_variety_by_hand() -> None:
    # "a wall mara opens gate 12 behind it tom crosses the wet garden": 13 words, all distinct
    assert lexical_variety([script()]) == 1
    # "a wall mara opens gate 12 behind it a wall a wall": 12 words, 8 distinct
    assert lexical_variety([script(second="A wall, a wall.")]) == pytest.approx(8 / 12)
    # Three times as long a text in windows of 50 words is no poorer than its windows are.
    long = script(second=" ".join(f"w{at}" for at in range(60)))
    assert lexical_variety([long]) == 1
