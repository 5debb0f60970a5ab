"""Every way in which a server can fail, at every question that a run asks.

A first run lists the questions.  Then, for each of them and each fault, a run whose server fails at exactly that
question must end, soon, in a valid script that keeps the user's words, or in a clear error from which it resumes.
"""

from __future__ import annotations

import json
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mavin.caption import load_caption
from mavin.errors import BackendError
from mavin.ledger import ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import Answer, AnswerCache, Backend, LlmSession, Question, connect

from .conftest import Handler, ModelServer, answer_to, asked

PROMPT = (
    'Mara climbs the dark stairs. Jon opens the door and says 2.5-3.5s: "Come in." Mara sits by the fire and asks '
    '"Is it late?" 8 seconds, 3 shots.'
)
LONGEST_RUN_SECONDS = 40.0


class Server(ModelServer):
    """Answers well, apart from what makes the run ask everything it can: a suspicion, and a shot to be repaired."""

    target = ""
    """The question, by its last message, at which ``fault`` strikes."""
    fault: Callable[[Handler, dict[str, Any]], bool]

    def __init__(self) -> None:
        super().__init__()
        self.hits = 0
        self.misbehave = self._strike

    def _strike(self, handler: Handler, body: dict[str, Any]) -> bool:
        if asked(body) != self.target:
            return False
        with self.lock:
            self.hits += 1
        return self.fault(handler, body)

    def answer(self, body: dict[str, Any]) -> Any:
        schema = body["response_format"]["json_schema"]["schema"]
        fields = schema["properties"]
        said = answer_to(schema, asked(body))
        if "first" in fields and "second" in fields:
            said |= {"first": "climbs the dark stairs", "second": "sits by the fire"}
            said |= {"kind": "spatial"} if "spatial" in fields.get("kind", {}).get("enum", ()) else {}
        if "detail" in fields and "Shot 1 of" in asked(body) and "not usable" not in asked(body):
            said["detail"] = 'Bob shouts "Never!" from the roof'  # speech, and somebody whom nobody knows
        return said


class Listening:
    """A back end that keeps the questions that pass through it."""

    def __init__(self, inner: Backend, questions: list[Question]) -> None:
        self._inner, self._questions = inner, questions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        self._questions.append(question)
        return self._inner.complete(question, seed=seed, timeout=timeout)


@pytest.fixture(scope="module", autouse=True)
def impatient() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAVIN_LLM_TIMEOUT", "3")
        patch.delenv("MAVIN_API_KEY", raising=False)
        yield


def started() -> Server:
    server = Server()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


def stop(server: Server) -> None:
    server.ended.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    """What a run asks when all goes well, in order, each question once."""
    found: list[Question] = []
    server = started()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAVIN_LLM_TIMEOUT", "60")  # the first call imports its client
        backend = connect(server.uri)
    assert backend is not None
    with LlmSession(Listening(backend, found)) as session:
        report = write_script(WriteRequest(prompt=PROMPT), session)
    stop(server)
    assert_kept(report)
    assert {question.agent for question in found} == set(report.agents)
    return found


def test_the_run_asks_every_agent_and_every_kind_of_question(questions: list[Question]) -> None:
    keys = {question.key for question in questions}
    assert {question.agent for question in questions} >= {
        "validator",
        "structure_parser",
        "identity_aligner",
        "narrative_refiner",
    }
    assert {"refine.S1", "refine.S2", "refine.S3"} <= keys
    assert any(question.key == "refine.S1" and question.attempt for question in questions)
    assert len({question.messages[-1].content for question in questions}) >= 7


def assert_kept(report: ScriptReport) -> None:
    assert report.caption is not None, report.conflicts
    script = load_caption(report.caption.model_dump_json())
    assert (script.duration_ms, len(script.shots)) == (8000, 3)
    lines = [(line.text, script.role(line.role).name) for line in script.dialogue]
    assert lines == [("Come in.", "Jon"), ("Is it late?", "Mara")]
    assert (script.dialogue[0].start_ms, script.dialogue[0].end_ms) == (2500, 3500)
    for event, shot in zip(("climbs the dark stairs", "opens the door", "sits by the fire"), script.shots, strict=True):
        assert event in shot.action
    text = "".join(_strings(script.model_dump(mode="json")))
    assert not [char for char in text if unicodedata.category(char) == "Cc" or "\u4e00" <= char <= "\u9fff"]


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


# ── the faults: each replies in its own way and says whether it has ──────────────────────────────


def in_time_never(handler: Handler, body: dict[str, Any]) -> bool:
    handler.server.ended.wait(20)
    handler.close_connection = True
    return True


def too_many_requests(handler: Handler, body: dict[str, Any]) -> bool:
    if handler.server.hits > 1:  # type: ignore[attr-defined]
        return False
    handler.reply(429, b'{"error": {"message": "slow down"}}', Retry_After="1")
    return True


def too_many_requests_for_an_hour(handler: Handler, body: dict[str, Any]) -> bool:
    handler.reply(429, b'{"error": {"message": "slow down"}}', Retry_After="3600")
    return True


def once_500(handler: Handler, body: dict[str, Any]) -> bool:
    if handler.server.hits > 1:  # type: ignore[attr-defined]
        return False
    handler.reply(500, b"<html>Internal Server Error</html>")
    return True


