"""Dialogue behind dashes, as Spanish, French, German, Italian and Russian write it.

—¿Quién eres? —pregunta Ana.     — Qui est là ? dit-elle.     – Wer da?     — Кто там? — спросила Анна.
"""

from __future__ import annotations

import re

from mavin.facts.languages.numbers import language_of
from mavin.facts.quotes.marks import Marked

__all__ = ["dash_quotations"]

_VERB = (
    r"(?:dic[eo]n?|dij[oe]|pregunt[aóo]|respond[eió]+|contest[aó]|susurr[aòó]|grit[aó]|exclam[aó]|murmur[aóe]|añad[eió]+|"
    r"sagt|sagte|fragt|fragte|antwortet\w?|flüstert\w?|ruft|rief|schreit|schrie|murmelt\w?|erwidert\w?|meint|"
    r"dit|demand[ea]|répond|répondit|chuchot[ea]|murmur[ea]|cri[ea]|s['’]écri[ea]|s['’]exclam[ea]|ajout[ea]|déclare|souffle|fait|"
    r"disse|chied[eo]|chiese|rispond[eo]|rispose|sussurr[aò]|grid[aò]|esclam[aò]|mormor[aò]|diz|pergunta|perguntou?|responde[u]?|"
    r"acrescent(?:a|ou)|aggiung[ei]|aggiunse|replica|réplique|urla|explica|explique|spiega|"
    r"sa(?:ys|id)|asks?|asked|repl(?:ies|ied)|whispers?|whispered|shouts?|shouted|"
    r"говорит|сказал[аи]?|спросил[аи]?|спрашивает|ответил[аи]?|отвечает|шепчет|крикнул[аи]?|прошептал[аи]?)"
)
_LINE = re.compile(r"^[ \t]*(?P<dash>[—–―])(?P<space>[ \t]*)(?P<text>\S[^\n]*)$", re.MULTILINE)
_INSIDE = re.compile(r"(?<=[.!?:…»])[ \t]+(?P<dash>[—―])(?=[^\s—–-])(?P<text>[^\n]*)$", re.MULTILINE)
_INCISE = re.compile(
    rf"\s*,?\s*[—–―]\s*(?={_VERB}\b)|(?<=[,?!…])\s+(?={_VERB}(?:-t)?(?:\b|-))|,\s*(?={_VERB}\b)", re.IGNORECASE
)
_RESUMED = re.compile(r"[—–―]\s*[.,:;]?\s*(?=\S)")
_INSIDE_SPACED = re.compile(
    r"(?<=[.!?:…»])[ \t]+(?P<dash>[—–―])[ \t]+(?=[A-ZÀ-Þ¿¡])(?P<text>[^\n\"“”«»„]*)$", re.MULTILINE
)
"""The French way in the middle of a line: "Une cuisine. — Tu as faim ? demande la mère."; a verb of speech must follow."""
_STAGED = re.compile(r"^(?:shot|scene|plano|toma|einstellung|szene|plan|scène|cut|\d)", re.IGNORECASE)


def dash_quotations(prompt: str) -> list[Marked]:
    """Speech behind a dash at the beginning of a line, or behind a sentence's end in the Spanish way.

    Bullet lists begin with dashes too: a block of lines counts as dialogue only if one of them asks, exclaims
    or has its verb of speech; in English the dash must touch its first word as well.
    """
    if not re.search("[—–―]", prompt):
        return []
    english = language_of(prompt) == "en"
    lines = [match for match in _LINE.finditer(prompt) if not _STAGED.match(match["text"])]
    lines = [match for match in lines if not (english and (match["space"] or match["dash"] == "–"))]
    found: list[Marked] = []
    block: list[re.Match[str]] = []
    for match in [*lines, None]:
        if match is not None and block and not prompt[block[-1].end() : match.start()].strip():
            block.append(match)
            continue
        if any(_speaks(item["text"]) for item in block) or (block and _introduced(prompt, block[0].start())):
            for item in block:
                found += _pieces(prompt, item.start("text"), item.end(), item.start("dash"))
        block = [match] if match is not None else []
    taken = [(item.start, item.end) for item in found]
    for match in (*_INSIDE.finditer(prompt), *_INSIDE_SPACED.finditer(prompt)):
        if match["text"] and match.re is _INSIDE_SPACED and not _INCISE.search(match["text"]):
            continue
        inside = any(start <= match.start("dash") < end for start, end in taken)
        line = prompt.rfind("\n", 0, match.start()) + 1
        # "—Soy yo —responde Luis": the first dash of a line opens, what follows is read from there.
        aside = re.match(rf"\s*{_VERB}\b", match["text"], re.IGNORECASE)  # "«…» —grita Nadia" says who speaks
        if not inside and not english and not aside and not re.search("[—―]", prompt[line : match.start("dash")]):
            found += _pieces(prompt, match.start("text"), match.end(), match.start("dash"))
    return sorted(found, key=lambda item: item.start)


def _speaks(text: str) -> bool:
    return bool(re.search(r"[?!…¿¡]", text) or _INCISE.search(text))


def _introduced(prompt: str, start: int) -> bool:
    return bool(re.search(rf"(?:{_VERB})\s*[:：]\s*$", prompt[max(0, start - 60) : start], re.IGNORECASE))


