"""Who says a quotation: labels, names above lines, and what English words before and behind it tell."""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.film import TURNS_TO
from mavin.facts.languages.english.grammar import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PARTICLES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    find_verb,
    is_adverb,
    tokens_of,
    verb_forms,
)
from mavin.facts.languages.english.people import is_animal, is_person
from mavin.facts.languages.english.phrases import TITLES, lead_end, noun_phrases_in
from mavin.facts.languages.speech_verbs import (
    FOREIGN_VERBS,
    SAID_BY_BEHIND,
    SpeechCue,
    is_speech_verb,
    is_voiced_verb,
    manner_of,
)
from mavin.facts.voices.addressees import english_addressee
from mavin.facts.voices.asian_speakers import acting_before, asian_before, asian_behind, tells_speech, voice_before
from mavin.facts.voices.european_speakers import european_before, european_behind
from mavin.facts.voices.unseen import VOICE_OF

__all__ = ["THE_LINE", "cue_before", "cue_behind", "name_above"]

_LABEL = re.compile(
    rf"(?:^|[\n.;!?。；]\s*|[,:]\s*|[-–—*•]\s+)(?:(?i:{TURNS_TO}))?"
    r"(?P<name>[A-Z][\w.'’-]*(?:\s+[A-Z0-9][\w.'’-]*){0,2}|C\d|"
    r"[\u4e00-\u9fff\u3040-\u30ff]{1,6})"
    r"\s*(?:\((?P<manner>[^()\n]{1,40})\)|\[(?P<manner2>[^\[\]\n]{1,40})\])?\s*[:：]\s*$"
)


_NAME_ABOVE = re.compile(
    r"(?:^|\n)[ \t]*(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,24}?)[ \t]*(?:\((?P<manner>[^()\n]{1,30})\))?[ \t]*\n"
    r"(?:[ \t]*\((?P<manner2>[^()\n]{1,40})\)[ \t]*\n)?[ \t]*$"
)


def name_above(text: str) -> SpeechCue | None:
    """A screenplay's name in capitals on the line above the speech, with its parenthesis as delivery."""
    found = _NAME_ABOVE.search(text)
    if found is None:
        return None
    manner = (found["manner2"] or found["manner"] or "").strip()
    delivery = "" if re.search(r"\d|off|o\.s|v\.o|cont", manner, re.IGNORECASE) else manner
    return SpeechCue(found["name"].strip(), found.start("name"), True, delivery, True)


def cue_before(text: str, language: str) -> SpeechCue | None:
    """Reads the words of a clause up to a quotation; times must have been blanked out.

    Returns ``None`` if nothing there says that somebody speaks.
    """
    label = _LABEL.search(text)
    if language in {"zh", "ja"} and (unseen := voice_before(text)) is not None:
        return unseen
    if language == "zh" and (acting := acting_before(text)) is not None:
        return acting
    told = label is not None and language in {"zh", "ja"} and tells_speech(label["name"])
    if label and not told:
        name, at = label["name"], label.start("name")
        words = tokens_of(name)
        if len(words) > 1 and words[0].lower != words[0].text and _says(words[0], language):
            name, at = name[words[1].start :], at + words[1].start  # "Says Ana: …"
            words = words[1:]
        if not _says(words[-1], language) and words[0].lower not in PRONOUNS | CONJUNCTIONS:
            manner = label["manner"] or label["manner2"] or ""
            only = not text[: label.start()].strip(" .,;:-–—\n")
            delivery = "" if re.search(r"\d|off|o\.s|v\.o", manner, re.I) else manner.strip()
            return SpeechCue(name, at, True, delivery, only)
    if language == "en" and (plain := _plain_label(text)) is not None:
        return plain
    if language in {"zh", "ja"}:
        return asian_before(text)
    if language in FOREIGN_VERBS:
        found = european_before(text, language)
        if found is not None:
            return found
    return _of_owner(_english_before(text))


