"""The story against its own demands: each broken one is refused with both places, each kept one passes."""

from __future__ import annotations

import pytest

from mavin.ledger import ConflictOutcome, ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession

REFUSED = [
    ('Only Mara speaks. Tom says "Hello." Mara nods.', "role", ["Only Mara speaks", '"Hello."']),
    ('Nobody speaks. A girl asks "Why?"', "role", ["Nobody speaks", '"Why?"']),
    ('Tom never speaks. Tom says "Whiskey."', "logical", ["Tom never speaks", '"Whiskey."']),
    ("A detective sits in her office. No one else appears. A waiter brings coffee.", "role", ["No one else appears", "A waiter"]),
    ("In one take a boy runs. Hard cut to a beach where he swims.", "structure", ["In one take", "Hard cut to"]),
    ("No cuts. Shot 1: a boy runs. Shot 2: a girl jumps.", "structure", ["No cuts", "Shot 2:"]),
    ("Three friends, Ana and Bo, race up a hill.", "structure", ["Three friends, ", "Ana and Bo"]),
    ("Exactly two people wait in the rain: Mia, Tom and Leo.", "structure", ["two people wait in the rain: ", "Mia, Tom and Leo"]),
    ("There are exactly two characters. Ana waves. Bo sings. Cem laughs.", "structure", ["exactly two characters", "Ana", "Bo", "Cem"]),
    ("Es gibt genau zwei Figuren. Anna tanzt. Ben singt. Carl lacht.", "structure", ["genau zwei Figuren", "Anna", "Ben", "Carl"]),
    ("只有两个人物。小明跑步。小红唱歌。小刚笑了。", "structure", ["只有两个人物", "小明", "小红", "小刚"]),
    ("Anna tanzt. Anna sagt kein einziges Wort. Anna ruft: „Halt!“", "logical", ["Anna sagt kein einziges Wort", "„Halt!“"]),
    ("At 5 s a man leaves, then at 2 s he returns.", "temporal", ["At 5 s", "at 2 s"]),
    ('Mara says 1.0-1.4s: "I have never in my life seen such a wonderful evening."', "temporal", ["1.0-1.4s", '"I have never in my life seen such a wonderful evening."']),
    ("A cat naps. 4 seconds. Thunder at 5 s.", "temporal", ["at 5 s", "4 seconds"]),
    ('Exactly one line of dialogue. "Ready?" asks the diver. "Ready," says the captain.', "structure", ["Exactly one line of dialogue", '"Ready,"']),
    ("A man walks. Smash cut to a dog. Cut to a cat. Two shots.", "structure", ["Two shots", "Smash cut to", "Cut to"]),
]  # fmt: skip

WRITTEN = [
    'Tom says nothing. Then he whispers "Run."',
    "Mara sits alone. Then Tom comes in and hugs her.",
    'A silent film star says "I talk now!"',
    'Nobody speaks until the queen says "Rise."',
    'For years Otto says nothing. Today he says "Good morning."',
    'Only Mara speaks. Tom waves. Mara says "Go."',
    "Two friends, Ana and Bo, race up a hill.",
    "There are exactly three characters. Ana waves. Bo sings.",
    "There are only two people in the café. Ana and Bo talk. Then Carla comes in.",
    "A street with only two people. Ana waves to Bo. Later Cem arrives.",
    "There are only two people in the café until Carla comes in. Ana and Bo talk.",
    'There are two lines of dialogue. "Ready?" asks the diver. "Ready," says the captain.',
    'The captain speaks only once: "Turn back." The navigator answers, "Too late."',
]


def script(prompt: str) -> ScriptReport:
    return write_script(WriteRequest(prompt=prompt), LlmSession(None))


@pytest.mark.parametrize(("prompt", "kind", "words"), REFUSED)
def test_refused_with_both_places(prompt: str, kind: str, words: list[str]) -> None:
    report = script(prompt)
    assert report.caption is None
    refused = [item for item in report.conflicts if item.outcome is ConflictOutcome.REFUSED]
    assert [(item.kind, item.by) for item in refused] == [(kind, "code")]
    assert [span.text for span in refused[0].spans] == words
    assert all(prompt[span.start : span.end] == span.text for span in refused[0].spans)


@pytest.mark.parametrize("prompt", WRITTEN)
def test_what_only_looks_like_a_conflict_is_written(prompt: str) -> None:
    report = script(prompt)
    assert report.caption is not None, report.conflicts


BEATS = [
    ('"Any questions?" asks the teacher. No one speaks.', "No one speaks"),
    ('"Any questions?" asks the teacher. Nobody says anything. Then the bell rings.', "Nobody says anything"),
    ('"I quit," says Marta. Nobody speaks. Her boss stares at the floor.', "Nobody speaks"),
    ('He says "Silence!" and no one speaks again. 5 seconds, a courtroom, a judge.', "No one speaks again"),
    ("„Noch Fragen?“, fragt der Lehrer. Niemand sagt etwas.", "Niemand sagt etwas"),
    ("« Des questions ? » demande le professeur. Personne ne parle.", "Personne ne parle"),
    ("«¿Preguntas?», dice el profesor. Nadie habla.", "Nadie habla"),
    ("“有问题吗？”老师问。没人说话。", "没人说话"),
    ("「質問は？」と先生が聞く。誰も話さない。", "誰も話さない"),
    ('"Who broke it?" the coach asks. Neither of them says a word. Rain falls.', "Neither of them says a word"),
    ('"Dinner!" calls Mum. Everyone is silent.', "Everyone is silent"),
    ('"Dinner!" calls Mum. Not a word is said. "Fine," she says.', "Not a word is said"),
    ("„Ich gehe“, sagt Ina. Es fällt kein Wort. Die Tür knallt.", "Es fällt kein Wort"),
    ("«Ciao», dice Anna. Nessuno parla. Il cane dorme.", "Nessuno parla"),
    ('"Oi", diz Ana. Ninguém fala.', "Ninguém fala"),
]


@pytest.mark.parametrize(("prompt", "beat"), BEATS)
def test_a_silence_behind_a_line_is_a_beat(prompt: str, beat: str) -> None:
    caption = script(prompt).caption
    assert caption is not None
    assert beat in [shot.action for shot in caption.shots]
    assert all(role.name.casefold() not in beat.casefold() for role in caption.roles)


@pytest.mark.parametrize(
    "prompt",
    [
        '"Hi," says Tom. Nobody speaks in the whole clip.',
        '"Hi," says Tom. Nobody speaks in this film.',
        '"Hi," says Tom. Nobody should speak.',
        '"Hi," says Tom. No dialogue.',
        'A girl waves. Nobody speaks. She asks "Why?"',
        'Tom says "Go." No one speaks again. Ann says "Wait."',
        "“走吧。”小明说。全程没人说话。",
        "„Ich gehe“, sagt Ina. Niemand spricht im ganzen Film.",
    ],
)
def test_a_silence_of_the_whole_clip_still_clashes(prompt: str) -> None:
    assert script(prompt).caption is None
