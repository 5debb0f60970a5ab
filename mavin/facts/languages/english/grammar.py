"""Just enough English grammar to find subjects and verbs: a dictionary of inflections and word order.

Dictionary: lemminflect (NIH SPECIALIST lexicon).  No statistics, so the same sentence always
parses the same way, and an unknown word is taken as a noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

__all__ = [
    "ADVERBS",
    "AUXILIARIES",
    "DETERMINERS",
    "PREPOSITIONS",
    "PRONOUNS",
    "Token",
    "find_verb",
    "human_act",
    "is_adjective",
    "is_adverb",
    "is_noun",
    "is_participle",
    "is_plural",
    "is_word",
    "noun_lemma",
    "third_person",
    "tokens_of",
    "verb_forms",
    "verb_start",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AUXILIARIES = _words(
    "is are was were am be been 's 're has have had does do did can could will would shall should may might must "
    "isn't aren't wasn't weren't doesn't don't didn't can't couldn't won't wouldn't hasn't haven't hadn't cannot"
)
DETERMINERS = _words(
    "a an the this that these those some any each every another one two three four five six seven eight nine ten "
    "several many few all both no more most other"
)
NUMERALS = _words("one two three four five six seven eight nine ten several many few all both these those some")
POSSESSIVES = _words("my your his her its our their whose")
PRONOUNS = _words("i you he she it they we who everyone everybody someone somebody nobody")
OBJECTS = _words("me him her it them us itself himself herself themselves each")
PREPOSITIONS = _words(
    "in on at by for from with without into onto to of off over under above below behind beside between through "
    "across along around near inside outside toward towards against among after before during until past beyond "
    "within upon via as like than about amid beneath atop"
)
PARTICLES = _words("up down out off away back again together apart forward backward ahead there here home indoors")
CONJUNCTIONS = _words("and or but so then while when as if because that which who whose where before until nor yet")
ADVERBS = _words(
    "then finally suddenly slowly again also just almost soon still never always now once later next afterwards "
    "eventually instead even only too quite very already immediately abruptly first fast hard together meanwhile "
    "thereafter subsequently"
)
_RANKS = _words("first second third last")
_COUNTS = _words(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred several many few"
)
_TAKEN_IN = _words("milk water soup smoke paint oil dust bread juice coffee tea mud lotion perfume")
"""Nouns of stuff that are verbs as well: "drinks milk" is no clause of its own."""
_RUNNING = _words("eyes mouths noses chimneys pipes")
"""What does itself milk, water or smoke: "chimneys smoke"."""
_SINGULAR = _words("a an one this each every another")
_PLURAL = _words("some several many few two three four five six seven eight nine ten both these those they we you")
_PLURAL_NOUNS = _words("people children men women police mice geese feet teeth sheep fish cattle folk twins")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its offsets in the text that was tokenised."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


def tokens_of(text: str) -> list[Token]:
    """Words of a text; contractions of *be* and *have* with a pronoun become two tokens."""
    found: list[Token] = []
    for match in re.finditer(r"</?\w[^<>]*>|\[/?\w+\]|(\w+(?:[-'’]\w+)*['’]?)", text):
        word, start = match.group(1), match.start()
        if word is None:
            continue  # markup is no word
        split = re.fullmatch(r"(he|she|it|they|we|you|i|there|who)(['’](?:s|re|m|ve|d|ll))", word, re.IGNORECASE)
        if split:
            middle = start + len(split.group(1))
            found.append(Token(split.group(1), start, middle))
            found.append(Token(split.group(2), middle, match.end()))
        else:
            found.append(Token(word, start, match.end()))
    return found


_NEW_VERBS: dict[str, frozenset[str]] = {
    form: frozenset(tags)
    for stem in "text vlog blog livestream facepalm moonwalk photobomb backflip headbang lipsync beatbox fistbump".split()
    for form, tags in (
        (stem, ("VB",)),
        (stem + ("es" if stem.endswith("x") else "s"), ("VBZ",)),
        (stem + (stem[-1] if stem in {"vlog", "blog"} else "") + "ed", ("VBD", "VBN")),
        (stem + (stem[-1] if stem in {"vlog", "blog"} else "") + "ing", ("VBG",)),
    )
}
"""Verbs that the dictionary does not know yet."""


@cache
def verb_forms(word: str) -> frozenset[str]:
    """Penn tags (VB VBZ VBD VBN VBG) that a lower-case word can have as a verb."""
    from lemminflect import getAllLemmas, getInflection

    forms: set[str] = set()
    for lemma in getAllLemmas(word, "VERB").get("VERB", ()):
        for tag in ("VB", "VBZ", "VBD", "VBN", "VBG"):
            if word in getInflection(lemma, tag):
                forms.add(tag)
    if not forms and (new := _NEW_VERBS.get(word)):
        return new
    if not forms and "-" in word:
        # "high-fives": hyphenated verbs are in no dictionary, so their ending has to do.
        if word.endswith("s") and not word.endswith("ss"):
            return frozenset({"VBZ"})
        return verb_forms(word.rsplit("-", 1)[1]) & {"VBD", "VBN", "VBG"}
    return frozenset(forms)


@cache
def _nominal(word: str) -> bool:
    """Whether the word can be a noun or an adjective as well."""
    from lemminflect import getAllLemmas

    return bool({"NOUN", "ADJ", "PROPN"} & getAllLemmas(word).keys())


_HUMAN_ACTS = _words(
    "sing smile laugh nod kneel whisper clap wink sew knit pray sigh shrug yawn cook paint faint salute applaud "
    "weep sob grin frown apologize blush toast argue confess propose marry"
)


@cache
def human_act(word: str) -> bool:
    """Whether a lower-case verb form tells of something that people do, whoever the subject is."""
    from lemminflect import getAllLemmas

    return any(lemma in _HUMAN_ACTS for lemma in getAllLemmas(word, "VERB").get("VERB", ()))


@cache
def is_word(word: str) -> bool:
    """Whether the dictionary or the closed word classes know the lower-case word at all."""
    from lemminflect import getAllLemmas

    closed = (
        DETERMINERS | POSSESSIVES | PRONOUNS | OBJECTS | PREPOSITIONS | PARTICLES | CONJUNCTIONS | ADVERBS | AUXILIARIES
    )
    return word in closed or bool(getAllLemmas(word))


@cache
def is_noun(word: str) -> bool:
    """Whether the dictionary knows the lower-case word as a common noun and not as an adjective."""
    from lemminflect import getAllLemmas

    return "NOUN" in getAllLemmas(word) and "ADJ" not in getAllLemmas(word)


@cache
def is_adjective(word: str) -> bool:
    """Whether the dictionary knows the lower-case word as an adjective."""
    from lemminflect import getAllLemmas

    return "ADJ" in getAllLemmas(word)


_UNLISTED = {"cops": "cop", "vets": "vet"}
"""Plurals of nouns that the dictionary takes for verbs alone."""


@cache
def noun_lemma(word: str) -> str:
    """Singular of a lower-case noun; the word itself where the dictionary knows none."""
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(word, "NOUN").get("NOUN", ())
    if word in _UNLISTED:
        return _UNLISTED[word]
    return str(lemmas[0]) if lemmas else word


@cache
def is_plural(word: str) -> bool:
    """Whether a lower-case noun is a plural form."""
    return word in _PLURAL_NOUNS or (
        word not in {"mrs", "ms", "miss"} and noun_lemma(word) != word and word.endswith("s")
    )


@cache
def is_adverb(word: str) -> bool:
    """Whether a lower-case word is an adverb that may stand before a verb."""
    from lemminflect import getAllLemmas

    if word in ADVERBS:
        return True
    return word.endswith("ly") and "VERB" not in getAllLemmas(word) and "NOUN" not in getAllLemmas(word)


def is_participle(word: str) -> bool:
    """Whether a lower-case word is an -ing form of a verb."""
    return word.endswith("ing") and "VBG" in verb_forms(word)


def third_person(word: str, plural: bool) -> str:
    """An -ing form as a finite present verb: ``producing`` → ``produces`` (``produce`` if plural)."""
    from lemminflect import getInflection, getLemma

    lemma = getLemma(word, "VERB")[0]
    return str(lemma if plural else (getInflection(lemma, "VBZ") or (lemma,))[0])


def _closes_noun(token: Token | None) -> bool:
    """Whether the next word shows that an ambiguous word before it was the verb."""
    if token is None:
        return True
    word = token.lower
    return (
        word in DETERMINERS
        or word in POSSESSIVES
        or word in PREPOSITIONS
        or word in OBJECTS
        or word in PARTICLES
        or word in CONJUNCTIONS
        or is_adverb(word)
        or is_participle(word)
    )


def _verb_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clearly finite verb stands within three words, with no function word between."""
    for offset in range(index, min(index + 3, len(tokens))):
        word = tokens[offset].lower
        if word in AUXILIARIES:
            return True
        following = tokens[offset + 1] if offset + 1 < len(tokens) else None
        if verb_forms(word) & {"VBZ", "VBD"} and _closes_noun(following):
            return True
        if _closes_noun(tokens[offset]):
            return False
    return False


