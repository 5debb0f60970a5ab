"""One shot, line or role written anew by the agents, as a proposal; nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from mavin.api.editing import Proposal, check_clip
from mavin.api.sources import open as open_film
from mavin.edits import apply_all, changes_between, flat_of
from mavin.errors import MavinError
from mavin.film import Film

__all__ = ["regenerate"]

Progress = Callable[[str, str], None]


def regenerate(
    film: Film | str | Path,
    part: str,
    *,
    clip: str = "K1",
    keep: Iterable[str] = (),
    hint: str = "",
    llm: str | None = None,
    model: str | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """Has the agents write one shot, line or role anew; nothing is changed before it is saved, as one step.

    What the person said in the prompt or set by hand stays, what is locked stays, and everything else of the film stays
    to the byte.  Without a model code takes the next of what it knows to fit, or says that there is nothing else.

    Args:
        film: the film.
        part: a shot (``S2``), a line (``L1``) or a role (``C1``).
        clip: the clip that it is in.
        keep: fields of it that stay: of a shot ``action``, ``camera``, ``sounds``; of a line ``words``, ``delivery``,
            ``times``; of a role ``looks``, ``voice``.
        hint: what is wished of the new one.
        llm: the model, as in :func:`mavin.write`.
        model: its name there.
        seed: seed of the model's answers; another one at each revision if left out.
        progress: called with an agent's name and what it does now.

    Raises:
        UsageError: if there is no such part or field, or nothing of it is left to write.
        BackendError: if the model cannot be reached or used.
    """
    from scripting.anew import Source, write_anew
    from scripting.llm import LlmSession, connect

    film = film if isinstance(film, Film) else open_film(film)
    check_clip(film, clip)
    part = part.strip().upper()
    state = film.state
    script = state.script(clip)
    record = next(each.record for each in film.clips if each.id == clip)
    ledger = tuple(entry for entry in film.ledger if entry.clip in (None, clip))
    source = Source(script, ledger, record.prompt, hint.strip(), frozenset(word.strip().lower() for word in keep))
    with LlmSession(connect(llm, model), film.rev if seed is None else seed) as session:
        made = write_anew(part, source, session, progress)
    after = apply_all(script, made.operations).after
    changes = changes_between(flat_of(script.caption), flat_of(after.caption))
    kind = {"S": "shots", "L": "dialogue", "C": "roles"}[part[0]]
    outside = [path for path in changes if not re.match(rf"{kind}\.{part}\.", path)]
    if outside:  # never seen; a mistake of ours must not reach the film
        raise MavinError(f"Writing {part} anew would have changed {outside[0]}, so nothing was changed. Report this.")
    by = {path: made.by.get(path, "code") for path in changes}
    return Proposal(
        film,
        state,
        film.head,
        {clip: tuple(made.operations)},
        hint.strip(),
        tuple(made.notes),
        record={"op": "regenerate", "part": part, "by": by},
    )
