# ruff: noqa: E501  (tables read better unwrapped)
"""What is heard in a story that is not English, in its own words: the action's sound, else the place's.

"Llueve sobre la ciudad"   llueve     ▶ "lluvia que cae"
"Ein Mann steht im Wald"   im Wald    ▶ "Vogelgesang"
"""

from __future__ import annotations

import re
from functools import cache

from mavin.facts.languages.chinese.script import simplified, written_like
from scripting.foreign_places import kind_of_place

__all__ = ["ambience_abroad", "sound_abroad"]

# A sound, and the words of an action that make it; the surest first.
_SOUNDS: dict[str, tuple[tuple[str, str], ...]] = {
    "es": (
        ("un teléfono que suena", r"(?:teléfono|móvil|celular)\b.*\b(?:suena|vibra)|suena\b.*\b(?:teléfono|móvil|celular)"), ("campanas", r"campanas?|timbre|campanillas?"),
        ("un violín", r"violín"), ("una guitarra", r"guitarra"), ("un piano", r"piano"), ("música", r"música|canta\w*|canción|baila\w*|orquesta|concierto"),
        ("trueno lejano", r"truen\w*|tormenta|relámpago"), ("lluvia que cae", r"lluvia|llueve|llovi\w+"), ("risas", r"ríen?|risas?|riendo"), ("llanto suave", r"llor\w+|solloz\w+"), ("aplausos", r"aplau\w+"),
        ("un perro que ladra", r"ladr\w+"), ("un gato que maúlla", r"maúlla\w*|ronronea\w*"), ("caballo al galope", r"galopa\w*|caballos?"), ("pájaros que cantan", r"pájaros?|gaviotas?"), ("un tren que pasa", r"tren"),
        ("motor de un barco", r"barco|lancha"), ("motor de un coche", r"coche|auto|carro|camión|autobús|taxi|motor|moto\w*|conduc\w+"), ("fuego que crepita", r"fuego|hoguera|llamas?|vela|chimenea"),
        ("una sartén que chisporrotea", r"fríe|sartén|cocina(?:ndo)? (?:un|una|el|la)"), ("líquido que se vierte", r"vierte|sirve (?:el |un )?(?:café|té|vino|agua)"), ("masa golpeada sobre la mesa", r"amasa\w*"), ("olas", r"olas?"), ("chapoteo en el agua", r"nadando|nadan?\b(?=\s+(?:en|por|hacia|con|entre|bajo|hasta|sol[oa]))|chapote\w+|se zambulle|salta al agua"),
        ("una puerta que cruje", r"puerta|abre la|cierra la"), ("papel que se arruga", r"carta|libro|periódico|páginas?|mapa|lee\b|leyendo"), ("un lápiz sobre papel", r"escrib\w+|dibuja\w*|pinta\w*"), ("pasos rápidos", r"corr\w+|persigue\w*|huye\w*"), ("pasos", r"camin\w+|anda\b|entra\b|sale\b|llega\b|pasea\w*|sube\b|baja\b|se acerca|se aleja|cruza"), ("viento", r"viento|vuela\w*|cometa"),
    ),
    "pt": (
        ("um telefone a tocar", r"(?:telefone|celular|telemóvel)\b.*\b(?:toca|vibra)|toca\b.*\b(?:telefone|celular)"), ("sino", r"sinos?|campainha"),
        ("um violino", r"violino"), ("um violão", r"violão|guitarra"), ("um piano", r"piano"), ("música", r"música|canta\w*|canção|dança\w*|orquestra|concerto"),
        ("trovão ao longe", r"trov\w+|tempestade|relâmpago"), ("chuva", r"chuva|chove\w*"), ("riso", r"ri\b|riem|risos?|rindo|gargalh\w+"), ("choro baixo", r"chor\w+|soluç\w+"), ("aplausos", r"aplau\w+"),
        ("um cão que ladra", r"lat[ei]\w*|ladra\w*"), ("um gato que mia", r"mia\b|ronrona\w*"), ("cavalo a galope", r"galopa\w*|cavalos?"), ("pássaros cantando", r"pássaros?|gaivotas?"), ("um trem que passa", r"trem|comboio"),
        ("motor de um barco", r"barco|lancha"), ("motor de um carro", r"carro|caminhão|ônibus|autocarro|táxi|motor|moto\w*|dirig\w+"), ("fogo crepitando", r"fogo|fogueira|chamas?|vela|lareira"),
        ("uma frigideira chiando", r"frita\w*|frigideira|cozinha(?:ndo)? (?:um|uma|o|a)"), ("líquido derramado num copo", r"serve (?:o |um )?(?:café|chá|vinho|água)|derrama|despeja"), ("massa batida na mesa", r"amassa\w*"), ("ondas", r"ondas?"), ("água agitada", r"nada\b(?=\s+(?:n[oa]s?|em|com|até|entre|sob|sozinh))|nadando|mergulha\w*|salta na água"),
        ("uma porta que range", r"porta|abre a|fecha a"), ("papel amassado", r"carta|livro|jornal|páginas?|mapa|lê\b|lendo"), ("um lápis no papel", r"escrev\w+|desenha\w*|pinta\w*"), ("passos rápidos", r"corr\w+|persegue|foge"), ("passos", r"caminha\w*|anda\b|andando|entra\b|sai\b|chega\b|passeia\w*|sobe\b|desce\b|se aproxima|atravessa"), ("vento", r"vento|voa\w*|pipa"),
    ),
    "it": (
        ("un telefono che squilla", r"(?:telefono|cellulare)\b.*\b(?:squilla|suona|vibra)|squilla\b.*\b(?:telefono|cellulare)"), ("campane", r"campan\w+"),
        ("un violino", r"violino"), ("una chitarra", r"chitarra"), ("un pianoforte", r"piano(?:forte)?"), ("musica", r"musica|canta\w*|canzone|balla\w*|danza\w*|orchestra|concerto"),
        ("tuono lontano", r"tuon\w+|temporale|lampo"), ("pioggia", r"pioggia|piove\w*"), ("risate", r"ride\b|ridono|risata|ridendo"), ("pianto sommesso", r"piange\w*|singhiozz\w+"), ("applausi", r"applau\w+"),
        ("un cane che abbaia", r"abbai\w+"), ("un gatto che miagola", r"miagola\w*|fusa"), ("cavallo al galoppo", r"galoppa\w*|cavall[oi]"), ("uccelli che cantano", r"uccell\w+|gabbian\w+"), ("un treno che passa", r"treno"),
        ("motore di una barca", r"barca|motoscafo"), ("motore di un'auto", r"auto\b|macchina|camion|autobus|taxi|motore|moto\b|guida\b"), ("fuoco che crepita", r"fuoco|falò|fiamm\w+|candela|camino"),
        ("una padella che sfrigola", r"frigge\w*|padella|cucina (?:un|una|il|la)"), ("liquido versato in un bicchiere", r"versa\w*"), ("impasto battuto sul tavolo", r"impasta\w*"), ("onde", r"ond[ae]"), ("tuffo nell'acqua", r"nuota\w*|si tuffa\w*"),
        ("una porta che cigola", r"porta\b|apre la|chiude la"), ("carta che fruscia", r"lettera|libro|giornale|pagin\w+|mappa|legge\b|leggendo"), ("una matita sulla carta", r"scriv\w+|disegna\w*|dipinge\w*"), ("passi veloci", r"corr\w+|insegue\w*|fugge\w*"), ("passi", r"cammina\w*|passeggia\w*|entra\b|esce\b|arriva\b|sale\b|scende\b|si avvicina|attraversa"), ("vento", r"vento|vola\w*|aquilone"),
    ),
    "fr": (
        ("un téléphone qui sonne", r"(?:téléphone|portable)\b.*\b(?:sonne|vibre)|sonne\b.*\b(?:téléphone|portable)"), ("une cloche qui sonne", r"cloches?|sonnette|carillon"),
        ("un violon", r"violon"), ("une guitare", r"guitare"), ("un piano", r"piano"), ("musique", r"musique|chante\w*|chanson|danse\w*|orchestre|concert"),
        ("tonnerre au loin", r"tonnerre|orage|éclair"), ("pluie qui tombe", r"pluie|pleut|averse"), ("des rires", r"rit\b|rient|rires?|riant"), ("des pleurs étouffés", r"pleur\w+|sanglot\w+"), ("applaudissements", r"applaudi\w+"),
        ("un chien qui aboie", r"aboie\w*"), ("un chat qui miaule", r"miaule\w*|ronronne\w*"), ("un cheval au galop", r"galope\w*|cheval|chevaux"), ("oiseaux qui chantent", r"oiseaux?|mouettes?"), ("un train qui passe", r"train(?! de)"),
        ("moteur de bateau", r"bateau|voilier"), ("moteur de voiture", r"voiture|camion|autobus|taxi|moteur|moto|conduit"), ("feu qui crépite", r"feu\b|flammes?|bougie|cheminée"),
        ("une poêle qui grésille", r"poêle|fait frire|fait revenir"), ("un liquide versé dans un verre", r"verse\w*"), ("pâte frappée sur la table", r"pétri\w+"), ("vagues", r"vagues?"), ("eau qui éclabousse", r"nage\w*|plonge\w*"),
        ("une porte qui grince", r"porte\b(?! (?:un|une|des|le|la))|ouvre la|ferme la"), ("papier froissé", r"lettre|livre|journal|pages?|carte|lit (?:un|une|le|la|son|sa)\b"), ("un crayon sur le papier", r"écri\w+|dessine\w*|peint\b"), ("bruits de pas rapides", r"cour(?:t|ent|ir|ant)|poursuit|s'enfuit"), ("bruits de pas", r"marche\w*(?! de)|se promène\w*|entre\b(?! les| deux)|sort\b|arrive\b|monte\b|descend\b|s'approche|traverse"), ("vent", r"vent\b|vole\w*|cerf-volant"),
    ),
    "de": (
        ("ein Telefon klingelt", r"(?:telefon|handy)\b.*\b(?:klingelt|vibriert)|klingelt\b.*\b(?:telefon|handy)"), ("Glocken läuten", r"\w*glocken?"), ("eine Klingel", r"klingel\w*"),
        ("Geigenmusik", r"geig\w+|violine"), ("Gitarrenmusik", r"gitarre"), ("Klaviermusik", r"klavier"), ("Musik", r"musik|singt|singen|lied|tanz\w*|orchester|konzert"),
        ("ferner Donner", r"donner\w*|gewitter|blitz\w*"), ("Regen prasselt", r"regen|regnet"), ("leises Lachen", r"lach\w+|kicher\w+"), ("leises Weinen", r"weint|weinen|schluchz\w+"), ("Applaus", r"applau\w+|klatsch\w+"),
        ("ein Hund bellt", r"bell(?:t|en)"), ("eine Katze miaut", r"miau\w+|schnurr\w+"), ("Hufe im Galopp", r"galopp\w+|pferde?"), ("Vögel zwitschern", r"vögel|vogel|möwen?"), ("ein Zug fährt vorbei", r"zug|züge"),
        ("ein Boot mit laufendem Motor", r"boot|schiff"), ("ein Motor läuft", r"auto|wagen|lkw|bus|taxi|motor\w*|fährt"), ("Feuer knistert", r"feuer|lagerfeuer|flammen?|kerze|kamin"),
        ("eine Pfanne brutzelt", r"brät|braten|pfanne"), ("Wasser wird eingegossen", r"gießt|schenkt .* ein"), ("Teig schlägt auf Holz", r"knetet|teig"), ("Wellen rauschen", r"wellen?"), ("Wasser spritzt", r"schwimmt|schwimmen|taucht|springt ins wasser"),
        ("eine Tür knarrt", r"tür|tor"), ("Papier raschelt", r"brief|buch|zeitung|seiten?|karte|liest"), ("ein Stift auf Papier", r"schreibt|schreiben|zeichnet|malt"), ("schnelle Schritte", r"rennt|rennen|verfolgt|flieht|jagt"), ("Schritte", r"geht|gehen|läuft|laufen|betritt|kommt|spaziert|wandert|steigt|nähert"), ("Wind", r"wind|fliegt|drachen"),
    ),
    "zh": (
        ("电话铃声", r"电话.{0,4}响|手机.{0,4}响|铃声"), ("钟声", r"钟声|敲钟|铃"), ("小提琴声", r"小提琴"), ("吉他声", r"吉他"), ("钢琴声", r"钢琴"), ("音乐声", r"音乐|唱|歌|跳舞|乐队"),
        ("雷声", r"雷|闪电|暴风"), ("雨声", r"雨"), ("笑声", r"笑(?!容|话)"), ("轻轻的哭声", r"哭|抽泣"), ("掌声", r"鼓掌|掌声"), ("狗叫声", r"狗叫|吠"), ("猫叫声", r"猫叫|喵"), ("马蹄声", r"骑马|马蹄|奔马"), ("鸟鸣声", r"鸟"), ("火车驶过", r"火车|列车|地铁"),
        ("船的引擎声", r"船"), ("汽车引擎声", r"汽车|开车|卡车|出租车|公交车|摩托|引擎"), ("火焰噼啪声", r"篝火|火焰|蜡烛|火堆|壁炉|点火"), ("锅里滋滋作响", r"炒|煎|炸"), ("倒水声", r"倒(?:水|茶|酒|了?一?杯|咖啡)|沏茶"), ("面团拍在案板上", r"揉面|包饺子|面团|擀"), ("海浪声", r"海浪|浪"), ("水花声", r"游泳|跳水|潜水"),
        ("门吱呀作响", r"推门|开门|关门|门"), ("翻纸声", r"看书|读书|信|报纸|书页|地图|翻"), ("铅笔划过纸面", r"写|画画|画一|作画"), ("急促的脚步声", r"跑|追|逃"), ("脚步声", r"走|散步|进来|来到|进入|离开|爬|漫步"), ("风声", r"风|飞"),
    ),
    "ja": (
        ("電話の着信音", r"電話が鳴|携帯が鳴|スマホが鳴|着信"), ("鐘の音", r"鐘|チャイム|ベル"), ("バイオリンの音楽", r"バイオリン|ヴァイオリン"), ("ギターの音楽", r"ギター"), ("ピアノの音楽", r"ピアノ"), ("音楽", r"音楽|歌|踊|ダンス"),
        ("雷の音", r"雷|稲妻"), ("雨の音", r"雨"), ("笑い声", r"笑(?!顔)"), ("静かな泣き声", r"泣"), ("拍手", r"拍手"), ("犬の吠える声", r"吠"), ("猫の鳴き声", r"ニャ|猫が鳴"), ("馬のひづめの音", r"馬"), ("鳥のさえずり", r"鳥|カモメ"), ("電車の音", r"電車|列車"),
        ("船のエンジン音", r"船|ボート"), ("車のエンジン音", r"車が|車に|車を|自動車|トラック|タクシー|バイク|バスが|運転"), ("火のはぜる音", r"焚き火|火|炎|ろうそく|暖炉"), ("フライパンの焼ける音", r"炒め|焼|フライパン"), ("液体を注ぐ音", r"注"), ("生地をこねる音", r"こね|生地"), ("波の音", r"波"), ("水しぶき", r"泳|飛び込|潜"),
        ("ドアのきしむ音", r"ドア|扉|戸を"), ("紙のすれる音", r"本を|手紙|新聞|ページ|地図|読"), ("紙に走る鉛筆の音", r"書(?!店|館)|描"), ("走る足音", r"走|追|逃"), ("足音", r"歩|入って|やって来|近づ|登|去|帰|渡"), ("風の音", r"風|飛"),
    ),
}  # fmt: skip

