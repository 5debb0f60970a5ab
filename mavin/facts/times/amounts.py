"""Amounts of time as people write them, found once and replaced by placeholders of the same length.

3s   2.5 s   1,5 Sekunden   two and a half seconds   half a second   dos segundos y medio   anderthalb Sekunden
两秒半   500 ms   1 min 30 s   0:03   00:00:03.5

    from 3.1s to 5.9s   ─▶   from §‥‥‥ to §‥‥‥      § amount   ¤ clock   # number without a unit   ‥ the rest of it

so that what stands around an amount can be read by plain patterns.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from mavin.facts.languages.numbers import WORD_NUMBER, number_of

__all__ = ["AMOUNT", "CLOCK", "NUMBER_ALONE", "Amount", "read_amounts"]

_FIRST, _CLOCK, _BARE, _REST = "\ue001", "\ue002", "\ue003", "\ue004"
AMOUNT = f"{_FIRST}{_REST}*"
"""Pattern of an amount with its unit in the text of :func:`read_amounts`."""
CLOCK = f"{_CLOCK}{_REST}*"
"""Pattern of a clock ("0:03") in that text."""
NUMBER_ALONE = f"{_BARE}{_REST}*"
"""Pattern of a number without a unit in that text."""

_LETTERS = "A-Za-zÀ-ɏЀ-ӿ"
_MILLI = r"milliseconds?|millisecs?|msecs?|ms|milisegundos?|millisekunden?|millisecondes?|millisecond[oi]|毫秒|ミリ秒"
_MINUTE = r"minutes?|mins?|minutos?|minuten?|minütig\w{0,2}|minut[oi]|минут[аыу]?|分钟|分鐘|分間"
_SECOND = (
    r"seconds?|secs?|segundos?|segs?|sekunden?|sek|sekündig\w{0,2}|secondes?|second[oi]|seconden|секунд[аыу]?|сек|"
    r"秒钟|秒鐘|秒間|秒|초"
)
_TAIL = (
    r"\s+and\s+a\s+half|\s+et\s+demie?|\s+y\s+medi[oa]|\s+e\s+mezz[oa]|\s+e\s+mei[oa]|\s+und\s+eine\s+halbe|"
    r"\s+с\s+половиной"
)
_HALF = (
    r"half\s+(?:of\s+)?an?\s+|(?:an?\s+|one\s+)?half[\s-]+(?:an?\s+)?|(?:une\s+)?demi[e]?[\s-]|(?:eine[rn]?\s+)?halbe[rn]?\s+|"
    r"medi[oa]\s+|mezzo\s+|meio\s+|半"
)
_QUARTER = r"(?P<quarters>(?:an?|one|three)\s+quarters?)\s+(?:of\s+)?an?\s+|(?P<tenths>(?:an?|one)\s+tenth\s+of\s+)a\s+"
_POINT = r"(?:\s+(?:point|komma|virgule|coma|punto|vírgula)\s+|[点點])"
_AMOUNT = re.compile(
    rf"(?:(?<![{_LETTERS}\d$€£¥#])|(?<=\dm))(?<!\d[.,:])(?!dos\s\d)(?:"
    rf"(?P<only>{_HALF}|{_QUARTER})(?P<only_unit>{_SECOND}|{_MINUTE})|"
    rf"(?:(?P<digits>\d{{1,9}}(?:[.,]\d{{1,6}})?(?!\d)|[.,]\d{{1,3}}(?!\d))(?P<part>\s?[½¼¾]|\s1/2)?|(?P<part2>[½¼¾]|1/2)|"
    rf"(?P<word>{WORD_NUMBER})(?:{_POINT}(?P<decimal>{WORD_NUMBER}))?(?P<part3>½)?)"
    rf"(?P<half>{_TAIL})?"
    rf"(?P<unit>\s{{0,3}}(?:-\s?)?(?:(?P<ms>{_MILLI})|(?P<sec>{_SECOND})|(?P<min>{_MINUTE})|(?P<short>s|''|″|’’))"
    rf"(?:(?<=[秒钟鐘間초])|(?![{_LETTERS}\d]))(?P<tail>{_TAIL}|半)?|(?P<m>m(?=\d)|分(?=\s?\d|半|の(?:短編|短い)?(?:映画|動画|映像|ビデオ|ムービー))))?)"
    rf"(?![{_LETTERS}])",
    re.IGNORECASE,
)
_CLOCKS = re.compile(
    r"(?<![A-Za-zÀ-ɏ\d_.,:：])(?:(?P<hours>\d{1,2})[:：])?(?P<minutes>\d{1,2})[:：](?P<seconds>[0-5]\d(?:[.,]\d{1,3})?)"
    r"(?![A-Za-zÀ-ɏ\d_])(?![:：]\d)"
)
_DAYTIME = re.compile(r"\s{0,3}(?:[ap]\.?\s?m\b|o['’]clock|uhr\b|h\b|hours?\b|heures?\b|点|點|時|час)", re.IGNORECASE)
_WALL = re.compile(
    r"\s+on\s+(?:the|an?|his|her|its)\s+(?:\w+\s+){0,2}(?:clock|watch|wall|display|dial)\b", re.IGNORECASE
)
_WALL_BEFORE = re.compile(
    r"\b(?:it(?:['’]s|\s+is|\s+was)|(?:clock|watch|alarm|display)\s+(?:\w+\s+){0,2}(?:says|reads|shows|strikes|at|is))\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"(?:^|\n|[.!?]\s)[ \t]*(?!(?:SHOT|SCENE|CUT|PART|CLIP|ACT|BEAT|INTRO|OUTRO|OPENING|ENDING|HOOK|BODY|INT|EXT)\b)[A-Z][A-Z .'’-]{1,24}\((?:early|mid|late)?[\s-]*$"
)
_PERSON = (
    r"(?:wom[ae]n|m[ae]n|girl|boy|lady|guy|gentleman|female|male|actor|actress|person|his|her|mujer|hombre|chic[ao]|frau|mann|femme|homme|donna|uomo|"
    r"ragazz[ao]|mulher|homem|mädchen|junge)"
)
_AGE_LEADS = re.compile(
    rf"\([^()\n]{{0,40}}\b{_PERSON}\b[^()\n]{{0,20}}[,\s]\s*(?:(?:early|mid|late)[\s-]*)?$|"
    rf"\b{_PERSON}\s*[,(]\s*(?:(?:early|mid|late)[\s-]*)?$|[（(，、,]?[^（()）\n]{{0,10}}[女男][^（()）\n，、,]{{0,3}}[，、,（]\s*$",
    re.IGNORECASE,
)
_AGE_FOLLOWS = re.compile(rf"\s*[,，、]?\s*(?:{_PERSON}\b|[女男])[^()（）\n]{{0,30}}[)）]", re.IGNORECASE)
"""What stands beside an age in brackets or between commas: "(woman, 30s)", "a man, 60s, sits", "(40s, female)"."""
_JOINT = re.compile(r"\s{0,2}(?:,?\s*(?:and|und|y|et|e|и)\s+|,\s*)?")
_ARTICLES = frozenset("a an un una une ein eine einer einem einen uma um uno single couple een o".split())
_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "1/2": Decimal("0.5")}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of time, a clock or a bare number.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        time_ms: its value; a bare number counts as seconds.
        article: whether the number is an article ("a second", "une seconde").
        word: the number if it is written as one word, else empty.
        unit: the unit as written, empty for clocks and bare numbers.
        ordinal: whether it counts which second it is ("à la 4e seconde"), which is no length.
    """

    start: int
    end: int
    time_ms: int
    article: bool = False
    word: str = ""
    unit: str = ""
    ordinal: bool = False

    @property
    def story(self) -> bool:
        """Whether it is in minutes: time that passes in the story, hardly the clip's."""
        return self.time_ms >= 60_000 and bool(re.match(_MINUTE, self.unit, re.IGNORECASE))

    @property
    def singular(self) -> bool:
        """Whether the unit is a singular that also means "the next one" in English and its likes."""
        return self.unit.lower() in {"second", "segundo", "seconde", "secondo"}


