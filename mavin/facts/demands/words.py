"""The words in which prompts demand silence, one speaker, solitude, one take and cuts, in several languages.

Each pattern may have a group ``who`` for the one it is about; without it, it is about whom the sentence is.
"""

from __future__ import annotations

import re

from mavin.facts.languages.numbers import NUMBER
from mavin.facts.times import SOLE_TAKE

__all__ = [
    "ALL_THROUGH",
    "ALONE",
    "ALONE_WHOLE",
    "ELSE",
    "EVERYBODY",
    "FROM_TO",
    "HARD_CUT",
    "NOBODY_SPEAKS",
    "OF_A_MOMENT",
    "OF_THE_FILM",
    "ONE_TAKE",
    "ONLY_SPEAKER",
    "SEQUENCE",
    "SILENT",
    "SPEAKERS",
]

_LETTER = r"[^\W\d_]"
_WHO = rf"(?P<who>(?:{_LETTER}[\w'’-]*\s+){{0,4}}?{_LETTER}[\w'’-]*)"
_NAME = rf"(?P<who>(?:the\s+)?{_LETTER}[\w-]*)"
_HAN = r"(?P<who>[\u4e00-\u9fff]{1,5}?)"
_KANA = r"(?P<who>[\u4e00-\u9fff\u3040-\u30ff]{1,8}?)"
_NO_ONE = r"no[\s-]?(?:one|body)"
_SAYS = r"(?:speaks?|talks?|says? (?:a (?:single )?(?:word|thing)|anything)|has (?:a line|lines|dialogue)|utters? a (?:word|sound))"


_GERMAN_SAYS_NOTHING = (
    r"(?:sagt|sagen|spricht|sprechen|redet|reden|verliert|verlieren|wechseln)\s+"
    r"(?:(?:die\s+ganze\s+Zeit|dabei|weiterhin|miteinander|(?:während|in)\s+der\s+ganzen\s+\w+)\s+)?"
    r"(?:nichts|nie(?:mals)?|kein(?:\s+einziges)?\s+Wort|nicht)(?!\s+(?:mehr|weiter|anderes|sonst)\b)"
)
_FORMAT = r"(?:(?:short|brief|old|classic|little|black[\s-]and[\s-]white|animated|[\w.]+[\s-](?:second|minute|shot)s?)[\s-]+){0,3}"
"""What may stand beside "silent" in "a short black-and-white silent film"."""


def _patterns(*parts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(part, re.IGNORECASE | re.MULTILINE) for part in parts)


ALL_THROUGH = re.compile(
    r"\b(?:never|throughout|the (?:whole|entire) (?:time|clip|video|film|scene)|at all|at any (?:time|point|moment)|from start to finish|"
    r"in the (?:whole|entire) (?:clip|video|film|scene)|to the end|nunca|jamás|en ningún momento|en todo (?:el|momento)|todo el tiempo|siempre|"
    r"nie|niemals|zu keiner Zeit|die ganze Zeit|bis zum Schluss|jamais|à aucun moment|tout au long|tout le temps|du début à la fin|mai)\b|"
    r"从头到尾|自始至终|始终|全程|一直|从不|从未|整个|ずっと|最後まで|一度も|決して|一言も",
    re.IGNORECASE,
)
"""What makes a demand hold for the whole clip."""

SEQUENCE = re.compile(
    r"\b(?:then|finally|at last|until|later|after|afterwards|before|when|once|suddenly|eventually|but|at first|first|today|luego|después|"
    r"entonces|finalmente|hasta|pero|al final|al principio|dann|danach|schließlich|bis|plötzlich|aber|doch|zuerst|am Ende|puis|ensuite|"
    r"enfin|jusqu|soudain|mais|d['’]abord|à la fin|poi|finché|alla fine|depois|até|no fim)\b|"
    r"然后|然後|接着|最后|终于|突然|直到|后来|起初|但|それから|やがて|ついに|突然|まで|最初|しかし",
    re.IGNORECASE,
)
"""What says that one moment follows another, so that both may hold."""

EVERYBODY = re.compile(
    r"^(?:(?:but|and|then|so|while|where|y|und|et|e)\s+)*(?:everyone|everybody|all(?:\s+(?:of\s+them|people|characters))?|todos|todas|todo\s+el\s+mundo|mundo|monde|alle|jeder|"
    r"tous|toutes|tout\s+le\s+monde|tutti|todos|所有人|大家|人人|每个人|全員|みんな|皆)$",
    re.IGNORECASE,
)
"""Who is silent where nobody speaks."""

