"""Clauses of the European languages: where a sentence goes on with another verb."""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.languages.closed_words import Words, words_of
from mavin.facts.languages.european.appositions import find_between_commas
from mavin.facts.languages.european.inflections import Finite, finite, infinitive
from mavin.facts.languages.european.order import arrange
from mavin.facts.languages.european.phrases import noun_phrase_at
from mavin.facts.languages.european.words import is_determiner, is_finite_at, two_names, words_in
from mavin.facts.languages.reading import Piece
from mavin.facts.text import MASK

__all__ = ["ends_with_verb", "opens_with_speech", "pieces", "speaks"]


def speaks(text: str, language: str) -> bool:
    """Whether a clause holds a finite verb of speech."""
    table = words_of(language)
    return table is not None and any(
        finite(word.lower, language) and infinitive(word.lower, language) in table.speech
        for word in words_in(text.replace(MASK, " "))
    )


def ends_with_verb(text: str, language: str) -> bool:
    """Whether somebody's verb stands right before a quotation, which is its object whatever it means: "Ana gime «Ya»"."""
    table = words_of(language)
    words = words_in(text.replace(MASK, " ").rstrip(" ,"))
    if table is None or len(words) < 2 or not words[-1].text.islower():
        return False
    before = words[-2]
    if is_determiner(before, table) or before.lower in table.prepositions | table.conjunctions | table.adjectives:
        return False
    found = is_finite_at(words, len(words) - 1, language)
    return found is Finite.SURE or (found is Finite.MAYBE and language != "de" and before.text[0].isupper())


def opens_with_speech(text: str, language: str) -> bool:
    """Whether words right behind a quotation begin with a verb of speech: "dice Ana", "s'écrie-t-il"."""
    table = words_of(language)
    assert table is not None
    words = words_in(text.replace(MASK, " "))
    if len(words) > 1 and words[0].text.islower() and is_finite_at(words, 0, language) is Finite.SURE:
        # "… », halète Tim": only who speaks stands behind the verb there, whatever the verb.
        behind = noun_phrase_at(text, words, 1, language, table)
        if behind is not None and (behind[0].named or behind[0].person):
            return True
    for index, word in enumerate(words[:5]):
        if finite(word.lower, language) and infinitive(word.lower, language) in table.speech:
            return True
        if word.lower not in table.clitics | table.adverbs | {"s'", "m'"} and index:
            return False
    return False


_BORDER = re.compile(r"\s*;\s*|\s*,\s+|\s+[—–]\s+|—|\s*:\s+(?!\s*[\ue000])")


def pieces(masked: str, language: str) -> list[Piece]:
    """The clauses of one sentence, offsets into it; one fragment where there is no verb."""
    table = words_of(language)
    assert table is not None
    found: list[Piece] = []
    pending: int | None = None
    for left, right in _segments(masked, language):
        for start, end in _at_conjunctions(masked, left, right, language, table):
            body = _without_link(masked, start, end, language, table)
            if _dependent(masked[body:end], language, table):
                if found and pending is None:
                    found[-1] = replace(found[-1], end=end)
                elif pending is None:
                    pending = start
                continue
            reading = arrange(
                masked[body:end], language, follows=bool(found) or pending is not None, spoken=MASK in masked
            )
            if reading.verb is None:
                if pending is None:
                    pending = body
                continue
            start = body
            if pending is not None:
                start = _without_link(masked, pending, end, language, table)
                if not reading.subjects:
                    reading = arrange(masked[start:end], language, follows=bool(found), spoken=MASK in masked)
                    body = start
                pending = None
            verb = reading.verb or (0, 0)
            kind = "clause" if reading.subjects or reading.nobody else "verb"
            found.append(Piece(start, end, kind, body + verb[0], body + verb[1]))
    if pending is not None:
        if found:
            found[-1] = replace(found[-1], end=len(masked))
        else:
            found.append(Piece(pending, len(masked), "fragment", pending, pending))
    return found


