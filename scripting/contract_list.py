"""The contracts as a list: code, demand, words that break it, what then happens; ``docs/contracts.md`` is made of it.

python -m scripting.contract_list > docs/contracts.md
"""

from __future__ import annotations

from typing import Any

from mavin.diagnostics import Diagnostic, Span
from mavin.facts import Gender
from scripting.clothes import check_clothes
from scripting.contract import STORY, Contract
from scripting.contracts import (
    check_ambience,
    check_animal,
    check_descriptor,
    check_gender,
    check_setting,
    check_sound,
    check_style,
    check_twin,
)
from scripting.editor.contract_list import EDITOR_CONTRACTS
from scripting.evidence import check_quotation
from scripting.references.wording import check_wording
from scripting.sentences import check_beat, check_detail, check_look
from scripting.things import check_object, check_place_alone, check_things

__all__ = ["CONTRACTS", "EDITOR_CONTRACTS", "STORY", "Contract", "page"]

_AGAIN = "Asked again with this message, at most twice (small models once); then left out, so that the user's clause stands alone."
_SCENE = "Asked again once with this message; then code's own words stand."
_LOOK = "Asked again once with this message; then left out, so that the user's words for it stand."
_CODE = "Code's own sound for this action or place stands at once."


def _detail(text: str, **changes: Any) -> list[Diagnostic]:
    options: dict[str, Any] = {
        "path": "shots.S1.action",
        "prompt": STORY,
        "event": "A gardener waters the roses in a walled garden",
        "later": ["Mara opens a rusty gate"],
        "others": ["Light falls through wet leaves onto the path."],
        "cast": ["Gardener", "Mara"],
        "genders": [Gender.NEUTER],
        "examples": ["Soil-stained fingers brush dead leaves aside."],
    }
    return check_detail(text, **{**options, **changes})


def _place(text: str) -> list[Diagnostic]:
    return check_place_alone(text, path="shots.S1.action", cast=["Gardener", "Mara"])


def _object(text: str) -> list[Diagnostic]:
    return check_object(text, ["roses", "garden"], path="shots.S1.action")


def _clothes(text: str) -> list[Diagnostic]:
    return check_clothes(text, path="roles.C1.appearance", prompt=STORY, who="A gardener")


def _animal(text: str) -> list[Diagnostic]:
    return check_animal(text, path="roles.C1.appearance", prompt=STORY, name="Frog")


def _things(text: str) -> list[Diagnostic]:
    return check_things(text, path="shots.S1.action", known=STORY)


def _beat(text: str) -> list[Diagnostic]:
    return check_beat(
        text, path="shots.S1.action", prompt=STORY, event="A gardener waters the roses", later=[], others=[], cast=["Gardener"]
    )  # fmt: skip


def _sound(text: str) -> list[Diagnostic]:
    event, setting = "A gardener waters the roses", "A walled garden in low sun"
    return check_sound(text, path="shots.S1.sounds", prompt=STORY, action=event, setting=setting)


def _ambience(text: str) -> list[Diagnostic]:
    return check_ambience(text, path="scene.ambience", prompt=STORY, setting="A walled garden in low sun")


def _style(text: str) -> list[Diagnostic]:
    return check_style(text, path="scene.style", prompt=STORY)


def _setting(text: str) -> list[Diagnostic]:
    return check_setting(
        text, path="scene.setting", prompt=STORY, given="A walled garden", lights=["at dusk"], cast=["Gardener", "Mara"]
    )


def _voice(text: str) -> list[Diagnostic]:
    return check_descriptor(text, path="roles.C1.voice", prompt=STORY, words=14, characters=80)


def _gender(text: str) -> list[Diagnostic]:
    return check_gender(text, Gender.FEMALE, path="roles.C2.appearance")


def _look(text: str) -> list[Diagnostic]:
    return check_look(
        text, path="shots.S1.action", looks=["An old man with white hair and a green apron"], prompt=STORY
    )


def _twin(text: str) -> list[Diagnostic]:
    return check_twin(text, ["A tall woman in grey"], path="roles.C2.appearance")


def _wording(text: str) -> list[Diagnostic]:
    cues = ("long black hair", "a red coat")
    return check_wording(text, cues, prompt=STORY, path="roles.C2.appearance", language="en")


def _quotation(text: str) -> list[Diagnostic]:
    return check_quotation(text, STORY, path="facts.place", kind="place")


