"""Films out, streaming: frames come from an iterator, so that memory does not grow with the film.

frames ──▶ H.264 │ VP9  │ GIF ┐
                              ├──▶ .NAME.XXXX.part ──os.replace──▶ NAME.mp4 │ .webm │ .gif
samples ─▶ AAC   │ Opus │  –  ┘          (removed on any error; the film that was there before stays)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mavin.errors import UsageError
from mavin.frames import FPS
from mavin.media.atomic import write_atomic

__all__ = ["FILM_SUFFIXES", "has_sound_track", "write_video", "written_size"]

Samples = NDArray[np.float32]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Format:
    container: str
    video: str
    pixels: str
    audio: str
    bit_rate: int
    options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)


# Macroblock trees (mbtree) of the bundled x264 differ from run to run; without them one film is one film.
_MP4 = _Format(
    "mp4", "libx264", "yuv420p", "aac", 160_000,
    options={"crf": "18", "preset": "veryfast", "mbtree": "0"},
    container_options={"movflags": "+faststart"},
)  # fmt: skip
_WEBM = _Format(
    "webm", "libvpx-vp9", "yuv420p", "libopus", 128_000,
    options={"crf": "24", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "0", "tile-columns": "0"},
)  # fmt: skip

FILM_SUFFIXES = (".mp4", ".webm", ".gif")
"""What a film's file may end in; the suffix chooses the format."""


def has_sound_track(suffix: str) -> bool:
    """Whether films of this suffix can be heard."""
    return suffix.casefold() != ".gif"


def written_size(suffix: str, size: tuple[int, int]) -> tuple[int, int]:
    """Width and height in pixels that a film of this suffix has in its file."""
    if suffix.casefold() != ".gif":
        return size
    from mavin.media.gif import gif_size

    return gif_size(size)


def write_video(
    path: Path,
    frames: Iterable[Pixels],
    audio: Samples | None,
    *,
    size: tuple[int, int],
    sample_rate: int = 48_000,
    fps: int = FPS,
    metadata: Mapping[str, str] | None = None,
) -> int:
    """Write a film in the format of its suffix and return the number of frames.

    ``.mp4``: H.264 yuv420p and AAC, index in front.  ``.webm``: VP9 and Opus.  ``.gif``: a palette of
    each passage's own colours, every second frame (GIF counts hundredths of a second), no sound.

    Args:
        path: the file; replaced only when the whole film is written.
        frames: pictures, uint8 of shape (H, W, 3), each shown for exactly 1/``fps`` seconds.
        audio: samples in [-1, 1], float32 of shape (N,) or (N, 2), or ``None`` for a film without a
            sound track; cut or padded with silence to the length of the picture.
        size: width and height in pixels, both even.
        sample_rate: samples per second.
        fps: frames per second.
        metadata: container tags, such as ``title`` and ``comment``.

    Raises:
        UsageError: for another suffix.
        MavinError: if the disk is full or the folder cannot be written.
        ValueError: if a frame has another size or the sound another shape.
    """
    import av.error

    if audio is not None and (audio.ndim not in (1, 2) or (audio.ndim == 2 and audio.shape[1] != 2)):
        raise ValueError(f"audio must have shape (N,) or (N, 2), got {audio.shape}")
    suffix = path.suffix.casefold()
    if suffix not in FILM_SUFFIXES:
        raise UsageError(
            f"A film's file must end in {', '.join(FILM_SUFFIXES)}, got {path}. "
            f"Try {path.with_suffix('.mp4').name if path.name else 'film.mp4'}."
        )
    checked = _checked(frames, size)
    with write_atomic(path) as temporary:
        try:
            if suffix == ".gif":
                from mavin.media.gif import encode_gif

                return encode_gif(temporary, checked, size, fps, comment=(metadata or {}).get("comment", ""))
            kind = _MP4 if suffix == ".mp4" else _WEBM
            return _encode(temporary, kind, checked, audio, size, sample_rate, fps, metadata or {})
        except av.error.FFmpegError as error:
            # FFmpeg names its system errors (no space left, file too large) by number, like the system does.
            raise OSError(error.errno or 0, error.strerror or str(error)) from error


def _checked(frames: Iterable[Pixels], size: tuple[int, int]) -> Iterator[Pixels]:
    width, height = size
    for number, pixels in enumerate(frames):
        if pixels.shape != (height, width, 3) or pixels.dtype != np.uint8:
            raise ValueError(
                f"frame {number} must be uint8 of shape ({height}, {width}, 3), got {pixels.dtype} {pixels.shape}"
            )
        yield pixels


def _encode(
    path: Path,
    kind: _Format,
    frames: Iterable[Pixels],
    audio: Samples | None,
    size: tuple[int, int],
    sample_rate: int,
    fps: int,
    metadata: Mapping[str, str],
) -> int:
    import av

    width, height = size
    count = 0
    with av.open(str(path), "w", format=kind.container, options=dict(kind.container_options)) as container:
        container.metadata.update(metadata)
        video: Any = container.add_stream(kind.video, rate=fps, options=dict(kind.options))
        video.width, video.height, video.pix_fmt = width, height, kind.pixels
        video.codec_context.time_base = Fraction(1, fps)
        # The number of threads changes the encoder's decisions: a fixed number gives the same film on every machine.
        video.codec_context.thread_count = 2
        sound = _SoundTrack(container, kind, audio, sample_rate) if audio is not None else None
        for pixels in frames:
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            picture.pts, picture.time_base = count, Fraction(1, fps)
            container.mux(video.encode(picture))
            count += 1
            if sound is not None:
                sound.write_until(count * sample_rate // fps)
        container.mux(video.encode(None))
        if sound is not None:
            sound.finish(round(Fraction(count * sample_rate, fps)))
    return count


class _SoundTrack:
    # Feeds the encoder in step with the picture, so that the two are interleaved in the file.
    _BLOCK = 1024

    def __init__(self, container: Any, kind: _Format, samples: Samples, sample_rate: int) -> None:
        self._container = container
        self._layout = "mono" if samples.ndim == 1 else "stereo"
        self._samples = samples[np.newaxis] if samples.ndim == 1 else samples.T
        self._rate = sample_rate
        self._done = 0
        self._stream = container.add_stream(kind.audio, rate=sample_rate, layout=self._layout)
        self._stream.bit_rate = kind.bit_rate

    def write_until(self, end: int) -> None:
        while self._done + self._BLOCK <= end:
            self._write(self._done + self._BLOCK)

    def finish(self, end: int) -> None:
        self.write_until(end)
        if end > self._done:
            self._write(end)
        self._container.mux(self._stream.encode(None))

    def _write(self, end: int) -> None:
        import av

        block = np.zeros((self._samples.shape[0], end - self._done), np.float32)
        have = self._samples[:, self._done : end]
        block[:, : have.shape[1]] = have
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=self._layout)
        frame.sample_rate, frame.pts, frame.time_base = self._rate, self._done, Fraction(1, self._rate)
        self._container.mux(self._stream.encode(frame))
        self._done = end
