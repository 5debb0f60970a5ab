"""A film's studio: the real application behind its real guard, asked without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    return Studio(film.path)


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
