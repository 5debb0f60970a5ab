"""A film as the one JSON object that every command prints with ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mavin.api.sources import Source
from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic
from mavin.ledger import LlmUsage, ScriptReport

__all__ = ["film_report", "report_object"]


def report_object(
    report: ScriptReport,
    *,
    film: Path | None = None,
    output: Path | None = None,
) -> dict[str, Any]:
    """The object of a report: film, caption, captions, ledger, conflicts, diagnostics, llm, agents, output."""
    data = report.model_dump(mode="json")
    captions = data["captions"] or ([data["caption"]] if data["caption"] is not None else [])
    return {
        "film": str(film) if film is not None else None,
        "caption": data["caption"],
        "captions": captions,
        "ledger": data["ledger"],
        "conflicts": data["conflicts"],
        "diagnostics": data["diagnostics"],
        "llm": data["llm"],
        "agents": data["agents"],
        "output": str(output) if output is not None else None,
    }


def film_report(
    source: Source,
    *,
    output: Path | None = None,
    diagnostics: Sequence[Diagnostic] = (),
) -> dict[str, Any]:
    """The object of a film or caption, with further diagnostics behind those of the writing run.

    Raises:
        FilmError: if the film's manifest is damaged.
    """
    film = source.film
    captions: tuple[HierarchicalCaption, ...] = source.captions
    report = ScriptReport(
        caption=captions[0],
        captions=captions,
        ledger=film.ledger if film else (),
        conflicts=film.record.conflicts if film else (),
        diagnostics=(*(film.record.diagnostics if film else ()), *diagnostics),
        llm=(film.manifest.llm if film else None) or LlmUsage(),
        agents=film.manifest.agents if film else {},
    )
    return report_object(report, film=film.path if film else None, output=output)
