"""Numbers as people write them, and the language a text is in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["NUMBER", "WORD_NUMBER", "language_of", "language_of_total", "number_of"]

_LISTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete "
    "dezoito dezenove",
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti ventuno ventidue ventitré ventiquattro venticinque ventisei ventisette "
    "ventotto ventinove",
    "nul een twee drie vier vijf zes zeven acht negen tien",
    "ноль один два три четыре пять шесть семь восемь девять десять",
)
_TENS = (
    ("twenty thirty forty fifty sixty seventy eighty ninety", 2, ("-", " "), _LISTS[0]),
    ("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 3, (" y ",), _LISTS[1]),
    ("vingt trente quarante cinquante soixante", 2, ("-", " ", " et ", "-et-"), _LISTS[3]),
    ("vinte trinta quarenta cinquenta sessenta", 2, (" e ",), _LISTS[4]),
    ("trenta quaranta cinquanta sessanta", 3, ("",), _LISTS[5]),
)
_ARTICLES: dict[str, float] = {
    **dict.fromkeys("a an single un una une ein eine einer einem einen uma um uno één одну одна".split(), 1),
    **dict.fromkeys("zwo duas две двух 两 兩 couple".split(), 2),
    "трёх": 3, "трех": 3, "veintiún": 21, "veintiuna": 21, "veintidos": 22, "veintitres": 23, "veintiseis": 26,
    "dieciseis": 16, "dezasseis": 16, "dezassete": 17, "dezanove": 19, "ventitre": 23, "catorze": 14,
    "fuenf": 5, "zwoelf": 12, "fuenfzehn": 15, "dreissig": 30,
}  # fmt: skip


def _german() -> dict[str, float]:
    """The compounds of German: "fünfundzwanzig", "zweieinhalb"."""
    units = ["", "ein", *_LISTS[2].split()[2:10]]
    tens: dict[str, float] = {"zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60}
    found = dict(tens)
    for word, ten in tens.items():
        found.update({f"{unit}und{word}": ten + value for value, unit in enumerate(units) if unit})
    halves: dict[str, float] = {f"{unit}einhalb": value + 0.5 for value, unit in enumerate(units) if unit}
    return found | halves | {"anderthalb": 1.5, "eineinhalb": 1.5, "einundeinhalb": 1.5, "anderhalve": 1.5}


def _chinese() -> dict[str, float]:
    """Numerals of Chinese and Japanese up to 99: 十二, 二十五."""
    digits = "〇一二三四五六七八九"
    found: dict[str, float] = {digit: float(value) for value, digit in enumerate(digits)} | {"零": 0.0}
    for tens in range(1, 10):
        for unit in range(10):
            found[("" if tens == 1 else digits[tens]) + "十" + (digits[unit] if unit else "")] = tens * 10 + unit
    return found


def _values() -> dict[str, float]:
    found: dict[str, float] = {}
    for words in _LISTS:
        found |= {word: value for value, word in enumerate(words.split()) if word not in found}
    for words, first, links, units in _TENS:
        for ten, word in enumerate(words.split(), start=first):
            found[word] = ten * 10
            for value, unit in enumerate(units.split()[1:10], start=1):
                found |= {f"{word}{link}{unit}": ten * 10 + value for link in links}
    for word, article in _ARTICLES.items():
        found.setdefault(word, article)
    found |= {f"{ten} et une": value for ten, value in (("vingt", 21), ("trente", 31), ("quarante", 41))}
    found |= {f"{ten} y un{end}": value for ten, value in (("treinta", 31), ("cuarenta", 41)) for end in ("", "a")}
    return found | _german() | _chinese()


def _pattern(words: Iterable[str]) -> str:
    """One regular expression for many words: shared beginnings once, the longest word preferred."""
    ended = False
    groups: dict[str, list[str]] = {}
    for word in words:
        if word:
            groups.setdefault(word[0], []).append(word[1:])
        else:
            ended = True
    branches = [re.escape(first) + _pattern(rests) for first, rests in sorted(groups.items())]
    if not branches:
        return ""
    if len(branches) == 1 and not ended:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ended else ''}"


_VALUES = _values()
WORD_NUMBER = _pattern(word.replace(" ", "_") for word in _VALUES).replace("_", r"\s")
"""Regular expression of one number in words; match it case-insensitively."""

NUMBER = rf"(?:\d+(?:[.,]\d+)?|{WORD_NUMBER})"
"""Regular expression of one number in digits or words, without groups; match it case-insensitively."""

_STOPWORDS: dict[str, frozenset[str]] = {
    "en": frozenset("the a an and is are of to in on with his her its it he she they then at into from".split()),
    "es": frozenset(
        "el la los las un una y es son de del en con su que se al luego por entonces para dice pregunta responde grita "
        "susurra después mientras mujer mujeres hombre hombres niño niña niños dos tres perro gato segundos personas hablan".split()
    ),
    "de": frozenset(
        "der die das ein eine einen einem und ist sind von zu im in mit sein ihr er sie es dann auf sagt fragt ruft antwortet "
        "flüstert danach während frau mann kind hund katze sekunden zwei drei personen sprechen nur".split()
    ),
    "fr": frozenset(
        "le la les un une et est sont de des du en dans avec son sa ses il elle puis sur au aux dit demande répond crie "
        "chuchote pendant femme homme enfant chien secondes deux trois personnes parlent".split()
    ),
    "it": frozenset(
        "il lo la gli le un una e è sono di del in con suo sua che poi nel nella sul al dice chiede risponde grida mentre donna "
        "uomo bambino cane gatto secondi due persone parlano".split()
    ),
    "pt": frozenset(
        "o a os as um uma e é são de do da em no na com seu sua que depois ao para diz pergunta responde enquanto mulher "
        "homem menino cachorro pelo pela até você não está duas dois pessoas falam apenas".split()
    ),
    "nl": frozenset(
        "de het een en is zijn van in met hij zij dan op naar haar zegt vraagt vrouw man kind hond".split()
    ),
}


def number_of(text: str) -> float:
    """The value of a number that :data:`NUMBER` matched."""
    word = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    return float(_VALUES[word]) if word in _VALUES else float(word.replace(",", "."))


def language_of(text: str, quoting: str = "") -> str:
    """Best guess at the language: by script first, then by its commonest words; ``en`` if in doubt.

    Args:
        text: the words that tell.
        quoting: the same with its quotations, where ``text`` is without them.
    """
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
    written = re.findall(r"[^\W\d_]+", text)
    names = [word.casefold() for word in written if _may_be_called(word)]
    words = [word.casefold() for word in written if not _may_be_called(word)]
    votes = {name: _votes(words, name) for name in _STOPWORDS}
    for name, letters in _LETTERS.items():
        votes[name] += min(2, len(re.findall(letters, text)))
    for name in votes:
        votes[name] += 0.5 * _brings_in_speech(quoting or text, name)  # "Un poliziotto sussurra «Vieni»"
    for name, told in votes.items():
        votes[name] += _votes(names, name) if told else 0  # a name alone tells no language
    if not any(votes.values()):
        accents = {name: len(re.findall(letters, text)) for name, letters in _ACCENTS.items()}
        votes[max(accents, key=lambda key: accents[key])] = float(max(accents.values()))
    if votes["pt"] == votes["it"] and re.search(r"(?:^|[.!?]\s+)(?:O|Os|As|Um|Uma)\s", text):
        votes["pt"] += 0.5  # no Italian sentence opens with them
    if votes["fr"] == votes["it"] and _ITALIAN_ARTICLE.match(text):
        votes["it"] += 0.5
    best = max(votes, key=lambda key: (votes[key], key == "en"))
    if votes[best] <= votes["en"]:
        return "en"
    if _brings_in_speech(quoting or text, best):
        return best  # "Ana dice «Hola»": an English dictionary knows "dice" too
    return "en" if _mostly_english(re.findall(r"[^\W\d_]+", text)) else best


_TOTALS = {
    "es": frozenset("duración segundos en total".split()),
    "de": frozenset("dauer länge laufzeit gesamt gesamtdauer gesamtlänge sekunden insgesamt".split()),
    "fr": frozenset("durée totale secondes en au total tout".split()),
    "it": frozenset("durata totale secondi in".split()),
    "pt": frozenset("duração total segundos no".split()),
}
_OWN_TOTALS = frozenset(
    "duración dauer länge laufzeit gesamtdauer gesamtlänge sekunden insgesamt durée durata duração".split()
)


def language_of_total(told: str) -> str | None:
    """The language of words that give nothing but names before lines and the film's length: "Anne : … Durée : 8 s."."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+(?!\w)", told)]
    labels = {word.casefold() for word in re.findall(r"([^\W\d_]+)\s?:", told)} - _OWN_TOTALS
    left = {word for word in words if word not in labels and word not in {"s", "sec", "sek", "seg"}}
    return next((name for name, totals in _TOTALS.items() if left & _OWN_TOTALS and left <= totals), None)


