"""Contracts: what an agent's words must satisfy before they enter the script (design §4.4).

Pure functions from words to typed diagnostics.  A diagnostic's message is written for the model
that is asked again, so it says what to do.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from mavin.diagnostics import Diagnostic, Severity
from mavin.facts import Gender
from mavin.facts.languages.numbers import WORD_NUMBER
from mavin.facts.quotes import find_quotations
from scripting.languages import in_other_language, new_names
from scripting.plausible import misfit_of_ambience, misfit_of_sound

__all__ = [
    "SPEECH",
    "UNSEEN",
    "check_ambience",
    "check_animal",
    "check_descriptor",
    "check_gender",
    "check_setting",
    "check_sound",
    "check_style",
    "check_twin",
    "content_stems",
    "problem",
    "similarity",
    "strangers_in",
]

_STOP = frozenset(
    "a an the and or but of to in on at by for from with into onto as is are was were be been it its his her their he she they "
    "this that these those then while over under up down out off away again very so not no one two".split()
)
SPEECH = re.compile(
    r"\b(?:says?|said|asks?|asked|replies|replied|answers?|shouts?|whispers?|exclaims?|tells?|speaks?|speaking|talks?|mutters?|"
    r"narrat\w+|voice|voice-?over|talking|words|dialogue)\b",
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


def problem(code: str, message: str, path: str) -> Diagnostic:
    """A broken contract: its code, what the model is told, and where the words would have gone."""
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
    problems = check_descriptor(text, path=path, prompt=prompt, words=8, examples=examples, language=language)
    if SPEECH.search(text) or re.search(r"\bvoices?\b|\b(?:is|are|was|were|being)\b", text, re.IGNORECASE):
        problems.append(
            problem("no_sound", "It must name a sound such as 'rain on stone', not speech or an action.", path)
        )
    if not problems and action and language == "en":
        misfit = misfit_of_sound(text, action=action, setting=setting)
        if misfit is not None:
            problems.append(problem("unfit_sound", misfit, path))
    return problems


def check_ambience(
    text: str, *, path: str, prompt: str, setting: str, examples: Iterable[str] = (), language: str = "en"
) -> list[Diagnostic]:
    """Checks the bed of sound: audible, of this place, and without people's voices."""
    problems = check_descriptor(
        text, path=path, prompt=prompt, words=14, examples=examples, characters=80, language=language
    )
    if not problems and language == "en":
        misfit = misfit_of_ambience(text, story=prompt, setting=setting)
        if misfit is not None:
            problems.append(problem("unfit_ambience", misfit, path))
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
    problems = check_descriptor(
        text, path=path, prompt=prompt, words=14, examples=examples, characters=80, language=language
    )
    unseen = UNSEEN.search(text)
    if not problems and language == "en" and (unseen or not _LOOK.search(text)):
        problems.append(problem("no_look", "It must say how the picture looks: its colours, light or focus.", path))
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
    language: str | None = None,
) -> list[Diagnostic]:
    """Checks a place: the user's place, hour and weather kept, nobody in it, nothing that a camera cannot see."""
    cast = tuple(cast)
    problems = check_descriptor(
        text, path=path, prompt=prompt, words=26, examples=examples, characters=140, language=language
    )
    head = given.split(",")[0].split()[-1].casefold() if given else ""
    if head and head not in text.casefold():
        problems.append(problem("other_place", f"It must keep the user's place, {given!r}.", path))
    missing = next((words for words in lights if not content_stems(words) & content_stems(text)), None)
    if missing is not None:
        problems.append(problem("other_light", f"It must keep the user's words {missing!r}.", path))
    if _NIGHT.search(text) and _DAY.search(text):
        problems.append(problem("two_lights", "It must have one light: night and sun do not go together.", path))
    strangers = strangers_in(text, prompt, cast)
    if strangers:
        problems.append(problem("new_person", f"It must not add people ({', '.join(strangers)}).", path))
    elif (somebody := _creature_in(text, given) or _member_in(text, given, cast)) is not None:
        problems.append(problem("about_role", f"It must be the place alone, without {somebody!r}.", path))
    if (said := _SAID.search(text)) is not None:
        problems.append(problem("user_speech", f"Nobody speaks in a place ({said.group()!r}).", path))
    if (crew := _FILMED.search(text)) is not None:
        problems.append(problem("camera_talk", f"A place is there without {crew.group()!r}.", path))
    unseen = UNSEEN.search(text)
    if unseen:
        problems.append(problem("unseen", f"A camera cannot see {unseen.group()!r}. Name what is visible.", path))
    return problems


