"""Prompts in other languages than English: who is in them, who says what, and how many events they tell."""

from __future__ import annotations

import pytest

from mavin.facts import Gender, read_facts
from mavin.facts.model import RuleKind

STORIES: list[tuple[str, list[str], dict[str, str], int | None]] = [
    (
        "Una pintora termina el retrato. El marchante entra y dice: «Es demasiado triste». Ella responde: «Entonces no lo compres».",
        ["Marchante", "Pintora"],
        {"Es demasiado triste": "Marchante", "Entonces no lo compres": "Pintora"},
        None,
    ),
    ("Al amanecer llega el cartero, deja una carta bajo la puerta y se marcha silbando.", ["Cartero"], {}, 3),
    ("Dos mujeres juegan al ajedrez en el parque. Un niño las mira.", ["Mujer 1", "Mujer 2", "Niño"], {}, None),
    (
        "«¿Dónde está mi sombrero?», pregunta el mago. «Sobre el conejo», contesta su ayudante.",
        ["Ayudante", "Mago"],
        {"¿Dónde está mi sombrero?": "Mago", "Sobre el conejo": "Ayudante"},
        None,
    ),
    (
        "La abuela le dice al niño: «Come despacio». El niño no dice nada.",
        ["Abuela", "Niño"],
        {"Come despacio": "Abuela"},
        None,
    ),
    (
        "En la cocina oscura, Valeria enciende una vela y susurra: «No despiertes a papá».",
        ["Valeria"],
        {"No despiertes a papá": "Valeria"},
        None,
    ),
    (
        "Nadie contesta al teléfono. Por fin, el portero descuelga y grita: «¡Silencio!».",
        ["Portero"],
        {"¡Silencio!": "Portero"},
        None,
    ),
    ("El lunes, tras la lluvia, un perro viejo cruza la plaza y se tumba junto a la fuente.", ["Perro"], {}, 2),
    ("Andrea y Tomás corren por la playa. Ella se detiene; él sigue corriendo.", ["Andrea", "Tomás"], {}, 3),
    ("La detective Ruiz abre el sobre, lee la nota y mira al sospechoso.", ["Ruiz", "Sospechoso"], {}, 3),
    ("Solo habla la vendedora. Un cliente asiente.", ["Cliente", "Vendedora"], {}, None),
    (
        'Los bomberos entran en la casa. "¡Fuera todos!", ordena la capitana.',
        ["Bomberos", "Capitana"],
        {"¡Fuera todos!": "Capitana"},
        None,
    ),
    ("De noche, en la estación vacía, suena un teléfono y un hombre de abrigo gris lo contesta.", ["Hombre"], {}, 2),
    (
        "El viejo relojero ajusta las agujas. Su nieta le pregunta: «¿Qué hora es?». El viejo sonríe y contesta: «La tuya».",
        ["Nieta", "Relojero"],
        {"¿Qué hora es?": "Nieta", "La tuya": "Relojero"},
        None,
    ),
    ("Marcos no dice nada. Carmen llora en silencio.", ["Carmen", "Marcos"], {}, None),
    (
        "Die Lehrerin schreibt ein Wort an die Tafel. „Wer kann das lesen?“, fragt sie. Niemand antwortet.",
        ["Lehrerin"],
        {"Wer kann das lesen?": "Lehrerin"},
        None,
    ),
    ("Am Montag steigt ein alter Mann in den Bus und setzt sich neben ein Mädchen.", ["Mann", "Mädchen"], {}, 2),
    ("Nur Mara spricht. Ein Kellner bringt Wein.", ["Kellner", "Mara"], {}, None),
    (
        "Zwei Kinder bauen eine Sandburg, dann kommt eine Welle und zerstört sie.",
        ["Kind 1", "Kind 2", "Welle"],
        {},
        None,
    ),
    (
        "Plötzlich öffnet sich die Tür. „Hände hoch!“, ruft der Polizist. Der Dieb lässt die Tasche fallen.",
        ["Dieb", "Polizist"],
        {"Hände hoch!": "Polizist"},
        None,
    ),
    (
        "Die Großmutter sagt zu dem Kind: „Iss langsam.“ Das Kind nickt.",
        ["Großmutter", "Kind"],
        {"Iss langsam.": "Großmutter"},
        None,
    ),
    ("Im Nebel rudert ein Fischer über den See, wirft das Netz aus und wartet.", ["Fischer"], {}, 3),
    (
        "Kommissarin Weber öffnet die Akte. „Das ist unmöglich“, flüstert sie.",
        ["Weber"],
        {"Das ist unmöglich": "Weber"},
        None,
    ),
    ("Ein Junge und ein Hund rennen über die Wiese. Der Hund bleibt stehen und bellt.", ["Hund", "Junge"], {}, None),
    ("Leise schneit es. Eine Katze sitzt am Fenster und beobachtet die Flocken.", ["Katze"], {}, None),
    (
        "Jemand klopft. Tobias öffnet die Tür und sagt: „Du bist zu spät.“",
        ["Tobias"],
        {"Du bist zu spät.": "Tobias"},
        None,
    ),
    ("Der Koch probiert die Suppe, verzieht das Gesicht und schüttet Salz nach.", ["Koch"], {}, 3),
    (
        "„Wo ist der Schlüssel?“, fragt Lina. „Im Meer“, antwortet Jonas und lacht.",
        ["Jonas", "Lina"],
        {"Wo ist der Schlüssel?": "Lina", "Im Meer": "Jonas"},
        None,
    ),
    ("Ruth sagt kein Wort. Ihr Bruder redet ununterbrochen.", ["Bruder", "Ruth"], {}, None),
    ("Man hört Schritte. Eine Nonne eilt durch den Kreuzgang.", ["Nonne"], {}, None),
    ("Den Ball fängt der Torwart, doch der Stürmer lacht.", ["Stürmer", "Torwart"], {}, None),
    (
        "Une danseuse entre sur scène. « Vous êtes en retard », dit le metteur en scène. Elle sourit sans répondre.",
        ["Danseuse", "Metteur"],
        {"Vous êtes en retard": "Metteur"},
        None,
    ),
    (
        "Dans la cuisine, Lucie casse trois œufs et murmure : « Encore raté. »",
        ["Lucie"],
        {"Encore raté.": "Lucie"},
        None,
    ),
    ("Personne ne bouge. Soudain, un enfant éclate de rire.", ["Enfant"], {}, None),
    (
        "« Où vas-tu ? » s'écrie Paul. « Loin d'ici », répond sa sœur.",
        ["Paul", "Sœur"],
        {"Où vas-tu ?": "Paul", "Loin d'ici": "Sœur"},
        None,
    ),
    (
        "Deux enfants construisent une cabane dans l'arbre. Leur chien aboie.",
        ["Chien", "Enfant 1", "Enfant 2"],
        {},
        None,
    ),
    (
        "Le facteur dit à l'enfant : « Voilà ton paquet. » L'enfant saute de joie.",
        ["Enfant", "Facteur"],
        {"Voilà ton paquet.": "Facteur"},
        None,
    ),
    ("Le dimanche, une vieille dame nourrit les pigeons, s'assoit et ferme les yeux.", ["Dame"], {}, 3),
    ("Seule Camille parle. Le serveur pose deux cafés.", ["Camille", "Serveur"], {}, None),
    ("Sous la pluie, un taxi s'arrête ; une femme en descend et court vers la gare.", ["Femme"], {}, 3),
    (
        "On frappe à la porte. Hugo ouvre. « Police ! » crie une voix d'homme.",
        ["Hugo", "Voix"],
        {"Police !": "Voix"},
        None,
    ),
    (
        "Le capitaine Morel regarde l'horizon. « Terre ! » crie le mousse.",
        ["Morel", "Mousse"],
        {"Terre !": "Mousse"},
        None,
    ),
    ("Il neige. Une petite fille dessine un soleil sur la vitre, puis elle l'efface.", ["Fille"], {}, None),
    (
        "La boulangère tend le pain à Monsieur Petit, qui lui dit : « Merci, ma belle. »",
        ["Boulangère", "Monsieur Petit"],
        {"Merci, ma belle.": "Monsieur Petit"},
        None,
    ),
    ("Una bambina rincorre un gatto nel cortile, inciampa e ride.", ["Bambina"], {}, 3),
    (
        "«Chi ha rotto il vaso?», chiede la nonna. Il nipote indica il cane.",
        ["Nipote", "Nonna"],
        {"Chi ha rotto il vaso?": "Nonna"},
        None,
    ),
    (
        "Il pescatore guarda il mare. Lui non parla. Sua moglie gli dice: «Torna a casa».",
        ["Moglie", "Pescatore"],
        {"Torna a casa": "Moglie"},
        None,
    ),
    ("Alla stazione arriva un treno e scende un soldato con una valigia.", ["Soldato"], {}, 2),
    ("Solo Giulia parla. Il cameriere versa il vino.", ["Cameriere", "Giulia"], {}, None),
    (
        "Nessuno risponde. Poi la pittrice apre la finestra e grida: «Aiuto!».",
        ["Pittrice"],
        {"Aiuto!": "Pittrice"},
        None,
    ),
    ("Il vecchio orologiaio ripara una sveglia; il ragazzo lo osserva in silenzio.", ["Orologiaio", "Ragazzo"], {}, 2),
    (
        'Uma pescadora puxa a rede. O neto pergunta: "Tem peixe?" Ela responde: "Só esperança."',
        ["Neto", "Pescadora"],
        {"Tem peixe?": "Neto", "Só esperança.": "Pescadora"},
        None,
    ),
    ("À noite, o guarda apaga as luzes do museu e ouve um barulho.", ["Guarda"], {}, 2),
    (
        'Ninguém fala. A professora escreve no quadro e diz: "Silêncio."',
        ["Professora"],
        {"Silêncio.": "Professora"},
        None,
    ),
    (
        "Dois meninos correm atrás de uma bola na praia. Um cachorro late.",
        ["Cachorro", "Menino 1", "Menino 2"],
        {},
        None,
    ),
    (
        '"Volte cedo", diz Helena. "Prometo", responde João, e fecha o portão.',
        ["Helena", "João"],
        {"Volte cedo": "Helena", "Prometo": "João"},
        None,
    ),
    (
        "夜里，一位老裁缝点着油灯缝衣服，他的孙女端来一碗热汤，说：“爷爷，歇一会儿吧。”",
        ["孙女", "裁缝"],
        {"爷爷，歇一会儿吧。": "孙女"},
        None,
    ),
    (
        "“车什么时候来？”小男孩问。妈妈摇摇头说：“快了。”",
        ["妈妈", "小男孩"],
        {"车什么时候来？": "小男孩", "快了。": "妈妈"},
        None,
    ),
    ("两个女孩在雨中跳舞，一个老人撑着伞看着她们。", ["女孩1", "女孩2", "老人"], {}, None),
    ("没有人说话。突然，门开了，一只黑猫走进来。", ["黑猫"], {}, None),
    ("只有师傅说话。徒弟低头磨刀。", ["师傅", "徒弟"], {}, None),
    ("王强推开门，看见桌上的信，慢慢坐下。", ["王强"], {}, 3),
    ("老师对学生们说：“下课。”学生们欢呼着冲出教室。", ["学生", "老师"], {"下课。": "老师"}, None),
    ("清晨，渔夫把船推进海里，然后撒下渔网，接着坐下来抽烟。", ["渔夫"], {}, 3),
    ("消防员冲进大楼，救出一个孩子；孩子的母亲跪在地上哭泣。", ["孩子", "母亲", "消防员"], {}, None),
    ("画家一言不发。模特问：“画完了吗？”", ["模特", "画家"], {"画完了吗？": "模特"}, None),
    (
        "李明和张华在屋顶看星星。李明说：“那颗最亮。”张华回答：“那是飞机。”",
        ["张华", "李明"],
        {"那颗最亮。": "李明", "那是飞机。": "张华"},
        None,
    ),
    ("老人が公園のベンチに座り、鳩に餌をやる。", ["老人"], {}, 2),
    ("「もう帰ろう」と母が言う。娘は首を振り、ブランコをこぎ続ける。", ["娘", "母"], {"もう帰ろう": "母"}, None),
    ("二人の少年が川で石を投げる。犬が吠える。", ["少年1", "少年2", "犬"], {}, None),
    ("誰も話さない。やがて店主がラジオをつける。", ["店主"], {}, None),
    ("刑事の田中は写真を見つめ、静かにつぶやく。「犯人はここにいる」", ["田中"], {"犯人はここにいる": "田中"}, None),
    ("先生は子供に「走らないで」と言う。", ["先生", "子供"], {"走らないで": "先生"}, None),
    ("雨の夜、さくらは傘を閉じて店に入る。彼女は「一人です」と言う。", ["さくら"], {"一人です": "さくら"}, None),
    ("料理人が魚をさばき、そして客に皿を差し出す。客は「うまい」とうなる。", ["客", "料理人"], {"うまい": "客"}, None),
    ("翔太だけが話す。姉は黙って窓を拭く。", ["姉", "翔太"], {}, None),
    ("黒猫が塀の上を歩いて庭に飛び降りる。", ["黒猫"], {}, 2),
]
"""Prompt, names of its roles, its lines with who says them, and how many events it tells if that is plain."""


