"""Japanese clauses, subjects and speakers, from the morphemes of Janome.

灯台守 が 階段 を 上り 、 灯り を ともし …      は and が mark who, a verb before 、 ends the event
美咲 は 「…」 と 答える                       a left-out subject is whoever the last clause was about
"""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.languages.japanese.phrases import joined, listed_before, phrase_before
from mavin.facts.languages.japanese.words import MANNER, NOBODY, Tok, tokens_of_japanese
from mavin.facts.languages.reading import Mention, Piece, Reading
from mavin.facts.text import MASK

__all__ = ["pieces", "read"]


_LEADS = re.compile(r"[\s、，]*(?:(?:そして|それから|次に|最後に|やがて|すると|その後)[、，]?)*")


def read(text: str) -> Reading:
    """Reads one clause; offsets of the result are offsets into the text."""
    tokens = tokens_of_japanese(text)
    verb = _last_verb(tokens)
    subjects: list[Mention] = []
    objects: list[Mention] = []
    nobody = False
    marked: list[tuple[Mention, str, int]] = []
    for index, token in enumerate(tokens):
        if not token.has("助詞"):
            continue
        if token.word in {"は", "が", "も"} and not _embedded(tokens, index):
            who = phrase_before(text, tokens, index)
            if who is None:
                nobody = nobody or (
                    index > 0
                    and tokens[index - 1].word in NOBODY
                    and tokens[index - 1].word in {"誰", "だれ", "誰一人"}
                )
            else:
                marked.append((who, token.word, index))
        elif token.word == "が":
            who = phrase_before(text, tokens, index)
            if who is not None and who.named:
                objects.append(_slotted(who, "object"))  # "太郎が料理している間、花子が歌う": he is there, too
        elif token.word in {"に", "へ", "と", "を", "から"}:
            who = phrase_before(text, tokens, index)
            if who is not None and (who.person or who.named or (who.pronoun and who.pronoun != "it")):
                slot = {"に": "to", "へ": "to", "と": "with"}.get(token.word, "object")
                objects.append(_slotted(who, slot))
    alive = [item for item in marked if item[0].person or item[0].animal or item[0].named or item[0].pronoun]
    chosen = (alive or marked)[:1]
    if chosen and chosen[0][1] == "も" and not alive:
        chosen = []
    for who, _, _ in chosen:
        listed = listed_before(text, tokens, who)
        subjects = listed or [*joined(text, tokens, who), who]
    started = {item.start for item in subjects}
    objects = [
        item
        for item in objects
        if item.start not in started and all(item.end <= s.start or item.start >= s.end for s in subjects)
    ]
    objects += [_slotted(item[0], "object") for item in alive[1:] if item[0].start not in started]
    if not chosen and verb is None:
        lone = phrase_before(text, tokens, len(tokens) - 1 if tokens and tokens[-1].has("記号") else len(tokens))
        subjects = [lone] if lone is not None else []
    nobody = nobody or (not chosen and _SHOWN.search(text) is not None)
    place = (tokens[verb].start, tokens[verb].end) if verb is not None else None
    return Reading(tuple(subjects), place, tuple(objects), nobody and not subjects)


_SHOWN = re.compile(
    r"(?:表示さ|映し出さ|書か|描か|記さ|流さ)れ(?:る|た|て|ます|ている)|(?:映る|映った|流れる|響く|浮かぶ)[。、]?\s*$|"
    r"[声音]が[^、。は]{0,4}(?:する|した|聞こえ|響|届|鳴)"
)
"""What a clause without a subject says of nobody: 画面に「…」と表示される."""


def _slotted(mention: Mention, slot: str) -> Mention:
    return replace(mention, slot=slot)


def _last_verb(tokens: tuple[Tok, ...]) -> int | None:
    found = [
        index
        for index, token in enumerate(tokens)
        if token.has("動詞", "自立") or (token.has("名詞", "サ変接続") and index + 1 == len(tokens))
    ]
    found = found or [
        index for index, token in enumerate(tokens) if token.has("形容詞", "自立") or token.word in {"だ", "です"}
    ]
    return found[-1] if found else None


