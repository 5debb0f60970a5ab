# ruff: noqa: E501  (tables)
"""What people say in a sampled story: a small grammar of sentences, from one word to twenty."""

from __future__ import annotations

from collections.abc import Sequence

from generator.stage.sampling.dice import Dice
from generator.stage.sampling.people import Person
from generator.stage.sampling.places import Locale
from mavin.speech import natural_ms

__all__ = ["CALM_DELIVERIES", "DELIVERIES", "line"]

DELIVERIES = (
    "quietly", "loudly", "whispering", "shouting", "laughing", "calmly", "nervously", "angrily", "sadly", "gently",
    "out of breath", "firmly", "", "", "", "", "",
)  # fmt: skip
"""How a line may be said; the empty ones leave it open."""
CALM_DELIVERIES = ("calmly", "firmly", "", "")
"""Those that leave a voice as high as it is."""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


_SHORT = _lines("""
    Wait!
    Look at that.
    Come with me.
    Not again.
    Are you sure?
    I knew it.
    Over here!
    Who is there?
    Thank you.
    Hold on.
    It's empty.
    Don't move.
    Say that again.
    That's it!
    Leave it there.
    Too late.
    What was that?
    I see.
    Follow me, quickly.
    Let me try.
    No, not that one.
    Listen!
    We made it.
    Good morning, {name}.
    Is that you, {name}?
    {name}, look!
    Give me {prop}.
    Where is {prop}?
    Never touch {prop}.
    Behind {spot}!
    That {noun} is mine.
    One {noun} is enough.
    What a {noun}!
    Take the {noun} and go.
    Stay away from {spot}.
    Meet me at {spot}.
    I was here {ago}.
    Only until {moment}.
    See you at {moment}.
    In {time}, perhaps.
    Ask my {kin}.
    My {kin} was right.
    Do you hear {sound}?
    That sounds like {sound}.
    Not before {moment}.
    Was it there {ago}?
    We need {number} more.
    I counted {number} of them.
    Close the door, {name}.
    Sit down, {name}.
    You are early, {name}.
    Never mind the {noun}.
    Stop it, {name}!
    No {noun}, no {thing}.
    Is this your {noun}?
    I lost the {noun}.
    So this is {spot}.
    Step back from {spot}.
    Try {spot} first.
    The {weather} is coming.
    I hate this {weather}.
    Tell my {kin} nothing.
""")
_CORES = _lines("""
    I have been looking for {prop} all {span}
    you left {prop} at {spot}
    nobody has been here for {time}
    there is something strange about {prop}
    we have to leave before {moment}
    my {kin} gave me {prop} {ago}
    I can hear {sound} behind {spot}
    this is not the {thing} I remember
    somebody must have moved {prop} {ago}
    I promised to bring {prop} back by {moment}
    you were right about {spot}
    we could hide {prop} under {spot}
    I would give anything for {prop} right now
    it takes {time} to walk there and back
    they will never believe what we found at {spot}
    I only wanted to borrow {prop}
    there were {number} of them {ago}
    the whole town is talking about {prop}
    I have never told anyone about {spot}
    the {weather} will be here by {moment}
    it was never about {prop}
    I think we are being watched from {spot}
    everything changed {ago}
    you should have seen {spot} in the old days
    I know who broke {prop}
    we still have {number} minutes
    {prop} belongs to my {kin}
    the key to all this is {prop}
    I dreamed of this place {ago}
    you can keep {prop} if you stay
    I have carried {prop} for {time}
    we met at {spot} {ago}
    it smells of {weather} and old stone
    my {kin} says the {weather} never lies
    the last train leaves at {moment}
    someone painted {prop} in another colour {ago}
    I left the light on at {spot}
    they pay {number} coins for {prop}
    this is where my {kin} used to sing
    the {thing} you told me about begins at {spot}
    I would rather lose {prop} than a friend
    there is a door behind {spot} that nobody opens
    we will need {prop} before {moment}
    the dog next door has eaten {number} of my shoes
    your {kin} called {ago} and asked for {prop}
    I have not slept for {time}
    {sound} kept me awake until {moment}
    we should ask your {kin} about {prop}
    nothing here is older than {prop}
    I can fix {prop} in {time}
""")
_QUESTIONS = _lines("""
    have you seen {prop} anywhere
    did you hear {sound} just now
    why did you bring {prop} to {spot}
    how long have you been standing at {spot}
    what would your {kin} say about {prop}
    do you remember what happened {ago}
    can you reach {prop} from there
    who told you about {spot}
    will you still be here at {moment}
    what are you doing with {prop}
    is it true that you sold {prop} {ago}
    when did you last open {prop}
    would you carry {prop} for me
    are there really {number} of them
    shall we wait for {name} at {spot}
    could {sound} have come from {spot}
    who would pay {number} coins for {prop}
    what time did your {kin} come home {ago}
    does {prop} look different to you
    what if the {weather} comes before {moment}
    can we trust your {kin}
    where were you {ago}
""")
_JOINS = (", and ", ", but ", " because ", ", so ", " while ", "; ", ", although ", " since ")
_OPENERS = ("Well, ", "Listen, ", "Believe me, ", "Honestly, ", "You know, ", "Look, ", "Of course, ", "Maybe ", "And now ",
            "Do not worry, ", "If you ask me, ", "Between you and me, ", "{name}, ", "{name}, listen: ", "I am afraid ", "Good news: ")  # fmt: skip
