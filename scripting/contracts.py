"""Contracts: what an agent's words must satisfy before they enter the script (design §4.4).

Pure functions from words to typed diagnostics.  A diagnostic's message is written for the model
that is asked again, so it says what to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mavin.diagnostics import Diagnostic, Severity, Span
from mavin.facts import Gender
from mavin.facts.grammar import is_word, verb_forms
from mavin.facts.quotes import find_quotations
from scripting.plausible import misfit_of_ambience, misfit_of_sound

__all__ = [
    "check_ambience",
    "check_beat",
    "check_descriptor",
    "check_detail",
    "check_gender",
    "check_look",
    "check_quotation",
    "check_setting",
    "check_sound",
    "check_style",
    "content_stems",
    "similarity",
]

_STOP = frozenset(
    "a an the and or but of to in on at by for from with into onto as is are was were be been it its his her their he she they "
    "this that these those then while over under up down out off away again very so not no one two".split()
)
_SPEECH = re.compile(
    r"\b(?:says?|said|asks?|asked|replies|replied|answers?|shouts?|whispers?|exclaims?|tells?|speaks?|speaking|talks?|mutters?|"
    r"narrat\w+|voice|voice-?over|talking|words|dialogue)\b",
    re.IGNORECASE,
)
_CREW = re.compile(
    r"\b(?:camera|shot|scene|frame|viewers?|audience sees|screen|close-?up|the story|next shot|this moment|json|field|detail|"
    r"answer|prompt|sentence|example|consisten\w+|continuity|storyline|narrative|participants? navigate)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    """The stem of one word; with a stemmer of its own, because a stemmer that two threads share mixes their words."""
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def content_stems(text: str) -> frozenset[str]:
    """Stems of the content words of a text; for scripts without spaces, its character pairs."""
    words = re.findall(r"[^\W_]+", text.casefold())
    found: set[str] = set()
    for word in words:
        if re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", word):
            found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif word not in _STOP:
            found.add(_stem(word))
    return frozenset(found)


def similarity(first: str, second: str) -> float:
    """Share of the smaller text's content words that stand in the other one, 0 to 1."""
    a, b = content_stems(first), content_stems(second)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


DETAIL_CHARACTERS = 220
"""Bound of a detail in the answer's schema."""


def _problem(code: str, message: str, path: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.WARNING, message=message, path=path)


def check_sound(
    text: str,
    *,
    path: str,
    prompt: str,
    action: str = "",
    setting: str = "",
    examples: Iterable[str] = (),
    language: str = "en",
) -> list[Diagnostic]:
    """Checks a sound event: a short phrase for something heard that its shot makes and its place carries.

    Args:
        text: the model's words.
        path: where they would go.
        prompt: the user's text.
        action: what the shot shows; with it the sound must fit (English only).
        setting: where it happens.
        examples: phrases of the worked example.
        language: language of the captions.
    """
    problems = check_descriptor(text, path=path, prompt=prompt, words=8, examples=examples)
    if _SPEECH.search(text) or re.search(r"\bvoices?\b|\b(?:is|are|was|were|being)\b", text, re.IGNORECASE):
        problems.append(
            _problem("no_sound", "It must name a sound such as 'rain on stone', not speech or an action.", path)
        )
    if not problems and action and language == "en":
        misfit = misfit_of_sound(text, action=action, setting=setting)
        if misfit is not None:
            problems.append(_problem("unfit_sound", misfit, path))
    return problems


def check_ambience(
    text: str, *, path: str, prompt: str, setting: str, examples: Iterable[str] = (), language: str = "en"
) -> list[Diagnostic]:
    """Checks the bed of sound: audible, of this place, and without people's voices."""
    problems = check_descriptor(text, path=path, prompt=prompt, words=14, examples=examples, characters=80)
    if not problems and language == "en":
        misfit = misfit_of_ambience(text, story=prompt, setting=setting)
        if misfit is not None:
            problems.append(_problem("unfit_ambience", misfit, path))
    return problems