def _of_owner(cue: SpeechCue | None) -> SpeechCue | None:
    """A voice is its owner's: "Tom's voice says" is said by Tom."""
    owned = cue and VOICE_OF.fullmatch(cue.speaker)
    return replace(cue, speaker=owned["who"]) if cue and owned else cue


_PLAIN_LABEL = re.compile(
    rf"(?:^\s*|[\n.;!?\ue000]\s*|,\s*)(?i:{TURNS_TO})?"
    r"(?P<name>(?:(?:the|his|her|my|our)\s+)?(?:[a-z][\w'’-]*\s+)?(?P<noun>[a-z][\w'’-]*))\s*:\s*$"
)


def _plain_label(text: str) -> SpeechCue | None:
    """A speaker's label that is typed small: 'dad: "nope"'."""
    found = _PLAIN_LABEL.search(text)
    if found is None or not (is_person(found["noun"]) or is_animal(found["noun"])):
        return None
    return SpeechCue(found["name"], found.start("name"), only=not text[: found.start("name")].strip(" .,;:-–—\n"))


def _says(word: Token, language: str) -> bool:
    """Whether a word before a colon is a verb of speech and no name: "Dice: …", "Says Ana: …"."""
    foreign = re.fullmatch(FOREIGN_VERBS.get(language, "(?!)"), word.text, re.IGNORECASE)
    return is_speech_verb(word.lower) or foreign is not None


_ORDINALS = frozenset("first second third last".split())
_HOW_OFTEN = frozenset("every each all twice once again".split())


THE_LINE = re.compile(
    r"^\W*(?:the|a|an|his|her|their|this|that)\s+(?:(?:very|last|first|final|only|opening|closing|single|one|famous)\s+){0,2}"
    r"(?:lines?|words?|sentence|phrase|tagline|slogan|question|answer|quote)\W*$",
    re.IGNORECASE,
)
"""What a line is called before it: "*The line* "…" must be spoken by Ada"."""
_SAID_BY = re.compile(
    r"(?:^|[.;!?\n]\s*)[^.;!?\n]{0,40}?\b(?:spoken|said|read|delivered|sung|voiced|whispered|shouted)\s+by\s+(?P<who>(?:an?|the|his|her|their)\s+[\w' -]{2,40}|[A-Z][\w' -]{1,30}?)\s*[:,]?\s*$"
)


def _english_before(text: str) -> SpeechCue | None:
    said = _SAID_BY.search(text)
    if said is not None:
        return SpeechCue(said["who"], said.start("who"), only=True)  # "Tagline spoken by a narrator:"
    tokens = tokens_of(text)
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if not is_speech_verb(token.lower):
            continue
        leads = {"a", "an", "the", "no", *POSSESSIVES}
        if index and tokens[index - 1].lower in leads and (index > 1 or not token.lower.endswith("s")):
            continue  # "tells a joke", "in a whisper"
        behind = tokens[index + 1 :]
        gap = text[token.end :]
        if len(behind) > 7 or re.search(r"[.;!?]\s", gap):
            return None
        start = _phrase_start(text, tokens, index)
        floor = tokens[start].start + lead_end(text[tokens[start].start :])
        while start < index and tokens[start].start < floor:
            start += 1  # "At 1:05 PM Tom says"
        named = [item for item in tokens[start:index] if not is_adverb(item.lower) or item.lower in _ORDINALS]
        helper = next((at for at, item in enumerate(named) if at and item.lower in AUXILIARIES), len(named))
        last = named[helper - 1] if named[:helper] else None
        named = named[:helper]  # "Ana can only say"
        delivery = manner_of(token, tokens[max(0, index - 1) : index] + behind[:2])
        to, at = english_addressee(text, token, behind)
        if (bearer := _described(text, tokens, start, named)) is not None:
            return SpeechCue(text[bearer[0] : bearer[1]], bearer[0], False, delivery, addressee=to, addressee_start=at)
        aside = not named or named[0].lower in PREPOSITIONS
        told = _behind_asides(text, tokens, start, index) if aside and not token.lower.endswith("ing") else None
        if told is not None:
            return SpeechCue(text[told[0] : told[1]], told[0], False, delivery, addressee=to, addressee_start=at)
        if not named and not index and behind and behind[0].text[0].isupper() and not token.lower.endswith("ing"):
            stop = next((at for at, item in enumerate(behind) if not item.text[0].isupper()), len(behind))
            speaker = text[behind[0].start : behind[stop - 1].end]  # "Asks Ben, …"
            return SpeechCue(speaker, behind[0].start, False, delivery, True)
        if token.lower.endswith("ing") or not named:
            only = start == 0 and not named
            return SpeechCue("", token.start, False, delivery, only, addressee=to, addressee_start=at)
        speaker = text[named[0].start : last.end if last is not None else tokens[index - 1].end]
        return SpeechCue(speaker, named[0].start, False, delivery, start == 0, addressee=to, addressee_start=at)
    return None


