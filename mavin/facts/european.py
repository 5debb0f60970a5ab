"""Noun phrases, finite verbs and word order of Spanish, Portuguese, Italian, French and German.

    Sur le quai , Élodie serre sa valise          Romance: the noun phrase before the finite verb
    [─ prep. ──]  subject verb  object
    Am Abend umarmt sie ihren Bruder              German: before the finite verb, else right behind it
    [─ prep.] verb  subject  object

A noun phrase behind a preposition is no subject; a left-out one is whoever the last clause was about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from mavin.facts.foreign_model import Mention, Reading
from mavin.facts.foreign_words import Words, words_of
from mavin.facts.inflections import Finite, finite, infinitive, is_plural_noun, known, lemma
from mavin.facts.model import Gender
from mavin.facts.numbers import NUMBER, number_of
from mavin.facts.phrases import gender_of

__all__ = ["Word", "is_finite_at", "is_name", "kind_of", "noun_phrase_at", "singular_and_gender", "words_in"]

_WORD = re.compile(r"\b(?:all|dell|dall|nell|sull|quell|quest|un|jusqu|quelqu|lorsqu|puisqu|aujourd(?=['’]hui)|[ldscjmntq]|qu)['’](?=\w)|\w+(?:[-'’]\w+)*", re.IGNORECASE)
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_HUMAN_ENDINGS = {
    "es": re.compile(r"(?:er[oa]s?|[dt]or(?:a|as|es)?|sora?|istas?|ólog[oa]s?|ógraf[oa]s?|ian[oa])$"),
    "pt": re.compile(r"(?:eir[oa]s?|[dt]or(?:a|as|es)?|sora?|istas?|ólog[oa]s?|ógraf[oa]s?)$"),
    "it": re.compile(r"(?:ai[oa]|ier[aei]|iere|tor[ei]|tric[ei]|ist[aei]|olog[oa]|ograf[oa])$"),
    "fr": re.compile(r"(?:eurs?|euses?|iers?|ières?|trices?|istes?|logues?|graphes?|iens?|iennes?)$"),
    "de": re.compile(r"(?:er|ler|ner|erin|erinnen|in|innen|ist|istin|loge|login|mann|frau|leute|eur|eurin|ant|ent)$"),
}
# Things that end like people.
_THINGS = frozenset(
    "ordenador computador ventilador aspirador televisor ascensor motor tractor mostrador comedor corredor alrededor calor color olor dolor amor "
    "sombrero cordero letrero sendero tablero enero febrero dinero acero cero cuero extranjero-l fuero lucero agujero florero tintero carretera "
    "bandera madera escalera cartera nevera primavera frontera bandera cabecera manera espera esfera ladera hoguera acera cera pantera marcador "
    "despertador contador collar tambor vapor temblor rumor sabor valor error terror horror interior exterior mayor menor mejor peor "
    "ladeira madeira bandeira cadeira geladeira feira beira cachoeira maneira primeira primeiro dinheiro cheiro inteiro fevereiro janeiro roteiro "
    "banheiro chuveiro pomar computador isqueiro "
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
    "beginn sinn kinn gewinn zinn berlin benzin termin medizin magazin ruin turbin delphin stein wein bein schein verein fin".split()
)
_MASS = frozenset(
    "regen schnee nebel wasser licht wind rauch feuer sand staub musik stille applaus donner dampf sonne mond nacht morgen abend tag lärm eis "
    "hagel laub gras blut öl gold silber glas holz papier luft dunst funken wellen blätter wolken sturm gewitter blitz herbst winter sommer frühling "
    "lluvia nieve niebla viento humo agua luz sangre arena polvo música silencio fuego hielo pioggia neve nebbia vento fumo acqua luce sangue sabbia "
    "musica silenzio fuoco pluie neige brume fumée eau lumière sang sable musique feu chuva neve névoa água areia música fogo gelo gente nadie "
    "dunkelheit dämmerung zeit leben liebe angst freude hoffnung zeile ende anfang mitternacht mittag".split()
)
_TITLES = frozenset(
    "señor señora señorita don doña doctor doctora frau herr doktor madame monsieur mademoiselle signor signora signorina dottor senhor senhora "
    "dona detective detetive capitán capitano capitaine kapitän comisario comisaria commissario kommissar kommissarin professor professora profesor "
    "profesora professore professeur rey reina könig königin roi reine tía tío tante onkel tata nonna nonno abuela abuelo opa oma inspector inspecteur "
    "sargento agente agent maestro hermano hermana bruder schwester".split()
)


_REFLEXIVE = {"es": {"se", "le", "les"}, "pt": {"se"}, "it": {"si"}, "fr": {"se", "s'", "ne", "n'"}}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets; ``lower`` has straight apostrophes."""

    text: str
    start: int
    end: int
    lower: str
    first: bool


