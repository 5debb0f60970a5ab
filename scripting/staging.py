"""What code alone knows of staging: cameras, looks and voices that fit the user's words.

Used where there is no model, or where its words did not pass; everything from here is marked as
added by code in the ledger.
"""

from __future__ import annotations

import re

from mavin.caption import Angle, Camera, Movement, Size
from mavin.facts import Event, Facts, Gender, RoleFact
from mavin.facts.film import camera_words, in_full
from mavin.facts.languages.chinese.script import written_like
from mavin.facts.languages.english.grammar import PRONOUNS, is_noun, is_plural, noun_lemma
from mavin.facts.languages.numbers import NUMBER
from scripting.plausible import fitting_movements, fitting_sizes

__all__ = ["GROUP", "appearance_of", "camera_of", "style_of", "voice_of", "without_clothes"]


def camera_of(
    event: Event, number: int, count: int, before: Camera | None, *, new_place: bool = False, crowd: bool = False
) -> Camera:
    """A camera for one shot: the user's words first, then what the action asks for, never two alike in a row.

    A place that is shown for the first time is not shown from close by.
    """
    said = camera_words(event.text + " " + event.span.text + " " + in_full(event.camera))
    size = Size(said.size) if said.size else _size(event, number, before, new_place, crowd)
    fitting = fitting_movements(event.text, speaks=bool(event.quotes), number=number, count=count)
    movement = Movement(said.movement) if said.movement else fitting[0]
    angle = Angle(said.angle) if said.angle else Angle.EYE
    return Camera(size=size, angle=angle, movement=movement)


_SCALE = list(Size)


GROUP = re.compile(
    r"\b(?:crew|team|group|band|family|couple|duo|trio|pair|choir|orchestra|class|troupe|squad)\b", re.IGNORECASE
)
"""Words for several people in the singular."""


def _size(event: Event, number: int, before: Camera | None, new_place: bool, crowd: bool) -> Size:
    # Without a role there is no face to be close to, and several faces do not fit a close-up.
    one = len(event.roles) < 2 and not crowd
    if event.quotes:
        wanted: tuple[Size, ...] = (Size.MEDIUM, Size.CLOSE_UP) if number % 2 else (Size.CLOSE_UP, Size.MEDIUM)
    elif new_place and number:
        wanted = (Size.WIDE, Size.FULL, Size.MEDIUM)
    else:
        wanted = fitting_sizes(event.text, first=number == 0, alone=one)
    one = one and bool(event.roles)
    anything = (Size.MEDIUM, Size.CLOSE_UP, Size.WIDE, Size.FULL) if one else (Size.MEDIUM, Size.WIDE, Size.FULL)
    turn = number % 3
    order = (*wanted, *anything[turn:], *anything[:turn])
    return next((size for size in order if before is None or _cuts_well(before.size, size)), order[0])


def _cuts_well(before: Size, after: Size) -> bool:
    """A cut between two like framings reads as a jump: two steps apart, or from half a figure to a face."""
    apart = abs(_SCALE.index(after) - _SCALE.index(before))
    return apart >= 2 or {before, after} == {Size.MEDIUM, Size.CLOSE_UP}


def style_of(facts: Facts) -> str:
    """The user's style words, or a plain one."""
    if facts.style:
        return facts.style[0].text
    return "Natural light, realistic colours, steady cinematic framing"


_MATES = re.compile(r"(?:the\s+)?(?:two|three|four|five|six)\s+(?P<rest>\S.*)$", re.IGNORECASE)
_COUNTED = re.compile(r"(?:first|second|third|fourth|fifth|sixth)\b", re.IGNORECASE)


