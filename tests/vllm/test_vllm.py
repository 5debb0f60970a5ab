"""Our questions to a real vLLM server: a random model, so that only decoding keeps its answers valid."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mavin.caption import load_caption
from scripting.llm import AnswerError, Backend, LlmSession, Message, Question, connect

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]

GUIDE = "You are the writers' room of a film studio. Answer with JSON only, in the fields that are asked for. " * 12
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "action": {"type": "string", "minLength": 1, "maxLength": 40},
        "size": {"enum": ["wide", "medium", "close_up"]},
        "start_ms": {"type": "integer", "minimum": 1900, "maximum": 2500},
        "note": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 10}]},
        "roles": {"type": "array", "items": {"enum": ["C1", "C2"]}, "maxItems": 2},
        "line": {"const": 'He said "Né\n—"'},
    },
    "required": ["action", "size", "start_ms", "note", "roles", "line"],
    "additionalProperties": False,
}


def question(number: int, **changes: Any) -> Question:
    fields: dict[str, Any] = {
        "agent": "refiner",
        "key": f"refine.S{number}",
        "messages": (Message("system", GUIDE), Message("user", f"Story: A fox finds a lantern. Shot {number}.")),
        "schema": SCHEMA,
        "max_tokens": 512,
        "temperature": 1.0,
    }
    return Question(**fields | changes)


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    made = connect(os.environ["MAVIN_TEST_VLLM"])
    assert made is not None
    yield made
    made.close()


def test_every_answer_of_a_random_model_follows_the_schema(backend: Backend) -> None:
    with ThreadPoolExecutor(backend.parallel) as pool:
        llm = LlmSession(backend, seed=1)
        answers = list(pool.map(lambda number: llm.ask(question(number)), range(24)))
    assert all(answer is not None for answer in answers)
    assert llm.useless_replies == 0
    assert llm.gave_up is None
    assert llm.usage.calls == 24
    assert len({answer.raw for answer in answers if answer}) > 12  # noise, not one canned reply


def test_the_shared_beginning_is_cached(backend: Backend) -> None:
    llm = LlmSession(backend)
    llm.ask(question(1))
    second = llm.ask(question(2))
    assert second is not None
    assert second.prompt_tokens > 100
    assert second.cached_tokens > 0.6 * second.prompt_tokens


def test_a_seed_repeats_its_answer(backend: Backend) -> None:
    answers = [backend.complete(question(1), seed=seed, timeout=60).raw for seed in (1, 1, 2)]
    assert answers[0] == answers[1] != answers[2]


def test_a_reply_cut_at_its_limit_is_told_apart(backend: Backend) -> None:
    endless = {"type": "object", "properties": {"action": {"type": "string"}}, "required": ["action"]}
    with pytest.raises(AnswerError, match="cut off") as caught:
        backend.complete(question(1, schema=endless, max_tokens=4), seed=1, timeout=60)
    assert caught.value.cost is not None
    assert caught.value.cost.completion_tokens in (4, 5)  # of no use, and paid for all the same


def test_a_prompt_beyond_the_context_is_useless_and_the_next_one_is_answered(backend: Backend) -> None:
    llm = LlmSession(backend)
    assert llm.ask(question(1, messages=(Message("user", "zq " * 20_000),))) is None
    assert llm.ask(question(2)) is not None


def test_a_prompt_of_several_thousand_tokens_fits(backend: Backend) -> None:
    story = "The keeper climbs the spiral stairs with a lamp in his hand. " * 300
    answer = backend.complete(question(1, messages=(Message("user", story),)), seed=1, timeout=60)
    assert answer.prompt_tokens > 3000


def test_long_seeded_prompts_at_once_do_not_bring_the_server_down(backend: Backend) -> None:
    def ask(number: int) -> bool:
        story = f"Number {number}. " + "The keeper climbs the spiral stairs with a lamp in his hand. " * 250
        return bool(
            backend.complete(question(number, messages=(Message("user", story),)), seed=number, timeout=90).data
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))


def test_a_whole_script_is_written_by_noise_and_is_still_the_users_story(tmp_path: Path) -> None:
    film = tmp_path / "film.mavin"
    prompt = 'A keeper climbs the stairs. He lights the lamp and whispers "Come home." A sailor looks up.'
    uri = os.environ["MAVIN_TEST_VLLM"]
    command = [sys.executable, "-m", "mavin", "write", prompt, "-o", str(film), "--llm", uri, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    caption = load_caption(json.dumps(result["caption"]))
    assert [line.text for line in caption.dialogue] == ["Come home."]
    assert len(caption.shots) == 3
    assert result["llm"]["calls"] > 0
    assert result["llm"]["uri"] == uri
