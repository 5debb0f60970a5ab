"""Films in: frames on the 24 fps clock and samples, whatever made the file.

variable frame rate   ●  ●●   ●    ●        a frame holds until the next one
clock                 ●  ●  ●  ●  ●  ●      what is shown at 0, 1/24, 2/24 … s
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mavin.errors import UsageError
from mavin.frames import FPS

__all__ = ["FilmHead", "FrameReader", "probe_film", "read_frames", "read_sound"]

_MAX_SECONDS = 3600
_SOUND_GAP = 0.05
"""Seconds without sound that are silence and no wobble of the file's clock."""
# Demuxers of films; play lists and device names, which name other files, are not among them.
_FORMATS = "mov,mp4,matroska,webm,avi,gif,mpeg,mpegts,ogg,flv,asf,wav,mp3,flac,aac"

Size = tuple[int, int] | None
"""Width and height to which a picture is stretched, or ``None`` for its own."""


@dataclass(frozen=True, slots=True)
class FilmHead:
    """What the head of a film's file says.

    Attributes:
        width: pixels as stored, 0 without a picture.
        height: the same.
        sample_rate: of the sound, 0 without.
        fps: frames per second on average, 0 without a picture.
        bits: of a colour component, 0 without a picture.
        seconds: how long the film claims to be, 0 where it does not say.
    """

    width: int
    height: int
    sample_rate: int
    fps: float = 0.0
    bits: int = 0
    seconds: float = 0.0


def probe_film(path: Path) -> FilmHead:
    """Read the head of a film.

    Raises:
        UsageError: if the file is missing or no film.
    """
    with _opened(path) as container:
        video = _picture(container)
        audio = container.streams.audio[0] if container.streams.audio else None
        return FilmHead(
            video.width if video else 0,
            video.height if video else 0,
            (audio.rate or 0) if audio else 0,
            float(video.average_rate or 0) if video else 0.0,
            video.format.components[0].bits if video and video.format else 0,
            container.duration / 1e6 if container.duration and container.duration > 0 else 0.0,
        )


class FrameReader:
    """The pictures of a film, upright, on a regular clock, one tick after the other, decoded once.

    What a film was like is known when it has been read: ``frames``, ``damage``, ``irregular``, ``rotation``.

    Attributes:
        frames: ticks that have been read so far.
        damage: why decoding stopped early, empty where it did not.
        irregular: whether the film's own frames are not evenly spaced in time.
        longer: whether the film goes on behind the last tick that was wanted.
        rotation: degrees by which the film asks to be turned.
    """

    def __init__(self, path: Path, sizes: Sequence[Size], *, fps: int = FPS, seconds: float = _MAX_SECONDS) -> None:
        """Nothing is opened before the first picture is asked for.

        Args:
            path: the film.
            sizes: width and height of each wanted version of a picture.
            fps: ticks per second; frames of the film are repeated or left out to fit.
            seconds: where to stop; what lies behind is never decoded.
        """
        self._path, self._sizes, self._fps, self._seconds = path, tuple(sizes), fps, min(seconds, _MAX_SECONDS)
        self.frames = 0
        self.damage = ""
        self.irregular = False
        self.longer = False
        self.rotation = 0

    def __iter__(self) -> Iterator[tuple[NDArray[np.uint8], ...]]:
        """For each tick the picture in all sizes, each uint8 of shape (H, W, 3); a held picture is the same object.

        Raises:
            UsageError: if the file is missing, no film, or its picture cannot be decoded at all.
        """
        import av.error

        self.frames = 0
        most = math.ceil(self._seconds * self._fps)
        with _opened(self._path) as container:
            stream = _picture(container)
            if stream is None:
                return
            stream.thread_type = "AUTO"
            step = 1 / float(stream.average_rate or self._fps)
            last: tuple[NDArray[np.uint8], ...] | None = None
            start: float | None = None
            time, frame_length, spans = 0.0, step, (math.inf, 0.0)
            try:
                for frame in container.decode(stream):
                    given = float(frame.time) if frame.time is not None else (start or 0.0) + time + step
                    start = given if start is None else start
                    # A frame that claims to be earlier than the one before it takes its turn all the same.
                    at = max(time, given - start)
                    if last is not None:
                        spans = min(spans[0], at - time), max(spans[1], at - time)
                        for _ in range(min(_clock(at, self._fps), most) - self.frames):
                            self.frames += 1
                            yield last
                    time = at
                    if self.frames >= most:
                        self.longer = True
                        break
                    last = tuple(_scaled(frame, size) for size in self._sizes)
                    self.rotation = round(frame.rotation)
                    known = frame.duration and frame.time_base
                    frame_length = float(frame.duration * frame.time_base) if known else step
            except av.error.FFmpegError as error:
                self.damage = error.strerror or str(error)
            # Half a frame's wobble is rounding of the file's clock.
            self.irregular = spans[1] - spans[0] > 0.5 * step
            if last is not None:
                due = min(_clock(time + frame_length, self._fps), most) - self.frames
                for _ in range(max(due, 0 if self.frames else 1)):
                    self.frames += 1
                    yield last
        if not self.frames:
            raise UsageError(
                f"{self._path} must hold a picture that can be decoded, got none"
                f"{f' ({self.damage})' if self.damage else ''}. Make the film again or choose another file."
            )


