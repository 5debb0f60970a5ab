"""Prompts for today's video models: one file a model or family, and what they share.

    caption ──calls──▶ shots a call ──telling──▶ pieces of prose ──fitting──▶ a prompt within the limits
                 └────clock────▶ frames, latents or whole seconds, and what rounding changed

No language model writes here: every prompt is put together from the caption's own words, so that the same script
gives the same prompt, and every line stands in it as it is.
"""

__all__ = ["TARGETS"]

TARGETS = (
    "ovi", "ltx2", "holocine", "echoshot", "cinetrans", "multishotmaster", "prompt_relay", "kling", "seedance", "veo",
    "sora",
)  # fmt: skip
"""The modules with targets, in the order in which they are listed."""
