"""From the agents' parts to the caption and its ledger; here the script becomes valid or does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mavin.caption import (
    MIN_SOUND_MS,
    Camera,
    DialogueLine,
    GlobalCaption,
    HierarchicalCaption,
    Role,
    Shot,
    Sound,
)
from mavin.diagnostics import Span
from mavin.facts import Facts, TimeKind
from mavin.facts.structure import camera_words
from mavin.ledger import Fate, LedgerEntry
from mavin.request import WriteRequest
from scripting.planning import headline
from scripting.state import ScriptState

__all__ = ["assemble", "ledger_of"]

SOUND_MS = 1_500
"""How long a sound event lasts where nothing says so."""


def assemble(state: ScriptState, facts: Facts, request: WriteRequest) -> HierarchicalCaption:
    """The caption from plan, scene, cast and refined shots."""
    plan, scene, cast = state["plan"], state["scene"], state["cast"]
    shots = tuple(_shot(number, shot, state, facts) for number, shot in enumerate(plan["shots"]))
    roles = tuple(
        Role(
            id=plan["ids"][role.key],
            name=role.name,
            appearance=cast[plan["ids"][role.key]]["appearance"],
            voice=cast[plan["ids"][role.key]]["voice"],
        )
        for role in sorted(facts.roles, key=lambda role: int(plan["ids"][role.key][1:]))
    )
    return HierarchicalCaption(
        title=plan["title"],
        language=plan["language"],
        duration_ms=plan["duration_ms"],
        aspect=request.aspect,
        global_caption=GlobalCaption(storyline=_storyline(facts), style=scene["style"], ambience=scene["ambience"]),
        shots=shots,
        roles=roles,
        dialogue=tuple(_line(item, facts, plan["ids"]) for item in plan["dialogue"]),
    )


def _storyline(facts: Facts) -> str:
    """The user's own story, without sentences that were addressed to the tool."""
    text = facts.prompt
    for item in sorted(facts.dropped, key=lambda item: -item.span.start):
        text = text[: item.span.start] + text[item.span.end :]
    return " ".join(text.split()) or facts.events[0].text


def _shot(number: int, planned: dict[str, Any], state: ScriptState, facts: Facts) -> Shot:
    refined = state["shots"][planned["id"]]
    action = planned["action"]
    if refined["detail"]:
        detail = refined["detail"]
        action = f"{action}{_stop(action)}{detail[:1].upper()}{detail[1:]}"
    start, end = planned["start_ms"], planned["end_ms"]
    sound = refined["sound"] or planned["sound"]
    length = max(MIN_SOUND_MS, min(SOUND_MS, end - start))
    return Shot(
        id=planned["id"],
        title=headline(planned["action"]),
        start_ms=start,
        end_ms=end,
        setting=_setting(planned, state),
        action=action,
        camera=_camera(planned, refined["camera"], facts, state),
        roles=tuple(planned["roles"]),
        sounds=(Sound(id=f"X{number + 1}", start_ms=start, end_ms=start + length, text=sound),),
    )


def _setting(planned: dict[str, Any], state: ScriptState) -> str:
    """One wording for one place: shots at the opening's place share the scene's setting."""
    opening = state["plan"]["shots"][0]["setting"]
    return str(state["scene"]["setting"] if planned["setting"] == opening else planned["setting"])


def _stop(text: str) -> str:
    return " " if text[-1] in ".!?。！？" else "。" if "\u4e00" <= text[-1] <= "\u9fff" else ". "


def _camera(planned: dict[str, Any], proposed: dict[str, str] | None, facts: Facts, state: ScriptState) -> Camera:
    """The user's camera words stand; the model's proposal fills what they leave open.

    The size is not the model's to choose alone: neighbours must differ, which code has seen to.
    """
    camera = Camera.model_validate(planned["camera"])
    if proposed is None:
        return camera
    events = [state["plan"]["events"][index] for index in planned["events"]]
    said = camera_words(" ".join([planned["action"], *(event["span"]["text"] for event in events)]))
    changes = {}
    if said.movement is None:
        changes["movement"] = proposed["movement"]
    del facts
    return Camera.model_validate(camera.model_dump(mode="json") | changes)


def _line(item: dict[str, Any], facts: Facts, ids: dict[str, str]) -> DialogueLine:
    quote = facts.quotes[item["quote"]]
    assert quote.speaker is not None
    role = facts.role(quote.speaker)
    return DialogueLine(
        id=item["id"],
        role=ids[quote.speaker],
        start_ms=item["start_ms"],
        end_ms=item["end_ms"],
        text=quote.text,
        delivery=quote.delivery,
        language=quote.language,
        on_screen=not (quote.off_screen or role.key == "narrator"),
    )


@dataclass(slots=True)
class _Ledger:
    entries: list[LedgerEntry]

    def user(self, kind: str, span: Span, outcome: Fate, where: str | None, why: str = "", by: str = "user") -> None:
        self.entries.append(
            LedgerEntry(
                kind=kind, text=span.text, start=span.start, end=span.end, outcome=outcome, where=where, by=by, why=why
            )
        )

    def added(self, kind: str, text: str, where: str, by: str, why: str = "") -> None:
        if text:
            self.entries.append(LedgerEntry(kind=kind, text=text, outcome=Fate.ADDED, where=where, by=by, why=why))


