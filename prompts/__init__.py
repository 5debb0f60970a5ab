"""The agents' prompts: jinja2 files, one per agent, filled from typed contexts.

User text enters only as a value of a variable, so that ``{{ 7*7 }}`` in a story stays what it is.
What several prompts have in common is in files that begin with an underscore.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Any, ClassVar

__all__ = [
    "BeatShot",
    "BeatsContext",
    "CastContext",
    "Context",
    "CounterContext",
    "EditorChoiceContext",
    "EditorContext",
    "EditorOption",
    "EditorSystemContext",
    "FactsContext",
    "JudgeContext",
    "JudgeSystemContext",
    "OrderContext",
    "PaceContext",
    "PartsContext",
    "PictureContext",
    "ProbeContext",
    "ReferenceContext",
    "RoleContext",
    "SceneContext",
    "ShotContext",
    "SystemContext",
    "ValidatorContext",
    "fingerprints",
    "render",
]


@dataclass(frozen=True, slots=True)
class SystemContext:
    """What every agent is told first; the same for all, so that one cached prefix serves them."""

    template: ClassVar[str] = "system.md.j2"


@dataclass(frozen=True, slots=True)
class ValidatorContext:
    """Asks whether a story can be true as it is told."""

    template: ClassVar[str] = "validator.md.j2"
    story: str


@dataclass(frozen=True, slots=True)
class CounterContext:
    """The same question turned round: does the story, or one of its parts another, contradict itself?"""

    template: ClassVar[str] = "validator_counter.md.j2"
    story: str
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class PartsContext:
    """Asks which two of a story's numbered parts cannot both be true."""

    template: ClassVar[str] = "validator_parts.md.j2"
    story: str
    parts: tuple[str, ...]
    found: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OrderContext:
    """Asks for an order of the story's parts in which two clashing ones can both be filmed."""

    template: ClassVar[str] = "validator_order.md.j2"
    story: str
    first: str
    second: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeatShot:
    """One shot as the structure parser's questions list it."""

    id: str
    event: str


@dataclass(frozen=True, slots=True)
class SceneContext:
    """Asks where and in which light and sound it happens, and how long the free ones of its shots last."""

    template: ClassVar[str] = "structure_parser.md.j2"
    story: str
    language: str
    setting: str = ""
    shots: tuple[BeatShot, ...] = ()
    free: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaceContext:
    """Asks how long the free ones of some shots last, where the scene is known: in the later clips of a film."""

    template: ClassVar[str] = "structure_parser_pace.md.j2"
    story: str
    shots: tuple[BeatShot, ...]
    free: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactsContext:
    """Asks for facts that code may have missed, each with the words that hold it."""

    template: ClassVar[str] = "structure_parser_facts.md.j2"
    story: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeatsContext:
    """Asks for something filmable in each shot of a story that is told in general words."""

    template: ClassVar[str] = "structure_parser_beats.md.j2"
    story: str
    language: str
    shots: tuple[BeatShot, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleContext:
    """One role as the identity aligner sees it."""

    id: str
    name: str
    mention: str
    gender: str = ""


@dataclass(frozen=True, slots=True)
class CastContext:
    """Asks for the looks and voices of the cast."""

    template: ClassVar[str] = "identity_aligner.md.j2"
    story: str
    language: str
    roles: tuple[RoleContext, ...]
    hint: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceContext:
    """Asks the identity aligner's question about one role with references: its cues put into words."""

    template: ClassVar[str] = "identity_reference.md.j2"
    story: str
    language: str
    role: RoleContext
    picture: tuple[str, ...] = ()
    voice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureContext:
    """Asks a vision model what a reference picture shows; the picture goes with it."""

    template: ClassVar[str] = "reference_picture.md.j2"
    name: str
    faces: int | None = None


@dataclass(frozen=True, slots=True)
class ProbeContext:
    """Asks for two colours, to find out whether a model sees pictures at all."""

    template: ClassVar[str] = "reference_probe.md.j2"


@dataclass(frozen=True, slots=True)
class ShotContext:
    """Asks the narrative refiner's question about one shot."""

    template: ClassVar[str] = "narrative_refiner.md.j2"
    story: str
    language: str
    number: int
    count: int
    event: str
    setting: str
    focus: str
    movements: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    acts: bool = False
    sound: bool = True
    problems: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class EditorSystemContext:
    """What the editor agent is told first."""

    template: ClassVar[str] = "editor_system.md.j2"


@dataclass(frozen=True, slots=True)
class EditorOption:
    """One thing that the editor agent may choose."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class EditorChoiceContext:
    """Asks what an instruction is about and which part it means, where its own words do not tell."""

    template: ClassVar[str] = "editor_choice.md.j2"
    story: str
    instruction: str
    earlier: str = ""
    topics: tuple[EditorOption, ...] = ()
    parts: tuple[EditorOption, ...] = ()


@dataclass(frozen=True, slots=True)
class EditorContext:
    """Asks for the new words of one field."""

    template: ClassVar[str] = "editor.md.j2"
    story: str
    language: str
    instruction: str
    subject: str
    old: str
    wish: str
    earlier: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgeSystemContext:
    """What a judge of scripts is told first."""

    template: ClassVar[str] = "judge_system.md.j2"


@dataclass(frozen=True, slots=True)
class JudgeContext:
    """Asks a judge one question about a script."""

    template: ClassVar[str] = "judge.md.j2"
    prompt: str
    script: str
    question: str


Context = (
    SystemContext
    | ValidatorContext
    | CounterContext
    | PartsContext
    | OrderContext
    | SceneContext
    | PaceContext
    | FactsContext
    | BeatsContext
    | CastContext
    | ReferenceContext
    | PictureContext
    | ProbeContext
    | ShotContext
    | EditorSystemContext
    | EditorChoiceContext
    | EditorContext
    | JudgeSystemContext
    | JudgeContext
)


@functools.cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("prompts", package_path=""),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is a prompt, not HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(context: Context) -> str:
    """The prompt for a context, without white space at its ends."""
    return str(_environment().get_template(context.template).render(asdict(context))).strip()


def fingerprints() -> dict[str, str]:
    """SHA-256 of each template file, for the manifest of a film."""
    folder = resources.files("prompts")
    return {
        item.name: hashlib.sha256(item.read_bytes()).hexdigest()
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".j2")
    }
