"""Instructions that code reads exactly: times, words, names, cuts, locks; "L1 0.3 s later and lock S2" (design §5).

words ──clauses──▶ one form each ──▶ operations, each made before the next is read
            └─ not a form: InstructionError, with what was not understood
            └─ a form that cannot be met: InstructionError, with the reason and the nearest possible
"""

from mavin.instructions.naming import LINE, QUOTED, ROLE, SHOT, Names, Unclear
from mavin.instructions.reading import FORMS, InstructionError, Part, Reading, hurries, read_instruction, read_parts

__all__ = [
    "FORMS",
    "LINE",
    "QUOTED",
    "ROLE",
    "SHOT",
    "InstructionError",
    "Names",
    "Part",
    "Reading",
    "Unclear",
    "hurries",
    "read_instruction",
    "read_parts",
]
