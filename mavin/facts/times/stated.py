"""Times in a prompt: intervals, instants, latest ends and lengths in the forms people write.

1.9–2.5s   from 3.1s to 5.9s   in the first two seconds   0:03–0:05      INTERVAL
at 4.5 s   after 2 seconds   第3秒   halfway   two thirds in   two seconds before the end   INSTANT
until 3.5 s   by second 3   3秒まで                                         UNTIL
4 seconds   for three seconds   8s   10秒                                   LENGTH
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from mavin.diagnostics import Span
from mavin.facts.model import Anchor, TimeFact, TimeKind
from mavin.facts.text import MASK
from mavin.facts.times.amounts import AMOUNT, NUMBER_ALONE, Amount, read_amounts
from mavin.facts.times.rules import CLIP, RULES, TimeRule
from mavin.facts.times.shares import shares_abroad

__all__ = ["find_times", "is_counted"]


class _Finder:
    def __init__(self, text: str, original: str, total_ms: int | None = None) -> None:
        self.text = text
        self.original = original
        self.shown, self.amounts = read_amounts(text, total_ms)
        stated = [amount.time_ms for amount in self.amounts.values() if amount.unit]
        self.longest_ms = max(stated, default=0) if total_ms is None else total_ms
        self.found: list[TimeFact] = []
        self._taken = bytearray(len(text))

    def take(self, start: int, end: int) -> bool:
        """Reserves a stretch; ``False`` if any of it is another time's already."""
        if any(self._taken[start:end]):
            return False
        self._taken[start:end] = b"\x01" * (end - start)
        return True

    def add(self, start: int, end: int, kind: TimeKind, times: tuple[int, int], anchor: Anchor) -> None:
        while start < end and (self.original[start].isspace() or self.original[start] in "，、,"):
            start += 1
        while end > start and (self.original[end - 1].isspace() or self.original[end - 1] in "，、,"):
            end -= 1
        span = Span(start=start, end=end, text=self.original[start:end])
        self.found.append(TimeFact(span, kind, *times, anchor))

    def apply(self, rule: TimeRule) -> None:
        for match in rule.pattern.finditer(self.shown):
            first, second = self._amounts_of(match)
            if first is None and rule.anchor is not Anchor.MIDDLE:
                first = _spelt_second(match)
                if first is None:
                    continue
            if not self._sound(rule, match, first, second):
                continue
            if rule.counted and not (first is not None and first.ordinal):
                continue
            if rule.kind is None and first is not None and _italian(match.group(), first):
                continue
            if rule.kind is TimeKind.INTERVAL and second is not None and _vague(self.shown, match):
                self.take(match.start(), match.end())  # "a 5–10 second clip": nothing exact
                continue
            passing = first is not None and first.story and not self._of_long_film(first)
            if passing and rule.kind is TimeKind.INSTANT:
                self.take(match.start(), match.end())  # "after forty minutes in the rain" is the story's time
                continue
            start, end = match.span()
            if rule.kind is TimeKind.LENGTH and first is not None:
                start, end = first.start, first.end
            if self.take(start, end) and rule.kind is not None:
                self.add(start, end, rule.kind, _values(rule, first, second), rule.anchor)

    def _of_long_film(self, amount: Amount) -> bool:
        """Whether minutes count the film's time: "a 120-second film … after one minute"."""
        return amount.time_ms < self.longest_ms

    def _amounts_of(self, match: re.Match[str]) -> tuple[Amount | None, Amount | None]:
        groups = match.groupdict()
        starts = [match.start(name) for name in groups if name[0] in "ab" and groups[name] is not None]
        amounts = [self.amounts[start] for start in sorted(starts)]
        return (amounts[0] if amounts else None), (amounts[1] if len(amounts) > 1 else None)

    def _sound(self, rule: TimeRule, match: re.Match[str], first: Amount | None, second: Amount | None) -> bool:
        """Whether the amounts of a match are times at all: a unit somewhere, no "second" that counts."""
        if first is not None and not first.unit and match.group().lstrip().startswith("第"):
            return False  # "第一个镜头" counts shots
        for amount in (first, second):
            if amount is not None and not is_counted(amount, self.shown, led=rule.kind is not None):
                return False
        if second is not None and first is not None and not rule.bare:
            clocks = [self.shown[amount.start] == "\ue002" for amount in (first, second)]
            spelt = re.match(r"\W*(?:[^\W\d\ue001-\ue004]+\s+){0,2}(?:sec|seg|sek)|第", match.group(), re.I)
            if any(clocks) and not all(clocks):
                return False
            if not (second.unit or all(clocks) or spelt):
                return False
            # "two and three seconds": two things, unless "between" joins them.
            joiner = self.shown[first.end : second.start].strip().lower()
            if joiner in {"and", "und", "y", "et", "e"} or joiner.startswith("and ending"):
                led = r"\s*(?:between|zwischen|entre|from|von|de|tra|fra|starting|beginning)\b"
                return bool(re.match(led, match.group(), re.I))
            if joiner in {"和", "与", "與", "と"}:
                return bool(re.search(r"之[间間]|の間", match.group()))
            if joiner in {"a", "à", "al"} and not first.unit and first.word:
                return bool(re.match(r"\s*(?:de|du|da|dal|desde|des)\b", match.group(), re.I))
        elif second is None and first is not None and rule.bare and "b" in match.groupdict():
            return False
        if rule.bare and second is not None and first is not None:
            return all("." in self.text[item.start : item.end] or "," in self.text[item.start : item.end]
                       for item in (first, second))  # fmt: skip
        if rule.kind is TimeKind.UNTIL and re.match(r"by\b", match.group(), re.IGNORECASE):
            lead = self.text[max(0, match.start() - 30) : match.start()]
            return not re.search(
                r"\b(?:wins?|won|los\w+|beat\w*|miss\w*|late|early|ahead|behind|leads?|led|short\w*|off|"
                r"delay\w*|exten\w+|"
                r"slow\w*|record|margin|increas\w+|reduc\w+|differ\w*)(?:\s+\w+){0,2}\s*$", lead, re.IGNORECASE)  # fmt: skip
        return True

    def shares(self) -> None:
        """ "Two thirds in", "a quarter of the way through the clip": parts of the clip, as halfway is one."""
        found = list(shares_abroad(self.text))
        for match in _SHARE.finditer(self.text):
            if match["percent"]:
                share = Fraction(int(match["percent"]), 100)
            else:
                share = Fraction(_FEW[match["count"].lower()], 4 if match["part"].lower().startswith("q") else 3)
            found.append((*match.span(), share))
        for start, end, share in found:
            if 0 < share < 1 and self.take(start, end):
                self.add(start, end, TimeKind.INSTANT, (0, 0), Anchor.MIDDLE)
                self.found[-1] = replace(self.found[-1], share=share)

    def halves(self) -> None:
        """ "In the first half she runs; in the second half she rests": of the clip, where both are told or it is named."""
        found = list(_HALF.finditer(self.text))
        both = len({match["first"] is None for match in found}) == 2
        for match in found:
            if (both or match["clip"]) and self.take(match.start(), match.end()):
                kind = TimeKind.INSTANT if match["first"] is None else TimeKind.UNTIL
                self.add(match.start(), match.end(), kind, (0, 0), Anchor.MIDDLE)

    def of_each_shot(self) -> None:
        """ "Three shots, each 4 seconds long", 三个镜头，每个4秒: how long every shot is, no rhythm."""
        for match in _EACH_SHOT.finditer(self.shown):
            amount = self.amounts[match.start("a")]
            if self.take(amount.start, amount.end):
                self.add(amount.start, amount.end, TimeKind.LENGTH, (0, amount.time_ms), Anchor.START)

    def stamps(self) -> None:
        """ "0s: a bus stops. 2s: a nun gets off.": two or more amounts that head sentences are a clock."""
        pattern = (
            rf"(?:^|(?<=[\n.;!?]))[ \t]*[\[(]?(?P<a>{AMOUNT})[\])]?(?=\s{{0,4}}(?:[:：]|[-–—]\s)\s{{0,4}}[^\W\d]|\]\s)"
        )
        heads = list(re.finditer(pattern, self.shown, re.MULTILINE))
        values = [self.amounts[match.start("a")].time_ms for match in heads]
        if len(heads) < 2 or values != sorted(set(values)):
            return
        for match, value in zip(heads, values, strict=True):
            if self.take(match.start(), match.end()):
                self.add(match.start("a"), match.end("a"), TimeKind.INSTANT, (value, value), Anchor.START)

    def joined(self) -> None:
        """ "cuts at 3s and 6.5s": what an instant's "and" adds is an instant too."""
        for fact in [fact for fact in self.found if fact.kind is TimeKind.INSTANT and fact.anchor is Anchor.START]:
            end = fact.span.end
            pattern = (
                rf"\s*(?:,|,?\s+(?:and|und|y|et|e|then)|和|、)\s*(?:at\s+)?(?P<a>{AMOUNT})(?=\s*(?:$|"
                rf"[,.;:!?\n]|(?:and|und|y|et|e|an?|the|der|die|das|ein|eine|el|la|un|una|le|les|une|il|lo|he|she|it|they)\b|"
                rf"{_RESPECTIVELY.pattern}|(?-i:[A-ZÀ-Þ])))"
            )
            while match := re.compile(pattern, re.IGNORECASE).match(self.shown, end):
                amount = self.amounts[match.start("a")]
                if amount.time_ms <= fact.end_ms or not self.take(amount.start, amount.end):
                    break
                self.add(end, amount.end, TimeKind.INSTANT, (amount.time_ms, amount.time_ms), Anchor.START)
                end = amount.end

    def without_unit(self) -> None:
        """ "From second 1 to second 3 … From 4 to 6 Raúl answers": beside an interval of seconds these are seconds too."""
        if not any(fact.kind is TimeKind.INTERVAL and re.search(r"[a-z秒]", fact.span.text) for fact in self.found):
            return
        for match in _FROM_TO.finditer(self.shown):
            first, second = (self.amounts[match.start(name)] for name in "ab")
            if not first.word and not second.word and first.time_ms < second.time_ms and self.take(*match.span("all")):
                self.add(*match.span("all"), TimeKind.INTERVAL, (first.time_ms, second.time_ms), Anchor.START)

    def respective(self) -> None:
        """ "at 1.5s and 2.5s respectively": each time is of one of the things told before it, in their order."""
        for closing in _RESPECTIVELY.finditer(self.shown):
            run = [fact for fact in self.found if fact.kind is TimeKind.INSTANT and fact.span.end <= closing.start()]
            run.sort(key=lambda fact: fact.span.start)
            end = closing.start()
            times: list[TimeFact] = []
            while run and not _BETWEEN.sub("", self.text[run[-1].span.end : end]):
                times.insert(0, run.pop())
                end = times[0].span.start
            if len(times) < 2:
                continue
            floor = max(self.text.rfind(stop, 0, end) for stop in ".;!?\n。！？") + 1
            told = _things_told(self.text, floor, end)
            if len(told) != len(times):
                continue
            for fact, about in zip(times, told, strict=True):
                at = self.found.index(fact)
                last = fact is times[-1]
                stop = closing.end() if last else fact.span.end
                span = Span(start=fact.span.start, end=stop, text=self.original[fact.span.start : stop])
                self.found[at] = replace(fact, span=span, about=about)

    def lengths(self) -> None:
        """Whatever amount is left states how long something is."""
        for amount in self.amounts.values():
            if not amount.unit or amount.ordinal or amount.unit in {"''", "″", "’’"}:
                continue
            if is_counted(amount, self.shown, led=False) and self.take(amount.start, amount.end):
                end = amount.end
                suffix = re.compile(r"-long\b", re.IGNORECASE).match(self.text, end)
                end = suffix.end() if suffix else end
                if self._beside_name(amount):
                    self.add(amount.start, end, TimeKind.INSTANT, (amount.time_ms, amount.time_ms), Anchor.START)
                else:
                    self.add(amount.start, end, TimeKind.LENGTH, (0, amount.time_ms), Anchor.START)

    def _beside_name(self, amount: Amount) -> bool:
        """'Leo (2.5s): "I am here."': in brackets between a speaker and the line it says when."""
        lead = _OPENED.search(self.text[max(0, amount.start - 40) : amount.start])
        return lead is not None and not _SHOT_HEAD.search(lead[0]) and bool(_LINE.match(self.text, amount.end))


