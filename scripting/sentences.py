"""Contracts on sentences about a picture: the refiner's details and the structure parser's beats (design §4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mavin.diagnostics import Diagnostic
from mavin.facts import Gender
from mavin.facts.languages.english.grammar import verb_forms
from scripting.contracts import SPEECH, UNSEEN, check_descriptor, content_stems, problem, similarity, strangers_in

__all__ = ["BEAT_CHARACTERS", "DETAIL_CHARACTERS", "check_beat", "check_detail", "check_look"]

DETAIL_CHARACTERS = 220
"""Bound of a detail in the answer's schema."""


_CREW = re.compile(
    r"\b(?:camera|shot|scene|frame|viewers?|audience sees|screen|close-?up|the story|next shot|this moment|json|field|detail|"
    r"title card|subtitles?|credits|fad(?:e[sd]?|ing) (?:in|out|to)|slow motion|language model|narrator|"
    r"answer|prompt|sentence|example|consisten\w+|continuity|storyline|narrative|participants? navigate)\b",
    re.IGNORECASE,
)


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
    problems = _picture_problems(detail, path, prompt, cast, examples, DETAIL_CHARACTERS, language)
    if similarity(detail, event) >= 0.85 and len(content_stems(detail)) <= len(content_stems(event)) + 1:
        problems.append(problem("copies_event", f'It only repeated "{event}". Add what is visible.', path))
    for other in others:
        if similarity(detail, other) > 0.6 or _same_phrase(detail, other, cast):
            problems.append(problem("repeats_shot", "It repeated another shot. Show what is special here.", path))
            break
    early = next((item for item in later if _shows(detail, item, event)), None)
    if early is not None:
        problems.append(problem("anticipates", f'It showed a later moment ("{early}") too early.', path))
    told = content_stems(event)
    if len(told) >= 2 and len(told & content_stems(detail)) / len(told) > 0.7 and not problems:
        problems.append(problem("copies_event", f'It told "{event}" again. Say only what else is visible.', path))
    problems += _pronoun_problems(detail, event, genders, path)
    if acts and re.search(r"\b(?:then|afterwards|finally)\b", detail, re.IGNORECASE):
        problems.append(problem("other_action", "It told two actions. Show one, in this moment.", path))
    if language == "en" and not acts:
        others_told = _other_actions(detail, event, cast)
        if others_told:
            message = f"It told another action ({', '.join(others_told)}). Say only how things look in this moment."
            problems.append(problem("other_action", message, path))
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
    language: str | None = None,
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
        language: language of the captions, the prompt's if left out.
    """
    cast = tuple(cast)
    problems = _picture_problems(beat, path, prompt, cast, examples, BEAT_CHARACTERS, language)
    people = content_stems(" ".join(cast))
    if not (_roots(event, people) & _roots(beat, people)):
        problems.append(problem("off_event", f'It must show "{event}", with a word of it.', path))
    if any(similarity(beat, other) > 0.6 for other in others):
        problems.append(problem("repeats_shot", "It repeated another shot. Show what is special here.", path))
    early = next((item for item in later if _shows(beat, item, event)), None)
    if early is not None:
        problems.append(problem("anticipates", f'It showed a later moment ("{early}") too early.', path))
    if similarity(beat, event) >= 0.85 and len(content_stems(beat)) <= len(content_stems(event)) + 1:
        problems.append(problem("copies_event", f'It only repeated "{event}". Add what is visible.', path))
    return problems


BEAT_CHARACTERS = 130
"""Bound of a beat in the answer's schema."""


def _roots(text: str, without: frozenset[str]) -> set[str]:
    """The first letters of the content words: "movement" and "moves" are one thing."""
    return {stem[:4] for stem in content_stems(text) - without if len(stem) > 2}


def _picture_problems(
    text: str,
    path: str,
    prompt: str,
    cast: tuple[str, ...],
    examples: Iterable[str],
    characters: int,
    language: str | None,
) -> list[Diagnostic]:
    """What no sentence about a picture may do, whatever it is about."""
    problems = check_descriptor(
        text, path=path, prompt=prompt, words=28, examples=examples, characters=characters, language=language
    )
    if re.search(r"[\"“”«»„]", text) or SPEECH.search(text):
        problems.append(problem("speech", "It must not contain speech. Describe only what is seen.", path))
    if _CREW.search(text) or re.fullmatch(r"the end\W*", text.strip(), re.IGNORECASE):
        problems.append(problem("camera_talk", "It must not speak of cameras, shots or the task.", path))
    unseen = UNSEEN.search(text)
    if unseen and not content_stems(unseen.group()) & content_stems(prompt):
        problems.append(problem("unseen", f"A camera cannot see {unseen.group()!r}. Name what is visible.", path))
    told = content_stems(prompt)
    feeling = next((word for word in _FEELINGS.finditer(text) if not content_stems(word.group()) & told), None)
    if feeling is not None:
        problems.append(problem("feeling", f"It named a feeling ({feeling.group()}). Show what a camera sees.", path))
    strangers = strangers_in(text, prompt, cast)
    if strangers:
        problems.append(problem("new_person", f"It must not add people ({', '.join(strangers)}).", path))
    if len(text.split()) > 1 and len(set(text.casefold().split())) * 2 < len(text.split()):
        problems.append(problem("loops", "It repeated the same words.", path))
    return problems