# What a place of a kind is heard by: its own sound in a shot, its bed under the whole clip.
_PLACES: dict[str, dict[str, tuple[str, str]]] = {
    "es": {"sea": ("olas en la orilla", "Olas y viento del mar"), "water": ("agua que corre", "Agua que corre"), "nature": ("pájaros que cantan", "Canto de pájaros y viento suave"), "city": ("un coche que pasa", "Tráfico lejano"), "station": ("un tren lejano", "El rumor lejano de los trenes"), "open": ("viento", "Viento abierto"), "eat": ("platos que chocan", "Tintineo suave de platos"), "work": ("herramientas sobre metal", "El zumbido de máquinas lejanas"), "hall": ("eco de una sala grande", "El eco de una sala grande"), "room": ("el tictac de un reloj", "El silencio de una habitación"), "space": ("un zumbido grave", "Un zumbido grave")},
    "pt": {"sea": ("ondas na praia", "Ondas e vento do mar"), "water": ("água corrente", "Água corrente"), "nature": ("pássaros cantando", "Canto de pássaros e vento leve"), "city": ("um carro que passa", "Trânsito ao longe"), "station": ("um trem ao longe", "O rumor distante dos trens"), "open": ("vento", "Vento aberto"), "eat": ("tilintar de pratos", "Tilintar suave de pratos"), "work": ("ferramentas sobre metal", "O zumbido de máquinas ao longe"), "hall": ("eco de um salão", "O eco de um salão"), "room": ("o tique-taque de um relógio", "O silêncio de um quarto"), "space": ("um zumbido grave", "Um zumbido grave")},
    "it": {"sea": ("onde sulla riva", "Onde e vento dal mare"), "water": ("acqua che scorre", "Acqua che scorre"), "nature": ("uccelli che cantano", "Canto di uccelli e vento leggero"), "city": ("un motore che passa", "Traffico lontano"), "station": ("un treno lontano", "Il rombo lontano dei treni"), "open": ("vento", "Vento aperto"), "eat": ("tintinnio di piatti", "Tintinnio leggero di piatti"), "work": ("attrezzi sul metallo", "Il ronzio di macchine lontane"), "hall": ("eco di una grande sala", "L'eco di una grande sala"), "room": ("il ticchettio di un orologio", "Il silenzio di una stanza"), "space": ("un rombo profondo", "Un rombo profondo")},
    "fr": {"sea": ("vagues sur le rivage", "Vagues et vent de la mer"), "water": ("eau qui coule", "Eau qui coule"), "nature": ("oiseaux qui chantent", "Chant d'oiseaux et vent léger"), "city": ("une voiture qui passe", "Circulation au loin"), "station": ("un train au loin", "Le grondement lointain des trains"), "open": ("vent", "Vent du large"), "eat": ("tintement d'assiettes", "Tintement léger d'assiettes"), "work": ("outils sur du métal", "Le bourdonnement de machines au loin"), "hall": ("écho d'une grande salle", "L'écho d'une grande salle"), "room": ("le tic-tac d'une horloge", "Le silence d'une pièce"), "space": ("un grondement grave", "Un grondement grave")},
    "de": {"sea": ("Wellen am Ufer", "Wellen und Wind vom Meer"), "water": ("plätscherndes Wasser", "Plätscherndes Wasser"), "nature": ("Vogelgesang", "Vogelgesang und leichter Wind"), "city": ("ein Auto fährt vorbei", "Ferner Verkehr"), "station": ("ein ferner Zug", "Das ferne Rollen der Züge"), "open": ("Wind", "Offener Wind"), "eat": ("Geschirr klirrt", "Leises Klirren von Geschirr"), "work": ("Werkzeug auf Metall", "Das Summen ferner Maschinen"), "hall": ("Hall in einem großen Raum", "Der Hall eines großen Raums"), "room": ("eine Uhr tickt", "Die Stille eines Zimmers"), "space": ("ein tiefes Brummen", "Ein tiefes Brummen")},
    "zh": {"sea": ("海浪声", "海浪与海风"), "water": ("流水声", "流水声"), "nature": ("鸟鸣声", "鸟鸣与微风"), "city": ("汽车驶过", "远处的车流声"), "station": ("远处的火车声", "车站远处的隆隆声"), "open": ("风声", "空旷的风声"), "eat": ("碗碟轻碰声", "碗碟轻碰声"), "work": ("工具碰撞声", "远处机器的嗡嗡声"), "hall": ("大厅的回声", "大厅的回声"), "room": ("钟表滴答声", "安静的室内"), "space": ("低沉的嗡嗡声", "低沉的嗡嗡声")},
    "ja": {"sea": ("波の音", "波と海の風"), "water": ("水の流れる音", "水の流れる音"), "nature": ("鳥のさえずり", "鳥のさえずりとそよ風"), "city": ("車が通り過ぎる音", "遠くの車の音"), "station": ("遠くの電車の音", "駅の遠いざわめき"), "open": ("風の音", "吹き抜ける風の音"), "eat": ("食器の触れ合う音", "食器の触れ合うかすかな音"), "work": ("金属に当たる道具の音", "遠くの機械の低い音"), "hall": ("大きな部屋の反響", "大きな部屋の反響"), "room": ("時計の針の音", "静かな部屋の空気"), "space": ("低い唸り", "低い唸り")},
}  # fmt: skip
# Where nothing is known: light air, and the clothes of whoever is there.
_ELSE = {
    "es": ("un viento suave", "un leve roce de ropa", "Un viento suave", "Lluvia constante"),
    "pt": ("um vento leve", "um leve roçar de roupa", "Um vento leve", "Chuva constante"),
    "it": ("un vento leggero", "un lieve fruscio di vestiti", "Un vento leggero", "Pioggia costante"),
    "fr": ("un vent léger", "un léger froissement de vêtements", "Un vent léger", "Pluie régulière"),
    "de": ("ein leichter Wind", "leises Rascheln von Kleidung", "Ein leichter Wind", "Gleichmäßiger Regen"),
    "zh": ("微风声", "衣服轻轻摩擦声", "微风", "绵绵雨声"),
    "ja": ("そよ風の音", "かすかな衣擦れの音", "そよ風", "降り続く雨の音"),
}
_RAIN = {"es": "lluvia que cae", "pt": "chuva", "it": "pioggia", "fr": "pluie qui tombe", "de": "Regen prasselt", "zh": "雨声", "ja": "雨の音"}  # fmt: skip


