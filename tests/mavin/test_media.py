"""Films are written whole or not at all; references are read warily."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import wave
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from mavin.errors import MavinError, UsageError
from mavin.media import probe_reference, read_audio, read_image, read_recording, write_video

_SIZE = (64, 48)


def _frames(count: Any, size: Any = _SIZE) -> Any:
    # Each frame's grey value tells its number.
    for number in range(count):
        yield np.full((size[1], size[0], 3), 20 + 9 * number, np.uint8)


def _decode(path: Any) -> Any:
    import av

    with av.open(str(path)) as container:
        pictures = [
            (float(frame.time or 0), int(frame.to_ndarray(format="gray").mean())) for frame in container.decode(video=0)
        ]
    with av.open(str(path)) as container:
        stream = container.streams.audio[0] if container.streams.audio else None
        sound = np.concatenate([f.to_ndarray() for f in container.decode(stream)], axis=1) if stream else None
    return pictures, sound


def _beep(seconds: Any, rate: Any = 48_000) -> Any:
    return (0.5 * np.sin(2 * np.pi * 1000 * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


@pytest.mark.parametrize("count", [1, 24, 25])
def test_frames_come_back_in_order_at_their_exact_times(tmp_path: Any, count: Any) -> None:
    path = tmp_path / "film.mp4"
    assert write_video(path, _frames(count), _beep(0.3), size=_SIZE) == count
    pictures, _ = _decode(path)
    assert [round(time * 24, 3) for time, _ in pictures] == list(range(count))
    assert all(abs(grey - (20 + 9 * number)) <= 3 for number, (_, grey) in enumerate(pictures))


@pytest.mark.parametrize("seconds", [0.0, 0.4, 1.0, 3.0])
def test_the_sound_is_as_long_as_the_picture(tmp_path: Any, seconds: Any) -> None:
    path = tmp_path / "film.mp4"
    write_video(path, _frames(25), _beep(seconds), size=_SIZE)
    _, sound = _decode(path)
    # 25 / 24 s × 48,000 = 50,000; AAC decodes whole blocks of 1,024
    assert 50_000 <= sound.shape[1] <= 50_000 + 1024
    if seconds >= 1.0:
        assert np.abs(sound[0, 10_000:40_000]).max() == pytest.approx(0.5, abs=0.05)


def test_stereo_stays_stereo_and_no_sound_means_no_track(tmp_path: Any) -> None:
    path = tmp_path / "film.mp4"
    both = np.stack([_beep(1.0), np.zeros(48_000, np.float32)], axis=1)
    write_video(path, _frames(24), both, size=_SIZE)
    _, sound = _decode(path)
    assert sound.shape[0] == 2 and np.abs(sound[0]).max() > 0.4 and np.abs(sound[1]).max() < 0.05
    write_video(path, _frames(24), None, size=_SIZE)
    assert _decode(path)[1] is None


def test_the_index_stands_in_front(tmp_path: Any) -> None:
    path = tmp_path / "film.mp4"
    write_video(path, _frames(24), _beep(1.0), size=_SIZE)
    data = path.read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_a_frame_that_fails_leaves_the_film_that_was_there(tmp_path: Any) -> None:
    path = tmp_path / "film.mp4"
    write_video(path, _frames(10), None, size=_SIZE)
    before = path.read_bytes()

    def failing() -> Any:
        yield from _frames(5)
        raise RuntimeError("out of paint")

    with pytest.raises(RuntimeError, match="out of paint"):
        write_video(path, failing(), _beep(1.0), size=_SIZE)
    with pytest.raises(ValueError, match="frame 0 must be uint8 of shape"):
        write_video(path, _frames(2, (32, 32)), None, size=_SIZE)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["film.mp4"]


def test_a_full_disk_leaves_the_film_that_was_there(tmp_path: Any) -> None:
    path = tmp_path / "film.mp4"
    write_video(path, _frames(10), None, size=_SIZE)
    before = path.read_bytes()
    # A limit on file sizes fails writes just as a full disk does.
    script = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        import numpy as np
        from mavin.errors import MavinError
        from mavin.media import write_video
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        noise = np.random.default_rng(0)
        frames = (noise.integers(0, 255, (480, 640, 3), dtype=np.uint8) for _ in range(12))
        try:
            write_video(Path(sys.argv[1]), frames, None, size=(640, 480))
        except MavinError as error:
            print(error)
    """)
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert "could not be written" in done.stdout and "disk space" in done.stdout
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["film.mp4"]


def test_places_that_cannot_be_written_are_named(tmp_path: Any) -> None:
    with pytest.raises(MavinError, match=r"folder of .* must exist"):
        write_video(tmp_path / "nowhere" / "film.mp4", _frames(1), None, size=_SIZE)
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(MavinError, match="must be a file, got a folder"):
        write_video(tmp_path / "folder.mp4", _frames(1), None, size=_SIZE)
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.mp4"]


# ---------------------------------------------------------------------------------------- reading


