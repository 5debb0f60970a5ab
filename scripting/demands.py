"""Where the story breaks a demand that the prompt itself makes: silence, solitude, one take, counted lines.

"Only Mara speaks" against a line of Tom's, "no cuts" against three shots, "says nothing" against a
quotation: each is refused with both places named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mavin.caption import MIN_LINE_MS
from mavin.diagnostics import Span
from mavin.facts import Event, Facts, Gender, Quote, RoleFact, Rule, RuleKind, TimeKind
from mavin.facts.demands import SEQUENCE, in_window
from mavin.facts.languages.chinese.script import simplified
from mavin.facts.languages.chinese.words import is_person as is_chinese_person
from mavin.facts.languages.english.people import is_person
from mavin.facts.languages.european.people import kind_of
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from mavin.request import WriteRequest
from mavin.speech import fastest_ms
from scripting.headcounts import headcount_conflicts

__all__ = ["demand_conflicts", "earliest_end", "said_of"]

_COMPANY = re.compile(
    r"\b(?:beside|next\s+to|with|near|across\s+from|alongside|opposite|neben|bei|mit|junto\s+a|al\s+lado\s+de|con|à\s+côté\s+d['’e]\s?|près\s+de|avec|"
    r"accanto\s+a|vicino\s+a|ao\s+lado\s+d|com)\s*(?:him|her|them|it|ihm|ihr|ihnen|él|ella|lui|elle|lei|ele|ela)\b|"
    r"(?:他|她)的?(?:身)?(?:旁|边|侧)|(?:彼|彼女)の(?:そば|隣|横)",
    re.IGNORECASE,
)
"""Words that put somebody beside the one before."""
_THROUGHOUT = re.compile(
    r"\b(?:film|movie|video|clip|short|animation|dialog\w*|diálogos?|dialogh?i|wordless|speech)\b|对白|对话|台词|對白|台詞|セリフ|会話|映像|動画",
    re.IGNORECASE,
)
"""Silences that are a property of the whole: "a silent film", "no dialogue"."""
_THEN = re.compile(
    r"[.!?;\n。！？；]\s*(?:and\s+|und\s+|y\s+|et\s+|e\s+)?(?:then|finally|at\s+last|after\s+that|later|suddenly|luego|después|entonces|finalmente|dann|danach|"
    r"schließlich|endlich|plötzlich|puis|ensuite|enfin|soudain|poi|infine|depois|então|然后|然後|接着|最后|終於|终于|突然|その後|それから|やがて|そして|ついに)",
    re.IGNORECASE,
)


def _refusal(kind: ConflictKind, explanation: str, *spans: Span) -> Conflict:
    return Conflict(kind=kind, spans=spans, explanation=explanation, outcome=ConflictOutcome.REFUSED, by="code")


def demand_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    """The demands of a prompt that its own story breaks."""
    found: list[Conflict] = []
    spoken = [
        quote for quote in facts.quotes if quote.together is None or quote.text != facts.quotes[quote.together].text
    ]
    for rule in facts.rules:
        if rule.kind is RuleKind.SILENT:
            found += _silence(rule, facts)
        elif rule.kind is RuleKind.ONLY_SPEAKER and (rule.whole or rule.time_span is not None):
            found += _exclusive(rule, facts)
        elif rule.kind is RuleKind.ALONE:
            found += _solitude(rule, facts)
        elif rule.kind is RuleKind.SPEAKERS and rule.count is not None:
            found += _speakers(rule, facts)
        elif rule.kind is RuleKind.LINES and rule.count is not None and len(spoken) > rule.count:
            found.append(
                _refusal(
                    ConflictKind.STRUCTURE,
                    f"The prompt asks for {rule.count} {'line' if rule.count == 1 else 'lines'} of dialogue and quotes "
                    f"{len(spoken)}. Make the two agree.",
                    rule.span,
                    spoken[rule.count].span,
                )
            )
    found += _repetitions(facts)
    found += _no_sound(facts)
    found += _cuts(facts, request)
    found += headcount_conflicts(facts)
    return found


def _silence(rule: Rule, facts: Facts) -> Iterator[Conflict]:
    for quote in facts.quotes:
        if rule.roles and quote.speaker not in rule.roles:
            continue
        if rule.time_span is not None:
            if not _spoken_then(rule, quote):
                continue
        elif _is_beat(rule, quote, facts) or (
            not (rule.whole and not _follows(rule, quote, facts)) and not _at_once(rule, quote, facts)
        ):
            continue
        who = _names(rule.roles, facts) or "Nobody"
        yield _refusal(
            ConflictKind.LOGICAL if rule.roles else ConflictKind.ROLE,
            f"{who} is to say nothing, yet the prompt gives {'them' if not rule.roles else 'that role'} the line "
            f"{quote.text!r}. Take out the line or the silence."
            if rule.roles
            else f"Nobody is to speak, yet the prompt has the line {quote.text!r}. Take out the line or the silence.",
            said_of(rule, facts),
            quote.time_span if rule.time_span is not None and quote.time_span is not None else quote.span,
        )
        return  # one line is enough to show it


def said_of(rule: Rule, facts: Facts) -> Span:
    """The words of a demand, from or up to the time that limits it."""
    if rule.time_span is None:
        return rule.span
    start, end = min(rule.span.start, rule.time_span.start), max(rule.span.end, rule.time_span.end)
    return Span(start=start, end=end, text=facts.prompt[start:end])


def _spoken_then(rule: Rule, quote: Quote) -> bool:
    """Whether a line is fixed inside the time for which a demand holds; one without a time can keep out of it."""
    if quote.start_ms is None:
        return False
    end = quote.end_ms
    return in_window(rule, quote.start_ms, end if end is not None else earliest_end(quote))


def earliest_end(quote: Quote) -> int:
    """When a line with a fixed start has ended at the earliest."""
    if quote.end_ms is not None:
        return quote.end_ms
    return (quote.start_ms or 0) + max(MIN_LINE_MS, fastest_ms(quote.text, quote.language))


def _follows(rule: Rule, quote: Quote, facts: Facts) -> bool:
    """Whether words such as "then" put a line behind a silence that is not said of the whole clip."""
    told = facts.prompt[rule.span.end : quote.span.start]
    return not rule.roles and not _THROUGHOUT.search(rule.span.text) and bool(_THEN.search(told))


_NO_LONGER = re.compile(
    r"\b(?:again|any\s?more|any\s+longer|(?:the|of\s+the)\s+rest|mehr|más|plus|più|mais|resto|reste)\b|再|もう|二度と",
    re.IGNORECASE,
)
"""What says that no line follows a silence: "no one speaks again"."""


def _is_beat(rule: Rule, quote: Quote, facts: Facts) -> bool:
    """Whether a silence of one moment stands behind a line, or between two: "Nobody speaks." after a question."""
    if rule.whole or rule.roles or all(other.span.end > rule.span.start for other in facts.quotes):
        return False
    told = re.split(r"[.!?;\n。！？；]", facts.prompt[rule.span.start : quote.span.start])[0]
    return quote.span.end <= rule.span.start or not _NO_LONGER.search(told)


def _at_once(rule: Rule, quote: Quote, facts: Facts) -> bool:
    """Whether a silence of one moment and a line cannot follow each other in time.

    "Tom says nothing. Tom says …" clashes; a word such as "then", another event between the two, or a
    stated time lets the one follow the other.
    """
    index = facts.quotes.index(quote)
    spoken = next((n for n, event in enumerate(facts.events) if index in event.quotes), None)
    start, end = min(rule.span.start, quote.span.start), max(rule.span.end, quote.span.end)
    left = max((facts.prompt.rfind(stop, 0, start) for stop in ".!?\n。！？"), default=-1) + 1
    told = facts.prompt[left : rule.span.start] + facts.prompt[min(rule.span.end, quote.span.end) : end]
    told = told.replace(quote.span.text, " ")
    if SEQUENCE.search(told) or quote.start_ms is not None or spoken is None:
        return False
    between = [
        event for event in facts.events if rule.span.end <= event.span.start and event.span.end <= quote.span.start
    ]
    return not [event for event in between if facts.events.index(event) != spoken]


def _exclusive(rule: Rule, facts: Facts) -> Iterator[Conflict]:
    for quote in facts.quotes:
        if rule.time_span is not None and not _spoken_then(rule, quote):
            continue
        if quote.speaker is not None and quote.speaker not in rule.roles:
            yield _refusal(
                ConflictKind.ROLE,
                f"Only {_names(rule.roles, facts)} is to speak, yet {_names((quote.speaker,), facts)} has the line "
                f"{quote.text!r}. Take out the line, or let both speak.",
                said_of(rule, facts),
                quote.time_span if rule.time_span is not None and quote.time_span is not None else quote.span,
            )
            return


def _speakers(rule: Rule, facts: Facts) -> Iterator[Conflict]:
    first: dict[str, Quote] = {}
    for quote in facts.quotes:
        first.setdefault(quote.speaker or "", quote)
    if rule.count is not None and len(first) > rule.count:
        yield _refusal(
            ConflictKind.ROLE,
            f"Only {rule.count} are to speak, yet {len(first)} have lines. Make the two agree.",
            rule.span,
            list(first.values())[rule.count].span,
        )


def _solitude(rule: Rule, facts: Facts) -> Iterator[Conflict]:
    others = [
        role
        for role in facts.roles
        if role.person and role.key not in rule.roles and role.key != "narrator" and not _is_thing(role, facts)
    ]
    if rule.event is not None and rule.event + 1 < len(facts.events):
        after = facts.events[rule.event + 1]
        company = _COMPANY.search(after.span.text)
        there = [role for role in others if role.key in after.roles]
        if company and there and after.start_ms is None and not SEQUENCE.search(after.span.text[: company.start()]):
            yield _refusal(
                ConflictKind.ROLE,
                f"{_names(rule.roles, facts)} is to be alone, yet {there[0].name} is there too. Take out one of the two.",
                rule.span,
                after.span,
            )
            return
    for number, event in enumerate(facts.events):
        if not rule.whole and number != rule.event:
            continue
        for role in others:
            if role.key in event.roles and _acts(role.key, event, rule, facts):
                yield _refusal(
                    ConflictKind.ROLE,
                    f"{_names(rule.roles, facts)} is to be alone, yet {role.name} takes part. Take out one of the two.",
                    rule.span,
                    _place(role.key, event, facts),
                )
                return


def _is_thing(role: RoleFact, facts: Facts) -> bool:
    """Whether somebody only speaks to what is nobody: "Tessa tells the moon", "confie à son journal"."""
    does = any(event.roles[:1] == (role.key,) for event in facts.events)
    if role.named or does or any(quote.speaker == role.key for quote in facts.quotes):
        return False
    noun = role.phrase.casefold().split()[-1]
    if facts.language == "en":
        return role.gender not in {Gender.MALE, Gender.FEMALE, Gender.PLURAL} and not is_person(noun)
    if facts.language == "zh":
        return not is_chinese_person(simplified(role.name))
    return facts.language in {"es", "de", "fr", "it", "pt"} and not kind_of(noun, facts.language)[0]


def _acts(key: str, event: Event, rule: Rule, facts: Facts) -> bool:
    """Whether somebody is really there: speaks, or is named by the event outside the rule's own words."""
    quoted = any(facts.quotes[index].speaker == key and not facts.quotes[index].off_screen for index in event.quotes)
    if quoted or (event.roles and event.roles[0] == key):
        return True
    return rule.whole and _place(key, event, facts) != event.span


