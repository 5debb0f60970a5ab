"""What in a prompt speaks of the film and not of the story: it is blanked, and every offset stays.

[blanked lead-in]  a fox digs  [blanked time]  .  [blanked style]
"""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.diagnostics import Span
from mavin.facts.film.labels import EDGE_SHOT, without_tables
from mavin.facts.film.requests import without_requests
from mavin.facts.film.scene_words import find_scene_words
from mavin.facts.film.structure import style_words
from mavin.facts.languages.english.grammar import find_verb, tokens_of
from mavin.facts.model import Anchor, CountFact, DurationFact, ShotLabel, TimeFact, TimeKind
from mavin.facts.text import MASK, blank
from mavin.facts.times import ASKS_FOR_SHOTS, CLIP, bracketed_lengths, duration_phrase, each_phrase, find_held_lengths

__all__ = ["anchored", "json_values", "style_spans", "without_asides"]

_LEAD_IN = re.compile(
    r"(?:^|(?<=[.!?\n:]))\s*(?:(?:hey|hi|hello|ok(?:ay)?|so|yo|please|pls)[,!]?\s+){0,3}"
    r"(?:(?:please|(?:can|could|would)\s+(?:you|u)(?:\s+please)?|i\s+(?:want|need)(?:\s+you\s+to)?|i(?:'d|’d|\s+would)\s+(?:like|love)(?:\s+you\s+to)?)\s+)?"
    r"(?:(?:make|create|generate|write|produce|film|shoot|show|tell|give|do)\s+(?:me\s+|us\s+)?)?"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,4}?(?:video|vid|clip|film|movie|animation|story|short|scene|script|sequence|reel|tiktok|gif|cartoon|ad|advert|commercial|trailer|skit|sketch)\s+"
    r"(?:of|about|showing|where|in which|that shows|with)\s+(?=\w)",
    re.IGNORECASE,
)
_IMAGINE = re.compile(
    r"\s*(?:(?:hey|hi|hello|ok(?:ay)?|so|yo|well|alright|right|now|um+|uh+|please|just|guys)[,!.…]*\s+){0,4}"
    r"(?:(?:let['’]?s\s+|can\s+you\s+|could\s+you\s+|i\s+(?:want|need)\s+you\s+to\s+|try\s+to\s+)?(?:just\s+)?"
    r"(?:imagine|picture|envision|visuali[sz]e)\b(?:\s+(?:this|that|if))?(?:\s*[:,.…]+\s*|\s+(?=(?:an?|the|this|two|three|four|five|my|our|some|someone)\b))"
    r"|here['’]?s\s+(?:the|my|an?)\s+(?:idea|concept|pitch|scene|thing)\s*[:,.]+\s*|so\s+(?:basically|like)[,\s]+)",
    re.IGNORECASE,
)
"""Words that only ask to see what follows: "ok so picture this:", "imagine"."""
_ASKS = re.compile(
    r"\s*(?:(?:pls|plz|please|hey|hi|hello|yo|ok(?:ay)?|so|can|could|would|you|u|i|we|need|want|would\s+like|i['’]d\s+like|me|us|to|a|an|"
    r"make|create|generate|do|give|get|have)\s+){1,9}(?:of|about|with|where|showing|for)?(?=\s{2,}|\s*$)",
    re.IGNORECASE,
)
"""A request whose object was just blanked."""
_WHAT_FOR = re.compile(
    r"\s*(?:for|about|de|del|para|sobre|f(?:ü|ue)r|über|pour|sur|per|di|su)\s+(?:[\w'’-]+\s+){0,5}[\w'’-]+\s*(?:[.:]|\n)(?=\s*\S)",
    re.IGNORECASE,
)
"""What a film whose length was just stated is for: "15s ad *for oat milk.*", "anuncio de 10 segundos *de una cafetería:*"."""
_FORMAT_LEAD = re.compile(
    r"^\s*(?:(?:please\s+)?(?:make|create|generate|write|produce|film|do|explain|show)\s+)?(?:(?:for\s+)?(?:an?|the|my|our)\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:video|clip|film|movie|ad|advert|commercial|spot|trailer|teaser|cut-?scene|cold\s+open|joke|intro|animation|skit|sketch|short|reel|class|lesson|for\s+kids|"
    r"npc\s+barks|barks)(?:\s+for\s+(?:(?:an?|our|my|the)\s+)?(?:[\w'’-]+\s+){0,3}[\w'’-]+(?=\s*[:.]))?\s*(?:[:.]|,(?=\s{2,}|\s(?:an?|the|one|two|three)\s))(?=\s*\S)",
    re.IGNORECASE,
)
"""What kind of film it is to be, before the story: "Cutscene:", "For my history class:", "A product video,"."""
_SLUG_LINE = re.compile(
    r"^[ \t]*(?:Scene(?:\s+\d+)?\s*:\s*)?(?:INT|EXT|I/E|INT/EXT)[./ ](?:[^\n.]{1,60}?[-–—]\s*"
    r"(?:DAY|NIGHT|MORNING|EVENING|AFTERNOON|DUSK|DAWN|NOON|MIDNIGHT|SUNSET|SUNRISE|LATER|CONTINUOUS)\.(?=\s)|[^\n]*$)",
    re.MULTILINE,
)
_HEADING = re.compile(
    r"(?:^|(?<=[.!?\n。]))[ \t]*(?P<head>(?i:location|place|setting|scene|time(?:\s+of\s+day)?|lugar|localización|ort|schauplatz|lieu|luogo|"
    r"地点|地點|场景|場景|时间|時間|背景|場所|舞台)\s*[:：]\s*)"
    r"(?P<told>[^\n.;:：!?,。，、！？\ue000]{2,60})(?=[.;\n。]|$)",
    re.MULTILINE,
)
"""Where and when, said as in a form: "Location: a harbor. Time: dusk." """
_SCENE_WORD = re.compile(r"(?:^|(?<=\n))[ \t]*(?:Szene|Scène|Escena|Scena|Cena)\s*:\s*", re.IGNORECASE)
_MARKDOWN_TITLE = re.compile(r"^[ \t]*#{1,6}[ \t]+(?P<told>[^\n\ue000]*)$", re.MULTILINE)
_LIST_HEADING = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:the\s+|full\s+)?(?:shot[\s-]?list|script|screenplay|storyboard|dialog(?:ue)?(?:\s+scene)?|outline|beats|concept|logline|synopsis|premise|"
    r"guion|drehbuch|dialog|diálogo|scénario|sceneggiatura|dialogo|roteiro|分镜|剧本|脚本|台本)(?:,?\s*\d{1,3}(?:[.,]\d+)?[\s-]*(?:s|secs?|seconds?|segundos|sekunden|secondes|secondi|秒))?(?:[\s,]*[:：][ \t]*(?=\n|\S)|[ \t]*(?=\n))",
    re.IGNORECASE,
)
"""What the text below is: "Shot list:", "Script:"."""
_PARENTHESIS_LINE = re.compile(r"(?<=\n)[ \t]*\([^()\n]{1,40}\)[ \t]*(?=\n)")
_TRANSITION = re.compile(
    r"\b(?:smash\s+cut|cut|dissolve|fade(?:\s+(?:in|out))?)\s*(?:to)?\s*:\s*|"
    r"(?:^|(?<=[.!?\n\ue000]))\s*(?:(?:and|then|we|now)\s+){0,2}cuts?\s+(?:back\s+)?to\s+(?=\w)|(?<![\w])USER:\s*|"
    r"(?:^|(?<=[.!?\n]))\s*(?:(?:a\s+)?flash(?:back|[\s-]forward)|montage|dream(?:\s+sequence)?|intercut|meanwhile|voice[\s-]?over|off[\s-]?stimme|stimme\s+aus\s+dem\s+off|"
    r"vo[zi]x?\s+(?:en\s+)?off|voix[\s-]off|voce\s+(?:fuori\s+campo|narrante|off))\s*:\s*|"
    r"(?-i:(?:^|(?<=[.!?\n]))\s*[Mm]eet\s+(?=[A-Z][\w'’-]+\s*[,.:!]))|"
    r"(?-i:(?:^|(?<=[.!?\n]))\s*(?:[Ww]e\s+)?(?:[Ee]nd|[Oo]pen|[Ss]tart|[Bb]egin|[Cc]lose)\s+(?:with|on)\s+(?=\w))|"
    # "We see" is the film's own voice, and nobody in it.
    r"\b[Ww]e\s+(?:\w+ly\s+|then\s+|now\s+|can\s+|only\s+){0,3}(?:see|hear|watch|follow|cut\s+to|open\s+on|start\s+on|find\s+ourselves\s+in)\s+(?=\w)",
    re.IGNORECASE,
)
_DEMANDED = re.compile(
    r"(?:^|(?<=[。！？；\n.!?]))\s*(?:导演|導演|甲方|客户|客戶|片方)?(?:的)?(?:要求|备注|備註|说明|說明|指示)(?:是|如下)?[:：]\s*|"
    r"(?:^|(?<=[。！？\n]))\s*(?:監督の)?(?:指示|要望|注文|備考)[:：]\s*"
)
"""Who asks for what follows: 导演要求：…"""
_OFF_SCREEN = re.compile(r"\(\s*(?:V\.?\s?O|O\.?\s?[SC])\.?\s*\)(?=\s*[:：])", re.IGNORECASE)
_STYLE_ASIDE = re.compile(
    r"(?:,\s*)?\b(?:(?:filmed|shot|drawn|all)\s+)?in\s+the\s+style\s+of\s+[^,.;:\n]+[,:]?", re.IGNORECASE
)
_CUTS_AT = re.compile(
    r"(?:\b(?:with|mit|avec|con|com)\s+)?(?:\b(?:des|de|unos|hart\w*|hard|smash|jump|quick|nets?|duros|secs|netti|franches)\s+){0,2}"
    r"\b(?:cuts?|schnitte?n?|cortes?|coupes?|tagli|stacchi)(?:\s+(?:franches|nettes|duros|netti|secos))?\s*$",
    re.IGNORECASE,
)
"""What leads to the times of cuts: "avec des coupes (à 10 s et 20 s)"."""
_JOINTS = re.compile(r"\s*(?:,?\s*(?:and|und|et|y|e|sowie)\s+|,\s*)$", re.IGNORECASE)
_OF_SHOTS = re.compile(
    r"\s*,?\s+(?:of\s+|all\s+)?equal(?:ly\s+long\b|\s+in\s+length|\s+lengths?\b|\s+durations?\b|(?=\s\s))[\s:,]*|"
    r"\s*(?:of|about|showing|where|in which|with|[:,.])\s+(?=\w)|\s*(?:で(?:見せ|語っ|撮っ|描い|作っ)て(?:ください|下さい)?。?|(?:来)?(?:讲述|讲|拍摄|拍)(?:这个|這個|以下)?(?:故事|短片)。?|で(?:は)?|讲述|讲|拍摄|描述|描绘)?[：，:,、]?(?=\w)",
    re.IGNORECASE,
)
_IN_SHOTS = re.compile(
    rf"(?:(?:\b(?:an?|un|une|ein|eine|una)\s+)?{CLIP}\s+)?(?:\b(?:split|divided?|cut|broken|break|told)\s+(?:up\s+)?)?(?:\b(?:in|into|as|with|using|over|across|en|mit|avec|用|以|"
    rf"分)\s*)?(?:\b(?:an?|exactly|only|just|precisely|genau|nur|exactamente|s[oó]lo|exactement|seulement|esattamente|exatamente)\s+)?$|(?:\b(?:the|this|our)\s+)?\b(?:{CLIP}|it)\s+(?:(?:should|must|will)\s+)?"
    rf"(?:has|have|contains?|consists?\s+of|is\s+(?:made|composed)\s+of)\s+(?:(?:exactly|only|just|precisely)\s+)?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!\d)[.!?\n]|[.!?\n](?!\d)")


