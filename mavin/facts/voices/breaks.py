"""Where sentences end around quotations: a line's own stop ends one, "…," he says does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mavin.facts.languages.english.grammar import (
    AUXILIARIES,
    DETERMINERS,
    POSSESSIVES,
    find_verb,
    tokens_of,
    verb_forms,
    verb_start,
)
from mavin.facts.languages.english.people import is_animal, is_person
from mavin.facts.languages.english.phrases import noun_phrase
from mavin.facts.model import TimeFact, TimeKind
from mavin.facts.quotes import Quotation
from mavin.facts.text import MASK, blank
from mavin.facts.voices.speakers import cue_before, cue_behind

__all__ = ["NEW_SENTENCE", "between_times", "with_breaks"]

_TIMED_SENTENCE = re.compile(
    r"\s+(?:At|From|In|After|By|Until|For|Between|Bei|Von|Nach|Ab|À|De|Après|A|Al|Desde|Entre)\s[^.!?\n]{0,12}\d"
)
_HEADED_SENTENCE = re.compile(
    r"\s*[\[(]\s*\d[\d.:,]*\s*(?:s|secs?|seconds?)?\s*(?:[–—-]\s*\d[\d.:,]*\s*(?:s|secs?|seconds?)?\s*)?[\])]\s*[A-ZÀ-Þ\u4e00-\u9fff]"
)
"""Behind a quotation: '"Go." [6.0-8.0] The driver cries.'"""
_LINKS = r"(?:and|und|y|et|e|while|dann|then)\s"
_LINK = re.compile(rf"\s*,?\s+{_LINKS}+(?=\S+\s+\S)|\s*[,，]\s*(?!{_LINKS})(?=\S+\s+\S)", re.IGNORECASE)
_LINK_TO_VERB = re.compile(r"\s*,?\s+(?:and|then)\s+(?:then\s+)?(?=[a-z])|\s*,\s*(?!(?:and|then|while)\s)(?=[a-z])")
_JOINT_BEFORE = re.compile(r"(?:,\s*|\s)(?:(?:and|und|y|et|e)\s+)?$", re.IGNORECASE)
_JOINT_TO_TIME = re.compile(r"\s(?:and|but)\s+(?:then\s+)?$", re.IGNORECASE)
NEW_SENTENCE = re.compile(
    r"\s+(?:The|An?|My|His|Her|Their|Our|This|Der|Die|Das|Ein|Eine|El|La|Los|Las|Una?|Le|Les|Une|Il|Lo|O|Os|As|Um|Uma)\s+[^\W\d_]"
)
"""An article with a capital behind a quotation: '"Yes" The sailor closes the door' needs no stop."""
_OWN_CLAUSE = re.compile(r",\s+(?:the|an?|his|her|their|[A-Z])\s?[^,.;:]*[,:]?\s*")
_ASKED = re.compile(r"[?？か]$|(?:吗|呢)[。？]?$")
_NODS = re.compile(
    r"\s*[^、。「」“”，\n]{1,8}?(?:[はが][^、。「」\n]{0,8}(?:うなず|頷|首を|黙)|(?:点了?点?头|點頭|摇了?摇?头|搖頭|沉默))[^「」。，\n]{0,6}[。，]"
)
"""Who answers a question without a word: 「いつものですか」探偵はうなずく."""
_OPENS = re.compile(r"\s+[\W]*[A-ZÀ-Þ\u4e00-\u9fff]")
_OPENS_ASIAN = re.compile(r"[，、]?\s*(?!と|って|など)[\d\u3040-\u9fff]")
"""What begins a sentence behind a quotation; scripts without spaces need none there."""


def between_times(story: str, times: Sequence[TimeFact]) -> str:
    """ "The dog barks at 3 s and the cat runs at 5 s": where one timed part links to the next, the sentence breaks.

    So it does before each of several things that are timed together: "…, a dog barks and Tom sighs at 1, 2 and 4 s
    respectively".
    """
    for fact in times:
        if fact.about is not None and fact.about <= fact.span.start and MASK not in story[fact.about : fact.about + 1]:
            joint = _JOINT_BEFORE.search(story, max(0, fact.about - 12), fact.about)
            if joint is not None:
                story = story[: joint.start()] + "\n" + " " * (fact.about - joint.start() - 1) + story[fact.about :]
    fixed = [fact for fact in times if fact.kind is not TimeKind.LENGTH]
    for fact in fixed:
        joint = _JOINT_TO_TIME.search(story, max(0, fact.span.start - 12), fact.span.start)
        if joint is not None:  # "Ana yawns and at 3 s Bo jumps"
            told = re.split(rf"[.!?;,\n{MASK}]", story[: joint.start()])[-1]
            next_told = re.split(rf"[.!?;\n{MASK}]", story[fact.span.end :].lstrip(" ,"))[0]
            if find_verb(tokens_of(told)) is not None and _goes_on(told, next_told):
                story = story[: joint.start()] + "," + " " * (len(joint[0]) - 1) + story[joint.end() :]
            elif find_verb(tokens_of(told)) is not None and find_verb(tokens_of(next_told)) is not None:
                story = story[: joint.start()] + "\n" + " " * (len(joint[0]) - 1) + story[joint.end() :]
    for one, two in pairwise(sorted(fixed, key=lambda fact: fact.span.start)):
        gap = story[one.span.end : two.span.start]
        link = _LINK.match(gap)
        bare = _LINK_TO_VERB.match(gap)  # "giggles at 1 s and cries at 2 s": the same one goes on
        lead = story[max(0, one.span.start - 1) : one.span.start].strip()
        told = re.split(r"[.!?;\n。！？]", story[: one.span.start])[-1]
        goes_on = bare is not None and _goes_on(told, gap[bare.end() :])
        link = bare if goes_on else link
        if (
            link
            and not re.search(r"[.!?;\n。！？]", gap)
            and len(told.split()) >= 2
            and MASK not in gap
            and not lead.isalnum()
        ):
            at = one.span.end + link.start()
            story = (
                story[:at]
                + ("," if goes_on else "\n")
                + re.sub(r"\S", " ", story[at + 1 : one.span.end + link.end()])
                + story[one.span.end + link.end() :]
            )
    return story


def _goes_on(told: str, following: str) -> bool:
    """Whether words go on with the subject of those before: "Tom waves" and "sits down", not "Ana laughs"."""
    tokens = tokens_of(told)
    verb = find_verb(tokens)
    subject = None if verb is None else noun_phrase(told[: tokens[verb].start], sentence_start=True)
    return verb_start(tokens_of(following), subject is not None and subject.plural) is not None


def with_breaks(story: str, speech: tuple[Quotation, ...], grammar: str, prompt: str) -> str:
    """Ends sentences behind quotations that end one, and ties ", he says" to its quotation.

    The last masked character becomes a line break, or the comma behind it one more mask.
    """
    for index, quotation in enumerate(speech):
        ceiling = speech[index + 1].start if index + 1 < len(speech) else len(story)
        gap = story[quotation.end : ceiling]
        timed = _TIMED_SENTENCE.match(prompt, quotation.end) or _HEADED_SENTENCE.match(
            prompt, quotation.end
        )  # '"Yes" At 3 s Otto …' needs no stop
        if grammar in {"zh", "ja"} and gap[:1].isspace() and not prompt[quotation.end : quotation.end + 1].isspace():
            timed = re.match(r"\s", gap)  # “好。”两秒后，小红说: what was blanked there opens the next sentence
        told = NEW_SENTENCE.match(prompt, quotation.end) or (
            re.search(r"[:：]\s*$", prompt[: quotation.start]) and re.match(r"\s+[A-ZÀ-Þ]", prompt[quotation.end :])
        )
        behind = (
            None
            if timed or told
            else cue_behind(
                story[quotation.end :],
                grammar,
                ended=quotation.text.endswith("."),
                goes_on=quotation.text.endswith(","),
            )
        )
        if grammar == "en" and _OWN_CLAUSE.fullmatch(gap) and _next_speaker(story, speech, grammar, index):
            story = f"{story[: quotation.end - 1]}\n {story[quotation.end + 1 :]}"  # says "A", the lawyer says "B"
            continue
        if grammar == "en" and (another := _another_acts(gap, quotation.text)) is not None:
            floor = max(
                max(story.rfind(stop, 0, quotation.start) for stop in "\n.;!?") + 1,
                speech[index - 1].end if index else 0,
            )
            own = cue_before(story[floor : quotation.start].replace(MASK, " "), grammar)
            brings_next = index + 1 < len(speech) and not re.search(r"[.!?\n]", gap) and cue_before(gap, grammar)
            if own is not None and not brings_next and (behind is None or not own.label):
                rest = blank(story, quotation.end, quotation.end + another)[quotation.end + 1 :]
                story = f"{story[: quotation.end]}\n{rest}"
                continue
        if behind is not None and re.match(r"\s*[,，]", gap):
            at = quotation.end + len(gap) - len(gap.lstrip())
            story = story[:at] + MASK + story[at + 1 :]
            continue
        adjacent = index + 1 < len(speech) and not tokens_of(gap)
        if adjacent or (index + 1 < len(speech) and _next_speaker(story, speech, grammar, index)):
            story = story[: quotation.end - 1] + "\n" + story[quotation.end :]
            continue
        if grammar in {"zh", "ja"} and behind is None and _ASKED.search(quotation.text) and _NODS.match(gap):
            story = story[: quotation.end - 1] + "\n" + story[quotation.end :]  # whoever nods has not asked
            continue
        led = behind is None and re.search(r"[:：,]\s*$", prompt[: quotation.start])  # says: "Yes" Otto leaves
        ended = re.search(r"[.!?…。！？—–-]$", quotation.text)
        opened = _OPENS.match(prompt, quotation.end, ceiling) or (timed and _OPENS.match(story, quotation.end, ceiling))
        floor = max(story.rfind(stop, 0, quotation.start) for stop in "\n.;!?。") + 1
        floor = max(floor, speech[index - 1].end if index else 0)
        own = cue_before(story[floor : quotation.start].replace(MASK, " "), grammar)
        labelled = grammar in {"zh", "ja"} and own is not None and own.label and behind is None
        over = bool(ended) or labelled  # 花子「待って」少女は振り向く
        asian = bool(over or timed) and _OPENS_ASIAN.match(prompt, quotation.end, ceiling)
        if not (timed or led or over or told) or not (opened or asian):
            continue
        stops = re.search(r"[.!?。！？\n]", gap)
        following = None if stops or index + 1 == len(speech) else cue_before(gap, grammar)
        if own is not None or following is not None or behind is None:
            story = story[: quotation.end - 1] + "\n" + story[quotation.end :]
    return story


def _another_acts(gap: str, said: str) -> int | None:
    """Length of what parts a line from the clause of somebody else: 'says "no", *the dog barks*'; ``None`` without one.

    Without a comma only a line with a stop of its own ends before it: 'calls "Biscuit!" *dog stops*'.
    """
    joint = re.match(r"\s*,\s+(?:and\s+|then\s+)?" if said[-1] not in ".!?…" else r"\s*,?\s+(?:and\s+|then\s+)?", gap)
    if joint is None or ("," not in joint.group() and gap[joint.end() : joint.end() + 1].isupper()):
        return None  # a capital behind a stop needs no grammar
    piece = re.split(r"[.;:!?\n,]", gap[joint.end() :], maxsplit=1)[0]
    tokens = tokens_of(piece)
    if len(tokens) < 2:
        return None
    first = tokens[0].lower
    opens = first in DETERMINERS | POSSESSIVES | {"he", "she", "they", "it"} or tokens[0].text[0].isupper()
    opens = opens or is_person(first) or is_animal(first)
    verb = find_verb(tokens)
    apposed = opens and verb is None and gap[joint.end() + len(piece) :].startswith(",")
    if apposed and len(tokens) <= 4 and is_person(tokens[-1].lower):
        return joint.end()  # ", his opponent, a boy of ten, smiles"
    if not opens or not verb:
        return None
    finite = "VBZ" in verb_forms(tokens[verb].lower) or tokens[verb].lower in AUXILIARIES or first == "they"
    return joint.end() if finite else None


def _next_speaker(story: str, speech: tuple[Quotation, ...], grammar: str, index: int) -> bool:
    """Whether what follows this quotation brings in the next one: "… "no" and she says "yes"" """
    if index + 1 == len(speech):
        return False
    floor = max(story.rfind(stop, 0, speech[index].start) for stop in "\n.;!?。") + 1
    floor = max(floor, speech[index - 1].end if index else 0)
    own = cue_before(story[floor : speech[index].start].replace(MASK, " "), grammar)
    gap = story[speech[index].end : speech[index + 1].start]
    if re.search(r"[.!?。！？\n]", gap):
        return False
    following = cue_before(gap, grammar)
    labelled = following is not None and gap.rstrip().endswith((":", "：")) and "," not in gap
    return following is not None and bool(following.speaker) and (own is not None or labelled)
