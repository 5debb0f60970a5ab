"""How long single shots are to be, said of them by number: "the first shot lasts 1 second, the second 4, the third the rest".

1 s     4 s        the rest
├──┼────────┼───────────────────┤      cuts at 1 s and 5 s; the rest reaches to the end, wherever that is
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mavin.diagnostics import Span
from mavin.facts.model import CountFact, DurationFact, Facts, NumberedLength, TimeFact, TimeKind
from mavin.facts.times.amounts import AMOUNT, read_amounts
from mavin.interval import Interval

__all__ = ["ShotLength", "ShotLengths", "find_shot_lengths", "with_shot_lengths"]

_NUMBERS = {
    "first": 1, "1st": 1, "opening": 1, "one": 1, "second": 2, "2nd": 2, "two": 2, "third": 3, "3rd": 3, "three": 3,
    "fourth": 4, "4th": 4, "four": 4, "fifth": 5, "5th": 5, "five": 5, "sixth": 6, "6th": 6, "six": 6,
}  # fmt: skip
_ABROAD = (
    "primera primer erste premier première prima primo primeira primeiro",
    "segunda segundo zweite deuxième second seconde seconda secondo",
    "tercera tercer dritte troisième terza terzo terceira terceiro",
    "cuarta cuarto vierte quatrième quarta quarto",
    "quinta quinto fünfte cinquième",
    "sexta sexto sechste sixième sesta sesto",
)
_NUMBERS |= {word: value for value, words in enumerate(_ABROAD, 1) for word in words.split() if word not in _NUMBERS}
_HAN = {
    f"第{sign}": value for value, signs in enumerate(("一1", "二2", "三3", "四4", "五5", "六6"), 1) for sign in signs
}
_NUMBERS |= _HAN | {f"{value}番目": value for value in range(1, 7)} | {"最初の": 1}
_LAST = frozenset(
    {
        "最后一",
        "最後一",
        "最後の",
        "last",
        "final",
        "closing",
        *"última último letzte dernier dernière ultima ultimo".split(),
    }
)
_ORDINAL = (
    r"第[一二三四五六1-6](?=[个個镜鏡カシ])|[1-6]番目|最初の|最[后後]一(?=[个個])|最後の|first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th|last|final|opening|closing|"
    + "|".join(sorted({*" ".join(_ABROAD).split(), *_LAST} - {"second"}, key=len, reverse=True))
)
_NOUN = r"(?:shot|scene|take|plano|toma|escena|einstellung|szene|plan|scène|inquadratura|scena|cena|[个個]?(?:镜头|鏡頭)|の?(?:カット|ショット|シーン))"
_REST = (
    r"(?:for\s+)?(?:all\s+)?(?:(?:the|its)\s+)?(?:rest|remainder|remaining\s+(?:time|seconds)|time\s+(?:left|remaining)|what(?:ever)?(?:\s+time)?\s+"
    r"(?:is\s+left|remains))(?:\s+of\s+(?:the|this)\s+(?:time|clip|film|video|movie|spot|ad))?|"
    r"(?:el|den|le|il|o)\s+(?:resto|rest|reste|restante)(?:\s+(?:del\s+tiempo|der\s+zeit|du\s+temps|del\s+tempo|do\s+tempo))?|die\s+restliche\s+zeit|剩余的?时间|剩餘的?時間|剩下的(?:时间|時間)?|残り(?:の時間)?"
)
_ITEM = re.compile(
    rf"(?:(?:the|la|el|die|der|le|il|a|o)\s+)?(?:(?P<ordinal>{_ORDINAL})(?:\s*(?P<noun>{_NOUN})|\s+one)?|(?P<noun2>{_NOUN})\s+#?(?P<number>[1-6]|one|two|three|four|five|six))"
    r"(?:\s*[,:=–—-]|\s+(?:should\s+|must\s+|will\s+|to\s+)?(?:lasts?|takes?|runs?|is|be|being|holds?|stays?|goes\s+on|gets|fills?|dura|dauert|dure|soll\s+dauern|bekommt|ocupa)|(?:持续|持續|时长|時長|占|佔|为|為|是|用|は|が|长|長)+)?"
    r"(?:\s*(?:for|exactly|just|only|about|up|on\s+screen)\b)*"
    rf"\s*(?:(?P<a>{AMOUNT})(?:\s+long)?|(?P<rest>{_REST})|(?P<bare>\d{{1,2}}(?:\.\d{{1,3}})?)(?!\w|[.:/]\d))(?=\s*(?:$|[.,;:!?\n。，、；：]|(?:and|then|while|but|y|und|et|e)\b))",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:[.,;。，、；]\s*)?(?:(?:and|then|while|but|y|und|et|e)\s+)*", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.;:!?\n,(。，、；：])\s*(?:(?:and|with|where|but)\s+)*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShotLength:
    """How long one shot is to be.

    Attributes:
        number: which shot, from one; ``None`` for the last, whichever that is.
        length_ms: how long, ``None`` for the time that the others leave.
        span: the words that say how long.
        body: where what it shows is told, if that stands behind a colon ("The last shot lasts 2 s: the moon").
    """

    number: int | None
    length_ms: int | None
    span: Span
    body: int | None = None


@dataclass(frozen=True, slots=True)
class ShotLengths:
    """All lengths that a prompt gives to numbered shots.

    Attributes:
        items: them, in the order of their shots.
        places: offsets of the phrases that say so, which tell no event.
    """

    items: tuple[ShotLength, ...] = ()
    places: tuple[tuple[int, int], ...] = ()

    def count(self, counts: Sequence[CountFact]) -> CountFact | None:
        """How many shots there are, if the lengths run from the first to the last without a gap.

        Args:
            counts: numbers of shots that the prompt states elsewhere.
        """
        size = len(self.items)
        whole = size > 1 and all(item.number in (number, None) for number, item in enumerate(self.items, 1))
        ends = whole and (self.items[-1].number is None or self.items[-1].length_ms is None)
        counted = any(fact.count == size for fact in counts)
        return CountFact(self.items[-1].span, size) if whole and (ends or counted) else None

    def run(self) -> CountFact | None:
        """How many shots there are if those told of are all."""
        return self.count((CountFact(self.items[-1].span, len(self.items)),)) if self.items else None

    def cuts(self) -> tuple[TimeFact, ...]:
        """Where the shots end whose lengths run on from the beginning; the last one ends with the clip."""
        found, clock = [], 0
        for item in self.items[:-1]:
            if item.length_ms is None:
                break
            clock += item.length_ms
            found.append(TimeFact(item.span, TimeKind.INSTANT, clock, clock))
        return tuple(found)

    def total(self) -> DurationFact | None:
        """The length of the clip, if every shot has one."""
        lengths = [item.length_ms for item in self.items if item.length_ms is not None]
        return DurationFact(self.items[-1].span, sum(lengths)) if len(lengths) == len(self.items) else None


def find_shot_lengths(text: str, original: str) -> ShotLengths:
    """Reads the lengths of numbered shots from a masked prompt.

    A chain begins with words for a shot ("the first shot", "shot 1"); what follows may leave them out.
    """
    _, amounts = read_amounts(text)
    told = re.sub("[\ue001-\ue004]", "\ufffd", text)  # the user's own private characters are no placeholders
    for amount in amounts.values():
        if amount.unit and not amount.ordinal:
            sign = f"{AMOUNT[0]}{AMOUNT[1] * (amount.end - amount.start - 1)}"
            told = told[: amount.start] + sign + told[amount.end :]
    items: list[ShotLength] = []
    places: list[tuple[int, int]] = []
    spelt: list[bool] = []
    for match in _ITEM.finditer(told):
        follows = bool(places) and _JOINT.fullmatch(told, places[-1][1], match.start()) is not None
        opens = (match["noun"] or match["noun2"]) and _OPENS.search(told[max(0, match.start() - 40) : match.start()])
        if not (follows or (opens and not match["bare"])):
            continue
        word = (match["ordinal"] or match["number"]).lower()
        number = None if word in _LAST else _NUMBERS.get(word) or int(word)
        start, end = match.span("a" if match["a"] else "bare" if match["bare"] else "rest")
        length = None if match["rest"] else amounts[start].time_ms if match["a"] else round(1000 * float(match["bare"]))
        colon = re.compile(r"\s*[:：]").match(told, match.end())
        body = colon.end() if colon else None
        items.append(ShotLength(number, length, Span(start=start, end=end, text=original[start:end]), body))
        words = f"{match['ordinal'] or ''}{match['noun'] or ''}"
        spelt.append(match["ordinal"] is not None and match["noun"] is not None and words.isascii())
        places.append((places[-1][1] if follows else match.start(), match.end()))
    ordered = tuple(sorted(items, key=lambda item: item.number or 99))
    heads = [end for _, end in places if told[end:].lstrip().startswith((":", "："))]
    if (
        len({item.number for item in ordered}) < len(ordered)
        or (heads and heads != [places[-1][1]] and len(heads) < len(places))
        or (len(heads) == len(places) and not all(spelt))
    ):
        return ShotLengths()  # "Shot 1, 2 s: …" is a label; of a shot with two lengths nothing says which is meant
    return ShotLengths(ordered, tuple(places))


def with_shot_lengths(facts: Facts, lengths: ShotLengths) -> Facts:
    """The facts with the lengths of numbered shots: as cuts where all shots have one, else each at its event or label."""
    if not lengths.items:
        return facts
    if facts.labels:
        return _labelled(facts, lengths)
    if all(item.body is not None for item in lengths.items):
        return _told_behind(facts, lengths)
    counted = lengths.count(facts.counts) or (lengths.run() if len(facts.events) <= len(lengths.items) else None)
    if counted is not None:
        total = lengths.total()
        stated = any(fact.count == counted.count for fact in facts.counts)
        return replace(
            facts,
            counts=facts.counts if stated else (*facts.counts, counted),
            shots=facts.shots or counted,
            durations=facts.durations if total is None else (*facts.durations, total),
            duration=facts.duration or total,
            cuts=(*facts.cuts, *lengths.cuts()),
            times=(*facts.times, *lengths.cuts()),
        )
    if facts.shots is not None and facts.shots.count != len(facts.events):
        # The shots are not the events: they are only known by their numbers.
        held = [
            NumberedLength(item.number, item.length_ms, item.span)
            for item in lengths.items
            if item.length_ms is not None
        ]
        return replace(facts, shot_lengths=tuple(held))
    events = list(facts.events)
    for item in lengths.items:
        number = len(events) if item.number is None else item.number
        if item.length_ms is not None and 0 < number <= len(events):
            events[number - 1] = replace(events[number - 1], length_ms=item.length_ms, length_span=item.span)
    return replace(facts, events=tuple(events))


def _told_behind(facts: Facts, lengths: ShotLengths) -> Facts:
    """Lengths of shots that are told behind them; what is told behind the last shot comes before it."""
    events = list(facts.events)
    for item in lengths.items:
        number = next((n for n, event in enumerate(events) if event.span.end > (item.body or 0)), None)
        if number is None:
            continue
        if item.length_ms is not None:
            events[number] = replace(events[number], length_ms=item.length_ms, length_span=item.span)
        if item.number is None:
            last = events[number].span.start
            for at in range(number + 1, len(events)):
                following = events[at]
                events[at] = following if following.precedes is not None else replace(following, precedes=last)
    return replace(facts, events=tuple(events))


def _labelled(facts: Facts, lengths: ShotLengths) -> Facts:
    """Lengths of shots that have labels of their own fix their intervals, as far as they follow each other."""
    told = {item.number: item.length_ms for item in lengths.items}
    labels, clock = [], 0
    for label in sorted(facts.labels, key=lambda label: label.number):
        last = label.number == max(one.number for one in facts.labels)
        length = told.get(label.number, told.get(None) if last else None)
        if label.interval is not None:
            clock = label.interval.end_ms
        elif length is not None and clock >= 0:
            label = replace(label, interval=Interval(clock, clock + length))
            clock += length
        else:
            clock = -1
        labels.append(label)
    return replace(facts, labels=tuple(sorted(labels, key=lambda label: label.span.start)))
