"""Names given later to somebody met before: "a stranger enters … his name is Tom"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.diagnostics import Span
from mavin.facts.languages.numbers import language_of
from mavin.facts.text import MASK

__all__ = ["Apposition", "Naming", "find_appositions", "find_namings", "without_article"]

_NAME = r"(?P<name>[A-ZÀ-ÞА-Я][\w'’-]+(?:\s+[A-ZÀ-ÞА-Я][\w'’-]+){0,2})"
_NOUN = r"(?:the|this|that|el|la|der|die|das|le|il|lo|o|a)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[^\W\d_]+)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Whole statements; the name belongs to whom the pronoun or the noun means.
        rf"(?P<pronoun>[Hh]is|[Hh]er|[Ii]ts)\s+name(?:['’]s|\s+is|\s+turns\s+out\s+to\s+be)\s+{_NAME}",
        rf"(?:(?P<pronoun>[Hh]e|[Ss]he|[Ii]t)|(?i:{_NOUN}))(?:['’]s|\s+is|\s+gets)\s+(?:called|named|nicknamed|known\s+as|none\s+other\s+than|revealed\s+(?:to\s+be|as))\s+{_NAME}",
        rf"(?i:{_NOUN})(?:['’]s)\s+name(?:['’]s|\s+is)\s+{_NAME}",
        rf"(?:(?P<pronoun>[ÉEée]l|[Ee]lla)|(?i:{_NOUN}))?\s*\b[Ss]e\s+llama\s+{_NAME}",
        rf"(?:(?P<pronoun>[Ee]r|[Ss]ie)|(?i:{_NOUN}))\s+heißt\s+{_NAME}",
        rf"(?:(?P<pronoun>[Ii]l|[Ee]lle)|(?i:{_NOUN}))\s+s['’]appelle\s+{_NAME}",
        rf"(?:(?P<pronoun>[Ss]uo|[Ss]ua)\s+nome\s+è|[Ss]i\s+chiama)\s+{_NAME}",
        # "Pedro, el panadero, …": what the name's bearer is.
        rf"{_NAME},\s+(?:el|la|der|die|das|le|il|lo|un|una|une|ein|eine|uma?|o|a|l['’]|ihre?|seine?|su|son|sa|suo|sua|seu)\s*(?P<noun>[^\W\d_]{{3,}})(?=\s*[,.;:!?]|$)(?!,?\s+(?:y|e|und|et|con|mit)\b)",
        # "A dinosaur named Rex who finds an egg."
        rf"(?i:\b(?:an?|the|his|her|their|my|our)\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>[^\W\d_]+)\s+(?:named|called))\s+{_NAME}(?=,?\s+(?:who|that|which)\b)",
        # Asides behind the noun.
        rf"(?i:{_NOUN})?,?\s*(?:whose\s+name\s+is|cuyo\s+nombre\s+es|dessen\s+Name|deren\s+Name|dont\s+le\s+nom\s+est)\s+{_NAME}(?:\s+ist)?",
        rf"(?i:\b(?:the|an?)\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>[^\W\d_]+))\s*(?:\(|[—–]\s*){_NAME}\s*(?:\)|[—–])",
        rf"(?i:\b(?:the|an?|his|her|their|its|my)\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>[^\W\d_]+)),\s*(?:(?P<calling>[a-z]+)\s+)?"
        rf"(?:(?:Dr|Mr|Mrs|Ms|Prof|Sgt|Capt|Lt|St)\.\s+)?{_NAME},(?!\s*(?:and|or)\b)",
        rf"(?P<pronoun>\b[Hh]e|\b[Ss]he)\s*\(\s*{_NAME}\s*\)",
        rf"(?i:\b(?:the|an?)\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>[^\W\d_]+))\s*\((?i:call|named|called|known\s+as)\s*(?i:him|her|it)?\s*{_NAME}\)",
        rf"(?i:(?:we(?:['’]ll|\s+will)\s+|let\s+us\s+|let['’]s\s+)?call)\s+(?P<pronoun>him|her|it)\s+{_NAME}",
        r"(?:(?<=[。！？\n，,])|^)\s*(?:那|这|這)?(?:[个個位名])?(?P<noun>(?!他|她|它|我|你)[\u4e00-\u9fff]{1,5}?)"
        r"(?:的名字(?:叫做?|是)|名叫|名字叫|(?<=[人孩娘者])叫做?)(?P<name>[\u4e00-\u9fff]{2,3})(?=[，。；、]|$)",
        r"(?:(?<=[。！？\n])|^)\s*(?:その|この)?(?P<noun>(?!彼)[\u4e00-\u9fff\u3040-\u30ff]{1,6}?)の名(?:前)?は、?"
        r"(?P<name>[\u4e00-\u9fff\u30a0-\u30ff]{1,6}?)(?=[、。]|だ|です|という|$)",
        r"(?P<pronoun>他|她|它)(?:的名字)?(?:叫做?|名叫|是)(?P<name>[\u4e00-\u9fff]{2,3})(?=[，。；、]|$)",
        r"(?P<pronoun>彼女?)の名前は(?P<name>[\u4e00-\u9fff\u3040-\u30ff]{1,6}?)(?=[、。]|だ|です|$)",
    )
)
_ASIDE = re.compile(r"(?:[Hh]is|[Hh]er|[Ii]ts)\s+name\b")
_FOREIGN_APPOSITION = re.compile(r"[^\s,]+(?:\s[^\s,]+)?,\s+a\s+\S+$", re.IGNORECASE)
_GENDERS = {
    **dict.fromkeys(("his", "he", "él", "el", "er", "il", "他", "彼"), "he"),
    **dict.fromkeys(("her", "she", "ella", "sie", "elle", "她", "彼女"), "she"),
    **dict.fromkeys(("its", "it", "它"), "it"),
}


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where somebody gets a name.

    Attributes:
        start: where the words begin.
        end: where they end.
        name: the name.
        span: where the name stands.
        pronoun: ``he``, ``she`` or ``it`` if a pronoun says who, else empty.
        noun: the noun that says who, in lower case, else empty.
        whole: whether the words are a sentence of their own, which tells no event.
        member: key of whom it names, where that is settled.
    """

    start: int
    end: int
    name: str
    span: Span
    pronoun: str
    noun: str
    whole: bool
    member: str | None = None


