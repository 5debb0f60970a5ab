"""Clauses as sentences that name their subjects: who a verb phrase, a pronoun or a participle is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mavin.facts.cast.foreign_subjects import ForeignCast
from mavin.facts.cast.joint_subjects import NAMES, subjects_in
from mavin.facts.cast.members import Cast
from mavin.facts.languages.english.grammar import (
    AUXILIARIES,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    human_act,
    is_participle,
    third_person,
    tokens_of,
    verb_forms,
)
from mavin.facts.languages.english.people import is_animal, is_person
from mavin.facts.languages.english.phrases import NounPhrase, noun_phrase, noun_phrases_in
from mavin.facts.model import Gender
from mavin.facts.sentences import Clause
from mavin.facts.text import MASK

__all__ = ["Subjects", "capital"]


_WEATHER = re.compile(
    r"(?:['’]s|\s+(?:is|was|has been|starts?|begins?|stops?|continues?|keeps?))?(?:\s+to)?\s+(?:\w+ly\s+)?"
    r"(?:rain|snow|hail|thunder|drizzl|pour|dark|dawn|late|early|cold|hot|night|day|noon|midnight|morning|quiet|silent)\w*\b",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(
    r"(?:the\s+)?(?P<which>one|other|another|first|second|third|fourth|last|\w{3,}est|\w{3,}er(?=\s+one))"
    r"(?:\s+(?:one|of them|man|woman|boy|girl|person))?(?:,\s+an?\s[^,]+,?)?",
    re.IGNORECASE,
)


_MEANWHILE = frozenset("when while as after once before because until since".split())
_BESIDE = frozenset("next beside behind with opposite".split())
"""Words that open an adverbial in which somebody is: "Next to Rita, Paul sleeps"."""


@dataclass(frozen=True, slots=True)
class _Passive:
    """The last passive clause: its auxiliary and subject, for participles that lean on it later."""

    verb: str
    subjects: list[str]
    phrase: str
    plural: bool


class Subjects:
    """Follows the subject from clause to clause.

    Attributes:
        keys: members of the cast that the last clause was about; several for "a man and a woman".
        phrase: how to name them in the next sentence.
        plural: whether they take plural verbs.
        spoke_last: who said the last line so far.
    """

    def __init__(self, prompt: str, cast: Cast, language: str, masked: str = "") -> None:
        self.keys: list[str] = []
        self.phrase = ""
        self.plural = False
        self.spoke_last: str | None = None
        self._group: str | None = None  # the last plural member, for "one" and "the other" of it
        self._prompt = prompt
        self._cast = cast
        self._language = language
        self._passive: _Passive | None = None
        self.foreign = ForeignCast(cast, language, masked or prompt)

    def group_member(self, words: str, start: int) -> str | None:
        """The member that "one", "the other" or "the second one" of the last group means."""
        found = _OF_GROUP.fullmatch(words.strip())
        if found is None or self._group is None:
            return None
        return self._cast.one_of(self._group, found["which"].casefold(), start + found.start("which"))

    @property
    def single(self) -> str | None:
        """The one member that the last clause was about, ``None`` for a group or nobody."""
        return self.keys[0] if len(self.keys) == 1 else None

    def sentence(self, story: str, clause: Clause, roles: list[str]) -> str:
        """The clause as a sentence that names its subject; fills in who takes part."""
        raw = self._prompt[clause.start : clause.end]
        blanked = story[clause.start : clause.end].replace(MASK, " ")
        # Words come from the prompt, gaps from the blanked story.
        body = "".join(
            char if kept.strip() or not char.strip() else " " for char, kept in zip(raw, blanked, strict=True)
        )
        if self._language != "en":
            return self._foreign_sentence(body, clause, roles)
        if _WRITTEN_OVER.match(body):
            return body  # nobody speaks what is written over the picture
        verb = clause.verb - clause.start
        lead = tokens_of(body[:verb])
        bare = lead and lead[0].text[0].islower() and lead[0].lower not in DETERMINERS | POSSESSIVES
        if clause.kind == "clause" and bare and lead[-1].lower == "and" and self.phrase:
            # ", unmutes herself and says": a verb that no dictionary knows goes on with the subject.
            return self._inherited(
                body, replace(clause, kind="verb", verb=clause.start, verb_end=clause.start + lead[0].end), 0, roles
            )
        if clause.kind == "clause" and verb == 0:
            # A sentence whose verb no dictionary knows: its first noun phrase is the subject.
            leading = next(iter(noun_phrases_in(body, clause.start)), None)
            if leading is not None and not body[: leading.start - clause.start].strip():
                key = self._cast.mention(leading)
                self.become([key], leading.definite, leading.plural)
                roles.append(key)
                return body
        if clause.kind in {"verb", "participle"} and self.phrase:
            return self._inherited(body, clause, verb, roles)
        if clause.kind == "fragment" or _only_named(body, clause):
            phrase = noun_phrase(body, clause.start, sentence_start=True)
            if phrase is not None and _PLACE.search(phrase.text):
                return body  # "A violin maker's workshop."
            if phrase is not None and (owner := self._owner_of(phrase)) is not None:
                roles.append(owner)  # "Close-up: Nadia's eyes."
                self.become([owner], self._cast.member(owner).phrase, False)
                return body
            head = _without_last_verb(body.rstrip(" .!,;:"))
            parts = re.split(r",\s*(?:and\s+)?|\s+and\s+", head.strip())
            if phrase is not None and not phrase.mass and len(parts) > 1 and all(map(_ONE_OF_THEM.match, parts)):
                return self._named_subject(body, head, phrase, clause.start, roles)
            if phrase is not None and not phrase.mass and not self._cast.is_lone_word(phrase):
                key = self._cast.mention(phrase)
                self.become([key], phrase.definite, phrase.plural)
                roles.append(key)
            return body
        return self._own_subject(body, clause, verb, roles)

    def _inherited(self, body: str, clause: Clause, verb: int, roles: list[str]) -> str:
        word = self._prompt[clause.verb : clause.verb_end].lower()
        forms = verb_forms(word)
        aside, rest = body[:verb], body[verb:]
        if clause.kind == "participle" and is_participle(word):
            rest = third_person(word, self.plural) + body[clause.verb_end - clause.start :]
        elif self._passive is not None and "VBN" in forms and "VBZ" not in forms:
            # "…, more light comes in, and then closed again": only the passive subject fits.
            self.become(self._passive.subjects, self._passive.phrase, self._passive.plural)
            aside = f"{self._passive.verb} {aside}"
        elif not self.plural and "VB" in forms and not forms & {"VBZ", "VBD"}:
            rest = _singular_verb(rest)
        for key in self.keys:
            self._cast.touch(key)
            self._cast.member(key).subject_of += 1
        roles += self.keys
        roles += self._cast.people_in(body[verb:], clause.start + verb, self.single)
        return f"{self.phrase} {aside}{rest}"

    def _own_subject(self, body: str, clause: Clause, verb: int, roles: list[str]) -> str:
        head = body[:verb]
        words = tokens_of(head)
        opens = words[0].lower if words else ""
        aside = opens in PREPOSITIONS | {"when", "while", "as", "after", "once", "before", "because"}
        ends = head.rstrip().endswith(",")
        colon = max((match.start() for match in re.finditer(r":(?!\d)", head)), default=-1)
        if colon >= 0 and tokens_of(head[colon:]) and not re.match(r":\s*[\"“„«]", head[colon:]):
            # "A beach: two women laugh": what stands before the colon is the place.
            words = [token for token in words if token.start > colon]
            lead = " " * (colon + 1) + head[colon + 1 :]
        elif "," in head and not ends and (aside or " and " not in head):
            # "After she finishes, Clara grabs", "A desert, a lone rider approaches": the last piece is the subject.
            comma = head.rfind(",")
            words = [token for token in words if token.start > comma]
            lead = " " * (comma + 1) + head[comma + 1 :]
        else:
            lead = head
        pronoun = next((token for token in words if token.lower in PRONOUNS and token.lower != "who"), None)
        phrase = noun_phrase(lead, clause.start, sentence_start=not lead[:1].isspace())
        if pronoun is not None and (phrase is None or phrase.start - clause.start >= pronoun.start):
            told = self._spell_out(body, pronoun, clause.start)
            nobody = pronoun.lower == "it" and told == body
            body = told
            everyone = pronoun.lower in {"everyone", "everybody"} and len(self.keys) > 1
            if everyone or not (
                nobody or pronoun.lower in {"nobody", "everyone", "everybody", "someone", "somebody", "you"}
            ):
                roles += self.keys
        elif phrase is None and body[verb:].strip():
            # "Why does the cat sit there?": the subject stands behind its auxiliary.
            asked = next(iter(noun_phrases_in(body[verb:], clause.verb)), None)
            if asked is not None and (is_person(asked.head) or is_animal(asked.head) or asked.named):
                self.become([self._cast.mention(asked)], asked.definite, asked.plural)
                roles += self.keys
        elif phrase is not None and phrase.head == "there":
            pass  # "There is a knock": whoever stands behind the verb is found below
        elif phrase is not None and (
            phrase.head in {"one", "other", "both", "two", "all", "others"}
            or words[0].lower == "no"
            or (self._group is not None and _RANKED.fullmatch(phrase.text))
        ):
            if self._group is None and phrase.head == "one" and "," in head:
                group = noun_phrase(head[: head.find(",")], clause.start, sentence_start=True)
                if group is not None and group.plural and (is_person(group.head) or is_animal(group.head)):
                    key = self._cast.mention(group)  # "Two old men on a bench, one feeds pigeons"
                    self._cast.member(key).subject_of += 1
                    self.become([key], group.definite, True)
                    roles.append(key)
            if phrase.head in {"two", "both"} and len(self.keys) == 1:
                self.become(self._cast.last_two() or self.keys, phrase.text, True)
            if self._group and phrase.head not in {"both", "two", "all", "others"} and words[0].lower != "no":
                compared = re.search(r"\b(\w{3,}er|first|second|third|fourth|last)\s+one$", phrase.text.lower())
                which = compared[1] if compared else phrase.head
                key = self._cast.one_of(self._group, which, phrase.start + phrase.text.lower().rindex(which))
                self._cast.member(key).subject_of += 1
                self._cast.hint(key, body[verb:])
                self._cast.name_aside(key, head, clause.start)
                self.become([key], self._cast.member(key).phrase, False)
            roles += self.keys
        elif phrase is not None and (one := self._cast.by_rank(phrase.text)) is not None:
            self._cast.touch(one)
            self._cast.member(one).subject_of += 1
            self.become([one], self._cast.member(one).phrase, False)
            roles += self.keys
        elif phrase is not None:
            body = self._named_subject(body, head, phrase, clause.start, roles)
            if self.single is not None and human_act(self._prompt[clause.verb : clause.verb_end].lower()):
                self._cast.humanise(self.single)
        self._note_passive(clause)
        offset = clause.verb_end - clause.start
        if opens in _MEANWHILE and "," in head:
            # "While Theo sleeps, his alarm rings. He …": he is in the story too.
            roles += self._cast.people_in(head[: head.rfind(",")], clause.start, self.single)
        if opens in _BESIDE and "," in head and self.keys:
            roles += self._cast.people_in(head[: head.rfind(",")], clause.start, self.single)
        tail = body[len(body) - (clause.end - clause.start - offset) :] if offset else ""
        roles += self._cast.people_in(tail, clause.end - len(tail), self.single)
        return self._second_subject(body, len(body) - len(tail), roles)

    def _second_subject(self, body: str, start: int, roles: list[str]) -> str:
        """Whom the pronoun of a second half means: "The phone rings and *he* picks it up"."""
        found = _AND_PRONOUN.search(body, start)
        subject = self._cast.member(self.single) if self.single is not None else None
        if found is None or (subject is not None and subject.person and subject.gender is Gender.UNKNOWN):
            return body  # "The teacher opens the door and she smiles"
        key = self._cast.pronoun(found["who"])
        if key is None or key in self.keys:
            return body
        self._cast.touch(key)
        self._cast.member(key).subject_of += 1
        if key not in roles:
            roles.append(key)
        named = body[: found.start("who")] + self._cast.member(key).phrase
        return self._second_subject(named + body[found.end("who") :], len(named), roles)

    def _named_subject(self, body: str, head: str, phrase: NounPhrase, clause_start: int, roles: list[str]) -> str:
        pieces, grouped = subjects_in(body, head, phrase, clause_start)
        owners = [self._owner_of(piece) for piece in pieces]
        keys = [
            owner if owner is not None and piece.head in _UTTERED else self._cast.mention(piece, self.single)
            for piece, owner in zip(pieces, owners, strict=True)
        ]
        for key in keys:
            self._cast.member(key).subject_of += 1
            self._cast.hint(key, body[len(head) :] if len(keys) == 1 else "")
        if grouped and len(keys) > 1 and phrase.plural:
            self._cast.note_group(phrase.head, keys)
        first = self._cast.member(keys[0])
        owned = phrase.text.split()[0].lower() in {"her", "his", "their", "its"}
        definite = " and ".join(
            self._cast.member(key).phrase if owned else piece.definite for key, piece in zip(keys, pieces, strict=True)
        )
        self.become(keys, definite, phrase.plural or len(keys) > 1)
        if not phrase.mass:
            roles += keys
        if owned and phrase.text in head:
            body = body.replace(phrase.text, first.phrase, 1)
        return body

    def _owner_of(self, phrase: NounPhrase) -> str | None:
        """ "The baker's alarm rings": the baker is in the story too, for the "he" that follows."""
        owned = re.match(r"(?P<owner>.+?)['’]s\s+\S", phrase.text)
        owner = noun_phrase(owned["owner"], phrase.start) if owned else None
        if owner is None or owner.mass or owner.plural:
            return None
        key = self._cast.mention(owner)
        self._cast.member(key).owns = True
        return key if owner.named or is_person(owner.head) else None

    def _note_passive(self, clause: Clause) -> None:
        verb = self._prompt[clause.verb : clause.verb_end].lower().lstrip("'’")
        verb = {"s": "is", "re": "are"}.get(verb, verb)
        behind = tokens_of(self._prompt[clause.verb_end : clause.end].replace(MASK, " "))
        if verb in {"is", "are", "was", "were"} and any("VBN" in verb_forms(token.lower) for token in behind[:2]):
            self._passive = _Passive(verb, list(self.keys), self.phrase, self.plural)
        elif "VBD" in verb_forms(verb) and not verb_forms(verb) & {"VB", "VBZ"}:
            self._passive = None  # a story in the past tense: "-ed" is a past form from here on

    def _spell_out(self, body: str, token: Token, offset: int) -> str:
        """Puts the name of whom a subject pronoun means in its place."""
        pronoun = token.lower
        if pronoun in {"i", "we"}:
            self.become([self._cast.unnamed(pronoun, self._prompt)], body[token.start : token.end], True)
            return body
        if pronoun in {"everyone", "everybody"} and len(people := self._cast.people()) > 1:
            self.become(people, body[token.start : token.end], False)
            return body
        if pronoun in {"you", "everyone", "everybody", "someone", "somebody", "nobody"}:
            return body
        if pronoun == "it" and _WEATHER.match(body[token.end :]):
            return body  # "It starts to snow" is nobody's doing
        if pronoun == "it" and self._means_nobody(body[token.end :]):
            self._presented(body, token, offset)
            return body
        if _ANSWERS.match(body[token.end :]) and self.spoke_last is not None and self._might_be_either(self.spoke_last):
            # 'The detective asks "Where were you?" She answers': whoever has asked does not answer.
            keys = [self._cast.pronoun(pronoun, self.spoke_last) or self._cast.unnamed(pronoun, self._prompt)]
        else:
            keys = self._referents(pronoun)
        phrase = " and ".join(self._cast.member(key).phrase for key in keys)
        plural = len(keys) > 1 or self._cast.member(keys[0]).plural
        for key in keys:
            self._cast.touch(key)
            self._cast.member(key).subject_of += 1
        self.become(keys, phrase, plural)
        rest = body[token.end :]
        contraction = re.match(r"['’](s|re)\b", rest)
        if contraction:
            following = tokens_of(rest[contraction.end() :])
            has = bool(following) and following[0].lower in {"been", "got", "had"}
            rest = (" has" if has else " is" if contraction[1] == "s" else " are") + rest[contraction.end() :]
        elif pronoun == "they" and not plural:
            rest = _singular_verb(rest)
        return body[: token.start] + phrase + rest

    def _might_be_either(self, key: str) -> bool:
        """Whether nothing has told yet whether a member is a "he" or a "she" ("the detective")."""
        return self._cast.member(key).gender is Gender.UNKNOWN and not self._cast.member(key).plural

    def _presented(self, body: str, token: Token, offset: int) -> None:
        """ "It is Maya.": whoever is presented so is spoken of from here on."""
        found = _IT_IS.match(body, token.end)
        name = noun_phrase(found["who"], offset + found.start("who")) if found else None
        if found is None or name is None or not name.named:
            return
        key = self._cast.mention(name)
        self.become([key], self._cast.member(key).phrase, False)

    def _means_nobody(self, rest: str) -> bool:
        """Whether "it" means no role: "It is Maya", or a thing that the cast does not hold beside people."""
        if re.match(r"(?:\s+(?:is|was)|['’]s)\s+(?:[A-Z]|(?:the|an?|my|his|her|their)\s)", rest):
            return True
        known = self._cast.pronoun("it")
        people = bool(self.keys) and all(self._cast.member(key).person for key in self.keys)
        return known is None and people and self.single is not None

    def _referents(self, pronoun: str) -> list[str]:
        if self.single is not None and self._cast.fits(self.single, pronoun):
            return [self.single]
        key = self._cast.pronoun(pronoun)
        if key is not None:
            return [key]
        if pronoun == "they":
            people = [role.key for role in self._cast.facts() if role.person]
            if len(people) >= 2:
                return people[-2:]
            if (both := self._cast.last_two()) and len(self.keys) < 2:
                return both  # a fox and a bear
        if self.keys and pronoun in {"they", "it"}:
            return self.keys
        # A story that begins with "he": somebody whom the user has not named.
        return [self._cast.unnamed(pronoun, self._prompt)]

    def become(self, keys: list[str], phrase: str, plural: bool) -> None:
        """Sets whom the next verb phrase is about."""
        if len(keys) == 1 and self._cast.member(keys[0]).plural:
            self._group = keys[0]
        self.keys, self.phrase, self.plural = list(keys), phrase, plural

    def people_in(self, text: str, offset: int, subject: str | None) -> list[str]:
        """Members that words name, whatever their language: persons and names, not places."""
        if self._language != "en":
            return self.foreign.people_in(text, offset, subject)
        return self._cast.people_in(text, offset, subject)

    def _foreign_sentence(self, body: str, clause: Clause, roles: list[str]) -> str:
        opening = re.split(r"[.!?;\n。]\s|[\"“”»«]", self._prompt[max(0, clause.start - 60) : clause.start])[-1].strip()
        led = bool(re.search(r"\w$", opening)) and not re.search(r"\b(?:und|oder|aber|sondern)$", opening)
        told = self.foreign.sentence(body, clause, self.keys, self.phrase, self.plural, led=led)
        if told.about:
            self.become(told.keys, told.phrase, told.plural)
        roles += told.roles
        return told.text


_AND_PRONOUN = re.compile(r"(?:,\s*|\b(?:and|as|while|but|so)\s+)(?P<who>he|she)(?=\s+(?:\w+ly\s+)?[a-z]+(?:s|ed)?\b)")
_PLACE = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}(?:workshop|house|home|kitchen|shop|office|studio|room|bedroom|apartment|flat|garden|store|lab|laboratory|garage|"
    r"farm|yard|cabin|cottage|hut|den|lair|classroom|clinic|salon|stall|booth|market|barn|attic|cellar|basement)$",
    re.IGNORECASE,
)
"""A place that belongs to somebody, who need not be there."""
_UTTERED = frozenset("voice voiceover whisper laughter laugh giggle scream shout cry sob sigh gasp".split())
"""What is heard of somebody is that somebody: "A boy's voice echoes"."""
_ANSWERS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:answers?|answered|repl(?:y|ies|ied)|responds?|responded|retorts?)\b", re.IGNORECASE
)
"""Behind a pronoun that means somebody else than who spoke last."""
_ONE_OF_THEM = re.compile(r"(?:an?|the|his|her|their|its|my|our)\s+[^\W\d_]", re.IGNORECASE)
"""What makes a part of "A boy and his robot Beep." somebody of his own."""
_IT_IS = re.compile(rf"(?:\s+(?:is|was)|['’]s)\s+(?P<who>{NAMES.pattern})(?=\s*[.,!?;:]|\s*$)")
_WRITTEN_OVER = re.compile(
    r"\W*(?:(?:the|a|an)\s+)?(?:(?:on-?screen\s+)?(?:supers?|text|captions?|subtitles?|titles?|logo)|(?:title|end|text)\s+cards?|tagline|chyron|lower\s+third|slogan)"
    r"(?:\s+(?:at|on|in|over)\s+(?:the\s+)?\w+)?\s*:?\s*[\"“„«‘']",
    re.IGNORECASE,
)
_RANKED = re.compile(r"the\s+(?:\w{3,}est|first|second|third|fourth|last)(?:\s+one)?", re.IGNORECASE)
"""Which of several who were told of before: "the youngest", "the third"."""


def _without_last_verb(head: str) -> str:
    """ "A dog, a cat, a horse sleep" up to the verb of a list that no "and" closes."""
    parts = head.split(",")
    words = parts[-1].split()
    many = len(parts) > 2 and " and " not in head and len(words) == 3
    return head[: head.rindex(words[-1])].rstrip() if many and "VB" in verb_forms(words[-1].lower()) else head


def _only_named(body: str, clause: Clause) -> bool:
    """Whether the only verb of a clause is what somebody is called by: "a lighthouse keeper named Otto"."""
    verb = body[clause.verb - clause.start : clause.verb_end - clause.start].lower()
    lead = tokens_of(body[: clause.verb - clause.start])
    plain = (
        bool(lead) and verb in {"named", "called", "nicknamed"} and not any(item.lower in AUXILIARIES for item in lead)
    )
    return plain and re.fullmatch(rf"\s*{NAMES.pattern}[\s.!?]*", body[clause.verb_end - clause.start :]) is not None


def _singular_verb(rest: str) -> str:
    """ "float away" → "floats away" behind a subject that turned out to be one person."""
    from lemminflect import getInflection

    tokens = tokens_of(rest)
    for token in tokens[:2]:
        if token.lower == "are":
            return rest[: token.start] + "is" + rest[token.end :]
        if "VB" in verb_forms(token.lower):
            form = (getInflection(token.lower, "VBZ") or (token.text,))[0]
            return rest[: token.start] + str(form) + rest[token.end :]
    return rest


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
