"""Who does what: each verb of an action goes to its own subject, so that no figure makes another's movement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.stage.bonds import STATIC, Bond, relation_of, verb_class
from generator.stage.motion import Motion, read_motion
from generator.stage.nouns import ADJECTIVES
from generator.stage.words import Token, singulars, tokens, word_set

__all__ = ["UNKNOWN", "Deeds", "Mention", "deeds", "mentions_of"]

UNKNOWN = "qq"
"""Stands in a gloss for a word that nothing is known of."""

_JOINING = word_set("and while as then but when until or so")
_RELATIVE = word_set("who which that")
_PRONOUNS = word_set("it he she they")
_PREPOSITIONS = word_set(
    "in on at by to from of with under over past into onto near behind beside through across against around toward "
    "towards before after above below between along off down up out for without inside outside"
)
_PUTTING = word_set("put puts putting try tries trying turn turns switch switches")  # "puts on a hat"
_FILLERS = word_set("a an the his her its their my your our this that these those some old young little big small")
_STATES = word_set("sleeping napping dozing snoring resting flying dancing swimming kneeling sitting floating hovering")
_PASSED_ON = frozenset({"fall", "spin", "fly", "shake", "grow", "flip"})  # "drops the vase": the vase is what falls


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an action names somebody or something; ``key`` says whom, ``words`` and ``letters`` how much it takes."""

    key: str
    start: int
    words: int = 1
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Deeds:
    """What an action tells: the first movement of each one that moves, and who has to do with whom, in order."""

    motions: dict[str, Motion]
    bonds: tuple[Bond, ...]


def mentions_of(key: str, name: str, action: str) -> list[Mention]:
    """Every place where an action names somebody, by the whole name or else by its last word."""
    words = tokens(action)
    wanted = [word for word in tokens(name) if word not in ("a", "an", "the")]
    for form in (wanted, wanted[-1:]):
        found = [
            Mention(key, words[at].start, len(form), _end(words[at + len(form) - 1]) - words[at].start)
            for at in range(len(words) - len(form) + 1)
            if form and all(_same(word, part) for word, part in zip(words[at:], form, strict=False))
        ]
        if found:
            return found
    if name.isascii():
        return []
    # Scripts without spaces: "少女" is named anywhere.
    folded, plain = action.casefold(), name.casefold()
    return [Mention(key, match.start(), 1, len(plain)) for match in re.finditer(re.escape(plain), folded)]


def _end(word: Token) -> int:
    return word.start + len(word)


def _same(word: str, part: str) -> bool:
    return word == part or part in singulars(word)


