# ruff: noqa: E501  (tables read better unwrapped)
"""Nouns of other languages that the emoji names lack, mean otherwise, or give in one form only; and traits of people."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.stage.words import tokens, word_set

__all__ = ["ARTICLES", "IDEOGRAMS", "NEVER", "NOUNS", "WITH_ARTICLE", "in_english", "person_traits"]


def _table(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in text.split(";"):
        code, _, words = entry.strip().partition(" ")
        table.update(dict.fromkeys((word.strip().casefold() for word in words.split(",") if word.strip()), code))
    return table


NOUNS = {
    "es": _table("1F475 abuela, abuelita, anciana; 1F474 abuelo, abuelito, anciano; 1F467 chica, niñita; 1F466 chico, muchacho; 1F469 señora, mujer; 1F468 señor, hombre; 1F408 gata, gatito; 1F415 perra, perrito, cachorro; 1F40E yegua, potro; 1F697 auto, carro, automóvil; 1F6B2 bici; 1F3E0 casita; 26BD pelota, balón; 1F3FA jarrón, florero; table mesa, escritorio; 1FA91 silla; 1F6CF cama; 1F6CB sofá; 1F6AA puerta; 1FA9F ventana; 2709 carta, sobre; 1F4E6 caja; 1F9FA cesta, canasta; 1F388 globo; 1F511 llave; 1F4D6 libro; 1F426 pájaro, pajarito; 1F407 conejo; 1F404 vaca; 1F411 oveja; 1F333 árbol; 1F339 flor; 1F381 regalo; 1F6F6 bote, barca; 1F34E manzana; 1F9C5 cebolla; 1F370 pastel, tarta; 1F35E pan; 1F372 sopa; oven horno; pond charco"),
    "fr": _table("1F475 grand-mère, mamie, mémé, vieille dame; 1F474 grand-père, papi, pépé, vieillard; 1F467 fillette, fille; 1F466 garçonnet; 1F469 dame, madame; 1F468 monsieur; 1F408 chatte, chaton; 1F415 chienne, chiot; 1F40E jument, cheval, poulain; 1F697 auto; 1F6B2 bicyclette; 1F3E0 maison; 26BD balle, ballon; 1F3FA vase; table table, bureau; 1FA91 chaise; 1F6CF lit; 1F6CB canapé; 1F6AA porte; 1FA9F fenêtre; 2709 lettre, enveloppe; 1F4E6 boîte, carton; 1F9FA panier; 1F388 ballon de baudruche; 1F511 clé, clef; 1F4D6 livre; 1F426 oiseau; 1F407 lapin; 1F404 vache; 1F411 mouton; 1F333 arbre; 1F339 fleur; 1F381 cadeau; 1F6F6 barque; 1F34E pomme; 1F9C5 oignon; 1F370 gâteau; 1F35E pain; oven four; pond flaque, étang; 1FAB5 bâton; 1F9F9 balai; 1F9C1 biscuit"),
    "de": _table("1F475 großmutter, oma, omi, greisin; 1F474 großvater, opa, opi, greis; 1F467 mädchen; 1F466 junge, jungen, bub; 1F469 dame; 1F468 herr; 1F408 katze, kater, kätzchen, katzen; 1F415 hund, hündin, welpe, hunde, hundes; 1F40E pferd, stute, hengst, pferde, pferdes; 1F697 auto, wagen, autos; 1F6B2 fahrrad, rad; 1F3E0 haus, hauses; 26BD ball; 1F3FA vase; table tisch, schreibtisch; 1FA91 stuhl; 1F6CF bett; 1F6CB sofa, couch; 1F6AA tür; 1FA9F fenster; 2709 brief, umschlag; 1F4E6 kiste, karton, schachtel; 1F9FA korb; 1F388 luftballon; 1F511 schlüssel; 1F4D6 buch; 1F426 vogel, vögel; 1F407 hase, kaninchen; 1F404 kuh; 1F411 schaf; 1F333 baum, baumes; 1F339 blume; 1F381 geschenk; 1F6F6 boot, kahn; 1F34E apfel; 1F9C5 zwiebel; 1F370 kuchen, torte; 1F35E brot; oven ofen, herd; pond pfütze, teich; 1F43B bär, bären"),
    "it": _table("1F475 nonna, nonnina, anziana; 1F474 nonno, anziano; 1F467 ragazza, bambina; 1F466 ragazzo, bambino; 1F469 signora, donna; 1F468 signore, uomo; 1F408 gatta, gatto, gattino; 1F415 cane, cagnolino; 1F40E cavallo; 1F697 auto, macchina; 1F6B2 bici, bicicletta; 26BD palla, pallone; 1F3FA vaso; table tavolo, tavola; 1FA91 sedia; 1F6CF letto; 1F6CB divano; 1F6AA porta; 1FA9F finestra; 2709 lettera, busta; 1F4E6 scatola; 1F9FA cesto, cesta, cestino; 1F34E mela, mele; 1F388 palloncino; 1F511 chiave; 1F4D6 libro; 1F426 uccello; 1F407 coniglio; 1F404 mucca; 1F333 albero; 1F339 fiore; 1F381 regalo; 1F6F6 barca; 1F34E mela; oven forno; pond pozzanghera, stagno"),
    "pt": _table("1F475 avó, vovó, idosa; 1F474 avô, vovô, idoso; 1F467 menina, garota; 1F466 menino, garoto; 1F469 senhora, mulher; 1F468 senhor, homem; 1F408 gata, gato, gatinho; 1F415 cachorro, cão, cadela; 1F40E cavalo, égua; 1F697 carro; 1F6B2 bicicleta; 26BD bola; 1F3FA vaso, jarro; table mesa; 1FA91 cadeira; 1F6CF cama; 1F6CB sofá; 1F6AA porta; 1FA9F janela; 2709 carta, envelope; 1F4E6 caixa; 1F9FA cesto, cesta; 1F388 balão; 1F511 chave; 1F4D6 livro; 1F426 pássaro; 1F407 coelho; 1F404 vaca; 1F333 árvore; 1F339 flor; 1F381 presente; 1F6F6 barco; 1F34E maçã; oven forno; pond poça"),
    "ru": _table("1F475 бабушка, бабушку, старушка, старуха; 1F474 дедушка, дедушку, старик, старика; 1F467 девочка, девочку, девушка, девушку; 1F466 мальчик, мальчика; 1F469 женщина, женщину; 1F468 мужчина, мужчину; 1F408 кот, кота, кошка, кошку, котёнок, котёнка; 1F415 собака, собаку, пёс, пса, щенок, щенка; 1F40E лошадь, конь, коня, лошади; 1F697 машина, машину, автомобиль; 1F6B2 велосипед, велосипеде; 26BD мяч; 1F3FA ваза, вазу; table стол, столе, столом; 1FA91 стул, стуле; 1F6AA дверь; 1FA9F окно; 2709 письмо; 1F4E6 коробка, коробку; 1F9FA корзина, корзину; 1F388 шарик, шар; 1F511 ключ; 1F4D6 книга, книгу; 1F426 птица, птицу; 1F407 кролик, заяц; 1F404 корова, корову; 1F333 дерево; 1F339 цветок; 1F3E0 дом; oven печь, печка; pond лужа, лужу; 1FA97 гармошка, гармошке, гармошку, гармонь, баян, аккордеон, аккордеоне; 1F3B8 гитара, гитаре, гитару; 1F9F9 метла, метлу, метлой"),
    "zh": _table("1F475 奶奶, 外婆, 姥姥, 祖母, 老奶奶, 老太太, 老婆婆, 老妇人; 1F474 爷爷, 外公, 姥爷, 祖父, 老爷爷, 老头, 老人, 老先生; 1F467 女孩, 小女孩, 姑娘, 小姑娘, 少女; 1F466 男孩, 小男孩, 少年; 1F469 女人, 女士, 妈妈, 阿姨; 1F468 男人, 先生, 爸爸, 叔叔; 1F408 猫, 小猫; 1F415 狗, 小狗, 狗狗; 1F40E 马, 骏马; 1F697 汽车, 轿车, 小汽车; 1F6B2 自行车, 单车; 26BD 球, 皮球, 足球; 1F3FA 花瓶; table 桌子, 书桌; 1FA91 椅子; 1F6CF 床; 1F6CB 沙发; 1F6AA 门; 1FA9F 窗户, 窗; 2709 信, 信封; 1F4E6 箱子, 盒子, 纸箱; 1F9FA 篮子; 1F388 气球; 1F511 钥匙; 1F4D6 书; 1F426 小鸟, 鸟; 1F407 兔子, 小兔, 兔; 1FAA8 石头, 岩石; 1F404 奶牛, 牛; 1F411 羊, 绵羊; 1F333 大树, 树; 1F339 花, 花朵; 1F381 礼物; 1F6F6 小船, 船; 1F34E 苹果; 1F9C5 洋葱; 1F370 蛋糕; 1F35E 面包; 1F3E0 房子, 屋子; 2602 雨伞, 伞; oven 烤箱, 炉子; pond 水坑; 1F916 机器人; 1F98A 狐狸; 1F43B 熊; 1F41F 鱼"),
    "ja": _table("1F475 おばあさん, おばあちゃん, 祖母, 老婆, 老婦人; 1F474 おじいさん, おじいちゃん, 祖父, 老人; 1F467 女の子, 少女; 1F466 男の子, 少年; 1F469 女性, 女の人, お母さん; 1F468 男性, 男の人, お父さん; 1F408 猫, 子猫, ねこ; 1F415 犬, 子犬, いぬ; 1F40E 馬; 1F697 車, 自動車; 1F6B2 自転車; 26BD ボール; 1F3FA 花瓶; table テーブル, 机; 1FA91 椅子, いす; 1F6CF ベッド; 1F6CB ソファ, ソファー; 1F6AA ドア, 扉; 1FA9F 窓; 2709 手紙; 1F4E6 箱; 1F9FA かご, 籠; 1F388 風船; 1F511 鍵; 1F4D6 本; 1F426 鳥, 小鳥; 1F407 うさぎ, ウサギ, 兎; 1FAA8 岩, 石; 1F404 牛; 1F411 羊; 1F333 木, 大木; 1F339 花; 1F381 プレゼント; 1F6F6 舟; 1F34E りんご, リンゴ; 1F370 ケーキ; 1F35E パン; 1F3E0 家; 2602 傘; oven オーブン; pond 水たまり; 1F916 ロボット; 1F98A 狐, キツネ; 1F43B 熊, クマ; 1F41F 魚; 2615 コーヒー; 1F9F9 箒, ほうき; 2602 傘; 1F4F7 カメラ; 1F3B8 ギター; 1FA97 アコーディオン"),
    "ko": _table("1F475 할머니; 1F474 할아버지; 1F467 소녀, 여자아이; 1F466 소년, 남자아이; 1F469 여자, 여성; 1F468 남자, 남성; 1F415 강아지; 1F408 고양이; 1F40E 말을; 1F697 자동차; 26BD 공을; table 탁자, 책상, 식탁; 1F6AA 문을; 2709 편지; 1F4E6 상자; 1F388 풍선; 1F4D6 책을"),
}  # fmt: skip
"""Language → word → code points."""

NEVER = {
    "es": word_set("dice ojo ojos derecho sol luz mano cara boca noche lluvia niebla nieve sombra cielo"),
    "fr": word_set("œil yeux main bouche visage nuit pluie brouillard neige soleil or car coin dans vers sur"),
    "de": word_set("auge augen hand gesicht mund nacht regen nebel schnee sonne land nach"),
    "it": word_set("occhio occhi mano faccia bocca notte pioggia nebbia neve sole sale"),
    "pt": word_set("olho olhos mão rosto boca noite chuva neblina neve sol como"),
    "ru": word_set("рука лицо рот ночь дождь туман снег солнце"),
    "zh": word_set("除 减 加 乘 困 累 哭 啊 晕 派 结 线 票 脚 嘴 腿 肺 脑 汗 云 雾 阴 兵 豆 姜 蒜 山"),
    "ja": word_set("的 目 耳 口 鼻 足 脚 肺 脳 舌 歯 雲 霧 波 稲 骨 翼 羽 山 城 駅 糸 薬 虹 泡 塩 穴"),
}  # fmt: skip
"""Language → names of pictures that are something else more often, or what the place shows anyway."""

WITH_ARTICLE = {
    "es": word_set("sobre vela bajo llama para casa"), "fr": word_set("porte livre marche ferme tour four"), "it": word_set("porta"), "pt": word_set("vela"),
}  # fmt: skip
"""Language → names of pictures that are verbs or prepositions unless an article stands before them."""

ARTICLES = word_set(
    "el la los las un una unos unas le les une des l d du der die das den dem ein eine einen einem einer il lo gli uno o a os as um uma su sus sa son ses su mi mon ma mein meine seine ihre seinen ihren"
)

IDEOGRAMS = re.compile(
    "马上|马路|马戏|部门|专门|热门|门口|书包|球场|花园|花店|花纹|树林|树叶|信心|相信|信息|信号|手机|鱼缸|本当|日本|山本|本来|家族|家庭|国家|画家|作家|専門家|車掌|電車|列車|駐車|日本人|火花|花火|花嫁|大家|人家|熊猫|木曜|本屋|木材"
)
"""Compounds in which a sign that names a picture means something else."""

_TRAITS = {
    "female": "abuela abuelita anciana chica muchacha señora vieja niña mujer madre tía reina grand-mère mamie mémé fillette dame madame vieille femme fille mère tante reine großmutter oma omi greisin frau mädchen dame mutter tante königin nonna nonnina ragazza bambina signora donna vecchia madre zia regina avó vovó menina garota senhora mulher velha mãe tia rainha бабушка старушка старуха девочка девушка женщина мать мама тётя королева 奶奶 外婆 姥姥 祖母 太太 婆婆 妇 女 妈 阿姨 姑 おばあ 祖母 老婆 老婦 少女 女 お母 母 姉 妹 할머니 소녀 여자 여성 어머니 엄마",
    "male": "abuelo abuelito anciano chico muchacho señor viejo niño hombre padre tío rey grand-père papi pépé vieillard garçon garçonnet monsieur vieux homme père oncle roi großvater opa opi greis mann junge bub herr vater onkel könig nonno ragazzo bambino signore uomo vecchio padre zio avô vovô menino garoto senhor homem velho pai tio rei дедушка старик мальчик парень мужчина отец папа дядя король 爷爷 外公 姥爷 祖父 老头 先生 男 爸 叔 伯 おじい 祖父 少年 男 お父 父 兄 弟 할아버지 소년 남자 남성 아버지 아빠",
    "old": "abuela abuelo abuelita abuelito anciana anciano viejo vieja grand-mère grand-père mamie papi mémé pépé vieillard vieux vieil vieille âgé âgée großmutter großvater oma opa omi opi greis greisin alt alte alter alten altes betagte nonna nonno nonnina anziana anziano vecchio vecchia avó avô vovó vovô idosa idoso velho velha бабушка дедушка старушка старик старуха старый старая пожилой пожилая 奶奶 爷爷 外婆 外公 姥 祖母 祖父 老 おばあ おじい 老 祖 年配 할머니 할아버지 늙은 노인",
    "child": "niña niño niñita chiquillo fillette garçonnet garçon enfant mädchen junge bub kind bambina bambino menina menino criança девочка мальчик ребёнок 女孩 男孩 小孩 孩子 儿童 少女 少年 女の子 男の子 子供 子ども 소녀 소년 아이",
}  # fmt: skip
_YOUNG = re.compile(r"\b[Jj]unge[nrs]? (?=[A-ZÄÖÜ])")  # "eine junge Frau" is no boy
_NOT_OLD = re.compile(r"老师|老虎|老鼠|老板|老婆(?!婆)|老公|老鹰")


@lru_cache(maxsize=256)
def person_traits(text: str) -> frozenset[str]:
    """What words of languages other than English tell of a person: ``female`` or ``male``, ``old``, ``child``.

    Of both sexes only the one that is named first counts.
    """
    plain = _YOUNG.sub("", _NOT_OLD.sub("", text))
    words = {str(word): word.start for word in reversed(tokens(plain))}
    places: dict[str, int] = {}
    for trait, names in _SPLIT.items():
        found = [words[name] for name in names if name in words]
        found += [at for name in names if not name.isascii() and _SCRIPT.match(name) and (at := plain.find(name)) >= 0]
        if found:
            places[trait] = min(found)
    if "female" in places and "male" in places:
        places.pop("male" if places["female"] <= places["male"] else "female")
    return frozenset(places)


_SPLIT = {trait: tuple(dict.fromkeys(names.casefold().split())) for trait, names in _TRAITS.items()}
_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


_PLACES = {
    "es": "kitchen:cocina bedroom:dormitorio,habitación room:sala,salón,casa street:calle,ciudad,plaza park:parque,jardín forest:bosque,selva beach:playa,costa sea:mar,océano,puerto desert:desierto mountain:montaña,montañas station:estación school:escuela,aula library:biblioteca cafe:café,bar restaurant:restaurante hospital:hospital office:oficina church:iglesia castle:castillo market:mercado farm:granja,campo lake:lago,río stage:escenario,teatro space:espacio shop:tienda workshop:taller,garaje museum:museo rooftop:azotea,tejado bathroom:baño cave:cueva snow:nieve,nevado,nevada night:noche dusk:atardecer,anochecer dawn:amanecer,alba rain:lluvia,lluvioso,lluviosa storm:tormenta fog:niebla pool:piscina meadow:prado,pradera",
    "fr": "kitchen:cuisine,boulangerie bedroom:chambre room:salon,maison,appartement street:rue,ville,place park:parc,jardin forest:forêt,bois beach:plage,côte sea:mer,océan,port desert:désert mountain:montagne,montagnes station:gare,quai school:école,classe library:bibliothèque cafe:café,bar restaurant:restaurant hospital:hôpital office:bureau church:église castle:château market:marché farm:ferme,champ lake:lac,rivière stage:scène,théâtre space:espace shop:magasin,boutique workshop:atelier,garage museum:musée rooftop:toit bathroom:bains cave:grotte snow:neige,enneigé,enneigée night:nuit dusk:crépuscule dawn:aube rain:pluie,pluvieux storm:orage,tempête fog:brouillard,brume pool:piscine meadow:prairie,pré",
    "de": "kitchen:küche,backstube bedroom:schlafzimmer room:zimmer,wohnzimmer,wohnung,stube,haus street:straße,stadt,gasse,platz park:park,garten forest:wald,wälder beach:strand,küste sea:meer,ozean,hafen,see desert:wüste mountain:berg,berge,gebirge station:bahnhof,bahnsteig school:schule,klassenzimmer library:bibliothek,bücherei cafe:café,kneipe,bar restaurant:restaurant hospital:krankenhaus,klinik office:büro church:kirche castle:burg,schloss market:markt,marktplatz farm:bauernhof,feld,acker lake:fluss,teich stage:bühne,theater space:weltraum,weltall shop:laden,geschäft workshop:werkstatt,garage museum:museum rooftop:dach bathroom:badezimmer cave:höhle snow:schnee,verschneite,verschneiter night:nacht,nachts dusk:abend,dämmerung dawn:morgengrauen,morgen rain:regen,regnerisch storm:sturm,gewitter fog:nebel pool:schwimmbad meadow:wiese",
    "it": "kitchen:cucina bedroom:camera room:salotto,soggiorno,casa street:strada,città,piazza,via park:parco,giardino forest:bosco,foresta beach:spiaggia,costa sea:mare,oceano,porto desert:deserto mountain:montagna station:stazione school:scuola,aula library:biblioteca cafe:caffè,bar restaurant:ristorante hospital:ospedale office:ufficio church:chiesa castle:castello market:mercato farm:fattoria,campo lake:lago,fiume stage:palco,teatro space:spazio shop:negozio workshop:officina museum:museo rooftop:tetto cave:grotta snow:neve night:notte dusk:tramonto dawn:alba rain:pioggia storm:tempesta fog:nebbia pool:piscina meadow:prato",
    "pt": "kitchen:cozinha bedroom:quarto room:sala,casa street:rua,cidade,praça park:parque,jardim forest:floresta,bosque beach:praia,costa sea:mar,oceano,porto desert:deserto mountain:montanha station:estação school:escola library:biblioteca cafe:café,bar restaurant:restaurante hospital:hospital office:escritório church:igreja castle:castelo market:mercado,feira farm:fazenda,campo lake:lago,rio stage:palco,teatro space:espaço shop:loja workshop:oficina museum:museu rooftop:telhado cave:caverna snow:neve night:noite dusk:entardecer dawn:amanhecer rain:chuva storm:tempestade fog:neblina pool:piscina meadow:prado",
    "ru": "kitchen:кухня,кухне bedroom:спальня,спальне room:комната,комнате,квартира,квартире street:улица,улице,город,городе park:парк,парке,сад,саду forest:лес,лесу beach:пляж,пляже,берегу sea:море,океан desert:пустыня,пустыне mountain:гора,горах station:вокзал,вокзале school:школа,школе library:библиотека,библиотеке cafe:кафе restaurant:ресторан,ресторане hospital:больница,больнице office:офис,офисе church:церковь,церкви castle:замок,замке market:рынок,рынке farm:ферма,ферме,поле lake:озеро,озере,река stage:сцена,сцене space:космос,космосе shop:магазин,магазине snow:снег night:ночь,ночью dusk:вечер,вечером dawn:утро,рассвет rain:дождь storm:гроза fog:туман meadow:луг,лугу",
    "zh": "kitchen:厨房 bedroom:卧室 room:客厅,房间,屋里,室内 street:街,城市,马路,广场 park:公园,花园,院子 forest:森林,树林 beach:海滩,沙滩,海边 sea:大海,海上,海洋,港 desert:沙漠 mountain:山顶,山上,山脚,雪山 station:车站,火车站,站台 school:学校,教室 library:图书馆 cafe:咖啡馆,咖啡店,茶馆,酒吧 restaurant:餐厅,饭馆 hospital:医院 office:办公室 church:教堂 castle:城堡,宫殿 market:市场,集市 farm:农场,田野,麦田 lake:湖,河边,池塘 stage:舞台,剧院 space:太空 shop:商店 workshop:车间,车库 museum:博物馆,美术馆 rooftop:屋顶,天台 bathroom:浴室 cave:山洞 snow:雪 night:夜,晚上 dusk:黄昏,傍晚 dawn:清晨,黎明 rain:雨 storm:暴风,雷 fog:雾 pool:游泳池 meadow:草地,草原",
    "ja": "kitchen:台所,キッチン,厨房 bedroom:寝室 room:部屋,居間,リビング,室内 street:通り,街,町,広場 park:公園,庭 forest:森,林 beach:浜,海辺,海岸,砂浜 sea:海,港 desert:砂漠 mountain:山 station:駅,ホーム school:学校,教室 library:図書館 cafe:カフェ,喫茶店 restaurant:レストラン,食堂 hospital:病院 office:オフィス,事務所 church:教会 castle:城 market:市場 farm:農場,畑,田んぼ lake:湖,川,池 stage:舞台,劇場 space:宇宙 shop:店 workshop:工房,ガレージ museum:博物館,美術館 rooftop:屋上 bathroom:風呂,浴室 cave:洞窟 snow:雪 night:夜 dusk:夕方,夕暮れ dawn:夜明け,朝 rain:雨 storm:嵐 fog:霧 pool:プール meadow:草原,原っぱ",
    "ko": "kitchen:부엌,주방 bedroom:침실 room:방,거실 street:거리,도시,골목 park:공원,정원 forest:숲 beach:해변,바닷가 sea:바다 desert:사막 mountain:산 station:역 school:학교,교실 library:도서관 cafe:카페 restaurant:식당 hospital:병원 office:사무실 castle:성 market:시장 farm:농장,밭 lake:호수,강 stage:무대 space:우주 shop:가게 snow:눈내리 night:밤 dusk:저녁 dawn:새벽 rain:비 fog:안개 meadow:초원",
}  # fmt: skip


@lru_cache(maxsize=256)
def in_english(text: str, language: str) -> str:
    """The words of place, hour and weather of a setting in English, in its own order; English stays as it is."""
    primary = language.casefold().split("-")[0]
    if primary not in _PLACES:
        return text
    table = _place_table(primary)
    if primary in ("zh", "ja", "ko"):
        hits: list[tuple[int, int, str]] = []
        for form, english in table.items():
            at = text.find(form)
            if at >= 0 and not any(start <= at < end for start, end, _ in hits):
                hits.append((at, at + len(form), english))
        said = [english for *_, english in sorted(hits)]
    else:
        said = [table[word] for word in tokens(text) if word in table]
    return " ".join([*said, text] if said else [text])


@lru_cache(maxsize=16)
def _place_table(language: str) -> dict[str, str]:
    entries = (entry.split(":") for entry in _PLACES[language].split())
    pairs = [(form.casefold(), english) for english, forms in entries for form in forms.split(",")]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))
