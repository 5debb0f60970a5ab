"""HoloCine: arguments of ``run_inference`` in its inference scripts, a global caption and one caption a shot.

[global caption] … [character1] is … This scene contains 3 shots. [per shot caption] s1 [shot cut] s2 [shot cut] s3
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from mavin.caption import HierarchicalCaption, Role
from mavin.formats.losses import Feature
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import whole
from mavin.formats.targets.clock import WAN, rounded
from mavin.formats.targets.fitting import Piece, Rank, fit, join, tokens, within
from mavin.formats.targets.phrases import called, forbid, inner, looks, one_line, renamed, sentence
from mavin.formats.targets.records import SEEN, SILENT, as_json
from mavin.formats.targets.telling import Telling, tell, untold

__all__ = ["FORMAT"]

_MARKS = r"\[(?:global caption|per shot caption|shot cut|character\d+)\]|This scene contains"


def _write(script: FilmScript) -> Written:
    caption = script.caption
    forbid(caption, _MARKS, "HoloCine")
    ends = [WAN.frames_in(count) for count in accumulate(WAN.together(shot.end_ms for shot in caption.shots))]
    kept, losses = fit(_pieces(caption), tokens(512), title="HoloCine", of="the whole clip", render=_raw(caption))
    width, height = caption.pixels
    arguments = {
        "global_caption": _counted(caption, kept),
        "shot_captions": [join(kept, shot.id) for shot in caption.shots],
        "num_frames": ends[-1],
        "shot_cut_frames": ends[:-1],
        "width": width,
        "height": height,
        "fps": WAN.fps,
    }
    starts = (0, *map(WAN.time_ms, ends))
    why = f"HoloCine cuts on frames 4n + 1, at {WAN.fps} a second"
    return Written(
        as_json(arguments),
        (*losses, *rounded(caption.shots, starts, why), *untold(caption, with_sound=False)),
    )


def _pieces(caption: HierarchicalCaption) -> tuple[Piece, ...]:
    head = caption.global_caption
    tag = {role.id: f"[character{number}]" for number, role in enumerate(caption.roles, 1)}

    def name(role: Role) -> str:
        return tag[role.id]

    def rename(text: str) -> str:
        return renamed(text, {one_line(role.name): name(role) for role in caption.roles})

    found = [Piece(sentence(head.storyline), "global_caption.storyline", Feature.STORYLINE, Rank.STORYLINE, "global")]
    for role in caption.roles:
        if any(role.id in shot.roles for shot in caption.shots):
            who = ", ".join(part for part in (called(caption, role), inner(role.appearance)) if part)
            who = who if looks(role.name, role.appearance) else called(caption, role)
            found.append(Piece(sentence(f"{name(role)} is {who}"), f"roles.{role.id}", Feature.LOOKS, part="global"))
    found.append(Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE, "global"))
    telling = Telling(speech=None, sound=None, name=name, rename=rename, looks=False, apart=True)
    for shot in caption.shots:
        found += within(shot.id, tell(caption, whole(caption), shot, telling))
    return tuple(found)


def _counted(caption: HierarchicalCaption, kept: Sequence[Piece]) -> str:
    count = len(caption.shots)
    return f"{join(kept, 'global')} This scene contains {count} shot{'s' if count > 1 else ''}."


def _raw(caption: HierarchicalCaption) -> Callable[[Sequence[Piece]], str]:
    """The one string that its text encoder reads."""

    def render(kept: Sequence[Piece]) -> str:
        shots = " [shot cut] ".join(join(kept, shot.id) for shot in caption.shots)
        return f"[global caption] {_counted(caption, kept)} [per shot caption] {shots}"

    return render


FORMAT = Format(
    name="holocine",
    title="HoloCine",
    kind=Kind.MODEL,
    suffix=".json",
    media_type="application/json",
    about="Keyword arguments for run_inference in HoloCine's inference scripts, beside pipe and output_path.",
    carries=SEEN | {Feature.STORYLINE, Feature.SHOT_TIMES, Feature.ASPECT},
    write=_write,
    reasons=SILENT,
    one_clip=True,
    facts=(
        ("length", "4n + 1 frames at 16 a second; cuts on frames 4n + 1; trained on 241 frames (15 s)"),
        ("shots", "any number"),
        ("text", "at most 512 tokens for the whole clip"),
        ("speech", "none, the model makes no sound"),
        ("references", "none; people are [character1], [character2], …"),
    ),
    source="README and inference scripts of the makers' repository yihao-meng/HoloCine",
)