def _finite(tokens: Sequence[Token], index: int, plural: bool, singular: bool) -> bool:
    word = tokens[index].lower
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    forms = verb_forms(word)
    if "VBZ" in forms or "VBD" in forms:
        if not _nominal(word) and "VBN" not in forms:
            return True
        if following is not None and following.lower in AUXILIARIES:
            return False
        if _closes_noun(following):
            return True
        assert following is not None
        if singular and index > 1 and "VBZ" in forms and is_noun(tokens[index - 1].lower):
            return True  # "a chef flips pancakes in the air"
        behind = verb_forms(following.lower)
        if "VBZ" in forms and is_plural(word) and "VBZ" in behind and "VB" not in behind:
            return True  # "buys flowers": a plural "buys" would not take the singular verb "flowers"
        if not singular and "VB" in behind and word.endswith("s"):
            return False
        return not _verb_follows(tokens, index + 1)
    return "VB" in forms and plural and (not _nominal(word) or _closes_noun(following) or not is_plural(word))


def _bears_name(token: Token) -> bool:
    from mavin.facts.languages.english.people import is_first_name

    return token.text[0].isupper() and is_first_name(token.lower) and token.lower not in _COMMON_NAMES


_COMMON_NAMES = frozenset("rose daisy iris jasmine grace olive lily bill mark jack will sandy eve iva robin".split())
"""First names that are common words too: "Rose petals fall"."""


