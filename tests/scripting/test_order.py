"""What a prompt says of order and silence: times that count from another, "before that", silence for a while."""

from __future__ import annotations

import pytest

from mavin.ledger import ConflictOutcome, ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession


def script(prompt: str) -> ScriptReport:
    return write_script(WriteRequest(prompt=prompt), LlmSession(None))


def starts(prompt: str) -> list[int]:
    report = script(prompt)
    assert report.caption is not None, report.conflicts
    dropped = [entry for entry in report.ledger if entry.kind == "time" and entry.outcome != "kept"]
    assert not dropped
    return [line.start_ms for line in report.caption.dialogue] or [shot.start_ms for shot in report.caption.shots]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ('After 3 seconds a door slams; two seconds later, Ines says "Who?"', [5000]),
        ('Ida cries "Wait!" exactly one second after the door closes at 3 s.', [4000]),
        ('One second after the door closes at 3 s, Ida cries "Wait!"', [4000]),
        ("Two seconds before the bus leaves at 5 s, Ida sits down.", [0, 3000, 5000]),
        ("Tom jumps off at 12 s. Ten seconds earlier Paul waves.", [0, 2000, 12000]),
        ('At 1 s Tom says "Hi." Two seconds later Ana says "Bye."', [1000, 3000]),
        ("At 3 s a door slams. After two seconds Ines screams.", [0, 3000, 5000]),
        ("Tom runs. Two seconds later Ana falls.", [0, 2000]),
        ("A las 3 s se cierra una puerta. Dos segundos después, Ana grita: «¡Alto!»", [5000]),
        ("Bei 3 s schließt sich eine Tür. Zwei Sekunden später ruft Ana: „Halt!“", [5000]),
        ("À 3 s, une porte claque. Deux secondes plus tard, Ana crie : « Stop ! »", [5000]),
        ("A 3 s una porta si chiude. Due secondi dopo, Ana grida: «Ferma!»", [5000]),
        ("Aos 3 s uma porta fecha. Dois segundos depois, Ana grita: «Pare!»", [5000]),
        ("第3秒门关上。两秒后，小红说：“谁？”", [5000]),
        ("3秒にドアが閉まる。その2秒後に健が「誰だ」と言う。", [5000]),
        ("小明在2秒到4秒说:“你好。”5.5秒时小红说:“再见。”", [2000, 5500]),
    ],
)
def test_times_that_count_from_another_time(prompt: str, expected: list[int]) -> None:
    assert starts(prompt) == expected


@pytest.mark.parametrize(
    "prompt",
    [
        'Tom says "Hi." Two seconds later Ana says "Bye."',
        '"Who broke it?" asks Ana. After a pause of two seconds, a girl says, "I did."',
        "Tom sagt: „Hallo.“ Nach einer Pause von zwei Sekunden sagt Ana: „Tschüss.“",
        "小明说：“好。”沉默两秒后，小红说：“不。”",
    ],
)
def test_a_pause_between_two_lines_is_exact(prompt: str) -> None:
    report = script(prompt)
    assert report.caption is not None
    one, two = report.caption.dialogue
    assert two.start_ms - one.end_ms == 2000


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("During the last two seconds, Kim smiles. Total 8 seconds. Before that Kim cries.", "Kim cries"),
        ("At 4 s a bell rings. Before that a door opens.", "A door opens"),
        ("A las 4 s suena una campana. Antes de eso, se abre una puerta.", "Se abre una puerta"),
        ("À 4 s, une cloche sonne. Avant cela, une porte s'ouvre.", "Une porte s'ouvre"),
        ("第4秒门关上。在此之前，狗叫了。", "狗叫了"),
        ("Ana dances. In the first two seconds a bell rings. Ana bows.", "A bell rings"),
    ],
)
def test_what_comes_before_is_shown_before(prompt: str, first: str) -> None:
    report = script(prompt)
    assert report.caption is not None
    assert report.caption.shots[0].action == first
    assert [conflict.outcome for conflict in report.conflicts] == [ConflictOutcome.REORDERED]


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("At 4 s a bell rings. Before that, at 6 s, a door opens.", ["At 4 s", "at 6 s"]),
        ("Kim leaves at 3 s. At 2 s, after Kim has left, Lou enters.", ["at 3 s", "At 2 s"]),
        ("Lou enters at 2 s, before Kim, who enters at 1 s.", ["at 2 s", "at 1 s"]),
        ("Before Kim leaves at 1 s, Lou enters at 2 s.", ["at 2 s", "at 1 s"]),
        ("A los 4 s suena una campana. Antes de eso, a los 6 s, se abre una puerta.", ["A los 4 s", "a los 6 s"]),
        ("Tom jumps off at 4 s. Ten seconds earlier Paul waves.", ["Ten seconds earlier"]),
        (
            'In the first 3 seconds nobody speaks. At 2 s Lea says "Hi."',
            ["In the first 3 seconds nobody speaks", "At 2 s"],
        ),
        (
            'Tom speaks from 2 to 4 s: "Go." From 3 s to 5 s Tom is silent.',
            ["From 3 s to 5 s Tom is silent", "from 2 to 4 s"],
        ),
        ('Only Ana speaks from 0 to 4 s. At 3 s Ben says "Hi."', ["Only Ana speaks from 0 to 4 s", "At 3 s"]),
        ('Everyone is silent for the whole film. A boy yells "Hey!"', ["Everyone is silent", '"Hey!"']),
        ('Ana stays silent throughout. She says "Well."', ["Ana stays silent throughout", '"Well."']),
        ("Alle schweigen den ganzen Film über. Ein Junge ruft: „Hey!“", ["Alle schweigen", "„Hey!“"]),
        ("前三秒没有人说话。第2秒小红说：“你好。”", ["前三秒没有人说话", "第2秒"]),
    ],
)
def test_contradictions_of_order_and_silence_are_refused(prompt: str, words: list[str]) -> None:
    report = script(prompt)
    assert report.caption is None
    assert [span.text for span in report.conflicts[0].spans] == words


@pytest.mark.parametrize(
    ("prompt", "earliest"),
    [
        ('In the first 3 seconds nobody speaks. Then Lea says "Hi."', 3000),
        ('From 2 s to 5 s nobody speaks. Lea says "Hi."', 5000),
        ("En los primeros tres segundos nadie habla. Luego Lea dice: «Hola».", 3000),
        ("In den ersten drei Sekunden spricht niemand. Dann sagt Lea: „Hallo.“", 3000),
        ("Pendant les trois premières secondes, personne ne parle. Puis Léa dit : « Salut. »", 3000),
        ("前三秒没有人说话。然后小红说：“你好。”", 3000),
        ("最初の3秒間は誰も話さない。それから健が「やあ」と言う。", 3000),
    ],
)
def test_a_line_waits_until_a_silence_is_over(prompt: str, earliest: int) -> None:
    assert starts(prompt)[0] >= earliest


def test_a_line_is_over_before_a_silence_that_ends_the_film() -> None:
    report = script('In the last two seconds no one speaks. Ana says "Go." The film lasts 6 seconds.')
    assert report.caption is not None
    assert report.caption.dialogue[0].end_ms <= 4000
