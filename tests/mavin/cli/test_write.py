"""Writing films for real, with rules: names, references, refusals, kills, resumption, replacement."""

from __future__ import annotations

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mavin.film import Film, Run, UnfinishedRunError

STORY = 'A baker opens the oven. The baker says "Too late." A dog steals the bread.'
FIELDS = {"film", "caption", "captions", "ledger", "conflicts", "diagnostics", "llm", "agents", "output"}


def mavin(*args: str) -> list[str]:
    return [sys.executable, "-m", "mavin", *args]


def caption_of(path: str | Path) -> Any:
    return json.loads((Path(path) / "clips" / "K1.json").read_text())


def test_a_sentence_becomes_a_film(run: Any) -> None:
    result = run("write", STORY, "-o", "bread")
    assert result.exit_code == 0, result.stderr
    film = Film.open("bread.mavin")
    assert film.notices == ()
    assert film.record.prompt == STORY
    assert [line.text for line in film.caption.dialogue] == ["Too late."]
    assert "S1" in result.stdout
    assert "mavin preview bread.mavin" in result.stdout
    manifest = film.manifest
    assert manifest.llm is not None
    assert (manifest.llm.uri, manifest.llm.calls, manifest.seed) == ("rules", 0, 0)
    assert {path.name for path in film.path.iterdir()} == {
        *(".lock", "clips", "film.json", "history.jsonl", "ledger", "locks.json"),
        *("manifest.json", "references", "renders"),
    }


def test_json_is_exactly_one_object(run: Any) -> None:
    result = run("write", STORY, "-o", "bread", "--json")
    data = json.loads(result.stdout)
    assert set(data) == FIELDS
    assert (data["film"], data["output"]) == ("bread.mavin", None)
    assert data["caption"] == data["captions"][0] == caption_of("bread.mavin")
    assert set(data["ledger"][0]) == {"kind", "text", "start", "end", "outcome", "where", "by", "why"}
    for entry in data["ledger"]:
        if entry["start"] is not None:
            assert STORY[entry["start"] : entry["end"]] == entry["text"]
    assert data == json.loads(run("show", "bread.mavin", "--json").stdout)


def test_without_a_name_the_title_gives_one_and_is_not_overwritten(run: Any) -> None:
    assert run("write", STORY).exit_code == 0
    (made,) = Path().glob("*.mavin")
    title = Film.open(made).title
    assert made.stem.split("-")[0] in title.lower()
    again = run("write", STORY)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert Film.open(made).rev == 1
    kept = [path for path in Path().glob("*.mavin") if path != made]
    assert run("write", STORY, "--resume", "--force").exit_code == 0
    assert Film.open(made).rev == 2
    assert not [path for path in kept if path.exists()]


def test_stdin_file_and_argument_are_the_same_story(run: Any) -> None:
    Path("story.txt").write_text(STORY + "\n")
    assert run("write", "-", "-o", "a", stdin=STORY + "\n").exit_code == 0
    assert run("write", "@story.txt", "-o", "b").exit_code == 0
    assert run("write", STORY, "-o", "c").exit_code == 0
    assert caption_of("a.mavin") == caption_of("b.mavin") == caption_of("c.mavin")


def test_the_options_reach_the_script(run: Any) -> None:
    options = ["--duration", "9.25", "--shots", "4", "--aspect", "9:16", "--seed", "3", "--strict"]
    assert run("write", STORY, "-o", "a", *options).exit_code == 0
    caption = Film.open("a.mavin").caption
    assert (caption.duration_ms, len(caption.shots), caption.aspect) == (9250, 4, "9:16")


def test_what_is_done_otherwise_than_asked_is_said(run: Any) -> None:
    named = run("write", STORY, "-o", "a.txt")
    assert (named.exit_code, named.stderr) == (0, "mavin: A film is a folder, so a.txt becomes a.txt.mavin.\n")
    made = run("new", "-o", "b.v2")
    assert (made.exit_code, made.stderr) == (0, "mavin: A film is a folder, so b.v2 becomes b.v2.mavin.\n")
    for plain in ("c", "d.mavin"):
        assert run("write", STORY, "-o", plain).stderr == ""
    fresh = run("write", STORY, "-o", "e", "--resume")
    assert fresh.exit_code == 0
    assert fresh.stderr == "mavin: There is no run to resume in e.mavin, so it starts at the beginning.\n"
    assert run("write", STORY, "-o", "e", "--resume").stderr == ""  # finished: nothing is begun


