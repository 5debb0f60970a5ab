# ruff: noqa: E501  (tables read better unwrapped)
"""Where a shot happens in a story that is not English: the places its words name, with hour and weather.

"清晨的公园里，一位老人…"            ▶ 公园，清晨
"Ein Mann steht in einem alten Wald"  ▶ Alter Wald            (the nominative of what the preposition bends)
"Den Nebel sieht man über dem See"    ▶ See, im Nebel         (weather is no place)
"Un homme dit : …"                    ▶ Un lieu simple et dégagé, dans une lumière douce
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mavin.facts import Facts
from mavin.facts.languages.chinese.script import simplified, written_like

__all__ = ["LANGUAGES", "kind_of_place", "lit_abroad", "neutral_place", "place_abroad", "told_in"]

# Kinds of places; a sound and a background belong to each (scripting.foreign_sounds).
_HEADS: dict[str, dict[str, str]] = {
    "es": {
        "sea": r"playas?|mar|costa|orilla|puerto|muelle|océano|isla|barco|acantilado",
        "water": r"río|lago|arroyo|estanque|cascada|fuente|piscina",
        "nature": r"bosque|parque|jardín|selva|prado|granja|huerto|claro|patio|viñedo|campamento",
        "city": r"calles?|plaza|ciudad|callejón|mercado|puente|avenida|azotea|acera|carretera|barrio|pueblo|esquina|balcón",
        "station": r"estación|andén|tren|metro|vagón|aeropuerto",
        "open": r"montañas?|desierto|colina|campo|valle|cielo|cueva|sendero|camino|cumbre|cementerio",
        "eat": r"cocina|café|cafetería|restaurante|bar|panadería|taberna|comedor",
        "work": r"taller|estudio|garaje|fábrica|laboratorio|almacén|cabina",
        "hall": r"teatro|escenario|estadio|gimnasio|museo|galería|iglesia|catedral|circo|cine",
        "room": r"casa|habitación|salón|sala|oficina|biblioteca|aula|escuela|hospital|tienda|dormitorio|baño|ático|sótano|castillo|hotel|pasillo|cabaña|librería|apartamento|palacio|ascensor",
        "space": r"espacio|luna|nave(?: espacial)?",
    },
    "pt": {
        "sea": r"praias?|mar|costa|porto|cais|oceano|ilha|barco|falésia",
        "water": r"rio|lago|riacho|lagoa|cachoeira|cascata|fonte|piscina",
        "nature": r"floresta|bosque|parque|jardim|selva|prado|fazenda|quinta|pomar|quintal|clareira|acampamento",
        "city": r"ruas?|praça|cidade|beco|mercado|feira|ponte|avenida|terraço|calçada|estrada|bairro|vila|aldeia|esquina|varanda",
        "station": r"estação|plataforma|comboio|trem|metrô|metro|vagão|aeroporto",
        "open": r"montanhas?|deserto|colina|campo|vale|céu|caverna|trilha|caminho|cemitério",
        "eat": r"cozinha|café|cafeteria|restaurante|bar|padaria|taberna|lanchonete",
        "work": r"oficina|estúdio|garagem|fábrica|laboratório|armazém|cabine",
        "hall": r"teatro|palco|estádio|ginásio|museu|galeria|igreja|catedral|circo|cinema",
        "room": r"casa|quarto|sala|escritório|biblioteca|escola|hospital|loja|banheiro|sótão|porão|castelo|hotel|corredor|cabana|livraria|apartamento|palácio|elevador",
        "space": r"espaço|lua|nave(?: espacial)?",
    },
    "it": {
        "sea": r"spiaggia|mare|costa|riva|porto|molo|oceano|isola|barca|scogliera",
        "water": r"fiume|lago|ruscello|stagno|cascata|fontana|piscina",
        "nature": r"bosco|foresta|parco|giardino|giungla|prato|fattoria|orto|frutteto|cortile|radura|campeggio|vigneto",
        "city": r"strad[ae]|via|piazza|città|vicolo|mercato|ponte|viale|terrazzo|marciapiede|quartiere|villaggio|paese|borgo|balcone",
        "station": r"stazione|binario|treno|metropolitana|vagone|aeroporto",
        "open": r"montagn[ae]|deserto|collina|campo|valle|cielo|grotta|sentiero|cimitero",
        "eat": r"cucina|caffè|bar|ristorante|panetteria|osteria|trattoria|pizzeria|forno",
        "work": r"officina|studio|garage|fabbrica|laboratorio|magazzino|bottega|cabina",
        "hall": r"teatro|palco|palcoscenico|stadio|palestra|museo|galleria|chiesa|cattedrale|circo|cinema",
        "room": r"davanzale|finestra|casa|stanza|camera|salotto|soggiorno|sala|ufficio|biblioteca|aula|scuola|ospedale|negozio|bagno|soffitta|cantina|castello|albergo|hotel|corridoio|capanna|libreria|appartamento|palazzo|ascensore",
        "space": r"spazio|luna|astronave",
    },
    "fr": {
        "sea": r"plages?|mer|côte|rivage|port|quai|océan|île|bateau|falaise",
        "water": r"rivière|fleuve|lac|ruisseau|étang|cascade|fontaine|piscine",
        "nature": r"forêt|bois|parc|jardin|jungle|prairie|ferme|verger|cour|clairière|potager|vignoble",
        "city": r"rues?|place|ville|ruelle|marché|pont|avenue|toit|trottoir|route|quartier|village|terrasse|balcon|boulevard",
        "station": r"gare|train|métro|wagon|aéroport",
        "open": r"montagnes?|désert|colline|champs?|vallée|ciel|grotte|sentier|chemin|cimetière",
        "eat": r"cuisine|café|restaurant|bar|boulangerie|bistrot?|cantine|brasserie",
        "work": r"atelier|studio|garage|usine|laboratoire|entrepôt|cabine",
        "hall": r"théâtre|scène|stade|gymnase|musée|galerie|église|cathédrale|cirque|cinéma",
        "room": r"maison|chambre|salon|salle(?: de bains?)?|bureau|bibliothèque|classe|école|hôpital|magasin|boutique|grenier|cave|château|hôtel|couloir|cabane|librairie|appartement|palais|ascenseur",
        "space": r"espace|lune|vaisseau(?: spatial)?",
    },
    "zh": {
        "sea": r"海滩|沙滩|海边|大海|码头|港口|海岸|海岛|海上|船上|灯塔",
        "water": r"河边|湖边|小溪|溪边|池塘|瀑布|游泳池|泳池|江边|湖面|河畔|湖畔|喷泉",
        "nature": r"公园|森林|花园|树林|草地|草原|农场|果园|院子|丛林|田野|竹林|操场|后院|茶园|庭院|菜园|麦田",
        "city": r"街道|街头|街上|马路|巷子|小巷|胡同|广场|城市|市场|集市|夜市|天桥|桥上|屋顶|天台|村庄|小镇|十字路口|街角|阳台|东京|北京|上海|巴黎|纽约|伦敦",
        "station": r"火车站|地铁站|车站|站台|地铁|火车上|车厢|机场|公交站",
        "open": r"山顶|雪山|山上|沙漠|山坡|悬崖|山谷|雪地|山洞|天空|小路|山路|墓地|荒野",
        "eat": r"厨房|咖啡馆|咖啡店|咖啡厅|餐厅|饭馆|面馆|酒吧|面包店|茶馆|食堂|餐馆|小吃摊",
        "work": r"工厂|车间|工作室|实验室|车库|仓库|工坊|修理厂|画室",
        "hall": r"剧院|舞台|体育馆|体育场|博物馆|美术馆|教堂|寺庙|电影院|音乐厅|篮球场|足球场",
        "room": r"客厅|卧室|房间|办公室|图书馆|教室|学校|医院|便利店|药店|花店|理发店|诊所|宿舍|法庭|监狱|商店|书店|店里|店内|超市|浴室|阁楼|地下室|城堡|酒店|走廊|家里|家中|书房|屋里|屋内|会议室|电梯|病房|公寓|宫殿|小屋",
        "space": r"太空|宇宙|月球|飞船|空间站",
    },
    "ja": {
        "sea": r"浜辺|海辺|海岸|砂浜|海|港|埠頭|島|船|灯台",
        "water": r"川辺|川|湖|小川|池|滝|プール|噴水|温泉",
        "nature": r"公園|森|庭|庭園|林|草原|農場|畑|果樹園|ジャングル|校庭|竹林|花畑|裏庭|キャンプ場|牧場|田んぼ",
        "city": r"街|通り|路地|広場|町|市場|橋|屋上|交差点|商店街|道|村|街角|歩道|ベランダ|東京|京都|大阪|パリ",
        "station": r"駅|ホーム|電車|地下鉄|列車|空港|バス停",
        "open": r"山|砂漠|丘|崖|谷|雪原|洞窟|空|山頂|山道|墓地|荒野",
        "eat": r"台所|キッチン|カフェ|喫茶店|レストラン|居酒屋|バー|パン屋|食堂|厨房|ラーメン屋|屋台",
        "work": r"工場|工房|アトリエ|スタジオ|研究室|実験室|ガレージ|倉庫",
        "hall": r"劇場|舞台|体育館|スタジアム|博物館|美術館|教会|神社|寺|映画館",
        "room": r"部屋|居間|リビング|寝室|教室|学校|図書館|病院|オフィス|会議室|店|本屋|書店|廊下|家|屋根裏|地下室|城|ホテル|階段|縁側|窓辺|病室|スーパー|エレベーター|浴室|書斎",
        "space": r"宇宙|月面|宇宙船|宇宙ステーション",
    },
    # In German a head may end a longer word ("Bahnhofshalle"); the letter before it is its gender.
    "de": {
        "sea": r"m:Strand|n:Meer|f:Küste|n:Ufer|m:Hafen|m:Kai|m:Ozean|f:Insel|n:Boot|n:Schiff|f:Klippe",
        "water": r"m:Fluss|m:See|m:Bach|m:Teich|m:Wasserfall|m:Brunnen|n:Schwimmbad",
        "nature": r"m:Wald|m:Park|m:Garten|m:Dschungel|f:Wiese|m:Bauernhof|f:Lichtung|m:Hof|m:Spielplatz|m:Weinberg",
        "city": r"f:Straße|f:Gasse|f:Stadt|m:Markt|m:Marktplatz|m:Platz|f:Brücke|n:Dach|n:Dorf|f:Kreuzung|m:Balkon|m:Gehweg|f:Terrasse",
        "station": r"m:Bahnhof|m:Bahnsteig|m:Zug|f:U-Bahn|m:Flughafen|f:Haltestelle|f:Straßenbahn|n:Abteil",
        "open": r"m:Berg|m:Gipfel|f:Wüste|m:Hügel|n:Feld|n:Tal|m:Himmel|f:Höhle|m:Weg|m:Pfad|m:Friedhof",
        "eat": r"f:Küche|n:Café|n:Restaurant|f:Bar|f:Kneipe|f:Bäckerei|f:Kantine|n:Lokal|n:Wirtshaus",
        "work": r"f:Werkstatt|n:Atelier|n:Studio|f:Garage|f:Fabrik|n:Labor|n:Lager|f:Lagerhalle",
        "hall": r"n:Theater|f:Bühne|n:Stadion|f:Turnhalle|n:Museum|f:Galerie|f:Kirche|m:Zirkus|n:Kino|m:Dom|f:Halle",
        "room": r"f:Fensterbank|n:Fensterbrett|n:Haus|n:Zimmer|n:Büro|f:Bibliothek|f:Schule|n:Krankenhaus|m:Laden|m:Supermarkt|n:Bad|m:Dachboden|m:Keller|n:Schloss|f:Burg|n:Hotel|m:Flur|f:Hütte|m:Raum|m:Saal|f:Wohnung|f:Buchhandlung|m:Palast|m:Aufzug",
        "space": r"m:Weltraum|n:Weltall|m:Mond|n:Raumschiff|f:Raumstation",
    },
}  # fmt: skip
LANGUAGES = frozenset(_HEADS)

_NEUTRAL = {
    "es": "Un lugar sencillo y abierto, con luz suave de día",
    "pt": "Um lugar simples e aberto, com luz suave do dia",
    "it": "Un luogo semplice e aperto, nella luce morbida del giorno",
    "fr": "Un lieu simple et dégagé, dans la lumière douce du jour",
    "de": "Ein schlichter, offener Ort in sanftem Tageslicht",
    "zh": "一个简单开阔的地方，日光柔和",
    "ja": "何もない開けた場所、やわらかな日の光",
}

# (words, what a setting gets); hours before weather, the surest first.
_LIGHTS: dict[str, tuple[tuple[str, str], ...]] = {
    "es": ((r"noche|medianoche|nocturn[oa]", "de noche"), (r"atardecer|anochecer|ocaso|crepúsculo|puesta de sol", "al atardecer"), (r"amanecer|alba|madrugada", "al amanecer"), (r"(?:por|de|esta|una) (?:la )?mañana", "por la mañana"), (r"lluvia|llueve|lloviendo|lluvios[oa]", "bajo la lluvia"), (r"nieve|nieva|nevando", "bajo la nieve"), (r"niebla|bruma", "con niebla")),
    "pt": ((r"noite|meia-noite|noturn[oa]", "à noite"), (r"entardecer|anoitecer|pôr do sol|crepúsculo", "ao entardecer"), (r"amanhecer|alvorada|madrugada|nascer do sol", "ao amanhecer"), (r"(?:de|da|pela|esta|uma) manhã", "de manhã"), (r"chuva|chove|chovendo|chuvos[oa]", "sob a chuva"), (r"neve|neva|nevando", "sob a neve"), (r"nevoeiro|neblina|névoa", "com neblina")),
    "it": ((r"notte|mezzanotte|notturn[oa]", "di notte"), (r"tramonto|crepuscolo|sera", "al tramonto"), (r"alba", "all'alba"), (r"mattin[oa]", "di mattina"), (r"pioggia|piove|piovos[oa]", "sotto la pioggia"), (r"neve|nevica", "sotto la neve"), (r"nebbia|foschia", "nella nebbia")),
    "fr": ((r"nuit|minuit|nocturne", "la nuit"), (r"crépuscule|coucher d[ue] soleil|soir", "au crépuscule"), (r"aube|lever du (?:soleil|jour)|aurore", "à l'aube"), (r"(?:le|du|un|au|petit|ce) matin", "le matin"), (r"pluie|pleut|pluvieu(?:x|se)", "sous la pluie"), (r"neige", "sous la neige"), (r"brouillard|brume", "dans la brume")),
    "de": ((r"nachts?|mitternacht|nächtliche\w*", "bei Nacht"), (r"abends?|dämmerung|sonnenuntergang|abendlicht", "am Abend"), (r"morgengrauen|sonnenaufgang|morgenlicht|(?:am|frühen|jeden) morgen|morgens", "am frühen Morgen"), (r"regen|regnet|regnerisch\w*|verregnet\w*", "im Regen"), (r"schnee|schneit|verschneit\w*", "im Schnee"), (r"nebel|neblig\w*", "im Nebel")),
    "zh": ((r"深夜|夜晚|夜里|晚上|午夜|夜色|月光|月下|半夜", "夜晚"), (r"黄昏|傍晚|日落|夕阳|暮色", "黄昏"), (r"清晨|早晨|黎明|早上|日出|拂晓|清早", "清晨"), (r"午后|下午", "午后"), (r"下雨|雨中|大雨|雨夜|细雨|暴雨|雨天|雨水", "雨中"), (r"下雪|雪中|大雪|飘雪", "雪中"), (r"雾|薄雾", "雾中")),
    "ja": ((r"夜中|真夜中|深夜|夜|月明かり", "夜"), (r"夕暮れ|夕方|日没|夕日|黄昏|夕焼け", "夕暮れ"), (r"早朝|朝|夜明け|日の出|明け方", "朝"), (r"午後", "午後"), (r"雨", "雨"), (r"雪", "雪"), (r"霧", "霧")),
}  # fmt: skip

# Prepositions that say where; those of the second group say whence, and of what.
_WHERE = {
    "es": (r"en|por|sobre|hacia|junto a|dentro de|frente a|al|a|ante|tras|desde", r"del?"),
    "pt": (r"em|n[oa]s?|num|numa|pel[oa]|sobre|à|ao|para|dentro d[oae]|junto a[o]?|perto d[oae]", r"d[oae]s?|dum|duma"),
    "it": (r"in|nel|nella|nello|nell['’]|sul|sulla|sullo|sull['’]|al|alla|allo|all['’]|per|attraverso|verso|lungo|dentro|davanti a(?:l|lla)?|su|a", r"d[ai]|de(?:l|lla|ll['’])|da(?:l|lla|ll['’])"),
    "fr": (r"dans|sur|à|aux?|vers|sous|près de|devant|chez|en|derrière|par", r"d[eu]"),
    "de": (r"in|im|ins|am|auf|an|durch|über|betritt|neben|vor|zum|zur|beim?|hinter", r"aus|vom|von"),
}  # fmt: skip
_ARTICLES = {
    "es": r"el|la|los|las|una?|su",
    "pt": r"os?|as?|uma?|sua?|seu",
    "it": r"il|lo|la|i|gli|le|un['’]|una?|uno|l['’]",
    "fr": r"le|la|les|une?|l['’]|sa|son|leur",
    "de": r"der|die|das|den|dem|des|eine[rmns]?|ein|seine[rmns]?|ihre[rmns]?",
}
_OF = r"(?:\s+d(?:e|el|i|ei|egli|elle|ella|ello|o|a|os|as|u|es)\s+(?:l[aeo]s?\s+|una?\s+|uma?\s+|une\s+)?[\w-]+|\s+d[’'][\w-]+)?"
_NO_ADJECTIVE = r"que|qui|chi|y|e|et|o|ou|a|à|al|in|en|em|un|una|uma|une|und|sur|con|com|avec|por|la|le|el|de|di|du|del"
_TOWNS = (
    r"Berlin[o]?|Berlín|Berlim|Wien|Vienne|Viena|Vienna|Hamburg|München|Köln|Zürich|Leipzig|Dresden|Salzburg|Par[ií]s|Parigi|Lyon|Marseille|"
    r"London|Londres|Londra|Rom|Roma|Rome|Milano|Milan|Napoli|Venezia|Venise|Venecia|Veneza|Venedig|Firenze|Florence|Florencia|Torino|Madrid|"
    r"Barcelona|Sevilla|Valencia|Granada|Lisboa|Lisbonne|Lissabon|Porto|Rio de Janeiro|São Paulo|Salvador|Bogotá|Lima|Buenos Aires|"
    r"Ciudad de México|La Habana|Tokio|Tokyo|Tóquio|New York|Nueva York|Nova York|Nova Iorque|Bruxelles|Genève|Montréal"
)
_SET = r"en route|sur place|en place|en bois|en scène|en camino|en espacio"
"""Set phrases that name no place."""
_NOMINATIVE = {"m": "er", "f": "e", "n": "es"}


def _base(language: str) -> str:
    return language.split("-")[0].lower()


@dataclass(frozen=True, slots=True)
class _German:
    gender: str
    head: str


@cache
def _german_heads() -> tuple[_German, ...]:
    pairs = [entry.split(":") for kind in _HEADS["de"].values() for entry in kind.split("|")]
    return tuple(sorted((_German(*pair) for pair in pairs), key=lambda item: -len(item.head)))


@cache
def _heads(language: str) -> str:
    if language == "de":
        return (
            r"(?!(?:Traum|Albtraum|Nachbar|Anzug|Umzug|Kai)\b)(?:[A-ZÄÖÜ][\wß]*-?)?(?i:"
            + "|".join(re.escape(item.head) for item in _german_heads())
            + ")"
        )
    words = [word for kind in _HEADS[language].values() for word in re.split(r"\|(?![^(]*\))", kind)]
    if language == "ja":  # 中村, 漫画家: a name or a trade ends like a place
        words = [rf"(?<![\u4e00-\u9fff]){word}" if word in "村山川島橋森林家空町海城池" else word for word in words]
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The ways in which a language names a place, the surest first."""
    heads = _heads(language)
    if language == "zh":
        return (re.compile(rf"(?P<adj>[^\W\d_在到进走来里从去，。]{{1,6}}的)?(?P<head>{heads})"),)
    if language == "ja":
        led = r"(?P<adj>[^\W\d_はがをにで、。]{1,6}?[のいな])?(?P<pre>[\u4e00-\u9fff\u30a0-\u30ff]{0,3}?)"
        where = (
            r"(?=で|に|へ|の中|の前|の奥|の隅|の上|のほとり|を(?:歩|走|散|通|抜|見|出|飛|渡|登|行)|から|まで|[。、]|$)"
        )
        return (re.compile(rf"{led}(?<![\u4e00-\u9fff]{{3}})(?P<head>{heads}){where}"),)
    where, whence = _WHERE[language]
    article = rf"(?P<art>(?:(?i:{_ARTICLES[language]})\s*(?<=[\s'’])))?"
    if language == "de":
        noun = rf"(?P<adj>[a-zäöüß]+(?:en|er|e|es|em)\s+)?(?P<head>{heads})\b"
        tail = ""
    else:
        noun = rf"(?P<adj>(?!(?:{_NO_ADJECTIVE})\s)[\w-]+\s+)?(?P<head>(?i:{heads}))\b"
        tail = rf"(?P<tail>{_OF}|\s+[\w-]+(?=,))"
    led = rf"\b(?i:{where})(?:\s+|(?<=['’]))"
    return (
        re.compile(rf"(?!\b(?i:{_SET})\b){led}{article}{noun}{tail}"),
        re.compile(rf"\b(?i:{whence})(?:\s+|(?<=['’])){article}{noun}{tail}"),
        re.compile(rf"(?:^(?=\S)|(?=\b(?i:{_ARTICLES[language]})[\s'’])\b){article}{noun}{tail}"),
    )


