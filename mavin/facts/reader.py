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
from mavin.facts.cast import (
    Cast,
    Description,
    Naming,
    Subjects,
    find_cast_lists,
    find_descriptions,
    find_namings,
    with_looks,
    with_members,
    without_descriptions,
)
from mavin.facts.demands import (
    EVERYBODY,
    HE,
    SHE,
    Demand,
    demands_in,
    find_cameras,
    find_cuts,
    find_repetitions,
    find_rules,
    timed_rules,
)
from mavin.facts.film import (
    anchored,
    each_length,
    find_camera_asides,
    find_commands,
    find_cut_times,
    find_labels,
    find_scene_words,
    find_shapes,
    json_values,
    shape_alone,
    style_spans,
    with_items,
    without_asides,
    without_shot_numbers,
)
from mavin.facts.languages.english.phrases import noun_phrase
from mavin.facts.languages.european.lower_case import respelled, with_capitals
from mavin.facts.languages.european.people import with_genders
from mavin.facts.languages.foreign import gender_of_noun_in
from mavin.facts.languages.numbers import NUMBER, language_of, language_of_total
from mavin.facts.languages.run_on import with_clauses_apart
from mavin.facts.languages.speech_verbs import FOREIGN_VERBS, speech_verb_in
from mavin.facts.model import Anchor, Event, Facts, TimeFact
from mavin.facts.quotes import find_quotations, is_json, mask, unparted
from mavin.facts.sentences import clauses_of, find_list_asides, sentences_of, weak_split, with_list_asides
from mavin.facts.story import Narration, Placing, find_film_notes, find_sounds, framed, untimed
from mavin.facts.text import MASK, blank
from mavin.facts.times import (
    bounds_phrase,
    counted_from,
    find_bounds,
    find_clip_wishes,
    find_durations,
    find_head_times,
    find_reversals,
    find_shot_counts,
    find_shot_lengths,
    find_times,
    in_reverse,
    keyed_durations,
    with_shot_lengths,
)
from mavin.facts.voices import (
    Voices,
    between_times,
    both_as_they,
    find_vocatives,
    with_breaks,
    with_lines_at_once,
    with_sayings,
)

__all__ = ["read_facts", "split_event"]


def read_facts(prompt: str, language: str | None = None, total_ms: int | None = None) -> Facts:
    """Everything that a prompt fixes, found without a model.

    Args:
        prompt: the user's text; spans of the result are offsets into it.
        language: language of the captions if the user chose one; guessed from the text otherwise.
        total_ms: length of the clip, from which "halfway" and "in the last two seconds" are counted;
            the prompt's own if left out.  Where neither is known such times keep their anchor and fix nothing.
    """
    reader = _Reader(prompt, language, total_ms)
    noted = with_capitals(prompt, reader.masked, reader.grammar)
    return reader.read() if noted == prompt else respelled(_Reader(noted, language, total_ms).read(), prompt)


_LABELS = re.compile(r"[^\W\d_]+(?:[ ][^\W\d_]+)?[ ]?[:：]")


def _grammar_of(told: str, prompt: str) -> str:
    """The language of what is told; names alone beside Japanese lines are Japanese ("花子「もう帰るの？」")."""
    language = language_of(told, prompt)
    if not re.search(r"[^\W\d_]", _LABELS.sub("", told)):
        # "Chef : « Vite ! » Commis : « Oui ! »": the lines tell it, or how the French set their marks.
        spoken = "fr" if re.search(r"\w\s:\s*«\s", prompt) else language_of(_LABELS.sub("", prompt))
        language = spoken if spoken in FOREIGN_VERBS or spoken == "en" else language
    if len(told.split()) <= 4 and (spoken := language_of(prompt)) in FOREIGN_VERBS:
        # "—Buenas —dice Ana—. Pasa.": too few words to tell, but one of them is a verb of speech of the lines' language.
        language = spoken if speech_verb_in(told, spoken) else language
    language = language_of_total(told) or language
    names_alone = (
        language == "zh"
        and re.search(r"[「\u3040-\u30ff]", prompt) is not None
        and re.fullmatch(r"(?:[\u4e00-\u9fff。、\d.:：]|\s+){1,30}", told) is not None
    )
    return language_of(prompt) if names_alone and not re.search(r"[的了说說在是]", told) else language


