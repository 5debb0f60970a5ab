"""A shot written anew: the detail behind the person's own clause, the agents' sounds, the camera."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mavin.caption import Shot
from mavin.diagnostics import Diagnostic
from mavin.edits import SetCamera, SetText
from mavin.facts import Gender
from mavin.facts.film import camera_words
from mavin.ledger import Fate
from prompts import ShotContext
from scripting.agents.asking import EXAMPLES, text_field
from scripting.anew.writer import ATTEMPTS, Writer, stop
from scripting.contracts import check_sound, problem, similarity
from scripting.editor.scope import gender_of
from scripting.plausible import fitting_movements
from scripting.sentences import DETAIL_CHARACTERS, check_detail, check_look
from scripting.sounds import sounds_of_action
from scripting.things import check_object, check_place_alone, check_things, objects_of

__all__ = ["ShotWriter"]


class ShotWriter(Writer):
    """The narrative refiner's part."""

    def write(self) -> None:
        """New detail, sound and camera for one shot."""
        agent = "narrative_refiner"
        shot = self.caption.shot(self.part)
        where = f"shots.{shot.id}"
        own, detail = self._own_and_detail(shot)
        sound = next((each for each in shot.sounds if not self.is_persons(f"{where}.sounds.{each.id}")), None)
        moves = self._movements(shot, own)
        action_stays = self.stays("action", f"{where}.action")
        sound_stays = self.stays("sounds", f"{where}.sounds")
        camera_stays = self.stays("camera", f"{where}.camera") or self.is_persons(f"{where}.camera") or not moves
        problems: tuple[str, ...] = ()
        new: dict[str, Any] = {}
        if self.session.available:
            self.progress(agent, f"writing {self.part} anew")
        for attempt in range(ATTEMPTS):
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
            answer = self.ask(agent, context, fields, 120, attempt)
            found = self._accepted(answer, shot, own, detail, sound.text if sound is not None else "")
            new |= found[0]
            problems = tuple(item.message for item in found[1])
            if not problems or not answer:
                break
        self.turned_down(problems)
        if "detail" in new:
            text = f"{own}{stop(own)}{new['detail'][:1].upper()}{new['detail'][1:]}"
            self.put(SetText(path=f"{where}.action", text=text), agent, f"{where}.action")
        if sound is not None and not sound_stays:
            text, by = (new["sound"], agent) if "sound" in new else (self._other_sound(shot, own, sound.text), "code")
            if text:
                self.put(
                    SetText(path=f"{where}.sounds.{sound.id}.text", text=text), by, f"{where}.sounds.{sound.id}.text"
                )
        if not camera_stays:
            move, by = (new["movement"], agent) if "movement" in new else (moves[0], "code")
            self.put(SetCamera(shot=shot.id, movement=move), by, f"{where}.camera.movement")
        if not self.made.operations:
            self.nothing(f"{shot.id} holds the person's own words, and nothing else that can be written in another way")

    def _own_and_detail(self, shot: Shot) -> tuple[str, str]:
        """A shot's action as the person told it, and what an agent has put behind it."""
        action = shot.action
        for entry in self.entries(f"shots.{shot.id}.action", Fate.ADDED):
            if entry.kind in ("detail", "action") and entry.by != "you" and entry.text:
                at = action.casefold().rfind(entry.text.casefold())
                if at > 0:
                    return action[:at].rstrip(), entry.text
        told = self.entries(f"shots.{shot.id}.action", Fate.KEPT)
        regenerated = next(
            (entry for entry in self.entries(f"shots.{shot.id}.action", Fate.ADDED) if entry.by != "you"), None
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
        speaks = any(line.interval.overlaps(shot.interval) for line in self.caption.dialogue)
        number, count = self.caption.shots.index(shot), len(self.caption.shots)
        fitting = [str(move) for move in fitting_movements(own, speaks=speaks, number=number, count=count)]
        return [move for move in fitting if move != shot.camera.movement]

    def _shot_context(self, shot: Shot, own: str, moves: Sequence[str], problems: tuple[str, ...]) -> ShotContext:
        shots = self.caption.shots
        number = shots.index(shot)
        who = " and ".join(self.caption.role(role).name for role in shot.roles[:2])
        objects = objects_of(own, [role.name for role in self.caption.roles])
        small = self.session.small
        focus = (
            f"the {objects[-1]}"
            if small and objects
            else f"the light on {who or 'the place'} and the things right beside"
        )
        return ShotContext(
            story=self.story(),
            language=self.caption.language,
            number=number + 1,
            count=len(shots),
            event=own.rstrip("."),
            setting=shot.setting,
            focus=focus,
            movements=tuple(moves),
            spoken=tuple(part.line.text for part in self.caption.lines_in(shot)),
            later=tuple(later.action for later in shots[number + 1 :]),
            hint=self.source.hint,
            problems=problems,
        )

    def _accepted(
        self, answer: dict[str, Any], shot: Shot, own: str, detail: str, sound: str
    ) -> tuple[dict[str, Any], list[Diagnostic]]:
        """What of an answer keeps its contracts and is another than before, and what is wrong with the rest."""
        kept: dict[str, Any] = {}
        wrong: list[Diagnostic] = []
        language = self.caption.language
        if new := str(answer.get("detail", "")).strip():
            found = self._detail_problems(new, shot, own, language)
            if detail and similarity(new, detail) > 0.7:
                found.append(problem("unchanged", "It says what the old one said. Show something else.", shot.id))
            kept |= {} if found else {"detail": new}
            wrong += found
        if new := str(answer.get("sound", "")).strip().rstrip(" .,;"):
            found = check_sound(
                new, path=f"shots.{shot.id}.sounds", prompt=self.known(), action=own, setting=shot.setting,
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
        path, caption = f"shots.{shot.id}.action", self.caption
        cast = [role.name for role in caption.roles]
        genders = {"she": Gender.FEMALE, "he": Gender.MALE, "": Gender.UNKNOWN}
        found = check_detail(
            new,
            path=path,
            prompt=self.known(),
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
            found += check_look(new, path=path, looks=looks, prompt=self.known())
        if language == "en" and self.session.small:
            found += check_things(new, path=path, known=" ".join([self.known(), shot.setting, *looks]))
            found += check_place_alone(new, path=path, cast=cast)
            found += check_object(new, objects_of(own, cast), path=path)
        return found

    def _other_sound(self, shot: Shot, own: str, now: str) -> str:
        """The sound that code knows behind the one that is heard now; empty where it knows no other."""
        if self.caption.language != "en":
            return ""
        known = sounds_of_action(own, shot.setting)
        if now not in known:
            return known[0] if known else ""
        return known[(known.index(now) + 1) % len(known)] if len(known) > 1 else ""
