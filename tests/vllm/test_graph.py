"""The whole graph against a real vLLM with a random model: singly, eight at once, and at the limits of length.

Whatever the model says is noise, so every word, time, count and name below is owed to us.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from jsonschema import Draft202012Validator

from mavin.caption import load_caption
from mavin.ledger import ScriptReport
from mavin.request import MAX_PROMPT_CHARACTERS, WriteRequest
from scripting import write_script
from scripting.llm import LlmSession, connect

from .conftest import Recorder

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Line:
    text: str
    speaker: str
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True)
class Case:
    prompt: str
    duration_ms: int
    shots: int
    lines: tuple[Line, ...]
    people: tuple[str, ...] = ()


CASES = (
    Case(
        'In 2 shots: a detective confronts her partner in a rainy alley; he says 2.6-3.4s: "You knew." 5 seconds.',
        5000,
        2,
        (Line("You knew.", "Partner", 2600, 3400),),
        ("Detective",),
    ),
    Case(
        'A baker opens the oven in a small kitchen. "Is it ready?" asks a girl. The baker smiles and says "Almost." '
        "8 seconds, 3 shots.",
        8000,
        3,
        (Line("Is it ready?", "Girl"), Line("Almost.", "Baker")),
    ),
    Case(
        'A captain climbs onto the deck. From 1.5s to 3.2s Mara shouts "Man the sails!" A boy runs to the mast. '
        "6 seconds.",
        6000,
        3,
        (Line("Man the sails!", "Mara", 1500, 3200),),
        ("Captain", "Boy"),
    ),
    Case(
        "Der Wind heult. Anna sagt: „Wo bist du?“ Ihre Schwester antwortet: „Hier oben.“ 7 Sekunden.",
        7000,
        3,
        (Line("Wo bist du?", "Anna"), Line("Hier oben.", "Schwester")),
    ),
    Case(
        '一个女孩走进花园，对猫说："你好。" 猫跳上墙。6秒，两个镜头。',
        6000,
        2,
        (Line("你好。", "女孩"),),
        ("猫",),
    ),
    Case(
        "Una niña abre la caja y dice «Está vacía.» Su abuelo ríe. 5 segundos.", 5000, 3, (Line("Está vacía.", "Niña"),)
    ),
    Case(
        "Shot 1: a fox digs in the snow. Shot 2: the fox finds a lantern. Shot 3: Ada whispers "
        '"It still burns." at 6.5 s. 9 seconds.',
        9000,
        3,
        (Line("It still burns.", "Ada", 6500),),
        ("Fox",),
    ),
    Case(
        'A nurse pushes a bed along a corridor. A doctor says 0.5-1.4s: "Faster." The nurse says 2.1-3.3s: '
        '"The lift is stuck!" 4 seconds, 2 shots.',
        4000,
        2,
        (Line("Faster.", "Doctor", 500, 1400), Line("The lift is stuck!", "Nurse", 2100, 3300)),
    ),
)


def write(prompt: str, uri: str) -> ScriptReport:
    with LlmSession(connect(uri), seed=3) as session:
        report = write_script(WriteRequest(prompt=prompt, seed=3), session)
        assert session.gave_up is None
        assert session.useless_replies == 0
    return report


def assert_kept(case: Case, report: ScriptReport) -> None:
    assert report.caption is not None, report.conflicts
    script = load_caption(report.caption.model_dump_json())  # a valid script, read back as a stranger would
    assert (script.duration_ms, len(script.shots)) == (case.duration_ms, case.shots)
    found = [(line.text, script.role(line.role).name) for line in script.dialogue]
    assert found == [(line.text, line.speaker) for line in case.lines]
    for wanted, line in zip(case.lines, script.dialogue, strict=True):
        assert wanted.start_ms in (None, line.start_ms)
        assert wanted.end_ms in (None, line.end_ms)
    assert {*case.people, *(line.speaker for line in case.lines)} <= {role.name for role in script.roles}


def assert_decoded_under_schemas(recorder: Recorder) -> None:
    """Every call carried a closed schema, and every reply of the noise behind it follows that schema."""
    assert recorder.calls
    for asked, reply in recorder.calls:
        schema = asked["response_format"]["json_schema"]["schema"]
        assert asked["response_format"]["type"] == "json_schema"
        assert schema["additionalProperties"] is False
        assert list(schema["required"]) == list(schema["properties"])
        choice = reply["choices"][0]
        assert choice["finish_reason"] == "stop"
        Draft202012Validator(schema).validate(json.loads(choice["message"]["content"]))


def assert_counted(reports: list[ScriptReport], recorder: Recorder) -> None:
    """What the runs say they cost is what the server says they cost, call by call and agent by agent."""
    usages = [reply["usage"] for _, reply in recorder.calls]
    assert sum(report.llm.calls for report in reports) == len(usages)
    assert sum(report.llm.prompt_tokens for report in reports) == sum(usage["prompt_tokens"] for usage in usages)
    assert sum(report.llm.completion_tokens for report in reports) == sum(each["completion_tokens"] for each in usages)
    cached = sum(usage["prompt_tokens_details"]["cached_tokens"] for usage in usages)
    assert sum(report.llm.cached_tokens for report in reports) == cached > 0
    for report in reports:
        assert sum(part.calls for part in report.agents.values()) == report.llm.calls
        assert sum(part.prompt_tokens for part in report.agents.values()) == report.llm.prompt_tokens
        assert sum(part.cached_tokens for part in report.agents.values()) == report.llm.cached_tokens


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_one_script_written_by_noise_keeps_the_users_words(case: Case, recorder: Recorder) -> None:
    report = write(case.prompt, recorder.uri)
    assert_kept(case, report)
    assert_decoded_under_schemas(recorder)
    assert_counted([report], recorder)


def test_eight_scripts_at_once(recorder: Recorder) -> None:
    with ThreadPoolExecutor(len(CASES)) as pool:
        reports = list(pool.map(lambda case: write(case.prompt, recorder.uri), CASES))
    for case, report in zip(CASES, reports, strict=True):
        assert_kept(case, report)
    assert_decoded_under_schemas(recorder)
    assert_counted(reports, recorder)


def test_most_of_the_prompts_come_from_the_prefix_cache(recorder: Recorder) -> None:
    write(CASES[1].prompt, recorder.uri)  # the server has read the common beginning by now
    usage = write(CASES[1].prompt.replace("baker", "potter"), recorder.uri).llm
    assert usage.cached_tokens > 0.6 * usage.prompt_tokens


@pytest.mark.parametrize(
    "sentence",
    ["The keeper climbs the spiral stairs with a lamp in his hand. ", "守灯人提着灯慢慢走上螺旋楼梯，海面上升起浓雾。"],
    ids=["English", "Chinese"],
)
def test_the_longest_prompt_fits_into_the_context(sentence: str, recorder: Recorder) -> None:
    prompt = (sentence * (MAX_PROMPT_CHARACTERS // len(sentence) + 1))[:MAX_PROMPT_CHARACTERS]
    report = write(prompt, recorder.uri)
    assert report.caption is not None
    assert all(part.calls for part in report.agents.values())
    assert_decoded_under_schemas(recorder)
    longest = max(reply["usage"]["prompt_tokens"] for _, reply in recorder.calls)
    assert longest > 2000
