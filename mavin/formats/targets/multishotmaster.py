"""MultiShotMaster: frames of each shot, a caption of the whole and one of each shot.

Each shot is coded by itself, so that it has 4n + 1 frames: [[0, 37], [37, 62]] are shots of 37 and 25.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from mavin.caption import HierarchicalCaption
from mavin.formats.losses import Feature, Loss
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import Call, calls_of, parted
from mavin.formats.targets.clock import WAN, rounded, starts_of
from mavin.formats.targets.fitting import Piece, Rank, fit, join, tokens
from mavin.formats.targets.phrases import sentence
from mavin.formats.targets.records import SEEN, SILENT, as_json
from mavin.formats.targets.telling import Telling, cast, story, tell, untold

__all__ = ["FORMAT"]

_TITLE = "MultiShotMaster"
_MOST_SHOTS = 5
_MOST_FRAMES = 308


def _write(script: FilmScript) -> Written:
    caption = script.caption
    calls = calls_of(caption, _TITLE, longest_ms=_MOST_FRAMES * 1000 // WAN.fps, most_shots=_MOST_SHOTS)
    told, untellable = story(caption, calls, with_sound=False)
    rows: list[dict[str, Any]] = []
    losses = [*untellable]
    for call in calls:
        row, lost = _row(caption, call, told)
        rows.append(row)
        losses += lost
    losses += parted(caption, calls, f"{_TITLE} makes at most {_MOST_SHOTS} shots in one go")
    return Written(as_json(rows), (*losses, *untold(caption, with_sound=False)))


def _row(caption: HierarchicalCaption, call: Call, storyline: str) -> tuple[dict[str, Any], list[Loss]]:
    """One row of its test table."""
    head = caption.global_caption
    telling = Telling(None, None, looks=False, apart=True)
    whole = (
        *cast(caption, call, telling),
        Piece(storyline, "global_caption.storyline", Feature.STORYLINE, Rank.STORYLINE),
        Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE),
    )
    losses: list[Loss] = []

    def prompt(pieces: Sequence[Piece], of: str, path: str) -> str:
        kept, lost = fit(pieces, tokens(512), title=_TITLE, of=of, path=path)
        losses.extend(lost)
        return join(kept)

    told = {"global_caption": prompt(whole, "the whole clip", "global_caption")}
    for number, shot in enumerate(call.shots):
        told[f"shot{number}"] = prompt(tell(caption, call, shot, telling), shot.id, f"shots.{shot.id}")
    first = call.shots[0].start_ms
    latents = WAN.apart(shot.end_ms - first for shot in call.shots)
    starts = starts_of(WAN.frames_in(count) for count in latents)
    why = f"{_TITLE} makes shots of 4n + 1 frames at {WAN.fps} a second"
    losses += rounded(call.shots, [WAN.time_ms(start) for start in starts], why)
    return {"shot_groups": [list(pair) for pair in pairwise(starts)], "gemini_caption": told}, losses


FORMAT = Format(
    name="multishotmaster",
    title=_TITLE,
    kind=Kind.MODEL,
    suffix=".json",
    media_type="application/json",
    about="What its test table has in a row, as a list of rows: shot_groups, and the content of the JSON file that "
    "gemini_caption names.",
    carries=SEEN | {Feature.STORYLINE, Feature.SHOT_TIMES},
    write=_write,
    reasons={**SILENT, Feature.ASPECT: "width and height are options of its script"},
    one_clip=True,
    facts=(
        ("length", "4n + 1 frames in each shot at 16 a second, at most 308 in all (19.25 s)"),
        ("shots", "1 to 5 a row; more become several rows"),
        ("text", "at most 512 tokens a caption"),
        ("speech", "none, the model makes no sound"),
        ("references", "none in the public weights for several shots"),
    ),
    source="the makers' project page, and interfaces that others have made for it",
    official=False,
)
