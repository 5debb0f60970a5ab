"""A question that a run, or the killed run it goes on with, has had answered is not asked again."""

from __future__ import annotations

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mavin import api
from mavin.errors import MavinError
from mavin.ledger import ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import AnswerCache, LlmSession, Message, Question, connect

from .conftest import ModelServer, asked

PROMPT = (
    'Mara climbs the stairs. Jon opens the door and says "Come in." Mara sits by the fire. A cat sleeps. 4 shots. '
    "9 seconds."
)


def write(server: ModelServer, folder: Path, checkpoints: str | None) -> ScriptReport:
    with closing(AnswerCache(folder / "answers")) as cache, LlmSession(connect(server.uri), 1, cache) as session:
        path = folder / checkpoints if checkpoints else None
        return write_script(WriteRequest(prompt=PROMPT), session, checkpoints=path)


def counts(server: ModelServer) -> Counter[tuple[str, int]]:
    """How often each question was asked; a resampling is the same words with another seed."""
    return Counter((asked(body), body["seed"]) for body in server.requests)


def test_a_run_asks_each_question_once_and_counts_it_once(model_server: ModelServer, tmp_path: Path) -> None:
    report = write(model_server, tmp_path, None)
    assert report.caption is not None
    assert set(counts(model_server).values()) == {1}
    assert report.llm.calls == len(model_server.requests)
    assert report.llm.reused == 0
    assert len(report.agents) >= 4
    for name in ("calls", "prompt_tokens", "cached_tokens", "completion_tokens", "reused"):
        assert sum(getattr(usage, name) for usage in report.agents.values()) == getattr(report.llm, name)
    assert (report.llm.prompt_tokens, report.llm.cached_tokens) == (100 * report.llm.calls, 64 * report.llm.calls)
    assert all(usage.seconds > 0 and usage.model == "film-7b" for usage in report.agents.values())


def test_the_same_question_at_the_same_time_is_asked_once(model_server: ModelServer) -> None:
    several = threading.Barrier(8)
    schema: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
    question = Question("refiner", "one", (Message("user", "How many?"),), schema)

    def ask(_number: int) -> Any:
        several.wait(10)
        return session.ask(question)

    with LlmSession(connect(model_server.uri)) as session, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
        assert all(answer is not None and answer.data == {"a": 0} for answer in answers)
        assert (session.usage.calls, session.usage.reused) == (1, 7)
    assert len(model_server.requests) == 1


@pytest.mark.parametrize("stop_at", range(1, 9))
@pytest.mark.parametrize("checkpoints", ["checkpoints.sqlite", None], ids=["resumed", "begun again"])
def test_a_stopped_run_goes_on_without_paying_again(
    stop_at: int, checkpoints: str | None, model_server: ModelServer, tmp_path: Path
) -> None:
    """Whatever question the run dies at: what was answered until then is not asked any more."""
    answered: list[tuple[str, int]] = []

    class KilledError(MavinError):
        """Stands for the power cut."""

    class Mortal:
        """The back end of a process that dies at its n-th question."""

        def __init__(self) -> None:
            self._inner = connect(model_server.uri)
            self._lock = threading.Lock()
            self._count = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

        def complete(self, question: Question, *, seed: int, timeout: float) -> Any:
            with self._lock:
                self._count += 1
                if self._count >= stop_at:
                    raise KilledError("power cut")
            assert self._inner is not None
            answer = self._inner.complete(question, seed=seed, timeout=timeout)
            answered.append((question.messages[-1].content, seed))
            return answer

    path = tmp_path / checkpoints if checkpoints else None
    with (
        closing(AnswerCache(tmp_path / "answers")) as cache,
        LlmSession(Mortal(), 1, cache) as session,
        pytest.raises(KilledError),
    ):
        write_script(WriteRequest(prompt=PROMPT), session, checkpoints=path)
    paid = len(model_server.requests)
    report = write(model_server, tmp_path, checkpoints)
    assert report.caption is not None
    assert set(counts(model_server).values()) == {1}
    again = [(asked(body), body["seed"]) for body in model_server.requests[paid:]]
    assert not set(again) & set(answered)
    assert report.llm.calls == len(model_server.requests)  # what the killed part has cost is not forgotten


def test_a_resumed_command_says_what_it_used_again(model_server: ModelServer, tmp_path: Path) -> None:
    film = tmp_path / "film.mavin"

    class StopError(Exception):
        """The writer's patience is over."""

    def watch(_who: str, _what: str) -> None:
        if len(model_server.requests) >= 3:
            raise StopError

    with pytest.raises(StopError):
        api.write(PROMPT, film, llm=model_server.uri, progress=watch)
    paid = len(model_server.requests)
    assert paid >= 3
    made = api.write(PROMPT, film, llm=model_server.uri, resume=True)
    usage = made.manifest.llm
    assert usage is not None
    assert set(counts(model_server).values()) == {1}
    assert usage.calls == len(model_server.requests)
    assert usage.prompt_tokens == 100 * usage.calls
    assert sum(part.calls for part in made.manifest.agents.values()) == usage.calls
    stored = json.loads((film / "manifest.json").read_text())
    assert set(stored["agents"]) == set(made.manifest.agents)
