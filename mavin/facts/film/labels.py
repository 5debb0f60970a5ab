"""Shots that the user set apart: "Shot 2 (2–4s):", "Plano 1:", 镜头一, "1) … 2) …", ①②③, rows of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.diagnostics import Span
from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.facts.model import Anchor, ShotLabel, TimeFact, TimeKind
from mavin.facts.text import MASK
from mavin.interval import Interval

__all__ = ["EDGE_SHOT", "find_labels", "without_shot_numbers", "without_tables"]


@dataclass(frozen=True, slots=True)
class _Head:
    """A label before its time is known: its number, where it begins, and where its body begins."""

    number: int
    start: int
    body: int


_NOUN = (
    r"(?:shots?|scenes?|cut|plano|toma|escena|einstellung|szene|schnitt|bild|plan|scène|coupe|corte|inquadratura|scena|stacco|cena|tomada|кадр|"
    r"сцена|план|장면|샷)"
)
_OPENS = rf"(?:(?<=^)|(?<=[\n.;!?。；,，:：|{MASK}])|(?<=\]))[\s\-*•#>_]{{0,12}}"
_IN = r"(?:(?:in|for|during|im|in\s+der|en\s+(?:la|el)|dans\s+(?:la|le)|nella|na|no)\s+)?(?:the\s+)?"
_SYMBOL = rf"(?P<n>\d{{1,2}}(?![\d:])|(?-i:(?P<letter>I{{1,3}}|IV|VI{{0,3}}|[A-Z]))(?![\w'’])|{NUMBER})"
_ORDINAL = (
    r"(?P<ordinal>\d{1,2}(?:st|nd|rd|th|\.|ª|º|e|ère|ème|re)|first|second|third|fourth|fifth|sixth|final|last|"
    r"opening|closing|"
    r"primera?|segunda|tercera?|cuarta|quinta|sexta|última|erste[rs]?|zweite[rs]?|dritte[rs]?|vierte[rs]?|"
    r"fünfte[rs]?|sechste[rs]?|letzte[rs]?|"
    r"premi(?:er|ère)|deuxième|troisième|quatrième|cinquième|sixième|dernier|dernière|prima|seconda|terza|"
    r"quarta|primeira|terceira|первый|"
    r"первая|второй|вторая|третий|третья)"
)
_ORDINALS = {
    **dict.fromkeys("first opening primer primera erste erster erstes premier première prima primeira".split(), 1),
    "первый": 1, "первая": 1,
    **dict.fromkeys("second segunda zweite zweiter zweites deuxième seconda второй вторая".split(), 2),
    **dict.fromkeys("third tercera tercer dritte dritter drittes troisième terza terceira третий третья".split(), 3),
    **dict.fromkeys("fourth cuarta vierte vierter viertes quatrième quarta".split(), 4),
    **dict.fromkeys("fifth quinta fünfte fünfter fünftes cinquième".split(), 5),
    **dict.fromkeys("sixth sexta sechste sechster sechstes sixième".split(), 6),
}  # fmt: skip
_EDGES = frozenset("first opening final last closing".split())
EDGE_SHOT = re.compile(
    rf"(?:^|(?<=[.!?;:\n,{MASK}]))[ \t]*(?:(?:and|then|finally|but)\s+)*(?P<led>(?:in|on|for|as)\s+)?(?:(?:the|our)\s+)?(?:very\s+)?"
    r"(?:first|second|third|fourth|fifth|sixth|next|following|final|last|opening|closing)\s+(?:shot|scene)"
    r"(?:\s*[:–—]\s*|\s*,\s*|\s+(?:shows?(?:\s+us)?|features?|depicts?|reveals?|is(?:\s+of)?|opens\s+(?:on|with)|has)\s+|(?(led)\s+(?=(?:an?|the|he|she|it|they|we|[A-Z]\w+)\b)|(?!)))",
    re.IGNORECASE,
)
"""Words that say of which shot a sentence tells, where the shots have no labels: "The last shot shows"."""
_ASIAN = (
    rf"(?:(?P<zh_last>(?:最后|最後)(?:一[个個])?(?:镜头|鏡頭)(?:[里裡中内]|(?=[:：，,、(（\s]|$))|最後の(?:カット|ショット|シーン)(?:では|で|に?は)?)|(?P<ja_first>最初の(?:カット|ショット|シーン)(?:では|で|に?は)?)|第\s*(?P<zh>{NUMBER})\s*(?:个|個)?(?:镜头?|鏡頭?|幕|场|場|ショット|カット|シーン)[里裡中内]?|(?:分?镜头|分?鏡頭|镜|鏡|ショット|カット|シーン|场景|場景|第)\s*"
    rf"(?P<zh2>\d{{1,2}}|{NUMBER})(?![.．]?\d|秒)(?:个?镜头|カット目?)?|(?P<ja>\d{{1,2}}|{NUMBER})(?:(?:カット|ショット|シーン|番)目(?:の(?:カット|ショット|シーン))?|つ目の(?:カット|ショット|シーン))(?:では|で|に?は)?)"
)
_BRACKETS = r"(?:\s*[(\[（][^)\]）\n]{0,60}[)\]）])?"
_LENGTH_ALONE = r"\s*[(\[（【]\s*\d{1,3}(?:[.,]\d{1,3})?\s*(?:s|secs?|seconds?|sek|sekunden|segs?|segundos?|secondes?|secondi|秒)\.?\s*(?:,[^)\]）】\n]{1,30})?[)\]）】](?=\s+[^\W\d])"
"""Brackets with nothing but a length, behind which what is shown may begin at once: "Shot 1 (2 sec) a key turns"."""
_SAID_LENGTH = (
    rf"(?P<length>\s*(?:持续|持續|时长|時長|长|長|为|為|是|は|长度|約|约)*\s*(?:\d+(?:[.．]\d+)?|{NUMBER})\s*秒(?:钟|鐘|間)?(?:半)?(?:で|です)?"
    r"(?=\s*[:：。，、,]))?"
)
"""第一个镜头2秒：…, 1カット目は2秒。…: how long the shot is, without brackets."""
_SHOWS = r"(?:\s+(?:shows?|features?|depicts?|shows\s+us|zeigt|muestra|montre|mostra|показывает)\s+)"
_STOP = (
    rf"(?:\s*\*{{1,2}})?\s*(?:[:：.\-–—|]|,|，|、|(?=\s*[(（])|(?=\n)|$)(?:\s*\*{{1,2}})?|{_SHOWS}|(?<=[里裡中内])(?=[^\s，、])|(?<=[シトンッ目]では)|(?<=[トンッ目][では])(?!は)|"
    # "Shot 1 Anna says: …": nothing but a capital behind the number.
    r"(?<=\d)\s+(?=(?-i:[A-ZÀ-Þ(]))(?![A-Z][^:.\n]{0,30}:\s*[^\s\ue000])|"
    # "Shot 1 wide: …": a few words may stand before the colon, unless they bring in speech.
    rf"\s[^:：\n.;!?,{MASK}]{{1,30}}?[:：](?!\s*{MASK})"
)
_HEAD = re.compile(
    rf"{_OPENS}(?P<label>{_IN}(?:(?P<noun>{_NOUN})\s*(?:no\.?\s*|#\s*|nº\s*|number\s+)?{_SYMBOL}(?:\s*(?:/|of|"
    rf"von|de|sur)\s*\d{{1,2}}(?!\s*s))?|"
    rf"(?P<s>S[1-6])(?=\s*[:(\[：])|{_ORDINAL}\s+(?P<noun2>{_NOUN}|shot|scene)(?=\s*[:：,(]|\s+(?:shows?|zeigt|"
    rf"muestra|montre)\s)|"
    rf"(?P<noun3>escena|toma)\s+(?P<after>primera|segunda|tercera|cuarta|final)(?=\s*[:,(])|{_ASIAN}))"
    rf"(?:{_LENGTH_ALONE}|(?P<rest>{_BRACKETS}){_SAID_LENGTH}(?:{_STOP}|(?<=[秒钟鐘間半です])[。；]))\s*",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETED = re.compile(
    rf"[\[(【（]\s*(?:{_NOUN}\s*#?\s*(?P<n>\d{{1,2}}|{NUMBER})|(?:镜头|鏡頭|カット|ショット)\s*(?P<zh>\d{{1,2}}|{NUMBER})|"
    rf"第(?P<zh2>{NUMBER})(?:镜头?|幕|カット))"
    rf"(?P<rest>[^\])】）\n]{{0,40}})[\])】）]\s*[:：,\-–—]?\s*",
    re.IGNORECASE,
)
_CIRCLED = re.compile(r"(?P<n>[①②③④⑤⑥⑦⑧⑨])\s*[.:：、]?\s*")
_LISTED = (
    re.compile(r"(?:^|\n)[ \t]*(?P<n>[1-9])[.)、．）][ \t]*(?=\S)(?!\d)"),
    re.compile(r"\((?P<n>[1-9])\)\s*(?=\S)|（(?P<m>[1-9])）\s*(?=\S)"),
    re.compile(r"(?:^|(?<=[\s.;:,!?。；，：]))(?P<n>[1-9])[)）]\s*(?=\S)"),
    re.compile(r"(?:^|(?<=[.;:!?\n。；：])\s{0,3})(?P<n>[1-9])[.．、][ \t]+(?=[^\W\d])"),
    re.compile(r"(?:^|(?<=[\s.;:!?。；：]))#(?P<n>[1-9])(?:[.:)：]\s*|\s+)(?=[^\W\d])"),
    _CIRCLED,
)
_ROW = re.compile(
    r"^[ \t]*\|[ \t]*(?:shot|scene|plano|szene|plan|镜头|カット)?[ \t]*#?(?P<n>[1-9])"
    r"[ \t]*\|[ \t]*(?=[^\n]*\|[ \t]*$)",
    re.M | re.I,
)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)


_SET_OFF = re.compile(r"\s*(?:long\b|lang\b)?\s*[)\]]?\s*(?:[:：|]|[-–—](?=\s)|(?=\n|$))")
"""What parts a shot's length from what it shows: "Shot 1 - 2s *-* …", "Shot 1, 2 seconds*:* …"."""
_OPENED = re.compile(r"[(\[（【]\s*$")
_SHUT = re.compile(r"\s*[)\]）】]")
_AT_THE_END = re.compile(r"(?:[(\[（【]\s*|(?:[.,;，。、；\ue000]|\s[-–—|])\s*)$")
_BARE_STAMP = re.compile(rf",?\s+(?=(?:an?|the|his|her|she|he|they|it|we|two|three)\s|[A-ZÀ-Þ\u3040-\u9fff{MASK}])")
"""What stands between an interval and the sentence it heads where nothing else parts them."""
_NUMBERED = re.compile(
    rf"{_OPENS}(?:{_NOUN}|镜头|鏡頭|カット|ショット|シーン)\s*#?\s*(?P<n>\d{{1,2}})(?=\s+[-–—]\s*\d)",
    re.IGNORECASE | re.MULTILINE,
)


