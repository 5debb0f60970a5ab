"""Making and checking scripts without a language model."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from mavin.api.requests import aspect_of, duration_ms, language_of, shot_count
from mavin.api.sources import Source, load
from mavin.api.targets import check_film_target
from mavin.caption import (
    MIN_SHOT_MS,
    DialogueLine,
    GlobalCaption,
    HierarchicalCaption,
    InvalidCaptionError,
    Role,
    Shot,
    validation_diagnostics,
)
from mavin.diagnostics import Diagnostic, Severity
from mavin.errors import UsageError
from mavin.film import Film, Manifest, Run, environment, script_diagnostics, slug
from mavin.film.references import adopt_references
from mavin.interval import Interval

__all__ = ["blank_caption", "check", "new"]


def new(
    to: str | Path | None = None,
    *,
    caption: HierarchicalCaption | None = None,
    references: str | Path | None = None,
    force: bool = False,
) -> Film:
    """Makes a film of a caption, without a language model.

    Args:
        to: the film's folder; a slug of the title in the current folder if left out.
        caption: the script; :func:`blank_caption` makes one, which is also the default.
        references: the folder against which files named in the caption resolve.
        force: replace an existing film.

    Raises:
        UsageError: if the place is taken.
        InvalidCaptionError: if the caption names a file that is missing or outside ``references``.
    """
    caption = caption or blank_caption()
    target = check_film_target(to if to is not None else slug(caption.title), force=force)
    if Run.is_unfinished(target):
        Run.clear(target)
    fresh = not target.exists()
    try:
        caption = adopt_references(caption, Path(references or "."), target)
    except Exception:
        if fresh:
            Run.clear(target)  # takes away the folder again, with what was already copied
        raise
    manifest = Manifest(environment=environment())
    return Film.create(target, [caption], op={"op": "new"}, manifest=manifest, force=force)


def blank_caption(
    *,
    title: str = "Untitled",
    duration: float | str | Decimal = 6,
    shots: int | None = None,
    aspect: str = "16:9",
    language: str = "en",
    storyline: str = "",
    style: str = "",
    ambience: str = "",
    setting: str = "",
    roles: Sequence[str] = (),
    actions: Sequence[str] = (),
    lines: Sequence[tuple[str, Interval, str]] = (),
) -> HierarchicalCaption:
    """A script to start from by hand: shots of equal length, every role in every shot.

    Args:
        title: title of the film.
        duration: seconds, 3 to 15.
        shots: number of shots; as many as there are actions, or two, if left out.
        aspect: picture shape.
        language: language tag.
        storyline: what happens, in a sentence.
        style: how it looks.
        ambience: what is heard all the time.
        setting: where it happens.
        roles: names of the characters.
        actions: what happens in each shot, in order.
        lines: dialogue as (role's name, interval, words).

    Raises:
        UsageError: if a number is out of range or a line names nobody of the cast.
        InvalidCaptionError: if the script would break an invariant.
    """
    count = shot_count(shots) or len(actions) or 2
    shot_count(count)
    if len(actions) > count:
        raise UsageError(f"There must be at most one action for each of {count} shot(s), got {len(actions)}.")
    length = duration_ms(duration) or 6_000
    ids = {name.casefold().strip(): f"C{number}" for number, name in enumerate(roles, 1)}
    speakers = [name for name, _, _ in lines if name.casefold().strip() not in ids]
    if speakers:
        have = ", ".join(roles) or "nobody"
        raise UsageError(f"A line must be spoken by one of the cast ({have}), got {speakers[0]}. Add --role for them.")
    # Whole tenths of a second where they fit, for cuts that people can read.
    step = 100 if length % 100 == 0 and length // count >= MIN_SHOT_MS + 100 else 1
    cuts = [length * number // count // step * step for number in range(count)] + [length]
    try:
        return HierarchicalCaption(
            title=title,
            language=language_of(language) or "en",
            duration_ms=length,
            aspect=aspect_of(aspect),
            global_caption=GlobalCaption(
                storyline=storyline or title or "A story.",
                style=style or "natural light, calm colours",
                ambience=ambience or "quiet room tone",
            ),
            shots=tuple(
                Shot(
                    id=f"S{number + 1}",
                    start_ms=cuts[number],
                    end_ms=cuts[number + 1],
                    setting=setting or "an empty stage",
                    action=actions[number] if number < len(actions) else _blank_action(roles),
                    roles=tuple(ids.values()),
                )
                for number in range(count)
            ),
            roles=tuple(Role(id=f"C{number}", name=name) for number, name in enumerate(roles, 1)),
            dialogue=tuple(
                DialogueLine(
                    id=f"L{number}",
                    role=ids[name.casefold().strip()],
                    start_ms=interval.start_ms,
                    end_ms=interval.end_ms,
                    text=text,
                    language=language_of(language) or "en",
                )
                for number, (name, interval, text) in enumerate(lines, 1)
            ),
        )
    except ValidationError as error:
        raise InvalidCaptionError(validation_diagnostics(error)) from None


def _blank_action(roles: Sequence[str]) -> str:
    return f"{' and '.join(roles)} wait{'s' if len(roles) == 1 else ''}." if roles else "The stage is empty."


def check(film: Film | HierarchicalCaption | Source | str | Path) -> tuple[Diagnostic, ...]:
    """Everything worth knowing about a script, broken invariants included, the gravest first.

    Raises:
        UsageError, FilmError: if there is no script to check at all.
    """
    try:
        source = load(film)
    except InvalidCaptionError as error:
        return error.diagnostics
    several = len(source.captions) > 1
    pace = source.film.manifest.pace if source.film else 1.0
    found = [
        item.model_copy(update={"message": f"K{number}: {item.message}"}) if several else item
        for number, caption in enumerate(source.captions, 1)
        for item in script_diagnostics(caption, source.folder, pace=pace)
        if not (several and item.code == "unused_role" and _plays_elsewhere(item, caption, source.captions))
    ]
    found += [
        Diagnostic(code="notice", severity=Severity.INFO, message=notice)
        for notice in (source.film.notices if source.film else ())
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda item: order.index(item.severity)))


def _plays_elsewhere(item: Diagnostic, caption: HierarchicalCaption, captions: Sequence[HierarchicalCaption]) -> bool:
    """Whether a role that has no part in this clip has one in another; clips of a film share one cast."""
    role = (item.path or "").removeprefix("roles.")
    return any(
        other is not caption and any(one.id == role for one in other.roles) and _plays(other, role)
        for other in captions
    )


def _plays(caption: HierarchicalCaption, role: str) -> bool:
    return bool(caption.presence(role) or caption.dialogue_intervals(role))