@pytest.mark.parametrize(("prompt", "names", "lines", "events"), STORIES)
def test_cast_and_speakers(prompt: str, names: list[str], lines: dict[str, str], events: int | None) -> None:
    facts = read_facts(prompt)
    cast = {role.key: role.name for role in facts.roles}
    assert sorted(cast.values()) == sorted(names)
    assert {quote.text: cast.get(quote.speaker or "") for quote in facts.quotes} == lines
    assert events in (None, len(facts.events))
    assert all(prompt[role.span.start : role.span.end] == role.mention for role in facts.roles)


@pytest.mark.parametrize(
    ("prompt", "kind", "name"),
    [
        ("Nur Mara spricht. Ein Kellner bringt Wein.", RuleKind.ONLY_SPEAKER, "Mara"),
        ("只有师傅说话。徒弟低头磨刀。", RuleKind.ONLY_SPEAKER, "师傅"),
        ("翔太だけが話す。姉は黙って窓を拭く。", RuleKind.ONLY_SPEAKER, "翔太"),
        ("Seule Camille parle. Le serveur pose deux cafés.", RuleKind.ONLY_SPEAKER, "Camille"),
        ("Ruth sagt kein Wort. Ihr Bruder redet ununterbrochen.", RuleKind.SILENT, "Ruth"),
        ("Marcos no dice nada. Carmen llora en silencio.", RuleKind.SILENT, "Marcos"),
        ("Ein Bäcker knetet Teig und sagt kein einziges Wort.", RuleKind.SILENT, "Bäcker"),
        ("Karl spricht dabei kein einziges Wort. Eva lacht.", RuleKind.SILENT, "Karl"),
        ("Anna trinkt Tee, ohne ein einziges Wort zu sagen.", RuleKind.SILENT, "Anna"),
        ("Marie ne dit pas un seul mot. Paul chante.", RuleKind.SILENT, "Marie"),
    ],
)
def test_rules_name_their_role(prompt: str, kind: RuleKind, name: str) -> None:
    facts = read_facts(prompt)
    rule = next(rule for rule in facts.rules if rule.kind is kind)
    assert [facts.role(key).name for key in rule.roles] == [name]


