"""Instructions that code reads exactly: times, words, names, cuts, locks; "L1 0.3 s later and lock S2" (design §5).

words ──clauses──▶ one form each ──▶ operations, each made before the next is read
            └─ not a form: InstructionError, with what was not understood
            └─ a form that cannot be met: InstructionError, with the reason and the nearest possible
"""

from mavin.instructions.reading import FORMS, InstructionError, Reading, read_instruction

__all__ = ["FORMS", "InstructionError", "Reading", "read_instruction"]
