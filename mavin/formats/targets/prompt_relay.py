"""Prompt Relay: a prompt for the whole, one for each shot, and how long each of them holds.

Wan   prompts.json of the makers' code: lengths in latents, their sum is (frames − 1) / 4 + 1
LTX   fields of the ComfyUI node: prompts between bars, lengths in frames, their sum is the number of frames
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from mavin.caption import HierarchicalCaption
from mavin.formats.losses import Feature, Loss
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import whole
from mavin.formats.targets.clock import LTX, WAN, Grid, apportion, rounded
from mavin.formats.targets.fitting import Limit, Piece, Rank, fit, join, tokens, within
from mavin.formats.targets.phrases import forbid, inner, sentence
from mavin.formats.targets.records import REASONS, SEEN, SILENT, SPOKEN, as_json
from mavin.formats.targets.telling import Telling, cast, story, tell, untold

__all__ = ["FORMATS"]


def _wan(script: FilmScript) -> Written:
    caption = script.caption
    telling = Telling(None, None, looks=False, apart=True)
    shared, shots, losses = _prompts(caption, telling, "Prompt Relay", tokens(512))
    latents = WAN.together(shot.end_ms for shot in caption.shots)
    data = {"global_prompt": shared, "local_prompts": shots, "segment_lengths": list(latents)}
    why = f"Wan's latents hold 4 frames each at {WAN.fps} a second; --frame_num is {WAN.frames_in(sum(latents))}"
    losses = (*losses, *_rounding(caption, WAN, latents, why), *untold(caption, with_sound=False))
    return Written(as_json(data), losses)


def _ltx(script: FilmScript) -> Written:
    caption = script.caption
    forbid(caption, r"\|", "Prompt Relay's ComfyUI node")
    telling = Telling(looks=False, apart=True)
    shared, shots, losses = _prompts(caption, telling, "Prompt Relay", tokens(1024))
    latents = LTX.together(shot.end_ms for shot in caption.shots)
    frames = LTX.frames_in(sum(latents))
    # The node turns lengths into latents by the largest remainder; these come back as the latents that are meant.
    lengths = apportion(latents, frames)
    data = {
        "global_prompt": shared,
        "local_prompts": " | ".join(shots),
        "segment_lengths": ", ".join(map(str, lengths)),
        "frames": frames,
        "fps": LTX.fps,
    }
    why = f"LTX's latents hold 8 frames each at {LTX.fps} a second"
    losses = (*losses, *_rounding(caption, LTX, latents, why), *untold(caption, with_sound=True))
    return Written(as_json(data), losses)


def _prompts(
    caption: HierarchicalCaption, telling: Telling, title: str, limit: Limit
) -> tuple[str, list[str], tuple[Loss, ...]]:
    """The shared prompt and those of the shots, which are read as one text."""
    head = caption.global_caption
    call = whole(caption)
    storyline, losses = story(caption, (call,), with_sound=telling.speech is not None)
    pieces = [
        Piece(storyline, "global_caption.storyline", Feature.STORYLINE, Rank.STORYLINE, "global"),
        *within("global", cast(caption, call, telling)),
        Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE, "global"),
    ]
    if telling.sound is not None:
        text = sentence(f"All along we hear: {inner(head.ambience)}")
        pieces.append(Piece(text, "global_caption.ambience", Feature.AMBIENCE, Rank.AMBIENCE, "global"))
    for shot in caption.shots:
        pieces += within(shot.id, tell(caption, call, shot, telling))
    kept, lost = fit(pieces, limit, title=title, of="the whole clip")
    return join(kept, "global"), [join(kept, shot.id) for shot in caption.shots], (*losses, *lost)


def _rounding(caption: HierarchicalCaption, grid: Grid, latents: Sequence[int], why: str) -> tuple[Loss, ...]:
    starts = (0, *(grid.time_ms(grid.frames_in(count)) for count in accumulate(latents)))
    return tuple(rounded(caption.shots, starts, why))


_WHY_ASPECT = {Feature.ASPECT: "width and height are given beside the prompts"}

FORMATS = (
    Format(
        name="prompt-relay-wan",
        title="Prompt Relay for Wan",
        kind=Kind.MODEL,
        suffix=".json",
        media_type="application/json",
        about="The prompts.json of Prompt Relay's generate.py for Wan 2.2; --frame_num is four times the sum of "
        "segment_lengths less 3.",
        carries=SEEN | {Feature.STORYLINE, Feature.SHOT_TIMES},
        write=_wan,
        reasons={**SILENT, **_WHY_ASPECT},
        one_clip=True,
        facts=(
            ("length", "4n + 1 frames at 16 a second; lengths in latents of 4"),
            ("shots", "any number"),
            ("text", "at most 512 tokens for the whole clip"),
            ("speech", "none, the model makes no sound"),
            ("references", "none"),
        ),
        source="README of the makers' repository GordonChen19/Prompt-Relay",
    ),
    Format(
        name="prompt-relay-ltx",
        title="Prompt Relay for LTX-2",
        kind=Kind.MODEL,
        suffix=".json",
        media_type="application/json",
        about="The fields of the ComfyUI node Prompt Relay Encode, and the frames of the empty latent video before it.",
        carries=SEEN | SPOKEN | {Feature.STORYLINE, Feature.SHOT_TIMES},
        write=_ltx,
        reasons={**REASONS, **_WHY_ASPECT},
        one_clip=True,
        facts=(
            ("length", "8n + 1 frames at 24 a second; lengths in frames"),
            ("shots", "any number"),
            ("text", "at most 1,024 tokens for the whole clip"),
            ("speech", "in quotation marks, with who says it and how"),
            ("references", "none"),
        ),
        source="nodes.py of ComfyUI-PromptRelay, which is not by the method's authors",
        official=False,
    ),
)
