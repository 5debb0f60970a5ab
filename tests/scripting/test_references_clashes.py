"""The prompt's words against what was measured: every contradiction found, none invented, each with its own role."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.ledger import ConflictOutcome
from scripting.references.clashes import conflict_of, picture_clashes, voice_clashes
from scripting.references.cues import Hair, PictureCues, VoiceCues
from scripting.references.wording import check_wording, families_in


def picture(faces: int = 1, hair: Hair | None = None, clothing: tuple[str, ...] = ()) -> PictureCues:
    return PictureCues(width=500, height=500, faces=faces, hair=hair, clothing=clothing)


DARK = picture(hair=Hair(colour="dark brown", long=True), clothing=("dark blue",))
BARE = picture(hair=Hair(bare=True), clothing=("red",))
HIGH = VoiceCues(seconds=5, pitch_hz=280, pitch="high", syllables_per_second=6.0, pace="fast")
LOW = VoiceCues(seconds=5, pitch_hz=110, pitch="low", syllables_per_second=2.5, pace="slow")


def clashes(prompt: str, who: str, cues: PictureCues | VoiceCues) -> list[tuple[str, str]]:
    facts = read_facts(prompt)
    role = next(role for role in facts.roles if who in role.name.casefold())
    found = picture_clashes(role, facts, cues) if isinstance(cues, PictureCues) else voice_clashes(role, facts, cues)
    assert all(prompt[clash.span.start : clash.span.end] == clash.span.text for clash in found)
    return [(clash.topic, clash.span.text) for clash in found]


@pytest.mark.parametrize(
    ("prompt", "who", "cues", "found"),
    [
        ("A bald man in a red coat waits on a pier.", "man", DARK, [("hair", "bald"), ("clothes", "red coat")]),
        ("A man with long black hair waits.", "man", BARE, [("hair", "long black hair")]),
        ("A short-haired woman runs.", "woman", DARK, [("hair", "short-haired")]),
        ("Mara waits. She wears a green coat and her hair is short.", "mara", DARK, [("hair", "hair is short"), ("clothes", "green coat")]),
        ("Mara waits. Tom, in a green coat, watches her.", "tom", DARK, [("clothes", "green coat")]),
        ("Un homme chauve en manteau rouge attend.", "homme", DARK, [("hair", "chauve"), ("clothes", "manteau rouge")]),
        ("Lena und Tom warten. Lena trägt einen roten Mantel.", "lena", DARK, [("clothes", "roten Mantel")]),
        ("Un hombre calvo con abrigo rojo espera.", "hombre", DARK, [("hair", "calvo"), ("clothes", "abrigo rojo")]),
        ("Mara waits.", "mara", picture(faces=3), [("faces", "Mara")]),
        ('A man with a deep voice says "Stop."', "man", HIGH, [("pitch", "deep voice")]),
        ('In a high-pitched voice Mara says "Go."', "mara", LOW, [("pitch", "high-pitched voice")]),
        ('Tom talks fast. Tom says "Go."', "tom", LOW, [("pace", "talks fast")]),
    ],
)  # fmt: skip
def test_contradictions_are_found(
    prompt: str, who: str, cues: PictureCues | VoiceCues, found: list[tuple[str, str]]
) -> None:
    assert clashes(prompt, who, cues) == found


@pytest.mark.parametrize(
    ("prompt", "who", "cues"),
    [
        ("A detective in a black coat confronts her partner.", "detective", DARK),  # dark blue may pass for black
        ("A man with dark hair and a long white beard walks.", "man", DARK),
        ("A man without a red coat walks.", "man", DARK),
        ("Mara waits beside a red car. She finds a green coat on a bench.", "mara", DARK),
        ('Mara waits. "Where is my yellow coat?" she asks.', "mara", DARK),
        ("Mara waits in a blue coat. A bald man in a red coat watches.", "mara", DARK),
        ("A woman in a white shirt and a blue coat runs.", "woman", DARK),
        ("A young child in a blue raincoat jumps.", "child", DARK),  # age is not measured
        ("A bald man in a red coat waits.", "man", picture(faces=0)),
        ('A man with a deep voice says "Stop."', "man", LOW),
        ('A man with a deep voice says "Stop." Mara says "Go."', "mara", HIGH),
        ('Mara says in a low voice: "Go."', "mara", HIGH),  # quietly, that is
    ],
)
def test_what_can_hold_together_is_no_clash(prompt: str, who: str, cues: PictureCues | VoiceCues) -> None:
    assert clashes(prompt, who, cues) == []


def test_a_clash_is_suspected_and_refused_only_when_strict() -> None:
    facts = read_facts("A bald man waits.")
    clash = picture_clashes(facts.roles[0], facts, DARK)[0]
    shown = conflict_of(clash, facts.roles[0], "man.png", strict=False)
    assert (shown.kind, shown.outcome, shown.by) == ("role", ConflictOutcome.SUSPECTED, "code")
    assert "man.png" in shown.explanation and "long dark brown hair" in shown.explanation
    assert conflict_of(clash, facts.roles[0], "man.png", strict=True).outcome is ConflictOutcome.REFUSED


def test_colours_are_read_in_six_languages() -> None:
    for text in ("a red coat", "un abrigo rojo", "ein roter Mantel", "un manteau rouge", "红色的外套", "赤いコート"):
        assert families_in(text) == {"red"}
    assert families_in("bored, stand, roses are tired") <= {"pink"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("long dark brown hair and blue clothes", None),
        ("dark brown hair, worn long, and clothes all in blue", None),
        ("brown hair and blue clothes", "cue_missing"),
        ("long dark brown hair, blue clothes and green eyes", "cue_invented"),
        ("an old woman with long dark brown hair, blue clothes", "cue_invented"),
    ],
)
def test_a_models_wording_holds_every_cue_and_no_more(text: str, code: str | None) -> None:
    phrases = ("long dark brown hair", "blue clothes")
    found = check_wording(text, phrases, prompt="Mara waits.", path="roles.C1.appearance", language="en")
    assert [item.code for item in found] == ([code] if code else [])


def test_a_wording_in_another_language_holds_the_colours() -> None:
    phrases = ("dark brown hair", "blue clothes")
    for text, codes in (
        ("dunkelbraunes Haar, blaue Kleidung", []),
        ("braunes Haar, rote Kleidung", ["cue_missing"]),
        ("braunes Haar, blaue Kleidung, ein roter Hut", ["cue_invented"]),
    ):
        found = check_wording(text, phrases, prompt="Lena wartet.", path="x", language="de")
        assert [item.code for item in found] == codes
