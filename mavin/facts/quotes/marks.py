"""Quotation marks: where a marked quotation begins and ends, in every common style.

"…"  “…”  „…“  «…»  »…«  »…»  ‹…›  「…」  『…』  《…》 behind a colon  ❝…❞  〝…〟  ＂…＂  ''…''
'…'  ‘…’  ‚…‘ where no apostrophe ('tis, rock 'n' roll, the dogs' bowl, the '90s)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Marked", "marked_quotations"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A quotation between marks: offsets with them, its words, and whether it goes on with the one before."""

    start: int
    end: int
    body: str
    continues: bool = False


_CLOSERS = {
    "“": "”“", "„": "“”\"", "”": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "「": "」",
    "『": "』", "﹁": "﹂", "﹃": "﹄",
    "＂": "＂", "❝": "❞", "❛": "❜", "〝": "〞〟",
    '"': '"',
}  # fmt: skip
_SINGLE_CLOSERS = {"'": "'’", "‘": "’'", "‚": "‘’"}
_OPENER = re.compile(
    r"''(?=\w)|[“„”«»‹›「『﹁﹃＂❝❛〝\"'‘‚]|(?<=[:：,，道说說问問喊答叫讲講])\s*《|"
    r"《(?=[^《》\n]{1,200}》\s*[,，]?\s*[\u4e00-\u9fff]{1,8}?(?:[说說问問喊叫答]道?|[回低][答语語])(?:\s*[。，！!,.；;]|\s*$))",
    re.MULTILINE,
)
_LONGEST = 2000
"""Characters of a quotation; a mark without its partner within them stands alone."""
_SPEECH_WORD = (
    r"\w*(?:say|said|says|ask|asks|asked|whispers?|whispered|shouts?|shouted|repl(?:y|ies|ied)|answers?|"
    r"answered|yells?|cries|cried|"
    r"murmurs?|mutters?|adds?|calls?|screams?|tells?\s+\w+|told\s+\w+|dice|dijo|pregunta|responde|grita|susurra|"
    r"sagt|sagte|fragt|ruft|"
    r"antwortet|flüstert|dit|demande|répond|crie|chuchote|chiede|diz)"
)
_CUE = re.compile(rf"(?:[:,：，]|\b{_SPEECH_WORD})\s*$", re.IGNORECASE)
_ELISION = re.compile(
    r"(?:tis|twas|twere|twill|em|til|till|cause|cuz|bout|round|neath|n|s|t|d|ll|re|ve|nuff|tude|\d\ds?)(?!\w)"
    r"",
    re.IGNORECASE,
)


def marked_quotations(prompt: str) -> list[Marked]:
    """All quotations between marks in reading order; nested ones belong to the outer one."""
    found: list[Marked] = []
    position = 0
    limit = _Stops(prompt)
    while match := _OPENER.search(prompt, position):
        start = match.end() - 1 if match.group() != "''" else match.start()
        quotation = _close(prompt, start, match.group().strip(), limit)
        position = start + 1
        if quotation is None:
            continue
        again = re.match(r"\n\s*\n\s*$", prompt[found[-1].end : quotation.start]) if found else None
        if again and found and prompt[found[-1].end - 1] not in _closers(prompt, found[-1].start):
            # A speech of several paragraphs: each opens with a mark, only the last one closes.
            quotation = Marked(quotation.start, quotation.end, quotation.body, True)
        found.append(quotation)
        position = quotation.end
    return [item for item in found if item.body.strip()]


def _closers(prompt: str, start: int) -> str:
    return _CLOSERS.get(prompt[start]) or _SINGLE_CLOSERS.get(prompt[start], "")


class _Stops:
    """Whether a mark has any partner at all behind an offset, found once for each mark."""

    def __init__(self, prompt: str) -> None:
        self._prompt = prompt
        self._last: dict[str, int] = {}

    def none_behind(self, closers: str, start: int) -> bool:
        for char in closers:
            if char not in self._last:
                self._last[char] = self._prompt.rfind(char)
            if self._last[char] > start:
                return False
        return True


def _close(prompt: str, start: int, opener: str, stops: _Stops) -> Marked | None:
    if opener in _SINGLE_CLOSERS:
        return None if stops.none_behind(_SINGLE_CLOSERS[opener], start) else _single(prompt, start, opener)
    if opener == "《":
        end = prompt.find("》", start, start + _LONGEST)
        body = prompt[start + 1 : end] if end > 0 else "\n"
        return None if "\n" in body else Marked(start, end + 1, body)
    if opener == "''":
        end = prompt.find("''", start + 2, start + _LONGEST)
        body = prompt[start + 2 : end] if end > 0 else "\n"
        return None if "\n" in body or re.search(r"\d$", prompt[:start][-1:]) else Marked(start, end + 2, body)
    if not _may_open(prompt, start, opener):
        return None
    end = -1 if stops.none_behind(_CLOSERS[opener], start) else _partner(prompt, start, opener)
    paragraph = prompt.find("\n\n", start, end if end > 0 else start + _LONGEST)
    if end > 0 and 0 < paragraph < end:
        following = paragraph + len(prompt[paragraph:]) - len(prompt[paragraph:].lstrip())
        if prompt[following : following + 1] == opener:
            return Marked(start, paragraph, prompt[start + 1 : paragraph])  # see marked_quotations
        closing = not prompt[end - 2].isspace() and not prompt[end : end + 1].isalnum()
        if opener == '"' and not closing and not _CUE.search(prompt[max(0, start - 40) : start]):
            end = -1  # a stray mark, and another paragraph's quotation
    if end > 0:
        missing = _missing_close(prompt, start, end) if opener == '"' else None
        end = missing or end
        body = prompt[start + 1 : end] if missing else prompt[start + 1 : end - 1]
        return Marked(start, end, body[:-1] if body.endswith("\\") else body)
    return _unclosed(prompt, start)


