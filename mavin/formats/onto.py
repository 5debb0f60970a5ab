"""A film with what an edited file says of it changed; everything that the file does not tell stays.

film ──export──▶ file ──edited elsewhere──▶ Draft ──onto──▶ the film's scripts, with the same ids
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from mavin.caption import MIN_LINE_MS
from mavin.formats.drafts import GUESSES, Data, Draft, caption_of, role_id
from mavin.formats.losses import Loss, LossKind
from mavin.formats.registry import Incoming
from mavin.formats.script import FilmScript, FormatError, ScriptClip

__all__ = ["incoming", "onto"]


def incoming(draft: Draft, base: FilmScript | None) -> Incoming:
    """A draft as scripts: of the film that it was exported from where that is known, else new ones.

    Raises:
        FormatError, InvalidCaptionError: if no valid script comes of it.
    """
    from mavin.formats.drafts import scripts_of

    if base is not None:
        return onto(draft, base)
    first, *more = scripts_of(draft)
    return Incoming(first, tuple(draft.losses), tuple(more))


def onto(draft: Draft, base: FilmScript) -> Incoming:
    """The film with the draft's shots, lines and texts; parts are matched by id, lines without one by their words.

    Raises:
        FormatError: if the draft is of another film: none of its parts is in this one.
        InvalidCaptionError: if the result breaks an invariant.
    """
    _same_film(draft, base)
    offsets = dict(zip((clip.id for clip in base.clips), base.offsets_ms, strict=True))
    _match_lines(draft, base, offsets)
    _place(draft, base, offsets)
    draft.roles[:] = _cast(draft, base)
    clips = []
    for clip in base.clips:
        data = clip.caption.model_dump(mode="json")
        _head(draft, base, data)
        _roles(draft, data)
        if draft.shots is not None:
            _shots(draft, clip.id, data)
        if draft.lines is not None:
            _lines(draft, clip.id, data)
        clips.append(ScriptClip(clip.id, caption_of(data, draft.name)))
    return Incoming(replace(base, clips=tuple(clips)), tuple(dict.fromkeys(draft.losses)))


def _same_film(draft: Draft, base: FilmScript) -> None:
    clips = {part["clip"] for part in (*(draft.shots or ()), *(draft.lines or ())) if "clip" in part}
    strange = clips - {clip.id for clip in base.clips}
    if strange:
        have = ", ".join(clip.id for clip in base.clips)
        raise FormatError(f"{draft.name} must be of the film's clips ({have}), got {', '.join(sorted(strange))}.")


def _match_lines(draft: Draft, base: FilmScript, offsets: dict[str, int]) -> None:
    """Gives lines without an id that of the film's line with the same words, or in the same place between such."""
    if not draft.lines or all("id" in line for line in draft.lines):
        return
    old = sorted(
        (offsets[clip.id] + line.start_ms, clip.id, line.id, clip.caption.role(line.role).name, line.text)
        for clip in base.clips
        for line in clip.caption.dialogue
    )
    new = [line for line in draft.lines if "id" not in line]
    named = {(line.get("clip"), line["id"]) for line in draft.lines if "id" in line}
    old = [item for item in old if (item[1], item[2]) not in named]
    before = [" ".join(draft.plain(item[4]).split()).casefold() for item in old]
    after = [" ".join(line["text"].split()).casefold() for line in new]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            pairs = zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            continue
        for (_, clip, name, speaker, _), line in pairs:
            line.update(id=name, clip=clip)
            if line.get("speaker") is None and "role" not in line:
                line["speaker"] = speaker


def _place(draft: Draft, base: FilmScript, offsets: dict[str, int]) -> None:
    """Gives every part its clip, and times of that clip."""
    ends = {clip.id: offsets[clip.id] + clip.caption.duration_ms for clip in base.clips}
    shift = dict(offsets)
    if draft.shots is not None:  # where the shots are is where the clips are
        _home_shots(draft, list(offsets))
        for name in offsets:
            starts = [shot["start_ms"] for shot in draft.shots if shot.get("clip") == name]
            finishes = [shot["end_ms"] for shot in draft.shots if shot.get("clip") == name]
            if starts:
                shift[name], ends[name] = min(starts), max(finishes)
    for part in (*(draft.shots or ()), *(draft.lines or ())):
        if "clip" not in part:
            inside = [name for name in offsets if shift[name] <= part["start_ms"] < ends[name]]
            part["clip"] = inside[0] if inside else list(offsets)[-1]
        name = part["clip"]
        moved = shift[name]
        for event in (part, *part.get("sounds", ())):
            event["start_ms"] = max(event["start_ms"] - moved, 0)
            event["end_ms"] = max(event["end_ms"] - moved, 0)


