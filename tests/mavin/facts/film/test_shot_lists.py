"""Shots that are listed, takes that have a length, transitions, and times that belong to what comes first."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("4 shots of 3 seconds each: a seed, a sprout, a flower, a bee on the flower.",
         ["A seed", "A sprout", "A flower", "A bee on the flower"]),
        ("Three shots: an egg, a chick and a hen.", ["An egg", "A chick", "A hen"]),
        ("Deux plans : d’abord une rue déserte, ensuite un chat noir.", ["Une rue déserte", "Un chat noir"]),
        ("Zwei Einstellungen: zuerst eine leere Straße, dann ein Hund, der bellt.",
         ["Eine leere Straße", "Ein Hund, der bellt"]),
        ("三个镜头：日出，海鸥，渔船。", ["日出", "海鸥", "渔船"]),
        ("3つのショット：朝日、カモメ、漁船。", ["朝日", "カモメ", "漁船"]),
        ("In two shots: Tom runs, Ana waits.", ["Tom runs", "Ana waits"]),
        ("In three shots: a potter centres the clay, opens it, and lifts the walls.",
         ["A potter centres the clay", "The potter opens it", "The potter lifts the walls"]),
    ],
)  # fmt: skip
def test_a_list_of_as_many_items_as_shots(prompt: str, events: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == events


@pytest.mark.parametrize(
    ("prompt", "length"),
    [
        ("In one unbroken take of 10 seconds, a waiter weaves through a diner.", 10_000),
        ("A single continuous shot of 12 seconds: a fox crosses a lake.", 12_000),
        ("Eine einzige Einstellung von 8 Sekunden: Ein Hund schläft.", 8_000),
        ("Un plan-séquence de 10 secondes : un homme marche.", 10_000),
        ("Un plano secuencia de 9 segundos: una mujer camina.", 9_000),
        ("10秒的一镜到底：小狗跑过草地。", 10_000),
        ("10秒のワンカットで、犬が走る。", 10_000),
    ],
)
def test_the_length_of_the_only_take_is_the_films(prompt: str, length: int) -> None:
    facts = read_facts(prompt)
    assert facts.duration is not None
    assert (facts.duration.duration_ms, facts.shots and facts.shots.count, len(facts.events)) == (length, 1, 1)
    assert not any(char.isdigit() for char in facts.events[0].text)


@pytest.mark.parametrize(
    "prompt",
    [
        'A girl flies a kite. At 4 s the wind takes the kite and she yells: "No!"',
        "Una niña juega. A los 4 s el viento se lleva la cometa y ella grita: «¡No!»",
        "Ein Mädchen spielt. Bei 4 s nimmt der Wind den Drachen und sie ruft: „Nein!“",
        "Uma menina brinca. Aos 4 segundos o vento leva a pipa e ela grita: “Não!”",
    ],
)
def test_a_time_is_of_what_it_leads_to_not_of_a_later_line(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [event.start_ms for event in facts.events] == [None, 4000, None]
    assert facts.quotes[0].start_ms is None


def test_a_time_before_one_who_acts_and_speaks_is_the_lines() -> None:
    facts = read_facts('At 0:04 the butler enters and says "Madam?"')
    assert facts.quotes[0].start_ms == 4000


def test_a_transition_is_nobody() -> None:
    facts = read_facts('A chef chops onions. Cut to a waiter: "Table five!" Cut to the chef, who shouts "Art!"')
    assert [role.name for role in facts.roles] == ["Chef", "Waiter"]
    assert [quote.speaker for quote in facts.quotes] == ["waiter", "chef"]


def test_a_screenplay_in_one_line_keeps_its_action() -> None:
    facts = read_facts(
        'INT. GARAGE - NIGHT. DANA (30s, oily) slides out from under a car. DANA: "Try it." PETE: "Now."'
    )
    assert facts.duration is None
    assert [role.name for role in facts.roles] == ["Dana", "Pete"]
    assert "slides out from under a car" in facts.events[0].text


def test_italian_instants_are_no_german_rhythm() -> None:
    assert read_facts("Alle 2,5 secondi Carla dice: «Ciao!»").quotes[0].start_ms == 2500
    assert not read_facts("Alle 2 Sekunden tropft der Hahn.").times


def test_halfway_through_a_film_of_stated_length() -> None:
    assert read_facts("Halfway through the 10-second film, the lights go out.").events[0].start_ms == 5000


def test_an_order_behind_a_line_is_no_event() -> None:
    events = read_facts('Two robots, R1 and R2, meet. R1 says "Left." Only they speak.').events
    assert [event.text for event in events] == ["Two robots, R1 and R2, meet", "R1 speaks"]