_TAILS = (", I am sure of it", ", and nobody else knows", ", whatever happens", ", at least for today", ", as always", ", so let us begin",
          ", but keep it to yourself", ", and that is all there is to it", ", I swear", ", and we are running out of time")  # fmt: skip
_SLOTS = {
    "span": _lines("morning\nday\nnight\nweek\nwinter\nsummer"),
    "time": _lines("ten years\na whole week\nhours\nalmost a month\nthree days\nmost of the night"),
    "moment": _lines("midnight\nnoon\nsunrise\nfive o'clock\nthe end of the week\nnightfall\ntomorrow\nthe first bell"),
    "ago": _lines(
        "last night\nyesterday\na year ago\nthis morning\nlong ago\nwhen I was a child\nlast summer\nan hour ago"
    ),
    "kin": _lines("mother\nfather\nsister\nbrother\ngrandmother\nuncle\nteacher\nneighbour\noldest friend"),
    "number": _lines("three\nfour\nfive\nseven\ntwelve\ntwenty\na hundred"),
    "thing": _lines("place\ncolour\nroad\nending\nsong\nstory\nmap"),
    "sound": _lines("footsteps\nmusic\na voice\nthe wind\na bell\nan engine\nsomebody laughing\nwater"),
    "weather": _lines("storm\nrain\nsnow\nfog\nwind"),
}


def line(
    dice: Dice, speaker: Person, others: Sequence[Person], place: Locale, room_ms: int, pace: float
) -> tuple[str, int] | None:
    """Words that somebody can say in at most ``room_ms``, and how long they take; ``None`` if nothing fits.

    Args:
        dice: of the line.
        speaker: who says it.
        others: whom it may address.
        place: where.
        room_ms: the most that it may take.
        pace: how fast it is spoken: above 1 it takes less than natural.
    """
    for _ in range(8):
        text = _sentence(dice, [who for who in others if who is not speaker and who.speaks], place)
        length = round(natural_ms(text, "en") / pace / 10) * 10
        if 400 <= length <= room_ms:
            return text, length
    for template in dice.some(_SHORT, 12):
        text = _fill(dice, template, [who for who in others if who is not speaker and who.speaks], place)
        length = round(natural_ms(text, "en") / pace / 10) * 10
        if 400 <= length <= room_ms:
            return text, length
    return None


def _sentence(dice: Dice, others: Sequence[Person], place: Locale) -> str:
    kind = dice.share()
    if kind < 0.25:
        text = _fill(dice, dice.pick(_SHORT), others, place)
    elif kind < 0.5:
        text = _fill(dice, dice.pick(_QUESTIONS), others, place) + "?"
    else:
        text = _fill(dice, dice.pick(_CORES), others, place)
        if dice.chance(0.2):
            text += dice.pick(_JOINS) + _fill(dice, dice.pick(_CORES), others, place)
        if dice.chance(0.35):
            text = _fill(dice, dice.pick(_OPENERS), others, place) + text
        if dice.chance(0.25):
            text += dice.pick(_TAILS)
        text += dice.pick((".", ".", ".", "!"))
        if dice.chance(0.2):
            text += " " + _fill(dice, dice.pick(_SHORT), others, place)
    return text[0].upper() + text[1:]


def _fill(dice: Dice, template: str, others: Sequence[Person], place: Locale) -> str:
    name = dice.pick(others).name if others else dice.pick(("my friend", "my dear", "old friend"))
    prop = dice.pick(place.props).split(" ", 1)[1]
    words = {slot: dice.pick(options) for slot, options in _SLOTS.items()}
    noun = prop.removeprefix("pair of ").rsplit(" of ", 1)[-1]
    text = template.format(name=name, prop=f"the {prop}", noun=noun, spot=dice.pick(place.spots), **words)
    return text[0].upper() + text[1:] if template.startswith("{name}") else text
