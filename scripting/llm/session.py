"""One run's dealings with a language model: deadlines, retries, counting, and giving up in time.

A run must end, whatever the server does.  Each call has a wall-clock deadline that is enforced from
outside the call; what failures cost is added up, and once a run has lost its budget the model is given
up: every later :meth:`LlmSession.ask` returns ``None`` at once, and the agents go on with what code knows.

    answered            → Answer
    reply of no use     → asked once more with another seed, then None
    429, 5xx, reset     → retried with back-off (Retry-After honoured) within the budget
    deadline            → its seconds count as lost
    budget lost, or many useless replies in a row → given up: None from now on
    dead before it ever answered → BackendError
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Iterator
from typing import Any

from mavin.errors import BackendError
from mavin.ledger import LlmUsage
from scripting.llm.base import Answer, AnswerError, Backend, Question, TransientError
from scripting.llm.cache import AnswerCache
from scripting.llm.replay import MissingRecordError

__all__ = ["LlmSession"]

MAX_USELESS_REPLIES = 6
"""Replies in a row that parse or schema refuse, after which the model is given up."""

FIRST_CONTACT_SECONDS = 30.0
"""How long a server that has never answered may fail before the run is stopped."""

_GRACE_SECONDS = 2.0  # a back end that keeps its own deadline reports better than we can from outside
_LONGEST_PAUSE = 8.0
_NOT_WORTH_ASKING = 1.0  # seconds of budget that are too few for an answer


class LlmSession:
    """The model as one run sees it; safe to use from several threads.

    Args:
        backend: what :func:`~scripting.llm.connect` returned; ``None`` is no model (``rules``).
        seed: seed of the run; each question gets its own from it, whatever the order of asking.
        cache: answers of an earlier, killed run of the same request.
        places: how many questions may be under way at once, for sessions that share one back end;
            its own ``backend.parallel`` if left out.

    A question that is lost without the model being given up is told by :meth:`take_unanswered`.

    A question that this run has had answered, or has under way, is not asked a second time either.

    Attributes:
        gave_up: why the model is not asked any more, or ``None``.
    """

    def __init__(
        self,
        backend: Backend | None,
        seed: int = 0,
        cache: AnswerCache | None = None,
        places: threading.BoundedSemaphore | None = None,
    ) -> None:
        self.gave_up: str | None = None
        self._backend = backend
        self._seed = seed
        self._cache = cache
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._shared = places is not None
        self._places = places or threading.BoundedSemaphore(max(1, backend.parallel) if backend is not None else 1)
        self._usage: dict[str, LlmUsage] = {}
        self._lost_seconds = 0.0
        self._lost_until = 0.0
        self._useless_in_a_row = 0
        self._useless_total = 0
        self._ever_answered = False
        self._asked = False
        self._failed = False
        self._answers: dict[str, Answer] = {}
        self._unanswered: dict[str, list[str]] = {}
        self._asking: dict[str, threading.Lock] = {}
        for agent, cost in cache.charged() if cache is not None and backend is not None else ():
            self._add(agent, cost)

    # ── what agents use ──────────────────────────────────────────────────────────────────────────

    @property
    def available(self) -> bool:
        """Whether asking can bring an answer."""
        return self._backend is not None and self.gave_up is None

    @property
    def silent(self) -> bool:
        """Whether questions were asked and the model has never answered one."""
        asked = self._backend is not None and self._asked and not self._stopped.is_set()
        return asked and not self._ever_answered and not self._useless_total

    @property
    def small(self) -> bool:
        """Whether the model wants one short question at a time; true without a model."""
        return self._backend is None or self._backend.small

    @property
    def parallel(self) -> int:
        """How many questions are worth asking at once."""
        return 1 if self._backend is None else self._backend.parallel

    def ask(self, question: Question) -> Answer | None:
        """The model's answer, valid under the question's schema, or ``None``: go on without it.

        Raises:
            BackendError: if the back end has never answered and cannot be used, or a recording
                lacks the question; the message says what to do.
        """
        backend = self._backend
        if backend is None or self.gave_up is not None:
            return None
        key = self._cache_key(backend, question)
        with self._lock:
            asking = self._asking.setdefault(key, threading.Lock())
        with asking:  # the same question at the same time waits for its answer
            if (kept := self._kept(key)) is not None:
                self._add_usage(question.agent, backend, reused=1)
                return kept
            if question.attempt:
                self._add_usage(question.agent, backend, repairs=1)
            reason = ""
            for retry in range(2):
                try:
                    answer = self._ask_until_answered(backend, question, self._seed_of(question, retry))
                except AnswerError as error:
                    self._count_useless(backend, question, error)
                    reason = str(error)
                else:
                    if answer is not None:
                        self._keep(key, answer)
                    return answer
                if self.gave_up is not None:
                    return None
            self._miss(question.agent, reason)
        return None

    def try_once(self, question: Question) -> Answer | None:
        """The answer to a question that the back end may be unable to take, such as one with a picture.

        Asked once; a refusal, an error or a reply of no use is ``None`` and counts for nothing else.
        """
        backend = self._backend
        pictures = any(message.images for message in question.messages)
        if backend is None or self.gave_up is not None or (pictures and not getattr(backend, "takes_images", False)):
            return None
        key = self._cache_key(backend, question)
        if (kept := self._kept(key)) is not None:
            self._add_usage(question.agent, backend, reused=1)
            return kept
        with self._place():
            try:
                answer = self._call(backend, question, self._seed_of(question, 0), backend.call_timeout)
            except AnswerError as error:
                self._add_usage(question.agent, backend, error.cost, calls=1)
                return None
            except BackendError:
                return None
        if answer is not None:
            self._add_usage(question.agent, backend, answer, calls=1)
            self._keep(key, answer)
        return answer

    def give_up(self, reason: str) -> None:
        """Stops asking; calls under way are abandoned and return ``None``. The first reason stands."""
        with self._lock:
            if self.gave_up is None:
                self.gave_up = reason
        self._stopped.set()

    # ── what the report uses ─────────────────────────────────────────────────────────────────────

    @property
    def usage(self) -> LlmUsage:
        """What all calls of this run, and of the killed one it goes on with, cost together."""
        return self._sum(list(self.usage_by_agent.values()))

    @property
    def usage_by_agent(self) -> dict[str, LlmUsage]:
        """What the calls of each agent cost, by name."""
        with self._lock:
            return dict(sorted(self._usage.items()))

    def take_unanswered(self) -> dict[str, tuple[int, str]]:
        """How many questions of each agent have been lost since this was last asked, and why the last of them was."""
        with self._lock:
            lost, self._unanswered = self._unanswered, {}
        return {agent: (len(reasons), reasons[-1]) for agent, reasons in sorted(lost.items())}

    @property
    def useless_replies(self) -> int:
        """How many replies were truncated, not JSON, or against the schema."""
        return self._useless_total

    @property
    def answered_from_cache(self) -> int:
        """How many questions this run, or the killed one it goes on with, had already paid for."""
        return self.usage.reused

    def close(self) -> None:
        """Ends the session and frees the back end, unless others share it."""
        if self._backend is not None and not self._shared:
            self._backend.close()

    def __enter__(self) -> LlmSession:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # ── answers already paid for ─────────────────────────────────────────────────────────────────

    def _kept(self, key: str) -> Answer | None:
        with self._lock:
            kept = self._answers.get(key)
        return kept if kept is not None or self._cache is None else self._cache.get(key)

    def _keep(self, key: str, answer: Answer) -> None:
        with self._lock:
            self._answers[key] = answer
        if self._cache is not None:
            self._cache.put(key, answer)

    # ── one question ─────────────────────────────────────────────────────────────────────────────

    def _ask_until_answered(self, backend: Backend, question: Question, seed: int) -> Answer | None:
        """One asking with its retries; ``None`` once the model is given up.

        Raises:
            AnswerError: if a reply came and is of no use.
            BackendError: if the back end was never of use.
        """
        from tenacity import RetryCallState, Retrying, retry_if_exception, stop_never, wait_exponential, wait_random
        from tenacity.nap import sleep_using_event

        backoff = wait_exponential(multiplier=0.5, max=_LONGEST_PAUSE) + wait_random(0, 0.3)

        def pause(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome is not None else None
            asked = error.retry_after if isinstance(error, TransientError) else None
            # "0", "-1" or a date in the past would have us ask without a pause.
            seconds = max(float(backoff(state)), asked or 0.0)
            remaining = self._budget_left(backend)
            if seconds >= remaining:  # waiting would use the budget up: no sense in waiting at all
                self._fail(backend, str(error))
                return 0.0
            self._lose(backend, time.monotonic(), seconds, str(error))
            return seconds

        def again(error: BaseException) -> bool:
            return isinstance(error, TransientError) and error.worth_retrying and self.gave_up is None

        retrying = Retrying(
            retry=retry_if_exception(again),
            wait=pause,
            stop=stop_never,
            sleep=sleep_using_event(self._stopped),
            reraise=True,
        )
        try:
            answer = retrying(self._ask_once, backend, question, seed)
        except MissingRecordError:
            raise
        except TransientError as error:
            failure: BackendError | None = error
            answer = None
        except BackendError as error:
            self._fail(backend, str(error))
            failure, answer = error, None
        else:
            failure = None
        if isinstance(failure, TransientError) and self.gave_up is None:
            self._miss(question.agent, str(failure))
        if answer is None and self._failed and not self._ever_answered:
            raise BackendError(
                f"{str(self.gave_up).rstrip('. ')}. It never answered. "
                "Check that it is running and can answer under a JSON schema, give it more time with "
                "MAVIN_LLM_TIMEOUT (seconds), or write without a model: --llm rules."
            ) from failure
        return answer  # None where only this question is lost, or the model is given up

    def _ask_once(self, backend: Backend, question: Question, seed: int) -> Answer | None:
        with self._place():
            if self.gave_up is not None:
                return None
            timeout = min(backend.call_timeout, self._budget_left(backend))
            self._asked = True
            started = time.monotonic()
            try:
                answer = self._call(backend, question, seed, timeout)
            except MissingRecordError:
                raise
            except (TransientError, AnswerError) as error:
                self._lose(backend, started, time.monotonic() - started, str(error))
                raise
            if answer is None:
                return None
        with self._lock:
            self._ever_answered = True
            self._useless_in_a_row = 0
        self._add_usage(question.agent, backend, answer, calls=1)
        return answer

    def _call(self, backend: Backend, question: Question, seed: int, timeout: float) -> Answer | None:
        """The call in a thread of its own, so that nothing a server does can hold us beyond the deadline."""
        outcome: list[Answer | BaseException] = []
        done = threading.Condition()

        def work() -> None:
            try:
                result: Answer | BaseException = backend.complete(question, seed=seed, timeout=timeout)
            except BaseException as error:
                result = error
            with done:
                outcome.append(result)
                done.notify_all()

        # A daemon: the process must be able to end while a server still holds a connection.
        threading.Thread(target=work, daemon=True, name=f"llm-{question.key}").start()
        deadline = time.monotonic() + timeout + _GRACE_SECONDS
        with done:
            while not outcome and not self._stopped.is_set() and (left := deadline - time.monotonic()) > 0:
                done.wait(min(left, 0.2))
        if not outcome:
            if self._stopped.is_set():
                return None
            raise TransientError(f"The model did not answer within {timeout:.0f} s.", worth_retrying=False)
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]

    @contextlib.contextmanager
    def _place(self) -> Iterator[None]:
        """One of the back end's places; waiting for it is not the server's fault and costs nothing."""
        while not self._places.acquire(timeout=0.2):
            if self._stopped.is_set():
                yield
                return
        try:
            yield
        finally:
            self._places.release()

    # ── accounts ─────────────────────────────────────────────────────────────────────────────────

    def _budget_left(self, backend: Backend) -> float:
        budget = backend.failure_budget
        if not self._ever_answered:
            budget = min(budget, max(FIRST_CONTACT_SECONDS, backend.call_timeout))
        return max(0.1, budget - self._lost_seconds)

    def _lose(self, backend: Backend, start: float, seconds: float, why: str) -> None:
        """Counts seconds as lost; those that several questions lose at the same time are lost once."""
        with self._lock:
            end = start + seconds
            self._lost_seconds += max(0.0, end - max(start, self._lost_until))
            self._lost_until = max(self._lost_until, end)
        if self._budget_left(backend) < _NOT_WORTH_ASKING:
            self._fail(backend, why)

    def _fail(self, backend: Backend, why: str) -> None:
        lost = self._lost_seconds
        detail = f" after {lost:.0f} s lost to failures" if lost >= 1 else ""
        self._failed = True
        self.give_up(f"The language model at {backend.uri} was given up{detail}: {why.rstrip('.')}.")

    def _miss(self, agent: str, reason: str) -> None:
        """Remembers that a question is lost, though the model is still asked others."""
        with self._lock:
            self._unanswered.setdefault(agent, []).append(reason)

    def _count_useless(self, backend: Backend, question: Question, error: AnswerError) -> None:
        self._add_usage(question.agent, backend, error.cost, calls=1)
        with self._lock:
            self._useless_total += 1
            self._useless_in_a_row += 1
            many = self._useless_in_a_row >= MAX_USELESS_REPLIES
        if many:
            self._fail(backend, f"{MAX_USELESS_REPLIES} replies in a row were of no use, the last one: {error}")

    def _add_usage(
        self,
        agent: str,
        backend: Backend,
        answer: Answer | None = None,
        *,
        calls: int = 0,
        reused: int = 0,
        repairs: int = 0,
    ) -> None:
        cost = answer or Answer(None)
        usage = LlmUsage(
            uri=backend.uri,
            model=backend.model,
            calls=calls,
            prompt_tokens=cost.prompt_tokens,
            cached_tokens=cost.cached_tokens,
            completion_tokens=cost.completion_tokens,
            seconds=cost.seconds,
            reused=reused,
            repairs=repairs,
        )
        if (calls or repairs) and self._cache is not None:
            self._cache.charge(agent, usage.model_copy(update={"uri": ""}))  # an address may hold a password
        with self._lock:
            self._add(agent, usage)

    def _add(self, agent: str, usage: LlmUsage) -> None:
        self._usage[agent] = self._sum([self._usage.get(agent, LlmUsage()), usage])

    def _sum(self, parts: list[LlmUsage]) -> LlmUsage:
        if self._backend is None:
            return LlmUsage()
        counts: dict[str, Any] = {
            name: sum(getattr(part, name) for part in parts)
            for name in ("calls", "prompt_tokens", "cached_tokens", "completion_tokens", "seconds", "reused", "repairs")
        }
        counts["seconds"] = round(counts["seconds"], 3)
        return LlmUsage(uri=self._backend.uri, model=self._backend.model, **counts)

    def _seed_of(self, question: Question, retry: int) -> int:
        text = f"{self._seed}/{question.key}/{question.attempt}/{retry}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") & 0x7FFFFFFF

    def _cache_key(self, backend: Backend, question: Question) -> str:
        text = f"{backend.model}/{self._seed}/{question.digest}"
        return hashlib.sha256(text.encode()).hexdigest()
