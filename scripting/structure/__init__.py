"""What the structure parser asks a model: the scene, the pace, facts that code missed, and beats for overviews.

    story, shots ─▶ facts that code missed ─▶ setting, style, ambience, pace ─▶ beats of an overview's shots
                    (quoted, or dropped)      (within contracts, or code's)    (within contracts, or none)

The agent that asks is :mod:`scripting.agents.structure_parser`.
"""

from __future__ import annotations

AGENT = "structure_parser"
"""Its name in ledgers and accounts."""