@cache
def _compiled(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    border = "" if language in {"zh", "ja"} else r"\b"
    return tuple(
        (sound, re.compile(rf"{border}(?:{words}){border}", re.IGNORECASE)) for sound, words in _SOUNDS[language]
    )


def _of_action(text: str, language: str) -> str | None:
    return next((sound for sound, words in _compiled(language) if words.search(text)), None)


def sound_abroad(action: str, setting: str, before: str, language: str, *, dressed: bool) -> str:
    """A sound that the action makes, else its place, in the words of the language.

    Args:
        action: the user's clause.
        setting: where it happens, in the same language.
        before: the sound of the shot before, repeated only where there is no other.
        language: one of :data:`scripting.foreign_places.LANGUAGES`.
        dressed: whether somebody is there whose clothes can be heard.
    """
    language = language.split("-")[0].lower()
    if language == "zh":
        plain = _heard(simplified(action), simplified(setting), simplified(before), language, dressed=dressed)
        return written_like(plain, action + setting + before)
    return _heard(action, setting, before, language, dressed=dressed)


def _heard(action: str, setting: str, before: str, language: str, *, dressed: bool) -> str:
    sound = _of_action(action, language)
    if sound is not None:
        return sound
    if _of_action(setting, language) == _RAIN[language] != before:
        return _RAIN[language]
    kind = kind_of_place(setting, language)
    air, clothes, *_ = _ELSE[language]
    around = [_PLACES[language][kind][0]] if kind else []
    around += [clothes] if dressed else [] if kind else [air]
    return next((heard for heard in around if heard != before), around[0])


def ambience_abroad(setting: str, told: str, language: str) -> str:
    """The bed of sound under a clip in another language.

    Args:
        setting: its first place.
        told: the story without what is spoken.
        language: one of :data:`scripting.foreign_places.LANGUAGES`.
    """
    language = language.split("-")[0].lower()
    if language == "zh" and simplified(told) != told:
        return written_like(ambience_abroad(simplified(setting), simplified(told), language), told)
    if any(sound == _RAIN[language] and words.search(told) for sound, words in _compiled(language)):
        return _ELSE[language][3]
    kind = kind_of_place(setting, language)
    return _PLACES[language][kind][1] if kind else _ELSE[language][2]
