"""Other languages than English: subjects, clauses and people by their articles and commonest words.

No grammar here: an article at the head of a sentence shows its subject, and a piece behind a comma that
begins with no function word begins with a verb.
"""

from __future__ import annotations

import re

from mavin.facts.model import Gender
from mavin.facts.numbers import WORD_NUMBER

__all__ = ["FOREIGN_PEOPLE", "clause_kind", "foreign_subject"]

FOREIGN_PEOPLE = {
    **dict.fromkeys("mujer niña chica señora madre hija abuela hermana reina frau mädchen mutter tochter oma schwester königin "
                    "femme fille mère dame reine donna ragazza madre nonna mulher menina mãe 女孩 女人 姑娘 少女 母亲 妈妈 奶奶".split(),
                    Gender.FEMALE),
    **dict.fromkeys("hombre niño chico señor padre hijo abuelo hermano rey mann junge vater sohn opa bruder könig homme garçon "
                    "père fils roi uomo ragazzo padre nonno homem menino pai 男孩 男人 小伙子 少年 父亲 爸爸 爷爷".split(), Gender.MALE),
    **dict.fromkeys("kind enfant bambino criança niños kinder enfants 孩子 老人 人 policía polizist médico arzt".split(), Gender.UNKNOWN),
}  # fmt: skip
"""People in other languages than English, lower case, with what the word tells of their gender."""

_STOPS: dict[str, frozenset[str]] = {
    "es": frozenset(
        (
            "el la los las un una unos unas con sin de del en por para que quien donde cuando mientras su sus muy al"
        ).split()
    ),
    "fr": frozenset(
        (
            "le la les un une des avec sans de du dans par pour que qui où quand pendant son sa ses au aux très en"
        ).split()
    ),
    "de": frozenset(
        (
            "der die das den dem ein eine einen einem mit ohne von vom in im am zu für dass wo wenn während als "
            "sein seine ihr ihre"
        ).split()
    ),
    "it": frozenset(
        "il lo la gli le un una con senza di del in per che chi dove quando mentre suo sua al molto".split()
    ),
    "pt": frozenset(
        "o a os as um uma com sem de do da em no na por para que quem onde quando enquanto seu sua ao muito".split()
    ),
}


def clause_kind(text: str, language: str, follows: bool) -> str | None:
    """What a piece of a sentence is: ``clause``, ``verb`` (its subject stands before), or ``None`` (no event).

    Args:
        text: the piece without its stops.
        language: its language.
        follows: whether another piece of the sentence stands before it.
    """
    if language in {"zh", "ja"}:
        letters = len(re.findall(r"\w", text))
        return "clause" if letters >= 2 or not follows else None
    words = re.findall(r"\w+", text.lower())
    if not follows:
        return "clause" if words else None
    if len(words) < 2 or words[0] in _STOPS.get(language, frozenset()):
        return None
    return "verb"