def _wav(path: Any, seconds: Any = 0.5, rate: Any = 8_000) -> Any:
    data = (np.sin(np.arange(int(seconds * rate)) / rate * 2 * np.pi * 440) * 20_000).astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(data.tobytes())
    return path


def test_sound_is_read_as_mono_at_the_rate_asked_for(tmp_path: Any) -> None:
    samples = read_audio(_wav(tmp_path / "a.wav"), 48_000)
    assert samples.dtype == np.float32 and samples.shape == (24_000,)
    assert np.argmax(np.abs(np.fft.rfft(samples))) == 220  # 440 Hz × 0.5 s
    assert len(read_audio(tmp_path / "a.wav", 48_000, max_seconds=0.2)) == 9_600


def test_pictures_are_read_as_rgb(tmp_path: Any) -> None:
    see_through = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    see_through.save(tmp_path / "a.png")
    assert read_image(tmp_path / "a.png").getpixel((4, 4)) == (255, 255, 255)
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second], duration=100)
    assert read_image(tmp_path / "a.gif").getpixel((4, 4)) == (255, 0, 0)
    turned = Image.new("RGB", (8, 4))
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(tmp_path / "a.jpg", exif=exif)
    assert read_image(tmp_path / "a.jpg").size == (4, 8)


def test_references_are_told_apart_by_content(tmp_path: Any) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "picture.wav", "PNG")
    _wav(tmp_path / "sound.png")
    assert probe_reference(tmp_path / "picture.wav") == "image"
    assert probe_reference(tmp_path / "sound.png") == "audio"


def _bad_files(folder: Path) -> dict[str, Path]:
    Image.effect_noise((200, 200), 90).save(folder / "whole.png")
    (folder / "cut.png").write_bytes((folder / "whole.png").read_bytes()[:6000])
    (folder / "empty.png").write_bytes(b"")
    (folder / "text.png").write_text("#EXTM3U\nfile:///etc/hostname\n")
    (folder / "page.html").write_text("<!DOCTYPE html><p>no</p>")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    (folder / "head.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt ")
    (folder / "folder").mkdir()
    # A PNG header that promises 100,000 × 100,000 pixels.
    bomb = bytearray((folder / "whole.png").read_bytes())
    bomb[16:24] = (100_000).to_bytes(4, "big") * 2
    import zlib

    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    (folder / "bomb.png").write_bytes(bytes(bomb))
    os.mkfifo(folder / "pipe")
    names = [
        "cut.png",
        "empty.png",
        "text.png",
        "page.html",
        "paper.pdf",
        "head.wav",
        "folder",
        "bomb.png",
        "pipe",
        "missing",
    ]
    return {name: folder / name for name in names}


@pytest.mark.parametrize(
    "name",
    ["cut.png", "empty.png", "text.png", "page.html", "paper.pdf", "head.wav", "folder", "bomb.png", "pipe", "missing"],
)
def test_unusable_references_get_one_clear_paragraph(tmp_path: Any, name: Any) -> None:
    path = _bad_files(tmp_path)[name]
    for reader in (probe_reference, read_image, lambda file: read_audio(file, 16_000)):
        with pytest.raises(UsageError) as caught:
            reader(path)
        message = str(caught.value)
        assert str(path) in message and "\n" not in message and message.endswith(".")


def test_a_recording_tells_where_it_is_broken(tmp_path: Any) -> None:
    rate = 48_000
    tone = (0.3 * np.sin(np.arange(3 * rate) * 0.04)).astype(np.float32)
    path = tmp_path / "a.opus"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libopus", rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray((tone[None] * 32767).astype(np.int16), format="s16", layout="mono")
        frame.rate = rate
        container.mux([*stream.encode(frame), *stream.encode(None)])
    assert read_recording(path, rate).flaw == ""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    found = read_recording(path, rate)
    assert found.flaw == f"breaks off after {len(found.samples) / rate:.2f} s (the end of the file is missing)"
    tone[rate : 2 * rate] = 0
    with wave.open(str(tmp_path / "b.wav"), "wb") as file:
        file.setparams((1, 2, rate, len(tone), "NONE", ""))
        file.writeframes((tone * 32767).astype(np.int16))
    assert read_recording(tmp_path / "b.wav", rate).flaw == "holds nothing at all from 1.00 s to 2.00 s"


def test_a_file_without_permission_is_named(tmp_path: Any) -> None:
    # Root may read everything: the test steps down to an ordinary user where it has to.
    script = textwrap.dedent("""
        import os, sys, tempfile
        from pathlib import Path
        import PIL.Image, av
        from mavin.errors import UsageError
        from mavin.media import probe_reference
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            path = Path(folder) / "a.wav"
            path.write_bytes(b"RIFF")
            path.chmod(0)
            if os.geteuid() == 0:
                os.seteuid(65534)
            try:
                probe_reference(path)
            except UsageError as error:
                print(error)
            os.seteuid(os.getuid())
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "cannot be read" in done.stdout and "permissions" in done.stdout