_NARRATED = re.compile(
    r"(?<=[.!?…])\s+(?=(?:(?:El|La|Los|Las|Un|Una|Le|Les|Une|Il|Lo|Gli|I|O|Os|As|Um|Uma|Der|Die|Das|Ein|Eine)\s+|L['’])(?P<noun>[^\W\d_]+)"
    r"\s[^?!¿¡]*\.?\s*$)"
)


_NEXT_LED = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ])[^—―\n.!?]{3,120}:\s*[—―](?=[^\s—–-])")
"""Behind a line the narrator's own sentence, which leads to the next one: "El otro contesta: —Yo sí."."""


def _without_narration(line: Marked) -> list[Marked]:
    """A line that goes on behind the narrator's words, up to what he tells next: "¿Hay carta? El cartero niega …"."""
    from mavin.facts.languages.european.people import kind_of

    told = _NARRATED.search(line.body)
    if told is None or not any(
        kind_of(told["noun"].casefold(), tongue)[0] for tongue in ("es", "fr", "it", "pt", "de")
    ):
        return [line]
    return [Marked(line.start, line.end - len(line.body) + told.start(), line.body[: told.start()], True)]


_OTHER_LINE = re.compile(r"(?<=[.!?…])\s+[—―](?=[^\s—–-])|(?<=[.!?…])\s+[—–―]\s+(?=[A-ZÀ-Þ¿¡])")
_TURN = re.compile(r"(?<=[.!?…])\s+[—―](?=\S)")
_SPACED_TURN = re.compile(r"(?<=[.!?…])\s+[—–―]\s+(?=[A-ZÀ-Þ¿¡])")


def _dash_before(prompt: str, end: int) -> int:
    return max(prompt.rfind(dash, 0, end) for dash in "—–―")


def _next_turn(prompt: str, incise: re.Match[str], end: int) -> re.Match[str] | None:
    """The dash behind the narrator's words with which somebody else speaks: "… — diz a mãe. — Vim — diz o filho".

    With a space behind it, it may as well take the speech up again ("— Sim — diz a mãe. — Não volte."), unless
    the narrator needs no dash of his own ("…, dit la mère. — Je sais") or names the next speaker.
    """
    touching = _TURN.search(prompt, incise.end(), end)
    spaced = _SPACED_TURN.search(prompt, incise.end(), end)
    if spaced is None or (touching is not None and touching.start() < spaced.start()):
        return touching
    following = _INCISE.search(prompt, spaced.end(), end)
    names = following and re.match(r"[^\W\d_]+(?:-t)?[\s-]+[^\W\d_]", prompt[following.end() : end])
    return spaced if names or not re.search("[—–―]", incise.group()) else touching


_SAID_TO = re.compile(
    r"[?!]|\b(?:je|j['’]\w+|tu|t['’]\w+|toi|moi|vous|nous|mon|ma|mes|ton|ta|tes|votre|vos|notre|nos|c['’]est|ça|"
    r"ich|du|dir|dich|mir|mich|wir|io|mio|mia|tuo|tua|noi|voi|eu|meu|minha|você)\b",
    re.IGNORECASE,
)
"""What people say to each other and no narrator does."""


def _goes_on(prompt: str, incise: re.Match[str], end: int) -> int | None:
    """Where a line goes on without another dash, as in French: "— Très mal, répond Sofia. Tu es où ?"."""
    if re.search("[—–―]", incise.group()):
        return None
    stop = re.compile(r"[.,]\s+(?=[^\s—–―])").search(prompt, incise.end(), end)
    if stop is None or re.search(r"[!?:;—–―]", prompt[incise.end() : stop.start()]):
        return None
    rest = re.match(r"[^.!?…—–―\n]*[.!?…]*", prompt[stop.end() : end])
    return stop.end() if rest is not None and _SAID_TO.search(rest.group()) else None


def _pieces(prompt: str, start: int, end: int, dash: int) -> list[Marked]:
    """The speech of one line without what the narrator says between ("—Soy yo —responde Luis—. Entra.")."""
    found: list[Marked] = []
    continues = False
    while start < end and len(found) < 20:
        incise = _INCISE.search(prompt, start, end)
        another = _OTHER_LINE.search(prompt, start, incise.start() if incise else end)
        narrated = _NEXT_LED.search(prompt, start, incise.start() if incise else end)
        if narrated and (another is None or narrated.start() < another.start()):
            another = narrated
        stop = another.start() if another else incise.start() if incise else end
        body = prompt[start:stop].rstrip()
        if body.strip(" —–―.,"):
            # The narrator's dash belongs to the marks, so that his words stand right behind the quotation.
            marks = incise is not None and another is None and re.search("[—–―]", incise.group())
            behind = incise.end() if incise is not None and marks else start + len(body)
            found.append(Marked(dash, behind, body.rstrip(","), continues))
        if another:
            start, dash = another.end(), _dash_before(prompt, another.end())
            continues = False
            continue
        if incise is None:
            if continues:
                found[-1:] = _without_narration(found[-1])
            break
        turn = _next_turn(prompt, incise, end)
        resumed = _RESUMED.search(prompt, incise.end(), end)
        further = _goes_on(prompt, incise, end)
        if further is not None and all(item is None or further <= item.start() for item in (turn, resumed)):
            start, dash, continues = further, further, True
        elif turn and (resumed is None or turn.start() <= resumed.start()):
            start, dash, continues = turn.end(), _dash_before(prompt, turn.end()), False
        elif resumed:
            start, dash, continues = resumed.end(), resumed.start(), True
        else:
            break
    return found
