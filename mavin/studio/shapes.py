"""What the studio's requests and answers hold: the schema that ``/api/openapi.json`` publishes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic, Span
from mavin.edits import Edit

__all__ = [
    "Branch",
    "Change",
    "Check",
    "Clip",
    "DiagnosticView",
    "DifferenceView",
    "Edits",
    "Film",
    "Fix",
    "Job",
    "Label",
    "LineView",
    "LockView",
    "Medium",
    "Prefer",
    "Problem",
    "Revision",
]

Prefer = Literal["mine", "theirs"]
Revision = Annotated[int, Field(ge=1, le=2**53, description="Film.rev that this was thought out on")]
ClipId = Annotated[str, Field(max_length=20)]
Label = Annotated[str, Field(max_length=2000)]


class Shape(BaseModel):
    """Base of all: immutable, and no field but the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LockView(Shape):
    """A lock: the path that unlocks it, and how people call it."""

    path: str
    name: str


class Fix(Shape):
    """A way to mend a finding."""

    words: str
    operations: tuple[Edit, ...]


class DiagnosticView(Shape):
    """A finding about the script, and the ways to mend it."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    path: str | None = None
    span: Span | None = None
    fixes: tuple[Fix, ...] = ()


class LineView(Shape):
    """How comfortably a line fits its interval; all times in milliseconds."""

    id: str
    zone: Literal["natural", "rushed", "impossible", "recorded"]
    length_ms: int
    natural_ms: int
    fastest_ms: int


class Clip(Shape):
    """One clip: its script, what of it is locked, and what is worth knowing about it."""

    id: str
    caption: HierarchicalCaption
    frames: int
    fps: int
    width: int
    height: int
    locks: tuple[LockView, ...]
    lines: tuple[LineView, ...]
    diagnostics: tuple[DiagnosticView, ...]


class Branch(Shape):
    """A branch and the step that it is at."""

    name: str
    step: int
    current: bool


class StepLabel(Shape):
    """Where undo or redo leads, in words."""

    step: int
    words: str


class Medium(Shape):
    """A film file in ``renders/``; ``current`` if it was made of the script as it is now."""

    name: str
    url: str
    type: str
    bytes: int
    modified_ms: int
    rev: int | None
    current: bool
    renderer: str | None
    clip: str | None
    shot: str | None


class Job(Shape):
    """A preview or rendering, waiting, at work or ended."""

    id: str
    kind: Literal["preview", "render"]
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    progress: float
    doing: str
    rev: int | None
    clip: str | None
    shot: str | None
    message: str
    notes: tuple[str, ...]
    medium: Medium | None
    seconds: float


class Film(Shape):
    """The whole film as the page shows it."""

    name: str
    title: str
    rev: int
    step: int
    branch: str
    version: str
    notices: tuple[str, ...]
    branches: tuple[Branch, ...]
    undo: StepLabel | None
    redo: StepLabel | None
    clips: tuple[Clip, ...]
    media: tuple[Medium, ...]
    jobs: tuple[Job, ...]
    merged: bool = False


class ClashView(Shape):
    """A field that both sides changed."""

    path: str
    base: Any
    mine: Any
    theirs: Any


class Problem(Shape):
    """Why a request was not met, and what to do next; the body of every answer that is no success."""

    code: Literal[
        "conflict", "invalid", "locked", "usage", "film", "forbidden", "not_found", "too_large", "unsupported", "busy",
        "backend", "failure",
    ]  # fmt: skip
    message: str
    diagnostics: tuple[Diagnostic, ...] = ()
    locks: tuple[LockView, ...] = ()
    clashes: tuple[ClashView, ...] = ()
    film: Film | None = None


class Edits(Shape):
    """Operations that were thought out on a revision."""

    rev: Revision
    clip: ClipId = "K1"
    operations: Annotated[tuple[Edit, ...], Field(min_length=1, max_length=200)]


class Change(Edits):
    """Operations to be saved as one step."""

    label: Label = ""
    prefer: Prefer | None = None


class Check(Shape):
    """What operations would make; ``clip`` is ``None`` where they cannot be made."""

    ok: bool
    clip: Clip | None
    diagnostics: tuple[Diagnostic, ...]
    locks: tuple[LockView, ...]


class DifferenceView(Shape):
    """One thing that differs between two states."""

    clip: str
    subject: str
    what: str
    before: str | None
    after: str | None
    paths: tuple[str, ...]
