"""What a generation costs in operations and bytes, as formulas; no torch is needed, and nothing is loaded.

Floating-point operations count a multiplication and an addition as two.  The formulas of the network are
exact; those of the codecs were fitted to counts and peaks that the tests measure again at small sizes.

Legend: N, M = tokens of a tower and of the other one, L = text tokens, D = width, F = feed-forward width.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.plan import Plan
from generator.presets import TowerConfig
from generator.runs import Group, TowerPlan

__all__ = ["DECODERS", "DecoderCosts", "audio_decode_bytes", "audio_decode_flops", "network_bytes", "network_flops"]


def network_flops(
    video: TowerConfig,
    audio: TowerConfig,
    plan: Plan,
    text_tokens: tuple[int, int],
    *,
    skipped: bool = False,
    copied: bool = True,
) -> int:
    """Operations of one pass of both towers over one clip.

    Args:
        video: the video tower.
        audio: the audio tower.
        plan: who sees what.
        text_tokens: of the video's and of the audio's text.
        skipped: one block is left out (skip-layer guidance).
        copied: the padding is so many keys; on a CPU it is one, with a weight.
    """
    total = 0
    for config, own, other, text in (
        (video, plan.video, plan.audio, text_tokens[0]),
        (audio, plan.audio, plan.video, text_tokens[1]),
    ):
        layers = config.num_layers - skipped
        total += layers * _layer_flops(config, own, other.tokens, text, copied=copied) + _ends_flops(config, own, text)
    return total


def _layer_flops(config: TowerConfig, plan: TowerPlan, others: int, text: int, *, copied: bool) -> int:
    n, d = plan.tokens, config.dim
    routed = plan.text is not None
    keys = text + 1 if routed or text > config.text_len else min(text + 1, config.text_len)
    linear = 8 * n * d * d + 4 * n * d * d + 4 * keys * d * d + 4 * others * d * d + 4 * n * d * config.ffn_dim
    words = _pairs(plan.text, n * (max(config.text_len, text) if copied else keys), copied=copied)
    pairs = _pairs(plan.self_attention, n * n) + words + _pairs(plan.cross, n * others)
    return linear + 4 * pairs * d


def _ends_flops(config: TowerConfig, plan: TowerPlan, text: int) -> int:
    """Embedding what comes in, and the head; references are embedded once, before the first step."""
    d, cells = config.dim, math.prod(config.patch_size)
    keys = min(text + 1, config.text_len) if text < config.text_len else text + 1
    words = 2 * keys * d * (config.text_dim + d)
    head = 2 * plan.tokens * d * cells * config.told_dim
    if not config.is_audio:
        return words + head + 2 * plan.targets * d * cells * config.in_dim
    hidden = 256 * math.ceil(int(8 * d / 3) / 256)
    return words + head + 2 * plan.targets * 7 * (config.in_dim * d + 3 * d * hidden)


def _pairs(groups: tuple[Group, ...] | None, everything: int, *, copied: bool = True) -> int:
    if groups is None:
        return everything
    return sum(
        sum(span.length for span in group.queries)
        * (sum(span.length for span in group.keys) + (group.pads if copied else min(group.pads, 1)))
        for group in groups
    )


def network_bytes(config: TowerConfig, tokens: int, item: int) -> int:
    """Peak of what the network holds beside its weights: the feed-forward layer of the larger tower.

    Args:
        config: of the larger tower.
        tokens: of both towers.
        item: bytes of a number of the network's dtype.
    """
    norms = 5 if item >= 4 else 6  # below float32, norms hold a wider copy
    return tokens * (2 * config.ffn_dim + norms * config.dim) * item


@dataclass(frozen=True, slots=True)
class DecoderCosts:
    """What decoding a picture costs.

    Attributes:
        flops: operations for each pixel of each frame.
        cached: numbers that are kept for each pixel from latent to latent.
        working: numbers that are held besides for each pixel of what is decoded at once.
    """

    flops: float
    cached: float
    working: float

    def bytes(self, pixels: int, at_once: int, item: int) -> int:
        """Peak for a picture of so many pixels of which ``at_once`` are decoded at a time."""
        kept = self.cached
        if at_once < pixels:
            # Tiles overlap by a quarter, each with caches of its own; and they are added up in a picture.
            kept = kept * (4 / 3) ** 2 + 15
        return round(item * (pixels * kept + min(pixels, at_once) * self.working))


def _wan(config: Mapping[str, Any]) -> DecoderCosts:
    base = config.get("decoder_base_dim") or config["base_dim"]
    return DecoderCosts(flops=280.6 * base * base + 175 * base, cached=7 * base, working=14.2 * base + 26)


def _causal(config: Mapping[str, Any]) -> DecoderCosts:
    """Of :class:`generator.codecs.causal_video.CausalVideoVAE`, four frames of 16 × 16 pixels at once."""
    fine, middle, coarse, blocks = (config[name] for name in ("fine", "middle", "coarse", "blocks"))
    # A residual block is two convolutions of 3 × 3 and one of 1 × 1 for the group before.
    products = 9 * config["latent_channels"] * coarse + 4 * (coarse * middle + 4 * middle * fine) + 16 * fine * 192
    products += 19 * blocks * (coarse**2 + 4 * middle**2 + 16 * fine**2)
    return DecoderCosts(
        flops=2 * products / (4 * 256),
        cached=blocks * (coarse + 4 * middle + 16 * fine) / 256,
        working=36.2 + 0.07 * fine,
    )


DECODERS: Final[Mapping[str, Callable[[Mapping[str, Any]], DecoderCosts]]] = {
    "wan2.2": _wan,
    "causal_4x16x16": _causal,
}
"""Video codecs whose costs are known, by kind."""


def audio_decode_flops(latents: int, parameters: int) -> int:
    """Operations of the audio codec, mostly the vocoder's: about 13.7 for each parameter and latent."""
    return round(13.7 * parameters * latents)


def audio_decode_bytes(config: Mapping[str, Any], latents: int, item: int) -> int:
    """Peak of the audio codec."""
    channels: int = config.get("vocoder", {}).get("upsample_initial_channel", 0)
    return round(0.16 * 512 * latents * channels * item)
