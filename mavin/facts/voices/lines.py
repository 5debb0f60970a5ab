"""The voices of a prompt: who says each quotation, when, and how."""

from __future__ import annotations

import re

from mavin.diagnostics import Span
from mavin.facts.cast import Cast, Subjects, capital
from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.english.grammar import OBJECTS, PRONOUNS, tokens_of
from mavin.facts.languages.english.phrases import noun_phrase
from mavin.facts.languages.numbers import language_of, told_by_words
from mavin.facts.languages.speech_verbs import SpeechCue, speech_verb_in
from mavin.facts.model import Anchor, Gender, Quote, TimeFact, TimeKind
from mavin.facts.quotes import Quotation
from mavin.facts.sentences import Clause
from mavin.facts.text import MASK
from mavin.facts.voices.asian_speakers import VOICE_BEHIND
from mavin.facts.voices.line_times import LineTimes
from mavin.facts.voices.speakers import THE_LINE, cue_before, cue_behind, name_above
from mavin.facts.voices.unseen import APPARATUS, HEARD, NARRATED, UNSEEN, VOICE_OF

__all__ = ["Voices"]

_PRONOUNS = {
    **{word: word for word in PRONOUNS},
    "ella": "she", "sie": "she", "elle": "she", "lei": "she", "ela": "she", "она": "she", "她": "she", "彼女": "she",
    "él": "he", "er": "he", "il": "he", "lui": "he", "ele": "he", "он": "he", "他": "he", "彼": "he",
}  # fmt: skip
_LINKS = (
    r"(?:and|but|then|finally|so|y|luego|entonces|después|pero|und|dann|aber|et|puis|ensuite|mais|e|poi|ma|depois)\b|"
    r"然后|然後|接着|接著|最后|そして|それから|と"
)


_TOGETHER = re.compile(
    r"both|all|together|everyone|beide|alle|ambos|ambas|todos|todas|les deux|tous|两人|二人", re.IGNORECASE
)
_NEXT_LABEL = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w '’-]{0,30}(?:\([^()\n]{0,30}\))?\s*[:：]")
"""A speaker's name before the next line: what stands in its brackets is of that line."""

_BY_SCRIPT = frozenset({"zh", "ja", "ko", "ru", "ar", "hi", "el"})


_LOOKS = {
    "es": r"\w\s+(?:con|en|de|vestid[oa]s?|bajo|sin)\s+\w", "pt": r"\w\s+(?:com|em|de|vestid[oa]s?|sem)\s+\w",
    "it": r"\w\s+(?:con|in|col|vestit[oaie]|senza)\s+\w", "fr": r"\w\s+(?:avec|en|au|à|aux|dans|vêtue?s?|sans)\s+\w",
    "de": r"\w\s+(?:mit|in|im|ohne)\s+\w", "zh": r"[穿戴]着?.+的|带着|笑着|哭着", "ja": r"[いなたるの](?:\w{1,6})(?:は|が)|顔で|声で|ながら",
}  # fmt: skip
"""How somebody who speaks is said to look or to speak, in words that belong into the picture."""


