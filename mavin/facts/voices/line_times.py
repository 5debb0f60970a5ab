"""Which stated time belongs to which line: "says "Now" at 3 s", "[2–5] …", "from 1 s to 2 s she says"."""

from __future__ import annotations

import re

from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.english.grammar import tokens_of, verb_forms
from mavin.facts.languages.european.inflections import finite
from mavin.facts.languages.speech_verbs import is_speech_verb, speech_verb_in
from mavin.facts.model import TimeFact, TimeKind
from mavin.facts.quotes import Quotation
from mavin.facts.text import MASK
from mavin.facts.voices.breaks import NEW_SENTENCE
from mavin.facts.voices.speakers import cue_before, cue_behind

__all__ = ["LineTimes"]

_STOP = re.compile(r"(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bProf)\.|[;!?。\n]")
"""The end of a sentence; a title's full stop is none."""

_NEXT_DEED = re.compile(
    r"\s*,?\s*(?:and|then|while|as|but|before|after|und|dann|während|y|luego|mientras|et|puis|pendant|e|poi|mentre|"
    r"depois|enquanto)\s+(?:\w+\s+){0,3}?\w",
    re.IGNORECASE,
)
"""Words behind a line that tell something else: '"Go!" and jumps at 3 s'."""

_AFTERWARDS = re.compile(
    r"\w\s*[,，、]\s*(?:(?:and|but|und|aber|y|pero|et|mais|e|ma)\s+)?(?:(?:then|dann|danach|luego|después|entonces|puis|ensuite|poi|depois)\b|"
    r"然后|然後|接着|接著|之后|之後|そして|それから|その後)",
    re.IGNORECASE,
)
"""What is told behind such words is no more in the time before them."""

_BRACKETED_TIME = re.compile(r"[\[(]\s*\d[\d.:,]*\s*(?:s|secs?|seconds?)?\s*[–—-]\s*\d[^\])\n]{0,12}[\])]")


_SPAN_OF_TIME = r"\d[\d:.,]*\s*(?:s|sec|秒)?\s*[–—~-]\s*\d[\d:.,]*\s*(?:s|sec|seconds|秒)?"


