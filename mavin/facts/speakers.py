"""Who says a quotation: labels, verbs of speech before and behind it, in several languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.facts.addressees import TOWARDS, english_addressee, foreign_addressee
from mavin.facts.grammar import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PARTICLES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    find_verb,
    is_adverb,
    tokens_of,
    verb_forms,
)
from mavin.facts.phrases import TITLES, lead_end

__all__ = ["SpeechCue", "cue_before", "cue_behind", "is_speech_verb", "name_above", "speech_verb_in"]

_VERBS = frozenset(
    (
        "say ask reply answer whisper shout yell scream cry call mutter murmur mumble exclaim announce "
        "explain respond tell add beg order sing sigh laugh declare warn greet hiss gasp snap continue remark "
        "admit insist demand plead promise suggest state comment agree protest bark growl roar chant recite "
        "repeat reveal confess joke tease think wonder begin interrupt observe stammer stutter croak bellow "
        "chuckle giggle groan moan howl urge cheer read speak talk shriek retort quip breathe squawk whimper scold hum bleat command boast complain "
        "apologize apologise concede counter interject note offer pray proclaim propose vow wail"
    ).split()
)
_MANNERS = {
    "whisper": "whispering", "murmur": "murmuring", "mutter": "muttering", "mumble": "mumbling", "shout": "shouting",
    "yell": "yelling", "scream": "screaming", "cry": "crying out", "sing": "singing", "sigh": "sighing", "laugh": "laughing",
    "hiss": "hissing", "gasp": "gasping", "snap": "sharply", "ask": "asking", "exclaim": "excitedly", "beg": "begging",
    "plead": "pleading", "order": "commanding", "demand": "demanding", "warn": "warning", "stammer": "stammering",
    "growl": "growling", "roar": "roaring", "groan": "groaning", "chuckle": "chuckling", "giggle": "giggling",
    "announce": "announcing", "shriek": "shrieking", "bellow": "bellowing", "breathe": "breathing", "cheer": "cheering",
}  # fmt: skip
_FOREIGN = {
    "es": r"dice|dijo|dicen|pregunta|preguntó|responde|respondió|contesta|contestó|susurra|susurró|grita|gritó|exclama|"
    r"exclamó|murmura|murmuró|añade|añadió|diciendo|gritando|susurrando|habla|habló|canta|explica|explicó|"
    r"ordena|ordenó|anuncia|anunció|suplica|repite|llama|insiste|"
    r"replica|replicó|comenta|advierte|bromea|cuenta|lee|pide|ruega|chilla",
    "de": r"sagt|sagte|sagen|fragt|fragte|antwortet|antwortete|flüstert|flüsterte|ruft|rief|schreit|schrie|murmelt|"
    r"murmelte|erwidert|erwiderte|meint|meinte|übersetzt|erklärt|erklärte|befiehlt|befahl|bittet|wiederholt|"
    r"spricht|singt|zischt|brüllt|stammelt|seufzt|"
    r"verkündet|warnt|lacht|bemerkt|ergänzt|liest|entgegnet|haucht|raunt|stottert",
    "fr": r"dit|disent|demande|demanda|répond|répondit|chuchote|chuchota|murmure|murmura|crie|cria|s['’]écrie|"
    r"s['’]exclame|"
    r"ajoute|ajouta|déclare|souffle|explique|ordonne|annonce|hurle|répète|lance|chante|fait|supplie|murmurent|"
    r"soupire|réplique|prévient|lit|"
    r"insiste|rétorque|balbutie|grogne",
    "it": r"dice|disse|chiede|chiese|risponde|rispose|sussurra|sussurrò|grida|gridò|esclama|esclamò|mormora|"
    r"mormorò|spiega|ordina|annuncia|urla|ripete|canta|legge|implora|aggiunge|replica",
    "pt": r"diz|disse|pergunta|perguntou|responde|respondeu|sussurra|sussurrou|grita|gritou|exclama|murmura|"
    r"explica|ordena|anuncia|repete|canta|lê|implora|acrescenta|replica",
    "ru": r"говорит|сказал|сказала|спрашивает|спросил|спросила|отвечает|ответил|ответила|шепчет|кричит|крикнул",
}
_CHINESE = r"(?:说|說|问|問|喊|叫|回答|答|喊道|说道|問道|问道|答道|低语|低語|轻声说|大喊|告诉|道)"


@dataclass(frozen=True, slots=True)
class SpeechCue:
    """What the words beside a quotation say about its speaker.

    Attributes:
        speaker: the words that name the speaker, empty where the clause's subject speaks.
        start: offset of those words in the text that was searched.
        label: whether they are a label ("C1:", "ANNA (whispering):").
        delivery: how it is said.
        only: whether the text holds nothing but the cue.
        addressee: the words that name whom it is said to, empty if nothing tells.
        addressee_start: offset of those words in the text that was searched.
    """

    speaker: str
    start: int
    label: bool = False
    delivery: str = ""
    only: bool = False
    addressee: str = ""
    addressee_start: int = 0


def is_speech_verb(word: str) -> bool:
    """Whether a lower-case word is a form of a verb that introduces speech."""
    from lemminflect import getAllLemmas

    if not verb_forms(word):
        return False
    return any(lemma in _VERBS for lemma in getAllLemmas(word, "VERB").get("VERB", ()))


def _manner(token: Token, others: list[Token]) -> str:
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(token.lower, "VERB").get("VERB", ())
    manner = next((_MANNERS[lemma] for lemma in lemmas if lemma in _MANNERS), "")
    adverbs = [other.text for other in others if other.text.endswith("ly") and other.text.islower()]
    return " ".join([*([manner] if manner else []), *adverbs])


_LABEL = re.compile(
    r"(?:^|[\n.;!?。；]\s*|,\s*|[-–—*•]\s+)(?P<name>[A-Z][\w.'’-]*(?:\s+[A-Z0-9][\w.'’-]*){0,2}|C\d|"
    r"[\u4e00-\u9fff\u3040-\u30ff]{1,6})"
    r"\s*(?:\((?P<manner>[^()\n]{1,40})\)|\[(?P<manner2>[^\[\]\n]{1,40})\])?\s*[:：]\s*$"
)


_NAME_ABOVE = re.compile(
    r"(?:^|\n)[ \t]*(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,24}?)[ \t]*(?:\((?P<manner>[^()\n]{1,30})\))?[ \t]*\n"
    r"(?:[ \t]*\((?P<manner2>[^()\n]{1,40})\)[ \t]*\n)?[ \t]*$"
)


def name_above(text: str) -> SpeechCue | None:
    """A screenplay's name in capitals on the line above the speech, with its parenthesis as delivery."""
    found = _NAME_ABOVE.search(text)
    if found is None:
        return None
    manner = (found["manner2"] or found["manner"] or "").strip()
    delivery = "" if re.search(r"\d|off|o\.s|v\.o|cont", manner, re.IGNORECASE) else manner
    return SpeechCue(found["name"].strip(), found.start("name"), True, delivery, True)


