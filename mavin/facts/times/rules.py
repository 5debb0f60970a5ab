"""What stands around an amount of time, as patterns over the text of :func:`mavin.facts.times.amounts.read_amounts`.

Each rule says what its words make of the amounts ``a`` and ``b`` in it.  Rules are tried in order; what an
earlier one took, a later one leaves alone.  A rule without a kind only takes: "two seconds later" is no clip time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.facts.model import Anchor, TimeKind
from mavin.facts.text import MASK
from mavin.facts.times.amounts import AMOUNT, CLOCK, NUMBER_ALONE

__all__ = ["CLIP", "RULES", "TimeRule"]

CLIP = (
    r"(?:video|videos|clip|clips|film|movie|scene|story|short|sequence|animation|trailer|teaser|spot|ad|"
    r"commercial|reel|"
    r"escena|vídeo|vidéo|película|corto(?:metraje)?|anuncio|szene|geschichte|kurzfilm|werbespot|werbeclip|werbefilm|scène|histoire|court[\s-]métrage|"
    r"pub(?:licité)?|filmato|cortometraggio|cena|filme|curta(?:-metragem)?|anúncio|фильма?|"
    r"ролика?|клипа?|"
    r"视频|視頻|影片|短片|短视频|短視頻|故事|片段|片子|全片|电影(?!院)|電影(?!院)|动画片?|動畫片?|广告片?|廣告片?|预告片|預告片|微电影|微電影|"
    r"(?<=[の秒])(?:CM|PV|MV|コマーシャル|広告|リール)|動画|映像|映画(?!館)|シーン|ビデオ|アニメ(?:ーション)?|ショートフィルム|ショートムービー|クリップ|予告編?|短編(?:映画)?|영상)"
)
"""Words for the clip itself, in several languages."""


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One way of saying a time.

    Attributes:
        pattern: its words; groups ``a`` and ``b`` begin with an amount's placeholder.
        kind: what it states, ``None`` if it states no time of the clip.
        anchor: what its amounts count from; with ``END`` they count backwards.
        whole: whether an interval runs from the anchor itself ("the first two seconds").
        bare: whether the pattern itself shows that a number without a unit counts seconds.
        counted: whether it names which second it is; "in the fourth second" begins after three.
    """

    pattern: re.Pattern[str]
    kind: TimeKind | None
    anchor: Anchor = Anchor.START
    whole: bool = False
    bare: bool = False
    counted: bool = False


_SHORTHAND = {
    "<Q>": AMOUNT, "<K>": CLOCK, "<B>": NUMBER_ALONE, "<W>": r"\s{1,8}", "<S>": r"\s{0,8}",
    "<CLIP>": CLIP, "<MASK>": MASK,
}  # fmt: skip


def _rule(
    pattern: str,
    kind: TimeKind | None,
    anchor: Anchor = Anchor.START,
    *,
    whole: bool = False,
    bare: bool = False,
    counted: bool = False,
) -> TimeRule:
    filled = pattern.replace("<W>?", "<S>")
    for name, meaning in _SHORTHAND.items():
        filled = filled.replace(name, meaning)
    return TimeRule(re.compile(filled, re.IGNORECASE | re.MULTILINE), kind, anchor, whole, bare, counted)


