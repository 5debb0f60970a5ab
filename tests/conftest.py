"""What every room's tests share: the golden caption, and which tests the machine at hand can run.

Tests marked ``model`` need the default language model in the store, tests marked ``vllm`` a
real vLLM server and tests marked ``browser`` a Chrome or Chromium.  Where these are missing the tests are deselected, and the header of the run
says so: a test that ran is a test that could fail.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from mavin.caption import HierarchicalCaption

ROOT = Path(__file__).resolve().parent.parent
GOLDEN_CAPTION = ROOT / "tests" / "mavin" / "golden" / "caption-v1.json"

# Two shared cores make single examples slow now and then; a deadline would measure the machine.
settings.register_profile("mavin", deadline=None, print_blob=True)
settings.load_profile("mavin")


# A film of the network takes many times as long as one of the stage; tests of the network ask for it.
os.environ["MAVIN_RENDERER"] = "stage"

_MARKERS = ("model", "vllm", "browser")


@functools.cache
def _missing(marker: str) -> str:
    """Why the tests of a marker cannot run here; empty where they can."""
    if marker == "vllm":
        return "" if os.environ.get("MAVIN_TEST_VLLM") else "make test-vllm runs them against a real server"
    if marker == "browser":
        return "" if os.environ.get("MAVIN_TEST_BROWSER") else "make test-browser runs them in a real browser"
    from mavin.store import DEFAULT_LLM, path_of

    return "" if path_of(DEFAULT_LLM) else f"{DEFAULT_LLM} is not in the store; mavin model pull fetches it"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests whose model or server is not there."""
    unable = [item for item in items if any(item.get_closest_marker(name) and _missing(name) for name in _MARKERS)]
    if unable:
        config.hook.pytest_deselected(items=unable)
        items[:] = [item for item in items if item not in unable]


def pytest_report_header() -> list[str]:
    """Says which marked tests are left out, and why."""
    return [f"{marker} tests are left out: {why}" for marker in _MARKERS if (why := _missing(marker))]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def caption() -> HierarchicalCaption:
    """The golden caption: three shots, two roles, two lines of which L1 crosses a cut."""
    from mavin.caption import load_caption

    return load_caption(GOLDEN_CAPTION.read_bytes())
