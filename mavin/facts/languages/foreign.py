"""Other languages than English: clauses, subjects and people.

Spanish, Portuguese, Italian, French and German are read by :mod:`mavin.facts.languages.european.order`, Chinese and
Japanese by modules of their own.  Every other language is read without any grammar: a piece behind a
comma tells an event, and a word with a capital at the head of a sentence shows its subject.
"""

from __future__ import annotations

import re

from mavin.facts.languages.reading import Mention, Piece, Reading
from mavin.facts.model import Gender
from mavin.facts.text import MASK

__all__ = ["foreign_pieces", "gender_of_noun_in", "read_foreign", "speech_reading"]

_EUROPEAN = frozenset({"es", "pt", "it", "fr", "de"})


def foreign_pieces(masked: str, language: str) -> list[Piece]:
    """The clauses of one sentence of a masked text; offsets into it.

    Args:
        masked: the sentence with its quotations masked.
        language: its language tag, not ``en``.
    """
    if language in _EUROPEAN:
        from mavin.facts.languages.european.clauses import pieces

        return pieces(_halted(masked, language), language)
    if language == "zh":
        from mavin.facts.languages.chinese import clauses as chinese

        return chinese.pieces(masked)
    if language == "ja":
        from mavin.facts.languages.japanese import clauses as japanese

        return japanese.pieces(masked)
    return _plain_pieces(masked)


def gender_of_noun_in(language: str, noun: str) -> Gender | None:
    """What a noun for a person tells of its gender; ``None`` if nothing."""
    told = Gender.UNKNOWN
    if language in _EUROPEAN:
        from mavin.facts.languages.european.people import kind_of

        told = kind_of(noun, language)[2]
    elif language in {"zh", "ja"}:
        from mavin.facts.languages.chinese import words as chinese
        from mavin.facts.languages.japanese import words as japanese

        told = (chinese if language == "zh" else japanese).gender_of_noun(noun)
    return None if told is Gender.UNKNOWN else told


def read_foreign(text: str, language: str, *, follows: bool = False, spoken: bool = False) -> Reading:
    """Whom a clause is about, its verb, and who else takes part.

    Args:
        text: the clause; offsets of the result are offsets into it.
        language: its language tag, not ``en``.
        follows: whether a subject was named before, so that this clause may leave it out.
        spoken: whether a quotation stands in the clause, so that who stands behind the verb may speak it.
    """
    if language in _EUROPEAN:
        from mavin.facts.languages.european.order import arrange

        return arrange(_halted(text, language), language, follows=follows, spoken=spoken)
    if language == "zh":
        from mavin.facts.languages.chinese import clauses as chinese

        return chinese.read(text)
    if language == "ja":
        from mavin.facts.languages.japanese import clauses as japanese

        return japanese.read(text)
    return _plain_reading(text)


_HALTS = re.compile(r"\bpara(?=\s+(?:e|mas|diante)\b|\s*(?:[.,;!?]|$))")


def _halted(text: str, language: str) -> str:
    """The text with the verb "para" written as it once was, "pára": "Ana para e diz", not "corre para casa"."""
    return _HALTS.sub("pára", text) if language == "pt" else text


def speech_reading(before: str, behind: str, language: str, *, follows: bool) -> tuple[Reading, bool] | None:
    """The clause that brings in a quotation, and whether it stands behind it; ``None`` if neither does.

    A verb right behind the quotation ("…", dice Ana) counts before anything else, unless a colon or a
    verb of speech leads to the quotation.
    """
    front = before.replace(MASK, " ").strip()
    led = bool(re.search(r"[:：]\s*$", front)) or (
        language in _EUROPEAN and front != "" and _speaks_last(before, language)
    )
    back = re.split(rf"[.!?。！？;；\n{MASK}]", behind.lstrip(MASK))[0] if behind else ""
    if language == "ja":
        whole = before + " " * 0
        reading = read_foreign(whole, language, follows=follows)
        if reading.subjects or reading.nobody:
            return reading, False
        if back.strip():
            after = read_foreign(back, language, follows=follows)
            if after.subjects:
                return after, True
        return (reading, False) if front or back.strip() else None
    if not led and back.strip():
        shift = len(behind) - len(behind.lstrip(MASK))
        head = re.match(r"[\s,，–—-]*", back)
        skipped = shift + (head.end() if head else 0)
        words = behind[:skipped].replace(MASK, " ")
        clause = re.split(r",", behind[skipped : shift + len(back)])[0]
        if clause.strip() and _opens_with_speech(clause, language):
            reading = read_foreign(" " * len(words) + clause, language, follows=follows, spoken=True)
            return reading, True
    if front and (led or language == "zh"):
        return _last_clause(before, language, follows), False
    return None