def cue_before(text: str, language: str) -> SpeechCue | None:
    """Reads the words of a clause up to a quotation; times must have been blanked out.

    Returns ``None`` if nothing there says that somebody speaks.
    """
    label = _LABEL.search(text)
    if language == "zh" and (led := _ACTING.search(text)) and (acting := _acting(led["words"])):
        return SpeechCue(acting[0], led.start("words") + acting[1])
    told = label is not None and language in {"zh", "ja"} and _tells_speech(label["name"])
    if label and not told:
        name, at = label["name"], label.start("name")
        words = tokens_of(name)
        if len(words) > 1 and words[0].lower != words[0].text and is_speech_verb(words[0].lower):
            name, at = name[words[1].start :], at + words[1].start  # "Says Ana: …"
            words = words[1:]
        if not is_speech_verb(words[-1].lower) and words[0].lower not in PRONOUNS | CONJUNCTIONS:
            manner = label["manner"] or label["manner2"] or ""
            only = not text[: label.start("name")].strip(" .,;:-–—\n")
            delivery = "" if re.search(r"\d|off|o\.s|v\.o", manner, re.I) else manner.strip()
            return SpeechCue(name, at, True, delivery, only)
    if language in {"zh", "ja"}:
        return _asian_before(text)
    if language in _FOREIGN:
        found = _foreign_before(text, language)
        if found is not None:
            return found
    return _english_before(text)


