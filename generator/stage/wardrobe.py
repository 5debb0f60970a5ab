# ruff: noqa: E501  (drawings read no better wrapped)
"""What a person wears: colours of hair and clothes and things worn, read from a descriptor, and how these are drawn."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.stage.words import singulars, tokens, word_set

__all__ = [
    "BEHIND",
    "GOWNS",
    "HAIRS",
    "ON_FACE",
    "Extra",
    "clothes_colour",
    "extras_of",
    "hair_colour",
    "shoes_colour",
    "trousers_colour",
    "worn",
]


class Extra(NamedTuple):
    """Something worn and its colour."""

    kind: str
    colour: str


HAIRS = {
    "black": "#2f2f33", "dark": "#3a2c24", "brown": "#6a462f", "brunette": "#6a462f", "chestnut": "#7a4a2b",
    "auburn": "#8f3f20", "red": "#c8562a", "ginger": "#d9702c", "blond": "#f1c24c", "blonde": "#f1c24c",
    "golden": "#eab33a", "grey": "#a5a5a8", "gray": "#a5a5a8", "white": "#efefef", "silver": "#cfd3d8",
    "pink": "#f08fb5", "blue": "#5a8fd8", "green": "#6fae62", "purple": "#8d6bc0",
}  # fmt: skip
_COLOURS = {
    "red": "#d1453b", "crimson": "#b3202c", "scarlet": "#d3302f", "orange": "#e27022", "yellow": "#f4c531",
    "mustard": "#d6a528", "green": "#5c9e31", "olive": "#7a7f3a", "teal": "#2f8f8b", "turquoise": "#3fb8af",
    "blue": "#4a86d0", "navy": "#28406b", "indigo": "#3d4a8f", "purple": "#8967aa", "violet": "#8967aa",
    "pink": "#ea8fb0", "brown": "#8a5a35", "tan": "#c8a878", "beige": "#dcc9a3", "khaki": "#b3a46a",
    "white": "#f4f4f2", "cream": "#f3e6c8", "grey": "#9b9b9a", "gray": "#9b9b9a", "silver": "#c3c8ce",
    "black": "#3f3f3f", "gold": "#d8a93a", "golden": "#d8a93a", "maroon": "#7d2433", "denim": "#55779f",
}  # fmt: skip
_UPPER = word_set(
    "coat jacket shirt t-shirt sweater jumper cardigan hoodie blouse vest dress gown robe suit uniform cloak top "
    "clothes clothing "
    "raincoat parka tunic apron kimono sari cape scarf overalls jersey waistcoat blazer oilskin trenchcoat"
)
GOWNS = word_set("dress gown robe robes skirt kimono sari tunic cloak cassock habit")


_LOWER = word_set("trouser pants jeans shorts leggings slacks breeches tights skirt overalls dungaree")
_SHOES = word_set("shoe boot sneaker sandal slipper heel loafer trainer clog")
_WORN: tuple[tuple[str, frozenset[str], str], ...] = (
    ("top-hat", word_set("top-hat bowler"), "#3f3f46"),
    ("cap", word_set("cap beret"), "#3d6fb0"),
    ("beanie", word_set("beanie toque bonnet"), "#b3202c"),
    ("helmet", word_set("helmet hardhat"), "#f4c531"),
    ("hood", word_set("hood hoodie hooded"), ""),
    ("crown", word_set("crown tiara"), "#f4c531"),
    ("hat", word_set("hat fedora sunhat stetson sombrero"), "#8a5a35"),
    ("headband", word_set("headband bandana"), "#d1453b"),
    ("sunglasses", word_set("sunglasses shades"), "#222"),
    ("glasses", word_set("glasses spectacles eyeglasses"), "#333"),
    ("goggles", word_set("goggles"), "#4a86d0"),
    ("eyepatch", word_set("eyepatch eye-patch"), "#222"),
    ("beard", word_set("beard bearded"), ""),
    ("moustache", word_set("moustache mustache moustached"), ""),
    ("scarf", word_set("scarf"), "#d1453b"),
    ("tie", word_set("tie necktie"), "#b3202c"),
    ("bow-tie", word_set("bow-tie bowtie"), "#b3202c"),
    ("necklace", word_set("necklace pearl pendant medal"), "#f4c531"),
    ("apron", word_set("apron"), "#f4f4f2"),
    ("vest", word_set("vest waistcoat"), "#6d5a48"),
    ("backpack", word_set("backpack rucksack satchel"), "#7a4a2b"),
    ("flower", word_set("flower hairpin"), "#ea8fb0"),
)
ON_FACE = frozenset({"sunglasses", "glasses", "eyepatch", "beard", "moustache"})
"""What a face has under whatever hat."""
_ON_BODY = frozenset({"apron", "vest", "backpack"})
BEHIND = frozenset({"top-hat", "cap", "beanie", "helmet", "hat", "crown", "headband", "hood"})
"""What is also seen from behind."""
_PHRASES = (("top hat", "top-hat"), ("hard hat", "helmet"), ("bow tie", "bow-tie"), ("eye patch", "eyepatch"))


def hair_colour(appearance: str) -> str:
    """The colour of the hair that a descriptor tells, or empty."""
    match = re.search(r"(\w+)[ -](?:\w+[ -])?(?:hair|haired|curls|braids?|ponytail|bun|locks)\b", appearance.casefold())
    if match:
        for word in reversed(re.findall(r"\w+", appearance.casefold()[max(0, match.start() - 20) : match.end()])):
            if word in HAIRS:
                return HAIRS[word]
    told = next((HAIRS[word] for word in tokens(appearance) if word in ("blonde", "blond", "brunette")), "")
    # A grey beard is hardly ever seen under brown hair.
    beard = re.search(r"\b(grey|gray|white|silver)[ -](?:\w+[ -])?(?:beard|moustache|mustache)", appearance.casefold())
    return told or (HAIRS[beard[1]] if beard else "")


def clothes_colour(appearance: str) -> str:
    """The colour of the upper clothes that a descriptor tells, or empty."""
    words = tokens(appearance)
    for at, word in enumerate(words):
        if any(form in _UPPER for form in singulars(word)):
            for back in words[max(0, at - 3) : at][::-1]:
                if back in _COLOURS:
                    return _COLOURS[back]
    return ""


def trousers_colour(appearance: str) -> str:
    """The colour of trousers or skirt that a descriptor tells, or empty; jeans are blue."""
    colour = _colour_before(appearance, _LOWER)
    return colour or (_COLOURS["denim"] if "jeans" in tokens(appearance) else "")


def shoes_colour(appearance: str) -> str:
    """The colour of the shoes that a descriptor tells, or empty."""
    return _colour_before(appearance, _SHOES)


def _colour_before(appearance: str, nouns: frozenset[str]) -> str:
    words = tokens(appearance)
    for at, word in enumerate(words):
        if any(form in nouns for form in singulars(word)):
            for back in words[max(0, at - 3) : at][::-1]:
                if any(form in _UPPER for form in singulars(back)):
                    break
                if back in _COLOURS:
                    return _COLOURS[back]
    return ""


def extras_of(appearance: str, hair: str = "") -> tuple[Extra, ...]:
    """Hat, glasses, beard and the like that a descriptor names; a beard has the hair's colour where none is said."""
    folded = appearance.casefold()
    for phrase, name in _PHRASES:
        folded = folded.replace(phrase, name)
    words = {form for word in tokens(folded) for form in singulars(word)}
    said: list[Extra] = []
    for kind, nouns, fallback in _WORN:
        if not words & nouns:
            continue
        if kind in BEHIND and any(extra.kind in BEHIND for extra in said):
            continue  # one thing on one head
        colour = _colour_before(folded, nouns) or fallback
        if not colour:
            colour = hair or "#8a6a4a" if kind in ("beard", "moustache") else clothes_colour(appearance) or "#4a86d0"
        said.append(Extra(kind, colour))
    return tuple(said)