def _described(text: str, tokens: list[Token], start: int, named: list[Token]) -> tuple[int, int] | None:
    """Whom a relative clause before the verb of speech is about: "*the woman* who lost her son says"."""
    if start < 2 or tokens[start - 1].lower not in {"who", "that", "which", "whose", "whom"}:
        return None
    if not named:
        near = noun_phrases_in(text[: tokens[start - 1].start])  # "meets *a man* who says"
        ends = near and not text[near[-1].end : tokens[start - 1].start].strip(" ,")
        return (near[-1].start, near[-1].end) if ends else None
    first = _phrase_start(text, tokens, start - 1)
    piece = tokens[first : start - 1]
    while piece and (is_adverb(piece[0].lower) or piece[0].lower in CONJUNCTIONS):
        piece = piece[1:]
    opens = piece and (piece[0].lower in DETERMINERS | POSSESSIVES or piece[0].text[0].isupper())
    return (piece[0].start, piece[-1].end) if opens and find_verb(piece) is None else None


_INVERTED = frozenset({"do", "does", "did"})


def _phrase_start(text: str, tokens: list[Token], index: int) -> int:
    """Index of the first token of the words that lead to a verb of speech without a comma or a conjunction."""
    start = index
    while start > 0:
        before = tokens[start - 1].lower
        gap = text[tokens[start - 1].end : tokens[start].start].strip()
        clock = gap == ":" and before.isdigit()
        if gap and not (gap == "." and before in TITLES) and not clock:
            break
        if before in CONJUNCTIONS | _INVERTED or (is_speech_verb(before) and start - 1 != index - 1):
            break
        start -= 1
    return start


def _behind_asides(text: str, tokens: list[Token], start: int, index: int) -> tuple[int, int] | None:
    """Where the speaker stands before asides: "its owner, *Tess*, says", "Mara, *in red, with a low voice* says".

    Returns:
        Offsets of the noun phrase that leads the asides; ``None`` if what stands there is no noun phrase alone.
    """
    end = start
    for _ in range(4):
        if end == 0 or text[tokens[end - 1].end : tokens[min(end, index)].start].strip() != ",":
            return None
        first = _phrase_start(text, tokens, end - 1)
        piece = tokens[first:end]
        opens = first == 0 or tokens[first - 1].lower in CONJUNCTIONS
        if opens and piece[0].lower not in PREPOSITIONS and first < end:
            while piece and is_adverb(piece[0].lower):
                piece = piece[1:]
            words = text[piece[0].start : piece[-1].end] if piece else ""
            known = piece and (piece[0].lower in DETERMINERS | POSSESSIVES or piece[0].text[0].isupper())
            if not known or len(piece) > 5 or (len(piece) == 1 and piece[0].lower in PRONOUNS | DETERMINERS):
                return None
            bare = not any(token.lower in PREPOSITIONS or token.lower in PRONOUNS for token in piece)
            return (piece[0].start, piece[0].start + len(words)) if bare and find_verb(piece) is None else None
        end = first
    return None


