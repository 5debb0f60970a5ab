"""Reads a prompt: quotations, times, counts, labels, events, roles and speakers, each with its span.

    prompt ─▶ mask quotations ─▶ blank commands, times, counts, labels ─▶ sentences ─▶ clauses ─▶ events
                     │                                                                    │
                     └──────────────── speakers ◀──────────── cast ◀──────────────────────┘

Masking and blanking keep every offset, so whatever is found points into the user's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mavin.diagnostics import Span
from mavin.facts.cast import Cast
from mavin.facts.clauses import Clause, clauses_of, sentences_of, weak_split
from mavin.facts.grammar import (
    PRONOUNS,
    Token,
    is_participle,
    third_person,
    tokens_of,
    verb_forms,
)
from mavin.facts.model import Event, Facts, Quote, ShotLabel, TimeFact, TimeKind
from mavin.facts.numbers import language_of
from mavin.facts.phrases import NounPhrase, noun_phrase
from mavin.facts.quotes import MASK, Quotation, find_quotations, mask
from mavin.facts.speakers import SpeechCue, cue_before, cue_behind, speech_verb_in
from mavin.facts.structure import find_commands, find_labels, is_direction, style_words
from mavin.facts.times import find_duration, find_shot_count, find_times

__all__ = ["read_facts", "split_event"]

_LEAD_IN = re.compile(
    r"(?:^|(?<=[.!?\n:]))\s*(?:(?:please|can you|could you|i want(?: you to)?|i'd like|i need)\s+)?"
    r"(?:(?:make|create|generate|write|produce|film|shoot|show|tell|give)\s+(?:me\s+)?)?"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,4}?(?:video|clip|film|movie|animation|story|short|scene|script|sequence)\s+"
    r"(?:of|about|showing|where|in which|that shows|with)\s+(?=\w)",
    re.IGNORECASE,
)
_IN_SHOTS = re.compile(r"(?:\b(?:in|as|with|using|over|across|en|mit|avec|用|以)\s*)?$", re.IGNORECASE)


def read_facts(prompt: str, language: str | None = None) -> Facts:
    """Everything that a prompt fixes, found without a model.

    Args:
        prompt: the user's text; spans of the result are offsets into it.
        language: language of the captions if the user chose one; guessed from the text otherwise.
    """
    return _Reader(prompt, language).read()


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


class _Reader:
    def __init__(self, prompt: str, language: str | None) -> None:
        self.prompt = prompt
        self.quotations = find_quotations(prompt)
        self.masked = mask(prompt, self.quotations)
        self.grammar = language_of(self.masked.replace(MASK, " "))
        self.language = language or language_of(prompt)
        self.cast = Cast(prompt)
        self.subjects: list[str] = []
        self.subject_phrase = ""
        self.subject_plural = False
        self.passive: _Passive | None = None
        self.speakers: dict[int, tuple[str, SpeechCue]] = {}
        self.last_speaker: str | None = None
        self.events: list[Event] = []

    @property
    def subject(self) -> str | None:
        """The single member that the last clause was about, ``None`` for a group or nobody."""
        return self.subjects[0] if len(self.subjects) == 1 else None

    def read(self) -> Facts:
        dropped = find_commands(self.masked, self.prompt)
        story = self.masked
        for item in dropped:
            story = _blank(story, item.span.start, item.span.end)
        times = find_times(story, self.prompt)
        duration = find_duration(times, story)
        shots = find_shot_count(story, self.prompt)
        labels = find_labels(story, times)
        styles = [Span(start=match.start(), end=match.end(), text=match.group()) for match in self._style_spans(story)]
        story = self._without_directions(story, labels, times, duration and duration.span, shots and shots.span)
        self._read_story(self._with_breaks(story), labels)
        quotes = self._quotes(times)
        self._time_events(times, quotes)
        facts = Facts(
            prompt=self.prompt,
            language=self.language,
            events=tuple(self.events),
            quotes=quotes,
            roles=self.cast.facts(),
            duration=duration,
            shots=shots,
            labels=labels,
            times=tuple(fact for fact in times if duration is None or fact.span != duration.span),
            dropped=dropped,
            style=tuple(styles),
        )
        known = {role.key for role in facts.roles}
        events = tuple(
            replace(event, roles=tuple(key for key in event.roles if key in known)) for event in facts.events
        )
        return replace(facts, events=events)

    def _style_spans(self, story: str) -> list[re.Match[str]]:
        words = style_words(story)
        if not words:
            return []
        found = [re.search(re.escape(part), story, re.IGNORECASE) for part in (words, words.split(", ")[0])]
        return [match for match in found if match][:1]

    def _without_directions(
        self, story: str, labels: tuple[ShotLabel, ...], times: tuple[TimeFact, ...], *spans: Span | None
    ) -> str:
        for label in labels:
            story = _blank(story, label.span.start, label.body_start)
        for span in spans:
            if span is None:
                continue
            lead = _IN_SHOTS.search(story[: span.start])
            start = lead.start() if lead else span.start
            whole = _LEAD_IN.search(story)
            if whole and whole.start() <= span.start < whole.end():
                continue  # "A 6-second clip of …" goes as a whole below
            story = _blank(story, start, span.end)
        lead_in = _LEAD_IN.search(story)
        if lead_in and not tokens_of(story[: lead_in.start()]):
            story = _blank(story, lead_in.start(), lead_in.end())
        for fact in times:
            if fact.kind is not TimeKind.LENGTH:
                bracketed = re.search(r"[(\[]\s*$", story[: fact.span.start])
                closed = re.match(r"\s*[)\]]", story[fact.span.end :])
                start = bracketed.start() if bracketed and closed else fact.span.start
                end = fact.span.end + closed.end() if bracketed and closed else fact.span.end
                story = _blank(story, start, end)
        return story

    # ---- events -------------------------------------------------------------------------------

    def _with_breaks(self, story: str) -> str:
        """Ends sentences behind quotations that end one, and ties ", he says" to its quotation.

        The last masked character becomes a line break, or the comma behind it one more mask.
        """
        speech = self._speech()
        for index, quotation in enumerate(speech):
            ceiling = speech[index + 1].start if index + 1 < len(speech) else len(story)
            gap = story[quotation.end : ceiling]
            behind = cue_behind(story[quotation.end :], self.grammar)
            if behind is not None and re.match(r"\s*[,，]", gap):
                at = quotation.end + len(gap) - len(gap.lstrip())
                story = story[:at] + MASK + story[at + 1 :]
                continue
            if not re.search(r"[.!?…。！？—–-]$", quotation.text) or not re.match(
                r"\s+[\W]*[A-ZÀ-Þ\u4e00-\u9fff]", gap
            ):
                continue
            floor = max(story.rfind(stop, 0, quotation.start) for stop in "\n.;!?。") + 1
            floor = max(floor, speech[index - 1].end if index else 0)
            own = cue_before(story[floor : quotation.start].replace(MASK, " "), self.grammar)
            stops = re.search(r"[.!?。！？\n]", gap)
            following = None if stops or index + 1 == len(speech) else cue_before(gap, self.grammar)
            if own is not None or following is not None or behind is None:
                story = story[: quotation.end - 1] + "\n" + story[quotation.end :]
        return story

    def _read_story(self, story: str, labels: tuple[ShotLabel, ...]) -> None:
        if not labels:
            self._read_region(story, 0, len(story), None)
            return
        before = labels[0].span.start
        if tokens_of(story[:before]):
            self._read_region(story, 0, before, 0)
        # In the order of their numbers, so that pronouns look back in story order.
        for label in sorted(labels, key=lambda label: label.number):
            self._read_region(story, label.body_start, label.body_end, label.number)

    def _read_region(self, story: str, start: int, end: int, shot: int | None) -> None:
        for index, (left, right) in enumerate(sentences_of(story, start, end)):
            sentence = story[left:right]
            if is_direction(sentence.replace(MASK, " ")) and MASK not in sentence:
                continue
            for clause in clauses_of(story, left, right, index, self.grammar):
                self._read_clause(story, clause, shot)

    def _read_clause(self, story: str, clause: Clause, shot: int | None) -> None:
        speech = self._speech()
        inside = [index for index, quotation in enumerate(speech) if clause.start <= quotation.start < clause.end]
        cues = {index: self._cue(story, clause, index) for index in inside}
        only = bool(inside) and all(self._only(story, clause, index, cue) for index, (cue, _) in cues.items())
        roles: list[str] = []
        text = "" if only else self._sentence(story, clause, roles)
        for index, (cue, offset) in cues.items():
            self._give_voice(index, cue, offset, clause)
            if index in self.speakers and self.speakers[index][0] not in roles:
                roles.append(self.speakers[index][0])
        if only:
            spoken = "".join(" " if char == MASK else char for char in story[clause.start : clause.end])
            roles += self.cast.people_in(spoken, clause.start, roles[0] if roles else None)
            text = self._speech_sentence(inside, spoken)
            if roles:
                member = self.cast.member(roles[0])
                self._set_subject([roles[0]], member.phrase, member.plural)
        text = _tidy(text)
        if not text and not inside:
            return
        if only and shot is None and self.events and self.events[-1].speech_only and self._same_breath(inside):
            last = self.events[-1]
            span = Span(start=last.span.start, end=clause.end, text=self.prompt[last.span.start : clause.end])
            merged_roles = tuple(dict.fromkeys([*last.roles, *roles]))
            self.events[-1] = replace(last, span=span, quotes=(*last.quotes, *inside), roles=merged_roles)
            return
        self.events.append(
            Event(
                span=Span(start=clause.start, end=clause.end, text=self.prompt[clause.start : clause.end]),
                text=text,
                roles=tuple(dict.fromkeys(roles)),
                quotes=tuple(inside),
                shot=shot,
                speech_only=only,
            )
        )

    def _same_breath(self, inside: list[int]) -> bool:
        """Whether these quotations go on with the speaker of the event before ("One," he says. "Two.")."""
        before = self.events[-1].quotes
        speakers = {self.speakers[index][0] for index in (*before, *inside) if index in self.speakers}
        return len(speakers) == 1

    def _speech(self) -> tuple[Quotation, ...]:
        return tuple(quotation for quotation in self.quotations if quotation.speech)

    def _sentence(self, story: str, clause: Clause, roles: list[str]) -> str:
        """The clause as a sentence that names its subject; fills in who takes part."""
        raw = self.prompt[clause.start : clause.end]
        blanked = story[clause.start : clause.end].replace(MASK, " ")
        # Words come from the prompt, gaps from the blanked story.
        body = "".join(
            char if kept.strip() or not char.strip() else " " for char, kept in zip(raw, blanked, strict=True)
        )
        if self.grammar != "en":
            return self._foreign_sentence(body, clause, roles)
        verb = clause.verb - clause.start
        if clause.kind in {"verb", "participle"} and self.subject_phrase:
            return self._inherited(body, clause, verb, roles)
        if clause.kind == "fragment":
            phrase = noun_phrase(body, clause.start, sentence_start=True)
            if phrase is not None and not phrase.mass:
                key = self.cast.mention(phrase)
                self._set_subject([key], phrase.definite, phrase.plural)
                roles.append(key)
            return body
        return self._own_subject(body, clause, verb, roles)

    def _inherited(self, body: str, clause: Clause, verb: int, roles: list[str]) -> str:
        word = self.prompt[clause.verb : clause.verb_end].lower()
        forms = verb_forms(word)
        aside, rest = body[:verb], body[verb:]
        if clause.kind == "participle" and is_participle(word):
            rest = third_person(word, self.subject_plural) + body[clause.verb_end - clause.start :]
        elif self.passive is not None and "VBN" in forms and "VBZ" not in forms:
            # "…, more light comes in, and then closed again": only the passive subject fits.
            self._set_subject(self.passive.subjects, self.passive.phrase, self.passive.plural)
            aside = f"{self.passive.verb} {aside}"
        elif not self.subject_plural and "VB" in forms and not forms & {"VBZ", "VBD"}:
            rest = _singular_verb(rest)
        for key in self.subjects:
            self.cast.touch(key)
            self.cast.member(key).subject_of += 1
        roles += self.subjects
        roles += self.cast.people_in(body[verb:], clause.start + verb, self.subject)
        return f"{self.subject_phrase} {aside}{rest}"

    def _own_subject(self, body: str, clause: Clause, verb: int, roles: list[str]) -> str:
        head = body[:verb]
        words = tokens_of(head)
        pronoun = next((token for token in words if token.lower in PRONOUNS and token.lower != "who"), None)
        phrase = noun_phrase(head, clause.start, sentence_start=True)
        if pronoun is not None and (phrase is None or phrase.start - clause.start >= pronoun.start):
            body = self._spell_out(body, pronoun)
            roles += self.subjects
        elif phrase is not None and phrase.head in {"one", "other", "both", "two", "all", "others"}:
            roles += self.subjects
        elif phrase is not None:
            body = self._named_subject(body, head, phrase, clause, roles)
        self._note_passive(clause)
        offset = clause.verb_end - clause.start
        tail = body[len(body) - (clause.end - clause.start - offset) :] if offset else ""
        roles += self.cast.people_in(tail, clause.end - len(tail), self.subject)
        return body

    def _named_subject(self, body: str, head: str, phrase: NounPhrase, clause: Clause, roles: list[str]) -> str:
        pieces = [phrase]
        joined = re.fullmatch(r"(?P<a>.+?)\s+and\s+(?P<b>.+)", phrase.text)
        if joined:
            parts = [(joined["a"], phrase.start), (joined["b"], phrase.start + joined.start("b"))]
            found = [noun_phrase(text, at, sentence_start=number == 0) for number, (text, at) in enumerate(parts)]
            if all(item is not None for item in found):
                pieces = [item for item in found if item is not None]
        keys = [self.cast.mention(piece, self.subject) for piece in pieces]
        for key in keys:
            self.cast.member(key).subject_of += 1
            self.cast.hint(key, body[len(head) :] if len(keys) == 1 else "")
        first = self.cast.member(keys[0])
        owned = phrase.text.split()[0].lower() in {"her", "his", "their", "its"}
        definite = " and ".join(
            self.cast.member(key).phrase if owned else piece.definite for key, piece in zip(keys, pieces, strict=True)
        )
        self._set_subject(keys, definite, phrase.plural)
        if not phrase.mass:
            roles += keys
        if owned and phrase.text in head:
            body = body.replace(phrase.text, first.phrase, 1)
        return body

    def _note_passive(self, clause: Clause) -> None:
        verb = self.prompt[clause.verb : clause.verb_end].lower().lstrip("'’")
        verb = {"s": "is", "re": "are"}.get(verb, verb)
        behind = tokens_of(self.prompt[clause.verb_end : clause.end].replace(MASK, " "))
        if verb in {"is", "are", "was", "were"} and any("VBN" in verb_forms(token.lower) for token in behind[:2]):
            self.passive = _Passive(verb, list(self.subjects), self.subject_phrase, self.subject_plural)
        elif "VBD" in verb_forms(verb) and not verb_forms(verb) & {"VB", "VBZ"}:
            self.passive = None  # a story in the past tense: "-ed" is a past form from here on

    def _spell_out(self, body: str, token: Token) -> str:
        """Puts the name of whom a subject pronoun means in its place."""
        pronoun = token.lower
        if pronoun in {"i", "we", "you", "everyone", "everybody", "someone", "somebody", "nobody"}:
            return body
        keys = self._referents(pronoun)
        phrase = " and ".join(self.cast.member(key).phrase for key in keys)
        plural = len(keys) > 1 or self.cast.member(keys[0]).plural
        for key in keys:
            self.cast.touch(key)
            self.cast.member(key).subject_of += 1
        self._set_subject(keys, phrase, plural)
        rest = body[token.end :]
        contraction = re.match(r"['’](s|re)\b", rest)
        if contraction:
            following = tokens_of(rest[contraction.end() :])
            has = bool(following) and following[0].lower in {"been", "got", "had"}
            rest = (" has" if has else " is" if contraction[1] == "s" else " are") + rest[contraction.end() :]
        elif pronoun == "they" and not plural:
            rest = _singular_verb(rest)
        return body[: token.start] + phrase + rest

    def _referents(self, pronoun: str) -> list[str]:
        key = self.cast.pronoun(pronoun)
        if key is not None:
            return [key]
        if pronoun == "they":
            people = [role.key for role in self.cast.facts() if role.person]
            if len(people) >= 2:
                return people[-2:]
        if self.subjects and pronoun in {"they", "it"}:
            return self.subjects
        # A story that begins with "he": somebody whom the user has not named.
        return [self.cast.unnamed(pronoun, self.prompt)]

    def _set_subject(self, keys: list[str], phrase: str, plural: bool) -> None:
        self.subjects, self.subject_phrase, self.subject_plural = list(keys), phrase, plural

    def _foreign_sentence(self, body: str, clause: Clause, roles: list[str]) -> str:
        found = _foreign_subject(body, self.grammar)
        if found and clause.kind != "verb":
            mention, name = found
            start = clause.start + body.find(mention)
            key = self.cast.label(name, start)
            member = self.cast.member(key)
            member.mention, member.start, member.phrase, member.named = mention, start, mention, True
            member.subject_of += 1
            self._set_subject([key], mention, False)
        elif self.subject_phrase and not found:
            joiner = "" if self.grammar in {"zh", "ja"} else " "
            body = f"{self.subject_phrase}{joiner}{body.strip()}"
        roles += self.subjects
        return body

    # ---- speakers -----------------------------------------------------------------------------

    def _cue(self, story: str, clause: Clause, index: int) -> tuple[SpeechCue | None, int]:
        """The cue beside a quotation and the offset of the text it was read from."""
        quotation = self._speech()[index]
        previous = self._speech()[index - 1].end if index else 0
        # A label may stand before what the clause splitter took as the clause's first word.
        line = max(previous, max(story.rfind(stop, 0, quotation.start) for stop in "\n.;!?。") + 1)
        label = cue_before(story[line : quotation.start].replace(MASK, " "), self.grammar)
        if label is not None and label.label:
            return label, line
        start = max(clause.start, previous)
        cue = cue_before(story[start : quotation.start].replace(MASK, " "), self.grammar)
        if cue is not None:
            return cue, start
        return cue_behind(story[quotation.end : clause.end].replace(MASK, " "), self.grammar), quotation.end

    def _only(self, story: str, clause: Clause, index: int, cue: SpeechCue | None) -> bool:
        """Whether the clause does nothing but bring in this quotation."""
        quotation = self._speech()[index]
        before = story[clause.start : quotation.start].replace(MASK, " ")
        after = story[quotation.end : clause.end].replace(MASK, " ")
        if cue is None:
            return not tokens_of(before) and not tokens_of(after)
        if not cue.only or re.search(r",\s*\w+ing\b|\b(?:while|as|before|after)\s", before + after):
            return False
        others = [other for other in self._speech() if other.start >= quotation.end and other.start < clause.end]
        behind = cue_behind(story[quotation.end : clause.end].replace(MASK, " "), self.grammar)
        spare = tokens_of(before) if behind == cue else tokens_of(after)
        return (not spare or bool(others)) and len(tokens_of(before + " " + after)) <= 14

    def _give_voice(self, index: int, cue: SpeechCue | None, offset: int, clause: Clause) -> None:
        key = self._speaker(cue, offset, clause, index)
        if key is not None:
            self.speakers[index] = (key, cue or SpeechCue("", offset))
            self.cast.member(key).speaks = True
            self.cast.touch(key)
            self.last_speaker = key

    def _speaker(self, cue: SpeechCue | None, start: int, clause: Clause, index: int) -> str | None:
        subject = self.subject or (self.subjects[-1] if self.subjects else None)
        if cue is None:
            words = tokens_of(self.masked[clause.start : clause.end].replace(MASK, " "))
            return subject if words and subject is not None else self._turn(index)
        name = re.sub(rf"^(?:(?:{_LINKS})\s*)+", "", cue.speaker, flags=re.IGNORECASE).strip()
        if not name:
            return subject or self.last_speaker or self._turn(index)
        at = start + cue.start + cue.speaker.find(name)
        words = tokens_of(name)
        pronoun = _PRONOUNS.get(words[0].lower) if len(words) == 1 and not cue.label else None
        if pronoun == "i":
            return self.cast.label("Narrator", at)
        if pronoun is not None:
            return self.cast.pronoun(pronoun) or self.last_speaker or subject or self.cast.unnamed(pronoun, self.prompt)
        if cue.label:
            return self.cast.label(name, at)
        if self.grammar != "en":
            bare = re.sub(rf"^(?:{_ARTICLES})\s+|^l['’]", "", name, flags=re.IGNORECASE)
            return self.cast.label(bare[:1].upper() + bare[1:], at + name.find(bare))
        phrase = noun_phrase(name, at, sentence_start=True)
        if phrase is None or len(words) > 8:
            return subject or self.last_speaker
        return self.cast.mention(phrase, self.subject)

    def _turn(self, index: int) -> str | None:
        """Speaker of a quotation that stands alone: the same goes on, or the other one of two answers."""
        speech = self._speech()
        if index and (index - 1) in self.speakers:
            gap = self.masked[speech[index - 1].end : speech[index].start]
            before = self.speakers[index - 1][0]
            others = [key for key, _ in self.speakers.values() if key != before]
            if "\n" in gap or not tokens_of(gap):
                if others:
                    return others[-1]
                people = [role.key for role in self.cast.facts() if role.person and role.key != before]
                if people and not tokens_of(gap):
                    return people[-1]
            return before
        if self.subjects:
            return self.subjects[-1]
        people = [role.key for role in self.cast.facts()]
        return people[0] if people else self.cast.label("Narrator", speech[index].start)

    def _speech_sentence(self, inside: list[int], text: str) -> str:
        """The sentence for a clause that only introduces speech: "Anna whispers", "The partner speaks"."""
        sentences = []
        for index in inside:
            if index not in self.speakers:
                continue
            key, cue = self.speakers[index]
            member = self.cast.member(key)
            if self.grammar != "en":
                spoken = speech_verb_in(text, self.grammar)
                return f"{member.phrase} {spoken}" if spoken else text
            verb = {"whispering": "whispers", "shouting": "shouts", "asking": "asks a question"}.get(
                cue.delivery.split()[0] if cue.delivery else "", "speaks"
            )
            sentences.append(f"{member.phrase} {_singular(verb) if member.plural else verb}")
        return ". ".join(dict.fromkeys(_capital(sentence) for sentence in sentences))

    def _quotes(self, times: tuple[TimeFact, ...]) -> tuple[Quote, ...]:
        quotes = []
        speech = self._speech()
        for index, quotation in enumerate(speech):
            speaker, cue = self.speakers.get(index, (None, SpeechCue("", quotation.start)))
            fact = self._time_of(index, times)
            lead = self.prompt[max(0, quotation.start - 60) : quotation.start]
            off = re.search(
                r"off[\s-]?screen|\bv\.?o\.?\b|voice[\s-]?over|\bo\.s\.|narrat(?:or|es|ion)|from (?:the )?(?:radio|phone)",
                lead + self.prompt[quotation.end : quotation.end + 25],
                re.IGNORECASE,
            )
            guess = language_of(quotation.text)
            language = (
                self.language
                if guess == "en" and self.language not in {"zh", "ja", "ko", "ru", "ar", "hi", "el"}
                else guess
            )
            quotes.append(
                Quote(
                    span=Span(
                        start=quotation.start, end=quotation.end, text=self.prompt[quotation.start : quotation.end]
                    ),
                    text=quotation.text,
                    speaker=speaker,
                    speaker_span=None,
                    start_ms=fact.start_ms if fact else None,
                    end_ms=fact.end_ms if fact and fact.kind is TimeKind.INTERVAL else None,
                    time_span=fact.span if fact else None,
                    delivery=cue.delivery,
                    language=language,
                    off_screen=bool(off),
                )
            )
        return tuple(quotes)

    def _time_of(self, index: int, times: tuple[TimeFact, ...]) -> TimeFact | None:
        """The interval or instant stated between this quotation and its neighbours' sentences."""
        speech = self._speech()
        quotation = speech[index]
        floor = speech[index - 1].end if index else 0
        ceiling = speech[index + 1].start if index + 1 < len(speech) else len(self.prompt)
        best: TimeFact | None = None
        for fact in times:
            if fact.kind is TimeKind.LENGTH:
                continue
            if floor <= fact.span.start < quotation.start:
                gap = self.masked[fact.span.end : quotation.start]
                if not re.search(r"[.;!?。\n]\s", gap) and not self._claimed(fact, index - 1):
                    best = fact
            elif best is None and quotation.end <= fact.span.start < ceiling:
                gap = self.masked[quotation.end : fact.span.start]
                following = self.masked[fact.span.end : ceiling]
                own = re.match(r"\s*[)\]]?\s*(?:[.;,!?。\n]|$)", following)
                if not re.search(r"[.;!?。\n]", gap) and len(gap.split()) <= 6 and own:
                    best = fact
        return best

    def _claimed(self, fact: TimeFact, previous: int) -> bool:
        """Whether the time stands right behind the quotation before, in its sentence ("…" (1–2s), B: "…")."""
        if previous < 0:
            return False
        gap = self.masked[self._speech()[previous].end : fact.span.start]
        return (
            not tokens_of(gap)
            and bool(re.match(r"\s*[(\[]?\s*$", gap))
            and bool(re.match(r"\s*[)\]]?\s*[.;,\n]", self.masked[fact.span.end :]))
        )

    def _time_events(self, times: tuple[TimeFact, ...], quotes: tuple[Quote, ...]) -> None:
        """Ties intervals and instants that belong to no quotation to the event they stand in."""
        spoken = {quote.time_span for quote in quotes if quote.time_span}
        for number, event in enumerate(self.events):
            for fact in times:
                gap = self.masked[fact.span.end : event.span.start]
                leads = fact.span.end <= event.span.start and not gap.strip(" ,:;-–)]")
                inside = event.span.start <= fact.span.start < event.span.end + 2
                if fact.kind is TimeKind.LENGTH or fact.span in spoken or not (inside or leads) or event.quotes:
                    continue
                end = fact.end_ms if fact.kind is TimeKind.INTERVAL else None
                self.events[number] = replace(event, start_ms=fact.start_ms, end_ms=end, time_span=fact.span)
                break


