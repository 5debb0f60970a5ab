"""Changes of what is seen: the camera, the place, what happens, how somebody looks, a new shot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mavin.caption import (
    Angle,
    Camera,
    Movement,
    Shot,
    Size,
)
from mavin.diagnostics import Diagnostic
from mavin.edits import Operation, SetCamera, SetText
from scripting.contracts import SPEECH, UNSEEN, check_descriptor, content_stems, problem, strangers_in
from scripting.editor.kinds import Ask, Impossible, Kind, Task, quoted_in, unchanged, without_quotations
from scripting.editor.phrases import light_phrase, lit_place, wanted_stems, worn_phrase
from scripting.editor.topics import Topic, direction

__all__ = ["Action", "CameraKind", "Looks", "OfShots", "Place", "shots_of"]

_SIZES = list(Size)


def shots_of(ask: Ask) -> list[Shot]:
    """The shots that a clause names: themselves, or those in which the roles that it names are."""
    scope, caption = ask.scope, ask.caption
    if scope.shots:
        return [shot for shot in caption.shots if shot.id in scope.shots]
    if scope.lines:
        homes = {caption.shot_at(line.start_ms).id for line in caption.dialogue if line.id in scope.lines}
        return [shot for shot in caption.shots if shot.id in homes]
    if scope.roles:
        return [shot for shot in caption.shots if set(shot.roles) & set(scope.roles)]
    return list(caption.shots)


class OfShots(Kind):
    """Changes that are made to shots."""

    def targets(self, ask: Ask) -> Sequence[str]:
        """The shots that are named, else all."""
        found = [shot.id for shot in shots_of(ask)]
        if not found:
            raise Impossible("nobody of that name is seen in a shot")
        return self.free(ask, found)


class CameraKind(OfShots):
    """Framing, angle or movement of a shot."""

    topic = Topic.CAMERA

    def task(self, ask: Ask, target: str) -> Task:
        """One of the cameras that the words ask for."""
        shot = ask.caption.shot(target)
        choices = _cameras(ask.clause, shot.camera) or (_cameras(ask.earlier, shot.camera) if ask.earlier else {})
        if choices == {} and direction(ask.clause, "closer", "wider", "higher", "lower", "still", "moving"):
            raise Impossible(f"the camera of {target} is so already ({_camera_words(shot.camera)})")
        if not choices:
            now = shot.camera
            choices = {_said("size", size): {"size": size} for size in Size if size != now.size}
            choices |= {_said("angle", angle): {"angle": angle} for angle in Angle if angle != now.angle}
            choices |= {_said("movement", move): {"movement": move} for move in Movement if move != now.movement}
            usual = None
        else:
            usual = next(iter(choices))
        names = list(choices)
        return Task(
            self.topic, target, f"the camera of shot {target}, in which {shot.action}", _camera_words(shot.camera),
            "what the camera is to be", {"type": "string", "enum": names} if len(names) > 1 else None, usual,
            {"cameras": {name: {key: str(each) for key, each in values.items()} for name, values in choices.items()}},
        )  # fmt: skip

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The shot with its new camera."""
        return [SetCamera(shot=task.target, **task.data["cameras"][value])]

    def paths(self, target: str) -> Sequence[str]:
        """The shot's camera without the note."""
        return [rf"shots\.{target}\.camera\.(?:size|angle|movement)"]

    def fields(self, target: str) -> Sequence[str]:
        """The camera."""
        return [f"shots.{target}.camera"]


def _said(kind: str, value: str) -> str:
    words = value.replace("_", " ")
    return f"{words} shot" if kind == "size" and "close" not in words else words


def _camera_words(camera: Camera) -> str:
    return ", ".join(value.replace("_", " ") for value in (camera.size, camera.angle, camera.movement))