NOBODY_SPEAKS = _patterns(
    rf"\b(?:{_NO_ONE}|neither(?: of them)?)\s+(?:(?!else\b|but\b|except\b)\w+\s+)?{_SAYS}\b",
    r"\b(?:no|without(?: any)?|zero)\s+(?:dialogues?|speech|spoken (?:words?|lines?)|talking|words(?: are spoken)?|voices?)\b(?!\s+of\b)",
    r"(?:^|(?<=[.!?\n]))\s*(?:(?:please\s+)?(?:make|create|generate|write|produce|film|shoot)\s+(?:me\s+)?|(?:this|it)\s+is\s+)?"
    rf"(?:(?:an?|the|this|one)\s+)?{_FORMAT}silent[\s-]+{_FORMAT}(?:film|movie|video|clip|short|animation)\b"
    r"(?=\s*(?:$|[.,;:!?\n]|(?:of|about|in|with|where|showing|that|which|lasting)\b))",
    r"\bnot a (?:single )?word is (?:spoken|said)\b|\b(?:completely |entirely )?(?:wordless|dialogue-free)\b",
    r"\bnadie\s+(?:habla|dice (?:nada|una palabra))\b|\b(?:sin|no hay)\s+(?:diálogos?|palabras)\b",
    r"\b(?:niemand|keiner)\s+(?:spricht|redet|sagt\s+(?:etwas|ein Wort))\b|\b(?:spricht|redet|sagt)\s+(?:niemand|keiner)(?:\s+(?:etwas|ein Wort))?\b|\bes wird nicht (?:gesprochen|geredet)\b",
    r"\b(?:ohne|kein(?:e|en)?)\s+Dialoge?\b|\bohne\s+(?:ein\s+)?Worte?\b(?!\s+zu\b)",
    r"\bes\s+(?:fällt|wird)\s+kein(?:\s+einziges)?\s+Wort\b|\bkein(?:\s+einziges)?\s+Wort\s+(?:fällt|(?:ist|wird)\s+(?:zu\s+hören|gesprochen|gesagt|gewechselt))\b",
    r"\bpersonne\s+ne\s+(?:parle|dit)\b|\b(?:sans|aucun|pas de)\s+(?:dialogues?|paroles?)\b|\bsans un mot\b",
    r"\bnessuno\s+parla\b|\b(?:senza|nessun)\s+dialogh?[oi]\b|\bninguém\s+fala\b|\bsem\s+(?:diálogos?|falas?)\b",
    r"(?:没有?(?:人|任何人)|谁都(?:不|没)|無人)(?:在)?(?:说话|說話|开口)|(?:没有|无|無)(?:对白|对话|台词|對白)",
    r"誰も(?:話さない|しゃべらない|喋らない|口をきかない)|(?:台詞|セリフ|会話)(?:は|が)?(?:なし|無し|ない)|無言の(?:映像|動画)",
)

OF_A_MOMENT = re.compile(
    rf"^(?!.*\b(?:ever|should|must|may|can|shall|will|has|lines)\b)(?:{_NO_ONE}|neither|not\s+a)\b|"
    r"^(?:nadie|niemand|keiner|spricht|redet|sagt|personne|nessuno|ninguém)\b|\bkein\w*(?:\s+\w+)?\s+Wort\b|^es\s+wird\s+nicht\b|"
    r"^ohne\s+ein\s+Wort\b|^sans\s+un\s+mot\b|说话|說話|开口|開口|^誰も",
    re.IGNORECASE,
)
"""Silences that a story can tell of one moment: "Nobody speaks", but not "no dialogue"."""

OF_THE_FILM = re.compile(
    r"\b(?:films?|movie|v[ií]d[eé]o|clip|short|animation|filmato|película|Kurzfilm)\b|视频|視頻|影片|短片|片子|映像|動画|作品",
    re.IGNORECASE,
)
"""What says of the film, and not of its story, that nobody speaks: "Nobody speaks in this clip"."""

