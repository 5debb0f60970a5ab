"""A call's shots as pieces of prose, in the way that a model wants to be told them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from mavin.caption import DialogueLine, HierarchicalCaption, Role, Shot
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.targets.calls import Call
from mavin.formats.targets.fitting import Piece, Rank
from mavin.formats.targets.phrases import (
    article,
    called,
    capital,
    framing,
    inner,
    looks,
    manner,
    mentions,
    movement,
    quoted,
    sentence,
)

__all__ = ["CAMERA_NOTE", "GOING_ON", "Said", "Telling", "cast", "events", "listed", "says", "story", "tell", "untold"]

CAMERA_NOTE = "camera note"
GOING_ON = "that a line goes on"


@dataclass(frozen=True, slots=True)
class Said:
    """One line as a prompt needs it.

    Attributes:
        line: the line.
        who: the speaker's name in the prompt.
        manner: voice, delivery and whence; may be empty.
        meanwhile: whether somebody else is still speaking when it begins.
    """

    line: DialogueLine
    who: str
    manner: str
    meanwhile: bool

    @property
    def speaker(self) -> str:
        """``Mara (clear alto, whispering)``."""
        return f"{self.who} ({self.manner})" if self.manner else self.who

    @property
    def opening(self) -> str:
        """The same at the beginning of a sentence, ``At the same time`` before it where that holds."""
        return f"At the same time, {self.speaker}" if self.meanwhile else capital(self.speaker)


def says(said: Said) -> str:
    """``Mara (whispering) says: "Come home."``."""
    return f"{said.opening} says: {quoted(said.line.text)}"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a model wants to be told a shot.

    Attributes:
        speech: a line as a sentence; ``None`` for a model without sound, which is told only who speaks.
        sound: a sound as a sentence; ``None`` for a model without sound.
        name: how a role is called, if not as the script's prose does.
        rename: how names in the script's own prose are replaced.
        looks: whether the shots tell how the roles look; else only where a shot gives somebody another look.
        voices: whether a speaker's voice stands beside the line.
        places: whether every shot says where it is, also one in the place of the shot before.
        apart: whether each shot is a prompt of its own, which has to say again who everybody is.
    """

    speech: Callable[[Said], str] | None = says
    sound: Callable[[str], str] | None = lambda text: sentence(f"We hear: {inner(text)}")
    name: Callable[[Role], str] | None = None
    rename: Callable[[str], str] = lambda text: text
    looks: bool = True
    voices: bool = True
    places: bool = True
    apart: bool = False

    def call(self, caption: HierarchicalCaption, role: Role) -> str:
        """How a role is called in the prompt."""
        return called(caption, role) if self.name is None else self.name(role)


def tell(
    caption: HierarchicalCaption, call: Call, shot: Shot, telling: Telling, *, cut: bool = False
) -> tuple[Piece, ...]:
    """A shot in order: camera, place, people, action, and what is heard in order of time.

    Args:
        caption: the clip.
        call: the call that makes the shot.
        shot: the shot.
        telling: how the model wants it.
        cut: whether the words say that the picture cuts to it.
    """
    at = f"shots.{shot.id}"
    earlier = call.shots[: call.shots.index(shot)]
    camera = f"{framing(shot.camera)}; {movement(shot.camera)}"
    camera = f"Cut to {article(camera)} {camera}" if cut else camera
    found = [
        Piece(sentence(camera), f"{at}.camera", Feature.CAMERA, Rank.CAMERA),
        Piece(telling.rename(sentence(shot.camera.note)), f"{at}.camera.note", CAMERA_NOTE, Rank.NOTE),
    ]
    if telling.places or not earlier or earlier[-1].setting != shot.setting:
        text = telling.rename(sentence(shot.setting))
        later = call.shots[call.shots.index(shot) + 1 :]
        same = () if telling.places else takewhile(lambda other: other.setting == shot.setting, later)
        also = tuple(f"shots.{other.id}.setting" for other in same)
        found.append(Piece(text, f"{at}.setting", Feature.SETTING, Rank.SETTING, also=also))
    found += _people(caption, call, shot, telling)
    found.append(Piece(telling.rename(sentence(shot.action)), f"{at}.action", Feature.ACTION))
    words = telling.rename(f"{shot.action} {shot.camera.note}")
    roles = [caption.role(name) for name in shot.roles]
    unnamed = [
        telling.call(caption, role)
        for role in roles
        if not mentions(words, role.name if telling.name is None else telling.name(role))
    ]
    if unnamed:
        verb = "is" if len(unnamed) == 1 else "are"
        found.append(Piece(f"{capital(listed(unnamed))} {verb} in the picture.", f"{at}.roles", Feature.PRESENCE))
    found += events(caption, call, shot, telling)
    return tuple(piece for piece in found if piece.text)


def _people(caption: HierarchicalCaption, call: Call, shot: Shot, telling: Telling) -> Iterator[Piece]:
    earlier = call.shots[: call.shots.index(shot)]
    for name in shot.roles:
        role = caption.role_in_shot(name, shot)
        text = looks(telling.call(caption, role), role.appearance)
        own = role.appearance == caption.role(name).appearance
        if own and not telling.looks:
            continue
        shown = [caption.role_in_shot(name, other).appearance for other in earlier if name in other.roles]
        if not shown or shown[-1] != role.appearance:
            path = f"roles.{name}.appearance" if own else f"shots.{shot.id}.overrides"
            yield Piece(text, path, Feature.LOOKS if own else Feature.OVERRIDES)
        elif telling.apart:
            yield Piece(text, f"shots.{shot.id}", f"what {role.name} looks like, said again", Rank.LOOKS_AGAIN)


