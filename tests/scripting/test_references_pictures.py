"""What code sees in pictures: on a photograph, on drawings, and in every form in which a picture may come."""

from __future__ import annotations

import colorsys
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from generator.stage.cast import person_look
from generator.stage.figures import draw
from mavin.caption import Role
from mavin.media import read_picture
from scripting.references.colours import CLOTHES, HAIR, lab, name_of, palette
from scripting.references.pictures import study_picture
from scripting.references.wording import appearance_phrases, picture_summary

from .reference_files import photo


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, **options)  # type: ignore[arg-type]
    return path


def test_a_photograph_gives_hair_clothes_framing_and_what_was_not_looked_at(tmp_path: Path) -> None:
    cues = study_picture(saved(photo(), tmp_path / "a.png"))
    assert (cues.faces, cues.framing, cues.light) == (1, "medium", "medium")
    assert cues.hair is not None
    assert (cues.hair.colour, cues.hair.bare, cues.hair.long) == ("light brown", False, False)
    assert cues.clothing[0] == "orange"
    assert {"age", "gender", "who it is"} <= set(cues.not_analysed)
    assert appearance_phrases(cues)[0] == "light brown hair"
    assert "1 face" in picture_summary(cues)


def test_a_close_up_has_no_clothes_and_says_so(tmp_path: Path) -> None:
    cues = study_picture(saved(photo().crop((140, 10, 310, 200)), tmp_path / "a.png"))
    assert (cues.faces, cues.framing, cues.clothing) == (1, "close-up", ())
    assert any(item.startswith("clothing") for item in cues.not_analysed)


def test_a_painted_bald_head_is_bare(tmp_path: Path) -> None:
    picture = photo()
    pen = ImageDraw.Draw(picture)
    pen.rectangle((120, 0, 330, 76), fill=(196, 188, 178))  # the wall
    for left in (140, 272):
        pen.rectangle((left, 60, left + 38, 130), fill=(196, 188, 178))
    skin = tuple(int(value) for value in np.median(np.asarray(photo())[112:134, 195:245].reshape(-1, 3), axis=0))
    pen.ellipse((176, 38, 268, 130), fill=skin)
    picture.paste(photo().crop((182, 90, 262, 168)), (182, 90))
    pen.rectangle((182, 84, 262, 94), fill=skin)
    cues = study_picture(saved(picture, tmp_path / "bald.png"))
    assert cues.faces == 1
    assert cues.hair is not None and cues.hair.bare and not cues.hair.colour
    assert "a bald or shaven head" in appearance_phrases(cues)


def test_faces_are_counted(tmp_path: Path) -> None:
    both = Image.new("RGB", (1024, 512))
    both.paste(photo(), (0, 0))
    both.paste(photo(), (512, 0))
    assert study_picture(saved(both, tmp_path / "a.jpg", quality=92)).faces == 2


@pytest.mark.parametrize(
    ("appearance", "hair", "clothes"),
    [
        ("A woman with brown hair in a green coat", "brown", "green"),
        ("A boy with blond hair in a blue shirt", "blond", "blue"),
        ("A bald old man in a red jacket", "", "red"),
    ],
)
def test_drawn_figures_show_what_they_were_drawn_with(tmp_path: Path, appearance: str, hair: str, clothes: str) -> None:
    import resvg_py

    look = person_look(Role(id="C1", name="Mara", appearance=appearance, voice=""), "", 0)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 144">{draw(look).body}</svg>'
    (tmp_path / "a.png").write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=360, height=720)))
    cues = study_picture(tmp_path / "a.png")
    assert cues.faces == 1
    assert (cues.hair.colour if cues.hair else "") == hair
    assert cues.clothing[0] == clothes


def test_without_a_face_only_colours_are_told(tmp_path: Path) -> None:
    picture = Image.new("RGB", (300, 200), (62, 140, 62))
    ImageDraw.Draw(picture).ellipse((80, 40, 220, 180), fill=(231, 118, 34))
    cues = study_picture(saved(picture, tmp_path / "a.png"))
    assert (cues.faces, cues.hair, cues.clothing, cues.framing) == (0, None, (), None)
    assert appearance_phrases(cues) == ("mainly green and orange",)
    assert "no frontal face was found" in cues.not_analysed[0]


