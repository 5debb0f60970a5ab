"""What is heard in a prompt besides speech: "thunder at 3 s", "SFX: rain", "we hear a siren"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mavin.diagnostics import Span
from mavin.facts.demands import event_at, span_of
from mavin.facts.model import (
    Event,
    SoundFact,
    TimeFact,
    TimeKind,
)
from mavin.facts.text import MASK

__all__ = ["find_sounds", "is_heard", "is_sound_only"]

_SOUND_NOUNS = (
    r"thunder(?:clap)?|siren|gunshots?|explosion|church bell|doorbell|school bell|bells?|alarm|applause|laughter|footsteps|knock(?:ing)?|"
    r"crash|bang|whistle|horn|howl(?:ing)?|barking|birdsong|rain(?:fall)?|wind|waves|heartbeat|ticking|phone ring(?:ing)?|static|scream|"
    r"breaking glass|glass breaking|engine|drums?|drumroll|music|buzzing|hum(?:ming)?|splash|thud|creak(?:ing)?|explosión|trueno|sirena|campanas?|"
    r"Donner|Sirene|Glocken?|tonnerre|sirène|cloches?|coup de feu|tuono"
)
_SOUND_LEAD = re.compile(
    r"\b(?:SFX|SOUNDS?|AUDIO|FX)\s{0,3}[:：]\s{0,3}(?P<a>[^.;\n()\[\]]{2,60})|"
    r"\b(?:the\s+)?sounds?\s+of\s+(?P<b>[^.,;:\n()\[\]]{2,50})|"
    r"\b(?:we|you|one)\s+(?:can\s+|only\s+|just\s+|now\s+){0,3}hear\s+(?!(?:him|her|them|it|a voice|someone)\b)(?P<c>[^.,;:\n()\[\]]{2,50})|"
    r"\b(?:se\s+oye|se\s+escucha|man\s+hört|on\s+entend|si\s+sente|ouve-se)\s+(?P<d>[^.,;:\n()\[\]]{2,50})|"
    r"(?:传来|听到|響起|响起)(?P<e>[^。，；：\n]{1,14})|(?P<f>[^。、，；：\n]{1,14})(?:の音|が聞こえる|が鳴る)",
    re.IGNORECASE,
)
_SOUND_ALONE = re.compile(
    rf"(?:(?:an?|the|some|distant|loud|sudden|soft|faint|far-off|rolling|un|una|ein|eine|der|le|la|les?|des)\s+){{0,4}}"
    rf"(?:[\w-]+\s+){{0,2}}?(?:{_SOUND_NOUNS})(?:\s+(?:in the distance|outside|far away|nearby|off[\s-]?screen|overhead))?",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"\s+(?:and|while|as|then|when|but|y|und|et)\s+.*$|\s+(?:at|from|for|a los|bei|à)\s*$", re.IGNORECASE
)


_SOUND_EVENT = re.compile(
    r"\b(?:sirens?|bells?|doorbell|phones?|telephone|alarms?|thunder|kettle|horns?|whistle|gong|drums?|church bells?|clock|engine|dogs?|wolf|wolves|"
    r"rooster|crowd|glass|door|floorboard|gunshot|shot|explosion|radio|music|waves?|wind|rain|train|baby)\b[^,.;]{0,20}?\b"
    r"(?:barks?|whistles?|rings?|howls?|rumbles?|chimes?|tolls?|roars?|hiss(?:es)?|crackles?|wails?|blares?|honks?|ticks?|crash(?:es)?|bangs?|slams?|"
    r"creaks?|shatters?|buzz(?:es)?|hums?|cracks?|booms?|thunders?|squeals?|screech(?:es)?|cheers?|applauds?|crows?|growls?|drums?|drips?|echo(?:es)?|"
    r"passes|strikes?|sounds?|plays?|goes off|cries|rolls?)\b(?:\s+(?:off|out|loudly|softly|outside|in the distance|nearby|by))*",
    re.IGNORECASE,
)


def is_sound_only(words: str) -> bool:
    """Whether words name a sound and nothing that could be seen ("thunder", "a distant siren")."""
    text = words.replace(MASK, " ").strip(" .,;:!-–—")
    return bool(_SOUND_ALONE.fullmatch(text)) or is_heard(text)


def is_heard(words: str) -> bool:
    """Whether words say of nothing but a sound that it is heard ("we hear a siren", "SFX: rain")."""
    text = words.replace(MASK, " ").strip(" .,;:!-–—")
    lead = _SOUND_LEAD.match(text)
    return lead is not None and lead.end() == len(text) and not re.search(r"\b(?:and|while|as|then)\b", text)


def find_sounds(
    masked: str, prompt: str, events: Sequence[Event], bare: Sequence[Span], times: Sequence[TimeFact]
) -> tuple[SoundFact, ...]:
    """What is heard: "thunder at 3 s", "SFX: rain", "we hear a siren".

    Args:
        masked: the prompt with quotations masked and times blanked.
        prompt: the prompt itself.
        events: its events.
        bare: clauses that name nothing but a sound and became no event.
        times: stated times that belong to no line.
    """
    places = []
    for clause in bare:
        led = _SOUND_LEAD.match(masked, clause.start, clause.end)
        places.append(led.span(next(name for name in "abcdef" if led[name])) if led else (clause.start, clause.end))
    for match in _SOUND_LEAD.finditer(masked):
        group = next(name for name in "abcdef" if match[name])
        start, end = match.span(group)
        end = start + len(_STOPS.sub("", masked[start:end]).rstrip())
        if end > start and all(end <= one or two <= start for one, two in places):
            places.append((start, end))
    for timed in events:
        # "A dog barks from 1.5 s to 3 s": seen and heard at its time.
        heard = _SOUND_EVENT.search(masked, timed.span.start, timed.span.end) if timed.time_span else None
        if heard is not None and all(heard.end() <= one or two <= heard.start() for one, two in places):
            places.append(heard.span())
    found = []
    for left, right in sorted(places):
        span = _trimmed(prompt, masked, left, right)
        if span is None or MASK in masked[span.start : span.end]:
            continue
        event = event_at(events, span.start)
        told = events[event].time_span if event is not None else None
        fact = next((item for item in times if item.span == told), None) or _time_beside(span, masked, times)
        if event is None and fact is None:
            event = next((n for n, item in reversed(list(enumerate(events))) if item.span.start <= left), None)
        found.append(
            SoundFact(
                span,
                span.text,
                event,
                fact.start_ms if fact else None,
                fact.end_ms if fact and fact.kind is TimeKind.INTERVAL else None,
                fact.span if fact else None,
            )
        )
    return tuple(found)


def _trimmed(prompt: str, masked: str, start: int, end: int) -> Span | None:
    """The place without a lead-in, articles and blanked times, or ``None`` if no word is left."""
    lead = re.match(
        r"[\s,;:.–—-]*(?:(?:SFX|SOUNDS?|AUDIO|FX)\s*[:：]\s*|(?:the\s+)?sounds?\s+of\s+)?(?:(?:an?|the|some)\s+)?", masked[start:end], re.IGNORECASE
    )  # fmt: skip
    left = start + (lead.end() if lead else 0)
    words = masked[left:end]
    words = re.split(r"\s{3,}", words.rstrip())[0]  # what stands behind a blanked time is another matter
    right = left + len(words.rstrip(" ,;:.!–—-"))
    said = prompt[left:right]
    heard = any(char.isalpha() for char in said) and said.strip().casefold() not in _NOTHING
    return span_of(prompt, left, right) if heard else None


_NOTHING = frozenset("nothing nada nichts rien niente silence silencio stille silenzio silêncio".split())


def _time_beside(span: Span, masked: str, times: Sequence[TimeFact]) -> TimeFact | None:
    """The instant or interval right before or right behind a sound."""
    for fact in times:
        if fact.kind is TimeKind.LENGTH:
            continue
        behind = masked[span.end : fact.span.start] if fact.span.start >= span.end else None
        before = masked[fact.span.end : span.start] if fact.span.end <= span.start else None
        gap = behind if behind is not None else before
        if gap is not None and not re.search(r"[.;!?。\n]", gap) and len(gap.split()) <= 3:
            return fact
    return None
