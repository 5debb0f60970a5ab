"""Quotations, dashes, addressees and speakers in the styles of several languages."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.facts.languages.speech_verbs import SpeechCue
from mavin.facts.quotes import find_quotations
from mavin.facts.voices import cue_before, cue_behind

TEXTS = [
    ("She says 'the dogs' bowl is here' and leaves.", ["the dogs' bowl is here"]),
    ("He says 'I'm goin' home' and leaves.", ["I'm goin' home"]),
    ("'Tis the season,' he says.", ["Tis the season,"]),
    ("She says 'yes' and he says 'no'.", ["yes", "no"]),
    ("‚Komm her‘, sagt Anna.", ["Komm her"]),
    ("‚Geht’s dir gut?‘, fragt Ben.", ["Geht’s dir gut?"]),
    ("Er sagt ›Nein‹ und geht.", ["Nein"]),
    ("❝Hello❞ says Tom.", ["Hello"]),
    ("＂你好＂小明说。", ["你好"]),
    ("“One “two” three,” he says.", ["One “two” three,"]),
    ("„Er sagte ‚nein‘ zu mir“, sagt Anna.", ["Er sagte ‚nein‘ zu mir"]),
    ("「彼は『いや』と言った」と少女が言う。", ["彼は『いや』と言った"]),
    ("”Hej”, säger Anna.", ["Hej"]),
    ('"Hello.\n\nI am here," says Tom.', ["Hello.\n\nI am here,"]),
    ("“First part.\n\n“Second part,” says Tom.", ["First part.", "Second part,"]),
    ('He says "Hello. She says "Hi."', ["Hello.", "Hi."]),
    ("He says ''Hi there'' and goes.", ["Hi there"]),
    ("小明喊：《快跑》", ["快跑"]),
    ("—¿Quién eres? —pregunta Ana.\n—Soy yo —responde Luis—. Abre.", ["¿Quién eres?", "Soy yo", "Abre."]),
    ("– Wer da?\n– Ich bin's, sagt Ben.", ["Wer da?", "Ich bin's"]),
    ("— Qui est là ? dit-elle.\n— C'est moi.", ["Qui est là ?", "C'est moi."]),
    ("— Кто там? — спросила Анна.\n— Я.", ["Кто там?", "Я."]),
    ("Ana entra. —¿Quién eres? —pregunta Luis. —Soy yo —dice Ana.", ["¿Quién eres?", "Soy yo"]),
]


@pytest.mark.parametrize(("prompt", "texts"), TEXTS)
def test_speech_in_every_style(prompt: str, texts: list[str]) -> None:
    assert [item.text for item in find_quotations(prompt) if item.speech] == texts


@pytest.mark.parametrize(
    "prompt",
    [
        "'Tis the dogs' bowl, and rock 'n' roll of the '90s by O'Brien.",
        "The boys' ball and the girls' ball roll.",
        'A 6" nail and a 7" nail lie there.',
        "– Ein Hund läuft.\n– Eine Katze schläft.",
        "- A dog runs!\n- A cat sleeps.",
        "He stops — then runs — and falls.",
        "他读《红楼梦》。",
        "小明举着写着“营业”的牌子。",
        "「営業中」と書かれた看板。",
        "Ein Schild mit der Aufschrift „Offen“.",
        "Un cartel que dice «Abierto».",
        "Une pancarte où il est écrit « Fermé ».",
    ],
)
def test_what_no_one_says(prompt: str) -> None:
    assert [item.text for item in find_quotations(prompt) if item.speech] == []


ADDRESSED = [
    ("en", "Mother says to the child: ", "Mother", "the child"),
    ("en", "A woman tells Anna, ", "A woman", "Anna"),
    ("en", "The teacher asks the boy: ", "The teacher", "the boy"),
    ("en", "Tom whispers to his sister, ", "Tom", "his sister"),
    ("en", "The king shouts at the guard: ", "The king", "the guard"),
    ("en", "She tells a joke: ", "She", ""),
    ("en", "She asks a question: ", "She", ""),
    ("en", "the other says ", "the other", ""),
    ("en", "The first says ", "The first", ""),
    ("es", "Una mujer dice al niño: ", "Una mujer", "niño"),
    ("es", "Ana le dice a Luis: ", "Ana", "Luis"),
    ("es", "Solo habla la vendedora: ", "la vendedora", ""),
    ("de", "Die Mutter sagt zu dem Kind: ", "Die Mutter", "dem Kind"),
    ("de", "Eine Frau fragt das Kind: ", "Eine Frau", "Kind"),
    ("de", "Dann fragt Anna: ", "Anna", ""),
    ("de", "Er spricht nicht, und seine Schwester nickt: ", "seine Schwester", ""),
    ("fr", "La mère dit à l'enfant : ", "La mère", "enfant"),
    ("fr", "Marie lui dit : ", "Marie", ""),
    ("it", "La mamma dice al bambino: ", "La mamma", "bambino"),
    ("pt", "A mãe diz ao menino: ", "A mãe", "menino"),
    ("zh", "妈妈对孩子说：", "妈妈", "孩子"),
    ("zh", "妈妈告诉孩子：", "妈妈", "孩子"),
    ("zh", "老师问学生：", "老师", "学生"),
    ("zh", "她的搭档老陈回答：", "搭档老陈", ""),
    ("ja", "母は子供に言う：", "母", "子供"),
    ("ja", "やがて花は", "花", ""),
]


@pytest.mark.parametrize(("language", "text", "speaker", "addressee"), ADDRESSED)
def test_speaker_and_addressee_before(language: str, text: str, speaker: str, addressee: str) -> None:
    cue = cue_before(text, language)
    assert cue is not None
    assert (cue.speaker, cue.addressee) == (speaker, addressee)
    assert_offsets(text, cue)


BEHIND = [
    ("en", " shouts the captain to the sailors.", "the captain", "the sailors"),
    ("en", " she tells Tom.", "she", "Tom"),
    ("es", ", le dice Ana a Luis.", "Ana", "Luis"),
    ("de", ", sagt Anna zu Ben.", "Anna", "Ben"),
    ("fr", ", dit-elle à Paul.", "elle", "Paul"),
    ("fr", " demande-t-elle.", "elle", ""),
    ("ja", "と母は子供に言う。", "母", "子供"),
    ("zh", "妈妈对孩子说。", "妈妈", "孩子"),
]


@pytest.mark.parametrize(("language", "text", "speaker", "addressee"), BEHIND)
def test_speaker_and_addressee_behind(language: str, text: str, speaker: str, addressee: str) -> None:
    cue = cue_behind(text, language)
    assert cue is not None
    assert (cue.speaker, cue.addressee) == (speaker, addressee)
    assert_offsets(text, cue)


def assert_offsets(text: str, cue: SpeechCue) -> None:
    if cue.addressee:
        assert text[cue.addressee_start :].startswith(cue.addressee)
    if cue.speaker:
        assert text[cue.start :].startswith(cue.speaker)


SPEAKERS = [
    ("“First part.\n\n“Second part,” says Tom.", ["Tom", "Tom"]),
    ("—¿Quién eres? —pregunta Ana.\n—Soy yo —responde Luis—. Abre la puerta.", ["Ana", "Luis", "Luis"]),
    ("– Wer da?, fragt Ben.\n– Ich bin's, sagt Anna.", ["Ben", "Anna"]),
    ("小明对妈妈说：“我饿了。”妈妈说：“好。”", ["小明", "妈妈"]),
    ("Al principio Julia no dice nada. Después dice: «Yo también lo vi».", ["Julia"]),
    ("师傅只说了一句：“再来一遍。”徒弟说：“是。”", ["师傅", "徒弟"]),
    ('Two girls play. The first says "Hi." The second says "Bye."', ["First girl", "Second girl"]),
    ('A robot says to a girl, "Hello," and she says to the robot, "Hi."', ["Robot", "Girl"]),
]


@pytest.mark.parametrize(("prompt", "names"), SPEAKERS)
def test_speakers_of_every_style(prompt: str, names: list[str]) -> None:
    facts = read_facts(prompt)
    assert [facts.role(quote.speaker or "").name for quote in facts.quotes] == names


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        ('Anna, with her hands full, calls "Go."', ["Anna"]),
        ('Anna, tired, in a whisper says "Go."', ["Anna"]),
        ('At 1:05 PM Tom says "Hi."', ["Tom"]),
        ('Ana can only say "Yes."', ["Ana"]),
        ('Says Ana: "I see." Says Ben: "Do you?"', ["Ana", "Ben"]),
        ('Asks Ben, "Where is it?" Ana shrugs.', ["Ben"]),
        ('"No!" calls out Dr. Voss.', ["Dr. Voss"]),
        ('"Tick," says the clock every second.', ["Clock"]),
        ('Ana knocks. "Come in!" someone calls.', ["Someone"]),
        ('"Sleep," Ben told her.', ["Ben"]),
        ('Karl the baker says "Bread?"', ["Karl"]),
    ],
)
def test_the_speaker_and_nothing_but_the_speaker(prompt: str, speakers: list[str]) -> None:
    facts = read_facts(prompt)
    assert [facts.role(quote.speaker).name for quote in facts.quotes if quote.speaker] == speakers
    assert "Her" not in {role.name for role in facts.roles}


@pytest.mark.parametrize(
    "prompt",
    [
        'Ana didn\'t say "no". She nodded.',
        'Ana wanted to shout "stop".',
        '"Hello," said nobody.',
        "Ana no dice «no». Ella asiente y Pedro ríe.",
        "Anna sagt nicht „nein“. Sie nickt.",
        "Anna ne dit pas « non ». Elle sourit.",
        "小明没说“不”，他点了点头。",
    ],
)
def test_what_nobody_says_is_no_line_and_stays_in_the_action(prompt: str) -> None:
    facts = read_facts(prompt)
    assert facts.quotes == ()
    assert any(mark in facts.events[0].text for mark in '"«„“')


TWO_IN_A_LINE = [
    ("— Você voltou — diz a mãe. — Só vim buscar o violão — responde o filho.", ["mãe", "filho"]),
    ("— Sei in ritardo — dice la nonna. — Lo so — risponde il nipote.", ["nonna", "nipote"]),
    ("— Tu es en retard, dit la mère. — Je sais, répond le fils.", ["mère", "fils"]),
    ("—Le falta sal —dice la abuela. —Ya voy —responde el nieto.", ["abuela", "nieto"]),
    ("— Le falta sal — dice la abuela. — Ya voy — responde el nieto.", ["abuela", "nieto"]),
    ("– Du bist spät – sagt die Oma. – Ich weiß – antwortet der Enkel.", ["oma", "enkel"]),
    ("— Qui est là ? demande la mère. — C'est moi, répond Luc. — Entre, dit-elle.", ["mère", "luc", "mère"]),
    ("— Chi è? — chiede la nonna. — Sono io — risponde Luca. — Entra.", ["nonna", "luca", "luca"]),
    ("— Sim — diz a mãe — e não volte.", ["mãe", "mãe"]),
    ("— Sim — diz a mãe. — Não volte.", ["mãe", "mãe"]),
    ("— Não — diz Ana. — Nunca — acrescenta.", ["ana", "ana"]),
    ("—Sí —dice la madre—. No vuelvas.", ["madre", "madre"]),
]


@pytest.mark.parametrize(("prompt", "speakers"), TWO_IN_A_LINE)
def test_dashes_of_two_speakers_in_one_line(prompt: str, speakers: list[str]) -> None:
    quotes = read_facts(prompt).quotes
    assert [quote.speaker for quote in quotes] == speakers
    assert all(quote.span.text[0] in "—–" for quote in quotes)