def test_a_contradiction_is_refused_with_both_phrases_and_leaves_nothing(run: Any) -> None:
    story = 'Mara says 1-3s: "Stay." Mara says 2-4s: "Go."'
    result = run("write", story, "-o", "a")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert ". (" not in result.stderr  # the phrases belong to the sentence that explains them
    assert "”). Change the prompt" in result.stderr
    data = json.loads(run("write", story, "-o", "a", "--json").stdout)
    assert (data["film"], data["caption"], data["captions"]) == (None, None, [])
    refused = [conflict for conflict in data["conflicts"] if conflict["outcome"] == "refused"]
    assert refused
    for span in refused[0]["spans"]:
        assert story[span["start"] : span["end"]] == span["text"]
        assert span["text"] in result.stderr
    assert list(Path().iterdir()) == []


def test_references_are_copied_and_bound_by_name_and_id(run: Any) -> None:
    Image.new("RGB", (16, 16), "red").save("photo.png")
    Image.new("RGB", (16, 16), "blue").save("dog.bin", "PNG")  # what it is counts, not what it is called
    result = run("write", STORY, "-o", "a", "--ref", "Baker=photo.png", "--ref", "C2=dog.bin")
    assert result.exit_code == 0, result.stderr
    film = Film.open("a.mavin")
    baker = film.caption.role("C1").reference.image
    assert baker is not None
    assert (film.path / baker).read_bytes() == Path("photo.png").read_bytes()
    other = film.caption.role("C2").reference.image
    assert other is not None
    assert (film.path / other).read_bytes() == Path("dog.bin").read_bytes()
    twice = run("write", STORY, "-o", "b", "--ref", "C1=dog.bin", "--ref", "baker=photo.png")
    assert (twice.exit_code, "one image reference" in twice.stderr, Path("b.mavin").exists()) == (2, True, False)
    Path("photo.png").unlink()
    assert run("check", "a.mavin").exit_code == 0


def test_a_reference_for_a_word_that_is_no_role_says_who_there_is(run: Any) -> None:
    Image.new("RGB", (16, 16)).save("photo.png")
    result = run("write", STORY, "-o", "a", "--ref", "too late=photo.png")
    assert result.exit_code == 2
    assert "Baker" in result.stderr
    assert not Path("a.mavin").exists()


def test_force_replaces_and_keeps_the_history(run: Any) -> None:
    assert run("write", STORY, "-o", "a").exit_code == 0
    assert run("write", "A cat sleeps.", "-o", "a").exit_code == 2
    assert run("write", "A cat sleeps.", "-o", "a", "--force").exit_code == 0
    film = Film.open("a.mavin")
    assert (film.rev, film.record.prompt) == (2, "A cat sleeps.")
    assert film.tree().state(1).clips[0].record.prompt == STORY


def test_a_damaged_film_can_be_replaced(run: Any) -> None:
    assert run("write", STORY, "-o", "a").exit_code == 0
    Path("a.mavin/film.json").write_text("{")
    Path("a.mavin/clips/K1.json").write_text("{")
    assert run("show", "a").exit_code == 1
    assert run("write", "A cat sleeps.", "-o", "a", "--force").exit_code == 0
    assert Film.open("a.mavin").record.prompt == "A cat sleeps."


def test_a_refused_replacement_leaves_the_film_as_it_was(run: Any) -> None:
    assert run("write", STORY, "-o", "a").exit_code == 0
    before = {path: path.read_bytes() for path in Path("a.mavin").rglob("*") if path.is_file()}
    assert run("write", 'Mara says 1-3s: "Stay." Mara says 2-4s: "Go."', "-o", "a", "--force").exit_code == 3
    assert run("write", "A cat.", "-o", "a", "--force", "--llm", "http://127.0.0.1:9/v1").exit_code == 4
    assert {path: path.read_bytes() for path in Path("a.mavin").rglob("*") if path.is_file()} == before