def test_pronouns_of_grammatical_gender_give_way_to_the_name() -> None:
    facts = read_facts("Un boulanger ouvre son four. La vapeur monte. Il casse une croûte en deux.")
    assert [event.text for event in facts.events][-1] == "Le boulanger casse une croûte en deux"
    facts = read_facts("Lena wartet. Am Abend umarmt sie ihren Bruder.")
    assert facts.events[-1].text == "Am Abend umarmt Lena ihren Bruder"


def test_gender_comes_from_article_ending_or_noun() -> None:
    for prompt, gender in (
        ("Una pintora termina el retrato.", Gender.FEMALE),
        ("Der Schaffner winkt.", Gender.MALE),
        ("Die Schaffnerin winkt.", Gender.FEMALE),
        ("Une danseuse tombe.", Gender.FEMALE),
        ("老奶奶笑了。", Gender.FEMALE),
    ):
        assert read_facts(prompt).roles[0].gender is gender


OPENING: list[tuple[str, list[str], int]] = [
    ("Lucía abre la ventana. Pedro canta.", ["Lucía", "Pedro"], 2),
    ("Marta abre la puerta. Lucía baila.", ["Lucía", "Marta"], 2),
    ("Lucía y Pedro no hablan.", ["Lucía", "Pedro"], 1),
    ("Die Mutter gibt den Kindern Brot. Die Kinder essen.", ["Kinder", "Mutter"], 2),
    ("Rosa plante une fleur. Pierre chante.", ["Pierre", "Rosa"], 2),
    ("Ein Mann namens Karl klopft zweimal. Nach 3 Sekunden geht er.", ["Karl"], 2),
    ("Die Lehrerin sagt zu den Kindern: „Setzt euch.“ Die Kinder sagen nichts.", ["Kinder", "Lehrerin"], 2),
    ("一个叫阿花的女人走进茶馆。“来杯茶，”她说。", ["阿花"], 2),
    ("A las 0:03 Luis grita «¡Fuego!» y a los 5,5 segundos suena una alarma.", ["Luis"], 2),
]