def _place(key: str, event: Event, facts: Facts) -> Span:
    role = facts.role(key)
    for words in (role.mention, role.name, role.phrase):
        at = facts.prompt.casefold().find(words.casefold(), event.span.start, event.span.end)
        if at >= 0:
            return Span(start=at, end=at + len(words), text=facts.prompt[at : at + len(words)])
    return event.span


def _cuts(facts: Facts, request: WriteRequest) -> Iterator[Conflict]:
    takes = [rule.span for rule in facts.rules if rule.kind is RuleKind.ONE_TAKE]
    takes += [fact.span for fact in facts.counts if fact.count == 1 and fact.span not in takes]
    cuts = [rule.span for rule in facts.rules if rule.kind is RuleKind.HARD_CUT]
    stated = [*cuts, *(cut.span for cut in facts.cuts)]
    count = next((fact for fact in facts.counts if fact.count > 1), None)
    if takes and count is not None and all(fact.count != 1 for fact in facts.counts):
        yield _refusal(
            ConflictKind.STRUCTURE,
            f"One take without a cut cannot have {count.count} shots. Keep one of the two.",
            takes[0],
            count.span,
        )
    numbers = sorted({label.number for label in facts.labels})
    if takes and len(numbers) > 1 and all(fact.count != 1 for fact in facts.counts):
        second = next(label for label in facts.labels if label.number == numbers[1])
        yield _refusal(
            ConflictKind.STRUCTURE,
            f"One take without a cut cannot have {len(numbers)} labelled shots. Keep one of the two.",
            takes[0],
            second.span,
        )
    if takes and stated:
        yield _refusal(ConflictKind.STRUCTURE, "One take cannot hold a cut. Keep one of the two.", takes[0], stated[0])
    asked = facts.shots
    if cuts and asked is not None and request.shots is None and not takes and asked.count <= len(cuts):
        yield _refusal(
            ConflictKind.STRUCTURE,
            f"{len(cuts)} cuts need {len(cuts) + 1} shots, the prompt asks for {asked.count}. Make the two agree.",
            asked.span,
            *cuts,
        )