def _cameras(clause: str, now: Camera) -> dict[str, dict[str, str]]:
    """The cameras that a clause asks for, the plainest first; empty where it names none, or where it is so already."""
    at = _SIZES.index(now.size)
    nearer, farther = _SIZES[at + 1 :], _SIZES[:at][::-1]
    moves = re.search(r"\b(?:come|comes|coming|go|goes|move|moves|moving|push|dolly|zoom|pull|approach)\w*\b", clause)
    found: dict[str, dict[str, str]] = {}
    way = direction(clause, "closer", "wider")
    if way is not None:
        near = (nearer if way == "closer" else farther)[:2]
        sizes: dict[str, dict[str, str]] = {_said("size", size): {"size": size} for size in near}
        dolly, zoom = (
            (Movement.DOLLY_IN, Movement.ZOOM_IN) if way == "closer" else (Movement.DOLLY_OUT, Movement.ZOOM_OUT)
        )
        motions: dict[str, dict[str, str]] = {
            _said("movement", move): {"movement": move} for move in (dolly, zoom) if move != now.movement
        }
        if re.search(r"\bzoom", clause, re.IGNORECASE):
            motions = {name: value for name, value in motions.items() if "zoom" in name}
            sizes = {}
        found |= {**motions, **sizes} if moves else {**sizes, **({} if sizes else motions)}
    angles = {"higher": (Angle.HIGH, Angle.OVERHEAD), "lower": (Angle.LOW,)}
    up = direction(clause, "higher", "lower")
    if up is not None:
        found |= {_said("angle", angle): {"angle": angle} for angle in angles[up] if angle != now.angle}
    motion = {"still": (Movement.STATIC,), "moving": (Movement.HANDHELD, Movement.TRACK)}
    still = direction(clause, "still", "moving") if way is None else None
    if still is not None:
        found |= {_said("movement", move): {"movement": move} for move in motion[still] if move != now.movement}
    return found


class Place(OfShots):
    """The setting of a shot: its place, hour, light or weather."""

    topic = Topic.PLACE

    def task(self, ask: Ask, target: str) -> Task:
        """The place in new words; a small model is not asked where the words are plain light or weather."""
        shot = ask.caption.shot(target)
        light = light_phrase(ask.clause)
        value = lit_place(shot.setting, light) if light else None
        if value is not None and content_stems(light or "") <= content_stems(shot.setting):
            raise Impossible(f"{target} is {light} already")
        schema = None if value is not None and ask.small else {"type": "string", "minLength": 4, "maxLength": 140}
        return Task(
            self.topic, target, f"the place of shot {target}", shot.setting,
            "the place in one phrase of at most 18 words: keep the place itself, change what the director says", schema,
            value,
        )  # fmt: skip

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """The same place with what was asked for, and nobody in it."""
        path = f"shots.{task.target}.setting"
        found = check_descriptor(without_quotations(ask, value), path=path, prompt=ask.told, words=26, characters=140)
        found += unchanged(value, task.old, path)
        wanted = wanted_stems(ask.clause, Topic.PLACE, task.old)
        if wanted and not wanted & content_stems(value):
            found.append(problem("not_done", f"It does not do what the director says: {ask.clause!r}.", path))
        if not found and content_stems(value) <= content_stems(task.old):
            found.append(problem("unchanged", f"It says nothing new. The director says: {ask.clause!r}.", path))
        elsewhere = re.search(
            r"\b(?:in|at|on|to) (?:a|an|the) (?!rain|snow|fog|dark|night|morning|evening)", ask.clause
        )
        if not elsewhere and not content_stems(task.old) & content_stems(value):
            found.append(problem("other_place", f"It must stay at the place: {task.old!r}.", path))
        strangers = strangers_in(value, ask.told, [])
        if strangers:
            found.append(problem("new_person", f"It must not add people ({', '.join(strangers)}).", path))
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """Without a stop, with a capital where the old had one."""
        return _like(str(value).strip().rstrip("."), task.old)

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The shot at its new place."""
        return [SetText(path=f"shots.{task.target}.setting", text=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The setting."""
        return [rf"shots\.{target}\.setting"]

    def fields(self, target: str) -> Sequence[str]:
        """The same."""
        return [f"shots.{target}.setting"]