_INTERVAL, _INSTANT, _UNTIL, _LENGTH = TimeKind.INTERVAL, TimeKind.INSTANT, TimeKind.UNTIL, TimeKind.LENGTH
# "At the second 3" is a time; "the second one yawns" and "a second one" are somebody.
_AT = r"(?:(?<=\b(?:at|in|to)\s)|(?<=\b(?:from|till)\s)|(?<=\buntil\s))"
_SECOND = (
    rf"(?:(?<!\w)(?<!\ba\s)(?<!\bthe\s)(?:{_AT}the<W>|el<W>|la<W>|los<W>|die<W>|der<W>|il<W>|os?<W>)?"
    r"(?:seconds?|sec\.?|segundos?|sekunden?|secondes?|second[oi]|секунд[аеуы]?)<W>"
    r"|(?<!\w)t<S>=<S>|第)"
)
_A = rf"(?:{_SECOND}(?P<a>(?:<B>|<Q>))|(?:第)?(?P<a2>(?:<Q>|<K>)))(?:[\s-]+(?:mark|point)\b|目)?"
_OF_CLIP = r"(?:<W>(?:of|del?|des|der|du|della?|do|da)<W>(?:(?:the|this|la|el|the<W>whole)<W>)?<CLIP>(?!\w))?"
_NOT_OF = r"(?!<W>(?:of|del|des|du|della|do|da|de)<W>)"
_ENDS = (
    r"(?:(?:the<W>|it<W>|everything<W>)?(?:(?:clip|video|film|movie|scene|shot)(?:['’]s)?<W>)?(?:ends?|ending|"
    r"finish(?:es)?|is<W>over|close)\b"
    r"|(?:el<W>|del?<W>|que<W>)?(?:final|fin|termin[ae]|acab[ae])\b|(?:dem<W>)?(?:ende|schluss)\b|(?:la<W>)"
    r"?fin\b|(?:della<W>|dalla<W>)?fine\b|(?:do<W>)?fim\b|конца)"
)
_DURING = (
    r"(?:(?<!\w)(?:in|during|for|over|throughout|within|en|durante|por|während|dans|pendant|durant|nel|"
    r"nei|negli|nos?|nas|в|за)<W>)?"
)
_ORDINAL_FIRST = (
    r"first|very<W>first|opening|initial|primer[oa]?s?|allerersten|ersten?|premi[eè]res?|prim[oi]|"
    r"prim[eé]ir[oa]s?|первые|первую"
)
_ORDINAL_LAST = (
    r"last|very<W>last|final|closing|últim[oa]s?|ultim[oa]s?|letzten?|derni[eè]res?|ultim[oi]|последние|последнюю"
)
_THE = r"(?<!\w)(?:the|its|los|las|el|la|den|der|die|les|i|gli|os|nei|negli|nel|nos|no|в|за)<W>"
_ONE = (
    r"(?P<one>(?:half[\s-])?(?:second|segundo|sekunde|seconde|secondo|секунду)\b)(?=<S>(?:$|[.,;:!?)\n]|"
    r"<MASK>|\b(?:of|the|an?|he|she|it|they)\b))"
)


def _edge(first: bool) -> list[TimeRule]:
    """ "in the first two seconds", "los dos últimos segundos", "前两秒", with what may stand before them."""
    which = _ORDINAL_FIRST if first else _ORDINAL_LAST
    anchor = Anchor.START if first else Anchor.END
    amounts = (
        rf"(?:(?:{which})<W>(?:(?P<a>(?:<Q>))|{_ONE})"
        rf"|(?P<b>(?:<B>))<W>(?:{which})<W>(?:seconds|segundos|secondes|secondi|sekunden)\b)"
    )
    asian = (
        r"(?:最初|最开始|开头|開頭|一开始|开始|起初|(?<![面之以眼提目门跟上下开完到来去])前|(?<![镜鏡])[头頭]|はじめ|始め|冒頭)"
        if first
        else r"(?:最后|最後|末尾|结尾|結尾|ラスト|終わり)"
    )
    return [
        _rule(rf"(?<!\w)(?:after|nach|tras|después<W>de|après|dopo|após)"
              rf"<W>{_THE}{amounts}{_OF_CLIP}{_NOT_OF}", _INSTANT if first else None),
        _rule(
            rf"(?<!\w)(?:until|till|til|before|hasta|antes<W>de|bis<W>(?:zu|in)|vor|jusqu['’](?:à|aux?)|avant)"
            rf"<W>{_THE}{amounts}{_OF_CLIP}{_NOT_OF}",
            _UNTIL,
            anchor,
        ),
        _rule(rf"{_DURING}{_THE}{amounts}{_OF_CLIP}{_NOT_OF}", _INTERVAL, anchor, whole=True),
        _rule(
            rf"(?:在)?(?:<CLIP>的?)?{asian}[的の]?(?P<a>(?:<Q>))(?![后後前])(?:里|内|內|中|间|時|时|の間)?(?:に(?!わ)|で|は|、)?",
            _INTERVAL,
            anchor,
            whole=True,
        ),
    ]  # fmt: skip