_FILMED = re.compile(r"\bthe (?:camera|shot|viewer|audience)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:says?|said|asks?|asked|repl(?:y|ies|ied)|answers|shouts?|whispers?|exclaims?|narrat\w+)\b", re.IGNORECASE
)


def _creature_in(text: str, given: str) -> str | None:
    """The first person or animal of a text that is not in the user's own words for the place ("a horse stable")."""
    from mavin.facts.languages.english.people import is_animal, is_person

    known = content_stems(given)
    words = re.findall(r"[a-z]+", text.casefold())
    return next(
        (word for word in words if (is_person(word) or is_animal(word)) and not content_stems(word) & known), None
    )


def _member_in(text: str, given: str, cast: Iterable[str]) -> str | None:
    """Who of the cast is in a place, by name or pronoun, and not only its owner ("Mara's kitchen")."""
    if (pronoun := re.search(r"\b(?:he|she|they|him|them)\b", text)) is not None:
        return pronoun.group()
    for name in cast:
        pattern = rf"(?<!\w){re.escape(name)}(?!\w|['’]s)" if name.isascii() else re.escape(name)
        if re.search(pattern, text) and name.casefold() not in given.casefold():
            return name
    return None


_NIGHT = re.compile(r"\b(?:night|moonlit|moonlight|midnight|starry|starlit)\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:sun|sunlight|sunny|sunlit|daylight|noon|midday|morning|blue sky)\b", re.IGNORECASE)


def check_descriptor(
    text: str,
    *,
    path: str,
    prompt: str,
    words: int,
    examples: Iterable[str] = (),
    characters: int | None = None,
    language: str | None = None,
) -> list[Diagnostic]:
    """Checks a short phrase (setting, style, appearance, voice, sound): length, script, names, leaks.

    Args:
        text: the model's words.
        path: where they would go.
        prompt: the user's text; names must come from it.
        words: how many words are too many.
        examples: phrases of the worked example, which must not be copied.
        characters: where the schema cuts the text, in mid-word if need be.
        language: language of the captions, the prompt's if left out.
    """
    problems = []
    count = len(text.split())
    if not text.strip() or not any(char.isalpha() for char in text):
        problems.append(problem("empty", "It had no words. Write a short phrase.", path))
        return problems
    if count > words or len(text) > 14 * words:
        problems.append(problem("too_long", f"It must have at most {words} words, it had {count}.", path))
    if characters is not None and len(text) > 0.93 * characters and text.rstrip()[-1] not in ".!?。！？":
        problems.append(problem("cut_off", "It was cut off. Say it in fewer words.", path))
    if in_other_language(text, prompt, language):
        problems.append(problem("other_language", "It must be written in the language of the story.", path))
    for example in examples:
        borrowed = _borrowed(text, example, prompt)
        if borrowed:
            problems.append(problem("copied_example", f"{borrowed!r} was copied from the example. Look here.", path))
            break
        if text.strip().casefold() == example.strip().casefold() or similarity(text, example) > 0.8:
            problems.append(problem("copied_example", "It was copied from the example. Look at this story.", path))
            break
    names = new_names(text, prompt, language)
    if names:
        problems.append(problem("new_name", f"It must not bring in new names ({', '.join(names)}).", path))
    if (time := _TIME.search(text)) is not None:
        problems.append(problem("stated_time", f"It must not give a time ({time.group().strip()}).", path))
    if (said := _user_speech(text, prompt)) is not None:
        problems.append(problem("user_speech", f"{said!r} is what somebody says. It has no place here.", path))
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cf"} for char in text) or re.search(
        r"[{}<>\[\]|\\`#]|https?:", text
    ):
        problems.append(problem("not_plain", "It must be plain words without markup.", path))
    return problems