_FEELINGS = re.compile(
    r"\b(?:fear|surprised?|surprise|joy(?:ful)?|delight(?:ed)?|excite(?:d|ment)|sad(?:ness)?|happ(?:y|iness|ily)|ang(?:er|ry)|"
    r"determin(?:ed|ation)|curio(?:us|sity)|proud|pride|anxi(?:ous|ety)|nervous(?:ly)?|wary|terr(?:or|ified)|shock(?:ed)?|"
    r"confus(?:ed|ion)|satisf(?:ied|action)|love|hope(?:ful)?|calculating|confiden(?:t|ce)|awe|wonder|panic|tense|worried|worry|serious|uncertain\w*|thoughtful\w*|pain|relief|hunger|hungry|playful(?:ly)?)\b",
    re.IGNORECASE,
)
_PLOT = frozenset(
    "lunge leap jump run walk climb grab catch throw toss open close enter exit arrive pick pour eat drink hit kick dive swim fly pull "
    "push take give chase approach follow emerge appear disappear vanish begin start continue spin flip collide bounce sink "
    "swing drink bite chew swallow retrieve fetch escape hide attack slap wrap tackle collapse slip crash explode shatter break "
    "knock wave nod shake hug kiss dance sing turn rush race cross leave reach pass remove put place insert step stand sit "
    "die kill shoot stab bleed burn drown "
    "wake sleep lie assemble measure cut paint draw write read roll move fall drop land lift raise rise look".split()
)
_STILL = frozenset(
    "stand sit lie rest fall rise cut paint draw pass place step turn cross move read roll drop land lift look".split()
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
_WORN = r"(?:fur|coat|hair|beard|feathers?|plumage|scales|skin|shirt|dress|jacket|trousers|apron|suit|uniform|hat|scarf|swimsuit|robe|tail|mane|eyes|mask|beak|wings|paws)"


def check_look(text: str, *, path: str, looks: Iterable[str], prompt: str) -> list[Diagnostic]:
    """A detail must not give somebody other colours than the cast list does ("white fur" on a brown bear).

    Args:
        text: the model's sentence.
        path: where it would go.
        looks: appearances of the roles in the shot.
        prompt: the user's text.
    """
    known = " ".join(looks).casefold()
    dressed = re.search(rf"\b(?:has|have|wears?|wearing|dressed)\b[^.;]*\b{_WORN}s?\b", text, re.IGNORECASE)
    if dressed and not content_stems(dressed.group()) <= content_stems(f"{known} {prompt}"):
        return [problem("other_look", "Looks and clothes stand in the cast list. Show only this moment.", path)]
    for match in re.finditer(rf"\b{_WORN}\b(?:\s+(?:is|are)\b[^,.;]*)?", text, re.IGNORECASE):
        near = text[max(0, match.start() - 25) : match.end()].casefold()
        if not any(re.search(rf"\b{colour}", known) for colour in _COLOURS):
            continue
        for colour in _COLOURS:
            if re.search(rf"\b{colour}\b", near) and not re.search(rf"\b{colour}", f"{known} {prompt.casefold()}"):
                return [
                    problem("other_look", f"The cast list does not say {colour!r}. Keep everybody's colours.", path)
                ]
    return []


_PRONOUNS = {Gender.FEMALE: r"\b(?:she|her|hers|herself)\b", Gender.MALE: r"\b(?:he|him|his|himself)\b"}


def _pronoun_problems(detail: str, event: str, genders: Iterable[Gender], path: str) -> list[Diagnostic]:
    """ "Her fur" needs somebody who is a she: by the facts, or by the user's own clause."""
    known = set(genders)
    for gender, pattern in _PRONOUNS.items():
        if gender in known or Gender.UNKNOWN in known or re.search(pattern, event, re.IGNORECASE):
            continue
        found = re.search(pattern, detail, re.IGNORECASE)
        if found:
            return [
                problem(
                    "wrong_pronoun", f'Nobody here is "{found.group().lower()}". Name who is meant, or say "its".', path
                )
            ]
    return []
