"""What an agent needs of a language model: typed questions, answered under a JSON Schema.

Back ends implement :class:`Backend` for one call; :class:`~scripting.llm.session.LlmSession` puts
deadlines, retries, counting and the circuit breaker around it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from mavin.errors import BackendError, MavinError, UsageError
from scripting.llm.room import longest_answer

__all__ = ["Answer", "AnswerError", "Backend", "Message", "Question", "TransientError", "call_timeout"]

_LONGEST_ANSWER_TOKENS = 4096


class AnswerError(MavinError):
    """The model was reached, but its reply is truncated, not JSON, or breaks the schema.

    Attributes:
        cost: an answer without data that holds what the reply cost, or ``None`` where nobody knows.
    """

    cost: Answer | None = None


class TransientError(BackendError):
    """The model did not answer this time (overload, a lost connection, a deadline); it may the next time.

    Attributes:
        retry_after: seconds the server asks us to wait, or ``None``.
        worth_retrying: ``False`` where the next try would only wait as long again (a deadline).
    """

    def __init__(self, message: str, *, retry_after: float | None = None, worth_retrying: bool = True) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.worth_retrying = worth_retrying


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat; ``images`` are data URIs that go with its text, for models that see."""

    role: Literal["system", "user", "assistant"]
    content: str
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One typed question of an agent.

    Attributes:
        agent: who asks (``structure_parser``); for counting and the ledger.
        key: what is asked, unique in the run (``refine.S2.detail``); for replay and resumption.
        messages: the chat, its static part first so that a prefix cache serves every agent.
        schema: JSON Schema of the answer, built for this request.
        max_tokens: what a good answer needs at most; the bound where the schema has none (see ``token_limit``).
        attempt: 0 for the first asking; repair turns count up, which also changes the seed.
        temperature: how freely to sample, or ``None`` for the back end's own choice (low at first,
            higher with each attempt).
        shared: how many characters at the beginning of the last message (the story) all questions of
            the run have in common; an embedded model reads them once.
    """

    agent: str
    key: str
    messages: tuple[Message, ...]
    schema: dict[str, Any]
    max_tokens: int = 256
    attempt: int = 0
    temperature: float | None = None
    shared: int = 0

    @property
    def sampling_temperature(self) -> float:
        """The temperature to sample at: the asker's, else 0.2 at first and 0.3 more with each attempt, up to 0.8."""
        return self.temperature if self.temperature is not None else min(0.2 + 0.3 * self.attempt, 0.8)

    @property
    def token_limit(self) -> int:
        """Tokens after which the answer is cut off, and counts as an error.

        A schema that bounds every text bounds the answer, and a wordy answer that it allows is better than a cut one:
        so the limit leaves room for all of it, two tokens a character, which is what the worst tokenizers need.
        """
        longest = longest_answer(self.schema)
        if longest is None:
            return self.max_tokens
        return max(self.max_tokens, min(2 * longest + 16, _LONGEST_ANSWER_TOKENS))

    @property
    def digest(self) -> str:
        """Short hash of everything the answer depends on, the back end and its seed apart."""
        content = {
            "key": self.key,
            "messages": [[message.role, message.content, *message.images] for message in self.messages],
            "schema": self.schema,
            "max_tokens": self.max_tokens,
            "attempt": self.attempt,
            "temperature": self.temperature,
        }
        # The schema's key order is kept: it is the order in which the model writes.
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that parsed as JSON; token counts as the back end reports them (0 where unknown)."""

    data: Any
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    raw: str = field(default="", repr=False)


class Backend(Protocol):
    """One way of reaching a language model.

    Attributes:
        uri: as given to :func:`~scripting.llm.connect`.
        model: name of the model behind it, for the manifest.
        parallel: how many questions it can take at once.
        small: whether the model needs one short question at a time (design §4.7).
        call_timeout: seconds one call may take, unless the session gives it less.
        failure_budget: seconds that failures may cost a run in all before the model is given up.
    """

    uri: str
    model: str
    parallel: int
    small: bool
    call_timeout: float
    failure_budget: float

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """Answers one question.

        Raises:
            BackendError: if the model cannot be reached or used at all.
            TransientError: if it may answer another time.
            AnswerError: if the reply is truncated, not JSON, or not what the schema asks.
        """
        ...

    def close(self) -> None:
        """Frees the model or the connection."""
        ...


def call_timeout(seconds: float) -> float:
    """Seconds that one call may take: ``$MAVIN_LLM_TIMEOUT``, or ``seconds`` where it is not set.

    Raises:
        UsageError: if it is no number from 1 to 3600.
    """
    text = os.environ.get("MAVIN_LLM_TIMEOUT", "").strip()
    if not text:
        return seconds
    with contextlib.suppress(ValueError):
        if 1 <= (given := float(text)) <= 3600:
            return given
    raise UsageError(f"MAVIN_LLM_TIMEOUT must be a number of seconds from 1 to 3600, got {text!r}.")
