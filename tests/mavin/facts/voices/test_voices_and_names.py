"""Voices of whom nobody is seen, narration behind lines, names beside nouns, and what nobody says."""

import pytest

from mavin.facts import Facts, read_facts


def said(facts: Facts) -> list[tuple[str, str]]:
    return [(facts.role(quote.speaker).name, quote.text) for quote in facts.quotes if quote.speaker]


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        ("少女が走る。女性の声「待って」少女は振り向く。", ("女性", "待って")),
        ("男が歩く。子供の声「パパ」男は振り返る。", ("子供", "パパ")),
        ("雨夜。一个女人的声音：“别走。”男人停下。", ("女人", "别走。")),
        ("暗い部屋。「助けて」という声がする。男が振り返る。", ("声", "助けて")),
        ("暗い部屋。「助けて」という女性の声がする。男が振り返る。", ("女性", "助けて")),
    ],
)
def test_a_voice_is_its_owners_and_off_screen(prompt: str, line: tuple[str, str]) -> None:
    facts = read_facts(prompt)

    assert said(facts) == [line]
    assert facts.quotes[0].off_screen
    assert all(facts.quotes[0].speaker != event.roles[0] for event in facts.events if event.roles and not event.quotes)


def test_a_sign_in_japanese_is_still_no_line() -> None:
    assert not read_facts("「閉店」という看板が見える。男が立つ。").quotes


def test_behind_a_name_and_its_line_the_next_sentence_begins() -> None:
    facts = read_facts("花子「待って」少女は振り向く。")

    assert [event.text for event in facts.events] == ["花子", "少女は振り向く"]


def test_narration_behind_a_closed_dash_line_is_no_line() -> None:
    facts = read_facts("—Buenas noches —responde ella—. ¿Hay carta? El cartero niega con la cabeza.")

    assert [quote.text for quote in facts.quotes] == ["Buenas noches", "¿Hay carta?"]
    assert facts.events[-1].text == "El cartero niega con la cabeza"


def test_a_dash_line_may_go_on_with_things() -> None:
    facts = read_facts("—Buenas —dice Ana—. Pasa. La cena está lista.")

    assert said(facts) == [("Ana", "Buenas"), ("Ana", "Pasa. La cena está lista.")]


def test_whoever_is_presented_speaks_next() -> None:
    facts = read_facts("Jonah opens the door. It is Maya. “Jonah! You are late.”")

    assert said(facts) == [("Maya", "Jonah! You are late.")]


@pytest.mark.parametrize("both", ['Both say "Go!"', 'Bob nods. Both say "Go!" at 5 s.', 'Both: "Go!"'])
def test_both_are_the_two_who_spoke_last(both: str) -> None:
    facts = read_facts(f'Ann asks "Ready?" Bob says "Ready." {both}')

    assert {quote.speaker for quote in facts.quotes if quote.text == "Go!"} == {"ann", "bob"}
    assert {role.key for role in facts.roles} == {"ann", "bob"}


@pytest.mark.parametrize(
    ("prompt", "roles"),
    [
        ("导演要求：节奏要快。一个男孩在雨中跑步，说“快点”。", ["男孩"]),
        ("A car drives through the desert. Super: “Born to run.”", []),
        ("Super: “Born to run.” A dog barks.", ["Dog"]),
    ],
)
def test_who_asks_and_what_is_written_bring_nobody_on(prompt: str, roles: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == roles


def test_a_written_quotation_is_not_cut_at_its_stops() -> None:
    facts = read_facts('A poster that reads "STOP, NOW. Or not" hangs on a wall. Super: “Born to run.” A car stops.')

    assert [event.text for event in facts.events] == [
        'A poster that reads "STOP, NOW. Or not" hangs on a wall',
        "Super: “Born to run.”",
        "A car stops",
    ]


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ('The barkeep, old Henry, pours a beer and says "Last round."', "Henry"),
        ('The thespian, young Bo, bows and says "Thanks."', "Bo"),
        ("The guest waves at the cook, chef Ada, who bows.", "Ada"),
    ],
)
def test_a_name_with_a_title_or_an_adjective_names_the_noun_before_it(prompt: str, name: str) -> None:
    facts = read_facts(prompt)

    assert name in [role.name for role in facts.roles]
    assert len(facts.roles) == (2 if "guest" in prompt else 1)


def test_a_place_between_commas_names_nobody() -> None:
    assert not read_facts("The train, near London, stops.").roles


@pytest.mark.parametrize("word", ["Hmm", "Yikes", "Psst", "Ahoy", "Goodnight", "Roger", "Aaargh", "Pfft", "Woof"])
def test_what_is_exclaimed_is_nobodys_name(word: str) -> None:
    facts = read_facts(f'A captain looks at a map. A sailor says "{word}, we are lost." The captain says "Never."')
    assert [role.name for role in facts.roles] == ["Captain", "Sailor"]
    assert said(facts) == [("Sailor", f"{word}, we are lost."), ("Captain", "Never.")]


def test_who_is_called_by_name_has_it() -> None:
    facts = read_facts('A captain looks at a map. A sailor says "Odette, we are lost." The captain says "Never."')
    assert [role.name for role in facts.roles] == ["Odette", "Sailor"]