def without_shot_numbers(text: str) -> str:
    """The text with the numbers of shots masked that a length follows: "Shot 1 - 2s" is no time from 1 to 2 s."""
    for match in _NUMBERED.finditer(text):
        text = f"{text[: match.start('n')]}{'_' * len(match['n'])}{text[match.end('n') :]}"
    return text


def find_labels(masked: str, times: tuple[TimeFact, ...]) -> tuple[ShotLabel, ...]:
    """Shots that the user set apart by labels ("Shot 2 (2–4s):") or by a numbered list.

    A time inside the label fixes the shot's interval.
    """
    heads = _table_rows(masked) or _headings(masked) or _numbered(masked) or _stamped(masked, times)
    labels = []
    clock: int | None = 0  # where the next shot begins, as long as every shot before has a length
    for index, head in enumerate(heads):
        number, start, body = head.number, head.start, head.body
        end = heads[index + 1].start if index + 1 < len(heads) else len(masked)
        interval = None
        for fact in times:
            # The label's own time stands in it or opens its body: "Shot 1 (0–2s):", "Shot 1: 0–2s, …".
            opens = not masked[body : fact.span.start].strip(" ([*") if fact.span.start >= body else True
            fixed = fact.kind is TimeKind.INTERVAL and fact.anchor is Anchor.START and fact.start_ms < fact.end_ms
            if fixed and start <= fact.span.start < end and opens:
                interval = Interval(fact.start_ms, fact.end_ms)
                body = max(body, fact.span.end)
                break
        length, last = None, None
        for fact in times:
            if fact.kind is not TimeKind.LENGTH or not start <= fact.span.start < end or fact.end_ms == 0:
                continue
            set_off = not masked[body : fact.span.start].strip(" ([") and (
                _SET_OFF.match(masked, fact.span.end)
                or (_OPENED.search(masked, body, fact.span.start) and _SHUT.match(masked, fact.span.end))
            )
            if fact.span.start < body or set_off:
                length, body = fact, set_off.end() if set_off else body  # "Shot 1 - 2s - a key turns"
            elif (
                interval is None
                and len(heads) > 1
                and _ends_with(masked, fact, end)
                # "Shot 1: … Shot 2: … 9 seconds." is the film's length where no other shot has one.
                and (clock is not None or not re.search(r"[.!?。！？\ue000]\s*$", masked[: fact.span.start]))
            ):
                length = last = fact  # "Shot 1: a key turns (2s)."
            break
        if interval is None and length is not None and clock is not None:
            interval = Interval(clock, clock + length.end_ms)
        clock = interval.end_ms if interval is not None else None
        while body < end and masked[body] in " \t)]:,-–—.*|":
            body += 1
        words = masked[start:body].rstrip()
        labels.append(
            ShotLabel(
                Span(start=start, end=start + len(words), text=words),
                number,
                body,
                end,
                interval,
                last.span if last else None,
            )
        )
    return tuple(labels)