_TELLS = re.compile("[说說问問喊答]|告[诉訴]|提醒|吩咐|叫住|安慰")
_ACTING = re.compile(r"(?:^|[。！？；\n])\s*(?P<words>[\u4e00-\u9fff][^。！？；：:\n\ue000]{1,30})[:：]\s*$")


def _tells_speech(words: str) -> bool:
    """Whether words before a colon tell that somebody speaks, and so are no name: 小明说, 他自言自语."""
    from mavin.facts.chinese import says

    return bool(re.search(_CHINESE, words) or re.match("把|将|將|对着|對著|朝|向着|向著", words)) or says(words)


def _tells_act(text: str, words: str) -> bool:
    """Whether a verb stands among the words before a Chinese colon, so that they are no bare name."""
    from mavin.facts.chinese import read, says

    return text.rstrip().endswith(("：", ":")) and (says(words) or read(words).verb is not None)


def _acting(words: str) -> tuple[str, int] | None:
    """Who acts before a colon (酒保摇头：“…”), with the offset; ``None`` if the words are a mere name."""
    from mavin.facts.chinese import read, says

    reading = read(words)
    if (
        says(words)
        or _TELLS.search(words)
        or reading.verb is None
        or not reading.subjects
        or reading.subjects[0].end > reading.verb[0]
    ):
        return None
    return reading.subjects[0].text, reading.subjects[0].start


_ORDINALS = frozenset("first second third last".split())
_HOW_OFTEN = frozenset("every each all twice once again".split())


def _english_before(text: str) -> SpeechCue | None:
    tokens = tokens_of(text)
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if not is_speech_verb(token.lower):
            continue
        if index and tokens[index - 1].lower in {"a", "an", "the", "no", *POSSESSIVES} and index > 1:
            continue  # "tells a joke", "in a whisper"
        behind = tokens[index + 1 :]
        gap = text[token.end :]
        if len(behind) > 7 or re.search(r"[.;!?]\s", gap):
            return None
        start = _phrase_start(text, tokens, index)
        floor = tokens[start].start + lead_end(text[tokens[start].start :])
        while start < index and tokens[start].start < floor:
            start += 1  # "At 1:05 PM Tom says"
        named = [item for item in tokens[start:index] if not is_adverb(item.lower) or item.lower in _ORDINALS]
        helper = next((at for at, item in enumerate(named) if at and item.lower in AUXILIARIES), len(named))
        last = named[helper - 1] if named[:helper] else None
        named = named[:helper]  # "Ana can only say"
        delivery = _manner(token, tokens[max(0, index - 1) : index] + behind[:2])
        to, at = english_addressee(text, token, behind)
        aside = not named or named[0].lower in PREPOSITIONS
        told = _behind_asides(text, tokens, start, index) if aside and not token.lower.endswith("ing") else None
        if told is not None:
            return SpeechCue(text[told[0] : told[1]], told[0], False, delivery, addressee=to, addressee_start=at)
        if not named and not index and behind and behind[0].text[0].isupper() and not token.lower.endswith("ing"):
            stop = next((at for at, item in enumerate(behind) if not item.text[0].isupper()), len(behind))
            speaker = text[behind[0].start : behind[stop - 1].end]  # "Asks Ben, …"
            return SpeechCue(speaker, behind[0].start, False, delivery, True)
        if token.lower.endswith("ing") or not named:
            only = start == 0 and not named
            return SpeechCue("", token.start, False, delivery, only, addressee=to, addressee_start=at)
        speaker = text[named[0].start : last.end if last is not None else tokens[index - 1].end]
        return SpeechCue(speaker, named[0].start, False, delivery, start == 0, addressee=to, addressee_start=at)
    return None


