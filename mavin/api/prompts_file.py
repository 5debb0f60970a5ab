"""Files of many prompts: JSON lines or plain text, one prompt a line; a broken line is an entry with its error.

{"prompt": "A fox finds a lantern.", "id": "fox", "duration": 8, "refs": {"fox": "fox.png"}}
A bear wakes up in the snow.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, ValidationError

from mavin.api.requests import WriteOptions
from mavin.api.sources import read_bytes
from mavin.errors import UsageError
from mavin.film import slug

__all__ = ["BatchPrompt", "parse_prompts", "prompts_of", "read_prompts"]

_ID = re.compile(r"[^\W_][\w.-]{0,79}")
MAX_LINE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class BatchPrompt:
    """One prompt of a batch.

    Attributes:
        id: names its film; its own, or made of the prompt, or of the line where there is no prompt.
        line: number of its line, from 1.
        prompt: the story; empty where ``problem`` says why there is none.
        options: its own options, over the batch's.
        problem: what is wrong with the line.
        ignored: keys that mean nothing to the writer.
    """

    id: str
    line: int
    prompt: str = ""
    options: WriteOptions = field(default_factory=WriteOptions)
    problem: str = ""
    ignored: tuple[str, ...] = ()


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")

    prompt: str
    id: str | StrictInt | None = None
    duration: StrictInt | float | str | None = None
    shots: StrictInt | str | None = None
    clips: StrictInt | str | None = None
    aspect: str | None = None
    language: str | None = None
    seed: StrictInt | None = None
    strict: StrictBool | None = None
    pace: StrictInt | float | str | None = None
    measure_speech: StrictBool | None = None
    refs: dict[str, str | list[str]] | None = None


_WANTED = {
    "prompt": "a text",
    "id": "a text or a whole number",
    "duration": "a number of seconds such as 8",
    "shots": "a whole number such as 3",
    "clips": 'a whole number such as 3, or "auto"',
    "aspect": 'a text such as "16:9"',
    "language": 'a language tag such as "en"',
    "seed": "a whole number",
    "strict": "true or false",
    "pace": "a number from 0.5 to 2",
    "measure_speech": "true or false",
    "refs": 'an object such as {"Mara": "mara.png"}',
}
"""What each field of a line must be, in words."""

_OPTIONS = ("duration", "shots", "clips", "aspect", "language", "seed", "strict", "pace", "measure_speech")


def read_prompts(path: Path) -> list[BatchPrompt]:
    """The prompts of a file; ``.txt`` is plain text, ``.jsonl`` JSON, anything else what it looks like.

    Raises:
        UsageError: if the file cannot be read or holds no line.
    """
    kind = {".txt": "text", ".jsonl": "json", ".ndjson": "json"}.get(path.suffix.lower())
    return parse_prompts(read_bytes(path, "prompts"), path.name, kind=kind, folder=path.parent)


def parse_prompts(data: bytes, name: str, *, kind: str | None = None, folder: Path | None = None) -> list[BatchPrompt]:
    """The prompts of a file's bytes.

    Args:
        data: the whole file.
        name: how messages call it.
        kind: ``text``, ``json``, or ``None`` to tell by the first line.
        folder: what the files of ``refs`` are relative to.

    Raises:
        UsageError: if there is no line at all.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    rows = [(number, row.strip(b"\r \t")) for number, row in enumerate(data.split(b"\n"), 1)]
    rows = [(number, row) for number, row in rows if row]
    if not rows:
        raise UsageError(f"{name} must hold a prompt on every line, got an empty file.")
    if kind is None:
        kind = "json" if rows[0][1].startswith(b"{") else "text"
    return _named([_parsed(number, row, kind, folder or Path()) for number, row in rows])


def prompts_of(items: Iterable[str | Mapping[str, Any]]) -> list[BatchPrompt]:
    """Prompts that are in memory: texts, or mappings like the lines of a JSON file.

    Raises:
        UsageError: if there are none.
    """
    found = []
    for number, item in enumerate(items, 1):
        data = {"prompt": item} if isinstance(item, str) else dict(item)
        found.append(_from_data(number, data, Path()))
    if not found:
        raise UsageError("A batch must have at least one prompt, got none.")
    return _named(found)


def _parsed(number: int, row: bytes, kind: str, folder: Path) -> BatchPrompt:
    try:
        if len(row) > MAX_LINE_BYTES:
            raise ValueError(f"it has {len(row):,} bytes; a line has at most {MAX_LINE_BYTES:,}")
        text = row.decode()
        data = json.loads(text) if kind == "json" else text
    except (ValueError, RecursionError) as error:
        wanted = "JSON" if kind == "json" else "UTF-8 text"
        return BatchPrompt("", number, problem=f"Line {number} must be {wanted}: {str(error)[:200]}.")
    if isinstance(data, str):
        data = {"prompt": data}
    if not isinstance(data, dict):
        got = type(data).__name__
        return BatchPrompt("", number, problem=f'Line {number} must be an object with a "prompt", got {got}.')
    return _from_data(number, data, folder)


def _from_data(number: int, data: dict[str, Any], folder: Path) -> BatchPrompt:
    try:
        line = _Line.model_validate(data)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        got = f", got {json.dumps(data[name], ensure_ascii=False)[:60]}" if name in data else ", got none"
        return BatchPrompt(
            _safe_id(data.get("id")),
            number,
            problem=f"Line {number} cannot be used: its {name!r} must be {_WANTED[name]}{got}.",
        )
    options: dict[str, Any] = {name: value for name in _OPTIONS if (value := getattr(line, name)) is not None}
    if line.refs:
        options["refs"] = {
            who: [str(folder / file) for file in ([files] if isinstance(files, str) else files)]
            for who, files in line.refs.items()
        }
    given = str(line.id).strip() if line.id is not None else ""
    problem = ""
    if line.id is not None and not _ID.fullmatch(given):
        problem = (
            f"Line {number} cannot be used: its id must be a file name of letters, digits, '.', '_' and '-', at most "
            f"80 of them, got {given[:60]!r}."
        )
        given = ""
    ignored = tuple(sorted(line.model_extra or {}))
    return BatchPrompt(given, number, line.prompt, WriteOptions(**options), problem, ignored)  # type: ignore[typeddict-item]


def _safe_id(value: Any) -> str:
    given = str(value).strip() if isinstance(value, str | int) else ""
    return given if _ID.fullmatch(given) else ""


def _named(prompts: list[BatchPrompt]) -> list[BatchPrompt]:
    """Every prompt with an id of its own: given ones first, made ones around them."""
    taken: dict[str, int] = {}
    named: dict[int, str] = {}
    problems: dict[int, str] = {}
    for prompt in prompts:
        if not prompt.id:
            continue
        other = taken.setdefault(prompt.id.casefold(), prompt.line)
        if other == prompt.line:
            named[prompt.line] = prompt.id
        else:
            problems[prompt.line] = f"Line {prompt.line} cannot be used: line {other} has the id {prompt.id!r} already."
    for prompt in prompts:
        if prompt.line in named:
            continue
        broken = prompt.problem or prompt.line in problems
        wanted = f"line-{prompt.line}" if broken else slug(prompt.prompt, f"line-{prompt.line}")
        name, count = wanted, 1
        while name.casefold() in taken:
            count += 1
            name = f"{wanted}-{count}"
        taken[name.casefold()] = prompt.line
        named[prompt.line] = name
    return [
        BatchPrompt(
            named[prompt.line],
            prompt.line,
            prompt.prompt,
            prompt.options,
            prompt.problem or problems.get(prompt.line, ""),
            prompt.ignored,
        )
        for prompt in prompts
    ]
