"""Operations on the cast: who there is, who is seen, how they look and sound, also in one shot alone (Appendix A)."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import model_validator

from mavin.edits.base import Data, Operation, cannot, new_id, part, shot_of

__all__ = [
    "AddRole",
    "BindReference",
    "MergeRoles",
    "RemoveRole",
    "RenameRole",
    "SetOverride",
    "SetPresence",
    "UnbindReference",
]

_NO_LOOK: Data = {"appearance": None, "voice": None, "reference": None}


class AddRole(Operation):
    """Adds a character to the cast; nobody sees them until a shot has them."""

    op: Literal["add_role"] = "add_role"
    name: str
    appearance: str = ""
    voice: str = ""
    id: str | None = None

    def changed(self, data: Data) -> Data:
        """The caption with the role behind the others."""
        role = self.model_dump(exclude={"op"}) | {"id": new_id("C", data["roles"], self.id)}
        data["roles"].append(role | {"reference": {"image": None, "audio": None}})
        return data


class RenameRole(Operation):
    """Gives a role another name, also where the script's own texts call it by the old one.

    Spoken lines and their delivery stay as they are: they are the user's words.
    """

    op: Literal["rename_role"] = "rename_role"
    role: str
    name: str

    def changed(self, data: Data) -> Data:
        """The caption with the role's new name in its texts."""
        role = _role(data, self.role)
        _rename(data, role["name"], self.name)
        role["name"] = self.name
        return data


class MergeRoles(Operation):
    """Makes one character of two: ``role`` becomes ``into``, with its lines, shots and looks, and is gone.

    Where both are in one shot with looks of their own, those of ``into`` stay.
    """

    op: Literal["merge_roles"] = "merge_roles"
    role: str
    into: str

    def changed(self, data: Data) -> Data:
        """The caption with a character less."""
        role, into = _role(data, self.role), _role(data, self.into)
        if role is into:
            raise cannot(
                "merge_roles", f"roles.{self.role}", f"two different roles can be merged, got {self.role} twice"
            )
        for line in data["dialogue"]:
            if line["role"] == self.role:
                line.update(role=self.into, recording=None)
        for shot in data["shots"]:
            shot["roles"] = list(dict.fromkeys(self.into if each == self.role else each for each in shot["roles"]))
            own = any(over["role"] == self.into for over in shot["overrides"])
            kept = [over for over in shot["overrides"] if not (own and over["role"] == self.role)]
            shot["overrides"] = [over | {"role": self.into} if over["role"] == self.role else over for over in kept]
        data["roles"].remove(role)
        _rename(data, role["name"], into["name"])
        return data


class RemoveRole(Operation):
    """Takes a character out of the cast and of every shot; refused while it speaks, unless its lines go too."""

    op: Literal["remove_role"] = "remove_role"
    role: str
    lines: Literal["refuse", "delete"] = "refuse"

    def changed(self, data: Data) -> Data:
        """The caption without the role."""
        role = _role(data, self.role)
        said = [line["id"] for line in data["dialogue"] if line["role"] == self.role]
        if said and self.lines == "refuse":
            raise cannot(
                "role_speaks",
                f"roles.{self.role}",
                f"a role must have no lines to be removed, but {role['name']} ({self.role}) says {', '.join(said)}; "
                "give them to somebody else or delete them first",
            )
        data["roles"].remove(role)
        data["dialogue"] = [line for line in data["dialogue"] if line["role"] != self.role]
        for shot in data["shots"]:
            shot["roles"] = [each for each in shot["roles"] if each != self.role]
            shot["overrides"] = [over for over in shot["overrides"] if over["role"] != self.role]
        return data


class SetPresence(Operation):
    """Says who is seen in a shot."""

    op: Literal["set_presence"] = "set_presence"
    shot: str
    roles: tuple[str, ...]

    def changed(self, data: Data) -> Data:
        """The shot with these roles in the picture."""
        shot_of(data, self.shot)["roles"] = list(self.roles)
        return data


