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


COUNTED = [
    ('Exactly two people speak. Abe says "Up." Bea says "Down." Cal says "Left."', "Exactly two people speak"),
    ('Just two people talk. Abe says "Up." Bea says "Down." Cal says "Left."', "Just two people talk"),
    ("Genau zwei Personen sprechen. Abe sagt „Auf“. Bea sagt „Ab“. Cal sagt „Links“.", "Genau zwei Personen sprechen"),
    ("Solo hablan dos personas. Ana dice «Sí». Luis dice «No». Eva dice «Quizá».", "Solo hablan dos personas"),
    ("Exactement deux personnes parlent. Ana dit « Oui ». Luc dit « Non ». Eva dit « Si ».", "Exactement deux personnes parlent"),
    ("Parlano solo due persone. Anna dice «Sì». Luca dice «No». Eva dice «Forse».", "Parlano solo due persone"),
    ("Só duas pessoas falam. Ana diz «Sim». Luís diz «Não». Eva diz «Talvez».", "Só duas pessoas falam"),
    ("只有两个人说话。小红说：“好。”小明说：“不。”小刚说：“走。”", "只有两个人说话"),
    ("話すのは二人だけ。花子が「はい」と言う。太郎が「いや」と言う。次郎が「うん」と言う。", "話すのは二人だけ"),
    ("カットは2つ。カット1：鍵。カット2：扉。カット3：廊下。", "カットは2つ"),
    ("ショット数は2。ショット1：鍵。ショット2：扉。ショット3：廊下。", "ショット数は2"),
    ("共两个镜头。镜头1：钥匙。镜头2：门。镜头3：走廊。", "两个镜头"),
    ("镜头共两个。镜头1：钥匙。镜头2：门。镜头3：走廊。", "镜头共两个"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "words"), COUNTED)
def test_more_than_counted_is_refused(prompt: str, words: str) -> None:
    report = script(prompt)
    refused = [item for item in report.conflicts if item.outcome is ConflictOutcome.REFUSED]
    assert report.caption is None
    assert refused[0].spans[0].text == words


@pytest.mark.parametrize(
    ("prompt", "shots"),
    [
        ('Exactly two people speak. Abe says "Up." Bea says "Down."', 2),
        ('Only two characters talk. Abe says "Up." Bea says "Down."', 2),
        ("Genau zwei Leute reden. Abe sagt „Auf“. Bea sagt „Ab“.", 2),
        ("Seules deux personnes parlent. Ana dit « Oui ». Luc dit « Non ».", 2),
        ("Solo due persone parlano. Anna dice «Sì». Luca dice «No».", 2),
        ("只有两个人说话。小红说：“好。”小明说：“不。”", 2),
        ("二人だけが話す。花子が「はい」と言う。太郎が「いいえ」と言う。", 2),
        ("カットは三つ。カット1：鍵。カット2：扉。カット3：廊下。", 3),
    ],
)
def test_as_many_as_counted_is_no_event(prompt: str, shots: int) -> None:
    caption = script(prompt).caption
    assert caption is not None
    assert len(caption.shots) == shots
    assert len(caption.roles) == len(caption.dialogue)


ALONE = [
    'No one else is awake. Tessa tells the moon, "It\'s just us."',
    'No one else is there. Tessa tells her diary, "Day one."',
    'Nobody else is home. The cat jumps on the bed; Lou mutters, "Five more minutes."',
    'A girl sits on a roof. No one else is there. She tells the moon, "Goodnight."',
    "Ana reads. Bo sleeps. No one else is in the house. The clock ticks.",
    "No one else is there. Ana and Bo dance.",
    "No hay nadie más. El gato salta; Luis murmura: «Cinco minutos».",
    "没有别人。小红对月亮说：“晚安。”",
]


@pytest.mark.parametrize("prompt", ALONE)
def test_alone_with_things_and_animals(prompt: str) -> None:
    report = script(prompt)
    assert report.caption is not None, report.conflicts


@pytest.mark.parametrize(
    "prompt",
    [
        'Tessa is home. Nobody else is in the house. She whispers to the nurse, "Shh."',
        "Nobody else is home. A man sings. A woman enters.",
        "Il n'y a personne d'autre. Julie danse. Un facteur entre.",
    ],
)
def test_company_of_one_who_is_alone(prompt: str) -> None:
    assert script(prompt).caption is None
