"""The fact ledger: where every fact of the user lives in the finished script, and what was added (design §4.6).

Each fate is read off the caption itself, never off what an agent meant to do: a fact counts as kept
only where the caption can be shown to hold it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from mavin.caption import HierarchicalCaption, Shot
from mavin.diagnostics import Span
from mavin.facts import Anchor, Event, Facts, Rule, RuleKind, TimeFact, TimeKind
from mavin.facts.demands import in_window
from mavin.facts.film import camera_words
from mavin.interval import format_seconds
from mavin.ledger import Fate, LedgerEntry
from mavin.request import WriteRequest
from scripting.state import ScriptState

__all__ = ["ledger_of"]


def ledger_of(
    state: ScriptState, caption: HierarchicalCaption, facts: Facts, request: WriteRequest
) -> list[LedgerEntry]:
    """Every fact of the user with its fate, then everything that was added and by whom."""
    books = _Books(state, caption, facts, request)
    books.user_facts()
    books.additions()
    return books.entries


@dataclass(slots=True)
class _Books:
    state: ScriptState
    caption: HierarchicalCaption
    facts: Facts
    request: WriteRequest
    entries: list[LedgerEntry] = field(default_factory=list)

    def user(self, kind: str, span: Span, fate: Fate, where: str | None, why: str = "", by: str = "user") -> None:
        self.entries.append(
            LedgerEntry(
                kind=kind, text=span.text, start=span.start, end=span.end, outcome=fate, where=where, by=by, why=why
            )
        )

    def added(self, kind: str, text: str, where: str, by: str, why: str = "") -> None:
        if text:
            self.entries.append(LedgerEntry(kind=kind, text=text, outcome=Fate.ADDED, where=where, by=by, why=why))

    def user_facts(self) -> None:
        facts = self.facts
        self._durations_and_counts()
        for label in facts.labels:
            numbers = sorted({item.number for item in facts.labels})
            shot = self.caption.shots[min(numbers.index(label.number), len(self.caption.shots) - 1)]
            exact = label.interval is None or (shot.start_ms, shot.end_ms) == (
                label.interval.start_ms,
                label.interval.end_ms,
            )
            self.user("shot", label.span, Fate.KEPT if exact else Fate.ALTERED, f"shots.{shot.id}")
        names = {role.id: role.name for role in self.caption.roles}
        for role in facts.roles:
            place = self.state["plan"]["ids"][role.key]
            kept = Fate.KEPT if place in names else Fate.DROPPED
            self.user("role", role.span, kept, f"roles.{place}" if place in names else None)
            for alias in role.aliases:
                same = alias.text.casefold() == names.get(place, "").casefold()
                self.user(
                    "name", alias, kept, f"roles.{place}.name" if same else f"roles.{place}", "" if same else "an alias"
                )
        self._events()
        self._lines()
        self._times()
        self._demands()
        for style in facts.style:
            self.user("style", style, Fate.KEPT, "global_caption.style")
        for wish in facts.wishes:
            self.user("wish", wish, Fate.KEPT, "global_caption.storyline")
        for item in facts.dropped:
            self.user("instruction", item.span, Fate.DROPPED, None, item.why, "code")

    def _durations_and_counts(self) -> None:
        for total in self.facts.durations:
            kept = total.duration_ms == self.caption.duration_ms
            why = "" if kept else "the option --duration was taken instead"
            self.user("duration", total.span, Fate.KEPT if kept else Fate.ALTERED, "duration_ms", why)
        chosen = self.caption.duration_ms
        for bound in self.facts.bounds:
            inside = bound.least_ms <= chosen <= bound.most_ms
            why = f"{format_seconds(chosen)} s was chosen" if inside else "the option --duration was taken instead"
            self.user("duration", bound.span, Fate.KEPT if inside else Fate.ALTERED, "duration_ms", why)
        for shape in self.facts.shapes:
            kept = shape.aspect == self.caption.aspect
            why = "" if kept else "the option --aspect was taken instead"
            self.user("aspect", shape.span, Fate.KEPT if kept else Fate.ALTERED, "aspect", why)
        for held in self.facts.shot_lengths:
            shot = next(
                (one for at, one in enumerate(self.caption.shots, 1) if held.is_of(at, len(self.caption.shots))), None
            )
            kept = shot is not None and shot.end_ms - shot.start_ms == held.length_ms
            why = "" if kept else "no shot of that number lasts that long"
            place = f"shots.{shot.id}" if shot is not None else None
            self.user("time", held.span, Fate.KEPT if kept else Fate.ALTERED if shot else Fate.DROPPED, place, why)
        for count in self.facts.counts:
            kept = count.count == len(self.caption.shots)
            why = "" if kept else "the option --shots was taken instead"
            self.user("shot_count", count.span, Fate.KEPT if kept else Fate.ALTERED, "shots", why)

    def _shot_of(self, span: Span, start_ms: int | None = None) -> Shot | None:
        """The shot whose events hold a place of the prompt; of several the one that begins at a given time."""
        plan = self.state["plan"]
        found = None
        for planned, shot in zip(plan["shots"], self.caption.shots, strict=True):
            for index in planned["events"]:
                place = plan["events"][index]["span"]
                if place["start"] < span.end and span.start < place["end"]:
                    if start_ms is None or shot.start_ms == start_ms:
                        return shot
                    found = found or shot
        return found

    def _events(self) -> None:
        for event in self.facts.events:
            shot = self._shot_of(event.span)
            if shot is not None:
                self.user("event", event.span, Fate.KEPT, f"shots.{shot.id}.action")
            else:
                self.user("event", event.span, Fate.DROPPED, None, "no shot shows it", "code")

    def _lines(self) -> None:
        lines = {item["quote"]: item["id"] for item in self.state["plan"]["dialogue"]}
        for index, quote in enumerate(self.facts.quotes):
            line = next((line for line in self.caption.dialogue if line.id == lines.get(index)), None)
            if line is None or line.text != quote.text:
                self.user("dialogue", quote.span, Fate.DROPPED, None, "no line says it", "code")
                continue
            self.user("dialogue", quote.span, Fate.KEPT, f"dialogue.{line.id}.text")
            if quote.time_span is not None and quote.together is None and not quote.again:
                exact = line.start_ms == quote.start_ms and quote.end_ms in {None, line.end_ms}
                exact = exact or (quote.start_ms is None and line.end_ms <= (quote.end_ms or line.end_ms))
                self.user("time", quote.time_span, Fate.KEPT if exact else Fate.ALTERED, f"dialogue.{line.id}.start_ms")

    def _times(self) -> None:
        facts = self.facts
        told = {(quote.time_span.start, quote.time_span.end) for quote in facts.quotes if quote.time_span}
        told |= {(item.span.start, item.span.end) for item in facts.durations}
        headed = [(label.span.start, label.body_start) for label in facts.labels]
        for fact in facts.times:
            place = (fact.span.start, fact.span.end)
            if place in told or any(start <= place[0] < end for start, end in headed):
                continue
            where, fate, why = self._fate_of_time(fact)
            self.user("time", fact.span, fate, where, why, "user" if fate is Fate.KEPT else "code")

    def _fate_of_time(self, fact: TimeFact) -> tuple[str | None, Fate, str]:
        for sound in self.facts.sounds:
            if sound.time_span == fact.span:
                where = self._sound_at(sound.text, sound.start_ms)
                if where is not None:
                    return where, Fate.KEPT, ""
        if fact in self.facts.cuts and fact.start_ms in (0, *self.caption.cuts_ms):
            at = (0, *self.caption.cuts_ms).index(fact.start_ms)
            return f"shots.{self.caption.shots[at].id}.start_ms", Fate.KEPT, ""
        for event in self.facts.events:
            if fact.span in (event.time_span, event.length_span):
                return self._fate_of_event_time(event, fact)
        for event in self.facts.events:
            if fact.span == event.after_span:
                return self._fate_of_while(event)
            if event.precedes is not None and fact.anchor is Anchor.EARLIER and fact.span.end <= event.span.start:
                return "shots", Fate.KEPT, "its event comes before the one told last"
        for rule in self.facts.rules:
            if rule.time_span == fact.span:
                kept, where = self._keeps(rule)
                return where, Fate.KEPT if kept else Fate.ALTERED, "" if kept else "a line stands in it"
        for shot in self.caption.shots:
            if fact.span.text in shot.action:
                return f"shots.{shot.id}.action", Fate.KEPT, ""
        if fact.kind is TimeKind.LENGTH:
            return "global_caption.storyline", Fate.KEPT, "a length inside an action"
        beside = any(event.span.start <= fact.span.start < event.span.end for event in self.facts.events)
        why = "it stands beside a line that has its own time" if beside else "nothing is told to happen then"
        return None, Fate.DROPPED, why

    def _fate_of_event_time(self, event: Event, fact: TimeFact) -> tuple[str | None, Fate, str]:
        shot = self._shot_of(event.span, event.start_ms)
        if shot is None:
            return None, Fate.DROPPED, "no shot shows its event"
        if fact.kind is TimeKind.LENGTH:
            if shot.end_ms - shot.start_ms == event.length_ms:
                return f"shots.{shot.id}", Fate.KEPT, ""
            if fact.span.text in shot.action:
                return f"shots.{shot.id}.action", Fate.KEPT, "its words stand in the action"
            return f"shots.{shot.id}", Fate.ALTERED, "the event shares its shot, which lasts otherwise"
        ends = event.end_ms in {None, shot.end_ms}
        if event.start_ms is None and event.end_ms == shot.end_ms:
            return f"shots.{shot.id}.end_ms", Fate.KEPT, ""
        if shot.start_ms == event.start_ms and ends:
            return f"shots.{shot.id}.start_ms", Fate.KEPT, ""
        if event.start_ms is not None and format_seconds(event.start_ms) in shot.action:
            return f"shots.{shot.id}.action", Fate.KEPT, "its time stands in the action"
        return f"shots.{shot.id}", Fate.ALTERED, "the event shares its shot with others"

    def _fate_of_while(self, event: Event) -> tuple[str | None, Fate, str]:
        """Whether an event begins as long after the one before it as the prompt says."""
        shot = self._shot_of(event.span)
        number = self.caption.shots.index(shot) if shot is not None else 0
        if shot is None or number == 0:
            return None, Fate.DROPPED, "nothing comes before its event"
        own = [line for line in self.caption.dialogue if shot.start_ms <= line.start_ms < shot.end_ms]
        one = self.caption.shots[number - 1]
        lines = [line for line in self.caption.dialogue if one.start_ms <= line.start_ms < one.end_ms]
        begin = min((line.start_ms for line in own), default=shot.start_ms)
        if begin - max((line.end_ms for line in lines), default=one.start_ms) == event.after_ms:
            return f"shots.{shot.id}.start_ms", Fate.KEPT, ""
        return f"shots.{shot.id}", Fate.ALTERED, "it shares its shot with what comes before"

    def _sound_at(self, text: str, start_ms: int | None) -> str | None:
        for shot in self.caption.shots:
            for sound in shot.sounds:
                if sound.text == text and start_ms in {None, sound.start_ms}:
                    return f"shots.{shot.id}.sounds.{sound.id}"
        return None

    def _demands(self) -> None:
        facts = self.facts
        for sound in facts.sounds:
            where = self._sound_at(sound.text, None)
            self.user("sound", sound.span, Fate.KEPT if where else Fate.DROPPED, where)
        for rule in facts.rules:
            kept, where = self._keeps(rule)
            why = "" if kept else "an option or the rest of the prompt asks otherwise"
            self.user(rule.kind.value, rule.span, Fate.KEPT if kept else Fate.ALTERED, where, why)
        for repetition in facts.repetitions:
            event = facts.events[repetition.event]
            told = [other for other in facts.events if other.span == event.span]
            if any(facts.quotes[quote].again for quote in event.quotes) or len(told) == repetition.count:
                self.user("repetition", repetition.span, Fate.KEPT, "dialogue" if event.quotes else "shots")
                continue
            shot = self._shot_of(facts.events[repetition.event].span)
            kept = shot is not None and repetition.span.text.casefold() in shot.action.casefold()
            where = f"shots.{shot.id}.action" if shot is not None and kept else "global_caption.storyline"
            self.user("repetition", repetition.span, Fate.KEPT, where)
        for camera in facts.cameras:
            self._camera(camera.span, camera.event)

    def _keeps(self, rule: Rule) -> tuple[bool, str | None]:
        ids = self.state["plan"]["ids"]
        whom = {ids[key] for key in rule.roles if key in ids}
        spoken = {
            line.role
            for line in self.caption.dialogue
            if rule.time_span is None or in_window(rule, line.start_ms, line.end_ms)
        }
        timed = rule.whole or rule.time_span is not None
        if rule.kind is RuleKind.ONE_TAKE:
            return len(self.caption.shots) == 1, "shots"
        if rule.kind is RuleKind.HARD_CUT:
            return len(self.caption.shots) > 1, "shots"
        if rule.kind is RuleKind.SPEAKERS:
            return rule.count is None or len(spoken) <= rule.count, "dialogue"
        if rule.kind is RuleKind.LINES:
            return rule.count is None or len(self.caption.dialogue) >= rule.count, "dialogue"
        if rule.kind is RuleKind.ONLY_SPEAKER:
            return not timed or spoken <= whom, "dialogue"
        if rule.kind is RuleKind.SILENT:
            return not timed or not (spoken & whom if rule.roles else spoken), "dialogue"
        return True, "shots"

    def _camera(self, span: Span, event: int | None) -> None:
        said = camera_words(span.text)
        wanted = {name: value for name, value in asdict(said).items() if value is not None}
        place = self.facts.events[event].span if event is not None else span
        near = self._shot_of(place)
        for shot in [near] if near is not None else self.caption.shots:
            if all(str(getattr(shot.camera, name)) == value for name, value in wanted.items()):
                self.user("camera", span, Fate.KEPT, f"shots.{shot.id}.camera")
                return
        if near is not None and span.text.casefold() in near.action.casefold():
            self.user("camera", span, Fate.KEPT, f"shots.{near.id}.action", "its words stand in the action")
        else:
            self.user("camera", span, Fate.ALTERED, None, "its shot has one camera, and other words came first", "code")

    def additions(self) -> None:
        state, plan = self.state, self.state["plan"]
        scene = state["scene"]
        for name in ("style", "ambience"):
            if scene["by"][name] != "user":
                self.added(name, scene[name], f"global_caption.{name}", scene["by"][name])
        for role_id, entry in state["cast"].items():
            if entry["by"]["appearance"] != "user":
                by, why = entry["by"]["appearance"], entry["why"]["appearance"]
                self.added("appearance", entry["appearance"], f"roles.{role_id}.appearance", by, why)
            self.added("voice", entry["voice"], f"roles.{role_id}.voice", entry["by"]["voice"], entry["why"]["voice"])
        told = {sound.text for sound in self.facts.sounds}
        for planned, shot in zip(plan["shots"], self.caption.shots, strict=True):
            refined, where = state["shots"][planned["id"]], f"shots.{shot.id}"
            if not planned["own_place"] or shot.setting != planned["setting"]:
                self.added("setting", shot.setting, f"{where}.setting", scene["by"]["setting"])
            if planned["added"]:
                self.added("shot", planned["action"], f"{where}.action", "code", planned["added"])
            self.added("detail", refined["detail"], f"{where}.action", "narrative_refiner")
            for sound in shot.sounds:
                if sound.text not in told:
                    by = "narrative_refiner" if refined["sound"] else "code"
                    self.added("sound", sound.text, f"{where}.sounds.{sound.id}", by)
            camera = f"{shot.camera.size}, {shot.camera.angle}, {shot.camera.movement}"
            self.added("camera", camera, f"{where}.camera", "narrative_refiner" if refined["camera"] else "code")