SILENT = _patterns(
    rf"\b{_WHO}\s+(?:says?|speaks?|utters?)\s+(?:absolutely\s+)?(?:nothing(?!\s+(?:but|more|else|further)\b)|not a word(?!\s+(?:more|else)\b)|no words?)\b",
    rf"\b{_WHO}\s+(?:do(?:es)?n['’]t|do(?:es)? not|never)\s+(?:once\s+)?{_SAYS}\b",
    rf"\b{_WHO}\s+(?:remains?|stays?|keeps?|is|are)\s+(?:completely\s+|totally\s+|entirely\s+)?(?:silent|speechless|wordless|quiet)(?:\s+(?:throughout|the (?:whole|entire) \w+))?\b",
    r"\bwithout (?:saying )?a (?:single )?word,\s+(?P<who>(?:the\s+)?[\w-]+)",
    rf"\b{_NAME}\s+(?:no\s+(?:dicen?|hablan?)(?:\s+(?:nada|ni una palabra))?(?!\s+(?:nada\s+)?más\b)|nunca\s+habla|guarda\s+silencio|guardan\s+silencio|permanecen?\s+(?:en\s+silencio|callad[oa]s?)|está(?:n)?\s+(?:en\s+silencio|callad[oa]s?)|(?:se\s+)?callan?)\b",
    rf"\b(?!und\b){_NAME}\s+(?:{_GERMAN_SAYS_NOTHING}|schweigt|schweigen|bleib(?:t|en)\s+(?:stumm|still))\b",
    rf"\bund\s+{_GERMAN_SAYS_NOTHING}|\bohne\s+(?:auch\s+nur\s+)?ein(?:\s+einziges)?\s+Wort\s+zu\s+(?:sagen|sprechen|reden|verlieren|wechseln)\b",
    rf"\b{_NAME}\s+(?:ne\s+(?:dit|disent|parle(?:nt)?|prononce(?:nt)?)\s+(?:rien|pas(?:\s+un(?:\s+seul)?\s+mot)?|jamais|aucun mot)(?!\s+(?:de\s+plus|d['’]autre)\b)|rest(?:e|ent)\s+(?:silencieu(?:x|ses?)|muets?|muettes?)|se\s+tai(?:t|sent)|est\s+silencieu(?:x|se)|garde(?:nt)?\s+le\s+silence)\b",
    rf"\b{_NAME}\s+(?:non\s+(?:dice|dicono|parla|parlano)(?:\s+(?:niente|nulla|mai|una parola))?(?!\s+(?:altro|più|di\s+più)\b)|tace|tacciono|rest(?:a|ano) in silenzio)\b",
    rf"\b{_NAME}\s+(?:não\s+(?:diz|dizem|fala|falam)(?:\s+(?:nada|uma palavra))?(?!\s+(?:nada\s+)?mais\b)|fica(?:m)? (?:em silêncio|calad[oa]s?)|se cala(?:m)?)\b",
    rf"{_HAN}(?:从头到尾|全程|自始至终|一直|始终)?(?:都)?(?:一言不发|一句话(?:也|都)(?:不|没)说|(?:保持)?沉默(?:不语)?|不说话|没有?说话|什么(?:也|都)(?:不|没)说|从不(?:说话|开口))",
    rf"{_KANA}(?:は|が)(?:ずっと|最後まで|一度も|決して|一言も)*(?:何も(?:言わ|話さ|しゃべら|喋ら)ない|(?:話さ|しゃべら|喋ら)ない|黙ってい(?:る|た)|無言(?:のまま)?)",
)

