"""EchoShot: one person in two to six shots, as the arguments of its ``generate.py``.

    --prompt '[1]first shot[2]second shot' --shot_len '10,14' --sample_frames 93

``shot_len`` is proportions of the latents that ``sample_frames`` gives; each shot is decoded by itself, so that L
latents of a shot become 4L − 3 frames.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from mavin.caption import HierarchicalCaption
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript, FormatError
from mavin.formats.targets.calls import whole
from mavin.formats.targets.clock import WAN, apportion, lengths_of, rounded, starts_of
from mavin.formats.targets.fitting import Piece, Rank, fit, join, tokens
from mavin.formats.targets.phrases import forbid, sentence
from mavin.formats.targets.records import SEEN, SILENT
from mavin.formats.targets.telling import Telling, tell, untold

__all__ = ["FORMAT"]

_LEAST_FRAMES, _MOST_FRAMES = 93, 125
"""What its help recommends."""


def _write(script: FilmScript) -> Written:
    caption = script.caption
    if len(caption.shots) < 2:
        raise FormatError(
            'EchoShot makes 2 to 6 shots, got 1. Split it, for example with: mavin edit FILM "split S1", or choose '
            "another target."
        )
    forbid(caption, r"\[\d+\]", "EchoShot")
    prompts = []
    losses: list[Loss] = []
    for shot in caption.shots:
        style = Piece(sentence(caption.global_caption.style), "global_caption.style", Feature.STYLE, Rank.STYLE)
        pieces = (*tell(caption, whole(caption), shot, Telling(None, None, apart=True)), style)
        kept, lost = fit(pieces, tokens(512), title="EchoShot", of=shot.id, path=f"shots.{shot.id}")
        prompts.append(join(kept))
        losses += lost
    latents = _latents(caption)
    frames = WAN.frames_in(sum(latents))
    arguments = {
        "prompt": "".join(f"[{number}]{prompt}" for number, prompt in enumerate(prompts, 1)),
        "shot_len": _proportions(latents),
        "sample_frames": str(frames),
    }
    lines = ['torchrun generate.py "$@"', *(f"    --{name} {shlex.quote(value)}" for name, value in arguments.items())]
    made = starts_of(WAN.frames_in(count) for count in latents)
    why = f"EchoShot makes shots of 4n + 1 frames at {WAN.fps} a second, {_LEAST_FRAMES} to {_MOST_FRAMES} in all"
    losses += rounded(caption.shots, [WAN.time_ms(count) for count in made], why)
    losses += _others(caption)
    losses += untold(caption, with_sound=False)
    return Written((" \\\n".join(lines) + "\n").encode(), tuple(losses))


def _latents(caption: HierarchicalCaption) -> tuple[int, ...]:
    """Latents of each shot: true to the times where the recommended range has room, in proportion where it has not."""
    true = WAN.apart(shot.end_ms for shot in caption.shots)
    least, most = (WAN.latents(WAN.time_ms(frames)) for frames in (_LEAST_FRAMES, _MOST_FRAMES))
    total = min(max(sum(true), least), most)
    return true if total == sum(true) else apportion(lengths_of(caption.shots), total)


def _proportions(latents: tuple[int, ...]) -> str:
    """The numbers that generate.py reads as these latents.

    It cuts ``length / sum × total`` down to whole numbers in floating point, where 15 / 26 × 26 is less than 15; a
    tenth more for all but the last, which gets the rest, is safe.
    """
    total = sum(latents)
    if all(int(count / total * total) == count for count in latents[:-1]):
        return ",".join(map(str, latents))
    tenths = [10 * count + 1 for count in latents[:-1]]
    tenths.append(10 * total - sum(tenths))
    return ",".join(f"{tenth // 10}.{tenth % 10}" for tenth in tenths)


def _others(caption: HierarchicalCaption) -> Iterator[Loss]:
    seen = [role for role in caption.roles if any(role.id in shot.roles for shot in caption.shots)]
    for role in seen[1:]:
        what = "that a second person looks alike in all shots"
        yield Loss(LossKind.LOST, f"roles.{role.id}", what, "EchoShot is made to keep one person alike")


FORMAT = Format(
    name="echoshot",
    title="EchoShot",
    kind=Kind.MODEL,
    suffix=".sh",
    media_type="text/x-shellscript",
    about="A call of EchoShot's generate.py; where its weights lie and other options go behind the file's name.",
    carries=SEEN | {Feature.SHOT_TIMES},
    write=_write,
    reasons={
        **SILENT,
        Feature.STORYLINE: "each shot is told by itself",
        Feature.ASPECT: "EchoShot makes 832 × 480 pixels",
    },
    one_clip=True,
    facts=(
        ("length", "93 to 125 frames at 16 a second, in each shot 4n + 1"),
        ("shots", "2 to 6"),
        ("text", "at most 512 tokens a shot"),
        ("speech", "none, the model makes no sound"),
        ("references", "none; it keeps one person alike"),
    ),
    source="generate.py and generate.sh of the makers' repository D2I-ai/EchoShot",
)