# A woman, a man and anybody; an old woman, an old man.
_LOOKS = {
    "en": ("{}, a woman", "{}, a man", "{}, a person", "{}, an old woman", "{}, an old man", " in everyday clothes"),
    "es": ("{}, una mujer", "{}, un hombre", "{}, una persona", "{}, una anciana", "{}, un anciano", " con ropa de diario"),
    "pt": ("{}, uma mulher", "{}, um homem", "{}, uma pessoa", "{}, uma idosa", "{}, um idoso", " com roupas do dia a dia"),
    "it": ("{}, una donna", "{}, un uomo", "{}, una persona", "{}, un'anziana", "{}, un anziano", " in abiti di tutti i giorni"),
    "fr": ("{}, une femme", "{}, un homme", "{}, une personne", "{}, une vieille dame", "{}, un vieil homme", " en vêtements de tous les jours"),
    "de": ("{}, eine Frau", "{}, ein Mann", "{}, eine Person", "{}, eine alte Frau", "{}, ein alter Mann", " in Alltagskleidung"),
    "zh": ("{}，一位女性", "{}，一位男性", "{}，一个人", "{}，一位老奶奶", "{}，一位老爷爷", "，穿着日常衣服"),
    "ja": ("{}、女性", "{}、男性", "{}、人物", "{}、お年寄りの女性", "{}、お年寄りの男性", "、普段着姿"),
}  # fmt: skip
_CLOTHES = tuple(looks[-1] for looks in _LOOKS.values())
_OLD_WOMAN = re.compile(
    r"奶奶|婆婆|姥姥|外婆|大妈|大娘|老太|おばあ|祖母|\b(?:abuel(?:it)?a|avó|vovó|nonna|grand-mère|mamie|mémé|oma|großmutter|"
    r"grandma|granny|grandmother|nana)\b",
    re.IGNORECASE,
)
_OLD_MAN = re.compile(
    r"爷爷|大爷|老伯|外公|姥爷|老头|おじい|祖父|\b(?:abuel(?:it)?o|avô|vovô|nonno|grand-père|papy|pépé|opa|großvater|grandpa|grandfather)\b",
    re.IGNORECASE,
)
_NOBODIES = frozenset(
    "earth globe moon sun planet mars jupiter saturn neptune uranus erde mond sonne tierra luna sol terre lune soleil terra sole "
    "地球 月亮 太阳 太陽".split()
)
"""Names that are written like a person's and are none."""
_HUMAN = frozenset(
    "friend person people brother sister sibling man woman boy girl twin name child kid stranger".split()
)


def without_clothes(look: str) -> str:
    """A look without the clothes that code supposed, in any language."""
    for clothes in _CLOTHES:
        look = look.removesuffix(clothes)
    return look


def _named(role: RoleFact, facts: Facts | None) -> str:
    """How somebody looks of whom the prompt tells a name: what it says to be called so, else a woman or a man."""
    kind = _called(role, facts) if role.gender is Gender.UNKNOWN else None
    if kind is not None:
        return f"{role.name}, {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    if role.gender is Gender.UNKNOWN and role.name.casefold() in _NOBODIES:
        return role.name  # "Earth turns slowly" is about no person
    woman, man, anybody, old_woman, old_man, clothes = _LOOKS.get(_language(facts), _LOOKS["en"])
    if _OLD_WOMAN.search(role.name):
        look = old_woman
    elif _OLD_MAN.search(role.name):
        look = old_man
    else:
        look = {Gender.FEMALE: woman, Gender.MALE: man}.get(role.gender, anybody)
    if facts is not None and _language(facts) == "zh":
        look, clothes = written_like(look, facts.prompt), written_like(clothes, facts.prompt)
    return f"{look.format(role.name)}{clothes}"


def _language(facts: Facts | None) -> str:
    return facts.language.split("-")[0].lower() if facts is not None else "en"


def _called(role: RoleFact, facts: Facts | None) -> str | None:
    """What several of whom are told by name: "Two small robots, R1 and R2" makes R1 a small robot."""
    if facts is None or _language(facts) != "en":
        return None
    told = re.search(
        r"\b(?:two|three|four|five|six|the|both)\s+(?P<kind>(?:[a-z]+\s+){0,2}[a-z]+s)(?:,|:| named| called|,? namely)\s+"
        rf"(?:[A-Z][\w-]*(?:,\s+(?:and\s+)?|\s+and\s+)){{0,5}}{re.escape(role.name)}\b",
        facts.prompt,
        re.IGNORECASE,
    )
    words = told["kind"].lower().split() if told is not None else _kind_of_label(role, facts)
    if not words:
        return None
    *before, head = words
    head = noun_lemma(head)
    return None if head in _HUMAN else " ".join([*before, head])