def read_frames(path: Path, size: tuple[int, int], *, fps: int = FPS) -> NDArray[np.uint8]:
    """The pictures of a film, upright, scaled to one size.

    Args:
        path: the film.
        size: width and height in pixels; the picture is stretched to it.
        fps: frames per second of the result; frames of the film are repeated or left out to fit.

    Returns:
        uint8 of shape (F, H, W, 3); F is 0 for a file that has sound alone.

    Raises:
        UsageError: if the file is missing, no film, or its picture cannot be decoded at all.
    """
    kept = [picture for (picture,) in FrameReader(path, [size], fps=fps)]
    return np.stack(kept) if kept else np.zeros((0, size[1], size[0], 3), np.uint8)


def _clock(seconds: float, fps: int) -> int:
    """The first tick of the clock at or after an instant; a hundredth of a tick is rounding."""
    return math.ceil(seconds * fps - 0.01)


def _scaled(frame: Any, size: Size) -> NDArray[np.uint8]:
    turns = round(frame.rotation / 90) % 4
    width, height = size or (frame.width, frame.height)
    if size is not None and turns % 2:
        width, height = height, width
    pixels = frame.reformat(width, height, "rgb24", interpolation="AREA").to_ndarray()
    return np.ascontiguousarray(np.rot90(pixels, turns)) if turns else np.asarray(pixels, np.uint8)


def read_sound(path: Path, sample_rate: int, *, seconds: float = _MAX_SECONDS) -> NDArray[np.float32] | None:
    """The sound of a film as mono samples, placed where they are heard; ``None`` without a sound track.

    Encoders pad the end to whole blocks: compare with the length of the picture where that matters.

    Args:
        path: the film.
        sample_rate: samples per second of the result.
        seconds: where to stop; a block that begins before it is kept whole.

    Returns:
        float32 of shape (N,) in [-1, 1].

    Raises:
        UsageError: if the file is missing or no film.
    """
    import av
    import av.error

    with _opened(path) as container:
        if not container.streams.audio:
            return None
        video = _picture(container)
        first = _start(video) if video is not None else 0.0
        resampler = av.AudioResampler(format="flt", layout="mono", rate=sample_rate)
        blocks: list[NDArray[np.float32]] = []
        have, most = 0, round(min(seconds, _MAX_SECONDS) * sample_rate)
        begin: float | None = None
        due = 0.0
        try:
            for frame in container.decode(audio=0):
                at = due if frame.time is None else float(frame.time)
                if begin is None:
                    begin = due = at
                if at - due > _SOUND_GAP:  # what was never recorded, or was lost, is silence
                    blocks.append(np.zeros(min(round((at - due) * sample_rate), most), np.float32))
                    have += len(blocks[-1])
                    due = at
                blocks.append(_flat(resampler.resample(frame)))
                have += len(blocks[-1])
                due += frame.samples / frame.sample_rate
                if have > most:
                    break
            blocks.append(_flat(resampler.resample(None)))
        except av.error.FFmpegError:
            pass  # what was heard up to the damage counts
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        lead = round(((begin or 0.0) - first) * sample_rate)
        samples = np.pad(samples, (lead, 0)) if lead > 0 else samples[-lead:]
        return np.clip(np.nan_to_num(samples), -1.0, 1.0).astype(np.float32)


def _flat(parts: list[Any]) -> NDArray[np.float32]:
    return np.concatenate(
        [np.zeros(0, np.float32), *(np.asarray(part.to_ndarray(), np.float32).reshape(-1) for part in parts)]
    )


def _picture(container: Any) -> Any | None:
    """The moving picture; the cover of a song is none."""
    from av.stream import Disposition

    moving = (stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic)
    return next(moving, None)


def _start(stream: Any) -> float:
    return float(stream.start_time * stream.time_base) if stream.start_time is not None else 0.0


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import av
    import av.error

    if not path.is_file():
        what = "a folder" if path.is_dir() else "no such file"
        raise UsageError(f"The film {path} must be a file, got {what}. Check the path's spelling.")
    options = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}
    try:
        with path.open("rb") as file, av.open(file, "r", options=options) as container:
            if not container.streams.video and not container.streams.audio:
                raise UsageError(f"{path} must be a film, got a file without picture and sound. Choose another file.")
            yield container
    except (av.error.FFmpegError, OSError, IndexError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"{path} must be a film (MP4, WebM, MOV, MKV, AVI, GIF), got a file that cannot be read as one ({reason}). "
            "It may be empty or cut short; make it again or choose another."
        ) from None