@pytest.mark.parametrize(("prompt", "names", "events"), OPENING, ids=[prompt[:30] for prompt, _, _ in OPENING])
def test_names_that_open_a_clause_or_follow_their_noun_are_roles(prompt: str, names: list[str], events: int) -> None:
    facts = read_facts(prompt)

    assert sorted(role.name for role in facts.roles) == names
    assert len(facts.events) == events


WHOLE: list[tuple[str, int, int]] = [
    ("Lena ruft „Vorsicht!“ Gesamtdauer 6 Sekunden.", 6000, 1),
    ("小明跑步。全长7秒。", 7000, 1),
    ("奶奶说：“吃饭了。”影片总长6秒。", 6000, 1),
    ("健が走る。長さは7秒。", 7000, 1),
    ("映像は5秒。犬が吠える。", 5000, 1),
]


@pytest.mark.parametrize(("prompt", "duration", "events"), WHOLE, ids=[prompt[:20] for prompt, _, _ in WHOLE])
def test_words_around_a_total_duration_tell_no_event(prompt: str, duration: int, events: int) -> None:
    facts = read_facts(prompt)

    assert [fact.duration_ms for fact in facts.durations] == [duration]
    assert len(facts.events) == events


def test_a_japanese_time_before_a_subject_is_an_instant() -> None:
    assert read_facts("2秒でベルが鳴る。").events[0].start_ms == 2000