_LOOK = re.compile(
    r"\b(?:colou?r\w*|light\w*|lit|tones?|palette|contrast\w*|focus|grain\w*|shadow\w*|hues?|saturat\w*|monochrome|black|white|"
    r"gold\w*|blue|green|red|grey|gray|sepia|pastel\w*|painter\w*|waterc\w*|realis\w*|cinema\w*|documentary|minimal\w*|film|"
    r"noir|depth|lens|sunlit|muted|vivid|bright|dark|earthy|neon|animat\w*|illustrat\w*|photo\w*|texture\w*|crisp|soft)\b",
    re.IGNORECASE,
)


def check_style(
    text: str, *, path: str, prompt: str, examples: Iterable[str] = (), language: str = "en"
) -> list[Diagnostic]:
    """Checks the look of the picture: colours, light, focus or medium, not a mood or a sound."""
    problems = check_descriptor(text, path=path, prompt=prompt, words=14, examples=examples, characters=80)
    unseen = _UNSEEN.search(text)
    if not problems and language == "en" and (unseen or not _LOOK.search(text)):
        problems.append(_problem("no_look", "It must say how the picture looks: its colours, light or focus.", path))
    return problems


def check_setting(
    text: str,
    *,
    path: str,
    prompt: str,
    given: str = "",
    lights: Iterable[str] = (),
    cast: Iterable[str] = (),
    examples: Iterable[str] = (),
) -> list[Diagnostic]:
    """Checks a place: the user's place, hour and weather kept, nobody added, nothing that a camera cannot see."""
    problems = check_descriptor(text, path=path, prompt=prompt, words=26, examples=examples, characters=140)
    head = given.split(",")[0].split()[-1].casefold() if given else ""
    if head and head not in text.casefold():
        problems.append(_problem("other_place", f"It must keep the user's place, {given!r}.", path))
    missing = next((words for words in lights if not content_stems(words) & content_stems(text)), None)
    if missing is not None:
        problems.append(_problem("other_light", f"It must keep the user's words {missing!r}.", path))
    strangers = _strangers(text, prompt, cast)
    if strangers:
        problems.append(_problem("new_person", f"It must not add people ({', '.join(strangers)}).", path))
    unseen = _UNSEEN.search(text)
    if unseen:
        problems.append(_problem("unseen", f"A camera cannot see {unseen.group()!r}. Name what is visible.", path))
    return problems


_OF_KIND = {
    "place": r"^(?:in|inside|at|on|under|beneath|outside|near|beside|behind|above|across|through|along|by|around|within|aboard|over)\b\s+\w+",
    "time of day": r"morning|noon|midday|afternoon|evening|night|dusk|dawn|sunrise|sunset|daybreak|twilight|hour|o'clock|daylight|day\b|"
    r"midnight|moonlit|moonlight|sunlit|sunlight|spring|summer|autumn|winter|dark\b",
    "weather": r"rain|snow|storm|wind|fog|mist|cloud|sun|heat|hot\b|cold\b|frost|thunder|hail|drizzl|breez|icy|blizzard|overcast|sky|dry\b|wet\b",
}


def check_quotation(
    quote: str, prompt: str, *, path: str, kind: str = "", closed: Iterable[Span] = ()
) -> list[Diagnostic]:
    """Checks a fact's evidence: its words stand in the prompt as they are, not as speech, and are of their kind.

    Args:
        quote: the words that the model quotes.
        prompt: the user's text.
        path: what the fact is.
        kind: ``place``, ``time of day``, ``weather``, ``object`` or ``sound``.
        closed: parts of the prompt that are no story.
    """
    found = _place_of(quote, prompt)
    if found is None:
        return [_problem("not_in_prompt", "These words do not stand in the prompt.", path)]
    if any(item.start <= found < item.end for item in find_quotations(prompt)):
        return [_problem("in_speech", "These words are somebody's speech.", path)]
    pattern = _OF_KIND.get(kind)
    silent = kind == "sound" and misfit_of_sound(quote, action=quote, setting="") is not None
    if silent or (pattern and not re.search(rf"\b(?:{pattern})" if kind != "place" else pattern, quote, re.IGNORECASE)):
        return [_problem("wrong_kind", f"These words tell no {kind}.", path)]
    if any(span.start <= found < span.end for span in closed):
        return [_problem("no_story", "These words are no part of the story.", path)]
    return []


