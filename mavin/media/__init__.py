"""Media in and out through PyAV and Pillow: films are written whole or not at all, references are read warily.

atomic      a file that replaces another when it is complete
writing     frames and samples → mp4, WebM, GIF
films       a film → frames on the 24 fps clock, samples
references  pictures and recordings of unknown make
"""

from mavin.media.atomic import discard_unfinished, write_atomic
from mavin.media.films import FilmHead, FrameReader, probe_film, read_frames, read_sound
from mavin.media.references import (
    MAX_AUDIO_SECONDS,
    MAX_IMAGE_PIXELS,
    MAX_REFERENCE_BYTES,
    Recording,
    SoundFile,
    is_animated,
    probe_reference,
    probe_sound,
    read_audio,
    read_image,
    read_picture,
    read_recording,
    reference_suffix,
)
from mavin.media.writing import FILM_SUFFIXES, has_sound_track, write_video, written_size

__all__ = [
    "FILM_SUFFIXES",
    "MAX_AUDIO_SECONDS",
    "MAX_IMAGE_PIXELS",
    "MAX_REFERENCE_BYTES",
    "FilmHead",
    "FrameReader",
    "Recording",
    "SoundFile",
    "discard_unfinished",
    "has_sound_track",
    "is_animated",
    "probe_film",
    "probe_reference",
    "probe_sound",
    "read_audio",
    "read_frames",
    "read_image",
    "read_picture",
    "read_recording",
    "read_sound",
    "reference_suffix",
    "write_atomic",
    "write_video",
    "written_size",
]
