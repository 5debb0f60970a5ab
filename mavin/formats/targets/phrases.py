"""A caption's parts as phrases: how the picture is framed, who somebody is, how a line is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mavin.caption import Angle, Camera, DialogueLine, HierarchicalCaption, Movement, Role, Shot, Size
from mavin.formats.script import FormatError

__all__ = [
    "article",
    "called",
    "capital",
    "forbid",
    "framing",
    "inner",
    "language_name",
    "looks",
    "manner",
    "mentions",
    "movement",
    "one_line",
    "quality",
    "quoted",
    "renamed",
    "sentence",
]

_SIZES = {
    Size.EXTREME_WIDE: "extreme wide shot",
    Size.WIDE: "wide shot",
    Size.FULL: "full shot",
    Size.MEDIUM: "medium shot",
    Size.CLOSE_UP: "close-up",
    Size.EXTREME_CLOSE_UP: "extreme close-up",
}
_ANGLES = {
    Angle.EYE: "at eye level",
    Angle.LOW: "from a low angle",
    Angle.HIGH: "from a high angle",
    Angle.OVERHEAD: "from straight above",
    Angle.DUTCH: "at a tilted Dutch angle",
    Angle.OVER_SHOULDER: "over the shoulder",
    Angle.POV: "from the character's point of view",
}
_MOVEMENTS = {
    Movement.STATIC: "the camera remains static",
    Movement.PAN_LEFT: "the camera pans left",
    Movement.PAN_RIGHT: "the camera pans right",
    Movement.TILT_UP: "the camera tilts up",
    Movement.TILT_DOWN: "the camera tilts down",
    Movement.DOLLY_IN: "the camera dollies in",
    Movement.DOLLY_OUT: "the camera dollies out",
    Movement.ZOOM_IN: "the camera zooms in",
    Movement.ZOOM_OUT: "the camera zooms out",
    Movement.TRACK: "the camera tracks along",
    Movement.CRANE: "the camera moves on a crane",
    Movement.HANDHELD: "the camera is handheld",
}
_LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "yue": "Cantonese", "zh": "Chinese",
}  # fmt: skip
_PROPER = frozenset((*_LANGUAGES.values(), "American", "Australian", "British", "Canadian", "Irish", "Scottish", "I"))
"""Adjectives that stay large."""
_SMALL = frozenset(
    "a an the his her their its one two three some another this that these those no with without in on at from".split()
)
_CLOSED = re.compile(r"[.!?。！？…:;；：—][\"'”’»」』)）]*$")
_NOUN_PHRASE = re.compile(r"(?:an?|the|one|his|her|their|its|two|three|another|some)\s", re.IGNORECASE)


def one_line(text: str) -> str:
    """A text of the script's own prose without line breaks and double blanks; never a line that is said."""
    return " ".join(text.split())


def inner(text: str) -> str:
    """A phrase for the inside of a sentence: on one line, without a stop, a first word such as ``A`` small."""
    text = one_line(text).rstrip(".")
    first = text.split(" ", 1)[0]
    return f"{text[:1].lower()}{text[1:]}" if first.lower() in _SMALL else text


def quality(text: str) -> str:
    """A voice or a delivery for the inside of a sentence: also its first adjective small."""
    text = inner(text)
    first = re.split(r"[\s,;:]", text, maxsplit=1)[0]
    return text if first in _PROPER or first[1:] != first[1:].lower() else f"{text[:1].lower()}{text[1:]}"


def capital(text: str) -> str:
    """A text with its first letter large."""
    return text[:1].upper() + text[1:]


def article(words: str) -> str:
    """The indefinite article before English words."""
    return "an" if words[:1] in "aeiou" else "a"


def sentence(text: str) -> str:
    """A text as a sentence: on one line, beginning large, with a stop at its end; empty if it is."""
    text = capital(one_line(text))
    if not text or _CLOSED.search(text):
        return text
    return text + ("。" if "\u2e80" <= text[-1] < "\uac00" else ".")  # Hangul takes the Western stop


def framing(camera: Camera) -> str:
    """Size and angle: ``wide shot from a low angle``."""
    return f"{_SIZES[camera.size]} {_ANGLES[camera.angle]}"


def movement(camera: Camera) -> str:
    """What the camera does, as a clause: ``the camera tilts up``."""
    return _MOVEMENTS[camera.movement]


def called(caption: HierarchicalCaption, role: Role) -> str:
    """How the script's prose calls a role: ``Mara``, or ``the baker`` for one that is named for what it is."""
    name = one_line(role.name)
    common = name[:1].islower() or any(
        re.search(rf"\b(?:[Tt]he|[Aa]n?)\s+{_name_pattern(name.lower())}", text) for text in _prose(caption)
    )
    if not common or not name.isascii() or re.match(r"(?:the|an?)\s", name):
        return name
    return f"the {name[:1].lower()}{name[1:]}"


