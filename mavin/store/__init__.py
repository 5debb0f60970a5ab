"""The model store: every model that the product uses, pulled once, checked by hash, kept by content.

    mavin model list                     what there is, what is installed
    mavin model pull qwen2.5-coder-1.5b  fetch and verify (resumes where it stopped)
    mavin model remove NAME              free the space

Layout below :func:`store_root` (``$MAVIN_MODELS``, else the user's cache folder)::

    blobs/<sha256>            each file once, named by its content
    models/<name>/<filename>  hard links to the blobs, with the names that libraries expect
    models/<name>/model.json  which file is which blob, and where it came from
    partial/…                 unfinished downloads; a later pull goes on from here
    locks/…                   one pull of a model at a time, across processes
"""

from __future__ import annotations

from mavin.store.catalogue import (
    CATALOGUE,
    DEFAULT_LLM,
    SMALL_LLM,
    ModelEntry,
    ModelFile,
    Package,
    entry_of,
)
from mavin.store.measuring import MEASURING
from mavin.store.store import (
    InstalledModel,
    StoreError,
    installed,
    model_of,
    path_of,
    pull,
    remove,
    resolve_gguf,
    store_root,
    verify,
)
from mavin.store.transfer import Progress, UnreachableError, probe_hub, require_space, sha256_of
from mavin.store.weights import WEIGHT_SETS, WEIGHTS, WeightSet, weight_set

__all__ = [
    "CATALOGUE",
    "DEFAULT_LLM",
    "MEASURING",
    "SMALL_LLM",
    "WEIGHTS",
    "WEIGHT_SETS",
    "InstalledModel",
    "ModelEntry",
    "ModelFile",
    "Package",
    "Progress",
    "StoreError",
    "UnreachableError",
    "WeightSet",
    "entry_of",
    "installed",
    "model_of",
    "path_of",
    "probe_hub",
    "pull",
    "remove",
    "require_space",
    "resolve_gguf",
    "sha256_of",
    "store_root",
    "verify",
    "weight_set",
]
