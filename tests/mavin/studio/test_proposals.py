"""Instructions as proposals: shown operation by operation, accepted in part, one step."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from mavin import api
from mavin.edits import Lock, RewordLine
from mavin.film import Film

ASKED = 'cut 1 to 1.6 s and style "ink on paper"'


def propose(client: TestClient, text: str = ASKED) -> Any:
    return client.post("/api/instruction", json={"text": text})


def test_one_of_two_operations_is_accepted(client: TestClient, film: Film) -> None:
    told = propose(client).json()
    assert [each["operation"]["op"] for each in told["operations"]] == ["move_cut", "set_text"]
    assert [each["index"] for each in told["operations"]] == [0, 1]
    assert told["operations"][1]["differences"][0]["after"] == "ink on paper"
    assert told["after"]["caption"]["global_caption"]["style"] == "ink on paper"
    assert Film.open(film.path).rev == 1
    made = client.post(f"/api/proposals/{told['id']}", json={"accept": [1]}).json()
    caption = made["clips"][0]["caption"]
    assert (made["rev"], caption["global_caption"]["style"]) == (2, "ink on paper")
    assert caption["shots"][1]["start_ms"] == film.caption.shot("S2").start_ms
    assert ASKED in made["undo"]["words"]
    assert client.post(f"/api/proposals/{told['id']}", json={"accept": "all"}).status_code == 404


def test_all_or_nothing(client: TestClient) -> None:
    told = propose(client).json()
    refused = client.post(f"/api/proposals/{told['id']}", json={"accept": "none"}).json()
    assert refused["rev"] == 1
    told = propose(client).json()
    made = client.post(f"/api/proposals/{told['id']}", json={"accept": "all"}).json()
    assert (made["rev"], made["clips"][0]["caption"]["shots"][1]["start_ms"]) == (2, 1600)
    assert client.post("/api/proposals/nothing", json={"accept": "all"}).status_code == 404
    wrong = client.post(f"/api/proposals/{propose(client).json()['id']}", json={"accept": [7]})
    assert wrong.status_code == 422


def test_a_proposal_goes_on_top_of_what_a_terminal_did_meanwhile(client: TestClient, film: Film) -> None:
    told = propose(client).json()
    api.edit(film.path, RewordLine(line="L1", text="From a terminal."))
    made = client.post(f"/api/proposals/{told['id']}", json={"accept": "all"}).json()
    assert (made["rev"], made["merged"]) == (3, True)
    assert made["clips"][0]["caption"]["dialogue"][0]["text"] == "From a terminal."
    told = propose(client, 'L1 says "From the page."').json()
    api.edit(film.path, RewordLine(line="L1", text="Again from a terminal."))
    clash = client.post(f"/api/proposals/{told['id']}", json={"accept": "all"})
    assert (clash.status_code, len(clash.json()["clashes"])) == (409, 1)
    mine = client.post(f"/api/proposals/{told['id']}", json={"accept": "all", "prefer": "mine"})
    assert mine.json()["clips"][0]["caption"]["dialogue"][0]["text"] == "From the page."


def test_what_is_not_understood_or_locked_is_said(client: TestClient, film: Film) -> None:
    unknown = propose(client, "delete shot 9")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid")
    assert unknown.json()["diagnostics"]
    api.edit(film.path, Lock(path="cut S2"))
    locked = propose(client)
    assert (locked.status_code, locked.json()["locks"]) == (423, [{"path": "cuts.S2", "name": "the cut to S2"}])
    assert propose(client, "style").status_code == 422


def test_another_word_takes_the_place_of_a_proposal(client: TestClient, film: Film) -> None:
    first = propose(client).json()
    answer = client.post("/api/instruction", json={"text": "without 1", "proposal": first["id"]})
    second = answer.json()
    assert [each["operation"]["op"] for each in second["operations"]] == ["set_text"], second
    assert [each["by"] for each in second["operations"]] == ["code"]
    assert client.post(f"/api/proposals/{first['id']}", json={"accept": "all"}).status_code == 404
    assert client.post(f"/api/proposals/{second['id']}", json={"accept": "all"}).json()["rev"] == 2
    assert client.post("/api/instruction", json={"text": "without 1", "proposal": "gone"}).status_code == 404