class _Reader:
    def __init__(self, prompt: str, language: str | None, total_ms: int | None = None) -> None:
        self.prompt = prompt
        self.total_ms = total_ms
        self.quotations = find_quotations(prompt)
        heads = find_head_times(mask(prompt, self.quotations), prompt, total_ms)
        self.masked, self.head_times = heads.text, heads.times
        self.framings = () if is_json(prompt) else find_camera_asides(heads.text)
        for aside in self.framings:
            self.masked = blank(self.masked, aside.start, aside.end)
        self.grammar = _grammar_of(self.masked.replace(MASK, " "), prompt)
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
        self.narration = Narration(prompt, self.cast, self.subjects, self.voices, self.grammar)
        named = tuple(item.naming for item in self.descriptions if item.naming is not None)
        self.namings = tuple(sorted((*find_namings(self.masked, prompt), *named), key=lambda item: item.start))
        self.cut_times: tuple[TimeFact, ...] = ()
        self.listed: list[str] = []

    def read(self) -> Facts:
        dropped = (
            *find_commands(self.masked, self.prompt),
            *find_film_notes(self.masked, self.prompt),
            *find_clip_wishes(self.masked, self.prompt),
        )
        story = json_values(self.masked) if is_json(self.prompt) else self.masked
        story = unparted(story, self.quotations)
        for item in dropped:
            story = blank(story, item.span.start, item.span.end)
        shapes = find_shapes(self.masked, self.prompt)
        for place in shape_alone(self.masked, shapes):
            story = blank(story, *place)
        lengths = find_shot_lengths(story, self.prompt)
        for place in lengths.places:
            story = blank(story, *place)
        times = find_times(without_shot_numbers(story), self.prompt, self.total_ms)
        times = tuple(sorted((*times, *self.head_times), key=lambda fact: fact.span.start))
        bounds = find_bounds(times, story, self.prompt)
        for bound in bounds:
            times = tuple(fact for fact in times if not bound.span.start <= fact.span.start < bound.span.end)
            story = blank(story, *bounds_phrase(story, bound.span))
        labels = find_labels(story, times)
        headed = [(label.span.start, label.body_start) for label in labels]
        headed += [(label.length_span.start, label.length_span.end) for label in labels if label.length_span]
        counts = find_shot_counts(story, self.prompt)
        durations = find_durations(
            tuple(fact for fact in times if not any(start <= fact.span.start < end for start, end in headed)), story
        ) or keyed_durations(self.prompt)
        counted = None if labels else lengths.count(counts)
        whole = durations or tuple(fact for fact in (lengths.total() if counted else None,) if fact is not None)
        stated = whole[0].duration_ms if whole else None
        times = anchored(times, self.total_ms if self.total_ms is not None else stated)
        times, story = counted_from(times, story)
        timed_text = story
        scenes = [
            Span(start=item.start, end=item.end, text=self.prompt[item.start : item.end])
            for item in find_scene_words(story)
        ]
        styles = [Span(start=match.start(), end=match.end(), text=match.group()) for match in style_spans(story)]
        each = None if labels else each_length(times, story)
        self.cut_times = find_cut_times(times, untimed(story, times)) if not labels else ()
        story = without_asides(story, labels, times, durations, counts)
        if not labels:
            listed = lengths.run()
            said = [*([each] if each else []), *self.cut_times]
            wanted = len(self.cut_times) + 1 if self.cut_times else None
            story = with_items(story, self.masked, (*counts, listed) if listed else counts, said, wanted, self.grammar)
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
        for listed_cast in find_cast_lists(story):
            self.listed += [key for key in (self._bring_on_name(*one) for one in listed_cast.names) if key is not None]
            story = blank(story, listed_cast.start, listed_cast.end)
        for naming in self.namings:
            if naming.whole and naming.noun and not re.search(r"[^\W_]", story[: naming.start]):
                self._introduce(naming)
            story = blank(story, naming.start, naming.end) if naming.whole else story
            aside = self.prompt.find("(", naming.start, naming.end)
            if naming.pronoun and aside >= 0 and not naming.whole:
                story = blank(story, aside, naming.end)  # "she (Clara) says"
        asides = find_list_asides(story) if self.grammar == "en" else ()
        for remark in asides:
            story = blank(story, remark.start, remark.end)
        story = both_as_they(story)
        story = with_clauses_apart(story, self.grammar)
        story = between_times(story, times)
        reversals = find_reversals(story, times)
        for words in reversals:
            story = blank(story, words.start, words.end)
        self.narration.read(with_breaks(story, self.voices.speech, self.grammar, self.prompt), labels)
        if not self.narration.events:
            self.narration.read_sounds(story)
        self.events = in_reverse(
            framed(self.narration.events, self.framings, labels, self.prompt), reversals, self.prompt
        )
        self.events = [
            replace(event, text="Silence") if _SILENT.fullmatch(event.text) else event
            for event in with_list_asides(self.events, asides)
        ]
        self.voices.settle()
        self.namings = (*self.namings, *find_vocatives(self.voices, self.cast, self.events))
        self._apply_namings()
        self.events = [self.narration.voiced(event) for event in self.events]
        inside = [(label.span.start, label.body_start) for label in labels]
        times = tuple(
            replace(fact, anchor=Anchor.START)  # "After 3 s of silence, Gus says …": behind the clip's beginning
            if fact.anchor is Anchor.LATER and not re.search(rf"[^\W_]|{MASK}", story[: fact.span.start])
            else fact
            for fact in times
        )
        free = tuple(
            fact
            for fact in times
            if fact.anchor is Anchor.START
            and fact not in self.cut_times
            and not any(start <= fact.span.start < end for start, end in inside)
        )
        placing = Placing(
            self.prompt, self.masked, self.events, self.narration.sounds_alone, times, durations, self.total_ms
        )
        told_first = {fact.span for fact in free if placing.tells_another(fact)}
        quotes = self.voices.quotes(tuple(fact for fact in free if fact.span not in told_first), timed_text)
        quotes = placing.within([fact for fact in free if fact.span in told_first], quotes)
        placing.tie(free, quotes)
        placing.follow(times)
        self.events = placing.events
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
            wishes=(*scenes, *self.narration.wishes),
            assumed_ms=None if durations else self.total_ms,
            bounds=bounds,
            shapes=shapes,
        )
        events = tuple(replace(event, roles=_present(event, facts)) for event in facts.events)
        facts = with_members(replace(facts, events=self._with_listed(events)), self.grammar)
        facts = replace(facts, roles=with_genders(facts.roles, self.grammar))
        told = {item.owner_end: item.look for item in self.descriptions if item.look}
        facts = replace(facts, roles=with_looks(facts.roles, self.masked, self.prompt, self.grammar, told))
        return with_shot_lengths(self._with_demands(facts, story), lengths)

    def _bring_on(self, demand: Demand, story: str) -> None:
        """ "Only the judge speaks" brings the judge on, though it tells no event."""
        if re.match(rf"(?:the\s+)?{NUMBER}\s", demand.who, re.IGNORECASE):
            return  # "only two people speak" counts those whom the story names
        if demand.breaks:
            return  # "Harter Schnitt" is nobody
        people = self.subjects.people_in(story[demand.start : demand.end].replace(MASK, " "), demand.start, None)
        name = re.search(r"[^\W\d_][\w'’-]*$", demand.who)
        if people or name is None or not name.group()[0].isupper() or EVERYBODY.search(demand.who):
            return
        if name.group().casefold() in SHE | HE | {"they", "it", "i", "we", "you"}:
            return
        key = self._bring_on_name(name.group(), demand.who_start + name.start())
        if key is not None:
            self.subjects.become([key], self.cast.member(key).phrase, False)

    def _introduce(self, naming: Naming) -> None:
        """Whoever the prompt's first sentence names is there from then on: 男の名前はレオ。彼は海を見ている。"""
        key = self._bring_on_name(naming.name, naming.span.start)
        if key is not None:
            member = self.cast.member(key)
            member.words.add(naming.noun)
            member.person, member.gender = True, gender_of_noun_in(self.grammar, naming.noun) or member.gender
            self.subjects.become([key], self.cast.member(key).phrase, False)

    def _bring_on_name(self, name: str, at: int) -> str | None:
        phrase = noun_phrase(name, at) if self.grammar == "en" else None
        return self.cast.mention(phrase) if phrase else self.subjects.foreign.addressed(name, at)

    def _with_listed(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """Whom a list of the cast names and no event tells of is there from the beginning."""
        shown = {key for event in events for key in event.roles}
        unseen = tuple(key for key in self.listed if key not in shown)
        return (replace(events[0], roles=(*events[0].roles, *unseen)), *events[1:]) if events and unseen else events

    def _with_demands(self, facts: Facts, story: str) -> Facts:
        """The facts with what the prompt demands besides its events."""
        facts = with_lines_at_once(facts, self.masked)
        bare = [
            Span(start=item.start, end=item.end, text=self.prompt[item.start : item.end])
            for item in self.narration.sounds_alone
        ]
        sounds = find_sounds(story, self.prompt, facts.events, bare, facts.times)
        facts = replace(facts, repetitions=find_repetitions(self.masked, self.prompt, facts.events))
        facts = with_sayings(facts, self.masked)
        return replace(
            facts,
            rules=timed_rules(
                find_rules(untimed(self.masked, facts.times), self.prompt, facts.events, facts.roles),
                self.masked,
                facts.times,
            ),
            cameras=find_cameras(mask(self.prompt, self.quotations), self.prompt, facts.events),
            sounds=sounds,
            cuts=find_cuts(self.masked, facts.times, facts.events),
        )

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


_SILENT = re.compile(
    r"(?:are|is|pass(?:es)?(?:\s+in)?)\s+(?:(?:completely|totally|all)\s+)?(?:silent|quiet|mute|silence)", re.IGNORECASE
)
"""What is left of "The first three seconds are silent" without its time."""
_AND_ALONE = re.compile(r"(?:^|(?<=[.;:!?\n]))\s*(?:and|und|y|et)\s*(?=[:,]|\s\s)")


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
                reader.narration.read_clause(masked, clause, earlier.shot)
    done = len(reader.narration.events)
    for clause in clauses:
        reader.narration.read_clause(masked, clause, event.shot)
    if any(piece.quotes for piece in reader.narration.events[done:]):
        return (event,)  # its lines were told in another clip, whose facts number them otherwise
    known = {role.key for role in facts.roles}
    return tuple(
        replace(piece, roles=tuple(key for key in piece.roles if key in known) or event.roles[:1], weak=number > 0)
        for number, piece in enumerate(reader.narration.events[done:])
    ) or (event,)
