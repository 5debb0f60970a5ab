"""Lists that fill the shots a prompt counts: "three shots: an egg, a chick, a hen" tells three events.

Also what else is said of several shots at once: "each shot lasts 2 seconds", "cut at 2 s and at 4 s".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mavin.facts.model import CountFact, TimeFact, TimeKind
from mavin.facts.sentences import clauses_of, sentences_of
from mavin.facts.text import MASK
from mavin.facts.times import each_phrase

__all__ = ["each_length", "find_cut_times", "with_items"]

_END = re.compile(r"(?<!\d)\.|\.(?!\d)|[!?\n。！？]")
_COMMA = re.compile(r"\s*[,;，、；](?!\d)\s*(?:(?:and|then|und|dann|y|luego|e|et|puis|poi)\s+|和|然后)*", re.IGNORECASE)
_STEP = re.compile(
    r"\s*[,;，、]\s*(?:and\s+|und\s+|y\s+|et\s+|e\s+)?(?:then|next|finally|dann|danach|schließlich|luego|después|ensuite|puis|"
    r"enfin|poi|infine|depois|然后|接着|最后|次に|最後に)[,，、]?\s*",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\s*(?:first|zuerst|zunächst|primero|d['’]abord|prima|primeiro|首先|まず)[,，、]?\s*(?=\w)", re.IGNORECASE
)
_AND = re.compile(_COMMA.pattern + r"|\s+(?:and|then|und|y|e|et)\s+|[和与と]", re.IGNORECASE)
_CUTS = re.compile(
    r"(?:^|[.;:!?\n])\s*(?:with\s+)?(?:(?:hard|jump|smash|sharp|quick)\s+)?(?P<words>(?:cuts?|cut\s+points?|Schnitte?|cortes?|coupes?|tagli))(?:\s|,|\band\b|\bund\b|\by\b|\bet\b)*$",
    re.IGNORECASE,
)


def each_length(times: Sequence[TimeFact], text: str) -> TimeFact | None:
    """The length that a prompt gives to every shot ("each shot lasts 2 seconds"), if it gives one."""
    return next(
        (fact for fact in times if fact.kind is TimeKind.LENGTH and each_phrase(text, fact) and fact.end_ms > 0), None
    )


def find_cut_times(times: Sequence[TimeFact], untimed: str) -> tuple[TimeFact, ...]:
    """The instants of a sentence that gives nothing but cuts: "Cut at 2 s and at 4 s: …".

    Args:
        times: stated times.
        untimed: the masked prompt without them.
    """
    return tuple(
        fact
        for fact in times
        if fact.kind is TimeKind.INSTANT and _CUTS.search(untimed[max(0, fact.span.start - 60) : fact.span.start])
    )


def with_items(
    story: str, prompt: str, counts: Sequence[CountFact], said: Sequence[TimeFact], wanted: int | None, grammar: str
) -> str:
    """The story with a line break between the items of a list that fills as many shots as are asked for.

    Args:
        story: the prompt without what speaks of the film; offsets are kept.
        prompt: the masked prompt, in which the colon before the list still stands.
        counts: stated numbers of shots.
        said: times that are said of every shot or of cuts between them, behind which a list may stand too.
        wanted: how many shots the cuts make, ``None`` if none are timed.
        grammar: language of the prompt; a list that reads as so many clauses needs no help.
    """
    asked: list[tuple[int, int | None]] = [(fact.span.end, fact.count) for fact in counts if fact.count > 1]
    asked += [(fact.span.end, wanted) for fact in said]
    for end, count in asked:
        stop = _END.search(prompt, end)
        colon = re.compile(r"[:：]").search(prompt, end, stop.start() if stop else len(prompt))
        if colon is None:
            continue
        close = _END.search(prompt, colon.end())
        right = close.start() if close else len(prompt)
        region = story[colon.end() : right]
        if MASK in region:
            continue
        read = [
            clause
            for index, (left, stop_at) in enumerate(sentences_of(story, colon.end(), right))
            for clause in clauses_of(story, left, stop_at, index, grammar)
        ]
        if len(read) == count:
            return story
        for pattern in (_STEP, _COMMA, _AND):
            breaks = [match for match in pattern.finditer(region) if region[: match.start()].strip()]
            edges = [0, *(place for match in breaks for place in match.span()), len(region)]
            items = [region[left:right].strip() for left, right in zip(edges[::2], edges[1::2], strict=True)]
            if len(items) > 1 and all(items) and len(items) == (count or len(items)):
                opens = _FIRST.match(story, colon.end())
                if opens:
                    story = story[: opens.start()] + " " * len(opens.group()) + story[opens.end() :]
                for match in breaks:
                    at = colon.end() + match.start()
                    story = f"{story[:at]}\n{' ' * (len(match.group()) - 1)}{story[colon.end() + match.end() :]}"
                return story
    return story
