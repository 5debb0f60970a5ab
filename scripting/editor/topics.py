"""What an instruction can be about, and the words by which code knows it, in ten languages where it matters."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["DESCRIPTIONS", "SOFT", "Topic", "direction", "topic_of_named", "topics_in"]


class Topic(StrEnum):
    """One sort of change; each is a field, or a few that belong together."""

    PACE = "pace"
    DELIVERY = "delivery"
    WORDS = "words"
    NEW_LINE = "new_line"
    CAMERA = "camera"
    PLACE = "place"
    ACTION = "action"
    LENGTH = "length"
    NEW_SHOT = "new_shot"
    LOOKS = "looks"
    VOICE = "voice"
    SOUND = "sound"
    NO_SOUND = "no_sound"
    STYLE = "style"
    AMBIENCE = "ambience"
    TITLE = "title"


DESCRIPTIONS: dict[Topic, str] = {
    Topic.PACE: "how fast somebody speaks",
    Topic.DELIVERY: "in which manner somebody speaks",
    Topic.WORDS: "which words somebody says",
    Topic.NEW_LINE: "a new line of dialogue",
    Topic.CAMERA: "the camera: how near, from where, how it moves",
    Topic.PLACE: "the place, the hour, the light or the weather",
    Topic.ACTION: "what happens, what people do, the mood of a moment",
    Topic.LENGTH: "how long a shot lasts",
    Topic.NEW_SHOT: "a new shot",
    Topic.LOOKS: "how somebody looks: body, hair, clothes",
    Topic.VOICE: "what somebody's voice is like",
    Topic.SOUND: "a sound that is to be heard",
    Topic.NO_SOUND: "a sound that is to go",
    Topic.STYLE: "the look of the whole picture: colours, medium",
    Topic.AMBIENCE: "the background sound of the whole film",
    Topic.TITLE: "the film's title",
}
"""What each is, for the model that has to choose."""

SOFT = (
    Topic.ACTION,
    Topic.PLACE,
    Topic.CAMERA,
    Topic.LOOKS,
    Topic.DELIVERY,
    Topic.VOICE,
    Topic.STYLE,
    Topic.AMBIENCE,
)
"""What a model may choose without a word of the instruction for it: nobody's words, times or lines are among them."""

_SHOT_WORD = r"(?:shots?|scenes?|ending|opening|beginning|einstellung(?:en)?|szenen?|ende|plans?|scènes?|fin|planos?|escenas?|inquadratur\w+|cenas?|镜头|场景|結尾|结尾|ショット|シーン)"
_SPEAK = r"(?:answer\w*|speaks?|speaking|talks?|talking|says?|saying|repl(?:y|ies)|lines?|voice|spricht|sprechen|antworte\w*|redet|parl\w+|répond\w*|habl\w+|respond\w+|rispond\w+|fal\w+|说|說|回答|话す|話|答え)"
_FAST = r"(?:faster|quicker|more quickly|hurr\w+|rush\w*|slower|more slowly|take (?:his|her|their|its|more) time|schneller|langsamer|plus (?:vite|rapidement|lentement)|más (?:rápido|deprisa|despacio|lento)|più (?:veloc\w+|lentamente|piano)|mais (?:rápido|depressa|devagar|lento)|更?快(?:一?点|些)|更?慢(?:一?点|些)|速く|早く|ゆっくり)"
_LONG = r"(?:longer|shorter|linger\w*|briefer|länger|kürzer|plus (?:long|court)\w*|más (?:larg|cort)\w+|più (?:lung|brev|cort)\w+|mais (?:long|curt)\w+|更?长一?[点些]|更?短一?[点些]|長く|短く)"

