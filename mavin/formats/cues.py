"""What the subtitle forms share: a script's lines as cues of the whole film, and cues as a draft's lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mavin.caption import DialogueLine
from mavin.formats.drafts import Data, Draft
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.script import Document, FilmScript, FormatError

__all__ = [
    "CARRIED",
    "MAX_CUES",
    "MAX_TURNS",
    "Cue",
    "as_others_write",
    "cues_of",
    "in_one_line",
    "line_of",
    "not_too_many",
    "shared",
    "told_apart",
    "turns_of",
]

CARRIED = frozenset({Feature.LINES, Feature.LINE_TIMES})
MAX_CUES = 10_000
"""Most cues that are read: a long feature film has some 3,000."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A line at its place in the whole film.

    Attributes:
        clip: its clip.
        path: where it is in the caption.
        line: the line.
        speaker: name of who says it.
        language: of its clip.
        start_ms: from the beginning of the film.
        end_ms: likewise.
    """

    clip: str
    path: str
    line: DialogueLine
    speaker: str
    language: str
    start_ms: int
    end_ms: int


def cues_of(script: FilmScript) -> Iterator[Cue]:
    """The lines in order of time.

    Raises:
        FormatError: if nobody speaks.
    """
    if not any(clip.caption.dialogue for clip in script.clips):
        raise FormatError("Subtitles need at least one line, and nobody speaks in this film. Add one first.")
    several = len(script.clips) > 1
    for clip, offset in zip(script.clips, script.offsets_ms, strict=True):
        for line in sorted(clip.caption.dialogue, key=lambda line: (line.start_ms, line.end_ms, line.id)):
            path = f"{clip.id}.dialogue.{line.id}" if several else f"dialogue.{line.id}"
            name = clip.caption.role(line.role).name
            times = (offset + line.start_ms, offset + line.end_ms)
            yield Cue(clip.id, path, line, name, clip.caption.language, *times)


def in_one_line(text: str) -> str:
    """The words with single blanks: an empty line would end a cue."""
    return " ".join(text.split())


def told_apart(cue: Cue, read: Callable[[Cue], tuple[str | None, str]]) -> Iterator[Loss]:
    """What a reader of this cue gets with other words than the script has."""
    speaker, words = read(cue)
    if words != cue.line.text:
        yield Loss(LossKind.CHANGED, f"{cue.path}.text", "the words are on one line, without marks of other programs")
    if speaker != cue.speaker:
        yield Loss(LossKind.CHANGED, cue.path, "the speaker's name is written without signs that would end it")


def not_too_many(document: Document) -> str:
    """The text of a file of subtitles.

    Raises:
        FormatError: if it has far more cues than a film.
    """
    count = document.text.count("-->")
    if count > MAX_CUES:
        raise FormatError(f"{document.name} must have at most {MAX_CUES} cues, got {count}. Import a part of it.")
    return document.text


def line_of(draft: Draft, start_ms: int, end_ms: int, speaker: str | None, words: str) -> Data | None:
    """A cue as a draft's line; ``None`` where nobody speaks in it."""
    if end_ms <= start_ms:
        draft.changed("", "cues that end before they begin are left out")
        return None
    if not re.search(r"\w", words):
        draft.changed("", "cues without words are left out")
        return None
    if speaker is None and re.fullmatch(r"[\[(♪♫#].*[\])♪♫#]", words, re.DOTALL):
        draft.changed("", "descriptions of sounds and music are left out")
        return None
    return {"start_ms": start_ms, "end_ms": end_ms, "speaker": speaker, "text": words}


_PLAIN = r"[^()\[\]]*\w[^()\[\]]*"
_NAME_AND_MANNER = re.compile(rf"(?P<who>{_PLAIN}?)\s*[(\[](?P<how>{_PLAIN})[)\]]")
MAX_TURNS = 8
"""Most speakers of one cue; more than that are no cue but a text with dashes."""
_DASH = re.compile(r"\s*[-‐–—−]\s*(?=\w|[\"“‘'¿¡\[(])")


def turns_of(draft: Draft, text: str, start_ms: int, end_ms: int) -> Iterator[tuple[str, int, int]]:
    """What is said in a cue as (words, start, end): where each line begins with a dash, each is another's turn."""
    turns: list[str] = []
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines:
        if _DASH.match(line) or not turns:
            turns.append(line)
        else:
            turns[-1] += f" {line.strip()}"
    if not 2 <= len(turns) <= MAX_TURNS or not all(map(_DASH.match, turns)):
        turns = [text]
    else:
        turns = [_DASH.sub("", turn, count=1) for turn in turns]
    yield from shared(draft, turns, start_ms, end_ms)


def shared(draft: Draft, turns: list[str], start_ms: int, end_ms: int) -> Iterator[tuple[str, int, int]]:
    """Several turns in the time of one cue, each as long as its share of the letters."""
    if len(turns) > 1:
        draft.changed("", "a cue in which several speak is several lines", "each with its share of the time")
    letters = [max(len(turn), 1) for turn in turns]
    for number, turn in enumerate(turns):
        first, last = sum(letters[:number]), sum(letters[: number + 1])
        length = end_ms - start_ms
        yield turn, start_ms + length * first // sum(letters), start_ms + length * last // sum(letters)


def as_others_write(line: Data) -> Data:
    """A line of a stranger's subtitles: names in brackets or before a wide colon, manners behind the name."""
    if line["speaker"] is None:
        found = re.match(r"\[(?P<who>[^\[\]:]{1,40})\]:?\s+(?P<words>\S.*)", line["text"], re.DOTALL) or re.match(
            r"(?P<who>[^：:\n]{1,20})：\s*(?P<words>\S.*)", line["text"], re.DOTALL
        )
        if found is not None:
            line = line | {"speaker": found["who"].strip(), "text": found["words"]}
    found = _NAME_AND_MANNER.fullmatch(line["speaker"] or "")
    if found is not None:
        line = line | {"speaker": found["who"], "delivery": found["how"].strip()}
    return line