def _acts(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word behind "the first" at a sentence's beginning is its verb: "The third looks at the camera"."""
    if index != 2 or tokens[0].lower != "the" or "VBZ" not in verb_forms(tokens[2].lower):
        return False
    behind = tokens[3].lower if len(tokens) > 3 else ""
    return (
        not behind or behind in PREPOSITIONS | PARTICLES | DETERMINERS | POSSESSIVES | CONJUNCTIONS or is_adverb(behind)
    )


def find_verb(tokens: Sequence[Token]) -> int | None:
    """Index of the first finite verb that has a subject before it, ``None`` if there is none."""
    plural = singular = False
    for index, token in enumerate(tokens):
        word = token.lower
        before = tokens[index - 1].lower if index else ""
        if index and word in AUXILIARIES:
            return index
        if word in {"and"} and index:
            plural = True
        if word in _SINGULAR and not index:
            singular = True
        if word in _PLURAL:
            plural = True
        if before.endswith(("'s", "s'")):
            singular = False
        if not index or word in DETERMINERS | POSSESSIVES | PREPOSITIONS | CONJUNCTIONS or is_adverb(word):
            continue
        if token.text[0].isupper() and not token.text.isupper():
            continue  # "Tom, Jerry and Spike sit": a capital inside a sentence is a name
        counted = is_plural(word) and (before in _COUNTS or before.isdigit())
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        titled = before == "and" and is_noun(word) and behind is not None and behind.text[0].isupper()
        if (
            titled
            or counted
            or (
                before in _RANKS
                and index > 1
                and tokens[index - 2].lower in POSSESSIVES | DETERMINERS
                and not _acts(tokens, index)
            )
        ):
            plural = plural or counted
            continue  # "after forty minutes", "his first mate", "and nurse Kim"
        heads = before in NUMERALS and index > 1 and not _nominal(word)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        heads = heads or (before in {"one", "other"} and "VBZ" in verb_forms(word) and _closes_noun(following))
        if (before in DETERMINERS | POSSESSIVES | PREPOSITIONS and not heads) or before.endswith(("'s", "s'")):
            plural = plural or (is_plural(word) and before not in PREPOSITIONS)
            continue
        described = index > 1 and tokens[index - 2].lower in {"a", "an"} and is_adjective(before) and is_noun(word)
        if described and not verb_forms(word) & {"VBZ", "VBD"}:
            continue  # "and an old man"
        state = verb_forms(word) == {"VB"} and is_adjective(word) and any(t.lower == "with" for t in tokens[:index])
        if index == 1 and "VBZ" in verb_forms(word) and _bears_name(tokens[0]) and following is not None:
            return index  # "Tom burns toast": a name stands before its verb
        if not state and _finite(tokens, index, plural or is_plural(before), singular and before != "and"):
            return index  # but not "with her hands full"
        plural = plural or (is_plural(word) and not singular)
    return None


def verb_start(tokens: Sequence[Token], plural: bool, *, awaited: bool = False) -> int | None:
    """Index of a verb that opens the segment after nothing but adverbs; its subject is inherited.

    Args:
        tokens: the segment without its connector.
        plural: whether the inherited subject is plural, so that a base form may be finite.
        awaited: whether a subject stands before without any verb yet ("Ana and Bo, race bikes").
    """
    for index, token in enumerate(tokens):
        word = token.lower
        if is_adverb(word) and index + 1 < len(tokens):
            continue
        if word in AUXILIARIES:
            return index
        if word in DETERMINERS | POSSESSIVES | PREPOSITIONS | PRONOUNS | CONJUNCTIONS or token.text[0].isupper():
            return None
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        forms = verb_forms(word)
        if "VBZ" in forms or "VBD" in forms or "VBN" in forms:
            if following is None or _closes_noun(following):
                return index
            if _nominal(word) and word.endswith("s"):
                # "waves splash" is a new clause, "staples papers" is not: plural nouns take base forms.
                number = tokens[index + 2].lower if index + 2 < len(tokens) else ""
                numbered = number.isdigit() or number in _COUNTS  # "serves table nine"
                taken = following.lower in _TAKEN_IN and word not in _RUNNING
                return None if "VB" in verb_forms(following.lower) and not (numbered or taken) else index
            # "coordinated movement": before a bare noun a past form is an adjective.
            return index if "VBZ" in forms else None
        if "VB" in forms and (plural or not _nominal(word)) and (awaited or not _verb_follows(tokens, index + 1)):
            return index
        return None
    return None