ONLY_SPEAKER = _patterns(
    rf"(?<!\bthe )(?<!\ban )(?<!\bher )(?<!\bhis )\bonly\s+{_WHO}\s+(?:ever\s+)?{_SAYS}\b",
    rf"\b{_WHO}\s+(?:is|are)\s+the\s+only\s+(?:one|person|character|voice|speaker)(?:\s+(?:who|that|to))?\s*(?:speaks?|talks?|speaking|heard|we hear)\b",
    rf"\bthe\s+only\s+(?:voice|speaker)(?:\s+(?:we hear|heard))?\s+is\s+{_NAME}(?:['’]s)?",
    rf"\ball\s+(?:of\s+)?the\s+(?:lines|dialogue|words)\s+(?:are|is)\s+{_NAME}['’]s",
    rf"\b{_NAME}\s+alone\s+(?:speaks?|talks?)\b",
    rf"\b{_NO_ONE}\s+else\s+{_SAYS}\b",
    rf"\b{_NO_ONE}\s+(?:but|except)\s+{_WHO}\s+{_SAYS}\b",
    rf"\b(?:s[oó]lo|únicamente|solamente)\s+(?:habla\s+(?:(?:el|la)\s+)?{_NAME}|{_NAME.replace('who', 'who2')}\s+habla)\b",
    rf"\b{_NAME}\s+es\s+(?:el\s+único|la\s+única)\s+que\s+habla\b|\bnadie\s+más\s+(?:que\s+(?P<who2>\w+)\s+)?habla\b",
    rf"\b(?:nur\s+(?:(?:der|die|das|meine?|seine?|ihre?)\s+)?{_NAME}\s+(?:spricht|redet)|es\s+(?:spricht|redet)\s+nur\s+(?:(?:der|die|das)\s+)?(?P<who2>\w+))\b",
    rf"\b{_NAME}\s+ist\s+(?:der|die|das)\s+Einzige,?\s+(?:der|die|das)\s+(?:spricht|redet)\b",
    r"\bniemand\s+(?:(?:sonst|anderes)|außer\s+(?P<who>\w+))\s+(?:spricht|redet|sagt\s+etwas)\b",
    rf"\bseule?\s+(?:(?:le|la|ma|mon|sa|son)\s+|l['’])?{_NAME}\s+parle\b|\bil n['’]y a que\s+(?P<who2>\w+)\s+qui\s+parle\b|\b(?P<who3>\w+)\s+est\s+(?:la|le)\s+seule?\s+(?:à\s+parler|qui\s+parle)\b",
    r"\bpersonne\s+d['’]autre\s+(?:que\s+(?P<who>\w+)\s+)?ne\s+parle\b",
    rf"\bparla\s+(?:solo|soltanto|solamente)\s+(?:(?:il|lo|la)\s+|l['’])?(?P<who3>\w+)\b|\bfala\s+(?:só|apenas|somente)\s+(?:o\s+|a\s+)?(?P<who4>\w+)\b|\b(?:solo|soltanto)\s+(?:(?:il|lo|la)\s+|l['’])?{_NAME}\s+parla\b|\bsó\s+(?:(?:o|a)\s+)?(?P<who2>\w+)\s+fala\b",
    rf"只有{_HAN}(?:一个人)?(?:在)?(?:说话|讲话|开口|说)|除了(?P<who2>[\u4e00-\u9fff]{{1,5}}?)(?:以外|之外)?，?(?:没有?人|谁都不|没人)(?:在)?说话",
    r"(?:其他人|别人)(?:都)?不说话|没有(?:别人|其他人)说话",
    rf"{_KANA}(?:だけが(?:話す|しゃべる|喋る|話し|口を開く)|しか(?:話さない|しゃべらない|喋らない)|以外(?:は|に)?誰も(?:話さない|しゃべらない|喋らない))",
    rf"(?:話す|しゃべる|喋る)のは{_KANA}だけ|(?:ほか|他)(?:の人)?(?:に)?は?誰も(?:話さない|しゃべらない|喋らない)",
)

_EXACTLY = (
    r"(?:exactly|only|just|precisely|genau|nur|bloß|exactamente|s[oó]lo|solamente|únicamente|exactement|seulement|uniquement|seule?s?|"
    r"esattamente|soltanto|exatamente|só|apenas|somente)"
)
_COUNTED = (
    rf"(?P<n>{NUMBER})\s+(?:people|persons?|characters?|voices?|of\s+them|men|women|children|personas?|personajes?|voces|Person(?:en)?|Figuren|"
    r"Leute|Menschen|Stimmen|personnes?|personnages?|voix|persone|personaggi|voci|pessoas?|personagens?|vozes)"
)
_SPEAK = r"(?:speaks?|talks?|spricht|sprechen|redet|reden|hablan?|parlent|parlano|fala|falam)"
SPEAKERS = _patterns(
    rf"\b{_EXACTLY}\s+(?:the\s+)?{_COUNTED}\s+{_SPEAK}\b",
    rf"\b(?:es\s+)?(?:{_SPEAK}\s+{_EXACTLY}|{_EXACTLY}\s+{_SPEAK})\s+{_COUNTED}\b",
    rf"\bil n['’]y a que\s+{_COUNTED}\s+qui\s+parl\w+",
    rf"(?:只有|仅有?|恰好有?|正好有?|一共有?|共有?)(?P<n>{NUMBER})(?:个|位|名)?(?:人物|角色|人)(?:在)?(?:说话|讲话|开口)",
    rf"(?:話す|しゃべる|喋る)のは(?P<n>{NUMBER})人だけ(?:だ|です)?|(?P<n2>{NUMBER})人だけが(?:話す|話します|しゃべる|喋る)",
)
"""How many speak, and no more: "Exactly two people speak"."""

ELSE = re.compile(r"\b(?:else|other|más|sonst|autre|altr[oa])\b|别人|其他人|ほか|他に", re.IGNORECASE)
"""Solitude of all those whom the story has shown so far: "No one else is there"."""

