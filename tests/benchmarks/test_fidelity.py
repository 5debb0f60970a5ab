"""The shipped prompts' labels are right, the checks can fail, the liar lies, and the benchmark goes on where it stopped."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from benchmarks import fidelity
from benchmarks.labels import Labels, Planted, checks, matches, read_labels
from benchmarks.liar import LIES, Liar
from benchmarks.resumable import chosen
from mavin.diagnostics import Span
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import Answer, LlmSession, Question
from scripting.llm.base import AnswerError

PROMPT = 'Shot 1 (0-3s): Ada opens a door. Shot 2 (3-7s): At 4s Ada says, "Come in," and Ines sits down.'


@pytest.fixture(scope="module")
def shipped(root: Path) -> list[Labels]:
    return read_labels(root / "benchmarks" / "prompts" / "prompts.jsonl")


@pytest.fixture(scope="module")
def every(root: Path, shipped: list[Labels]) -> list[Labels]:
    folder = root / "benchmarks" / "prompts"
    return shipped + read_labels(folder / "forms.jsonl") + read_labels(folder / "names.jsonl")


def test_there_are_enough_prompts_of_every_sort(shipped: list[Labels]) -> None:
    groups = Counter(task.group for task in shipped)
    assert len(shipped) >= 110
    assert all((task.cast is None) == task.refused for task in shipped)
    assert groups["clean"] + groups["tricky"] >= 60
    assert groups["tricky"] >= 15
    assert groups["code"] + groups["model"] >= 50
    assert groups["model"] >= 25
    assert {task.language for task in shipped} == {"en", "es", "de", "fr", "zh", "ja", "it", "pt"}
    planted = Counter(label.kind for task in shipped for label in task.conflicts)
    assert all(planted[kind] >= 6 for kind in ConflictKind), planted


def test_every_label_is_a_piece_of_its_prompt(every: list[Labels]) -> None:
    assert len({task.id for task in every}) == len({task.prompt for task in every}) == len(every)
    for task in every:
        held = task.prompt.casefold()
        position = -1
        for line in task.lines:
            assert line.text in task.prompt, (task.id, line)
            # A line that is said again ("three times") stands there once.
            assert task.prompt.find(line.text) >= position, (task.id, "lines stand in story order")
            position = task.prompt.find(line.text)
            assert line.speaker is None or line.speaker.casefold() in held, (task.id, line)
        words = [*task.names, *task.events, *(time.of for time in task.times if time.of)]
        words += [span for planted in task.conflicts for span in planted.spans]
        assert all(word.casefold() in held for word in words), (task.id, words)


def test_labels_agree_with_each_other(every: list[Labels]) -> None:
    for task in every:
        assert task.refused == any(planted.decidable == "code" for planted in task.conflicts), task.id
        assert not (task.tricky and task.conflicts), task.id
        assert task.cast is None or not task.refused, task.id
        end = task.duration_ms or 15_000
        given = [(line.start_ms or 0, line.end_ms) for line in task.lines]
        given += [(time.start_ms, time.end_ms) for time in task.times]
        for start, stop in given:
            assert task.refused or (start < end and (stop is None or start < stop <= end)), task.id
        known = {word.casefold() for word in task.cast or ()}
        if task.cast is not None:
            assert {name.casefold() for name in task.names} <= known, task.id
            assert {line.speaker.casefold() for line in task.lines if line.speaker} <= known, task.id


def label(**fields: Any) -> Labels:
    line = {"text": "Come in,", "speaker": "Ada", "start_ms": 4000}
    times = [{"what": "cut", "start_ms": 3000}, {"what": "shot", "number": 2, "start_ms": 3000, "end_ms": 7000}]
    right = {"lines": [line], "duration_ms": 7000, "shots": 2, "names": ["Ada", "Ines"], "cast": ["Ada", "Ines"]}
    events = {"events": ["opens", "sits"], "times": times}
    return Labels.model_validate({"id": "x", "prompt": PROMPT, **right, **events, **fields})


@pytest.mark.parametrize(
    ("wrong", "failing"),
    [
        ({}, set()),
        ({"lines": [{"text": "Come in!"}]}, {"line", "no other line"}),
        ({"lines": [{"text": "Come in,", "speaker": "Ines"}]}, {"speaker"}),
        ({"lines": [{"text": "Come in,", "start_ms": 4001}]}, {"line time"}),
        ({"lines": []}, {"no other line"}),
        ({"duration_ms": 7001}, {"duration"}),
        ({"shots": 3}, {"shots"}),
        ({"names": ["Adam"]}, {"name"}),
        ({"cast": ["Ines"]}, {"no other role"}),
        ({"events": ["sits", "opens"]}, {"events in order"}),
        ({"times": [{"what": "cut", "start_ms": 2999}]}, {"time"}),
        ({"times": [{"what": "sound", "of": "door", "start_ms": 6999}]}, {"time"}),
        ({"times": [{"what": "shot", "number": 1, "start_ms": 0, "end_ms": 3001}]}, {"time"}),
    ],
    ids=lambda value: next(iter(value), "right") if isinstance(value, dict) else "",
)
def test_each_check_sees_what_does_not_hold(wrong: dict[str, Any], failing: set[str]) -> None:
    caption = write_script(WriteRequest(prompt=PROMPT), LlmSession(None)).caption
    assert caption is not None
    failed = [check for check in checks(caption, label(**wrong)) if not check.ok]
    assert {check.what for check in failed} == failing
    assert all(check.note for check in failed)


def test_a_conflict_is_the_planted_one_by_kind_and_by_phrase() -> None:
    prompt = "Two shots. Shot 1: rain. Shot 2: sun. Shot 3: snow."
    planted = Planted(kind=ConflictKind.STRUCTURE, spans=("Two shots", "Shot 3"), decidable="code")

    def found(kind: ConflictKind, text: str) -> Conflict:
        start = prompt.index(text)
        span = Span(start=start, end=start + len(text), text=text)
        return Conflict(kind=kind, spans=(span,), explanation="x", outcome=ConflictOutcome.REFUSED, by="code")

    assert matches(planted, found(ConflictKind.STRUCTURE, "Two"), prompt)
    assert not matches(planted, found(ConflictKind.STRUCTURE, "rain"), prompt)
    assert not matches(planted, found(ConflictKind.ROLE, "Two"), prompt)
    assert matches(planted, found(ConflictKind.ROLE, "Two"), prompt, any_kind=True)


def test_the_shipped_prompts_without_a_model(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert fidelity.main(["--out", str(out)]) == 0
    rows = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
    due = [row for row in rows if row["group"] != "code"]
    assert [row["id"] for row in due if not row["valid"]] == []
    shown = capsys.readouterr().out
    assert "Refused by code without cause: 0." in shown
    # Every planted conflict that code can decide is found, and none is reported that was not planted.
    (planted, found, reported, right) = re.findall(
        r"\| by code \| all \| (\d+) \| (\d+) .*?(\d+) \| (\d+) \| 100% \|", shown
    )[0]
    assert planted == found
    assert reported == right
    held = Counter((what, ok) for row in due for what, ok, _ in row["checks"])
    whole = ("line", "no other line", "line order", "line time", "duration", "shots", "events in order")
    assert [what for what in whole if held[what, False] or not held[what, True]] == []


class Watched(Liar):
    """Keeps each question with the lie that it got."""

    def __init__(self) -> None:
        self.lies: list[tuple[Question, Answer]] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        answer = super().complete(question, seed=seed, timeout=timeout)
        self.lies.append((question, answer))
        return answer


def test_the_liar_keeps_to_the_schema_and_to_nothing_else() -> None:
    liar = Watched()
    report = write_script(WriteRequest(prompt=PROMPT), LlmSession(liar))
    assert report.caption is not None
    assert all(check.ok for check in checks(report.caption, label()))
    assert {question.agent for question, _ in liar.lies} >= {
        "structure_parser",
        "identity_aligner",
        "narrative_refiner",
    }
    for question, answer in liar.lies:
        Draft202012Validator(question.schema).validate(answer.data)
    told = json.dumps([answer.data for _, answer in liar.lies], ensure_ascii=False)
    assert sum(lie in told for lie in LIES) >= 3


def test_what_a_script_keeps_does_not_depend_on_the_model(tmp_path: Path) -> None:
    rows = {}
    for llm in ("rules", "liar"):
        out = tmp_path / f"{llm}.jsonl"
        assert fidelity.main(["--llm", llm, "--sample", "60", "--out", str(out)]) == 0
        found = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
        rows[llm] = [(row["id"], row["valid"], [check[:2] for check in row["checks"]]) for row in found]
    assert rows["liar"] == rows["rules"]
    assert len(rows["rules"]) >= 40


def test_a_sample_is_spread_over_the_prompts_and_the_same_for_its_seed(shipped: list[Labels]) -> None:
    drawn = [chosen(shipped, 12, None, seed) for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]
    for places in ([shipped.index(task) for task in tasks] for tasks in drawn):
        assert [place * 12 // len(shipped) for place in places] == list(range(12))
    assert chosen(shipped[:3], 12, None, 0) == shipped[:3]


def test_a_question_without_an_answer_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Mute(Liar):
        def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
            if question.agent == "narrative_refiner":
                raise AnswerError("empty")
            return super().complete(question, seed=seed, timeout=timeout)

    task = label()
    row = fidelity.run_task(task, Mute(), argparse.Namespace(llm="mute", seed=0, conflicts_only=False))
    assert row.valid
    assert all(ok for _, ok, _ in row.checks)
    assert "empty" in row.unanswered[0]
    assert fidelity._row(json.loads(json.dumps(asdict(row)))) == row


def test_it_goes_on_where_it_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert fidelity.main(["--out", str(out), "--limit", "2", "--groups", "clean"]) == 0
    rows = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
    # The first result is marked, the second cut off in the middle: the one is kept, the other made again.
    marked = json.dumps(rows[0] | {"seconds": 77.0})
    out.write_text(f"{marked}\n{json.dumps(rows[1])[:40]}", encoding="utf-8")
    assert fidelity.main(["--out", str(out), "--limit", "3", "--groups", "clean"]) == 0
    again = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
    assert [row["seconds"] == 77.0 for row in again] == [True, False, False]
    capsys.readouterr()
    assert fidelity.main(["--out", str(out), "--llm", "liar", "--limit", "1"]) == 2
    assert "must hold results of --llm liar --seed 0, got rules and 0" in capsys.readouterr().err


def test_prompts_without_labels_count_by_their_validity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text('{"id": "a", "prompt": "A dog digs.", "events": ["dig"]}\n', encoding="utf-8")
    assert fidelity.main([str(path)]) == 0
    assert "| a valid script where one is due | 1 | 1 | 100.0% |" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{}\n", "no JSON\n", '{"id": "a", "prompt": "A dog.", "lines": [], "x": 1}\n'])
def test_a_wrong_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(text, encoding="utf-8")
    assert fidelity.main([str(path)]) == 2
    assert "wrong.jsonl must hold" in capsys.readouterr().err


def test_a_run_is_recorded_once_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fidelity, "HERE", tmp_path)
    for _ in range(2):
        assert fidelity.main(["--limit", "2", "--record"]) == 0
    assert len(json.loads((tmp_path / "fidelity.json").read_text(encoding="utf-8"))) == 1
    assert "2 clean" in (tmp_path / "fidelity.md").read_text(encoding="utf-8")