def _place_of(quote: str, prompt: str) -> int | None:
    """Where the words stand in the prompt as whole words, whatever their capitals; ``None`` if nowhere."""
    words = quote.strip()
    if not any(char.isalnum() for char in words):
        return None
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", prompt, re.IGNORECASE)
    if match is None and not words.isascii():
        match = re.search(re.escape(words), prompt, re.IGNORECASE)  # scripts without spaces
    return match.start() if match else None


def _scripts(text: str) -> set[str]:
    """The writing systems in a text, by the first word of the characters' Unicode names."""
    return {unicodedata.name(char, "?").split()[0] for char in text if char.isalpha()}


def check_descriptor(
    text: str, *, path: str, prompt: str, words: int, examples: Iterable[str] = (), characters: int | None = None
) -> list[Diagnostic]:
    """Checks a short phrase (setting, style, appearance, voice, sound): length, script, names, leaks.

    Args:
        text: the model's words.
        path: where they would go.
        prompt: the user's text; names must come from it.
        words: how many words are too many.
        examples: phrases of the worked example, which must not be copied.
        characters: where the schema cuts the text, in mid-word if need be.
    """
    problems = []
    count = len(text.split())
    if not text.strip() or not any(char.isalpha() for char in text):
        problems.append(_problem("empty", "It had no words. Write a short phrase.", path))
        return problems
    if count > words or len(text) > 14 * words:
        problems.append(_problem("too_long", f"It must have at most {words} words, it had {count}.", path))
    if characters is not None and len(text) > 0.93 * characters and text.rstrip()[-1] not in ".!?。！？":
        problems.append(_problem("cut_off", "It was cut off. Say it in fewer words.", path))
    foreign = _scripts(text) - _scripts(prompt) - {"LATIN"}
    if foreign or (_scripts(prompt) and "LATIN" not in _scripts(prompt) and _scripts(text) == {"LATIN"}):
        problems.append(_problem("other_language", "It must be written in the language of the story.", path))
    for example in examples:
        if text.strip().casefold() == example.strip().casefold() or similarity(text, example) > 0.8:
            problems.append(_problem("copied_example", "It was copied from the example. Look at this story.", path))
            break
    names = _new_names(text, prompt)
    if names:
        problems.append(_problem("new_name", f"It must not bring in new names ({', '.join(names)}).", path))
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cf"} for char in text) or re.search(
        r"[{}<>\[\]|\\`#]|https?:", text
    ):
        problems.append(_problem("not_plain", "It must be plain words without markup.", path))
    return problems


def _new_names(text: str, prompt: str) -> list[str]:
    known = set(re.findall(r"[^\W\d_]+", prompt.casefold()))
    inner = re.findall(r"(?<=[\w,;] )[A-Z][a-z]+", text)
    # The first word's capital says nothing, so a dictionary decides whether it is a name.
    opening = [word for word in re.findall(r"(?:^|[.:] )([A-Z][a-z]+)", text) if not is_word(word.casefold())]
    return [word for word in [*opening, *inner] if word.casefold() not in known]