_WORDS: dict[Topic, str] = {
    Topic.PACE: rf"{_FAST}|\bslow\w* down\b|\bspeed\w* up\b",
    Topic.DELIVERY: (
        r"\bwhisper\w*|\bshout\w*|\byell\w*|\bscream\w*|\bmutter\w*|\bsoft(?:ly|er)\b|\bloud(?:ly|er)\b|\bquiet(?:ly|er)\b|"
        rf"\b{_SPEAK}\b.{{0,30}}\b(?:(?!only|early|really|family|slowly|quickly|finally|nearly)\w+ly)\b|\bdelivery\b|\btone\b|\bsounds? (?:more |less |very )?(?:\w+er|\w+ly|\w+ed|\w+ing|\w+ful|sad|happy|angry|calm)\b|"
        r"flüster\w*|schrei\w*|leiser|lauter|chuchot\w*|murmur\w*|cri(?:e|er|ant)\b|susurr\w*|grit\w+|sussurr\w*|低声|小声|大声|喊|ささや|叫"
    ),
    Topic.WORDS: (
        r"\b(?:dialogue|wording|reword|rephrase|what (?:he|she|they|it|[A-Z]\w+) says?|says? something)\b|"
        r"\b(?:lines?|words|sentence|question|answer)\b.{0,40}\b(?:funn\w+|witt\w+|polite\w*|rude\w*|formal|simpl\w+|shorter|longer|kind\w*|cold\w*|harsh\w*)\b|"
        r"\b(?:shorten|lengthen|rewrite|translate|simplify)\b.{0,30}\b(?:lines?|words|answer|question)\b|台词|対話|セリフ|\bWorte\b|Dialog\b|paroles|palabras|parole\b|palavras"
    ),
    Topic.NEW_LINE: (
        r"\badd (?:a|another|one more) (?:line|answer|reply|question|sentence)\b|"
        r"\b(?:have|let|make)\b.{1,40}\b(?:say|ask|answer|reply|shout|whisper|call|add)\b\s*(?:[\"“„«]|something|goodbye|hello|thank)"
    ),
    Topic.CAMERA: (
        r"\bcamera\b|\bclose[- ]?ups?\b|\bcloser\b|\bzoom\w*|\bpan(?:s|ning)?\b|\btilt\w*|\bangle\b|\bhand-?held\b|\bdolly\b|\bwide(?:r)? shot|"
        r"\bfram(?:e|ing)\b|\btracking\b|\bfrom (?:above|below|behind)\b|\boverhead\b|\bkamera\b|\bnaheinstellung|\bgroßaufnahme|\bcaméra\b|gros plan|\bcámara\b|primer plano|"
        r"\btelecamera\b|primo piano|\bcâmara\b|\bcâmera\b|镜头(?:拉|推|靠|更|要|应)|特写|カメラ|アップ"
    ),
    Topic.PLACE: (
        r"\bnight\w*|\bmidnight\b|\bdusk\b|\bdawn\b|\bsunset\b|\bsunrise\b|\bmorning\b|\bevening\b|\bnoon\b|\bmoonl\w+|\brain\w*|\bsnow\w*|\bfog(?:gy)?\b|\bmist(?:y)?\b|\bstorm\w*|\bwinter\b|"
        r"\bsummer\b|\bautumn\b|\bspring\b|\bindoors\b|\boutdoors\b|\bweather\b|\bthe place\b|\blocation\b|\bsetting\b|\btakes? place\b|\bset (?:it|this|the (?:film|story|scene|whole)\w*) (?:in|at|on)\b|"
        r"\bnachts?\b|\bnacht\b|\babend\w*|\bmorgen\w*|\bregen\b|\bregnet\b|\bschnee\b|\bnuit\b|\bpluie\b|\bneige\b|\bnoche\b|\blluvia\b|\bnieve\b|\bnotte\b|\bpioggia\b|\bneve\b|\bnoite\b|\bchuva\b|"
        r"夜|晚上|黄昏|清晨|下雨|雨中|雪|夕方|朝|雨"
    ),
    Topic.LENGTH: (
        rf"\b{_LONG}\b.{{0,20}}{_SHOT_WORD}|{_SHOT_WORD}\b.{{0,30}}{_LONG}|\b(?:shot|scene) ?\d.{{0,20}}{_LONG}|\bS\d+\b.{{0,20}}{_LONG}|"
        rf"\b(?:shorten|lengthen|extend|hold)\b.{{0,20}}{_SHOT_WORD}|\blinger\w*"
    ),
    Topic.NEW_SHOT: (
        r"\b(?:add|insert|put in) (?:an? |one |one more |another |in )*(?:\w+ )?(?:shot|scene)\b|\b(?:new|another|extra|additional) (?:shot|scene)\b|"
        r"(?:neue|weitere) (?:Einstellung|Szene)|(?:nouveau|autre) plan|(?:nuev[oa]|otr[oa]) (?:plano|escena)|(?:加|增加|添加).{0,6}镜头|ショットを追加"
    ),
    Topic.LOOKS: (
        r"\bwears?\b|\bwearing\b|\bdress(?:ed|es)?\b|\bclothes\b|\bcostume\b|\bcoat\b|\bscar(?:f|ves)\b|\bhat\b|\bcap\b|\bhair\w*|\bbeard\w*|\bglasses\b|\bjacket\b|\bshirt\b|\bsuit\b|"
        r"\bgloves?\b|\bboots\b|\bshoes\b|\bumbrella\b|\bmo?ustache\b|\bscar\b|\btattoo\b|\bappearance\b|\b(?:look|be|appear)s? (?:much )?(?:older|younger|taller|shorter|thinner)\b|"
        r"\bträgt\b|\bschal\b|\bmantel\b|\bhut\b|\bhaare?\b|\bécharpe\b|\bmanteau\b|\bchapeau\b|\bcheveux\b|\bbufanda\b|\babrigo\b|\bsombrero\b|\bpelo\b|\bsciarpa\b|\bcappotto\b|\bcappello\b|"
        r"\bcachecol\b|\bcasaco\b|\bchapéu\b|\bcabelo\b|围巾|外套|帽子|头发|穿|戴|マフラー|コート|髪|着て"
    ),
    Topic.VOICE: r"\bvoice\b|\baccent\b|\bStimme\b|\bvoix\b|\bvoz\b|\bvoce\b|声音|嗓音|声(?!で)",
    Topic.SOUND: (
        r"\b(?:add|with|hear|play|put in|let)\b.{0,30}\b(?:sounds?(?! (?:more|less|very|like|\w+er|\w+ly)\b)|noises?|thunder|bells?|\w*steps|bark\w*|sirens?|gunshots?|applause|knock\w*|crash\w*|creak\w*|\w*horns?|whistl\w+|clocks?|tick\w*|drums?|buzz\w*|hum\w*|roar\w*|rumbl\w+|splash\w*|drip\w*|howl\w*|birdsong|laughter|cheer\w+|engines?|motors?|rustl\w+|crackl\w+|chimes?|bangs?|explosions?)\b|"
        r"\b(?:thunder|bells?|sirens?|footsteps|horn)\b.{0,20}\b(?:is|are|be|to be|should be) heard\b|声音效果|効果音"
    ),
    Topic.NO_SOUND: r"\b(?:no|without|remove|delete|drop|mute|take out|get rid of|less)\b.{0,25}\b(?:sounds?|noises?|bells?|steps|footsteps|chain|thunder|rattl\w+)\b",
    Topic.STYLE: (
        r"\bstyle\b|\bblack[- ]and[- ]white\b|\bcolou?rs?\b(?! of)|\bpalette\b|\bnoir\b|\bwatercolou?r\b|\bcartoon\b|\banimat\w+|\bsepia\b|\bgrain\w*|\blook of the\b|\bcinematic\b|"
        r"\bpicture\b|\bdocumentary\b|\bStil\b|schwarz-?weiß|noir et blanc|blanco y negro|bianco e nero|preto e branco|黑白|风格|白黒|画風"
    ),
    Topic.AMBIENCE: r"\bambien\w+|\bbackground (?:sounds?|noise)\b|\bsoundscape\b|环境音|環境音",
    Topic.TITLE: r"\btitle\b|\bcall (?:it|the film|this)\b|\bTitel\b|\btitre\b|\btítulo\b|\btitolo\b|片名|题目|タイトル",
}
_PATTERNS = {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in _WORDS.items()}

