"""The editor agent's own contracts as a list; ``docs/contracts.md`` is made of it (see ``scripting.contract_list``)."""

from __future__ import annotations

import functools

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic
from mavin.edits import Script
from mavin.request import WriteRequest
from scripting.contract import STORY, Contract
from scripting.editor.catalogue import KINDS
from scripting.editor.kinds import Ask
from scripting.editor.scope import scope_of
from scripting.editor.topics import Topic

__all__ = ["EDITOR_CONTRACTS"]

_AGAIN = "Asked again with this message, at most twice (small models once); then this part stays as it is, and the person is told."


@functools.cache
def _script() -> HierarchicalCaption:
    """The script of :data:`STORY` as code alone writes it."""
    from scripting.graph import write_script
    from scripting.llm import LlmSession

    caption = write_script(WriteRequest(prompt=STORY), LlmSession(None)).caption
    assert caption is not None
    return caption


def _checked(topic: Topic, instruction: str, words: str) -> list[Diagnostic]:
    caption = _script()
    ask = Ask(instruction, scope_of(instruction, caption), Script(caption), small=False)
    kind = KINDS[topic]
    task = kind.task(ask, kind.targets(ask)[0])
    return kind.check(ask, task, kind.settled(ask, task, words))


def _of(code: str, about: Topic, demands: str, instruction: str, example: str) -> Contract:
    check = functools.partial(_checked, about, instruction)
    return Contract(code, about.value.replace("_", " "), demands, example, _AGAIN, check, instruction)


EDITOR_CONTRACTS = (
    _of("unchanged", Topic.ACTION, "New words differ from those that stand there.", "shot 1 should be livelier", "A gardener waters the roses in a walled garden"),
    _of("not_done", Topic.LOOKS, "What was asked for is in the new words.", "give Mara a red scarf", "Mara, a woman in everyday clothes with a hat"),
    _of("lost_look", Topic.LOOKS, "A look keeps what was not asked to change.", "give Mara a red scarf", "Mara with a red scarf"),
    _of("not_replaced", Topic.LOOKS, "“Instead” replaces something of the old look.", "give Mara a red scarf instead", "Mara, a woman in everyday clothes with a red scarf"),
    _of("lost_words", Topic.LOOKS, "Words in quotation marks are taken as they are.", 'Mara should wear a cap that says "HARBOUR"', "Mara, a woman in everyday clothes with a harbour cap"),
    _of("lost_person", Topic.ACTION, "Who is named in a shot's action stays in it.", "shot 2 should be livelier", "Somebody throws a rusty gate wide open"),
    _of("other_story", Topic.ACTION, "A shot's action goes on from the old one.", "shot 1 should be livelier", "A kite dances over grey cliffs"),
    _of("no_manner", Topic.DELIVERY, "A delivery is a manner, not a sentence about a line.", "Mara should sound more tired", "Mara sounds tired"),
    _of("repeats_line", Topic.NEW_LINE, "A new line says what nobody says yet.", "add a line for Mara in shot 2", "Come in."),
)  # fmt: skip
"""Every code that only the editor agent's contracts can return, once."""
