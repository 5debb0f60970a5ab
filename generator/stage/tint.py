# ruff: noqa: E501  (tables read better unwrapped)
"""Colours of animals and things: the word beside a noun ("a black cat", "un coche rojo") → its picture in it."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

from generator.stage import art
from generator.stage.art import Box
from generator.stage.words import Token, tokens, word_set

__all__ = ["colour_beside", "colour_told", "is_colour", "tinted"]

_PAINTS = {
    "red": "#d8402f", "orange": "#ee8a2c", "yellow": "#f6cf3a", "green": "#5c9e31", "blue": "#4a86d0",
    "purple": "#8967aa", "pink": "#f191b5", "brown": "#7d5232", "black": "#4b4b52", "white": "#f5f5f2",
    "grey": "#9b9b9a", "gold": "#e0b13c", "silver": "#c9ced4", "beige": "#dcc9a3", "turquoise": "#3fb8af",
}  # fmt: skip
"""What the colours are painted with; black is no black, so that the lines are still seen."""

_WORDS = {
    "en": "red:red,crimson,scarlet,ruby orange:orange,ginger,tangerine yellow:yellow,blond,blonde green:green,emerald,olive "
    "blue:blue,navy,azure purple:purple,violet,lilac pink:pink brown:brown,chestnut,tan black:black,jet-black,ebony "
    "white:white,snow-white,snowy grey:grey,gray gold:golden,gold silver:silver,silvery beige:beige,cream turquoise:turquoise,teal",
    "es": "red:rojo,roja,rojos,rojas orange:naranja,anaranjado,anaranjada yellow:amarillo,amarilla,amarillos,amarillas "
    "green:verde,verdes blue:azul,azules purple:morado,morada,violeta pink:rosa,rosado,rosada brown:marrón,pardo,parda,café "
    "black:negro,negra,negros,negras white:blanco,blanca,blancos,blancas grey:gris,grises gold:dorado,dorada silver:plateado,plateada",
    "fr": "red:rouge,rouges,roux,rousse orange:orange yellow:jaune,jaunes green:vert,verte,verts,vertes "
    "blue:bleu,bleue,bleus,bleues purple:violet,violette pink:rose,roses brown:brun,brune,marron black:noir,noire,noirs,noires "
    "white:blanc,blanche,blancs,blanches grey:gris,grise,grises gold:doré,dorée silver:argenté,argentée",
    "de": "red:rot,rote,roter,rotes,roten,rotem orange:orange,orangefarbene yellow:gelb,gelbe,gelber,gelbes,gelben,gelbem "
    "green:grün,grüne,grüner,grünes,grünen,grünem blue:blau,blaue,blauer,blaues,blauen,blauem purple:lila,violett,violette "
    "pink:rosa,rosafarbene brown:braun,braune,brauner,braunes,braunen,braunem "
    "black:schwarz,schwarze,schwarzer,schwarzes,schwarzen,schwarzem white:weiß,weiße,weißer,weißes,weißen,weißem "
    "grey:grau,graue,grauer,graues,grauen,grauem gold:golden,goldene,goldener,goldenes,goldenen silver:silbern,silberne,silberner",
    "it": "red:rosso,rossa,rossi,rosse orange:arancione yellow:giallo,gialla,gialli,gialle green:verde,verdi "
    "blue:blu,azzurro,azzurra purple:viola pink:rosa brown:marrone,bruno,bruna black:nero,nera,neri,nere "
    "white:bianco,bianca,bianchi,bianche grey:grigio,grigia gold:dorato,dorata silver:argentato,argentata",
    "pt": "red:vermelho,vermelha,vermelhos,vermelhas orange:laranja yellow:amarelo,amarela green:verde,verdes "
    "blue:azul,azuis purple:roxo,roxa pink:rosa brown:castanho,castanha,marrom black:preto,preta,negro,negra "
    "white:branco,branca,brancos,brancas grey:cinza,cinzento,cinzenta gold:dourado,dourada silver:prateado,prateada",
    "ru": "red:красн orange:оранжев,рыж yellow:желт,жёлт green:зелен,зелён blue:син,голуб purple:фиолетов pink:розов "
    "brown:коричнев black:черн,чёрн white:бел grey:сер gold:золот silver:серебр",
    "zh": "red:红,紅 orange:橙,橘 yellow:黄,黃 green:绿,綠 blue:蓝,藍 purple:紫 pink:粉红,粉 brown:棕,褐 black:黑 white:白 grey:灰 gold:金 silver:银,銀",
    "ja": "red:赤,紅 orange:オレンジ,橙 yellow:黄 green:緑 blue:青 purple:紫 pink:ピンク,桃色 brown:茶 black:黒 white:白 grey:灰,グレー gold:金 silver:銀",
    "ko": "red:빨간,빨강,붉은 orange:주황 yellow:노란,노랑 green:초록,녹색 blue:파란,푸른 purple:보라 pink:분홍 brown:갈색 black:검은,까만,검정 "
    "white:하얀,흰 grey:회색 gold:금색,황금 silver:은색",
}  # fmt: skip


def _table(text: str) -> dict[str, str]:
    entries = (entry.split(":") for entry in text.split())
    return {word.casefold(): name for name, words in entries for word in words.split(",")}


_TABLES = {language: _table(text) for language, text in _WORDS.items()}
_STEMS = word_set("ru ko")
_BEHIND = word_set("es fr it pt")
"""Languages whose colours follow the noun."""
_JOINED = word_set("and und y e et &")
_BETWEEN = word_set(
    "small little big large old young tiny huge fat fluffy shiny new long toy sports kleine kleiner kleines kleinen großer große "
    "großes großen alte alter altes alten junge junger dicke pequeño pequeña grande gran viejo vieja muy petit petite grand très "
    "piccolo piccola pequeno pequena de sport маленький маленькая маленькую большой большая старый старая"
)
_DARKER = word_set("dark deep oscuro oscura foncé foncée dunkel scuro scura escuro escura тёмно")
_LIGHTER = word_set("light pale bright claro clara clair claire hell chiaro chiara светло")
_COATS = word_set("fur coat feather feathers plumage wool scales body paint paintwork hide mane")
_SQUARE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def colour_beside(text: str, start: int, word: str, language: str = "en") -> str:
    """The colour (``#rrggbb``) that a text gives the noun ``word`` at ``start``, or empty.

    Args:
        text: a sentence.
        start: character offset of the noun, or of the phrase that ends with it.
        word: the noun or phrase, whose own first words may be the colour ("red car").
        language: of the text; English words count in every text.
    """
    primary = language.casefold().split("-")[0]
    names = [primary, "en"] if primary in _TABLES and primary != "en" else ["en"]
    if _SQUARE.search(word) or primary in ("zh", "ja"):
        near = text[max(0, start - 5) : start + len(word)].replace("的", "").replace("色", "")
        table = _TABLES["ja" if primary == "ja" else "zh"]
        for key in sorted(table, key=len, reverse=True):
            if re.search(rf"{key}(?:い|の|な)?[大小老]?{re.escape(word.removeprefix(key))}$", near):
                return _PAINTS[table[key]]
        return ""
    words = tokens(text)
    at = next((at for at, token in enumerate(words) if token.start >= start), None)
    if at is None:
        return ""
    count = max(1, len(word.split()))
    for name in names:
        colour = _among(words, at, count, text, name)
        if colour:
            return colour
    return ""


def _among(words: tuple[Token, ...], at: int, count: int, text: str, language: str) -> str:
    inside = [_named(token, language) for token in words[at : at + count]]
    if any(inside):
        return _PAINTS[next(name for name in inside if name)]
    for back in range(at - 1, max(-1, at - 4), -1):
        name = _named(words[back], language)
        if name:
            if back and words[back - 1] in _JOINED:
                return ""  # "a black and white cat"
            return _shaded(_PAINTS[name], words[back].before)
        if words[back] not in _BETWEEN:
            break
    if language not in _BEHIND:
        return ""
    for after in range(at + count, min(len(words), at + count + 3)):
        end = words[after - 1].start + len(words[after - 1])
        if text[end : words[after].start].strip():
            return ""
        name = _named(words[after], language)
        if name:
            following = str(words[after + 1]) if after + 1 < len(words) else ""
            joined = following in _JOINED and after + 2 < len(words) and bool(_named(words[after + 2], language))
            return "" if joined else _shaded(_PAINTS[name], following)
        if words[after] not in _BETWEEN:
            return ""
    return ""


def _named(token: str, language: str) -> str:
    table = _TABLES[language]
    if language in _STEMS:
        return next((name for stem, name in table.items() if token.startswith(stem)), "")
    return table.get(str(token), "")


def _shaded(colour: str, word: str) -> str:
    if word in _DARKER:
        return _scaled(colour, 0.72)
    return _towards_white(colour, 0.35) if word in _LIGHTER else colour


def is_colour(word: str) -> bool:
    """Whether a word is a colour's in one of the languages."""
    return any(_named(word, language) for language in _TABLES)


def colour_told(appearance: str) -> str:
    """The colour of the fur, feathers or paint that a descriptor tells of: "a fluffy cat with a white coat"."""
    words = tokens(appearance)
    for at, word in enumerate(words):
        if word in _COATS:
            for back in words[max(0, at - 3) : at][::-1]:
                name = _named(back, "en")
                if name:
                    return _shaded(_PAINTS[name], back.before)
    return ""


# ------------------------------------------------------------------------------------------ painting


@lru_cache(maxsize=128)
def tinted(code: str, colour: str) -> str:
    """A picture's drawing with its main colour, and the shades of that, replaced; as it is without a colour."""
    body = art.fragment(code)
    if not colour:
        return body
    shares = _shares(code)
    fills = {match.casefold() for match in re.findall(r'"(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})"', body)}
    full = {fill: fill if len(fill) == 7 else "#" + "".join(2 * char for char in fill[1:]) for fill in fills}
    inks = {fill for fill in fills if _light(full[fill]) < 0.08}
    ranked = sorted(fills - inks, key=lambda fill: (-shares.get(full[fill], 0), fill))
    if not ranked:
        return body
    main = _main([full[fill] for fill in ranked], shares, code)
    new = {
        fill: _scaled(colour, min(1.15, max(0.62, _light(full[fill]) / _light(main))))
        for fill in ranked
        if _is_shade_of(full[fill], main)
    }

    def paint(match: re.Match[str]) -> str:
        return f'"{new.get(match[1].casefold(), match[1])}"'

    return re.sub(r'"(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})"', paint, body)


_FRAME = "1F6B2"  # of a bicycle the frame is painted, although its wheels are larger


def _main(fills: list[str], shares: dict[str, int], code: str) -> str:
    # White is what is painted only where there is little else: a house's walls, a van's sides.
    coloured = next((fill for fill in fills if _light(fill) < 0.98), fills[0])
    white = next((fill for fill in fills if _light(fill) >= 0.98), coloured)
    return white if code != _FRAME and shares.get(white, 0) > 2 * shares.get(coloured, 0) else coloured


def _shares(code: str) -> dict[str, int]:
    image = art.raster(art.fragment(code), Box(0, 0, 72, 72), 72, 72)
    counts: dict[str, int] = {}
    for pixel in image.get_flattened_data():
        if isinstance(pixel, tuple) and pixel[3] > 250:
            key = "#{:02x}{:02x}{:02x}".format(*pixel[:3])
            counts[key] = counts.get(key, 0) + 1
    return counts


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _light(colour: str) -> float:
    red, green, blue = _rgb(colour)
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _is_shade_of(colour: str, main: str) -> bool:
    if _light(main) >= 0.98:
        return colour == main
    hue, sat, strong = colorsys.rgb_to_hsv(*_rgb(colour))
    main_hue, main_sat, _ = colorsys.rgb_to_hsv(*_rgb(main))
    if main_sat < 0.15:
        return sat < 0.15 and strong < 0.98
    apart = abs(hue - main_hue)
    return sat > 0.15 and min(apart, 1 - apart) < 0.06


def _scaled(colour: str, factor: float) -> str:
    return "#" + "".join(f"{min(255, round(255 * part * factor)):02x}" for part in _rgb(colour))


def _towards_white(colour: str, share: float) -> str:
    return "#" + "".join(f"{round(255 * (part + (1 - part) * share)):02x}" for part in _rgb(colour))
