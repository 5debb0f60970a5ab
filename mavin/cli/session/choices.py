"""What can be done with a selected part, as numbered choices; each is an instruction or a command of the session."""

from __future__ import annotations

from dataclasses import dataclass

from mavin.caption import HierarchicalCaption, Size

__all__ = ["Choice", "choices_for"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice.

    Attributes:
        name: how it is shown.
        line: what is done, as if it were typed; ``{}`` stands for what the person is asked for.
        asks: the question, empty where nothing is asked.
    """

    name: str
    line: str
    asks: str = ""


def choices_for(caption: HierarchicalCaption, part: str, locks: tuple[str, ...]) -> list[Choice]:
    """The choices of a part, the usual ones first."""
    kind = {"S": "shots", "L": "dialogue", "C": "roles"}.get(part[0], "")
    locked = f"{kind}.{part}" in locks
    lock = [Choice("unlock", f"unlock {part}")] if locked else [Choice("lock", f"lock {part}")]
    if part[0] == "S":
        return [*_shot(caption, part), *lock]
    if part[0] == "L":
        return [
            Choice("0.1 s earlier", f"{part} 0.1 s earlier"),
            Choice("0.1 s later", f"{part} 0.1 s later"),
            Choice("10% faster", f"{part} 10% faster"),
            Choice("10% slower", f"{part} 10% slower"),
            Choice("other times …", f"{part} {{}}", "from–to in seconds"),
            Choice("other words …", f"{part} says “{{}}”", "words"),
            Choice("delete", f"delete {part}"),
            Choice("write anew", f"anew {part}"),
            *lock,
        ]
    if part[0] == "C":
        return [
            Choice("rename …", f"rename {part} to “{{}}”", "name"),
            Choice("looks …", f"appearance of {part}: “{{}}”", "looks"),
            Choice("voice …", f"voice of {part}: “{{}}”", "voice"),
            Choice("write anew", f"anew {part}"),
            *lock,
        ]
    return [Choice("delete", f"delete {part}"), *lock]


def _shot(caption: HierarchicalCaption, part: str) -> list[Choice]:
    sizes = list(Size)
    at = sizes.index(caption.shot(part).camera.size)
    found = [
        Choice("0.2 s longer", f"{part} 0.2 s longer"),
        Choice("0.2 s shorter", f"{part} 0.2 s shorter"),
    ]
    if at + 1 < len(sizes):
        found.append(Choice(f"closer: {_plain(sizes[at + 1])}", f"camera of {part}: {_plain(sizes[at + 1])}"))
    if at:
        found.append(Choice(f"wider: {_plain(sizes[at - 1])}", f"camera of {part}: {_plain(sizes[at - 1])}"))
    if part != caption.shots[0].id:
        found.append(Choice("cut to it at …", f"move the cut to {part} to {{}} s", "seconds"))
    return [
        *found,
        Choice("action …", f"action of {part} “{{}}”", "what happens"),
        Choice("preview", f"preview {part}"),
        Choice("delete", f"delete {part}"),
        Choice("write anew", f"anew {part}"),
    ]


def _plain(size: Size) -> str:
    return str(size).replace("_", " ")
