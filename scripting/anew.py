"""One shot, line or role written anew by the agents; the person's words, what is kept or locked, and all else stay.

S2   the detail behind the person's own clause, the agents' sounds, the camera      narrative refiner
L1   manner and time; the words only where no person wrote them                      narrative refiner, timing
C1   looks behind the person's own words, voice                                      identity aligner
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mavin.caption import Shot
from mavin.diagnostics import Diagnostic
from mavin.edits import Operation, RetimeLine, Script, SetCamera, SetText
from mavin.errors import BackendError, UsageError
from mavin.facts import Facts, Gender, read_facts
from mavin.facts.structure import camera_words
from mavin.ledger import Fate, LedgerEntry
from mavin.speech import natural_ms
from prompts import CastContext, Context, RoleContext, ShotContext
from scripting.agents.asking import EXAMPLES, question, text_field
from scripting.agents.editor import ask_new, lost_model
from scripting.contracts import check_animal, check_descriptor, check_gender, check_sound, problem, similarity
from scripting.editor.kinds import Ask, tried
from scripting.editor.scope import gender_of, scope_of
from scripting.editor.speech_kinds import Delivery, Words
from scripting.llm.session import LlmSession
from scripting.planning import role_ids
from scripting.plausible import fitting_movements
from scripting.sentences import DETAIL_CHARACTERS, check_detail, check_look
from scripting.sounds import sounds_of_action
from scripting.staging import appearance_of
from scripting.things import check_object, check_place_alone, check_things, objects_of

__all__ = ["FIELDS", "Anew", "Source", "write_anew"]

FIELDS = {
    "S": ("action", "camera", "sounds"),
    "L": ("words", "delivery", "times"),
    "C": ("looks", "voice"),
}
"""What is written anew of a shot, a line and a role, and so can be kept."""

_PATHS = {"words": "text", "times": "interval", "looks": "appearance"}
_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Source:
    """What a part is written from.

    Attributes:
        script: the clip and its locks.
        ledger: what became of the prompt's facts by now, of this clip.
        prompt: the person's story; the storyline stands for it where there is none.
        hint: what the person wishes of the new one.
        keep: fields that stay as they are.
    """

    script: Script
    ledger: tuple[LedgerEntry, ...] = ()
    prompt: str = ""
    hint: str = ""
    keep: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """Every word that names may be taken from."""
        return " ".join(filter(None, (self.prompt or self.script.caption.global_caption.storyline, self.hint)))


@dataclass(slots=True)
class Anew:
    """What was written anew.

    Attributes:
        operations: what is to be done.
        by: path → the agent whose words stand there now.
        notes: what stays and why, in sentences.
    """

    operations: list[Operation] = field(default_factory=list)
    by: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def write_anew(
    part: str, source: Source, session: LlmSession, progress: Callable[[str, str], None] | None = None
) -> Anew:
    """Writes one part anew.

    Raises:
        UsageError: if there is no such part or field, or nothing of it is left to write.
        BackendError: if the model cannot be used.
    """
    kind = part[:1]
    caption = source.script.caption
    ids = [
        *(s.id for s in caption.shots),
        *(line.id for line in caption.dialogue),
        *(role.id for role in caption.roles),
    ]
    if part not in ids:
        have = ", ".join(ids)
        raise UsageError(f"What is written anew must be a shot, a line or a role ({have}), got {part!r}.")
    unknown = sorted(source.keep - {*FIELDS[kind], *_PATHS.values(), "setting", "title"})
    if unknown:
        raise UsageError(f"Of {part} these can be kept: {', '.join(FIELDS[kind])}; got {unknown[0]!r}.")
    writer = _Writer(part, source, session, progress or _quiet)
    {"S": writer.shot, "L": writer.line, "C": writer.role}[kind]()
    return writer.made


class _Writer:
    def __init__(self, part: str, source: Source, session: LlmSession, progress: Callable[[str, str], None]) -> None:
        self._part, self._source, self._session, self._progress = part, source, session, progress
        self._caption = source.script.caption
        self._facts: Facts | None = read_facts(source.prompt, None) if source.prompt else None
        self.made = Anew()

    # What stays.

    def _stays(self, name: str, path: str) -> bool:
        """Whether a field is kept or locked; what is locked is told."""
        if name in self._source.keep or path.rsplit(".", 1)[-1] in self._source.keep:
            return True
        held = next(
            (
                lock
                for lock in self._source.script.locks
                if path == lock or path.startswith(f"{lock}.") or lock.startswith(f"{path}.")
            ),
            None,
        )
        if held is not None:
            self.made.notes.append(f"{self._part}.{name} is locked and stays.")
        return held is not None

    def _entries(self, where: str, *fates: Fate) -> list[LedgerEntry]:
        return [entry for entry in self._source.ledger if entry.where == where and entry.outcome in fates]

    def _is_persons(self, path: str) -> bool:
        """Whether a field holds what the person said in the prompt or set by hand."""
        own = self._entries(path, Fate.KEPT, Fate.ALTERED)
        made = self._entries(path, Fate.ADDED)
        if not self._source.ledger:
            return not self._source.prompt
        return bool(own) or any(entry.by == "you" for entry in made)

    def _put(self, operation: Operation, agent: str, *paths: str) -> None:
        why = tried(self._source.script, [operation])
        if why is not None:
            self.made.notes.append(f"{self._part}: {why}.")
            return
        self.made.operations.append(operation)
        self.made.by.update(dict.fromkeys(paths, agent))

    def _ask(self, agent: str, context: Context, fields: dict[str, Any], tokens: int, attempt: int) -> dict[str, Any]:
        if not self._session.available or not fields:
            return {}
        answer = self._session.ask(
            question(agent, f"anew.{self._part}", context, fields, max_tokens=tokens, attempt=attempt)
        )
        return dict(answer.data) if answer is not None else {}

    # A shot.

    def shot(self) -> None:
        """New detail, sound and camera for one shot."""
        agent = "narrative_refiner"
        shot = self._caption.shot(self._part)
        where = f"shots.{shot.id}"
        own, detail = self._own_and_detail(shot)
        sound = next((each for each in shot.sounds if not self._is_persons(f"{where}.sounds.{each.id}")), None)
        moves = self._movements(shot, own)
        action_stays = self._stays("action", f"{where}.action")
        sound_stays = self._stays("sounds", f"{where}.sounds")
        camera_stays = self._stays("camera", f"{where}.camera") or self._is_persons(f"{where}.camera") or not moves
        problems: tuple[str, ...] = ()
        new: dict[str, Any] = {}
        if self._session.available:
            self._progress(agent, f"writing {self._part} anew")
        for attempt in range(_ATTEMPTS):
            context = self._shot_context(shot, own, moves, problems)
            fields = (
                {}
                if action_stays or "detail" in new or not context.focus
                else {"detail": text_field(DETAIL_CHARACTERS)}
            )
            if sound is not None and not sound_stays and "sound" not in new:
                fields["sound"] = text_field(60)
            if not camera_stays and len(moves) > 1 and "movement" not in new:
                fields["movement"] = {"type": "string", "enum": list(moves)}
            answer = self._ask(agent, context, fields, 120, attempt)
            found = self._accepted(answer, shot, own, detail, sound.text if sound is not None else "")
            new |= found[0]
            problems = tuple(item.message for item in found[1])
            if not problems or not answer:
                break
        self._turned_down(problems)
        if "detail" in new:
            text = f"{own}{_stop(own)}{new['detail'][:1].upper()}{new['detail'][1:]}"
            self._put(SetText(path=f"{where}.action", text=text), agent, f"{where}.action")
        if sound is not None and not sound_stays:
            text, by = (new["sound"], agent) if "sound" in new else (self._other_sound(shot, own, sound.text), "code")
            if text:
                self._put(
                    SetText(path=f"{where}.sounds.{sound.id}.text", text=text), by, f"{where}.sounds.{sound.id}.text"
                )
        if not camera_stays:
            move, by = (new["movement"], agent) if "movement" in new else (moves[0], "code")
            self._put(SetCamera(shot=shot.id, movement=move), by, f"{where}.camera.movement")
        if not self.made.operations:
            self._nothing(
                f"{shot.id} holds the person's own words, and nothing else that can be written in another way"
            )

    def _own_and_detail(self, shot: Shot) -> tuple[str, str]:
        """A shot's action as the person told it, and what an agent has put behind it."""
        action = shot.action
        for entry in self._entries(f"shots.{shot.id}.action", Fate.ADDED):
            if entry.kind in ("detail", "action") and entry.by != "you" and entry.text:
                at = action.casefold().rfind(entry.text.casefold())
                if at > 0:
                    return action[:at].rstrip(), entry.text
        told = self._entries(f"shots.{shot.id}.action", Fate.KEPT)
        regenerated = next(
            (entry for entry in self._entries(f"shots.{shot.id}.action", Fate.ADDED) if entry.by != "you"), None
        )
        if regenerated is not None and told:
            plain = told[-1].text.strip().rstrip(".!?")
            at = action.casefold().find(plain.casefold())
            if at >= 0:
                end = at + len(plain)
                end += 1 if action[end : end + 1] in {".", "!", "?"} else 0
                return action[:end].rstrip(), action[end:].strip()
        return action, ""

    def _movements(self, shot: Shot, own: str) -> list[str]:
        said = camera_words(own)
        if said.movement is not None:
            return []
        speaks = any(line.interval.overlaps(shot.interval) for line in self._caption.dialogue)
        number, count = self._caption.shots.index(shot), len(self._caption.shots)
        fitting = [str(move) for move in fitting_movements(own, speaks=speaks, number=number, count=count)]
        return [move for move in fitting if move != shot.camera.movement]

    def _shot_context(self, shot: Shot, own: str, moves: Sequence[str], problems: tuple[str, ...]) -> ShotContext:
        shots = self._caption.shots
        number = shots.index(shot)
        who = " and ".join(self._caption.role(role).name for role in shot.roles[:2])
        objects = objects_of(own, [role.name for role in self._caption.roles])
        small = self._session.small
        focus = (
            f"the {objects[-1]}"
            if small and objects
            else f"the light on {who or 'the place'} and the things right beside"
        )
        return ShotContext(
            story=self._story(),
            language=self._caption.language,
            number=number + 1,
            count=len(shots),
            event=own.rstrip("."),
            setting=shot.setting,
            focus=focus,
            movements=tuple(moves),
            spoken=tuple(part.line.text for part in self._caption.lines_in(shot)),
            later=tuple(later.action for later in shots[number + 1 :]),
            hint=self._source.hint,
            problems=problems,
        )

    def _accepted(
        self, answer: dict[str, Any], shot: Shot, own: str, detail: str, sound: str
    ) -> tuple[dict[str, Any], list[Diagnostic]]:
        """What of an answer keeps its contracts and is another than before, and what is wrong with the rest."""
        kept: dict[str, Any] = {}
        wrong: list[Diagnostic] = []
        language = self._caption.language
        if new := str(answer.get("detail", "")).strip():
            found = self._detail_problems(new, shot, own, language)
            if detail and similarity(new, detail) > 0.7:
                found.append(problem("unchanged", "It says what the old one said. Show something else.", shot.id))
            kept |= {} if found else {"detail": new}
            wrong += found
        if new := str(answer.get("sound", "")).strip().rstrip(" .,;"):
            found = check_sound(
                new, path=f"shots.{shot.id}.sounds", prompt=self._known(), action=own, setting=shot.setting,
                examples=EXAMPLES, language=language,
            )  # fmt: skip
            if new.casefold() == sound.casefold():
                found.append(problem("unchanged", "It must be another sound than before.", shot.id))
            kept |= {} if found else {"sound": new}
            wrong += found
        if "movement" in answer:
            kept["movement"] = answer["movement"]
        return kept, wrong

    def _detail_problems(self, new: str, shot: Shot, own: str, language: str) -> list[Diagnostic]:
        path, caption = f"shots.{shot.id}.action", self._caption
        cast = [role.name for role in caption.roles]
        genders = {"she": Gender.FEMALE, "he": Gender.MALE, "": Gender.UNKNOWN}
        found = check_detail(
            new,
            path=path,
            prompt=self._known(),
            event=own,
            later=[later.action for later in caption.shots[caption.shots.index(shot) + 1 :]],
            others=[other.action for other in caption.shots if other is not shot],
            cast=cast,
            genders=[genders[gender_of(caption.role(role))] for role in shot.roles],
            examples=EXAMPLES,
            language=language,
        )
        looks = [caption.role(role).appearance for role in shot.roles]
        if looks and language == "en":
            found += check_look(new, path=path, looks=looks, prompt=self._known())
        if language == "en" and self._session.small:
            found += check_things(new, path=path, known=" ".join([self._known(), shot.setting, *looks]))
            found += check_place_alone(new, path=path, cast=cast)
            found += check_object(new, objects_of(own, cast), path=path)
        return found

    def _other_sound(self, shot: Shot, own: str, now: str) -> str:
        """The sound that code knows behind the one that is heard now; empty where it knows no other."""
        if self._caption.language != "en":
            return ""
        known = sounds_of_action(own, shot.setting)
        if now not in known:
            return known[0] if known else ""
        return known[(known.index(now) + 1) % len(known)] if len(known) > 1 else ""

    # A line.

    def line(self) -> None:
        """Another manner and time for one line; its words stay, unless a model wrote them."""
        line = next(each for each in self._caption.dialogue if each.id == self._part)
        where = f"dialogue.{line.id}"
        clause = f"{line.id}: {self._source.hint}" if self._source.hint else f"{line.id} in another manner"
        ask = Ask(clause, scope_of(clause, self._caption), self._source.script, "", self._session.small)
        by_model = any(entry.by == "editor" for entry in self._entries(f"{where}.text", Fate.ADDED))
        kinds: list[tuple[str, Any, str]] = []
        if by_model and not self._stays("words", f"{where}.text"):
            kinds.append(("words", Words(), f"{where}.text"))
        elif "words" not in self._source.keep:
            self.made.notes.append(f"The words of {line.id} are a person's and stay.")
        told = self._facts is not None and any(
            quote.text == line.text and quote.delivery and quote.delivery == line.delivery
            for quote in self._facts.quotes
        )
        if not told and not self._stays("delivery", f"{where}.delivery") and not self._is_persons(f"{where}.delivery"):
            kinds.append(("delivery", Delivery(), f"{where}.delivery"))
        for name, kind, path in kinds:
            value = self._worded(kind, ask, name) if self._session.available else None
            if value is not None:
                self._put(kind.operations(ask, kind.task(ask, line.id), value)[0], "narrative_refiner", path)
        if not self._stays("times", f"{where}.interval") and not self._is_persons(f"{where}.start_ms"):
            self._retime(line)
        if not self.made.operations:
            self._nothing(f"{line.id} is said as its words need, and a person has fixed the rest")

    def _worded(self, kind: Any, ask: Any, name: str) -> Any:
        self._progress("narrative_refiner", f"writing the {name} of {self._part} anew")
        value, problems = ask_new(kind, ask, kind.task(ask, self._part), self._session, f"anew.{self._part}")
        self._turned_down(problems)
        return value

    def _retime(self, line: Any) -> None:
        """As long as the words need at a natural pace, in the middle of the time that is free in the line's shot."""
        shot = self._caption.shot_at(line.start_ms)
        others = [each for each in self._caption.dialogue if each.id != line.id]
        low = max([shot.start_ms, *(each.end_ms for each in others if each.end_ms <= line.start_ms)])
        high = min([shot.end_ms, *(each.start_ms for each in others if each.start_ms >= line.end_ms)])
        length = min(natural_ms(line.text, line.language), high - low)
        start = low + (high - low - length) // 2 // 100 * 100
        paths = (f"dialogue.{line.id}.start_ms", f"dialogue.{line.id}.end_ms")
        if (start, start + length) != (line.start_ms, line.end_ms) and length > 0:
            self._put(RetimeLine(line=line.id, start_ms=start, end_ms=start + length), "code", *paths)

    # A role.

    def role(self) -> None:
        """New looks behind the person's own words, and a new voice."""
        agent = "identity_aligner"
        role = self._caption.role(self._part)
        where = f"roles.{role.id}"
        fact = None
        if self._facts is not None:
            ids = role_ids(self._facts)
            fact = next((each for each in self._facts.roles if ids[each.key] == role.id), None)
        names = {"appearance": "looks", "voice": "voice"}
        free = [
            field
            for field, name in names.items()
            if not self._stays(name, f"{where}.{field}")
            and not (fact is not None and field == "voice" and fact.voice)
            and not any(entry.by == "you" for entry in self._entries(f"{where}.{field}", Fate.ADDED))
            and not role.reference.is_bound
        ]
        if not free:
            self._nothing(f"the looks and the voice of {role.id} are a person's or kept")
        if not self._session.available:
            self._nothing(f"without a language model there is one wording for {role.id}")
        own = appearance_of(fact, self._facts) if fact is not None else ""
        gender = {Gender.FEMALE: "female", Gender.MALE: "male"}.get(fact.gender, "") if fact is not None else ""
        told = RoleContext(
            role.id, role.name, fact.mention if fact is not None else role.appearance or role.name, gender
        )
        bounds = {"appearance": (30, 150), "voice": (14, 80)}
        problems: list[str] = []
        wanted = list(free)
        self._progress(agent, f"writing {role.id} anew")
        for attempt in range(_ATTEMPTS):
            fields = {name: text_field(bounds[name][1]) for name in wanted}
            nested = {"type": "object", "properties": fields, "required": wanted, "additionalProperties": False}
            context = CastContext(self._story(), self._caption.language, (told,), self._source.hint)
            answer = self._ask(agent, context, {role.id: nested}, 130, attempt).get(role.id, {})
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
                self._put(SetText(path=f"{where}.{name}", text=text[:1].upper() + text[1:]), agent, f"{where}.{name}")
            if not wanted or not answer:
                break
        self._turned_down(problems)
        if not self.made.operations:
            self._nothing(f"the model has found no other words for {role.id} that can be used")

    def _role_problems(self, text: str, name: str, bound: tuple[int, int], role: Any, fact: Any) -> list[Diagnostic]:
        path = f"roles.{role.id}.{name}"
        found = check_descriptor(
            text, path=path, prompt=self._known(), words=bound[0], examples=EXAMPLES, characters=bound[1]
        )
        if fact is not None:
            found += check_gender(text, fact.gender, path=path)
            if name == "appearance" and not fact.person:
                found += check_animal(text, path=path, prompt=self._known(), name=role.name)
        if similarity(text, getattr(role, name)) > 0.85:
            found.append(problem("unchanged", "It must differ from how it is now.", path))
        return found

    # What the parts share.

    def _turned_down(self, problems: Sequence[str]) -> None:
        if problems:
            self.made.notes.append(f"Words of the model for {self._part} were not used: {problems[0]}")

    def _story(self) -> str:
        return self._source.prompt or self._caption.global_caption.storyline

    def _known(self) -> str:
        names: Iterable[str] = (role.name for role in self._caption.roles)
        return " ".join([self._source.told, *names])

    def _nothing(self, why: str) -> None:
        if (lost := lost_model(self._session)) is not None:
            raise BackendError(lost)
        kept = f" Kept: {', '.join(sorted(self._source.keep))}." if self._source.keep else ""
        notes = " ".join(dict.fromkeys(self.made.notes))
        also = "" if self._session.available else " With a language model (--llm) there may be more."
        raise UsageError(f"{self._part} was not written anew: {why}.{kept}{' ' + notes if notes else ''}{also}")


def _quiet(agent: str, what: str) -> None:
    del agent, what


def _adds(own: str, text: str) -> bool:
    return bool(own) and own.split(",")[0].casefold() not in text.casefold()


def _stop(text: str) -> str:
    return " " if text[-1] in ".!?。！？" else "。" if "\u4e00" <= text[-1] <= "\u9fff" else ". "
