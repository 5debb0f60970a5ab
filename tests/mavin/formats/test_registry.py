"""Every form says exactly what it loses; names, suffixes and contents find the right one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings

from mavin.caption import HierarchicalCaption, load_caption
from mavin.edits import flat_of
from mavin.errors import UsageError
from mavin.formats import (
    Document,
    Feature,
    FilmScript,
    Format,
    FormatError,
    LossKind,
    find,
    formats,
    of_suffix,
    recognise,
)
from mavin.formats.losses import found, sentences
from tests.conftest import GOLDEN_CAPTION
from tests.mavin.formats.scripts import films

GOLDEN = load_caption(GOLDEN_CAPTION.read_bytes())
SCRIPT = dataclasses.replace(FilmScript.of(GOLDEN), locks=("K1.S2",))
WRITTEN = [each for each in formats().values() if each.write is not None and not each.is_general]
NAMES = [each.name for each in WRITTEN]


@pytest.mark.parametrize("form", WRITTEN, ids=NAMES)
def test_what_is_not_carried_is_listed_and_nothing_else_is(form: Format) -> None:
    written = form.export(SCRIPT)
    assert written.content
    never = {(feature.value, path) for feature, path in found(SCRIPT) if feature not in form.carries}
    lost = {(loss.what, loss.path) for loss in written.losses if loss.kind is LossKind.LOST}
    assert never <= lost
    assert all(loss.what and not loss.why.endswith(".") for loss in written.losses)


def test_the_losses_name_places_of_the_caption() -> None:
    paths = set(flat_of(GOLDEN))
    for feature, path in found(SCRIPT):
        # A loss may be a whole part, such as a camera.
        assert (
            feature is Feature.LOCKS
            or any(one == path or one.startswith(f"{path}.") for one in paths)
            or (path.removesuffix(".shots").split(".")[0] in {"shots", "roles", "dialogue"})
        ), path


def test_alike_losses_are_one_sentence() -> None:
    assert sentences(find("markdown").export(SCRIPT).losses) == ("Lost: locks – they stay with the film.",)
    several = FilmScript.of(GOLDEN, GOLDEN)
    assert {path.split(".")[0] for _, path in found(several) if path} == {"K1", "K2"}


def test_a_form_is_found_by_name_suffix_and_content() -> None:
    assert find(" JSON ").name == "json"
    assert of_suffix(Path("a/Film.MD")) is find("markdown")
    assert of_suffix(Path("film.schema.json")) is find("json-schema")
    assert of_suffix(Path("film.doc")) is None
    with pytest.raises(UsageError, match="Did you mean markdown"):
        find("markdwon")
    with pytest.raises(UsageError, match="There are: json"):
        find("wurst")


@pytest.mark.parametrize("form", [each for each in WRITTEN if each.read is not None], ids=lambda form: form.name)
def test_what_was_written_is_recognised_whatever_its_name(form: Format) -> None:
    content = form.export(FilmScript.of(GOLDEN)).content
    assert recognise(Document(content, "renamed.dat")) is form


def test_whole_forms_bring_everything_back(caption: HierarchicalCaption) -> None:
    script = FilmScript.of(caption, caption)
    for name in ("json", "text"):
        form = find(name)
        read = form.read(Document(form.export(script).content, f"film{form.suffix}"), None)  # type: ignore[misc]
        assert [clip.caption for clip in read.script.clips] == [caption, caption]
        assert read.losses == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff\xe0 a picture", "UTF-8"),
        (b"Caf\xe9\nola", "line 1"),
        (b"PK\x03\x04" + bytes(300), "zero bytes|something else"),
        (b"Dear reader, this is a letter.", "something else"),
        (b'{"global_caption": ', "must be JSON"),
        (b'{"global_caption": {}}', "duration_ms"),
        (b'[{"global_caption": {}}, 3]', "caption 1"),
        (b"[" * 100_000 + b'"global_caption"', "must be JSON|something else"),
    ],
)
def test_what_is_no_script_is_told(content: bytes, words: str) -> None:
    document = Document(content, "story.xyz")
    with pytest.raises((FormatError, UsageError, ValueError, Exception), match=words) as caught:
        form = recognise(document)
        assert form.read is not None
        form.read(document, None)
    assert getattr(caught.value, "exit_code", None) in {2, 3}


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.write(b'{"global_caption": "')
        file.truncate(50 * 1024**2)
    document = Document(path)
    with pytest.raises(UsageError, match="at most 16 MB"):
        form = recognise(document)
        assert form.read is not None
        form.read(document, None)


def test_json_that_would_fill_the_memory_is_not_taken_apart() -> None:
    with pytest.raises(FormatError, match="at most 2 MB"):
        find("json").load(Document(b'{"global_caption": {}, "x": [' + b"1," * 1_500_000 + b"1]}", "x.json"))


def test_markdown_shows_words_and_not_marks() -> None:
    from markdown_it import MarkdownIt

    words = "*not* a [link](x) <b>, # 1. a_b_c `code` | & ~~"
    data = GOLDEN.model_dump(mode="json")
    data["shots"][0]["action"] = f"# {words}"
    data["shots"][1]["action"] = "1. first\n\n- second"
    data["dialogue"][0]["text"] = words
    page = MarkdownIt().render(find("markdown").export(FilmScript.of(load_caption(data))).content.decode())
    assert "<em>not" not in page
    assert "<p># *not* a [link](x) &lt;b&gt;" in page
    assert "<p>1. first - second</p>" in page


def test_the_page_on_formats_is_what_the_records_say(root: Path) -> None:
    from mavin.formats.__main__ import page

    assert (root / "docs" / "formats.md").read_text(encoding="utf-8") == page(), "run make formats"


@settings(max_examples=15)
@given(script=films())
def test_whatever_the_words_are_every_form_writes_them_or_says_why_not(script: FilmScript) -> None:
    for form in WRITTEN:
        try:
            written = form.export(script)
        except FormatError as error:
            assert form.one_clip or "nobody speaks" in str(error)
            continue
        assert written.content
        if form.is_text:
            written.content.decode()