def _closed(text: str) -> list[Diagnostic]:
    """As if the prompt's first half spoke to the tool."""
    aside = Span(start=0, end=len(STORY) // 2, text=STORY[: len(STORY) // 2])
    return check_quotation(text, STORY, path="facts.place", kind="place", closed=[aside])


CONTRACTS = (
    Contract("empty", "any words", "There must be words.", "…", _AGAIN, _detail),
    Contract("too_long", "any words", "A phrase keeps within its number of words.", "Wet roses " * 15, _AGAIN, _detail),
    Contract("cut_off", "any words", "A phrase ends before its schema cuts it off.", "Low, even, patient, and then, after a while, a little bit drier than it was befor", _SCENE, _voice),
    Contract("other_language", "any words", "Words are in the story's language and writing.", "Wassertropfen glänzen auf den nassen Rosen.", _AGAIN, _detail),
    Contract("copied_example", "any words", "The worked example must not come back.", "Soil-stained fingers brush dead leaves aside.", _AGAIN, _detail),
    Contract("new_name", "any words", "No name that the prompt does not have.", "Drops fall beside Gandalf on the path.", _AGAIN, _detail),
    Contract("not_plain", "any words", "Plain words: no markup, no control characters, no links.", "Drops fall {{ 7*7 }} on the path.", _AGAIN, _detail),
    Contract("stated_time", "any words", "No time: when something happens is the user's, or solved.", "Drops fall for 9 seconds on the path.", _AGAIN, _detail),
    Contract("user_speech", "any words", "No piece of the user's lines, no quotation marks, and nobody who speaks in a place.", "A gate where Mara says “Come in.”", _SCENE, _setting),
    Contract("speech", "detail, beat", "No speech and no quotation marks; what is said is the user's.", 'Drops fall as someone murmurs "hush" nearby.', _AGAIN, _detail),
    Contract("camera_talk", "detail, beat, setting", "Nothing about cameras, shots or the task.", "The camera glides over wet petals.", _AGAIN, _detail),
    Contract("unseen", "detail, beat, setting", "Only what a camera can see.", "Wet petals with a sweet smell.", _AGAIN, _detail),
    Contract("new_person", "detail, beat, setting", "Nobody whom neither the prompt nor the cast has.", "A policeman waits behind wet leaves.", _AGAIN, _detail),
    Contract("new_thing", "detail, appearance", "No things that neither the prompt, the setting nor the cast's looks have, no parts of another kind on an animal or a thing; asked of small models only.", "A clock beside wet leaves.", _AGAIN, _things),
    Contract("about_role", "setting, detail", "The place alone, nobody who acts; of details asked of small models only.", "The gardener beside wet leaves.", _AGAIN, _place),
    Contract("unfit_clothes", "appearance", "Clothes that fit the work and the place, unless the user gave others.", "A tall man in a gown and rubber boots", _LOOK, _clothes),
    Contract("dressed_animal", "appearance", "No clothes on animals and things unless the user gave them.", "A black cat in boots.", _LOOK, _animal),
    Contract("loops", "detail, beat", "No words over and over.", "Drop drop drop drop drop drop drop.", _AGAIN, _detail),
    Contract("copies_event", "detail, beat", "It must add to the user's clause, not repeat it.", "The gardener waters the roses.", _AGAIN, _detail),
    Contract("repeats_shot", "detail, beat", "No two shots with the same sentence or turn of phrase.", "Light falls through wet leaves onto a path.", _AGAIN, _detail),
    Contract("anticipates", "detail, beat", "Nothing that a later shot will show.", "A rusty gate stands open behind wet leaves.", _AGAIN, _detail),
    Contract("other_action", "detail", "No action of the story besides the user's own.", "The gardener picks a bud and walks away.", _AGAIN, _detail),
    Contract("feeling", "detail, beat", "No feelings that the user did not tell; a camera sees faces.", "Wet fingers, a face full of surprise.", _AGAIN, _detail),
    Contract("wrong_pronoun", "detail", '"She" and "he" only where somebody is one.', "Drops run down her sleeve.", _AGAIN, _detail),
    Contract("other_look", "detail", "Nobody gets other colours than in the cast list.", "Sun on the gardener's blue apron.", _AGAIN, _look),
    Contract("off_event", "beat", "A beat stays on its clause: it shares a word with it.", "Two hands fold a paper boat.", "Left out; the user's clause stands alone.", _beat),
    Contract("no_sound", "sound", "A sound, not speech and not an action.", "pancakes are being flipped", _AGAIN, _sound),
    Contract("unfit_sound", "sound", "Something in this shot makes the sound, and its place carries it.", "fire crackling", _CODE, _sound),
    Contract("unfit_ambience", "ambience", "A sound of this place, audible, without people's voices.", "Children laughing and playing", "Code's own words for the place stand.", _ambience),
    Contract("no_look", "style", "Colours, light, focus or medium; not a mood.", "Silent and peaceful", _SCENE, _style),
    Contract("other_place", "setting", "The user's place is kept.", "A beach with dark sand at dusk", _SCENE, _setting),
    Contract("other_light", "setting", "The user's hour and weather are kept.", "A walled garden with mossy paths at noon", _SCENE, _setting),
    Contract("two_lights", "setting", "Night and sun do not go together.", "A moonlit walled garden in low sun", _SCENE, _setting),
    Contract("no_verb", "detail", "A whole sentence with a verb (small models).", "Roses with a wet glow.", _AGAIN, _object),
    Contract("off_object", "detail", "It opens with a thing of the shot's own clause (small models).", "A wall stands behind.", _AGAIN, _object),
    Contract("other_body", "appearance", "An animal has a body of its kind.", "A small frog with soft brown fur", _LOOK, _animal),
    Contract("no_look_of_it", "detail", "How a thing looks, not what it does nor a measure (small models).", "The roses are 3 feet high.", _AGAIN, _object),
    Contract("wrong_gender", "appearance", 'Nobody whom the prompt calls "she" becomes a man.', "A bearded man in grey", _LOOK, _gender),
    Contract("twin", "appearance", "No two roles look the same.", "A tall woman in grey", _LOOK, _twin),
    Contract("cue_missing", "reference", "Words for a reference keep all that was seen or heard (here long black hair, a red coat).", "Long black hair", "Left out; code's own words stand.", _wording),
    Contract("cue_invented", "reference", "Words for a reference add nothing to what was seen or heard.", "Long black hair, a red coat and a blue scarf", "Left out; code's own words stand.", _wording),
    Contract("not_in_prompt", "fact", "A fact's quotation stands in the prompt, letter by letter.", "in a walled orchard", "The fact is dropped and counted in the ledger.", _quotation),
    Contract("wrong_kind", "fact", "A fact is of its kind: these words must name a place.", "waters the roses", "The fact is dropped and counted in the ledger.", _quotation),
    Contract("no_story", "fact", "What is asked of the film is no fact of the story.", "in a walled garden", "The fact is dropped and counted in the ledger.", _closed),
    Contract("in_speech", "fact", "What a character says is no fact about the film.", "Come in.", "The fact is dropped and counted in the ledger.", _quotation),
)  # fmt: skip
"""Every code that a contract of the agents that write can return, once."""


_HEAD = """# Contracts

What a model writes enters a script only where it keeps these contracts: pure functions from words to diagnostics
(`contracts.py`, `clothes.py`, `sentences.py`, `things.py`, `evidence.py` and `references/wording.py` of `scripting`). The code of a broken
contract and the words that broke it stand in the fact ledger (`mavin show FILM --ledger`), as an entry of kind `repair` or `fact` with the outcome `dropped`. The user's own clauses,
lines, times and names are never subject to them: they are not in any answer's schema.

The examples are about this prompt: `{story}`

Those marked * look words up in English tables and are asked of English captions only.

| code | about | demands | an example that fails | what then happens |
| --- | --- | --- | --- | --- |
"""
_EDITOR = """
## The editor agent

Words for an edit (`mavin edit`) keep the contracts above that fit them, and these, which compare them with the instruction
and with what stands there. The examples are about the script that `--llm rules` writes for the prompt above.

| code | about | demands | the instruction | an example that fails | what then happens |
| --- | --- | --- | --- | --- | --- |
"""
_ENGLISH = frozenset(
    {"no_verb", "off_object", "other_action", "other_look", "unfit_clothes", "unfit_sound", "unfit_ambience", "no_look"}
)


def page() -> str:
    """The text of ``docs/contracts.md``."""
    rows = []
    for item in CONTRACTS:
        star = " *" if item.code in _ENGLISH else ""
        words = item.example.strip().replace("|", "\\|")
        example = f"{words[:60].rstrip()} …" if len(words) > 90 else words
        rows.append(f"| `{item.code}`{star} | {item.about} | {item.demands} | {example} | {item.then} |")
    edits = [
        f"| `{item.code}` | {item.about} | {item.demands} | {item.instruction} | {item.example} | {item.then} |"
        for item in EDITOR_CONTRACTS
    ]
    return _HEAD.format(story=STORY) + "\n".join(rows) + "\n" + _EDITOR + "\n".join(edits) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