_FROM_TO = re.compile(
    rf"(?:^|(?<=[\n.;!?{MASK}]))\s*(?P<all>(?:from|von|vom|del?|desde|du|dal?|do)\s+(?:el\s+|the\s+)?(?P<a>{NUMBER_ALONE})\s+(?:to|bis|al?|hasta|au?|à|ao?|até)\s+"
    rf"(?:el\s+|the\s+)?(?P<b>{NUMBER_ALONE}))(?=\s*[,:]|\s+(?:(?-i:[A-ZÀ-Þ])|(?:the|an?|der|die|das|eine?|el|la|los|las|una?|le|les|une|il|lo|gli|o|os|as|uma?)\b))",
    re.IGNORECASE | re.MULTILINE,
)
_EACH_SHOT = re.compile(
    r"(?:\b(?:shots|scenes|takes|planos|tomas|escenas|plans|inquadrature|scene|cenas)|镜头|鏡頭|カット|ショット|シーン)\s*[,，、:：(（—–-]?\s*(?:with\s+|of\s+)?"
    rf"(?:each|every\s+one|cada(?:\s+(?:un[oa]|uma?))?|每[个個]?(?:镜头|鏡頭)?)\s*(?P<a>{AMOUNT})",
    re.IGNORECASE,
)
_OPENED = re.compile(r"[^\W\d_][\w'’.-]*(?:\s+[\w'’.-]+){0,3}\s*[(\[（]\s*$")
_SHOT_HEAD = re.compile(
    r"\b(?:shot|scene|take|clip|part|beat|plano|toma|escena|einstellung|szene|plan|scène|inquadratura|scena|cena)\b|镜头|鏡頭|カット|シーン",
    re.IGNORECASE,
)
_LINE = re.compile(rf"\s*[)\]）]\s*[:：]\s*{MASK}")
_FEW = {"a": 1, "one": 1, "two": 2, "three": 3, "1": 1, "2": 2, "3": 3}
_THIS_CLIP = rf"(?:the|this)\s+(?:(?:whole|entire|total)\s+)?(?:{CLIP}|time|duration|length|runtime)\b"
_SHARE = re.compile(
    r"(?<!\w)(?:(?:at|after|about|exactly|around)\s+)?(?:(?:the\s+)?(?P<count>a|one|two|three|[123])[\s-]+(?P<part>quarters?|thirds?)|(?P<percent>\d{1,2})"
    rf"\s?(?:%|percent))\s+(?:(?:of\s+the\s+way\s+)?(?:in|through|into)(?:(?:to)?\s+{_THIS_CLIP}|\s+(?:the|this|an?)(?=\s+[\w.]+[\s-]+(?:seconds?|secs?|s)[\s-]+{CLIP}\b)|(?=\s*(?:$|[,.:;!?\n{MASK}])|"
    rf"\s+(?:he|she|it|they)\s))|of\s+{_THIS_CLIP}(?:\s+in)?(?=\s*(?:$|[,.:;!?\n{MASK}])))",
    re.IGNORECASE,
)


