"""References: what a role's picture and voice show, in words, and where the prompt says otherwise (paper §4.4)."""

from __future__ import annotations
