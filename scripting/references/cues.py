"""What was measured on a reference picture or voice: plain records that travel through the graph's state."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["Framing", "Hair", "Light", "PictureCues", "VoiceCues"]

Framing = Literal["close-up", "medium", "full"]
Light = Literal["dark", "medium", "bright"]


class _Cues(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hair(_Cues):
    """What is above and beside the face.

    Attributes:
        colour: a name of :data:`scripting.references.colours.HAIR`, empty where none was seen.
        bare: whether skin goes on above the forehead: bald, shaven or drawn back.
        long: whether it falls below the chin on at least one side.
    """

    colour: str = ""
    bare: bool = False
    long: bool = False


class PictureCues(_Cues):
    """What a picture shows of a role.

    Attributes:
        width, height: pixels, upright.
        faces: how many frontal faces were found; ``None`` where nothing could look for them.
        framing: how near the largest face is; ``None`` without a face.
        light: how bright the picture is as a whole.
        hair: of the largest face; ``None`` without a face, or where it cannot be told from what is behind it.
        clothing: colours below the largest face, largest share first.
        colours: colours of the whole picture (of what is not transparent), largest share first.
        hair_words: the hair in a vision model's words.
        features: other lasting features in a vision model's words; empty where code alone looked.
        garments: the clothes in a vision model's words.
        by: ``code``, or the vision model that was asked as well.
        not_analysed: what nobody looked at, or what could not be told, in words.
    """

    width: int
    height: int
    faces: int | None = None
    framing: Framing | None = None
    light: Light = "medium"
    hair: Hair | None = None
    clothing: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    hair_words: str = ""
    features: str = ""
    garments: str = ""
    by: str = "code"
    not_analysed: tuple[str, ...] = ()


class VoiceCues(_Cues):
    """What a recording tells of a voice.

    Attributes:
        seconds: length of the recording.
        pitch_hz: median F0 of the voiced frames; ``None`` where hardly anything is voiced.
        pitch_range_hz: 10th and 90th percentile of the same.
        pitch: word for the median.
        melody: ``lively`` or ``even``, from the range in semitones.
        syllables_per_second: onsets of syllables for each second that is spoken.
        pace: word for that.
        voiced_share: voiced part of what is not silent, 0 to 1.
        loudness_lufs: integrated loudness (ITU-R BS.1770) as recorded; ``None`` where too short or too quiet.
        loudness: word for that.
        centroid_hz: median spectral centroid of the voiced frames.
        timbre: words for brightness and breath.
        analysed: ``False`` where the package that listens is not installed.
        not_analysed: what nobody listened for, or what could not be told, in words.
    """

    seconds: float
    pitch_hz: int | None = None
    pitch_range_hz: tuple[int, int] | None = None
    pitch: str = ""
    melody: str = ""
    syllables_per_second: float | None = None
    pace: str = ""
    voiced_share: float | None = None
    loudness_lufs: float | None = None
    loudness: str = ""
    centroid_hz: int | None = None
    timbre: tuple[str, ...] = ()
    analysed: bool = True
    not_analysed: tuple[str, ...] = ()
