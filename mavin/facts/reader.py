"""Reads a prompt: quotations, times, counts, labels, events, roles and speakers, each with its span.

    prompt ─▶ mask quotations ─▶ blank commands, times, counts, labels ─▶ sentences ─▶ clauses ─▶ events
                     │                                                                    │
                     └──────────────── speakers ◀──────────── cast ◀──────────────────────┘

Masking and blanking keep every offset, so whatever is found points into the user's own text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.diagnostics import Span
from mavin.facts.asides import anchored, blank, json_values, style_spans, without_asides
from mavin.facts.breaks import between_times, with_breaks
from mavin.facts.cast import Cast
from mavin.facts.clauses import Clause, clauses_of, weak_split
from mavin.facts.constraints import (
    HE,
    SHE,
    Demand,
    demands_in,
    find_cameras,
    find_cuts,
    find_repetitions,
    find_rules,
    without_count,
)
from mavin.facts.demand_words import EVERYBODY
from mavin.facts.descriptions import Description, find_descriptions, without_descriptions
from mavin.facts.framing import CAMERA_ALONE, CAMERA_LEAD, CAMERA_MOVE
from mavin.facts.grammar import (
    tokens_of,
)
from mavin.facts.groups import with_members
from mavin.facts.heard import find_sounds, is_heard, is_sound_only
from mavin.facts.labels import find_labels
from mavin.facts.leftovers import is_leftover
from mavin.facts.lengths import HeldLength, find_held_lengths, timed_event
from mavin.facts.lists import each_length, find_cut_times, with_items
from mavin.facts.looks import with_looks
from mavin.facts.model import Anchor, Event, Facts, Quote, ShotLabel, TimeFact, TimeKind
from mavin.facts.naming import find_namings
from mavin.facts.numbers import NUMBER, language_of
from mavin.facts.order import counted_from, find_reversals, in_reverse
from mavin.facts.overview import find_film_notes
from mavin.facts.phrases import noun_phrase
from mavin.facts.quotes import MASK, find_quotations, is_json, mask
from mavin.facts.sayings import both_as_they, with_sayings
from mavin.facts.sentence_stops import sentences_of
from mavin.facts.structure import find_commands, is_direction, style_words
from mavin.facts.subjects import Subjects, capital
from mavin.facts.times import find_times
from mavin.facts.totals import duration_phrase, find_bounds, find_clip_wishes, find_durations, find_shot_counts
from mavin.facts.vocatives import find_vocatives
from mavin.facts.voices import Voices
from mavin.facts.windows import timed_rules

__all__ = ["read_facts", "split_event"]


def read_facts(prompt: str, language: str | None = None, total_ms: int | None = None) -> Facts:
    """Everything that a prompt fixes, found without a model.

    Args:
        prompt: the user's text; spans of the result are offsets into it.
        language: language of the captions if the user chose one; guessed from the text otherwise.
        total_ms: length of the clip, from which "halfway" and "in the last two seconds" are counted;
            the prompt's own if left out.  Where neither is known such times keep their anchor and fix nothing.
    """
    return _Reader(prompt, language, total_ms).read()


class _Reader:
    def __init__(self, prompt: str, language: str | None, total_ms: int | None = None) -> None:
        self.prompt = prompt
        self.total_ms = total_ms
        self.quotations = find_quotations(prompt)
        self.masked = mask(prompt, self.quotations)
        self.grammar = language_of(self.masked.replace(MASK, " "))
        told = self.masked.replace(MASK, " ")
        self.descriptions: tuple[Description, ...] = ()
        if self.grammar == "en" and not is_json(prompt):
            self.descriptions = find_descriptions(self.masked, prompt)
            self.masked = without_descriptions(self.masked, self.descriptions)
        self.language = language or (self.grammar if any(char.isalpha() for char in told) else language_of(prompt))
        self.cast = Cast(prompt, tuple((item.start, item.end) for item in self.quotations if not item.speech))
        self.subjects = Subjects(prompt, self.cast, self.grammar, self.masked)
        speech = tuple(quotation for quotation in self.quotations if quotation.speech)
        self.voices = Voices(
            prompt, self.masked, speech, self.cast, self.subjects, self.grammar, self.language, language is not None
        )
        self.events: list[Event] = []
        named = tuple(item.naming for item in self.descriptions if item.naming is not None)
        self.namings = tuple(sorted((*find_namings(self.masked, prompt), *named), key=lambda item: item.start))
        self.wishes: list[Span] = []
        self.sounds_alone: list[Clause] = []
        self.untimed = self.masked
        self.cut_times: tuple[TimeFact, ...] = ()

    def read(self) -> Facts:
        dropped = (
            *find_commands(self.masked, self.prompt),
            *find_film_notes(self.masked, self.prompt),
            *find_clip_wishes(self.masked, self.prompt),
        )
        story = json_values(self.masked) if is_json(self.prompt) else self.masked
        for item in dropped:
            story = blank(story, item.span.start, item.span.end)
        times = find_times(story, self.prompt, self.total_ms)
        labels = find_labels(story, times)
        headed = [(label.span.start, label.body_start) for label in labels]
        counts = find_shot_counts(story, self.prompt)
        durations = find_durations(
            tuple(fact for fact in times if not any(start <= fact.span.start < end for start, end in headed)), story
        )
        stated = durations[0].duration_ms if durations else None
        times = anchored(times, self.total_ms if self.total_ms is not None else stated)
        bounds = find_bounds(times, story)
        if bounds is not None:
            times = tuple(fact for fact in times if fact.span != bounds.span)
            story = blank(story, bounds.span.start, bounds.span.end)
        times, story = counted_from(times, story)
        timed_text = story
        styles = [Span(start=match.start(), end=match.end(), text=match.group()) for match in style_spans(story)]
        each = None if labels else each_length(times, story)
        self.cut_times = find_cut_times(times, _untimed(story, times)) if not labels else ()
        story = without_asides(story, labels, times, durations, counts)
        if not labels:
            said = [*([each] if each else []), *self.cut_times]
            wanted = len(self.cut_times) + 1 if self.cut_times else None
            story = with_items(story, self.masked, counts, said, wanted, self.grammar)
        if self.cut_times:
            story = re.sub(
                r"(?<![^\W\d_])cuts?\b(?=[\s,:]*(?:\band\b)?[\s,:]*)",
                lambda m: " " * len(m[0]),
                story,
                count=1,
                flags=re.I,
            )
            story = _AND_ALONE.sub(lambda m: " " * len(m[0]), story)
        demands = tuple(demands_in(story))
        for demand in demands:
            self._bring_on(demand, story)
        for demand in demands:
            story = blank(story, demand.start, demand.end)
            story = f"{story[: demand.start]}\n{story[demand.start + 1 :]}" if demand.breaks else story
        for naming in self.namings:
            story = blank(story, naming.start, naming.end) if naming.whole else story
        story = both_as_they(story)
        story = between_times(story, times)
        reversals = find_reversals(story, times)
        for words in reversals:
            story = blank(story, words.start, words.end)
        self._read_story(with_breaks(story, self.voices.speech, self.grammar, self.prompt), labels)
        if not self.events:
            self._read_sounds_as_events(story)
        self.events = in_reverse(self.events, reversals, self.prompt)
        self.voices.settle()
        self.namings = (*self.namings, *find_vocatives(self.voices, self.cast, self.events))
        self._apply_namings()
        self.events = [self._voiced(event) for event in self.events]
        inside = [(label.span.start, label.body_start) for label in labels]
        free = tuple(
            fact
            for fact in times
            if fact.anchor is Anchor.START
            and fact not in self.cut_times
            and not any(start <= fact.span.start < end for start, end in inside)
        )
        self.untimed = _untimed(self.masked, tuple(fact for fact in times if fact.kind is not TimeKind.LENGTH))
        for total in durations:
            self.untimed = blank(self.untimed, *duration_phrase(self.untimed, total.span))
        told_first = {fact.span for fact in free if self._tells_another(fact)}
        quotes = self.voices.quotes(tuple(fact for fact in free if fact.span not in told_first), timed_text)
        self._time_events(free, quotes)
        self._follow_events(times)
        if each is not None:
            self.events = [
                event
                if event.length_ms is not None and event.length_span != each.span
                else replace(event, length_ms=each.end_ms, length_span=each.span)
                for event in self.events
            ]
        facts = Facts(
            prompt=self.prompt,
            language=self.language,
            events=tuple(self.events),
            quotes=quotes,
            roles=self.cast.facts(),
            duration=durations[0] if durations else None,
            shots=counts[0] if counts else None,
            durations=durations,
            counts=counts,
            labels=labels,
            times=tuple(fact for fact in times if all(fact.span != total.span for total in durations)),
            dropped=dropped,
            style=tuple(styles),
            wishes=tuple(self.wishes),
            assumed_ms=None if durations else self.total_ms,
            bounds=bounds,
        )
        events = tuple(replace(event, roles=_present(event, facts)) for event in facts.events)
        facts = with_members(replace(facts, events=events), self.grammar)
        told = {item.owner_end: item.look for item in self.descriptions if item.look}
        facts = replace(facts, roles=with_looks(facts.roles, self.masked, self.prompt, self.grammar, told))
        return self._with_demands(facts, story)

    def _bring_on(self, demand: Demand, story: str) -> None:
        """ "Only the judge speaks" brings the judge on, though it tells no event."""
        if re.match(rf"(?:the\s+)?{NUMBER}\s", demand.who, re.IGNORECASE):
            return  # "only two people speak" counts those whom the story names
        people = self.subjects.people_in(story[demand.start : demand.end].replace(MASK, " "), demand.start, None)
        name = re.search(r"[^\W\d_][\w'’-]*$", demand.who)
        if people or name is None or not name.group()[0].isupper() or EVERYBODY.search(demand.who):
            return
        if name.group().casefold() in SHE | HE | {"they", "it", "i", "we", "you"}:
            return
        at = demand.who_start + name.start()
        phrase = noun_phrase(name.group(), at) if self.grammar == "en" else None
        key = self.cast.mention(phrase) if phrase else self.subjects.foreign.addressed(name.group(), at)
        if key is not None:
            self.subjects.become([key], self.cast.member(key).phrase, False)

    def _with_demands(self, facts: Facts, story: str) -> Facts:
        """The facts with what the prompt demands besides its events."""
        bare = [
            Span(start=item.start, end=item.end, text=self.prompt[item.start : item.end]) for item in self.sounds_alone
        ]
        sounds = find_sounds(story, self.prompt, facts.events, bare, facts.times)
        facts = replace(facts, repetitions=find_repetitions(self.masked, self.prompt, facts.events))
        facts = with_sayings(facts, self.masked)
        return replace(
            facts,
            rules=timed_rules(
                find_rules(_untimed(self.masked, facts.times), self.prompt, facts.events, facts.roles),
                self.masked,
                facts.times,
            ),
            cameras=find_cameras(self.masked, self.prompt, facts.events),
            sounds=sounds,
            cuts=find_cuts(self.masked, facts.times, facts.events),
        )

    def _read_sounds_as_events(self, story: str) -> None:
        """A prompt of sounds alone ("Rain. Thunder.") still is a story."""
        sounds, self.sounds_alone = self.sounds_alone, []
        for clause in sounds:
            self._read_clause(story, clause, None, sounds=False)

    def _apply_namings(self) -> None:
        """Whoever got a name later on is one role with whoever bears it."""
        renamed: dict[str, str] = {}
        for naming in self.namings:
            merged = self.cast.rename(naming)
            if merged is not None:
                renamed[merged[0]] = merged[1]
        self.events = [
            self._by_name(replace(event, roles=tuple(dict.fromkeys(renamed.get(key, key) for key in event.roles))))
            for event in self.events
        ]
        self.voices.speakers = {
            index: (renamed.get(key, key), cue) for index, (key, cue) in self.voices.speakers.items()
        }

    def _by_name(self, event: Event) -> Event:
        """The event with the name of whom only a pronoun meant before: "She speaks" → "Mrs. Hen speaks"."""
        found = re.match(r"(?:He|She|It)\b", event.text)
        members = {member.key: member for member in self.cast.members()}
        who = members.get(event.roles[0]) if event.roles else None
        if found is None or who is None or not who.named or who.key != found.group().casefold():
            return event
        return replace(event, text=who.name + event.text[found.end() :])

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
        camera = ""
        for index, (left, right) in enumerate(sentences_of(story, start, end)):
            framing = CAMERA_LEAD.match(story[:right], left)
            if framing:
                camera, left = framing["words"], framing.end()
            elif (alone := CAMERA_ALONE.fullmatch(story, left, right)) is not None:
                camera = alone["words"]
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
                if style_words(words) and not words.casefold().replace(str(style_words(words)).casefold(), "").strip(
                    " ,"
                ):
                    continue  # ", cinematic."
                if MASK not in words and is_leftover(words):
                    continue
                self._read_clause(story, clause, shot, camera)
            camera = ""

    def _read_clause(
        self, story: str, clause: Clause, shot: int | None, camera: str = "", *, sounds: bool = True
    ) -> None:
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
        text = _tidy(re.sub(r"\bsays\b(?=\s*(?:$|[,.;]|(?:and|while|as|then)\b))", "speaks", text) if inside else text)
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
                camera=camera,
                speech_only=only,
            )
        )

    def _voiced(self, event: Event) -> Event:
        """The event with the speakers that were settled only after the whole story had been read."""
        keys = [self.voices.speakers[index][0] for index in event.quotes]
        text = event.text or capital(_tidy(self.voices.speech_sentence(list(event.quotes), "")))
        return replace(event, text=text, roles=tuple(dict.fromkeys([*event.roles, *keys])))

    def _same_breath(self, inside: list[int]) -> bool:
        """Whether these quotations go on with the speaker of the event before ("One," he says. "Two.")."""
        before = self.events[-1].quotes
        speakers = {self.voices.speakers[index][0] for index in (*before, *inside) if index in self.voices.speakers}
        return len(speakers) == 1

    def _time_events(self, times: tuple[TimeFact, ...], quotes: tuple[Quote, ...]) -> None:
        """Ties intervals and instants that belong to no quotation to the event they stand in."""
        spoken = {quote.time_span for quote in quotes if quote.time_span}
        lengths = find_held_lengths(times, self.masked)
        own: dict[int | None, list[TimeFact]] = {}
        for fact in times:
            if fact.kind is not TimeKind.LENGTH and fact.span not in spoken and not self._times_a_sound(fact):
                at = (fact.span.start, fact.span.end) if fact.about is None else (fact.about, fact.about)
                own.setdefault(self._event_of(*at), []).append(fact)
        held: dict[int | None, list[HeldLength]] = {}
        for item in lengths:
            held.setdefault(self._event_of(item.start, item.end), []).append(item)
        timed: list[Event] = []
        for number, event in enumerate(self.events):
            told = timed_event(event, own.get(number, []), held.get(number, []))
            spare = [
                fact
                for fact in own.get(number, [])
                if fact.anchor is Anchor.START and fact.kind is TimeKind.INSTANT and fact.span != told.time_span
            ]
            if not told.text or not spare:
                timed.append(told)
            elif told.start_ms is not None and not told.quotes and told.shot is None:
                # "The bell rings at 1 s and again at 4 s": it happens twice.
                told = replace(told, text=_AGAIN.sub("", without_count(told.text)))
                timed.append(told)
                timed += [replace(told, start_ms=fact.start_ms, end_ms=None, time_span=fact.span) for fact in spare]
            else:
                # What one event cannot bear stays in its words.
                extra = "".join(f" ({fact.span.text})" for fact in spare)
                timed.append(replace(told, text=f"{told.text}{extra}"))
        self.events = timed

    def _follow_events(self, times: tuple[TimeFact, ...]) -> None:
        """Notes what comes a stated while after the event before it: "Tom runs. Two seconds later Ana falls." """
        for fact in times:
            if fact.anchor is not Anchor.LATER:
                continue
            number = self._event_of(fact.span.start, fact.span.end)
            if number and self.events[number].time_span is None:
                self.events[number] = replace(self.events[number], after_ms=fact.start_ms, after_span=fact.span)

    def _times_a_sound(self, fact: TimeFact) -> bool:
        """Whether a time stands in or right behind words for a sound that is no event ("a gunshot at 1.2 s, …")."""
        return any(
            clause.start <= fact.span.start
            and (fact.span.start < clause.end or not self.untimed[clause.end : fact.span.start].strip())
            for clause in self.sounds_alone
        )

    def _gap(self, start: int, end: int) -> str:
        """The words between two places of the prompt, without stated times and what links them."""
        return _LINK_OF_TIMES.sub(" ", self.untimed[start:end])

    def _tells_another(self, fact: TimeFact) -> bool:
        """Whether an instant is of what happens before a line: "At 4 s the wind takes the kite and she yells …"."""
        if fact.kind is not TimeKind.INSTANT or fact.about is not None:
            return False
        number = self._event_of(fact.span.start, fact.span.end)
        if number is None or number + 1 >= len(self.events) or self.events[number].quotes:
            return False
        here, after = self.events[number], self.events[number + 1]
        between = self.untimed[here.span.end : after.span.start] + self.prompt[after.span.start : after.span.end][:12]
        return not _SUBORDINATE.match(here.span.text) and bool(
            _ALSO.match(between) or _ALSO_ASIAN.search(here.span.text)
        )

    def _event_of(self, start: int, end: int) -> int | None:
        """The event that a stated time is about: the one it stands in, else the one it leads to or follows at once."""
        leads = behind = None
        comma = False
        for number, event in enumerate(self.events):
            if event.span.end < start - 60 or event.span.start > end + 60:
                continue  # too far away to be led to or followed
            if event.span.start <= start < event.span.end:
                return number
            if event.span.start >= end and leads is None:
                gap = self._gap(end, event.span.start)
                leads = number if not gap.strip(" ,:;-–—)]，、\n") else None
            if event.span.end <= start:
                gap = self.masked[event.span.end : start]
                ended = event.span.text.rstrip('"”’»」』“')[-1:] in ".!?…。！？"
                behind = number if not ended and not re.search(r"[^\s,:(\[–—-]", gap) else None
                comma = "," in gap or "，" in gap or "\n" in gap
        if leads is None or behind is None:
            return leads if behind is None else behind
        # "A cat naps, at 2 s a dog barks" leads; "A cat naps at 2 s and a dog barks" follows.
        return leads if comma else behind


def _untimed(masked: str, times: tuple[TimeFact, ...]) -> str:
    """The text without its stated times: "From 2.5 s to 4 s Tom is silent" says so of Tom, not of "s Tom"."""
    for fact in times:
        masked = blank(masked, fact.span.start, fact.span.end)
    return masked


def _present(event: Event, facts: Facts) -> tuple[str, ...]:
    """Who is in an event: those it is about, and every other role that its words name."""
    known = {role.key for role in facts.roles}
    keys = [key for key in event.roles if key in known]
    for role in facts.roles:
        word = role.name if role.named else role.mention.split()[-1]
        twin = any(other != role.key and other.split()[-1:] == [word.casefold()] for other in keys)
        if twin and role.mention.casefold() not in event.text.casefold():
            continue  # "a lion" is not yet "another lion"
        if (
            role.key not in keys
            and len(word) > 2
            and re.search(rf"\b{re.escape(word)}\b(?!['’]s)", event.text, re.IGNORECASE)
        ):
            keys.append(role.key)
    return tuple(keys)


_AND_ALONE = re.compile(r"(?:^|(?<=[.;:!?\n]))\s*(?:and|und|y|et)\s*(?=[:,]|\s\s)")
_AGAIN = re.compile(
    r"[\s,:]*\b(?:(?:and|y|e|und|et)\s*)?(?:(?:once\s+)?(?:again|more)|otra\s+vez|de\s+nuevo|wieder|noch\s*mal|encore|à\s+nouveau|di\s+nuovo|ancora|"
    r"de\s+novo|and|und|y|et|e)\W*$|[:,，]\s*(?:and|und|y|et|e)?\W*$",
    re.IGNORECASE,
)
_LINK_OF_TIMES = re.compile(r"\b(?:and|und|y|et|e|then)\b|[和与と]", re.IGNORECASE)
_ALSO = re.compile(r"\s*,?\s*(?:and|then|und|dann|y|luego|et|puis|e|poi|depois)\b|.{0,3}[，、]", re.IGNORECASE)
_ALSO_ASIAN = re.compile(r"[，、]\s*$")
_SUBORDINATE = re.compile(
    r"\W*(?:while|as|when|after|before|because|während|als|wenn|nachdem|bevor|mientras|cuando|pendant|tandis|quand|alors|"
    r"mentre|quando|enquanto)\b",
    re.IGNORECASE,
)


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
    text = re.sub(r"[\s,;:.\-–—，：；、。]+$", "", text.strip(" ,;:-–—，：；、"))
    return capital(text) if any(char.isalnum() for char in text) else ""


_WIDE = "\u3040-\u30ff\u4e00-\u9fff"


def _closed_up(text: str, spoken: bool) -> str:
    """Chinese or Japanese without the gaps that blanking left: ミナは　と叫ぶ → ミナは叫ぶ."""
    if spoken:
        text = re.sub(rf"(?:(?<=[はがもをにへてで、，]\s)|(?<=\s\s)|^\s*)(?:と|って)(?=[{_WIDE}])", "", text)
    return re.sub(rf"(?<=[{_WIDE}，、])\s+(?=[{_WIDE}])", "", text)


def split_event(facts: Facts, event: Event) -> tuple[Event, ...]:
    """The event in two or more where a cut is possible ("opens a door *and finds* a dragon"), or itself."""
    if event.quotes:
        return (event,)
    reader = _Reader(facts.prompt, facts.language)
    masked = reader.masked
    clauses = [
        piece
        for index, (left, right) in enumerate(sentences_of(masked, event.span.start, event.span.end))
        for clause in clauses_of(masked, left, right, index, "en" if language_of(masked) == "en" else facts.language)
        for piece in weak_split(masked, clause, language_of(masked))
    ]
    if len(clauses) < 2 or event.start_ms is not None:
        return (event,)
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
    if any(piece.quotes for piece in reader.events[done:]):
        return (event,)  # its lines were told in another clip, whose facts number them otherwise
    known = {role.key for role in facts.roles}
    return tuple(
        replace(piece, roles=tuple(key for key in piece.roles if key in known) or event.roles[:1], weak=number > 0)
        for number, piece in enumerate(reader.events[done:])
    ) or (event,)
