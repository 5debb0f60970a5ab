"""Speakers behind relative clauses, lists of lines, times in brackets, names of people met before."""

from __future__ import annotations

import pytest

from mavin.facts import RuleKind, read_facts
from mavin.facts.languages.numbers import language_of


def _speakers(prompt: str) -> list[tuple[str, str]]:
    facts = read_facts(prompt)
    return [(quote.text, facts.role(quote.speaker).name if quote.speaker else "") for quote in facts.quotes]


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ('The woman who lost her son says "No."', [("No.", "Woman")]),
        ('The man who sold the world says "Sold."', [("Sold.", "Man")]),
        ('A woman meets a man who says "Hi."', [("Hi.", "Man")]),
        ('An old sailor, who once lost his ship, mutters "Fog."', [("Fog.", "Old sailor")]),
        ('A boy sees the dog that bit him and says "You!"', [("You!", "Boy")]),
        ('The teacher turns to Ken, who answers "Yes."', [("Yes.", "Ken")]),
        ("«Nunca», dice Rosa; «jamás», añade Luis.", [("Nunca", "Rosa"), ("jamás", "Luis")]),
        ('"Never", says Rosa; "not ever", adds Luis.', [("Never", "Rosa"), ("not ever", "Luis")]),
        ('Mia says "A." (1-2s) Leo says "B." (3-4s)', [("A.", "Mia"), ("B.", "Leo")]),
        ("Die Frau, die ihren Schlüssel verlor, ruft: „Hilfe!“", [("Hilfe!", "Frau")]),
        ("Der Mann, der den Hund sah, sagt: „Da!“", [("Da!", "Mann")]),
        ("She (Clara) says “I am fine” but he (Ben) says “No”.", [("I am fine", "Clara"), ("No", "Ben")]),
        ("A cook named 'Big Al' shouts \"Order up!\"", [("Order up!", "Big Al")]),
    ],
)
def test_who_says_a_line(prompt: str, said: list[tuple[str, str]]) -> None:
    assert _speakers(prompt) == said


