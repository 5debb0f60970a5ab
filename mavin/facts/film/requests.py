"""Words that ask for the film, before or behind what it shows, in other languages than English.

[Hazme un vídeo en el que] un gato duerme      [Mach mir bitte ein Video, in dem] eine Katze schläft
[帮我做一个视频，] 一只猫睡着了                   猫が眠る[動画を作ってください]。
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.facts.text import MASK, blank

__all__ = ["without_requests"]


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language asks: polite openers, verbs of asking, articles, films, and what leads on to the story."""

    polite: str
    asks: str
    articles: str
    films: str
    leads: str
    of: str
    who: str


_LANGUAGES = (
    _Words(
        r"por\s+favor|hola|oye|buenas|buenos\s+días",
        r"haz|hazme|haznos|hacer|hacerme|hágame|crea|créame|crear|crearme|genera|génerame|generar|graba|grábame|filma|rueda|escribe|escríbeme|"
        r"prepara|prepárame|diseña|realiza|muestra|muéstrame|dame|necesito|necesitamos|quiero|queremos|quisiera|querría|me\s+gustaría|"
        r"puedes|podrías|puede|podría|me\s+haces|me|por\s+favor|ver|tener|que\s+me\s+hagas|que\s+hagas",
        r"un|una|el|la|este|mi",
        r"v[ií]deo(?:clip)?|clip|corto(?:metraje)?|anuncio|spot|escena|película|animación|historia|reel|tráiler|comercial|guion|guión|secuencia|tiktok",
        r"en\s+(?:el|la)\s+(?:que|cual)|(?:en\s+)?donde|que\s+muestr[ae]|mostrando|sobre|acerca\s+de",
        r"de\s+(?=(?:una?|mi|mis|dos|tres|unos|unas|cómo|cuando)\s)|con\s+(?=una?\s)",
        r"que",
    ),
    _Words(
        r"bitte|hallo|hi|hey",
        r"mach|mache|macht|erstell|erstelle|erstellen|generier|generiere|dreh|drehe|schreib|schreibe|zeig|zeige|produzier|produziere|gib|"
        r"kannst|könntest|könnten|können|würdest|ich|wir|du|sie|mir|uns|bitte|mal|möchte|möchten|will|wollen|brauche|brauchen|hätte|gerne?|"
        r"wünsche",
        r"ein|eine|einen|das|den|die|dieses",
        r"video(?:clip)?|clip|kurzfilm|film|werbespot|werbung|werbefilm|werbeclip|spot|szene|animation|geschichte|reel|trailer|sequenz|drehbuch|skript|tiktok",
        r"in\s+de(?:m|r)|worin|wo|das\s+zeigt,?\s+wie|der\s+zeigt,?\s+wie|die\s+zeigt,?\s+wie|über",
        r"von\s+(?=(?:eine[mr]?|meine[mr]?|unsere[mr]?|zwei|drei)\s)|mit\s+(?=eine[mr]?\s)",
        r"(?!)",
    ),
    _Words(
        r"s['’]il\s+(?:te|vous)\s+pla[iî]t|stp|svp|bonjour|salut",
        r"fais|fais-moi|faites|faites-moi|faire|crée|crée-moi|créez|créer|génère|génère-moi|générez|générer|réalise|réalisez|tourne|filme|écris|"
        r"écris-moi|montre|montre-moi|prépare|produis|donne-moi|je|j['’]|tu|veux|voudrais|aimerais|souhaite|souhaiterais|"
        r"peux-tu|pourrais-tu|pouvez-vous|pourriez-vous|peux|pourrais|me|m['’]|avoir|besoin|ai|il\s+me\s+faut|il\s+me\s+faudrait",
        r"un|une|la|le|cette|ce|d['’]un|d['’]une",
        r"vidéo|clip|court[\s-]métrage|film|pub|publicité|spot|scène|animation|histoire|reel|bande-annonce|séquence|scénario|tiktok",
        r"où|dans\s+(?:laquelle|lequel)|(?:qui\s+)?montr(?:e|ant)|sur|avec",
        r"d['’]\s*(?=une?\s)|de\s+(?=(?:mon|ma|mes|deux|trois)\s)",
        r"qui",
    ),
    _Words(
        r"per\s+favore|per\s+piacere|ciao",
        r"fammi|fai|fa|fare|farmi|crea|creami|creare|genera|generare|gira|scrivi|scrivimi|mostra|mostrami|realizza|prepara|dammi|vorrei|voglio|"
        r"vogliamo|puoi|potresti|mi\s+serve|mi\s+piacerebbe|ho\s+bisogno\s+di|mi",
        r"un|una|uno|il|la|un['’]",
        r"video(?:clip)?|clip|corto(?:metraggio)?|film|spot|pubblicità|scena|animazione|storia|reel|trailer|sequenza|sceneggiatura|tiktok",
        r"in\s+cui|nel\s+quale|nella\s+quale|dove|che\s+mostr[ai]|mostrando|su",
        r"di\s+(?=(?:una?|uno|due|tre)\s|un['’])|con\s+(?=una?\s)",
        r"che",
    ),
    _Words(
        r"por\s+favor|olá|oi",
        r"faz|faça|fazer|cria|crie|criar|gera|gere|gerar|grave|filme|escreva|escreve|mostre|produza|prepare|quero|queria|gostaria\s+de|preciso\s+de|preciso|"
        r"pode|poderia|podes|me|ter|ver",
        r"um|uma|o|a",
        r"vídeo|video|clipe|curta(?:-metragem)?|filme|anúncio|propaganda|comercial|cena|animação|história|reel|roteiro|trailer|tiktok",
        r"em\s+que|(?:n[oa]|em)\s+qual|onde|que\s+mostr[ae]|mostrando|sobre",
        r"de\s+(?=(?:uma?|meu|minha|dois|duas|três)\s)|com\s+(?=uma?\s)",
        r"que",
    ),
)


