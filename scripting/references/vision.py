"""A vision model's words for a reference picture, where the connected server has one.

Whether it has is tried, not believed: a small picture of two colours goes first, and only who names both sees.
A server without eyes refuses it (HTTP 400 or 500) or guesses; either way code's own measurements stand alone.
"""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

from mavin.errors import UsageError
from mavin.facts import RoleFact
from mavin.media import read_image
from prompts import PictureContext, ProbeContext, SystemContext, render
from scripting.agents.asking import EXAMPLES, text_field
from scripting.contracts import check_descriptor
from scripting.llm import Message, Question
from scripting.llm.session import LlmSession
from scripting.references.colours import CLOTHES, HAIR
from scripting.references.cues import Hair, PictureCues
from scripting.references.words import BALD

__all__ = ["look", "sees"]

AGENT = "identity_aligner"
_PROBE = {"left": "yellow", "right": "purple"}
_PROBED = {"yellow": (250, 215, 20), "purple": (120, 30, 160)}
_CHOICES = ["red", "green", "blue", "yellow", "purple", "black", "white"]
_SIDE = 768  # pixels of the longer side that are sent
_NOTHING = re.compile(r"^\W*(?:none|nothing|not visible|not shown|unknown|n/?a|invisible)\b", re.IGNORECASE)

_NO_LOOK = re.compile(
    r"\b(?:story|ignore\w*|instructions?|picture|image|photo\w*|prompt|json|says?|camera)\b", re.IGNORECASE
)


def sees(session: LlmSession) -> bool:
    """Whether the connected model names the two colours of a small picture; asked once a run."""
    fields = {side: {"type": "string", "enum": _CHOICES} for side in _PROBE}
    answer = session.try_once(_question("reference.probe", render(ProbeContext()), _probe_uri(), fields, 32))
    return answer is not None and answer.data == _PROBE


def look(session: LlmSession, role: RoleFact, path: Path, cues: PictureCues, model: str) -> PictureCues:
    """The cues with the vision model's words in them; unchanged where it gives none that hold."""
    try:
        uri = _data_uri(path)
    except UsageError:
        return cues  # measured before, gone since: the measurements stand
    fields: dict[str, Any] = {
        "hair": text_field(60),
        "clothing": text_field(90),
        "features": text_field(80),
        "people": {"type": "integer", "minimum": 0, "maximum": 20},
    }
    text = render(PictureContext(role.phrase, cues.faces))
    answer = session.try_once(_question(f"reference.picture.{role.key}", text, uri, fields, 160))
    if answer is None:
        return cues
    hair, clothing, features = (_usable(answer.data[name]) for name in ("hair", "clothing", "features"))
    known = [
        item for item in cues.not_analysed if not item.startswith(("hair", "clothing", "kinds of", "whether", "faces"))
    ]
    missing = [name for name, words in (("hair", hair), ("clothing", clothing)) if not words]
    return cues.model_copy(
        update={
            "faces": cues.faces if cues.faces else answer.data["people"],
            "hair": _hair_in(hair) if hair else cues.hair,
            "hair_words": hair,
            "clothing": _named_in(clothing, tuple(CLOTHES)) if clothing else cues.clothing,
            "garments": clothing,
            "features": features,
            "by": model,
            "not_analysed": (*missing, *known),
        }
    )


def _question(key: str, text: str, uri: str, fields: dict[str, Any], tokens: int) -> Question:
    schema = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    messages = (Message("system", render(SystemContext())), Message("user", text, (uri,)))
    return Question(agent=AGENT, key=key, messages=messages, schema=schema, max_tokens=tokens)


def _usable(words: str) -> str:
    """A model's phrase, or nothing where it says that there is nothing, or breaks the contract."""
    text = " ".join(words.split()).rstrip(".")
    problems = check_descriptor(text, path="reference", prompt="a picture", words=14, examples=EXAMPLES)
    if not text or problems or _NOTHING.match(text) or _NO_LOOK.search(text):
        return ""
    return text[:1].lower() + text[1:]


def _hair_in(words: str) -> Hair:
    colours = _named_in(words, tuple(HAIR))
    bare = bool(re.search(rf"\b(?:{BALD})\b", words, re.IGNORECASE))
    return Hair(colour="" if bare or not colours else colours[0], bare=bare, long=bool(re.search(r"\blong\b", words)))


def _named_in(words: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The named colours in a text, in its order; "dark blue" is not also "blue"."""
    longest = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    text = re.sub(r"\bgray\b", "grey", re.sub(r"\bblonde\b", "blond", words.casefold()))
    return tuple(dict.fromkeys(re.findall(rf"\b(?:{longest})\b", re.sub(r"\bnavy\b", "dark blue", text))))


@cache
def _probe_uri() -> str:
    from PIL import Image

    picture = Image.new("RGB", (64, 64), _PROBED[_PROBE["left"]])
    picture.paste(_PROBED[_PROBE["right"]], (32, 0, 64, 64))
    return _encoded(picture, "PNG")


def _data_uri(path: Path) -> str:
    picture = read_image(path)
    picture.thumbnail((_SIDE, _SIDE))
    return _encoded(picture, "JPEG")


def _encoded(picture: Any, kind: str) -> str:
    file = io.BytesIO()
    picture.save(file, kind, quality=88)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"
