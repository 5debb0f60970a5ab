"""Which event or line a stated time is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mavin.facts.asides import blank
from mavin.facts.clauses import Clause
from mavin.facts.constraints import without_count
from mavin.facts.lengths import HeldLength, find_held_lengths, timed_event
from mavin.facts.model import Anchor, DurationFact, Event, Quote, TimeFact, TimeKind
from mavin.facts.totals import duration_phrase

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
    ) -> None:
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
            clause.start <= fact.span.start
            and (fact.span.start < clause.end or not self.untimed[clause.end : fact.span.start].strip())
            for clause in self.sounds_alone
        )

    def _gap(self, start: int, end: int) -> str:
        """The words between two places of the prompt, without stated times and what links them."""
        return _LINK_OF_TIMES.sub(" ", self.untimed[start:end])

    def tells_another(self, fact: TimeFact) -> bool:
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


def untimed(masked: str, times: tuple[TimeFact, ...]) -> str:
    """The text without its stated times: "From 2.5 s to 4 s Tom is silent" says so of Tom, not of "s Tom"."""
    for fact in times:
        masked = blank(masked, fact.span.start, fact.span.end)
    return masked


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