_INVERTED = frozenset({"do", "does", "did"})


def _phrase_start(text: str, tokens: list[Token], index: int) -> int:
    """Index of the first token of the words that lead to a verb of speech without a comma or a conjunction."""
    start = index
    while start > 0:
        before = tokens[start - 1].lower
        gap = text[tokens[start - 1].end : tokens[start].start].strip()
        clock = gap == ":" and before.isdigit()
        if gap and not (gap == "." and before in TITLES) and not clock:
            break
        if before in CONJUNCTIONS | _INVERTED or (is_speech_verb(before) and start - 1 != index - 1):
            break
        start -= 1
    return start


def _behind_asides(text: str, tokens: list[Token], start: int, index: int) -> tuple[int, int] | None:
    """Where the speaker stands before asides: "its owner, *Tess*, says", "Mara, *in red, with a low voice* says".

    Returns:
        Offsets of the noun phrase that leads the asides; ``None`` if what stands there is no noun phrase alone.
    """
    end = start
    for _ in range(4):
        if end == 0 or text[tokens[end - 1].end : tokens[min(end, index)].start].strip() != ",":
            return None
        first = _phrase_start(text, tokens, end - 1)
        piece = tokens[first:end]
        opens = first == 0 or tokens[first - 1].lower in CONJUNCTIONS
        if opens and piece[0].lower not in PREPOSITIONS and first < end:
            while piece and is_adverb(piece[0].lower):
                piece = piece[1:]
            words = text[piece[0].start : piece[-1].end] if piece else ""
            known = piece and (piece[0].lower in DETERMINERS | POSSESSIVES or piece[0].text[0].isupper())
            if not known or len(piece) > 5 or (len(piece) == 1 and piece[0].lower in PRONOUNS | DETERMINERS):
                return None
            bare = not any(token.lower in PREPOSITIONS or token.lower in PRONOUNS for token in piece)
            return (piece[0].start, piece[0].start + len(words)) if bare and find_verb(piece) is None else None
        end = first
    return None


def _foreign_before(text: str, language: str) -> SpeechCue | None:
    matches = list(re.finditer(rf"\b(?:{_FOREIGN[language]})\b", text, re.IGNORECASE))
    if not matches:
        return _foreign_colon(text)
    match = matches[-1]
    tail = text[match.end() :]
    if re.search(r"[,;.]\s*(?:und|aber|y|pero|et|mais|e|ma|mas)\s", tail):
        return _foreign_colon(text)
    if len(tail.split()) > 7:
        return None
    head = re.split(r"[,;:.]\s*|\b(?:y|e|und|et|ed|и)\s+", text[: match.start()])[-1]
    start = match.start() - len(head)
    bare = re.sub(rf"(?:^|\s+)(?:{_CLITICS[language]})\s*$", "", head.rstrip(), flags=re.IGNORECASE).strip()
    to, at = foreign_addressee(tail, language, plain=bool(bare) and not re.fullmatch(_OPENING, bare, re.IGNORECASE))
    only = not text[:start].strip()
    speaker, place = bare, start + len(head) - len(head.lstrip())
    own = re.match(rf"\s+(?P<name>{_NAMED})", tail) if not to else None
    if own and (not bare or re.fullmatch(_OPENING, bare, re.IGNORECASE)):
        speaker, place = own["name"], match.end() + own.start("name")  # "Dann fragt Anna:"
    return SpeechCue(speaker, place, False, "", only, addressee=to, addressee_start=match.end() + at if to else 0)


