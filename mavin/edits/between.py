"""The operations that turn one caption into another: what a person changed in a text, as edits."""

from __future__ import annotations

from collections.abc import Iterator

from mavin.caption import HierarchicalCaption, Shot
from mavin.edits.applying import apply
from mavin.edits.base import EditError, Operation
from mavin.edits.changes import Changes, Revise, changes_between, flat_of
from mavin.edits.cuts import MoveCut
from mavin.edits.fields import SetCamera, SetClip, SetText
from mavin.edits.lines import AddLine, DeleteLine, RecordLine, RetimeLine, RevoiceLine, RewordLine
from mavin.edits.roles import AddRole, RemoveRole, SetPresence
from mavin.edits.shots import ReorderShots
from mavin.edits.sounds import AddSound, DeleteSound, RetimeSound

__all__ = ["operations_between"]


def operations_between(before: HierarchicalCaption, after: HierarchicalCaption) -> tuple[Operation, ...]:
    """Operations that make exactly ``after`` of ``before``, as telling as they can be.

    What no single operation expresses goes into one :class:`~mavin.edits.changes.Revise` at the end.
    """
    found: list[Operation] = []
    now, left = before, _left(before, after)
    progress = bool(left)
    while progress:
        progress = False
        for op in _candidates(now, after):
            try:
                then = apply(now, op)
            except EditError:
                continue  # another one may have to come first
            rest = _left(then, after)
            # An operation may only bring the two closer: one that also moves what was right is no candidate.
            if len(rest) < len(left) and rest.keys() <= left.keys():
                now, left, progress = then, rest, True
                found.append(op)
    if left:
        found.append(Revise(changes=dict(left)))
    return tuple(found)


def _left(now: HierarchicalCaption, after: HierarchicalCaption) -> Changes:
    return changes_between(flat_of(now), flat_of(after))


def _candidates(now: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[Operation]:
    if now.title != after.title:
        yield SetText(path="title", text=after.title)
    for field in ("storyline", "style", "ambience"):
        text = getattr(after.global_caption, field)
        if getattr(now.global_caption, field) != text:
            yield SetText(path=f"global_caption.{field}", text=text)
    if now.aspect != after.aspect:
        yield SetClip(aspect=after.aspect)
    if now.language != after.language:
        yield SetClip(language=after.language)
    yield from _lines_gone(now, after)
    yield from _roles(now, after)
    yield from _shots(now, after)
    yield from _sounds(now, after)
    yield from _lines(now, after)


def _lines_gone(now: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[Operation]:
    kept = {line.id for line in after.dialogue}
    yield from (DeleteLine(line=line.id) for line in now.dialogue if line.id not in kept)


def _roles(now: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[Operation]:
    new = {role.id: role for role in after.roles}
    old = {role.id: role for role in now.roles}
    yield from (RemoveRole(role=name) for name in old if name not in new)
    for name, role in new.items():
        if name not in old:
            yield AddRole(id=name, name=role.name, appearance=role.appearance, voice=role.voice)
            continue
        for field in ("appearance", "voice"):
            if getattr(old[name], field) != getattr(role, field):
                yield SetText(path=f"roles.{name}.{field}", text=getattr(role, field))


def _shots(now: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[Operation]:
    order = tuple(shot.id for shot in after.shots)
    old = {shot.id: shot for shot in now.shots}
    if set(order) == set(old) and order != tuple(old):
        yield ReorderShots(order=order)
    for shot in after.shots:
        was = old.get(shot.id)
        if was is None:
            continue
        if was.start_ms != shot.start_ms:
            yield MoveCut(shot=shot.id, to_ms=shot.start_ms)
        yield from _shot(was, shot)


def _shot(was: Shot, shot: Shot) -> Iterator[Operation]:
    for field in ("title", "setting", "action"):
        if getattr(was, field) != getattr(shot, field):
            yield SetText(path=f"shots.{shot.id}.{field}", text=getattr(shot, field))
    camera = {field: value for field, value in shot.camera.model_dump().items() if getattr(was.camera, field) != value}
    if camera:
        yield SetCamera(shot=shot.id, **camera)
    if was.roles != shot.roles:
        yield SetPresence(shot=shot.id, roles=shot.roles)


def _sounds(now: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[Operation]:
    old = {sound.id: (shot, sound) for shot in now.shots for sound in shot.sounds}
    new = {sound.id: (shot, sound) for shot in after.shots for sound in shot.sounds}
    yield from (DeleteSound(sound=name) for name in old if name not in new)
    for name, (_, sound) in new.items():
        if name not in old:
            yield AddSound(id=name, start_ms=sound.start_ms, end_ms=sound.end_ms, text=sound.text)
            continue
        home, was = old[name]
        if was.interval != sound.interval:
            yield RetimeSound(sound=name, start_ms=sound.start_ms, end_ms=sound.end_ms)
        if was.text != sound.text:
            yield SetText(path=f"shots.{home.id}.sounds.{name}.text", text=sound.text)


def _lines(now: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[Operation]:
    old = {line.id: line for line in now.dialogue}
    for line in after.dialogue:
        was = old.get(line.id)
        if was is None:
            yield AddLine(**line.model_dump(exclude={"recording"}))
            continue
        if was.interval != line.interval:
            yield RetimeLine(line=line.id, start_ms=line.start_ms, end_ms=line.end_ms)
        if was.text != line.text:
            yield RewordLine(line=line.id, text=line.text)
        voice = {
            field: getattr(line, field)
            for field in ("role", "delivery", "language", "on_screen")
            if getattr(was, field) != getattr(line, field)
        }
        if voice:
            yield RevoiceLine(line=line.id, **voice)
        if was.recording != line.recording:
            yield RecordLine(line=line.id, recording=line.recording)
