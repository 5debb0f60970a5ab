"""``http(s)://…/v1``: vLLM or any OpenAI-compatible server, through langchain-openai.

The schema travels untouched as ``response_format: json_schema``.  A reply is bounded in time and size
while it is read, so that a server that drips or floods is cut off and its connection closed.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from mavin.errors import BackendError, UsageError
from scripting.llm.answers import parse_answer
from scripting.llm.base import Answer, AnswerError, Message, Question, TransientError, call_timeout

__all__ = ["CALL_TIMEOUT_SECONDS", "RemoteBackend"]

CALL_TIMEOUT_SECONDS = 30.0
"""Longest a server may take over one question; ``$MAVIN_LLM_TIMEOUT`` (seconds) overrides it."""

_CONNECT_SECONDS = 5.0
_LISTING_SECONDS = 8.0  # to say which models it serves; a server that is starting up answers 503
_MAX_REPLY_BYTES = 8_000_000
_PARAMETERS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
_SMALL_BILLIONS = 4.5
_RETRIED_STATUS = frozenset({408, 409, 425, 429})


class RemoteBackend:
    """A model behind an OpenAI-compatible API.

    The key is read from ``MAVIN_API_KEY`` and appears in no message.

    Args:
        uri: base address of the API, ``http://127.0.0.1:8000/v1``.
        model: name of the model there; ``None`` takes the first that the server lists.

    Raises:
        UsageError: if the address is malformed or ``MAVIN_LLM_TIMEOUT`` is no number.
        BackendError: if no such server answers.
    """

    parallel = 8
    takes_images = True
    """Whether a question with pictures may be tried; only the answer tells whether the model sees."""

    def __init__(self, uri: str, model: str | None = None) -> None:
        self.uri = _checked_address(uri)
        self._key = os.environ.get("MAVIN_API_KEY", "").strip() or "EMPTY"
        # A proxy of the environment is for servers elsewhere, never for this machine.
        self._direct = urlsplit(self.uri).hostname in ("localhost", "127.0.0.1", "::1")
        self.call_timeout = call_timeout(CALL_TIMEOUT_SECONDS)
        self.failure_budget = self.call_timeout + 5
        self._lock = threading.Lock()
        self._client: Any = None
        self._chat: Any = None
        self._plain = False  # set once the server has refused what only some servers know
        self.model = self._choose_model(model)
        sizes = [float(size) for size in _PARAMETERS.findall(self.model)]
        self.small = bool(sizes) and max(sizes) < _SMALL_BILLIONS
        self._model()  # on a busy machine its import takes long, and no server is to be blamed for that

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """Answers one question; reading stops at the deadline."""
        started = time.monotonic()
        try:
            message = self._invoke(question, seed, timeout)
        except _RefusedQuestionError as error:
            if self._plain or not _names_an_extra(str(error)):
                raise
            self._plain = True  # not vLLM: ask again without its extras, from now on
            message = self._invoke(question, seed, max(0.1, timeout - (time.monotonic() - started)))
        content = message.content
        if not isinstance(content, str):
            raise AnswerError("The server's reply must be text, got content of another kind.")
        usage = message.usage_metadata or {}
        cost = Answer(
            None,
            prompt_tokens=_count(usage.get("input_tokens")),
            cached_tokens=_count((usage.get("input_token_details") or {}).get("cache_read")),
            completion_tokens=_count(usage.get("output_tokens")),
            seconds=time.monotonic() - started,
            raw=content,
        )
        truncated = message.response_metadata.get("finish_reason") == "length"
        try:
            return replace(cost, data=parse_answer(content, question.schema, truncated=truncated))
        except AnswerError as error:
            error.cost = cost  # of no use, and paid for all the same
            raise

    def close(self) -> None:
        """Closes the connections; a call under way fails."""
        with self._lock:
            client, self._client, self._chat = self._client, None, None
        if client is not None:
            client.close()

    # ── calls ────────────────────────────────────────────────────────────────────────────────────

    def _invoke(self, question: Question, seed: int, timeout: float) -> Any:
        import openai

        schema = {"name": "answer", "schema": question.schema, "strict": True}
        arguments: dict[str, Any] = {
            "response_format": {"type": "json_schema", "json_schema": schema},
            "max_tokens": question.token_limit,
            "temperature": question.sampling_temperature,
            "timeout": timeout,
        }
        if not self._plain:
            arguments["seed"] = seed
            arguments["extra_body"] = {"chat_template_kwargs": {"enable_thinking": False}}
        messages = [(message.role, _content_of(message)) for message in question.messages]
        try:
            return self._model().invoke(messages, **arguments)
        except openai.APITimeoutError:
            raise TransientError(
                f"The server did not answer within {timeout:.0f} s. For a slow server set MAVIN_LLM_TIMEOUT "
                "to more seconds.",
                worth_retrying=False,
            ) from None
        except openai.APIConnectionError as error:
            raise TransientError(f"The connection failed ({self._scrub(error.__cause__ or error)}).") from None
        except openai.APIStatusError as error:
            raise self._of_status(error.status_code, error.response.headers.get("retry-after"), str(error)) from None
        except openai.LengthFinishReasonError as error:
            cut = AnswerError("The model's reply must be complete, but it was cut off at the token limit.")
            cut.cost = _cost_of(error)
            raise cut from None
        except (AnswerError, BackendError):
            raise
        except Exception as error:  # whatever a lying server makes the libraries stumble over
            raise AnswerError(
                f"The server's reply must be a chat completion, got something else ({self._scrub(error)})."
            ) from None

    def _model(self) -> Any:
        """The langchain model, made once: its import takes a second."""
        with self._lock:
            if self._chat is None:
                import httpx
                from langchain_openai import ChatOpenAI

                # A server's odd counts are counted as none here; pydantic would tell the terminal of them.
                warnings.filterwarnings("ignore", message="Pydantic serializer warnings", category=UserWarning)
                self._client = httpx.Client(
                    event_hooks={"response": [_bound_reply]},
                    timeout=httpx.Timeout(self.call_timeout, connect=_CONNECT_SECONDS),
                    trust_env=not self._direct,
                    limits=httpx.Limits(max_connections=self.parallel * 2),
                )
                self._chat = ChatOpenAI(
                    model=self.model,
                    base_url=self.uri,
                    api_key=self._key,
                    max_retries=0,
                    http_client=self._client,
                    openai_proxy=None,
                    organization=None,
                )
            return self._chat

    # ── first contact ────────────────────────────────────────────────────────────────────────────

    def _choose_model(self, model: str | None) -> str:
        """Asks for the list of models: the first contact, which must succeed within seconds."""
        deadline = time.monotonic() + _LISTING_SECONDS
        while True:
            outcome: list[tuple[str, ...] | BackendError] = []
            thread = threading.Thread(target=self._list_models, args=(outcome,), daemon=True)
            thread.start()
            thread.join(max(0.5, deadline - time.monotonic()))
            listed = outcome[0] if outcome else BackendError("it did not answer in time")
            if isinstance(listed, tuple):
                break
            if not isinstance(listed, TransientError) or time.monotonic() + 1 > deadline:
                raise BackendError(
                    f"The language model server at {self.uri} cannot be used: {listed}. Check the address (it ends "
                    "in /v1) and that the server is running, or write without a model: --llm rules."
                )
            time.sleep(0.5)
        if model is not None:
            if listed and model not in listed:
                raise BackendError(
                    f"The server at {self.uri} has no model {model!r}; it serves {', '.join(listed[:8])}. "
                    "Leave out --model to take the first."
                )
            return model
        if not listed:
            raise BackendError(f"The server at {self.uri} lists no models. Name one with --model.")
        return listed[0]

    def _list_models(self, outcome: list[tuple[str, ...] | BackendError]) -> None:
        """Puts the names of the served models into ``outcome``, or why they cannot be had."""
        import httpx

        try:
            with httpx.Client(
                timeout=httpx.Timeout(_LISTING_SECONDS, connect=_CONNECT_SECONDS),
                event_hooks={"response": [_bound_reply]},
                trust_env=not self._direct,
            ) as client:
                response = client.get(f"{self.uri}/models", headers={"Authorization": f"Bearer {self._key}"})
            if response.status_code in (404, 405, 501):
                outcome.append(())  # a server without this list; the model must be named
                return
            if response.status_code != 200:
                refusal = self._of_status(response.status_code, None, "")
                outcome.append(refusal if isinstance(refusal, BackendError) else BackendError(str(refusal)))
                return
            entries = response.json()["data"]
            outcome.append(tuple(entry["id"] for entry in entries if isinstance(entry["id"], str)))
        except httpx.TimeoutException:
            outcome.append(BackendError("it did not answer in time"))
        except httpx.HTTPError as error:
            outcome.append(BackendError(self._scrub(error)))
        except (ValueError, KeyError, TypeError):
            outcome.append(BackendError("it does not speak the OpenAI API (GET /models must give a JSON list)"))

    def _of_status(self, status: int, retry_after: str | None, detail: str) -> BackendError | AnswerError:
        """The error that an HTTP status stands for."""
        if status in (401, 403):
            return BackendError(f"the server refused the key (HTTP {status}); set MAVIN_API_KEY")
        if status == 404:
            return BackendError(f"the server does not know the model {getattr(self, 'model', '')!r} (HTTP 404)")
        if status in _RETRIED_STATUS or status >= 500:
            return TransientError(f"the server answered HTTP {status}", retry_after=_seconds_of(retry_after))
        if status in (400, 413, 422):
            return _RefusedQuestionError(f"the server refused the question (HTTP {status}: {self._scrub(detail)})")
        return BackendError(f"the server answered HTTP {status}")

    def _scrub(self, error: object) -> str:
        """A short, one-line text without the key."""
        text = " ".join(str(error).split()) or type(error).__name__
        if self._key != "EMPTY":
            text = text.replace(self._key, "…")
        return text[:200]


class _RefusedQuestionError(AnswerError):
    """The server will not take this question as it stands (HTTP 400, 413, 422)."""


def _count(value: object) -> int:
    """A number of tokens as a server tells it; 0 where it tells something else."""
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else 0


def _cost_of(error: Any) -> Answer | None:
    """What a reply cost that the libraries refused to hand over because it was cut off."""
    usage = getattr(getattr(error, "completion", None), "usage", None)
    if usage is None:
        return None
    details = getattr(usage, "prompt_tokens_details", None)
    return Answer(
        None,
        prompt_tokens=_count(usage.prompt_tokens),
        cached_tokens=_count(getattr(details, "cached_tokens", None)),
        completion_tokens=_count(usage.completion_tokens),
    )


def _content_of(message: Message) -> str | list[str | dict[str, Any]]:
    """A message as the API takes it: plain text, or text and pictures as parts."""
    if not message.images:
        return message.content
    pictures = [{"type": "image_url", "image_url": {"url": uri}} for uri in message.images]
    return [{"type": "text", "text": message.content}, *pictures]


def _names_an_extra(text: str) -> bool:
    """Whether a refusal is about what only some servers know, and not about a prompt that is too long."""
    if "context length" in text:
        return False
    return any(word in text for word in ("chat_template_kwargs", "seed", "max_tokens", "nrecognized", "xtra"))


def _bound_reply(response: Any) -> None:
    """httpx hook: the body may take no longer in all than one read may, and no more than a bounded size."""
    import httpx

    seconds = (response.request.extensions.get("timeout") or {}).get("read") or CALL_TIMEOUT_SECONDS
    deadline = time.monotonic() + float(seconds)
    inner = response.stream

    class Bounded(httpx.SyncByteStream):
        """The reply's bytes until the deadline or the bound."""

        def __iter__(self) -> Iterator[bytes]:
            count = 0
            for chunk in inner:
                count += len(chunk)
                if count > _MAX_REPLY_BYTES:
                    raise httpx.ReadError(
                        f"the reply has more than {_MAX_REPLY_BYTES:,} bytes", request=response.request
                    )
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the reply takes too long", request=response.request)
                yield chunk

        def close(self) -> None:
            inner.close()

    response.stream = Bounded()


def _checked_address(uri: str) -> str:
    import httpx

    try:
        url = httpx.URL(uri)
    except (httpx.InvalidURL, ValueError):
        raise UsageError(
            "The address of a server must look like http://127.0.0.1:8000/v1; it cannot be read."
        ) from None
    if url.userinfo or url.query or url.fragment:
        # Not repeated: there may be a password in it, and the address is kept in the film's records.
        raise UsageError(
            "The address of a server must be plain, such as http://127.0.0.1:8000/v1, without a user, password or "
            "query. Give a key in the environment variable MAVIN_API_KEY."
        )
    if not url.host:
        raise UsageError(f"The address of a server must name a host, such as http://127.0.0.1:8000/v1, got {uri!r}.")
    if url.path in ("", "/"):
        url = url.copy_with(path="/v1")
    return str(url).rstrip("/")


def _seconds_of(retry_after: str | None) -> float | None:
    """The header ``Retry-After``, which is seconds or a date."""
    if not retry_after:
        return None
    with contextlib.suppress(ValueError):
        seconds = float(retry_after)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    return None
