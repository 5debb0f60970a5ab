"""What the language model cost: in the summary, in ``show --usage``, in ``--json`` and in the manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import Answer, LlmSession, Question
from scripting.llm.replay import ReplayBackend

STORY = 'Mara climbs the stairs. Jon opens the door and says "Come in." 8 seconds.'


class Clerk:
    """A model in this process that fills in any form and charges the same for each."""

    uri = model = "clerk"
    parallel, small, call_timeout, failure_budget = 4, True, 10.0, 15.0

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        data = _filled(question.schema, question.key)
        return Answer(data, prompt_tokens=1000, cached_tokens=750, completion_tokens=40, seconds=0.5)

    def close(self) -> None: ...


def _filled(schema: dict[str, Any], key: str) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return {name: _filled(part, f"{key} {name}") for name, part in schema["properties"].items()}
    return {"boolean": True, "array": [], "integer": 0}.get(schema["type"], f"Pale light on old wood, {key[-8:]}")


@pytest.fixture
def recording(tmp_path: Path) -> str:
    path = tmp_path / "run.jsonl"
    with LlmSession(ReplayBackend("replay", path, Clerk())) as session:
        write_script(WriteRequest(prompt=STORY), session)
    return f"replay:{path}"


def test_every_account_of_the_cost_agrees(run: Any, recording: str) -> None:
    written = run("write", STORY, "-o", "stairs", "--llm", recording)
    assert written.exit_code == 0, written.output
    data = json.loads(run("show", "stairs.mavin", "--json").stdout)
    total, agents = data["llm"], data["agents"]
    assert total["calls"] >= 4
    assert {"validator", "structure_parser", "identity_aligner", "narrative_refiner"} <= set(agents)
    for name in ("calls", "prompt_tokens", "cached_tokens", "completion_tokens", "reused"):
        assert sum(usage[name] for usage in agents.values()) == total[name]
    assert total["seconds"] == pytest.approx(0.5 * total["calls"])
    assert json.loads(Path("stairs.mavin/manifest.json").read_text())["agents"] == agents
    sentence = " ".join(written.stdout.split())
    assert f"The model answered {total['calls']} calls: {total['prompt_tokens']:,} tokens read (75% cached)" in sentence
    assert "mavin show stairs.mavin --usage" in sentence

    table = run("show", "stairs.mavin", "--usage")
    assert table.exit_code == 0
    rows = {line.split()[0]: line.split()[1:] for line in table.stdout.splitlines() if line.split()}
    for agent, usage in [*agents.items(), ("all", total)]:
        cells = [str(usage["calls"]), "0", f"{usage['prompt_tokens']:,}", "75%", f"{usage['completion_tokens']:,}"]
        assert [cell for cell in rows[agent] if cell != "│"][:5] == cells
    assert max(len(line) for line in table.stdout.splitlines()[1:]) <= 80  # the first names an address


def test_without_a_model_there_is_nothing_to_show(run: Any, film: Any) -> None:
    assert run("write", STORY, "-o", "plain").exit_code == 0
    for name in ("plain.mavin", "lamp.mavin"):
        result = run("show", name, "--usage")
        assert result.exit_code == 2
        assert "without a language model" in result.stderr
    assert run("show", "plain.mavin", "--usage", "--ledger").exit_code == 2
    assert "The model answered" not in run("write", STORY, "-o", "plain", "--force").stdout
