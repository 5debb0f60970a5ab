"""Changes of the whole and of what is heard: style, ambience, title, voices, sounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mavin.caption import MIN_SOUND_MS
from mavin.diagnostics import Diagnostic
from mavin.edits import AddSound, DeleteSound, Operation, SetText
from scripting.contracts import check_ambience, check_descriptor, check_sound, content_stems, problem
from scripting.editor.kinds import Ask, Impossible, Kind, Task, quoted_in, unchanged
from scripting.editor.picture_kinds import shots_of
from scripting.editor.topics import Topic

__all__ = ["Ambience", "NoSound", "Sound", "Style", "Title", "Voice"]


class _Whole(Kind):
    path = ""
    subject = ""
    wish = ""
    words = 14

    def targets(self, ask: Ask) -> Sequence[str]:
        """The clip."""
        self.free(ask, [""])
        return [""]

    def _old(self, ask: Ask) -> str:
        field = self.path.rsplit(".", 1)[-1]
        return ask.caption.title if field == "title" else str(getattr(ask.caption.global_caption, field))

    def task(self, ask: Ask, target: str) -> Task:
        """New words for it; the person's own where they stand in quotation marks."""
        told = quoted_in(ask.clause)
        schema = None if told else {"type": "string", "minLength": 2, "maxLength": 90}
        return Task(
            self.topic, "", self.subject, self._old(ask), self.wish, schema, told[0] if told else self.own(ask.clause)
        )

    def own(self, clause: str) -> str | None:
        """The person's own words for it, where a clause holds them plainly; they stand where a model fails."""
        del clause
        return None

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """A phrase, other than now."""
        if task.schema is None:
            return []
        found = check_descriptor(value, path=self.path, prompt=ask.told, words=self.words, characters=90)
        found += unchanged(value, task.old, self.path)
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """Without a stop; the person's own words as they are."""
        return value if task.schema is None else str(value).strip().rstrip(".")

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The clip with it."""
        return [SetText(path=self.path, text=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The field."""
        return [re.escape(self.path)]

    def fields(self, target: str) -> Sequence[str]:
        """The same."""
        return [self.path]


class Style(_Whole):
    """The look of the picture."""

    topic = Topic.STYLE
    path = "global_caption.style"
    subject = "the look of the whole picture"
    wish = "the look in one phrase of at most 10 words: colours, light, focus or medium"

    def own(self, clause: str) -> str | None:
        """ "it should look like an old film" → like an old film."""
        like = re.search(r"\b(like|in the style of|as) ((?:an?|the|old|in) .+?)$", clause.strip(" .!"), re.IGNORECASE)
        if like is not None and len(like[2].split()) <= 10:
            return f"{like[1].lower()} {like[2]}"
        plain = re.search(r"\bblack[- ]and[- ]white\b|\bsepia\b|\bwatercolou?r\b|\bfilm noir\b", clause, re.IGNORECASE)
        return plain[0].lower() if plain is not None else None


class Ambience(_Whole):
    """The bed of sound."""

    topic = Topic.AMBIENCE
    path = "global_caption.ambience"
    subject = "the background sound of the whole film"
    wish = "what is heard all the time, in one phrase of at most 8 words; no people, no music"

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """A phrase for something that is heard."""
        found = super().check(ask, task, value)
        if task.schema is not None and not found:
            setting = ask.caption.shots[0].setting
            found += check_ambience(
                value, path=self.path, prompt=ask.told, setting=setting, language=ask.caption.language
            )
        return found


class Title(_Whole):
    """The title."""

    topic = Topic.TITLE
    path = "title"
    subject = "the title of the film"
    wish = "a title of at most 6 words"
    words = 7