_INK = 'stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def worn(extras: tuple[Extra, ...], *, body: bool = False) -> str:
    """SVG of what is worn on the head, or on the ``body``, in the figure's own units."""
    return "".join(_DRAWN[kind].replace("$", colour) for kind, colour in extras if (kind in _ON_BODY) == body)


_DRAWN = {
    "hat": f'<path d="M10,19 Q36,11 62,19 Q36,26 10,19 Z" fill="$" {_INK}/><path d="M23,17 Q22,1 36,3 Q50,1 49,17 Q36,21 23,17 Z" fill="$" {_INK}/>',
    "top-hat": f'<path d="M14,18 Q36,11 58,18 Q36,25 14,18 Z" fill="$" {_INK}/><path d="M24,16 L23,-3 Q36,-6 49,-3 L48,16 Q36,20 24,16 Z" fill="$" {_INK}/>',
    "cap": f'<path d="M20,20 Q20,5 36,5 Q52,5 52,20 Q36,15 20,20 Z" fill="$" {_INK}/><path d="M44,17 Q60,15 63,21 Q54,23 46,20 Z" fill="$" {_INK}/>',
    "beanie": f'<path d="M20,20 Q19,3 36,3 Q53,3 52,20 Z" fill="$" {_INK}/><rect x="18" y="16" width="36" height="7" rx="3" fill="$" {_INK}/><circle cx="36" cy="2" r="3.6" fill="$" {_INK}/>',
    "helmet": f'<path d="M17,22 Q16,3 36,3 Q56,3 55,22 Q36,16 17,22 Z" fill="$" {_INK}/><path d="M31,4 Q36,2 41,4 L40,15 L32,15 Z" fill="#fff" opacity=".5"/>',
    "hood": f'<path d="M36,3 Q13,5 15,36 Q17,50 25,52 Q19,40 21,28 Q23,14 36,14 Q49,14 51,28 Q53,40 47,52 Q55,50 57,36 Q59,5 36,3 Z" fill="$" {_INK}/>',
    "crown": f'<path d="M21,18 L19,2 L28,9 L36,0 L44,9 L53,2 L51,18 Q36,13 21,18 Z" fill="$" {_INK}/>',
    "headband": f'<path d="M20,19 Q36,12 52,19 L52,24 Q36,17 20,24 Z" fill="$" {_INK}/>',
    "sunglasses": f'<path d="M23,27 h11 v4 q0,4 -5,4 q-6,0 -6,-5 Z M38,27 h11 v3 q0,5 -6,5 q-5,0 -5,-4 Z M34,28 h4" fill="$" {_INK}/>',
    "glasses": '<g fill="#fff" fill-opacity=".35" stroke="$" stroke-width="1.7"><circle cx="29.5" cy="30" r="5.4"/><circle cx="42.5" cy="30" r="5.4"/><path d="M34.8,29.4 q1.2,-1 2.4,0 M24,29 l-3,-1 M48,29 l3,-1" fill="none"/></g>',
    "goggles": f'<path d="M21,25 h30 v8 q-7,4 -13,0 q-2,-2 -4,0 q-6,4 -13,0 Z" fill="$" fill-opacity=".55" {_INK}/>',
    "eyepatch": '<path d="M21,22 L51,30" stroke="$" stroke-width="1.8"/><ellipse cx="42" cy="30" rx="5" ry="4.6" fill="$"/>',
    "beard": '<path d="M23,33 Q24,52 36,53 Q48,52 49,33 Q46,40 41,36 Q36,34 31,36 Q26,40 23,33 Z" fill="$" stroke="#000" stroke-width="1.6" stroke-linejoin="round"/>',
    "wrinkles": '<path d="M30,20.500 q6,-1.500 12,0 M31,23 q5,-1 10,0 M24.500,34 q1.500,2.500 1,5 M47.500,34 q-1.500,2.500 -1,5" fill="none" stroke="$" stroke-width=".9" stroke-linecap="round" opacity=".55"/>',
    "moustache": '<path d="M36,35 Q40,32.5 45,37 Q39,38 36,36.4 Q33,38 27,37 Q32,32.5 36,35 Z" fill="$" stroke="#000" stroke-width="1.1"/>',
    "scarf": f'<path d="M26,46 Q36,53 46,46 L48,53 Q36,60 24,53 Z" fill="$" {_INK}/><path d="M41,54 L47,52 L50,70 L42,71 Z" fill="$" {_INK}/>',
    "tie": f'<path d="M33.5,50 h5 l-1,5 l3,14 l-4.5,5 l-4.5,-5 l3,-14 Z" fill="$" {_INK}/>',
    "bow-tie": f'<path d="M36,52 L28,47 L28,57 Z M36,52 L44,47 L44,57 Z" fill="$" {_INK}/>',
    "necklace": '<path d="M28,49 Q36,62 44,49" fill="none" stroke="$" stroke-width="2.2"/><circle cx="36" cy="56" r="2.4" fill="$" stroke="#000"/>',
    "flower": '<g fill="$" stroke="#000" stroke-width=".9"><circle cx="50" cy="15" r="3"/><circle cx="54" cy="18" r="3"/><circle cx="52" cy="22.500" r="3"/><circle cx="47.500" cy="20" r="3"/></g><circle cx="51" cy="19" r="2" fill="#f4c531"/>',
    "apron": f'<path d="M27,60 L45,60 L46,72 L52,76 L51,104 L21,104 L20,76 L26,72 Z" fill="$" {_INK}/><path d="M28,84 h16 v9 h-16 Z" fill="none" {_INK}/>',
    "vest": f'<path d="M18.5,57 L28,57 L36,74 L36,92 L21,92 Z M53.5,57 L44,57 L36,74 L36,92 L51,92 Z" fill="$" {_INK}/>',
    "backpack": '<path d="M23,57 Q21,74 23,88 M49,57 Q51,74 49,88" fill="none" stroke="#000" stroke-width="6"/><path d="M23,57 Q21,74 23,88 M49,57 Q51,74 49,88" fill="none" stroke="$" stroke-width="3.6"/>',
}
"""Kind → SVG with ``$`` for the colour; a bust has its face around (36, 30) and its shoulders at y = 57."""