def _patterns(words: _Words) -> tuple[re.Pattern[str], ...]:
    """Asking for a film by its name, or for one whose name and length were blanked; a film that nobody asks for."""
    opened = rf"^[\s¿¡]*(?:(?:{words.polite})\b[\s,!.]*){{0,2}}"
    asked = rf"(?:(?:{words.asks})(?:\b|(?<=['’]))[\s,]*){{1,6}}"
    film = rf"(?:(?:{words.articles})(?:\s+|(?<=['’])))?(?:[^\W\d_][\w-]*\s+){{0,2}}?(?:{words.films})\b(?:\s+(?!(?:{words.leads})\b)[^\W\d_][\w-]*){{0,3}}?"
    goes_on = rf"(?:\s*,)?\s+(?:{words.leads})\s+|\s+(?:{words.of})"
    stop = r"\s*[:.,!]\s*(?=\S)"
    return (
        re.compile(rf"{opened}{asked}{film}(?:\s+(?:erstellen|machen|drehen|schreiben))?(?:{goes_on}|{stop})", re.I),
        re.compile(
            rf"{opened}{asked}(?:(?:{words.articles})\b\s*)?(?<=\s)\s{{2,}}(?:,?\s*(?:{words.leads})\s+|(?:{words.of})|[:.,]\s*)?",
            re.I,
        ),
        re.compile(rf"^\s*{film}(?:,)?\s+(?:{words.leads})\s+", re.I),
        re.compile(rf"^\s{{4,}},?\s*(?:{words.leads})\s+", re.I),
    )