def check_detail(
    detail: str,
    *,
    path: str,
    prompt: str,
    event: str,
    later: Sequence[str],
    others: Iterable[str],
    cast: Iterable[str],
    genders: Iterable[Gender] = (),
    examples: Iterable[str] = (),
    language: str = "en",
    acts: bool = False,
) -> list[Diagnostic]:
    """Checks the refiner's sentence for one shot: how this moment looks, and nothing that happens besides.

    Args:
        detail: the model's sentence.
        path: where it would go.
        prompt: the user's text.
        event: the user's clause that the shot shows.
        later: the events of all later shots, which must not be shown yet.
        others: details of the other shots, which must not be repeated.
        cast: names and nouns of the roles; people outside it are inventions.
        genders: what is known of the roles in this shot, for pronouns.
        examples: sentences of the worked example.
        language: language of the captions; the tables of words are English.
        acts: whether the clause speaks in general words, so that the sentence may say what is done.
    """
    cast = tuple(cast)
    problems = _picture_problems(detail, path, prompt, cast, examples, DETAIL_CHARACTERS)
    if similarity(detail, event) >= 0.85 and len(content_stems(detail)) <= len(content_stems(event)) + 1:
        problems.append(_problem("copies_event", f'It only repeated "{event}". Add what is visible.', path))
    for other in others:
        if similarity(detail, other) > 0.6 or _same_phrase(detail, other, cast):
            problems.append(_problem("repeats_shot", "It repeated another shot. Show what is special here.", path))
            break
    early = next((item for item in later if _shows(detail, item, event)), None)
    if early is not None:
        problems.append(_problem("anticipates", f'It showed a later moment ("{early}") too early.', path))
    told = content_stems(event)
    if len(told) >= 2 and len(told & content_stems(detail)) / len(told) > 0.7 and not problems:
        problems.append(_problem("copies_event", f'It told "{event}" again. Say only what else is visible.', path))
    problems += _pronoun_problems(detail, event, genders, path)
    if language == "en" and not acts:
        others_told = _other_actions(detail, event, cast)
        if others_told:
            message = f"It told another action ({', '.join(others_told)}). Say only how things look in this moment."
            problems.append(_problem("other_action", message, path))
    return problems


def check_beat(
    beat: str,
    *,
    path: str,
    prompt: str,
    event: str,
    later: Sequence[str],
    others: Iterable[str],
    cast: Iterable[str],
    examples: Iterable[str] = (),
) -> list[Diagnostic]:
    """Checks a filmable beat for an abstract clause: it must stay on the clause's own words.

    Args:
        beat: the model's sentence.
        path: where it would go.
        prompt: the user's text.
        event: the user's clause, which stands before the beat.
        later: the events of all later shots.
        others: the beats of the other shots.
        cast: names and nouns of the roles.
        examples: sentences of the worked example.
    """
    cast = tuple(cast)
    problems = _picture_problems(beat, path, prompt, cast, examples, BEAT_CHARACTERS)
    people = content_stems(" ".join(cast))
    if not (_roots(event, people) & _roots(beat, people)):
        problems.append(_problem("off_event", f'It must show "{event}", with a word of it.', path))
    if any(similarity(beat, other) > 0.6 for other in others):
        problems.append(_problem("repeats_shot", "It repeated another shot. Show what is special here.", path))
    early = next((item for item in later if _shows(beat, item, event)), None)
    if early is not None:
        problems.append(_problem("anticipates", f'It showed a later moment ("{early}") too early.', path))
    if similarity(beat, event) >= 0.85 and len(content_stems(beat)) <= len(content_stems(event)) + 1:
        problems.append(_problem("copies_event", f'It only repeated "{event}". Add what is visible.', path))
    return problems


BEAT_CHARACTERS = 130
"""Bound of a beat in the answer's schema."""


def _roots(text: str, without: frozenset[str]) -> set[str]:
    """The first letters of the content words: "movement" and "moves" are one thing."""
    return {stem[:4] for stem in content_stems(text) - without if len(stem) > 2}


def _picture_problems(
    text: str, path: str, prompt: str, cast: tuple[str, ...], examples: Iterable[str], characters: int
) -> list[Diagnostic]:
    """What no sentence about a picture may do, whatever it is about."""
    problems = check_descriptor(text, path=path, prompt=prompt, words=28, examples=examples, characters=characters)
    if re.search(r"[\"“”«»„]", text) or _SPEECH.search(text):
        problems.append(_problem("speech", "It must not contain speech. Describe only what is seen.", path))
    if _CREW.search(text):
        problems.append(_problem("camera_talk", "It must not speak of cameras, shots or the task.", path))
    unseen = _UNSEEN.search(text)
    if unseen and not content_stems(unseen.group()) & content_stems(prompt):
        problems.append(_problem("unseen", f"A camera cannot see {unseen.group()!r}. Name what is visible.", path))
    told = content_stems(prompt)
    feeling = next((word for word in _FEELINGS.finditer(text) if not content_stems(word.group()) & told), None)
    if feeling is not None:
        problems.append(_problem("feeling", f"It named a feeling ({feeling.group()}). Show what a camera sees.", path))
    strangers = _strangers(text, prompt, cast)
    if strangers:
        problems.append(_problem("new_person", f"It must not add people ({', '.join(strangers)}).", path))
    if len(text.split()) > 1 and len(set(text.casefold().split())) * 2 < len(text.split()):
        problems.append(_problem("loops", "It repeated the same words.", path))
    return problems