_TIME = re.compile(
    rf"\b{WORD_NUMBER}\s+(?:seconds?|minutes?)\b|"
    r"(?<![\d.])\d{1,3}(?:[.,]\d+)?\s*(?:seconds?|secs?|segundos?|sekunden?|secondes?|second[oi]|秒|ms\b)|"
    r"\b(?:at|from|after|until|bei|ab|nach|à|de)\s+\d{1,3}(?:[.,]\d+)?\s*s\b|\b\d{1,2}:[0-5]\d\b|\b\d+[.,]\d+\s*s\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\"“”„«»「」『』]")


def _user_speech(text: str, prompt: str) -> str | None:
    """A piece of the user's quoted lines in other words: quotation marks, or three words in a row."""
    if _MARKS.search(text) is not None:
        return text
    plain = " ".join(re.findall(r"[\w'’]+", text.casefold()))
    for item in find_quotations(prompt) if len(plain) > 3 else ():
        words = re.findall(r"[\w'’]+", item.text.casefold())
        runs = (" ".join(words[at : at + 3]) for at in range(len(words) - 2))
        if item.speech and plain == " ".join(words):
            return item.text  # two words in a row may be anybody's; nothing but them is the line
        asian = item.text.strip("。！？，") if item.speech and not item.text.isascii() else ""
        if item.speech and any(re.search(rf"\b{re.escape(run)}\b", plain) for run in runs):
            return item.text
        if len(asian) > 3 and asian in text:
            return item.text
    return None


def _borrowed(text: str, example: str, prompt: str) -> str:
    """Two words in a row that matter and stand in the example but not in the story ("climbing roses")."""
    known = content_stems(prompt)

    def pairs(words: list[str]) -> Iterable[tuple[str, str]]:
        return ((one, two) for one, two in itertools.pairwise(words) if content_stems(one) and content_stems(two))

    own = re.findall(r"[a-z]+", text.casefold())
    theirs = set(pairs(re.findall(r"[a-z]+", example.casefold())))
    common = (pair for pair in pairs(own) if pair in theirs and not content_stems(" ".join(pair)) & known)
    return " ".join(next((pair for pair in common if pair not in _COMMON_PAIRS), ()))


_COMMON_PAIRS = frozenset(
    {("shallow", "focus"), ("colours", "shallow"), ("painterly", "colours"), ("warm", "painterly"), ("stone", "paths")}
)
"""Pairs of the example that any story may have."""


UNSEEN = re.compile(
    r"\b(?:sounds?|noises?|birdsong|barking|chirping|purring|humming|laughter|applause|thud|loud(?:ly)?|hear[sd]?|heard|silence|silent(?:ly)?|echo\w*|smells?|scents?|aromas?|fragran\w+|"
    r"tastes?|music|breeze|atmosphere|vibe|energy|mood|tension|trajectory|anticipation|something|someone|somebody|(?<=is )(?:cold|hot|cool|warm)|(?<=are )(?:cold|hot|cool|warm)|precision|diligen\w+)\b",
    re.IGNORECASE,
)
_KINDS = {
    Gender.FEMALE: r"\b(?:woman|girl|lady|female|feminine|she|her)\b",
    Gender.MALE: r"\b(?:man|boy|gentleman|male|masculine|he|his|beard\w*|m[ou]ustache)\b",
}


_CLOTHES = re.compile(
    r"\b(?:boots?|shoes?|shirts?|blouses?|dress|trousers|jeans|pants|jackets?|suits?|skirts?|gloves|socks?|sweaters?|aprons?|"
    r"hats?|caps?|glasses|sunglasses|ties?|scarf|scarves|uniforms?|"
    r"mantel|jacke|hemd|kleid|schürze|mütze|schuhe|stiefel|anzug|schal|abrigo|chaqueta|camisa|pantal\w+|vestido|sombrero|"
    r"zapatos|delantal|manteau|veste|chemise|chapeau|chaussures|écharpe|tablier|cappotto|giacca|camicia|cappello|grembiule)\b",
    re.IGNORECASE,
)


