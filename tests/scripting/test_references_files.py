"""Files that cannot be references: each is named in one paragraph before anything is asked or written."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from mavin.errors import UsageError
from mavin.media import MAX_REFERENCE_BYTES, write_video
from scripting.references.files import check_reference

from .reference_files import photo, save_wav, tone


def animation(path: Path) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)


def sparse(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    os.truncate(path, MAX_REFERENCE_BYTES + 1)


def vast(path: Path) -> None:
    """The head of a picture so large that Pillow itself refuses to look at it."""
    data = bytearray(_png())
    data[16:24] = (20_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    path.write_bytes(bytes(data))


def _png() -> bytes:
    file = io.BytesIO()
    Image.new("L", (4, 4)).save(file, "PNG")
    return file.getvalue()


def halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def loop(path: Path) -> None:
    path.symlink_to(path)


def film(path: Path) -> None:
    frames = (np.full((48, 64, 3), value, np.uint8) for value in range(48))
    write_video(path, frames, tone(150, 2.0, 48_000), size=(64, 48))


BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("a.gif", animation, "an animation"),
    ("a.png", animation, "an animation"),  # APNG
    ("a.webp", animation, "an animation"),
    ("text.png", lambda path: path.write_text("not a picture"), "got text"),
    ("cut.jpg", lambda path: path.write_bytes(_jpeg()[:9000]), "damaged or cut short"),
    ("huge.png", sparse, "100 MB"),
    ("vast.png", vast, "50 million pixels"),
    ("half.wav", lambda path: halved(save_wav(path, tone(150, 4.0))), "cut short: its head promises 4.00 s"),
    ("silent.wav", lambda path: save_wav(path, np.zeros(32_000, np.float32)), "silence"),
    ("short.wav", lambda path: save_wav(path, tone(150, 0.6)), "at least 1 s, got 0.60 s"),
    ("long.wav", lambda path: save_wav(path, tone(150, 61, 8_000), 8_000), "at most 60 s"),
    ("film.mp4", film, "got a video"),
    ("loop.png", loop, "loop.png"),
    ("dangling.png", lambda path: path.symlink_to("nowhere.png"), "no such file"),
    ("pipe.png", lambda path: os.mkfifo(path), "an ordinary file"),
    ("photo.heic", lambda path: path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "HEIC"),
]


def _jpeg() -> bytes:
    file = io.BytesIO()
    photo().save(file, "JPEG", quality=95)
    return file.getvalue()


@pytest.mark.parametrize(("name", "make", "says"), BAD, ids=[item[0] for item in BAD])
def test_what_cannot_be_a_reference_is_named_with_a_remedy(
    tmp_path: Path, name: str, make: Callable[[Path], object], says: str
) -> None:
    make(tmp_path / name)
    with pytest.raises(UsageError) as caught:
        check_reference(tmp_path / name)
    message = str(caught.value)
    assert says in message and name in message and "\n" not in message and message.endswith(".")


def test_what_it_is_counts_and_not_what_it_is_called(tmp_path: Path) -> None:
    photo().save(tmp_path / "a.jpg", "PNG")
    assert check_reference(tmp_path / "a.jpg") == "image"
    (tmp_path / "link.png").symlink_to("a.jpg")
    assert check_reference(tmp_path / "link.png") == "image"
    save_wav(tmp_path / "a.png", tone(150, 1.2))
    assert check_reference(tmp_path / "a.png") == "audio"
    (tmp_path / "a.png").unlink()
    photo().convert("L").save(tmp_path / "a.png")
    assert check_reference(tmp_path / "a.png") == "image"  # what was known of a file ends with its content


def test_a_song_with_a_cover_is_a_sound(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        sound = container.add_stream("aac", rate=48_000, layout="mono")
        cover = container.add_stream("png", rate=1)
        cover.width, cover.height, cover.pix_fmt = 16, 16, "rgb24"
        cover.disposition = av.stream.Disposition.attached_pic
        frame = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")
        container.mux(cover.encode(frame))
        container.mux(cover.encode(None))
        block = av.AudioFrame.from_ndarray(tone(150, 2.0, 48_000)[np.newaxis], format="fltp", layout="mono")
        block.sample_rate = 48_000
        container.mux(sound.encode(block))
        container.mux(sound.encode(None))
    assert check_reference(path) == "audio"