@pytest.mark.parametrize(
    "prompt",
    [
        'Mika says "one" at 1s, "two" at 2s and "three" at 3s.',
        'At 1s Mika says "one", at 2s says "two", at 3s says "three".',
        "Ana dice «uno» a 1 s, «dos» a los 2 s y «tres» a los 3 s.",
        "Luc dit « un » à 1 s, « deux » à 2 s et « trois » à 3 s.",
        "Ines ruft „eins“ bei 1 s, „zwei“ bei 2 s und „drei“ bei 3 s.",
        "男孩在第1秒说“一”，第2秒说“二”，第3秒说“三”。",
    ],
)
def test_a_list_of_lines_keeps_each_with_its_time(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [quote.start_ms for quote in facts.quotes] == [1000, 2000, 3000]
    assert len(facts.roles) == 1


@pytest.mark.parametrize(
    "prompt", ['After 3s of silence, Gus says "Well." Total: 6s.', "Nach 3 Sekunden Stille sagt Gus „Na.“"]
)
def test_a_silence_that_opens_the_story_counts_from_its_beginning(prompt: str) -> None:
    assert [quote.start_ms for quote in read_facts(prompt).quotes] == [3000]
    later = read_facts('Ana runs. After 2s of silence, Gus says "Well." 9s.')
    assert [quote.start_ms for quote in later.quotes] == [None]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('A girl named Ilse says "Wolf?"', ["Ilse"]),
        ('A tourist named Bob reads aloud: "Closed?!"', ["Bob"]),
        ("He meets a girl named Ilse. Ilse waves.", ["Man", "Ilse"]),
        ('A girl asks her grandfather "Why?" Grandfather Otto answers "So."', ["Girl", "Grandfather Otto"]),
        ('A boy and his robot Beep. The boy, Sam, says "Hi."', ["Sam", "Beep"]),
        ('A nurse and a doctor. Doctor Lee says "Hi."', ["Nurse", "Doctor Lee"]),
        ("A priest, a rabbi and an imam walk into a bar.", ["Priest", "Rabbi", "Imam"]),
        ("Ms. Álvarez-Ruiz texts; her phone buzzes.", ["Ms. Álvarez-Ruiz"]),
    ],
)
def test_everybody_is_one_role(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


def test_two_captains_and_one_with_a_name_are_not_merged() -> None:
    roles = read_facts('Two captains argue. Captain Brek shouts "Go!"').roles
    assert "Captain Brek" in [role.name for role in roles]
    assert len(roles) == 3


@pytest.mark.parametrize("prompt", ['Leo (2.5s): "I am here."', 'Leo [2.5 s]: "I am here."'])
def test_a_time_in_brackets_beside_a_name_is_the_lines(prompt: str) -> None:
    facts = read_facts(prompt)
    assert facts.duration is None
    assert [quote.start_ms for quote in facts.quotes] == [2500]


def test_a_length_in_brackets_beside_a_shot_is_the_shots() -> None:
    facts = read_facts('Shot 1 (3s): Leo says "B." Shot 2 (4s): a cat sleeps.')
    assert [label.interval and label.interval.end_ms for label in facts.labels] == [3000, 7000]


def test_times_in_brackets_head_what_stands_behind_them_also_after_a_line() -> None:
    facts = read_facts('[0.0-2.5] A taxi stops. [2.5-6.0] A clown says "Keep it." [6.0-8.0] The driver cries.')
    ends = [label.interval.end_ms for label in facts.labels if label.interval]
    assert ends == [2500, 6000, 8000]
    assert [quote.start_ms for quote in facts.quotes] == [None]


def test_a_time_behind_another_deed_is_not_the_lines() -> None:
    facts = read_facts('She whispers "Who lost you?" and carries it home at 4 s.')
    assert facts.quotes[0].start_ms is None
    assert facts.events[-1].start_ms == 4000


@pytest.mark.parametrize(
    "prompt",
    [
        'Ruiz says "A." Ruiz says nothing more.',
        'Ruiz says "A." Ruiz says nothing else.',
        "Karl sagt „A.“ Karl sagt nichts mehr.",
        "Luc dit « A. » Luc ne dit rien de plus.",
        "Ana dice «A.» Ana no dice nada más.",
    ],
)
def test_nothing_more_is_no_silence(prompt: str) -> None:
    assert not [rule for rule in read_facts(prompt).rules if rule.kind is RuleKind.SILENT]


@pytest.mark.parametrize("words", ["The camera never cuts.", "We never cut away.", "The film does not cut."])
def test_what_never_cuts_is_one_take(words: str) -> None:
    assert [rule.kind for rule in read_facts(f"{words} A girl waves.").rules] == [RuleKind.ONE_TAKE]


def test_the_next_shot_tells_no_shot() -> None:
    texts = [event.text for event in read_facts("Opening shot: fog. Next shot: a wolf. Final shot: a cat.").events]
    assert texts == ["Fog", "A wolf", "A cat"]


@pytest.mark.parametrize("words", ["In exactly four shots, a cat sleeps.", "Genau vier Einstellungen: Karl winkt."])
def test_a_count_takes_its_words_along(words: str) -> None:
    told = read_facts(words).events[0].text
    assert "xactly" not in told
    assert "enau" not in told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("LEO:   \nMIA:    \nLEO:   ", "en"),
        ("Mother and son. Mother:   Son:   Mother:  Son:", "en"),
        ("RUTH (40s) stirs soup. RUTH:   JOHN (O.S.):", "en"),
        ("Mia says    and Leo nods.", "en"),
        ("Mia dice: ", "it"),
        ("Leo e Mia camminano", "it"),
        ("Elle court. Julie l'attend.", "fr"),
    ],
)
def test_names_alone_tell_no_language(text: str, language: str) -> None:
    assert language_of(text) == language
