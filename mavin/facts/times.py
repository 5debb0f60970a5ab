"""Times in a prompt: intervals, instants and lengths in the forms people write.

1.9–2.5s   from 3.1s to 5.9s   between 2 and 4 seconds   0:03–0:05      INTERVAL
at 4.5 s   at 0:03   在4秒                                              INSTANT
4 seconds   three seconds   8s   10秒                                   LENGTH
"""

from __future__ import annotations

import re
from decimal import Decimal

from mavin.diagnostics import Span
from mavin.facts.model import CountFact, DurationFact, TimeFact, TimeKind
from mavin.facts.numbers import NUMBER, number_of
from mavin.interval import parse_seconds

__all__ = ["duration_phrase", "find_durations", "find_shot_counts", "find_times"]

_UNIT = (
    r"(?:milliseconds?|millisecs?|ms|seconds?|secs?|s|segundos?|seg|sekunden?|sek|secondes?|secondi|secondo|"
    r"minutes?|mins?|minutos?|minuten?|minuti|minuto|秒钟|秒鐘|秒間|秒|分钟|分)"
)
_END = r"(?![A-Za-zÀ-ɏ\d])"
_CLOCK = r"\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_BETWEEN = r"\s{0,8}(?:-|–|—|~|〜|～|to|until|till|and|bis|und|a|y|à|et|al|e|up to|到|至|から)\s{0,8}"
_BEFORE = r"(?:from|between|during|von|zwischen|entre|desde|de|dal|da|从|從|在)?\s{0,8}"

_INTERVAL = re.compile(
    rf"{_BEFORE}(?<![A-Za-zÀ-ɏ\d.:])(?P<a>{NUMBER})\s{{0,8}}-?(?P<ua>{_UNIT})?{_BETWEEN}(?P<b>{NUMBER})\s{{0,8}}-?(?P<ub>{_UNIT}){_END}",
    re.IGNORECASE,
)
_CLOCKS = re.compile(rf"{_BEFORE}(?<![A-Za-zÀ-ɏ\d.:])(?P<a>{_CLOCK}){_BETWEEN}(?P<b>{_CLOCK})(?![\w:])", re.IGNORECASE)
_INSTANT = re.compile(
    rf"(?<!\w)(?:at|around|a los|al segundo|bei|à|alle?|nach|在)\s{{0,8}}(?:second\s+|sekunde\s+|第)?"
    rf"(?:(?P<clock>{_CLOCK})(?![\w:])|(?P<a>{NUMBER})\s{{0,8}}(?P<ua>{_UNIT}){_END})",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"(?<![A-Za-zÀ-ɏ\d.:])(?P<a>{NUMBER})(?:\s{{0,8}}-?\s{{0,8}}|\s+)(?P<ua>{_UNIT})(?:-long\b)?(?![A-Za-zÀ-ɏ\d’'])",
    re.IGNORECASE,
)


_CLOCK_LENGTH = re.compile(
    r"(?<=length|ration|untime|:total|.total)\s{0,8}[:=]?\s{0,8}(?P<clock>(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)(?![\w:])",
    re.IGNORECASE,
)
_CLOCK_LINE = re.compile(
    rf"(?:(?<=^)|(?<=[\n.;])\s{{0,8}})(?P<a>{_CLOCK})(?![\w:])\s{{0,8}}[-–—:]?\s{{0,8}}(?=[^\W\d])", re.MULTILINE
)


def _milliseconds(number: str, unit: str | None) -> int:
    name = (unit or "s").casefold()
    if name.startswith(("ms", "milli")):
        return round(number_of(number))
    if name.startswith(("min", "分")):
        return round(number_of(number) * 60_000)
    digits = number.replace(",", ".")
    if re.fullmatch(r"[\d.]+", digits):
        return parse_seconds(digits)
    return round(number_of(number) * 1000)


def _clock_ms(text: str) -> int:
    minutes, seconds = text.replace(",", ".").split(":")
    return int(Decimal(minutes) * 60_000) + parse_seconds(seconds)