def _kind_of_label(role: RoleFact, facts: Facts) -> list[str]:
    """What the group is whose members only labels tell apart: "Two robots argue. A: … B: …"."""
    lead = facts.prompt[: role.span.start].lower()
    counted = re.search(r"\b(?:two|three|four|five|six)\s+((?:[a-z]+\s+){1,3})", lead)
    if counted is None or not re.fullmatch(r"[A-Z]\d?", role.name):
        return []
    words = counted[1].split()
    ends = [at for at, word in enumerate(words, 1) if is_plural(word) and all(map(is_noun, words[:at]))]
    return words[: ends[-1]] if ends else []


def appearance_of(role: RoleFact, facts: Facts | None = None) -> str:
    """The user's own words for how somebody looks: the first mention, and what is said of it beside it.

    Args:
        role: who it is.
        facts: the story, for its language and for what its names are said to be.
    """
    plain = _first_mention(role, facts)
    if not role.look or role.look.casefold() in plain.casefold():
        return plain
    if not role.look.isascii() or re.match(r"(?:in|wearing|with|dressed|who)\b", role.look) is None:
        return f"{without_clothes(plain)}, {role.look}"
    return f"{without_clothes(plain)} {role.look}"


_ONE_OF = re.compile(r"\s?\d$")
_FEW_OF_A_KIND = rf"{NUMBER}\s?(?:[个個位名只隻]|[人匹羽]の|人$)?\s?[^\W\d_]*"
"""A number and a noun, nothing else, as a counted group is told."""


def _first_mention(role: RoleFact, facts: Facts | None) -> str:
    words = role.mention
    if words.casefold() in PRONOUNS:
        words = role.name if role.named else f"a {role.name.casefold()} in everyday clothes"
    if role.named and words.casefold() == role.name.casefold():
        return _named(role, facts)
    if role.gender is not Gender.PLURAL and (mate := _MATES.match(words)) and _COUNTED.match(role.name):
        words = f"a {' '.join([*mate['rest'].split()[:-1], noun_lemma(mate['rest'].split()[-1])])}"  # one of "two adult chefs"
    if (
        facts is not None
        and _language(facts) != "en"
        and _ONE_OF.search(role.name)
        and re.fullmatch(_FEW_OF_A_KIND, words, re.IGNORECASE)
    ):
        words = _ONE_OF.sub("", role.name)  # "Enfant 1" of "Deux enfants"
    article = "" if role.gender is Gender.PLURAL else "a "
    words = re.sub(r"^(?:his|her|its|their|the)\s+", article, words, flags=re.IGNORECASE)
    if re.match(r"a\s+[aeiou]", words, re.IGNORECASE):
        words = f"an {words[2:]}"
    return words[:1].upper() + words[1:]


_AGES = (
    (r"\b(?:baby|toddler)\b", "a baby's"),
    (
        r"\b(?:child(?:ren)?|kids?|boys?|girls?|schoolboys?|schoolgirls?|pupils?|niñ[oa]s?|mädchen|junge|kind(?:er)?|enfants?)\b|孩|女孩|男孩",
        "a child's",
    ),
    (r"\b(?:old|elderly|ancient|grand\w+|granny|grandma|grandpa|aged|retired)\b", "an old"),
    (r"\b(?:young|teen\w*|student)\b", "a young"),
)


def voice_of(role: RoleFact, speaks: bool) -> str:
    """A voice that fits the role's words; empty for those who neither speak nor are people."""
    if not speaks and not role.person:
        return ""
    if role.voice:
        return f"A {role.voice}" if role.voice.endswith("voice") else f"{role.voice[:1].upper()}{role.voice[1:]}"
    text = f"{role.mention} {role.name}".casefold()
    age = next((word for pattern, word in _AGES if re.search(pattern, text)), "an adult")
    kind = {Gender.FEMALE: "female ", Gender.MALE: "male "}.get(role.gender, "")
    if age == "a child's":
        return f"A child's voice, bright and light{', a girl' if kind == 'female ' else ', a boy' if kind == 'male ' else ''}"
    if age == "a baby's":
        return "A baby's voice, high and soft"
    if not role.person and role.gender is Gender.UNKNOWN and not kind:
        return f"A character voice that suits a {role.name.casefold()}"
    return f"{age} {kind}voice, clear and unhurried".capitalize()