class LineTimes:
    """Finds the times of the lines of one prompt.

    Args:
        prompt: the user's text.
        timed: it masked, and broken where a clause ends for its times.
        speech: its spoken quotations.
        grammar: language of the prompt itself.
    """

    def __init__(self, prompt: str, timed: str, speech: tuple[Quotation, ...], grammar: str) -> None:
        self._prompt = prompt
        self._timed = timed
        self._speech = speech
        self._grammar = grammar
        opened = re.match(
            r"\s*(?P<time>\d[\d:.,]*\s*(?:s|sec|秒)?\s*[–—~-]\s*\d[\d:.,]*\s*(?:s|sec|seconds|秒)?)(?=[\s:：])", prompt
        )
        self._heading = re.compile(_SPAN_OF_TIME if opened else r"(?!)")

    def of(self, index: int, times: tuple[TimeFact, ...]) -> TimeFact | None:
        """The interval or instant that belongs to a quotation: behind it, or in the words that lead to it."""
        own = [fact for fact in times if fact.kind is not TimeKind.LENGTH and self._owner(fact) == index]
        start = self._speech[index].start
        # "runs in at 1.5 s and shouts 2.0–2.9 s", "looks round from 2 s to 4 s and at 5 s says": the nearer one.
        return min(own, key=lambda fact: abs(fact.span.start - start), default=None)

    def _owner(self, fact: TimeFact) -> int | None:
        """Index of the quotation that a stated time belongs to.

        Right behind a quotation it is that one's (``"…" (1–2s)``, ``"…" at 3 s and he …``); otherwise it
        is the next one's, if no sentence ends between them.
        """
        if fact.about is not None:
            led = next((n for n, item in enumerate(self._speech) if item.start >= fact.about), None)
            parted = led is None or _STOP.search(self._timed[fact.about : self._speech[led].start])
            return None if parted else led
        before = next((n for n in reversed(range(len(self._speech))) if self._speech[n].end <= fact.span.start), None)
        if self._heads(fact):
            before = None  # "[0-2] A taxi stops. [2-5] A clown …": such times head what they time
        after = next((n for n, item in enumerate(self._speech) if item.start >= fact.span.end), None)
        if before is not None and self._parted(before, fact):
            before = None  # '"Come in." Boris enters at 4 s.': the line's own stop ends its sentence
        if before is not None:
            gap = self._timed[self._speech[before].end : fact.span.start]
            between = self._timed[fact.span.end : self._speech[after].start] if after is not None else ","
            led = not tokens_of(between) and not re.search(r"[,;，、]|\band\b", between)
            # 'says "one", at 2 s says "two"': behind a comma a time leads to the words that bring in the next line.
            led = led or (re.search(r"[,，、]", gap) is not None and cue_before(between, self._grammar) is not None)
            if not tokens_of(gap) and not _STOP.search(gap) and not led:
                return before
        between = self._timed[fact.span.end : self._speech[after].start] if after is not None else ""
        if self._heads(fact) and re.search(r"\w\s*,|\band\b", between):
            return None  # "[2-5] A clown gets out, saying …": the whole of it
        if fact.kind is TimeKind.INTERVAL and _AFTERWARDS.search(between):
            return None  # 前四秒没有人说话，然后他说
        if after is not None and not _STOP.search(between):
            return after
        if before is not None:
            gap = self._timed[self._speech[before].end : fact.span.start]
            own = re.match(r"\s*[)\]]?\s*(?:[.;,!?。\n]|$)", self._timed[fact.span.end :])
            if own and not _STOP.search(gap) and len(gap.split()) <= 6 and not self._tells_a_deed(gap):
                return before
        return None

    def _tells_a_deed(self, gap: str) -> bool:
        """Whether the words between a line and a time tell something else: '"Go!" and jumps at 3 s', '"Go!", fades at 3 s'."""
        if _NEXT_DEED.match(gap):
            return True
        first = re.match(r"\s*,\s*(?:\w+ly\s+)?(?P<verb>[^\W\d_]+)", gap)
        if first is None:
            return False
        if self._grammar == "en":
            return "VBZ" in verb_forms(first["verb"].lower()) and not is_speech_verb(first["verb"].lower())
        spoken = speech_verb_in(gap, self._grammar)
        return words_of(self._grammar) is not None and not spoken and finite(first["verb"].lower(), self._grammar) > 1

    def _heads(self, fact: TimeFact) -> bool:
        """Whether a time stands at the head of what it times, as the first one of the prompt does: "[0-2] …", "0:00-0:02 …"."""
        if fact.kind is TimeKind.INTERVAL and self._heading.fullmatch(fact.span.text):
            before = self._timed[: fact.span.start].rstrip(' \t"”»]')
            return not before or before[-1] in ".!?。！？\n;" or before[-1] == MASK
        opened = _BRACKETED_TIME.search(self._prompt)
        bracketed = re.search(r"[\[(]\s*$", self._prompt[: fact.span.start]) or fact.span.text[:1] in "[("
        return bool(bracketed) and opened is not None and not self._prompt[: opened.start()].strip()

    def _parted(self, index: int, fact: TimeFact) -> bool:
        """Whether a quotation's own stop ends its sentence, so that a time behind it is somebody else's."""
        gap = self._timed[self._speech[index].end : fact.span.start]
        opens = not gap.strip() and fact.span.text[:1].isupper()  # '"Yes" At 3 s Otto …'
        led = re.search(r"[:：,]\s*$", self._prompt[: self._speech[index].start])
        if NEW_SENTENCE.match(self._prompt, self._speech[index].end):
            return bool(led) or cue_behind(gap, self._grammar) is None
        if self._speech[index].text[-1] not in ".!?…。！？" and not opens and not led:
            return False
        words = (gap.strip(" ,") or fact.span.text)[:1]
        begins = words.isupper() or "\u3040" <= words <= "\u9fff" or (words.isdigit() and self._grammar in {"zh", "ja"})
        return (
            begins
            and not gap.lstrip().startswith((",", "，"))
            and (bool(led) or cue_behind(gap, self._grammar) is None)
        )