class Voices:
    """Gives every spoken quotation its speaker, in reading order.

    Attributes:
        speech: the spoken quotations of the prompt.
        speakers: index of a quotation to its speaker and the cue that told.
        grammar: language of the prompt itself.
        prompt: the user's text.
    """

    def __init__(
        self,
        prompt: str,
        masked: str,
        speech: tuple[Quotation, ...],
        cast: Cast,
        subjects: Subjects,
        grammar: str,
        language: str,
        stated: bool,
    ) -> None:
        self.speech = speech
        self.speakers: dict[int, tuple[str, SpeechCue]] = {}
        self.prompt = prompt
        self._masked = masked
        self._cast = cast
        self._subjects = subjects
        self.grammar = grammar
        self._language = language
        self._stated = stated
        self._last: str | None = None
        self._story = masked

    def cue(self, story: str, clause: Clause, index: int) -> tuple[SpeechCue | None, int]:
        """The cue beside a quotation and the offset of the text it was read from."""
        self._story = story
        quotation = self.speech[index]
        if quotation.who is not None:
            return SpeechCue(self.prompt[slice(*quotation.who)].strip(), 0, True, only=True), quotation.who[0]
        previous = self.speech[index - 1].end if index else 0
        # A label may stand before what the clause splitter took as the clause's first word.
        line = max(previous, max(story.rfind(stop, 0, quotation.start) for stop in "\n.;!?。") + 1)
        if self.prompt[quotation.start].isalnum() and story[max(0, line - 1) : line] == "\n":
            # Speech without marks: the name stands on the line above, or above a parenthesis.
            above = name_above(self._masked[previous : quotation.start])
            if above is not None:
                return above, previous
        label = cue_before(story[line : quotation.start].replace(MASK, " "), self.grammar)
        if label is not None and label.label:
            return label, line
        start = max(clause.start, previous)
        cue = cue_before(story[start : quotation.start].replace(MASK, " "), self.grammar)
        if cue is not None:
            return cue, start
        ended = quotation.text.endswith(".")
        behind = story[quotation.end : clause.end].replace(MASK, " ")
        return cue_behind(behind, self.grammar, ended=ended, goes_on=quotation.text.endswith(",")), quotation.end

    def only(self, story: str, clause: Clause, index: int, cue: SpeechCue | None) -> bool:
        """Whether the clause does nothing but bring in this quotation."""
        quotation = self.speech[index]
        before = THE_LINE.sub("", story[clause.start : quotation.start].replace(MASK, " "))
        after = story[quotation.end : clause.end].replace(MASK, " ")
        if cue is None:
            return not tokens_of(before) and not tokens_of(after)
        if not cue.only or re.search(r",\s*\w+ing\b|\b(?:while|as|before|after)\s", before + after):
            return False
        if self.grammar == "en" and re.search(r"\w\s+(?:in|with|wearing|holding|behind|beside)\s+\w", cue.speaker):
            return False  # "A man in a black hat says": the hat is to be seen
        worn = _LOOKS.get(self.grammar)
        if worn is not None and re.search(worn, before):
            return False  # "Un hombre con sombrero negro dice", 戴着黑帽子的男人说
        others = [other for other in self.speech if other.start >= quotation.end and other.start < clause.end]
        behind = cue_behind(
            story[quotation.end : clause.end].replace(MASK, " "), self.grammar, goes_on=quotation.text.endswith(",")
        )
        spare = tokens_of(before) if behind == cue else tokens_of(after)
        return (not spare or bool(others)) and len(tokens_of(before + " " + after)) <= 14

    def give_voice(self, index: int, cue: SpeechCue | None, offset: int, clause: Clause) -> None:
        """Decides who speaks a quotation, from its cue or from what came before."""
        key = self._speaker(cue, offset, clause, index)
        if self.speech[index].continues and index:
            if index - 1 in self.speakers:
                key = self.speakers[index - 1][0]
            elif key is not None:
                self.speakers[index - 1] = (key, SpeechCue("", offset))
        if cue is None and key is not None and not self._cast.member(key).person and self._one_behind(index):
            return  # "A countdown: "Two", "One", says the captain": a thing counts nothing down itself
        if cue is not None and offset >= self.speech[index].end and key is not None:
            for before in reversed(range(index)):
                if before in self.speakers or not self._one_behind(before):
                    break
                self.speakers[before] = (key, SpeechCue("", offset, delivery=cue.delivery))
        if key is not None:
            self.speakers[index] = (key, cue or SpeechCue("", offset))
            self._cast.member(key).speaks = True
            self._cast.humanise(key)
            self._cast.touch(key)
            self._last = self._subjects.spoke_last = key
        if cue is not None and cue.addressee:
            self._address(cue, offset, key)

    def _address(self, cue: SpeechCue, offset: int, speaker: str | None) -> None:
        """Whom a line is said to belongs to the cast too ("says to the child", 对孩子说)."""
        start = offset + cue.addressee_start
        first = [token.lower for token in tokens_of(cue.addressee)[:1]]
        if first and (first[0] in _PRONOUNS or (first[0] in OBJECTS and len(tokens_of(cue.addressee)) == 1)):
            return
        if self.grammar != "en":
            found = self._subjects.foreign.addressed(cue.addressee, start)
            if found is None:
                return
            key = found
        else:
            phrase = noun_phrase(cue.addressee, start)
            if phrase is None or phrase.mass:
                return
            if self._cast.who_they_are(phrase):
                return
            key = self._cast.mention(phrase, speaker)
        self._cast.humanise(key)

    def _foreign_speaker(self, clause: Clause, index: int) -> str | None:
        """Who speaks by the words around a quotation in another language than English; ``None`` if they do not tell."""
        quotation = self.speech[index]
        left = max(clause.start, self.speech[index - 1].end if index else 0)
        right = self.speech[index + 1].start if index + 1 < len(self.speech) else clause.end
        right = max(quotation.end, min(right, clause.end))
        before, behind = self._story[left : quotation.start], self._story[quotation.end : right]
        before = re.split(r"[;；]", before)[-1]  # «Nunca», dice Rosa; «jamás», añade Luis
        current = self._subjects.keys
        found = self._subjects.foreign.speaker(before, left, behind, quotation.end, current, self._last)
        if found is None:
            return None
        return found[-1] if found else (current[-1] if current else None)

    def _speaker(self, cue: SpeechCue | None, start: int, clause: Clause, index: int) -> str | None:
        if NARRATED.search(self.prompt[: self.speech[index].start]):
            return self._cast.label("Narrator", start)
        if self.grammar != "en" and (cue is None or not cue.label):
            stranger = self._stranger(clause, index)
            found = self._inner_speaker(index) or stranger or self._foreign_speaker(clause, index)
            if found is not None:
                return found
            cue = None if cue is not None and cue.speaker else cue
        subject = self._subjects.single or (self._subjects.keys[-1] if self._subjects.keys else None)
        if cue is None and index and index - 1 in self.speakers:
            gap = self._story[self.speech[index - 1].end : self.speech[index].start]
            if re.fullmatch(rf"\W*(?:{_LINKS})\W*", gap, re.IGNORECASE):
                return self.speakers[index - 1][0]  # 'Mara says "a" and then "b" while Theo writes'
        if cue is None:
            if self.grammar == "en" and HEARD.match(self._story, clause.start):
                return self._cast.label("Voice", clause.start)
            words = tokens_of(self._masked[clause.start : clause.end].replace(MASK, " "))
            return subject if words and subject is not None else self._turn(index)
        if not cue.label and (before := self._inner_speaker(index)) is not None:
            return before
        name = re.sub(rf"^(?:(?:{_LINKS})\s*)+", "", cue.speaker, flags=re.IGNORECASE).strip()
        if not name:
            return subject or self._last or self._turn(index)
        at = start + cue.start + cue.speaker.find(name)
        words = tokens_of(name)
        if cue.label and _TOGETHER.fullmatch(name) and (subject or self._last) is not None:
            return self._last if self._last is not None else subject  # "Both: …": see with_sayings
        one = self._subjects.group_member(name, at) or self._cast.by_rank(name)
        if one is not None:
            return one
        if len(words) == 2 and words[0].lower == "they" and words[1].lower in {"both", "all"}:
            words = words[:1]
        pronoun = _PRONOUNS.get(words[0].lower) if len(words) == 1 and not cue.label else None
        if words[0].lower in {"everyone", "everybody"}:
            people = self._cast.people()  # each of them, see with_sayings; or a crowd
            return people[0] if len(people) > 1 else self._cast.label("Everyone", at, plain=True)
        if pronoun == "i":
            return self._cast.label("Narrator", at)
        if pronoun in {"someone", "somebody"}:
            return self._cast.label("Someone", at, plain=True)
        if pronoun is not None:
            known_by = {member.key: member for member in self._cast.members()}
            asker = known_by.get(self._last) if self._last is not None else None
            if asker is not None and asker.gender is Gender.UNKNOWN and not asker.plural and self.grammar == "en":
                said = self._story[clause.start : self.speech[index].start]
                if re.search(r"\b(?:answer|repl(?:y|ie)|respond|retort)\w*\W", f"{said} ", re.IGNORECASE):
                    return self._cast.pronoun(pronoun, self._last) or self._cast.unnamed(pronoun, self.prompt)
                if self._asked(index) and (other := self._cast.pronoun(pronoun, self._last)) is not None:
                    return other  # 'The passenger asks "How far?" and he says …': the driver
            if subject is not None and self._cast.fits(subject, pronoun):
                return subject
            known = self._cast.pronoun(pronoun)
            if known is None and pronoun in {"he", "she"}:
                return self._cast.unnamed(pronoun, self.prompt)
            return known or self._last or subject or self._cast.unnamed(pronoun, self.prompt)
        if cue.label:
            table = words_of(self.grammar)
            nounlike = self.grammar in {"zh", "ja"} or (table is not None and words[0].lower in table.determiners)
            known = self._subjects.foreign.addressed(name, at) if nounlike else None  # "Der Junge: …"
            return known or self._cast.label(name, at, plain=self.grammar in {"zh", "ja"})
        phrase = noun_phrase(name, at, sentence_start=True)
        if phrase is None or len(words) > 8:
            return subject or self._last
        return self._cast.mention(phrase, self._subjects.single)

    def _stranger(self, clause: Clause, index: int) -> str | None:
        """Somebody of whom nothing is told speaks: 黑暗中有人说, 誰かが叫ぶ."""
        quotation = self.speech[index]
        before = self._story[max(clause.start, self.speech[index - 1].end if index else 0) : quotation.start]
        european = re.search(
            r"\b(?P<who>jemand|alguien|quelqu['’]un|qualcuno|alguém)\s+(?:\w+\s+){0,2}\w+\s*[:,]?\s*$",
            before,
            re.IGNORECASE,
        )
        if european is not None:
            start = quotation.start - len(before) + european.start()
            return self._cast.label(self.prompt[start : start + len(european["who"])].capitalize(), start, plain=True)
        said = re.search(
            r"(?P<who>有人|某人|有个声音|有個聲音)[^，。、]{0,6}[说說喊叫问問道]\W*$|(?P<ja>誰か)[がは]?\W*$", before
        )
        if said is None:
            return None
        who = said["who"] or said["ja"]
        return self._cast.label(who, quotation.start - len(before) + said.start(), plain=True)

    def _one_behind(self, index: int) -> bool:
        """Whether a speaker is named only behind the last of several quotations of a sentence, this one among them."""
        for number in range(index, len(self.speech)):
            right = self.speech[number + 1].start if number + 1 < len(self.speech) else len(self._masked)
            gap = self._masked[self.speech[number].end : right]
            cue = cue_behind(gap, self.grammar)
            if cue is not None:
                return bool(cue.speaker) and number > index
            if re.search(r"[.;!?。\n]", gap):
                return False
        return False

    def _inner_speaker(self, index: int) -> str | None:
        """Who goes on behind words set into a line: "I can't," says the boy, "my leg is stuck." """
        if index - 1 not in self.speakers:
            return None
        gap = self._masked[self.speech[index - 1].end : self.speech[index].start]
        inner = cue_behind(gap, self.grammar)
        # A new sentence behind a full stop has a speaker of its own: '"Turn back." The navigator answers, …'
        goes_on = self.speech[index - 1].text[-1] not in ".!?…" or not gap.lstrip(" ,")[:1].isupper()
        goes_on = goes_on and not re.search(r"[.!?。\n]", gap) and len(tokens_of(gap)) <= 6 and "," in gap[-3:]
        # 'Ana says, "Come" Ben whispers, "No"': who speaks first was told before, so Ben has a line of his own.
        before = self._masked[self.speech[index - 2].end if index > 1 else 0 : self.speech[index - 1].start]
        goes_on = goes_on and cue_before(before.replace(MASK, " "), self.grammar) is None
        return self.speakers[index - 1][0] if inner is not None and goes_on else None

    def _asked(self, index: int) -> bool:
        """Whether the line before, of whoever spoke last, asks what this one answers, not: 'and he adds "…"'."""
        before = self.speakers.get(index - 1)
        if before is None or before[0] != self._last or not self.speech[index - 1].text.endswith("?"):
            return False
        gap = self._masked[self.speech[index - 1].end : self.speech[index].start]
        return len(tokens_of(gap)) <= 12 and not re.search(r"\b(?:adds?|continues?|goes|repeats?|again)\b", gap)

    def _turn(self, index: int) -> str | None:
        """Speaker of a quotation that stands alone: the same goes on, or the other one of two answers."""
        speech = self.speech
        if index and (index - 1) in self.speakers:
            gap = self._masked[speech[index - 1].end : speech[index].start]
            before = self.speakers[index - 1][0]
            told = self._subjects.single
            if tokens_of(gap) and told is not None and told != before and self._cast.member(told).person:
                return told  # "Where were you?" The suspect smirks. "Asleep."
            others = [key for key, _ in self.speakers.values() if key != before]
            asked = speech[index - 1].text.endswith(("?", "？")) and not speech[index].text.endswith(("?", "？"))
            if others and asked and self.grammar in {"zh", "ja"} and gap.rstrip().endswith("。"):
                return others[-1]  # 会社員は「君は？」と聞く。「走ります」
            dashed = self.prompt[speech[index].start] in "—–―" and not speech[index].continues
            if "\n" in gap or not tokens_of(gap) or dashed:
                if others:
                    return others[-1]
                people = [role.key for role in self._cast.facts() if role.person and role.key != before]
                if people and not tokens_of(gap):
                    return people[-1]
            return before
        if self._subjects.keys:
            return self._subjects.keys[-1]
        people = [role.key for role in self._cast.facts() if role.person]
        return people[0] if people else None  # whoever comes on later, see settle()

    def settle(self) -> None:
        """Gives lines that opened the story to the people who come on after them, in turn; else to a narrator."""
        people = [role.key for role in self._cast.facts() if role.person]
        for index, quotation in enumerate(self.speech):
            if index in self.speakers:
                continue
            before = self.speakers.get(index - 1)
            later = [key for key in people if self._cast.member(key).start > quotation.end] or people
            others = [key for key in later if before is None or key != before[0]]
            if (answer := self._answer_to(index)) is not None:
                others = [key for key in others if key != answer] or [key for key in people if key != answer]
                later = []  # whoever answers has not asked
            key = (others or later or [self._cast.label("Narrator", quotation.start)])[0]
            self.speakers[index] = (key, SpeechCue("", quotation.start))
            self._cast.member(key).speaks = True

    def _answer_to(self, index: int) -> str | None:
        """Who answers a question that opens the prompt in the next line, by a cue of that line alone."""
        after = self.speakers.get(index + 1)
        if (
            after is None
            or not self.speech[index].text.endswith(("?", "？"))
            or self.speech[index + 1].text.endswith("?")
        ):
            return None
        gap = self._masked[self.speech[index].end : self.speech[index + 1].start]
        return after[0] if after[1].speaker or (gap.rstrip().endswith(":") and len(tokens_of(gap)) <= 6) else None

    def speech_sentence(self, inside: list[int], text: str) -> str:
        """The sentence for a clause that only introduces speech: "Anna whispers", "The partner speaks"."""
        sentences = []
        for index in inside:
            if index not in self.speakers:
                continue
            key, cue = self.speakers[index]
            member = self._cast.member(key)
            if self.grammar != "en":
                spoken = speech_verb_in(text, self.grammar)
                if spoken:
                    return f"{member.phrase} {spoken}"
                bare = re.sub(r"^(?:という|と|[他她它](?![的们們]))", "", text.strip(" ，。：:、"))
                if member.phrase not in bare and self.grammar == "zh":
                    bare = re.sub(
                        r"^(?:(?:其中)?另?外?一[个個位名](?:人(?=[说說问問喊答]))?|[高矮][个個]子|[胖瘦]子|年[长長轻輕]的(?:那[个個])?)",
                        "",
                        bare,
                    )  # 一个说, 高个子说
                opening = re.match(r"(?P<who>\w+)\s+(?=\w)", bare)
                if (
                    opening
                    and words_of(self.grammar) is not None
                    and _PRONOUNS.get(opening["who"].lower()) in {"he", "she"}
                ):
                    return f"{member.phrase} {bare[opening.end() :]}"  # "Er lächelt: …"
                told = bare.casefold()
                if member.phrase.casefold() in told or member.name.casefold() in told:
                    return bare
                joint = _JOINTS.get(self.grammar, "" if self.grammar == "zh" else " ")
                return f"{member.phrase}{joint if bare else ''}{bare}"
            verb = {"whispering": "whispers", "shouting": "shouts", "asking": "asks a question"}.get(
                cue.delivery.split()[0] if cue.delivery else "", "speaks"
            )
            sentences.append(f"{member.phrase} {_singular(verb) if member.plural else verb}")
        return ". ".join(dict.fromkeys(capital(sentence) for sentence in sentences))

    def quotes(self, times: tuple[TimeFact, ...], timed: str) -> tuple[Quote, ...]:
        """All spoken quotations as facts, with the times that stand beside them.

        Args:
            times: stated times that may belong to a line.
            timed: the masked prompt, broken where a clause ends for its times.
        """
        line_times = LineTimes(self.prompt, timed, self.speech, self.grammar)
        quotes = []
        speech = self.speech
        for index, quotation in enumerate(speech):
            speaker, cue = self.speakers.get(index, (None, SpeechCue("", quotation.start)))
            fact = line_times.of(index, times)
            # What counts from the middle or the end is placed by who knows the total duration.
            placed = fact is not None and fact.anchor is Anchor.START
            lead = self.prompt[max(0, quotation.start - 60, speech[index - 1].end if index else 0) : quotation.start]
            lead = re.split(r"[.!?]\s+(?=[A-Z])", lead)[-1]
            following = _NEXT_LABEL.split(self.prompt[quotation.end : quotation.end + 80])[0]
            behind = re.split(r"\b(?:while|as|and|but)\b", following[:25])[0]
            if index + 1 < len(speech) and re.match(r"\s+[A-Z]", following):
                between = self._masked[quotation.end : speech[index + 1].start]
                behind = "" if cue_before(between, self.grammar) is not None else behind  # it brings in the next line
            off = re.search(
                r"off[\s-]?screen|\bv\.?o\.?\b|voice[\s-]?over|\bo\.s\.|narrat(?:or|es|ion)|"
                rf"(?:voice on|from|over|through) (?:the |a |his |her )?(?:\w+ ){{0,2}}?(?:{APPARATUS})\b",
                lead + behind,
                re.IGNORECASE,
            )
            off = off or re.search(rf"{VOICE_OF.pattern}\s+[a-z]+\W*$", lead[-40:], re.IGNORECASE)
            off = off or re.match(rf"\W*{VOICE_OF.pattern}\b", behind, re.IGNORECASE)
            off = off or VOICE_BEHIND.match(self.prompt, quotation.end)
            off = off or UNSEEN.search(re.split(r"[。！？；\n”」』]", lead)[-1])
            guess = language_of(quotation.text)
            # A few words tell no language apart, unless their script does.
            one, other = (told_by_words(quotation.text, tongue) for tongue in (guess, self.grammar))
            told = one > other or (one == other and one >= 2)
            telling = guess in _BY_SCRIPT or (len(quotation.text.split()) >= 5 and guess != "en" and told)
            language = guess if telling and not self._stated else self._language
            quotes.append(
                Quote(
                    span=Span(
                        start=quotation.start, end=quotation.end, text=self.prompt[quotation.start : quotation.end]
                    ),
                    text=quotation.text,
                    speaker=speaker,
                    speaker_span=None,
                    start_ms=fact.start_ms if fact and placed and fact.kind is not TimeKind.UNTIL else None,
                    end_ms=fact.end_ms if fact and placed and fact.kind is not TimeKind.INSTANT else None,
                    time_span=fact.span if fact else None,
                    delivery=cue.delivery,
                    language=language,
                    off_screen=bool(off or NARRATED.search(self.prompt[: quotation.start]))
                    or (speaker is not None and self._cast.member(speaker).head in {"voice", "声"}),
                )
            )
        return tuple(quotes)


_JOINTS = {"ja": "は"}


def _singular(verb: str) -> str:
    return (
        verb.replace("speaks", "speak").replace("whispers", "whisper").replace("shouts", "shout").replace("asks", "ask")
    )
