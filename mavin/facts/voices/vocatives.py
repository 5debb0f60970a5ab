"""Names that a line calls somebody by: "You're late, Odette," says the driver to the woman in yellow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mavin.diagnostics import Span
from mavin.facts.cast import Cast, Naming
from mavin.facts.languages.english.grammar import is_word
from mavin.facts.languages.english.people import gender_of
from mavin.facts.languages.european.people import is_first_name
from mavin.facts.model import Event, Gender
from mavin.facts.voices.lines import Voices

__all__ = ["find_vocatives"]

_NAME = r"(?P<name>(?:(?:Mrs?|Ms|Dr|Prof|Sr|Sra|St|Capt|Lt)\.\s+)?[A-ZÀ-Þ][a-zà-ÿ'’-]+)"
_CALLED = re.compile(rf",\s+{_NAME}(?=\s*(?:[,.!?…]|$))|^{_NAME.replace('name', 'first')}(?=,\s)")
_NO_NAMES = frozenset(
    (
        "yes no okay ok please sir madam mom dad mama papa mother father well look listen wait hey hello hi god lord doctor captain boss "
        "honey darling dear love sorry thanks now then today tonight good fine right sure maybe never always again still so but and "
        # What people, and animals, exclaim.
        "ah aha ahem ahoy alas amen argh arigato attaboy aw aww ay aye bah bingo blimey boo boohoo boy bravo bye cheerio cheers "
        "ciao cor crikey cripes dang darn doh duh eek eh er erm eureka eww farewell fiddlesticks gadzooks gah gee geez golly "
        "goodbye goodnight gosh gotcha great greetings grr ha haha hah hallelujah heck hee heehee hehe heave hiya hmm hm hmph "
        "ho hooray hooya howdy huh hullo hurrah hurray hush huzzah ick indeed jeez jinkies kapow lordy man mayday meh mhm mmm "
        "nah namaste nay nope nuh oh oho oi oof ooh oops oopsie ouch ow oy pah peekaboo phew phooey pish poof pooh pow presto "
        "prithee psst rats really righto roger salud salaam shalom shazam sheesh shh shoo shucks so tada tally tarnation ta tee "
        "touche touché tsk tut ugh uh uhh um umm ur vamoose viva voila voilà wahoo wee well weee whee whew whoa whoah whoops "
        "whoopsie wilco wow wowza yah yahoo yay yeah yeehaw yep yikes yippee yo yoicks yoohoo yoo yow yuck yum yup zing zip zoinks zounds "
        "woof arf bark meow mew purr moo baa oink neigh hee-haw cluck quack ribbit squawk tweet chirp caw hoot roar growl hiss buzz cock-a-doodle-doo"
    ).split()
)
_NO_VOWEL = re.compile(r"[^aeiouyà-ÿ]+", re.IGNORECASE)
"""A sound and no name: "Pfft", "Hmmm"."""
_DRAWN_OUT = re.compile(r"(.)\1{2,}")


def find_vocatives(voices: Voices, cast: Cast, events: Sequence[Event]) -> tuple[Naming, ...]:
    """The names by which lines call the one other person there, who has no name yet.

    Where the cast holds nobody or several whom the name might mean, it names nobody.
    """
    found = []
    for index, quotation in enumerate(voices.speech):
        for match in _CALLED.finditer(quotation.text):
            group = "name" if match["name"] else "first"
            name = match[group]
            if (
                _DRAWN_OUT.sub(r"\1", name.casefold()) in _NO_NAMES
                or _NO_VOWEL.fullmatch(name)
                or (voices.grammar != "en" and not is_first_name(name))
            ):
                continue  # "Nein, Danke": elsewhere a capital alone makes no name
            if voices.grammar == "en" and is_word(name.casefold()) and gender_of(name) is Gender.UNKNOWN:
                continue  # "License, please", "Here, all night": a line begins with a capital
            speaker = voices.speakers[index][0] if index in voices.speakers else None
            there = next((event.roles for event in events if index in event.quotes), ())
            member = _whom(name, speaker, cast, there)
            at = quotation.start + voices.prompt[quotation.start : quotation.end].find(quotation.text)
            if member is not None:
                start = at + match.start(group)
                span = Span(start=start, end=start + len(name), text=name)
                found.append(Naming(start, start + len(name), name, span, "", "", False, member))
    return tuple(found)


def _whom(name: str, speaker: str | None, cast: Cast, there: Sequence[str]) -> str | None:
    facts = cast.facts()
    if any(name.casefold() in role.name.casefold().split() for role in facts):
        return None  # somebody bears it already
    gender = gender_of(name.split()[0])
    fits = [
        role
        for role in facts
        if role.key != speaker
        and role.person
        and not role.named
        and role.gender is not Gender.PLURAL
        and (gender is Gender.UNKNOWN or role.gender in {gender, Gender.UNKNOWN})
    ]
    present = [role for role in fits if role.key in there]
    return fits[0].key if len(fits) == 1 else present[0].key if len(present) == 1 else None
