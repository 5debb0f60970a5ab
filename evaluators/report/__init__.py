"""Runs of ``mavin bench`` and ``mavin evaluate --out`` side by side.

runs    what stands in their folders
tables  Markdown, CSV, and LaTeX in the layout of the paper's Tables 1 and 2
plots   drawn as SVG
page    one HTML file with everything in it: tables, plots, a strip of every shot, clips that play
"""

from evaluators.report.page import write_page
from evaluators.report.runs import FilmRow, Run, read_run
from evaluators.report.tables import as_csv, as_latex, as_markdown, comparisons

__all__ = ["FilmRow", "Run", "as_csv", "as_latex", "as_markdown", "comparisons", "read_run", "write_page"]
