"""The forms that an instruction can take, each a pattern and what it makes of a match; one file a subject."""

from mavin.instructions.forms import cast, cuts, fields, lines, locks, shots, sounds  # noqa: F401 - each adds its forms
from mavin.instructions.forms.base import RULES, Rule

__all__ = ["RULES", "Rule"]
