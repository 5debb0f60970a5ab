"""Narrative refiner (paper §4.4, C.1): makes each shot concrete while times and identities stand.

One branch per shot.  The user's clause stays first and whole; the model adds one visible detail, a
sound, and the camera where the user said nothing.  What fails its contract is asked again with its own
diagnostics, at most twice, then left out.
"""

from __future__ import annotations

from typing import Any, TypedDict

from langgraph.runtime import Runtime

from mavin.caption import Movement, Size
from prompts import ShotContext
from scripting.agents.asking import question, text_field
from scripting.contracts import DETAIL_CHARACTERS
from scripting.progress import report
from scripting.state import ScriptContext

__all__ = ["RefineTask", "refine", "refine_tasks"]

AGENT = "narrative_refiner"


class RefineTask(TypedDict):
    """What one branch gets: its shot, its surroundings, and the diagnostics of its last answer."""

    shot: dict[str, Any]
    number: int
    count: int
    setting: str
    following: str
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
        names = {name: key for key, name in _ids(context).items()}
        asked = ShotContext(
            story=facts.prompt,
            language=context.request.language or facts.language,
            number=state["number"],
            count=state["count"],
            event=shot["action"],
            setting=state["setting"],
            roles=tuple(facts.role(names[role]).name for role in shot["roles"]),
            spoken=tuple(facts.quotes[index].text for index in shot["quotes"]),
            following=state["following"],
            problems=tuple(state["problems"]),
        )
        fields = {
            "detail": text_field(DETAIL_CHARACTERS),
            "sound": text_field(60),
            "size": {"type": "string", "enum": [size.value for size in Size]},
            "movement": {"type": "string", "enum": [movement.value for movement in Movement]},
        }
        answer = context.session.ask(
            question(AGENT, f"refine.{shot['id']}", asked, fields, max_tokens=160, attempt=state["attempt"])
        )
        if answer is not None:
            refined |= {"detail": answer.data["detail"].strip(), "sound": answer.data["sound"].strip().rstrip(".")}
            refined["camera"] = {"size": answer.data["size"], "movement": answer.data["movement"]}
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
        following = shots[number]["action"] if number < len(shots) else ""
        tasks.append(
            RefineTask(
                shot=shot,
                number=number,
                count=len(shots),
                setting=scene["setting"] if shot["setting"] == shots[0]["setting"] else shot["setting"],
                following=following,
                attempt=attempt,
                problems=problems[shot["id"]],
            )
        )
    return tasks


def _ids(context: ScriptContext) -> dict[str, str]:
    from scripting.planning import role_ids

    return role_ids(context.facts)
