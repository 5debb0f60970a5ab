"""What a prompt fixes, as data: every fact with its place in the user's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from mavin.caption import Aspect
from mavin.diagnostics import Span
from mavin.interval import Interval

__all__ = [
    "Anchor",
    "CameraFact",
    "CountFact",
    "Dropped",
    "DurationFact",
    "Event",
    "Facts",
    "Gender",
    "LengthBounds",
    "Quote",
    "Repetition",
    "RoleFact",
    "Rule",
    "RuleKind",
    "ShapeFact",
    "ShotLabel",
    "SoundFact",
    "TimeFact",
    "TimeKind",
]


class Gender(StrEnum):
    """Which pronouns a role takes, as far as the prompt's words tell."""

    FEMALE = "female"
    MALE = "male"
    NEUTER = "neuter"
    PLURAL = "plural"
    UNKNOWN = "unknown"


class TimeKind(StrEnum):
    """What a stated time means."""

    INTERVAL = "interval"
    INSTANT = "instant"
    LENGTH = "length"
    UNTIL = "until"


class Anchor(StrEnum):
    """What a stated time counts from: the clip's beginning, its middle, its end (then it is negative), or another time.

    ``LATER`` and ``EARLIER`` ("two seconds later") count from the event before where that one has no time.
    """

    START = "start"
    MIDDLE = "middle"
    END = "end"
    LATER = "later"
    EARLIER = "earlier"

    @property
    def needs_total(self) -> bool:
        """Whether the clip's length tells where such a time lies."""
        return self in (Anchor.MIDDLE, Anchor.END)


class RuleKind(StrEnum):
    """What a prompt demands of the whole script."""

    SILENT = "silent"
    ONLY_SPEAKER = "only_speaker"
    ALONE = "alone"
    LINES = "lines"
    SPEAKERS = "speakers"
    ONE_TAKE = "one_take"
    HARD_CUT = "hard_cut"


@dataclass(frozen=True, slots=True)
class Quote:
    """Speech that the user wrote between quotation marks, or behind a speaker's label.

    Attributes:
        span: the quotation with its marks.
        text: the words alone, exactly as written.
        speaker: key of the role that speaks (:attr:`RoleFact.key`), ``None`` if nothing tells.
        speaker_span: the words that name the speaker.
        start_ms: when it must begin, ``None`` if free.
        end_ms: when it must have ended, ``None`` if free.
        time_span: where the prompt says so.
        delivery: how it is said, from the verb or a bracket ("whispering").
        language: language tag of the words.
        off_screen: whether the prompt puts the voice outside the picture.
        together: index of the line that somebody else says at the same time, in the same words or in others.
        again: how often the same quotation was said before ("says "Yes" twice": 0 and 1).
    """

    span: Span
    text: str
    speaker: str | None = None
    speaker_span: Span | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    time_span: Span | None = None
    delivery: str = ""
    language: str = "en"
    off_screen: bool = False
    together: int | None = None
    again: int = 0


@dataclass(frozen=True, slots=True)
class TimeFact:
    """A time that the prompt states.

    Attributes:
        span: the words that state it.
        kind: an interval, an instant ("at 4.5 s"), a length ("for three seconds") or the latest end ("until 3 s").
        start_ms: begin of an interval, or the instant; 0 for a length and for a latest end.
        end_ms: end of an interval, the latest end, the instant itself, or how long a length is.
        anchor: what both count from ("in the last two seconds" is -2000 to 0 from the end).
        about: offset of the words that it times, ``None`` where it stands in them or beside them.
        share: with ``MIDDLE``, the part of the clip that lies before it ("two thirds in").
    """

    span: Span
    kind: TimeKind
    start_ms: int
    end_ms: int
    anchor: Anchor = Anchor.START
    about: int | None = None
    share: Fraction = Fraction(1, 2)

    def zero_ms(self, total_ms: int) -> int:
        """Where what it counts from lies in a clip of that length; for times that need the clip's length."""
        return {Anchor.MIDDLE: int(total_ms * self.share), Anchor.END: total_ms}.get(self.anchor, 0)


@dataclass(frozen=True, slots=True)
class DurationFact:
    """The total duration that the prompt asks for."""

    span: Span
    duration_ms: int


@dataclass(frozen=True, slots=True)
class LengthBounds:
    """Between which lengths the prompt leaves the choice ("between 5 and 7 seconds", "at least 8 seconds")."""

    span: Span
    least_ms: int
    most_ms: int


@dataclass(frozen=True, slots=True)
class ShapeFact:
    """The picture shape that the prompt asks for ("vertical video", "9:16")."""

    span: Span
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class CountFact:
    """How many shots the prompt asks for."""

    span: Span
    count: int


@dataclass(frozen=True, slots=True)
class ShotLabel:
    """A shot that the user set apart ("Shot 2 (2–4s):"), with the range of text it heads.

    ``length_span`` is where the end of that text says how long the shot is ("Shot 1: a key turns (2s).").
    """

    span: Span
    number: int
    body_start: int
    body_end: int
    interval: Interval | None = None
    length_span: Span | None = None


