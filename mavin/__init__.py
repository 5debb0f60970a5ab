"""MAVIN: from one sentence to a timed, multi-shot scene with sound.

    film = mavin.write("A fox finds a lantern in the snow.", "fox.mavin")
    film = mavin.edit(film, mavin.SetCamera(shot="S1", size="wide"))
    mavin.preview(film, "fox.mp4", sheet="fox.png")

Everything listed in ``__all__`` is loaded on first use, so that ``import mavin`` costs nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mavin.api import (
        RefusedError,
        bench,
        check,
        edit,
        estimate,
        evaluate,
        export,
        import_film,
        load,
        make,
        new,
        open,  # noqa: A004
        preview,
        render,
        report,
        route,
        train,
        write,
        write_batch,
    )
    from mavin.caption import HierarchicalCaption, InvalidCaptionError, load_caption
    from mavin.diagnostics import Diagnostic
    from mavin.edits import (
        AddLine,
        AddRole,
        AddSound,
        BindReference,
        DeleteLine,
        DeleteShot,
        DeleteSound,
        DuplicateShot,
        EditError,
        InsertShot,
        Lock,
        LockedError,
        MergeLines,
        MergeRoles,
        MergeShots,
        MoveCut,
        MoveLine,
        RecordLine,
        RemoveRole,
        RenameRole,
        ReorderShots,
        RetimeLine,
        RetimeSound,
        RevoiceLine,
        RewordLine,
        SetCamera,
        SetClip,
        SetDuration,
        SetOverride,
        SetPresence,
        SetText,
        SplitLine,
        SplitShot,
        StretchShot,
        UnbindReference,
        Unlock,
        apply,
    )
    from mavin.errors import (
        BackendError,
        FilmConflictError,
        FilmError,
        InvalidInputError,
        MavinError,
        UsageError,
    )
    from mavin.film import Film

    __version__: str

__all__ = [
    "AddLine",
    "AddRole",
    "AddSound",
    "BackendError",
    "BindReference",
    "DeleteLine",
    "DeleteShot",
    "DeleteSound",
    "Diagnostic",
    "DuplicateShot",
    "EditError",
    "Film",
    "FilmConflictError",
    "FilmError",
    "HierarchicalCaption",
    "InsertShot",
    "InvalidCaptionError",
    "InvalidInputError",
    "Lock",
    "LockedError",
    "MavinError",
    "MergeLines",
    "MergeRoles",
    "MergeShots",
    "MoveCut",
    "MoveLine",
    "RecordLine",
    "RefusedError",
    "RemoveRole",
    "RenameRole",
    "ReorderShots",
    "RetimeLine",
    "RetimeSound",
    "RevoiceLine",
    "RewordLine",
    "SetCamera",
    "SetClip",
    "SetDuration",
    "SetOverride",
    "SetPresence",
    "SetText",
    "SplitLine",
    "SplitShot",
    "StretchShot",
    "UnbindReference",
    "Unlock",
    "UsageError",
    "__version__",
    "apply",
    "bench",
    "check",
    "edit",
    "estimate",
    "evaluate",
    "export",
    "import_film",
    "load",
    "load_caption",
    "make",
    "new",
    "open",
    "preview",
    "render",
    "report",
    "route",
    "train",
    "write",
    "write_batch",
]

_HOMES = {
    "mavin.api": (
        *(
            "RefusedError",
            "bench",
            "check",
            "edit",
            "estimate",
            "evaluate",
            "export",
            "import_film",
            "load",
            "make",
            "new",
            "open",
            "preview",
            "render",
            "report",
        ),
        *("route", "train", "write", "write_batch"),
    ),
    "mavin.caption": ("HierarchicalCaption", "InvalidCaptionError", "load_caption"),
    "mavin.diagnostics": ("Diagnostic",),
    "mavin.edits": (
        "AddLine",
        "AddRole",
        "AddSound",
        "BindReference",
        "DeleteLine",
        "DeleteShot",
        "DeleteSound",
        "DuplicateShot",
        "EditError",
        "InsertShot",
        "Lock",
        "LockedError",
        "MergeLines",
        "MergeRoles",
        "MergeShots",
        "MoveCut",
        "MoveLine",
        "RecordLine",
        "RemoveRole",
        "RenameRole",
        "ReorderShots",
        "RetimeLine",
        "RetimeSound",
        "RevoiceLine",
        "RewordLine",
        "SetCamera",
        "SetClip",
        "SetDuration",
        "SetOverride",
        "SetPresence",
        "SetText",
        "SplitLine",
        "SplitShot",
        "StretchShot",
        "UnbindReference",
        "Unlock",
        "apply",
    ),
    "mavin.errors": (
        "BackendError",
        "FilmConflictError",
        "FilmError",
        "InvalidInputError",
        "MavinError",
        "UsageError",
    ),
    "mavin.film": ("Film",),
}

# PyTorch's threads wait for each other thousands of times a second.  By default they do so busily, and where another
# program has one of the cores, the rest of them wait for it at full load: a small network was 30 times as slow on two
# shared cores.  Whoever has set it otherwise keeps it; PyTorch reads it when it is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("mavin")
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'mavin' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
