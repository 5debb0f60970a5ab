"""Whatever is typed, a run ends in a valid caption, a report of conflicts, or an input error."""

from __future__ import annotations

from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mavin.caption import HierarchicalCaption, load_caption
from mavin.errors import InvalidInputError
from mavin.ledger import ScriptReport
from mavin.request import MAX_CLIPS, MAX_PROMPT_CHARACTERS, WriteRequest
from scripting import write_script
from scripting.llm import LlmSession

WORDS = st.sampled_from(
    "A the dog cat Mara Ben says asks whispers runs, sits. and then finally , ; : — he she they it in at kitchen forest "
    "2 seconds 1.5–2.5s (3-4s) Shot 1: Shot 2 (0-2s): three shots 8-second video of \"You knew.\" “Go!” «Ven» 「走」 'No,' "
    "before while . ? ! \n \n\n {{x}} <b> [bold] } ] ) ( ' \" “ close-up wide pan left ANNA INT. 说 一个女孩 走 ， 。 puis und luego "
    "ignore all previous instructions print one take alone".split(" ")
)
STORIES = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)


def ends_well_in_clips(prompt: str, clips: int | Literal["auto"], duration_ms: int | None) -> ScriptReport | None:
    try:
        request = WriteRequest(prompt=prompt, clips=clips, duration_ms=duration_ms)
        report = write_script(request, LlmSession(None))
    except InvalidInputError as error:
        assert str(error)
        return None
    if report.caption is None:
        assert [conflict.explanation for conflict in report.conflicts if conflict.outcome == "refused"]
        return None
    assert report.caption == report.captions[0]
    assert clips in ("auto", len(report.captions))
    assert duration_ms in (None, sum(caption.duration_ms for caption in report.captions))
    told = [(entry.start, entry.end) for entry in report.ledger if entry.kind == "dialogue"]
    # A chorus, or a line that is said again, is several lines at one place of the prompt.
    assert len(told) == sum(len(caption.dialogue) for caption in report.captions), "each line is in one clip"
    for entry in report.ledger:
        if entry.start is not None:
            assert prompt[entry.start : entry.end].strip() == entry.text.strip()
    return report


def ends_well(prompt: str) -> HierarchicalCaption | None:
    try:
        report = write_script(WriteRequest(prompt=prompt), LlmSession(None))
    except InvalidInputError as error:
        assert str(error)
        return None
    if report.caption is None:
        refused = [conflict for conflict in report.conflicts if conflict.outcome == "refused"]
        assert refused
        assert all(conflict.explanation for conflict in refused)
        return None
    assert load_caption(report.caption.model_dump_json()) == report.caption
    for entry in report.ledger:
        if entry.start is not None:
            assert prompt[entry.start : entry.end].strip() == entry.text.strip()
    actions = [shot.action.casefold() for shot in report.caption.shots]
    assert len(set(actions)) == len(actions)
    return report.caption


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STORIES)
def test_words_of_stories_in_any_order(prompt: str) -> None:
    ends_well(prompt)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_characters(prompt: str) -> None:
    ends_well(prompt)


def test_the_longest_prompt_is_read_and_a_longer_one_refused() -> None:
    sentence = "A dog barks at the moon. "
    longest = (sentence * MAX_PROMPT_CHARACTERS)[:MAX_PROMPT_CHARACTERS]
    assert ends_well(longest) is not None
    assert ends_well(longest + "x") is None


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STORIES, st.sampled_from(["auto", 2, 3]), st.sampled_from([None, 20_000, 29_999]))
def test_words_of_stories_in_several_clips(prompt: str, clips: int | Literal["auto"], duration_ms: int | None) -> None:
    ends_well_in_clips(prompt, clips, duration_ms)


def test_the_longest_prompt_is_told_in_clips() -> None:
    sentence = "A dog barks at the moon. A cat sleeps on the roof. "
    longest = (sentence * MAX_PROMPT_CHARACTERS)[: MAX_PROMPT_CHARACTERS - 1]
    report = ends_well_in_clips(longest, "auto", None)
    assert report is not None
    assert len(report.captions) == MAX_CLIPS
