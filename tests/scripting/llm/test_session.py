"""Sessions, recordings and the answer cache, with the model behind a real loopback server."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mavin.errors import BackendError, UsageError
from mavin.ledger import LlmUsage
from scripting.llm import (
    Answer,
    AnswerCache,
    LlmSession,
    Message,
    Question,
    TransientError,
    connect,
    default_uri,
)

from .conftest import GOOD, Handler, LoopbackServer, question


def test_rules_answer_nothing_and_cost_nothing() -> None:
    with LlmSession(connect("rules")) as llm:
        assert not llm.available
        assert llm.small
        assert llm.ask(question()) is None
        assert llm.usage == LlmUsage(uri="rules")
        assert llm.gave_up is None


def test_the_default_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_uri() == "embedded"
    monkeypatch.setenv("MAVIN_LLM", "rules")
    assert connect() is None


@pytest.mark.parametrize("uri", ["", "gpt4", "replay:", "rules:x", "embedded:medium", "file:///etc/passwd"])
def test_unknown_addresses_are_usage_errors_that_list_the_known(uri: str) -> None:
    with pytest.raises(UsageError, match="embedded"):
        connect(uri)


def test_two_names_for_one_model_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="leave out --model"):
        connect("embedded:small", "qwen3-4b")


def test_usage_is_kept_per_agent(server: LoopbackServer) -> None:
    with LlmSession(connect(server.uri)) as llm:
        llm.ask(question("a", agent="validator"))
        llm.ask(question("b", agent="refiner"))
        llm.ask(question("c", agent="refiner"))
        calls = {agent: usage.calls for agent, usage in llm.usage_by_agent.items()}
    assert calls == {"validator": 1, "refiner": 2}


# ── the cache of a resumed run ───────────────────────────────────────────────────────────────────


def test_a_resumed_run_does_not_pay_again(server: LoopbackServer, tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    for _ in range(2):
        with LlmSession(connect(server.uri), 3, AnswerCache(path)) as llm:
            answer = llm.ask(question())
            assert answer is not None
            assert answer.data == json.loads(GOOD)
    assert len(server.requests) == 1
    assert llm.answered_from_cache == 1
    assert llm.usage.calls == 1


def test_another_seed_attempt_prompt_or_schema_is_another_question(server: LoopbackServer, tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "answers.sqlite")
    for seed in (1, 2):
        LlmSession(connect(server.uri), seed, cache).ask(question())
    llm = LlmSession(connect(server.uri), 1, cache)
    llm.ask(question(attempt=1))
    llm.ask(question(temperature=0.9))
    llm.ask(question(schema={"type": "object"}))
    assert len(server.requests) == 5
    llm.ask(question(attempt=1))
    assert len(server.requests) == 5


def test_useless_replies_are_not_kept(server: LoopbackServer, tmp_path: Path) -> None:
    server.on_chat = lambda handler, number: handler.good("no" if number < 2 else GOOD)
    cache = AnswerCache(tmp_path / "answers.sqlite")
    assert LlmSession(connect(server.uri), 0, cache).ask(question()) is None
    assert LlmSession(connect(server.uri), 0, cache).ask(question()) is not None


def test_a_resumed_run_counts_what_the_killed_one_cost(server: LoopbackServer, tmp_path: Path) -> None:
    server.on_chat = lambda handler, number: handler.good("no" if number < 2 else GOOD)
    path = tmp_path / "answers.sqlite"
    with LlmSession(connect(server.uri), 0, AnswerCache(path)) as killed:
        assert killed.ask(question()) is None  # two useless replies, paid for as well
        assert killed.ask(question(attempt=1)) is not None
        assert killed.ask(question(agent="editor")) is not None
    with LlmSession(connect(server.uri), 0, AnswerCache(path)) as resumed:
        assert resumed.usage == killed.usage
        assert resumed.usage_by_agent == killed.usage_by_agent
        resumed.ask(question(attempt=2))
    assert resumed.usage.calls == len(server.requests) == 5
    assert (resumed.usage.repairs, killed.usage.repairs) == (2, 1)  # an attempt after the first is a repair turn
    assert resumed.usage.prompt_tokens > killed.usage.prompt_tokens > 0


def test_a_broken_cache_only_stops_caching(server: LoopbackServer, tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_bytes(b"this is no database" * 100)
    cache = AnswerCache(path)
    assert "cache" in str(cache.problem)
    with LlmSession(connect(server.uri), 0, cache) as llm:
        assert llm.ask(question()) is not None


def test_the_cache_holds_no_key(server: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_API_KEY", "sk-very-secret-123")
    cache = AnswerCache(tmp_path / "answers.sqlite")
    record = tmp_path / "run.jsonl"
    with LlmSession(connect(f"replay:{record}?from={server.uri}"), 0, cache) as llm:
        llm.ask(question())
    cache.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"sk-very-secret-123" not in kept
    assert b"lantern" in kept


# ── recordings ───────────────────────────────────────────────────────────────────────────────────


def test_a_run_is_recorded_and_replayed_without_the_server(server: LoopbackServer, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"

    def behaviour(handler: Handler, number: int) -> None:
        # The first reply to "bad" and every one to "worse" is of no use.
        text = server.requests[number]["messages"][-1]["content"]
        earlier = sum(body["messages"][-1]["content"] == text for body in server.requests[:number])
        handler.good("no" if "worse" in text or ("bad" in text and not earlier) else GOOD)

    server.on_chat = behaviour
    keys = ["good", "bad", "worse", "also good"]
    with LlmSession(connect(f"replay:{path}?from={server.uri}"), 0) as llm:
        recorded = [llm.ask(question(key)) for key in keys]
        model = llm.usage.model
    asked = len(server.requests)
    server.shutdown()
    with LlmSession(connect(f"replay:{path}"), 0) as llm:
        replayed = [llm.ask(question(key)) for key in keys]
        assert llm.usage.model == model == "film-7b"
        assert not llm.small
    assert [answer and answer.data for answer in replayed] == [answer and answer.data for answer in recorded]
    assert [answer is None for answer in replayed] == [False, False, True, False]
    assert len(server.requests) == asked


def test_a_recording_goes_on_where_it_stopped(server: LoopbackServer, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    uri = f"replay:{path}?from={server.uri}"
    with LlmSession(connect(uri)) as llm:
        llm.ask(question("one"))
        llm.ask(question("two"))
    os.truncate(path, path.stat().st_size - 7)  # killed while it wrote the last line
    with LlmSession(connect(uri)) as llm:
        assert llm.ask(question("one")) is not None
        assert llm.ask(question("two")) is not None
        assert llm.ask(question("three")) is not None
    assert len(server.requests) == 4
    with LlmSession(connect(f"replay:{path}")) as llm:
        assert all(llm.ask(question(key)) for key in ("one", "two", "three"))


def test_a_question_that_was_not_recorded_says_which_and_how_to_record(server: LoopbackServer, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with LlmSession(connect(f"replay:{path}?from={server.uri}")) as llm:
        llm.ask(question())
    with LlmSession(connect(f"replay:{path}")) as llm:
        assert llm.ask(question()) is not None
        # Also in mid-run: a replay that goes on without its model would not be the recorded run.
        with pytest.raises(BackendError, match=r"refine\.S9.*\?from=embedded"):
            llm.ask(question("refine.S9"))


def test_a_changed_prompt_is_noticed(server: LoopbackServer, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with LlmSession(connect(f"replay:{path}?from={server.uri}")) as llm:
        llm.ask(question())
    with LlmSession(connect(f"replay:{path}")) as llm, pytest.raises(BackendError):
        llm.ask(question(messages=question("other").messages))


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\xff", b"not json\nnor this\n", b"[1, 2]\n{}\n", b'{"a": 1}\n{}\n']
)
def test_a_file_that_is_no_recording_is_a_usage_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="recording"):
        connect(f"replay:{path}")


def test_a_missing_recording_is_a_usage_error_that_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\?from=embedded"):
        connect(f"replay:{tmp_path}/none.jsonl")


def test_rules_cannot_be_recorded(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="must come from a model"):
        connect(f"replay:{tmp_path}/run.jsonl?from=rules")


def test_seconds_that_questions_lose_together_are_lost_once() -> None:
    """Six questions wait half a second in vain, at once: of its three seconds the run has lost half of one."""

    class Slow:
        uri = model = "slow"
        parallel, small, call_timeout, failure_budget = 8, False, 0.5, 3.0

        def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
            if question.key.startswith("slow"):
                time.sleep(0.5)
                raise TransientError("The server did not answer.", worth_retrying=False)
            return Answer({})

        def close(self) -> None: ...

    def asked(key: str) -> Question:
        return Question("refiner", key, (Message("user", key),), {"type": "object"})

    with LlmSession(Slow()) as llm, ThreadPoolExecutor(6) as pool:
        assert llm.ask(asked("first")) is not None
        assert list(pool.map(lambda number: llm.ask(asked(f"slow {number}")), range(6))) == [None] * 6
        assert llm.gave_up is None  # three seconds one after the other would have been the end
        assert llm.ask(asked("last")) is not None