_UNSEEN = re.compile(
    r"\b(?:sounds?|noises?|thud|loud(?:ly)?|hear[sd]?|heard|silence|silent(?:ly)?|echo\w*|smells?|scents?|aromas?|fragran\w+|"
    r"tastes?|music|breeze|atmosphere|vibe|energy|mood|tension|trajectory|anticipation|(?<=is )(?:cold|warm|hot|cool)|(?<=are )(?:cold|warm|hot|cool)|precision|diligen\w+)\b",
    re.IGNORECASE,
)
_FEELINGS = re.compile(
    r"\b(?:fear|surprised?|surprise|joy(?:ful)?|delight(?:ed)?|excite(?:d|ment)|sad(?:ness)?|happ(?:y|iness|ily)|ang(?:er|ry)|"
    r"determin(?:ed|ation)|curio(?:us|sity)|proud|pride|anxi(?:ous|ety)|nervous(?:ly)?|wary|terr(?:or|ified)|shock(?:ed)?|"
    r"confus(?:ed|ion)|satisf(?:ied|action)|love|hope(?:ful)?|calculating|confiden(?:t|ce)|awe|wonder|panic|tense|worried|worry|serious|uncertain\w*|thoughtful\w*|pain|relief|playful(?:ly)?)\b",
    re.IGNORECASE,
)
_PLOT = frozenset(
    "lunge leap jump run walk climb grab catch throw toss open close enter exit arrive pick pour eat drink hit kick dive swim fly pull "
    "push take give chase approach follow emerge appear disappear vanish begin start continue spin flip collide bounce sink "
    "swing drink bite chew swallow retrieve fetch escape hide attack slap wrap tackle collapse slip crash explode shatter break "
    "knock wave nod shake hug kiss dance sing turn rush race cross leave reach hand pass remove put place insert step stand sit "
    "wake sleep lie assemble measure cut paint draw write read roll move fall drop land lift raise rise look".split()
)
_STILL = frozenset(
    "stand sit lie rest fall rise hand cut paint draw pass place step turn cross move read roll drop land lift look".split()
)
"""Verbs that things do as well ("a shelf stands behind"): an action only of somebody."""

_NATURE = re.compile(
    r"(?:sun\w*|moon\w*|light|lamps?|shadows?|dust|steam|smoke|hair|fur|feathers?|rain|snow|water|spray|drops?|droplets?|leaf|"
    r"leaves|petals|glow|mist|fog|clouds?|wind|ivy|vines?|waves?|sand|sweat|paint|ink|foam|grass)",
    re.IGNORECASE,
)
"""What moves by itself: "rain runs down both faces" is no action of the story."""


def _other_actions(detail: str, event: str, cast: Iterable[str]) -> list[str]:
    """Finite verbs of the detail that carry the story on and that the user's clause does not have."""
    told, people = content_stems(event), content_stems(" ".join(cast))
    found: list[str] = []
    words = re.findall(r"[A-Za-z'’-]+", detail)
    for index, word in enumerate(words):
        lower = word.casefold()
        lemma = _verb_lemma(lower)
        if lemma not in _PLOT or content_stems(lower) & told or not index:
            continue
        before = words[index - 1].casefold()
        finite = "VBZ" in verb_forms(lower) and before not in _NO_SUBJECTS
        chained = before in {"and", "then"} and bool(verb_forms(lower) & {"VBZ", "VBD"})
        by_itself = any(_NATURE.fullmatch(earlier) for earlier in words[max(0, index - 3) : index])
        somebody = before in _SOMEBODY or bool(content_stems(before) & people)
        if (finite or chained) and not by_itself and (somebody or lemma not in _STILL):
            found.append(lower)
    return found


_NO_SUBJECTS = frozenset("the a an its his her their of and with in on at by for from into onto".split())
_SOMEBODY = frozenset("he she it they and then".split())