class Action(OfShots):
    """What happens in a shot, or its mood."""

    topic = Topic.ACTION
    choosing = True

    def task(self, ask: Ask, target: str) -> Task:
        """What happens, told anew with the same people."""
        shot = ask.caption.shot(target)
        who = ", ".join(ask.caption.role(role).name for role in shot.roles) or "nobody"
        return Task(
            self.topic, target, f"what happens in shot {target} ({who} in the picture)", shot.action,
            "what happens now, in one or two sentences of at most 28 words in the present tense, so that a camera can "
            "see it; the same people, no speech",
            {"type": "string", "minLength": 8, "maxLength": 220},
        )  # fmt: skip

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """Something else that can be seen, with the people of the shot and nobody else."""
        path = f"shots.{task.target}.action"
        shot = ask.caption.shot(task.target)
        found = check_descriptor(without_quotations(ask, value), path=path, prompt=ask.told, words=40, characters=220)
        found += unchanged(value, task.old, path)
        if SPEECH.search(value) and not SPEECH.search(task.old) and not SPEECH.search(ask.clause):
            found.append(problem("speech", "It must not tell what is said.", path))
        unseen = UNSEEN.search(value)
        if unseen and unseen.group().casefold() not in task.old.casefold():
            found.append(problem("unseen", f"A camera cannot see {unseen.group()!r}.", path))
        named = [ask.caption.role(role).name for role in shot.roles]
        lost = [name for name in named if name in task.old and name not in value]
        if lost:
            found.append(problem("lost_person", f"{' and '.join(lost)} must still be in it, by name.", path))
        others = [role.name for role in ask.caption.roles if role.id not in shot.roles]
        added = [name for name in others if name in value and name not in task.old and name not in ask.clause]
        strangers = [*strangers_in(value, ask.told, []), *added]
        if strangers:
            found.append(problem("new_person", f"It must not add people ({', '.join(strangers)}).", path))
        wanted = wanted_stems(ask.clause, Topic.ACTION, f"{task.old} {shot.title} {shot.setting}")
        if wanted and not wanted & content_stems(value):
            found.append(problem("not_done", f"It does not do what the director says: {ask.clause!r}.", path))
        if not content_stems(value) & content_stems(task.old):
            found.append(problem("other_story", f"It must go on from: {task.old!r}.", path))
        found += _keeps_quotations(ask, value, path)
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """With a stop."""
        text = str(value).strip()
        return text if text[-1] in ".!?。！？" else f"{text}."

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The shot with what happens now."""
        return [SetText(path=f"shots.{task.target}.action", text=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The action."""
        return [rf"shots\.{target}\.action"]

    def fields(self, target: str) -> Sequence[str]:
        """The same."""
        return [f"shots.{target}.action"]


class Looks(Kind):
    """How somebody looks."""

    topic = Topic.LOOKS
    choosing = True

    def targets(self, ask: Ask) -> Sequence[str]:
        """Who is named, else everybody."""
        return self.free(ask, ask.scope.roles or [role.id for role in ask.caption.roles])

    def task(self, ask: Ask, target: str) -> Task:
        """The looks in new words; code's own where the person names what is worn."""
        role = ask.caption.role(target)
        worn = worn_phrase(ask.clause)
        value = _with_worn(role.appearance.rstrip(". "), worn) if worn else None
        schema = None if value and ask.small else {"type": "string", "minLength": 4, "maxLength": 180}
        return Task(
            self.topic, target, f"how {role.name} looks", role.appearance,
            "the looks in one phrase of at most 24 words: keep all of them, change or add only what the director says",
            schema, value,
        )  # fmt: skip

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """The old looks with what was asked for."""
        path = f"roles.{task.target}.appearance"
        found = check_descriptor(without_quotations(ask, value), path=path, prompt=ask.told, words=34, characters=180)
        found += unchanged(value, task.old, path)
        wanted = wanted_stems(ask.clause, Topic.LOOKS)
        if wanted and not wanted <= content_stems(value):
            found.append(problem("not_done", f"It must say what the director says: {ask.clause!r}.", path))
        old, new = content_stems(task.old), content_stems(value)
        loose = re.search(
            r"\b(?:instead|replace|no longer|without|not|older|younger|change)\b", ask.clause, re.IGNORECASE
        )
        kept = len(old & new) / len(old) if old else 1.0
        if kept < (0.4 if loose else 0.99):
            found.append(problem("lost_look", f"It must keep: {task.old!r}.", path))
        if re.search(r"\binstead\b", ask.clause, re.IGNORECASE) and old <= new and old:
            found.append(problem("not_replaced", "It must replace something of the old looks, not add to them.", path))
        found += _keeps_quotations(ask, value, path)
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """Without a stop, with a capital where the old had one."""
        return _like(str(value).strip().rstrip("."), task.old)

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The role with its new looks."""
        return [SetText(path=f"roles.{task.target}.appearance", text=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The looks."""
        return [rf"roles\.{target}\.appearance"]

    def fields(self, target: str) -> Sequence[str]:
        """The same."""
        return [f"roles.{target}.appearance"]


def _with_worn(looks: str, worn: str) -> str:
    """ "a ferryman with a cap" and "with a red scarf": "a ferryman with a cap and a red scarf"."""
    link = worn.split(" ", 1)[0]
    if looks and re.search(rf"\b{link} [^,]*$", looks):
        return f"{looks} and {worn.split(' ', 1)[1]}"
    return f"{looks}, {worn}" if looks else worn


def _keeps_quotations(ask: Ask, value: str, path: str) -> list[Diagnostic]:
    lost = [words for words in quoted_in(ask.clause) if words not in value]
    return [problem("lost_words", f"It must hold these words as they are: {lost[0]!r}.", path)] if lost else []


def _like(text: str, old: str) -> str:
    first = text[:1].upper() if old[:1].isupper() else text[:1].lower() if old[:1].islower() else text[:1]
    return first + text[1:]
