"""People in the European languages: nouns for them, their endings, titles and first names."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.english.people import gender_of
from mavin.facts.languages.european.first_names import MEN_NAMES, WOMEN_NAMES
from mavin.facts.languages.european.inflections import known, lemma
from mavin.facts.languages.tables import TABLES
from mavin.facts.model import Gender, RoleFact

__all__ = [
    "MASS_NOUNS",
    "SHORT_TITLES",
    "THINGS",
    "TITLES",
    "gender_of_name",
    "is_first_name",
    "kind_of",
    "singular_and_gender",
    "with_genders",
]

_HUMAN_ENDINGS = {tag: re.compile(table.human_endings) for tag, table in TABLES.items() if table.human_endings}


_STRESSED = {"an": "án", "on": "ón"}

# Things that end like people.
THINGS = frozenset(
    "ordenador computador ventilador aspirador televisor ascensor motor tractor mostrador comedor corredor alrededor calor color olor dolor amor "
    "sombrero cordero letrero sendero tablero enero febrero dinero acero cero cuero extranjero-l fuero lucero agujero florero tintero carretera "
    "bandera madera escalera cartera nevera primavera frontera bandera cabecera manera espera esfera ladera hoguera acera cera pantera marcador "
    "despertador contador collar tambor vapor temblor rumor sabor valor error terror horror interior exterior mayor menor mejor peor "
    "ladeira madeira bandeira cadeira geladeira feira beira cachoeira maneira primeira primeiro dinheiro cheiro inteiro fevereiro janeiro roteiro "
    "banheiro chuveiro pomar computador isqueiro "
    "retrovisor visor proyector reflector interruptor detector radiador congelador refrigerador secador calentador cargador microondas altavoz "
    "projetor refletor interruptor carregador aquecedor liquidificador rétroviseur projecteur ascenseur moteur ordinateur aspirateur radiateur "
    "congélateur réfrigérateur interrupteur haut-parleur "
    "bandiera maniera frontiera cerniera portiera sera ora ghiaia caldaia ghiaio sentiero pensiero bicchiere cantiere quartiere mestiere motore "
    "trattore rumore colore odore dolore amore calore fiore cuore errore televisore ascensore vapore sapore umore spessore terrore autore-l notaio-l "
    "paio cucchiaio gennaio febbraio migliaio rosaio vista lista pista rivista conquista "
    "fleur cœur coeur peur couleur chaleur douleur odeur vapeur lueur lumière rivière barrière poussière prière matière manière frontière "
    "papier clavier quartier cahier escalier métier grenier atelier panier fer hier premier première dernier dernière mer hiver bonheur malheur "
    "heure erreur terreur horreur ordinateur ascenseur moteur tracteur projecteur radiateur réfrigérateur aspirateur sueur hauteur profondeur "
    "intérieur extérieur meilleur bière pierre lisière clairière paupière cuillère théière cafetière bannière croisière sentier soulier "
    "collier levier évier chantier clocher rocher plancher tiers piste liste vieux monde dieu-l tableau lien rien bien chien chienne "
    "wasser feuer fenster zimmer messer wetter winter sommer donner ufer finger körper meter liter teller keller koffer hammer zucker butter leder "
    "papier klavier bier tier eier wunder fieber pulver silber kupfer gitter theater orchester semester alter becher fächer computer drucker kühler "
    "wecker scheinwerfer fernseher lautsprecher regenschirmständer anhänger bagger kleider felder wälder bilder lieder häuser räder blätter bücher "
    "dächer länder kinder bretter lichter gesichter geister hunger ärger eimer schleier schauer trauer mauer dauer feier leiter-l schulter "
    "leiter mutter butter feder ader oper nummer ziffer kammer steuer leber faser scheibenwischer schalter behälter ruder puder moder zeiger "
    "hubschrauber dampfer flieger träger stecker kocher mixer toaster container roller laster trecker anker bunker schimmer flüster lager "
    "moment element dokument instrument fundament zement ornament argument testament talent advent event konzert restaurant diamant elefant "
    "primera tercera entera papelera gasolinera cafetera tetera pradera cadera calavera hilera pulsera chequera billetera cremallera lavadora "
    "aspiradora secadora impresora computadora calculadora licuadora batidora grapadora fotocopiadora tostadora grabadora excavadora trituradora "
    "tenedor mirador colador rotulador encendedor destornillador aspersor lapicero cenicero perchero salero monedero paragüero llavero velero "
    "crucero vertedero matadero invernadero hormiguero gallinero desfiladero sumidero fregadero trastero ropero autopista entrevista arista "
    "extincteur ventilateur compteur démarreur fraîcheur longueur largeur épaisseur grosseur douceur sentier calendrier dossier fichier tablier "
    "étrier sablier saladier chandelier encrier cendrier gravier mortier palier pilier terrier cerisier pommier peuplier laurier rosier bouilloire "
    "soupière tanière carrière crinière gouttière rizière visière litière cicatrice matrice calculatrice entretien soutien maintien "
    "torneira mangueira fogueira peneira lixeira chaleira frigideira poeira fileira carteira prateleira roseira pulseira churrasqueira lareira "
    "trincheira tinteiro travesseiro tabuleiro canteiro formigueiro galinheiro celeiro terreiro cruzeiro nevoeiro elevador refrigerador corredor "
    "ghiacciaio telaio pollaio granaio caffettiera teiera fruttiera saliera ringhiera criniera visiera cartiera miniera pattumiera lavatrice "
    "calcolatrice braciere candeliere forziere ventilatore frullatore interruttore accumulatore estintore radiatore proiettore registratore intervista "
    "smoker blender controller scanner sticker beamer trailer flyer tower receiver router server bohrer hefter locher ordner kugelschreiber "
    "ständer schieber öffner wasserkocher staubsauger rasierer feuerlöscher flaschenöffner dosenöffner korkenzieher schraubenzieher rasenmäher mäher "
    "aufkleber zünder lüfter generator motor traktor projektor reaktor sensor transformator pullover blazer frachter kreuzer tanker gleiter "
    "verstärker zähler kalender zylinder schlüsselanhänger sprinkler shaker tumbler timer player cursor poster cluster filter master kater-l "
    "beginn sinn kinn gewinn zinn berlin benzin termin medizin magazin ruin turbin delphin stein wein bein schein verein fin pier".split()
)


MASS_NOUNS = frozenset(
    "regen schnee nebel wasser licht wind rauch feuer sand staub musik stille applaus donner dampf sonne mond nacht morgen abend tag lärm eis "
    "hagel laub gras blut öl gold silber glas holz papier luft dunst funken wellen blätter wolken sturm gewitter blitz herbst winter sommer frühling "
    "lluvia nieve niebla viento humo agua luz sangre arena polvo música silencio fuego hielo pioggia neve nebbia vento fumo acqua luce sangue sabbia "
    "musica silenzio fuoco pluie neige brume fumée eau lumière sang sable musique feu chuva neve névoa água areia música fogo gelo gente nadie "
    "teig lehm sahne pfeffer kakao marmelade schaum schlamm dreck kies stroh heu wachs seife kaffee tee brot milch wein bier geld suppe saft zucker salz mehl wolle stahl beton honig käse butter obst gemüse reis kuchen schokolade "
    "dunkelheit dämmerung zeit leben liebe angst freude hoffnung zeile ende anfang mitternacht mittag".split()
)


TITLES = frozenset(
    "señor señora señorita don doña doctor doctora frau herr doktor madame monsieur mademoiselle signor signora signorina dottor senhor senhora "
    "dona detective detetive capitán capitano capitaine kapitän comisario comisaria commissario kommissar kommissarin professor professora profesor "
    "profesora professore professeur rey reina könig königin roi reine tía tío tante onkel tata nonna nonno abuela abuelo opa oma inspector inspecteur "
    "sargento agente agent maestro hermano hermana bruder schwester".split()
)


SHORT_TITLES = {
    **dict.fromkeys("sr d sig m mr hr".split(), Gender.MALE),
    **dict.fromkeys("sra srta dra profa dña dª sig.ra dott.ssa mme mlle mrs ms fr".split(), Gender.FEMALE),
    **dict.fromkeys("dr prof dott ing lic st pr me".split(), Gender.UNKNOWN),
}
"""Titles that are written short before a name, with the gender that they tell: "Sr. Costa", "Mme Petit"."""


@cache
def _ages(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    table = words_of(language)
    assert table is not None
    return table.men, table.women, table.people, table.animals


def _bases(word: str, language: str) -> list[str]:
    """A noun in lower case, and what its singular or its masculine may be."""
    found = [word]
    base = lemma(word.capitalize() if language == "de" else word, language).lower()
    found.append(base)
    if language in {"es", "pt", "fr"} and word.endswith("s"):
        found += [word[:-1], word[:-2]]
    if language == "it" and word[-1:] in "ie":
        found += [word[:-1] + "o", word[:-1] + "a", word[:-1] + "e", word[:-1]]
        found += [word[:-2] + "o", word[:-2] + "a"] if word.endswith(("hi", "he", "ie")) else []
    if language == "de":
        found += [word.removesuffix("innen"), word.removesuffix("in"), word.removesuffix("n"), word.removesuffix("en")]
    return list(dict.fromkeys(item for item in found if item))


@cache
def kind_of(word: str, language: str) -> tuple[bool, bool, Gender]:
    """Whether a lower-case noun is a person, an animal, and which gender it tells."""
    men, women, people, animals = _ages(language)
    for base in _bases(word, language):
        if base in women or (
            language == "de" and word.endswith(("in", "innen")) and base in men | people and base != word
        ):
            return True, False, Gender.FEMALE
        if base in men:
            feminine = language in {"es", "pt", "it"} and word.endswith(("a", "as"))
            return True, False, Gender.FEMALE if feminine else Gender.MALE
        if base in people:
            return True, False, Gender.UNKNOWN
        if language in {"es", "pt"} and re.search(r"(?:an|on)as?$", base):
            # "capitana", "patrona": women by the name of what men are called.
            stem = re.sub(r"as?$", "", base)
            if {stem, f"{stem[:-2]}{_STRESSED[stem[-2:]]}"} & (men | people):
                return True, False, Gender.FEMALE
        if base in animals:
            return False, True, Gender.UNKNOWN
    if language == "de":  # compounds end in their head: "Leuchtturmwärterin", "Straßenhund"
        for noun in sorted(men | women | people | animals, key=len, reverse=True):
            if len(noun) > 3 and word.endswith((noun, noun + "in")) and word not in THINGS:
                gender = (
                    Gender.FEMALE
                    if noun in women or word.endswith("in")
                    else Gender.MALE
                    if noun in men
                    else Gender.UNKNOWN
                )
                return noun not in animals, noun in animals, gender
    if any(base in THINGS for base in _bases(word, language)) or not _HUMAN_ENDINGS[language].search(word):
        return False, False, Gender.UNKNOWN
    return _by_ending(word, language)


def singular_and_gender(noun: str, language: str) -> tuple[str, Gender]:
    """The singular of a plural noun in lower case ("mujeres" → "mujer"), and what gender it tells."""
    if words_of(language) is None:
        return noun, Gender.UNKNOWN
    men, women, people, animals = _ages(language)
    nouns = men | women | people | animals
    single = next((base for base in _bases(noun, language)[1:] if base in nouns), "") or lemma(
        noun.capitalize() if language == "de" else noun, language
    )
    gender = kind_of(noun, language)[2]
    feminine = (language in {"es", "pt"} and noun.endswith("as")) or (
        language == "it" and noun.endswith("e") and gender is Gender.FEMALE
    )
    if feminine and single.endswith("o"):
        single, gender = single[:-1] + "a", Gender.FEMALE
    return single.lower(), gender


def _by_ending(word: str, language: str) -> tuple[bool, bool, Gender]:
    """People by what they do: "relojero", "Schneiderin", "danseuse"; the doing must be a word as well."""
    if language == "de":
        feminine = word.endswith(("in", "innen"))
        stem = re.sub(r"(?:innen|in)$", "", word) if feminine else word
        if feminine and (len(stem) < 3 or (not known(stem.capitalize(), "de") and len(stem) < 5)):
            return False, False, Gender.UNKNOWN
        if stem.endswith(("mann", "frau", "leute", "ist", "loge", "eur")):
            return True, False, Gender.FEMALE if feminine or stem.endswith("frau") else Gender.MALE
        if not feminine and stem.endswith(("ant", "ent")):
            return False, False, Gender.UNKNOWN
        root = stem.removesuffix("er")
        doing = any(known(root + end, "de") or known(_plain(root) + end, "de") for end in ("en", "n")) or root.endswith(
            ("l", "n")
        )
        person = feminine or (stem.endswith("er") and doing)
        return person, False, (Gender.FEMALE if feminine else Gender.MALE) if person else Gender.UNKNOWN
    feminine = bool(
        re.search(
            r"(?:[eo]ra|ras|[aei]na|ica|oga|afa|euse|euses|ière|ières|trice|trices|tric[ei]|aia|iera|ienne|iennes)$",
            word,
        )
    )
    if word.endswith(("ista", "iste", "istas", "istes", "isti")):
        return True, False, Gender.UNKNOWN
    return True, False, Gender.FEMALE if feminine else Gender.MALE


def _plain(word: str) -> str:
    return word.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def is_first_name(word: str) -> bool:
    """Whether a word is a common first name in one of the languages read."""
    return gender_of(word) in {Gender.FEMALE, Gender.MALE} or word.lower() in WOMEN_NAMES | MEN_NAMES


def with_genders(roles: tuple[RoleFact, ...], language: str) -> tuple[RoleFact, ...]:
    """The roles, those whose name tells it with their gender ("JULIE: Écoute.", "Lehrerin: Ruhe!")."""
    if words_of(language) is None:
        return roles
    return tuple(
        replace(role, gender=_gender_of_role(role.name, language))
        if role.named and role.person and role.gender is Gender.UNKNOWN
        else role
        for role in roles
    )


def _gender_of_role(name: str, language: str) -> Gender:
    first = name.split()[0]
    told = kind_of(first.casefold(), language)[2]
    return told if told is not Gender.UNKNOWN else gender_of_name(first, language)


def gender_of_name(name: str, language: str) -> Gender:
    """What a first name tells of its gender: by a list, else by its ending in that language."""
    told = gender_of(name)
    if told in {Gender.FEMALE, Gender.MALE}:
        return told
    low = name.lower()
    if low in WOMEN_NAMES or low in MEN_NAMES:
        return Gender.FEMALE if low in WOMEN_NAMES else Gender.MALE
    if language in {"es", "it", "pt", "de"} and len(low) > 2:
        if low in {"luca", "andrea", "nicola", "mattia", "sascha", "noa", "elia", "joshua", "borja"}:
            return Gender.UNKNOWN if low == "andrea" else Gender.MALE
        if low.endswith("a"):
            return Gender.FEMALE
        if low.endswith("o") and language != "de":
            return Gender.MALE
    if language == "fr" and re.search(r"(?:ie|ine|ette|elle|ise|anne|ence|ile|ée|a)$", low):
        return Gender.FEMALE
    return (
        Gender.FEMALE
        if language == "de" and low.endswith(("e", "ie", "ine", "ild", "run")) and low not in {"uwe", "arne"}
        else Gender.UNKNOWN
    )
