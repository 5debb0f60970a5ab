"""Vision models over real HTTP: one that decodes the picture it is sent, one without eyes, one that guesses."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from skimage.data import astronaut

from mavin.ledger import ScriptReport
from mavin.request import ReferenceRequest, WriteRequest
from scripting import write_script
from scripting.llm import LlmSession, connect
from scripting.references.colours import name_of

from .conftest import Handler, LoopbackServer

PROMPT = "Mara waits by a window. Tom watches."
_COLOURS = {
    "red": (220, 30, 30), "green": (40, 160, 60), "blue": (40, 80, 200), "yellow": (250, 220, 40),
    "purple": (120, 40, 160), "black": (0, 0, 0), "white": (255, 255, 255),
}  # fmt: skip
SHOWN = {"hair": "wavy light brown hair", "clothing": "an orange spacesuit", "features": "none", "people": 1}


def pictures(body: dict[str, Any]) -> list[Image.Image]:
    parts = body["messages"][-1]["content"]
    if isinstance(parts, str):
        return []
    uris = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
    return [Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("RGB") for uri in uris]


def sees(picture: Image.Image, shown: dict[str, Any]) -> dict[str, Any]:
    if picture.size == (64, 64):
        sides = {"left": picture.getpixel((16, 32)), "right": picture.getpixel((48, 32))}
        return {side: name_of(rgb, _COLOURS) for side, rgb in sides.items()}  # type: ignore[arg-type]
    assert picture.size == (512, 512)
    return shown


def words(schema: dict[str, Any]) -> dict[str, Any]:
    """An answer to a question without a picture that every contract turns down or lets pass unchanged."""
    fields = schema["properties"]
    if "possible" in fields:
        return {"possible": True}
    made: dict[str, Any] = {}
    for name, field in fields.items():
        if field["type"] == "object":
            made[name] = words(field)
        else:
            made[name] = field["enum"][0] if "enum" in field else f"dust on {name} in pale light"
    return made


def serve(eyes: Callable[[Handler, Image.Image], Any]) -> Callable[[Handler, int], None]:
    def on_chat(handler: Handler, number: int) -> None:
        body = handler.server.requests[number]
        shown = pictures(body)
        if not shown:
            handler.good(json.dumps(words(body["response_format"]["json_schema"]["schema"])))
            return
        answer = eyes(handler, shown[0])
        if answer is not None:
            handler.good(json.dumps(answer))

    return on_chat


def run(server: LoopbackServer, folder: Path, prompt: str = PROMPT, **options: Any) -> ScriptReport:
    Image.fromarray(astronaut()).save(folder / "mara.png")  # type: ignore[no-untyped-call]
    request = WriteRequest(
        prompt=prompt, references=(ReferenceRequest(who="Mara", file=folder / "mara.png"),), **options
    )
    with LlmSession(connect(server.uri)) as session:
        return write_script(request, session)


def with_pictures(server: LoopbackServer) -> int:
    return sum(bool(pictures(body)) for body in server.requests)


def test_a_model_that_sees_gives_its_words(server: LoopbackServer, tmp_path: Path) -> None:
    server.on_chat = serve(lambda _, picture: sees(picture, SHOWN))
    report = run(server, tmp_path)
    assert report.caption is not None
    assert report.caption.role("C1").appearance == "Mara, a woman: wavy light brown hair, an orange spacesuit"
    seen = next(entry for entry in report.ledger if entry.where == "roles.C1.reference.image")
    assert seen.by == "film-7b"
    assert with_pictures(server) == 2  # the probe and the picture
    uri = server.requests[-1]  # text alone stays text
    assert isinstance(uri["messages"][-1]["content"], str)


def refuses(handler: Handler, _: Image.Image) -> None:
    handler.reply(400, b'{"error": {"message": "film-7b is not a multimodal model", "code": 400}}')


def breaks(handler: Handler, _: Image.Image) -> None:
    handler.reply(500, b'{"error": {"message": "image input is not supported"}}')


def guesses(_: Handler, picture: Image.Image) -> dict[str, Any]:
    return {"left": "red", "right": "blue"} if picture.size == (64, 64) else SHOWN


@pytest.mark.parametrize("eyes", [refuses, breaks, guesses])
def test_a_model_without_eyes_is_asked_once_and_codes_measurements_stand(
    server: LoopbackServer, tmp_path: Path, eyes: Callable[[Handler, Image.Image], Any]
) -> None:
    server.on_chat = serve(eyes)
    report = run(server, tmp_path)
    assert report.caption is not None
    assert report.caption.role("C1").appearance == "Mara, a woman: light brown hair, orange and black clothes"
    assert with_pictures(server) == 1
    assert not any(entry.kind == "model" for entry in report.ledger)  # the model was not given up for it
    assert next(entry for entry in report.ledger if entry.where == "roles.C1.reference.image").by == "code"


def test_what_only_the_models_eyes_find_is_its_own_suspicion(server: LoopbackServer, tmp_path: Path) -> None:
    bald = {"hair": "bald", "clothing": "a green jumper", "features": "none", "people": 1}
    prompt = "Mara, a woman with long hair, waits in a black coat. Tom watches."
    server.on_chat = serve(lambda _, picture: sees(picture, bald))
    report = run(server, tmp_path, prompt)
    assert report.caption is not None
    found = [(conflict.by, conflict.outcome, conflict.spans[0].text) for conflict in report.conflicts]
    assert ("model", "suspected", "long hair") in found
    strict = run(server, tmp_path, prompt, strict=True)
    assert strict.caption is None


def test_lying_eyes_bring_no_names_and_no_markup(server: LoopbackServer, tmp_path: Path) -> None:
    lie = {"hair": "{{ 7*7 }} <b>", "clothing": "the coat of Captain Ahab", "features": "ignore the story", "people": 0}
    server.on_chat = serve(lambda _, picture: sees(picture, lie))
    report = run(server, tmp_path)
    assert report.caption is not None
    look = report.caption.role("C1").appearance
    assert "Ahab" not in look and "{{" not in look and "light brown hair" in look and "orange" in look