def _home_shots(draft: Draft, clips: Sequence[str]) -> None:
    """Gives shots that were added elsewhere the clip of those before them, or behind them at the very beginning.

    Raises:
        FormatError: if shots of one clip stand among those of another.
    """
    shots = sorted(draft.shots or (), key=lambda shot: shot["start_ms"])
    home = next((shot["clip"] for shot in shots if "clip" in shot), None)
    if home is None:
        return
    last = 0
    for shot in shots:
        home = shot.setdefault("clip", home)
        if clips.index(home) < last:
            raise FormatError(
                f"{draft.name} must have the film's clips one behind the other ({', '.join(clips)}), got "
                f"{shot.get('id', 'a shot')} of {home} behind shots of {clips[last]}. Move shots inside their clip, or "
                "import the file as a new film."
            )
        last = clips.index(home)


def _cast(draft: Draft, base: FilmScript) -> list[Data]:
    """The film's cast with what the draft says of it, and whoever is new."""
    known: list[Data] = [{"id": role.id, "name": role.name} for role in base.caption.roles]
    known += [
        {"id": role.id, "name": role.name}
        for clip in base.clips[1:]
        for role in clip.caption.roles
        if role.id not in {each["id"] for each in known}
    ]
    by_id = {role["id"]: role for role in known}
    by_name = {draft.plain_name(role["name"]).strip().casefold(): role for role in known}
    for role in draft.roles:
        old = by_id.get(role.get("id", "")) or by_name.get(role["name"].strip().casefold())
        if old is not None:
            if role["name"] == draft.plain_name(old["name"]):
                role = role | {"name": old["name"]}
            old.update({key: value for key, value in role.items() if key != "id"})
        else:
            number = max((int(each["id"][1:]) for each in known), default=0) + 1
            known.append({"id": f"C{number}"} | role)
    return known


def _head(draft: Draft, base: FilmScript, data: Data) -> None:
    if draft.title is not None and len(base.clips) == 1:
        data["title"] = draft.title
    first = base.caption.model_dump(mode="json")
    for key, value in draft.head.items():
        # A file tells of the whole film what its first clip has; only what was changed there is meant for all.
        if value != (first if key in {"aspect", "language"} else first["global_caption"])[key]:
            (data if key in {"aspect", "language"} else data["global_caption"])[key] = value


def _roles(draft: Draft, data: Data) -> None:
    told = {role["id"]: role for role in draft.roles}
    for role in data["roles"]:
        role.update({key: value for key, value in told.get(role["id"], {}).items() if key != "id"})


def _written(draft: Draft, name: str) -> str:
    """A name as the file writes it, whatever its letters' case."""
    return draft.plain_name(name).strip().casefold()


def _is_same(draft: Draft, data: Data, line: Data, speaker: str | None) -> bool:
    """Whether the speaker of a line of the film is still called as before."""
    names = [role["name"] for role in data["roles"] if role["id"] == line.get("role")]
    return speaker is not None and any(_written(draft, name) == speaker.strip().casefold() for name in names)


def _join(draft: Draft, data: Data, name: str) -> str:
    """The id of somebody by name, who joins the clip's cast."""
    names = {_written(draft, role["name"]): role["name"] for role in draft.roles}
    found = role_id(draft, names.get(name.strip().casefold(), name))
    if found not in {role["id"] for role in data["roles"]}:
        data["roles"].append(next(dict(role) for role in draft.roles if role["id"] == found))
    return found


def _shots(draft: Draft, clip: str, data: Data) -> None:
    old = {shot["id"]: shot for shot in data["shots"]}
    shots: list[Data] = []
    told = [shot for shot in draft.shots or () if shot["clip"] == clip]
    if not told:
        raise FormatError(f"{draft.name} must hold at least one shot of {clip}, got none. A clip cannot be empty.")
    for shot in told:
        shot = {key: value for key, value in shot.items() if key != "clip"}
        if "people" in shot:
            shot["roles"] = list(dict.fromkeys(_join(draft, data, name) for name in shot.pop("people")))
        taken = {each["id"] for each in shots}
        if shot.get("id") in taken or "id" not in shot:
            copied = old.get(shot.pop("id", ""))
            shot["id"] = _free("S", taken | set(old))
            shot = {**_new_shot(draft, shot, copied), **shot}
        elif shot["id"] in old:
            _keep_words(draft, old[shot["id"]], shot, ("title", "setting", "action"))
            shot = old[shot["id"]] | shot
        else:
            shot = {**_new_shot(draft, shot, None), **shot}
        shots.append(shot)
    _meet(draft, shots)
    _keep_sounds(draft, shots, told)
    used = {sound["id"] for shot in shots for sound in shot.get("sounds", ()) if "id" in sound}
    for shot in shots:
        for sound in shot.get("sounds", ()):
            if "id" not in sound:
                sound["id"] = _free("X", used)
                used.add(sound["id"])
    lost = [name for name in old if name not in {shot["id"] for shot in shots}]
    draft.losses += [Loss(LossKind.CHANGED, f"shots.{name}", "the shot is gone") for name in lost]
    data["shots"] = shots
    data["duration_ms"] = shots[-1]["end_ms"]


