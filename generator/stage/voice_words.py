# ruff: noqa: E501  (tables read better unwrapped)
"""Words that tell how a voice sounds, in English and ten other languages; ``stem*`` stands for all that begin so."""

from __future__ import annotations

import re

from generator.stage.words import singulars, tokens

__all__ = ["says"]

_TABLE = {
    "female": "female feminine woman woman's women girl lady mother mom daughter sister aunt queen soprano alto mezzo weiblich* frau frauen* mädchen dame mutter femme féminin* fille mère mujer* femenin* niña madre chica donna femminil* ragazza mulher* feminin* menina mãe женск* женщин* девочк* девушк* мать мама бабушк* grandmother grandma oma grand-mère abuela nonna avó she her 女 女性 女声 女人 女孩 少女 姑娘 여자 여성 소녀",
    "male": "male masculine man man's men boy guy gentleman father dad son brother uncle king tenor baritone bass basso männlich* mann männer* mannes junge herr vater homme masculin* garçon père hombre* masculin* niño padre chico uomo maschil* ragazzo homem masculin* menino pai мужск* мужчин* мальчик* парень отец дедушк* grandfather grandpa opa grand-père abuelo nonno avô he his him 男 男性 男声 男人 男孩 少年 남자 남성 소년",
    "child": "child child's childlike childish children kid kid's boy boy's girl girl's toddler infant young-child kinder kindes kindlich* kinderstimme mädchen junge enfant* fille garçon niño* niña* bambin* menin* criança* ребён* ребен* детск* мальчик* девочк* 孩 儿童 子供 子ども 少女 少年 아이 소년 소녀",
    "young": "young youthful teen teenage teenager jung jugendlich* jeune joven jovem giovane молод* юн* 年轻 若い 젊은",
    "old": "old elderly aged ancient senior grandmother grandfather grandma grandpa granny wrinkled alt alte alter älter* greis* vieux vieille âgé* viejo vieja anciano anciana vecchi* anzian* velh* idos* стар* пожил* дедушк* бабушк* 老 老人 老いた 年老 노인 늙은 할머니 할아버지",
    "low": "low low-pitched deep bass baritone booming rumbling rumbly husky gruff dark resonant sonorous contralto tief* grave* bas basse profund* grave bajo baixa baixo profond* bass* низк* глубок* бас* 低 低沉 低い 深い 낮은 굵은",
    "high": "high high-pitched squeaky shrill soprano piping falsetto bright light thin chirpy hoch hohe hohen hoher helle heller hellen aigu* aiguë* agud* alto alta acut* высок* звонк* тонк* 高 尖 高い 甲高 높은 가는",
    "rough": "raspy gravelly hoarse rough scratchy croaky croaking smoky gritty weathered growling rau raue rauer rauen heiser* rauque* enroué* áspera ronca ronco roca roco rouca rouco áspero хрипл* сипл* 沙哑 嗄れ しゃがれ ハスキー 허스키 쉰",
    "breathy": "breathy soft whispery whispering airy gentle sanft* leise douce doux suave* soav* мягк* нежн* 温柔 柔和 優しい 柔らか 부드러운",
    "fast": "fast quick quickly rapid rapidly hurried hasty rushed breathless fast-talking brisk schnell* hastig* rapide* vite rápid* apurad* rapid* veloce быстр* тороплив* 快 急促 早口 速い 빠른 빨리",
    "slow": "slow slowly unhurried measured drawling deliberate halting weary langsam* bedächtig* lent lente lento lenta lentement despacio pausad* devagar медленн* 慢 缓慢 ゆっくり 遅い 느린 천천히",
    "flat": "monotone monotonous flat toneless deadpan emotionless expressionless cold robotic eintönig* monoton* монотонн* 平淡 単調 단조",
    "lively": "lively animated expressive excited excitedly enthusiastic cheerful melodic sing-song singsong energetic emotional passionate lebhaft* aufgeregt* fröhlich* animé* excité* joyeu* animad* emocionad* alegre* vivac* eccitat* оживлён* взволнован* весел* 兴奋 激动 興奮 元気 신나",
    "robot": "robot robotic android synthetic mechanical metallic computer ai machine roboter* mechanisch* robot* mécanique mecánic* meccanic* робот* механич* 机器 ロボット 機械 로봇 기계",
    "creature": "monster demon demonic dragon ogre troll beast goblin inhuman monströs* dämon* démon* demonio monstruo mostro demone демон* монстр* чудовищ* 怪物 恶魔 悪魔 괴물 악마",
    "nasal": "nasal nasally pinched adenoidal näselnd* nasal* gangos* nasale гнусав* 鼻音 鼻声 콧소리",
    "whisper": "whisper whispers whispered whispering hushed murmur murmurs murmured murmuring under-breath flüster* geflüstert* chuchot* murmur* susurr* sussurr* cochich* шёпот* шепот* шепч* прошептал* 低语 小声 耳语 悄声 囁 ささや 小声で 속삭 귓속말",
    "shout": "shout shouts shouted shouting yell yells yelling yelled scream screams screaming screamed cry-out bellow bellows bellowing roar roars roaring holler loud loudly schrei* brüll* ruft rufen rufend laut* crie cria criant crier criait hurle hurlant hurler hurla grita gritan gritando gritó urla* berra berrando крик* крич* орёт* орет* вопит* громк* 喊 大喊 吼 叫 叫ぶ 叫び 怒鳴 大声 외치 소리치 고함",
    "soft": "softly quietly soft quiet low-voice gently leise doucement bas en-voz-baja suavemente piano baixinho тихо 轻声 静静 静かに 조용히",
    "sad": "sad sadly sobbing tearful tearfully weeping crying melancholy mournful grieving traurig* schluchz* triste* pleur* llor* piang* chora chorando грустн* печальн* плач* рыда* 悲伤 哭 悲し 泣 슬프 울",
    "angry": "angry angrily furious furiously rage raging snarling snarls wütend* zornig* fâch* furieu* enojad* furios* arrabbiat* irrit* сердит* зл* гневн* 愤怒 生气 怒 화난 분노",
    "scared": "scared afraid frightened terrified trembling shaking nervous nervously anxious panicked panicking fearful ängstlich* zitter* effray* trembl* asustad* tembl* spaventat* tremant* испуган* дрож* 害怕 颤抖 怯え 震え 무서 떨",
}  # fmt: skip


def _split(words: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    whole, stems, anywhere = set(), [], []
    for word in words.split():
        if any("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in word):
            anywhere.append(word)
        elif word.endswith("*"):
            stems.append(word[:-1])
        else:
            whole.add(word)
    return frozenset(whole), tuple(stems), tuple(anywhere)


_WORDS = {trait: _split(words) for trait, words in _TABLE.items()}
_NOT = re.compile(r"\b(?:not|no|never|without|nicht|kein\w*|pas|sin|non|não|не)\s+(?:\w+\s+)?$", re.IGNORECASE)


def says(text: str, trait: str) -> bool:
    """Whether a text tells of a trait of voices, such as ``female``, ``low`` or ``whisper``."""
    whole, stems, anywhere = _WORDS[trait]
    for token in tokens(text):
        hit = any(form in whole for form in singulars(token)) or (stems and token.startswith(stems))
        if hit and not _NOT.search(text[: token.start]):
            return True
    return any(word in text for word in anywhere)