_HALF = re.compile(
    rf"(?<!\w)(?:in|during|for|throughout|over)\s+the\s+(?:(?P<first>first|opening)|second|latter|last|other|final)\s+half"
    rf"(?P<clip>\s+of\s+{_THIS_CLIP})?(?![\w-]|\s+of\b)",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(
    r"[,\s]*\b(?:respectively|jeweils|respectivamente|respectivement|rispettivamente)\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,]|\b(?:and|und|y|et|e|at)\b", re.IGNORECASE)
_NEXT_TOLD = re.compile(r"\s*(?:,\s*(?:and\s+|und\s+|y\s+|et\s+|e\s+)?|\s(?:and|und|y|et|e)\s+)", re.IGNORECASE)


def _things_told(text: str, start: int, end: int) -> list[int]:
    """Where the lines, or else the clauses, of a stretch begin: "A bell rings, a dog barks and Tom sighs"."""
    said = [match.start() for match in re.finditer(rf"{MASK}+", text[start:end])]
    if said:
        return [start + at for at in said]
    stretch = text[start:end].rstrip(" ,")
    borders = [0, *(match.end() for match in _NEXT_TOLD.finditer(stretch))]
    return [start + at + len(stretch[at:]) - len(stretch[at:].lstrip()) for at in borders]


def _spelt_second(match: re.Match[str]) -> Amount | None:
    """ "in the first second", "in der letzten Sekunde": one, without a number."""
    if match.groupdict().get("one") is None:
        return None
    half = match["one"].lower().startswith("half")
    return Amount(match.start("one"), match.end("one"), 500 if half else 1000)


def _values(rule: TimeRule, first: Amount | None, second: Amount | None) -> tuple[int, int]:
    if first is None:
        return 0, 0
    time = first.time_ms - 1000 if rule.counted else first.time_ms
    if rule.kind is TimeKind.INTERVAL and second is not None:
        if not first.unit and second.unit and second.time_ms and "\ue002" not in second.unit:
            # "500 to 800 ms": the unit behind the second number is the first one's too.
            scale = 1 if re.match(r"m(?:s|il)|毫|ミリ", second.unit, re.IGNORECASE) else 1000
            scale = 60_000 if re.match(r"min|分|минут", second.unit, re.IGNORECASE) else scale
            time = time * scale // 1000
        return time, second.time_ms
    if rule.anchor is Anchor.END:
        if rule.kind is TimeKind.UNTIL:
            return 0, -time
        return (-time, 0) if rule.whole else (-time, -time)
    if rule.anchor is Anchor.EARLIER:
        return -time, -time
    if rule.kind is TimeKind.INTERVAL or rule.kind in {TimeKind.LENGTH, TimeKind.UNTIL}:
        return 0, time
    return time, time


def _italian(words: str, amount: Amount) -> bool:
    """ "Alle 2,5 secondi" is an Italian instant, "alle 2 Sekunden" a German rhythm."""
    return bool(re.match(r"alle\s", words, re.IGNORECASE)) and amount.unit.strip().casefold().startswith("secondi")


def _vague(shown: str, match: re.Match[str]) -> bool:
    """Whether an interval without "from" is a length between two bounds: "for 3 to 5 seconds"."""
    if re.match(
        r"\s*(?:from|between|during|von|zwischen|entre|desde|de|du|da|从|從|自|在)", match.group(), re.IGNORECASE
    ):
        return False
    lead = re.search(
        r"(?:\b(?:for|lasts?|lasting|waits?|pauses?|holds?|about|roughly|durante|pendant|etwa|por|an?|takes?)"
        r"\s*|约|约为|等)$",
        shown[max(0, match.start() - 12) : match.start()],
        re.IGNORECASE,
    )
    tail = re.match(rf"[\s-]*(?:long|lang)\b|[\s-]+{CLIP}(?!\w)", shown[match.end() :][:16], re.IGNORECASE)
    return bool(lead or tail)


_NEXT_ALONE = r"of\s+(?!the\s+two)|long\b|pauses?\b|silences?\b|de\s+(?:silenc|paus)|ou\b"
_NEXT_LED = (
    _NEXT_ALONE
    + r"|(?:before|and|then|while|as|until|in|into|at|on|to|from|with|or|but|apart|he|she|it|they|we|the|his|her|its|"
    r"their|this|that|these|those|nobody|everyone|everything|nothing|all|when|because|so|whilst|after|by|over|under|"
    r"y|antes|mientras|hasta|en|el|la|los|las|su|luego|cuando|que|et|puis|avant|pendant|dans|le|les|il|elle|on|e|poi|"
    r"prima|mentre|lo|un|una|une)\b"
)
_LEADS = (
    r"(?:for|lasts?|lasting|waits?|waiting|pauses?|holds?|hesitates?|freezes?|takes?|rests?|stops?|during|after|"
    r"durante|por|"
    r"pendant|durant|après|für|per|within)(?:\s+(?:it|him|her|them|still|about|exactly|only|barely|there))*"
)


def is_counted(amount: Amount, shown: str, *, led: bool) -> bool:
    """Whether an amount is one of time: not "a second man", "one second thought", "two second-hand cars".

    Args:
        amount: the amount.
        shown: the text of :func:`read_amounts`.
        led: whether its preposition is part of a rule that matched already.
    """
    if amount.ordinal or not amount.singular or not (amount.article or amount.word):
        return True
    before, after = shown[max(0, amount.start - 40) : amount.start], shown[amount.end : amount.end + 24]
    if re.search(r"\bjust\s+$", before, re.IGNORECASE) and amount.article:
        return False  # "just a second"
    ends = re.match(rf"\s*(?:$|[.,;:!?)\]\n…—–]|{MASK})", after)
    lead = re.search(rf"\b{_LEADS}\s+$", before, re.IGNORECASE)
    if not amount.article and amount.word not in {"one", "uno", "un", "una"}:
        hyphen = re.search(r"[\w]-second$", shown[: amount.end][-20:]) or "-" in amount.unit
        plain = rf"-long\b|\s+(?:pause|silence|shot|clip|hold|delay|beat|take|countdown|burst|wait|gap|break|{CLIP})"
        return bool(ends or hyphen or lead or re.match(plain, after, re.IGNORECASE))
    if amount.article:
        return bool((lead or led) and (ends or re.match(rf"\s+(?:{_NEXT_LED})", after, re.IGNORECASE)))
    following = _NEXT_LED if lead or led else _NEXT_ALONE
    if led and re.match(r"\s+(?:later|earlier|afterwards?)\b", after):
        return True  # "and, one second later, says"
    return bool(ends or after[:1] == "-" or re.match(rf"\s+(?:{following})", after, re.IGNORECASE))


def find_times(text: str, original: str, total_ms: int | None = None) -> tuple[TimeFact, ...]:
    """All times of a text in reading order.

    Args:
        text: the prompt with quotations masked by characters of the same number.
        original: the prompt itself, from which the spans take their words.
        total_ms: length of the film if it is known from elsewhere.
    """
    finder = _Finder(text, original, total_ms)
    finder.shares()
    finder.halves()
    finder.stamps()
    finder.of_each_shot()
    for rule in RULES:
        finder.apply(rule)
    finder.without_unit()
    finder.joined()
    finder.respective()
    finder.lengths()
    return tuple(sorted(finder.found, key=lambda fact: fact.span.start))
