"""Clothes that fit nobody's work or place: jeans in a gym, a suit at the stove, a veil on a judge.

A look that breaks this is asked for again.  What the user's own words give somebody to wear is never unfit.
"""

from __future__ import annotations

import re

from mavin.diagnostics import Diagnostic
from scripting.contracts import content_stems, problem
from scripting.word_tables import WordTable, entries

__all__ = ["check_clothes"]

_WORK_SUITS = (
    "space wet track diving flight sweat jump boiler protective swim bathing ski hazmat racing bee snow dry body"
).split()
_SUIT = "".join(f"(?<!{kind}[ -])" for kind in _WORK_SUITS) + r"suits?(?! of armou?r)"
_FORMAL = rf"{_SUIT}|tuxedos?|tux|(?:bow ?)?ties?|neckties?|gowns?|blazers?|high heels|stilettos|business attire"
_STREET = rf"{_FORMAL}|jeans|veils?|aprons?|blouses?|overcoats?|trench ?coats?"

# Who somebody is, and what such people do not work in.
_BY_WORK: WordTable = (
    (
        r"athletes?|gymnasts?|sprinters?|runners?|joggers?|boxers?|wrestlers?|weightlifters?|footballers?|cyclists?|"
        r"(?:soccer|football|basketball|tennis|volleyball|hockey|rugby) players?|climbers?|skaters?|skiers?|acrobats?",
        rf"{_STREET}|dress(?:es)?",
    ),
    (r"chefs?|cooks?|bakers?|\w+ chefs?|baristas?|dishwashers?", rf"{_FORMAL}|veils?|dress(?:es)?"),
    (
        r"swimmers?|divers?|surfers?|lifeguards?",
        rf"{_STREET}|dress(?:es)?|coats?|jackets?|sweaters?|hoodies?|boots|trousers|shoes",
    ),
    (r"astronauts?|cosmonauts?", rf"{_STREET}|dress(?:es)?|t-shirts?|shorts|sweaters?"),
    (
        r"knights?|samurais?|vikings?|gladiators?|kings?|queens?|pharaohs?|wizards?|witch(?:es)?|peasants?",
        rf"{_SUIT}|jeans|t-shirts?|sneakers|hoodies?|neckties?|tuxedos?|blazers?",
    ),
    (
        r"gardeners?|farmers?|mechanics?|plumbers?|builders?|carpenters?|miners?|potters?|blacksmiths?|welders?|fisherm[ae]n|"
        r"janitors?|lumberjacks?|firefighters?",
        rf"{_FORMAL}|veils?",
    ),
)
# What the story is about, and what nobody wears there.
_BY_STORY: WordTable = (
    (r"gyms?|gymnasium|work(?:ing)? out|workouts?", rf"{_STREET}|dress(?:es)?"),
    (r"swims?|swimming|underwater|surfs?|surfing|scuba", rf"{_STREET}|coats?|boots"),
    (
        r"snow\w*|blizzard|skis?|skiing|arctic|glacier|ice rink|frozen",
        r"shorts|swimsuits?|bikinis?|sandals|tank tops?|flip-flops",
    ),
)
# What only some wear, and whom the story must have for it.
_ONLY_FOR = (
    (r"veils?", r"brides?|nuns?|widows?|funerals?|weddings?|dancers?|beekeepers?|mourn\w*|princess(?:es)?|ghosts?"),
    (r"crowns?|tiaras?", r"kings?|queens?|princ(?:e|es|ess|esses)|royal\w*|emperors?|crown\w*|pageants?"),
    (r"(?:suits? of )?armou?r", r"knights?|warriors?|soldiers?|guards?|samurais?|gladiators?|battles?|vikings?"),
)


def check_clothes(text: str, *, path: str, prompt: str, who: str) -> list[Diagnostic]:
    """Checks that somebody's clothes fit the work and the place (English).

    Args:
        text: the model's words for a look.
        path: where they would go.
        prompt: the user's text; what it names may be worn.
        who: the user's words for the role, and its name.
    """
    told = content_stems(prompt)
    unfit = [*entries(_BY_WORK, who), *entries(_BY_STORY, prompt)]
    unfit += [worn for worn, people in _ONLY_FOR if not re.search(rf"\b(?:{people})\b", prompt, re.IGNORECASE)]
    for pattern in unfit:
        for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            if not content_stems(match.group()) <= told:
                words = match.group().casefold()
                message = (
                    f"Somebody who does this wears no {words} to it. Give clothes that fit the work and the place."
                )
                return [problem("unfit_clothes", message, path)]
    return []
