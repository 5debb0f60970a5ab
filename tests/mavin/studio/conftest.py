"""A film's studio: the real application behind its real guard, asked without a socket."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from mavin.caption import load_caption
from mavin.film import Film
from mavin.studio.app import Studio
from tests.conftest import ROOT

TOKEN, ORIGIN = "t" * 32, "http://127.0.0.1:8765"
SCENE = ROOT / "benchmarks" / "instructions" / "scene.json"


@pytest.fixture
def film(tmp_path: Path) -> Film:
    """A film of six shots and four lines."""
    return Film.create(tmp_path / "scene.mavin", [load_caption(SCENE.read_bytes())], op={"op": "new"})


@pytest.fixture
def studio(film: Film) -> Studio:
    return Studio(film.path, llm="rules")


@pytest.fixture
def stranger(studio: Studio) -> Iterator[TestClient]:
    """Somebody who does not know the token; the studio is up."""
    application = studio.guarded(token=TOKEN, hosts={"127.0.0.1", "localhost"}, port=8765)
    with TestClient(application, base_url=ORIGIN, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """Somebody who has opened the address with the token."""
    assert stranger.get("/", params={"token": TOKEN}, follow_redirects=False).status_code == 303
    return stranger


def change(client: TestClient, rev: int, *operations: dict[str, Any], **more: Any) -> Any:
    """The answer to operations."""
    return client.post("/api/operations", json={"rev": rev, "operations": list(operations), **more})


class Running:
    """A studio in a process of its own, and a client that knows its token."""

    def __init__(self, film: Path, *words: str) -> None:
        environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mavin", "studio", str(film), "--json", "--llm", "rules", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self.process.stdout is not None
        told = ""
        for line in self.process.stdout:
            told += line
            if line.startswith("}"):
                break
        self.told: dict[str, Any] = json.loads(told)
        self.client = httpx.Client(
            base_url=self.told["origin"], headers={"Authorization": f"Bearer {self.told['token']}"}, timeout=20
        )

    def events(self) -> Iterator[tuple[str, Any]]:
        """The events as they come."""
        with self.client.stream("GET", "/api/events") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    yield name, json.loads(line.removeprefix("data: "))

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """Ends it, and returns its exit code and what it said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=15)
        return self.process.returncode, said
