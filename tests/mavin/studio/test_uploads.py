"""References by drop: what a file holds decides, whatever it says that it is."""

from __future__ import annotations

import io
import struct
import wave
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from mavin.film import Film
from mavin.studio.security import MAX_UPLOAD_BYTES


def png(width: int = 64, height: int = 48) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#b4690e").save(buffer, "PNG")
    return buffer.getvalue()


def wav(seconds: float = 2.0, loudness: int = 12_000) -> bytes:
    buffer = io.BytesIO()
    tone = np.sin(np.arange(int(16_000 * seconds)) * 2 * np.pi * 220 / 16_000)
    with wave.open(buffer, "wb") as writer:
        writer.setparams((1, 2, 16_000, 0, "NONE", ""))
        writer.writeframes((tone * loudness).astype("<i2").tobytes())
    return buffer.getvalue()


def bomb() -> bytes:
    """A PNG of a few kilobytes that says that it has 40,000 × 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 4_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def put(client: TestClient, data: bytes, kind: str, path: str = "/api/roles/C1/reference", **params: Any) -> Any:
    return client.put(path, content=data, headers={"Content-Type": kind}, params={"rev": 1} | params)


def test_a_picture_and_a_voice_are_bound_shown_and_heard(client: TestClient, film: Film) -> None:
    assert client.get("/api/roles/C1/reference.png").status_code == 404
    bound = put(client, png(), "image/png").json()
    name = bound["clips"][0]["caption"]["roles"][0]["reference"]["image"]
    assert (film.path / name).read_bytes() == png()
    shown = client.get("/api/roles/C1/reference.png", params={"width": 32})
    assert (shown.headers["content-type"], Image.open(io.BytesIO(shown.content)).size) == ("image/png", (32, 24))
    assert (
        client.get(
            "/api/roles/C1/reference.png", params={"width": 32}, headers={"If-None-Match": shown.headers["etag"]}
        ).status_code
        == 304
    )
    voiced = put(client, wav(), "audio/wav", rev=2).json()
    assert voiced["clips"][0]["caption"]["roles"][0]["reference"]["audio"].endswith(".wav")
    heard = client.get("/api/roles/C1/reference.wav")
    with wave.open(io.BytesIO(heard.content)) as reader:
        assert reader.getnframes() / reader.getframerate() == pytest.approx(2.0, abs=0.02)
    undone = client.post("/api/undo", json={"rev": 3}).json()
    assert undone["clips"][0]["caption"]["roles"][0]["reference"]["audio"] is None
    gone = client.delete("/api/roles/C1/reference", params={"rev": 4, "kind": "image"}).json()
    assert gone["clips"][0]["caption"]["roles"][0]["reference"]["image"] is None


def test_a_recording_belongs_to_its_line(client: TestClient) -> None:
    bound = put(client, wav(1.2), "audio/wav", "/api/lines/L1/recording").json()
    clip = bound["clips"][0]
    assert clip["caption"]["dialogue"][0]["recording"].startswith("references/")
    assert next(line for line in clip["lines"] if line["id"] == "L1")["zone"] == "recorded"
    assert client.get("/api/lines/L1/recording.wav").status_code == 200
    assert put(client, png(), "image/png", "/api/lines/L1/recording", rev=2).status_code == 415


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


LIES = {
    "html": (b"<!doctype html><script>alert(1)</script>", "image/png"),
    "svg": (SVG, "image/png"),
    "svg that says so": (SVG, "image/svg+xml"),
    "picture told as html": (png(), "text/html"),
    "picture told as sound": (png(), "audio/wav"),
    "sound told as picture": (wav(), "image/png"),
    "too short a voice": (wav(0.3), "audio/wav"),
    "too long a voice": (wav(61), "audio/wav"),
    "silence": (wav(2, 0), "audio/wav"),
    "cut": (png()[:60], "image/png"),
    "empty": (b"", "image/png"),
    "broken": (b"RIFF" + b"\xff" * 200, "audio/wav"),
    "play list": (b"#EXTM3U\nfile:///etc/passwd\n", "audio/mpeg"),
    "bomb": (bomb(), "image/png"),
}


def test_an_upload_that_lies_or_breaks_is_refused_and_leaves_nothing(client: TestClient, film: Film) -> None:
    for name, (data, kind) in LIES.items():
        answer = put(client, data, kind)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported"), name
        assert "/tmp" not in answer.json()["message"], name
    assert Film.open(film.path).rev == 1
    assert not list(film.path.glob("references/*"))
    assert put(client, png(), "image/png").status_code == 200  # the reader is none the worse for it


def test_a_file_that_is_decoded_without_end_is_given_up(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mavin.studio.uploads._LOOK_SECONDS", 0.01)
    answer = put(client, png(), "image/png")
    assert (answer.status_code, "reasonable time" in answer.json()["message"]) == (415, True)
    monkeypatch.undo()
    assert put(client, png(), "image/png").status_code == 200


def test_too_many_bytes_are_refused_before_and_while_they_come(client: TestClient, film: Film) -> None:
    answer = put(client, b"x" * (MAX_UPLOAD_BYTES + 1), "image/png")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def endless() -> Any:
        for _ in range(MAX_UPLOAD_BYTES // 1_000_000 + 2):
            yield b"x" * 1_000_000

    answer = client.put(
        "/api/roles/C1/reference", content=endless(), headers={"Content-Type": "image/png"}, params={"rev": 1}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_who_is_not_there_gets_nothing(client: TestClient, film: Film) -> None:
    assert put(client, png(), "image/png", "/api/roles/C9/reference").status_code == 404
    assert put(client, png(), "image/png", shot="S9").status_code == 422
    assert put(client, png(), "image/png", clip="K9").status_code == 422
    assert not list(film.path.glob("references/*"))


def test_a_script_that_names_a_file_elsewhere_shows_nothing(client: TestClient, film: Film, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    (film.path / "references").mkdir(exist_ok=True)
    (film.path / "references" / "link.png").symlink_to(tmp_path / "secret.png")
    for name in ("../secret.png", str(tmp_path / "secret.png"), "references/link.png", "references/../../secret.png"):
        change = {
            "rev": Film.open(film.path).rev,
            "operations": [{"op": "bind_reference", "role": "C1", "image": name}],
        }
        assert client.post("/api/operations", json=change).status_code == 200
        assert client.get("/api/roles/C1/reference.png").status_code == 404, name