def _ends_with(masked: str, fact: TimeFact, end: int) -> bool:
    """Whether a length is set off at the end of what a shot shows: "a key turns (2s).", "a key turns. 2s"."""
    head = _AT_THE_END.search(masked[max(0, fact.span.start - 9) : fact.span.start])
    return head is not None and not masked[fact.span.end : end].strip(" \t\n)]）】.,;|*-–—。")


def without_tables(story: str) -> str:
    """The text with the rules of a table blanked, the row above each too, and a line break for each cell border."""
    lines = story.split("\n")
    for index, line in enumerate(lines):
        if "|" in line and _TABLE_RULE.fullmatch(line):
            lines[index] = " " * len(line)
            if index and "|" in lines[index - 1]:
                lines[index - 1] = " " * len(lines[index - 1])
    return "\n".join(line.replace("|", "\n") if line.lstrip().startswith("|") else line for line in lines)


def _headings(masked: str) -> list[_Head]:
    matches = sorted([*_HEAD.finditer(masked), *_BRACKETED.finditer(masked)], key=lambda match: match.start())
    letters = [match["letter"] for match in matches if match.groupdict().get("letter")]
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
    counted = letters[:2] == ["I", "II"]
    if not counted and letters[:2] != ["A", "B"]:
        letters = []  # "Plan B: run"
    if _only_lengths(matches, masked):
        matches = []
    heads: list[_Head] = []
    for match in matches:
        groups = match.groupdict()
        start = match.start("label") if "label" in groups else match.start()
        if heads and start < heads[-1].body:
            continue
        number = len(heads) + 1
        if groups.get("letter"):
            if not letters:
                continue
            number = roman[match["letter"]] if counted and match["letter"] in roman else ord(match["letter"][0]) - 64
        elif groups.get("ordinal") or groups.get("after"):
            word = (groups.get("ordinal") or groups.get("after") or "").lower()
            digits = re.match(r"\d+", word)
            number = int(digits.group()) if digits else _ORDINALS.get(word, (heads[-1].number + 1) if heads else 1)
            if re.fullmatch(r"premier|primer", word) and len(matches) < 2:
                continue  # "Premier plan : …" is a close-up
        elif groups.get("zh_last"):
            told = re.search(rf"(?P<n>\d{{1,2}}|{NUMBER})\s*(?:[个個]?(?:镜头|鏡頭)|カット|ショット|シーン)", masked)
            number = heads[-1].number + 1 if heads else int(number_of(told["n"])) if told else 1
        elif groups.get("ja_first"):
            number = 1
        elif groups.get("s"):
            number = int(match["s"][1:])
        else:
            written = next(groups[name] for name in ("n", "zh", "zh2", "ja") if groups.get(name))
            if written.lower() in {"a", "an", "un", "una", "une", "ein", "eine", "um", "uma", "single", "couple"}:
                continue
            number = int(number_of(written))
        heads.append(_Head(number, start, match.end()))
    ordinals = [str(match.groupdict().get("ordinal") or "").lower() for match in matches]
    if (len(heads) == 1 and ordinals[0]) or (ordinals and all(word in _EDGES for word in ordinals)):
        return []  # "A man waits. The last shot shows a cat": the shots between are left open
    if len(heads) == 1 and len(matches) == 1 and matches[0].groupdict().get("zh_last"):
        return []  # 三个镜头。最后一个镜头里有猫: the shots before it are left open
    return heads


