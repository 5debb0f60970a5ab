"""A film on disk: the folder ``NAME.mavin/``, written so that a crash loses nothing (design §3)."""

from mavin.film.check import script_diagnostics
from mavin.film.files import free_name, resolve_inside, slug
from mavin.film.fixes import Fix, fixes
from mavin.film.folder import SUFFIX, Film
from mavin.film.manifest import Manifest, RenderNote, environment, without_credentials
from mavin.film.model import ClipLedger
from mavin.film.reading import NotAFilmError, UnfinishedRunError
from mavin.film.references import store_reference
from mavin.film.run import Run
from mavin.film.state import Clip, FilmState
from mavin.film.tree import Branch, HistoryTree, Step

__all__ = [
    "SUFFIX",
    "Branch",
    "Clip",
    "ClipLedger",
    "Film",
    "FilmState",
    "Fix",
    "HistoryTree",
    "Manifest",
    "NotAFilmError",
    "RenderNote",
    "Run",
    "Step",
    "UnfinishedRunError",
    "environment",
    "fixes",
    "free_name",
    "resolve_inside",
    "script_diagnostics",
    "slug",
    "store_reference",
    "without_credentials",
]
