"""Where sentences end around quotations: a line's own stop ends one, "…," he says does not."""

from __future__ import annotations

import re

from mavin.facts.grammar import (
    tokens_of,
)
from mavin.facts.quotes import MASK, Quotation
from mavin.facts.speakers import cue_before, cue_behind

__all__ = ["with_breaks"]


def with_breaks(story: str, speech: tuple[Quotation, ...], grammar: str) -> str:
    """Ends sentences behind quotations that end one, and ties ", he says" to its quotation.

    The last masked character becomes a line break, or the comma behind it one more mask.
    """
    for index, quotation in enumerate(speech):
        ceiling = speech[index + 1].start if index + 1 < len(speech) else len(story)
        gap = story[quotation.end : ceiling]
        behind = cue_behind(story[quotation.end :], grammar, ended=quotation.text.endswith("."))
        if behind is not None and re.match(r"\s*[,，]", gap):
            at = quotation.end + len(gap) - len(gap.lstrip())
            story = story[:at] + MASK + story[at + 1 :]
            continue
        adjacent = index + 1 < len(speech) and not tokens_of(gap)
        if adjacent or (index + 1 < len(speech) and _next_speaker(story, speech, grammar, index)):
            story = story[: quotation.end - 1] + "\n" + story[quotation.end :]
            continue
        if not re.search(r"[.!?…。！？—–-]$", quotation.text) or not re.match(r"\s+[\W]*[A-ZÀ-Þ\u4e00-\u9fff]", gap):
            continue
        floor = max(story.rfind(stop, 0, quotation.start) for stop in "\n.;!?。") + 1
        floor = max(floor, speech[index - 1].end if index else 0)
        own = cue_before(story[floor : quotation.start].replace(MASK, " "), grammar)
        stops = re.search(r"[.!?。！？\n]", gap)
        following = None if stops or index + 1 == len(speech) else cue_before(gap, grammar)
        if own is not None or following is not None or behind is None:
            story = story[: quotation.end - 1] + "\n" + story[quotation.end :]
    return story


def _next_speaker(story: str, speech: tuple[Quotation, ...], grammar: str, index: int) -> bool:
    """Whether what follows this quotation brings in the next one: "… "no" and she says "yes"" """
    floor = max(story.rfind(stop, 0, speech[index].start) for stop in "\n.;!?。") + 1
    floor = max(floor, speech[index - 1].end if index else 0)
    own = cue_before(story[floor : speech[index].start].replace(MASK, " "), grammar)
    gap = story[speech[index].end : speech[index + 1].start]
    if re.search(r"[.!?。！？\n]", gap):
        return False
    following = cue_before(gap, grammar)
    return own is not None and following is not None and bool(following.speaker)
