"""Who may speak with the studio, and what its answers allow."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from mavin.studio.app import Studio
from mavin.studio.security import CONTENT_SECURITY_POLICY
from tests.mavin.studio.conftest import ORIGIN, TOKEN, change

ROLL = {"op": "move_cut", "shot": "S2", "to_ms": 1600}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/film", {}),
        ("/", {}),
        ("/static/app.js", {}),
        ("/api/openapi.json", {}),
        ("/?token=wrong", {}),
        ("/api/film?token=" + TOKEN, {}),  # the address opens the page and nothing else
        ("/api/film", {"Authorization": "Bearer wrong"}),
        ("/api/film", {"Authorization": "Basic " + TOKEN}),
        ("/api/film", {"Cookie": "mavin-studio-8765=wrong"}),
        ("/api/film", {"Cookie": "mavin-studio-8766=" + TOKEN}),
    ],
)
def test_without_the_token_nothing_is_told(stranger: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = stranger.get(path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8765",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1.evil.example:8765",
        "",
        "127.0.0.1:8765@evil.example",
        "127.0.0.1:x",
        "[::1",
        "a@127.0.0.1:8765",
    ],
)
def test_a_foreign_host_is_refused_even_with_the_token(stranger: TestClient, host: str) -> None:
    answer = stranger.get("/api/film", headers={"Host": host, "Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 403
    assert stranger.get("/", params={"token": TOKEN}, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://127.0.0.1:9999",
        "https://127.0.0.1:8765",
        "http://127.0.0.1:8765.evil.example",
    ],
)
def test_a_foreign_origin_is_refused_even_with_the_cookie(client: TestClient, origin: str) -> None:
    assert change(client, 1, ROLL).status_code == 200
    answer = client.post("/api/operations", json={"rev": 2, "operations": [ROLL]}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert client.get("/api/film", headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_requests_that_another_site_makes_a_browser_send_are_refused(client: TestClient, site: str) -> None:
    assert client.get("/api/film", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert client.get("/api/film", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_the_token_becomes_a_strict_cookie_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get("/", params={"token": TOKEN, "clip": "K1"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?clip=K1")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/api/film").status_code == 200
    assert stranger.get("/api/film", headers={"Origin": ORIGIN}).status_code == 200


def test_an_address_opened_from_another_site_goes_on_from_our_own_page(stranger: TestClient) -> None:
    answer = stranger.get(
        "/", params={"token": TOKEN}, headers={"Sec-Fetch-Site": "cross-site"}, follow_redirects=False
    )
    assert (answer.status_code, 'http-equiv="refresh" content="0;url=/"' in answer.text) == (200, True)
    assert "set-cookie" in answer.headers


def test_every_answer_says_what_a_page_may_do(client: TestClient) -> None:
    for answer in (client.get("/api/film"), client.get("/nothing"), client.get("/api/film", headers={"Host": "x"})):
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_bodies_are_limited(client: TestClient) -> None:
    large = b'{"rev": 1, "operations": [], "label": "' + b"x" * 3_000_000 + b'"}'
    answer = client.post("/api/operations", content=large, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def endless() -> object:
        for _ in range(40):
            yield b"x" * 100_000

    answer = client.post("/api/operations", content=endless(), headers={"Content-Type": "application/json"})  # type: ignore[arg-type]
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"rev": 1}',
        b'{"rev": "x", "operations": []}',
        b"\xff",
        b'{"rev": 1e999, "operations": [{"op": "undo"}]}',
        b"[" * 100_000,
    ],
)
def test_nonsense_is_answered_with_a_problem(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/operations", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("invalid", "usage")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("192.168.1.5:9000", 200),
        ("[fe80::1]:9000", 200),
        ("box.lan:9000", 200),
        ("evil.example:9000", 403),
        ("1.2.3.4.evil.example:9000", 403),
    ],
)
def test_a_studio_that_listens_everywhere_answers_to_numbers_and_its_own_name(
    studio: Studio, host: str, status: int
) -> None:
    application = studio.guarded(token=TOKEN, hosts={"box.lan"}, port=9000, any_address=True)
    with TestClient(application, base_url="http://box.lan:9000") as client:
        answer = client.get("/api/film", headers={"Host": host, "Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == status


def test_pages_are_asked_about_and_answers_are_not_kept(client: TestClient) -> None:
    assert client.get("/static/index.html").headers["cache-control"] == "no-cache"
    assert client.get("/api/film").headers["cache-control"] == "no-store"
