"""Which event or line a stated time is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mavin.facts.demands import without_count
from mavin.facts.languages.speech_verbs import is_speech_verb, speech_verb_in
from mavin.facts.model import Anchor, DurationFact, Event, Quote, TimeFact, TimeKind
from mavin.facts.sentences import Clause
from mavin.facts.story.narration import ONE_LEADS
from mavin.facts.text import MASK, blank
from mavin.facts.times import HeldLength, duration_phrase, find_held_lengths, timed_event

__all__ = ["Placing", "untimed"]


class Placing:
    """Ties stated times to the events that they are about.

    Attributes:
        events: the events in story order, timed by :meth:`tie` and :meth:`follow`.
    """

    def __init__(
        self,
        prompt: str,
        masked: str,
        events: Sequence[Event],
        sounds_alone: Sequence[Clause],
        times: tuple[TimeFact, ...],
        durations: tuple[DurationFact, ...],
        total_ms: int | None = None,
    ) -> None:
        self.total_ms = total_ms if total_ms is not None else durations[0].duration_ms if durations else None
        self.prompt = prompt
        self.masked = masked
        self.events = list(events)
        self.sounds_alone = sounds_alone
        self.untimed = untimed(masked, tuple(fact for fact in times if fact.kind is not TimeKind.LENGTH))
        for total in durations:
            self.untimed = blank(self.untimed, *duration_phrase(self.untimed, total.span))

    def tie(self, times: tuple[TimeFact, ...], quotes: tuple[Quote, ...]) -> None:
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
        windows = self._windows(own, held)
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
                once = _ANOTHER.sub("", _AGAIN.sub("", without_count(told.text)))
                more = ONE_LEADS.sub("Another ", once) if _ANOTHER.search(told.text) else once
                timed.append(replace(told, text=once))
                timed += [
                    replace(told, text=more, start_ms=fact.start_ms, end_ms=None, time_span=fact.span) for fact in spare
                ]
            else:
                # What one event cannot bear stays in its words.
                extra = "".join(f" ({fact.span.text})" for fact in spare)
                timed.append(replace(told, text=f"{told.text}{extra}"))
        for first, last, fact in windows:
            timed[first] = replace(timed[first], end_ms=None)
            timed[last] = replace(timed[last], end_ms=fact.end_ms, time_span=fact.span)
        self.events = timed

    def _windows(
        self, own: dict[int | None, list[TimeFact]], held: dict[int | None, list[HeldLength]]
    ) -> list[tuple[int, int, TimeFact]]:
        """Intervals that head several events: the first begins with them, the last one ends with them.

        "In the last three seconds a butterfly flies past, and the kitten jumps up." What the clip ends with holds all
        that is told behind it; another interval holds what "and" joins to its first event.
        """
        found = []
        for number, facts in own.items():
            if number is None or len(facts) != 1 or facts[0].kind is not TimeKind.INTERVAL:
                continue
            fact, event = facts[0], self.events[number]
            if fact.span.start > event.span.start and self._gap(event.span.start, fact.span.start).strip(" ,:;"):
                continue  # "A cat sleeps from 1 to 3 s and a dog barks"
            last = number
            for after in range(number + 1, len(self.events)):
                following = self.events[after]
                between = self.masked[self.events[after - 1].span.end : following.span.start]
                joined = _JOINED.fullmatch(between) is not None
                timed = own.get(after) or held.get(after) or following.precedes is not None
                if timed or following.shot != event.shot or not (joined or fact.end_ms == self.total_ms):
                    break
                last = after
            if self._line_behind(fact) is not None:
                found.append((number, number + 1, fact))
            elif last > number and not any(self.events[at].quotes for at in range(number, last + 1)):
                found.append((number, last, fact))
        return found

    def follow(self, times: tuple[TimeFact, ...]) -> None:
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
            clause.start <= fact.span.start and (fact.span.start < clause.end or self._runs_on(clause, fact))
            for clause in self.sounds_alone
        )

    def _runs_on(self, clause: Clause, fact: TimeFact) -> bool:
        """Whether a time follows a clause at once in its sentence: not "A gunshot. At 4 s a dog barks"."""
        ended = self.masked[: fact.span.start].rstrip(" \t")[-1:] in (*".!?;。！？\n",) if fact.span.start else True
        return not ended and not self.untimed[clause.end : fact.span.start].strip()

    def _gap(self, start: int, end: int) -> str:
        """The words between two places of the prompt, without stated times and what links them."""
        return _LINK_OF_TIMES.sub(" ", self.untimed[start:end])

    def tells_another(self, fact: TimeFact) -> bool:
        """Whether a time is of what happens before a line: "At 4 s the wind takes the kite and she yells …"."""
        if fact.kind is TimeKind.INTERVAL and fact.about is None:
            return self._led_deed(fact) is not None or self._line_behind(fact) is not None
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

    def _led_deed(self, fact: TimeFact) -> Event | None:
        """The event of a deed and a line that an interval heads: "In the last two seconds he comes and asks: …"."""
        number = self._event_of(fact.span.start, fact.span.end)
        event = self.events[number] if number is not None else None
        if event is None or not event.quotes or self._gap(event.span.start, fact.span.start).strip():
            return None
        said = self.masked.find(MASK, fact.span.end, event.span.end)
        deed = self.masked[fact.span.end : said] if said >= 0 else ""
        told = _DEED.search(deed)
        said_then = told is not None and (
            is_speech_verb(told["verb"].lower()) or any(speech_verb_in(told["verb"].lower(), it) for it in _LANGUAGES)
        )
        return event if said_then or _DEED_ASIAN.search(deed) else None

    def _line_behind(self, fact: TimeFact) -> Event | None:
        """The event of a line that "and" joins to the deed an interval heads: "0:07-0:10 Sie rennt und ruft: …"."""
        number = self._event_of(fact.span.start, fact.span.end)
        if number is None or number + 1 >= len(self.events):
            return None
        here, after = self.events[number], self.events[number + 1]
        heads = not here.quotes and not self._gap(here.span.start, fact.span.start).strip()
        joined = _JOINED.fullmatch(self.masked[here.span.end : after.span.start]) is not None
        return after if heads and joined and after.quotes and here.shot == after.shot else None

    def within(self, times: Sequence[TimeFact], quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        """The lines, those said inside an interval that heads a deed before them to be over when it is."""
        found = list(quotes)
        for fact in times:
            event = self._led_deed(fact) or self._line_behind(fact) if fact.kind is TimeKind.INTERVAL else None
            for index in event.quotes if event is not None else ():
                if found[index].start_ms is None and found[index].end_ms is None:
                    found[index] = replace(found[index], end_ms=fact.end_ms)
        return tuple(found)

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


def untimed(masked: str, times: tuple[TimeFact, ...]) -> str:
    """The text without its stated times: "From 2.5 s to 4 s Tom is silent" says so of Tom, not of "s Tom"."""
    for fact in times:
        masked = blank(masked, fact.span.start, fact.span.end)
    return masked


_DEED = re.compile(r"\w\s+(?:and|und|y|et|e)\s+(?:\w+ly\s+)?(?P<verb>[^\W\d_]+)(?:\s+\w+){0,3}\W*$", re.IGNORECASE)
"""A deed before the verb of speech: "comes and asks"."""
_DEED_ASIAN = re.compile(r"[来來去进進]\w{0,4}[问問说說喊道]\W*$|(?:て|で)\w{0,6}(?:言う|聞く|叫ぶ|尋ねる)?\W*$")
_LANGUAGES = ("es", "de", "fr", "it", "pt")
_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|und|y|et|e)\s+", re.IGNORECASE)
_AGAIN = re.compile(
    r"[\s,:]*\b(?:(?:and|y|e|und|et)\s*)?(?:(?:once\s+)?(?:again|more)|otra\s+vez|de\s+nuevo|wieder|noch\s*mal|encore|à\s+nouveau|di\s+nuovo|ancora|"
    r"de\s+novo|and|und|y|et|e)\W*$|[:,，]\s*(?:and|und|y|et|e)?\W*$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r",?\s+(?:and\s+)?(?:(?:then\s+)?another(?:\s+one)?|(?:and\s+)?a\s+(?:second|third)(?:\s+one)?)\W*$", re.IGNORECASE
)
"""What stands for the thing of the first time: "A coin drops at 1.5 s, another at 2.5 s"."""
_LINK_OF_TIMES = re.compile(r"\b(?:and|und|y|et|e|then)\b|[和与と]", re.IGNORECASE)
_ALSO = re.compile(r"\s*,?\s*(?:and|then|und|dann|y|luego|et|puis|e|poi|depois)\b|.{0,3}[，、]", re.IGNORECASE)
_ALSO_ASIAN = re.compile(r"[，、]\s*$")
_SUBORDINATE = re.compile(
    r"\W*(?:while|as|when|after|before|because|während|als|wenn|nachdem|bevor|mientras|cuando|pendant|tandis|quand|alors|"
    r"mentre|quando|enquanto)\b",
    re.IGNORECASE,
)
