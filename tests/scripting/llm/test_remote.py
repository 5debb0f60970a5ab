"""The http back end and the session around it, against a real server that misbehaves."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from mavin.errors import BackendError, UsageError
from scripting.llm import LlmSession, connect, remote

from .conftest import GOOD, SCHEMA, Handler, LoopbackServer, completion, question


def session(server: LoopbackServer, seed: int = 0) -> LlmSession:
    return LlmSession(connect(server.uri), seed)


def test_a_good_answer_carries_data_counts_and_the_untouched_schema(server: LoopbackServer) -> None:
    with session(server, seed=7) as llm:
        answer = llm.ask(question(max_tokens=999))
        assert answer is not None
        assert answer.data == {"action": "The fox lifts the lantern.", "shot": 1}
        assert (answer.prompt_tokens, answer.cached_tokens, answer.completion_tokens) == (100, 64, 10)
        llm.ask(question("refine.S2"))
        usage = llm.usage
    assert (usage.uri, usage.model, usage.calls) == (server.uri, "film-7b", 2)
    assert (usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens) == (200, 128, 20)
    sent = server.requests[0]
    assert sent["model"] == "film-7b"
    assert sent["response_format"]["type"] == "json_schema"
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA
    assert sent["chat_template_kwargs"] == {"enable_thinking": False}
    assert 999 in (sent.get("max_tokens"), sent.get("max_completion_tokens"))
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert server.headers[0]["Authorization"] == "Bearer EMPTY"
    assert sent["seed"] != server.requests[1]["seed"]  # each question has its own, whatever the order


def test_the_same_run_seed_gives_the_same_question_seed(server: LoopbackServer) -> None:
    for seed in (1, 1, 2):
        with session(server, seed) as llm:
            llm.ask(question())
    seeds = [body["seed"] for body in server.requests]
    assert seeds[0] == seeds[1] != seeds[2]


@pytest.mark.parametrize(
    "content",
    [
        '{"action": "The fox lifts',
        '{"action": "The fox lifts the lantern.", "shot": 9}',
        '{"action": "The fox lifts the lantern."}',
        '{"action": "a", "shot": NaN}',
        '{"action": "\\ud800", "shot": 1}',
        "<html><body>Hello</body></html>",
        "I'm sorry, I can't help with that.",
        "",
        "[" * 5000,
    ],
)
def test_useless_replies_are_asked_again_once_then_answered_without(server: LoopbackServer, content: str) -> None:
    server.on_chat = lambda handler, number: handler.good(content)
    with session(server) as llm:
        assert llm.ask(question()) is None
        assert llm.useless_replies == 2
        assert llm.gave_up is None
        assert (llm.usage.calls, llm.usage.cached_tokens) == (2, 128)
    assert server.requests[0]["seed"] != server.requests[1]["seed"]


@pytest.mark.parametrize("wrapped", ["```json\n{}\n```", "```{}```", "<think>\nA fox? {{}}\n</think>\n\n{}"])
def test_thoughts_and_fences_around_an_answer_are_taken_off(server: LoopbackServer, wrapped: str) -> None:
    server.on_chat = lambda handler, number: handler.good(wrapped.format(GOOD))
    with session(server) as llm:
        answer = llm.ask(question())
        assert answer is not None
        assert answer.data == json.loads(GOOD)


def test_lost_questions_are_told_once(server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "1")

    def behaviour(handler: Handler, number: int) -> None:
        key = server.requests[number]["messages"][-1]["content"]
        handler.hang() if "slow" in key else handler.good("no" if "vague" in key else GOOD)

    server.on_chat = behaviour
    with session(server) as llm:
        assert llm.ask(question()) is not None
        assert llm.ask(question("vague")) is None
        assert llm.ask(question("slow", agent="validator")) is None
        assert llm.gave_up is None
        lost = llm.take_unanswered()
        assert {agent: count for agent, (count, _) in lost.items()} == {"refiner": 1, "validator": 1}
        assert "MAVIN_LLM_TIMEOUT" in lost["validator"][1]
        assert llm.take_unanswered() == {}


def test_a_useless_reply_then_a_good_one(server: LoopbackServer) -> None:
    server.on_chat = lambda handler, number: handler.good(GOOD if number else "no")
    with session(server) as llm:
        assert llm.ask(question()) is not None
        assert (llm.usage.calls, llm.useless_replies) == (2, 1)


def test_a_truncated_reply_is_useless_even_if_it_parses(server: LoopbackServer) -> None:
    server.on_chat = lambda handler, number: handler.good(GOOD, "length")
    with session(server) as llm:
        assert llm.ask(question()) is None
        assert (llm.usage.calls, llm.usage.prompt_tokens, llm.usage.completion_tokens) == (2, 200, 20)  # paid for


def not_json(handler: Handler, number: int) -> None:
    handler.reply(200, b"<html>nginx</html>", "text/html")


def truncated_body(handler: Handler, number: int) -> None:
    handler.reply(200, b'{"id": "c1", "choices": [{"index": 0, "mess')


def empty_body(handler: Handler, number: int) -> None:
    handler.reply(200, b"")


def wrong_shape(handler: Handler, number: int) -> None:
    handler.reply(200, b'{"answer": 42}')


def no_choices(handler: Handler, number: int) -> None:
    handler.reply(200, b'{"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": []}')


def a_list(handler: Handler, number: int) -> None:
    handler.reply(200, b"[1, 2, 3]")


@pytest.mark.parametrize("behaviour", [not_json, truncated_body, empty_body, wrong_shape, no_choices, a_list])
def test_a_lying_server_is_given_up_after_some_replies(
    server: LoopbackServer, behaviour: Callable[[Handler, int], None]
) -> None:
    server.on_chat = behaviour
    started = time.monotonic()
    with session(server) as llm:
        answers = [llm.ask(question(f"q{number}")) for number in range(10)]
        assert answers == [None] * 10
        assert llm.gave_up is not None
        assert server.uri in llm.gave_up
    assert len(server.requests) == 6  # and then it is left alone
    assert time.monotonic() - started < 20


def test_a_burst_of_500s_is_ridden_out(server: LoopbackServer) -> None:
    server.on_chat = lambda handler, number: handler.good() if number >= 2 else handler.reply(500, b"oops")
    with session(server) as llm:
        assert llm.ask(question()) is not None
    assert len(server.requests) == 3


def test_a_lost_connection_is_ridden_out(server: LoopbackServer) -> None:
    def behaviour(handler: Handler, number: int) -> None:
        if number == 0:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
        else:
            handler.good()

    server.on_chat = behaviour
    with session(server) as llm:
        assert llm.ask(question()) is not None


def test_retry_after_is_honoured(server: LoopbackServer) -> None:
    times: list[float] = []

    def behaviour(handler: Handler, number: int) -> None:
        times.append(time.monotonic())
        handler.good() if number else handler.reply(429, b"{}", Retry_After="1.5")

    server.on_chat = behaviour
    with session(server) as llm:
        assert llm.ask(question()) is not None
    assert 1.4 < times[1] - times[0] < 4


def test_a_retry_after_beyond_the_budget_is_not_waited_for(server: LoopbackServer) -> None:
    server.on_chat = lambda handler, number: handler.reply(429, b"{}", Retry_After="3600")
    started = time.monotonic()
    with session(server) as llm, pytest.raises(BackendError, match="429"):
        llm.ask(question())
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("behaviour", ["hang", "drip", "drip_headers"])
def test_a_server_that_never_answers_ends_the_run_with_an_error(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, behaviour: str
) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "1")
    monkeypatch.setattr("scripting.llm.session.FIRST_CONTACT_SECONDS", 1.5)
    server.on_chat = lambda handler, number: getattr(handler, behaviour)()
    started = time.monotonic()
    with session(server) as llm, pytest.raises(BackendError, match="never answered"):
        while time.monotonic() - started < 30:
            llm.ask(question())
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("behaviour", ["hang", "drip", "drip_headers"])
def test_a_server_that_stops_answering_is_given_up_and_the_run_goes_on(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, behaviour: str
) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "1")
    server.on_chat = lambda handler, number: getattr(handler, behaviour)() if number else handler.good()
    backend = connect(server.uri)
    assert backend is not None
    backend.failure_budget = 3.5
    with LlmSession(backend) as llm:
        assert llm.ask(question()) is not None
        started = time.monotonic()
        while llm.gave_up is None and time.monotonic() - started < 60:
            assert llm.ask(question("q")) is None
        assert 2 < time.monotonic() - started < 3.5 + 2 * 2
        started = time.monotonic()
        assert llm.ask(question("later")) is None
        assert time.monotonic() - started < 0.1
        assert "did not answer" in str(llm.gave_up)


def test_parallel_questions_to_a_hanging_server_are_given_up_together(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "2")
    server.on_chat = lambda handler, number: handler.hang() if number else handler.good()
    with session(server) as llm:
        assert llm.ask(question()) is not None
        started = time.monotonic()
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda number: llm.ask(question(f"p{number}")), range(6)))
        assert answers == [None] * 6
        assert time.monotonic() - started < 8


def test_the_default_budgets_stay_below_a_minute(server: LoopbackServer) -> None:
    backend = connect(server.uri)
    assert backend is not None
    assert remote._LISTING_SECONDS <= 8
    # One listing, one question until its deadline, the rest of the budget, and two seconds of grace each.
    assert 8 + backend.failure_budget + 2 * 2 < 60


def test_cancelling_frees_those_who_wait(server: LoopbackServer) -> None:
    server.on_chat = lambda handler, number: handler.hang()
    with session(server) as llm, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(llm.ask, question())
        time.sleep(0.3)
        llm.give_up("cancelled")
        assert waiting.result(timeout=3) is None
        assert llm.gave_up == "cancelled"


def test_a_server_that_dies_in_mid_run_is_given_up_after_retries(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "1")
    with session(server) as llm:
        assert llm.ask(question()) is not None
        server.on_chat = lambda handler, number: handler.reply(503, b"")
        started = time.monotonic()
        while llm.gave_up is None and time.monotonic() - started < 30:
            assert llm.ask(question("q2")) is None
        assert time.monotonic() - started < 12
        assert "503" in str(llm.gave_up)


# ── first contact ────────────────────────────────────────────────────────────────────────────────


def test_a_refused_connection_is_an_error_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.monotonic()
    with pytest.raises(BackendError, match=r"refused.*--llm rules"):
        connect(f"http://127.0.0.1:{port}/v1")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (200, b"<html></html>", "OpenAI API"),
        (200, b"", "OpenAI API"),
        (200, b'{"data": 3}', "OpenAI API"),
        (200, b'{"data": []}', "no models"),
        (401, b"{}", "MAVIN_API_KEY"),
        (302, b"", "302"),
        (404, b"", "--model"),
    ],
)
def test_what_is_no_usable_server_is_told_apart(server: LoopbackServer, status: int, body: bytes, message: str) -> None:
    server.on_models = lambda handler: handler.reply(status, body)
    with pytest.raises(BackendError, match=message):
        connect(server.uri)


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_a_hanging_list_of_models_is_an_error_within_seconds(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, behaviour: str
) -> None:
    monkeypatch.setattr("scripting.llm.remote._LISTING_SECONDS", 1.5)
    server.on_models = lambda handler: getattr(handler, behaviour)()
    started = time.monotonic()
    with pytest.raises(BackendError, match="in time"):
        connect(server.uri)
    assert time.monotonic() - started < 4


def test_a_server_that_is_starting_up_is_waited_for(server: LoopbackServer) -> None:
    begun = time.monotonic()

    def starting(handler: Handler) -> None:
        if time.monotonic() - begun < 1.2:
            handler.reply(503, b'{"error": "Loading model"}')
        else:
            handler.reply(200, b'{"data": [{"id": "film-7b"}]}')

    server.on_models = starting
    backend = connect(server.uri)
    assert backend is not None
    assert backend.model == "film-7b"


def test_a_model_is_chosen_by_name(server: LoopbackServer) -> None:
    backend = connect(server.uri, "other")
    assert backend is not None
    assert backend.model == "other"
    with pytest.raises(BackendError, match="film-7b, other"):
        connect(server.uri, "missing")


@pytest.mark.parametrize(
    ("name", "small"),
    [
        ("Qwen/Qwen3-8B", False),
        ("Qwen2.5-Coder-1.5B-Instruct", True),
        ("qwen3-0.6b", True),
        ("Qwen/Qwen3-4B", True),
        ("Qwen3-14B", False),
        ("Qwen3-30B-A3B", False),
        ("gpt-x", False),
    ],
)
def test_small_models_are_known_by_their_names(server: LoopbackServer, name: str, small: bool) -> None:
    server.on_models = lambda handler: handler.reply(200, b'{"data": [{"id": "%s"}]}' % name.encode())
    backend = connect(server.uri)
    assert backend is not None
    assert backend.small is small


def test_an_address_without_a_path_gets_the_usual_one(server: LoopbackServer) -> None:
    backend = connect(server.uri.removesuffix("/v1"))
    assert backend is not None
    assert backend.uri == server.uri


def test_a_server_that_refuses_our_extras_is_asked_without_them(server: LoopbackServer) -> None:
    def behaviour(handler: Handler, number: int) -> None:
        if "chat_template_kwargs" in server.requests[number]:
            handler.reply(400, b'{"error": {"message": "Unrecognized request argument: chat_template_kwargs"}}')
        else:
            handler.good()

    server.on_chat = behaviour
    with session(server) as llm:
        assert llm.ask(question()) is not None
        assert llm.ask(question("q2")) is not None
    assert len(server.requests) == 3


# ── secrets ──────────────────────────────────────────────────────────────────────────────────────


def test_the_key_is_sent_and_never_shown(server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-very-secret-123"
    monkeypatch.setenv("MAVIN_API_KEY", key)
    echo = b'{"error": {"message": "bad key sk-very-secret-123 for you"}}'
    server.on_chat = lambda handler, number: handler.reply(401 if number else 422, echo)
    with session(server) as llm:
        with pytest.raises(BackendError) as caught:
            for number in range(4):
                llm.ask(question(f"q{number}"))
        shown = f"{caught.value} {llm.gave_up} {llm.usage} {llm!r} {vars(llm)!r}"
        assert server.headers[0]["Authorization"] == f"Bearer {key}"
        assert key not in shown
        chain: BaseException | None = caught.value
        while chain is not None:
            assert key not in str(chain)
            chain = chain.__cause__


@pytest.mark.parametrize("uri", ["http://me:geheim@host/v1", "https://host/v1?key=geheim", "ftp://me:geheim@host"])
def test_an_address_with_a_secret_is_refused_without_repeating_it(uri: str) -> None:
    with pytest.raises(UsageError) as caught:
        connect(uri)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("text", ["soon", "0", "-3", "nan", "1e9"])
def test_a_bad_timeout_is_a_usage_error(server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", text)
    with pytest.raises(UsageError, match="MAVIN_LLM_TIMEOUT"):
        connect(server.uri)


def test_a_prompt_beyond_the_context_costs_the_next_question_nothing(server: LoopbackServer) -> None:
    """The refusal names max_tokens as well, which must not be taken for a server that does not know our extras."""
    refusal = (
        b'{"error": {"message": "This model\'s maximum context length is 16384 tokens. However, you requested 20000 tokens '
        b'(19732 in the messages, 268 in max_tokens).", "type": "BadRequestError", "code": 400}}'
    )

    def too_long(handler: Handler, number: int) -> None:
        if number < 2:
            handler.reply(400, refusal)
        else:
            handler.good()

    server.on_chat = too_long
    with session(server) as llm:
        assert llm.ask(question("long")) is None
        assert llm.ask(question("short")) is not None
    assert [sent.get("chat_template_kwargs") for sent in server.requests] == [{"enable_thinking": False}] * 3
    assert all("seed" in sent for sent in server.requests)


@pytest.mark.parametrize("header", ["-1", "nan", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_retry_after_that_names_no_pause_backs_off_all_the_same(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "1")
    monkeypatch.setattr("scripting.llm.session.FIRST_CONTACT_SECONDS", 2.5)
    server.on_chat = lambda handler, number: handler.reply(429, b"{}", Retry_After=header)
    with session(server) as llm, pytest.raises(BackendError, match="429"):
        llm.ask(question())
    assert len(server.requests) <= 4


def test_counts_that_are_no_numbers_cost_nothing_and_say_nothing(
    server: LoopbackServer, recwarn: pytest.WarningsRecorder
) -> None:
    odd = completion(GOOD) | {"usage": {"prompt_tokens": 5, "completion_tokens": "x", "total_tokens": {}}}
    server.on_chat = lambda handler, number: handler.reply(200, json.dumps(odd).encode())
    with session(server) as llm:
        assert llm.ask(question()) is not None
        assert (llm.usage.prompt_tokens, llm.usage.completion_tokens) == (5, 0)
    assert not [warning for warning in recwarn if "serializer" in str(warning.message)]