def read_amounts(text: str, total_ms: int | None = None) -> tuple[str, dict[int, Amount]]:
    """Finds all amounts of a text.

    Args:
        text: the prompt with quotations masked.
        total_ms: length of the film if it is known from elsewhere: up to there "1:05" counts its time.

    Returns:
        The text with each amount, clock and number replaced by placeholders (:data:`AMOUNT`,
        :data:`CLOCK`, :data:`NUMBER_ALONE`) of the same length, and the amounts by their offsets.
    """
    text = re.sub("[\ue001-\ue004]", "\ufffd", text)  # the user's own private characters are no placeholders
    found: dict[int, Amount] = {}
    shown = list(text)

    def put(amount: Amount, first: str) -> None:
        found[amount.start] = amount
        shown[amount.start : amount.end] = [first, *(_REST * (amount.end - amount.start - 1))]

    clocks = _clocks(text, max(total_ms or 0, _longest(text)))
    for clock in clocks:
        put(clock, _CLOCK)
    ordinals = _ordinals(text)
    for ordinal in ordinals:
        put(ordinal, _FIRST)
    starts = [(item.start, item.end) for item in (*clocks, *ordinals)]
    last: Amount | None = None
    position = 0
    while match := _AMOUNT.search(text, position):
        position = max(match.end(), match.start() + 1)
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in starts):
            continue
        amount = _amount(match)
        if amount is None:
            continue
        if not amount.unit:
            if not amount.article:
                put(amount, _BARE)
            continue
        joined = (
            last is not None
            and re.match(rf"(?:{_MINUTE}|m$|分$)", last.unit, re.IGNORECASE)
            and amount.time_ms < 60_000
        )
        if last is not None and joined and _JOINT.fullmatch(text, last.end, amount.start):
            amount = Amount(last.start, amount.end, last.time_ms + amount.time_ms, unit=amount.unit)
        put(amount, _FIRST)
        last = amount
    return "".join(shown), found


