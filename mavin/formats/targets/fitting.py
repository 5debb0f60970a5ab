"""Prompts within a model's limits: what cannot stay is left out whole, in a fixed order, and told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial

from mavin.formats.losses import Loss, LossKind
from mavin.formats.script import FormatError

__all__ = ["Limit", "Piece", "Rank", "characters", "fit", "join", "tokens", "within"]


class Rank(IntEnum):
    """How soon a piece is left out when there is no room: the highest goes first, ``KEPT`` never."""

    KEPT = 0
    CAMERA = 1
    STYLE = 2
    SETTING = 3
    LOOKS_AGAIN = 4
    SOUNDS = 5
    NOTE = 6
    AMBIENCE = 7
    STORYLINE = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or two of a prompt.

    Attributes:
        text: the words.
        path: what of the caption they tell (``shots.S2.setting``).
        what: the name of that, for the report.
        rank: how soon they are left out.
        part: which part of the prompt they belong to, where it has several.
        also: other places of the caption for which they are told.
    """

    text: str
    path: str = ""
    what: str = ""
    rank: Rank = Rank.KEPT
    part: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a prompt may hold.

    Attributes:
        most: how much.
        unit: of what: ``characters``.
        measure: how much a text holds.
        is_estimate: whether that is counted without the model's own tokenizer.
    """

    most: int
    unit: str
    measure: Callable[[str], int]
    is_estimate: bool = False


def characters(most: int) -> Limit:
    """At most so many characters."""
    return Limit(most, "characters", len)


def tokens(most: int, *, wide: int = 1) -> Limit:
    """At most so many tokens, as far as they can be counted without the tokenizer.

    Args:
        most: how many.
        wide: how many a character of a script without blanks takes; 3 where the vocabulary is English.
    """
    return Limit(most, "tokens", partial(_tokens, wide=wide), is_estimate=True)


def _tokens(text: str, *, wide: int) -> int:
    """About how many tokens a vocabulary makes of a text.

    A word of up to five letters counts as one and every five more as another; each sign counts as one; one more ends
    the text.  English prompts come within 5 % of what a vocabulary of 50,000 makes of them; the 250,000 of umT5 and
    Gemma make fewer.
    """
    count = 1
    for match in re.finditer(r"[^\W_]+|[^\w\s]|_", text):
        word = match.group()
        others = sum(1 for char in word if ord(char) >= 0x2E80)
        count += wide * others + math.ceil((len(word) - others) / 5)
    return count


def within(part: str, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces as belonging to a part of the prompt."""
    return tuple(replace(piece, part=part) for piece in pieces)


def join(pieces: Iterable[Piece], part: str | None = None, glue: str = " ") -> str:
    """The pieces, or those of one part, as one text."""
    return glue.join(piece.text for piece in pieces if piece.text and part in (None, piece.part))


def fit(
    pieces: Sequence[Piece],
    limit: Limit,
    *,
    title: str,
    of: str,
    path: str = "",
    render: Callable[[Sequence[Piece]], str] = join,
) -> tuple[tuple[Piece, ...], tuple[Loss, ...]]:
    """The pieces that have room, and what had to go.

    Args:
        pieces: the prompt, in order.
        limit: the most that it may hold.
        title: the model, for messages.
        of: what the prompt is of, for messages: ``S2``.
        path: its place in the caption.
        render: how the pieces become a prompt, if not with blanks between them.

    Raises:
        FormatError: if what must stay has no room either.
    """
    left = [piece for piece in pieces if piece.text]
    losses = []
    about = "about " if limit.is_estimate else ""
    why = f"{title} reads at most {limit.most} {limit.unit} there"
    while (size := limit.measure(render(left))) > limit.most:
        index = max(range(len(left)), key=lambda index: (left[index].rank, index), default=-1)
        if index < 0 or left[index].rank == Rank.KEPT:
            raise FormatError(
                f"{title} reads at most {limit.most} {limit.unit} of {of}, but what happens, what is said and how the "
                f"roles look have {about}{size} of them alone. Shorten them, or choose another target."
            )
        gone = left.pop(index)
        losses += [Loss(LossKind.LOST, place, gone.what, why) for place in (*gone.also, gone.path or path)]
    return tuple(left), tuple(reversed(losses))
