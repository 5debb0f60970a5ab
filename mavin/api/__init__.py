"""What ``import mavin`` offers: write, edit, check and render a film; every front door stands on it.

write ──▶ Film ──edit──▶ Film ──check──▶ diagnostics
                           └──preview / render──▶ mp4        make = write + render
write_batch ──▶ a folder of films and results.jsonl
"""

from mavin.api.batch import BatchReport, BatchResult, write_batch
from mavin.api.editing import Proposal, compare, edit, propose, propose_text, text_of
from mavin.api.making import make
from mavin.api.rendering import labels_path, preview, render
from mavin.api.reports import film_report
from mavin.api.routing import route, route_report
from mavin.api.scripts import check, new, open  # noqa: A004  (mavin.open reads well)
from mavin.api.sources import Source, load
from mavin.api.targets import check_film_target, check_output
from mavin.api.writing import RefusedError, write

__all__ = [
    "BatchReport",
    "BatchResult",
    "Proposal",
    "RefusedError",
    "Source",
    "check",
    "check_film_target",
    "check_output",
    "compare",
    "edit",
    "film_report",
    "labels_path",
    "load",
    "make",
    "new",
    "open",
    "preview",
    "propose",
    "propose_text",
    "render",
    "route",
    "route_report",
    "text_of",
    "write",
    "write_batch",
]