_TRIAD = (
    r"(?s:(?=.*(?:\bat the (?:end|start|beginning)\b|\bal (?:final|principio)\b|\bam (?:Ende|Anfang)\b|"
    r"à la fin|au début)))"
)
_MIDDLE = [
    # English, said of the clip by name, or an adverb between stops.
    _rule(
        r"(?<!\w)(?:at<W>(?:the<W>)?)?(?:half-?way|mid-?way)<W>(?:point<W>)?(?:through|into|in|of)"
        r"?<W>?(?:through<W>|into<W>)?(?:the|this)<W><CLIP>\b",
        _INSTANT, Anchor.MIDDLE),
    _rule(r"(?<!\w)(?:half-?way|mid-?way)<W>(?:through|into)<W>(?:the|this|a)(?=<W>(?:<Q>)[\s-]?<CLIP>\b)", _INSTANT,
          Anchor.MIDDLE),
    _rule(r"(?<!\w)(?:in|at|around)<W>the<W>(?:exact<W>)?(?:middle|midpoint|halfway<W>(?:point|mark))"
          r"<W>of<W>(?:the|this)<W>"
          r"(?:video|clip|film|movie|story|sequence)\b", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?<!\w)at<W>(?:the<W>)?(?:halfway(?:<W>(?:point|mark))?|midpoint|half-?time<W>mark|mid-?clip|"
          r"mid-?video)\b(?!<W>(?:of|to|up|down|between)\b)",
          _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[.;!?:\n,])|(?<=\band)|(?<=\bthen)|(?<=\bbut))<S>(?:about<W>|exactly<W>|right<W>)"
          r"?(?:half-?way|mid-?way)(?:<W>(?:through|in))?(?=<S>(?:,|:|<MASK>))",
          _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[.;!?:\n])|(?<=\band)|(?<=\bthen))<S>half-?way(?:<W>through)?(?=<W>(?:an?|he|she|it|they|"
          r"one|someone|her|his)\b(?!<W>\w+<S>[,.]))",
          _INSTANT, Anchor.MIDDLE),
    _rule(r"(?<!\w)(?:half-?way|mid-?way)<W>through(?=<S>(?:$|[.,;!?\n]))", _INSTANT, Anchor.MIDDLE),
    _rule(rf"(?:^|(?<=[.;!?\n]))<S>in<W>the<W>middle(?=<S>,){_TRIAD}", _INSTANT, Anchor.MIDDLE),
    # Other languages: of the clip by name, or at the head of a sentence.
    _rule(r"(?<!\w)(?:a|hacia|en)<W>(?:la<W>)?mitad<W>del?<W>(?:la<W>)?<CLIP>\b|(?<!\w)en<W>(?:el<W>)"
          r"?medio<W>del<W>(?:video|vídeo|clip|corto)\b",
          _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[.;!?\n,]))<S>a<W>(?:la<W>)?mitad(?=<S>,|<W>(?:el|la|un|una|los|las|ella|él)\b)",
          _INSTANT, Anchor.MIDDLE),
    _rule(r"(?<!\w)(?:zur|nach<W>der|bei<W>der|in<W>der)<W>(?:Hälfte|Mitte)<W>(?:des|der|vom)"
          r"<W><CLIP>s?\b", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[.;!?\n,]))<S>(?:zur|nach<W>der)<W>Hälfte(?:<W>der<W>Zeit)?(?!<W>(?:der|des|von|gefüllt|"
          r"leer|voll|bedeckt|offen|geöffnet|fertig)\b)(?=<S>,|<W>\w)",
          _INSTANT, Anchor.MIDDLE),
    _rule(rf"(?:^|(?<=[.;!?\n]))<S>in<W>der<W>Mitte(?=<W>(?!steh|lieg|sitz|befind|ist\b|sind\b|häng|des\b|der\b|"
          rf"von\b|ein)){_TRIAD}", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[.;!?\n]))<S>(?:genau|exakt)<W>in<W>der<W>Mitte(?=<S>,|<W>(?!steh|lieg|sitz|befind|ist\b|sind\b|häng|thron|des\b|der\b|"
          r"von\b|ein|zwischen\b|auf\b)\w)", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[.;!?\n]))<S>(?:exactly<W>in<W>the<W>middle(?=<S>,|<W>(?:the|an?|he|she|it|they)\b)|(?:justo|exactamente)<W>(?:a<W>(?:la<W>)?|en<W>(?:la<W>)?)mitad"
          r"(?=<S>,|<W>(?:el|la|un|una)\b)|(?:exactement|juste)<W>(?:au<W>milieu|à<W>la<W>moitié)(?=<S>,|<W>(?:le|la|un|une|il|elle)\b)"
          r"|esattamente<W>a<W>metà(?=<S>,|<W>(?:il|la|lo|un|una)\b)|exatamente<W>(?:no<W>meio|a<W>meio|na<W>metade)(?=<S>,|<W>(?:o|a|um|uma)\b))",
          _INSTANT, Anchor.MIDDLE),
    _rule(r"(?<!\w)(?:à<W>(?:la<W>)?(?:mi-chemin|moitié|mi-parcours)|au<W>milieu)<W>(?:du|de<W>la|de<W>l['’])"
          r"<S>(?:clip|film|vidéo|court)\b", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[.;!?\n,]))<S>à<W>(?:mi-(?:chemin|parcours)|la<W>moitié)(?!<W>(?:de|du|des)\b)(?=<S>,|<W>(?:il|elle|un|une|le|la)\b)",
          _INSTANT, Anchor.MIDDLE),
    _rule(rf"(?:^|(?<=[.;!?\n]))<S>au<W>milieu(?=<S>,){_TRIAD}", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?<!\w)a<W>(?:metà|meio)<W>d(?:el|ella|o|a)<W><CLIP>\b|(?<!\w)na<W>metade<W>d[oa]<W><CLIP>\b|(?:^|"
          r"(?<=[.;\n]))<S>a<W>metà(?=<S>,)", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:在|到)?<CLIP>(?:播放)?(?:进行)?的?(?:到|过)?(?:正?中间|中段|一?半|中途)(?:的时候|时|時|处|處)?",
          _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[，。；！？\n]))<S>(?:播放到|到|进行到|过了?)?(?:#?[\ue003一]?半(?:的时候|时|時)|中途(?:时)?(?=[，,])|中间(?:的时候|时|時))"
          r"", _INSTANT, Anchor.MIDDLE),
    _rule(r"<CLIP>の?(?:真ん中|中間|途中|半ば|半分|中盤)(?:あたり|の時点)?で?", _INSTANT, Anchor.MIDDLE),
    _rule(r"(?:^|(?<=[、。！？\n]))<S>(?:途中|半分|半ば|中盤|中間(?:地点)?)(?:で|に|、)", _INSTANT, Anchor.MIDDLE),
]  # fmt: skip