def _may_open(prompt: str, start: int, opener: str) -> bool:
    before, after = prompt[start - 1 : start], prompt[start + 1 : start + 2]
    if opener == '"':
        inches = prompt[:start][-3:].rstrip()[-1:].isdigit() and not after.isalnum()
        return not inches  # 6" and 3" are inches or seconds
    if opener in "”»›":
        return (not before or before.isspace() or before in "(:：") and bool(after) and not after.isspace()
    return True


def _partner(prompt: str, start: int, opener: str) -> int:
    """Offset behind the closing mark of a quotation, -1 if it has none."""
    closers = _CLOSERS[opener]
    if opener in closers and opener != "“":
        pattern = f"[{re.escape(closers)}]"
        if prompt[start - 1 : start] != "\\":  # "I said \\"no\\" twice.": what is escaped closes nothing
            plain = re.compile(rf"(?<!\\){pattern}").search(prompt, start + 1, start + _LONGEST)
            if plain:
                return plain.end()
        match = re.compile(pattern).search(prompt, start + 1, start + _LONGEST)
        return match.end() if match else -1
    depth = 0
    for match in re.compile(f"[{re.escape(opener + closers)}]").finditer(prompt, start + 1, start + _LONGEST):
        char = match.group()
        leading = prompt[match.start() - 1].isspace() and prompt[match.end() : match.end() + 1].isalnum()
        if char == opener and (opener not in closers or leading):
            depth += 1
            if depth > 3:
                return -1
        elif depth:
            depth -= 1
        else:
            return match.end()
    # Unbalanced: the first closing mark has to do.
    plain = re.compile(f"[{re.escape(closers.replace(opener, '') or closers)}]").search(
        prompt, start + 1, start + _LONGEST
    )
    return plain.end() if plain else -1


def _missing_close(prompt: str, start: int, end: int) -> int | None:
    """ "He says "Hello. She says "Hi."": the mark that seems to close opens the next one."""
    body = prompt[start + 1 : end - 1]
    if not body[-1:].isspace() or not prompt[end : end + 1].isalnum() or not _CUE.search(body[-40:]):
        return None
    last = max(body.rfind(stop) for stop in ".!?…")
    return start + 1 + last + 1 if last > 0 else None


def _unclosed(prompt: str, start: int) -> Marked | None:
    """A quotation whose closing mark was forgotten: plainly meant as speech to the end of its line."""
    before = prompt[max(0, start - 60) : start]
    line = prompt.find("\n", start)
    end = len(prompt) if line < 0 else line
    paragraph = prompt[end : end + 3].strip(" ")[:2] == "\n\n" or end == len(prompt)
    opens = re.search(r"(?:^|[.!?。！？\n]\s*)$", before) and prompt[start + 1 : start + 2].isalpha() and paragraph
    if end - start > _LONGEST or not (_CUE.search(before) or re.search(r"[说說问問道喊]\s*$", before) or opens):
        return None
    return Marked(start, end, prompt[start + 1 : end])


def _single(prompt: str, start: int, opener: str) -> Marked | None:
    """Tells 'a quotation' from apostrophes ('tis, the dogs' bowl) by a cue before or a stop inside."""
    before = prompt[start - 1 : start]
    if (before and not before.isspace() and before not in ':,;([—–-：，「“"') or prompt[
        start + 1 : start + 2
    ].isspace():
        return None
    line = prompt.find("\n", start)
    limit = min(len(prompt) if line < 0 else line, start + _LONGEST)
    marks = re.compile(rf"(?<=\S)[{_SINGLE_CLOSERS[opener]}](?!\w)")
    ends = [match.end() for match, _ in zip(marks.finditer(prompt, start + 2, limit), range(40), strict=False)]
    if not ends:
        return None
    other = re.compile(r"\s['‘](?=\w)").search(prompt, start + 1, limit)
    own = [end for end in ends if other is None or end <= other.start() + 1]
    if not own:
        return None
    # "the dogs' bowl", "goin' home": neither ends a quotation while another mark may.
    ending = [end for end in own if prompt[end - 2] != "s" and not re.search(r"\win['’]$", prompt[start:end])]
    end = (ending or own)[0]
    stopped = prompt[end - 2] in ".!?…,—–-。！？"
    if _ELISION.match(prompt, start + 1) and not stopped:
        return None
    cue = _CUE.search(prompt[max(0, start - 40) : start])
    follows = re.match(rf"\s+(?:\w+\s+){{0,2}}{_SPEECH_WORD}\b", prompt[end:][:60], re.IGNORECASE)
    if not (cue or stopped or opener in "‘‚" or follows):
        return None
    return Marked(start, end, prompt[start + 1 : end - 1])