def told_in(facts: Facts) -> str:
    """The prompt without what is spoken: "Good night." tells no hour."""
    text = facts.prompt
    for quote in facts.quotes:
        text = text.replace(quote.text, " ")
    return text


def _inflected(adjective: str, head: str) -> str:
    """The nominative of a German noun with its adjective: "alten Wald" ▶ "alter Wald"."""
    gender = next((item.gender for item in _german_heads() if head.casefold().endswith(item.head.casefold())), "m")
    stem = re.sub(r"(?:en|er|es|em|e)$", "", adjective.strip())
    return f"{stem}{_NOMINATIVE[gender]} {head}" if adjective.strip() else head


_RIDDEN = re.compile(
    r"tren|metro|vagón|barco|nave|trem|metrô|comboio|vagão|navio|treno|vagone|battello|train|métro|wagon|bateau|navire|(?:\w*(?:zug|schiff|boot|bahn))",
    re.IGNORECASE,
)


def place_abroad(text: str, language: str) -> str | None:
    """The words for a place in a text that is not English, ready to be a setting; ``None`` if it names none.

    Args:
        text: an event or a story.
        language: its language.
    """
    language = _base(language)
    plain = simplified(text) if language == "zh" else text
    for number, pattern in enumerate(_patterns(language)):
        for match in pattern.finditer(plain):
            if number == 2 and _RIDDEN.fullmatch(match["head"]):
                continue  # "Un tren cruza el puente": what moves is no place unless somebody is in it
            words = _words(match, language)
            at = plain.find(words)
            if words and language == "zh":
                return text[at : at + len(words)] if at >= 0 else words
            if words:
                return words[:1].upper() + words[1:]
    if language in _WHERE:
        town = re.search(rf"\b(?i:{'|'.join(_WHERE[language])}|nach)\s+({_TOWNS})\b", text)
        return town[1] if town else None
    return None


