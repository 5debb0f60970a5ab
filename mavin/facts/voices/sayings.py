"""Lines that several people say at once, or one person several times: a line for each voice and each time.

Jo and Max shout: "Surprise!"      L1 Jo  L2 Max    together
Anna says "Yes" three times.       L1 L2 L3 Anna    one after the other
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mavin.diagnostics import Span
from mavin.facts.languages.english.grammar import tokens_of
from mavin.facts.languages.speech_verbs import is_speech_verb, speech_verb_in
from mavin.facts.model import Anchor, Event, Facts, Gender, Quote, Repetition, RoleFact, TimeFact, TimeKind
from mavin.facts.sentences import find_list_asides
from mavin.facts.text import MASK

__all__ = ["both_as_they", "repeated_line", "with_lines_at_once", "with_sayings"]

_JOINT = re.compile(
    r"\s*(?:[,，、]\s*)?(?:(?:and|y|e|und|et|ed|sowie)\s+|&\s*|和|与|與|跟|同|と|、)(?:(?:the|an?|her|his|their|el|la|un|una|der|die|das|ein|eine|"
    r"le|les|une|il|lo|o|os|as|um|uma|su|sein|ihr|son|sa)\s+|l['’])?(?:[a-zà-ÿ]+\s)?",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,，、]\s*(?:(?:the|an?|el|la|der|die|das|le|les|il|lo|o)\s+)?", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:they|both|every(?:one|body)|all(?:\s+(?:of\s+them|three|four))?|the\s+two(?:\s+of\s+them)?|beide|alle|ellos|ellas|ambos|ambas|todos|todas|los\s+dos|las\s+dos|"
    r"ils|elles|tous|toutes|les\s+deux|loro|entrambi|entrambe|tutti|eles|elas)\b|他们|她们|两人|俩|大家|二人|彼ら|みんな|全員",
    re.IGNORECASE,
)
_IN_CHORUS = re.compile(
    r"\b(?:together|in\s+(?:unison|chorus)|at\s+the\s+same\s+time|at\s+once|simultaneously|as\s+one|zusammen|gemeinsam|gleichzeitig|im\s+chor|"
    r"juntos|juntas|a\s+la\s+vez|al\s+unísono|a\s+coro|al\s+mismo\s+tiempo|ensemble|en\s+chœur|en\s+même\s+temps|all['’]unisono|insieme|"
    r"in\s+coro|em\s+coro|em\s+uníssono|ao\s+mesmo\s+tempo)\b|一起|齐声|齊聲|同时|同時|异口同声|一緒|声をそろえ|一斉",
    re.IGNORECASE,
)
_IN_TURN = re.compile(
    r"\b(?:argu\w*|talk\w*|chat\w*|discuss\w*|quarrel\w*|debat\w*|bicker\w*|in\s+turn|each\s+other|one\s+another|streiten|unterhalten|reden|"
    r"discut\w+|hablan|conversan|charlan|parlent|bavardent|litigano|parlano|conversam)\b|吵|聊|争论|話し合|口論",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?;。！？\n]")
_SAYS = frozenset("say shout yell scream cry whisper answer reply call chant".split())
_NEW_SENTENCE = re.compile(r"\s+[A-ZÀ-Þ][\w'’-]*(?:\s+(?:of\s+them|two|dos|deux|beiden|zwei))?\s+(?P<verb>[^\W\d_]+)")
_LINKED = re.compile(r"[\s,]*(?:(?:and|then|again|once\s+more|und|y|et|e)\b[\s,]*)*(?:at\b\s*)?", re.IGNORECASE)
_CLOSED = re.compile(r"[\s)\]]*(?:[.;!?\n]|$)")
_PARTS = re.compile(
    r"\b(?:and|then|while|as|but|und|dann|aber|y|luego|pero|et|puis|mais|e|poi|ma|mas)\b|[,，、]", re.IGNORECASE
)
_NEXT_CLAUSE = re.compile(
    r"\b(?:and|then|while|as|but|und|dann|während|y|luego|mientras|et|puis|e|poi|mentre|mas|enquanto)\b", re.IGNORECASE
)
_ASIAN_SAID = re.compile(r"[说說喊叫道问問答念言]")
_ASIAN_SAYS = r"(?:言|叫|答え|繰り返|呼び|呼ぶ|つぶや|呟|ささや|囁|尋ね|怒鳴|唱え)"
_ASIAN_VERB = re.compile(r"(?:说|說|喊|叫|道|问|問|念|重复|言|叫び|繰り返)[了着過过]?$")


_SAY = r"(?=\s+(?:say|shout|yell|scream|cry|whisper|answer|reply|call|ask|laugh|sing|cheer|nod)\b)"


def both_as_they(story: str) -> str:
    """ "They both say", "Both shout", "all three sing": a pronoun as any other; every offset stays."""

    def kept(match: re.Match[str]) -> str:
        return match[1] + " " * (len(match[0]) - len(match[1]))

    def they(match: re.Match[str]) -> str:
        word = "They" if match[0][0].isupper() else "they"
        return word.ljust(len(match[0]))

    story = re.sub(r"\b([Tt]hey|[Ww]e|[Yy]ou)(\s+)(?:both|all)\b(?=\s+[a-z])", kept, story)
    story = re.sub(rf"\b[Aa]ll\s(?:three|four|of\sthem){_SAY}", they, story)
    story = re.sub(rf"(?:(?<=[,;] )|(?<=\band ))both{_SAY}", they, story)
    story = re.sub(rf"(?<=\S)(\s+)both{_SAY}", kept, story)
    return re.sub(rf"\bBoth{_SAY}", they, story)


def with_sayings(facts: Facts, masked: str) -> Facts:
    """The facts with a line for each voice of a chorus and for each time that a line is repeated.

    Args:
        facts: what was read, its groups as members.
        masked: the prompt with its quotations masked.
    """
    quotes = list(facts.quotes)
    events = list(facts.events)
    for number, event in enumerate(facts.events):
        told: list[int] = []
        for index in event.quotes:
            voices = [index]
            for key in _others(index, event, facts, masked):
                quotes.append(replace(quotes[index], speaker=key, together=index))
                voices.append(len(quotes) - 1)
            told += voices
            times = _told_times(quotes[index], facts, masked)
            counts = [item.count for item in facts.repetitions if repeated_line(item, facts, masked) == index]
            count = counts[0] if counts else max(1, len(times))
            told += _again(quotes, voices, count, times)
        speakers = (quotes[index].speaker for index in told)
        roles = dict.fromkeys([*event.roles, *(who for who in speakers if who is not None)])
        events[number] = replace(event, quotes=tuple(told), roles=tuple(roles))
    return replace(facts, quotes=tuple(quotes), events=tuple(events))


_AT_ONCE = re.compile(
    r"\b(?:at\s+(?:exactly\s+)?the\s+(?:very\s+)?same\s+(?:time|moment|instant)|simultaneously|in\s+the\s+same\s+breath|talking\s+over\s+(?:him|her|them|each\s+other)|"
    r"speaking\s+over\s+(?:him|her|them))\b",
    re.IGNORECASE,
)


def with_lines_at_once(facts: Facts, masked: str) -> Facts:
    """The facts with lines that are said at the same time ("… and at the same time Ann says") in one event."""
    quotes, events = list(facts.quotes), list(facts.events)
    for number in range(len(events) - 1, -1, -1):
        for at, index in enumerate(events[number].quotes):
            before = events[number].quotes[:at] or (events[number - 1].quotes if number else ())
            if not before or quotes[index].start_ms is not None or not _at_once(before[-1], index, quotes, masked):
                continue
            lead = before[-1]
            quotes[index] = replace(quotes[index], together=lead, start_ms=quotes[lead].start_ms)
            if at == 0:
                events[number - 1 : number + 1] = [_one_event(events[number - 1], events[number], facts.prompt)]
            break
    return replace(facts, quotes=tuple(quotes), events=tuple(events))


def _at_once(first: int, second: int, quotes: Sequence[Quote], masked: str) -> bool:
    """Whether the words between two lines of different people say that both are heard at once."""
    one, two = quotes[first], quotes[second]
    gap = masked[one.span.end : two.span.start]
    led = _AT_ONCE.search(gap)
    tail = re.match(rf"[^.;!?\n{MASK}]*", masked[two.span.end :])
    behind = _AT_ONCE.search(tail.group()) if tail and len(_STOP.findall(gap)) <= 1 else None
    return one.speaker != two.speaker and None not in (one.speaker, two.speaker) and bool(led or behind)


def _one_event(first: Event, second: Event, prompt: str) -> Event:
    span = Span(start=first.span.start, end=second.span.end, text=prompt[first.span.start : second.span.end])
    words = re.sub(r"^\W*(?:while|as|and)\b", "", _AT_ONCE.sub(" ", second.text), flags=re.IGNORECASE)
    words = " ".join(words.split()).strip(" ,")
    return replace(
        first,
        span=span,
        text=f"{first.text} while {_lowered(words)}" if words else first.text,
        roles=tuple(dict.fromkeys([*first.roles, *second.roles])),
        quotes=(*first.quotes, *second.quotes),
        speech_only=first.speech_only and second.speech_only,
    )


def _lowered(words: str) -> str:
    """A sentence as a clause behind "while"."""
    article = re.match(r"(?:The|An?|His|Her|Their|One)\s", words)
    return words[:1].lower() + words[1:] if article else words


def _told_times(quote: Quote, facts: Facts, masked: str) -> list[TimeFact]:
    """The times of a line that is said at several: ""Fire!" at 1 s, 3 s and 5 s"; none if it has at most one."""
    spans = [fact.span for fact in facts.times]
    if quote.time_span not in spans:
        return []
    first = last = spans.index(quote.time_span)
    while first and _LINKED.fullmatch(masked[spans[first - 1].end : spans[first].start]):
        first -= 1
    while last + 1 < len(spans) and _LINKED.fullmatch(masked[spans[last].end : spans[last + 1].start]):
        last += 1
    told = list(facts.times[first : last + 1])
    # "… at 2 s and at 4 s a bird sings": the second time is of what follows.
    closed = told[-1].span.end <= quote.span.start or _CLOSED.match(masked, told[-1].span.end)
    # "at 1 s and 2 s respectively" gives each of two lines one time.
    plain = all(fact.kind is TimeKind.INSTANT and fact.anchor is Anchor.START and fact.about is None for fact in told)
    return told if len(told) > 1 and closed and plain else []


def _again(quotes: list[Quote], voices: Sequence[int], count: int, times: Sequence[TimeFact]) -> list[int]:
    """Appends the repeated sayings of a line, each at its own time; a fixed interval is shared out among them."""
    added: list[int] = []
    first = quotes[voices[0]]
    start, end = first.start_ms, first.end_ms
    bounds: list[tuple[int | None, int | None]] = [(start, end), *[(None, None)] * (count - 1)]
    if start is not None and end is not None:
        edges = [start + round((end - start) * part / count) for part in range(count + 1)]
        bounds = list(pairwise(edges))
    if len(times) == count > 1:
        bounds = [(fact.start_ms, None) for fact in times]
    for number, (begin, stop) in enumerate(bounds):
        if number == 0:
            for index in voices:
                quotes[index] = replace(quotes[index], start_ms=begin, end_ms=stop)
            continue
        lead = len(quotes)
        for index in voices:
            together = None if index == voices[0] else lead
            quotes.append(replace(quotes[index], start_ms=begin, end_ms=stop, again=number, together=together))
            added.append(len(quotes) - 1)
    return added


def _others(index: int, event: Event, facts: Facts, masked: str) -> list[str]:
    """Who says a line together with its speaker."""
    quote = facts.quotes[index]
    left, right = event.span.start, event.span.end
    for other in facts.quotes:
        left = max(left, other.span.end) if other.span.end <= quote.span.start else left
        right = min(right, other.span.start) if other.span.start >= quote.span.end else right
    right = max(right, quote.span.end)
    for aside in find_list_asides(masked) if facts.language == "en" else ():
        masked = masked[: aside.start] + " " * (aside.end - aside.start) + masked[aside.end :]
    elsewhere = False
    if re.search(r"[.!?…]$", quote.text) and (opened := _NEW_SENTENCE.match(facts.prompt, quote.span.end)):
        said = speech_verb_in(opened["verb"], facts.language) if facts.language != "en" else None
        if not (said or opened["verb"].lower() in _SAYS):
            right, elsewhere = quote.span.end, True  # '"… ear!" Both laugh.'
    stop = _STOP.search(masked, quote.span.end)
    right = max(right, min(stop.start(), quote.span.end + 60) if stop and not elsewhere else right)
    later = [other.span.start for other in facts.quotes if other.span.start >= quote.span.end]
    right = min([right, *later])
    before, behind = masked[left : quote.span.start], masked[quote.span.end : right].replace(MASK, " ")
    if _IN_TURN.search(before) or quote.speaker is None:
        return []
    for words, tag in ((before, False), (behind, True)):
        chain = _chain_in(words, facts.roles)
        if quote.speaker in chain and (not tag or _tags(words, facts)):
            return [key for key in chain if key != quote.speaker]
    # 小红说“再见”，两人挥手: who waves has not said it.
    told = facts.language not in {"zh", "ja"} or _ASIAN_SAID.search(behind)
    # 'Tom shouts "Go!" and they all run': who runs has not said it either.
    said = f"{before} {_NEXT_CLAUSE.split(behind)[0] if told else ''}"
    if not _ALL.search(said) or any(role.key == quote.speaker and role.gender is Gender.PLURAL for role in facts.roles):
        return []  # a crowd is one voice
    meant = _meant(event, quote, facts) or (_last_two(index, facts) if _both(said) else [])
    meant = [key for key in meant if not re.search(rf"\b{re.escape(facts.role(key).name)}\b", said)]
    together = _IN_CHORUS.search(said) or _both(said) or len(event.quotes) == 1
    return [key for key in meant if key != quote.speaker] if together and quote.speaker in meant else []


def _meant(event: Event, quote: Quote, facts: Facts) -> list[str]:
    """Whom "they" means beside a line: those of its event, or of the one before if that holds the speaker."""
    if re.search(r"\bevery(?:one|body)\b", facts.prompt[event.span.start : quote.span.start], re.IGNORECASE):
        return [role.key for role in facts.roles if role.person and role.gender is not Gender.PLURAL]
    known = {role.key for role in facts.roles}
    number = facts.events.index(event)
    for item in (event, *facts.events[max(0, number - 1) : number]):
        keys = [key for key in item.roles if key in known]
        if len(keys) > 1 and quote.speaker in keys:
            return keys
    return []


def _last_two(index: int, facts: Facts) -> list[str]:
    """Whom "both" means where nobody did anything together: the two who spoke or acted last."""
    quote = facts.quotes[index]
    told = [other.speaker for other in facts.quotes[: index + 1]]
    told += [key for event in facts.events if event.span.start < quote.span.start for key in event.roles]
    people = {role.key for role in facts.roles if role.person and role.gender is not Gender.PLURAL}
    found = [key for key in dict.fromkeys(told) if key in people]
    return found if len(found) == 2 and quote.speaker in found else []


def _tags(words: str, facts: Facts) -> bool:
    """Whether words behind a line name several who say it: ", shout Jo and Max", not "says Jo, and Max laughs"."""
    head = re.match(r"\s*,?\s*(?P<verb>[^\W\d_]+)\s", words)
    if head is None:
        return False
    verb = head["verb"].lower()
    plural = (
        is_speech_verb(verb) and not verb.endswith("s")
        if facts.language == "en"
        else speech_verb_in(verb, facts.language)
    )
    return bool(plural) and not re.search(r",\s*(?:and|y|e|und|et)\s", words)


def _both(said: str) -> bool:
    return bool(
        re.search(
            r"\b(?:both|beide|ambos|ambas|les\s+deux|los\s+dos|las\s+dos|entrambi|entrambe)\b|两人|俩",
            said,
            re.IGNORECASE,
        )
    )


def _chain_in(words: str, roles: Sequence[RoleFact]) -> list[str]:
    """The last roles in a text that a conjunction joins ("Jo, Max and Kim"), if no other role stands behind them."""
    places: list[tuple[int, int, str]] = []
    for role in roles:
        forms = {role.name, role.mention, role.phrase, role.mention.split()[-1]}
        for form in sorted(forms, key=len, reverse=True):
            asian = bool(re.search(r"[\u3040-\u9fff]", form))
            found = re.search(re.escape(form) if asian else rf"\b{re.escape(form)}\b", words, re.IGNORECASE)
            if found and all(found.end() <= start or end <= found.start() for start, end, _ in places):
                places.append((found.start(), found.end(), role.key))
                break
    places.sort()
    chain: list[str] = []
    joined = False
    for number, (start, _, key) in enumerate(places):
        gap = words[places[number - 1][1] : start] if number else ""
        if number and _JOINT.fullmatch(gap):
            joined = True
            chain.append(key)
        elif number and _COMMA.fullmatch(gap):
            chain.append(key)
        else:
            chain, joined = [key], False
    return chain if joined and len(chain) <= 4 else []


_SO_OFTEN = re.compile(
    rf"{MASK}+(?:と|って)(?:[^、。{MASK}]{{1,8}}(?:が|は))?[、]?(?P<behind>[^、。\sのてとがは]{{2,4}})(?:も|ほど)?{_ASIAN_SAYS}|"
    rf"(?P<before>[^、。\sのてとがは]{{2,4}})(?:も|ほど)?[、]?{MASK}+(?:と|って)(?:[^、。{MASK}]{{1,8}}(?:が|は))?[、]?{_ASIAN_SAYS}"
)


def _said_so_often(line: Span, often: Span, masked: str) -> bool:
    """Whether Japanese words count how often a line is said: 三回「おはよう」と言う, 「はい」と二回言う."""
    left, right = min(line.start, often.start), max(line.end, often.end)
    found = _SO_OFTEN.match(masked[left : right + 30])
    if found is None:
        return False
    return left + max(found.start("behind"), found.start("before")) == often.start


def repeated_line(repetition: Repetition, facts: Facts, masked: str) -> int | None:
    """Index of the line that a repetition repeats ("says "Yes" three times"); ``None`` if it repeats something else."""
    event = facts.events[repetition.event]
    for index in event.quotes:
        quote = facts.quotes[index]
        if quote.together is not None or quote.again:
            continue
        if facts.language == "ja" and _said_so_often(quote.span, repetition.span, masked):
            return index
        if quote.span.end <= repetition.span.start:
            gap = masked[quote.span.end : repetition.span.start]
            words = tokens_of(gap.replace(MASK, " "))
            tag = any(is_speech_verb(token.lower) or speech_verb_in(token.lower, facts.language) for token in words)
            bare = gap.lstrip(" ,，")
            if (
                MASK not in gap
                and not _STOP.search(gap)
                and (not words or (tag and len(words) <= 4 and not _PARTS.search(bare)))
            ):
                return index
        elif quote.span.start >= repetition.span.end:
            gap = masked[repetition.span.end : quote.span.start]
            lead = masked[max(0, repetition.span.start - 30) : repetition.span.start].rstrip()
            word = re.search(r"[^\W\d_]+$", lead)
            said = (
                bool(word)
                and (is_speech_verb(word.group().lower()) or bool(speech_verb_in(word.group().lower(), facts.language)))
                if word
                else False
            )
            if not tokens_of(gap) and not _STOP.search(gap) and (said or _ASIAN_VERB.search(lead)):
                return index
    return None