def _foreign_colon(text: str) -> SpeechCue | None:
    """ "…, und seine Schwester übersetzt:": before a colon any verb may bring in speech, if somebody stands before it."""
    found = re.search(
        rf"(?:^|[,;.!?]\s*|\b(?:y|e|und|et|ed|и)\s+)(?P<name>{_SOMEBODY})\s+(?:[^\W\d_A-Z]\w*\s*){{1,3}}[:：]\s*$", text
    )
    if found is None:
        return None
    return SpeechCue(found["name"], found.start("name"), only=not text[: found.start("name")].strip())


_SOMEBODY = (
    r"(?:(?:der|die|das|el|la|le|il|lo|ein|eine|un|una|une|su|seine?|ihre?|son|sa|suo|sua|seu)"
    r"\s+(?:[a-zà-ÿ]+e[rn]?\s+)?[\w'’-]{3,}|"
    r"[A-ZÀ-ÞА-Я][\w'’-]+)"
)
_NAMED = (
    r"(?:(?:der|die|das|el|la|le|il|lo|l['’]|ein|eine|un|una|une|su|seine?|ihre?|son|sa)\s*(?:[a-zà-ÿ]+\s+)?[\w'’-]+|"
    r"[A-ZÀ-ÞА-Я][\w'’-]*(?:\s+[A-ZÀ-ÞА-Я][\w'’-]*)?)"
)
_OPENING = (
    r"(?:dann|danach|da|nun|jetzt|schließlich|plötzlich|entonces|luego|después|y|et|puis|alors|ensuite|poi|"
    r"allora|então|depois|"
    r"тогда|затем|solo|sólo|solamente|únicamente|nur|lediglich|seul|seulement|soltanto|apenas|só|entonces\s+solo)"
)
_CLITICS = {
    "es": "le|les|me|te|se lo|nos|no", "fr": "lui|leur|me|te|nous|vous|se|ne", "it": "gli|le|mi|ti|ci|si|non",
    "pt": "lhe|lhes|me|te|se", "de": "(?!)", "ru": "(?!)",
}  # fmt: skip


_SAID = r"(?:[了着著过過]?(?:[一两兩二三四五几幾\d]?[句声聲遍次]|话|話|道|起来|起來)?)"
_ZH_LEAD = (
    r"^(?:后来|後來|起初|最初|然后|然後|接着|接著|最后|最後|于是|於是|这时|這時|此时|突然|忽然|随后|隨後|终于|終於|片刻后|やがて|そして|それから|"
    r"すると|しかし|最後に|次に|突然)[，、]?"
)
_ZH_MANNER = r"轻声|輕聲|大声|大聲|低声|低聲|高声|笑着|哭着|小声|小聲|悄悄|急忙|立刻|也|又|再|只|就|便|才|却|都|平静地|温柔地|慢慢地|激动地|[\u4e00-\u9fff]{1,3}地"


def _asian_before(text: str) -> SpeechCue | None:
    match = re.search(
        rf"(?P<head>[^，。！？、；\n]{{0,30}}?)(?:(?P<asked>告诉|告訴|问|問|提醒|吩咐|叫住|安慰|回答)"
        rf"(?P<whom>[\u4e00-\u9fff]{{1,6}}?)(?:{_CHINESE})?|(?:{_CHINESE}){_SAID})\s*[:：，,]?\s*$",
        text,
    )
    if match is None or re.search(r"[はがもに]", match["head"]):
        return _japanese_before(text)
    towards = re.search(
        rf"(?:对着?|對著?|向|跟|朝着?|和|同(?![学學事伴桌窗志伙聲声]))(?P<to>[\u4e00-\u9fffA-Za-z]{{1,8}}?)(?:{_ZH_MANNER})?$",
        match["head"],
    )
    opened = re.match(_ZH_LEAD, match["head"].lstrip())
    head = match["head"].lstrip()[opened.end() :] if opened else match["head"].lstrip()
    place = match.start("head") + match["head"].find(head) if head else match.start("head")
    bare = re.split(rf"对|對|向|跟|朝|从|從|在|{_ZH_MANNER}", head)[0].strip()
    if "的" in bare:
        place += bare.rfind("的") + 1  # "她的搭档老陈"
        bare = bare[bare.rfind("的") + 1 :]
    only = not text[: match.start()].strip(" ，。！？、；\n")
    to, at = (towards["to"], match.start("head") + towards.start("to")) if towards else ("", 0)
    if match["asked"] and match["whom"] and not re.fullmatch(rf"(?:道|说|說|着|了)+|{_SAID}", match["whom"]):
        to, at = match["whom"], match.start("whom")
    # "走过来" and the like: without a short name in front, the subject so far speaks.
    speaker = bare if 0 < len(bare) <= 8 else ""
    return SpeechCue(speaker, place, False, "", only, addressee=to, addressee_start=at)