_EXACTLY = (
    r"(?:(?<!\w)(?:exactly|precisely|just|only|about|genau|nur|etwa|exactamente|justo|solo|exactement|juste|environ|esattamente|"
    r"exatamente)<W>)?"
)
_JOIN = (
    r"(?:-{1,2}>?|–|—|~|〜|～|→|\.\.\.?|…|(?<!\w)(?:to|until|till|and|through|up<W>to|bis|und|a|à|al|alla|até|"
    r"aos?|aux|a<W>los|agli|ai|alla|y<W>los|e<W>(?:os|i|gli)|et<W>les|et<W>la|und<W>der|bis<W>zur?|à<W>la|al|au|hasta|jusqu['’]à|fino<W>a|y|et|e|до|по)(?!\w)|到|至|和|与|與|から|と)"
)
_FROM = (
    r"(?:(?<!\w)(?:from|at|between|during|von|vom|zwischen|entre|desde|del|des?|dos?|du|da|dal|dalla|tra|fra|с|между)<W>(?:los<W>|"
    r"les<W>|den<W>|os<W>|as<W>|i<W>|gli<W>|la<W>|der<W>)?|(?<!\w)d(?:ai|agli|os)<W>|[从從自在])?"
)
_B = rf"(?:{_SECOND}?(?P<b>(?:<Q>|<K>|<B>)))(?:[\s-]+(?:mark|point)\b|目)?"

