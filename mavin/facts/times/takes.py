"""The words for a film that is one take: "One shot only, 6 seconds", "Toma única de 6 segundos", ワンカットで6秒."""

from __future__ import annotations

from mavin.facts.languages.numbers import NUMBER

__all__ = ["OF_LENGTH", "SOLE_TAKE", "TAKE"]

_NOUN = r"(?:take|shot|(?:kamera)?einstellung|aufnahme|plan|prise|plano|toma|inquadratura|ripresa|tomada)(?![^\W\d_])"
_ONLY = r"(?:only|just|exactly|nur|genau|s[oó]lo|solamente|únicamente|soltanto|seulement|apenas|somente|só)"
_ONE = r"(?:one|1|an?|eine[rn]?|ein|un[aeo]?|uma?)"
_SOLE = (
    r"(?:single|continuous|unbroken|uninterrupted|uncut|einzigen?|durchgehenden?|seule?|sol[ao]|uniques?|únic[ao]|unic[ao]|"
    r"só|continu[aoe]?|ininterrott[ao]|ininterrumpid[ao]|ininterrompu[e]?)"
)
_ALONE = r"(?:uniques?|únic[ao]|unic[ao])"
_ASIAN = r"(?<!\d)(?:ワン|1|１|一)(?:カット|ショット|テイク)(?:のみ|だけ)?|長回し"

TAKE = (
    rf"(?:\b(?:{_ONLY}\s+)?(?:{_ONE}|{_SOLE})\s+(?:(?:{_SOLE}|long)\s+){{0,3}}{_NOUN}(?:\s+only\b)?"
    rf"|\bun['’](?:{_SOLE}\s+)?(?:inquadratura|ripresa)|(?:^|[.!?\n]\s*){_NOUN}(?:\s+{_ALONE})?(?=\s)"
    rf"|\bplan[\s-]séquence|\bplano[\s-]secuencia|\bpiano[\s-]sequenza|\bplano[\s-]sequência|\bplansequenz|\boner|{_ASIAN})"
)
"""The whole film as one take; a length of it is the film's."""

OF_LENGTH = r"(?:\s(?:of|lasting|von|mit|de|di|d['’])|,|で|、)\s{0,4}"

_LEAD = r"(?:^|(?<=[.,;:!?\n(—–]))\s*(?:(?:all|alles|todo|tout|tutto|tudo)\s+)?(?:(?:in|en|em|dans|con|com|mit|avec|as)\s+)?"
_TAIL = rf"(?=\s*(?:$|[.;:!?)\n]|,(?!\s*(?:and|but|und|y|et|e)\b))|\s{{2}}|\s+(?:of|von|de|di|d['’])\s*(?:\d|(?!{_ONE}\s)(?:{NUMBER})\s))"
SOLE_TAKE = (
    rf"{_LEAD}(?:{_ONLY}\s+(?:{_ONE}\s+(?:{_SOLE}\s+)?|un['’]){_NOUN}|{_ONE}\s+{_NOUN}\s+only|"
    rf"(?:{_ONE}\s+|un['’]){_SOLE}\s+{_NOUN}|{_NOUN}\s+{_ALONE}){_TAIL}",
    r"\b(?:an?\s+|the\s+)?one-(?:shot|take)(?=\s+(?:video|clip|film|movie|scene|sequence)\b|\s*(?:$|[.,:;])|\s{2})"
    r"(?:\s+(?:scene|sequence)(?=\s*:))?",
)
"""One take as a remark that stands by itself, never as what somebody does: "fires one shot only"."""
