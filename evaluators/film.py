"""A film that is to be measured: what it should be, and its pictures and sound, decoded once for all metrics.

sample ──▶ OpenedFilm ──▶ pictures of the sizes that the metrics asked for   (one pass over the file)
                     ├──▶ mono samples, one array for each rate
                     └──▶ once("cuts", …): what two metrics need is computed by the first
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from evaluators.plan import ScriptPlan
from evaluators.result import UnscoredError
from mavin.caption import HierarchicalCaption
from mavin.errors import MavinError, UsageError
from mavin.frames import FPS
from mavin.ledger import LedgerEntry
from mavin.media import FilmHead, FrameReader, probe_film, read_sound

__all__ = ["MediaNote", "OpenedFilm", "Pictures", "Sample"]

T = TypeVar("T")

EXTRA_SECONDS = 30
"""How far behind its script's end a film is looked at; a file of hours must not fill the memory."""


@dataclass(frozen=True, slots=True)
class MediaNote:
    """Something about the file that a reader of its scores should know; ``code`` is one word."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One film of a set.

    Attributes:
        id: its name in tables.
        captions: the scripts of its clips.
        video: the film; ``None`` where only the script is scored.
        prompt: what the user asked for, ``None`` where nobody knows.
        ledger: what became of the user's words.
        folder: against which the script's references resolve.
        truth: the real film or recording that the script describes, where there is one.
        voices: makes the voices alone, float32 of shape (N,) at the rate it is given, where they are known.
        writing: counts of the run that wrote the script, such as ``tokens`` and ``repairs``.
        notes: what is known about the film before it is opened.
    """

    id: str
    captions: tuple[HierarchicalCaption, ...]
    video: Path | None = None
    prompt: str | None = None
    ledger: tuple[LedgerEntry, ...] = ()
    folder: Path | None = None
    truth: Path | None = None
    voices: Callable[[int], NDArray[np.float32]] | None = None
    writing: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[MediaNote, ...] = ()

    @property
    def plan(self) -> ScriptPlan:
        """The clips on the film's clock."""
        return ScriptPlan.of(self.captions)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures that a metric wants of every film.

    Attributes:
        size: width and height to which they are stretched; ``None`` for the film's own size.
        fps: how many a second.  At the film's own size keep this low: 24 a second of 832×480 are 29 MB a second.
    """

    size: tuple[int, int] | None
    fps: int = FPS


class OpenedFilm:
    """One film of a set while it is measured; nothing is decoded before it is asked for."""

    def __init__(self, sample: Sample, pictures: Sequence[Pictures] = ()) -> None:
        """Takes in a sample.

        Args:
            sample: the film and its script.
            pictures: all that the metrics will ask for: they are then decoded in one pass.
        """
        self.sample = sample
        self.plan = sample.plan
        self._wanted = tuple(dict.fromkeys(pictures))
        self._pictures: dict[Pictures, NDArray[np.uint8]] = {}
        self._sounds: dict[int, NDArray[np.float32]] = {}
        self._shared: dict[str, Any] = {}
        self._notes = {note.code: note for note in sample.notes}

    @property
    def id(self) -> str:
        """The film's name."""
        return self.sample.id

    @property
    def path(self) -> Path:
        """The film's file.

        Raises:
            UnscoredError: if there is none.
        """
        if self.sample.video is None:
            raise UnscoredError("no film")
        if not self.sample.video.is_file():
            raise UnscoredError("the film's file is missing")
        return self.sample.video

    @property
    def seconds(self) -> float:
        """What is decoded at most."""
        return self.plan.frames / FPS + EXTRA_SECONDS

    @cached_property
    def truth(self) -> OpenedFilm | None:
        """The real film that the script describes, opened beside this one; ``None`` where there is none."""
        if self.sample.truth is None:
            return None
        sample = Sample(f"{self.id} (real)", self.sample.captions, self.sample.truth, folder=self.sample.folder)
        return OpenedFilm(sample, self._wanted)

    @property
    def head(self) -> FilmHead:
        """What the file's head says.

        Raises:
            UnscoredError: if it is no film.
        """
        return self.once("head", lambda: self._guarded(lambda: probe_film(self.path)))

    def frames(self, wanted: Pictures) -> NDArray[np.uint8]:
        """Upright RGB pictures on the 24 fps clock (or the slower one asked for).

        Returns:
            uint8 of shape (F, H, W, 3), F ≥ 1.

        Raises:
            UnscoredError: if the film has no picture, or none that can be decoded.
        """
        if wanted not in self._pictures:
            same_clock = [each for each in self._wanted if each.fps == wanted.fps and each not in self._pictures]
            self._decode(list(dict.fromkeys([wanted, *same_clock])))
        return self._pictures[wanted]

    def each_frame(self, wanted: Pictures) -> Iterator[NDArray[np.uint8]]:
        """The same one by one, decoded anew and never held together: for large pictures at 24 a second.

        Raises:
            UnscoredError: as :meth:`frames`.
        """
        path = self._with_picture()
        try:
            for (picture,) in FrameReader(path, [wanted.size], fps=wanted.fps, seconds=self.seconds):
                yield picture
        except UsageError as error:
            raise UnscoredError(_reason(error)) from None

    @cached_property
    def frame_count(self) -> int:
        """Frames of the film on the 24 fps clock.

        Raises:
            UnscoredError: as :meth:`frames`.
        """
        have = next((each for each in (*self._pictures, *self._wanted) if each.fps == FPS), None)
        return len(self.frames(have or Pictures((48, 27))))

    def sound(self, sample_rate: int) -> NDArray[np.float32]:
        """Mono samples from the first picture on, to the end of the pictures or of the script, whichever is later.

        Returns:
            float32 of shape (N,) in [-1, 1].

        Raises:
            UnscoredError: if the film has no sound track, or none that can be decoded.
        """
        if sample_rate not in self._sounds:
            path = self.path
            samples = self._guarded(lambda: read_sound(path, sample_rate, seconds=self.seconds))
            if samples is None:
                raise UnscoredError("no sound track")
            if not len(samples):
                raise UnscoredError("the sound track cannot be decoded")
            # Encoders pad the end to whole blocks; but pictures that stop too early take no sound away.
            self._sounds[sample_rate] = samples[: round(self._heard_frames() * sample_rate / FPS)]
            if not np.any(np.abs(samples) > 1e-4):
                self.note("silent", "the sound track holds nothing but silence")
        return self._sounds[sample_rate]

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What ``make`` gave the first time; an ``UnscoredError`` is raised again without trying again."""
        if key not in self._shared:
            try:
                self._shared[key] = make()
            except UnscoredError as error:
                self._shared[key] = error
        found = self._shared[key]
        if isinstance(found, UnscoredError):
            raise UnscoredError(str(found))
        return found  # type: ignore[no-any-return]

    @property
    def notes(self) -> tuple[MediaNote, ...]:
        """What has been noticed about the file so far."""
        return tuple(self._notes.values())

    def note(self, code: str, message: str) -> None:
        """Says something about the file that a reader of its scores should know; the first word on a code stays."""
        self._notes.setdefault(code, MediaNote(code, message))

    # ------------------------------------------------------------------------------------------ decoding

    def _heard_frames(self) -> int:
        """How many frames long the sound counts."""
        try:
            return max(self.frame_count, self.plan.frames)
        except UnscoredError:
            return self.plan.frames

    def _with_picture(self) -> Path:
        path = self.path
        if not self.head.width:
            raise UnscoredError("no picture, sound alone")
        return path

    def _decode(self, wanted: list[Pictures]) -> None:
        path = self._with_picture()
        reader = FrameReader(path, [each.size for each in wanted], fps=wanted[0].fps, seconds=self.seconds)
        kept = self._guarded(lambda: list(reader))
        for at, each in enumerate(wanted):
            self._pictures[each] = np.stack([pictures[at] for pictures in kept])
        self._look(reader, wanted[0].fps)

    def _look(self, reader: FrameReader, fps: int) -> None:
        """Notes what is unusual about the file."""
        head, seconds = self.head, reader.frames / fps
        if reader.damage:
            self.note("damaged", f"decoding stopped at {seconds:.2f} s ({reader.damage})")
        elif head.seconds - seconds > max(0.25, 2 / max(head.fps, 1)) and not reader.longer:
            self.note("truncated", f"{seconds:.2f} s of pictures for a film of {head.seconds:.2f} s")
        if reader.longer:
            self.note("long", f"longer than {self.seconds:.0f} s; only that much was looked at")
        elif fps == FPS and reader.frames != self.plan.frames:
            self.note("length", f"{reader.frames} frames at 24 a second, the script has {self.plan.frames}")
        if reader.irregular:
            self.note("variable_rate", "frames are not evenly spaced; each was held until the next")
        elif head.fps and abs(head.fps - FPS) > 0.01:
            self.note("rate", f"{head.fps:g} frames a second, put on a clock of 24")
        if reader.rotation:
            self.note("rotated", f"turned by {reader.rotation}° as the file asks")
        if head.bits > 8:
            self.note("bits", f"{head.bits} bits a colour, looked at with 8")

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except UnscoredError:
            raise
        except MavinError as error:
            raise UnscoredError(_reason(error)) from None


def _reason(error: MavinError) -> str:
    """The cause alone: the same for all films of a table, so that reasons can be counted."""
    text = str(error)
    if "must be a film" in text:
        inner = text[text.find("(", text.find("got a file")) + 1 : text.rfind(")")]
        return f"cannot be read as a film ({inner})" if inner else "cannot be read as a film"
    if "picture that can be decoded" in text:
        return "no picture can be decoded"
    return text