_ARTICLE = {
    "es": r"(?:el|la|los|las|un|una|unos|unas|su|sus|mi)", "fr": r"(?:le|la|les|un|une|des|son|sa|ses)",
    "de": r"(?:der|die|das|ein|eine|sein|seine|ihr|ihre)", "it": r"(?:il|lo|la|gli|un|una|uno|suo|sua)", "pt": r"(?:o|a|os|as|um|uma)",
    "nl": r"(?:de|het|een)",
}  # fmt: skip
_OPENERS = {
    "es": r"al principio|al final|de repente|de pronto|mientras tanto|por fin|entonces|luego|después|finalmente|"
    r"afuera|fuera|dentro|hoy|"
    r"ahora|solo|sólo|también|más tarde|al mismo tiempo|en ese momento|primero|segundo|un día|una noche",
    "fr": r"au début|à la fin|tout à coup|pendant ce temps|soudain|puis|ensuite|alors|enfin|dehors|dedans|"
    r"maintenant|plus tard|"
    r"un jour|une nuit|d'abord|finalement|aussitôt",
    "de": r"am anfang|am ende|auf einmal|plötzlich|dann|danach|nun|jetzt|schließlich|draußen|drinnen|"
    r"währenddessen|zuerst|zunächst|da|"
    r"später|eines tages|eines nachts|langsam|schnell|leise|nur|auch",
    "it": r"all'inizio|alla fine|all'improvviso|improvvisamente|intanto|poi|allora|infine|fuori|dentro|adesso|"
    r"ora|più tardi|prima|un giorno",
    "pt": r"no início|no fim|de repente|enquanto isso|então|depois|finalmente|lá fora|agora|mais tarde|primeiro|"
    r"um dia|uma noite",
    "nl": r"plotseling|dan|daarna|eindelijk|buiten|nu|later|eerst|opeens",
}
_FUNCTION = {
    "es": "en sobre bajo desde hasta con sin por para tras ante entre junto cerca de del al a durante cuando mientras si no hay dura",
    "fr": "dans sur sous depuis jusque avec sans par pour derrière devant entre près de du des au aux à en pendant quand lorsque si il y c dure",
    "de": "in im auf unter über vor hinter neben zwischen mit ohne von vom für aus bei beim am an zum zur durch gegen um als wenn während nicht "
    "es dauert dieser diese dieses kein keine drei zwei vier fünf sechs sieben acht neun zehn",
    "it": "in nel nella nei sul sulla sotto sopra da dal dalla con senza per tra fra davanti dietro di del della a al alla durante quando mentre se non c",
    "pt": "em no na nos nas sobre sob desde até com sem por para entre perto de do da dos das ao à durante quando enquanto se não há dura",
    "nl": "in op onder over voor achter naast tussen met zonder van uit bij door tegen om als terwijl niet er",
}
_NO_NAMES = frozenset(
    "quedan queda hay es son está están era sola solo solos sin llueve nieva nada nadie todo todos seule seul aujourd hui neige il elle on "
    "ils elles nous c'est voilà été hiver rien personne tout tous tief hoch spät früh nacht tag morgen abend sommer winter regen "
    "schnee niemand alles alle sie er wir ein eine der die das sono due tre c'è piove nevica nessuno tutti num numa nessa nesse "
    "há chove ninguém ele ela lui lei noche día tarde verano invierno lluvia ella él ellos ihr sein seine".split()
)
"""Words that open sentences with a capital and name nobody."""
_FUNCTIONS = {language: frozenset(words.split()) for language, words in _FUNCTION.items()}
_ADJECTIVE = (
    r"(?P<adj>(?:alte|alter|junge|junger|kleine|kleiner|große|vieille?|jeune|petite?|vieux|gran|"
    r"pequeñ[oa]|joven|viej[oa]|grand|vecchi[oa]|giovane|velh[oa]|jovem)\s+)?"
)
_ZH_VERBS = (
    "走跑打拿说說看坐站把对對问問喊笑哭进進来來去飞飛跳吃喝给給推拉开開关關转轉躺睡写寫读讀唱画畫举舉抱抬低停正慢快突亮灭響响起落断碎飘流升沉倒闪照"
    "变爬游骑驾弹敲吹点摸抓扔捡挂穿戴脱洗切煮炒端送带领追逃躲藏找等望盯闻听聽尝想摇挥招握鞠跪蹲蹦滑摔掉滚撞是有在从從向往朝和与跟被用没不也都只就"
)
_ZH_LEAD = (
    r"(?:(?:后来|後來|起初|最初|开始|然后|然後|接着|接著|最后|最後|于是|於是|这时|這時|此时|突然|忽然|片刻后|片刻後|随后|隨後|终于|終於|有一天|"
    r"やがて|そして|それから|すると|しかし|次に|突然|まもなく|ある日|その後|はじめ|最初は?|最後に?)[，、]?)*"
)
_ZH_TAIL = r"(?:独自|獨自|慢慢|轻轻|輕輕|正在|一起|静静|悄悄|马上|立刻|缓缓|一边|又|再|才|终于|突然|忽然)+$"


