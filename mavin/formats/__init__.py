"""Scripts in other forms, in and out: one file a form, and a registry with what each of them can carry.

FilmScript ──Format.export──▶ Written(bytes, losses)
Document ──recognise──▶ Format ──read──▶ Incoming(FilmScript, losses)
"""

from mavin.formats.losses import EVERYTHING, Feature, Loss, LossKind, losses_of, sentences
from mavin.formats.registry import Format, Incoming, Kind, Written, find, formats, of_suffix, recognise
from mavin.formats.script import Document, FilmScript, FormatError, ScriptClip, Stills

__all__ = [
    "EVERYTHING",
    "Document",
    "Feature",
    "FilmScript",
    "Format",
    "FormatError",
    "Incoming",
    "Kind",
    "Loss",
    "LossKind",
    "ScriptClip",
    "Stills",
    "Written",
    "find",
    "formats",
    "losses_of",
    "of_suffix",
    "recognise",
    "sentences",
]
