"""From a URI to a back end: the one place that knows them all."""

from __future__ import annotations

import os
from pathlib import Path

from mavin.errors import UsageError
from scripting.llm.base import Backend

__all__ = ["DEFAULT_URI", "FORMS", "connect", "default_uri"]

DEFAULT_URI = "embedded"

FORMS = (
    "embedded (a small model in this process), embedded:small, embedded:FILE.gguf, "
    "http://HOST:PORT/v1 (vLLM or any OpenAI-compatible server), replay:FILE, replay:FILE?from=URI, rules (no model)"
)
"""The URIs there are, for help and errors."""


def default_uri() -> str:
    """``$MAVIN_LLM``, else ``embedded``."""
    return os.environ.get("MAVIN_LLM", "").strip() or DEFAULT_URI


def connect(uri: str | None = None, model: str | None = None) -> Backend | None:
    """The language model behind a URI, checked as far as costs little; ``None`` for ``rules``.

    ``embedded`` is checked for its package and file, and loaded at the first question; a server is
    asked for its models.

    Args:
        uri: one of :data:`FORMS`; ``None`` takes ``$MAVIN_LLM``, else ``embedded``.
        model: name on the server (``None``: the server's first), or of the store for ``embedded``.

    Raises:
        UsageError: if the URI, a file or a model name is wrong.
        BackendError: if the model is not installed or the server cannot be used.
    """
    uri = default_uri() if uri is None else uri.strip()
    scheme, _, rest = uri.partition(":")
    scheme = scheme.lower()
    if scheme == "rules" and not rest:
        return None
    if scheme == "embedded":
        return _connect_embedded(uri, rest, model)
    if scheme in ("http", "https"):
        from scripting.llm.remote import RemoteBackend

        return RemoteBackend(uri, model)
    if scheme == "replay" and rest:
        return _connect_replay(uri, rest, model)
    got = "an address with a user or password in it" if "@" in uri else repr(uri[:80])
    raise UsageError(f"A language model must be given as one of: {FORMS}; got {got}.")


def _connect_embedded(uri: str, rest: str, model: str | None) -> Backend:
    from mavin.store import resolve_gguf
    from scripting.llm.embedded import EmbeddedBackend

    if rest and model:
        raise UsageError(f"{uri!r} already names a model; leave out --model {model!r}, or write --llm embedded.")
    if rest and rest != "small" and not rest.endswith(".gguf"):
        raise UsageError(
            f"embedded must be followed by nothing, `:small` or `:FILE.gguf`, got {uri!r}. "
            f"A model of the store is named with --model, for example --llm embedded --model qwen3-4b."
        )
    return EmbeddedBackend(uri, resolve_gguf(rest or model))


def _connect_replay(uri: str, rest: str, model: str | None) -> Backend:
    from scripting.llm.replay import ReplayBackend

    file, arrow, source_uri = rest.partition("?from=")
    path = Path(file).expanduser()
    if not arrow:
        return ReplayBackend(uri, path)
    source = connect(source_uri, model)
    if source is None or source_uri.startswith("replay:"):
        raise UsageError(f"A recording must come from a model (embedded or http…), got {source_uri!r}.")
    return ReplayBackend(uri, path, source)
