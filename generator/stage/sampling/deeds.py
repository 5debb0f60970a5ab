"""What happens in a sampled shot: sentences of one, two or no figures, with what stands there."""

from __future__ import annotations

from collections.abc import Sequence

from generator.stage.sampling.dice import Dice
from generator.stage.sampling.people import Person
from generator.stage.sampling.places import Locale

__all__ = ["action"]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


# {A} the figure at the sentence's head, {a} in its middle, {they} {them} {their} its pronouns, {b} another figure,
# {prop} a thing with its article, {spot} a place to go to.
_ALONE = _lines("""
    {A} walks slowly to {spot}
    {A} runs to {spot} without looking back
    {A} enters and stops at {spot}
    {A} leaves past {spot}
    {A} sits down at {spot}
    {A} stands at {spot} and waits
    {A} kneels beside {prop}
    {A} picks up {prop} and looks at it closely
    {A} holds {prop} in both hands
    {A} puts down {prop} and turns around
    {A} points at {prop}
    {A} waves from {spot}
    {A} looks around, then walks on
    {A} lies down beside {spot}
    {A} jumps for joy
    {A} drops {prop} and freezes
    {A} opens {prop} with care
    {A} searches behind {spot}
    {A} dances around {prop}
    {A} carries {prop} to {spot}
    {A} turns towards {spot} as something moves there
    {A} falls over {prop} and gets up again
    {A} climbs past {spot}, out of breath
    {A} hides behind {spot}
    {A} throws {prop} as far as {they} can
    {A} reaches for {prop}
    {A} examines {prop} against the light
    {A} rests at {spot} with closed eyes
    {A} creeps towards {spot}
    {A} comes back with {prop}
    {A} stumbles, and {prop} rolls away
    {A} pulls {prop} from under {their} coat
    {A} paces up and down in front of {spot}
    {A} finds {prop} at {spot}
""")
_PAIRS = _lines("""
    {A} walks towards {b}
    {A} runs after {b}
    {A} gives {prop} to {b}
    {A} shows {b} {prop}
    {A} points past {b} at {spot}
    {A} waves to {b} from {spot}
    {A} and {b} stand side by side at {spot}
    {A} and {b} sit down at {spot}
    {A} sits while {b} walks up and down
    {A} turns to {b} and nods
    {A} takes {prop} from {b}
    {A} kneels in front of {b}
    {A} hides {prop} from {b}
    {A} looks at {b} for a long moment
    {A} and {b} dance around {prop}
    {A} leaves, and {b} looks after {them}
    {A} enters as {b} picks up {prop}
    {A} bows to {b}
    {A} steps between {b} and {spot}
    {A} catches {b} by the sleeve
    {A} throws {prop} to {b}
    {A} helps {b} over to {spot}
    {A} follows {b} to {spot}
    {A} and {b} search the ground around {prop}
    {A} leans over to {b}, who holds {prop}
    {A} laughs, and {b} shakes {their_b} head
""")
_BEASTS = _lines("""
    {A} runs across to {spot}
    {A} sniffs at {prop}
    {A} sleeps beside {prop}
    {A} jumps over {prop}
    {A} trots to {spot} and sits down
    {A} stands still and listens
    {A} pushes {prop} along the ground
    {A} looks up from {spot}
    {A} turns in circles around {prop}
    {A} walks away past {spot}
    {A} comes closer, step by step
    {A} lies down at {spot}
""")
_WITH_BEASTS = _lines("""
    {A} strokes {b}
    {A} runs after {b}
    {A} shows {prop} to {b}
    {A} kneels in front of {b}
    {A} watches {b} at {spot}
    {A} carries {prop} while {b} follows
    {A} points, and {b} runs to {spot}
    {A} sits at {spot}, and {b} lies down beside {them}
""")
_EMPTY = _lines("""
    Nobody is there; {prop} lies at {spot}
    {Prop} stands alone at {spot}
    {Prop} falls over by itself
    {Prop} rolls slowly towards {spot}
    Only {prop} is left, close to {spot}
    Nothing moves around {prop}
    {Prop} glows faintly beside {spot}
""")
_ADDED = _lines("""
    The light changes
    A shadow passes over {spot}
    {Prop} stands close by
    Nobody notices {prop} at {spot}
    {They} takes a deep breath
    Then {they} stops
    {They} smiles for the first time
    {Their} hands tremble
    Somewhere behind, something falls
    {They} looks back once
""")
_TALKING = _lines("""
    {A} speaks, hardly moving
    {A} talks and looks at {prop}
    {A} raises {their} head and speaks
    {A} stops at {spot} to speak
    {A} talks with both hands in the air
    {A} says what {they} has come to say
    {A} steps forward and speaks
    {A} holds up {prop} and talks
    {A} sits at {spot} and talks
    {A} turns around to answer
    {A} leans closer and speaks
    {A} points at {prop} and talks
""")


def action(
    dice: Dice, present: Sequence[Person], speakers: Sequence[Person], place: Locale, *, plain: bool = False
) -> str:
    """One or two sentences for a shot.

    Args:
        dice: of the shot.
        present: who is seen, at most so many as the script has roles.
        speakers: those of them who have a line in it.
        place: where it is.
        plain: without things.
    """

    def one(templates: Sequence[str]) -> str:
        return dice.pick([line for line in templates if "prop}" not in line.lower()] if plain else templates)

    prop, spot = dice.pick(place.props), dice.pick(place.spots)
    if not present:
        return "Nobody is there." if plain else _filled(dice.pick(_EMPTY), prop, spot)
    first = speakers[0] if speakers else dice.pick(present)
    others = [who for who in present if who is not first]
    second = dice.pick(others) if others else None
    if not first.speaks:
        template = one(_BEASTS)
    elif second is None:
        template = one(_TALKING if speakers and dice.chance(0.6) else _ALONE)
    elif speakers and dice.chance(0.35):
        template = one(_TALKING)
    else:
        template = one(_PAIRS if second.speaks else _WITH_BEASTS)
    said = [_filled(template, prop, spot, first, second)]
    quiet = [who for who in others if who is not second or "{b}" not in template]
    if quiet:
        who = dice.pick(quiet)
        said.append(
            _filled(one(_ALONE if who.speaks else _BEASTS), dice.pick(place.props), dice.pick(place.spots), who)
        )
    elif dice.chance(0.35):
        more = [line for line in _ADDED if first.speaks or ("{They}" not in line and "{Their}" not in line)]
        said.append(_filled(one(more), dice.pick(place.props), dice.pick(place.spots), first))
    return " ".join(said)


def _filled(template: str, prop: str, spot: str, first: Person | None = None, second: Person | None = None) -> str:
    words = {"prop": prop, "Prop": prop[0].upper() + prop[1:], "spot": spot}
    if first is not None:
        words |= {
            "A": first.name[0].upper() + first.name[1:], "a": first.name, "they": first.subject, "them": first.object,
            "their": first.possessive, "They": first.subject.capitalize(), "Their": first.possessive.capitalize(),
        }  # fmt: skip
    if second is not None:
        words |= {"b": second.name, "their_b": second.possessive}
    return template.format(**words) + "."
