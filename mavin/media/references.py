"""Reference pictures and recordings, read warily: their makers are unknown."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from mavin.errors import UsageError

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "MAX_AUDIO_SECONDS",
    "MAX_IMAGE_PIXELS",
    "MAX_REFERENCE_BYTES",
    "Recording",
    "SoundFile",
    "is_animated",
    "probe_reference",
    "probe_sound",
    "read_audio",
    "read_image",
    "read_picture",
    "read_recording",
    "reference_suffix",
]

MAX_REFERENCE_BYTES = 100 * 1024 * 1024
"""Largest reference file that is opened."""
MAX_IMAGE_PIXELS = 50_000_000
"""Largest picture that is decoded, in pixels."""
MAX_AUDIO_SECONDS = 600
"""Longest sound that is decoded."""

_IMAGE_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
# Demuxers that hold sound in one file; play lists and device names, which name other files, are not among them.
_AUDIO_FORMATS = "wav,w64,aiff,au,caf,mp3,flac,ogg,aac,ac3,eac3,mov,mp4,m4a,matroska,webm,avi,asf,amr,mpeg,mpegts"
_KINDS = "a picture (PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF) or a sound (WAV, MP3, FLAC, OGG, M4A)"

Samples = NDArray[np.float32]


def probe_reference(path: Path) -> Literal["image", "audio"]:
    """Tell by its content whether a file holds a picture or a sound.

    Raises:
        UsageError: if it cannot be read or holds neither.
    """
    _check_file(path)
    if _image_format(path) is not None:
        read_image(path)
        return "image"
    try:
        read_audio(path, 16_000, max_seconds=1)
    except _CutShortError:
        raise
    except UsageError:
        raise UsageError(f"{path} must be {_KINDS}, got {_describe(path)}. Convert it or choose another.") from None
    return "audio"


class _CutShortError(UsageError):
    """The file is a sound, and part of it is missing."""


def read_image(path: Path) -> Image:
    """The picture of a file as RGB: upright, on white where transparent, the first of an animation.

    Raises:
        UsageError: if it is missing, unreadable, too large, damaged or no picture.
    """
    from PIL import Image

    upright = read_picture(path)
    white = Image.new("RGBA", upright.size, "white")
    white.alpha_composite(upright)
    return white.convert("RGB")


def read_picture(path: Path) -> Image:
    """The picture of a file as RGBA: upright, 8 bits a channel, the first of an animation.

    Raises:
        UsageError: if it is missing, unreadable, too large, damaged or no picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    _check_file(path)
    try:
        with Image.open(path, formats=_IMAGE_FORMATS) as image:
            if image.width * image.height > MAX_IMAGE_PIXELS:
                raise UsageError(
                    f"A reference picture must have at most {MAX_IMAGE_PIXELS // 1_000_000} million pixels, got "
                    f"{image.width}×{image.height} in {path}. Save a smaller copy and use that."
                )
            image.seek(0)
            image.load()
            upright = _eight_bit(ImageOps.exif_transpose(image)).convert("RGBA")
    except Image.DecompressionBombError:
        raise UsageError(
            f"A reference picture must have at most {MAX_IMAGE_PIXELS // 1_000_000} million pixels, got many more in "
            f"{path}. Save a smaller copy and use that."
        ) from None
    except UnidentifiedImageError:
        raise UsageError(
            f"{path} must be a picture ({', '.join(_IMAGE_FORMATS)}), got {_describe(path)}. Choose another file."
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        # What Pillow raises for damaged data depends on the format.
        raise UsageError(
            f"The picture {path} is damaged or cut short ({error}). Open it in a picture editor, save it again as PNG, "
            "and use that."
        ) from None
    return upright


def _eight_bit(image: Image) -> Image:
    """A picture of 16 or 32 bits a pixel as 8 bits, over its whole range; Pillow itself would cut it off at 255."""
    from PIL import Image as Pictures

    if not image.mode.startswith(("I", "F")):
        return image
    values = np.nan_to_num(np.asarray(image, np.float64))
    largest = float(values.max(initial=0.0))
    top = 65535.0 if image.mode != "F" and largest <= 65535 else max(largest, 1.0)
    return Pictures.fromarray(np.clip(values * (255 / top), 0, 255).astype(np.uint8))


def is_animated(path: Path) -> bool:
    """Whether a picture that can be read moves: a GIF, APNG, WebP or AVIF of several frames.

    The several pictures of a camera's JPEG or of a TIFF are no animation.
    """
    from PIL import Image

    with Image.open(path, formats=_IMAGE_FORMATS) as image:
        return image.format in ("GIF", "PNG", "WEBP", "AVIF") and bool(getattr(image, "is_animated", False))


@dataclass(frozen=True, slots=True)
class Recording:
    """What a sound file holds.

    Attributes:
        samples: mono float32 of shape (N,) in [-1, 1].
        flaw: where the file is broken although most of it could be read, such as ``breaks at 1.20 s``; or empty.
    """

    samples: Samples
    flaw: str = ""


def read_audio(path: Path, sample_rate: int, *, max_seconds: float = MAX_AUDIO_SECONDS) -> Samples:
    """The samples of :func:`read_recording`, whatever flaw the file has."""
    return read_recording(path, sample_rate, max_seconds=max_seconds).samples


def read_recording(path: Path, sample_rate: int, *, max_seconds: float = MAX_AUDIO_SECONDS) -> Recording:
    """The sound of a file at ``sample_rate``, and where it is broken.

    Reads at most ``max_seconds``; longer files are cut there.

    Raises:
        UsageError: if it is missing, unreadable, damaged, silent by emptiness or no sound.
    """
    import av
    import av.error

    _check_file(path)
    wanted = int(max_seconds * sample_rate)
    blocks: list[Samples] = []
    have = 0
    damage = ""
    options = {"format_whitelist": _AUDIO_FORMATS, "protocol_whitelist": "file"}
    try:
        with path.open("rb") as file, av.open(file, "r", options=options) as container:
            if not container.streams.audio:
                raise UsageError(f"{path} must hold sound, got {_describe(path)} without any. Choose another file.")
            stream = container.streams.audio[0]
            promised = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
            promised = max(promised, _wav_seconds(path))
            resampler = av.AudioResampler(format="flt", layout="mono", rate=sample_rate)
            try:
                for frame in container.decode(audio=0):
                    blocks.append(_flat(resampler.resample(frame)))
                    have += len(blocks[-1])
                    if have >= wanted:
                        break
            except av.error.FFmpegError as error:
                damage = str(error)
            with suppress(av.error.FFmpegError):
                blocks.append(_flat(resampler.resample(None)))
    except (av.error.FFmpegError, OSError, ValueError, IndexError) as error:
        raise UsageError(
            f"{path} must be a sound (WAV, MP3, FLAC, OGG, M4A), got {_describe(path)} ({_reason(error)}). "
            "Convert it to WAV or choose another file."
        ) from None
    samples = np.concatenate(blocks)[:wanted] if blocks else np.zeros(0, np.float32)
    if len(samples) < sample_rate // 20:
        raise UsageError(
            f"A sound must last at least 0.05 s, got {len(samples) / sample_rate:.2f} s in {path}"
            f"{f' ({damage})' if damage else ''}. Choose another file."
        )
    if len(samples) < min(wanted, (0.9 * promised - 0.1) * sample_rate):
        raise _CutShortError(
            f"The sound {path} is cut short: its head promises {promised:.2f} s, the file holds "
            f"{len(samples) / sample_rate:.2f} s. Copy or export it again."
        )
    if have < wanted and not damage and _lacks_last_page(path):
        damage = "the end of the file is missing"
    samples = np.clip(np.nan_to_num(samples), -1.0, 1.0).astype(np.float32)
    flaw = f"breaks off after {len(samples) / sample_rate:.2f} s ({damage})" if damage else _gap(samples, sample_rate)
    return Recording(samples, flaw)


_GAP_SECONDS = 0.5


def _gap(samples: Samples, sample_rate: int) -> str:
    """Where samples of exactly 0 stand between sound and sound: no microphone is that still, a lost block is."""
    sounding = np.flatnonzero(np.abs(samples) > 1e-7)
    if len(sounding) < 2:
        return ""
    widths = np.diff(sounding)
    at = int(np.argmax(widths))
    if widths[at] < _GAP_SECONDS * sample_rate:
        return ""
    start, end = sounding[at] / sample_rate, sounding[at + 1] / sample_rate
    return f"holds nothing at all from {start:.2f} s to {end:.2f} s"


def _lacks_last_page(path: Path) -> bool:
    """Whether an Ogg file, whose head promises no length, ends before the page that is marked as its last."""
    data = path.read_bytes()
    last = data.rfind(b"OggS")
    return data[:4] == b"OggS" and not (last + 5 < len(data) and data[last + 5] & 4)


def _wav_seconds(path: Path) -> float:
    """How long a WAV file's head says that it is; 0 where it is no WAV file or was written without knowing."""
    rate = size = 0
    with path.open("rb") as file:
        if file.read(4) not in (b"RIFF", b"RIFX") or file.seek(4, 1) < 0 or file.read(4) != b"WAVE":
            return 0.0
        while len(head := file.read(8)) == 8:
            length = int.from_bytes(head[4:], "little")
            if head[:4] == b"fmt ":
                rate = int.from_bytes(file.read(16)[8:12], "little")
                file.seek(length - 16 + length % 2, 1)
            elif head[:4] == b"data":
                size = length
                break
            else:
                file.seek(length + length % 2, 1)
    # Whoever writes into a pipe fills in the largest number there is.
    return size / rate if rate and 0 < size < _UNKNOWN_BYTES else 0.0


_UNKNOWN_BYTES = 0x7FFFF000


_SUFFIXES = {
    "PNG": ".png", "JPEG": ".jpg", "MPO": ".jpg", "WEBP": ".webp", "GIF": ".gif", "BMP": ".bmp", "TIFF": ".tif",
    "AVIF": ".avif", "wav": ".wav", "w64": ".w64", "aiff": ".aiff", "au": ".au", "caf": ".caf", "mp3": ".mp3",
    "flac": ".flac", "ogg": ".ogg", "aac": ".aac", "ac3": ".ac3", "eac3": ".eac3", "mov": ".m4a", "matroska": ".mka",
    "asf": ".wma", "amr": ".amr",
}  # fmt: skip


def reference_suffix(path: Path) -> str:
    """What the name of a picture or sound that can be read should end in, by its content; empty where unknown."""
    import av
    import av.error

    name = _image_format(path)
    if name is None:
        options = {"format_whitelist": _AUDIO_FORMATS, "protocol_whitelist": "file"}
        with (
            suppress(av.error.FFmpegError, OSError, ValueError),
            path.open("rb") as file,
            av.open(file, "r", options=options) as container,
        ):
            name = container.format.name.split(",")[0]
    return _SUFFIXES.get(name or "", "")


@dataclass(frozen=True, slots=True)
class SoundFile:
    """What the head of a sound file says: samples per second, channels, and whether it holds moving pictures too."""

    sample_rate: int
    channels: int
    video: bool


def probe_sound(path: Path) -> SoundFile:
    """Reads the head of a sound or video file; a cover picture inside a song is no video.

    Raises:
        UsageError: if it is missing, unreadable, or neither sound nor video.
    """
    import av
    import av.error
    from av.stream import Disposition

    _check_file(path)
    options = {"format_whitelist": _AUDIO_FORMATS, "protocol_whitelist": "file"}
    try:
        with path.open("rb") as file, av.open(file, "r", options=options) as container:
            video = any(not stream.disposition & Disposition.attached_pic for stream in container.streams.video)
            if not container.streams.audio:
                return SoundFile(0, 0, video)
            sound = container.streams.audio[0]
            return SoundFile(sound.rate or 0, sound.channels, video)
    except (av.error.FFmpegError, OSError, ValueError, IndexError):
        raise UsageError(f"{path} must be {_KINDS}, got {_describe(path)}. Convert it or choose another.") from None


def _flat(frames: list[Any]) -> Samples:
    parts = [np.asarray(frame.to_ndarray(), np.float32).reshape(-1) for frame in frames]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise UsageError(f"A reference must be a file, got the folder {path}. Name a file in it.")
        if not path.exists():
            raise UsageError(f"The reference {path} must exist, got no such file. Check the path's spelling.")
        if not path.is_file():
            raise UsageError(f"A reference must be an ordinary file, got {path}. Copy its content to a file first.")
        size = path.stat().st_size
        if size == 0:
            raise UsageError(f"The reference {path} must not be empty, got 0 bytes. Choose another file.")
        if size > MAX_REFERENCE_BYTES:
            raise UsageError(
                f"A reference must have at most {MAX_REFERENCE_BYTES // 2**20} MB, got {size // 2**20} MB in {path}. "
                "Save a smaller copy and use that."
            )
        with path.open("rb") as file:
            file.read(1)
    except (OSError, ValueError) as error:
        raise UsageError(f"The reference {path} cannot be read ({_reason(error)}). Check its permissions.") from None


def _image_format(path: Path) -> str | None:
    from PIL import Image

    try:
        with Image.open(path, formats=_IMAGE_FORMATS) as image:
            return image.format
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        # A bomb is a picture all the same: read_image gives it its own message.
        return "bomb" if _looks_like_image(path) else None


def _looks_like_image(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(16)
    return head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")) or head[8:12] == b"WEBP"


def _describe(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(b"%PDF"):
        return "a PDF document"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"):
        return "a HEIC photo, which must be saved as JPEG first"
    if head.startswith(b"PK"):
        return "a zip archive"
    if head.lstrip().startswith((b"<svg", b"<?xml", b"<!DOCTYPE", b"<html")):
        return "markup (SVG, XML or HTML)"
    with suppress(UnicodeDecodeError):
        head[:500].decode("utf-8")
        return "text"
    return "a file of another kind"
