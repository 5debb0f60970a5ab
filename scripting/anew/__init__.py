"""One shot, line or role written anew by the agents; the person's words, what is kept or locked, and all else stay.

S2   the detail behind the person's own clause, the agents' sounds, the camera      narrative refiner
L1   manner and time; the words only where no person wrote them                      narrative refiner, timing
C1   looks behind the person's own words, voice                                      identity aligner
"""

from __future__ import annotations

from collections.abc import Callable

from mavin.errors import UsageError
from scripting.anew.lines import LineWriter
from scripting.anew.roles import RoleWriter
from scripting.anew.shots import ShotWriter
from scripting.anew.writer import FIELDS, PATHS, Anew, Source, Writer
from scripting.llm.session import LlmSession

__all__ = ["FIELDS", "Anew", "Source", "write_anew"]

_WRITERS: dict[str, type[Writer]] = {"S": ShotWriter, "L": LineWriter, "C": RoleWriter}


def write_anew(
    part: str, source: Source, session: LlmSession, progress: Callable[[str, str], None] | None = None
) -> Anew:
    """Writes one part anew.

    Raises:
        UsageError: if there is no such part or field, or nothing of it is left to write.
        BackendError: if the model cannot be used.
    """
    kind = part[:1]
    caption = source.script.caption
    ids = [
        *(s.id for s in caption.shots),
        *(line.id for line in caption.dialogue),
        *(role.id for role in caption.roles),
    ]
    if part not in ids:
        have = ", ".join(ids)
        raise UsageError(f"What is written anew must be a shot, a line or a role ({have}), got {part!r}.")
    unknown = sorted(source.keep - {*FIELDS[kind], *PATHS.values(), "setting", "title"})
    if unknown:
        raise UsageError(f"Of {part} these can be kept: {', '.join(FIELDS[kind])}; got {unknown[0]!r}.")
    writer = _WRITERS[kind](part, source, session, progress or _quiet)
    writer.write()
    return writer.made


def _quiet(agent: str, what: str) -> None:
    del agent, what