def _embedded(tokens: tuple[Tok, ...], index: int) -> bool:
    """Whether a が belongs to a clause inside another: 霧が晴れる|のを見つめる, 母が作った|弁当."""
    if tokens[index].word != "が":
        return False
    for at in range(index + 1, len(tokens)):
        if tokens[at].has("記号"):
            return False
        if tokens[at].has("動詞", "自立") or tokens[at].has("形容詞", "自立"):
            after = at + 1
            while after < len(tokens) and (
                tokens[after].has("助動詞")
                or tokens[after].has("動詞", "非自立")
                or tokens[after].has("動詞", "接尾")
                or tokens[after].word in {"て", "で"}
            ):
                after += 1
            if after >= len(tokens):
                return False
            finite = tokens[after - 1].form.startswith("基本形") or tokens[after - 1].word in {"た", "だ", "ない"}
            how = {
                "声",
                "調子",
                "口調",
                "顔",
                "笑顔",
                "表情",
            }  # 花子が低い声で言う: how she speaks, and no clause of the voice
            noun = tokens[after].has("名詞") and not tokens[after].has("名詞", "接尾")
            return finite and noun and tokens[after].word not in how
    return False


def pieces(masked: str) -> list[Piece]:
    """The clauses of one sentence: a verb before 、 or a て that another verb follows ends one."""
    found: list[Piece] = []
    pending: int | None = None
    spans = [span for left, right in _segments(masked) for span in _at_te(masked, left, right)]
    for left, right in spans:
        lead = _LEADS.match(masked[left:right])
        body = left + (lead.end() if lead and left + lead.end() < right else 0)
        plain = masked[body:right].replace(MASK, " ").strip(" 、。")
        reading = read(masked[body:right]) if plain else Reading()
        if not plain or reading.verb is None or (_adverbial(plain) and right < len(masked) - 1):
            if not plain and found and pending is None:
                last = found[-1]
                found[-1] = Piece(last.start, right, last.kind, last.verb, last.verb_end)
            elif pending is None:
                pending = body
            continue
        start = body if pending is None else pending
        if pending is not None and not reading.subjects:
            reading = read(masked[start:right])
            body = start
        pending = None
        verb = reading.verb or (0, 0)
        kind = "clause" if reading.subjects or reading.nobody or not found else "verb"
        found.append(Piece(start, right, kind, body + verb[0], body + verb[1]))
    if pending is not None:
        if found:
            last = found[-1]
            found[-1] = Piece(last.start, len(masked), last.kind, last.verb, last.verb_end)
        else:
            found.append(Piece(pending, len(masked), "fragment", pending, pending))
    return found


def _adverbial(plain: str) -> bool:
    """Whether a segment is a dependent clause: 目を覚ますと, 終わると, 歩きながら, 開けたら."""
    endings = r"(?:ると|くと|すと|うと|ぬと|むと|つと|ぐと|いと|ながら|たら|れば|けば|せば|ので|から|けれど|のに|が|とき|時|後|前に|まま)$"
    return bool(re.search(endings, plain))


def _segments(masked: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in re.finditer(
        rf"[、，；;,]\s*|(?=そして|それから)|(?<={MASK})(?=[^{MASK}と]*(?:は|が)[^{MASK}]*{MASK})", masked
    ):
        if (
            match.group()
            and masked[match.end() : match.end() + 1] == MASK
            and not masked[begin : match.start()].strip()
        ) or match.start() <= begin:
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, len(masked)))
    return [(left, right) for left, right in spans if masked[left:right].strip()]


def _at_te(masked: str, left: int, right: int) -> list[tuple[int, int]]:
    """A segment cut behind て where another verb with its own object follows."""
    tokens = tokens_of_japanese(masked[left:right])
    for index, token in enumerate(tokens):
        if not (token.word in {"て", "で"} and token.has("助詞", "接続助詞")) or index == 0:
            continue
        verb = next((item for item in reversed(tokens[:index]) if item.has("動詞")), None)
        rest = tokens[index + 1 :]
        own = any(item.has("助詞") and item.word in {"を", "に", "へ", "が", "から"} for item in rest)
        if (
            verb is None
            or verb.base in MANNER
            or not own
            or not any(item.has("動詞", "自立") for item in rest)
            or rest[0].has("動詞", "非自立")
        ):
            continue
        if not any(item.has("助詞") for item in tokens[: index - 1]):
            continue
        cut = left + token.end
        return [(left, cut), *_at_te(masked, cut, right)]
    return [(left, right)]