def _prose(caption: HierarchicalCaption) -> Iterator[str]:
    yield caption.global_caption.storyline
    for shot in caption.shots:
        yield from (shot.action, shot.camera.note)


def looks(name: str, appearance: str) -> str:
    """Who somebody is to the eye, as a sentence; empty if the script does not say more than the name."""
    # A descriptor may begin with the name: "Ivo, a sailor in a blue cap", "A baker: a woman of forty".
    begun = rf"^(?:(?:the|an?)\s+)?{re.escape(_bare(name))}[,:，：]\s*"
    appearance = inner(re.sub(begun, "", one_line(appearance), flags=re.IGNORECASE))
    if not appearance or re.sub(r"^(?:the|an?) ", "", appearance).casefold() == _bare(name):
        return ""
    return sentence(f"{name} is {appearance}" if _NOUN_PHRASE.match(appearance) else f"{name}: {appearance}")


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", name.casefold())


def mentions(text: str, name: str) -> bool:
    """Whether a text names somebody, in whatever case."""
    return re.search(_name_pattern(name), text, re.IGNORECASE) is not None


def _name_pattern(name: str) -> str:
    words = r"\s+".join(map(re.escape, name.split()))
    # A boundary stands only beside letters that are written with blanks between words.
    start = r"(?<!\w)" if re.match(r"[^\W\u2e80-\U0003ffff]", name.strip()) else ""
    end = r"(?!\w)" if re.search(r"[^\W\u2e80-\U0003ffff]$", name.strip()) else ""
    return f"{start}{words}{end}"


def renamed(text: str, names: Mapping[str, str]) -> str:
    """A text with names replaced by other words: with an article before them, or written as in the cast.

    A name inside a longer noun ("the lighthouse keeper" for the keeper) stays.
    """
    pairs = sorted(((name, other) for name, other in names.items() if name), key=lambda pair: (-len(pair[0]), pair[0]))
    if not pairs:
        return text
    parts = []
    for index, (name, _) in enumerate(pairs):
        pattern = _name_pattern(name)
        proper = "" if name[:1].islower() else f"|{pattern}"
        parts.append(rf"(?P<n{index}>\b(?i:the|an?)\s+(?i:{pattern}){proper})")

    def other(match: re.Match[str]) -> str:
        return next(words for index, (_, words) in enumerate(pairs) if match[f"n{index}"] is not None)

    return re.sub("|".join(parts), other, text)


def language_name(tag: str) -> str:
    """The English name of a language tag's language, or the tag where it is not known here."""
    return _LANGUAGES.get(tag.split("-")[0].lower(), tag)


def manner(caption: HierarchicalCaption, shot: Shot, line: DialogueLine, *, with_voice: bool) -> str:
    """How a line is said: voice, delivery, from off screen, in which language; empty if nothing is to be said of it.

    Args:
        caption: the clip.
        shot: the shot in which it begins, whose overrides count.
        line: the line.
        with_voice: whether the role's voice belongs to it, as when it is heard for the first time.
    """
    voice = caption.role_in_shot(line.role, shot).voice if with_voice else ""
    parts = [quality(voice), quality(line.delivery)]
    parts += [] if line.on_screen else ["off screen"]
    if line.language.split("-")[0].lower() != "en":
        parts.append(f"in {language_name(line.language)}")
    return ", ".join(part for part in parts if part)


def quoted(text: str) -> str:
    """A line in quotation marks that do not occur in it, its words untouched."""
    for opening, closing in (('"', '"'), ("“", "”"), ("«", "»"), ("「", "」")):
        if opening not in text and closing not in text:
            return f"{opening}{text}{closing}"
    return f'"{text}"'


def words_of(caption: HierarchicalCaption) -> Iterator[str]:
    """All words of a script that may stand in a prompt."""
    head = caption.global_caption
    yield from (head.storyline, head.style, head.ambience)
    for role in caption.roles:
        yield from (role.name, role.appearance, role.voice)
    for shot in caption.shots:
        yield from (shot.setting, shot.action, shot.camera.note, *(sound.text for sound in shot.sounds))
        for over in shot.overrides:
            yield from (over.appearance or "", over.voice or "")
    for line in caption.dialogue:
        yield from (line.text, line.delivery)


def forbid(caption: HierarchicalCaption, marks: str, title: str) -> None:
    """Makes sure that no words of a script read as a target's own marks.

    Args:
        caption: the script.
        marks: a regular expression for the marks.
        title: the model, for messages.

    Raises:
        FormatError: if some do.
    """
    for text in words_of(caption):
        found = re.search(marks, text)
        if found:
            around = text[max(0, found.start() - 20) : found.end() + 20]
            raise FormatError(
                f"{title} takes {found.group()!r} for a mark of its own, so the script must not hold it, got "
                f"{around!r}. Write that in other words."
            )