def anchored(times: tuple[TimeFact, ...], total_ms: int | None) -> tuple[TimeFact, ...]:
    """The times counted from the clip's beginning, as far as its length is known."""
    if total_ms is None:
        return times
    return tuple(
        fact
        if not fact.anchor.needs_total
        else replace(
            fact,
            start_ms=max(0, fact.zero_ms(total_ms) + fact.start_ms),
            end_ms=max(0, fact.zero_ms(total_ms) + fact.end_ms),
            anchor=Anchor.START,
        )
        for fact in times
    )


_WHO_SPEAKS = re.compile(r'"(?:speaker|character|who)"\s*:\s*$', re.IGNORECASE)


def json_values(prompt: str) -> str:
    """A JSON prompt with all but its longer strings blanked; each string is a sentence."""
    kept = [" "] * len(prompt)
    every = re.finditer(r'"((?:[^"\\]|\\.)*)"', prompt)
    strings = [match for match in every if not re.match(r"\s*:", prompt[match.end() :])]
    strings = [match for match in strings if not _WHO_SPEAKS.search(prompt[: match.start()][-40:])]
    said = [match for match in strings if MASK in match[1]]
    told = [match for match in strings if match in said or len(match[1].split()) > 1]
    told = told if len(told) > len(said) else strings
    for match in told:
        kept[match.start(1) : match.end(1)] = match[1]
        kept[match.end(1)] = "\n"
    return "".join(kept)