_DONE = re.compile(
    r"\b(?:happens?|stumbl\w+|fall\w*|laugh\w*|cr(?:y|ies)|smil\w+|hug\w*|kiss\w*|danc\w+|jump\w*|runs?|walks?|turns?|looks? (?:at|up|down|back|away)|waves?|stops?|drops?|"
    r"sad(?:der|ly)?|happ(?:y|ier)|funn(?:y|ier)|scar(?:y|ier)|tense(?:r)?|calm(?:er)?|romantic|dramatic\w*|hopeful|gloom\w+|cheerful|mood|emotion\w*|exciting|traurig\w*|fröhlich\w*|triste\w*|"
    r"alegre\w*|lustig\w*|gai\w*|joyeu\w+|felice|悲|伤感|开心|快乐|悲し|楽し)\b|悲|伤感|快乐|開心|楽し",
    re.IGNORECASE,
)
_RANK = (
    Topic.NEW_SHOT,
    Topic.NEW_LINE,
    Topic.TITLE,
    Topic.NO_SOUND,
    Topic.SOUND,
    Topic.AMBIENCE,
    Topic.STYLE,
    Topic.CAMERA,
    Topic.LENGTH,
    Topic.PACE,
    Topic.WORDS,
    Topic.DELIVERY,
    Topic.LOOKS,
    Topic.VOICE,
    Topic.PLACE,
    Topic.ACTION,
)
_BEATS: dict[Topic, frozenset[Topic]] = {
    # A new shot may be told with any words; a sound is not the weather that makes it.
    Topic.NEW_SHOT: frozenset(Topic),
    Topic.NEW_LINE: frozenset({Topic.WORDS, Topic.DELIVERY, Topic.ACTION}),
    Topic.NO_SOUND: frozenset({Topic.SOUND, Topic.PLACE, Topic.ACTION}),
    Topic.SOUND: frozenset({Topic.PLACE, Topic.ACTION}),
    Topic.CAMERA: frozenset({Topic.STYLE, Topic.ACTION, Topic.DELIVERY}),
    Topic.PACE: frozenset({Topic.DELIVERY, Topic.ACTION}),
    Topic.DELIVERY: frozenset({Topic.VOICE, Topic.ACTION}),
    Topic.WORDS: frozenset({Topic.ACTION, Topic.DELIVERY, Topic.LENGTH}),
    Topic.LENGTH: frozenset({Topic.ACTION}),
    Topic.STYLE: frozenset({Topic.ACTION}),
    Topic.LOOKS: frozenset({Topic.ACTION}),
    Topic.VOICE: frozenset({Topic.ACTION}),
}


