"""One person is one role, however a German, French, Spanish, Italian or Portuguese prompt gives the name."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "cast"),
    [
        ("Ein alter Fischer, Hein, steht allein am Pier.", ["Hein"]),
        ("Ein Mann im grauen Mantel, Otto, wartet. Seine Katze, Mimi, schläft.", ["Otto", "Mimi"]),
        ("Das ist ein Hund, eine Katze und Karl. Der Fahrer, Herr Krüger, winkt.", ["Karl", "Herr Krüger"]),
        ("Lucía pasea por la playa. Su perro, Rayo, la sigue.", ["Lucía", "Rayo"]),
        ("Un vieux pêcheur, Marcel, répare son filet.", ["Marcel"]),
        ("Un vecchio falegname, Beppe, leviga una sedia. Il suo gatto, Nerone, lo guarda.", ["Beppe", "Nerone"]),
        ("Um velho pescador, Zé, remenda a rede. O seu cão, Piloto, ladra.", ["Zé", "Piloto"]),
        ("Eine Frau namens Greta öffnet das Fenster. Ein Junge mit Namen Emil winkt.", ["Greta", "Emil"]),
        ("Una signora di nome Carla entra in panetteria.", ["Carla"]),
        ("Un homme du nom de Paul attend. Une fille qui s'appelle Zoé rit.", ["Paul", "Zoé"]),
        ("Un hombre que se llama Diego espera. Una mujer llamada Carmen llega.", ["Diego", "Carmen"]),
    ],
)
def test_a_name_and_what_its_bearer_is_are_one_role(prompt: str, cast: list[str]) -> None:
    names = [role.name for role in read_facts(prompt).roles if role.named]
    assert names == cast
    nouns = {role.name.casefold() for role in read_facts(prompt).roles if not role.named}
    assert not nouns & {"fischer", "pier", "mann", "fahrer", "perro", "pêcheur", "falegname", "gatto", "cão", "signora"}


@pytest.mark.parametrize(
    "prompt",
    [
        "Ein Hund, Otto und Lena tanzen.",
        "Un chien, Marie et Paul courent.",
    ],
)
def test_a_list_is_no_apposition(prompt: str) -> None:
    assert len(read_facts(prompt).roles) == 3


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Drei Kinder spielen. Das kleinste, Tim, ruft: „Fang mich!“", {"Tim", "Kind 1", "Kind 2"}),
        ("Dos policías entran. El más joven, Iván, grita: «¡Quietos!»", {"Iván", "Policía 1"}),
        ("Dois irmãos discutem. O mais velho, Pedro, diz: «Para.»", {"Pedro", "Irmão 1"}),
        ("Zwei Polizisten, Kurt und Birgit, warten im Regen.", {"Kurt", "Birgit"}),
    ],
)
def test_one_of_a_counted_group_who_gets_a_name_adds_nobody(prompt: str, names: set[str]) -> None:
    facts = read_facts(prompt)
    assert {role.name for role in facts.roles} == names
    assert len(facts.events) == prompt.rstrip(".“»!").count(".") + 1


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        ("El profesor entra. Un alumno, Bruno, mira. «Hola», dice el profesor. «Hola», contesta él.", ["Profesor", "Bruno"]),
        ("Otto und Karl sitzen am Tisch. „Na?“, fragt Otto. „Nichts“, antwortet er.", ["Otto", "Karl"]),
        ("Luc et Paul attendent. « Alors ? » demande Luc. « Rien », répond-il.", ["Luc", "Paul"]),
    ],
)  # fmt: skip
def test_who_answers_is_not_who_asked(prompt: str, speakers: list[str]) -> None:
    facts = read_facts(prompt)
    names = {role.key: role.name for role in facts.roles}
    assert [names[quote.speaker] for quote in facts.quotes if quote.speaker] == speakers


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("Ana ríe y su perro, Rayo, ladra.", ["Ana ríe", "Su perro, Rayo, ladra"]),
        ("Entra il figlio, Nino, e ride.", ["Entra il figlio, Nino", "Nino ride"]),
        ("Um menino corre e a mais nova, Inês, grita.", ["Um menino corre", "A mais nova, Inês, grita"]),
    ],
)
def test_the_commas_around_a_name_part_no_events(prompt: str, events: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == events


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("O vizinho, Sr. Costa, bate à porta. O Sr. Costa diz: «Bom dia».", ["Sr. Costa"]),
        ("El vecino, el Sr. Costa, llama. La Sra. Ruiz abre.", ["Sr. Costa", "Sra. Ruiz"]),
        ("Le voisin, M. Dupont, frappe. M. Dupont dit : « Bonjour. »", ["M. Dupont"]),
        ("Il vicino, il sig. Costa, bussa. Il sig. Costa dice: «Buongiorno».", ["sig. Costa"]),
        ("Frau Dr. Weber sagt: „Ruhe.“ Hr. Klein nickt. Dr. Weber geht.", ["Frau Dr. Weber", "Hr. Klein"]),
        ("La vecina, doña Carmen, sonríe. Doña Carmen dice: «Pase».", ["doña Carmen"]),
    ],
)
def test_a_title_written_short_belongs_to_its_name(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Ana entra en la cocina. Dice: «Tengo hambre».", ["Ana"]),
        ("Dice: «Hola». Marta abre la ventana.", ["Marta"]),
        ("Pregunta Luis: «¿Quién?» Responde Ana: «Yo».", ["Luis", "Ana"]),
        ("Anna kommt herein. Sagt: „Hallo.“", ["Anna"]),
    ],
)
def test_a_verb_of_speech_before_a_colon_is_nobody(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


def test_whom_a_pronoun_meant_is_named_by_the_next_sentence() -> None:
    facts = read_facts("Paul ouvre. « Qui est là ? » demande-t-il. « C'est moi », répond-elle. Julie entre.")
    assert [role.name for role in facts.roles] == ["Paul", "Julie"]
    assert [quote.speaker for quote in facts.quotes] == [role.key for role in facts.roles]
    assert len(read_facts("Elle court. Julie l'attend.").roles) == 2