_SAME_MOMENT = (
    r"(?:(?<!\w)(?:at<W>(?:just<W>)?(?:the|that|this)<W>(?:very<W>)?(?:same<W>|exact<W>)?(?:moment|time|instant|point)|simultaneously|"
    r"(?:im<W>(?:selben|gleichen)|in<W>diesem)<W>(?:Moment|Augenblick)|(?:zur<W>(?:selben|gleichen)<W>Zeit)|gleichzeitig|(?:al|en<W>el|en<W>ese)<W>mismo<W>"
    r"(?:tiempo|momento|instante)|en<W>ese<W>(?:momento|instante)|au<W>même<W>(?:moment|instant)|en<W>même<W>temps|nello<W>stesso<W>momento|"
    r"no<W>mesmo<W>(?:momento|instante))(?!\w)|(?:与此|與此)?同(?:时|時)(?:に)?)"
)
"""Words that say a time once more: "at the same moment, 2.0 s"."""
_FROM_BEGIN = (
    r"(?:(?:of|from|after|into|past)<W>(?:the<W>)?(?:very<W>)?(?:start|beginning|opening|outset)|(?:nach|ab|vom)<W>(?:dem<W>)?(?:Beginn|Start|Anfang)(?:<W>an)?|"
    r"(?:desde|después<W>del?|tras|del)<W>(?:el<W>)?(?:inicio|comienzo|principio)|(?:après|suivant|depuis|qui<W>suivent)<W>le<W>(?:début|départ)|"
    r"(?:dopo|dall?['’]?)<S>(?:l['’])?inizio)(?:<W>(?:of|des|del?|du)<W>(?:(?:the|la|le|this)<W>)?<CLIP>)?(?!\w)"
)
"""The clip's beginning by its name: "3 seconds from the start"."""
_MORE = r"(?:another|a<W>further|(?:noch<W>)?weiteren?|otr[oa]s|(?:encore|à<W>nouveau)|altr[ie]|mais|outr[oa]s|再|又)"

