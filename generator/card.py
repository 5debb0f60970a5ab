"""The model card of any pipeline: front matter as hubs read it, its parts and their licences."""

from __future__ import annotations

from collections.abc import Iterable

from generator.layout import PipelineIndex

__all__ = ["card", "front_matter", "parts_table"]


def card(index: PipelineIndex) -> str:
    """What the index knows: what the parts are and under which licences."""
    licences = index.licences
    shown = licences[0] if len(licences) == 1 else "other"
    lines = [
        *front_matter(shown),
        f"# {index.name}",
        "",
        "A pipeline for multi-shot video with sound from a hierarchical caption.",
        "",
        "```sh",
        "mavin render film.mavin -o film.mp4 --renderer mavin --weights FOLDER",
        "```",
        "",
        *parts_table(index),
        "",
    ]
    if index.training.steps == 0:
        lines.append("The weights are random: what they make is noise.")
    if any("NC" in licence.upper().split("-") for licence in licences):
        lines.append("Part of it is licensed for non-commercial use only, and so is what it makes.")
    if not index.training.boundaries:
        lines.append("It was trained without shot boundaries: routing is applied on top of it when sampling.")
    if not index.training.references:
        lines.append("It was trained without references: pictures and voices of roles are not used.")
    return "\n".join(lines).rstrip() + "\n"


def front_matter(licence: str, tags: Iterable[str] = ()) -> list[str]:
    """The lines between dashes, and an empty one."""
    return [
        "---",
        f"license: {licence.lower() or 'other'}",
        "library_name: mavin",
        "pipeline_tag: text-to-video",
        f"tags: [{', '.join(('audio-visual-generation', 'multi-shot', *tags))}]",
        "---",
        "",
    ]


def parts_table(index: PipelineIndex) -> list[str]:
    """One row for each part."""
    return [
        "| part | kind | licence | source |",
        "| --- | --- | --- | --- |",
        *(
            f"| {name} | {part.kind} | {part.licence or 'not stated'} | {part.source or 'not stated'} |"
            for name, part in index.parts.items()
        ),
    ]