def find_times(text: str, original: str) -> tuple[TimeFact, ...]:
    """All times of a text in reading order.

    Args:
        text: the prompt with quotations masked by characters of the same number.
        original: the prompt itself, from which the spans take their words.
    """
    found: list[TimeFact] = []
    taken: list[tuple[int, int]] = []

    def add(match: re.Match[str], kind: TimeKind, start_ms: int, end_ms: int) -> None:
        start, end = match.start(), match.end()
        while start < end and original[start].isspace():
            start += 1
        if any(start < stop and begin < end for begin, stop in taken):
            return
        taken.append((start, end))
        found.append(TimeFact(Span(start=start, end=end, text=original[start:end]), kind, start_ms, end_ms))

    for match in _CLOCKS.finditer(text):
        add(match, TimeKind.INTERVAL, _clock_ms(match["a"]), _clock_ms(match["b"]))
    for match in _INTERVAL.finditer(text):
        unit = match["ub"]
        add(match, TimeKind.INTERVAL, _milliseconds(match["a"], match["ua"] or unit), _milliseconds(match["b"], unit))
    for match in _INSTANT.finditer(text):
        at = _clock_ms(match["clock"]) if match["clock"] else _milliseconds(match["a"], match["ua"])
        add(match, TimeKind.INSTANT, at, at)
    for match in _LENGTH.finditer(text):
        if match["a"].casefold() in {"a", "an", "half", "couple"} and not match["ua"].casefold().startswith("sec"):
            continue
        add(match, TimeKind.LENGTH, 0, _milliseconds(match["a"], match["ua"]))
    for match in _CLOCK_LENGTH.finditer(text):
        add_clock = _clock_ms(match["clock"].split(":", 1)[1] if match["clock"].count(":") == 2 else match["clock"])
        add(match, TimeKind.LENGTH, 0, add_clock)
    for match in _CLOCK_LINE.finditer(text):
        add(match, TimeKind.INSTANT, _clock_ms(match["a"]), _clock_ms(match["a"]))
    return tuple(sorted(found, key=lambda fact: fact.span.start))


_CLIP = (
    r"(?:video|clip|film|movie|scene|story|short|sequence|animation|trailer|teaser|spot|ad|commercial|reel|"
    r"escena|vídeo|video|película|corto|szene|geschichte|kurzfilm|scène|vidéo|histoire|filmato|cena|"
    r"视频|影片|短片|短视频|故事|片段|動画|映像|シーン)"
)
_TOTAL_AFTER = re.compile(
    rf"\s{{0,8}}(?:-?\s{{0,8}}long\b|total\b|in total\b|overall\b|altogether\b|in all\b|de (?:duración|long)|lang\b|"
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
            r"(?:^|[.;,:!?\n(\[。，；：\ue000]|\b(?:and|with|,|shots?|scenes?)\s)\s{0,8}(?:(?:in|for|within|about|exactly|over|lasting|throughout|make it|keep it(?: to)?|"
            r"only|just|de|en|dans|pendant|durante)\s+)?$",
            before[-40:],
            re.IGNORECASE,
        )
        alone_after = re.match(r"\s{0,8}(?:$|[.;,:!?\n)\]。，；：]|(?:with|in)\s+\w+\s+shots?\b)", after)
        clause_before = re.search(r"\b(?:in|for|within|during|after|waits?)\s+$", before[-12:], re.IGNORECASE)
        opens = after.lstrip()[:1] in (":", "：")
        if (
            _TOTAL_AFTER.match(after)
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
    tail = re.compile(r"\s+(?:of|about|showing|where|in which|that shows)\b(?=\s+\w)", re.IGNORECASE).match(text, end)
    end = tail.end() if tail else end
    lead = re.search(
        r"(?:\b(?:please\s+)?(?:make|create|generate|write|produce|film|shoot|show|give me|keep)\s+(?:it\s+|me\s+)?)?"
        rf"(?:\b(?:(?:the|this)\s+)?{_CLIP}\s+(?:is|lasts?|runs?(?:\s+for)?|takes|dure|dura|dauert)\s+)?"
        r"(?:\b(?:in|for|as|within|over|about|exactly)\s+)?(?:\b(?:an?|the|en|un|una|ein|eine|une)\s+)?(?:\b(?:total|duration|length)\b[^.;\n]{0,12})?$",
        text[: span.start],
        re.IGNORECASE,
    )
    return (lead.start() if lead else span.start), end