_REQUESTS = tuple((_patterns(words), words) for words in _LANGUAGES)
_FILM = r"(?:短视频|短視頻|小视频|视频|視頻|影片|短片|广告片?|廣告片?|动画片?|動畫片?|剧本|劇本|宣传片|微电影|片子|MV)"
_CHINESE = re.compile(
    r"^\s*(?:(?:你好|请|請|麻烦|麻煩|能不能|可不可以|可以|能|你|给我|給我|帮我|幫我|帮忙|我想要?|我要|我需要|我希望|想要?|来)[，,]?)*"
    r"(?:做|生成|制作|製作|拍摄?|拍攝?|创作|創作|创建|写|寫|弄|剪|来|要)?(?<=[\u4e00-\u9fff])"
    rf"(?:一?[个個段条條部支则])?(?:[\u4e00-\u9fff]{{0,6}}?{_FILM}|\s{{2,}})(?:吗|吧)?(?:\s*[，,：:。]\s*|(?<=\s))"
    r"(?:(?:内容|內容|情节|情節|故事|画面|主题)(?:是|为|為|如下)?|讲述?(?:的是)?|講述?(?:的是)?|里面|其中)?[：:，,]?"
)
_CHINESE_AROUND = re.compile(
    rf"^\s*(?:请|請|帮我|幫我|给我|我想要?)*(?P<ask>(?:做|生成|制作|製作|拍摄?|创作|创建))(?:一?[段条條部支](?:关于)?)?"
    rf"(?P<told>[^。！？，\n{MASK}]{{5,60}}?)(?P<film>的{_FILM})(?=\s*(?:[。！？\n]|$))"
)
_JAPANESE_FILM = (
    r"(?:短い|短編の?)?(?:ショート)?(?:動画|映像|CM|アニメ(?:ーション)?|ムービー|ビデオ|シーン|クリップ|広告|物語|脚本)"
)
_JAPANESE_WISH = (
    r"を?(?:(?:作|撮|書|描|見せ|創)[ってい]{1,2}|(?:作成|生成|制作)して|お願い|作りたい|撮りたい|欲しい|ほしい|見たい)"
    r"(?:ください|下さい|くれ(?:る|ませんか|ますか)?|もらえますか|いただけますか|します|いたします|欲しい|ほしい|です|ね|[?？])*"
)
_JAPANESE = re.compile(
    rf"(?:^|(?<=[。！？\n]))(?P<told>[^。！？\n]*?)(?P<wish>(?:という|といった|ような|そんな)?(?:{_JAPANESE_FILM}|(?<=\s\s)){_JAPANESE_WISH})\s*(?P<stop>[。！？：:\n]|$)"
)
_ACTS_JAPANESE = re.compile(r"[うくすつぬぶむるぐただい]\s*$")
"""How a clause ends whose film is asked for: 猫が眠る[動画を作って]."""
_PLATFORM = re.compile(
    r"^\s*(?:(?:für|para|pour|per|un|ein|une|uma?)\s+)?(?:tik\s?tok|instagram|insta|youtube|facebook|reels?|shorts?|抖音|小红书|视频号|快手|インスタ)"
    r"(?:[\s-](?:video|vídeo|vidéo|reel|short|story|clip))?s?\s*[,:.，：。、–-]\s*(?=\S)",
    re.IGNORECASE,
)
_ENGLISH_FILM = re.compile(r"\b(?:the|a|an|of|with|showing|that|and)\b", re.IGNORECASE)


def without_requests(story: str) -> str:
    """The masked story without the words that ask for a film about it; every offset stays.

    Args:
        story: the prompt with quotations masked and its length blanked.
    """
    platform = _PLATFORM.match(story)
    if platform is not None:
        story = blank(story, 0, platform.end())
    for patterns, words in _REQUESTS:
        for pattern in patterns:
            found = pattern.match(story)
            if found is None or _ENGLISH_FILM.search(found.group()) or not re.search(r"\w", story[found.end() :]):
                continue
            return _told_plainly(blank(story, 0, found.end()), found.end(), words.who)
    found = _CHINESE.match(story)
    if found is not None and re.search(r"\w", story[found.end() :]):
        return _told_plainly(blank(story, 0, found.end()), found.end(), "(?!)")
    around = _CHINESE_AROUND.match(story)
    if around is not None:
        return blank(blank(story, 0, around.end("ask")), around.start("film"), around.end("film"))
    return _without_japanese(story)


def _told_plainly(story: str, start: int, who: str) -> str:
    """The story whose first sentence asks no more and tells what its relative clause tells: "… un chat qui dort ?"."""
    stop = re.compile(r"[.!?。！？\n]").search(story, start)
    if stop is not None and stop.group() in "?？":
        story = f"{story[: stop.start()]}\n{story[stop.end() :]}"
    relative = re.compile(rf"\s*(?:[\w'’-]+\s+){{1,4}}?(?P<who>{who})\s+", re.IGNORECASE).match(story, start)
    return blank(story, relative.start("who"), relative.end("who")) if relative is not None else story


def _without_japanese(story: str) -> str:
    for found in _JAPANESE.finditer(story):
        told = found["told"]
        if told.strip() and not _ACTS_JAPANESE.search(told):
            continue
        start = found.start("wish") if told.strip() else found.start()
        story = blank(story, start, found.end("wish"))
        if not told.strip() and re.search(r"\w", story[found.end() :]):
            story = blank(story, found.start(), found.end())
    return story
