"""The caption as JSON: its fields and no others, the published schema, goldens, upgrades, odd input."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest

from mavin.caption import (
    SCHEMA_VERSION,
    Angle,
    Aspect,
    HierarchicalCaption,
    InvalidCaptionError,
    Movement,
    Size,
    json_schema,
    load_caption,
    schema,
)
from mavin.caption.__main__ import main

GOLDENS = Path(__file__).parent / "golden"

# The caption's JSON "has these fields and no others"; a change here is a new schema version.
REFERENCE = {"image": None, "audio": None}
FIELDS: dict[str, Any] = {
    "schema_version": None,
    "title": None,
    "language": None,
    "duration_ms": None,
    "aspect": None,
    "global_caption": {"storyline": None, "style": None, "ambience": None},
    "shots": {
        "id": None,
        "title": None,
        "start_ms": None,
        "end_ms": None,
        "setting": None,
        "action": None,
        "camera": {"size": None, "angle": None, "movement": None, "note": None},
        "roles": None,
        "overrides": {"role": None, "appearance": None, "voice": None, "reference": REFERENCE},
        "sounds": {"id": None, "start_ms": None, "end_ms": None, "text": None},
    },
    "roles": {"id": None, "name": None, "appearance": None, "voice": None, "reference": REFERENCE},
    "dialogue": {
        "id": None,
        "role": None,
        "start_ms": None,
        "end_ms": None,
        "text": None,
        "delivery": None,
        "language": None,
        "on_screen": None,
        "recording": None,
    },
}


def merged(one: Any, two: Any) -> Any:
    """The fields of either; an empty list knows nothing of what it could hold."""
    if isinstance(one, dict) and isinstance(two, dict):
        return {key: merged(one.get(key), two.get(key)) for key in one | two}
    return two if one is None else one


def fields_of(value: Any) -> Any:
    """Names of the fields of a JSON value, nested; lists count as what they hold, a plain value is None."""
    if isinstance(value, dict):
        return {key: fields_of(item) for key, item in value.items()}
    if isinstance(value, list):
        return functools.reduce(merged, map(fields_of, value), None)
    return None


def fields_of_schema(node: dict[str, Any], definitions: dict[str, Any]) -> Any:
    """The same, read from a JSON Schema."""
    for choice in node.get("anyOf", [node]):
        target = definitions[choice["$ref"].rsplit("/", 1)[-1]] if "$ref" in choice else choice
        if "properties" in target:
            assert target["additionalProperties"] is False, target["title"]
            return {name: fields_of_schema(child, definitions) for name, child in target["properties"].items()}
        if target.get("type") == "array":
            return fields_of_schema(target["items"], definitions)
    return None


def test_a_saved_caption_has_these_fields_and_no_others(caption: HierarchicalCaption) -> None:
    assert fields_of(json.loads(caption.model_dump_json())) == FIELDS


def test_the_schema_has_these_fields_and_no_others() -> None:
    found = json_schema()
    assert fields_of_schema(found, found["$defs"]) == FIELDS


def test_vocabularies_are_those_of_the_design() -> None:
    vocabularies = {kind.__name__: " ".join(item.value for item in kind) for kind in (Size, Angle, Movement, Aspect)}
    assert vocabularies == {
        "Size": "extreme_wide wide full medium close_up extreme_close_up",
        "Angle": "eye low high overhead dutch over_shoulder pov",
        "Movement": "static pan_left pan_right tilt_up tilt_down dolly_in dolly_out "
        "zoom_in zoom_out track crane handheld",
        "Aspect": "16:9 9:16 1:1 4:3 21:9",
    }


def test_the_published_schema_has_not_drifted(root: Path) -> None:
    published = json.loads((root / "docs" / "caption.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema(), "the caption changed: run make schema, and ask whether it is a new version"


def test_the_published_schema_accepts_the_golden_and_refuses_a_stranger(root: Path) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    jsonschema.Draft202012Validator.check_schema(json_schema())
    data = json.loads((GOLDENS / "caption-v1.json").read_text(encoding="utf-8"))
    assert validator.is_valid(data)
    assert not validator.is_valid(data | {"mood": "grim"})
    assert not validator.is_valid(data | {"duration_ms": 7500.5})


def test_the_command_notices_a_stale_copy_and_mends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "schema.json"
    assert main(["--check", str(copy)]) == 1
    assert "is missing" in capsys.readouterr().err
    copy.write_text("{}", encoding="utf-8")
    assert main(["--check", str(copy)]) == 1
    assert "make schema" in capsys.readouterr().err
    assert main(["--write", str(copy)]) == 0
    assert main(["--check", str(copy)]) == 0


def test_the_command_prints_the_schema() -> None:
    done = subprocess.run([sys.executable, "-m", "mavin.caption"], capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout) == json_schema()
    assert done.stderr == b""


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_golden_file_of_every_version_opens(version: int) -> None:
    caption = load_caption((GOLDENS / f"caption-v{version}.json").read_bytes())
    assert caption.schema_version == SCHEMA_VERSION
    assert caption.duration_ms == 7_500


def test_the_golden_file_of_this_version_comes_back_byte_for_byte() -> None:
    text = (GOLDENS / f"caption-v{SCHEMA_VERSION}.json").read_text(encoding="utf-8")
    assert json.loads(load_caption(text).model_dump_json()) == json.loads(text)
    assert list(json.loads(text)) == list(FIELDS), "fields are written in the order of the design"


def test_there_is_an_upgrade_from_every_older_version() -> None:
    assert set(schema.UPGRADES) == set(range(1, SCHEMA_VERSION))


def test_an_old_caption_is_upgraded_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    # A rehearsal of the next two versions: the second renames `title`, the third adds a word to it.
    class Later(HierarchicalCaption):
        schema_version: Literal[3] = 3  # type: ignore[assignment]

    def to_second(data: dict[str, Any]) -> dict[str, Any]:
        assert data["schema_version"] == 1
        return {key: value for key, value in data.items() if key != "title"} | {"name": data["title"]}

    def to_third(data: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in data.items() if key != "name"} | {"title": f"{data['name']}, again"}

    monkeypatch.setattr(schema, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(schema, "HierarchicalCaption", Later)
    monkeypatch.setattr(schema, "UPGRADES", {1: to_second, 2: to_third})
    caption = load_caption((GOLDENS / "caption-v1.json").read_bytes())
    assert caption.title == "The Lamp, again"
    assert isinstance(caption, Later)


def test_a_caption_without_a_version_is_taken_as_the_current_one(caption: HierarchicalCaption) -> None:
    data = caption.model_dump(mode="json")
    del data["schema_version"]
    assert load_caption(data) == caption


def test_a_newer_caption_says_to_update(caption: HierarchicalCaption) -> None:
    with pytest.raises(InvalidCaptionError, match=r"schema_version must be at most 1, got 2: .*update this one"):
        load_caption(caption.model_dump(mode="json") | {"schema_version": 2})


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True, None])
def test_an_impossible_version_is_refused(caption: HierarchicalCaption, version: Any) -> None:
    with pytest.raises(InvalidCaptionError, match="schema_version must be a whole number"):
        load_caption(caption.model_dump(mode="json") | {"schema_version": version})


@pytest.mark.parametrize(
    "source",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b"3", b"{}", b'{"a": NaN}', b"[" * 100_000, b'{"duration_ms": 1e999}'],
    ids=["empty", "truncated", "no UTF-8", "list", "null", "number", "no fields", "NaN", "deep", "infinite"],
)
def test_what_is_no_caption_is_refused_in_a_sentence(source: bytes) -> None:
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(source)
    assert str(caught.value).startswith("This is not a valid caption: ")
    assert len(str(caught.value)) < 1_000


def test_half_a_surrogate_pair_is_refused_in_a_sentence() -> None:
    text = (GOLDENS / "caption-v1.json").read_text(encoding="utf-8").replace("The Lamp", "\\ud800")
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(text)
    assert len(str(caught.value)) < 1_000
