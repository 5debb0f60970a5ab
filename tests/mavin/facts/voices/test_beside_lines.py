"""What stands right beside a line: somebody else's act, a label typed small, a voice that is nobody's, an answer."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.interval import Interval


def _said(prompt: str) -> list[tuple[str, str]]:
    facts = read_facts(prompt)
    return [(quote.text, facts.role(quote.speaker).name if quote.speaker else "") for quote in facts.quotes]


@pytest.mark.parametrize(
    ("prompt", "acts"),
    [
        ('Grandma says "the wolf said please", my daughter laughs.', "My daughter laughs"),
        ('A cook says "good game", his rival doesn\'t even smile.', "The cook's rival doesn't even smile"),
        ('He says "good game", his opponent, a boy of ten, smiles.', "His opponent, a boy of ten, smiles"),
        ('The owner calls "Biscuit!" dog stops then runs back', "Dog stops"),
    ],
)
def test_another_act_behind_a_line_is_an_event_of_its_own(prompt: str, acts: str) -> None:
    assert acts in [event.text for event in read_facts(prompt).events]


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ('His toddler points and goes "cow?" dad: "nope."', [("cow?", "Toddler"), ("nope.", "Dad")]),
        ('A captain waves. Voiceover: "This is ours."', [("This is ours.", "Narrator")]),
        ("Eine Läuferin läuft los. Stimme aus dem Off: „Dein Tempo.“", [("Dein Tempo.", "Narrator")]),
        ('Un chico corre. Voz en off: "Corre más."', [("Corre más.", "Narrator")]),
        ("Une fille court. Voix off : « Plus loin. »", [("Plus loin.", "Narrator")]),
        ('Mara says "a" at 1-2s and "b" at 1.5-3s while Theo writes.', [("a", "Mara"), ("b", "Mara")]),
        (
            'The detective asks "Where were you?" She answers off screen "Home." He leaves.',
            [("Where were you?", "Detective"), ("Home.", "Woman")],
        ),
        ("Ein Imker arbeitet, seine Tochter hält den Smoker. Er lächelt: „Nur hundert.“", [("Nur hundert.", "Imker")]),
        (
            "Dos payasos discuten. El más viejo dice: —Ya nadie se ríe. El otro se pone la nariz y contesta: —Yo sí.",
            [("Ya nadie se ríe.", "Payaso 1"), ("Yo sí.", "Payaso 2")],
        ),
    ],
)
def test_who_says_it(prompt: str, said: list[tuple[str, str]]) -> None:
    assert _said(prompt) == said


def test_only_the_line_that_says_so_is_off_screen() -> None:
    facts = read_facts('The detective asks "Where were you?" She answers off screen "Home."')
    assert [quote.off_screen for quote in facts.quotes] == [False, True]
    assert read_facts('Un chico corre. Voz en off: "Corre."').quotes[0].off_screen


def test_a_time_behind_another_act_is_not_the_line_s() -> None:
    facts = read_facts('A ghost appears, says "you kept the watch", fades at 7s. Total 8s')
    assert facts.quotes[0].start_ms is None
    assert [event.start_ms for event in facts.events if "fades" in event.text] == [7000]


def test_times_at_the_head_of_parts_need_no_brackets() -> None:
    facts = read_facts(
        '0:00-0:02 a kettle whistles. 0:02-0:05 Nora shouts "I got it!" 0:05-0:08 the kettle goes quiet.'
    )
    assert facts.quotes[0].start_ms != 5000
    shots = {label.number: label.interval for label in facts.labels}
    assert [shots[event.shot or 0] for event in facts.events if "quiet" in event.text] == [Interval(5000, 8000)]
