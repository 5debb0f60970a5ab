"""The film as the server works on it: always what is on the disk, changed by the same operations as everywhere."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mavin.api.editing import Proposal, check_clip
from mavin.edits import EditError, LockedError, Operation, Script, apply_all
from mavin.errors import FilmConflictError
from mavin.film import Film, FilmState, HistoryTree
from mavin.studio import shapes
from mavin.studio.media import media_of, render_stamps
from mavin.studio.views import branches_view, clip_view, lock_views, redo_label, undo_label

__all__ = ["Desk", "MovedOnError", "version_of"]

_KEPT = 64
"""So many revisions are kept in memory, for edits that were thought out on them."""


class MovedOnError(FilmConflictError):
    """Somebody else has saved the film, so that undo would take back what the page has not seen."""


class Desk:
    """One film.

    Every answer is read from the disk anew, which takes a millisecond, so that a terminal, a second tab and this one
    see the same.  What is kept is only what revisions held and how far the history has been read.

    Attributes:
        path: the film's folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self._seen: OrderedDict[int, tuple[FilmState, int]] = OrderedDict()
        self._tree = HistoryTree(path)
        self.jobs: Callable[[], tuple[shapes.Job, ...]] = tuple

    def film(self) -> Film:
        """The film as it is now.

        Raises:
            FilmError: if it cannot be read any more.
            InvalidCaptionError: if somebody has broken a script by hand.
        """
        film = Film.open(self.path)
        with self._reading:
            self._seen[film.rev] = (film.state, film.head)
            self._seen.move_to_end(film.rev)
            while len(self._seen) > _KEPT:
                self._seen.popitem(last=False)
        return film

    def tree(self) -> HistoryTree:
        """All steps; only what is new of the history is read."""
        with self._reading:
            self._tree = self._tree.refreshed()
            return self._tree

    def script(self, film: Film, clip: str) -> Script:
        """One clip of the film.

        Raises:
            UsageError: if it has no such clip.
        """
        check_clip(film, clip)
        return film.state.script(clip)

    def base(self, rev: int) -> tuple[FilmState, int]:
        """The film's state at a revision, and the step that it is of.

        Raises:
            UsageError: if there is no such revision.
        """
        with self._reading:
            seen = self._seen.get(rev)
        if seen is not None:
            return seen
        tree = self.tree()
        step = tree.resolve(rev)
        return tree.state(step), step

    def view(self, film: Film | None = None, *, merged: bool = False) -> shapes.Film:
        """The whole film as the page shows it."""
        film = film or self.film()
        tree = self.tree()
        return shapes.Film(
            name=self.path.name,
            title=film.title,
            rev=film.rev,
            step=film.head,
            branch=film.branch,
            version=version_of(film),
            notices=film.notices,
            branches=branches_view(tree, film.branch),
            undo=undo_label(tree, film),
            redo=redo_label(tree, film.branch),
            clips=tuple(
                clip_view(clip.id, film.state.script(clip.id), self.path, with_fixes=True) for clip in film.clips
            ),
            media=media_of(film, tree),
            jobs=self.jobs(),
            merged=merged,
        )

    def check(self, edits: shapes.Edits) -> shapes.Check:
        """What operations would make of the clip; nothing is saved."""
        film = self.film()
        script = self._at(film, edits.rev, edits.clip)
        try:
            after = apply_all(script, edits.operations).after
        except LockedError as error:
            return shapes.Check(ok=False, clip=None, diagnostics=error.diagnostics, locks=lock_views(error.locks))
        except EditError as error:
            return shapes.Check(ok=False, clip=None, diagnostics=error.diagnostics, locks=())
        view = clip_view(edits.clip, after, self.path, with_fixes=False)
        return shapes.Check(ok=True, clip=view, diagnostics=(), locks=())

    def _at(self, film: Film, rev: int, clip: str) -> Script:
        check_clip(film, clip)
        state = film.state if rev == film.rev else self.base(rev)[0]
        return state.script(clip)

    def change(self, change: shapes.Change) -> shapes.Film:
        """Makes operations as one step, on top of what others have saved meanwhile.

        Raises:
            EditError: if one cannot be made, LockedError if a lock is in the way.
            MergeConflictError: if somebody else has changed the same and nothing is preferred.
            UsageError: if there is no such clip or revision.
            FilmError: if the film cannot be written.
        """
        return self.save({change.clip: change.operations}, change.rev, change.label, change.prefer)

    def save(
        self, edits: dict[str, Sequence[Operation]], rev: int, label: str = "", prefer: shapes.Prefer | None = None
    ) -> shapes.Film:
        """As :meth:`change`, for the operations of several clips."""
        with self._writing:
            film = self.film()
            for clip in edits:
                check_clip(film, clip)
            base, step = self.base(rev)
            return self._made(Proposal(film, base, step, edits, label), film, prefer)

    def accept(self, proposal: Proposal, prefer: shapes.Prefer | None = None) -> shapes.Film:
        """Makes what was proposed.

        Raises:
            EditError, MergeConflictError, FilmError: as :meth:`change`.
        """
        with self._writing:
            film = self.film()
            return self._made(replace(proposal, film=film), film, prefer)

    def _made(self, proposal: Proposal, film: Film, prefer: shapes.Prefer | None) -> shapes.Film:
        merged = proposal.base != film.state
        proposal.save(prefer)
        return self.view(self.film(), merged=merged)

    def move(self, rev: int, action: Callable[[Film], Any]) -> shapes.Film:
        """Undo, redo, restore or another branch, of the revision that the page shows.

        Raises:
            MovedOnError: if the film is at another revision.
            UsageError, LockedError, FilmError: as the action.
        """
        with self._writing:
            film = self.film()
            if film.rev != rev:
                raise MovedOnError(
                    f"The film must still be at revision {rev} for this, but somebody else has saved revision "
                    f"{film.rev}. Look at what changed, then try again."
                )
            action(film)
            return self.view(self.film())


def version_of(film: Film) -> str:
    """What changes whenever anything of the film changes: by a step, by hand in its files, or by another rendering."""
    parts = [*sorted(film.state.digests.values()), str(film.is_changed_by_hand), *render_stamps(film.path)]
    return f"{film.rev}-{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:12]}"