def always_500(handler: Handler, body: dict[str, Any]) -> bool:
    handler.reply(500, b"<html>Internal Server Error</html>")
    return True


def reset(handler: Handler, body: dict[str, Any]) -> bool:
    import socket
    import struct

    # Lingering for no time: the client gets a reset, not an end.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    raise OSError("reset")


def said(make: Callable[[Server, dict[str, Any]], str], finish: str = "stop") -> Callable[[Handler, Any], bool]:
    def speak(handler: Handler, body: dict[str, Any]) -> bool:
        assert isinstance(handler.server, Server)
        handler.say(make(handler.server, body), finish)
        return True

    return speak


def _good(server: Server, body: dict[str, Any]) -> str:
    return json.dumps(server.answer(body), ensure_ascii=False)


def _with_texts(text: str, *, escaped: bool = True) -> Callable[[Server, dict[str, Any]], str]:
    """The good answer with every free text replaced, as long as the schema allows."""

    def fill(data: Any, schema: dict[str, Any]) -> Any:
        if isinstance(data, dict):
            return {name: fill(value, schema["properties"][name]) for name, value in data.items()}
        if isinstance(data, str) and "enum" not in schema and "const" not in schema:
            return text[: schema.get("maxLength", 200)]
        return data

    def make(server: Server, body: dict[str, Any]) -> str:
        filled = json.dumps(fill(server.answer(body), body["response_format"]["json_schema"]["schema"]))
        return filled if escaped else filled.replace("\\u0007", "\x07").replace("\\u001b", "\x1b")

    return make


FAULTS: dict[str, Callable[[Handler, dict[str, Any]], bool]] = {
    "timeout": in_time_never,
    "429": too_many_requests,
    "429 for an hour": too_many_requests_for_an_hour,
    "500 once": once_500,
    "500": always_500,
    "reset": reset,
    "truncated": said(lambda server, body: _good(server, body)[:-9], "length"),
    "invalid JSON": said(lambda server, body: f"Sure! Here you are:\n{_good(server, body)[1:]}"),
    "no JSON": said(lambda server, body: "I'm sorry, I can't help with that."),
    "empty": said(lambda server, body: ""),
    "blank texts": said(_with_texts("   ")),
    "wrong language": said(_with_texts("雨水顺着窗户流下来，炉火照亮了整个房间。")),
    "escaped control characters": said(_with_texts("A red\u0007 curtain\u001b[31m hangs\u0000 still")),
    "raw control characters": said(_with_texts("A red\u0007 curtain\u001b[31m hangs still", escaped=False)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_at_any_question_ends_in_a_valid_script_or_a_clear_error(
    name: str, questions: list[Question], tmp_path: Path
) -> None:
    key_of = {question.messages[-1].content: question.key for question in questions}
    targets = list(key_of)

    def attempt(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        server = started()
        server.target, server.fault = targets[number], FAULTS[name]
        begun = time.monotonic()
        try:
            report = _write(server, folder)
        except BackendError as error:
            # Only a server that has never answered may end a run, and it says what to do.
            assert not key_of[targets[number]].startswith(("refine.", "validate.counter")), error
            assert "--llm rules" in str(error)
            report = None
        assert time.monotonic() - begun < LONGEST_RUN_SECONDS
        assert server.hits >= 1
        if report is None:
            server.target = ""  # the server is well again: the run goes on
            report = _write(server, folder)
        assert_kept(report)
        stop(server)

    with ThreadPoolExecutor(len(targets)) as pool:
        list(pool.map(attempt, range(len(targets))))


def _write(server: Server, folder: Path) -> ScriptReport:
    with closing(AnswerCache(folder / "answers")) as cache, LlmSession(connect(server.uri), 0, cache) as session:
        return write_script(WriteRequest(prompt=PROMPT), session, checkpoints=folder / "checkpoints.sqlite")


def test_a_reply_after_cancelling_changes_nothing(questions: list[Question]) -> None:
    targets = list(dict.fromkeys(question.messages[-1].content for question in questions))

    def attempt(target: str) -> None:
        server, cancelled, replied = started(), threading.Event(), threading.Event()

        def late(handler: Handler, body: dict[str, Any]) -> bool:
            session.give_up("Cancelled by the user.")
            cancelled.wait(20)
            handler.say(_good(server, body))
            replied.set()
            return True

        server.target, server.fault = target, late
        with LlmSession(connect(server.uri)) as session:
            begun = time.monotonic()
            report = write_script(WriteRequest(prompt=PROMPT), session)
            assert time.monotonic() - begun < LONGEST_RUN_SECONDS
            before = report.model_dump_json()
            calls = session.usage.calls
            cancelled.set()
            replied.wait(5)
            time.sleep(0.05)
            assert session.usage.calls == calls  # what comes now is nobody's
        assert report.model_dump_json() == before
        assert_kept(report)
        entry = next(entry for entry in report.ledger if entry.kind == "model")
        assert "Cancelled by the user" in entry.text
        stop(server)

    with ThreadPoolExecutor(len(targets)) as pool:
        list(pool.map(attempt, targets))