class Voice(Kind):
    """What a role's voice is like."""

    topic = Topic.VOICE
    choosing = True

    def targets(self, ask: Ask) -> Sequence[str]:
        """Who is named, else everybody."""
        return self.free(ask, ask.scope.roles or [role.id for role in ask.caption.roles])

    def task(self, ask: Ask, target: str) -> Task:
        """The voice in new words."""
        role = ask.caption.role(target)
        return Task(
            self.topic, target, f"the voice of {role.name}", role.voice,
            "the voice in one phrase of at most 8 words: its pitch and its manner",
            {"type": "string", "minLength": 2, "maxLength": 80},
        )  # fmt: skip

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """A phrase, other than now."""
        path = f"roles.{task.target}.voice"
        found = check_descriptor(value, path=path, prompt=ask.told, words=14, characters=80)
        found += unchanged(value, task.old, path)
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """Without a stop."""
        return str(value).strip().rstrip(".")

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The role with its new voice."""
        return [SetText(path=f"roles.{task.target}.voice", text=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The voice."""
        return [rf"roles\.{target}\.voice"]

    def fields(self, target: str) -> Sequence[str]:
        """The same."""
        return [f"roles.{target}.voice"]


class Sound(Kind):
    """A sound more."""

    topic = Topic.SOUND
    choosing = True

    def targets(self, ask: Ask) -> Sequence[str]:
        """The shots that are named, else all."""
        return self.free(ask, [shot.id for shot in shots_of(ask)])

    def task(self, ask: Ask, target: str) -> Task:
        """The sound in a few words; the person's own where they are plain."""
        shot = ask.caption.shot(target)
        told = quoted_in(ask.clause)
        own = told[0] if told else _sound_named(ask.clause)
        schema = None if told or (own and ask.small) else {"type": "string", "minLength": 3, "maxLength": 60}
        return Task(
            self.topic, target, f"a sound in shot {target}, in which {shot.action}", "",
            "the sound in at most 5 words, such as “rain on stone”", schema, own,
        )  # fmt: skip

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """A sound that was asked for."""
        path = f"shots.{task.target}.sounds"
        if task.schema is None:
            return []
        found = check_sound(value, path=path, prompt=ask.told)
        own = _sound_named(ask.clause)
        if own and not content_stems(own) & content_stems(value):
            found.append(problem("not_done", f"It must be {own!r}.", path))
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """Without a stop."""
        return str(value).strip().rstrip(".")

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The sound from the shot's beginning, at most 1.5 s long."""
        shot = ask.caption.shot(task.target)
        length = max(min(1500, shot.interval.duration_ms), MIN_SOUND_MS)
        return [AddSound(start_ms=shot.start_ms, end_ms=shot.start_ms + length, text=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The shot's sounds."""
        return [rf"shots\.{target}\.sounds(?:\[\]|\..*)"]

    def fields(self, target: str) -> Sequence[str]:
        """The same."""
        return [f"shots.{target}.sounds"]


def _sound_named(clause: str) -> str | None:
    """ "add distant thunder to shot 3" → distant thunder."""
    found = re.search(
        r"\b(?:add|play|put in|hear|with)\s+(?:the\s+|a\s+|an\s+|some\s+)?(?:sounds?\s+of\s+)?"
        r"(?:the\s+|a\s+|an\s+|some\s+)?"
        r"(.+?)(?:\s+(?:to|in|into|at|during|when|while|over|under)\b.*)?$",
        clause.strip(" .!"),
        re.IGNORECASE,
    )
    if found is None:
        return None
    words = re.sub(r"\b(?:sounds?|noises?)\b", "", found[1]).strip()
    return words if words and len(words.split()) <= 5 else None


class NoSound(Kind):
    """A sound less: those that are named by their words, or all of the shots that are named."""

    topic = Topic.NO_SOUND

    def targets(self, ask: Ask) -> Sequence[str]:
        """The sounds."""
        shots = shots_of(ask)
        wanted = content_stems(ask.clause)
        every = {sound.id: sound for shot in shots for sound in shot.sounds}
        named = [name for name, sound in every.items() if wanted & content_stems(sound.text)]
        if not named and ask.scope.is_empty:
            have = "; ".join(f"{name} {sound.text}" for name, sound in every.items()) or "there is none"
            raise Impossible(f"no sound of that name is heard ({have})")
        found = named or list(every)
        if not found:
            raise Impossible("nothing is heard there")
        return self.free(ask, found)

    def task(self, ask: Ask, target: str) -> Task:
        """Nothing is left to ask."""
        return Task(self.topic, target, f"sound {target}", value=True)

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """Without the sound."""
        return [DeleteSound(sound=task.target)]

    def paths(self, target: str) -> Sequence[str]:
        """The sound, in whatever shot it is."""
        return [rf"shots\.S\d+\.sounds(?:\[\]|\.{target}\..*)"]