_PRONOUNS = {
    **{word: word for word in PRONOUNS},
    "ella": "she", "sie": "she", "elle": "she", "lei": "she", "ela": "she", "она": "she", "她": "she", "彼女": "she",
    "él": "he", "er": "he", "il": "he", "lui": "he", "ele": "he", "он": "he", "他": "he", "彼": "he",
}  # fmt: skip
_LINKS = (
    r"and|but|then|finally|so|y|luego|entonces|después|pero|und|dann|aber|et|puis|ensuite|mais|e|poi|ma|depois|"
    r"然后|然後|接着|接著|最后|そして|それから"
)
_ARTICLES = r"el|la|los|las|der|die|das|le|les|il|lo|un|una|ein|eine|une|o|a"


@dataclass(frozen=True, slots=True)
class _Passive:
    """The last passive clause: its auxiliary and subject, for participles that lean on it later."""

    verb: str
    subjects: list[str]
    phrase: str
    plural: bool


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


def _singular(verb: str) -> str:
    return (
        verb.replace("speaks", "speak").replace("whispers", "whisper").replace("shouts", "shout").replace("asks", "ask")
    )


def _foreign_subject(body: str, language: str) -> tuple[str, str] | None:
    """The words that look like a subject at the head of a sentence, and a name for the cast."""
    text = body.strip()
    if language in {"zh", "ja"}:
        found = re.match(
            r"(?:一|那|这|两|三)?(?:个|個|位|只|隻|名|条|匹|头|群|辆)?(?P<name>[\u4e00-\u9fff\u3040-\u30ffA-Za-z]{1,5}?)"
            r"(?=[走跑打拿说說看坐站在把对對问喊笑哭进進来來去飞跳吃喝给推拉开關关转躺睡写读唱画举抱抬低停正慢快突はが])",
            text,
        )
        verbs = "走跑打拿说說看坐站在把对對问喊笑哭进進来來去飞跳吃喝给推拉开關关转躺睡写读唱画举抱抬低停正慢快突"
        return (found.group(), found["name"]) if found and found["name"][0] not in verbs else None
    articles = {
        "es": r"(?:el|la|los|las|un|una|unos|unas)", "fr": r"(?:le|la|les|un|une|des|l['’])",
        "de": r"(?:der|die|das|ein|eine)", "it": r"(?:il|lo|la|gli|un|una|uno|l['’])", "pt": r"(?:o|a|os|as|um|uma)",
        "nl": r"(?:de|het|een)",
    }.get(language)  # fmt: skip
    if articles:
        found = re.match(
            rf"{articles}\s*(?P<adj>(?:alte|alter|junge|junger|kleine|kleiner|große|vieille?|jeune|petite?|vieux|gran|pequeñ[oa])\s+)?"
            rf"(?P<name>\w+)",
            text,
            re.IGNORECASE,
        )
        if found:
            name = found["name"]
            return found.group(), name[:1].upper() + name[1:]
    found = re.match(r"(?P<name>[A-ZÀ-ÞА-Я][\w'’-]+)(?:\s+[A-ZÀ-Þ][\w'’-]+)?(?=\s+\w)", text)
    return (found.group(), found.group()) if found else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tidy(text: str) -> str:
    """Collapses what blanking left behind and gives the sentence its capital, without its stop."""
    text = " ".join(text.split())
    text = re.sub(r"\s+([,;.!?])", r"\1", text)
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    text = re.sub(r"[\s,;:\-–—，：；、]+$", "", text.strip(" ,;:-–—，：；、"))
    text = text.rstrip(".。").strip()
    return _capital(text) if any(char.isalnum() for char in text) else ""


