"""A role written anew: looks behind the person's own words, voice."""

from __future__ import annotations

from typing import Any

from mavin.diagnostics import Diagnostic
from mavin.edits import SetText
from mavin.facts import Gender
from mavin.ledger import Fate
from prompts import CastContext, RoleContext
from scripting.agents.asking import EXAMPLES, text_field
from scripting.anew.writer import ATTEMPTS, Writer
from scripting.contracts import check_animal, check_descriptor, check_gender, problem, similarity
from scripting.planning import role_ids
from scripting.staging import appearance_of

__all__ = ["RoleWriter"]


class RoleWriter(Writer):
    """The identity aligner's part."""

    def write(self) -> None:
        """New looks behind the person's own words, and a new voice."""
        agent = "identity_aligner"
        role = self.caption.role(self.part)
        where = f"roles.{role.id}"
        fact = None
        if self.facts is not None:
            ids = role_ids(self.facts)
            fact = next((each for each in self.facts.roles if ids[each.key] == role.id), None)
        names = {"appearance": "looks", "voice": "voice"}
        free = [
            field
            for field, name in names.items()
            if not self.stays(name, f"{where}.{field}")
            and not (fact is not None and field == "voice" and fact.voice)
            and not any(entry.by == "you" for entry in self.entries(f"{where}.{field}", Fate.ADDED))
            and not role.reference.is_bound
        ]
        if not free:
            self.nothing(f"the looks and the voice of {role.id} are a person's or kept")
        if not self.session.available:
            self.nothing(f"without a language model there is one wording for {role.id}")
        own = appearance_of(fact, self.facts) if fact is not None else ""
        gender = {Gender.FEMALE: "female", Gender.MALE: "male"}.get(fact.gender, "") if fact is not None else ""
        told = RoleContext(
            role.id, role.name, fact.mention if fact is not None else role.appearance or role.name, gender
        )
        bounds = {"appearance": (30, 150), "voice": (14, 80)}
        problems: list[str] = []
        wanted = list(free)
        self.progress(agent, f"writing {role.id} anew")
        for attempt in range(ATTEMPTS):
            fields = {name: text_field(bounds[name][1]) for name in wanted}
            nested = {"type": "object", "properties": fields, "required": wanted, "additionalProperties": False}
            context = CastContext(self.story(), self.caption.language, (told,), self.source.hint)
            answer = self.ask(agent, context, {role.id: nested}, 130, attempt).get(role.id, {})
            problems = []
            for name in list(answer):
                text = str(answer[name]).strip().rstrip(".")
                found = self._role_problems(text, name, bounds[name], role, fact)
                if found:
                    problems.append(found[0].message)
                    continue
                wanted.remove(name)
                text = (
                    f"{own.split(':')[0]}: {text[:1].lower()}{text[1:]}"
                    if name == "appearance" and _adds(own, text)
                    else text
                )
                self.put(SetText(path=f"{where}.{name}", text=text[:1].upper() + text[1:]), agent, f"{where}.{name}")
            if not wanted or not answer:
                break
        self.turned_down(problems)
        if not self.made.operations:
            self.nothing(f"the model has found no other words for {role.id} that can be used")

    def _role_problems(self, text: str, name: str, bound: tuple[int, int], role: Any, fact: Any) -> list[Diagnostic]:
        path = f"roles.{role.id}.{name}"
        found = check_descriptor(
            text, path=path, prompt=self.known(), words=bound[0], examples=EXAMPLES, characters=bound[1]
        )
        if fact is not None:
            found += check_gender(text, fact.gender, path=path)
            if name == "appearance" and not fact.person:
                found += check_animal(text, path=path, prompt=self.known(), name=role.name)
        if similarity(text, getattr(role, name)) > 0.85:
            found.append(problem("unchanged", "It must differ from how it is now.", path))
        return found


def _adds(own: str, text: str) -> bool:
    return bool(own) and own.split(",")[0].casefold() not in text.casefold()
