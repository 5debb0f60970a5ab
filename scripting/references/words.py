"""Words for colours, clothes, hair and voices in six languages, as people write them in a prompt.

Tables of patterns, one entry a line; everything else about them is in :mod:`scripting.references.clashes`.
"""

from __future__ import annotations

__all__ = [
    "BALD",
    "CLOTHES_FIT",
    "COLOURS",
    "DEEP",
    "FAST",
    "GARMENTS",
    "HAIR_FIT",
    "HAIR_NOUN",
    "HIGH",
    "LONG",
    "SHORT",
    "SLOW",
    "WORN",
]

COLOURS: dict[str, str] = {
    "black": r"black|negr[oa]s?|schwarz\w*|noire?s?|[黑黒]色?い?",
    "white": r"white|blanc(?:[oa]s?|hes?|s)?|wei(?:ß|ss)(?:e[nmrs]?)?|白色?い?",
    "grey": r"gr[ae]y|silver|gris(?:es?)?|grau\w*|silber\w*|[灰银]色?|グレーの?",
    "red": r"red|crimson|scarlet|maroon|burgundy|roj[oa]s?|rot(?:e[nmrs]?)?|rouges?|[红紅]色?|赤色?い?",
    "orange": r"orangefarben\w*|oranges?|naranjas?|anaranjad[oa]s?|[橙橘]色?|オレンジ色?の?",
    "yellow": r"yellow|mustard|amarill[oa]s?|gelb\w*|jaunes?|黄色?い?",
    "green": r"green|emerald|olive|verdes?|grün\w*|vert(?:es?|s)?|[绿綠]色?|緑色?の?",
    "blue": r"blue|navy|azure|indigo|teal|turquoise|azul(?:es)?|blau\w*|bleue?s?|[蓝藍]色?|青色?い?",
    "purple": r"purple|violet(?:te)?s?|lilac|lavender|morad[oa]s?|violetas?|lila|violett\w*|紫色?の?",
    "pink": r"pink\w{0,2}|magenta|rosa(?:d[oa])?s?|roses?|粉红?色?|ピンク色?の?",
    "brown": r"brown|tan|khaki|chestnut|marr[oó]n(?:es)?|braun\w*|brune?s?|marrons?|[棕褐]色?|茶色?い?",
    "beige": r"beige|cream|米色|ベージュの?",
    "blond": r"blonde?[nmrs]?|golden|fair|rubi[oa]s?|金色?",
    "dark": r"dark|oscur[oa]s?|dunkl\w*|dunkel\w*|foncée?s?|深色",
}
"""Families of colours; ``dark`` is one for hair alone."""

GARMENTS = (
    r"(?:rain|trench|over)?coats?|jackets?|t-?shirts?|shirts?|sweaters?|jumpers?|cardigans?|hoodies?|blouses?|dress(?:es)?|gowns?|"
    r"robes?|(?:space)?suits?|uniforms?|cloaks?|capes?|parkas?|tunics?|kimonos?|saris?|jerseys?|blazers?|oilskins?|overalls|clothes|"
    r"abrigos?|chaquetas?|camisas?|camisetas?|suéter(?:es)?|vestidos?|trajes?|blusas?|uniformes?|túnicas?|capas?|"
    r"(?:regen)?m[aä]ntel\w?|jacken?|hemd\w*|blusen?|pullovers?|kleid(?:er|es)?|anz[uü]ge?|uniform(?:en)?|umh[aä]nge?|kittel|"
    r"manteaux?|vestes?|chemises?|pulls?|robes?|costumes?|blousons?|imperméables?|"
    r"外套|大衣|衣服|夹克|衬衫|毛衣|裙子|连衣裙|西装|制服|长袍|风衣|雨衣|上衣|コート|上着|シャツ|セーター|ドレス|ワンピース|スーツ|着物|ジャケット"
)
"""What is worn over the shoulders, so that a picture of head and shoulders shows it."""

