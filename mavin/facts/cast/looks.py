"""What the prompt says of how somebody looks and sounds: "Mara in a red coat", "with a deep voice"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mavin.facts.model import RoleFact
from mavin.facts.text import MASK

__all__ = ["with_looks"]

_WORN = {
    "en": r"(?:over|rain|trench)?coats?|hats?|caps?|dress(?:es)?|gowns?|suits?|jackets?|shirts?|t-shirts?|sweaters?|vests?|ties?|raincoats?|pyjamas|pajamas|turbans?|hood(?:ie)?s?|cloaks?|capes?|"
    r"boots|shoes|scar(?:f|ves)|gloves|glasses|sunglasses|uniforms?|aprons?|robes?|helmets?|masks?|armou?r|jeans|skirts?|kimonos?|"
    r"hair|beards?|moustaches?|braids?|curls|freckles|scars?|tattoos?|eye\s?patch|wheelchair|crutches",
    "de": r"\w*(?:[Mm]antel|[Hh]ut|[Kk]leid|[Jj]acke|[Hh]emd|[Mm]ütze|[Ss]chal|[Bb]rille|[Bb]art|[Hh]aare?n?|[Uu]niform|[Aa]nzug|[Ss]tiefeln?)",
    "es": r"abrigo|sombrero|vestido|chaqueta|camisa|gorra|bufanda|gafas|barba|pelo|uniforme|traje|botas",
    "fr": r"manteau|chapeau|robe|veste|chemise|casquette|écharpe|lunettes|barbe|cheveux|uniforme|costume|bottes",
    "it": r"cappotto|cappello|vestito|abito|giacca|camicia|berretto|sciarpa|occhiali|barba|capelli|uniforme|stivali",
    "pt": r"casaco|chapéu|vestido|jaqueta|camisa|boné|cachecol|óculos|barba|cabelos?|uniforme|terno|botas",
}
_LED = {
    "en": r"(?:in|wearing|dressed\s+in|with|(?:who\s+)?wears)\s+(?:(?:an?|the|his|her|their)\s+)?",
    "de": r"(?:in|im|mit)\s+(?:(?:einem|einer|seinem|ihrem)\s+)?",
    "es": r"(?:con|de|vestid[oa]\s+(?:con|de))\s+(?:(?:un|una)\s+)?",
    "fr": r"(?:avec|en|au|à\s+la|aux|portant|vêtue?\s+d['’e])\s*(?:(?:un|une|des)\s+)?",
    "it": r"(?:con|in|col|vestit[oa]\s+di)\s+(?:(?:un|una)\s+)?",
    "pt": r"(?:com|de|vestid[oa]\s+de)\s+(?:(?:um|uma)\s+)?",
}
_VOICE = {
    "en": r"(?:with|in)\s+(?:an?|his|her)\s+(?P<voice>(?:[\w-]+,?\s+){1,3}voice)",
    "de": r"mit\s+(?:(?:einer|seiner|ihrer)\s+)?(?P<voice>(?:\w+\s+){1,2}Stimme)",
    "es": r"con\s+(?:(?:una|su)\s+)?(?P<voice>voz\s+\w+)",
    "fr": r"(?:d['’]|avec\s+)(?:(?:une|sa)\s+)?(?P<voice>voix\s+\w+)",
    "it": r"con\s+(?:(?:una|la)\s+)?(?P<voice>voce\s+\w+)",
    "pt": r"com\s+(?:(?:uma|a)\s+)?(?P<voice>voz\s+\w+)",
    "zh": r"用(?P<voice>[\u4e00-\u9fff]{1,6}?的?(?:声音|嗓音|语气))",
    "ja": r"(?:^|[がは、])(?P<voice>[^\s、。がはを「」]{1,6}声)で",
}
_BEFORE = {
    "zh": r"(?P<look>(?:身?[穿戴披]着?|留着)[^，。；、的]{1,10})的$",
    "ja": r"(?P<look>[^、。はがを]{0,8}?(?:帽子|服|コート|ドレス|着物|眼鏡|メガネ|髪|ひげ|髭)(?:を(?:着|かぶっ|被っ|かけ)た)?)の?$",
}
_COLOURS = (
    r"roj[oa]s?|negr[oa]s?|blanc[oa]s?|azul(?:es)?|verdes?|gris(?:es)?|amarill[oa]s?|larg[oa]s?|cort[oa]s?|viej[oa]s?|"
    r"rouges?|noire?s?|blanc(?:he)?s?|bleue?s?|vert(?:e)?s?|jaunes?|longs?|longues?|courts?|"
    r"ross[oaie]|ner[oaie]|bianc(?:o|a|hi|he)|blu|verd[ei]|grigi[oae]?|lung(?:o|a|hi|he)|"
    r"vermelh[oa]s?|pret[oa]s?|branc[oa]s?|cinzas?|amarel[oa]s?|long[oa]s?"
)


def with_looks(
    roles: tuple[RoleFact, ...], masked: str, prompt: str, language: str, told: Mapping[int, str]
) -> tuple[RoleFact, ...]:
    """The roles with what the words beside them say of their looks and voices.

    Args:
        roles: the cast.
        masked: the prompt with quotations masked.
        prompt: the prompt itself.
        language: its language.
        told: what asides say ("Anna (32)"), by where the words end that they stand behind.
    """
    found = []
    for role in roles:
        places = list(_places(role, masked))
        look = next((text for start, end in places if (text := _look(masked, prompt, start, end, language))), "")
        aside = next((told[end] for _, end in places if end in told), "")
        look = ", ".join(part for part in (aside, look) if part)
        voice = next((text for _, end in places if (text := _voice(masked, prompt, end, language))), "")
        found.append(replace(role, look=look, voice=voice))
    return tuple(found)


def _places(role: RoleFact, masked: str) -> Iterator[tuple[int, int]]:
    """Where the prompt speaks of a role by its first words, its name or its noun."""
    yield role.span.start, role.span.end
    words = {role.name, role.phrase} if role.named else {role.phrase}
    for word in sorted(words - {""}):
        edge = r"\b" if word.isascii() else ""
        for match in re.finditer(rf"{edge}{re.escape(word)}{edge}", masked, re.IGNORECASE):
            yield match.span()


def _look(masked: str, prompt: str, start: int, end: int, language: str) -> str:
    if language in _BEFORE:
        before = re.search(_BEFORE[language], masked[max(0, start - 16) : start])
        return before["look"] if before else ""
    if language not in _WORN:
        return ""
    again = rf"(?:\s+(?:and|und|y|et|e)\s+(?:an?\s+)?(?:[\w-]+\s+){{0,2}}(?:{_WORN[language]}))?"
    tail = rf"(?:\s+(?:{_COLOURS})\b)?" if language in {"es", "fr", "it", "pt"} else ""
    pattern = rf"(?:,\s*|\s+)(?P<look>{_LED[language]}(?:[\w-]+,?\s+){{0,3}}?(?:{_WORN[language]})\b{again}{tail})"
    match = re.compile(pattern).match(masked, end)
    words = prompt[slice(*match.span("look"))] if match and MASK not in match.group() else ""
    return re.sub(r"^(?:who\s+)?wears\b", "wearing", words, flags=re.IGNORECASE)


def _voice(masked: str, prompt: str, end: int, language: str) -> str:
    if language not in _VOICE:
        return ""
    behind = re.split(r"[.;!?。\n\ue000]", masked[end : end + 90], maxsplit=1)[0]
    match = re.search(_VOICE[language], behind)
    # The voice is of whom the words stand beside: nobody else may come between.
    if match is None or re.search(r"\b(?:and|und|y|et|while|as)\s+(?:an?|the|[A-ZÀ-Þ])", behind[: match.start()]):
        return ""
    return prompt[end + match.start("voice") : end + match.end("voice")]
