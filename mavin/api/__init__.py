"""What ``import mavin`` offers: write, edit, check and render a film; every front door stands on it.

write ──▶ Film ──edit──▶ Film ──check──▶ diagnostics
                           └──preview / render──▶ mp4        make = write + render
write_batch ──▶ a folder of films and results.jsonl

Everything is loaded on first use: an edit needs no reader of prompts, a check no renderer.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mavin.api.batch import BatchReport, BatchResult, write_batch
    from mavin.api.benching import BenchReport, bench
    from mavin.api.editing import Proposal, compare, edit, propose_text, text_of
    from mavin.api.evaluating import Evaluation, evaluate, evaluation_report
    from mavin.api.exports import Exported, export
    from mavin.api.generating import GenerationOptions, estimate, estimate_report
    from mavin.api.imports import Imported, ProposedImport, import_film, propose_import
    from mavin.api.instructing import Editor, propose
    from mavin.api.making import make
    from mavin.api.regenerating import regenerate
    from mavin.api.rendering import labels_path, preview, render
    from mavin.api.reporting import Report, report
    from mavin.api.reports import film_report
    from mavin.api.routing import route, route_report
    from mavin.api.scripts import check, new
    from mavin.api.sources import Source, load, open  # noqa: A004  (mavin.open reads well)
    from mavin.api.targets import check_film_target, check_output
    from mavin.api.training import train, training_report
    from mavin.api.weights import (
        convert_weights,
        info_report,
        list_report,
        list_weights,
        plan_pull,
        plan_report,
        pull_weights,
        remove_weights,
        weights_info,
    )
    from mavin.api.writing import RefusedError, write

__all__ = [
    "BatchReport",
    "BatchResult",
    "BenchReport",
    "Editor",
    "Evaluation",
    "Exported",
    "GenerationOptions",
    "Imported",
    "Proposal",
    "ProposedImport",
    "RefusedError",
    "Report",
    "Source",
    "bench",
    "check",
    "check_film_target",
    "check_output",
    "compare",
    "convert_weights",
    "edit",
    "estimate",
    "estimate_report",
    "evaluate",
    "evaluation_report",
    "export",
    "film_report",
    "import_film",
    "info_report",
    "labels_path",
    "list_report",
    "list_weights",
    "load",
    "make",
    "new",
    "open",
    "plan_pull",
    "plan_report",
    "preview",
    "propose",
    "propose_import",
    "propose_text",
    "pull_weights",
    "regenerate",
    "remove_weights",
    "render",
    "report",
    "route",
    "route_report",
    "text_of",
    "train",
    "training_report",
    "weights_info",
    "write",
    "write_batch",
]

_HOMES = {
    "mavin.api.batch": ("BatchReport", "BatchResult", "write_batch"),
    "mavin.api.benching": ("BenchReport", "bench"),
    "mavin.api.editing": ("Proposal", "compare", "edit", "propose_text", "text_of"),
    "mavin.api.evaluating": ("Evaluation", "evaluate", "evaluation_report"),
    "mavin.api.exports": ("Exported", "export"),
    "mavin.api.generating": ("GenerationOptions", "estimate", "estimate_report"),
    "mavin.api.imports": ("Imported", "ProposedImport", "import_film", "propose_import"),
    "mavin.api.instructing": ("Editor", "propose"),
    "mavin.api.making": ("make",),
    "mavin.api.regenerating": ("regenerate",),
    "mavin.api.rendering": ("labels_path", "preview", "render"),
    "mavin.api.reporting": ("Report", "report"),
    "mavin.api.reports": ("film_report",),
    "mavin.api.routing": ("route", "route_report"),
    "mavin.api.scripts": ("check", "new"),
    "mavin.api.sources": ("Source", "load", "open"),
    "mavin.api.targets": ("check_film_target", "check_output"),
    "mavin.api.training": ("train", "training_report"),
    "mavin.api.weights": (
        "convert_weights",
        "info_report",
        "list_report",
        "list_weights",
        "plan_pull",
        "plan_report",
        "pull_weights",
        "remove_weights",
        "weights_info",
    ),
    "mavin.api.writing": ("RefusedError", "write"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'mavin.api' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
