# ruff: noqa: E501  (tables)
"""Who plays in a sampled story: names, trades, looks and voices that fit each other."""

from __future__ import annotations

from dataclasses import dataclass

from generator.stage.sampling.dice import Dice

__all__ = ["PLAIN_COLOURS", "Person", "animal", "other_look", "person"]


@dataclass(frozen=True, slots=True)
class Person:
    """A role to be: words that agree with each other.

    Attributes:
        name: as the script calls it.
        appearance: dᵛ in words.
        voice: dᵃ in words; empty for an animal.
        subject: she, he or it.
        object: her, him or it.
        possessive: her, his or its.
    """

    name: str
    appearance: str
    voice: str
    subject: str
    object: str
    possessive: str

    @property
    def speaks(self) -> bool:
        """Whether it is a person."""
        return self.subject != "it"


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


_WOMEN = tuple(
    """Mara Ana Ines Rosa Lucia Elena Nadia Mei Yuki Aiko Priya Leila Amina Zainab Freya Ingrid Greta Klara
    Sofia Marta Irene Helen Alice Ruth Clara Nora Ida Vera Olga Tanya Chloe Camille Hana Sora Lin Fatima Esther Miriam
    Bianca Carmen Paula Sarah Emma Lily Grace Maya Zoe Dalia""".split()
)
_MEN = tuple(
    """Tom Jonas Emil Otto Henrik Lars Ivan Boris Pavel Marek Luca Marco Paolo Diego Pablo Hugo Rafael Kenji
    Hiro Takeshi Wei Jun Ravi Arjun Omar Karim Yusuf Kofi Kwame Samuel David Peter Paul Martin Felix Oscar Leo Arthur
    George Henry Jack Ben Noah Simon Victor Anton Theo Max""".split()
)
_TRADES = _split("""a baker; a detective; a doctor; a teacher; a farmer; an astronaut; a pilot; a cook; a firefighter;
    a police officer; a mechanic; a painter; a scientist; a student; a judge; a singer; a waiter; a sailor; a gardener;
    a photographer; a nurse; a librarian; a clockmaker; a journalist; a carpenter; a fisher; a postman; a dancer;
    a musician; a shopkeeper; a train driver; a lighthouse keeper; an engineer; a tailor; a poet; a boxer""")
_AGES = (("young", "in {possessive} early twenties"), ("young", "barely thirty"), ("", "about forty"), ("", "in {possessive} late forties"),
         ("", "in {possessive} fifties"), ("old", "over seventy"), ("old", "about eighty"), ("teenage", "sixteen years old"))  # fmt: skip
_HAIR_COLOURS = _split("black; dark brown; brown; chestnut; red; ginger; blond; grey; white; silver")
_HAIR_STYLES = _split(
    "short {c} hair; long {c} hair; curly {c} hair; {c} hair tied back; wavy {c} hair; cropped {c} hair; {c} braids"
)
_BODY = _split("tall and thin; broad-shouldered; short and round; slender; stocky; lanky; of middle height; wiry")
_SKIN = _split("pale skin; olive skin; brown skin; dark skin; tanned skin; freckled skin; ; ")
_COLOURS = _split(
    "red; dark red; blue; navy blue; light blue; green; olive; yellow; mustard; orange; purple; pink; brown; beige; white; grey; black; teal"
)
_GARMENTS = _split(
    "a {c} coat; a {c} jacket; a {c} sweater; a {c} shirt; a {c} raincoat; a {c} uniform; a {c} vest over a white shirt; a {c} scarf and a grey coat; {c} overalls; a {c} hoodie"
)
PLAIN_COLOURS = _split("red; blue; green; yellow; orange; purple; pink; brown; white; black")
"""Ten that nobody takes for each other, even small and in the evening."""
_PLAIN_GARMENTS = _split("a {c} coat; a {c} jacket; a {c} sweater; a {c} shirt; a {c} raincoat; a {c} hoodie")
"""Those that are of one colour."""
_WOMENS = _split("a {c} dress; a {c} blouse; a {c} skirt and a white shirt; a {c} cardigan")
_EXTRAS = _split(
    "round glasses; a hat; a beard; a moustache; a cap; a watch; a backpack; a medal; a tie; a crooked nose; tired eyes; a warm smile; rolled-up sleeves; muddy boots"
)

