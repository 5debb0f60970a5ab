"""What a prompt says of the whole film: its total duration and how many shots it has."""

from __future__ import annotations

import re

from mavin.diagnostics import Span
from mavin.facts.model import CountFact, DurationFact, TimeFact, TimeKind
from mavin.facts.numbers import NUMBER, number_of
from mavin.facts.time_rules import CLIP as _CLIP

__all__ = ["duration_phrase", "find_durations", "find_shot_counts"]

_TOTAL_AFTER = re.compile(
    rf"\s{{0,8}}(?:total\b|in total\b|overall\b|altogether\b|in all\b|de (?:duración|long)|"
    rf"[^\S\n]*(?:\w+[^\S\n]+){{0,3}}{_CLIP}|的?(?:\w{{0,4}})?{_CLIP})",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(
    rf"(?:{_CLIP}\s{{0,8}}(?:of|lasting|that lasts|which lasts|is|runs|,|de|von|d[ei]|,? about)\s{{0,8}}|"
    rf"\b(?:total|duration|length|runtime|running time|durée|duración|dauer|länge|durata|duração)\b"
    rf"[^.;\n]{{0,12}}?|(?:时长|總長|总长|時長|長さ|共)[^。\n]{{0,3}}|"
    rf"(?:{_CLIP}|\bit|\bwhich|\bthat)\s+(?:should |must |will )?(?:lasts?|takes?|runs?|dauert|dura|dure)\s+"
    rf"(?:exactly |about |for )*)$",
    re.IGNORECASE,
)


_LONG = re.compile(r"\s{0,8}-?(?:long|lang)\b", re.IGNORECASE)
_SAID_OF_IT = re.compile(
    rf"(?:{_CLIP}|\bit|\bthis|\bes|\ber|\bmake|\bkeep)\b[^.;!?\n。]{{0,24}}$|^\s*(?:an?|ein|eine)\s*$", re.IGNORECASE
)


def find_durations(times: tuple[TimeFact, ...], text: str) -> tuple[DurationFact, ...]:
    """The total durations among the lengths of a text: those that are said of the whole clip.

    A length is the total if words say so ("a 6-second clip", "8 s in total", "duration: 7 s") or
    if it stands by itself between stops ("…, 4 seconds", "In 10 seconds: …").
    """
    found = []
    for fact in times:
        if fact.kind is not TimeKind.LENGTH:
            continue
        before, after = text[: fact.span.start], text[fact.span.end :]
        alone_before = re.search(
            r"(?:^|[.;,:!?\n(\[。，；：\ue000]|\b(?:and|with|,|shots?|scenes?)\s)\s{0,8}(?:(?:in|for|within|about|"
            r"exactly|over|lasting|throughout|make it|keep it(?: to)?|"
            r"only|just|de|en|dans|pendant|durante)\s+)?$",
            before[-40:],
            re.IGNORECASE,
        )
        alone_after = re.match(
            r"\s{0,8}(?:(?:long|lang)\b\s{0,8})?(?:$|[.;,:!?\n)\]。，；：]|(?:with|in)\s+\w+\s+shots?\b)", after
        )
        clause_before = re.search(r"\b(?:in|for|within|during|after|waits?)\s+$", before[-12:], re.IGNORECASE)
        opens = after.lstrip()[:1] in (":", "：")
        if fact.end_ms <= 1000 and re.match(r"(?:an?|one|un[ae]?|eine?|uma?)\s", fact.span.text, re.IGNORECASE):
            alone_before = None  # "One second, he is there; …"
        told_long = _LONG.match(after) and ((alone_before and alone_after) or _SAID_OF_IT.search(before[-60:]))
        if (
            told_long
            or _TOTAL_AFTER.match(after)
            or _TOTAL_BEFORE.search(before[-60:])
            or (alone_before and alone_after and (not clause_before or opens))
        ):
            found.append(DurationFact(fact.span, fact.end_ms))
    return tuple(found)


_SHOT_NOUN = (
    r"(?:(?:distinct|separate|different|camera|quick|short|consecutive)\s+)?"
    r"(?:shots|scenes|cuts shots|planos|tomas|escenas|einstellungen|szenen|plans|scènes|inquadrature|scene|"
    r"镜头|鏡頭|个镜头|個鏡頭|场景|ショット|カット)"
)
_COUNT = re.compile(
    rf"(?<![A-Za-zÀ-ɏ\d.])(?P<n>{NUMBER})[\s-]*(?:个|個|つの?)?{_SHOT_NOUN}(?![A-Za-zÀ-ɏ\d])", re.IGNORECASE
)
_ONE = re.compile(
    r"\b(?:(?:in|as|with)\s+)?(?:an?|one|a single|single)[\s-]+(?:(?:single|continuous|long|unbroken|uncut)[\s-]+)*"
    r"(?:take|shot)\b(?!\s{0,8}of\s+(?:whisk|tequila|vodka|rum|gin|espresso|vaccine))|"
    r"\boner\b|\bplano secuencia\b|\bplan[\s-]séquence\b|一镜到底|一鏡到底|ワンカット",
    re.IGNORECASE,
)


def find_shot_counts(text: str, original: str) -> tuple[CountFact, ...]:
    """How many shots a text asks for ("in three shots", "4 scenes", "one continuous take"), each place."""
    found = []
    for match in _COUNT.finditer(text):
        if re.search(r"\b(?:fires?|takes?|hears?|pours?|drinks?|downs?)\s+$", text[: match.start()], re.IGNORECASE):
            continue  # gun shots and glasses
        found.append((match.start(), match.end(), int(number_of(match["n"]))))
    found += [(match.start(), match.end(), 1) for match in _ONE.finditer(text)]
    return tuple(
        CountFact(Span(start=start, end=end, text=original[start:end]), count)
        for start, end, count in sorted(found)
        if count >= 1
    )


def duration_phrase(text: str, span: Span) -> tuple[int, int]:
    """Offsets of all words that go with a total duration: "in a 3s film", "a 6-second clip of", "10 seconds total"."""
    behind = _TOTAL_AFTER.match(text, span.end) or re.compile(r"").match(text, span.end)
    end = behind.end() if behind else span.end
    long = _LONG.match(text, end)
    end = long.end() if long else end
    tail = re.compile(r"\s+(?:of|about|showing|where|in which|that shows)\b(?=\s+\w)", re.IGNORECASE).match(text, end)
    end = tail.end() if tail else end
    lead = re.search(
        r"(?:\b(?:please\s+)?(?:make|create|generate|write|produce|film|shoot|show|give me|keep)\s+(?:it\s+|me\s+)?)?"
        rf"(?:\b(?:(?:the|this|an?|das|der|ein|eine|el|un|una|le|la|une)\s+)?{_CLIP}(?:\s*,|\s+(?:is|lasts?|"
        rf"lasting|runs?(?:\s+for)?|takes|dure|"
        r"dura|dauert|ist|es|est|of|de|von))\s+)?"
        r"(?:\b(?:in|for|as|within|over|about|exactly)\s+)?(?:\b(?:an?|the|en|un|una|ein|eine|une)\s+)"
        r"?(?:\b(?:total|duration|length)\b[^.;\n]{0,12})?$",
        text[: span.start],
        re.IGNORECASE,
    )
    return (lead.start() if lead else span.start), end
