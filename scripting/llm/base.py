"""What an agent needs of a language model: typed questions, answered under a JSON Schema.

Back ends implement :class:`Backend` for one call; :class:`~scripting.llm.session.LlmSession` puts
deadlines, retries, counting and the circuit breaker around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from mavin.errors import MavinError

__all__ = ["Answer", "AnswerError", "Backend", "Message", "Question"]


class AnswerError(MavinError):
    """The model was reached, but its reply is truncated, not JSON, or breaks the schema."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """One typed question of an agent.

    Attributes:
        agent: who asks (``structure_parser``); for counting and the ledger.
        key: what is asked, unique in the run (``refine.S2.detail``); for replay and resumption.
        messages: the chat, its static part first so that a prefix cache serves every agent.
        schema: JSON Schema of the answer, built for this request.
        max_tokens: bound on the answer; a longer one is truncated and counts as an error.
        attempt: 0 for the first asking; repair turns count up, which also changes the seed.
    """

    agent: str
    key: str
    messages: tuple[Message, ...]
    schema: dict[str, Any]
    max_tokens: int = 256
    attempt: int = 0


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
    """

    uri: str
    model: str
    parallel: int
    small: bool

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """Answers one question.

        Raises:
            BackendError: if the model cannot be reached or used at all.
            AnswerError: if the reply is truncated, not JSON, or not what the schema asks.
        """
        ...

    def close(self) -> None:
        """Frees the model or the connection."""
        ...
