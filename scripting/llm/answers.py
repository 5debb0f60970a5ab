"""From a model's reply to typed data: strict JSON, checked against the schema that was asked for."""

from __future__ import annotations

import json
import math
from typing import Any

from scripting.llm.base import AnswerError

__all__ = ["parse_answer"]

_MAX_CHARACTERS = 1_000_000


def parse_answer(raw: str, schema: dict[str, Any], *, truncated: bool = False) -> Any:
    """The reply as data that satisfies ``schema``.

    Thoughts in ``<think>`` and a fence of backquotes around the JSON are taken off: servers that do not hold a
    model to the schema send them.  Whole numbers written as ``3.0`` become integers.  Text that cannot be stored
    as UTF-8 is refused.

    Raises:
        AnswerError: if the reply is truncated, not JSON, or breaks the schema; the message says where.
    """
    if truncated:
        raise AnswerError("The model's reply must be complete, but it was cut off at the token limit.")
    if not raw.strip():
        raise AnswerError("The model's reply must be JSON, got an empty reply.")
    if len(raw) > _MAX_CHARACTERS:
        raise AnswerError(f"The model's reply must have at most {_MAX_CHARACTERS:,} characters, got {len(raw):,}.")
    try:
        raw.encode()
        data = json.loads(_unwrapped(raw), parse_float=_number, parse_constant=_refuse)
        json.dumps(data, ensure_ascii=False).encode()  # escaped lone surrogates show up only here
    except (ValueError, RecursionError) as error:
        reason = str(error).split("\n")[0][:120]
        raise AnswerError(f"The model's reply must be JSON, got {raw.strip()[:60]!r}… ({reason}).") from None
    from jsonschema import Draft202012Validator

    try:
        broken = next(Draft202012Validator(schema).iter_errors(data), None)
    except RecursionError:
        raise AnswerError("The model's reply must follow the schema, but it is nested too deeply to check.") from None
    if broken is not None:
        where = broken.json_path.removeprefix("$").lstrip(".") or "the whole"
        raise AnswerError(f"The model's reply must follow the schema; at {where[:80]}: {broken.message[:160]}.")
    return data


def _unwrapped(raw: str) -> str:
    text = raw.strip()
    if text.startswith("<think>") and "</think>" in text:
        text = text.partition("</think>")[2].strip()
    if text.startswith("```") and text.endswith("```") and len(text) > 6:
        text = text[3:-3].strip().removeprefix("json")
    return text


def _number(text: str) -> int | float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:20]} is not a finite number")
    return int(value) if value.is_integer() else value


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
