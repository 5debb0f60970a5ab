"""Undo, redo, branches, and what there was."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from mavin import api
from mavin.caption import HierarchicalCaption
from mavin.edits import step_words
from mavin.errors import UsageError
from mavin.film import HistoryTree
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.problems import PROBLEMS
from mavin.studio.views import branches_view, difference_views

__all__ = ["history_routes"]

RevisionName = Annotated[str, Field(min_length=1, max_length=80, description="12, r12, a branch, head or head~2")]


class Move(shapes.Shape):
    """To another step of the history, from the revision that the page shows."""

    rev: shapes.Revision


class Restore(Move):
    """Make the film again what it was."""

    to: RevisionName


class Begin(Move):
    """Begin a branch and go there."""

    name: Annotated[str, Field(max_length=200)]
    at: RevisionName | None = None


class Switch(Move):
    """Go to a branch."""

    name: Annotated[str, Field(max_length=200)]


class StepView(shapes.Shape):
    """One step; ``reached`` unless it was undone and passed over."""

    step: int
    parent: int | None
    branch: str
    time: str
    words: str
    instruction: str
    here: bool
    reached: bool
    branches: tuple[str, ...]


class History(shapes.Shape):
    """The newest steps."""

    rev: int
    step: int
    branch: str
    branches: tuple[shapes.Branch, ...]
    total: int
    steps: tuple[StepView, ...]


class Script(shapes.Shape):
    """A clip's script at some step."""

    id: str
    caption: HierarchicalCaption


class Diff(shapes.Shape):
    """What differs between two steps."""

    a: int
    b: int
    differences: tuple[shapes.DifferenceView, ...]
    before: tuple[Script, ...]
    after: tuple[Script, ...]


def history_routes(desk: Desk) -> APIRouter:
    """The paths of a film's history."""
    routes = APIRouter(prefix="/api", tags=["history"])

    @routes.post("/undo", responses=PROBLEMS(409))
    def undo(move: Move) -> shapes.Film:
        """Takes the last step back."""
        return desk.move(move.rev, lambda film: film.undo())

    @routes.post("/redo", responses=PROBLEMS(409))
    def redo(move: Move) -> shapes.Film:
        """Does the step again that was undone last."""
        return desk.move(move.rev, lambda film: film.redo())

    @routes.post("/restore", responses=PROBLEMS(409, 423))
    def restore(move: Restore) -> shapes.Film:
        """Makes the film again what it was at a revision, as a new step."""
        return desk.move(move.rev, lambda film: film.restore(move.to))

    @routes.post("/branch", responses=PROBLEMS(409))
    def branch(move: Begin) -> shapes.Film:
        """Begins a branch here or at a revision, and goes there."""
        if move.name in desk.tree().branches:
            raise UsageError(f"There is already a branch {move.name}. Take another name, or switch to it.")
        return desk.move(move.rev, lambda film: film.switch(move.name, move.at))

    @routes.post("/switch", responses=PROBLEMS(409))
    def switch(move: Switch) -> shapes.Film:
        """Goes to a branch that there is."""
        names = desk.tree().branches
        if move.name not in names:
            raise UsageError(f"A branch must be one of {', '.join(names)}, got {move.name!r}.")
        return desk.move(move.rev, lambda film: film.switch(move.name))

    @routes.get("/history", responses=PROBLEMS())
    def history(limit: Annotated[int, Query(ge=1, le=10_000)] = 200) -> History:
        """The newest steps, the newest first."""
        film, tree = desk.film(), desk.tree()
        heads: dict[int, list[str]] = {}
        for each in tree.branches.values():
            heads.setdefault(each.head, []).append(each.name)
        reached = _reached(tree)
        steps = [
            StepView(
                step=step.rev,
                parent=step.parent,
                branch=step.branch,
                time=step.time,
                words=step_words(step.op),
                instruction=str(step.op.get("instruction", "")),
                here=step.rev == film.head,
                reached=step.rev in reached,
                branches=tuple(heads.get(step.rev, ())),
            )
            for step in list(tree.steps.values())[: -limit - 1 : -1]
        ]
        return History(
            rev=film.rev,
            step=film.head,
            branch=film.branch,
            branches=branches_view(tree, film.branch),
            total=len(tree.steps),
            steps=tuple(steps),
        )

    @routes.get("/diff", responses=PROBLEMS())
    def diff(a: RevisionName | None = None, b: RevisionName | None = None) -> Diff:
        """What differs between two revisions: from the step before to now, if left out."""
        film, tree = desk.film(), desk.tree()
        after_step = film.head if b is None else tree.resolve(b)
        after = film.state if b is None else tree.state(after_step)
        before_step = tree.parent(after_step) if a is None else tree.resolve(a)
        if before_step is None:
            raise UsageError(f"Revision {after_step} is the first step, so there is nothing before it to compare with.")
        before = tree.state(before_step)
        return Diff(
            a=before_step,
            b=after_step,
            differences=difference_views(api.compare(before, after)),
            before=tuple(Script(id=clip.id, caption=clip.caption) for clip in before.clips),
            after=tuple(Script(id=clip.id, caption=clip.caption) for clip in after.clips),
        )

    return routes


def _reached(tree: HistoryTree) -> set[int]:
    """The steps that a branch's head stands on."""
    found: set[int] = set()
    for line in tree.branches.values():
        at: int | None = line.head
        while at is not None and at not in found:
            found.add(at)
            at = tree.parent(at)
    return found