_ORDINAL_WORDS = tuple(
    words.split()
    for words in (
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
        "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième",
        "segundo tercer cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
        "secondo terzo quarto quinto sesto settimo ottavo nono decimo undicesimo dodicesimo",
        "segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
    )
)
_ORDINAL_VALUES = {word: value for words in _ORDINAL_WORDS for value, word in enumerate(words, 2)}
_ORDINAL = re.compile(
    rf"(?<!\w)(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th|\.|e|ème|er|º|°|ª|o|a)|(?P<word>{'|'.join(_ORDINAL_VALUES)})n?)"
    r"(?=\s{1,3}(?:(?:und|et|y|e|and|bis|à|a|al|ao|bis\s+zur)\s+(?:(?:der|die|la|el|il|o|the)\s+)?[\w.ºª°]{2,12}\s{1,3})?"
    r"(?P<unit>second|sekunde|seconde|segundo|secondo)(?!\w))(?:\s{1,3}(?P=unit))?",
    re.IGNORECASE,
)
"""Which second of the film: "in the 4th second", "in der vierten Sekunde", "en el cuarto segundo"."""


def _ordinals(text: str) -> list[Amount]:
    return [
        Amount(match.start(), match.end(), 1000 * value, unit=match["unit"], ordinal=True)
        for match in _ORDINAL.finditer(text)
        if (value := int(match["digits"] or 0) or _ORDINAL_VALUES[match["word"].lower()])
    ]


