"""From sentences to clauses: where one event ends and the next begins, in the user's own words.

English is parsed with a dictionary of verb forms; other languages are split at their sentence
stops, their connectors ("y luego", "und dann", "然后") and commas that a verb may follow.

    A bear bathes in a pond, shakes off water, and then rolls in grass.
    [── clause ──────────────][─ verb phrase ─][──── verb phrase ─────]   same subject
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mavin.facts.languages.english.grammar import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    Token,
    find_verb,
    is_adjective,
    is_adverb,
    is_noun,
    is_participle,
    is_word,
    tokens_of,
    verb_forms,
    verb_start,
)
from mavin.facts.languages.english.people import is_animal
from mavin.facts.languages.english.phrases import noun_phrase
from mavin.facts.languages.foreign import foreign_pieces
from mavin.facts.languages.numbers import NUMBER
from mavin.facts.languages.speech_verbs import is_speech_verb
from mavin.facts.text import MASK

__all__ = ["Clause", "clauses_of", "weak_split"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the prompt that tells one event.

    Attributes:
        start: offset of its first word behind any connector.
        end: offset behind its last character.
        kind: ``clause`` (own subject), ``verb`` (inherits it), ``participle`` or ``fragment``.
        verb: offset of the finite verb or participle; ``start`` where none was found.
        verb_end: offset behind that verb.
        joined: whether a plain comma links it to the clause before.
        sentence: index of its sentence.
    """

    start: int
    end: int
    kind: str
    verb: int
    verb_end: int
    joined: bool
    sentence: int


_CONNECTOR = re.compile(
    r"\s*(?:(?:and|but|so|or|yet|y|e|und|et|ed)\s+)?"
    r"(?:then|finally|afterwards?|after\s+that|next(?!\s+(?:to|door)\b)|later(?:\s+on)?|eventually|lastly|at\s+last|in\s+the\s+end|subsequently|"
    r"luego|después|despues|entonces|finalmente|por\s+último|al\s+final|dann|danach|schließlich|anschließend|zuletzt|"
    r"puis|ensuite|enfin|après|finalement|poi|infine|depois|então|por\s+fim)\b(?:\s+(?:finally|then))?,?\s*|"
    r"\s*(?:and|but|so|yet|y|pero|und|aber|et|mais|e|ma|mas)\s+|"
    r"\s*(?:然后|然後|接着|接著|随后|隨後|最后|最後|于是|そして|それから|次に|最後に)[，、]?\s*",
    re.IGNORECASE,
)
_STRONG = (
    r"(?:then|finally|afterwards?|after\s+that|next(?!\s+(?:to|door)\b)|eventually|lastly|at\s+last|in\s+the\s+end|subsequently|"
    r"luego|después|entonces|finalmente|por\s+último|dann|danach|schließlich|anschließend|puis|ensuite|enfin|poi|infine|"
    r"depois|então)"
)
_SPLIT = re.compile(
    rf"\s*[;；]\s*|\s*,\s+(?!\ue000)|\s*[，、](?!\ue000)\s*|\s+[—–-]\s+|—|"
    rf"\s+(?=(?:and|but|y|e|und|et)\s+{_STRONG}\b)|(?<!\band)(?<!\bbut)\s+(?=then\s)|(?=然后|然後|接着|接著|随后|隨後|そして)",
    re.IGNORECASE,
)
_LONGEST_LIST = 300
"""Characters of a subject that is looked at as a whole; longer lists are no subject."""

_SUBORDINATE = frozenset(
    "when while as after before because if once until since although though whenever unless".split()
)
_RELATIVE = frozenset(["who", "which", "that", "whose", "where", "whom"])
_STATES = frozenset(
    (
        "holding wearing carrying looking watching sitting standing lying hanging having being leaning "
        "staring gazing including using waiting listening smiling laughing crying whistling humming followed "
        "surrounded dressed facing saying asking whispering shouting yelling muttering murmuring crying "
        "calling replying adding exclaiming"
    ).split()
)