class SetOverride(Operation):
    """Gives a role another look or voice in one shot alone; ``clear`` names what goes back to its own."""

    op: Literal["set_override"] = "set_override"
    role: str
    shot: str
    appearance: str | None = None
    voice: str | None = None
    clear: tuple[Literal["appearance", "voice"], ...] = ()

    @model_validator(mode="after")
    def _something(self) -> SetOverride:
        if self.appearance is None and self.voice is None and not self.clear:
            raise ValueError("set_override must set or clear appearance or voice, got neither")
        return self

    def changed(self, data: Data) -> Data:
        """The shot with that look or voice."""
        _role(data, self.role)
        shot = shot_of(data, self.shot)
        look = _look(shot, self.role)
        look.update(dict.fromkeys(self.clear))
        look.update(self.model_dump(include={"appearance", "voice"}, exclude_none=True))
        _without_empty(shot, self.role)
        return data


class BindReference(Operation):
    """Binds a picture or a voice (files of the film) to a role, or to it in one shot alone; what is left out stays."""

    op: Literal["bind_reference"] = "bind_reference"
    role: str
    shot: str | None = None
    image: str | None = None
    audio: str | None = None

    @model_validator(mode="after")
    def _something(self) -> BindReference:
        if self.image is None and self.audio is None:
            raise ValueError("bind_reference must bind an image or an audio file, got neither")
        return self

    def changed(self, data: Data) -> Data:
        """The caption with the reference bound."""
        role = _role(data, self.role)
        files = self.model_dump(include={"image", "audio"}, exclude_none=True)
        if self.shot is None:
            role["reference"].update(files)
            return data
        look = _look(shot_of(data, self.shot), self.role)
        # A shot's reference replaces the role's as a whole, so what is left out is taken over.
        look["reference"] = (look["reference"] or role["reference"]) | files
        return data


class UnbindReference(Operation):
    """Takes a role's picture, voice or both away; of a shot, those of the role itself hold again there."""

    op: Literal["unbind_reference"] = "unbind_reference"
    role: str
    shot: str | None = None
    kind: Literal["image", "audio"] | None = None

    def changed(self, data: Data) -> Data:
        """The caption with the reference unbound."""
        role = _role(data, self.role)
        kinds = (self.kind,) if self.kind else ("image", "audio")
        if self.shot is None:
            role["reference"].update(dict.fromkeys(kinds))
            return data
        shot = shot_of(data, self.shot)
        look = _look(shot, self.role)
        if look["reference"] is not None:
            back = look["reference"] | {kind: role["reference"][kind] for kind in kinds}
            look["reference"] = None if back == role["reference"] else back
        _without_empty(shot, self.role)
        return data


def _role(data: Data, name: str) -> Data:
    return part(data["roles"], "roles", name)


def _look(shot: Data, role: str) -> Data:
    """A role's override in a shot, made if there is none."""
    for over in shot["overrides"]:
        if over["role"] == role:
            result: Data = over
            return result
    look: dict[str, Any] = {"role": role, **_NO_LOOK}
    shot["overrides"].append(look)
    return look


def _without_empty(shot: Data, role: str) -> None:
    shot["overrides"] = [over for over in shot["overrides"] if over != {"role": role, **_NO_LOOK}]


def _rename(data: Data, name: str, new: str) -> None:
    """Another name in the script's own texts; the spoken words are the user's and stay."""
    # A function as replacement: the new name may hold backslashes.
    old = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")

    def rename(holder: Data, *fields: str) -> None:
        for field in fields:
            if holder[field] is not None:
                holder[field] = old.sub(lambda _: new, holder[field])

    rename(data, "title")
    rename(data["global_caption"], "storyline", "style", "ambience")
    for shot in data["shots"]:
        rename(shot, "title", "setting", "action")
        rename(shot["camera"], "note")
        for sound in shot["sounds"]:
            rename(sound, "text")
        for over in shot["overrides"]:
            rename(over, "appearance", "voice")
    for role in data["roles"]:
        rename(role, "appearance", "voice")