class _Reader:
    # Walks an action word by word; ``subjects`` are those whom the next verb is about.
    def __init__(self, action: str, mentions: Sequence[Mention], alone: str) -> None:
        self.action, self.alone = action, alone
        self.at = {mention.start: mention for mention in mentions}
        self.motions: dict[str, Motion] = {}
        self.states: dict[str, Motion] = {}  # "a sleeping cat"
        self.subjects: list[str] = []
        self.last = ""  # named last, which "who" and "which" go back to
        self.open = True  # a subject may still come before the verb
        self.fresh = False  # the subject has just been named: another may join it
        self.strange = False  # an unknown noun stands where the subject would
        self.bonds: list[Bond] = []
        self.acting: list[str] = []  # whose verb came last
        self.verb = ""  # its class
        self.handled = ""  # what that verb is done to
        self.preposition = ""  # since the last noun or verb
        self.ahead = False  # that preposition and "front" have been read

    def read(self) -> Deeds:
        words = tokens(self.action)
        at, end, oblique = 0, 0, False
        while at < len(words):
            word = words[at]
            between = self.action[end : word.start]
            if any(mark in between for mark in ".;!?"):
                self.subjects, self.open, self.fresh, self.strange = [], True, False, False
                self.acting, self.verb, self.handled, self.preposition = [], "", "", ""
            elif "," in between:
                self.open, self.strange = True, False
            mention = self.at.get(word.start)
            if mention is not None:
                self._name(mention, oblique=oblique)
                if word.before in _STATES:
                    self.states.setdefault(mention.key, read_motion(word.before))
                oblique = False
                at += mention.words
                end = words[at - 1].start + len(words[at - 1])
                continue
            end = word.start + len(word)
            if self._is_particle(words, at):
                at += 1
                continue
            oblique = word in _PREPOSITIONS or (oblique and (word in _FILLERS or word in ADJECTIVES or word == UNKNOWN))
            if word in _PREPOSITIONS:
                self._lead(str(word))
            elif word == "front" and self.preposition == "in":
                self.ahead = True
                at += 1
                continue
            self._word(words, at)
            at += 1
        return Deeds(self.states | self.motions, tuple(self.bonds))

    def _name(self, mention: Mention, *, oblique: bool) -> None:
        self.last = mention.key
        if oblique or not self.open:
            self._meet(mention.key)
            return
        self.subjects = [*self.subjects, mention.key] if self.fresh else [mention.key]
        self.fresh, self.strange = True, False

    def _is_particle(self, words: tuple[Token, ...], at: int) -> bool:
        # "puts on a hat", "knocks over the vase", "spreads out a map": the verb's own, with its object behind it.
        word, before, after = words[at], words[at].before, _after(words, at)
        if word == "on":
            return before in _PUTTING and after in _FILLERS
        if word in ("out", "up", "down", "over") and after in _FILLERS:
            kind = verb_class(before)
            return kind in ("take", "place", "throw", "touch", "strike", "push") and read_motion(before).name != "climb"
        return False

    def _lead(self, word: str) -> None:
        if word == "of" and self.preposition and self.ahead:
            self.preposition = "before"  # "in front of a bear" is not in it
        elif word == "of" and self.preposition:
            # "on a shoulder of a woman" is on the woman, "out of the box" was in it.
            self.preposition = "out-of" if self.preposition == "out" else self.preposition
        else:
            self.preposition = word
        self.ahead = False

    def _meet(self, key: str) -> None:
        # Somebody or something is named behind the verb, or behind a preposition.
        preposition, self.preposition = self.preposition, ""
        if preposition == "of":
            return
        subject = next(iter(self.acting or self.subjects), "")
        if preposition in ("off", "from") and self.handled and self.verb in ("strike", "push", "take", "throw"):
            self.bonds.append(Bond(self.handled, "off", key))
            return
        if preposition in ("off", "from") and self.motions.get(subject, Motion("stand")).name == "fall":
            self.bonds.append(Bond(subject, "off", key))
            return
        if self.verb == "throw" and self.handled and preposition:
            return  # it flies that way
        if self.handled and relation_of("", preposition) in STATIC:
            # "Puts the cup on the table": the cup is there.  "Reads a book in a chair": so may the reader be.
            doer = subject if self.verb not in ("place", "throw") else ""
            self.bonds.append(Bond(self.handled, relation_of("", preposition), key, doer))
            return
        if self.acting and not preposition:
            self.handled = key
        if subject and subject != key:
            self.bonds.append(Bond(subject, relation_of(self.verb if self.acting else "", preposition), key))

    def _word(self, words: tuple[Token, ...], at: int) -> None:
        word = words[at]
        if word in _RELATIVE and self.last and not word.is_noun:
            self.subjects, self.open, self.fresh = [self.last], False, False
        elif word in _JOINING:
            self.open, self.strange = True, False
        elif word in _PRONOUNS:
            self.subjects = self.subjects or [name for name in (self.alone,) if name]
            self.open, self.strange = False, False
        elif word == "away":
            for name in self.subjects:
                if self.motions.get(name, Motion("stand")).name in ("walk", "run", "fly"):
                    self.motions[name] = Motion("leave")
        elif word in _PREPOSITIONS or word in _FILLERS or word.endswith("ly"):
            self.fresh = self.fresh and word not in _PREPOSITIONS
        else:
            self._verb(words, at)

    def _verb(self, words: tuple[Token, ...], at: int) -> None:
        if words[at] in _STATES and at + 1 < len(words) and words[at + 1].start in self.at:
            return  # "strokes a sleeping cat"
        motion = Motion("stand") if words[at].is_noun else read_motion(str(words[at]), _after(words, at))
        kind = "" if words[at].is_noun else verb_class(str(words[at]))
        if motion.name == "stand" and kind and (self.subjects or not self.open):
            motion = Motion("reach")
        if motion.name == "stand":
            if self.fresh and not words[at].is_noun:
                # "The cat ogles a vase": whatever it is, the cat does it.
                self.acting, self.verb, self.handled, self.preposition = list(self.subjects), kind, "", ""
            if self.preposition and not self.fresh:
                return  # "in a red coat": a word about what the preposition leads to
            # Before the subject it is an adjective or a noun that nobody can draw, after it an unknown verb.
            self.strange = self.strange or (self.open and not self.fresh)
            self.open = self.open and not self.fresh
            self.fresh = False
            return
        doers = [] if self.strange else self.subjects
        if not doers and not self.strange and self.alone:
            doers = [self.alone]
        self.acting, self.verb, self.handled, self.preposition = list(doers), kind, "", ""
        thing = self._object(words, at)
        if thing and motion.name in _PASSED_ON and doers:
            self.motions.setdefault(thing, motion)
            motion = Motion("hold")
        for name in doers:
            self.motions.setdefault(name, motion)
        self.open, self.fresh, self.strange = False, False, False

    def _object(self, words: tuple[Token, ...], at: int) -> str:
        for word in words[at + 1 :]:
            if word.start in self.at:
                return self.at[word.start].key
            if word not in _FILLERS:
                break
        return ""


def _after(words: tuple[Token, ...], at: int) -> str:
    return str(words[at + 1]) if at + 1 < len(words) else ""


def deeds(action: str, mentions: Sequence[Mention], alone: str = "") -> Deeds:
    """Who moves how, and who has to do with whom.

    Args:
        action: what happens in a shot.
        mentions: where it names whom.
        alone: the only figure of the shot, which "he", "she", "it" and verbs without a subject speak of.
    """
    return _Reader(action, mentions, alone).read()
