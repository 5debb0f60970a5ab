"""A judge's ratings as columns: the shares of §5.5, and how far the judge agrees with itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from evaluators.film import OpenedFilm
from evaluators.judge import CHECKLIST, Judge, Rating, judge_script
from evaluators.measured.base import weighted
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError

__all__ = ["ScriptJudge"]

_RATINGS = {
    "judge_failed": (Rating.FAILED, "lower"),
    "judge_borderline": (Rating.BORDERLINE, "lower"),
    "judge_acceptable": (Rating.ACCEPTABLE, ""),
    "judge_perfect": (Rating.PERFECT, "higher"),
}


class ScriptJudge(Metric):
    """What a model says of a script, question by question.

    Args:
        judge: the model; who measures brings it.
    """

    name = "judge"
    needs_video = False
    columns = (
        *(Column(name, f"{rating.value} (judge)", better) for name, (rating, better) in _RATINGS.items()),  # type: ignore[arg-type]
        Column("judge_agreement", "Judge agrees with itself"),
    )

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    @property
    def provenance(self) -> Provenance:
        """The judge, and how it was asked."""
        sampling = f"{len(CHECKLIST)} questions, each asked straight and turned round"
        return Provenance(self._judge.name, sampling=sampling)

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Asks; the answers are in the rows' data."""
        if film.sample.prompt is None:
            raise UnscoredError("the script's prompt is not known")
        verdict = judge_script(self._judge, film.plan.captions, film.sample.prompt)
        answers = {key: list(passes) for key, passes in verdict.answers.items()}
        both = sum(None not in passes for passes in verdict.answers.values())
        data: dict[str, Any] = {"answers": answers, "faults": list(verdict.faults), "rating": verdict.rating}
        rows = []
        for name, (rating, _) in _RATINGS.items():
            value = math.nan if verdict.rating is None else float(verdict.rating is rating)
            reason = "" if verdict.rating else "the judge contradicts itself on too many questions"
            rows.append(self.scored(film, name, value, reason=reason, **data))
        agreement = verdict.agreement
        reason = "the judge gave no answer" if math.isnan(agreement) else ""
        return [*rows, self.scored(film, "judge_agreement", agreement, both, reason=reason, answers=answers)]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:
        """Shares of scripts; the agreement is over all questions."""
        return weighted(scored) if column.name == "judge_agreement" else super().pool(column, scored)