def test_several_people_are_silent_in_german() -> None:
    rules = read_facts("Die Lehrerin singt. Die Kinder sagen nichts.").rules

    assert [(rule.kind, rule.roles) for rule in rules] == [(RuleKind.SILENT, ("kinder",))]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Drei Frauen, Ana, Ida und Eva, tanzen.", ["Ana", "Ida", "Eva"]),
        ("Tres amigos, Luis, Eva y Juan, corren.", ["Luis", "Eva", "Juan"]),
        ("Trois enfants, Ada, Léo et Luc, jouent.", ["Ada", "Léo", "Luc"]),
        ("三个朋友，小李、小王和小张，在爬山。", ["小李", "小王", "小张"]),
        ("三人の友達、健、直美、翔が山に登る。", ["健", "直美", "翔"]),
        ("Mira y Pedro bailan.", ["Mira", "Pedro"]),
        ("健が走る。直美は笑う。", ["健", "直美"]),
        ("アナは黙っている。デビッドが「来て」と言う。", ["アナ", "デビッド"]),
        ("Pedro, el panadero, abre la puerta. «¿Pan?», pregunta el panadero.", ["Pedro"]),
        ("Ein Mann mit schwarzem Hut sagt „Halt.“", ["Mann"]),
        ("Lucía abre la ventana. Pedro canta.", ["Lucía", "Pedro"]),
    ],
)
def test_lists_of_names_and_what_their_bearers_are(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


@pytest.mark.parametrize(
    ("prompt", "worn"),
    [
        ("Un hombre con sombrero negro dice: «Alto.»", "sombrero negro"),
        ("Ein Mann mit schwarzem Hut sagt „Halt.“", "schwarzem Hut"),
        ("Un homme au chapeau noir dit : « Halte. »", "chapeau noir"),
        ("Un uomo con un cappello nero dice: «Alt.»", "cappello nero"),
        ("戴着黑帽子的男人说：“停。”", "黑帽子"),
        ("黒い帽子の男が「止まれ」と言う。", "黒い帽子"),
    ],
)
def test_what_a_speaker_wears_stays_in_the_action(prompt: str, worn: str) -> None:
    assert worn in read_facts(prompt).events[0].text


@pytest.mark.parametrize(
    ("prompt", "names", "speaker"),
    [
        ('ein mann geht in die küche und sagt: "hallo" zu einer frau.', ["Frau", "Mann"], "Mann"),
        ('der hund bellt. anna kommt herein und ruft: "aus!"', ["Anna", "Hund"], "Anna"),
        ('ein alter fischer flickt sein netz. nach 3 sekunden sagt er: "morgen regnet es"', ["Fischer"], "Fischer"),
    ],
)
def test_german_without_capitals_has_its_people_and_the_users_own_letters(
    prompt: str, names: list[str], speaker: str
) -> None:
    facts = read_facts(prompt)
    assert facts.prompt == prompt
    assert sorted(role.name for role in facts.roles) == names
    assert [facts.role(quote.speaker or "").name for quote in facts.quotes] == [speaker]
    spans = [role.span for role in facts.roles] + [quote.span for quote in facts.quotes]
    spans += [event.span for event in facts.events] + [fact.span for fact in facts.times]
    assert all(prompt[span.start : span.end] == span.text for span in spans)


def test_common_words_that_a_dictionary_takes_for_names_are_nobody() -> None:
    for prompt, names in (
        ("雨夜，便利店里，店员打着哈欠。一个男人进来。", ["店员", "男人"]),
        ("女孩用毛巾擦头发，坐在秋千上。", ["女孩"]),
        ("王明张望，李娜笑了。", ["李娜", "王明"]),
    ):
        assert sorted(role.name for role in read_facts(prompt).roles) == names


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Ana dice «Sí». Leo dice «No».", ["Ana", "Leo"]),
        ("Marta dice “Ven”. Hugo dice “Voy”.", ["Marta", "Hugo"]),
        ('Dos personas hablan. Ana dice "Sí". Leo dice "No".', ["Ana", "Leo"]),
        ("Exactamente dos personas hablan. Ana dice «Sí». Leo dice «No».", ["Ana", "Leo"]),
        ("Luca dice «Sì». Gina dice «No».", ["Luca", "Gina"]),
        ("Genau zwei Leute reden. Abe sagt „Auf“. Bea sagt „Ab“.", ["Abe", "Bea"]),
        ("Two dice roll. Ana says “Six”.", ["Ana"]),
    ],
)
def test_a_verb_of_speech_before_quotation_marks_tells_the_language(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles if role.named] == names
