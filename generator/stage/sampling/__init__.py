"""Random captions of controlled difficulty: the stage's endless, perfectly labelled world.

seed + Difficulty ──▶ sample ──▶ HierarchicalCaption     (the same on every machine)

dice        random numbers that never change between versions of NumPy
difficulty  the knobs
places      where: settings, what stands and sounds there
people      who: names, looks, voices, trades; animals
deeds       what they do
talk        what they say
timeline    when: cuts, framings, lines
sampler     one caption of all of it
"""

from generator.stage.sampling.difficulty import Difficulty, clear, easy, hard
from generator.stage.sampling.sampler import sample

__all__ = ["Difficulty", "clear", "easy", "hard", "sample"]
