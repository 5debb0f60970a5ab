"""Reading and changing a film over HTTP: the same operations, revisions and locks as everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from mavin import api
from mavin.caption import load_caption
from mavin.edits import Lock, MoveCut, RewordLine
from mavin.film import Film
from mavin.studio.app import Studio
from tests.mavin.studio.conftest import ORIGIN, SCENE, TOKEN, change

ROLL = {"op": "move_cut", "shot": "S2", "to_ms": 1600}


def test_the_film_is_told_whole(client: TestClient, film: Film) -> None:
    told = client.get("/api/film").json()
    assert (told["name"], told["rev"], told["branch"], told["undo"], told["redo"]) == (
        "scene.mavin",
        1,
        "main",
        None,
        None,
    )
    (clip,) = told["clips"]
    assert clip["caption"] == film.caption.model_dump(mode="json")
    assert (clip["frames"], clip["fps"]) == (round(film.caption.duration_ms * 24 / 1000), 24)
    assert {line["id"] for line in clip["lines"]} == {line.id for line in film.caption.dialogue}


def test_operations_are_one_step_that_undo_takes_back(client: TestClient, film: Film) -> None:
    before = film.caption
    done = change(client, 1, ROLL, {"op": "reword_line", "line": "L1", "text": "Quick!"}).json()
    assert (done["rev"], done["merged"], done["undo"]["step"]) == (2, False, 2)
    assert "move cut S2 to 1.6 s" in done["undo"]["words"]
    assert (
        Film.open(film.path).caption
        == api.edit(
            Film.create(film.path.with_name("b.mavin"), [before], op={"op": "new"}),
            MoveCut(shot="S2", to_ms=1600),
            RewordLine(line="L1", text="Quick!"),
        ).caption
    )
    undone = client.post("/api/undo", json={"rev": 2}).json()
    assert (undone["rev"], undone["step"], undone["redo"]["step"]) == (3, 1, 2)
    assert Film.open(film.path).caption == before
    again = client.post("/api/redo", json={"rev": 3}).json()
    assert again["clips"] == done["clips"]


def test_undo_of_what_the_page_has_not_seen_is_refused(client: TestClient, film: Film) -> None:
    change(client, 1, ROLL)
    api.edit(film.path, RewordLine(line="L1", text="From a terminal."))
    answer = client.post("/api/undo", json={"rev": 2})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert answer.json()["film"]["rev"] == 3
    assert Film.open(film.path).rev == 3


def test_edits_that_do_not_touch_are_put_on_top_of_a_terminals(client: TestClient, film: Film) -> None:
    api.edit(film.path, RewordLine(line="L1", text="From a terminal."))
    merged = change(client, 1, ROLL)
    assert (merged.status_code, merged.json()["merged"], merged.json()["rev"]) == (200, True, 3)
    caption = Film.open(film.path).caption
    assert caption.dialogue[0].text == "From a terminal."
    assert caption.shot("S2").start_ms == 1600


def test_edits_that_touch_are_a_choice(client: TestClient, film: Film) -> None:
    words = {"op": "reword_line", "line": "L1", "text": "From the page."}
    api.edit(film.path, RewordLine(line="L1", text="From a terminal."))
    refused = change(client, 1, words)
    assert refused.status_code == 409
    (clash,) = refused.json()["clashes"]
    assert (clash["path"], clash["mine"], clash["theirs"]) == ("dialogue.L1.text", "From the page.", "From a terminal.")
    assert refused.json()["film"]["clips"][0]["caption"]["dialogue"][0]["text"] == "From a terminal."
    kept = change(client, 1, words, prefer="theirs").json()
    assert (kept["rev"], kept["clips"][0]["caption"]["dialogue"][0]["text"]) == (2, "From a terminal.")
    mine = change(client, 1, words, prefer="mine").json()
    assert (mine["rev"], mine["clips"][0]["caption"]["dialogue"][0]["text"]) == (3, "From the page.")


def test_a_lock_is_refused_by_name(client: TestClient, film: Film) -> None:
    locked = change(client, 1, {"op": "lock", "path": "cut S2"}).json()
    assert locked["clips"][0]["locks"] == [{"path": "cuts.S2", "name": "the cut to S2"}]
    refused = change(client, 2, ROLL)
    assert (refused.status_code, refused.json()["locks"]) == (423, [{"path": "cuts.S2", "name": "the cut to S2"}])
    tried = client.post("/api/check", json={"rev": 2, "operations": [ROLL]}).json()
    assert (tried["ok"], tried["locks"]) == (False, [{"path": "cuts.S2", "name": "the cut to S2"}])
    freed = change(client, 2, {"op": "unlock", "path": "cuts.S2"}, ROLL)
    assert freed.json()["clips"][0]["caption"]["shots"][1]["start_ms"] == 1600


def test_a_drag_is_answered_without_saving(client: TestClient, film: Film) -> None:
    line = film.caption.dialogue[0]
    short = {"op": "retime_line", "line": line.id, "start_ms": line.start_ms, "end_ms": line.start_ms + 250}
    told = client.post("/api/check", json={"rev": 1, "operations": [short]}).json()
    assert told["ok"]
    assert next(each for each in told["clip"]["lines"] if each["id"] == line.id)["zone"] == "impossible"
    assert any(each["code"] == "speech_impossible" for each in told["clip"]["diagnostics"])
    outside = {"op": "retime_line", "line": line.id, "start_ms": 0, "end_ms": 99_000}
    told = client.post("/api/check", json={"rev": 1, "operations": [outside]}).json()
    assert (told["ok"], told["clip"]) == (False, None)
    assert told["diagnostics"]
    assert Film.open(film.path).rev == 1


def test_an_edit_that_cannot_be_made_says_the_nearest_that_can(client: TestClient) -> None:
    refused = change(client, 1, {"op": "move_cut", "shot": "S2", "to_ms": 60_000})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert "the nearest possible is" in refused.json()["message"]


def test_every_offered_fix_mends_what_it_is_offered_for(client: TestClient) -> None:
    line = client.get("/api/film").json()["clips"][0]["caption"]["dialogue"][1]
    hurry = {"op": "retime_line", "line": line["id"], "start_ms": line["start_ms"], "end_ms": line["start_ms"] + 300}
    film = change(
        client, 1, hurry, {"op": "add_role", "name": "Nobody"}, {"op": "set_presence", "shot": "S3", "roles": []}
    ).json()
    fixed = 0
    for found in film["clips"][0]["diagnostics"]:
        for fix in found["fixes"]:
            told = client.post("/api/check", json={"rev": film["rev"], "operations": fix["operations"]}).json()
            assert told["ok"], fix["words"]
            left = {(each["code"], each["path"]) for each in told["clip"]["diagnostics"]}
            assert (found["code"], found["path"]) not in left
            fixed += 1
    kinds = {each["code"] for each in film["clips"][0]["diagnostics"] if each["fixes"]}
    assert {"speech_impossible", "unused_role"} <= kinds
    assert fixed >= 3


def test_changes_by_hand_are_seen(client: TestClient, film: Film) -> None:
    version = client.get("/api/film").json()["version"]
    path = film.path / "clips" / "K1.json"
    data: dict[str, Any] = json.loads(path.read_text())
    data["title"] = "By hand"
    path.write_text(json.dumps(data))
    told = client.get("/api/film").json()
    assert told["clips"][0]["caption"]["title"] == "By hand"
    assert told["version"] != version
    assert any("changed by hand" in notice for notice in told["notices"])
    assert told["undo"]["words"] == "changed by hand"
    undone = client.post("/api/undo", json={"rev": told["rev"]}).json()
    assert undone["clips"][0]["caption"]["title"] == film.caption.title
    assert undone["redo"]["words"] == "changed by hand"


def test_a_rendering_from_a_terminal_is_seen(client: TestClient, film: Film) -> None:
    version = client.get("/api/film").json()["version"]
    film.renders.mkdir(exist_ok=True)
    (film.renders / "mine.mp4").write_bytes(b"film")
    told = client.get("/api/film").json()
    assert told["version"] != version
    assert [(each["name"], each["rev"], each["current"]) for each in told["media"]] == [("mine.mp4", None, False)]


def test_a_film_of_several_clips(tmp_path: Path) -> None:
    caption = load_caption(SCENE.read_bytes())
    film = Film.create(tmp_path / "two.mavin", [caption, caption], op={"op": "new"})
    application = Studio(film.path, llm="rules").guarded(token=TOKEN, hosts={"127.0.0.1"}, port=8765)
    with TestClient(application, base_url=ORIGIN, headers={"Authorization": f"Bearer {TOKEN}"}) as two:
        made = change(two, 1, {"op": "rename_role", "role": "C1", "name": "Jo"}, ROLL, clip="K2").json()
        first, second = (clip["caption"] for clip in made["clips"])
        assert [clip["roles"][0]["name"] for clip in (first, second)] == ["Jo", "Jo"]  # the cast is shared
        assert [clip["shots"][1]["start_ms"] for clip in (first, second)] == [caption.shot("S2").start_ms, 1600]
        asked = two.post("/api/instruction", json={"text": "lock S1", "clip": "K2"}).json()
        locked = two.post(f"/api/proposals/{asked['id']}", json={"accept": "all"}).json()
        assert [len(clip["locks"]) for clip in locked["clips"]] == [0, 1]
        assert two.get("/api/route", params={"clip": "K2"}).json()["cuts_ms"][0] == 1600
        assert change(two, 3, ROLL, clip="K3").status_code == 422
        told = {each["name"]: each for each in two.get("/api/export", params={"clip": "K2"}).json()["targets"]}
        assert all(loss.startswith("Lost: locks") for loss in told["pdf"]["losses"])
        assert any("storyline" in loss for loss in told["vtt"]["losses"])
        assert (told["json-schema"]["is_general"], told["json"]["is_general"]) == (True, False)
        assert told["json"]["refused"] == ""
        both = json.loads(two.get("/api/export/json").content)
        assert [clip["shots"][1]["start_ms"] for clip in both] == [caption.shot("S2").start_ms, 1600]


def test_branches(client: TestClient, film: Film) -> None:
    api.edit(film.path, Lock(path="L1"))
    change(client, 2, ROLL)
    night = client.post("/api/branch", json={"rev": 3, "name": "night", "at": "2"}).json()
    assert (night["branch"], night["step"]) == ("night", 2)
    assert {each["name"]: each["current"] for each in night["branches"]} == {"main": False, "night": True}
    back = client.post("/api/switch", json={"rev": night["rev"], "name": "main"}).json()
    assert (back["branch"], back["clips"][0]["caption"]["shots"][1]["start_ms"]) == ("main", 1600)
    again = client.post("/api/branch", json={"rev": back["rev"], "name": "night"})
    assert (again.status_code, again.json()["code"]) == (422, "usage")
    nowhere = client.post("/api/switch", json={"rev": back["rev"], "name": "day"})
    assert nowhere.status_code == 422