@dataclass(frozen=True, slots=True)
class RoleFact:
    """Somebody or something that acts or speaks.

    Attributes:
        key: identity inside this prompt, casefolded ("bear", "mara").
        name: as a person would list it in a cast ("Bear", "Mara").
        phrase: definite phrase for sentences ("the bear", "Mara").
        mention: the user's first words for it ("a tired old bear").
        span: where that first mention stands.
        gender: for pronouns and voices.
        person: whether it is a human being or named like one.
        named: whether it has a proper name or a label.
        aliases: later mentions that gave it another name ("the stranger, whose name is Tom").
        look: what the prompt says beside it of clothes, hair and the like ("in a red coat").
        voice: what the prompt says of its voice ("deep voice").
    """

    key: str
    name: str
    phrase: str
    mention: str
    span: Span
    gender: Gender = Gender.UNKNOWN
    person: bool = False
    named: bool = False
    aliases: tuple[Span, ...] = ()
    look: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens, in the user's own words.

    Attributes:
        span: the clause in the prompt.
        text: a sentence that names its subject, without quotations.
        roles: keys of the roles that take part, subject first.
        quotes: indices into :attr:`Facts.quotes` that are spoken during it.
        shot: number of the shot label it stands under, ``None`` if there are no labels.
        start_ms: when it must begin, if the prompt says so.
        end_ms: when it must have ended, if the prompt says so.
        time_span: where the prompt says so.
        length_ms: how long it lasts, if the prompt says so ("for three seconds").
        length_span: where the prompt says so.
        camera: the user's camera words for it, if any ("close-up").
        speech_only: whether the clause does nothing but introduce a quotation.
        weak: whether this event was split off where a shot change is possible but not asked for.
        after_ms: how long after the event before it begins, if the prompt says so ("two seconds later").
        after_span: where the prompt says so.
        precedes: where the event begins that this one is told behind but comes before ("before that …").
    """

    span: Span
    text: str
    roles: tuple[str, ...] = ()
    quotes: tuple[int, ...] = ()
    shot: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    time_span: Span | None = None
    length_ms: int | None = None
    length_span: Span | None = None
    camera: str = ""
    speech_only: bool = False
    weak: bool = False
    after_ms: int | None = None
    after_span: Span | None = None
    precedes: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand on the whole script.

    Attributes:
        span: the words that make it.
        kind: what is demanded.
        roles: keys of the roles it is about; empty means everybody (``SILENT``: nobody speaks at all).
        whole: whether it is said of the whole clip ("never speaks") and not of one moment.
        event: index of the event it stands in, ``None`` if it stands in none.
        count: how many (``LINES``: "exactly one line of dialogue"; ``SPEAKERS``: "only two people speak").
        start_ms: from when it holds, if the prompt says so ("from 2 s to 4 s nobody speaks").
        end_ms: until when, ``None`` for the end of the clip.
        time_span: where the prompt says so, ``None`` where it holds without a time.
    """

    span: Span
    kind: RuleKind
    roles: tuple[str, ...] = ()
    whole: bool = True
    event: int | None = None
    count: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    time_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Repetition:
    """How often something happens ("knocks three times"); ``event`` indexes :attr:`Facts.events`."""

    span: Span
    count: int
    event: int


@dataclass(frozen=True, slots=True)
class CameraFact:
    """Camera words of the user ("slow pan left"); ``event`` indexes the event they frame."""

    span: Span
    event: int | None = None


@dataclass(frozen=True, slots=True)
class SoundFact:
    """Something heard that is no speech, in the user's words.

    Attributes:
        span: the words.
        text: them as a phrase ("thunder").
        event: index of the event it sounds during, ``None`` if that is open.
        start_ms: when it must begin, if the prompt says so.
        end_ms: when it must have ended, if the prompt says so.
        time_span: where the prompt says so.
    """

    span: Span
    text: str
    event: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    time_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text that is no story, and why it was left out."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class NumberedLength:
    """How long a shot is to be that only its number tells: "four shots, shot 2 lasts 3 s".

    Attributes:
        number: which shot, from one; ``None`` for the last.
        length_ms: how long.
        span: the words that say how long.
    """

    number: int | None
    length_ms: int
    span: Span

    def is_of(self, number: int, count: int) -> bool:
        """Whether it is about shot ``number`` of ``count``."""
        return number == (count if self.number is None else self.number)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a prompt fixes; all spans point into :attr:`prompt`.

    ``durations`` and ``counts`` hold every statement, ``duration`` and ``shots`` the first of each;
    ``cuts`` are the instants at which the prompt wants one shot to end and the next to begin;
    ``assumed_ms`` is the total that times such as "halfway" were counted from where the prompt gives none.
    """

    prompt: str
    language: str
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    roles: tuple[RoleFact, ...] = ()
    duration: DurationFact | None = None
    shots: CountFact | None = None
    durations: tuple[DurationFact, ...] = ()
    counts: tuple[CountFact, ...] = ()
    labels: tuple[ShotLabel, ...] = ()
    times: tuple[TimeFact, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    rules: tuple[Rule, ...] = ()
    repetitions: tuple[Repetition, ...] = ()
    cameras: tuple[CameraFact, ...] = ()
    sounds: tuple[SoundFact, ...] = ()
    cuts: tuple[TimeFact, ...] = ()
    style: tuple[Span, ...] = field(default=())
    wishes: tuple[Span, ...] = ()
    assumed_ms: int | None = None
    bounds: tuple[LengthBounds, ...] = ()
    shapes: tuple[ShapeFact, ...] = ()
    shot_lengths: tuple[NumberedLength, ...] = ()

    def role(self, key: str) -> RoleFact:
        """The role of that key; ``KeyError`` if there is none."""
        for role in self.roles:
            if role.key == key:
                return role
        raise KeyError(f"there is no role {key!r}")
