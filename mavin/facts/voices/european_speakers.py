"""Who says a quotation in Spanish, German, French, Italian, Portuguese or Russian."""

from __future__ import annotations

import re

from mavin.facts.languages.speech_verbs import FOREIGN_VERBS, SpeechCue
from mavin.facts.voices.addressees import TOWARDS, foreign_addressee

__all__ = ["european_before", "european_behind"]


def european_before(text: str, language: str) -> SpeechCue | None:
    """Reads the words of a clause up to a quotation: "Dann fragt Anna leise:"."""
    matches = list(re.finditer(rf"\b(?:{FOREIGN_VERBS[language]})\b", text, re.IGNORECASE))
    if not matches:
        return _foreign_colon(text)
    match = matches[-1]
    tail = text[match.end() :]
    if re.search(r"[,;.]\s*(?:und|aber|y|pero|et|mais|e|ma|mas)\s", tail):
        return _foreign_colon(text)
    if len(tail.split()) > 7:
        return None
    head = re.split(r"[,;:.]\s*|\b(?:y|e|und|et|ed|и)\s+", text[: match.start()])[-1]
    start = match.start() - len(head)
    bare = re.sub(rf"(?:^|\s+)(?:{_CLITICS[language]})\s*$", "", head.rstrip(), flags=re.IGNORECASE).strip()
    to, at = foreign_addressee(tail, language, plain=bool(bare) and not re.fullmatch(_OPENING, bare, re.IGNORECASE))
    only = not text[:start].strip()
    speaker, place = bare, start + len(head) - len(head.lstrip())
    own = re.match(rf"\s+(?P<name>{_NAMED})", tail) if not to else None
    if own and (not bare or re.fullmatch(_OPENING, bare, re.IGNORECASE)):
        speaker, place = own["name"], match.end() + own.start("name")  # "Dann fragt Anna:"
    return SpeechCue(speaker, place, False, "", only, addressee=to, addressee_start=match.end() + at if to else 0)


def _foreign_colon(text: str) -> SpeechCue | None:
    """ "…, und seine Schwester übersetzt:": before a colon any verb may bring in speech, if somebody stands before it."""
    found = re.search(
        rf"(?:^|[,;.!?]\s*|\b(?:y|e|und|et|ed|и)\s+)(?P<name>{_SOMEBODY})\s+(?:[^\W\d_A-Z]\w*\s*){{1,3}}[:：]\s*$", text
    )
    if found is None:
        return None
    return SpeechCue(found["name"], found.start("name"), only=not text[: found.start("name")].strip())


_SOMEBODY = (
    r"(?:(?:der|die|das|el|la|le|il|lo|ein|eine|un|una|une|su|seine?|ihre?|son|sa|suo|sua|seu)"
    r"\s+(?:[a-zà-ÿ]+e[rn]?\s+)?[\w'’-]{3,}|"
    r"[A-ZÀ-ÞА-Я][\w'’-]+)"
)
_NAMED = (
    r"(?:(?:der|die|das|el|la|le|il|lo|l['’]|ein|eine|un|una|une|su|seine?|ihre?|son|sa)\s*(?:[a-zà-ÿ]+\s+)?[\w'’-]+|"
    r"[A-ZÀ-ÞА-Я][\w'’-]*(?:\s+[A-ZÀ-ÞА-Я][\w'’-]*)?)"
)
_OPENING = (
    r"(?:dann|danach|da|nun|jetzt|schließlich|plötzlich|entonces|luego|después|y|et|puis|alors|ensuite|poi|"
    r"allora|então|depois|"
    r"тогда|затем|solo|sólo|solamente|únicamente|nur|lediglich|seul|seulement|soltanto|apenas|só|entonces\s+solo)"
)
_CLITICS = {
    "es": "le|les|me|te|se lo|nos|no", "fr": "lui|leur|me|te|nous|vous|se|ne", "it": "gli|le|mi|ti|ci|si|non",
    "pt": "lhe|lhes|me|te|se", "de": "(?!)", "ru": "(?!)",
}  # fmt: skip


def european_behind(clause: str, offset: int, language: str) -> SpeechCue | None:
    """Reads the clause behind a quotation: ", dice Ana al niño"; ``offset`` is where it begins in the text."""
    verb = re.match(
        rf"(?:le\s+|lui\s+|gli\s+)?(?:{FOREIGN_VERBS[language]})\b(?:-t)?[\s-]*(?P<name>(?:(?!,)"
        rf"[^\s,—–]+\s*){{1,3}})",
        clause,
        re.IGNORECASE,
    )
    if verb is None:
        return None
    name = re.split(
        r"\s+(?:al?|à|aux?|con|mit|zu[mr]?|und|y|et|en|in|avec|while|all[ae]|ao)"
        r"\b",
        verb["name"],
    )[0].strip()
    if re.match(rf"(?:{TOWARDS[language]})", verb["name"], re.IGNORECASE) and language != "it":
        name = ""  # "…", dice al niño: the subject so far speaks
    to, at = foreign_addressee(clause[verb.start("name") + len(name) :], language, plain=False)
    place = offset + verb.start("name")
    return SpeechCue(name, place, only=True, addressee=to, addressee_start=place + len(name) + at if to else 0)
