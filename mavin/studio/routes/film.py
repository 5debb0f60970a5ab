"""The film itself: reading it, trying operations, making them."""

from __future__ import annotations

from fastapi import APIRouter

from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.problems import PROBLEMS

__all__ = ["film_routes"]


def film_routes(desk: Desk) -> APIRouter:
    """The paths of a film."""
    routes = APIRouter(prefix="/api", tags=["film"])

    @routes.get("/film", responses=PROBLEMS())
    def film() -> shapes.Film:
        """The whole film: scripts, locks, findings with their fixes, branches, media, jobs."""
        return desk.view()

    @routes.post("/check", responses=PROBLEMS())
    def check(edits: shapes.Edits) -> shapes.Check:
        """What operations would make of a clip; nothing is saved."""
        return desk.check(edits)

    @routes.post("/operations", responses=PROBLEMS(409, 423))
    def operations(change: shapes.Change) -> shapes.Film:
        """Makes operations, as one step, on top of what others have saved since."""
        return desk.change(change)

    return routes