def find_namings(masked: str, prompt: str) -> tuple[Naming, ...]:
    """All places where somebody who was met before gets a name, in reading order."""
    text = masked.replace(MASK, "\ue001")
    found: list[Naming] = []
    english = language_of(text) == "en"
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if english and _FOREIGN_APPOSITION.match(match.group()):
                continue  # "Inside, a clown.", "Dawn, a harbor.": no Portuguese article
            if any(item.start < match.end() and match.start() < item.end for item in found):
                continue
            groups = match.groupdict()
            if match["name"].casefold().partition(" ")[0] in _ARTICLES:
                continue  # "Der Hund, die Katze, …": two of a list
            if groups.get("calling") and not _calls(groups["calling"]):
                continue  # "the train, near London, stops"
            pronoun = _GENDERS.get((groups.get("pronoun") or "").casefold(), "")
            before = re.search(r"(?:^|[.!?。！？\n;；])\s*(?:and\s+|und\s+|y\s+|et\s+)?$", text[: match.start()])
            behind = re.match(r"\s*(?:[.!?。！？\n;；]|$)", text[match.end() :])
            left, right = match.span()
            opened, shut = (
                re.search(r"\s*[—–(,]\s*$", text[:left]),
                re.match(r"\s*[—–),](?!\s*(?:and|or)\b)", text[right:]),
            )
            if _ASIDE.match(match.group()) and opened and shut:
                # "An old man — his name is Karl — mutters": an aside, which tells no event either.
                left, right = opened.start(), right + shut.end()
                before = behind = shut
            found.append(
                Naming(
                    left,
                    right,
                    match["name"],
                    Span(start=match.start("name"), end=match.end("name"), text=prompt[slice(*match.span("name"))]),
                    pronoun,
                    (groups.get("noun") or "").casefold(),
                    bool(before and behind),
                )
            )
    return tuple(sorted(found, key=lambda item: item.start))


def _calls(word: str) -> bool:
    """Whether a word before a name tells of its bearer: "old Henry", "nurse Kim"."""
    from mavin.facts.languages.english.grammar import CONJUNCTIONS, PREPOSITIONS, is_adjective
    from mavin.facts.languages.english.people import is_person

    return word not in PREPOSITIONS | CONJUNCTIONS and (is_person(word) or is_adjective(word))


@dataclass(frozen=True, slots=True)
class Apposition:
    """What a name's bearer is, said behind the name: "Karl, the baker".

    Attributes:
        name: the name.
        noun: the noun in lower case.
        start: where the noun's phrase begins.
    """

    name: str
    noun: str
    start: int


_APPOSED = re.compile(
    r"\b(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Prof)\.\s+)?[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)?),\s+"
    r"(?P<what>(?:the|an?|his|her|their)\s+(?:[a-z][\w-]*\s+){0,3}?(?P<noun>[a-z][\w-]+))(?=\s*(?:[,.;:!?]|$|\s(?:who|in|with|from|of|at|on)\b))|"
    r"\b(?P<name2>[A-ZÀ-Þ][\w'’-]+)\s+(?P<what2>the\s+(?P<noun2>[a-z][\w-]+))\b"
)


def find_appositions(prompt: str) -> tuple[Apposition, ...]:
    """All places where an English prompt says behind a name what its bearer is."""
    from mavin.facts.languages.english.people import is_animal, is_person

    found = []
    for match in _APPOSED.finditer(prompt):
        end = "2" if match["name2"] else ""
        noun = match["noun" + end]
        # "Ana, a friend, and a stranger": in a list another one stands behind.
        listed = re.match(r",\s*(?:and\s+)?(?:(?:an?|the)\b|[A-ZÀ-Þ])", prompt[match.end() :]) and not end
        if (is_person(noun) or is_animal(noun)) and not listed:
            found.append(Apposition(match["name" + end], noun, match.start("what" + end)))
    return tuple(found)


_ARTICLES = frozenset(
    "the a an my your his her its our their der die das den dem ein eine einen el la los las un una le les une il lo gli "
    "i uno o os as um uma su sein seine ihr ihre son sa".split()
)


def without_article(who: str) -> str:
    """A name as a cast lists it: "the woman" → "woman"; a single word stays as it is."""
    first, _, rest = who.strip().partition(" ")
    return rest.strip() if rest.strip() and first.casefold() in _ARTICLES else who.strip()
