"""Moving things on the timeline with the mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab

pytestmark = pytest.mark.browser

FRAME_MS = 1000 / 24


@pytest.mark.parametrize("frames", [7, -11])
def test_a_cut_is_dragged_by_an_exact_number_of_frames(tab: Tab, frames: int) -> None:
    tab.grid("frames")
    tab.drag(tab.cut("S3"), frames * FRAME_MS)
    tab.saved(2)
    first, second, third = tab.studio.caption.shots
    assert second.end_ms == third.start_ms == round((144 + frames) * FRAME_MS)
    assert (first.end_ms, third.end_ms) == (3000, 9000)
    assert [line.start_ms for line in tab.studio.caption.dialogue] == [300, 6500]


def test_a_cut_that_ripples_shifts_what_follows(tab: Tab) -> None:
    tab.page.get_by_role("button", name="Roll").click()
    tab.drag(tab.cut("S2"), 500)
    tab.saved(2)
    caption = tab.studio.caption
    assert [shot.start_ms for shot in caption.shots] == [0, 3500, 6500]
    assert (caption.duration_ms, caption.dialogue[1].start_ms, caption.shots[1].sounds[0].start_ms) == (
        9500,
        7000,
        3800,
    )


def test_a_line_is_moved_and_made_shorter_until_it_cannot_be_said(tab: Tab) -> None:
    line = tab.block("L1")
    tab.drag(line, 200)
    tab.saved(2)
    assert (tab.studio.caption.dialogue[0].start_ms, tab.studio.caption.dialogue[0].end_ms) == (500, 3000)

    tab.drag(line.locator(".edge.end"), -1800, drop=False)
    expect(tab.page.locator(".hud")).to_contain_text("too short to say")
    expect(line).to_have_class(re.compile("impossible"))
    assert tab.studio.rev == 2  # nothing is saved while the hand is on it
    tab.page.mouse.move(0, 0)
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator(".hud")).to_be_hidden()
    tab.page.mouse.up()
    expect(line).to_have_class(re.compile("natural"))
    assert tab.studio.rev == 2


def test_alt_frees_from_the_grid(tab: Tab) -> None:
    tab.drag(tab.block("X1"), 333, keys=("Alt",))
    tab.saved(2)
    assert tab.studio.caption.shots[1].sounds[0].start_ms % 100 != 0


def test_an_edge_snaps_to_the_cut(tab: Tab) -> None:
    # X1 begins 0.3 s behind the cut; 0.26 s nearer is within its pull, and 0.04 s from the grid of tenths.
    tab.drag(tab.block("X1"), -265)
    tab.saved(2)
    assert tab.studio.caption.shots[1].sounds[0].start_ms == 3000


def test_a_line_is_given_to_another_role_by_its_lane(tab: Tab) -> None:
    page, box, lane = tab.page, tab.block("L1").bounding_box(), tab.page.locator('[data-lane="C2"]').bounding_box()
    assert box is not None
    assert lane is not None
    page.mouse.move(box["x"] + 40, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, lane["y"] + 15, steps=6)
    page.mouse.up()
    tab.saved(2)
    line = tab.studio.caption.dialogue[0]
    assert (line.role, line.start_ms, line.end_ms) == ("C2", 300, 2800)


def test_a_shot_is_dragged_to_another_place(tab: Tab) -> None:
    tab.drag(tab.block("S1"), 5500)
    tab.saved(2)
    assert [shot.id for shot in tab.studio.caption.shots] == ["S2", "S1", "S3"]
    assert tab.studio.caption.dialogue[0].start_ms == 3300


def test_a_lock_refuses_by_name_and_offers_its_key(tab: Tab) -> None:
    tab.refusals.add(423)
    tab.block("L1").click()
    tab.page.locator('.tools [data-command="lock"]').click()
    tab.saved(2)
    expect(tab.block("L1").locator(".marks .icon-lock")).to_be_visible()

    before = tab.block("L1").bounding_box()
    tab.drag(tab.block("L1"), 200, drop=False)
    expect(tab.page.locator(".hud .problem")).to_contain_text("L1 is locked")
    assert tab.block("L1").bounding_box() == before
    tab.page.mouse.up()
    toast = tab.page.locator(".toast.locked")
    expect(toast).to_contain_text("L1 is locked")
    assert tab.studio.rev == 2

    toast.get_by_role("button", name="Unlock L1").click()
    tab.saved(3)
    tab.drag(tab.block("L1"), 200)
    tab.saved(4)
    assert tab.studio.caption.dialogue[0].start_ms == 500


def test_zooming_keeps_the_place(tab: Tab) -> None:
    page, scale = tab.page, tab.scale
    box = tab.cut("S3").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    page.wait_for_function(
        "width => document.querySelector('.block[data-id=S1]').getBoundingClientRect().width > width * 1.15",
        arg=scale * 3000,
    )
    after = tab.cut("S3").bounding_box()
    assert after is not None
    assert abs(after["x"] - box["x"]) < 3
    page.get_by_role("button", name="Show the whole clip").click()
    page.wait_for_function(
        "width => Math.abs(document.querySelector('.block[data-id=S1]').getBoundingClientRect().width - width) < 2",
        arg=scale * 3000,
    )