def foreign_subject(body: str, language: str) -> tuple[str, str] | None:
    """The words that look like a subject at the head of a sentence, and a name for the cast."""
    if language in {"zh", "ja"}:
        return _asian_subject(body)
    text = body.strip()
    opener = re.match(rf"(?:{_OPENERS.get(language, '(?!)')})\b\s*,?\s*", text, re.IGNORECASE)
    rest = text[opener.end() :] if opener else text
    words = re.findall(r"[\w'’]+", rest)
    functions = _FUNCTIONS.get(language, frozenset())
    if words and re.split(r"['’]", words[0])[0].lower() in functions:
        # "Sur le quai, Élodie serre …": the subject stands behind the adverbial.
        comma = re.search(r",\s+", rest)
        if comma is None:
            return _named_later(rest, language)
        rest = rest[comma.end() :]
    return _subject_at(rest, language) or (_inverted(rest, language) if opener or rest != text else None)


def _subject_at(text: str, language: str) -> tuple[str, str] | None:
    article = _ARTICLE.get(language)
    if article:
        if language == "de":
            # Nouns have capitals: whatever stands between is an adjective.
            found = re.match(rf"{article}\s+(?:[a-zäöüß]\w*\s+){{0,3}}(?P<name>(?-i:[A-ZÄÖÜ])\w+)", text, re.IGNORECASE)
        else:
            found = re.match(rf"(?:{article}\s+|l['’]){_ADJECTIVE}(?P<name>\w+)", text, re.IGNORECASE)
        if found:
            name = found["name"]
            return found.group(), name[:1].upper() + name[1:]
    found = re.match(r"(?P<name>[A-ZÀ-ÞА-Я][\w'’-]+)(?:\s+[A-ZÀ-Þ][\w'’-]+)?(?=\s+\w)", text)
    if found is None:
        return None
    word = found["name"].lower()
    known = _FUNCTIONS.get(language, frozenset()) | _NO_NAMES
    if re.split(r"['’]", word)[0] in known or word in known or re.search(r"ment[e]?$", word):
        return None
    return None if re.fullmatch(WORD_NUMBER, word) else (found.group(), found.group())


def _inverted(text: str, language: str) -> tuple[str, str] | None:
    """ "(Plötzlich) öffnet Anna die Tür": the verb stands before its subject."""
    verb = re.match(r"[^\W\d_A-ZÄÖÜ]\w*\s+", text)
    return _subject_at(text[verb.end() :], language) if verb and language in {"de", "es", "nl", "it", "pt"} else None


def _named_later(text: str, language: str) -> tuple[str, str] | None:
    """ "Auf dem Dach sitzt eine Katze", "En la plaza Julia canta": behind an adverbial without a comma."""
    if language == "de":
        return None
    found = re.search(r"(?<=[a-zà-ÿ]\s)(?P<name>[A-ZÀ-Þ][\w'’-]+)(?=\s+(?:no\s+|se\s+|ne\s+)?[a-zà-ÿ]+)", text)
    return (found["name"], found["name"]) if found else None


def _asian_subject(body: str) -> tuple[str, str] | None:
    lead = re.match(r"[\s，、]*" + _ZH_LEAD, body)
    text = body[lead.end() if lead else 0 :]
    found = re.match(
        r"(?:一|那|这|這|两|三)?(?:个|個|位|只|隻|名|条|匹|头|群|辆)?(?P<name>[\u4e00-\u9fff\u3040-\u30ffA-Za-z]{1,8}?)"
        rf"(?=[{_ZH_VERBS}突はが])",
        text,
    )
    if found is None or found["name"][0] in _ZH_VERBS or re.match(r"[他她它]|彼女?", found["name"]):
        return None
    name = re.sub(_ZH_TAIL, "", found["name"])
    mention = found.group()[: len(found.group()) - (len(found["name"]) - len(name))]
    if (
        not name
        or (re.search(r"[\u3040-\u30ff]", text) is None and len(name) > 5)
        or name in {"离", "離", "回", "出", "上", "下"}
    ):
        return None
    return mention, name
