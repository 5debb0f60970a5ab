"""The stage: a torch-free previz.  OpenMoji pictures act in drawn places, voices sound exactly in their intervals.

    setting ─▶ scenery ┐
    roles ───▶ cast ───┤
    action ──▶ layout ─┼─▶ composer ─▶ frames ┐
    camera ──▶ camera ─┘                      ├─▶ mp4
    dialogue ▶ voices ─┬─▶ soundtrack ────────┘
    sounds ──▶ sounds ─┘

Parts can be replaced one by one; :class:`generator.stage.renderer.StageRenderer` puts them together.
"""

__all__ = ["credits_text"]


def credits_text() -> str:
    """What must be said where a film of the stage is shown: artists and licences of its pictures and fonts."""
    from generator.stage.art import CREDITS

    return CREDITS