def _segments(masked: str, language: str) -> list[tuple[int, int]]:
    """Pieces between commas and the like, outside brackets; a comma right before a quotation is its own.

    The commas around a name that stands behind its bearer part nothing ("Entra il figlio, Nino, e dice").
    """
    spans: list[tuple[int, int]] = []
    names = [(item.end, item.name_start + len(item.name)) for item in find_between_commas(masked, language)]
    begin = 0
    for match in _BORDER.finditer(masked):
        before = masked[: match.start()]
        if (
            before.count("(") > before.count(")")
            or masked[match.end() : match.end() + 1] == MASK
            or match.start() <= begin
            or any(start <= match.start() <= end for start, end in names)
        ):
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, len(masked)))
    return [(left, right) for left, right in spans if re.search(r"[\w\ue000]", masked[left:right])]


def _at_conjunctions(masked: str, left: int, right: int, language: str, table: Words) -> list[tuple[int, int]]:
    """A segment cut where "and" (or "then") is followed by a verb, or by a subject with its verb."""
    if two_names(words_in(masked[left:right]), language):
        return [(left, right)]
    spans = []
    begin = left
    links = sorted(table.conjunctions, key=len, reverse=True)
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(links)})\s+", masked[:right], re.IGNORECASE):
        if match.start() <= begin or match.start() < left:
            continue
        first = arrange(masked[begin : match.start()], language, follows=True)
        if first.verb is None or _dependent(masked[begin : match.start()], language, table):
            continue
        rest = masked[match.end() : right]
        if _opens_clause(rest, language, table):
            spans.append((begin, match.start()))
            begin = match.end()
    spans.append((begin, right))
    return spans


def _opens_clause(rest: str, language: str, table: Words) -> bool:
    words = words_in(rest.replace(MASK, " "))
    at = 0
    while (
        at < len(words)
        and (words[at].lower in table.adverbs | table.clitics and not is_finite_at(words, at, language))
        and at < 4
    ):
        at += 1
    if at >= len(words):
        return False
    sure = is_finite_at(words, at, language)
    if words[at].text[0].isupper() and language != "de":
        sure = Finite.NO
    if sure is Finite.SURE or (sure is Finite.MAYBE and at > 0 and words[at - 1].lower in table.clitics):
        return True
    if sure is Finite.MAYBE and (
        at + 1 == len(words) or words[at + 1].lower in table.determiners | table.prepositions | table.clitics
    ):
        return True
    reading = arrange(rest, language, follows=True)
    return (reading.verb is not None and bool(reading.subjects) and reading.subjects[0].start < reading.verb[0]) or (
        reading.verb is not None and reading.nobody
    )


def _without_link(masked: str, start: int, end: int, language: str, table: Words) -> int:
    """Offset behind "y", "und dann": a connector tells order and is no part of the event."""
    while True:
        then = _THEN if language != "de" else frozenset()  # German "dann" puts the subject behind the verb
        match = re.match(
            rf"\s*(?:{'|'.join(sorted(table.conjunctions | then, key=len, reverse=True))})(?!\w),?\s*",
            masked[start:end],
            re.IGNORECASE,
        )
        if match is None or match.end() == 0 or start + match.end() >= end:
            break
        start += match.end()
    lead = re.match(r"\s*", masked[start:end])
    return start + (lead.end() if lead else 0)


_THEN = frozenset(
    "luego después entonces finalmente dann danach schließlich anschließend zuletzt puis ensuite enfin finalement poi infine depois então".split()
)


def _dependent(text: str, language: str, table: Words) -> bool:
    """Whether a segment is a dependent clause: "während …", "que …", German ", der … lacht"."""
    words = words_in(text.replace(MASK, " "))
    if not words:
        return False
    first = words[0].lower
    if first in table.subordinate:
        return True
    if language == "de":
        at = 1 if first in table.prepositions and len(words) > 2 else 0
        relative = words[at].lower in {"der", "die", "das", "dem", "den", "dessen", "deren", "denen"}
        if relative and noun_phrase_at(text, words, at, language, table) is None:
            return True
    return (
        first in table.prepositions
        and len(words) > 1
        and words[1].lower in {"que", "quien", "qui", "lequel", "laquelle", "cui", "cual", "quem"}
    )
