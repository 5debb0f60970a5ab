"""The model in this process: the real default model of the store, answering under schemas."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mavin.errors import BackendError, UsageError
from mavin.store import path_of
from scripting.llm import Backend, LlmSession, Message, Question, TransientError, connect
from scripting.llm.engine import Engine, import_xllamacpp, physical_cores

GUIDE = (
    "You write one shot of a film. Say in one sentence what is seen, in the present tense, with its subject. "
    "Example. Story: A boy loses his kite. Shot: the kite flies off. "
    'Answer: {"action": "The red kite tears loose and sails over the roofs.", "size": "wide"}'
)
STORY = "Story: A fox finds a lantern in the snow."
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "action": {"type": "string", "minLength": 10, "maxLength": 200},
        "size": {"enum": ["wide", "medium", "close_up"]},
        "start_ms": {"type": "integer", "minimum": 1900, "maximum": 2500},
        "note": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 20}]},
    },
    "required": ["action", "size", "start_ms", "note"],
    "additionalProperties": False,
}


def shot(text: str, **changes: Any) -> Question:
    messages = (Message("system", GUIDE), Message("user", f"{STORY} Shot: {text}"))
    fields: dict[str, Any] = {
        "agent": "refiner",
        "key": text,
        "messages": messages,
        "schema": SCHEMA,
        "shared": len(STORY),
    }
    return Question(**fields | changes)


# ── without a model ──────────────────────────────────────────────────────────────────────────────


def test_a_missing_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path))
    for uri, name in (("embedded", "qwen2.5-coder-1.5b"), ("embedded:small", "qwen2.5-coder-0.5b")):
        with pytest.raises(BackendError, match=rf"mavin model pull {name}.*--llm rules"):
            connect(uri)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="existing file"):
        connect(f"embedded:{tmp_path}/none.gguf")
    fake = tmp_path / "fake.gguf"
    fake.write_bytes(b"<html>not found</html>")
    with pytest.raises(UsageError, match="GGUF"):
        connect(f"embedded:{fake}")


def test_a_broken_model_is_an_error_without_noise(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(1000))
    with LlmSession(connect(f"embedded:{broken}")) as llm, pytest.raises(BackendError, match="cannot be loaded"):
        llm.ask(shot("the fox"))
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("", "")


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path) -> None:
    """In an interpreter without xllamacpp, as after a plain `pip install mavin`."""
    gguf = tmp_path / "m.gguf"
    gguf.write_bytes(b"GGUF")
    code = (
        "import sys; sys.modules['xllamacpp'] = None\n"
        "from scripting.llm import connect\nfrom mavin.errors import BackendError\n"
        f"try: connect('embedded:{gguf}')\nexcept BackendError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "pip install 'mavin[embedded]'" in done.stdout


def test_loading_the_library_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    import_xllamacpp()
    assert "OMP_WAIT_POLICY" not in os.environ
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    import_xllamacpp()
    assert os.environ["OMP_WAIT_POLICY"] == "active"


def test_threads_are_at_most_the_cores() -> None:
    import os

    assert 1 <= physical_cores() <= (os.cpu_count() or 1)


# ── with the default model ───────────────────────────────────────────────────────────────────────


def test_a_slow_machine_is_given_the_time_that_its_user_grants(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF")
    usual = connect(f"embedded:{model}")
    assert usual is not None
    assert usual.call_timeout == 120
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "900")
    patient = connect(f"embedded:{model}")
    assert patient is not None
    assert (patient.call_timeout, patient.failure_budget) == (900, 1350)
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "soon")
    with pytest.raises(UsageError, match="seconds from 1 to 3600, got 'soon'"):
        connect(f"embedded:{model}")


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    made = connect("embedded")
    assert made is not None
    made.complete(Question("a", "warm", (Message("user", "Hi"),), {"enum": [1]}), seed=0, timeout=100)  # load it
    yield made
    made.close()


@pytest.mark.model
def test_answers_follow_the_schema_in_silence(backend: Backend, capfd: pytest.CaptureFixture[str]) -> None:
    llm = LlmSession(backend, seed=1)
    answer = llm.ask(shot("the fox sees a light"))
    assert answer is not None
    assert set(answer.data) == set(SCHEMA["properties"])
    assert 1900 <= answer.data["start_ms"] <= 2500
    assert "\n" not in answer.raw  # no indentation: those tokens cost time
    assert json.loads(answer.raw) == answer.data
    assert answer.prompt_tokens > 50
    assert answer.completion_tokens > 10
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("", "")


@pytest.mark.model
def test_a_shared_prefix_is_not_read_again(backend: Backend) -> None:
    llm = LlmSession(backend)
    first = llm.ask(shot("the fox sees a light"))
    second = llm.ask(shot("it carries the lantern home", key="other"))
    assert first is not None
    assert second is not None
    assert second.cached_tokens > 0.7 * second.prompt_tokens


@pytest.mark.model
def test_a_prefix_survives_the_questions_of_another_agent(backend: Backend) -> None:
    llm = LlmSession(backend)
    other = (Message("system", "You check stories for contradictions. " * 8), Message("user", "A fox sleeps."))
    llm.ask(shot("the fox sees a light"))
    llm.ask(Question("validator", "v", other, SCHEMA))
    again = llm.ask(shot("it carries the lantern home"))
    assert again is not None
    assert again.cached_tokens > 0.7 * again.prompt_tokens


@pytest.mark.model
def test_an_answer_depends_on_its_seed_and_not_on_what_was_asked_before(backend: Backend) -> None:
    """A killed run that resumes has another prefix cache than the first one had."""
    brief = {key: SCHEMA["properties"][key] for key in ("action", "size")}
    brief["action"] = brief["action"] | {"maxLength": 60}
    schema = SCHEMA | {"properties": brief, "required": list(brief)}
    run = shot("the fox runs", temperature=1.2, schema=schema)
    home = shot("it carries the lantern home", schema={"enum": [1]})
    other_story = Question("refiner", "o", (*run.messages[:-1], Message("user", "Story: A fox sleeps.")), {"enum": [1]})
    stranger = Question("validator", "v", (Message("user", "A fox sleeps."),), {"enum": [1]})
    before: list[tuple[Question, ...]] = [(stranger,), (), (other_story, home)]
    answers = {}
    for seed in (1, 2):
        replies = []
        for asked in before:
            for question in asked:
                backend.complete(question, seed=9, timeout=100)
            replies.append(backend.complete(run, seed=seed, timeout=100).raw)
        assert len(set(replies)) == 1
        answers[seed] = replies[0]
    assert answers[1] != answers[2]


@pytest.mark.model
def test_a_deadline_stops_the_model_and_the_next_question_is_answered(backend: Backend) -> None:
    endless = Question(
        "refiner",
        "endless",
        (Message("user", "Count from 1 to 2000 in words."),),
        {"type": "string", "minLength": 5000},
        max_tokens=4000,
    )
    started = time.monotonic()
    with pytest.raises(TransientError, match="did not answer"):
        backend.complete(endless, seed=0, timeout=2)
    assert time.monotonic() - started < 10
    assert backend.complete(shot("the fox sees a light"), seed=0, timeout=60).data


@pytest.mark.model
def test_a_prompt_beyond_the_context_and_a_cut_reply_are_useless_not_fatal(backend: Backend) -> None:
    llm = LlmSession(backend)
    assert llm.ask(Question("refiner", "long", (Message("user", "word " * 9000),), SCHEMA)) is None
    assert llm.ask(shot("the fox runs", schema={"type": "string", "minLength": 200}, max_tokens=5)) is None
    assert llm.useless_replies == 4
    assert llm.gave_up is None
    assert llm.ask(shot("the fox sees a light")) is not None


@pytest.mark.model
def test_questions_from_several_threads_are_answered_in_turn(backend: Backend) -> None:
    llm = LlmSession(backend)
    answers: dict[int, Any] = {}
    threads = [
        threading.Thread(target=lambda number=number: answers.update({number: llm.ask(shot(f"shot {number}"))}))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(answers[number] is not None for number in range(4))
    assert llm.usage.calls == 4


@pytest.mark.model
def test_its_loopback_port_is_closed_to_others(backend: Backend) -> None:
    import urllib.error
    import urllib.request

    backend.complete(shot("the fox"), seed=0, timeout=60)
    path = path_of("qwen2.5-coder-1.5b")
    assert path is not None
    address = Engine._all[path]._server.listening_address
    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/v1/models", timeout=5)
    assert refused.value.code == 401


@pytest.mark.model
def test_a_process_ends_while_the_model_still_runs() -> None:
    """An abandoned call must not keep the process, crash it or print."""
    code = (
        "import threading, time\nfrom scripting.llm import *\nb = connect('embedded')\n"
        "q = Question('a', 'k', (Message('user', 'Tell a very long story.'),), {'type': 'string', 'minLength': 3000}, "
        "max_tokens=2000)\n"
        "b.complete(Question('a', 'k', (Message('user', 'Hi'),), {'enum': [1]}), seed=0, timeout=90)\n"
        "llm = LlmSession(b)\nt = threading.Thread(target=llm.ask, args=(q,), daemon=True)\nt.start()\n"
        "time.sleep(1.5)\nllm.give_up('stop')\nt.join()\nprint('end')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=90)
    assert (done.returncode, done.stdout, done.stderr) == (0, "end\n", "")