_PITCH = {"she": _split("high; bright; clear; low; deep; soft"), "he": _split("deep; low; warm; high; thin; gravelly")}
_TEXTURE = _split("hoarse; smooth; breathy; nasal; rough; velvety; crisp; trembling; resonant; dry")
_TEMPO = _split("slow and careful; quick; measured; hurried; unhurried; lively; halting; steady")
_MOOD = _split(
    "with a friendly lilt; with a hint of worry; with quiet authority; with a nervous laugh; with a tired sigh; with barely hidden joy; plain and dry; "
)

_ANIMALS = (
    ("dog", "brown; black; white; spotted"), ("cat", "grey; black; orange; white"), ("horse", "brown; white; black"),
    ("fox", "red; young"), ("owl", "brown; snowy"), ("rabbit", "white; brown"), ("goat", "white; old"),
    ("parrot", "green; bright red"), ("bear", "brown; young"), ("monkey", "small; brown"), ("penguin", "little; proud"),
    ("elephant", "grey; young"), ("duck", "white; yellow"), ("sheep", "white; woolly"), ("mouse", "grey; tiny"),
)  # fmt: skip
_MANNERS = _split(
    "with one torn ear; with bright eyes; with a bell around its neck; that never rests; with a white chest; with a long tail"
)


def person(dice: Dice, taken: set[str], *, plain: bool = False) -> Person:
    """Somebody whose name is not taken yet; the name is added to those taken.  ``plain`` is dressed in one colour."""
    subject, obj, possessive, names = dice.pick((("she", "her", "her", _WOMEN), ("he", "him", "his", _MEN)))
    name = dice.pick([name for name in names if name not in taken])
    taken.add(name)
    kind, age = dice.pick(_AGES)
    trade = dice.pick(_TRADES)
    if kind == "teenage":
        trade = "a student"
    noun = trade.split(" ", 1)[1]
    head = f"{_article(f'{kind} {noun}')} {kind} {noun}" if kind in ("young", "old") else trade
    hair = dice.pick(_HAIR_STYLES).format(c="grey" if kind == "old" and dice.chance(0.6) else dice.pick(_HAIR_COLOURS))
    garments = (*_GARMENTS, *_WOMENS) if subject == "she" else _GARMENTS
    extras = [extra for extra in _EXTRAS if subject == "he" or extra not in ("a beard", "a moustache", "a tie")]
    parts = [head, age.format(possessive=possessive), dice.pick(_BODY), dice.pick(_SKIN), hair,
             f"wearing {_clothes(dice, garments, plain=plain)}"]  # fmt: skip
    if dice.chance(0.5):
        parts.append(f"with {dice.pick(extras)}")
    gender = {"she": "woman", "he": "man"}[subject]
    speaker = f"{_article(kind or gender)} {kind} {gender}".replace("  ", " ")
    voice = f"a {dice.pick(_PITCH[subject])}, {dice.pick(_TEXTURE)} voice of {speaker}, {dice.pick(_TEMPO)} {dice.pick(_MOOD)}"
    return Person(name, ", ".join(part for part in parts if part), voice.strip().rstrip(","), subject, obj, possessive)


def animal(dice: Dice, taken: set[str]) -> Person:
    """An animal of a kind that is not taken yet; the kind is added to those taken."""
    kind, colours = dice.pick([entry for entry in _ANIMALS if f"the {entry[0]}" not in taken])
    taken.add(f"the {kind}")
    colour = dice.pick(_split(colours))
    return Person(f"the {kind}", f"{_article(colour)} {colour} {kind} {dice.pick(_MANNERS)}", "", "it", "it", "its")


def other_look(dice: Dice, who: Person, *, plain: bool = False) -> str:
    """Another appearance of somebody: the same person in other clothes, perhaps wet or hurt."""
    rest = ", ".join(part for part in who.appearance.split(", ") if not part.startswith(("wearing", "with")))
    after = dice.pick(
        _split("soaked by the rain; covered in dust; tired and pale; dressed for a feast; with a bandage on one hand; ")
    )
    return ", ".join(part for part in (rest, f"wearing {_clothes(dice, _GARMENTS, plain=plain)}", after) if part)


def _clothes(dice: Dice, garments: tuple[str, ...], *, plain: bool) -> str:
    garment = dice.pick(_PLAIN_GARMENTS if plain else garments)
    colour = dice.pick(PLAIN_COLOURS if plain else _COLOURS)
    if garment.startswith("a {c}"):
        garment = garment.replace("a {c}", f"{_article(colour)} {{c}}", 1)
    return garment.format(c=colour)


def _article(words: str) -> str:
    return "an" if words.strip()[:1] in "aeiou" else "a"