_NO_SOUND = re.compile(
    r"\b(?:with\s+)?(?:no|without(?:\s+any)?)\s+sounds?(?:\s+at\s+all)?\b(?!\s+of)|\b(?:in\s+)?(?:complete|total|absolute|utter|dead)\s+silence\b|"
    r"\bsin\s+(?:ningún\s+)?sonido\b|\ben\s+silencio\s+(?:total|absoluto)\b|\bohne\s+(?:jeden\s+)?Ton\b|\bin\s+völliger\s+Stille\b|"
    r"\bsans\s+(?:aucun\s+)?(?:son|bruit)\b|\bdans\s+un\s+silence\s+total\b|完全无声|没有任何声音|音は(?:一切)?ない|無音",
    re.IGNORECASE,
)


def _no_sound(facts: Facts) -> Iterator[Conflict]:
    """ "In complete silence, with no sound at all, thunder cracks": in one sentence both cannot be."""
    for match in _NO_SOUND.finditer(facts.prompt):
        if any(quote.span.start <= match.start() < quote.span.end for quote in facts.quotes):
            continue
        for sound in facts.sounds:
            between = facts.prompt[min(match.end(), sound.span.end) : max(match.start(), sound.span.start)]
            if not re.search(r"[.;!?\n。]", between) and not SEQUENCE.search(between):
                yield _refusal(
                    ConflictKind.LOGICAL,
                    f"No sound is to be heard, yet {sound.text!r} is. Keep one of the two.",
                    Span(start=match.start(), end=match.end(), text=match.group()),
                    sound.span,
                )
                return


def _repetitions(facts: Facts) -> Iterator[Conflict]:
    """ "barks exactly twice: at 1 s, at 2 s and at 3 s"."""
    for item in facts.repetitions:
        span = facts.events[item.event].span
        told = [
            fact.span
            for fact in facts.times
            if fact.kind is TimeKind.INSTANT and span.start <= fact.span.start and fact.span.end <= span.end
        ]
        quoted = {quote.time_span for quote in facts.quotes}
        told = [place for place in told if place not in quoted]
        if len(told) > 1 and len(told) != item.count:
            yield _refusal(
                ConflictKind.STRUCTURE,
                f"It is to happen {item.count} times, and {len(told)} times are given. Make the two agree.",
                item.span,
                *told,
            )


def _names(keys: tuple[str, ...], facts: Facts) -> str:
    known = {role.key: role.name for role in facts.roles}
    return " and ".join(known[key] for key in keys if key in known)