_JAPANESE = r"(?:言|話|尋|聞|叫|囁|ささや|答|呼|つぶや|呟|告げ|頼|語|返)"


_WRITTEN_ON = frozenset("看板 標識 ポスター 張り紙 札 表札 タイトル 題名 文字 字幕 本 手紙 画面 テロップ".split())


def _japanese_before(text: str) -> SpeechCue | None:
    named = re.search(
        r"(?:^|[。！？\n])\s*(?P<name>[\u4e00-\u9fff\u30a0-\u30ff]{1,8})\s*(?:[（(][^（()）\n]{0,30}[）)])?\s*[:：]?\s*$",
        text,
    )
    # 他自言自语, 机长宣布：, 男人冷笑： tell what somebody does.
    told = named is not None and (re.match("他(?!人)|她|它", named["name"]) or _tells_act(text, named["name"]))
    if named is not None and not told and named["name"] not in _WRITTEN_ON:  # 花子「船がない」, as plays are written
        return SpeechCue(named["name"], named.start("name"), True, "", True)
    led = re.search(rf"(?:^|[。！？、；\n])\s*(?P<lead>{_ZH_LEAD[1:]})(?=[^。！？；\n]*$)", text)
    if led is not None:
        # The characters of やがて hold a が: openers are blanked before anybody is looked for.
        text = text[: led.start("lead")] + " " * len(led["lead"]) + text[led.end("lead") :]
    match = re.search(
        r"(?P<head>[^，。！？、；\n]{1,8}?)(?:は|が)、?(?:(?P<to>[^はがを、。\n]{1,8}?)(?:に(?:向かって|対して)?|へ))"
        r"?[^。\n]{0,12}[:：、,]?\s*$",
        text,
    ) or re.search(
        rf"(?P<head>)(?P<to>[^はがを、。\n]{{1,8}}?)(?:に(?:向かって|対して)?|へ)"
        rf"[^。\n]{{0,4}}{_JAPANESE}[^。\n]{{0,6}}[:：、,]?\s*$",
        text,
    )
    if match is None:
        return None
    only = not text[: match.start()].strip(" ，。！？、；\n")
    to, at = (match["to"], match.start("to")) if match["to"] else ("", 0)
    head = match["head"].lstrip()
    place = match.start("head") + len(match["head"]) - len(head)
    return SpeechCue(head if len(head) <= 5 else "", place, False, "", only, addressee=to, addressee_start=at)


def speech_verb_in(text: str, language: str) -> str:
    """The verb of speech in words beside a quotation of another language than English, or ``""``."""
    pattern = _FOREIGN.get(language)
    match = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE) if pattern else None
    return match.group().lower() if match else ""


_CHAR = r"[\u4e00-\u9fff\u3040-\u30ffA-Za-z]"
_ASIAN_BEHIND = (
    rf"(?:と)?(?P<name>{_CHAR}{{1,5}}?)(?:が|は)、?(?P<to>{_CHAR}{{1,8}}?)(?:に向かって|に|へ)[^、。]{{0,4}}{_JAPANESE}",
    rf"(?P<name>{_CHAR}{{1,5}}?)(?:对着?|對|向|跟|朝着?)(?P<to>{_CHAR}{{1,8}}?){_CHINESE}",
    rf"(?:と)?(?P<name>{_CHAR}{{1,5}}?)(?:が|は)?(?:{_CHINESE}|{_JAPANESE})",
)


