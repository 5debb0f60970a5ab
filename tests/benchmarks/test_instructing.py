"""The benchmark of loose instructions: a liar touches nothing else, and a wrong outcome would be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.instructing import SETS, ask_all, cases, judge, lines
from benchmarks.liar import Liar
from mavin.edits import Change


def test_there_are_ten_of_each_and_each_tells_what_may_and_must_change() -> None:
    for name in SETS:
        assert len(cases(name)) == 10
        assert all(case["may"] and (case.get("must") or case.get("any")) for case in cases(name))


@pytest.mark.parametrize("name", SETS)
def test_a_lying_model_touches_nothing_that_was_not_asked_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripting.llm.connect", lambda uri, model: Liar())
    outcomes = ask_all(tmp_path, name, "liar")
    assert [outcome.touched for outcome in outcomes if outcome.touched] == []
    assert sum(outcome.done for outcome in outcomes) >= 3  # what code words itself


def test_a_wrong_outcome_is_told() -> None:
    case = cases("loose")[2]
    good = judge(case, {"roles.C2.appearance": Change(was="a", now="a grey man with a cap and a red scarf")})
    assert good.done
    lost = judge(case, {"roles.C2.appearance": Change(was="a", now="a man with a red scarf")})
    assert (lost.done, lost.touched, "roles.C2.appearance" in lost.missing) == (False, (), True)
    touched = judge(case, {"roles.C1.appearance": Change(was="a", now="b")})
    assert touched.touched == ("roles.C1.appearance",)
    assert lines([good, lost, touched])[0] == "1 of 3 done; 1 touched anything that was not asked for."
