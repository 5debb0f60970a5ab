"""What a prompt says of the film and not of its story: shot labels and lists, picture shapes, style, places, asides."""

from mavin.facts.film.asides import anchored, json_values, style_spans, without_asides
from mavin.facts.film.camera_asides import SHORT_SIZES, TURNS_TO, CameraAside, find_camera_asides, in_full, is_camera
from mavin.facts.film.labels import find_labels, without_shot_numbers
from mavin.facts.film.lists import each_length, find_cut_times, with_items
from mavin.facts.film.picture_shapes import find_shapes, shape_alone
from mavin.facts.film.scene_words import bare_place, find_scene_words
from mavin.facts.film.structure import (
    CAMERA_TABLES,
    camera_words,
    find_commands,
    is_direction,
    is_style_alone,
    style_words,
)

__all__ = [
    "CAMERA_TABLES",
    "SHORT_SIZES",
    "TURNS_TO",
    "CameraAside",
    "anchored",
    "bare_place",
    "camera_words",
    "each_length",
    "find_camera_asides",
    "find_commands",
    "find_cut_times",
    "find_labels",
    "find_scene_words",
    "find_shapes",
    "in_full",
    "is_camera",
    "is_direction",
    "is_style_alone",
    "json_values",
    "shape_alone",
    "style_spans",
    "style_words",
    "with_items",
    "without_asides",
    "without_shot_numbers",
]
