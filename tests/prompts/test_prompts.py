"""Prompts: user text stays data, a missing value is an error, and every file is used."""

from __future__ import annotations

from importlib import resources

import pytest
from jinja2 import UndefinedError

import prompts
from prompts import (
    BeatsContext,
    BeatShot,
    CastContext,
    CounterContext,
    EditorChoiceContext,
    EditorContext,
    EditorOption,
    EditorSystemContext,
    FactsContext,
    JudgeContext,
    JudgeSystemContext,
    OrderContext,
    PaceContext,
    PartsContext,
    PictureContext,
    ProbeContext,
    ReferenceContext,
    RoleContext,
    SceneContext,
    ShotContext,
    SystemContext,
    ValidatorContext,
)

HOSTILE = "{{ 7*7 }} {% raw %} {# gone? #} <b>&amp;</b> {{ config }}"
CONTEXTS: list[prompts.Context] = [
    SystemContext(),
    ValidatorContext(HOSTILE),
    CounterContext(HOSTILE),
    CounterContext(HOSTILE, HOSTILE, HOSTILE),
    PartsContext(HOSTILE, (HOSTILE, HOSTILE)),
    PartsContext(HOSTILE, (HOSTILE, HOSTILE), ((1, 2),)),
    OrderContext(HOSTILE, HOSTILE, HOSTILE, (HOSTILE, HOSTILE)),
    PaceContext(HOSTILE, (BeatShot("S1", HOSTILE),), ("S1",)),
    SceneContext(HOSTILE, "en", HOSTILE, (BeatShot("S1", HOSTILE),), ("S1",), (HOSTILE,)),
    FactsContext(HOSTILE, (HOSTILE,)),
    BeatsContext(HOSTILE, "en", (BeatShot("S1", HOSTILE),), (HOSTILE,)),
    CastContext(HOSTILE, "en", (RoleContext("C1", HOSTILE, HOSTILE),)),
    ReferenceContext(HOSTILE, "en", RoleContext("C1", HOSTILE, HOSTILE), (HOSTILE,), (HOSTILE,)),
    PictureContext(HOSTILE, 2),
    ProbeContext(),
    ShotContext(
        HOSTILE,
        "en",
        1,
        2,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (HOSTILE, HOSTILE),
        (HOSTILE,),
        (HOSTILE,),
        True,
        True,
        (HOSTILE,),
    ),
    EditorSystemContext(),
    EditorChoiceContext(HOSTILE, HOSTILE, HOSTILE, (EditorOption("place", HOSTILE),), (EditorOption("S1", HOSTILE),)),
    EditorContext(HOSTILE, "en", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,)),
    JudgeSystemContext(),
    JudgeContext(HOSTILE, HOSTILE, HOSTILE),
]


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: type(context).__name__)
def test_user_text_is_data(context: prompts.Context) -> None:
    text = prompts.render(context)
    assert "49" not in text
    if not isinstance(context, SystemContext | ProbeContext | EditorSystemContext | JudgeSystemContext):
        assert HOSTILE in text


def test_every_template_has_a_context_and_the_other_way_round() -> None:
    files = {item.name for item in resources.files("prompts").iterdir() if item.name.endswith(".j2")}
    shared = {name for name in files if name.startswith("_")}  # parts that several templates include
    assert files - shared == {context.template for context in CONTEXTS}
    assert files == set(prompts.fingerprints())
    texts = [(resources.files("prompts") / name).read_text(encoding="utf-8") for name in files]
    assert all(sum(f'include "{name}"' in text for text in texts) > 1 for name in shared)


def test_a_missing_value_is_an_error() -> None:
    from prompts import _environment

    with pytest.raises(UndefinedError):
        _environment().get_template("validator.md.j2").render({})


def test_fingerprints_are_sha256() -> None:
    assert all(len(value) == 64 for value in prompts.fingerprints().values())