def _last_clause(before: str, language: str, follows: bool) -> Reading:
    """The last clause in front of a quotation, with offsets into all that stands before it."""
    plain = before.replace(MASK, " ")
    told = _relative_speaker(plain, language, follows)
    if told is not None:
        return told
    items = foreign_pieces(plain, language)
    at = items[-1].start if items else 0
    stop = len(plain.rstrip(" :：,，"))
    return read_foreign(" " * at + plain[at:stop], language, follows=follows or at > 0, spoken=True)


_RELATIVE = re.compile(r"(?<=\w)\s*,?\s+(?P<word>qui|que|quien|che|quem|der|die|das)\s+(?P<rest>[^,;.]*)$")


def _relative_speaker(plain: str, language: str, follows: bool) -> Reading | None:
    """The one before a relative clause that brings in speech: "… à Monsieur Petit, qui lui dit :"."""
    found = _RELATIVE.search(plain.rstrip(" :：,")) if language in _EUROPEAN else None
    if found is None or (language == "de") != (found["word"] in {"der", "die", "das"}):
        return None
    if not _speaks_last(found["rest"], language) or read_foreign(found["rest"], language, follows=True).subjects:
        return None
    front = plain[: found.start()]
    head = read_foreign(front, language, follows=follows)
    last = [item for item in (*head.subjects, *head.objects) if item.end >= len(front.rstrip(" ,"))]
    return Reading((last[-1],), head.verb) if last else None


def _speaks_last(before: str, language: str) -> bool:
    from mavin.facts.languages.european.clauses import ends_with_verb, speaks

    tail = re.split(r"[.;!?]", before.replace(MASK, " "))[-1]
    return speaks(tail, language) or ends_with_verb(tail, language)


def _opens_with_speech(clause: str, language: str) -> bool:
    if language == "zh":
        from mavin.facts.languages.chinese.phrases import says

        return says(clause)
    from mavin.facts.languages.european.clauses import opens_with_speech

    return language in _EUROPEAN and opens_with_speech(clause, language)


def _plain_pieces(masked: str) -> list[Piece]:
    found: list[Piece] = []
    begin = 0
    for match in [*re.finditer(rf"\s*[;,，、]\s+(?!{MASK})", masked), None]:
        end = match.start() if match else len(masked)
        if len(re.findall(r"\w+", masked[begin:end])) > 1 or not found:
            found.append(Piece(begin, end, "clause", begin, begin))
        else:
            found[-1] = Piece(found[-1].start, end, found[-1].kind, found[-1].verb, found[-1].verb_end)
        begin = match.end() if match else end
    return found


_RUSSIAN_ADJECTIVE = re.compile(r"[а-яё](?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$")


def _plain_reading(text: str) -> Reading:
    found = re.match(r"\s*(?:(?:de|het|een)\s+)?(?P<name>[^\W\d_][\w'’-]+)(?=\s+\w)", text)
    if found is None or not (found["name"][0].isupper() or found.group().lstrip() != found["name"]):
        return Reading()
    start, end = found.start() + len(found.group()) - len(found.group().lstrip()), found.end()
    name = found["name"]
    described = re.match(r"\s+(?P<noun>[а-яё]{2,})(?=\s)", text[end:]) if _RUSSIAN_ADJECTIVE.search(name) else None
    if described is not None:
        # "Чёрная кошка сидит": what opens the sentence only describes who sits.
        name, end = described["noun"], end + described.end("noun")
    named = found.group().strip() == name
    shown = name[:1].upper() + name[1:]
    mention = Mention(
        text[start:end],
        start,
        end,
        name.casefold(),
        shown,
        text[start:end],
        person=named,
        named=named,
        words=frozenset({name.casefold()}),
    )
    return Reading((mention,), (end, end))