def _verb_lemma(word: str) -> str:
    from lemminflect import getAllLemmas

    return str(next(iter(getAllLemmas(word, "VERB").get("VERB", ())), word))


def _shows(detail: str, later: str, event: str) -> bool:
    """Whether a sentence shows half of what a later event brings."""
    new = content_stems(later) - content_stems(event)
    return bool(new) and len(new & content_stems(detail)) / len(new) >= 0.5


def _same_phrase(one: str, two: str, cast: Iterable[str]) -> bool:
    """Whether two sentences share a run of three words with two that matter ("head tilts back")."""
    people = content_stems(" ".join(cast))

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {
            tuple(words[i : i + 3])
            for i in range(len(words) - 2)
            if len(content_stems(" ".join(words[i : i + 3])) - people) >= 2
        }

    return bool(runs(one) & runs(two))


_COLOURS = (
    "black white brown grey gray red orange yellow green blue purple pink golden gold blond blonde silver ginger tan beige cream "
    "crimson violet turquoise"
).split()
_WORN = r"(?:fur|coat|hair|beard|feathers?|plumage|scales|skin|shirt|dress|jacket|trousers|apron|suit|uniform|hat|scarf|swimsuit|robe|tail|mane)"


def check_look(text: str, *, path: str, looks: Iterable[str], prompt: str) -> list[Diagnostic]:
    """A detail must not give somebody other colours than the cast list does ("white fur" on a brown bear).

    Args:
        text: the model's sentence.
        path: where it would go.
        looks: appearances of the roles in the shot.
        prompt: the user's text.
    """
    known = " ".join(looks).casefold()
    for match in re.finditer(rf"\b{_WORN}\b(?:\s+(?:is|are)\b[^,.;]*)?", text, re.IGNORECASE):
        near = text[max(0, match.start() - 25) : match.end()].casefold()
        if not any(re.search(rf"\b{colour}", known) for colour in _COLOURS):
            continue
        for colour in _COLOURS:
            if re.search(rf"\b{colour}\b", near) and not re.search(rf"\b{colour}", f"{known} {prompt.casefold()}"):
                return [
                    _problem("other_look", f"The cast list does not say {colour!r}. Keep everybody's colours.", path)
                ]
    return []


_PRONOUNS = {Gender.FEMALE: r"\b(?:she|her|hers|herself)\b", Gender.MALE: r"\b(?:he|him|his|himself)\b"}
_KINDS = {
    Gender.FEMALE: r"\b(?:woman|girl|lady|female|feminine|she|her)\b",
    Gender.MALE: r"\b(?:man|boy|gentleman|male|masculine|he|his|beard\w*|m[ou]ustache)\b",
}


def _pronoun_problems(detail: str, event: str, genders: Iterable[Gender], path: str) -> list[Diagnostic]:
    """ "Her fur" needs somebody who is a she: by the facts, or by the user's own clause."""
    known = set(genders)
    for gender, pattern in _PRONOUNS.items():
        if gender in known or Gender.UNKNOWN in known or re.search(pattern, event, re.IGNORECASE):
            continue
        found = re.search(pattern, detail, re.IGNORECASE)
        if found:
            return [
                _problem(
                    "wrong_pronoun", f'Nobody here is "{found.group().lower()}". Name who is meant, or say "its".', path
                )
            ]
    return []


def check_gender(text: str, gender: Gender, *, path: str) -> list[Diagnostic]:
    """A descriptor must not make a man of whom the prompt calls "she", nor the other way round."""
    other = {Gender.FEMALE: Gender.MALE, Gender.MALE: Gender.FEMALE}.get(gender)
    if other is None or not re.search(_KINDS[other], text, re.IGNORECASE):
        return []
    return [_problem("wrong_gender", f"The story speaks of a {gender.value} character.", path)]


def _strangers(detail: str, prompt: str, cast: Iterable[str]) -> list[str]:
    """People in a detail that neither the prompt nor the cast knows."""
    from mavin.facts.phrases import is_animal, is_person

    known = content_stems(prompt) | content_stems(" ".join(cast))
    words = re.findall(r"[a-z]+", detail.casefold())
    return [word for word in words if (is_person(word) or is_animal(word)) and not content_stems(word) & known]
