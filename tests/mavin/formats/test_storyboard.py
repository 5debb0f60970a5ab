"""The storyboard: every word can be found on its pages, in any script, and the pictures are there."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import pytest
from PIL import Image

from mavin.caption import HierarchicalCaption, load_caption
from mavin.formats import FilmScript, FormatError, find
from tests.mavin.formats.scripts import GOLDEN

PDF = find("pdf")


def pages(content: bytes) -> list[str]:
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def changed(**fields: Any) -> HierarchicalCaption:
    data = GOLDEN.model_dump(mode="json")
    data["dialogue"][0]["text"] = fields.get("said", "Come home.")
    data["shots"][0]["action"] = fields.get("action", "The keeper climbs.")
    return load_caption(data)


def still(clip: str, shot: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (320, 180), (200, 30, 30) if shot == "S1" else (30, 30, 200)).save(stream, "PNG")
    return stream.getvalue()


def test_dialogue_action_and_notes_are_found_in_any_script() -> None:
    caption = changed(said="帰ってきて、灯台へ。안녕하세요 你好", action="Ça brûle — Œuvre, Ελληνικά, мир.")
    written = PDF.export(FilmScript.of(caption))
    (text,) = pages(written.content)
    flat = "".join(text.split())
    for words in (
        *("帰ってきて、灯台へ。안녕하세요 你好", "Ça brûle — Œuvre, Ελληνικά, мир.", "seen through the railing"),
        *("boots on iron steps", "hoarse whisper", "Ich sehe dich!", "Mara", "2.5–5.125s", "wide, low, tilt up"),
    ):
        assert "".join(words.split()) in flat, words
    assert written.losses == ()
    assert PDF.export(FilmScript.of(caption)).content == written.content  # the same film makes the same bytes


def test_the_pages_show_the_pictures_and_the_fonts_are_in_the_file() -> None:
    import pypdfium2
    from pypdf import PdfReader

    script = dataclasses.replace(FilmScript.of(GOLDEN, GOLDEN), stills=still)
    content = PDF.export(script).content
    assert len(pages(content)) == 2  # a page for each clip
    document = pypdfium2.PdfDocument(content)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    colours = {picture.getpixel((120, y)) for y in range(picture.height)}
    assert {(200, 30, 30), (30, 30, 200)} <= colours
    fonts = PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    own = [font.get_object() for font in fonts if "/FontDescriptor" in font.get_object()]
    assert own
    for font in own:
        assert "/FontFile2" in font["/FontDescriptor"]


def test_bold_is_bold() -> None:
    from mavin.formats.page_fonts import PageFonts

    fonts = PageFonts()
    fonts.prepare(["Action"])
    from reportlab.pdfbase import pdfmetrics

    names = [fonts.marked("Action", bold=bold).split('"')[1] for bold in (False, True)]
    plain, bold = (pdfmetrics.stringWidth("Action", name, 100) for name in names)
    assert bold > plain * 1.02


def test_letters_that_no_font_has_are_told() -> None:
    written = PDF.export(FilmScript.of(changed(action="A \U000e0fff sign, and שלום.")))
    told = [loss.what for loss in written.losses]
    assert told == [
        "letters that the fonts do not have (U+E0FFF)",
        "letters of scripts that join or run leftwards",
    ]


def test_a_long_text_runs_over_pages() -> None:
    found = pages(PDF.export(FilmScript.of(changed(action="She waits and waits and waits. " * 400))).content)
    assert len(found) > 2
    assert "".join("".join(found).split()).count("waitsandwaitsandwaits.") >= 390


def test_what_fits_on_no_page_is_refused_not_cut() -> None:
    try:
        found = pages(PDF.export(FilmScript.of(changed(action="x" * 30_000))).content)
    except FormatError as error:
        pytest.fail(str(error))
    assert "".join(found).count("x") >= 30_000
