"""Numbers as people write them, and the language a text is in."""

from __future__ import annotations

import re

__all__ = ["NUMBER", "language_of", "number_of"]

_LISTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze",
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze",
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici",
    "零 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五",
)
_VALUES: dict[str, int] = {word: value for words in _LISTS for value, word in enumerate(words.split())}
_VALUES |= {"a": 1, "an": 1, "single": 1, "una": 1, "un": 1, "ein": 1, "eine": 1, "einer": 1, "einem": 1}
_VALUES |= {"une": 1, "uma": 1, "两": 2, "兩": 2, "zwo": 2, "duas": 2, "couple": 2, "half": 0}

_ALTERNATIVES = "|".join(sorted((re.escape(word) for word in _VALUES if len(word) > 0), key=len, reverse=True))
NUMBER = rf"(?:\d+(?:[.,]\d+)?|{_ALTERNATIVES})"
"""Regular expression of one number in digits or words, without groups; match it case-insensitively."""

_STOPWORDS: dict[str, frozenset[str]] = {
    "en": frozenset("the a an and is are of to in on with his her its it he she they then at into from".split()),
    "es": frozenset(
        "el la los las un una y es son de del en con su que se al luego por entonces para no dice nadie está hay sin más".split()
    ),
    "de": frozenset(
        "der die das den dem ein eine einen einem und ist sind von zu im in am an mit sein ihr er sie es dann auf nur "
        "nicht sagt bei aus durch kein keine niemand über".split()
    ),
    "fr": frozenset(
        "le la les un une et est sont de des du en dans avec son sa ses il elle puis sur au aux ne pas dit personne seul".split()
    ),
    "it": frozenset("il lo la gli le un una e è sono di del in con suo sua che poi nel nella sul al".split()),
    "pt": frozenset("o a os as um uma e é são de do da em no na com seu sua que depois ao para".split()),
    "nl": frozenset("de het een en is zijn van in met hij zij dan op naar haar".split()),
}


def number_of(text: str) -> float:
    """The value of a number that :data:`NUMBER` matched."""
    word = text.casefold().strip()
    return float(_VALUES[word]) if word in _VALUES else float(word.replace(",", "."))


def language_of(text: str) -> str:
    """Best guess at the language: by script first, then by its commonest words; ``en`` if in doubt."""
    counts = {
        "ja": len(re.findall(r"[\u3040-\u30ff]", text)) * 3,
        "zh": len(re.findall(r"[\u4e00-\u9fff]", text)),
        "ko": len(re.findall(r"[\uac00-\ud7af]", text)),
        "ru": len(re.findall(r"[\u0400-\u04ff]", text)),
        "ar": len(re.findall(r"[\u0600-\u06ff]", text)),
        "hi": len(re.findall(r"[\u0900-\u097f]", text)),
        "el": len(re.findall(r"[\u0370-\u03ff]", text)),
    }
    script = max(counts, key=lambda key: counts[key])
    latin = len(re.findall(r"[A-Za-zÀ-ɏ]", text))
    if counts[script] * 3 > latin and counts[script] > 0:
        return script
    words = re.findall(r"[^\W\d_]+", text.casefold())
    # Single letters ("a", "o", "y") are words of too many languages to vote.
    votes = {name: sum(len(word) > 1 and word in stops for word in words) for name, stops in _STOPWORDS.items()}
    best = max(votes, key=lambda key: (votes[key], key == "en"))
    if votes[best] <= votes["en"] or _mostly_english(words):
        return "en"
    return best


def _mostly_english(words: list[str]) -> bool:
    """Whether an English dictionary knows most of the words: "No one speaks" is not Portuguese."""
    from lemminflect import getAllLemmas

    known = sum(bool(getAllLemmas(word)) for word in words)
    return known * 10 >= len(words) * 7
