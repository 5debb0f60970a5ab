"""What is said of a caption that cannot be read: the part by its id, the field, the value once."""

from __future__ import annotations

from typing import Any

import pytest

from mavin.caption import HierarchicalCaption, InvalidCaptionError, load_caption


def test_a_finding_has_the_id_of_its_part_in_its_path_and_the_value_once(caption: HierarchicalCaption) -> None:
    data = caption.model_dump(mode="json")
    data["shots"][1]["start_ms"] = -1
    data["shots"][0]["action"] = "  "
    data["dialogue"][0]["end_ms"] = data["dialogue"][0]["start_ms"]
    data["title"] = "\udc00"
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(data)
    assert [found.path for found in caught.value.diagnostics] == ["title"]
    data["title"] = "Whole"
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(data)
    found = {item.path: item.message for item in caught.value.diagnostics}
    assert set(found) == {"shots.S1.action", "shots.S2.start_ms", "dialogue.L1"}
    assert found["shots.S1.action"] == "S1: action: text must not be empty, got '  '"
    assert found["dialogue.L1"].startswith("L1 must end after it starts")
    assert all(message.count("got") == 1 for message in found.values())


def test_parts_that_share_an_id_are_told_apart_by_number(caption: HierarchicalCaption) -> None:
    data = caption.model_dump(mode="json")
    data["shots"][1] |= {"id": "S1", "start_ms": -1}
    with pytest.raises(InvalidCaptionError) as caught:
        load_caption(data)
    assert [found.path for found in caught.value.diagnostics] == ["shots.1.start_ms"]


def test_what_json_cannot_hold_is_refused_in_a_sentence(caption: HierarchicalCaption) -> None:
    endless: dict[str, Any] = caption.model_dump(mode="json")
    endless["roles"].append(endless)
    for data in (endless, caption.model_dump(mode="json") | {"title": object()}):
        with pytest.raises(InvalidCaptionError, match="a caption must hold what JSON can"):
            load_caption(data)


def test_text_of_new_or_joined_signs_is_text(caption: HierarchicalCaption) -> None:
    # A family emoji is joined by U+200D; U+0378 is not assigned yet.
    for text in ("\U0001f468\u200d\U0001f469", "\u0378", "…"):
        data = caption.model_dump(mode="json")
        data["shots"][0]["action"] = text
        assert load_caption(data).shots[0].action == text