_OBJECT_ACTS = re.compile(
    r"(?P<who>(?<=   )\b(?:him |her|them)|(?<= and )(?:him |her))(?=\s*(?:say|ask|yell|shout|scream|whisper|cry|call|answer|reply|mutter|sing|laugh|run|walk|enter|sit|stand)\b)",
    re.IGNORECASE,
)
"""Whom "We hear" shows, once it is blanked: "We hear *him* yell"."""
_SUBJECTS = {"him ": "he  ", "her": "she", "them": "they"}


def style_spans(story: str) -> list[re.Match[str]]:
    """Where the story asks for a look ("in the style of film noir"), at most one place."""
    words = style_words(story)
    if not words:
        return []
    found = [re.search(re.escape(part), story, re.IGNORECASE) for part in (words, words.split(", ")[0])]
    return [match for match in found if match][:1]


def without_asides(
    story: str,
    labels: tuple[ShotLabel, ...],
    times: tuple[TimeFact, ...],
    durations: tuple[DurationFact, ...],
    counts: tuple[CountFact, ...],
) -> str:
    """Blanks what speaks of the film and not of the story: labels, lengths, counts, styles, times."""
    for label in labels:
        story = blank(story, label.span.start, label.body_start)
        if label.length_span is not None:
            story = _blank_bracketed(story, label.length_span)
    for heading in list(_HEADING.finditer(story)):
        told = find_verb(tokens_of(heading["told"])) is not None  # "Scene: Tom walks in" tells what happens
        story = blank(story, heading.start("head"), heading.start("told") if told else heading.end())
    for scene in list(find_scene_words(story)):
        story = blank(story, scene.start, scene.end)
    for words in [] if labels else list(EDGE_SHOT.finditer(story)):
        story = blank(story, words.start(), words.end())
    for title in list(_MARKDOWN_TITLE.finditer(story)):
        if find_verb(tokens_of(title["told"])) is None:
            story = blank(story, title.start(), title.end())
    for pattern in (_SCENE_WORD, _SLUG_LINE, _LIST_HEADING, _PARENTHESIS_LINE, _TRANSITION, _DEMANDED, _OFF_SCREEN):
        for aside in list(pattern.finditer(story)):
            story = blank(story, aside.start(), aside.end())
    story = _OBJECT_ACTS.sub(lambda match: _SUBJECTS[match["who"].lower()], story)
    each = [each_phrase(story, fact) for fact in times if fact.kind is TimeKind.LENGTH]
    for total in durations:
        length = duration_phrase(story, total.span)
        story = blank(story, *length)
        asked = _ASKS.match(story)
        if asked and asked.end() <= length[1]:
            story = blank(story, 0, asked.end())  # "pls make a [10 sec video] of"
        purpose = None if story[: total.span.end].strip() else _WHAT_FOR.match(story, total.span.end)
        if purpose and find_verb(tokens_of(purpose.group())) is None:
            story = blank(story, total.span.end, purpose.end())
    story = without_requests(story)
    asked = _IMAGINE.match(story)
    if asked:
        story = blank(story, 0, asked.end())
    for count in counts:
        lead = _IN_SHOTS.search(story, max(0, count.span.start - 60), count.span.start)
        tail = _OF_SHOTS.match(story, count.span.end)
        start = lead.start() if lead else count.span.start
        request = ASKS_FOR_SHOTS.search(story[:start])
        if request is not None:
            start = request.start()
        elif tail and "." in tail.group() and tokens_of(_SENTENCE.split(story[:start])[-1]):
            tail = None  # the stop ends a sentence that has other words
        story = blank(story, start, tail.end() if tail else count.span.end)
    for phrase in each:
        story = blank(story, *phrase) if phrase else story
    lead = _FORMAT_LEAD.match(story)
    if lead is not None and (
        story[lead.end() - 1] == ":" or find_verb(tokens_of(lead.group().split(" for ")[0])) is None
    ):
        story = blank(story, 0, lead.end())
    for pattern in (_LEAD_IN, _STYLE_ASIDE):
        match = pattern.search(story)
        if match and (pattern is _STYLE_ASIDE or not tokens_of(story[: match.start()])):
            story = blank(story, match.start(), match.end())
    story = without_tables(story)
    for fact in bracketed_lengths(times, story):
        opened = max(story.rfind(sign, 0, fact.span.start) for sign in "([（【")
        shut = re.compile(r"\s{0,9}[)\]）】]").match(story, fact.span.end)
        story = blank(story, opened, shut.end() if shut else fact.span.end)
    for held in find_held_lengths(times, story):
        if held.leads:
            story = blank(story, held.start, held.end)
    story = _without_cut_words(story, times)
    for fact in times:
        if fact.kind is not TimeKind.LENGTH:
            story = _blank_bracketed(story, fact.span)
    return story


def _blank_bracketed(story: str, span: Span) -> str:
    """The story without a time, and without the brackets that hold nothing else."""
    bracketed = re.compile(r"[(\[（【]\s{0,9}$").search(story, max(0, span.start - 10), span.start)
    closed = re.compile(r"\s{0,9}[)\]）】]").match(story, span.end)
    if bracketed is None or closed is None:
        return blank(story, span.start, span.end)
    return blank(story, bracketed.start(), closed.end())


def _without_cut_words(story: str, times: tuple[TimeFact, ...]) -> str:
    """The story without the words that ask for cuts at given times, and what joins those times."""
    last: TimeFact | None = None
    for fact in times:
        if fact.kind is not TimeKind.INSTANT:
            continue
        start = fact.span.start
        lead = _CUTS_AT.search(story, max(0, start - 60), start)
        joint = _JOINTS.search(story, last.span.end, start) if last is not None else None
        if lead is None and (joint is None or last is None or joint.start() != last.span.end):
            last = None
            continue
        first = lead.start() if lead else joint.start() if joint else start
        story, last = blank(story, first, start), fact
    return story
