"""Narrative refiner (paper §4.4, C.1): makes each shot concrete while times and identities stand.

One branch per shot.  The user's clause stays first and whole; the model adds one visible detail, a
sound, and the camera's movement among those that fit the action, where the user said nothing.  What
fails its contract is asked again with its own diagnostics, at most twice, then left out.
"""

from __future__ import annotations

from typing import Any, TypedDict

from langgraph.runtime import Runtime

from mavin.caption import Size
from mavin.facts import Facts
from mavin.facts.film import camera_words
from prompts import ShotContext
from scripting.agents.asking import question, story_told, text_field
from scripting.planning import role_ids
from scripting.plausible import fitting_movements
from scripting.progress import report
from scripting.sentences import DETAIL_CHARACTERS
from scripting.sounds import sounds_of_action
from scripting.state import ScriptContext
from scripting.things import objects_of

__all__ = ["RefineTask", "cast_words", "refine", "refine_tasks"]

AGENT = "narrative_refiner"


class RefineTask(TypedDict):
    """What one branch gets: its shot, its surroundings, and the diagnostics of its last answer."""

    shot: dict[str, Any]
    number: int
    count: int
    setting: str
    later: list[str]
    attempt: int
    problems: list[str]


def refine(state: RefineTask, runtime: Runtime[ScriptContext]) -> dict[str, Any]:
    """Asks for one shot's detail, sound and camera; without a model nothing is added."""
    context = runtime.context
    shot = state["shot"]
    refined: dict[str, Any] = {"detail": "", "sound": "", "camera": None, "attempt": state["attempt"]}
    if context.session.available:
        again = " again" if state["attempt"] else ""
        report(AGENT, f"refining shot {state['number']} of {state['count']}{again}")
        facts = context.facts
        movements = _movements(shot, state)
        asked = ShotContext(
            story=story_told(facts),
            language=context.request.language or facts.language,
            number=state["number"],
            count=state["count"],
            event=_shown(shot),
            setting=state["setting"],
            focus=_focus(shot, context),
            movements=movements,
            spoken=tuple(facts.quotes[index].text for index in shot["quotes"]),
            later=tuple(state["later"]),
            acts=_acts(shot),
            # A small model hears claws where a penguin eats; what code knows of an action's sound is surer.
            sound=not (context.session.small and sounds_of_action(_shown(shot), state["setting"])),
            problems=tuple(state["problems"]),
        )
        fields: dict[str, Any] = {"detail": text_field(DETAIL_CHARACTERS)} if asked.focus else {}
        if asked.sound:
            fields["sound"] = text_field(60)
        if len(movements) > 1 and (fields or not context.session.small):  # a camera alone is not worth a slow question
            fields["movement"] = {"type": "string", "enum": list(movements)}
        asking = question(AGENT, f"refine.{shot['id']}", asked, fields, max_tokens=120, attempt=state["attempt"])
        answer = context.session.ask(asking) if fields else None
        if answer is not None:
            sound = answer.data.get("sound", "").strip().rstrip(" .,;")
            refined |= {"detail": answer.data.get("detail", "").strip(), "sound": sound}
            movement = answer.data.get("movement")
            refined["camera"] = {"movement": movement} if movement in movements else None
    return {"shots": {shot["id"]: refined}}


def refine_tasks(
    plan: dict[str, Any], scene: dict[str, Any], problems: dict[str, list[str]], attempt: int
) -> list[RefineTask]:
    """One task for each shot of ``problems``, with what was wrong with its last answer."""
    shots = plan["shots"]
    tasks: list[RefineTask] = []
    for number, shot in enumerate(shots, start=1):
        if shot["id"] not in problems:
            continue
        tasks.append(
            RefineTask(
                shot=shot,
                number=number,
                count=len(shots),
                setting=scene["setting"] if shot["setting"] == shots[0]["setting"] else shot["setting"],
                later=[later["action"] for later in shots[number:]],
                attempt=attempt,
                problems=problems[shot["id"]],
            )
        )
    return tasks


def _acts(shot: dict[str, Any]) -> bool:
    """Whether the clause speaks in general words and no beat says yet what is seen to be done."""
    return bool(shot.get("general")) and not shot.get("beat")


def _shown(shot: dict[str, Any]) -> str:
    """The user's clause, and the beat that the structure parser found for it."""
    return f"{shot['action']}: {shot['beat']}" if shot.get("beat") else str(shot["action"])


def _movements(shot: dict[str, Any], state: RefineTask) -> tuple[str, ...]:
    """The camera movements that the model may choose from; none where the user or the action leaves no choice."""
    if camera_words(shot["action"]).movement is not None or shot["camera"]["movement"] not in {
        movement.value for movement in _fitting(shot, state)
    }:
        return ()
    return tuple(movement.value for movement in _fitting(shot, state))


def _fitting(shot: dict[str, Any], state: RefineTask) -> tuple[Any, ...]:
    return fitting_movements(
        shot["action"], speaks=bool(shot["quotes"]), number=state["number"] - 1, count=state["count"]
    )


def cast_words(facts: Facts) -> list[str]:
    """Names and nouns of the roles."""
    return [words for role in facts.roles for words in (role.name, role.mention)]


def _focus(shot: dict[str, Any], context: ScriptContext) -> str:
    """What a detail is about, by the framing: a wide shot shows the place, a close one a surface."""
    names = {name: key for key, name in role_ids(context.facts).items()}
    who = " and ".join(context.facts.role(names[role]).phrase for role in shot["roles"][:2] if role in names)
    if _acts(shot):
        return f"what {who or 'somebody'} does with the objects of this story"
    size = Size(shot["camera"]["size"])
    if context.session.small:
        # A small model contradicts the action when it speaks of who acts; how a thing looks it tells well.
        objects = objects_of(shot["action"], cast_words(context.facts)) if not shot.get("beat") else ()
        return f"the {objects[-1]}" if objects and context.facts.language == "en" else ""
    if size in {Size.EXTREME_WIDE, Size.WIDE} or not who:
        return f"what stands and lies around {who or 'there'} and how the light falls on it"
    if size in {Size.CLOSE_UP, Size.EXTREME_CLOSE_UP}:
        return "one surface or object in close view"
    return f"the light on {who} and the things right beside"