def _only_lengths(matches: list[re.Match[str]], masked: str) -> bool:
    """Whether labels with lengths stand one behind the other and head nothing: 第一个镜头2秒，第二个镜头5秒。"""
    said = [bool(match.groupdict().get("length")) for match in matches]
    ends = [match.start() for match in matches[1:]]
    bodies = [masked[match.end() : end].strip() for match, end in zip(matches, ends, strict=False)]
    goes_on = any(
        length and re.match(rf"(?:第(?:{NUMBER})|(?:{NUMBER})(?:番目|つ目|カット目))", masked[match.end() :])
        for length, match in zip(said, matches, strict=True)
    )
    return goes_on or (len(said) > 1 and all(said[:-1]) and not any(bodies))


def _numbered(masked: str) -> list[_Head]:
    """A numbered list, whose numbers run from one without a gap."""
    for pattern in _LISTED:
        found: list[_Head] = []
        for match in pattern.finditer(masked):
            sign = next(value for value in match.groupdict().values() if value)
            number = ord(sign) - 0x245F if sign in "①②③④⑤⑥⑦⑧⑨" else int(sign)
            at = match.start() + len(match.group()) - len(match.group().lstrip("\n \t"))
            if number == len(found) + 1:
                found.append(_Head(number, at, match.end()))
        opens = found and not re.search(r"[^\s.;:!?。：；(（]\s*$", masked[: found[0].start])
        if len(found) >= 2 and opens:
            return found
    return []


