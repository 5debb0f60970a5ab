"""Reads a story clause by clause into events: who is in each, what is said in it, and how it is framed."""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.diagnostics import Span
from mavin.facts.cast import Cast, Subjects, capital
from mavin.facts.film import is_direction, is_style_alone, style_words
from mavin.facts.languages.english.grammar import tokens_of
from mavin.facts.model import Event, ShotLabel
from mavin.facts.sentences import Clause, clauses_of, is_leftover, sentences_of
from mavin.facts.story.framing import CAMERA_ALONE, CAMERA_BEHIND, CAMERA_LEAD, CAMERA_MOVE, camera_of_label
from mavin.facts.story.heard import is_heard, is_sound_only
from mavin.facts.text import MASK
from mavin.facts.voices import Voices

__all__ = ["ONE_LEADS", "Narration"]


class Narration:
    """The events of a story, in the order in which they are told.

    Attributes:
        events: the events so far.
        wishes: directions that tell no event ("keep it playful").
        sounds_alone: clauses that are heard and not seen.
    """

    def __init__(self, prompt: str, cast: Cast, subjects: Subjects, voices: Voices, grammar: str) -> None:
        self.prompt = prompt
        self.cast = cast
        self.subjects = subjects
        self.voices = voices
        self.grammar = grammar
        self.events: list[Event] = []
        self.wishes: list[Span] = []
        self.sounds_alone: list[Clause] = []

    def read(self, story: str, labels: tuple[ShotLabel, ...]) -> None:
        """Reads a story whose commands, times and counts are blanked, each shot's part under its label."""
        if not labels:
            self._read_region(story, 0, len(story), None)
            return
        before = labels[0].span.start
        if tokens_of(story[:before]):
            self._read_region(story, 0, before, 0)
        # In the order of their numbers, so that pronouns look back in story order.
        for label in sorted(labels, key=lambda label: label.number):
            self._read_region(
                story,
                label.body_start,
                label.body_end,
                label.number,
                camera_of_label(self.prompt[label.span.start : label.body_start]),
            )

    def read_sounds(self, story: str) -> None:
        """A prompt of sounds alone ("Rain. Thunder.") still is a story."""
        sounds, self.sounds_alone = self.sounds_alone, []
        for clause in sounds:
            self.read_clause(story, clause, None, sounds=False)

    def _read_region(self, story: str, start: int, end: int, shot: int | None, camera: str = "") -> None:
        for index, (left, right) in enumerate(sentences_of(story, start, end)):
            framing = CAMERA_LEAD.match(story[:right], left)
            if framing:
                camera, left = f"{camera} {framing['words'] or framing['turned']}".strip(), framing.end()
            elif (behind := CAMERA_BEHIND.fullmatch(story, left, right)) is not None:
                camera, right = f"{camera} {behind['words']}".strip(), behind.end("who")
            elif (alone := CAMERA_ALONE.fullmatch(story, left, right)) is not None:
                camera = f"{camera} {alone['words']}".strip()
                continue  # "Wide." as a sentence of its own frames what follows
            elif self.events and CAMERA_MOVE.fullmatch(story[left:right].strip(" .!\n")):
                # "Slow zoom in on her face." moves the camera on what was just told.
                last = self.events[-1]
                self.events[-1] = replace(last, camera=f"{last.camera} {story[left:right].strip(' .')}".strip())
                continue
            sentence = story[left:right]
            name_line = re.sub(r"\([^()]*\)?", "", sentence).strip()
            if name_line.isupper() and story[right:].lstrip(" \t\n().VO").startswith(MASK):
                continue  # a screenplay's name line: the voices have read it
            if is_direction(sentence.replace(MASK, " ")) and MASK not in sentence:
                words = sentence.rstrip(" .!,;")
                self.wishes.append(Span(start=left, end=left + len(words), text=self.prompt[left : left + len(words)]))
                continue
            for clause in clauses_of(story, left, right, index, self.grammar):
                words = story[clause.start : clause.end].strip(" .,;:!")
                if is_style_alone(words):
                    if not style_words(words):
                        at = story.index(words, clause.start)
                        self.wishes.append(Span(start=at, end=at + len(words), text=self.prompt[at : at + len(words)]))
                    continue  # ", cinematic."
                if MASK not in words and is_leftover(words):
                    continue
                self.read_clause(story, clause, shot, camera)
            camera = ""

    def read_clause(
        self, story: str, clause: Clause, shot: int | None, camera: str = "", *, sounds: bool = True
    ) -> None:
        """Reads a clause into an event, or into a sound if it is heard only and ``sounds`` are told apart."""
        words = story[clause.start : clause.end]
        heard = is_heard(words) or (clause.kind == "fragment" and is_sound_only(words))
        if sounds and shot is None and heard and MASK not in words:
            self.sounds_alone.append(clause)  # heard, not seen: it needs no shot
            return
        speech = self.voices.speech
        inside = [index for index, quotation in enumerate(speech) if clause.start <= quotation.start < clause.end]
        cues = {index: self.voices.cue(story, clause, index) for index in inside}
        only = bool(inside) and all(self.voices.only(story, clause, index, cue) for index, (cue, _) in cues.items())
        roles: list[str] = []
        told = story[clause.start : clause.end].replace(MASK, " ")
        only = only or (bool(inside) and bool(_LINKING.fullmatch(told)))  # '"B" at 2 s and "C" at 3 s'
        text = "" if only else self.subjects.sentence(story, clause, roles)
        for index, (cue, offset) in cues.items():
            self.voices.give_voice(index, cue, offset, clause)
            if index in self.voices.speakers and self.voices.speakers[index][0] not in roles:
                roles.append(self.voices.speakers[index][0])
        if only:
            spoken = "".join(" " if char == MASK else char for char in story[clause.start : clause.end])
            roles += self.subjects.people_in(spoken, clause.start, roles[0] if roles else None)
            text = self.voices.speech_sentence(inside, spoken)
            if roles:
                member = self.cast.member(roles[0])
                self.subjects.become([roles[0]], member.phrase, member.plural)
        if self.grammar in {"zh", "ja"}:
            text = _closed_up(text, self.grammar == "ja" and bool(inside))
        text = (
            re.sub(r"\b(?:goes|(?:is|was)\s+(?:all\s+)?like)\s*[,:]?\s*$", "speaks", text.rstrip(" ."))
            if inside
            else text
        )
        text = _tidy(re.sub(r"\bsays\b(?=\s*(?:$|[,.;]|(?:and|while|as|then)\b))", "speaks", text) if inside else text)
        if not text and not inside:
            return
        if self.events and not inside and _ANOTHER_ONE.fullmatch(text):
            # "A coin drops at 1 s and another one at 3 s": the same deed of another.
            last = self.events[-1]
            text, roles = ONE_LEADS.sub("Another ", last.text), list(last.roles)
        if (
            only
            and self.events
            and self.events[-1].shot == shot
            and not self.events[-1].quotes
            and _SAID_BEFORE.search(self.events[-1].span.text)
            and not tokens_of(told)
        ):
            # 彼女はつぶやく。「届け」: the sentence before the line brings it in.
            last = self.events[-1]
            span = Span(start=last.span.start, end=clause.end, text=self.prompt[last.span.start : clause.end])
            self.events[-1] = replace(last, span=span, quotes=tuple(inside))
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
                camera=camera,
                speech_only=only,
            )
        )

    def voiced(self, event: Event) -> Event:
        """The event with the speakers that were settled only after the whole story had been read."""
        keys = [self.voices.speakers[index][0] for index in event.quotes]
        text = event.text or capital(_tidy(self.voices.speech_sentence(list(event.quotes), "")))
        return replace(event, text=text, roles=tuple(dict.fromkeys([*event.roles, *keys])))

    def _same_breath(self, inside: list[int]) -> bool:
        """Whether these quotations go on with the speaker of the event before ("One," he says. "Two.")."""
        before = self.events[-1].quotes
        speakers = {self.voices.speakers[index][0] for index in (*before, *inside) if index in self.voices.speakers}
        return len(speakers) == 1


