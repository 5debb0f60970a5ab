"""What a film's script can be taken away as, and what gets lost in each form."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from mavin.film import Film, FilmState
from mavin.film.references import named_files

__all__ = ["EXPORTS", "Export"]


@dataclass(frozen=True, slots=True)
class Export:
    """One form.

    Attributes:
        name: how it is asked for.
        title: how people call it.
        suffix: of its files.
        media_type: of its bytes.
        write: the bytes of a film's script.
        losses: what of a film the form cannot hold, in sentences.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    write: Callable[[Film], bytes]
    losses: Callable[[FilmState], tuple[str, ...]]


def _caption_json(film: Film) -> bytes:
    captions = [caption.model_dump(mode="json") for caption in film.captions]
    return json.dumps(captions[0] if len(captions) == 1 else captions, ensure_ascii=False, indent=2).encode() + b"\n"


def _text(film: Film) -> bytes:
    from mavin.api.editing import text_of

    return text_of(film).encode()


def _not_in_a_script(state: FilmState) -> tuple[str, ...]:
    found = ["The history, its branches and the ledger of facts stay in the film's folder."]
    if state.locks:
        found.append(f"{len(state.locks)} lock{'s stay' if len(state.locks) > 1 else ' stays'} with the film.")
    names = [name for clip in state.clips for _, _, name in named_files(clip.caption)]
    if names:
        found.append(f"Files are named, not contained: {', '.join(dict.fromkeys(names))}.")
    return tuple(found)


EXPORTS = {
    each.name: each
    for each in (
        Export("json", "Script as JSON", ".json", "application/json", _caption_json, _not_in_a_script),
        Export("text", "Script as text", ".txt", "text/plain", _text, _not_in_a_script),
    )
}
"""The forms by name."""
