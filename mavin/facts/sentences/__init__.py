"""Sentences and clauses of a masked prompt, in every language: where one ends and the next begins."""

from mavin.facts.sentences.clauses import Clause, clauses_of, weak_split
from mavin.facts.sentences.leftovers import is_leftover
from mavin.facts.sentences.list_asides import find_list_asides, with_list_asides
from mavin.facts.sentences.stops import sentences_of

__all__ = [
    "Clause",
    "clauses_of",
    "find_list_asides",
    "is_leftover",
    "sentences_of",
    "weak_split",
    "with_list_asides",
]