WORN = (
    r"\b(?:in|wears?|wearing|wore|dressed|clad|with|his|her|their|lleva|viste|vestid[oa]|con|su|de|trägt|trug|im|mit|sein\w*|ihr\w*|"
    r"porte|portait|vêtue?s?|en|avec|sa|son)\b|[穿着]"
)
"""What stands before a garment that somebody wears; one that is found, folded or sold is none."""

HAIR_NOUN = r"hair(?:ed)?|braids?|curls|ponytail|pelo|cabellos?|haar\w*|cheveux|头发|頭髮|发|髪"
BALD = r"bald(?:-headed|headed)?|hairless|shav(?:ed|en)[- ]head(?:ed)?|calv[oa]s?|kahl(?:köpfig)?(?:e[nmrs]?)?|glatzköpfig\w*|glatze|chauves?|光头|秃头|禿頭|はげ頭|坊主頭"
LONG = r"long(?:s|ues?)?|larg[oa]s?|lang(?:e[nmrs]?)?|长|長い?"
SHORT = r"short|cropped|cort[oa]s?|kurz(?:e[nmrs]?)?|courts?|短い?"

DEEP = (
    r"(?:deep|bass|baritone)(?:,? \w+)? voice|deep-voiced|voice is (?:very )?deep|voz (?:muy )?(?:grave|profunda)|tiefe[nmr]? stimme|"
    r"voix (?:très )?(?:grave|profonde)|低沉|低い声|太い声"
)
HIGH = (
    r"(?:high|high-pitched|shrill|squeaky|piping)(?:,? \w+)? voice|high-voiced|voice is (?:very )?high|voz (?:muy )?(?:aguda|chillona)|"
    r"(?:hohe|schrille|helle)[nmr]? stimme|voix (?:très )?(?:aiguë|aigue|perçante|stridente)|尖细|尖锐的?声音|高い声|甲高い"
)
FAST = r"fast[- ]talking|talks? (?:very )?fast|speaks? (?:very )?(?:fast|quickly)|habla (?:muy )?rápido|spricht (?:sehr )?schnell|parle (?:très )?vite|语速很?快|早口"
SLOW = r"slow[- ]talking|(?:talks?|speaks?) (?:very )?slowly|habla (?:muy )?(?:despacio|lento)|spricht (?:sehr )?langsam|parle (?:très )?lentement|语速很?慢"

CLOTHES_FIT: dict[str, str] = {
    "black": "black grey blue brown dark", "dark grey": "grey black brown blue dark", "grey": "grey black white blue",
    "light grey": "grey white blue beige", "white": "white grey beige", "cream": "white beige yellow", "beige": "beige brown white yellow pink grey",
    "brown": "brown orange red beige", "dark brown": "brown black grey red", "dark red": "red brown purple pink", "red": "red orange pink brown",
    "orange": "orange red yellow brown", "yellow": "yellow orange beige brown", "olive": "green brown yellow grey beige",
    "dark green": "green black blue grey", "green": "green blue", "light green": "green yellow", "teal": "blue green", "turquoise": "blue green",
    "light blue": "blue grey white", "blue": "blue purple", "dark blue": "blue black purple grey", "purple": "purple blue pink black",
    "lilac": "purple pink blue grey", "pink": "pink red purple orange", "magenta": "pink purple red",
}  # fmt: skip
"""Which families a measured colour of clothes may be called, in one light or another."""

HAIR_FIT: dict[str, str] = {
    "black": "black brown dark", "dark brown": "brown black dark red", "brown": "brown dark red black", "light brown": "brown blond red dark",
    "blond": "blond white grey brown red yellow", "red": "red brown blond orange", "grey": "grey white blond black dark", "white": "white grey blond",
    "pink": "pink red purple", "purple": "purple blue pink", "blue": "blue purple black", "green": "green blue",
}  # fmt: skip
"""The same for hair."""