ALONE = _patterns(
    rf"\b{_NO_ONE}\s+else\s*(?:is\s+(?:there|around|present|in (?:sight|the \w+)|on (?:screen|camera))|appears?|comes?|enters?|in sight|around|in the \w+)?\b"
    r"(?!\s+(?:speaks?|talks?|says?|knows?|hears?|sees?|notices?|can|could|will|would))(?:\s+but\s+(?P<who>(?:the\s+)?[\w-]+))?",
    rf"\b(?:there\s+is|we\s+see)\s+{_NO_ONE}\s+(?:but|except)\s+(?P<who>(?:the\s+)?[\w-]+)",
    r"\b(?:no|without(?: any)?)\s+other\s+(?:people|persons?|characters?|humans?|living soul)\b",
    r"\b(?:is|are)\s+the\s+only\s+(?:person|one|character|human|figure)\s+(?:in|on|there|present|visible|we see|to appear)\b",
    r"\b(?:all\s+|completely\s+|entirely\s+|totally\s+|utterly\s+|quite\s+)?alone\b(?!\s+(?:with|speaks?|talks?)\b)",
    rf"(?<!\bthe )(?<!\ban )(?<!\ba )\bonly\s+{_NAME}\s+(?:is|are)\s+(?:ever\s+)?(?:seen|visible|shown|present|there|on\s+screen|in\s+(?:the\s+)?(?:shot|frame|picture|film|scene))\b",
    rf"\bwe\s+(?:see\s+only|only\s+(?:ever\s+)?see)\s+{_NAME}\b",
    rf"\b(?:s[oó]lo|solamente|únicamente)\s+(?:se\s+ve|vemos|aparece|está)\s+(?:al?\s+)?(?:el\s+|la\s+)?{_NAME.replace('the', 'la')}\b",
    rf"\bnur\s+(?:der\s+|die\s+|das\s+)?{_NAME}\s+(?:ist|sind)\s+(?:zu\s+sehen|im\s+Bild|sichtbar|da)\b|\bman\s+sieht\s+nur\s+(?P<who2>\w+)\b",
    r"\bon\s+ne\s+voit\s+qu(?:e\s+|['’])(?P<who>\w+)\b|\bsi\s+vede\s+solo\s+(?P<who2>\w+)\b|\bsó\s+(?:se\s+vê|aparece)\s+(?P<who3>\w+)\b",
    rf"只(?:能)?(?:看到|看见|出现){_HAN}(?=[。，！\n]|$)|{_KANA.replace('who', 'who2')}だけが(?:映|見え|写)",
    r"\bby\s+(?:herself|himself|itself|themselves)\b",
    r"\bno\s+hay\s+nadie\s+más\b|\bnadie\s+más\b(?!\s+(?:habla|sabe|que))|\b(?:completamente|totalmente)\s+sol[oa]\b|\bestá\s+sol[oa]\b",
    r"\b(?:ganz\s+|völlig\s+)?allein(?:e)?\b|\bniemand\s+sonst\b(?!\s+(?:spricht|redet|weiß))",
    r"\btoute?\s+seule?\b|\best\s+seule?\b(?!\s+(?:à|qui))|\bpersonne\s+d['’]autre\b(?!\s+(?:ne\s+(?:parle|sait)|que))|\bil n['’]y a personne d['’]autre\b",
    r"\bcompletamente\s+sol[oa]\b|\bda\s+sol[oa]\b|\bnon c['’]è nessun altro\b|\bsozinh[oa]\b",
    r"独自(?:一人)?|獨自|孤身一人|没有(?:别人|其他人)(?!说话)",
    r"一人(?:きり|ぼっち)|一人で|(?:ほか|他)に(?:は)?誰もいない",
)

ALONE_WHOLE = re.compile(
    rf"\bonly\s.*\b(?:seen|visible|shown|present|frame|picture|screen|film|scene|see)\b|see\s+only|(?:s[oó]lo|nur|ne voit|vede|s[óo] se|só)\b.*|"
    rf"只(?:能|看|有)|だけが|{_NO_ONE}\s+(?:else|but|except)|other\s+(?:people|persons?|characters?|humans?|living soul)|the only|nadie más|niemand sonst|"
    r"personne d|nessun altro|没有(?:别人|其他人)|誰もいない",
    re.IGNORECASE,
)
"""What says by itself that nobody else is in the whole clip."""