RULES: tuple[TimeRule, ...] = (
    # --- no times of the clip: rhythms, what lies apart, what came later -------------------------------------
    _rule(
        r"(?<!\w)(?:every|each|cada|alle|toutes<W>les|chaque|ogni|каждые|(?:in<W>)?(?:less|fewer|more)<W>than|"
        r"weniger<W>als|menos<W>de|moins<W>de|"
        r"vor|hace|il<W>y<W>a)<W>(?P<a>(?:<Q>))|每(?:隔|过)?(?P<a2>(?:<Q>))|(?P<a3>(?:<Q>))(?:ごと|おき|毎)",
        None,
    ),
    _rule(
        r"(?<!\w)(?:<CLIP>|everything|it<W>all)<W>(?:ends?|is<W>over|stops|finishes|endet|termina|acaba|finit|se<W>termine|finisce)<W>(?:at|after|nach|bei|a<W>los|"
        r"tras|après|à|dopo|aos|após)<W>(?:(?:exactly|about)<W>)?(?P<a>(?:<Q>|<K>))",
        _LENGTH,
    ),
    _rule(
        r"(?:^|(?<=[.;,!?\n<MASK>]))<S>(?P<a>(?:<Q>|<K>))<S>[:–—-]?<S>(?:the<W>)?(?:end|fin|ende)\b(?=<S>(?:$|[.!\n]))",
        _LENGTH,
    ),
    _rule(r"<CLIP><W>(?:runs|lasts|is|dura|dauert|dure)<W>(?:for<W>)?(?P<a>(?:<K>))", _LENGTH),
    # --- intervals -------------------------------------------------------------------------------------------
    _rule(rf"(?<!\w)(?:starting|beginning)<W>at<W>{_A}<W>?,?<W>?and<W>ending<W>at<W>{_B}", _INTERVAL),
    _rule(
        r"\b(?:length|duration|runtime|run<W>time|running<W>time|total|dauer|durée|duración|durata|duração|时长|"
        r"長さ|時長|总长)[^\w.;\n]{0,8}(?P<a>(?:<K>))|(?P<a2>(?:<K>))(?=[\s-]{1,3}<CLIP>\b)",
        _LENGTH,
    ),
    _rule(
        rf"{_FROM}(?:{_SECOND}(?P<a>(?:<B>|<Q>|<K>))|(?P<a2>(?:<Q>|<K>|<B>)))(?:目)?<S>{_JOIN}<S>{_B}(?:まで|为止|之间|之間)"
        rf"?(?:の間)?(?:に(?!わた)|は(?=、)|で(?=、))?",
        _INTERVAL,
    ),
    _rule(r"(?P<a>(?:<B>))<S>[-–—]<S>(?P<b>(?:<B>))(?=<S>[:：]<S><MASK>|<S>[)\]])", _INTERVAL, bare=True),
    # --- said again, or counted from the beginning by its name ------------------------------------------------
    _rule(rf"(?:,\s*)?{_SAME_MOMENT}<S>[,，(:–—-]?<S>(?:(?:at|bei|a<W>los|à|a)<W>)?(?P<a>(?:<Q>|<K>))<S>\)?", _INSTANT),
    _rule(
        r"(?<!\w)(?:(?:with)?in|inside|no<W>(?:more|later)<W>than|innerhalb<W>von|binnen|en<W>menos<W>de|dentro<W>de|dans<W>les|en<W>moins<W>de|entro)"
        rf"<W>(?P<a>(?:<Q>))<W>{_FROM_BEGIN}",
        _UNTIL,
    ),
    _rule(rf"(?:(?<!\w)(?:at|about|exactly|around|a<W>los|à|bei)<W>)?(?P<a>(?:<Q>))<W>{_FROM_BEGIN}", _INSTANT),
    # --- counted from the end --------------------------------------------------------------------------------
    _rule(
        rf"(?<!\w)(?:until|till|hasta|bis|jusqu['’]à)<W>(?P<a>(?:<Q>))<W>(?:before|from|antes|vor|avant)<W>{_ENDS}",
        _UNTIL,
        Anchor.END,
    ),
    _rule(
        rf"(?:(?<!\w)(?:at|a|à|in|bei)<W>)?(?P<a>(?:<Q>))<W>(?:before|from|short<W>of|antes<W>d?e?|antes|del?|"
        rf"vor|avant|de|prima|dalla|до)<W>?{_ENDS}{_OF_CLIP}{_NOT_OF}",
        _INSTANT,
        Anchor.END,
    ),
    _rule(
        r"(?:在|离|離|距离|距離)?(?:<CLIP>)?(?:结束|結束|片尾|结尾|結尾)(?:之?前|还有|還有|前的)的?(?P<a>(?:<Q>))(?:时|時|处|的时候)?",
        _INSTANT,
        Anchor.END,
    ),
    _rule(r"(?:終わりの|終了の?|終わる|最後の|ラスト)(?P<a>(?:<Q>))前(?:に|で)?", _INSTANT, Anchor.END),
    *_edge(True),
    *_edge(False),
    *_MIDDLE,
    # --- counted from another time (mavin/facts/order.py) ---------------------------------------------------
    _rule(
        r"(?<!\w)(?:after|following|nach|tras|después<W>de|après|dopo|após|depois<W>de)<W>(?:(?:an?|one|una?|une|einer|um|uma)<W>)?"
        r"(?:(?:(?:\w+<W>)?(?:pause|silence|beat|wait|pausa|silencio|silenzio|silêncio|stille|attente|espera)<W>(?:of|de|di|von)<W>(?P<a>(?:<Q>)))|"
        r"(?P<b>(?:<Q>))[\s-]+(?:(?:of|de|di|von)<W>)?(?:pause|silence|beat|wait|pausa|silencio|silenzio|silêncio|stille|schweigen|attente|espera)\b)|"
        r"(?:停顿|停頓|沉默)了?(?P<a2>(?:<Q>))之?[后後]|(?P<a3>(?:<Q>))の(?:沈黙|静寂|間)の?(?:後|あと)(?:に|、|で)?|(?P<a4>(?:<Q>))的?(?:停顿|沉默)之?[后後]",
        _INSTANT,
        Anchor.LATER,
    ),
    _rule(
        rf"(?<!\w)(?:after|following|nach|tras|después<W>de|pasados|après|au<W>bout<W>de|dopo|depois<W>de|após)<W>{_MORE}<W>"
        rf"(?:(?P<a>(?:<Q>)))(?:<W>(?:pass|have<W>passed|go<W>by))?|"
        rf"(?:再|又)(?:(?:过了?|過了?|经过|經過)(?P<a2>(?:<Q>))之?[后後]?|(?P<a3>(?:<Q>))之?[后後])|さらに(?P<a4>(?:<Q>))後(?:に|、)?",
        _INSTANT,
        Anchor.LATER,
    ),
    _rule(
        rf"{_EXACTLY}(?:{_MORE}<W>)?(?P<a>(?:<Q>))<W>(?:later(?:<W>on)?|afterwards?|after<W>(?:that|this)|más<W>tarde|después(?!<W>de)|später|danach|"
        r"plus<W>tard|après(?!<W>(?:que|la|le|les|l['’]|un|une|son|sa|ses)\b)|dopo(?!<W>(?:che|la|il|lo|un|una)\b)|più<W>tardi|depois(?!<W>(?:que|d[aeo])\b)|"
        r"mais<W>tarde)\b(?!<W>(?:than|que|als|di)\b)|その(?P<a2>(?:<Q>))後(?:に|、)?",
        _INSTANT,
        Anchor.LATER,
    ),
    _rule(
        rf"{_EXACTLY}(?P<a>(?:<Q>))(?=<W>(?:after|before|nachdem|bevor|después<W>de<W>que|antes<W>de<W>que|après<W>que|avant<W>que|dopo<W>che|"
        r"prima<W>che|depois<W>que|antes<W>que)\b)",
        _INSTANT,
        Anchor.LATER,
    ),
    _rule(
        rf"{_EXACTLY}(?P<a>(?:<Q>))<W>(?:earlier|before<W>(?:that|this)|beforehand|antes(?!<W>d)|zuvor|vorher|davor|plus<W>tôt|avant(?=<S>[,:])|"
        r"auparavant|prima(?=<S>[,:]))\b|その(?P<a2>(?:<Q>))前(?:に|、)?|(?:就?在)?(?:此|这|那)之前(?P<a3>(?:<Q>))",
        _INSTANT,
        Anchor.EARLIER,
    ),
    # --- what lies apart, behind the rules that need the same words -----------------------------------------
    _rule(
        r"(?P<a>(?:<Q>))<W>(?:later|late|ago|earlier|apart|after|before|behind|ahead|flat|older|younger|early|"
        r"too|away|left|to<W>(?:go|live|spare|midnight)|"
        r"más<W>tarde|después|antes|atrás|später|vorher|zuvor|danach|nachdem|bevor|nach\b|vor\b|zu<W>spät|"
        r"plus<W>tard|après|avant|auparavant|dopo|prima|più<W>tardi|fa|"
        r"depois|mais<W>tarde|спустя|назад|позже|per|within)\b|(?P<a2>(?:<Q>))(?:之?前|以前|以内|之内|遅れ)",
        None,
    ),
    # --- instants and latest ends ----------------------------------------------------------------------------
    _rule(
        rf"(?<!\w)(?:(?:exactly|precisely|right|just|only|starting|beginning|start|from)<W>)?(?:at|around|from|"
        rf"after|since|as<W>of|on)<W>"
        rf"(?:(?:exactly|precisely|about|around|roughly)<W>)?(?:the<W>)?{_A}(?:<W>(?:on(?:wards?)?|onward)"
        rf"\b(?!<W>(?:the|an?|his|her)\b))?(?!<W>of\b(?!<W>(?:the|this)<W><CLIP>))(?:<W>(?:of|into)<W>(?:the|"
        rf"this)<W><CLIP>)?",
        _INSTANT,
    ),
    _rule(rf"(?<!\w)(?:in|during|within)<W>the<W>(?P<a>(?:<Q>)){_OF_CLIP}", _INSTANT, counted=True),
    _rule(rf"@<S>{_A}", _INSTANT),
    _rule(
        rf"(?<!\w)(?:until|till|til|by|before|(?:no|not)<W>later<W>than|end(?:s|ing)?<W>at)<W>(?:(?:exactly|"
        rf"about)<W>)?(?:the<W>)?{_A}(?:<W>(?:pass|have<W>passed|are<W>over|are<W>up|is<W>up))?",
        _UNTIL,
    ),
    _rule(
        rf"(?<!\w)(?:a<W>los|a<W>las?|hacia<W>(?:los|el)|al<W>cabo<W>de|al|desde|desde<W>(?:los|el)|a<W>partir<W>de(?:l|<W>los)?|tras|después<W>de|"
        rf"despues<W>de|pasados|transcurridos|bei|ab(?:<W>der)?|nach(?:<W>(?:ablauf<W>von|den|der))?|bei<W>der|zur|in<W>der|à<W>la|en<W>el|no|ao|"
        rf"à|vers(?:<W>la)?|dès(?:<W>la)?|à<W>partir<W>de(?:<W>la)?|après|au<W>bout<W>de|passées?|passé|"
        rf"alle?|ai|agli|nel|às?|as|dopo|trascorsi|passati|a<W>partire<W>dal?|após|passados?|decorridos|ao<W>(?:fim|cabo)<W>de|depois<W>de|aos|"
        rf"a<W>partir<W>d[oe]s?|через|после|начиная<W>с)"
        rf"<W>{_A}(?!<W>(?:près|d['’]|de<W>(?:distance|retard|silen))|[\w-])",
        _INSTANT,
    ),
    # "A 2 s Lea dice", "«Dos» a 2 s y …", "a la 1 s": not English "a 2 s clip".
    _rule(
        r"(?<!\w)a<W>(?P<a>(?:<Q>))(?=<S>(?:$|[.,;:!?\n]|<MASK>|[«„“\"]|(?-i:[A-ZÀ-Þ])|(?:y|e|el|la|los|las|un|una|il|lo|"
        r"gli|uno|o|os|as|um|uma)\b))",
        _INSTANT,
    ),
    _rule(
        rf"(?<!\w)(?:hasta|hasta<W>los|bis(?:<W>zur?)?|jusqu['’](?:à|aux?)|d['’]ici(?:<W>à)?|fino<W>a|entro|"
        rf"até(?:<W>os)?|до|к)<W>(?:la<W>|le<W>)?{_A}",
        _UNTIL,
    ),
    _rule(
        rf"(?<!\w)(?:antes<W>del?|vor|avant|prima<W>del?)<W>(?:la<W>)?{_SECOND}(?P<a>(?:<B>|<Q>))", _UNTIL, bare=True
    ),
    _rule(
        rf"(?:(?<!\w)(?:en<W>(?:el<W>)?|in<W>|zu<W>|zur<W>|am<W>|à<W>|no<W>|ao<W>|al<W>|на<W>|during<W>)|在|从|從|"
        rf"到)?{_SECOND}(?P<a>(?:<B>|<Q>|<K>))(?:目)?(?:时|時|处|處|的时候|起|开始|から|に|で|の時点で)?",
        _INSTANT,
        bare=True,
    ),
    _rule(
        r"(?:直到|到|至)第?(?P<a>(?:<Q>))(?:为止|為止)?|(?P<a2>(?:<Q>))(?:目)?まで(?:に)?|(?P<a3>(?:<Q>))까지", _UNTIL
    ),
    _rule(r"(?:从|從|自)第?(?P<a>(?:<Q>))(?:起|开始|開始|之?[后後])?", _INSTANT),
    _rule(
        r"(?:过了?|過了?|经过|經過)(?P<a>(?:<Q>))(?:之?[后後]|(?=[，,]))|在(?P<a2>(?:<Q>))(?![内內里之钟的])(?:时|時|处|處|的时候)?|(?P<a3>(?:<Q>))"
        r"(?:之?[后後](?!来)に?|[时時处處]|的时候)",
        _INSTANT,
    ),
    _rule(
        r"(?:開始(?:から)?)?(?P<a>(?:<Q>))(?:目(?:に|で|から|の時点で)?|の時点で?|で(?=、)|時点で|のところで|経過後?(?:に)?|後に?、?|から(?!成|な)|に(?!わた|及)|"
        r"부터|쯤에?| 후에?)",
        _INSTANT,
    ),
    _rule(r"(?<!\w)(?:at<W>)?the<W>(?P<a>(?:<Q>|<K>))[\s-]+(?:mark|point)\b", _INSTANT),
    _rule(
        r"(?P<a>(?:<Q>|<K>))<W>in(?:to<W>(?:it|(?:the|this)<W>(?:<CLIP>|shot)))?(?=<S>(?:$|[,.;:!?\n]|<MASK>))|"
        r"(?P<a2>(?:<Q>))<W>into<W>(?:it|the<W><CLIP>)\b",
        _INSTANT,
    ),
    _rule(r"(?:^|(?<=[.;!?\n]))<S>(?P<a>(?:<Q>))<W>in(?=<W>(?:he|she|it|they|the<W>\w+<W>\w+s)\b)", _INSTANT),
    _rule(r"(?:^|(?<=[。！？、\n]))<S>(?P<a>(?:<Q>))で(?=[^。、は\s]{1,8}が)", _INSTANT),
    _rule(r"(?:(?<!\w)(?:a<W>las?|às|alle|um)<W>)?(?P<a>(?:<K>))", _INSTANT),
)
"""All rules in the order in which they are tried; lengths are what no rule took."""