def told_by_words(text: str, language: str) -> float:
    """How many of the commonest words of a language a text holds."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    return _votes(words, language) if language in _STOPWORDS else 0.0


def _may_be_called(word: str) -> bool:
    """Whether a word is written as a name and is one: Italians say "mia", but "MIA:" and "Mia says" call her."""
    from mavin.facts.languages.english.people import is_first_name

    return word[:1].isupper() and word != "Elle" and is_first_name(word.casefold())


def _brings_in_speech(text: str, language: str) -> int:
    """How often one of a language's verbs of speech stands before a colon, or beside a quotation."""
    from mavin.facts.languages.speech_verbs import FOREIGN_VERBS

    verbs = FOREIGN_VERBS.get(language)
    if verbs is None:
        return 0
    beside = rf"\b(?:{verbs})(?:\s*:|,?\s*[«»“„‘\"])|[»«“”\"]\s?[,.]?\s?(?:[-–—]\s?)?(?:{verbs})\b"
    return len(re.findall(beside, text, re.IGNORECASE))


_LETTERS = {
    "es": r"[ñ¿¡]|ción\b",
    "de": r"[ßäöü]",
    "pt": r"[ãõ]|ção\b",
    "fr": r"[êûœëï]|\b[ldcjsn]['’][aeéèêiou]|[a-z]-t-",
    "it": r"[ìò]\b|\bè\b|\bdell|\bnell",
}
"""Letters and endings that tell a language apart."""
_ITALIAN_ARTICLE = re.compile(
    r"\s*Il\s+(?!(?:se|ne|la|le|me|te|lui|y|en)\b)[a-zà-ÿ]+[aoei]\s+[a-zà-ÿ]+[aoeiàùòé](?:\s+[a-zà-ÿ]+[aoeiàùòé])*\s*(?:[.,;:!?\"«“]|$)"
)
"""A noun and a verb behind "Il" which both end as Italian words do: "Il pirata sospira", not "Il sourit"."""
_ACCENTS = {"es": r"[áíóúé]", "fr": r"[èàùçâî]", "pt": r"[áâàçê]", "it": r"[èàùì]"}
"""Letters that tell something only where no word does: "«Ya voy», jadea Tomás"."""


def _votes(words: list[str], language: str) -> float:
    """How many of the words are of a language's closed classes.

    Single letters ("a", "o", "y") are words of too many languages to count as much.
    """
    from mavin.facts.languages.closed_words import words_of

    stops = _STOPWORDS[language]
    table = words_of(language)
    if table is not None:
        stops = (
            stops
            | table.determiners
            | table.prepositions
            | table.conjunctions
            | table.subordinate
            | table.he
            | table.she
        )
        stops = stops | table.verbs | table.men | table.women | table.animals | table.adverbs
    return sum((1.0 if len(word) > 1 else 0.4) for word in words if word in stops)


def _mostly_english(words: list[str]) -> bool:
    """Whether an English dictionary knows most of the words: "No one speaks" is not Portuguese; names do not count."""
    from lemminflect import getAllLemmas

    common = [word for word in words if word.islower()] or [word.lower() for word in words]
    common = [word for word in common if word not in {"s", "t", "x"}]
    known = sum(bool(getAllLemmas(word)) or word in _STOPWORDS["en"] for word in common)
    return known * 10 >= len(common) * 7
