"""Ovi 1.0 and 1.1: one prompt a shot, speech between ``<S>`` and ``<E>``, as the CSV that its ``inference.py`` reads.

1.0   The baker sighs. Mara says, <S>You forgot it.<E> <AUDCAP>Mara's voice is low; rain.<ENDAUDCAP>
1.1   The baker sighs. Mara says, <S>You forgot it.<E> Audio: Mara's voice is low; rain.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mavin.caption import HierarchicalCaption
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import Call, calls_of, parted
from mavin.formats.targets.fitting import Piece, Rank, fit, join, tokens, within
from mavin.formats.targets.phrases import called, forbid, inner, quality, sentence
from mavin.formats.targets.records import REASONS, SEEN, SPOKEN
from mavin.formats.targets.telling import Said, Telling, tell, untold
from mavin.frames import FPS
from mavin.interval import format_seconds

__all__ = ["FORMATS"]


@dataclass(frozen=True, slots=True)
class _Version:
    title: str
    models: tuple[tuple[str, int], ...]
    """Its weights by the name that its configuration gives them, with the frames that they make, shortest first."""
    audio: Callable[[str], str]


def _writer(version: _Version) -> Callable[[FilmScript], Written]:
    def write(script: FilmScript) -> Written:
        caption = script.caption
        forbid(caption, _MARKS, version.title)
        longest = version.models[-1][1] * 1000 // FPS
        calls = calls_of(caption, version.title, longest_ms=longest, most_shots=1)
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(["text_prompt"])
        losses: list[Loss] = []
        for call in calls:
            prompt, lost = _prompt(caption, call, version)
            rows.writerow([prompt])
            losses += lost
        losses += _lengths(calls, version)
        losses += parted(caption, calls, f"{version.title} makes one shot in one go")
        losses += untold(caption, with_sound=True)
        return Written(table.getvalue().encode(), tuple(losses))

    return write


def _speech(said: Said) -> str:
    return f"{said.opening} says, <S>{said.line.text}<E>"


def _prompt(caption: HierarchicalCaption, call: Call, version: _Version) -> tuple[str, tuple[Loss, ...]]:
    """One shot's row: what is seen and said, then everything that is heard."""
    (shot,) = call.shots
    head = caption.global_caption
    pieces = (
        *within("picture", tell(caption, call, shot, Telling(_speech, sound=None, voices=False, apart=True))),
        Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE, "picture"),
        *within("sound", _sounds(caption, call)),
    )

    def render(kept: Sequence[Piece]) -> str:
        heard = join(kept, "sound", "; ")
        return f"{join(kept, 'picture')} {version.audio(f'{heard}.')}" if heard else join(kept, "picture")

    kept, losses = fit(pieces, tokens(512), title=version.title, of=shot.id, path=f"shots.{shot.id}", render=render)
    return render(kept), losses


def _sounds(caption: HierarchicalCaption, call: Call) -> Iterator[Piece]:
    """Voices, sounds and ambience of one shot, without stops."""
    (shot,) = call.shots
    for name in dict.fromkeys(line.role for line in call.lines):
        role = caption.role_in_shot(name, shot)
        if role.voice:
            yield Piece(
                f"{called(caption, role)}'s voice is {quality(role.voice)}", f"roles.{name}.voice", Feature.VOICES
            )
    for sound in shot.sounds:
        yield Piece(inner(sound.text), f"shots.{shot.id}.sounds.{sound.id}", Feature.SOUNDS, Rank.SOUNDS)
    yield Piece(inner(caption.global_caption.ambience), "global_caption.ambience", Feature.AMBIENCE, Rank.AMBIENCE)


_MARKS = r"</?(?:S|E|AUDCAP|ENDAUDCAP)>|\bAudio:"


def _lengths(calls: tuple[Call, ...], version: _Version) -> Iterator[Loss]:
    """A shot is made in one of few lengths; how many frames of it the film needs."""
    # All rows of a file are made by the same weights, so the longest shot decides.
    longest = max(call.duration_ms for call in calls)
    name, frames = next((name, count) for name, count in version.models if count * 1000 >= longest * FPS)
    for call in calls:
        shot = call.shots[0]
        if frames * 1000 != call.duration_ms * FPS:
            made = format_seconds(round(frames * 1000 / FPS))
            what = f"{shot.id} is made {made} s long, not {format_seconds(call.duration_ms)} s: keep its beginning"
            yield Loss(LossKind.ROUNDED, f"shots.{shot.id}.end_ms", what, f"model_name {name} makes {frames} frames")


_SOURCE = "README, example_prompts and ovi_fusion_engine.py of the makers' repository character-ai/Ovi"
_CARRIES = SEEN | SPOKEN
_COMMON = (
    ("shots", "one a prompt; one row a shot"),
    ("text", "at most 512 tokens a prompt"),
    ("speech", "<S>words<E>"),
    ("references", "none; an image can only be the first frame"),
)
_WHY = {
    **REASONS,
    Feature.SHOT_TIMES: "each shot is made by itself and cut to length afterwards",
    Feature.ASPECT: "it stands in the configuration, as video_frame_height_width",
}

FORMATS = (
    Format(
        name="ovi-1.0",
        title="Ovi 1.0",
        kind=Kind.MODEL,
        suffix=".csv",
        media_type="text/csv",
        about="The file for text_prompt in Ovi's configuration, one shot a row; Ovi 1.0 takes its sound between "
        "<AUDCAP> and <ENDAUDCAP>.",
        carries=_CARRIES,
        write=_writer(_Version("Ovi 1.0", (("720x720_5s", 121),), lambda text: f"<AUDCAP>{text}<ENDAUDCAP>")),
        reasons=_WHY,
        one_clip=True,
        facts=(("length", "121 frames at 24 a second (5.042 s)"), *_COMMON, ("sound", "<AUDCAP>…<ENDAUDCAP>")),
        source=_SOURCE,
    ),
    Format(
        name="ovi-1.1",
        title="Ovi 1.1",
        kind=Kind.MODEL,
        suffix=".csv",
        media_type="text/csv",
        about="The file for text_prompt in Ovi's configuration, one shot a row; Ovi 1.1 takes its sound behind "
        "“Audio:” at the very end.",
        carries=_CARRIES,
        write=_writer(
            _Version("Ovi 1.1", (("960x960_5s", 121), ("960x960_10s", 241)), lambda text: f"Audio: {text}")
        ),
        reasons=_WHY,
        one_clip=True,
        facts=(
            ("length", "121 or 241 frames at 24 a second (5.042 or 10.042 s)"),
            *_COMMON,
            ("sound", "Audio: … at the very end"),
        ),
        source=_SOURCE,
    ),
)  # fmt: skip