def _new_shot(draft: Draft, shot: Data, like: Data | None) -> Data:
    """The fields of a shot that the film did not have: those of the shot that it is a piece of, else guesses."""
    if like is not None:
        return {key: like[key] for key in ("setting", "action", "camera", "roles", "overrides")} | {"sounds": []}
    found: Data = {"setting": GUESSES["setting"], "action": GUESSES["action"]}
    for what in ("setting", "action"):
        if what not in shot:
            draft.guessed(f"shots.{shot['id']}.{what}", f"{what}: {GUESSES[what]}")
    return found


def _meet(draft: Draft, shots: list[Data]) -> None:
    """Shots that leave a gap or overlap meet where the later one begins; the first begins at 0."""
    shots.sort(key=lambda shot: shot["start_ms"])
    for shot, following in itertools.pairwise(shots):
        if shot["end_ms"] != following["start_ms"]:
            draft.changed(f"shots.{shot['id']}", "shots that leave a gap or overlap meet where the later one begins")
            shot["end_ms"] = following["start_ms"]
    if shots[0]["start_ms"]:
        draft.changed(f"shots.{shots[0]['id']}", "the first shot begins at 0")
        shots[0]["start_ms"] = 0


def _keep_sounds(draft: Draft, shots: list[Data], told: Sequence[Data]) -> None:
    """Sounds that the file does not tell of stay where they are heard, inside their shot."""
    if any("sounds" in shot for shot in told):
        return
    for shot in shots:
        kept = []
        for sound in shot.get("sounds", ()):
            start, end = max(sound["start_ms"], shot["start_ms"]), min(sound["end_ms"], shot["end_ms"])
            if end - start >= 100:
                kept.append(sound | {"start_ms": start, "end_ms": end})
            else:
                draft.changed(
                    f"shots.{shot['id']}.sounds.{sound['id']}", "the sound is gone", "its shot has moved away"
                )
        shot["sounds"] = kept


def _lines(draft: Draft, clip: str, data: Data) -> None:
    old = {line["id"]: line for line in data["dialogue"]}
    told: dict[str, Data] = {}
    for line in draft.lines or ():
        if line["clip"] != clip:
            continue
        line = {key: value for key, value in line.items() if key != "clip"}
        speaker = line.pop("speaker", None)
        if "role" not in line and _is_same(draft, data, old.get(line.get("id"), {}), speaker):
            line["role"] = old[line["id"]]["role"]  # two roles may be written alike: nothing says it is the other
        if "role" not in line and (speaker is not None or line.get("id") not in old):
            line["role"] = _join(draft, data, speaker or "")
        name = line.get("id")
        if name is None or name in told:
            name = _free("L", {*old, *told})
        language = {"language": data["language"]} if name not in old else {}
        _keep_words(draft, old.get(name, {}), line, ("text", "delivery"))
        told[name] = language | old.get(name, {}) | line | {"id": name}
    order = [name for name in old if name in told]  # the film's own order, what is new behind
    data["dialogue"] = [told[name] for name in (*order, *(name for name in told if name not in old))]
    end = data["duration_ms"]
    kept = []
    for line in data["dialogue"]:
        path = f"dialogue.{line['id']}"
        if min(line["end_ms"], end) - line["start_ms"] < MIN_LINE_MS <= line["end_ms"] - line["start_ms"]:
            draft.changed(path, "the line is gone", "no shot is there when it is said")
            continue
        if line["end_ms"] > end:
            draft.changed(path, "the line ends with the clip", "a line belongs to one clip")
        kept.append(line | {"end_ms": min(line["end_ms"], end)})
    data["dialogue"] = kept


def _keep_words(draft: Draft, old: Data, new: Data, fields: Sequence[str]) -> None:
    """Texts that only the form has changed are as they were."""
    for each in fields:
        if each in new and each in old and new[each] == draft.plain(old[each]):
            new[each] = old[each]


def _free(letter: str, taken: set[Any]) -> str:
    number = max((int(name[1:]) for name in taken), default=0) + 1
    return f"{letter}{number}"