@pytest.fixture
def hanging_server() -> Iterator[str]:
    """A model server that lists a model and then answers nothing: whoever asks is caught in mid-run."""
    release = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"object": "list", "data": [{"id": "slow", "object": "model"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            release.wait(60)

        def log_message(self, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        release.set()
        server.shutdown()


def wait_for(path: Path, child: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert child.poll() is None, "the run has ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.3)


def test_a_killed_run_says_how_to_resume_and_makes_the_same_script(run: Any, hanging_server: str) -> None:
    assert run("write", STORY, "-o", "whole").exit_code == 0
    command = mavin("write", STORY, "-o", "killed", "--llm", hanging_server)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
        wait_for(Path("killed.mavin/checkpoints.sqlite"), child)
        assert run("write", STORY, "-o", "killed", "--resume").exit_code == 2  # somebody is at work there
        child.kill()
    with pytest.raises(UnfinishedRunError):
        Film.open("killed.mavin")
    shown = run("show", "killed.mavin")
    assert (shown.exit_code, "mavin write --resume -o killed.mavin" in shown.stderr) == (1, True)
    again = run("write", STORY, "-o", "killed")
    assert (again.exit_code, "--resume" in again.stderr) == (2, True)
    other = run("write", "A cat sleeps.", "-o", "killed", "--resume")
    assert (other.exit_code, "another prompt" in other.stderr) == (2, True)
    assert Run.load(Path("killed.mavin")) is not None
    assert run("write", "--resume", "-o", "killed", "--llm", "rules").exit_code == 0
    assert caption_of("killed.mavin") == caption_of("whole.mavin")
    assert not list(Path("killed.mavin").glob("*.sqlite*"))
    # Once more: it had been finished, so there is nothing to do.
    finished = run("write", STORY, "-o", "killed", "--resume")
    assert (finished.exit_code, Film.open("killed.mavin").rev) == (0, 1)


def test_a_replacement_killed_in_mid_run_leaves_the_old_film_readable(run: Any, hanging_server: str) -> None:
    assert run("write", STORY, "-o", "a").exit_code == 0
    before = caption_of("a.mavin")
    command = mavin("write", "A cat sleeps.", "-o", "a", "--force", "--llm", hanging_server)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
        wait_for(Path("a.mavin/checkpoints.sqlite"), child)
        assert run("show", "a.mavin").exit_code == 0  # readable while the new one is being written
        child.kill()
    assert Film.open("a.mavin").caption.model_dump(mode="json") == before
    assert run("write", "A cat sleeps.", "-o", "a", "--resume", "--llm", "rules").exit_code == 0
    assert Film.open("a.mavin").record.prompt == "A cat sleeps."


def test_ctrl_c_exits_with_130_and_keeps_the_run(run: Any, hanging_server: str) -> None:
    command = mavin("write", STORY, "-o", "a", "--llm", hanging_server, "--json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        wait_for(Path("a.mavin/checkpoints.sqlite"), child)
        child.send_signal(signal.SIGINT)
        stdout, stderr = child.communicate(timeout=10)  # although the server would take a minute
    assert child.returncode == 130
    assert "Traceback" not in stderr
    assert "--resume" in stderr
    assert json.loads(stdout)["diagnostics"][0]["code"] == "interrupted"
    assert run("write", "--resume", "-o", "a", "--llm", "rules").exit_code == 0


def test_a_run_without_a_name_resumes_by_its_request(run: Any, hanging_server: str) -> None:
    command = mavin("write", STORY, "--llm", hanging_server)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
        deadline = time.monotonic() + 60
        while not list(Path().glob("unfinished-*.mavin/checkpoints.sqlite")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)
        child.kill()
    assert run("write", STORY, "--resume", "--llm", "rules").exit_code == 0
    (made,) = Path().glob("*.mavin")
    assert not made.name.startswith("unfinished")


def test_kills_at_random_moments_lose_nothing(run: Any) -> None:
    assert run("write", STORY, "-o", "whole").exit_code == 0
    for delay in (0.6, 1.0, 1.4, 1.8):
        with subprocess.Popen(mavin("write", STORY, "-o", "a"), stdout=-3, stderr=-3) as child:
            time.sleep(delay)
            child.kill()
        assert run("write", STORY, "-o", "a", "--resume").exit_code == 0
        assert caption_of("a.mavin") == caption_of("whole.mavin")
        assert run("write", STORY, "-o", "a", "--force").exit_code == 0
        for path in sorted(Path("a.mavin").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        Path("a.mavin").rmdir()


def test_no_key_reaches_the_disk(run: Any, hanging_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_API_KEY", "sk-very-secret")
    with subprocess.Popen(mavin("write", STORY, "-o", "a", "--llm", hanging_server), stderr=-3) as child:
        wait_for(Path("a.mavin/checkpoints.sqlite"), child)
        child.kill()
    found = [path for path in Path().rglob("*") if path.is_file() and b"very-secret" in path.read_bytes()]
    assert found == []


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from mavin.cli.main import main
main()
"""


def test_a_full_disk_leaves_the_previous_film_readable(run: Any) -> None:
    assert run("write", STORY, "-o", "a").exit_code == 0
    before = Film.open("a.mavin").caption
    for size in (100, 1000, 5000):
        done = subprocess.run(
            [sys.executable, "-c", FULL, str(size), "write", "A cat sleeps.", "-o", "a", "--force"],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ,
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "Free some" in done.stderr
        assert Film.open("a.mavin").caption == before
    assert run("write", "A cat sleeps.", "-o", "a", "--force").exit_code == 0


def test_a_style_that_nobody_can_see_is_refused_in_a_sentence(run: Any) -> None:
    result = run("write", "Mara walks. In the style of \u200b.", "-o", "a")
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert "style: text must not be empty" in result.stderr
    assert list(Path().iterdir()) == []
