"""The page's files: whole, small, and without any way for a film's words to become markup or for other hosts to be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mavin.studio.app import STATIC

FILES = sorted(path for path in STATIC.rglob("*") if path.is_file())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
NAMES = {path: str(path.relative_to(STATIC)) for path in FILES}

MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|srcdoc"
    r"|\beval\(|new Function|setAttribute\(\s*[\"']style"
)


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES.__getitem__)
def test_no_script_makes_markup_of_text(script: Path) -> None:
    assert MARKUP.findall(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=NAMES.__getitem__)
def test_a_file_asks_no_other_host_and_stays_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    hosts = set(re.findall(r"(?:https?:)?//([a-z0-9.-]+\.[a-z]{2,})", text))
    assert hosts <= {"www.w3.org"}  # the name of a namespace
    assert text.count("\n") < 400


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES.__getitem__)
def test_what_a_script_imports_is_there(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    for names, source in re.findall(r"^import\s+(?:([^;]*?)\s+from\s+)?\"([^\"]+)\";", text, re.MULTILINE):
        other = (script.parent / source).resolve()
        assert other in NAMES, f"{NAMES[script]} imports {source}"
        exported = set(
            re.findall(r"export (?:async )?(?:function|const|let|class) (\w+)", other.read_text(encoding="utf-8"))
        )
        wanted = re.findall(r"(\w+)(?: as \w+)?", names[names.index("{") :]) if "{" in names else []
        assert set(wanted) <= exported
        body = text.replace(f'{names} from "{source}"', "", 1)
        used = [
            re.sub(r".* as ", "", name).strip() for name in re.sub(r"[{}]|^\*", "", names).split(",") if name.strip()
        ]
        assert [name for name in used if not re.search(rf"\b{name}\b", body)] == [], "imported and not used"


def test_the_page_has_no_inline_script_or_style() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page) == []
    for path in re.findall(r"(?:href|src)=\"/static/([^\"]+)\"", page):
        assert (STATIC / path).is_file(), path
