"""A real browser on a real ``mavin studio``: what it says in its console and whom it asks is watched all the time.

``make test-browser`` runs these.  They need Chrome or Chromium on the PATH, and say how to get it where it is missing.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from mavin import api
from mavin.caption import HierarchicalCaption
from mavin.film import Film
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
HOW = (
    "The tests of the studio's page need Chrome or Chromium on the PATH, and found none. Debian and Ubuntu: "
    "apt-get install -y chromium; Fedora: dnf install chromium; macOS: brew install --cask chromium."
)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--mute-audio", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip

SCRIPT: dict[str, Any] = {
    "title": "The lamp",
    "duration_ms": 9000,
    "global_caption": {"storyline": "Mara finds the lamp burning.", "style": "ink on paper", "ambience": "wind"},
    "shots": [
        {"id": "S1", "start_ms": 0, "end_ms": 3000, "title": "The stairs", "setting": "a tower", "action": "Mara climbs the stairs.", "roles": ["C1"]},
        {"id": "S2", "start_ms": 3000, "end_ms": 6000, "title": "The lamp", "setting": "a tower", "action": "The lamp burns.", "sounds": [{"id": "X1", "start_ms": 3300, "end_ms": 4100, "text": "a door slams"}]},
        {"id": "S3", "start_ms": 6000, "end_ms": 9000, "title": "The sea", "setting": "the sea", "action": "Tom looks up.", "roles": ["C2"]},
    ],
    "roles": [{"id": "C1", "name": "Mara", "appearance": "an old woman"}, {"id": "C2", "name": "Tom"}],
    "dialogue": [
        {"id": "L1", "role": "C1", "start_ms": 300, "end_ms": 2800, "text": "Who left the lamp burning?"},
        {"id": "L2", "role": "C2", "start_ms": 6500, "end_ms": 8500, "text": "I did. Come home."},
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The browser of this machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.exit(HOW, returncode=2)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--headless=new", *FLAGS])
        yield browser
        browser.close()


@dataclass
class Studio:
    """A running studio and its film."""

    film: Path
    url: str

    @property
    def origin(self) -> str:
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.url))

    @property
    def caption(self) -> HierarchicalCaption:
        """The script as it is on the disk."""
        return Film.open(self.film).clips[0].caption

    @property
    def rev(self) -> int:
        return Film.open(self.film).rev

    def terminal(self, *arguments: str) -> str:
        """Runs ``mavin`` as another program would."""
        done = subprocess.run(
            [sys.executable, "-m", "mavin", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """``mavin studio`` as a person starts it, ended by Ctrl-C."""
    film = api.new(tmp_path / "lamp.mavin", caption=HierarchicalCaption.model_validate(SCRIPT))
    command = [sys.executable, "-m", "mavin", "studio", str(film.path), "--no-open", "--port", "0", "--json"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None
    text = ""
    while not text.endswith("}\n"):
        line = server.stdout.readline()
        assert line, server.communicate()[1]
        text += line
    yield Studio(film.path, json.loads(text)["url"])
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=20)
    assert server.returncode == 0, said
    assert "Traceback" not in said, said


@dataclass
class Tab:
    """A tab that shows the studio, and what it has been heard to say."""

    page: Page
    studio: Studio
    complaints: list[str] = field(default_factory=list)
    refusals: set[int] = field(default_factory=set)
    """Statuses that the test provokes; the browser reports them in its console."""

    def hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        refused = re.search(r"responded with a status of (\d+)", message.text)
        if not refused or int(refused[1]) not in self.refusals:
            self.complaints.append(f"{message.type}: {message.text}")

    def open(self) -> None:
        """Opens the studio and waits until it can be used."""
        self.page.goto(self.studio.url)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("html[data-ready=true]")
        self.page.wait_for_function("() => document.querySelectorAll('.block.shot').length > 0")

    def block(self, name: str) -> Locator:
        return self.page.locator(f'.block[data-id="{name}"]')

    def cut(self, shot: str) -> Locator:
        return self.page.locator(f'.cut.cut[data-kind="cut"][data-id="{shot}"] .grip')

    @property
    def scale(self) -> float:
        """Pixels per millisecond."""
        first = self.page.locator('.block[data-id="S1"]').bounding_box()
        assert first is not None
        return first["width"] / self.studio.caption.shots[0].interval.duration_ms

    def drag(
        self, what: Locator, by_ms: float, *, at: float = 0.5, keys: tuple[str, ...] = (), drop: bool = True
    ) -> None:
        """Drags something sideways, in steps as a hand does; ``at`` is where in its width it is held."""
        box = what.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] * at, box["y"] + box["height"] / 2
        mouse = self.page.mouse
        mouse.move(x, y)
        for key in keys:
            self.page.keyboard.down(key)
        mouse.down()
        mouse.move(x + by_ms * self.scale, y, steps=12)
        if drop:
            mouse.up()
        for key in keys:
            self.page.keyboard.up(key)

    def grid(self, name: str) -> None:
        self.page.get_by_label("Snap to").select_option(name)

    def saved(self, rev: int) -> None:
        """Waits until the film has that revision, and this tab shows it."""
        self.page.wait_for_function(
            "rev => document.querySelector('.revision').title.endsWith('revision ' + rev)", arg=rev
        )


@pytest.fixture
def tabs(chrome: Browser, studio: Studio) -> Iterator[Callable[[], Tab]]:
    """Opens tabs of one browser window; when the test ends, none may have complained or asked another host."""
    context: BrowserContext = chrome.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.set_default_timeout(15_000)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    opened: list[Tab] = []

    def open_tab() -> Tab:
        tab = Tab(context.new_page(), studio)
        tab.page.on("console", tab.hear)
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        opened.append(tab)
        tab.open()
        return tab

    yield open_tab
    context.close()
    assert [complaint for tab in opened for complaint in tab.complaints] == []
    strange = [url for url in asked if not url.startswith((f"{studio.origin}/", "blob:", "data:"))]
    assert strange == []


@pytest.fixture
def tab(tabs: Callable[[], Tab]) -> Tab:
    """One tab."""
    return tabs()
