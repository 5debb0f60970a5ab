"""llama.cpp in this process: one loaded GGUF model, its prefix cache, its grammar, its deadlines.

Facts that shape this file (xllamacpp 2026.10, two cores, Qwen2.5-Coder-1.5B Q4_K_M): loading takes 2 to 6 s
and holds the interpreter; prefill runs at about 60 tokens a second, so that a cached prefix is worth
more than anything else; a streamed call can be stopped from its callback, between batches of the
prefill as well as between tokens.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import secrets
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mavin.errors import BackendError
from mavin.store import store_root
from scripting.llm.answers import parse_answer
from scripting.llm.base import Answer, AnswerError, Message, Question, TransientError
from scripting.llm.prefixes import PrefixFiles

__all__ = ["CONTEXT_TOKENS", "Engine", "import_xllamacpp", "physical_cores"]

CONTEXT_TOKENS = 8192
"""Longest prompt and answer together."""

_PREFIX_CACHE_MIB = 384  # prompts of other agents that are kept beside the one in use
_BATCH_TOKENS = 256  # the grain at which a running prefill can be stopped: about 4 s of one core
_WORTH_KEEPING_TOKENS = 256  # a shorter beginning is read in a few seconds and would push a longer one out
_REREAD_TOKENS = 24  # what follows a shared beginning in the chat template is read again each time


@dataclass(frozen=True, slots=True)
class _Reply:
    """What the model said, and what it took."""

    text: str
    finish: str
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int


class Engine:
    """A loaded model; one call at a time, shared and counted per file."""

    _all: dict[Path, Engine] = {}  # noqa: RUF012
    _all_lock = threading.Lock()

    def __init__(self, path: Path) -> None:
        xllamacpp = import_xllamacpp()
        self._path = path
        self._users = 0
        self._busy = threading.Lock()
        self._stopping = threading.Event()
        self._settled: set[str] = set()  # shared beginnings that the server keeps, read in the one way
        self._in_slot = ""  # the shared beginning that stands in the slot right now, nothing behind it
        self._grammar = str(xllamacpp.json_schema_to_grammar({"type": "object"})).startswith("%llguidance")
        key = secrets.token_hex(24)
        file = path.stat()
        build = f"{version('xllamacpp')}/{physical_cores()}/{_BATCH_TOKENS}/{_WORTH_KEEPING_TOKENS}"
        identity = f"{path.name}/{file.st_size}/{file.st_mtime_ns}/{build}"
        self._kept = PrefixFiles(store_root() / "prefixes", identity)
        try:
            self._server: Any = xllamacpp.Server(_parameters(xllamacpp, path, key, self._kept))
            self._kept.open(str(self._server.listening_address), key)
        except (RuntimeError, MemoryError) as error:
            raise BackendError(
                f"The model {path} cannot be loaded. It must be a GGUF chat model that this machine has the memory "
                f"for ({path.stat().st_size / 1e9:.1f} GB and about 1 GB more), and xllamacpp must know its "
                "architecture. Pull the default with `mavin model pull qwen2.5-coder-1.5b`, or use --llm rules."
            ) from error

    @classmethod
    def acquire(cls, path: Path) -> Engine:
        """The engine of this file, loaded if nobody has it; give it back with :meth:`release`."""
        with cls._all_lock:
            if path not in cls._all:
                cls._all[path] = cls(path)
            cls._all[path]._users += 1
            return cls._all[path]

    def release(self) -> None:
        """Gives the engine back; the last one to do so frees the memory."""
        with self._all_lock:
            self._users -= 1
            last = self._users == 0
            if last:
                self._all.pop(self._path, None)
        if last:
            self._stop()

    def _stop(self) -> None:
        """Frees the model; a call that is under way ends at its next token or batch, in a few seconds at most."""
        self._stopping.set()
        with self._busy:
            self._server = None

    @classmethod
    def stop_all(cls) -> None:
        """Frees every model before the interpreter goes: a native call that outlives it would crash the process."""
        with cls._all_lock:
            engines = list(cls._all.values())
            cls._all.clear()
        for engine in engines:
            engine._stop()

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """One call; ``timeout`` covers the wait for the model as well."""
        started = time.monotonic()
        if not self._busy.acquire(timeout=timeout):
            raise TransientError(f"The embedded model was busy for {timeout:.0f} s.", worth_retrying=False)
        try:
            return self._complete(question, seed, started, started + timeout)
        finally:
            self._busy.release()

    def _complete(self, question: Question, seed: int, started: float, deadline: float) -> Answer:
        evaluated = self._settle(question, deadline)
        request = {
            "messages": _as_dicts(question.messages),
            "max_tokens": question.token_limit,
            "temperature": question.sampling_temperature,
            "seed": seed,
            "cache_prompt": True,
            **self._constraint(question.schema),
        }
        self._in_slot = ""
        reply = self._run(request, question.key, deadline)
        evaluated += reply.prompt_tokens - reply.cached_tokens
        cost = Answer(
            None,
            prompt_tokens=reply.prompt_tokens,
            cached_tokens=max(0, reply.prompt_tokens - evaluated),
            completion_tokens=reply.completion_tokens,
            seconds=time.monotonic() - started,
            raw=reply.text,
        )
        try:
            return replace(cost, data=parse_answer(reply.text, question.schema, truncated=reply.finish == "length"))
        except AnswerError as error:
            error.cost = cost  # of no use, and computed all the same
            raise

    # ── the prefix cache ─────────────────────────────────────────────────────────────────────────

    def _settle(self, question: Question, deadline: float) -> int:
        """Brings the cache to exactly the question's shared beginning; returns the tokens read for it.

        Many tokens at once are computed in another order of additions than few, so that the same
        prompt gives slightly different numbers, and now and then another word, depending on how much of it
        an earlier question had left in the cache.  Hence each shared beginning is read the same way
        whenever it is read (the static part from nothing, the story right behind it), and every
        question starts from there: a seed then means the same answer in any order and after a resumption.
        A question that does not say what it shares gives this up for the speed of the longest match.
        """
        static = question.messages[:-1]
        levels = [static] if static else []
        if question.shared:
            levels.append(
                (*static, replace(question.messages[-1], content=question.messages[-1].content[: question.shared]))
            )
        if not levels:
            return 0
        names = [hashlib.sha256(repr(level).encode("utf-8", "surrogatepass")).hexdigest() for level in levels]
        if not question.shared and names[0] in self._settled:
            return 0  # nothing is said of what the questions share: take whatever the cache happens to hold
        if self._in_slot == names[-1]:
            return 0
        tokens = self._read_beginnings(levels, names, question.key, deadline)
        if tokens is None:  # the server had dropped what we thought it keeps
            self._settled.clear()
            tokens = self._read_beginnings(levels, names, question.key, deadline)
        return tokens or 0

    def _read_beginnings(
        self, levels: list[tuple[Message, ...]], names: list[str], key: str, deadline: float
    ) -> int | None:
        """Reads one beginning behind the other; ``None`` if a known one was no longer in the cache."""
        tokens = 0
        for depth, (level, name) in enumerate(zip(levels, names, strict=True)):
            known = name in self._settled
            if not known and depth == 0 and self._kept.restore(name):
                # As it was right after it had been read, so that what follows is computed the same way.
                self._settled.add(name)
                self._in_slot = name
                continue
            if known and set(names[depth + 1 :]) & self._settled:
                continue  # contained in the next one
            request = {"messages": _as_dicts(level), "max_tokens": 1, "temperature": 0.0}
            self._in_slot = ""
            reply = self._run(request | {"cache_prompt": known or depth > 0}, key, deadline)
            fresh = reply.prompt_tokens - reply.cached_tokens
            tokens += fresh
            if known and fresh > _REREAD_TOKENS:
                return None
            self._settled.add(name)
            self._in_slot = name
            if depth == 0 and not known and reply.prompt_tokens >= _WORTH_KEEPING_TOKENS:
                self._kept.save(name)
        return tokens

    # ── one request ──────────────────────────────────────────────────────────────────────────────

    def _run(self, request: dict[str, Any], key: str, deadline: float) -> _Reply:
        """One streamed request to the model, stopped at the deadline."""
        if self._server is None:
            raise BackendError("The embedded model has been closed; connect again.")
        pieces: list[str] = []
        finish: list[str] = []
        usage: dict[str, Any] = {}
        problem: list[Any] = []

        def receive(chunk: dict[str, Any]) -> bool:
            """Takes one chunk, of the prefill's progress or of the reply; true stops the model."""
            if "error" in chunk:
                problem.append(chunk["error"])
                return True
            for choice in chunk.get("choices", ()):
                pieces.append((choice.get("delta") or {}).get("content") or "")
                if choice.get("finish_reason"):
                    finish.append(choice["finish_reason"])
            usage.update(chunk.get("usage") or {})
            return self._stopping.is_set() or time.monotonic() > deadline

        streamed = request | {
            "chat_template_kwargs": {"enable_thinking": False},
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,
        }
        try:
            refusal = self._server.handle_chat_completions(streamed, receive)
        except (RuntimeError, ValueError, TypeError) as error:
            raise AnswerError(f"llama.cpp could not take the question {key}: {error}") from error
        if isinstance(refusal, dict) and "error" in refusal:
            problem.append(refusal["error"])
        if problem:
            raise AnswerError(f"llama.cpp refused the question {key}: {_message_of(problem[0])}")
        if not finish and self._stopping.is_set():
            raise BackendError("The embedded model has been closed; connect again.")
        if not finish:
            raise TransientError(
                f"The embedded model did not answer {key} in time. On a busy or slow machine give it more time "
                "with MAVIN_LLM_TIMEOUT (seconds), or use embedded:small or --llm rules.",
                worth_retrying=False,
            )
        return _Reply(
            "".join(pieces),
            finish[-1],
            int(usage.get("prompt_tokens", 0)),
            int((usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0)),
            int(usage.get("completion_tokens", 0)),
        )

    def _constraint(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema as llama.cpp takes it; where llguidance is built in, with fixed white space.

        Left to itself the model indents its JSON, which costs up to twice the tokens.
        """
        if not self._grammar:
            return {"response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}}
        fixed = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
        return {"grammar": "%llguidance {}\nstart: %json " + json.dumps({**schema, "x-guidance": fixed})}


atexit.register(Engine.stop_all)


def _parameters(xllamacpp: Any, path: Path, key: str, kept: PrefixFiles) -> Any:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.n_batch = parameters.n_ubatch = _BATCH_TOKENS
    parameters.cache_ram_mib = _PREFIX_CACHE_MIB
    parameters.warmup = False
    parameters.verbosity = -1  # llama.cpp would write to our standard error
    for pool in (parameters.cpuparams, parameters.cpuparams_batch):
        pool.n_threads = physical_cores()
        pool.poll = 0  # threads without work sleep
    # Flash attention computes one token and many in different ways, so that an answer would depend on
    # what the prefix cache happens to hold; without it a resumed run writes what the first one wrote.
    parameters.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    # xllamacpp opens a port on loopback; only this process has its key, for keeping beginnings on disk.
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.endpoint_metrics = parameters.endpoint_props = False
    parameters.endpoint_slots = kept.usable
    if kept.usable:
        parameters.slot_save_path = kept.path
    parameters.ui = False
    return parameters


def physical_cores() -> int:
    """Cores this process may use, hyper-threads counted once."""
    try:
        usable: set[int] = os.sched_getaffinity(0)
    except AttributeError:  # not on macOS or Windows
        return max(1, (os.cpu_count() or 2) // 2)
    cores = set()
    for cpu in usable:
        siblings = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
        with contextlib.suppress(OSError):
            cores.add(siblings.read_text().strip())
    return max(1, len(cores) or len(usable))


def _as_dicts(messages: Iterable[Message]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in messages]


def _message_of(error: Any) -> str:
    return str(error.get("message", error) if isinstance(error, dict) else error)[:200]


def import_xllamacpp() -> Any:
    """The module, or an error that says how to install it.

    Raises:
        BackendError: if the extra ``embedded`` is missing.
    """
    # Its threads wait for each other at every layer, by default in a loop that burns the core: beside one busy
    # process that costs a factor of five, asleep next to nothing.  OpenMP reads this once, when it is loaded.
    ours = "OMP_WAIT_POLICY" not in os.environ
    if ours:
        os.environ["OMP_WAIT_POLICY"] = "passive"
    try:
        import xllamacpp
    except ImportError as error:
        raise BackendError(
            "The embedded language model needs the extra `embedded`: pip install 'mavin[embedded]'. "
            "Or write without a model: --llm rules."
        ) from error
    finally:
        if ours:  # not for the processes that we start
            del os.environ["OMP_WAIT_POLICY"]
    return xllamacpp
