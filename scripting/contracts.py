"""Contracts: what an agent's words must satisfy before they enter the script (design §4.4).

Pure functions from words to typed diagnostics.  A diagnostic's message is written for the model
that is asked again, so it says what to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from mavin.diagnostics import Diagnostic, Severity
from mavin.facts import Gender
from mavin.facts.grammar import is_word

__all__ = ["check_descriptor", "check_detail", "check_gender", "check_sound", "content_stems", "similarity"]

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
    r"answer|prompt|sentence|example)\b",
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


def check_sound(text: str, *, path: str, prompt: str, examples: Iterable[str] = ()) -> list[Diagnostic]:
    """Checks a sound event: a short phrase for something heard that is no speech and no action."""
    problems = check_descriptor(text, path=path, prompt=prompt, words=8, examples=examples)
    if _SPEECH.search(text) or re.search(r"\bvoices?\b|\b(?:is|are|was|were|being)\b", text, re.IGNORECASE):
        problems.append(
            _problem("no_sound", "It must name a sound such as 'rain on stone', not speech or an action.", path)
        )
    return problems


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
    following: str,
    others: Iterable[str],
    cast: Iterable[str],
    genders: Iterable[Gender] = (),
    examples: Iterable[str] = (),
) -> list[Diagnostic]:
    """Checks the refiner's sentence for one shot.

    Args:
        detail: the model's sentence.
        path: where it would go.
        prompt: the user's text.
        event: the user's clause that the shot shows.
        following: the event of the next shot, which must not be shown yet.
        others: details of the other shots, which must not be repeated.
        cast: names and nouns of the roles; people outside it are inventions.
        genders: what is known of the roles in this shot, for pronouns.
        examples: sentences of the worked example.
    """
    problems = check_descriptor(
        detail, path=path, prompt=prompt, words=28, examples=examples, characters=DETAIL_CHARACTERS
    )
    if re.search(r"[\"“”«»„]", detail) or _SPEECH.search(detail):
        problems.append(_problem("speech", "It must not contain speech. Describe only what is seen.", path))
    if _CREW.search(detail):
        problems.append(_problem("camera_talk", "It must not speak of cameras, shots or the task.", path))
    if similarity(detail, event) >= 0.85 and len(content_stems(detail)) <= len(content_stems(event)) + 1:
        problems.append(_problem("copies_event", f'It only repeated "{event}". Add what is visible.', path))
    for other in others:
        if similarity(detail, other) > 0.7:
            problems.append(_problem("repeats_shot", "It repeated another shot. Show what is special here.", path))
            break
    if following:
        new = content_stems(following) - content_stems(event)
        if new and len(new & content_stems(detail)) / len(new) >= 0.5:
            problems.append(_problem("anticipates", f'It showed the next shot ("{following}") too early.', path))
    told = content_stems(event)
    if len(told) >= 2 and len(told & content_stems(detail)) / len(told) > 0.7 and not problems:
        problems.append(_problem("copies_event", f'It told "{event}" again. Say only what else is visible.', path))
    problems += _pronoun_problems(detail, event, genders, path)
    strangers = _strangers(detail, prompt, cast)
    if strangers:
        problems.append(_problem("new_person", f"It must not add people ({', '.join(strangers)}).", path))
    if len(detail.split()) > 1 and len(set(detail.casefold().split())) * 2 < len(detail.split()):
        problems.append(_problem("loops", "It repeated the same words.", path))
    return problems


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
