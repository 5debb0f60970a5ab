"""Script quality as columns of a table: a script against its own rules and against its prompt, without a film."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain

from evaluators.film import OpenedFilm
from evaluators.measured.base import weighted
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance, versions_of
from evaluators.result import Measurement
from evaluators.script_checks import (
    MOST_CUSTOMISED,
    WINDOW,
    Share,
    added_roles,
    bound_references,
    event_order,
    kept_events,
    kept_names,
    kept_numbers,
    kept_quotations,
    lexical_variety,
    lines_in_bounds,
    partition,
    seen_speakers,
    speakable_lines,
)
from evaluators.script_quality import KEPT_SHARE
from mavin.caption import HierarchicalCaption

__all__ = ["ScriptQuality"]

_SHARES = {
    "script_partition": "Shots partition the time",
    "script_bounds": "Lines inside the clip",
    "script_speakable": "Lines that can be said in time",
    "script_on_screen": "Speakers in the picture",
    "script_references": "References used",
    "script_quotes": "Quotations kept",
    "script_numbers": "Numbers kept",
    "script_names": "Names kept",
    "script_events": "Events kept",
    "script_order": "Events in order",
}
_NOTHING = {
    "script_bounds": "nobody speaks",
    "script_speakable": "nobody speaks",
    "script_on_screen": "nobody speaks in the picture",
    "script_references": "nobody has a reference",
    "script_quotes": "the prompt quotes nothing",
    "script_numbers": "the prompt has no number",
    "script_names": "the prompt names nobody",
    "script_events": "the prompt has no event that could be looked for",
    "script_order": "fewer than two events are kept",
}
_NO_PROMPT = "the script's prompt is not known"


class ScriptQuality(Metric):
    """Form and fidelity of a script, counted; no model."""

    name = "script"
    needs_video = False
    columns = (
        *(Column(name, title) for name, title in _SHARES.items()),
        Column("script_added", "People added", "lower"),
        Column("script_variety", "Lexical variety"),
        Column("script_repairs", "Repair turns", "lower", optional=True),
        Column("script_tokens", "Tokens", "lower", optional=True),
    )

    @property
    def provenance(self) -> Provenance:
        """The rules that read the prompt are code of this version."""
        return Provenance(versions=versions_of("mavin", "snowballstemmer"))

    def provenance_of(self, column: str) -> Provenance:
        """The same with the thresholds of the column."""
        settings: dict[str, dict[str, float]] = {
            "script_events": {"kept_share": KEPT_SHARE},
            "script_order": {"kept_share": KEPT_SHARE},
            "script_variety": {"window_words": WINDOW},
            "script_references": {"most_customised": MOST_CUSTOMISED},
        }
        return self.provenance.with_settings(**settings.get(column, {}))

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """All of them of one script."""
        captions = film.plan.captions
        shares: dict[str, Share | None] = {**_form(captions), **_fidelity(captions, film.sample.prompt)}
        rows = []
        for name in _SHARES:
            share = shares[name]
            if share is None:
                rows.append(self.scored(film, name, math.nan, reason=_NO_PROMPT))
            else:
                reason = "" if share.n else _NOTHING[name]
                rows.append(self.scored(film, name, share.value, share.n, reason=reason, failed=list(share.failed)))
        rows.append(self._added(film))
        variety = lexical_variety(captions)
        rows.append(self.scored(film, "script_variety", variety, reason="no words" if math.isnan(variety) else ""))
        for name, count in (("script_repairs", "repairs"), ("script_tokens", "tokens")):
            value = float(film.sample.writing.get(count, math.nan))
            reason = "the run that wrote it is not known" if math.isnan(value) else ""
            rows.append(self.scored(film, name, value, reason=reason))
        return rows

    def _added(self, film: OpenedFilm) -> Measurement:
        if film.sample.prompt is None:
            return self.scored(film, "script_added", math.nan, reason=_NO_PROMPT)
        names = added_roles(film.plan.captions, film.sample.prompt)
        return self.scored(film, "script_added", len(names), names=list(names))

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:
        """Shares over everything that was looked at in all scripts; the others are means over scripts."""
        return weighted(scored) if column.name in _SHARES else super().pool(column, scored)


def _form(captions: Sequence[HierarchicalCaption]) -> Mapping[str, Share]:
    parts = [partition([shot.interval for shot in one.shots], one.duration_ms) for one in captions]
    bounds = [lines_in_bounds([line.interval for line in one.dialogue], one.duration_ms) for one in captions]
    return {
        "script_partition": _together(parts),
        "script_bounds": _together(bounds),
        "script_speakable": speakable_lines(captions),
        "script_on_screen": seen_speakers(captions),
        "script_references": bound_references(captions),
    }


def _fidelity(captions: Sequence[HierarchicalCaption], prompt: str | None) -> Mapping[str, Share | None]:
    names = ("script_quotes", "script_numbers", "script_names", "script_events", "script_order")
    if prompt is None:
        return dict.fromkeys(names)
    from mavin.facts import read_facts

    facts = read_facts(prompt)
    checks = (kept_quotations, kept_numbers, kept_names, kept_events, event_order)
    return {name: check(captions, facts) for name, check in zip(names, checks, strict=True)}


def _together(shares: Sequence[Share]) -> Share:
    failed = tuple(chain.from_iterable(share.failed for share in shares))
    return Share(sum(share.held for share in shares), sum(share.n for share in shares), failed)