_SAID_BEFORE = re.compile(r"(?:言う|言った|つぶやく|呟く|叫ぶ|尋ねる|聞く|答える|ささやく|囁く)\s*$")
"""What ends a Japanese sentence that brings in the line behind its stop."""
ONE_LEADS = re.compile(r"^(?:an?|one)\s+(?=\w)", re.IGNORECASE)
"""What opens a sentence about one of a kind, of which there may be another."""
_ANOTHER_ONE = re.compile(r"(?:another|a\s+(?:second|third))(?:\s+one)?", re.IGNORECASE)
_LINKING = re.compile(
    r"\W*(?:(?:and|then|or|but|finally|und|dann|oder|aber|schließlich|y|e|o|luego|pero|et|puis|ou|mais|enfin|poi|ma|depois|mas|"
    r"和|然后|接着|最后|そして|それから|と|に|で)\W*)*",
    re.IGNORECASE,
)
"""Words that only link one line to the next."""


def _tidy(text: str) -> str:
    """Collapses what blanking left behind and gives the sentence its capital, without its stop."""
    text = " ".join(text.split())
    text = re.sub(r"\s+([,;.!?])", r"\1", text)
    text = re.sub(r"\s+:(?=\s|$)", "", text)
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    text = re.sub(r"^(?:and|but|then|und|y|et)\s*,(?:\s*,)+\s*|(?<=,)(?:\s*,)+", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?:first|second|third|fourth|fifth)(?:ly)?,\s+", "", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\w),?\s+and\s*$", "", text)
    text = re.sub(r"[\s,;:.\-–—，：；、。]+$", "", text.strip(" ,;:-–—，：；、"))
    return capital(text) if any(char.isalnum() for char in text) else ""


_WIDE = "\u3040-\u30ff\u4e00-\u9fff"


def _closed_up(text: str, spoken: bool) -> str:
    """Chinese or Japanese without the gaps that blanking left: ミナは　と叫ぶ → ミナは叫ぶ."""
    if spoken:
        text = re.sub(rf"(?:(?<=[はがもをにへてで、，]\s)|(?<=\s\s)|^\s*)(?:という|と|って)(?=[{_WIDE}])", "", text)
    return re.sub(rf"(?<=[{_WIDE}，、])\s+(?=[{_WIDE}])", "", text)
