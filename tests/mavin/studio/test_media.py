"""Previews and renderings as jobs; films in ranges; stills, waveforms, routes and exports."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from mavin.caption import load_caption
from mavin.film import Film
from mavin.media import probe_film
from mavin.studio.app import Studio
from mavin.studio.media import forget_halves
from mavin.studio.pipelines import Pipelines
from tests.mavin.studio.conftest import ORIGIN, TOKEN, change


def ended(client: TestClient, job: str, seconds: float = 60) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        told = client.get(f"/api/jobs/{job}").json()
        if told["state"] not in ("waiting", "running"):
            return told
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def test_a_preview_is_drawn_and_served_in_ranges(client: TestClient, film: Film) -> None:
    begun = client.post("/api/preview", json={"shot": "S1"})
    assert begun.status_code == 202
    told = ended(client, begun.json()["id"])
    assert (told["state"], told["rev"], told["progress"]) == ("done", 1, 1.0), told["message"]
    medium = told["medium"]
    assert (medium["name"], medium["shot"], medium["current"]) == ("preview-r1-S1.mp4", "S1", True)
    path = film.path / "renders" / medium["name"]
    assert probe_film(path).width == film.caption.pixels[0]
    part = client.get(medium["url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content, part.headers["content-type"]) == (
        206,
        path.read_bytes()[10:20],
        "video/mp4",
    )
    wave = client.get("/api/waveform", params={"media": medium["name"], "points": 50}).json()
    assert len(wave["peaks"]) == 50
    assert all(0 <= peak <= 1 for peak in wave["peaks"])
    changed = change(client, 1, {"op": "set_text", "path": "title", "text": "Other"}).json()
    assert [each["current"] for each in changed["media"]] == [False]


def test_a_job_can_be_cancelled_and_leaves_no_half_file(client: TestClient, film: Film) -> None:
    first = client.post("/api/preview", json={}).json()
    second = client.post("/api/render", json={"format": "gif"}).json()
    until = time.monotonic() + 60
    while client.get(f"/api/jobs/{first['id']}").json()["progress"] <= 0:
        assert time.monotonic() < until
        time.sleep(0.05)
    waiting = client.delete(f"/api/jobs/{second['id']}").json()
    assert waiting["state"] == "cancelled"
    assert client.delete(f"/api/jobs/{first['id']}").json()["state"] == "cancelled"
    assert list((film.path / "renders").iterdir()) == []
    assert [job["state"] for job in client.get("/api/film").json()["jobs"]] == ["cancelled", "cancelled"]
    assert client.delete("/api/jobs/nothing").status_code == 404


def test_a_process_that_has_to_be_killed_leaves_no_half_file_either(film: Film) -> None:
    film.renders.mkdir(exist_ok=True)
    half, older, other = (
        film.renders / name for name in (".render-r1.mp4.x.part", ".render-r1.mp4.y.part", ".mine.mp4.z.part")
    )
    for path in (half, older, other):
        path.write_bytes(b"half")
    os.utime(older, (0, 0))
    forget_halves(film.path, "render", time.time())
    assert [path.exists() for path in (half, older, other)] == [False, True, True]


def test_the_network_is_offered_only_with_weights(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr("generator.layout._SHIPPED_ROOT", tmp_path / "pretrained")
    assert Pipelines().renderers() == ("stage",)
    (tmp_path / "models" / "pipelines" / "small").mkdir(parents=True)
    (tmp_path / "models" / "pipelines" / "small" / "model_index.json").write_text("{}")
    (tmp_path / "mine").mkdir()
    assert Pipelines().names() == {"small": "small"}
    assert list(Pipelines(str(tmp_path / "mine")).names().items()) == [
        ("mine", str(tmp_path / "mine")),
        ("small", "small"),
    ]
    assert Pipelines(str(tmp_path / "mine")).renderers() == ("mavin", "stage"), "what the studio was started with"
    application = studio.guarded(token=TOKEN, hosts={"127.0.0.1"}, port=8765)
    with TestClient(application, base_url=ORIGIN, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        told = client.get("/api/vocabulary").json()
        assert (told["renderers"], told["weights"]) == (["stage", "mavin"], ["small"])
        for wrong in (
            {"renderer": "mavin", "weights": "/etc"},
            {"renderer": "stage", "weights": "small"},
            {"renderer": "stage", "steps": 4},
            {"weights": "none"},
            {"renderer": "none"},
        ):
            assert client.post("/api/render", json=wrong).status_code == 422
        begun = client.post("/api/render", json={"weights": "small"}).json()
        failed = ended(client, begun["id"])
        assert (failed["state"], "model_index.json" in failed["message"]) == ("failed", True), failed


def test_what_cannot_be_drawn_is_said_at_once(client: TestClient) -> None:
    assert client.post("/api/preview", json={"shot": "S9"}).status_code == 422
    assert client.post("/api/preview", json={"clip": "K9"}).status_code == 422
    assert client.post("/api/render", json={"renderer": "none"}).status_code == 422
    assert client.get("/api/jobs").json() == {"jobs": []}


def test_only_films_of_this_film_are_served(client: TestClient, film: Film, tmp_path: Path) -> None:
    renders = film.path / "renders"
    renders.mkdir(exist_ok=True)
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    (renders / "link.mp4").symlink_to(tmp_path / "secret.mp4")
    (renders / "notes.txt").write_text("text")
    (renders / ".half.mp4").write_bytes(b"half")
    (renders / "folder.mp4").mkdir()
    for name in (
        "link.mp4",
        "notes.txt",
        ".half.mp4",
        "folder.mp4",
        "..%2Ffilm.json",
        "..%2F..%2Fsecret.mp4",
        "%2Fetc%2Fpasswd",
        "..\\film.mp4",
        "a%00.mp4",
    ):
        assert client.get(f"/media/{name}").status_code == 404, name
    for path in ("/media/../film.json", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert client.get(path).status_code == 404, path
    assert client.get("/api/film").json()["media"] == []


def test_a_shot_has_a_still_that_changes_with_what_is_seen(client: TestClient, film: Film) -> None:
    first = client.get("/api/shots/S2/frame.png", params={"width": 160})
    picture = Image.open(io.BytesIO(first.content)).convert("RGB")
    assert picture.width == 160
    assert np.asarray(picture).std() > 10
    again = client.get(
        "/api/shots/S2/frame.png", params={"width": 160}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    change(client, 1, {"op": "set_text", "path": "dialogue.L4.delivery", "text": "loud"})
    assert client.get("/api/shots/S2/frame.png", params={"width": 160}).headers["etag"] == first.headers["etag"]
    change(
        client,
        2,
        {
            "op": "set_camera",
            "shot": "S2",
            "size": "extreme_close_up" if film.caption.shot("S2").camera.size != "extreme_close_up" else "wide",
        },
    )
    other = client.get("/api/shots/S2/frame.png", params={"width": 160})
    assert other.headers["etag"] != first.headers["etag"]
    assert other.content != first.content
    assert client.get("/api/shots/S9/frame.png").status_code == 404


def test_the_routing_of_this_script(client: TestClient, film: Film) -> None:
    told = client.get("/api/route").json()
    assert told["cuts_ms"] == list(film.caption.cuts_ms)
    shots = [lane for lane in told["video"]["lanes"] if lane["kind"] == "shot"]
    assert [lane["label"] for lane in shots] == [shot.id for shot in film.caption.shots]


def test_exports_hold_the_script(client: TestClient, film: Film) -> None:
    targets = {each["name"]: each for each in client.get("/api/export").json()["targets"]}
    assert {"json", "text"} <= set(targets)
    answer = client.get(targets["json"]["url"])
    assert load_caption(answer.content) == film.caption
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert targets["text"]["losses"] == []  # it holds everything
    assert "S1" in client.get(targets["text"]["url"]).text
    assert client.get("/api/export/none").status_code == 404


def test_what_can_be_chosen(client: TestClient) -> None:
    told = client.get("/api/vocabulary").json()
    assert "close_up" in told["sizes"]
    assert told["fps"] == 24
    assert json.dumps(told["instruction_examples"])
