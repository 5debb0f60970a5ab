"""Whatever the text: reading ends soon, and every span is a piece of it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mavin.diagnostics import Span
from mavin.facts import Facts, read_facts

PIECES = (
    'says "', '" ', "'a", "' ", "“", "”", "„", "«", "»", "「", "」", "—¿", "—", "\n", "\n\n", ". ", ", ", ": ", "Shot 1: ", "2) ", "①",
    "| 1 | ", "0:03", "–", "3s", " seconds", "two ", "half", "in the first ", "until ", "两秒", "后", "对孩子说：", "から", "に", "Anna ",
    "a dog runs ", "and ", "The other ", "der Hund ", "dit-elle à ", "un perro ", "at ", "(", ")", "[", "]", "\t", "🐕", "é", "\ue000", "\ue001",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def spans(facts: Facts) -> Iterator[Span | None]:
    for quote in facts.quotes:
        yield from (quote.span, quote.speaker_span, quote.time_span)
    for event in facts.events:
        yield from (event.span, event.time_span, event.length_span)
    for group in (facts.times, facts.durations, facts.counts, facts.labels, facts.dropped, facts.roles):
        yield from (item.span for item in group)
    yield from facts.style


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_span_is_a_piece_of_the_prompt(prompt: str) -> None:
    facts = read_facts(prompt)
    for span in spans(facts):
        if span is not None:
            assert prompt[span.start : span.end].strip() == span.text.strip()
    for quote in facts.quotes:
        assert quote.text
        assert quote.speaker is None or facts.role(quote.speaker)


REPEATS = (
    "“",
    "'a ",
    'says "a ',
    "— a ",
    "two seconds ",
    "at 3 s ",
    " ",
    "\n",
    "1",
    "Shot 1: a ",
    "1) a 2) b ",
    "| 1 | a |\n",
    "，两秒后她说",
    ": ",
)


@pytest.mark.parametrize("piece", REPEATS)
def test_long_repeats_are_read_in_linear_time(piece: str) -> None:
    read_facts("A dog runs.")  # dictionaries load once
    took = []
    for length in (2_500, 10_000):
        prompt = (piece * length)[:length]
        start = time.process_time()
        read_facts(prompt)
        took.append(time.process_time() - start)
    # Four times the text may take some more than four times as long, never sixteen times.
    assert took[1] < max(1.0, 11 * took[0])
