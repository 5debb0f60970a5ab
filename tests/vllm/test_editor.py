"""The editor agent on a real vLLM with a random model: its answers follow their schemas and touch nothing but what was asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.instructing import SETS, cases
from mavin.caption import load_caption
from mavin.edits import Script, apply_all, changes_between, flat_of
from mavin.instructions import InstructionError
from scripting.editor.run import EditRun
from scripting.llm import LlmSession, connect

from .conftest import Recorder

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]

SCENE = load_caption((Path(__file__).parents[2] / "benchmarks" / "instructions" / "scene.json").read_bytes())


@pytest.mark.parametrize("name", SETS)
def test_noise_touches_nothing_that_was_not_asked_for(name: str, recorder: Recorder) -> None:
    with LlmSession(connect(recorder.uri), seed=3) as session:
        for case in cases(name):
            script = Script(SCENE, tuple(case.get("locks", ())))
            try:
                draft = EditRun(script).say(case["instruction"], session)
            except InstructionError as error:
                assert len(str(error)) > 40
                continue
            after = apply_all(script, draft.operations).after.caption
            for path in changes_between(flat_of(SCENE), flat_of(after)):
                assert any(re.fullmatch(pattern, path) for pattern in case["may"]) or "am Kai" in case["instruction"]
        assert session.gave_up is None
        assert session.useless_replies == 0
    assert recorder.calls
    for asked, reply in recorder.calls:
        schema = asked["response_format"]["json_schema"]["schema"]
        assert schema["additionalProperties"] is False
        assert reply["choices"][0]["finish_reason"] == "stop"