def words_in(text: str) -> list[Word]:
    """The words of a text; a French pronoun behind a hyphen ("dit-il") is a word of its own."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        inverted = re.fullmatch(r"(\w+?)(?:-t)?-(il|elle|on|ils|elles|ele|ela|je)", match.group(), re.IGNORECASE)
        spans = [inverted.span(1), inverted.span(2)] if inverted else [(0, len(match.group()))]
        for left, right in spans:
            word = match.group()[left:right]
            found.append(
                Word(word, match.start() + left, match.start() + right, word.lower().replace("’", "'"), not found)
            )
    return found


_WOMEN_NAMES = frozenset(
    "carmen isabel inés pilar rocío luz mercedes dolores beatriz raquel esther ester noemí belén consuelo remedios ángeles soledad abril andrea marta "
    "lucie élodie sophie chloé zoé agnès inès hélène margaux manon jeanne solène maud noémie brigitte odile françoise geneviève léa jade camille "
    "greta ida edith ruth heike silke elke anke birgit astrid sigrid gudrun ingrid ute antje maren wiebke katrin karin kerstin doris iris ilse else "
    "beatrice alice matilde irene ester agnese adele rachele ines raquel beatriz lurdes isabel leonor carolina helena".split()
)
_MEN_NAMES = frozenset(
    "tomás andrés marcos carlos lucas nicolás jesús matías elías josé javier manuel rafael gabriel miguel ángel joaquín martín agustín fermín ramón simón "
    "víctor óscar héctor rubén raúl saúl iván adrián sebastián julián germán hernán felipe jaime vicente enrique jorge luis mateo "
    "paul marc hugo jules rémi rené andré gérard bernard laurent vincent julien adrien bastien étienne gilles yves alain antoine gaspard émile théo "
    "jonas emil tobias lukas niklas moritz jürgen günter günther dieter uwe heinz horst klaus bernd rolf ralf axel anton konrad matthias andreas stefan "
    "markus johannes hannes felix friedrich wilhelm ludwig heinrich arne sven nils luca nino salvo dante davide giuseppe michele raffaele daniele "
    "gabriele simone samuele ettore cesare joão tomé josé rui luís duarte vasco gonçalo nuno caetano".split()
)


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
        if base in women or (language == "de" and word.endswith(("in", "innen")) and base in men | people and base != word):
            return True, False, Gender.FEMALE
        if base in men:
            feminine = language in {"es", "pt", "it"} and word.endswith(("a", "as"))
            return True, False, Gender.FEMALE if feminine else Gender.MALE
        if base in people:
            return True, False, Gender.UNKNOWN
        if base in animals:
            return False, True, Gender.UNKNOWN
    if language == "de":  # compounds end in their head: "Leuchtturmwärterin", "Straßenhund"
        for noun in sorted(men | women | people | animals, key=len, reverse=True):
            if len(noun) > 3 and word.endswith((noun, noun + "in")) and word not in _THINGS:
                gender = Gender.FEMALE if noun in women or word.endswith("in") else Gender.MALE if noun in men else Gender.UNKNOWN
                return noun not in animals, noun in animals, gender
    if any(base in _THINGS for base in _bases(word, language)) or not _HUMAN_ENDINGS[language].search(word):
        return False, False, Gender.UNKNOWN
    return _by_ending(word, language)


def singular_and_gender(noun: str, language: str) -> tuple[str, Gender]:
    """The singular of a plural noun in lower case ("mujeres" → "mujer"), and what gender it tells."""
    if words_of(language) is None:
        return noun, Gender.UNKNOWN
    men, women, people, animals = _ages(language)
    nouns = men | women | people | animals
    single = next((base for base in _bases(noun, language)[1:] if base in nouns), "") or lemma(noun.capitalize() if language == "de" else noun, language)
    gender = kind_of(noun, language)[2]
    feminine = language in {"es", "pt"} and noun.endswith("as") or language == "it" and noun.endswith("e") and gender is Gender.FEMALE
    if feminine and single.endswith("o"):
        single, gender = single[:-1] + "a", Gender.FEMALE
    return single.lower(), gender


def _by_ending(word: str, language: str) -> tuple[bool, bool, Gender]:
    """People by what they do: "relojero", "Schneiderin", "danseuse"; the doing must be a word as well."""
    if language == "de":
        feminine = word.endswith(("in", "innen"))
        stem = re.sub(r"(?:innen|in)$", "", word) if feminine else word
        if feminine and not known(stem.capitalize(), "de") and len(stem) < 5:
            return False, False, Gender.UNKNOWN
        if stem.endswith(("mann", "frau", "leute", "ist", "loge", "eur")):
            return True, False, Gender.FEMALE if feminine or stem.endswith("frau") else Gender.MALE
        if not feminine and stem.endswith(("ant", "ent")):
            return False, False, Gender.UNKNOWN
        root = stem.removesuffix("er")
        doing = any(known(root + end, "de") or known(_plain(root) + end, "de") for end in ("en", "n")) or root.endswith(("l", "n"))
        person = feminine or (stem.endswith("er") and doing)
        return person, False, (Gender.FEMALE if feminine else Gender.MALE) if person else Gender.UNKNOWN
    feminine = bool(re.search(r"(?:[eo]ra|ras|[aei]na|ica|oga|afa|euse|euses|ière|ières|trice|trices|tric[ei]|aia|iera|ienne|iennes)$", word))
    if word.endswith(("ista", "iste", "istas", "istes", "isti")):
        return True, False, Gender.UNKNOWN
    return True, False, Gender.FEMALE if feminine else Gender.MALE


def _plain(word: str) -> str:
    return word.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def _opens(words: list[Word], index: int) -> bool:
    return index == 0 and words[0].first


def is_name(words: list[Word], index: int, language: str, table: Words) -> bool:
    """Whether a word is a proper name, or a label such as ``C1``."""
    word = words[index]
    if not word.text[0].isupper() or word.lower in table.not_names:
        return False
    if re.fullmatch(r"[A-Z]\d*", word.text):
        return word.lower not in table.prepositions | table.determiners | table.conjunctions
    if (gender_of(word.text) in {Gender.FEMALE, Gender.MALE} or word.lower in _WOMEN_NAMES | _MEN_NAMES) and word.lower not in table.men | table.women:
        return True
    closed = table.determiners | table.prepositions | table.conjunctions | table.subordinate | table.adverbs | table.clitics
    if word.lower in closed | table.nobody | table.he | table.she | table.they | table.first | table.it | table.adjectives:
        return False
    if language == "de":
        person, animal, _ = kind_of(word.lower, language)
        plural = is_plural_noun(word.text, language)
        return not (person or animal or plural or word.lower in _MASS or word.lower in _THINGS or _compound(word.text))
    if not _opens(words, index):
        return True
    person, animal, _ = kind_of(word.lower, language)
    if person or animal:
        return False
    following = index + 1
    while following < len(words) and words[following].lower in table.clitics and following < index + 4:
        following += 1
    acts = following < len(words) and finite(words[following].lower, language) is Finite.SURE
    joined = index + 2 < len(words) and words[index + 1].lower in table.conjunctions and words[index + 2].text[0].isupper()
    if joined and word.lower in _WOMEN_NAMES | _MEN_NAMES:
        return True
    if acts:
        # Before a verb a bare singular noun would be ungrammatical, so "Andrés dice" begins with a name.
        several = is_plural_noun(word.lower, language) and words[following].lower.endswith("n")
        return word.lower not in _MASS and not several
    return not finite(word.lower, language) and not known(word.lower, language)


@cache
def _compound(word: str) -> bool:
    """Whether a German word is known and long enough to be no first name ("Nebelhorn")."""
    return known(word, "de") and len(word) > 7


def is_finite_at(words: list[Word], index: int, language: str) -> Finite:
    """How sure it is that the word there is a finite verb: nothing behind an article or a capital is."""
    word = words[index]
    capital = word.text[0].isupper() and not _opens(words, index)
    if capital:
        return Finite.NO
    sure = finite(word.lower, language)
    if index and sure is not Finite.SURE and words[index - 1].lower in _REFLEXIVE.get(language, ()) and re.search(r"(?:[aeióòt]|[ao]n|en|ono)$", word.lower):
        return Finite.SURE  # "se tumba": behind a reflexive pronoun there is nothing but a verb
    return sure


def _is_determiner(word: Word, table: Words) -> bool:
    return word.lower in table.determiners or bool(_NUMBER.fullmatch(word.lower)) and word.lower not in {"six"[:0]}


def noun_phrase_at(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int] | None:
    """The noun phrase that begins at a word, and the index behind it; ``None`` if none does."""
    word = words[index]
    pronoun = _pronoun(word, table)
    if pronoun and not (language == "it" and word.lower in {"loro"} and index + 1 < len(words) and not is_finite_at(words, index + 1, language)):
        mention = Mention(word.text, word.start, word.end, word.lower, word.text, word.text, pronoun=pronoun)
        return mention, index + 1
    if is_name(words, index, language, table):
        return _name_at(text, words, index, language, table)
    bare = language == "de" and word.text[0].isupper() and not _opens(words, index) and word.lower not in table.nobody
    if not _is_determiner(word, table):
        if bare or (_noun_like(words, index, language, table) and kind_of(word.lower, language)[:2] != (False, False)):
            return _common(text, words, index, index, language, table)
        return None
    at = index + 1
    while at < len(words) and (_is_determiner(words[at], table) and not _gap(text, words[at - 1], words[at])):
        at += 1
    if at >= len(words) or _gap(text, words[at - 1], words[at]):
        return None
    return _common(text, words, index, at, language, table)


def _pronoun(word: Word, table: Words) -> str:
    for name in ("he", "she", "they", "it"):
        if word.lower in getattr(table, name):
            return name
    return "i" if word.lower in table.first else ""


def _gap(text: str, before: Word, after: Word) -> bool:
    """Whether anything but blanks stands between two words."""
    return bool(text[before.end : after.start].strip(" '’"))


def _noun_like(words: list[Word], index: int, language: str, table: Words) -> bool:
    word = words[index]
    closed = table.prepositions | table.conjunctions | table.subordinate | table.adverbs | table.clitics | table.nobody
    return word.lower not in closed and not word.lower.isdigit() and finite(word.lower, language) is not Finite.SURE


def _name_at(text: str, words: list[Word], index: int, language: str, table: Words) -> tuple[Mention, int]:
    at = index + 1
    while at < len(words) and not _gap(text, words[at - 1], words[at]) and words[at].text[0].isupper() and at - index < 3:
        if language == "de" and not is_name(words, at, language, table):
            break
        at += 1
    start, end = words[index].start, words[at - 1].end
    name = text[start:end]
    return Mention(
        name, start, end, name.casefold(), name, name, _name_gender(words[index].text, language), person=True, named=True,
        words=frozenset(name.casefold().split()),
    ), at  # fmt: skip


def _name_gender(name: str, language: str) -> Gender:
    told = gender_of(name)
    if told in {Gender.FEMALE, Gender.MALE}:
        return told
    low = name.lower()
    if low in _WOMEN_NAMES or low in _MEN_NAMES:
        return Gender.FEMALE if low in _WOMEN_NAMES else Gender.MALE
    if language in {"es", "it", "pt", "de"} and len(low) > 2:
        if low in {"luca", "andrea", "nicola", "mattia", "sascha", "noa", "elia", "joshua", "borja"}:
            return Gender.UNKNOWN if low == "andrea" else Gender.MALE
        if low.endswith("a"):
            return Gender.FEMALE
        if low.endswith("o") and language != "de":
            return Gender.MALE
    if language == "fr" and re.search(r"(?:ie|ine|ette|elle|ise|anne|ence|ile|ée|a)$", low):
        return Gender.FEMALE
    return Gender.FEMALE if language == "de" and low.endswith(("e", "ie", "ine", "ild", "run")) and low not in {"uwe", "arne"} else Gender.UNKNOWN


def _common(
    text: str, words: list[Word], start: int, at: int, language: str, table: Words
) -> tuple[Mention, int] | None:
    """A noun phrase with a common noun; ``at`` is the word behind its determiners."""
    head = at
    if language == "de":
        while head < len(words) and not words[head].text[0].isupper():
            adjective = re.search(r"(?:e|en|er|es|em|lila|rosa|jährige)$", words[head].lower) and words[head].lower not in table.prepositions
            if not adjective or _gap(text, words[head - 1], words[head]) and head > at or head - at > 3:
                return None
            head += 1
        if head >= len(words):
            return None
    else:
        while head + 1 < len(words) and words[head].lower in table.adjectives and not _gap(text, words[head], words[head + 1]):
            following = words[head + 1]
            if not _noun_like(words, head + 1, language, table) or following.lower in table.determiners:
                break
            if finite(following.lower, language) and kind_of(following.lower, language)[:2] == (False, False) and kind_of(words[head].lower, language)[0]:
                break  # "el viejo mira": the adjective is the noun
            head += 1
        if not _head_like(words, head, table):
            return None
    end = head + 1
    noun = words[head]
    if language != "de":
        while end < len(words) and not _gap(text, words[end - 1], words[end]) and _adjective_behind(text, words, end, language, table):
            end += 1
    named = None
    if end < len(words) and not _gap(text, words[end - 1], words[end]) and words[end].text[0].isupper():
        person, _, _ = kind_of(noun.lower, language)
        if (person or noun.lower in _TITLES) and (language == "de" or is_name(words, end, language, table)):
            named, end = _name_at(text, words, end, language, table)
    return _mention(text, words, start, at, head, end, named, language, table), end


def _head_like(words: list[Word], index: int, table: Words) -> bool:
    closed = table.prepositions | table.conjunctions | table.subordinate | table.clitics | table.nobody
    return words[index].lower not in closed - table.people and not words[index].lower.isdigit()


def _adjective_behind(text: str, words: list[Word], index: int, language: str, table: Words) -> bool:
    """Whether the word behind a noun is an adjective of it: neither a closed word nor likely a verb."""
    word = words[index]
    closed = table.prepositions | table.conjunctions | table.subordinate | table.clitics | table.nobody | table.adverbs
    if word.lower in table.adjectives and not word.text[0].isupper():
        return True
    if word.lower in closed | table.determiners or word.text[0].isupper() or word.lower.isdigit() or _pronoun(word, table):
        return False
    sure = is_finite_at(words, index, language)
    if sure is Finite.NO:
        return True
    if sure is Finite.MAYBE:
        # "la luna llena", "une valise rouge": an adjective if a surer verb comes before any other noun phrase.
        after = index + 1
        while after < len(words) and words[after].lower in table.clitics:
            after += 1
        return after < len(words) and is_finite_at(words, after, language) is Finite.SURE and not _gap(text, words[after - 1], words[after])
    return False


def _mention(
    text: str, words: list[Word], start: int, at: int, head: int, end: int, named: Mention | None, language: str, table: Words
) -> Mention:
    noun = words[head]
    person, animal, gender = kind_of(noun.lower, language)
    if not (person or animal) and head > at and language != "de":
        # "el viejo farero": the word taken for an adjective may be the person.
        person, animal, gender = kind_of(words[at].lower, language) if words[at].lower not in table.adjectives else (False, False, gender)
    first = [word.lower for word in words[start:at]]
    count = next((number_of(word) for word in first if _NUMBER.fullmatch(word)), 1)
    indefinite = set(table.definite) | {"ein", "eine", "un'"}
    plural = (count > 1 and not set(first) & indefinite) or any(word in table.plural for word in first)
    if language == "de" and first[:1] and first[0] in {"die", "ihre", "seine", "meine", "unsere"}:
        plural = is_plural_noun(noun.text, "de") and kind_of(noun.lower, "de")[2] is not Gender.FEMALE or noun.lower.endswith("innen")
    elif not plural and not first[:1] or (first and first[0] in table.possessives):
        plural = plural or is_plural_noun(noun.text if language == "de" else noun.lower, language)
    if gender is Gender.UNKNOWN:
        gender = _grammatical(first, noun, language, table, person)
    if plural and not named:
        gender = Gender.PLURAL
    phrase = text[words[start].start : words[end - 1].end]
    name = text[noun.start : noun.end]
    modifiers = {word.lower for word in words[at:end] if word.lower not in table.determiners} | {noun.lower}
    if named is not None:
        name, shown = named.name, text[noun.start : named.end]
        if noun.lower in {"señor", "señora", "frau", "herr", "madame", "monsieur", "signora", "senhora", "don", "doña"}:
            name = shown
        return Mention(
            phrase, words[start].start, words[end - 1].end, name.casefold(), name, _definite(phrase, language, table),
            named.gender if gender is Gender.UNKNOWN else gender, False, True, False, True,
            words=frozenset(name.casefold().split()) | {noun.lower},
        )  # fmt: skip
    return Mention(
        phrase, words[start].start, words[end - 1].end, noun.lower, name[:1].upper() + name[1:], _definite(phrase, language, table), gender,
        plural, person, animal, words=frozenset(modifiers), owned=bool(first) and first[0] in table.possessives,
    )  # fmt: skip


def _grammatical(first: list[str], noun: Word, language: str, table: Words, person: bool) -> Gender:
    if any(word in table.feminine for word in first):
        return Gender.FEMALE
    if language == "de" and noun.lower.endswith(("chen", "lein")):
        return Gender.NEUTER
    if any(word in table.masculine for word in first):
        neuter = language == "de" and first[-1] == "ein" and not person
        return Gender.UNKNOWN if neuter else Gender.MALE
    return Gender.UNKNOWN


def _definite(phrase: str, language: str, table: Words) -> str:
    """ "un farero viejo" as "el farero viejo": later sentences speak of somebody who is known."""
    words = phrase.split()
    low = words[0].lower().replace("’", "'")
    elided = re.match(r"(un)['’]", phrase, re.IGNORECASE)
    if elided and language == "it":
        return "l'" + phrase[elided.end() :]
    if low in table.definite and len(words) > 1:
        article = table.definite[low]
        vowel = words[1][:1].lower() in "aeiouhéèêàâîôœ"
        if (language == "fr" and vowel and low != "des") or (language == "it" and low == "un" and vowel):
            return "l'" + " ".join(words[1:])
        return " ".join([article, *words[1:]])
    return phrase[:1].lower() + phrase[1:] if low in table.determiners else phrase
