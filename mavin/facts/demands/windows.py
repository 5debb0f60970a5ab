"""When a demand holds that a prompt limits in time.

"In the first 3 seconds nobody speaks."    SILENT      [0, 3 s)
"From 5 s on only Mara speaks."            ONLY_SPEAKER [5 s, end)
"At 2 s, while Tom is silent, …"           SILENT (tom) the instant 2 s
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mavin.facts.languages.english.grammar import tokens_of
from mavin.facts.model import Anchor, Rule, RuleKind, TimeFact, TimeKind
from mavin.facts.text import MASK

__all__ = ["in_window", "timed_rules"]

_HELD_BACK = frozenset({RuleKind.SILENT, RuleKind.ONLY_SPEAKER, RuleKind.ALONE})
_ONWARDS = re.compile(
    r"(?:from|after|since|starting|beginning|as\s+of|a\s+partir|desde|tras|después|ab|nach|seit|à\s+partir|dès|après|"
    r"dopo|da\s|dal|a\s+partire|após|depois|从|從|自)\b|[后後起]$|から$|以降$",
    re.IGNORECASE,
)
_PARTED = re.compile(rf"[.;!?。！？\n{MASK}]")
_NEW_CLAUSE = re.compile(r"[,，、]|\b(?:and|then|but|until|und|dann|bis|y|luego|hasta|et|puis|e|poi|depois)\b")
_BESIDE = 3
"""Words that may stand between a demand and its time."""


def timed_rules(rules: Sequence[Rule], masked: str, times: Sequence[TimeFact]) -> tuple[Rule, ...]:
    """The demands, those with a time beside them limited to it.

    Args:
        rules: demands of the prompt.
        masked: the prompt with its quotations masked.
        times: its stated times, as far as possible counted from the clip's beginning.
    """
    return tuple(_timed(rule, masked, times) if rule.kind in _HELD_BACK else rule for rule in rules)


def _timed(rule: Rule, masked: str, times: Sequence[TimeFact]) -> Rule:
    beside = [
        (abs(fact.span.start - rule.span.start), fact)
        for fact in times
        if fact.kind is not TimeKind.LENGTH and fact.anchor is Anchor.START and _is_beside(rule, fact, masked)
    ]
    if not beside:
        return rule
    fact = min(beside, key=lambda pair: pair[0])[1]
    start, end = fact.start_ms, fact.end_ms
    if fact.kind is TimeKind.INSTANT:
        limit = None if _ONWARDS.search(fact.span.text) else start + 1
        return replace(rule, whole=False, start_ms=start, end_ms=limit, time_span=fact.span)
    return replace(rule, whole=False, start_ms=start, end_ms=end, time_span=fact.span)


def _is_beside(rule: Rule, fact: TimeFact, masked: str) -> bool:
    if fact.span.end <= rule.span.start:
        gap = masked[fact.span.end : rule.span.start]
        return not _PARTED.search(gap) and len(tokens_of(gap)) < _BESIDE
    if fact.span.start >= rule.span.end:
        gap = masked[rule.span.end : fact.span.start]
        return not _PARTED.search(gap) and not _NEW_CLAUSE.search(gap) and len(tokens_of(gap)) <= _BESIDE
    return True


def in_window(rule: Rule, start_ms: int, end_ms: int) -> bool:
    """Whether the time from ``start_ms`` to ``end_ms`` overlaps the one for which a demand holds."""
    opens = rule.start_ms or 0
    return start_ms < (rule.end_ms if rule.end_ms is not None else end_ms + 1) and opens < end_ms