def _asian_behind(clause: str, offset: int) -> SpeechCue | None:
    for pattern in _ASIAN_BEHIND:
        found = re.match(pattern, clause)
        if found is None:
            continue
        to = found.groupdict().get("to") or ""
        at = offset + found.start("to") if to else 0
        return SpeechCue(found["name"], offset + found.start("name"), only=True, addressee=to, addressee_start=at)
    return None


def cue_behind(text: str, language: str, *, ended: bool = False) -> SpeechCue | None:
    """Reads the words that follow a quotation: ", she whispers", ", dice Ana", "と少女が言う"."""
    head = re.match(r"\s*[,，–—-]?\s*", text)
    offset = head.end() if head else 0
    titled = re.sub(rf"\b({'|'.join(TITLES)})\.(?=\s[A-Z])", r"\1 ", text[offset : offset + 400], flags=re.IGNORECASE)
    clause = re.split(r"[.;:!?。！？；\n\ue000]", titled, maxsplit=1)[0]
    clause = text[offset : offset + len(clause)]
    if not clause.strip():
        return None
    if language in {"zh", "ja"}:
        return _asian_behind(clause, offset)
    if language in _FOREIGN:
        verb = re.match(
            rf"(?:le\s+|lui\s+|gli\s+)?(?:{_FOREIGN[language]})\b(?:-t)?[\s-]*(?P<name>(?:(?!,)"
            rf"[^\s,—–]+\s*){{1,3}})",
            clause,
            re.IGNORECASE,
        )
        if verb:
            name = re.split(
                r"\s+(?:al?|à|aux?|con|mit|zu[mr]?|und|y|et|en|in|avec|while|all[ae]|ao)"
                r"\b",
                verb["name"],
            )[0].strip()
            if re.match(rf"(?:{TOWARDS[language]})", verb["name"], re.IGNORECASE) and language != "it":
                name = ""  # "…", dice al niño: the subject so far speaks
            to, at = foreign_addressee(clause[verb.start("name") + len(name) :], language, plain=False)
            place = offset + verb.start("name")
            return SpeechCue(name, place, only=True, addressee=to, addressee_start=place + len(name) + at if to else 0)
    tokens = tokens_of(clause)
    if ended and tokens and tokens[0].text[0].isupper() and len(tokens) > 4:
        return None  # "My leg is stuck." Max sighs and lifts her.
    for index, token in enumerate(tokens[:6]):
        if clause[: token.start].count(","):
            return None
        if not is_speech_verb(token.lower):
            if token.lower in CONJUNCTIONS | PREPOSITIONS:
                return None
            continue
        rest = tokens[index + 1 :]
        delivery = _manner(token, rest[:2])
        if index:
            speaker = clause[tokens[0].start : tokens[index - 1].end]
            to, at = english_addressee(clause, token, rest)
            place = offset + tokens[0].start
            return SpeechCue(
                speaker, place, False, delivery, True, addressee=to, addressee_start=offset + at if to else 0
            )
        while rest and rest[0].lower in PARTICLES and len(rest) > 1:
            rest = rest[1:]  # "calls out Dr. Voss"
        named: list[Token] = []
        for item in rest[:5]:
            stops = item.lower in PREPOSITIONS | CONJUNCTIONS or is_adverb(item.lower) or item.lower.endswith("ing")
            stops = stops or (bool(named) and item.lower in _HOW_OFTEN)
            if stops or (named and "," in clause[named[-1].end : item.start]):
                break
            named.append(item)
        if named:
            to, at = english_addressee(clause, named[-1], rest[len(named) :])
            speaker, place = clause[named[0].start : named[-1].end], offset + named[0].start
            return SpeechCue(
                speaker, place, False, delivery, True, addressee=to, addressee_start=offset + at if to else 0
            )
        return SpeechCue("", offset, delivery=delivery, only=True)
    return None
