"""Whose voice is heard, who reads aloud, who answers a question, and who shares a line."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


def said(prompt: str) -> list[tuple[str, str, bool]]:
    facts = read_facts(prompt)
    return [(facts.role(one.speaker).name if one.speaker else "", one.text, one.off_screen) for one in facts.quotes]


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ('A phone rings. A woman\'s voice answers "Hello."', [("Woman", "Hello.", True)]),
        ('Tom\'s voice says "Hello." Ana turns.', [("Tom", "Hello.", True)]),
        ('"Come home," her mother\'s voice pleads. Ana cries.', [("Mother", "Come home,", True)]),
        ('Ana\'s voice trembles as she says "No."', [("Ana", "No.", False)]),
        ('Ana hears Tom\'s voice. "Where are you?" he says.', [("Tom", "Where are you?", False)]),
    ],
)
def test_a_voice_is_its_owners(prompt: str, lines: list[tuple[str, str, bool]]) -> None:
    assert said(prompt) == lines
    assert not any(role.name.endswith("voice") for role in read_facts(prompt).roles)


def test_somebody_reads_aloud_and_a_sign_does_not() -> None:
    letter = 'A hand writes. "Dear Marta," a man\'s voice reads, "I am not coming back." A train whistles.'
    assert said(letter) == [("Man", "Dear Marta,", True), ("Man", "I am not coming back.", True)]
    aloud = 'Ana opens the letter. She reads: "Come home." Her shirt reads "LOVE".'
    assert said(aloud) == [("Ana", "Come home.", False)]
    assert said('The display reads: "ERROR". A note on the door reads, "Back soon." Ana frowns.') == []


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        ('The driver, an old man named Farouk, hums. The passenger asks, "How far?" and he says: "Near."', "Farouk"),
        ('Farouk drives. The passenger asks, "How far?" He says: "Near."', "Farouk"),
        ('The passenger asks, "How far?" He says: "I am in a hurry."', "Passenger"),
        ('Farouk drives. The passenger asks, "How far?" and adds "I am in a hurry."', "Passenger"),
    ],
)
def test_who_is_asked_answers(prompt: str, speakers: str) -> None:
    assert [name for name, _, _ in said(prompt)] == ["Passenger", speakers]


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        ('A teacher says to her pupils "Open your books" and all five children groan.', {"Teacher"}),
        ('Tom and Ana wait. Tom shouts "Go!" and they all run.', {"Tom"}),
        ("Jo und Max warten. Jo ruft „Los!“ und beide rennen.", {"Jo"}),
        ('Tom and Ana wait. "Go!" they both shout and run.', {"Tom", "Ana"}),
        ('Tom, Ana and Bo sing. "Hurray!" all three shout as the cake arrives.', {"Tom", "Ana", "Bo"}),
    ],
)
def test_who_acts_behind_a_line_has_not_said_it(prompt: str, speakers: set[str]) -> None:
    assert {name for name, _, _ in said(prompt)} == speakers


def test_what_follows_a_time_in_japanese_opens_without_its_particle() -> None:
    assert [event.text for event in read_facts("3秒後に美咲が来る。").events] == ["美咲が来る"]


def test_a_numbered_thing_is_no_verb() -> None:
    events = read_facts("A waiter carries a tray, nearly drops it, and serves table nine.").events
    assert events[-1].text == "The waiter serves table nine"


@pytest.mark.parametrize(
    ("prompt", "texts", "roles"),
    [
        ("Tom sleeps. The phone rings and he picks it up.", "The phone rings and Tom picks it up", {"Tom"}),
        ("Ana waits. At 2 s the lights go on and she freezes.", "The lights go on and Ana freezes", {"Ana"}),
        ("Ana waits. The dog barks and she freezes.", "The dog barks and Ana freezes", {"Ana", "Dog"}),
        (
            "Ana waits. The teacher opens the door and she smiles.",
            "The teacher opens the door and she smiles",
            {"Teacher"},
        ),
        (
            "Ana and Tom wait. The bus comes and he waves while she runs.",
            "The bus comes and Tom waves while Ana runs",
            {"Ana", "Tom"},
        ),
    ],
)
def test_the_pronoun_of_a_second_half_means_somebody(prompt: str, texts: str, roles: set[str]) -> None:
    facts = read_facts(prompt)
    event = facts.events[-1]
    assert event.text == texts
    assert {facts.role(key).name for key in event.roles} == roles


@pytest.mark.parametrize("prompt", ['A whisper: "Now." Ana turns.', 'A cry from the street: "Fire!" Tom runs.'])
def test_what_is_heard_has_an_unseen_voice(prompt: str) -> None:
    assert said(prompt)[0][0] == "Voice"
    assert said(prompt)[0][2]


def test_a_heading_may_stand_before_a_label() -> None:
    assert said('Scene: Anna: "Hi." Ben: "Hello."') == [("Anna", "Hi.", False), ("Ben", "Hello.", False)]


def test_everyone_is_everybody_who_is_there_or_a_crowd() -> None:
    party = 'A boy blows out candles. His sister claps. Third, everyone shouts "Surprise!"'
    assert {name for name, _, _ in said(party)} == {"Boy", "Sister"}
    assert said('Tom enters a dark room. Everyone shouts "Surprise!" Tom jumps.') == [("Everyone", "Surprise!", False)]
    last = read_facts("A boy and his sister enter. Everyone laughs.").events[-1]
    assert last.roles == ("boy", "sister")


def test_a_message_that_reads_is_not_said() -> None:
    assert said('A phone lights up. "Are you awake?" the message reads. Kim types "No."') == []


def test_an_italian_pronoun_before_a_verb_of_speech_is_no_article() -> None:
    prompt = "Una ragazza aspetta. Passa un ciclista e le grida «Sciopero!». Lei sbuffa."
    assert said(prompt) == [("Ciclista", "Sciopero!", False)]