def test_transparent_pixels_are_no_colour(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (100, 100), (255, 255, 255, 0))
    ImageDraw.Draw(picture).rectangle((30, 30, 70, 70), fill=(20, 60, 160, 255))
    assert study_picture(saved(picture, tmp_path / "a.png")).colours == ("blue",)


@pytest.mark.parametrize(
    "form", ["png", "jpg", "cmyk.jpg", "webp", "bmp", "tiff", "turned.jpg", "palette.png", "grey16.png"]
)
def test_every_form_of_one_picture_shows_the_same(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"a.{form}"
    picture = photo()
    if form == "cmyk.jpg":
        picture.convert("CMYK").save(path, quality=95)
    elif form == "turned.jpg":
        exif = Image.Exif()
        exif[0x0112] = 6  # shown turned by 90° clockwise
        picture.transpose(Image.Transpose.ROTATE_90).save(path, quality=95, exif=exif)
    elif form == "palette.png":
        picture.quantize(128).save(path)
    elif form == "grey16.png":
        grey = np.asarray(picture.convert("L"), np.uint16) * 257
        Image.fromarray(grey).save(path)
    else:
        picture.save(path)
    cues = study_picture(path)
    assert (cues.faces, cues.framing) == (1, "medium")
    if form == "grey16.png":
        assert int(np.asarray(read_picture(path))[..., 0].mean()) == pytest.approx(
            int(np.asarray(photo().convert("L")).mean()), abs=2
        )
    else:
        assert cues.clothing[0] in ("orange", "red")


def test_a_tiny_picture_is_no_error_but_says_that_nothing_was_analysed(tmp_path: Path) -> None:
    cues = study_picture(saved(Image.new("RGB", (16, 16), "red"), tmp_path / "a.png"))
    assert cues.colours == ()
    assert cues.not_analysed[0].startswith("everything: 16×16 pixels")
    assert appearance_phrases(cues) == ()


def test_colours_have_the_names_that_people_use() -> None:
    for names in (CLOTHES, HAIR):
        assert {name: name_of(rgb, names) for name, rgb in names.items()} == {name: name for name in names}
    # CIELAB of sRGB red and white under D65, from the standard's formulae: (53.24, 80.09, 67.20), (100, 0, 0)
    assert lab(np.array([[255, 0, 0], [255, 255, 255]], np.uint8)) == pytest.approx(
        np.array([[53.24, 80.09, 67.20], [100, 0, 0]]), abs=0.02
    )
    pixels = np.array([[205, 40, 42]] * 70 + [[246, 246, 244]] * 27 + [[0, 0, 255]] * 3, np.uint8)
    assert [(named.name, named.share) for named in palette(pixels, CLOTHES)] == [("red", 0.7), ("white", 0.27)]
    assert palette(np.zeros((0, 3), np.uint8), CLOTHES) == ()


def test_without_the_extra_the_colours_stand_and_the_rest_is_said_to_be_missing(tmp_path: Path) -> None:
    saved(photo(), tmp_path / "a.png")
    script = """
import sys
sys.modules["dlib"] = sys.modules["librosa"] = None  # what an import finds where a package is not installed
from pathlib import Path
from scripting.references.pictures import study_picture
cues = study_picture(Path(sys.argv[1]))
assert cues.faces is None and cues.colours
print(cues.not_analysed[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.png")], capture_output=True, text=True, check=True
    )
    assert "pip install 'mavin[references]'" in done.stdout


@pytest.mark.parametrize(
    ("hue", "name"),
    [(0, "red"), (30, "orange"), (60, "yellow"), (120, "green"), (180, "turquoise"), (210, "blue"), (240, "blue"),
     (285, "purple"), (315, "magenta")],
)  # fmt: skip
@pytest.mark.parametrize(("saturation", "value"), [(1.0, 1.0), (0.9, 0.8)])
def test_saturated_colours_round_the_circle(hue: int, name: str, saturation: float, value: float) -> None:
    red, green, blue = (round(255 * part) for part in colorsys.hsv_to_rgb(hue / 360, saturation, value))
    assert name_of((red, green, blue), CLOTHES) == name
