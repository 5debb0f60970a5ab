"""Runs side by side, written as tables and a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mavin.errors import UsageError

if TYPE_CHECKING:
    from evaluators.report import Run

__all__ = ["REPORT_FILES", "Report", "report"]

REPORT_FILES = {"md": "report.md", "csv": "report.csv", "tex": "report.tex", "html": "report.html"}
"""What a report consists of."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was written.

    Attributes:
        runs: the runs, in the order of the folders.
        files: by kind: ``md``, ``csv``, ``tex``, ``html``.
        markdown: the table as text.
        shown: how many films the page shows.
    """

    runs: tuple[Run, ...]
    files: dict[str, Path]
    markdown: str
    shown: int

    def to_json(self) -> dict[str, Any]:
        """The runs' scores and where the files are."""
        return {
            "runs": [
                {
                    "name": run.name,
                    "folder": str(run.folder),
                    "films": len(run.films),
                    "scores": [score.to_json() for score in run.scores.values()],
                }
                for run in self.runs
            ],
            "files": {kind: str(path) for kind, path in self.files.items()},
            "films_shown": self.shown,
        }


def report(
    folders: Sequence[str | Path],
    out: str | Path,
    *,
    films: int = 12,
    clips: bool = True,
    progress: Callable[[str, float], None] | None = None,
) -> Report:
    """Puts runs side by side.

    Args:
        folders: of ``mavin bench``.
        out: folder that gets the files of :data:`REPORT_FILES`; made if it is not there.
        films: how many films the page shows at most.
        clips: whether they can be played in it.
        progress: told what is going on.

    Raises:
        UsageError: if a folder is no run, two are the same, or nothing can be written there.
    """
    from evaluators.report import as_csv, as_latex, as_markdown, read_run, write_page
    from evaluators.report.runs import told_apart
    from mavin.media import write_atomic

    places = [Path(folder) for folder in folders]
    if not places:
        raise UsageError("A report needs the folder of one run at least.")
    if len({place.resolve() for place in places}) < len(places):
        raise UsageError("Each run can stand in a report once. Leave the second one out.")
    if films < 0:
        raise UsageError(f"A page shows no film or more, got {films}.")
    runs = told_apart([read_run(place) for place in places])
    if len({run.name for run in runs}) < len(runs):
        raise UsageError("Runs of one name must lie in folders of different names. Rename one folder.")
    target = Path(out)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{target} must be a folder to write into ({error.strerror}). Choose another with -o."
        ) from None
    files = {kind: target / name for kind, name in REPORT_FILES.items()}
    markdown = as_markdown(runs)
    for kind, text in (("md", markdown), ("csv", as_csv(runs)), ("tex", as_latex(runs))):
        with write_atomic(files[kind]) as file:
            file.write_bytes(text.encode())
    shown = write_page(files["html"], runs, films=films, clips=clips, progress=progress)
    return Report(runs, files, markdown, shown)
