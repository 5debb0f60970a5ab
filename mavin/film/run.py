"""An unfinished run: what was asked, kept in the film's folder until the film is complete.

NAME.mavin/
  run.json             the request, its references and its back end
  checkpoints.sqlite   how far the agents have come
  references/          copies of the pictures and voices that came with the request
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from mavin.errors import FilmError
from mavin.film import history
from mavin.film.files import write_atomic
from mavin.request import WriteRequest

__all__ = ["ANSWERS", "CHECKPOINTS", "RUN_FILE", "RUN_LOCK", "BoundReference", "Run"]

RUN_FILE = "run.json"
CHECKPOINTS = "checkpoints.sqlite"
ANSWERS = "answers.sqlite"
RUN_LOCK = ".run.lock"


class BoundReference(BaseModel):
    """A ``--ref WHO=FILE`` whose file has been recognised and copied into the film."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    kind: Literal["image", "audio"]
    file: str


class Run(BaseModel):
    """``run.json``: everything that is needed to go on with a killed run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    request: WriteRequest
    references: tuple[BoundReference, ...] = ()
    llm: str | None = None
    model: str | None = None

    @classmethod
    def load(cls, folder: Path) -> Run | None:
        """The unfinished run in a folder, ``None`` if there is none that can be read."""
        try:
            return cls.model_validate_json((folder / RUN_FILE).read_bytes())
        except (OSError, ValidationError):
            return None

    def store(self, folder: Path) -> None:
        """Writes the run into its folder, which is made if need be.

        Raises:
            FilmError: if the folder cannot be made or written.
        """
        try:
            folder.mkdir(exist_ok=True)
            write_atomic(folder / RUN_FILE, self.model_dump_json(indent=2).encode())
        except OSError as error:
            raise FilmError(
                f"The run cannot be kept in {folder} ({error.strerror or error}). "
                "Free some space or choose another place with -o."
            ) from None

    @staticmethod
    def is_unfinished(folder: Path) -> bool:
        """Whether a folder holds a run that has not become a film yet."""
        begun = (folder / RUN_FILE).exists() or (folder / CHECKPOINTS).exists()
        return begun and not _is_film(folder)

    @staticmethod
    def clear(folder: Path, *, keep_folder: bool = False) -> None:
        """Forgets the run in a folder; a folder that holds nothing but the run goes with it.

        A folder is only removed if every name in it is one that a run makes.
        """
        for pattern in (RUN_FILE, f"{CHECKPOINTS}*", f"{ANSWERS}*", f".{RUN_FILE}.*.tmp"):
            for path in folder.glob(pattern):
                path.unlink(missing_ok=True)
        if keep_folder:
            return
        (folder / RUN_LOCK).unlink(missing_ok=True)
        if _is_film(folder) or not folder.is_dir():
            return
        if {path.name for path in folder.iterdir()} <= {"references", "renders", ".lock"}:
            shutil.rmtree(folder, ignore_errors=True)


def _is_film(folder: Path) -> bool:
    try:
        return (folder / "film.json").exists() or history.read_tail(folder / "history.jsonl").entry is not None
    except OSError:
        return True
