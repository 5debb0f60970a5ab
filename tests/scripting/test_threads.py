"""Scripts that are written at the same time come out as they do one by one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from mavin.request import WriteRequest
from scripting import write_script
from scripting.contracts import content_stems
from scripting.llm import Answer, LlmSession, Question

from .conftest import answer_to

PROMPTS = [
    f'{name} climbs the darkening stairs of a lighthouse and says "Number {number}." '
    f"A boy opens the windows. The keepers are running to the boats. {5 + number} seconds."
    for number, name in enumerate(("Mara", "Jon", "Ada", "Piotr", "Leila", "Imani", "Otto", "Nina"))
]


class Agreeable:
    """A model in this process that fills in any schema."""

    uri = model = "test"
    parallel, small, call_timeout, failure_budget = 8, False, 5.0, 20.0

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        return Answer(answer_to(question.schema, question.messages[-1].content))

    def close(self) -> None: ...


def write(prompt: str) -> dict[str, Any]:
    with LlmSession(Agreeable()) as session:
        report = write_script(WriteRequest(prompt=prompt), session)
    assert report.caption is not None
    return report.caption.model_dump(mode="json")


def test_eight_scripts_at_once_are_the_same_as_one_by_one() -> None:
    alone = [write(prompt) for prompt in PROMPTS]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(write, PROMPTS)) == alone


def test_stems_are_the_same_in_every_thread() -> None:
    endings = ("", "s", "ing", "ed", "ness", "fulness", "ization", "ational")
    words = [
        f"{first}{second}{ending}" for first in "bdgklmprst" for second in ("ane", "ot", "ill") for ending in endings
    ]
    alone = [content_stems(word) for word in words]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(content_stems, words * 4)) == alone * 4
