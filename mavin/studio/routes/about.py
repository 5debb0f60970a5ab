"""What can be chosen, which tokens each moment sees, and what the film can be taken away as."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from mavin import api, caption
from mavin.caption import Angle, Aspect, Movement, Size
from mavin.film import Film
from mavin.formats import Format, FormatError, formats, sentences
from mavin.frames import FPS
from mavin.instructions import FORMS
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.pipelines import Pipelines
from mavin.studio.problems import PROBLEMS, NotThereError
from mavin.studio.routes.media import ClipName
from mavin.studio.security import MAX_UPLOAD_BYTES
from mavin.studio.uploads import AUDIO_TYPES, IMAGE_TYPES

__all__ = ["about_routes"]


class Vocabulary(shapes.Shape):
    """What the page lets a person choose from, and within which limits."""

    sizes: tuple[str, ...]
    angles: tuple[str, ...]
    movements: tuple[str, ...]
    aspects: tuple[str, ...]
    min_shot_ms: int
    min_line_ms: int
    min_sound_ms: int
    min_duration_ms: int
    max_duration_ms: int
    max_shots: int
    max_referenced_roles: int
    fps: int
    max_upload_bytes: int
    image_types: tuple[str, ...]
    audio_types: tuple[str, ...]
    instruction_examples: tuple[str, ...]
    renderers: tuple[str, ...]
    weights: tuple[str, ...]


class Lane(shapes.Shape):
    """One thing that may be seen, and when."""

    kind: str
    label: str
    text: str
    latents: tuple[tuple[int, int], ...]
    times_ms: tuple[tuple[float, float], ...]


class Tower(shapes.Shape):
    """One tower's lanes."""

    name: str
    latents: int
    tokens: int
    lanes: tuple[Lane, ...]
    edges_ms: tuple[float, ...]


class Route(shapes.Shape):
    """What each moment of both towers sees of the script."""

    title: str
    duration_ms: int
    cuts_ms: tuple[int, ...]
    video: Tower
    audio: Tower
    notes: tuple[str, ...]


class ExportTarget(shapes.Shape):
    """A form in which the script can be taken away, what gets lost in it, and why it cannot be where that is so."""

    name: str
    title: str
    kind: str
    about: str
    suffix: str
    type: str
    url: str
    is_general: bool
    """Whether it says the same of every film."""
    losses: tuple[str, ...]
    refused: str


class Exports(shapes.Shape):
    """All of them."""

    targets: tuple[ExportTarget, ...]


def about_routes(desk: Desk, pipelines: Pipelines) -> APIRouter:
    """These paths."""
    routes = APIRouter(prefix="/api", tags=["about"])

    @routes.get("/vocabulary", responses=PROBLEMS())
    def vocabulary() -> Vocabulary:
        """What can be chosen."""
        return Vocabulary(
            sizes=tuple(Size),
            angles=tuple(Angle),
            movements=tuple(Movement),
            aspects=tuple(Aspect),
            min_shot_ms=caption.MIN_SHOT_MS,
            min_line_ms=caption.MIN_LINE_MS,
            min_sound_ms=caption.MIN_SOUND_MS,
            min_duration_ms=caption.MIN_DURATION_MS,
            max_duration_ms=caption.MAX_DURATION_MS,
            max_shots=caption.MAX_SHOTS,
            max_referenced_roles=caption.MAX_REFERENCED_ROLES,
            fps=FPS,
            max_upload_bytes=MAX_UPLOAD_BYTES,
            image_types=IMAGE_TYPES,
            audio_types=AUDIO_TYPES,
            instruction_examples=FORMS,
            renderers=pipelines.renderers(),
            weights=tuple(pipelines.names()),
        )

    @routes.get("/route", responses=PROBLEMS())
    def route(clip: ClipName = "K1") -> Route:
        """Which words and references each moment may attend to (the routing of Eq. 4)."""
        (view,) = api.route(desk.script(desk.film(), clip).caption)
        return Route.model_validate(asdict(view))

    @routes.get("/export", responses=PROBLEMS())
    def targets(clip: ClipName = "K1") -> Exports:
        """The forms in which the script can be taken away; of those that hold one clip, this one."""
        film = desk.film()
        return Exports(targets=tuple(_target(film, each, clip) for each in formats().values() if each.write))

    @routes.get(
        "/export/{target}",
        response_class=Response,
        responses={200: {"content": {each.media_type: {} for each in formats().values()}}, **PROBLEMS(404)},
    )
    def export(target: str, clip: ClipName = "K1") -> Response:
        """The script in one of these forms, as a download."""
        found = formats().get(target)
        if found is None or found.write is None:
            known = ", ".join(each.name for each in formats().values() if each.write)
            raise NotThereError(f"An export must be one of {known}, got {target[:40]!r}.")
        (file,) = api.export(desk.film(), found, clip=clip if found.one_clip else None).files
        plain = file.name.encode("ascii", "ignore").decode() or f"film{found.suffix}"
        disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name)}"
        return Response(file.content, media_type=found.media_type, headers={"content-disposition": disposition})

    return routes


def _target(film: Film, form: Format, clip: str) -> ExportTarget:
    losses: tuple[str, ...] = ()
    refused = ""
    try:
        exported = api.export(film, form, clip=clip if form.one_clip else None, pictures=False)
        losses = sentences(exported.losses)
    except FormatError as error:
        refused = str(error)
    return ExportTarget(
        name=form.name,
        title=form.title,
        kind=form.kind.value,
        about=form.about,
        suffix=form.suffix,
        type=form.media_type,
        url=f"/api/export/{form.name}",
        is_general=form.is_general,
        losses=losses,
        refused=refused,
    )
