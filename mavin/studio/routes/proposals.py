"""Instructions: what they would change, shown as a proposal and accepted in whole, in part, or not."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter
from pydantic import Field

from mavin.api import Editor
from mavin.api.editing import ClipDifference, Proposal
from mavin.edits import Edit, EditError, apply_all, differences, operation_words
from mavin.errors import BackendError
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.events import Hub
from mavin.studio.problems import PROBLEMS, NotThereError
from mavin.studio.views import clip_view, difference_views

__all__ = ["proposal_routes"]

_KEPT = 32


class Instruction(shapes.Shape):
    """What a person asks for; ``proposal`` names the one that these words refine."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    clip: Annotated[str, Field(max_length=20)] = "K1"
    proposal: Annotated[str, Field(max_length=40)] | None = None


class ProposedOperation(shapes.Shape):
    """One operation of a proposal, and what it changes of what those before it have made.

    ``by`` tells whether code read it out of the instruction or the editor agent made it up.
    """

    index: int
    operation: Edit
    words: str
    by: Literal["code", "editor"]
    differences: tuple[shapes.DifferenceView, ...]


class ProposalView(shapes.Shape):
    """What an instruction would change; nothing is saved yet."""

    id: str
    instruction: str
    rev: int
    clip: str
    notes: tuple[str, ...]
    operations: tuple[ProposedOperation, ...]
    differences: tuple[shapes.DifferenceView, ...]
    after: shapes.Clip | None


class Answer(shapes.Shape):
    """What a person accepts of a proposal: some of its operations by index, all, or none."""

    accept: Literal["all", "none"] | Annotated[tuple[Annotated[int, Field(ge=0, le=999)], ...], Field(max_length=200)]
    prefer: shapes.Prefer | None = None


class AgentEvent(shapes.Shape):
    """What the editor agent does just now."""

    agent: str
    sentence: str


class _Asking:
    """The editor agent; its model is connected when it is first needed, and kept."""

    def __init__(self, desk: Desk, hub: Hub, llm: str | None, model: str | None) -> None:
        self._desk = desk
        self._hub = hub
        self._turn = threading.Lock()
        self._llm, self._model = llm, model
        self._editor: Editor | None = None

    def propose(self, text: str, clip: str, follow: Proposal | None) -> Proposal:
        """The proposal for an instruction, or for another word about one."""
        with self._turn:
            film = self._desk.film()
            if self._editor is None:
                self._editor = Editor(film, llm=self._llm, model=self._model, progress=self._tell)
            self._editor.film = film
            return self._editor.propose(text, clip) if follow is None else self._editor.refine(follow, text)

    def _tell(self, agent: str, sentence: str) -> None:
        self._hub.publish_soon("agent", AgentEvent(agent=agent, sentence=sentence))


class _Open:
    """The proposals that wait for an answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[Proposal, str]] = OrderedDict()

    def add(self, proposal: Proposal, clip: str) -> str:
        name = secrets.token_hex(6)
        with self._lock:
            self._known[name] = proposal, clip
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return name

    def get(self, name: str) -> tuple[Proposal, str]:
        with self._lock:
            if name not in self._known:
                raise NotThereError("This proposal has been answered, or is too old. Give the instruction again.")
            return self._known[name]

    def remove(self, name: str) -> None:
        with self._lock:
            self._known.pop(name, None)


def proposal_routes(desk: Desk, hub: Hub, llm: str | None, model: str | None) -> APIRouter:
    """The paths of instructions; ``llm`` and ``model`` as :func:`mavin.write` takes them."""
    asking = _Asking(desk, hub, llm, model)
    routes = APIRouter(prefix="/api", tags=["instructions"])
    waiting = _Open()

    @routes.post("/instruction", responses=PROBLEMS(404, 423, 502))
    async def instruction(asked: Instruction) -> ProposalView:
        """What an instruction would change, operation by operation; a model may take a minute for it."""

        def propose() -> ProposalView:
            follow, clip = waiting.get(asked.proposal) if asked.proposal is not None else (None, asked.clip)
            proposal = asking.propose(asked.text, clip, follow)
            if asked.proposal is not None:
                waiting.remove(asked.proposal)
            return _view(desk, waiting.add(proposal, clip), proposal, clip)

        at_work = asyncio.create_task(to_thread.run_sync(propose, abandon_on_cancel=True))
        closing = asyncio.create_task(hub.closing.wait())
        await asyncio.wait({at_work, closing}, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if not at_work.done():
            at_work.cancel()
            raise BackendError("The studio is closing. Give the instruction again when it is open.")
        return at_work.result()

    @routes.post("/proposals/{proposal}", responses=PROBLEMS(404, 409, 423))
    def answer(proposal: str, given: Answer) -> shapes.Film:
        """Makes what is accepted, as one step; a proposal that clashes with others' edits can be answered again."""
        found, _ = waiting.get(proposal)
        if given.accept != "none" and given.accept:
            chosen = found if given.accept == "all" else found.only([index + 1 for index in given.accept])
            film = desk.accept(chosen, given.prefer)
        else:
            film = desk.view()
        waiting.remove(proposal)
        return film

    return routes


def _view(desk: Desk, name: str, proposal: Proposal, clip: str) -> ProposalView:
    script = proposal.base.script(clip)
    shown, now = [], script
    for index, (_, op) in enumerate(proposal.operations):
        after = apply_all(now, (op,)).after
        shown.append(
            ProposedOperation.model_validate(
                {
                    "index": index,
                    "operation": op,
                    "words": operation_words(op.model_dump(mode="json")),
                    "by": "editor" if proposal.authors[index : index + 1] == ("editor",) else "code",
                    "differences": difference_views(ClipDifference(clip, each) for each in differences(now, after)),
                }
            )
        )
        now = after
    return ProposalView(
        id=name,
        instruction=proposal.instruction,
        rev=proposal.film.rev,
        clip=clip,
        notes=proposal.notes,
        operations=tuple(shown),
        differences=difference_views(_all(proposal)),
        after=clip_view(clip, now, desk.path, with_fixes=False),
    )


def _all(proposal: Proposal) -> Sequence[ClipDifference]:
    try:
        return proposal.differences
    except EditError:
        return ()  # another clip of the film does not allow it; accepting says so