def topics_in(clause: str) -> tuple[Topic, ...]:
    """What a clause is about by its own words, the surest first; empty where they do not tell."""
    bare = re.sub(r"\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»|「[^」]*」", "“”", clause)
    found = [topic for topic in _RANK if topic in _PATTERNS and _PATTERNS[topic].search(bare)]
    if Topic.PACE in found and re.search(r"\bcamera\b|\bzoom|\bpan", bare, re.IGNORECASE):
        found.remove(Topic.PACE)
    if _DONE.search(bare):
        found.append(Topic.ACTION)
    beaten = frozenset().union(*(_BEATS.get(topic, frozenset()) - {topic} for topic in found))
    return tuple(topic for topic in found if topic not in beaten)


def topic_of_named(clause: str, *, lines: bool, roles: bool) -> Topic | None:
    """What is said of a line or of somebody by a quality alone: "the last line more hesitant", "Tom should look tired"."""
    told = re.match(r"\s*([CL])\d+:\s*[\w’'-]+(?:[ ,]+[\w’'-]+){0,3}[.!]?\s*$", clause)
    if told is not None:
        return Topic.LOOKS if told[1] == "C" else Topic.DELIVERY
    if lines and re.search(r"\b(?:more|less|very|rather)\s+\w+|\b\w+(?:ier|er)\b", clause, re.IGNORECASE):
        return Topic.DELIVERY
    look = r"\b(?:looks?|appears?|be)\s+(?!(?:at|up|down|back|away|like|for|into|over|in|on|to|seen|heard)\b)\w+"
    if roles and re.search(look, clause, re.IGNORECASE):
        return Topic.LOOKS
    return None


_UP = {
    "faster": r"(?:faster|quick|hurr|rush|schneller|vite|rapid|rápido|deprisa|veloc|depressa|快|速く|早く)",
    "slower": r"(?:slow|take (?:his|her|their|its|more) time|langsam|lent|despacio|piano|devagar|慢|ゆっくり)",
    "longer": r"(?:longer|linger|lengthen|extend|hold|länger|plus long|larg|lung|long|长|長く)",
    "shorter": r"(?:shorter|shorten|brief|kürzer|court|cort|brev|curt|短)",
    "closer": r"(?:closer|nearer|tighter|close[- ]?up|come close|come near|zooms? in|dolly in|push in|näher|plus près|approch|más cerca|acerc|avvicin|più vicin|mais perto|拉近|靠近|推近|特写|近づ|アップ)",
    "wider": r"(?:wider|wide shot|farther|further|pulls? back|zooms? out|dolly out|backs? away|weiter weg|plus loin|más lejos|alej|allontan|mais longe|拉远|远|引い)",
    "higher": r"(?:from above|overhead|higher|bird'?s|von oben|d'en haut|desde arriba|dall'alto|de cima|俯)",
    "lower": r"(?:from below|lower|low angle|von unten|d'en bas|desde abajo|dal basso|de baixo|仰)",
    "still": r"(?:\bstill\b|static|steady|calm|do(?:es)? not move|stop moving|ruhig|fixe|quiet[ao]|ferm[ao]|parad[ao]|静止|固定)",
    "moving": r"(?:hand-?held|shak\w+|restless|nervous|wackl)",
}


def direction(clause: str, *wanted: str) -> str | None:
    """Which of some directions (``faster``, ``closer``, …) a clause asks for; the first that it names."""
    return next((name for name in wanted if re.search(_UP[name], clause, re.IGNORECASE)), None)