def _segments(masked: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Pieces between possible event borders as ``(start, end, joiner)``; brackets split nothing."""
    pieces: list[tuple[int, int, str]] = []
    begin, joiner = start, ""
    for match in _SPLIT.finditer(masked[:end], start):
        before = masked[start : match.start()]
        if before.count("(") > before.count(")") or before.count("[") > before.count("]") or match.start() <= begin:
            continue
        pieces.append((begin, match.start(), joiner))
        begin, joiner = match.end(), match.group().strip() or "and"
    pieces.append((begin, end, joiner))
    return [(left, right, link) for left, right, link in pieces if masked[left:right].strip(" ,.;:!?")]


def clauses_of(masked: str, start: int, end: int, sentence: int, language: str) -> list[Clause]:
    """The clauses of one sentence of a masked prompt, in order.

    Args:
        masked: the prompt with quotations masked; offsets are kept.
        start: offset of the sentence.
        end: offset behind it.
        sentence: its index, copied into the clauses.
        language: ``en`` for the grammar, anything else for splitting by connectors.
    """
    if language != "en":
        return [
            Clause(
                start + item.start,
                start + item.end,
                item.kind,
                start + item.verb,
                start + item.verb_end,
                False,
                sentence,
            )
            for item in foreign_pieces(masked[start:end], language)
        ]
    found: list[Clause] = []
    pending: int | None = None
    segments = _segments(masked, start, end)
    plural = False
    for index, (left, right, link) in enumerate(segments):
        connector = _CONNECTOR.match(masked[:right], left)
        strong = bool(connector and re.search(_STRONG, connector.group(), re.I)) or link in {";", "；"}
        body = connector.end() if connector and connector.end() < right else left
        last = index == len(segments) - 1
        state = _State(plural, bool(found) or pending is not None, pending is not None and not found)
        clause = _classify(masked, body, right, sentence, state)
        if (
            clause is None
            and pending is not None
            and not strong
            and language == "en"
            and right - pending < _LONGEST_LIST
            and not _is_aside(masked[body:right])
        ):
            # "A dog, a cat, and a bird play": only the whole list shows that the verb is finite.
            whole = _classify(masked, pending, right, sentence, _State(True, False, False))
            if whole is not None and whole.kind == "clause" and whole.verb >= body:
                clause, pending, strong = whole, None, False
        bare = strong and link == "and" and re.fullmatch(r"then\s+", masked[left:body], re.IGNORECASE)
        if bare and pending is not None and not found and not _leads(masked, pending):
            clause = clause or _forced(masked, body, right, sentence)
            strong = clause is None or clause.kind != "verb"  # "The astronaut then plants a flag"
        listed = link in {";", "；"} and index + 1 < len(segments) and segments[index + 1][2] == ","
        if clause is None and strong and not listed and (found or pending is not None) and language == "en":
            # "then" is the user's own word for the next event, whatever the grammar makes of it.
            if pending is not None:
                found.append(Clause(pending, segments[index - 1][1], "clause", pending, pending, False, sentence))
                pending = None
            clause = _forced(masked, body, right, sentence)
        if clause is None and language == "en" and not found and pending is None:
            clause = _scene(masked, body, right, sentence, segments[index + 1 :])
        if clause is not None and clause.kind == "participle":
            head = masked[clause.verb : clause.verb_end].lower()
            listed_acts = bool(found) and is_participle(masked[found[-1].start : found[-1].end].split()[-1].lower())
            if last or not found or head in _STATES or listed_acts or not link.startswith(","):
                clause = None  # "practice measuring, cutting, …" lists what is practised
        if clause is None:
            if found and pending is None and not listed and not _opens_next(masked, body, right):
                found[-1] = replace(found[-1], end=right)
            elif pending is None:
                pending = body if not found else left
                phrase = noun_phrase(masked[pending:right], sentence_start=True) if language == "en" else None
                plural = plural or bool(phrase and phrase.plural)
            continue
        if pending is not None and strong and not _leads(masked, pending):
            first = tokens_of(masked[body:right])[:1]
            if clause.kind == "clause" and first and "VBZ" in verb_forms(first[0].lower):
                clause = _forced(masked, body, right, sentence) or clause  # "then throws dust" after a missed verb
            # "A car speds past, and then throws": the connector shows that a verb was missed before it.
            found.append(Clause(pending, segments[index - 1][1], "clause", pending, pending, False, sentence))
            pending = None
        if pending is not None:
            clause = _with_pending(masked, clause, pending)
            pending = None
        found.append(replace(clause, joined=link.startswith(",") and not strong))
        plural = _subject_plural(masked, found)
    if pending is not None:
        if found:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(Clause(pending, end, "fragment", pending, pending, False, sentence))
    return [piece for clause in _split_list_end(masked, found, plural) for piece in _split_at_speech(masked, clause)]


def _split_at_speech(masked: str, clause: Clause) -> list[Clause]:
    """ "A door creaks and the captain shouts "…"": beside speech, another subject's clause is its own event."""
    if MASK not in masked[clause.start : clause.end] or clause.kind == "fragment":
        return [clause]
    spoken = masked.rfind(MASK, clause.start, clause.end)
    points = _and_points(masked, clause, False)
    return _cut(masked, clause, [point for point in points if point.kind == "clause" or point.start > spoken])


def _scene(masked: str, start: int, end: int, sentence: int, following: list[tuple[int, int, str]]) -> Clause | None:
    """A sentence that opens without a finite verb: "a keeper climbing the stairs; she …", "rain on a window; …"."""
    tokens = tokens_of(masked[start:end].replace(MASK, " "))
    if len(tokens) < 2 or tokens[0].lower in PREPOSITIONS | _SUBORDINATE:
        return None
    pronoun = bool(following) and bool(
        re.match(r"(?:and\s+|then\s+)*(?:he|she|it|they)\b", masked[following[0][0] :], re.I)
    )
    if following and following[0][2] not in {";", "；"} and not pronoun:
        return None
    for index, token in enumerate(tokens[1:], start=1):
        if is_participle(token.lower) and tokens[index - 1].lower not in DETERMINERS | POSSESSIVES | PREPOSITIONS:
            return Clause(start, end, "clause", start + token.start, start + token.end, False, sentence)
    return Clause(start, end, "fragment", start, start, False, sentence) if following else None


def _leads(masked: str, start: int) -> bool:
    """Whether a waiting piece is an adverbial that belongs to the clause behind it."""
    words = tokens_of(masked[start : start + 40])
    return bool(words) and words[0].lower in PREPOSITIONS | _SUBORDINATE


def _forced(masked: str, start: int, end: int, sentence: int) -> Clause | None:
    """A clause for words that only a connector marks as an event: "and then a tiny boat sail on it"."""
    tokens = tokens_of(masked[start:end].replace(MASK, " "))
    if not tokens:
        return None
    for index, token in enumerate(tokens):
        if verb_forms(token.lower) - {"VBG"} and token.lower not in PREPOSITIONS | CONJUNCTIONS:
            kind = "clause" if index else "verb"
            return Clause(start, end, kind, start + token.start, start + token.end, False, sentence)
    return Clause(start, end, "fragment", start, start, False, sentence)


def _opens_next(masked: str, start: int, end: int) -> bool:
    """Whether a verbless piece belongs to what follows: "when the sun rises," "in the end,"."""
    tokens = tokens_of(masked[start:end])
    return bool(tokens) and (tokens[0].lower in {"when", "after", "once", "as", "at", "meanwhile", "outside", "inside"})


def _with_pending(masked: str, clause: Clause, pending: int) -> Clause:
    if clause.kind == "verb":
        words = tokens_of(masked[pending : clause.start])
        if words and words[0].lower not in PREPOSITIONS | _SUBORDINATE:
            return replace(clause, start=pending, kind="clause")
    return replace(clause, start=pending)


@dataclass(frozen=True, slots=True)
class _State:
    """What stands before a piece: a plural subject, anything at all, a subject without its verb."""

    plural: bool
    follows: bool
    awaited: bool


def _classify(masked: str, start: int, end: int, sentence: int, state: _State) -> Clause | None:
    follows = state.follows
    text = masked[start:end]
    if MASK in text and not tokens_of(text.replace(MASK, " ")):
        return Clause(start, end, "fragment", start, start, False, sentence) if not follows else None
    # Only what stands before a quotation can hold the verb that the clause is about.
    tokens = tokens_of(text.replace(MASK, " "))
    if not tokens:
        return None
    first = tokens[0].lower
    if (first in _SUBORDINATE and not _AFTER_A_WHILE.match(text)) or first in _RELATIVE:
        return None
    if is_participle(first) and follows and not _noun_reading(tokens):
        return Clause(start, end, "participle", start + tokens[0].start, start + tokens[0].end, False, sentence)
    opening = verb_start(tokens, state.plural, awaited=state.awaited) if follows else None
    if state.awaited and opening == 0 and "VBZ" not in verb_forms(first) and _is_aside(text):
        return None  # "Anna, tired, …"
    manner = _manner_verb(tokens) if state.awaited else None
    if manner is not None:
        token = tokens[manner]
        return Clause(start, end, "verb", start + token.start, start + token.end, False, sentence)
    if opening is not None:
        token = tokens[opening]
        return Clause(start, end, "verb", start + token.start, start + token.end, False, sentence)
    verb = _past_animals(tokens, find_verb(tokens))
    if first == "one" and len(tokens) > 1 and "VBZ" in verb_forms(tokens[1].lower) and verb != 0:
        verb = 1  # "one feeds pigeons": no plural stands behind "one"
    if verb is None:
        unknown = follows and len(tokens) >= 3 and tokens[0].text.islower() and first.isalpha() and not is_word(first)
        if unknown and is_noun(tokens[1].lower) and any(token.lower in PREPOSITIONS for token in tokens[2:]):
            # ", grabbsthe tube with its claws,": a word in no dictionary where a verb may stand is taken for one.
            return Clause(start, end, "verb", start + tokens[0].start, start + tokens[0].end, False, sentence)
        return None
    before = tokens[:verb]
    if any(token.lower in _RELATIVE for token in before):
        # "The woman who sold the world walks on stage": the main verb comes behind the relative clause.
        main = find_verb(tokens[verb + 1 :])
        if main is not None and "VBZ" in verb_forms(tokens[verb + 1 + main].lower):
            verb = verb + 1 + main
            before = [token for token in tokens[:verb] if token.lower not in _RELATIVE]
    forms = verb_forms(tokens[verb].lower)
    if (
        first in PREPOSITIONS
        and "VBZ" not in forms
        and (forms & {"VBN", "VBD"} or not forms)
        and tokens[verb].lower not in AUXILIARIES
    ):
        return None  # "In a kitchen set for a party": a participle inside an adverbial
    if any(token.lower in _RELATIVE | _SUBORDINATE for token in before[bool(_AFTER_A_WHILE.match(text)) :]):
        return None
    token = tokens[verb]
    if first in PREPOSITIONS and verb == len(tokens) - 1 and forms <= {"VB"} and is_adjective(token.lower):
        return None  # "with her hands full"
    return Clause(start, end, "clause", start + token.start, start + token.end, False, sentence)


def _past_animals(tokens: list[Token], verb: int | None) -> int | None:
    """The verb behind a noun that only might be one: "a hermit *crab* plays", "two *dogs* and a *duck* swim"."""
    if verb is None or not is_animal(tokens[verb].lower) or tokens[verb].lower.endswith("s"):
        return verb
    if not any(token.lower in DETERMINERS | POSSESSIVES for token in tokens[max(0, verb - 2) : verb]):
        return verb
    later = find_verb(tokens[verb + 1 :])
    if later is not None:
        return verb + 1 + later
    following = tokens[verb + 1].lower if verb + 1 < len(tokens) else ""
    acts = "VB" in verb_forms(following) or is_participle(following)  # "a hermit crab playing chess"
    return verb + 1 if acts and not is_adverb(following) else verb


_AFTER_A_WHILE = re.compile(
    rf"\s*after\s+(?:{NUMBER}|an?|a\s+few|several|many)\s+(?:second|minute|hour|moment|day|week|month|year|while)s?\b",
    re.IGNORECASE,
)
"""No subordinate clause follows: "After forty minutes Tom wakes"."""


def _is_aside(text: str) -> bool:
    """Whether a piece between commas tells how somebody is: "tired and cold", "with her hands full"."""
    words = [token.lower for token in tokens_of(text.replace(MASK, " "))]
    spent = len(words) == 1 and words[0].endswith("ed")  # "exhausted": no dictionary calls it an adjective
    plain = spent or (bool(words) and all(is_adjective(word) or word == "and" for word in words))
    return plain or (bool(words) and words[0] == "with")


def _manner_verb(tokens: list[Token]) -> int | None:
    """Index of the verb in "in a whisper says", behind a subject that still waits for one."""
    if len(tokens) < 3 or tokens[0].lower not in PREPOSITIONS:
        return None
    for index in range(2, min(len(tokens), 6)):
        before = tokens[1:index]
        if any(token.text[0].isupper() or token.lower in PREPOSITIONS for token in before):
            return None
        if sum(token.lower in DETERMINERS | POSSESSIVES for token in before) > 1:
            return None
        if tokens[index - 1].lower not in DETERMINERS | POSSESSIVES and is_speech_verb(tokens[index].lower):
            return index
    return None


def _noun_reading(tokens: list[Token]) -> bool:
    # "spinning tops fall": an -ing word before a noun and a finite verb is an adjective.
    verb = find_verb(tokens)
    if verb is not None and verb + 1 < len(tokens) and tokens[verb + 1].lower == "by":
        return False  # "presenting outfits inspired by …"
    if verb is None or not 2 <= verb <= 3 or tokens[1].lower in PREPOSITIONS | DETERMINERS | POSSESSIVES:
        return False
    return is_noun(tokens[verb - 1].lower)


def _subject_plural(masked: str, found: list[Clause]) -> bool:
    for clause in reversed(found):
        if clause.kind == "clause":
            text = masked[clause.start : clause.verb]
            phrase = noun_phrase(text, sentence_start=True)
            return phrase.plural if phrase else bool(re.search(r"\b(?:they|we|you|I)\b", text))
    return False


def _and_points(masked: str, clause: Clause, plural: bool) -> list[Clause]:
    """Verb phrases and clauses that a bare "and" (or "while", "before") starts inside a clause."""
    points: list[Clause] = []
    for match in re.finditer(r"\s+(?:and|but)\s+", masked[: clause.end], re.I):
        if match.start() < clause.verb_end:
            continue
        tokens = tokens_of(masked[match.end() : clause.end].replace(MASK, " "))
        opening = verb_start(tokens, plural)
        verb = find_verb(tokens)
        if tokens and is_participle(tokens[0].lower):
            continue
        if opening is not None and tokens[opening].lower not in AUXILIARIES | CONJUNCTIONS:
            forms = verb_forms(tokens[opening].lower)
            earlier = verb_forms(masked[clause.verb : clause.verb_end].lower())
            # "and" must link finite verbs of one tense; "red and painted" does not.
            if forms & earlier & {"VBZ", "VBD"} or (plural and "VB" in forms & earlier):
                token = tokens[opening]
                base = match.end()
                points.append(
                    replace(clause, start=base, kind="verb", verb=base + token.start, verb_end=base + token.end)
                )
        elif verb is not None and verb > 0 and not is_adverb(tokens[0].lower):
            token, base = tokens[verb], match.end()
            if "VBZ" in verb_forms(token.lower) or token.lower in AUXILIARIES:
                points.append(
                    replace(clause, start=base, kind="clause", verb=base + token.start, verb_end=base + token.end)
                )
    return points


def _cut(masked: str, clause: Clause, points: list[Clause]) -> list[Clause]:
    pieces = [clause]
    for point in points:
        before = masked[: point.start]
        link = re.search(r"\s+(?:and|but)\s+$", before, re.I)
        pieces[-1] = replace(pieces[-1], end=link.start() if link else point.start)
        pieces.append(replace(point, end=clause.end, joined=False))
    return pieces


def _split_list_end(masked: str, found: list[Clause], plural: bool) -> list[Clause]:
    """ "A man enters, sits down and orders": without the last comma the list's "and" is a border too."""
    if len(found) >= 2 and found[-1].kind == "verb" and found[-1].joined:
        before = masked[max(0, found[-1].start - 5) : found[-1].start].lower()
        points = [point for point in _and_points(masked, found[-1], plural) if point.kind == "verb"]
        if points and not before.rstrip().endswith(("and", "then")):
            return [*found[:-1], *_cut(masked, found[-1], points[:1])]
    return found


def weak_split(masked: str, clause: Clause, language: str) -> list[Clause]:
    """Splits a clause where a cut is possible though nothing asks for it; itself if it is one event."""
    if language != "en":
        return [clause]
    points = _and_points(masked, clause, _subject_plural(masked, [clause]))
    return _cut(masked, clause, points)
