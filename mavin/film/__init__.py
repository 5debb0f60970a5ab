"""A film on disk: the folder ``NAME.mavin/``, written so that a crash loses nothing (design §3)."""

from mavin.film.check import script_diagnostics
from mavin.film.files import free_name, resolve_inside, slug
from mavin.film.folder import SUFFIX, Clip, Film
from mavin.film.manifest import Manifest, RenderNote, environment, without_credentials
from mavin.film.model import ClipLedger
from mavin.film.reading import NotAFilmError, UnfinishedRunError
from mavin.film.run import Run

__all__ = [
    "SUFFIX",
    "Clip",
    "ClipLedger",
    "Film",
    "Manifest",
    "NotAFilmError",
    "RenderNote",
    "Run",
    "UnfinishedRunError",
    "environment",
    "free_name",
    "resolve_inside",
    "script_diagnostics",
    "slug",
    "without_credentials",
]
