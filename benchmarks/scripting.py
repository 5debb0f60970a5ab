"""What the scripting graph itself costs: its overhead, its calls, and what running shots side by side saves.

    python benchmarks/scripting.py                      # overhead, and a loopback server with latency
    python benchmarks/scripting.py --vllm --record      # and calls, tokens and cached share on a real vLLM
    python benchmarks/scripting.py --llm http://gpu:8000/v1

``--vllm`` serves the store's small model as ``benchmarks/serving.py`` does.  ``--record`` adds a dated summary to
``scripting.json`` and ``scripting.md`` beside this script.  The model of the loopback server fills in any schema
and takes the same time over every question, however many there are at once, as a server with free places does.

What is measured:
- overhead: milliseconds of a whole script without a model, and with one that answers at once (target: under 50);
- concurrency: seconds from the first to the last answer about the shots of a four-shot story, one question at a
  time and side by side, and the same for the whole run (target: shots 2.5 times faster);
- cost: calls and tokens of a script, the share of prompt tokens that the server's prefix cache held (target: 60%).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.labels import Labels, read_labels
from mavin.errors import MavinError, UsageError
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import Answer, Backend, LlmSession, Message, Question, connect

HERE = Path(__file__).resolve().parent
LATENCY_SECONDS = 0.5
REPEATS = 5
FOUR_SHOTS = (
    "A keeper climbs the stairs of a lighthouse. He lights the lamp. A sailor looks up from a boat. "
    'The sailor says "Land." 4 shots, 10 seconds.'
)
OVERHEAD_TARGET_MS, FASTER_TARGET, CACHED_TARGET = 50.0, 2.5, 0.6


@dataclass(frozen=True, slots=True)
class Overhead:
    """Milliseconds a script; ``instant`` is a model in this process that answers at once."""

    scripts: int
    rules_median: float
    rules_p95: float
    instant_median: float
    instant_p95: float


@dataclass(frozen=True, slots=True)
class Concurrency:
    """Seconds with every question taking ``latency``; ``shots`` is the refinement alone, ``run`` the whole."""

    latency: float
    calls: int
    sequential_shots: float
    concurrent_shots: float
    sequential_run: float
    concurrent_run: float

    @property
    def faster_shots(self) -> float:
        """How many times faster the shots are refined side by side."""
        return self.sequential_shots / self.concurrent_shots

    @property
    def faster_run(self) -> float:
        """The same for the whole run."""
        return self.sequential_run / self.concurrent_run


@dataclass(frozen=True, slots=True)
class Cost:
    """Means of one script on a real server, without the first one, which warms its cache."""

    model: str
    scripts: int
    calls: float
    prompt_tokens: float
    completion_tokens: float
    cached_share: float
    seconds: float
    agents: dict[str, float]


@dataclass(frozen=True, slots=True)
class Record:
    """A dated run."""

    date: str
    version: str
    machine: str
    overhead: Overhead
    concurrency: Concurrency
    cost: Cost | None


def fill(schema: dict[str, Any], salt: str, name: str = "") -> Any:
    """Plain words that follow a schema of ours and pass the checks, so that nothing is asked twice."""
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if "anyOf" in schema:
        return fill(schema["anyOf"][0], salt, name)
    kind = schema.get("type")
    if kind == "object":
        return {key: fill(part, f"{salt} {key}", key) for key, part in schema["properties"].items()}
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    if kind in ("boolean", "array", "null"):
        return {"boolean": True, "array": [], "null": None}[kind]
    words = {
        "S1": "Wet iron steps shine in the narrow tower",
        "S2": "Yellow glass glows in a wide ring of light",
        "S3": "Salt dries white on a cracked wooden oar",
        "S4": "Low grey clouds hang over the dark horizon",
    }
    shot = next(
        (text for key, text in words.items() if f"{key[1]} of" in salt), "Bare stone walls under pale morning light"
    )
    place = "Spiral stairs of a lighthouse with wet iron steps under pale light"
    return {
        "setting": place,
        "sound": "wood creaking",
        "voice": "Low and calm",
        "style": "Plain colours",
        "ambience": "Wind",
    }.get(name, shot)


class InstantModel:
    """A back end in this process that answers at once."""

    uri = model = "instant"
    parallel, small, call_timeout, failure_budget = 8, False, 30.0, 35.0

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """Any answer that the schema allows."""
        del seed, timeout
        return Answer(fill(question.schema, question.messages[-1].content))

    def close(self) -> None:
        """Nothing to free."""


def measure_overhead(tasks: Sequence[Labels]) -> Overhead:
    """Each prompt a few times, the fastest of which counts: the rest is the machine's other work."""
    rules: list[float] = []
    instant: list[float] = []
    for task in tasks:
        request = WriteRequest(prompt=task.prompt)
        for model, into in ((None, rules), (InstantModel(), instant)):
            times = []
            for _ in range(REPEATS):
                started = time.perf_counter()
                write_script(request, LlmSession(model))
                times.append(1000 * (time.perf_counter() - started))
            into.append(min(times))
    rank = max(0, round(0.95 * len(rules)) - 1)
    return Overhead(
        len(tasks),
        round(statistics.median(rules), 1),
        round(sorted(rules)[rank], 1),
        round(statistics.median(instant), 1),
        round(sorted(instant)[rank], 1),
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Silent."""

    def _reply(self, data: Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self._reply({"object": "list", "data": [{"id": "latency-7b"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.server.latency)  # type: ignore[attr-defined]
        content = json.dumps(fill(body["response_format"]["json_schema"]["schema"], body["messages"][-1]["content"]))
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        reply = {"id": "c", "object": "chat.completion", "created": 1, "model": "latency-7b", "choices": [choice]}
        self._reply(reply | {"usage": usage})


@contextlib.contextmanager
def latency_server(latency: float) -> Iterator[str]:
    """A loopback server whose every answer takes the same time."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.latency = latency  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


class Clocked:
    """A back end that notes when each question began and ended, with so many at once."""

    def __init__(self, inner: Backend, parallel: int) -> None:
        self._inner, self.parallel = inner, parallel
        self.spans: list[tuple[str, float, float]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """The inner back end's answer."""
        started = time.monotonic()
        answer = self._inner.complete(question, seed=seed, timeout=timeout)
        self.spans.append((question.key, started, time.monotonic()))
        return answer


def measure_concurrency(latency: float) -> Concurrency:
    """The same four-shot story, one question at a time and side by side; the median of three runs each."""
    shots: dict[int, list[float]] = {1: [], 8: []}
    runs: dict[int, list[float]] = {1: [], 8: []}
    calls = 0
    with latency_server(latency) as uri:
        for parallel in (1, 8) * 3:
            backend = connect(uri)
            assert backend is not None
            clocked = Clocked(backend, parallel)
            with LlmSession(clocked) as session:
                session.ask(
                    Question("warm-up", "warm-up", (Message("user", "Hello"),), {"type": "object", "properties": {}})
                )
                clocked.spans.clear()
                started = time.monotonic()
                write_script(WriteRequest(prompt=FOUR_SHOTS), session)
                runs[parallel].append(time.monotonic() - started)
            refined = [span for span in clocked.spans if span[0].startswith("refine.")]
            if len({key for key, _, _ in refined}) != 4:
                raise UsageError(
                    f"The story must be refined in four shots, got {sorted(key for key, _, _ in refined)}."
                )
            shots[parallel].append(max(end for _, _, end in refined) - min(start for _, start, _ in refined))
            calls = len(clocked.spans)
    middle = {name: round(statistics.median(values), 2) for name, values in _named(shots, runs)}
    return Concurrency(latency, calls, middle["shots1"], middle["shots8"], middle["runs1"], middle["runs8"])


def _named(shots: dict[int, list[float]], runs: dict[int, list[float]]) -> Iterator[tuple[str, list[float]]]:
    for name, values in (("shots", shots), ("runs", runs)):
        yield from ((f"{name}{parallel}", seconds) for parallel, seconds in values.items())


def measure_cost(tasks: Sequence[Labels], uri: str) -> Cost:
    """Every prompt once, one after the other."""
    from mavin.ledger import LlmUsage

    usages: list[LlmUsage] = []
    agents: dict[str, int] = {}
    started = time.monotonic()
    for number, task in enumerate(tasks):
        with LlmSession(connect(uri)) as session:
            report = write_script(WriteRequest(prompt=task.prompt), session)
        if number == 0:
            started = time.monotonic()
            continue
        usages.append(report.llm)
        for agent, usage in report.agents.items():
            agents[agent] = agents.get(agent, 0) + usage.calls
        print(f"  {task.id}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    count = len(usages)
    prompt = sum(usage.prompt_tokens for usage in usages)
    return Cost(
        model=usages[0].model.rsplit("/", 1)[-1],
        scripts=count,
        calls=round(sum(usage.calls for usage in usages) / count, 1),
        prompt_tokens=round(prompt / count, 1),
        completion_tokens=round(sum(usage.completion_tokens for usage in usages) / count, 1),
        cached_share=round(sum(usage.cached_tokens for usage in usages) / max(prompt, 1), 3),
        seconds=round((time.monotonic() - started) / count, 1),
        agents={agent: round(calls / count, 1) for agent, calls in sorted(agents.items())},
    )


def lines(record: Record) -> list[str]:
    """The results in Markdown, each with its target and whether it is met."""

    def verdict(met: bool) -> str:
        return "met" if met else "**missed**"

    over, both, cost = record.overhead, record.concurrency, record.cost
    found = [
        f"## {record.date}: mavin {record.version}, {record.machine}",
        "",
        "| what | result | target | |",
        "| --- | --- | --- | --- |",
        f"| a script without a model, median (95%) of {over.scripts} | {over.rules_median} ms ({over.rules_p95}) "
        f"| < 50 ms | {verdict(over.rules_median < OVERHEAD_TARGET_MS)} |",
        f"| a script with a model that answers at once, median (95%) | {over.instant_median} ms ({over.instant_p95}) "
        f"| < 50 ms | {verdict(over.instant_median < OVERHEAD_TARGET_MS)} |",
        f"| four shots refined, {both.latency} s an answer: one at a time, side by side | {both.sequential_shots} s, "
        f"{both.concurrent_shots} s: {both.faster_shots:.1f} times faster | 2.5 times "
        f"| {verdict(both.faster_shots >= FASTER_TARGET)} |",
        f"| the whole run of that story, {both.calls} calls | {both.sequential_run} s, {both.concurrent_run} s: "
        f"{both.faster_run:.1f} times faster | 2.5 times | {verdict(both.faster_run >= FASTER_TARGET)} |",
    ]
    if cost is not None:
        share = ", ".join(f"{agent} {calls}" for agent, calls in cost.agents.items())
        found += [
            f"| calls of a script on {cost.model}, mean of {cost.scripts} | {cost.calls} ({share}) | | |",
            f"| tokens of a script, read and written | {cost.prompt_tokens:,.0f}, {cost.completion_tokens:,.0f} | | |",
            f"| prompt tokens from the prefix cache | {cost.cached_share:.0%} | 60% "
            f"| {verdict(cost.cached_share >= CACHED_TARGET)} |",
        ]
    return found


def record_result(made: Record, folder: Path) -> None:
    """Adds a run to the dated results, in place of the same day's."""
    data = folder / "scripting.json"
    old = json.loads(data.read_text(encoding="utf-8")) if data.is_file() else []
    row = json.loads(json.dumps(asdict(made)))
    # A run without a server leaves that day's cost on one standing.
    row["cost"] = row["cost"] or next((each["cost"] for each in old if each["date"] == made.date), None)
    kept = [each for each in old if each["date"] != made.date] + [row]
    data.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    parts = ["# What the scripting graph costs: dated results", ""]
    parts += ["Made by `python benchmarks/scripting.py --vllm --record`; its head says what is measured."]
    for row in reversed(kept):
        cost = Cost(**row["cost"]) if row["cost"] else None
        over, both = Overhead(**row["overhead"]), Concurrency(**row["concurrency"])
        parts += ["", *lines(Record(**row | {"overhead": over, "concurrency": both, "cost": cost}))]
    (folder / "scripting.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark and returns its exit code."""
    parser = argparse.ArgumentParser(description="What the scripting graph costs.", allow_abbrev=False)
    parser.add_argument("prompts", type=Path, nargs="?", default=HERE / "prompts" / "prompts.jsonl", help="JSONL")
    parser.add_argument("--limit", type=int, default=12, metavar="N", help="prompts of each measurement (12)")
    parser.add_argument("--latency", type=float, default=LATENCY_SECONDS, metavar="S", help="seconds an answer takes")
    parser.add_argument("--llm", help="address of a server whose calls and tokens are counted")
    parser.add_argument("--vllm", action="store_true", help="start that server here, with the store's small model")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")
    options = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    try:
        tasks = [each for each in read_labels(options.prompts) if each.group in ("clean", "plain")]
        tasks = tasks[:: max(1, len(tasks) // max(2, options.limit))][: max(2, options.limit)]
        if len(tasks) < 2:
            raise UsageError(f"{options.prompts} must hold at least two prompts without conflicts, got {len(tasks)}.")
        write_script(WriteRequest(prompt=FOUR_SHOTS), LlmSession(InstantModel()))  # imports are not overhead
        overhead = measure_overhead(tasks)
        concurrency = measure_concurrency(options.latency)
        cost = None
        with contextlib.ExitStack() as stack:
            uri = options.llm
            if options.vllm:
                from benchmarks.serving import SLOW_MODEL_SECONDS, converted, served, vllm_python

                os.environ.setdefault("MAVIN_LLM_TIMEOUT", SLOW_MODEL_SECONDS)
                python = vllm_python()
                uri = stack.enter_context(served(converted(python), python))
            if uri:
                cost = measure_cost(tasks, uri)
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    made = Record(
        date=datetime.now(UTC).date().isoformat(),
        version=version("mavin"),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.0f}",
        overhead=overhead,
        concurrency=concurrency,
        cost=cost,
    )
    print("\n".join(lines(made)))
    if options.record:
        record_result(made, HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