ONE_TAKE = _patterns(
    *SOLE_TAKE,
    r"\b(?:(?:shot|filmed)\s+)?(?:in\s+|as\s+|with\s+)?(?:(?:one|an?|the)[\s-]+)?(?:(?:single|continuous|long|unbroken|uncut|one)[\s-]+)+take\b(?:\s+(?:scene|sequence)(?=\s*:))?",
    r"\b(?:in\s+|as\s+|with\s+)?(?:(?:one|an?|the)[\s-]+)?(?:long[\s-]+)?(?:(?:single|continuous|unbroken|uncut)[\s-]+)+(?:long[\s-]+)?shot\b|\bin\s+one\s+shot\b",
    r"\b(?:the\s+)?(?:film|video|clip|movie|scene|it)\s+(?:has|contains)\s+no\s+cuts?\b|"
    r"\b(?:the\s+camera|the\s+(?:film|video|clip|movie|scene)|we|it)\s+(?:never\s+cuts?|(?:does\s+not|do\s+not|doesn['’]t|don['’]t)\s+cut)(?:\s+away)?\b|"
    r"\boner\b|\b(?:with\s+)?no\s+cuts?\b(?!\s+(?:on|off))|\bwithout\s+(?:any\s+|a\s+(?:single\s+)?)?cuts?(?:ting)?\b|\b(?:uncut|unbroken)\s+(?:shot|take)\b",
    r"\b(?:un\s+)?plano[\s-]secuencia\b|\bsin\s+(?:ningún\s+)?cortes?\b|\b(?:en\s+)?una\s+(?:sola|única)\s+toma(?:\s+continua)?\b",
    r"\bohne\s+(?:einen\s+(?:einzigen\s+)?)?Schnitte?\b|\b(?:in\s+)?einer?\s+einzigen?\s+Einstellung\b|\b(?:eine\s+)?Plansequenz\b",
    r"\bplan[\s-]séquence\b|\bsans\s+(?:aucune\s+)?coupes?\b|\b(?:en\s+)?une\s+seule\s+prise\b",
    r"\bpiano\s+sequenza\b|\bsenza\s+(?:tagli|stacchi)\b|\bsem\s+cortes?\b|\bplano[\s-]sequência\b",
    r"一镜到底|一鏡到底|(?:不|没有?|无|無)(?:任何)?(?:剪辑|剪輯|切镜|切换|剪接)",
    r"ワン(?:カット|テイク)(?:で)?|一発撮り(?:で)?|(?:カット|編集)(?:は)?(?:なし|無し|せずに)|長回し",
)

FROM_TO = re.compile(
    r"(?P<from>\s+(?:from|von|vom|de|du|desde|da|dal|dalla|do)\b)\s+[^.;:,!?\n\ue001]{2,50}?(?P<to>\s+(?:to|zu[mr]?|auf|a|al|à|au|para)\b)\s+(?=\w)",
    re.IGNORECASE,
)
"""Behind a cut: what it leaves and what it shows: "*from* a snowy field *to* a desert"."""
HARD_CUT = _patterns(
    r"\b(?:only\s+)?(?:hard|smash|jump|match|quick|abrupt|sharp)[\s-]+cuts?\b(?:\s+(?:to|only|throughout|everywhere)\b)?|\b(?:we|camera|scene|the film)\s+cuts?\s+to\b",
    r"(?:^|(?<=[.;:\n,]))\s{0,4}(?:then\s+)?cut\s+to\b",
    r"(?<=[.;!?\n])\s{0,4}(?:then\s+)?cut(?=\s*[.;\n])",
    r"\bwe\s+cut\s+(?:from|to|away|back)\b|\bcon\s+cortes\s+(?:secos|duros|bruscos)\b|\bmit\s+harten\s+Schnitten\b|\bavec\s+des\s+coupes\s+franches\b|"
    r"\bcorte\s+(?:seco|brusco|a\b)|\bharter\s+(?:Schnitt|Cut)\b|\bSchnitt\s+(?:auf|zu)\b|\bcoupe\s+(?:franche|sèche|sur)\b|\bstacco\s+(?:netto|su)\b",
    r"(?<=[.;!?\n])\s{0,4}(?:(?:dann|luego|después|puis|poi|depois)\s+)?(?:schnitt|corte|coupe|stacco|taglio)(?=\s*[.;:\n])|(?<=[。；！？\n])(?:切|カット)(?=[。；：\n])",
    r"硬切|切到|切至|切换到|切換到|鏡頭切|镜头切|ハードカット|カットして|にカット|カットを切り替え",
)