def ledger_of(
    state: ScriptState, caption: HierarchicalCaption, facts: Facts, request: WriteRequest
) -> list[LedgerEntry]:
    """Every fact of the user with its fate, then everything that was added and by whom."""
    ledger = _Ledger([])
    _user_entries(ledger, state, facts, request)
    _added_entries(ledger, state, caption, facts)
    return ledger.entries


def _user_entries(ledger: _Ledger, state: ScriptState, facts: Facts, request: WriteRequest) -> None:
    plan = state["plan"]
    if facts.duration is not None:
        replaced = request.duration_ms is not None and request.duration_ms != facts.duration.duration_ms
        why = "the option --duration was taken instead" if replaced else ""
        ledger.user("duration", facts.duration.span, Fate.ALTERED if replaced else Fate.KEPT, "duration_ms", why)
    if facts.shots is not None:
        replaced = request.shots is not None and request.shots != facts.shots.count
        why = "the option --shots was taken instead" if replaced else ""
        ledger.user("shot_count", facts.shots.span, Fate.ALTERED if replaced else Fate.KEPT, "shots", why)
    for label in facts.labels:
        ledger.user(
            "shot", label.span, Fate.KEPT, f"shots.S{sorted({x.number for x in facts.labels}).index(label.number) + 1}"
        )
    for role in facts.roles:
        ledger.user("role", role.span, Fate.KEPT, f"roles.{plan['ids'][role.key]}")
    timed: set[tuple[int, int]] = set()
    for shot in plan["shots"]:
        for index in shot["events"]:
            event = plan["events"][index]
            ledger.user("event", Span.model_validate(event["span"]), Fate.KEPT, f"shots.{shot['id']}.action")
            said = camera_words(event["span"]["text"])
            if said.size or said.angle or said.movement:
                ledger.user("camera", Span.model_validate(event["span"]), Fate.KEPT, f"shots.{shot['id']}.camera")
    for event_fact in facts.events:
        if event_fact.time_span is not None:
            timed.add((event_fact.time_span.start, event_fact.time_span.end))
            where = next(
                (f"shots.{shot['id']}" for shot in plan["shots"] if shot["start_ms"] == event_fact.start_ms), None
            )
            ledger.user(
                "time",
                event_fact.time_span,
                Fate.KEPT if where else Fate.ALTERED,
                where,
                "" if where else "the event shares its shot with others",
            )
    for item in plan["dialogue"]:
        quote = facts.quotes[item["quote"]]
        ledger.user("dialogue", quote.span, Fate.KEPT, f"dialogue.{item['id']}.text")
        if quote.time_span is not None:
            timed.add((quote.time_span.start, quote.time_span.end))
            ledger.user("time", quote.time_span, Fate.KEPT, f"dialogue.{item['id']}.start_ms")
    labelled = [(label.span.start, label.body_start) for label in facts.labels]
    for fact in facts.times:
        place = (fact.span.start, fact.span.end)
        if place in timed or any(start <= place[0] < end for start, end in labelled):
            continue
        if fact.kind is TimeKind.LENGTH:
            ledger.user("time", fact.span, Fate.KEPT, "global_caption.storyline", "a length inside an action")
        else:
            beside = any(event.span.start <= fact.span.start < event.span.end for event in facts.events)
            why = "it stands beside a line that has its own time" if beside else "nothing is told to happen then"
            ledger.user("time", fact.span, Fate.DROPPED, None, why, "code")
    for style in facts.style:
        ledger.user("style", style, Fate.KEPT, "global_caption.style")
    for item in facts.dropped:
        ledger.user("instruction", item.span, Fate.DROPPED, None, item.why, "code")


def _added_entries(ledger: _Ledger, state: ScriptState, caption: HierarchicalCaption, facts: Facts) -> None:
    scene, plan = state["scene"], state["plan"]
    for name in ("style", "ambience"):
        if scene["by"][name] != "user":
            ledger.added(name, scene[name], f"global_caption.{name}", scene["by"][name])
    for role_id, entry in state["cast"].items():
        if entry["by"]["appearance"] != "user":
            ledger.added("appearance", entry["appearance"], f"roles.{role_id}.appearance", entry["by"]["appearance"])
        ledger.added("voice", entry["voice"], f"roles.{role_id}.voice", entry["by"]["voice"])
    for planned, shot in zip(plan["shots"], caption.shots, strict=True):
        refined, where = state["shots"][planned["id"]], f"shots.{shot.id}"
        if not planned["own_place"] or shot.setting != planned["setting"]:
            ledger.added("setting", shot.setting, f"{where}.setting", scene["by"]["setting"])
        if planned["added"]:
            ledger.added("shot", planned["action"], f"{where}.action", "code", planned["added"])
        ledger.added("detail", refined["detail"], f"{where}.action", "narrative_refiner")
        by = "narrative_refiner" if refined["sound"] else "code"
        ledger.added("sound", shot.sounds[0].text, f"{where}.sounds.{shot.sounds[0].id}", by)
        camera = f"{shot.camera.size}, {shot.camera.angle}, {shot.camera.movement}"
        ledger.added("camera", camera, f"{where}.camera", "narrative_refiner" if refined["camera"] else "code")
    del facts