_FURRED = re.compile(r"\b(?:furry|furred|fur|mane|fleece|wool)\b", re.IGNORECASE)
_FEATHERED = re.compile(r"\b(?:feather\w*|plumage|beak)\b", re.IGNORECASE)
_FURLESS = re.compile(
    r"\b(?:chameleon|lizard|gecko|iguana|snake|frog|toad|turtle|tortoise|crocodile|alligator|dinosaur|fish|shark|whale|dolphin|octopus|"
    r"squid|crab|snail|worm|spider|ant|bee|beetle|fly|butterfly|dragonfly|insect|bird|eagle|owl|parrot|toucan|penguin|puffin|duck|"
    r"chicken|hen|rooster|elephant|rhino\w*|hippo\w*|robot|car|bicycle|ball)s?\b",
    re.IGNORECASE,
)
_WINGED = re.compile(
    r"\b(?:\w*bird|eagle|owl|parrot|toucan|penguin|puffin|duck|duckling|chicken|chick|hen|rooster|swan|goose|gull|seagull|crow|raven|"
    r"pigeon|dove|falcon|hawk|ostrich|flamingo|pelican|sparrow|robin|peacock|platypus|griffin)s?\b",
    re.IGNORECASE,
)


def check_animal(text: str, *, path: str, prompt: str, name: str = "") -> list[Diagnostic]:
    """Checks the look of an animal or a thing: no clothes that the user did not give it, and a body of its kind.

    Args:
        text: the model's words.
        path: where they would go.
        prompt: the user's text.
        name: what it is.
    """
    told = content_stems(prompt)
    worn = next((word.group() for word in _CLOTHES.finditer(text) if not content_stems(word.group()) & told), None)
    if worn is not None:
        message = f"An animal or a thing wears no {worn.casefold()} unless the story says so."
        return [problem("dressed_animal", message, path)]
    bare = _FURRED.search(text) if _FURLESS.search(name) else None
    bare = bare or (_FEATHERED.search(text) if name and not _WINGED.search(name) else None)
    if bare is None or content_stems(bare.group()) & told:
        return []
    return [problem("other_body", f"A {name.casefold()} has no {bare.group().casefold()}.", path)]


def check_gender(text: str, gender: Gender, *, path: str) -> list[Diagnostic]:
    """A descriptor must not make a man of whom the prompt calls "she", nor the other way round."""
    other = {Gender.FEMALE: Gender.MALE, Gender.MALE: Gender.FEMALE}.get(gender)
    if other is None or not re.search(_KINDS[other], text, re.IGNORECASE):
        return []
    return [problem("wrong_gender", f"The story speaks of a {gender.value} character.", path)]


def check_twin(text: str, others: Iterable[str], *, path: str) -> list[Diagnostic]:
    """Two roles must not be described with the same words: nobody could tell them apart."""
    plain = text.strip().rstrip(".").casefold()
    if any(plain == other.strip().rstrip(".").casefold() for other in others):
        return [problem("twin", "It must differ from the other roles'.", path)]
    return []


_FIGURE = re.compile(
    r"\b(?:an?|another|some|two|three|several|many) (?:\w+ ){0,2}(figures?|silhouettes?) "
    r"(?:stand|sit|wait|walk|watch|move|appear|emerge|approach|kneel|loom|lurk|lean)(?:e?s|ing)?\b",
    re.IGNORECASE,
)
"""A shape that acts is somebody: "a dark figure stands in the fog"; "a porcelain figure on the shelf" is a thing."""


def strangers_in(detail: str, prompt: str, cast: Iterable[str]) -> list[str]:
    """People in a detail that neither the prompt nor the cast knows."""
    from mavin.facts.languages.english.people import is_animal, is_person

    known = content_stems(prompt) | content_stems(" ".join(cast))
    words = re.findall(r"[a-z]+", detail.casefold())
    found = [word for word in words if (is_person(word) or is_animal(word)) and not content_stems(word) & known]
    return found + [word for word in _FIGURE.findall(detail) if not content_stems(word) & known]