def events(caption: HierarchicalCaption, call: Call, shot: Shot, telling: Telling) -> tuple[Piece, ...]:
    """What is said and heard in a shot, in order of time; for a model without sound, who is seen speaking."""
    at = f"shots.{shot.id}"
    found: list[tuple[int, Piece]] = []
    for line in call.going_on(shot):
        name = telling.call(caption, caption.role(line.role))
        if line.on_screen and line.role in shot.roles:
            text = f"{capital(name)} is still speaking."
        elif telling.speech is not None:
            text = f"{capital(name)} is still heard, off screen."
        else:
            continue
        found.append((shot.start_ms, Piece(text, f"dialogue.{line.id}", GOING_ON)))
    for line in call.begun(shot):
        text = ""
        if telling.speech is not None:
            text = telling.speech(said(caption, call, shot, line, telling))
        elif line.on_screen and line.role in shot.roles:
            text = f"{capital(telling.call(caption, caption.role(line.role)))} speaks."
        found.append((line.start_ms, Piece(text, f"dialogue.{line.id}.text", Feature.LINES)))
    if telling.sound is not None:
        for sound in shot.sounds:
            piece = Piece(telling.sound(sound.text), f"{at}.sounds.{sound.id}", Feature.SOUNDS, Rank.SOUNDS)
            found.append((sound.start_ms, piece))
    return tuple(piece for _, piece in sorted(found, key=lambda event: event[0]) if piece.text)


def said(caption: HierarchicalCaption, call: Call, shot: Shot, line: DialogueLine, telling: Telling) -> Said:
    """A line with its speaker and manner; the voice is told where it is first heard, or has changed."""
    mine = [other for other in call.lines if other.role == line.role]
    before = mine[: mine.index(line)]
    if telling.apart:
        before = [other for other in before if other in call.begun(shot)]
    voice = caption.role_in_shot(line.role, shot).voice
    homes = [next(place for place in call.shots if other in call.begun(place)) for other in before]
    heard = [caption.role_in_shot(line.role, place).voice for place in homes]
    with_voice = telling.voices and (not heard or heard[-1] != voice)
    spoken = manner(caption, shot, line, with_voice=with_voice)
    meanwhile = any(
        other.role != line.role and other.start_ms <= line.start_ms < other.end_ms
        for other in call.lines[: call.lines.index(line)]
    )
    return Said(line, telling.call(caption, caption.role(line.role)), spoken, meanwhile)


def cast(caption: HierarchicalCaption, call: Call, telling: Telling, *, rank: Rank = Rank.KEPT) -> tuple[Piece, ...]:
    """Who is seen in a call, a sentence each, as they usually look."""
    found = []
    for role in caption.roles:
        if any(role.id in shot.roles for shot in call.shots):
            text = looks(telling.call(caption, role), role.appearance)
            found.append(Piece(text, f"roles.{role.id}.appearance", Feature.LOOKS, rank))
    return tuple(piece for piece in found if piece.text)


def listed(names: list[str]) -> str:
    """``Mara``, ``Mara and Ben``, ``Mara, Ben and Ann``."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def story(caption: HierarchicalCaption, calls: Sequence[Call], *, with_sound: bool) -> tuple[str, tuple[Loss, ...]]:
    """The storyline as sentences, or nothing and why, where it would mislead.

    A call for some of the shots would try to tell all of it, and a line that it quotes would be spoken twice.
    """
    storyline = caption.global_caption.storyline
    why = ""
    if len(calls) > 1:
        why = "each call tells its own shots"
    elif with_sound and any(line.text in storyline for line in caption.dialogue):
        why = "it quotes a line, which would be said twice"
    if why:
        return "", (Loss(LossKind.LOST, "global_caption.storyline", Feature.STORYLINE, why),)
    return sentence(storyline), ()


def untold(caption: HierarchicalCaption, *, with_sound: bool) -> Iterator[Loss]:
    """Looks and voices of roles that no prompt has a reason to tell, because nobody sees or hears them.

    Args:
        caption: the clip.
        with_sound: whether the model makes sound, so that voices count.
    """
    speaking = {line.role for line in caption.dialogue} if with_sound else set()
    for role in caption.roles:
        seen = [shot for shot in caption.shots if role.id in shot.roles]
        if not seen and role.id not in speaking:
            yield Loss(LossKind.LOST, f"roles.{role.id}.name", Feature.ROLES, "nobody sees or hears the role")
        shown = {caption.role_in_shot(role.id, shot).appearance for shot in seen}
        if role.appearance and role.appearance not in shown:
            why = "every shot gives another look" if seen else "the role is never in the picture"
            yield Loss(LossKind.LOST, f"roles.{role.id}.appearance", Feature.LOOKS, why)
        if with_sound and role.voice:
            heard = {
                caption.role_in_shot(role.id, caption.shot_at(line.start_ms)).voice
                for line in caption.dialogue
                if line.role == role.id
            }
            if role.voice not in heard:
                why = "every line gives another voice" if role.id in speaking else "the role says nothing"
                yield Loss(LossKind.LOST, f"roles.{role.id}.voice", Feature.VOICES, why)
    for shot in caption.shots:
        for over in shot.overrides:
            look = over.appearance is not None and over.role in shot.roles
            begun = any(line.role == over.role and caption.shot_at(line.start_ms) is shot for line in caption.dialogue)
            voice = over.voice is not None and (begun or not with_sound)
            if (over.appearance is not None and not look) or (over.voice is not None and not voice):
                why = "the role is neither seen nor heard so in that shot"
                yield Loss(LossKind.LOST, f"shots.{shot.id}.overrides", Feature.OVERRIDES, why)