def _amount(match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if match["only"]:
        parts = 0.75 if match["quarters"] and match["quarters"].lower().startswith("three") else 0.25
        share = Decimal(str(0.1 if match["tenths"] else parts if match["quarters"] else 0.5))
        return Amount(start, end, _exact(share, match["only_unit"]), unit=match["only_unit"])
    word = (match["word"] or "").lower()
    unit = match["ms"] or match["sec"] or match["min"] or match["m"] or match["short"] or ""
    if match["short"] == "s" and word:
        return None  # "twos" and "a s…" are no seconds
    compound = re.match(r"-?(?:sekündig|minütig)", match["unit"] or "", re.IGNORECASE)
    if word and match["unit"] and word.isascii() and not re.match(r"[\s-]", match["unit"]) and not compound:
        return None
    if match["digits"]:
        digits = unicodedata.normalize("NFKC", match["digits"])
        if match["ms"] and re.fullmatch(r"\d+[.,]\d{3}", digits):
            digits = re.sub(r"[.,]", "", digits)  # "1,500 ms"
        value = Decimal(digits.replace(",", "."))
        if match["short"] == "s" and _is_decade(match, digits):
            return None
    else:
        value = Decimal(str(number_of(word))) if word else Decimal(0)
    if match["decimal"]:
        tenth = number_of(match["decimal"])
        value += Decimal(str(tenth)) / (10 if tenth < 10 else 100)
    value += _PARTS.get((match["part"] or match["part2"] or match["part3"] or "").strip(), Decimal(0))
    if match["half"] or match["tail"]:
        value += Decimal("0.5")
    if match["half"] or match["tail"] or compound:
        word = ""  # "a second and a half" counts, whatever follows
    return Amount(start, end, _exact(value, unit), word in _ARTICLES, word, unit)


def _is_decade(match: re.Match[str], digits: str) -> bool:
    """ "the 1990s", "in his 30s", "the '80s", "100s of birds"."""
    attached = match["unit"] == "s"
    before, after = match.string[max(0, match.start() - 12) : match.start()], match.string[match.end() :][:24]
    aged = int(digits) >= 20 if digits.isdigit() else False  # "LENA (30s): I'm tired."
    if not attached or not re.fullmatch(r"\d*0", digits):
        return False
    opened = re.search(r"[(（]\s*(?:(?:early|mid|late)[\s-]*)?$", before, re.IGNORECASE)
    told = _AGE_LEADS.search(match.string[max(0, match.start() - 60) : match.start()])
    if aged and told and re.match(r"\s*[,，、)）]", after):
        return True
    if aged and opened and _AGE_FOLLOWS.match(match.string, match.end()):
        return True
    return (
        len(digits) > 3
        or (aged and bool(_AGED.search(match.string[max(0, match.start() - 40) : match.start()])))
        or bool(re.search(r"(?:\b(?:the|his|her|their|my|its|early|mid|late)[\s-]+|['’])$", before, re.IGNORECASE))
        or bool(re.match(r"\s+of\s+(?:thousands|millions)|[\s-](?:style|music|rock|sitcom|fashion|look)", after))
    )


def _exact(value: Decimal, unit: str) -> int:
    """Integer milliseconds, half up."""
    scale = 1000
    if re.fullmatch(_MILLI, unit, re.IGNORECASE):
        scale = 1
    elif re.fullmatch(rf"{_MINUTE}|m|分", unit, re.IGNORECASE):
        scale = 60_000
    return int((value * scale).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _longest(text: str) -> int:
    """The longest amount that a text states with a unit: "a two-minute film" has clocks up to 2:00."""
    stated = (_amount(match) for match in _AMOUNT.finditer(text))
    return max((amount.time_ms for amount in stated if amount is not None and amount.unit), default=0)


_UP_TO = re.compile(r"\s{0,3}(?:[-–—~〜～]|to|until|till|bis|a|à|al|até|hasta|至|到|から)\s{0,3}", re.IGNORECASE)
_SHORT_RANGE_MS = 15_000
"""Longest range between two clocks that is one of the clip's time whatever else is said: "1:05-1:08"."""


def _is_range(first: re.Match[str], second: re.Match[str]) -> bool:
    apart = _clock_ms(second) - _clock_ms(first)
    between = first.string[first.end() : second.start()]
    return 0 < apart <= _SHORT_RANGE_MS and _UP_TO.fullmatch(between) is not None


def _clock_ms(match: re.Match[str]) -> int:
    seconds = Decimal(unicodedata.normalize("NFKC", match["seconds"]).replace(",", "."))
    return _exact(int(match["minutes"]) * 60 + seconds, "s")


def _clocks(text: str, total_ms: int) -> list[Amount]:
    """Clocks that count the film's time, and not the time of day."""
    matches = [match for match in _CLOCKS.finditer(text) if not _DAYTIME.match(text, match.end())]
    counted = any(match["hours"] is None and int(match["minutes"]) == 0 for match in matches)
    ranges = [pair for pair in pairwise(matches) if _is_range(*pair)]
    inside = {match.start() for pair in ranges for match in pair}
    found = []
    for match in matches:
        time = _clock_ms(match)
        exact = match.start() in inside or time <= total_ms or re.search(r"[.,]", match["seconds"]) is not None
        minutes, hours = int(match["minutes"]), int(match["hours"] or 0)
        before = text[max(0, match.start() - 60) : match.start()]
        if minutes and (_WALL.match(text, match.end()) or _WALL_BEFORE.search(before)):
            continue  # what a clock in the story shows
        bracketed = text[: match.start()].rstrip()[-1:] in ("[", "<") or text[match.end() :].lstrip()[:1] == "]"
        if hours or (minutes and not counted and not bracketed and not exact and match["hours"] is None):
            continue  # "at 7:45" is a time of day
        found.append(Amount(match.start(), match.end(), time))
    return found
