"""Where a pipeline's folder is: on this machine, in the model store, or on a model hub."""

from __future__ import annotations

import os
import re
from pathlib import Path

from generator.layout import INDEX, locate
from mavin.errors import BackendError, UsageError

__all__ = ["fetch_pipeline"]

_PATTERNS = ["*.json", "*.safetensors", "*.md", "*.model"]


def fetch_pipeline(source: Path | str, revision: str | None = None, *, download: bool = True) -> Path:
    """The folder of a pipeline: as it is, by its name in the store, or fetched as ``OWNER/NAME`` from the hub.

    Only safetensors, JSON, tokenizers and the card are fetched; what is here already is not fetched again.

    Args:
        source: a folder or a name.
        revision: branch, tag or commit on the hub.
        download: ``False`` takes from the hub only what was fetched before.

    Raises:
        UsageError: if there is no such pipeline.
        BackendError: if the hub cannot be reached.
    """
    name = str(source)
    if Path(name).expanduser().exists() or not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        return locate(source)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, RepositoryNotFoundError

    endpoint = os.environ.get("HF_ENDPOINT") or None
    try:
        folder = Path(
            snapshot_download(
                name, revision=revision, allow_patterns=_PATTERNS, endpoint=endpoint, local_files_only=not download
            )
        )
    except RepositoryNotFoundError:
        raise UsageError(
            f"The model hub has no {name}. Weights are a folder, an installed name, or OWNER/NAME on the hub."
        ) from None
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        if not download:
            raise UsageError(
                f"{name} is not here, and a dry run fetches nothing from the hub. Pull it first."
            ) from None
        reason = str(error).partition("\n")[0]
        raise BackendError(
            f"{name} is no folder here, and the model hub cannot be reached ({type(error).__name__}: {reason[:160]}). "
            "Check the path, or the network."
        ) from None
    if not (folder / INDEX).is_file():
        raise UsageError(
            f"A pipeline on the hub must have a {INDEX}, and {name} has none. "
            "Published weights of other projects are made into one with `mavin weights convert`."
        )
    return folder