def cue_behind(text: str, language: str, *, ended: bool = False, goes_on: bool = False) -> SpeechCue | None:
    """Reads the words that follow a quotation: ", she whispers", ", dice Ana", "と少女が言う"."""
    head = re.match(r"\s*[,，–—-]?\s*", text)
    offset = head.end() if head else 0
    titled = re.sub(rf"\b({'|'.join(TITLES)})\.(?=\s[A-Z])", r"\1 ", text[offset : offset + 400], flags=re.IGNORECASE)
    clause = re.split(r"[.;:!?。！？；\n\ue000]", titled, maxsplit=1)[0]
    clause = text[offset : offset + len(clause)]
    if not clause.strip():
        return None
    if language in {"zh", "ja"}:
        return asian_behind(clause, offset)
    if language in FOREIGN_VERBS and (found := european_behind(clause, offset, language)) is not None:
        return found
    return _of_owner(_english_behind(clause, offset, ended=ended, goes_on=goes_on or "," in text[:offset]))


def _english_behind(clause: str, offset: int, *, ended: bool, goes_on: bool) -> SpeechCue | None:
    tokens = tokens_of(clause)
    if ended and tokens and tokens[0].text[0].isupper() and len(tokens) > 4:
        return None  # "My leg is stuck." Max sighs and lifts her.
    if tokens and tokens[0].lower in {"no", "nothing", "none"}:
        return None  # "Hello?" No answer.
    passive = SAID_BY_BEHIND.match(clause)
    if passive is not None:
        who = "who" if passive["who"] else "owner"
        verb = [token for token in tokens if is_speech_verb(token.lower)][:1]
        delivery = manner_of(verb[0], []) if verb else ""
        return SpeechCue(passive[who], offset + passive.start(who), False, delivery, True)
    inverted = (
        len(tokens) > 1
        and (
            is_voiced_verb(tokens[0].lower)
            or (goes_on and "VBZ" in verb_forms(tokens[0].lower) and tokens[0].text.islower())
        )
        and (tokens[1].lower in DETERMINERS | POSSESSIVES or tokens[1].text[0].isupper())
    )
    for index, token in enumerate(tokens[:6]):
        if clause[: token.start].count(","):
            return None
        if not is_speech_verb(token.lower) and not (inverted and not index):
            if token.lower in CONJUNCTIONS | PREPOSITIONS:
                return None
            continue
        rest = tokens[index + 1 :]
        delivery = manner_of(token, rest[:2])
        if index:
            speaker = clause[tokens[0].start : tokens[index - 1].end]
            to, at = english_addressee(clause, token, rest)
            place = offset + tokens[0].start
            return SpeechCue(
                speaker, place, False, delivery, True, addressee=to, addressee_start=offset + at if to else 0
            )
        while rest and rest[0].lower in PARTICLES and len(rest) > 1:
            rest = rest[1:]  # "calls out Dr. Voss"
        named: list[Token] = []
        for item in rest[:5]:
            stops = item.lower in PREPOSITIONS | CONJUNCTIONS or is_adverb(item.lower) or item.lower.endswith("ing")
            stops = stops or (bool(named) and item.lower in _HOW_OFTEN)
            if stops or (named and "," in clause[named[-1].end : item.start]):
                break
            named.append(item)
        if named:
            to, at = english_addressee(clause, named[-1], rest[len(named) :])
            speaker, place = clause[named[0].start : named[-1].end], offset + named[0].start
            return SpeechCue(
                speaker, place, False, delivery, True, addressee=to, addressee_start=offset + at if to else 0
            )
        return SpeechCue("", offset, delivery=delivery, only=True)
    return None