def _words(match: re.Match[str], language: str) -> str:
    groups = match.groupdict()
    adjective = groups["adj"] or ""
    if adjective and _light(adjective, language):
        adjective = ""  # the hour stands behind the place
    if language in {"zh", "ja"}:
        return re.sub(r"^一[家个間间座片条艘所]", "", f"{adjective}{groups.get('pre') or ''}{match['head']}")
    if language == "de":
        return _inflected(adjective, match["head"])
    tail = groups["tail"] or ""
    if _light(tail, language):
        tail = ""
    article = groups["art"] or ""
    if re.match(r"(?:su|sua|seu|sa|son|leur)\s", article, re.IGNORECASE):
        article = ""
    return f"{article}{adjective}{match['head']}{tail}".strip()


def _light(text: str, language: str) -> str | None:
    for words, light in _LIGHTS[language]:
        pattern = words if language in {"zh", "ja"} else rf"\b(?:{words})\b"
        if re.search(pattern, text, re.IGNORECASE):
            return light
    return None


def lit_abroad(place: str, facts: Facts) -> str:
    """A place with the hour or weather that the prompt tells: "Playa, al amanecer"."""
    language = _base(facts.language)
    told = told_in(facts)
    light = _light(simplified(told) if language == "zh" else told, language)
    light = written_like(light, facts.prompt) if light is not None and language == "zh" else light
    if light is None or light in place:
        return place
    return f"{place}，{light}" if language == "zh" else f"{place}、{light}" if language == "ja" else f"{place}, {light}"


def neutral_place(facts: Facts) -> str:
    """A setting where the prompt names no place, in its language."""
    language = _base(facts.language)
    place = _NEUTRAL[language]
    told = told_in(facts)
    if language == "zh":
        place, told = written_like(place, facts.prompt), simplified(told)
    if _light(told, language) is None:
        return place
    return lit_abroad(
        re.split(r", |，|、| in sanftem", place)[0] if language != "de" else "Ein schlichter, offener Ort", facts
    )


def kind_of_place(setting: str, language: str) -> str | None:
    """The kind that a setting in a language other than English is of ("sea", "room"), ``None`` if unknown."""
    language = _base(language)
    setting = simplified(setting) if language == "zh" else setting
    found = []
    for kind, words in _HEADS[language].items():
        if language in {"zh", "ja"}:
            hit = re.search(words, setting)
        elif language == "de":
            hit = re.search("(?i:" + "|".join(entry.split(":")[1] for entry in words.split("|")) + r")\b", setting)
        else:
            hit = re.search(rf"\b(?:{words})\b", setting, re.IGNORECASE)
        if hit:
            found.append((-hit.end() if language in {"zh", "ja", "de"} else hit.start(), -len(hit[0]), kind))
    return min(found)[2] if found else None
