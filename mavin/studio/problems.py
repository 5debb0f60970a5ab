"""Errors as answers: every one is a Problem with the status that says whose turn it is."""

from __future__ import annotations

import contextlib
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from mavin.caption import InvalidCaptionError
from mavin.diagnostics import Diagnostic, Severity
from mavin.edits import LockedError, MergeConflictError
from mavin.errors import BackendError, FilmConflictError, FilmError, InvalidInputError, MavinError, UsageError
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.views import lock_views
from mavin.studio.workers import WorkerBrokenError

__all__ = ["PROBLEMS", "BusyError", "NotThereError", "UnsupportedError", "answer_errors"]

_MEANING = {
    403: "Another Host or Origin, or no token",
    404: "There is no such thing",
    409: "Somebody else has changed the same; `film` is the film as it is now",
    413: "The body is too large",
    415: "The file is of another kind than it must be",
    422: "The request cannot be met as it is",
    423: "What would change is locked",
    429: "Too many jobs are waiting",
    500: "The film cannot be read or written",
    503: "The process that draws was ended or took too long; try again",
    502: "The language model cannot be used",
}


class NotThereError(UsageError):
    """What the path names does not exist."""


class UnsupportedError(UsageError):
    """An uploaded file that is not what it must be."""


class BusyError(MavinError):
    """Too many jobs are waiting."""


def PROBLEMS(*statuses: int) -> dict[int | str, dict[str, Any]]:  # noqa: N802 - reads as the constant that it stands for
    """The answers of these statuses, for a route's documentation; 403, 422 and 500 can always come."""
    return {
        status: {"model": shapes.Problem, "description": _MEANING[status]}
        for status in sorted({403, 413, 422, 500, *statuses})
    }


def answer_errors(app: FastAPI, desk: Desk) -> None:
    """Makes an application answer errors as Problems."""

    def answer(status: int, problem: shapes.Problem) -> Response:
        return Response(problem.model_dump_json(), status, media_type="application/json")

    def of_mavin(_request: Request, error: Exception) -> Response:
        assert isinstance(error, MavinError)
        status, problem = _problem(error)
        if status == 409:
            with contextlib.suppress(MavinError):  # the refusal matters more
                problem = problem.model_copy(update={"film": desk.view()})
        return answer(status, problem)

    def of_validation(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = tuple(_finding(item) for item in error.errors()[:20])
        message = "The request must follow /api/openapi.json: " + "; ".join(item.message for item in found[:3])
        return answer(422, shapes.Problem(code="invalid", message=message, diagnostics=found))

    def of_http(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        codes = {404: "not_found", 405: "usage", 413: "too_large", 415: "unsupported"}
        code: Any = codes.get(error.status_code, "usage")
        response = answer(error.status_code, shapes.Problem(code=code, message=str(error.detail)))
        response.headers.update(error.headers or {})
        return response

    def unexpected(_request: Request, error: Exception) -> Response:
        logging.getLogger("mavin.studio").error("Something went wrong inside the studio.", exc_info=error)
        message = (
            f"Something went wrong inside the studio ({type(error).__name__}: {error}). What was saved before is whole."
        )
        return answer(500, shapes.Problem(code="failure", message=message))

    app.add_exception_handler(MavinError, of_mavin)
    app.add_exception_handler(RequestValidationError, of_validation)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(Exception, unexpected)


def _problem(error: MavinError) -> tuple[int, shapes.Problem]:
    message = str(error)
    diagnostics: tuple[Diagnostic, ...] = getattr(error, "diagnostics", ())
    if isinstance(error, MergeConflictError):
        clashes = tuple(
            shapes.ClashView(path=each.path, base=each.base, mine=each.mine, theirs=each.theirs)
            for each in error.clashes
        )
        return 409, shapes.Problem(code="conflict", message=message, diagnostics=diagnostics, clashes=clashes)
    if isinstance(error, FilmConflictError):
        return 409, shapes.Problem(code="conflict", message=message)
    if isinstance(error, LockedError):
        locks = lock_views(error.locks)
        return 423, shapes.Problem(code="locked", message=message, diagnostics=diagnostics, locks=locks)
    if isinstance(error, NotThereError):
        return 404, shapes.Problem(code="not_found", message=message)
    if isinstance(error, UnsupportedError):
        return 415, shapes.Problem(code="unsupported", message=message)
    if isinstance(error, WorkerBrokenError):
        return 503, shapes.Problem(code="failure", message=message)
    if isinstance(error, BusyError):
        return 429, shapes.Problem(code="busy", message=message)
    if isinstance(error, InvalidCaptionError | InvalidInputError):
        return 422, shapes.Problem(code="invalid", message=message, diagnostics=diagnostics)
    if isinstance(error, UsageError):
        return 422, shapes.Problem(code="usage", message=message)
    if isinstance(error, BackendError):
        return 502, shapes.Problem(code="backend", message=message)
    return 500, shapes.Problem(code="film" if isinstance(error, FilmError) else "failure", message=message)


def _finding(item: Any) -> Diagnostic:
    path = ".".join(str(step) for step in item["loc"] if step not in ("body", "query", "path"))
    message = f"{path or 'the body'}: {item['msg']}"
    return Diagnostic(code=str(item["type"]), severity=Severity.ERROR, message=message, path=path or None)