def _stamped(masked: str, times: tuple[TimeFact, ...]) -> list[_Head]:
    """Intervals that head sentences and follow each other from zero: "[00:00-00:02] … [00:02-00:05] …"."""
    heads: list[_Head] = []
    clock = 0
    for fact in times:
        start, end = fact.span.start, fact.span.end
        ends = rf"\n.;!?。{MASK}" if heads else r"\n.;!?。"  # '… says "Go." [2.5-6.0] A clown …'
        before = re.search(rf"(?:^|[{ends}])\s*[-*•]?\s*(?P<open>[\[(（【]?)\s*$", masked[max(0, start - 12) : start])
        behind = re.compile(r"\s*(?P<shut>[\])）】])?\s*(?P<stop>[:：—–-])?\s*(?=\S)").match(masked, end)
        if fact.kind is not TimeKind.INTERVAL or fact.anchor is not Anchor.START or before is None or behind is None:
            continue
        marked = behind["stop"] or (before["open"] and behind["shut"])
        # "0-2s Ana walks."; a time that heads a line was blanked before.
        open_ended = masked[start].isdigit() and not before["open"] and not behind["shut"]
        bare = open_ended and _BARE_STAMP.match(masked, end)
        if not (marked or bare) or fact.start_ms != clock:
            continue
        clock = fact.end_ms
        head = masked.rfind(before["open"], 0, start) if before["open"] and behind["shut"] else start
        heads.append(_Head(len(heads) + 1, head, behind.end()))
    return heads if len(heads) >= 2 else []


def _table_rows(masked: str) -> list[_Head]:
    rows = list(_ROW.finditer(masked))
    numbers = [int(row["n"]) for row in rows]
    if len(rows) < 2 or numbers != list(range(1, len(rows) + 1)):
        return []
    return [_Head(number, row.start("n"), row.end()) for number, row in zip(numbers, rows, strict=True)]
