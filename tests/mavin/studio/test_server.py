"""The command itself: a real server on a real socket, events over it, and a clean end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from mavin import api
from mavin.edits import RewordLine
from mavin.errors import UsageError
from mavin.film import Film
from mavin.studio.server import DEFAULT_PORT, Address, bind, browser_here
from tests.mavin.studio.conftest import Running


@pytest.fixture
def running(film: Film) -> Iterator[Running]:
    studio = Running(film.path)
    yield studio
    if studio.process.poll() is None:
        studio.end()


def test_the_address_opens_the_page_once_and_for_all(running: Running) -> None:
    assert running.told["url"] == f"{running.told['origin']}/?token={running.told['token']}"
    with httpx.Client(follow_redirects=True) as tab:
        assert tab.get(running.told["origin"]).status_code == 403
        page = tab.get(running.told["url"])
        assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/html")
        assert "token" not in str(page.url)
        assert tab.get(f"{running.told['origin']}/api/film").json()["rev"] == 1


def test_two_tabs_and_a_terminal_lose_nothing(running: Running, film: Film) -> None:
    events = running.events()
    assert next(events)[1]["rev"] == 1

    def edit(operation: dict[str, Any]) -> Any:
        return running.client.post("/api/operations", json={"rev": 1, "operations": [operation]})

    def until(rev: int) -> None:
        for name, data in events:
            if name == "film" and data["rev"] >= rev:
                return

    assert edit({"op": "set_text", "path": "title", "text": "One tab"}).status_code == 200
    until(2)
    begun = time.monotonic()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mavin",
            "edit",
            str(film.path),
            "--ops",
            RewordLine(line="L1", text="A terminal.").model_dump_json(),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    until(3)
    assert time.monotonic() - begun < 20
    merged = edit({"op": "set_text", "path": "global_caption.style", "text": "Another tab"}).json()
    assert (merged["rev"], merged["merged"]) == (4, True)
    until(4)
    caption = Film.open(film.path).caption
    assert (caption.title, caption.dialogue[0].text, caption.global_caption.style) == (
        "One tab",
        "A terminal.",
        "Another tab",
    )


def test_many_at_once_lose_nothing(running: Running, film: Film) -> None:
    paths = [f"shots.{shot.id}.{field}" for shot in film.caption.shots for field in ("title", "setting", "action")]
    answers: list[int] = []

    def write(path: str) -> None:
        change = {"rev": 1, "operations": [{"op": "set_text", "path": path, "text": f"new {path}"}]}
        answers.append(running.client.post("/api/operations", json=change).status_code)

    threads = [threading.Thread(target=write, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    api.edit(film.path, RewordLine(line="L1", text="A terminal."))
    for thread in threads:
        thread.join()
    assert answers == [200] * len(paths)
    opened = Film.open(film.path)
    assert opened.rev == len(paths) + 2
    assert all(
        getattr(shot, field) == f"new shots.{shot.id}.{field}"
        for shot in opened.caption.shots
        for field in ("title", "setting", "action")
    )
    assert opened.caption.dialogue[0].text == "A terminal."


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_in_the_middle_of_everything(running: Running, film: Film, number: int) -> None:
    events = running.events()
    next(events)
    job = running.client.post("/api/preview", json={}).json()
    for name, data in events:
        if name == "job" and data["id"] == job["id"] and data["progress"] > 0:
            break
    begun = time.monotonic()
    code, said = running.end(number)
    assert time.monotonic() - begun < 10
    assert "Traceback" not in said
    assert code == (0 if number == signal.SIGINT else -signal.SIGTERM)
    assert [name for name, _ in events][-1:] == ["closing"]
    assert list((film.path / "renders").iterdir()) == []


def test_it_ends_cleanly_while_stills_are_drawn(running: Running) -> None:
    answers: list[int] = []

    def look(shot: str) -> None:
        answers.append(running.client.get(f"/api/shots/{shot}/frame.png").status_code)

    threads = [threading.Thread(target=look, args=(f"S{number}",)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    code, said = running.end()
    for thread in threads:
        thread.join()
    assert (code, said) == (0, "mavin: The studio is closed; everything is saved.\n")
    assert set(answers) <= {200, 503}


def test_a_second_studio_takes_the_next_port_and_a_named_one_is_refused(running: Running, film: Film) -> None:
    first = int(running.told["origin"].rsplit(":", 1)[1])
    second = Running(film.path)
    assert second.told["origin"] != running.told["origin"]
    assert (
        second.client.get("/api/film", headers={"Authorization": f"Bearer {running.told['token']}"}).status_code == 403
    )
    assert second.end()[0] == 0
    refused = subprocess.run(
        [sys.executable, "-m", "mavin", "studio", str(film.path), "--port", str(first)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (refused.returncode, "in use" in refused.stderr) == (2, True)


def test_it_listens_on_this_machine_alone_unless_told() -> None:
    with bind("127.0.0.1", None) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.getsockname()[1] >= DEFAULT_PORT
    for host, port in (("no.such.host.invalid", None), ("203.0.113.7", None), ("127.0.0.1", 70_000)):
        with pytest.raises(UsageError):
            bind(host, port)


def test_the_names_under_which_it_answers() -> None:
    assert Address("127.0.0.1", 8765, "t").hosts == {"127.0.0.1", "localhost", "::1"}
    assert Address("192.168.1.5", 8765, "t").hosts == {"192.168.1.5"}
    everywhere = Address("0.0.0.0", 8765, "t")
    assert everywhere.is_everywhere
    assert everywhere.origin == "http://127.0.0.1:8765"
    assert socket.gethostname().lower() in everywhere.hosts
    assert Address("::1", 8765, "t").origin == "http://[::1]:8765"


def test_no_browser_where_there_are_no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not browser_here()


def test_what_is_no_film_is_said(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "mavin", "studio", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
