"""Roles that no table knows, lists, labels for members of a group, and strangers."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


def _roles(prompt: str) -> list[str]:
    return [role.name for role in read_facts(prompt).roles]


@pytest.mark.parametrize(
    ("prompt", "roles"),
    [
        ("A red car and an old man.", ["Old man"]),
        ("A dog, a cat, a horse sleep.", ["Dog", "Cat", "Horse"]),
        ("Der Hund, die Katze, das Pferd schlafen.", ["Hund", "Katze", "Pferd"]),
        ("El perro, el gato, el caballo duermen.", ["Perro", "Gato", "Caballo"]),
        ("Tom runs and Ana jumps. They rest.", ["Tom", "Ana"]),
        ("Grandma Rosa teaches little Mateo to fold dumplings.", ["Grandma Rosa", "Mateo"]),
        ("El grumete grita: «¡Tierra!» La capitana sonríe.", ["Grumete", "Capitana"]),
        ("La puerta se abre. El palmero asiente.", ["Palmero"]),
        ("Der Bademeister nickt. Das Tor quietscht.", ["Bademeister"]),
        ("Le mousse bâille. Le vent souffle.", ["Mousse"]),
        ("Чёрная кошка сидит на окне. Кошка мяукает.", ["Кошка"]),
        ("寿司職人が魚を切る。職人は「いらっしゃい」と言う。", ["寿司職人"]),
        ("一个宇航员在火星上种土豆，种子发芽了，她哭了。", ["宇航员"]),
        ("A cook named 'Big Al' flips a burger. Al says \"Order up!\"", ["Big Al"]),
        ('Two chess players in a park. C1 says "Check." C2 replies "Mate."', ["C1", "C2"]),
        (
            "Deux astronautes dans une capsule. La commandante Diallo dit « Prête ? » et son collègue répond « Prêt. »",
            ["Diallo", "Collègue"],
        ),
        ("Two cops chase a thief. The thief laughs.", ["First cop", "Second cop", "Thief"]),
        ("The king, old and tired, and the queen walk into the hall.", ["King", "Queen"]),
    ],
)
def test_who_is_in_it(prompt: str, roles: list[str]) -> None:
    assert _roles(prompt) == roles


def test_both_who_are_told_with_their_looks_speak() -> None:
    facts = read_facts('The groom, nervous, and the bride, calm, both say "I do".')
    assert {quote.speaker for quote in facts.quotes} == {"groom", "bride"}
    assert facts.events[0].text == "The groom, nervous, and the bride, calm, say"


def test_the_younger_and_the_older_one_are_two() -> None:
    facts = read_facts("Two brothers race; the younger one crashes into a hedge, the older one stops and helps him up.")
    assert [event.roles for event in facts.events[1:]] == [("first brother",), ("second brother",)]


@pytest.mark.parametrize(
    ("prompt", "speaker"),
    [
        ("灯突然灭了，黑暗中有人说：“谁动了电闸？”", "有人"),
        ("Eine Hand dreht den Hahn auf, jemand ruft „Endlich Montag!“", "Jemand"),
    ],
)
def test_somebody_speaks_of_whom_nothing_is_told(prompt: str, speaker: str) -> None:
    facts = read_facts(prompt)
    assert facts.role(facts.quotes[0].speaker or "").name == speaker


def test_only_the_label_that_says_so_is_off_screen() -> None:
    facts = read_facts('A boy stands at the door. RUTH: "Come in." JOHN (O.S.): "Who is it?"')
    assert [quote.off_screen for quote in facts.quotes] == [False, True]


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ("《你好》他说。一个男孩站在门口。", ["你好"]),
        ("一个女孩在读《红楼梦》。她说：“真好看。”", ["真好看。"]),
        ('A barista pours. Tagline at the end: "Moo-less."', []),
    ],
)
def test_what_is_spoken_and_what_is_written(prompt: str, lines: list[str]) -> None:
    assert [quote.text for quote in read_facts(prompt).quotes] == lines


def test_whoever_laughs_behind_a_line_has_not_said_it() -> None:
    facts = read_facts('Grandma Rosa teaches little Mateo to fold. He holds it up: "Like MY ear!" Both laugh.')
    assert [quote.speaker for quote in facts.quotes] == ["mateo"]


def test_a_plural_verb_means_the_last_two() -> None:
    events = read_facts("Una chica baila en la cocina, entra su compañero, se quedan mirando.").events
    assert events[-1].roles == ("chica", "compañero")


def test_stuff_that_comes_out_is_nobodys_deed() -> None:
    assert read_facts("Un panadero viejo abre el horno. Sale humo.").events[1].text == "Sale humo"


def test_a_bang_before_then_is_an_event() -> None:
    assert [event.text for event in read_facts("先是一声巨响，然后一个男人跑出来。").events] == [
        "一声巨响",
        "一个男人跑出来",
    ]


def test_a_screenplay_heading_tells_no_event() -> None:
    facts = read_facts("INT. LAUNDROMAT - NIGHT. Dee stuffs a coat into a dryer.")
    assert [event.text for event in facts.events] == ["Dee stuffs a coat into a dryer"]


def test_one_who_asks_is_the_first_of_the_group() -> None:
    facts = read_facts("Dos toreros toman café. Uno pregunta: «¿Ya?» El otro contesta: «No».")
    assert [facts.role(quote.speaker or "").name for quote in facts.quotes] == ["Torero 1", "Torero 2"]


def test_a_fire_extinguisher_is_nobody() -> None:
    assert _roles("Grandpa uses a fire extinguisher.") == ["Grandpa"]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('An old sailor tells his grandson: "Look." The boy throws a bottle.', {"Old sailor", "Grandson"}),
        ("A woman calls her daughter. The girl runs away.", {"Woman", "Daughter"}),
        ("Un abuelo y su nieta pescan. La niña grita.", {"Abuelo", "Nieta"}),
        ("Eine Oma und ihr Enkel backen. Der Junge nascht.", {"Oma", "Enkel"}),
        ("A woman calls her daughter. A girl runs past.", {"Woman", "Daughter", "Girl"}),
        ("Two sons wait. The boy runs.", {"First son", "Second son", "Boy"}),
    ],
)
def test_kin_may_be_called_by_a_plain_noun(prompt: str, names: set[str]) -> None:
    assert {role.name for role in read_facts(prompt).roles} == names


def test_who_acted_is_meant_before_who_was_looked_at() -> None:
    events = read_facts("A goalkeeper stares at the striker. She dives left, he shoots right.").events
    assert [event.text for event in events[1:]] == ["The goalkeeper dives left", "The striker shoots right"]


@pytest.mark.parametrize(
    ("prompt", "roles"),
    [
        ("Deux mimes se disputent. À la fin, l'un d'eux tombe.", ("mime 1",)),
        ("Dos niños juegan. Uno de ellos cae.", ("niño 1",)),
        ("Deux mimes se disputent. Aucun ne parle.", ()),
        ("Un anciano y su nieta pescan. A los 3 segundos pica un pez.", ("pez",)),
    ],
)
def test_one_of_several_and_none(prompt: str, roles: tuple[str, ...]) -> None:
    assert read_facts(prompt).events[-1].roles == roles


@pytest.mark.parametrize(
    ("prompt", "cast"),
    [
        ("»Du bist zu spät«, sagt Frau Behrens zu dem Jungen. Der Junge schweigt.", ["Frau Behrens", "Junge"]),
        ("Ein Mädchen spricht mit dem alten Mann. Der alte Mann lacht.", ["Mädchen", "Mann"]),
        ("Ein Hund folgt dem Studenten. Der Student rennt.", ["Hund", "Student"]),
        ("Die Mutter gibt dem Kind einen Apfel. Das Kind isst.", ["Mutter", "Kind"]),
        ("Anna fragt den Polizisten: „Wo?“ Der Polizist zeigt.", ["Anna", "Polizist"]),
        ("Tom zeigt den Freunden das Bild. Die Freunde lachen.", ["Tom", "Freunde"]),
    ],
)
def test_a_german_case_makes_nobody_else(prompt: str, cast: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == cast


def test_whoever_goes_on_to_speak_does_so_in_the_nominative() -> None:
    facts = read_facts("Ein Polizist ruft den Hausmeister. Der Hausmeister antwortet: „Moment.“")
    assert [event.text for event in facts.events] == ["Ein Polizist ruft den Hausmeister", "Der Hausmeister antwortet"]
    assert facts.quotes[0].speaker == "hausmeister"
