"""A real run of the default model, recorded: the whole graph answers from it on any machine.

When prompts change, the recording no longer holds their questions.  Make it anew with
``mavin write "PROMPT" -o /tmp/baker.mavin --llm "replay:examples/baker.jsonl?from=embedded"`` after deleting it.
"""

from __future__ import annotations

from pathlib import Path

from evaluators.script_quality import repeated_actions, unquoted_lines
from mavin.ledger import Fate
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession, connect

RECORDING = Path(__file__).resolve().parents[2] / "examples" / "baker.jsonl"
PROMPT = (
    'A baker opens the oven in a small kitchen and a cake rises. "Is it ready?" asks a girl. '
    'The baker smiles and says "Almost." A cat steals the cake and runs away.'
)


def test_the_recorded_run_of_the_default_model() -> None:
    report = write_script(WriteRequest(prompt=PROMPT), LlmSession(connect(f"replay:{RECORDING}")))
    script = report.caption
    assert script is not None
    assert [(script.role(line.role).name, line.text) for line in script.dialogue] == [
        ("Girl", "Is it ready?"),
        ("Baker", "Almost."),
    ]
    assert [shot.interval.duration_ms for shot in script.shots] == [2500] * 4
    assert repeated_actions(script) == ()
    assert unquoted_lines(script, PROMPT) == ()
    assert report.llm.calls > 4
    agents = {entry.by for entry in report.ledger if entry.outcome is Fate.ADDED}
    assert {"structure_parser", "identity_aligner", "narrative_refiner"} <= agents