def split_event(facts: Facts, event: Event) -> tuple[Event, ...]:
    """The event in two or more where a cut is possible ("opens a door *and finds* a dragon"), or itself."""
    if event.quotes:
        return (event,)
    masked = mask(facts.prompt, find_quotations(facts.prompt))
    clauses = [
        piece
        for index, (left, right) in enumerate(sentences_of(masked, event.span.start, event.span.end))
        for clause in clauses_of(masked, left, right, index, "en" if language_of(masked) == "en" else facts.language)
        for piece in weak_split(masked, clause, language_of(masked))
    ]
    if len(clauses) < 2 or event.start_ms is not None:
        return (event,)
    reader = _Reader(facts.prompt, facts.language)
    # The cast is known already; re-reading the same words in order gives the same subjects.
    for earlier in facts.events:
        if earlier.span.start >= event.span.start:
            break
        for index, (left, right) in enumerate(sentences_of(masked, earlier.span.start, earlier.span.end)):
            for clause in clauses_of(masked, left, right, index, reader.grammar):
                reader._read_clause(masked, clause, earlier.shot)
    done = len(reader.events)
    for clause in clauses:
        reader._read_clause(masked, clause, event.shot)
    known = {role.key for role in facts.roles}
    return tuple(
        replace(piece, roles=tuple(key for key in piece.roles if key in known) or event.roles[:1], weak=number > 0)
        for number, piece in enumerate(reader.events[done:])
    ) or (event,)
