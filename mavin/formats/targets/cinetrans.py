"""CineTrans: the prompts of its two models, to be put into their configuration files.

DiT    prompt: one a shot and, last, a general one; mask_info: latents of each shot, written into generate.py
UNet   prompt: {general_caption: …, shot_info: frames of each shot, 64 in all}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate

from mavin.caption import HierarchicalCaption, Shot
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import whole
from mavin.formats.targets.clock import WAN, apportion, lengths_of, rounded, starts_of
from mavin.formats.targets.fitting import Piece, Rank, fit, join, tokens
from mavin.formats.targets.phrases import forbid, sentence
from mavin.formats.targets.records import SEEN, SILENT
from mavin.formats.targets.telling import Telling, cast, tell, untold

__all__ = ["FORMATS"]

_USUAL_FRAMES = 81
_UNET_FRAMES, _UNET_FPS = 64, 8


def _dit(script: FilmScript) -> Written:
    caption = script.caption
    forbid(caption, r"\$\{", "CineTrans")  # OmegaConf, which reads the file, takes it for a reference
    head = caption.global_caption
    losses: list[Loss] = []
    prompts = []
    for shot in caption.shots:
        pieces = tell(caption, whole(caption), shot, Telling(None, None, apart=True))
        kept, lost = fit(pieces, tokens(512), title="CineTrans", of=shot.id, path=f"shots.{shot.id}")
        prompts.append(join(kept))
        losses += lost
    general = (
        Piece(sentence(head.storyline), "global_caption.storyline", Feature.STORYLINE),
        Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE),
    )
    kept, lost = fit(general, tokens(512), title="CineTrans", of="the general prompt", path="global_caption")
    losses += lost
    latents = WAN.together(shot.end_ms for shot in caption.shots)
    frames = WAN.frames_in(sum(latents))
    lines = [
        "prompt:",
        *(f"  - {_scalar(prompt)}" for prompt in (*prompts, join(kept))),
        "general_prompt: true",
        f"frame_num: {frames}",
        "# Latents of each shot: generate.py has its mask_info written into it, so put this one there.",
        f"mask_info: [{', '.join(map(str, latents))}]",
    ]
    starts = (0, *(WAN.time_ms(WAN.frames_in(count)) for count in accumulate(latents)))
    why = f"CineTrans cuts on frames 4n + 1, at {WAN.fps} a second"
    losses += rounded(caption.shots, starts, why)
    if frames > _USUAL_FRAMES:
        what = f"the clip has {frames} frames, more than the makers make"
        losses.append(Loss(LossKind.CHANGED, "duration_ms", what, f"their configuration has {_USUAL_FRAMES}"))
    return Written(_lines(lines), (*losses, *untold(caption, with_sound=False)))


def _unet(script: FilmScript) -> Written:
    caption = script.caption
    head = caption.global_caption
    pieces = [
        Piece(sentence(head.storyline), "global_caption.storyline", Feature.STORYLINE, Rank.STORYLINE),
        *cast(caption, whole(caption), Telling(None, None)),
        *(piece for shot in caption.shots for piece in _told(caption, shot)),
        Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE),
    ]
    kept, losses = fit(pieces, tokens(248, wide=3), title="CineTrans-UNet", of="the whole clip")
    lengths = apportion(lengths_of(caption.shots), _UNET_FRAMES)
    lines = [
        "prompt:",
        f"  general_caption: {_scalar(join(kept))}",
        f"  shot_info: [{', '.join(map(str, lengths))}]",
    ]
    starts = [frames * 1000 // _UNET_FPS for frames in starts_of(lengths)]
    why = f"CineTrans-UNet makes {_UNET_FRAMES} frames at {_UNET_FPS} a second"
    return Written(_lines(lines), (*losses, *rounded(caption.shots, starts, why), *untold(caption, with_sound=False)))


def _told(caption: HierarchicalCaption, shot: Shot) -> Iterator[Piece]:
    telling = Telling(None, None, looks=False, places=False)
    yield from tell(caption, whole(caption), shot, telling, cut=shot is not caption.shots[0])


def _scalar(text: str) -> str:
    """A text as YAML: JSON's quotation, with the line breaks escaped that YAML knows besides."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(char):04x}" if char in "\x85\u2028\u2029\ufeff\x7f" else char for char in quoted)


def _lines(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


_SOURCE = "configs, generate.py and pipelines of the makers' repository UknowSth/CineTrans"

FORMATS = (
    Format(
        name="cinetrans",
        title="CineTrans",
        kind=Kind.MODEL,
        suffix=".yaml",
        media_type="text/yaml",
        about="The entries of CineTrans' configs/t2v.yaml that tell its DiT model what to make.",
        carries=SEEN | {Feature.STORYLINE, Feature.SHOT_TIMES},
        write=_dit,
        reasons={**SILENT, Feature.ASPECT: "its size stands in the same configuration"},
        one_clip=True,
        facts=(
            ("length", "4n + 1 frames at 16 a second; its makers make 81 (5.063 s)"),
            ("shots", "any number"),
            ("text", "at most 512 tokens a prompt"),
            ("speech", "none, the model makes no sound"),
            ("references", "none"),
        ),
        source=_SOURCE,
    ),
    Format(
        name="cinetrans-unet",
        title="CineTrans-UNet",
        kind=Kind.MODEL,
        suffix=".yaml",
        media_type="text/yaml",
        about="The entry of CineTrans' configs/sample.yaml that tells its UNet model what to make.",
        carries=SEEN | {Feature.STORYLINE, Feature.SHOT_TIMES},
        write=_unet,
        reasons={**SILENT, Feature.ASPECT: "it makes 512 × 320 pixels"},
        one_clip=True,
        facts=(
            ("length", "64 frames at 8 a second (8 s)"),
            ("shots", "any number"),
            ("text", "at most 248 tokens for the whole clip"),
            ("speech", "none, the model makes no sound"),
            ("references", "none"),
        ),
        source=_SOURCE,
    ),
)
