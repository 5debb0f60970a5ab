"""The picture shape that a prompt asks for: "vertical video", "9:16", "square format", "im Hochformat", 竖屏, 縦型動画."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from mavin.caption import Aspect
from mavin.diagnostics import Span
from mavin.facts.model import ShapeFact
from mavin.facts.times import CLIP

__all__ = ["find_shapes", "shape_alone"]

_FORMAT: Final = (
    r"(?:picture\s+|screen\s+)?(?:format|aspect(?:\s+ratio)?|ratio|orientation|mode|framing|frame|picture|screen|seitenverhältnis|bild(?:format)?|"
    r"formato|imagen|pantalla|cadrage|画面|屏幕|比例|画幅|構図)"
)
_MADE: Final = (
    rf"(?:{CLIP}|{_FORMAT}|tik[- ]?tok|reels?|shorts?|story|ads?|adverts?|advertisements?|commercials?|spots?|teasers?|trailers?|promos?|"
    r"anuncio|publicité|pub|werbung|werbespot|werbeclip|animation|animación|animazione|动画|動画|广告|廣告|短片|影片|視頻|视频|映像|ムービー|広告)"
)
_LENGTH: Final = r"(?:\d+(?:[.,]\d+)?[\s-]*(?:seconds?|secs?|s|sekunden|segundos|secondes|secondi)\b[\s-]*)?"
_WORDS: Final = {
    Aspect.TALL: r"vertical(?:es|e|i)?|portrait|upright|hochkant(?:es|er)?|hochformat(?:iges|iger)?|senkrechte[sr]?|竖屏|豎屏|竖版|豎版|直式|竖向|縦型|縦長|縦向き|縦",
    Aspect.SQUARE: r"square|quadratisch(?:es|er)?|cuadrad[oa]|carrée?|quadrat[oa]|quadrad[oa]|方形|正方形|スクエア",
    Aspect.SCOPE: r"ultra-?\s?wide(?:\s?screen)?|cinema-?scope|超宽屏|超寬屏|シネスコ",
    Aspect.WIDE: r"horizontal(?:es)?|landscape|wide-?\s?screen|querformat(?:iges|iger)?|breitbild|apaisad[oa]|paysage|orizzontale|横屏|橫屏|横版|橫版|横式|横型|横長|横向き",
}
_ALWAYS: Final = r"wide-?screen|cinema-?scope|hochformat|hochkant|querformat|breitbild|竖屏|豎屏|竖版|豎版|横屏|橫屏|横版|橫版|超宽屏|超寬屏|シネスコ"
"""Words that mean nothing else, wherever they stand."""

_RATIOS: Final = {
    "16:9": Aspect.WIDE,
    "9:16": Aspect.TALL,
    "1:1": Aspect.SQUARE,
    "4:3": Aspect.CLASSIC,
    "21:9": Aspect.SCOPE,
}
_EDGE: Final = r"(?:^|(?<=[.;:!?,\n(\[|–—。；：，、（]))[ \t]*"
_STOP: Final = r"(?=\s*(?:$|[.;:!?,\n)\]|–—。；：，、）]))"
_KIND: Final = "|".join(f"(?P<{shape.name}>{words})" for shape, words in _WORDS.items())
_SAID: Final = re.compile(
    # "vertical video", "vertical 10-second ad", "video vertical", "square format", "in portrait"
    rf"(?<!\w)(?:{_KIND})(?=[\s-]*{_LENGTH}{_MADE}(?!\w))",
    re.IGNORECASE,
)
_UNSPACED: Final = re.compile(
    rf"(?:{_KIND})(?=(?:の|的)?(?:动画|動画|广告|廣告|短片|影片|視頻|视频|映像|ムービー|広告|画面|屏幕|画幅|構図|フォーマット))"
)
_BEHIND: Final = re.compile(rf"(?:(?<!\w){_MADE}|[im]n|en|au|in)\s+(?:{_KIND})(?!\w)", re.IGNORECASE)
_MUST: Final = r"(?:should|must|has\s+to|needs\s+to)\s+be"
_IS: Final = re.compile(
    rf"\b(?:(?:{CLIP}|{_FORMAT}|everything)\s+(?:{_MUST}|is)|it\s+{_MUST})\s+(?:in\s+)?(?:{_KIND})"
    rf"(?:\s+{_FORMAT})?{_STOP}",
    re.IGNORECASE,
)
_SOMEBODYS: Final = re.compile(r"\w[\w',]*\s+(?:the|his|her|their|its|this|that|my|our)\s+$", re.IGNORECASE)
_ALONE: Final = re.compile(
    rf"{_EDGE}(?:(?:in|im|en|shot\s+in)\s+)?(?:{_KIND})(?:\s+{_MADE}(?:\s+(?:please|bitte))?)?{_STOP}", re.IGNORECASE
)
_SURE: Final = re.compile(
    rf"(?<!\w)(?:{_ALWAYS})(?!\w)|(?:竖屏|豎屏|竖版|豎版|横屏|橫屏|横版|橫版|超宽屏|超寬屏|シネスコ)", re.IGNORECASE
)
_RATIO: Final = re.compile(
    rf"(?:{_EDGE}(?:an?\s+)?|(?<!\w)(?:in|im|en|as|at|de|{_FORMAT}|{_MADE})(?:\s+(?:of|is|von|de))?\s*[:=：]?\s*)"
    rf"(?P<ratio>16\s?[:x×：/]\s?9|9\s?[:x×：/]\s?16|1\s?[:x×：]\s?1|4\s?[:x×：/]\s?3|21\s?[:x×：/]\s?9)"
    rf"(?![\d:]|\s*(?:s\b|sec|a\.?m\b|p\.?m\b|o'clock|uhr\b))(?:(?=\s*{_MADE})|{_STOP})",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?:\b(?:at|from|until|till|by|past|um|bis|a las|à)|score\w*|won|leads?|wins?)\s*$", re.IGNORECASE
)


_SAYS_HOW_LONG: Final = re.compile(r"\s+(?:of|de|di|d['’]|von|lasting|,)\s*\d")


def find_shapes(text: str, original: str) -> tuple[ShapeFact, ...]:
    """Every picture shape that a prompt asks for, in reading order.

    A shape word counts beside a word for the film or its format ("vertical video", "vídeo vertical", "in square
    format"), as a remark of its own (", vertical.") or where it means nothing else ("widescreen"); a ratio where
    it is no time of day and no score.

    Args:
        text: the prompt with quotations masked; offsets are those of ``original``.
        original: the prompt.
    """
    found: dict[tuple[int, int], Aspect] = {}
    for match in _RATIO.finditer(text):
        if not _CLOCK.search(text[: match.start("ratio")]):
            found[match.span("ratio")] = _RATIOS[re.sub(r"\s", "", re.sub(r"[x×：/]", ":", match["ratio"]))]
    for pattern in (_SAID, _UNSPACED, _BEHIND, _IS):
        for match in pattern.finditer(text):
            shape = _shape_of(match)
            if pattern is _BEHIND and not _film_word(match, shape):
                continue
            if pattern is _SAID and _SOMEBODYS.search(text[: match.start()]):
                continue  # "shows her the portrait video" is told
            found[match.span(shape.name)] = shape
    for match in _ALONE.finditer(text):
        shape = _shape_of(match)
        lone = match[shape.name].casefold()
        # "A hill. Landscape." and "Square." are said of places.
        if (
            lone not in {"landscape", "square", "paysage", "portrait", "upright", "方形", "縦"}
            or match[0].strip() != match[shape.name]
        ):
            found[match.span(shape.name)] = shape
    for match in _SURE.finditer(text):
        shape = next(shape for shape, words in _WORDS.items() if re.fullmatch(words, match[0], re.IGNORECASE))
        found[match.span()] = shape
    facts: list[ShapeFact] = []
    for (start, end), shape in sorted(found.items()):
        if not facts or start >= facts[-1].span.end:
            facts.append(ShapeFact(Span(start=start, end=end, text=original[start:end]), shape))
    return tuple(facts)


def shape_alone(text: str, shapes: Iterable[ShapeFact]) -> list[tuple[int, int]]:
    """What to leave out of the story: a remark about the shape as a whole, else the words of the shape alone."""
    places = []
    for fact in shapes:
        start, end = fact.span.start, fact.span.end
        before = re.search(
            rf"(?:^|[.;:!?,\n(\[。；：，、])\s*((?:(?:(?:the\s+)?(?:{CLIP}|it)\s+{_MUST}|in|im|en|shot\s+in|a|an|{_FORMAT})\s*[:=]?\s*)*)$",
            text[:start],
            re.IGNORECASE,
        )
        after = re.match(rf"(?:\s*(?:の|的)?\s*{_MADE})*(?:\s+(?:please|bitte))?{_STOP}", text[end:], re.IGNORECASE)
        if before and after:
            start, end = before.start(1), end + after.end()
            comma = re.match(r"\s*,", text[end:]) if text[:start].rstrip().endswith(("(", "[")) else None
            end += comma.end() if comma else 0
        elif _SAYS_HOW_LONG.match(text[end:]):
            continue  # "vídeo vertical de 8 segundos" is read as one phrase
        places.append((start, end + text[end:].startswith("-")))
    return places


def _shape_of(match: re.Match[str]) -> Aspect:
    return next(shape for shape in _WORDS if match[shape.name])


def _film_word(match: re.Match[str], shape: Aspect) -> bool:
    """Whether "in vertical" is said of the film: behind a word for it, or a word that means no place."""
    head = match.string[match.start() : match.start(shape.name)].strip().casefold()
    if head not in {"in", "im", "en", "au", "mn"}:
        return match[shape.name].casefold() not in {"landscape", "paysage", "square"}
    return (
        match[shape.name].casefold() in {"vertical", "portrait", "widescreen", "hochformat", "querformat", "verticale"}
        and re.match(r"\s*(?:$|[.;:!?,\n)])", match.string[match.end() :]) is not None
    )
