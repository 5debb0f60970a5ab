"""Speech without quotation marks: labels, verbs of speech before a colon, values of JSON."""

import json

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        (
            "[Sock 1]: I lost my twin in the dryer. [Sock 2]: We all did.",
            [("Sock 1", "I lost my twin in the dryer."), ("Sock 2", "We all did.")],
        ),
        ("MAYA: Where were you? JONAH: Out.", [("Maya", "Where were you?"), ("Jonah", "Out.")]),
        ("A cafe. Maya: Where were you? Jonah: Out.", [("Maya", "Where were you?"), ("Jonah", "Out.")]),
        (
            "A man walks into a bar. the bartender says: why the long face",
            [("Bartender", "why the long face")],
        ),
        ("Una mujer entra y dice: hola a todos. El gato huye.", [("Mujer", "hola a todos.")]),
        ("一个男孩走进来说：我回来了。妈妈笑了。", [("男孩", "我回来了。")]),
    ],
)
def test_words_behind_a_label_or_a_verb_of_speech_are_a_line(prompt: str, lines: list[tuple[str, str]]) -> None:
    facts = read_facts(prompt)

    assert [(facts.role(quote.speaker).name, quote.text) for quote in facts.quotes if quote.speaker] == lines


@pytest.mark.parametrize(
    "prompt",
    [
        "Location: a harbor. Time: dusk. A boat leaves.",
        "Mara: a woman of thirty. Tom: her brother. They dance.",
        "A sign says: open all night. A cat walks by.",
        "[Shot 1]: A cat sleeps. [Shot 2]: You see a dog.",
        "Camera: slow pan. Music: soft piano. A girl reads.",
    ],
)
def test_forms_descriptions_signs_and_shots_are_no_lines(prompt: str) -> None:
    assert not read_facts(prompt).quotes


@pytest.mark.parametrize(
    "dialogue",
    [
        [{"speaker": "Ann", "line": "Hello"}, {"speaker": "Bob", "line": 'It\'s "late"'}],
        [{"text": "Hello", "character": "Ann"}, {"text": 'It\'s "late"', "character": "Bob"}],
        {"Ann": "Hello", "Bob": 'It\'s "late"'},
        ["Ann: Hello", 'Bob: It\'s "late"'],
    ],
)
def test_the_dialogue_of_a_json_prompt_is_spoken_and_its_duration_holds(dialogue: object) -> None:
    facts = read_facts(json.dumps({"duration": 6, "scene": "Two people in a kitchen", "dialogue": dialogue}))

    named = [(facts.role(quote.speaker).name, quote.text) for quote in facts.quotes if quote.speaker]
    assert named == [("Ann", "Hello"), ("Bob", 'It\'s "late"')]
    assert facts.duration is not None
    assert facts.duration.duration_ms == 6000


def test_the_lengths_of_several_shots_are_no_total() -> None:
    prompt = json.dumps({"shots": [{"duration": 3, "action": "A cat wakes"}, {"duration": 4, "action": "It yawns"}]})

    assert read_facts(prompt).duration is None
