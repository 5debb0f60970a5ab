# ruff: noqa: E501  (tables read better unwrapped)
"""An action in another language as a gloss that :mod:`generator.stage.deeds` can read: English verbs and prepositions.

    "El niño empuja el coche rojo."  ─▶  "xa push the xb qq."      (xa, xb: who and what is named)
    "男の子が車を押す。"              ─▶  "xa push xb."
    "小猫跳上桌子。"                  ─▶  "xa jump onto xb."

Only verbs that the stage can show, words of place and what parts clauses are known; all else is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.stage.deeds import UNKNOWN, Mention
from generator.stage.tongues import ARTICLES
from generator.stage.words import tokens

__all__ = ["Gloss", "gloss"]


@dataclass(frozen=True, slots=True)
class Gloss:
    """An action in English words, and where it names whom."""

    action: str
    mentions: tuple[Mention, ...]


# English → stems (with ``*``) or whole forms of the verbs, and words of place and time.
_EUROPEAN = {
    "es": "push:empuj* pull:tira,tiran,jala* pet:acarici* touch:toc* hug:abraz* kiss:bes* carry:llev*,carg* hold:sostien*,sujet*,agarr*,sosten* take:tom*,coge*,recog* give:da,dan,entreg* throw:lanz*,arroj*,tira* kick:pate* hit:golpe* break:romp* open:abre*,abri* close:cierr* eat:com* drink:beb* ride:mont*,cabalg* drive:conduc*,maneja* climb:trep*,escal*,sube,suben chase:persig* follow:sigu* put:pon*,coloc*,dej* read:lee*,leyendo write:escrib* walk:camin*,anda,andan,pase* run:corr* jump:salt* fall:ca*e,cae*,cay* sit:sient*,sentad* sleep:duerm*,dormi* lie:acost*,tumb* fly:vuel* swim:nad* dance:bail* enter:entr* leave:sal*e,sale*,march* look:mir*,observ* wave:salud* kneel:arrodill* point:señal* cook:cocin* cut:cort* drop:deja-caer "
    "on:sobre,encima in:en,dentro into:hacia-dentro under:bajo,debajo behind:detrás,tras over:encima-de from:desde to:hacia,a,al,hasta with:con beside:junto near:cerca and:y,e while:mientras then:luego,entonces,después who:quien he:él she:ella of:de,del",
    "fr": "push:pouss* pull:tir* pet:caress* touch:touch* hug:enlac*,étrein*,serre kiss:embrass* carry:porte,portent,portant,transport* hold:tien* take:prend*,prenn*,attrap*,ramass* give:donn*,tend throw:lanc*,jett* kick:botte hit:frapp* break:cass*,bris* open:ouvr* close:ferm* eat:mang* drink:boi*,buv* ride:chevauch* drive:condui* climb:grimp*,escalad*,monte,montent chase:poursui*,pourchass* follow:sui* put:pos*,met,mett*,dépos* read:li,lit,lisent write:écri* walk:march*,promèn* run:cour* jump:saut* fall:tomb* sit:assi* sleep:dor*,endor* lie:allong*,couch* fly:vol* swim:nag* dance:dans* enter:entr* leave:sort*,quitt*,part look:regard*,observ* wave:salu* kneel:agenouill* point:montr* cook:cuisin* cut:coup* "
    "on:sur in:dans under:sous behind:derrière over:dessus from:depuis to:vers,à,au,jusqu with:avec beside:près and:et while:pendant,tandis then:puis,ensuite who:qui he:il she:elle of:de,du,des",
    "de": "push:schieb*,schub*,drück*,stöß* pull:zieh* pet:streichel*,krault,krau* touch:berühr* hug:umarm* kiss:küss* carry:trägt,tragen,trug,schlepp* hold:hält,halten,hielt take:nimmt,nehm*,nahm,greif* give:gibt,geben,reich* throw:wirf*,werf*,warf,schleuder* kick:tritt,treten,kick* hit:schläg*,schlag* break:zerbr* open:öffn* close:schließ* eat:isst,essen,frisst,fressen drink:trink* ride:reit*,ritt drive:fähr*,fahr* climb:klett*,steig* chase:jag*,verfolg* follow:folg* put:stell*,leg*,setzt read:lies*,lesen write:schreib* walk:geh*,läuft,laufen,spazier* run:renn*,rann* jump:spring*,sprang fall:fäll*,fall*,stürz* sit:sitz*,setzen sleep:schläf*,schlaf* lie:lieg* fly:flieg* swim:schwimm* dance:tanz* enter:betritt,betret* leave:verläss*,verlass* look:schau*,blick*,sieht,beobacht* wave:wink* kneel:kniet,knie* point:zeig* cook:koch* cut:schneid* hide:versteck* "
    "on:auf in:in,im into:ins,hinein under:unter behind:hinter over:über from:aus,von,vom to:zu,zum,zur,nach with:mit beside:neben,bei,am,an and:und while:während then:dann,danach who:welcher,welche he:er she:sie",
    "it": "push:sping* pull:tir* pet:accarezz* touch:tocc* hug:abbracci* kiss:baci* carry:port* hold:tien*,regg* take:prend*,afferr*,raccogli* give:dà,dann*,consegn* throw:lanci*,gett* kick:calci* hit:colp* break:romp* open:apr* close:chiud* eat:mangi* drink:bev* ride:cavalc*,monta drive:guid* climb:arrampic*,sale,salgono chase:insegu* follow:segu* put:mett*,pos*,appoggi* read:legg* write:scriv* walk:cammin*,passegg* run:corr* jump:salt* fall:cad* sit:sied* sleep:dorm* lie:sdrai* fly:vol* swim:nuot* dance:ball* enter:entr* leave:esc* look:guard*,osserv* wave:salut* kneel:inginocchi* point:indic* cook:cucin* cut:tagl* "
    "on:su,sul,sulla,sopra in:in,nel,nella,dentro under:sotto behind:dietro to:verso,a,al,alla from:da,dal,dalla with:con beside:accanto,vicino and:e,ed while:mentre then:poi,quindi who:che of:di,del,della",
    "pt": "push:empurr* pull:pux* pet:acarici* touch:toc* hug:abraç* kiss:beij* carry:carreg*,lev* hold:segur* take:pega*,apanh* give:dá,dão,entreg* throw:jog*,lanç*,arremess*,atir* kick:chut* hit:bat*,golpe* break:quebr* open:abr* close:fech* eat:com* drink:beb* ride:mont*,cavalg* drive:dirig*,conduz* climb:escal*,sobe,sobem,trep* chase:persegu* follow:segu* put:coloc*,põe,pous* read:lê,lendo write:escrev* walk:caminh*,and* run:corr* jump:pul*,salt* fall:cai*,caem sit:sent* sleep:dorm* lie:deit* fly:vo*a,voam swim:nad* dance:danç* enter:entr* leave:sai,saem look:olh*,observ* wave:acen* kneel:ajoelh* point:apont* cook:cozinh* cut:cort* "
    "on:sobre in:em,no,na,dentro under:sob,embaixo,debaixo behind:atrás to:para,ao,à,até from:de,do,da with:com beside:junto,perto and:e while:enquanto then:depois,então who:que",
    "ru": "push:толка*,толкн* pull:тян*,тащ* pet:глад*,поглад* touch:трога*,касает* hug:обнима* kiss:целу* carry:нес*,нос* hold:держ* take:бер*,взял* give:да*т,отда* throw:броса*,кида*,брос* kick:пина* hit:бь*т,удар* break:разб* open:откр* close:закр* eat:ест,едят,кушае* drink:пь*т ride:скач*,еде*,едет drive:води* climb:лез*,взбира*,карабка* chase:гон*,преслед* follow:следу* put:клад*,став*,положи* read:чита* write:пиш* walk:ид*т,идут,гуля*,шага* run:беж*,бега* jump:прыг* fall:пада*,упал* sit:сид*,садит* sleep:сп*т,спят,спал* lie:леж* fly:лет* swim:плав*,плыв* dance:танцу* enter:вход*,вош* leave:уход*,выход* look:смотр*,наблюда* wave:маш* kneel:колен* cook:готов* cut:реж* "
    "on:на in:в,во under:под behind:за over:над from:из,с,со to:к,ко with:вместе beside:рядом,около,у and:и while:пока then:потом,затем who:который,которая he:он she:она",
}  # fmt: skip

_CHINESE = (
    "push:推 pull:拉,拖 pet:抚摸,摸 touch:碰,触摸 hug:拥抱,抱住 kiss:亲吻,吻 carry:抱着,抱,背着,搬,提着,扛 hold:拿着,握着,举着,捧着,牵着 take:拿起,捡起,抓住,拿,抓,捡,接住 give:递给,送给,给 "
    "throw:扔,抛,投 kick:踢 hit:打,撞倒,撞,敲 break:打破,打碎 open:打开,推开 close:关上 eat:吃 drink:喝 ride:骑着,骑上,骑,开着,驾驶 climb:爬上,爬 chase:追赶,追逐,追 follow:跟着,跟随 put:放 read:读,看书 write:写 "
    "jump-onto:跳上,跳到 jump-into:跳进,跳入 walk-into:走进,走入,进入 run-into:跑进,冲进 walk-to:走向,走到 run-to:跑向,跑到,奔向 walk:走 run:跑,奔 jump:跳跃,跳 fall:掉,落下,摔 sit:坐 sleep:睡 lie:躺 fly:飞 swim:游泳,游 dance:跳舞 enter:进来 "
    "leave:离开 look:看着,望着,看,望 wave:挥手,招手 kneel:跪 point:指着,指 cook:做饭 cut:切 hide:躲,藏"
)
_CHINESE_PLACES = "on:上面,上 in:里面,里,中 under:下面,下 behind:后面,背后 beside:旁边,旁"
_JAPANESE = (
    "push:押 pull:引っ張,引い,引く pet:なで,撫で touch:触 hug:抱きしめ,抱き carry:運ぶ,運ん,抱え,背負 hold:持つ,持っ,握 take:取る,取っ,拾 give:渡す,渡し,あげる throw:投げ kick:蹴 hit:叩,ぶつか,殴 break:割る,割っ,壊 open:開け close:閉め eat:食べ drink:飲 "
    "ride:乗る,乗っ,運転 climb:登,よじ登 chase:追いかけ,追う,追っ follow:ついて put:置く,置い read:読 write:書 walk:歩 run:走 jump:跳,飛び乗,飛び込,ジャンプ fall:落ち,倒れ,転 sit:座 sleep:眠,寝 lie:横たわ fly:飛 swim:泳 dance:踊 enter:入る,入っ,入り leave:出る,出て,去 look:見る,見て,見つめ,眺め wave:手を振 kneel:ひざまず point:指さ cook:料理 cut:切"
)
_JAPANESE_PLACES = "on:の上に,の上で,の上へ,の上 in:の中に,の中へ,の中で,の中 under:の下に,の下で,の下 behind:の後ろに,の後ろで,の後ろ,の陰に beside:のそばに,のそばで,の隣に,の横に,のそば,の隣,の横 over:の上を"
_KOREAN = "push:밀,민다 pull:당기,당긴,끌 pet:쓰다듬 touch:만지,만진 hug:안아,껴안 carry:나르,나른,들고 hold:잡고,쥐 take:집,잡 give:주,건네 throw:던지,던진 kick:차는,찬다 hit:치,때리 open:열,연다 close:닫 eat:먹 drink:마시,마신 ride:타고,탄다,타는 climb:오르,올라 chase:쫓 put:놓 read:읽 walk:걷,걸어 run:달리,달린,뛰어 jump:뛰 fall:떨어,넘어 sit:앉 sleep:자고,잔다,잠 fly:날 swim:수영,헤엄 dance:춤 enter:들어 leave:나간,떠나 look:보,본다,바라"
_KOREAN_PLACES = "on:위에,위로 in:안에,안으로,속에 under:아래에,밑에 behind:뒤에 beside:옆에"


_ASLEEP = frozenset(
    "dormido dormida dormidos dormidas durmiente endormi endormie endormis endormies schlafend schlafende schlafenden "
    "schlafender schlafendes addormentato addormentata adormecido adormecida спящий спящая спящего спящую спящей".split()
)
"""Adjectives: who is called so sleeps, whatever others do."""
_DATIVE = frozenset({"a", "al", "ao", "à"})
_DIRECT = frozenset("pet hug kiss touch hit kick chase follow push pull carry hold take look".split())


def _pairs(text: str) -> list[tuple[str, str]]:
    # (form, English), longest forms first, so that the most exact one is met.
    pairs = [(form, entry.split(":")[0]) for entry in text.split() for form in entry.split(":")[1].split(",")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=16)
def _words_of(language: str) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    whole, stems = {}, []
    for form, english in _pairs(_EUROPEAN[language].casefold()):
        if "*" in form:
            stems.append((re.compile(re.escape(form).replace(r"\*", r"\w{0,6}") + "$"), english))
        else:
            whole[form] = english
    return whole, tuple(stems)


def gloss(action: str, mentions: Sequence[Mention], language: str) -> Gloss:
    """The gloss of an action; English and unknown languages are left as they are.

    Args:
        action: what happens in a shot.
        mentions: where it names whom.
        language: of the action.
    """
    primary = language.casefold().split("-")[0]
    if primary in _EUROPEAN:
        return _european(action, mentions, primary)
    if primary == "zh":
        return _chinese(action, mentions)
    if primary in ("ja", "ko"):
        return _verb_last(action, mentions, primary)
    return Gloss(action, tuple(mentions))


class _Writer:
    def __init__(self) -> None:
        self.text = ""
        self.mentions: list[Mention] = []

    def word(self, word: str) -> None:
        self.text += (" " if self.text else "") + word.replace("-", " ")

    def name(self, key: str) -> None:
        self.text += " " if self.text else ""
        self.mentions.append(Mention(key, len(self.text)))
        self.text += f"xx{len(self.mentions)}"

    @property
    def last(self) -> str:
        return self.text.rpartition(" ")[2]

    def instead(self, word: str) -> None:
        self.text = self.text[: len(self.text) - len(self.last)] + word

    def before(self, word: str) -> None:
        # An adjective before the name that has just been written, or before the next one.
        if not self.mentions or self.mentions[-1].start != len(self.text) - len(self.last):
            self.word(word)
            return
        name, start = self.last, self.mentions[-1].start
        self.text = f"{self.text[:start]}{word} {name}"
        self.mentions[-1] = replace(self.mentions[-1], start=start + len(word) + 1)

    def mark(self, mark: str) -> None:
        self.text += mark

    def done(self) -> Gloss:
        return Gloss(self.text, tuple(self.mentions))


def _european(action: str, mentions: Sequence[Mention], language: str) -> Gloss:
    whole, stems = _words_of(language)
    writer, words = _Writer(), tokens(action)
    named = {mention.start: mention for mention in mentions}
    at = end = 0
    while at < len(words):
        word = words[at]
        for mark in re.findall(r"[.;!?,]", action[end : word.start]):
            writer.mark(mark)
        mention = named.get(word.start)
        count = mention.words if mention is not None else 1
        if mention is not None:
            writer.name(mention.key)
        else:
            if word in _ASLEEP:
                writer.before("sleeping")
                at += 1
                end = word.start + len(word)
                continue
            english = whole.get(str(word)) or next((text for form, text in stems if form.match(word)), "")
            if english == "to" and word in _DATIVE and writer.last in _DIRECT:
                pass  # "acaricia al perro" is no way to the dog
            elif english == "to" and writer.last == "climb":
                writer.instead("ride")  # "monte à cheval"
            elif english:
                writer.word(english)
            elif word in ARTICLES:
                writer.word("the")
            elif len(word) > 3:
                writer.word(UNKNOWN)
        at += count
        end = words[min(at, len(words)) - 1].start + len(words[min(at, len(words)) - 1])
    return writer.done()


def _starts(text: str, at: int, pairs: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    return next((pair for pair in pairs if text.startswith(pair[0], at)), None)


def _chinese(action: str, mentions: Sequence[Mention]) -> Gloss:
    verbs, places = _pairs(_CHINESE), _pairs(_CHINESE_PLACES)
    named = {mention.start: mention for mention in mentions}
    writer, at, brought, verb = _Writer(), 0, "", ""
    held = False  # 把 has been read: what is named next is what the verb is done to
    while at < len(action):
        mention = named.get(at)
        if mention is not None:
            at += max(1, mention.letters)
            place = _starts(action, at, places)
            if held:
                brought, held = mention.key, False
                continue
            if place is not None and (verb or place[0] not in ("上", "下")):
                writer.word(place[1])
                at += len(place[0])
            writer.name(mention.key)
            continue
        pair = _starts(action, at, verbs)
        if pair is not None:
            verb = pair[1]
            writer.word(verb)
            at += len(pair[0])
            if brought:
                writer.name(brought)
                brought = ""
            continue
        char = action[at]
        if char in "。！？；":
            writer.mark(".")
            verb = ""
        elif char in "，、":
            writer.mark(",")
        elif char in "把将":
            held = True
        elif char in "和跟与":
            writer.word("and")
        elif char in "他她它" and (at == 0 or action[at - 1] in "，。；、"):
            writer.word("he")
        at += 1
    return writer.done()


_PARTICLES = {
    "ja": _pairs("subject:が,は,も object:を target:に,へ and:と from:から"),
    "ko": _pairs("subject:이,가,은,는,께서 object:을,를 target:에게,에,로,으로 and:와,과,하고"),
}


def _verb_last(action: str, mentions: Sequence[Mention], language: str) -> Gloss:
    verbs = _pairs(_JAPANESE if language == "ja" else _KOREAN)
    places = _pairs(_JAPANESE_PLACES if language == "ja" else _KOREAN_PLACES)
    named = {mention.start: mention for mention in mentions}
    writer, at = _Writer(), 0
    subjects: list[str] = []
    objects: list[str] = []
    targets: list[tuple[str, str]] = []
    joined: list[str] = []
    while at < len(action):
        mention = named.get(at)
        if mention is not None:
            at += max(1, mention.letters)
            while at < len(action) and action[at] == " ":
                at += 1
            place = _starts(action, at, places)
            particle = place or _starts(action, at, _PARTICLES[language])
            at += len(particle[0]) if particle else 0
            kind = particle[1] if particle else ""
            if place is not None:
                targets.append((place[1], mention.key))
            elif kind == "subject":
                subjects, joined = [*joined, mention.key], []
            elif kind == "object":
                objects.append(mention.key)
            elif kind in ("target", "from"):
                targets.append(("to" if kind == "target" else "from", mention.key))
            elif kind == "and":
                joined.append(mention.key)
            continue
        pair = _starts(action, at, verbs)
        if pair is not None and (objects or targets or subjects):
            for number, key in enumerate(subjects):
                if number:
                    writer.word("and")
                writer.name(key)
            writer.word(pair[1])
            for key in [*objects, *joined]:
                writer.name(key)
            for preposition, key in targets:
                writer.word(preposition)
                writer.name(key)
            writer.mark(".")
            objects, targets, joined = [], [], []
            at += len(pair[0])
            continue
        if action[at] in "。！？.!?":
            subjects, objects, targets, joined = [], [], [], []
        at += 1
    return writer.done()
