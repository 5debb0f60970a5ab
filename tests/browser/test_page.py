"""Words, instructions, history, references, jobs: everything beside the timeline."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab

pytestmark = pytest.mark.browser

LAYOUTS = [(1280, 800, "light"), (1920, 1080, "dark"), (820, 1180, "light")]


def field(page: Page, path: str):  # type: ignore[no-untyped-def]
    """The field of the details that shows a path."""
    return page.locator(f'[data-path="{path}"]')


def test_undo_and_redo_outlive_a_reload(tab: Tab) -> None:
    page = tab.page
    tab.block("L1").click()
    field(page, "dialogue.L1.end_ms").fill("2.4")
    page.keyboard.press("Enter")
    tab.saved(2)
    assert tab.studio.caption.dialogue[0].end_ms == 2400

    page.reload()
    tab.ready()
    page.locator("body").press("Control+z")
    tab.saved(3)
    assert tab.studio.caption.dialogue[0].end_ms == 2800

    page.reload()
    tab.ready()
    page.locator("body").press("Control+y")
    tab.saved(4)
    assert tab.studio.caption.dialogue[0].end_ms == 2400
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_enabled()


def test_one_of_two_proposed_operations_is_accepted(tab: Tab) -> None:
    page = tab.page
    page.get_by_label("Say what to change").fill("L1 0.2 s later, rename Tom to Ida")
    page.keyboard.press("Enter")
    operations = page.locator(".operation")
    expect(operations).to_have_count(2)
    expect(page.locator('.ghost[data-ghost="L1"]')).to_be_visible()
    assert tab.studio.rev == 1

    operations.nth(0).get_by_role("checkbox").uncheck()
    ghost = page.locator('.ghost[data-ghost="L1"]')
    expect(ghost).to_have_class(re.compile("left-out"))
    # The ghost itself is a way to choose, too: a click takes it in, and another leaves it out again.
    ghost.click()
    expect(ghost).not_to_have_class(re.compile("left-out"))
    expect(operations.nth(0).get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_role("button", name="Accept all 2")).to_be_enabled()
    ghost.click()
    expect(operations.nth(0).get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("button", name="Accept 1 of 2").click()
    tab.saved(2)
    caption = tab.studio.caption
    assert [role.name for role in caption.roles] == ["Mara", "Ida"]
    assert caption.dialogue[0].start_ms == 300
    expect(page.get_by_role("tab", name="Proposal")).to_be_hidden()


def test_what_is_not_understood_is_said_beside_the_instruction(tab: Tab) -> None:
    tab.refusals.add(422)
    page = tab.page
    page.get_by_label("Say what to change").fill("L9 at 1-2 s")
    page.keyboard.press("Enter")
    expect(page.locator("#ask-answer")).to_contain_text("L9")
    expect(page.get_by_label("Say what to change")).to_have_value("L9 at 1-2 s")
    assert tab.studio.rev == 1


def test_two_tabs_edit_one_film_and_lose_nothing(tabs: Callable[[], Tab]) -> None:
    one, other = tabs(), tabs()
    other.refusals.add(409)
    other.block("L2").click()
    words = field(other.page, "dialogue.L2.text")
    words.fill("I did, long ago.")
    # While this is being typed, the first tab changes the line's time and the title …
    one.block("L2").click()
    field(one.page, "dialogue.L2.start_ms").fill("6.4")
    one.page.keyboard.press("Enter")
    one.saved(2)
    other.saved(2)
    expect(words).to_have_value("I did, long ago.")
    expect(words).to_be_focused()
    # … and both arrive.
    words.press("Control+Enter")
    other.saved(3)
    line = other.studio.caption.dialogue[1]
    assert (line.start_ms, line.text) == (6400, "I did, long ago.")

    # Where both change the same words, the one who comes second is asked.
    one.saved(3)
    words.fill("Never mind.")
    mine = field(one.page, "dialogue.L2.text")
    mine.fill("It was me.")
    mine.press("Control+Enter")
    one.saved(4)
    expect(other.page.locator(".theirs:visible")).to_contain_text("It was me.")
    words.press("Control+Enter")
    dialog = other.page.get_by_role("dialog")
    expect(dialog).to_contain_text("It was me.")
    expect(dialog).to_contain_text("Never mind.")
    dialog.get_by_role("button", name="Keep mine").click()
    other.saved(5)
    one.saved(5)
    assert other.studio.caption.dialogue[1].text == "Never mind."
    expect(mine).to_have_value("Never mind.")


def test_an_edit_from_the_terminal_arrives(tab: Tab) -> None:
    tab.block("L1").click()
    tab.studio.terminal("edit", str(tab.studio.film), "-y", "-m", 'L1 says "Who burned the lamp?"')
    tab.saved(2)
    expect(tab.block("L1")).to_contain_text("Who burned the lamp?")
    expect(field(tab.page, "dialogue.L1.text")).to_have_value("Who burned the lamp?")


def test_an_upload_that_lies_about_its_type_is_refused(tab: Tab, tmp_path: Path) -> None:
    tab.refusals |= {413, 415, 422}
    page = tab.page
    lie = tmp_path / "face.png"
    lie.write_text("<html><script>alert(1)</script></html>")
    page.locator('[data-lane="C1"] button.name').click()
    chooser = page.locator("#reference-C1-all")
    chooser.set_input_files(lie)
    expect(page.locator(".toast.error")).to_be_visible()
    assert tab.studio.caption.roles[0].reference.image is None
    assert tab.studio.rev == 1

    from PIL import Image

    Image.new("RGB", (320, 320), "#c96").save(tmp_path / "true.png")
    chooser.set_input_files(tmp_path / "true.png")
    tab.saved(2)
    picture = page.locator(".bound img")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('.bound img').naturalWidth > 0")
    assert tab.studio.caption.roles[0].reference.image is not None
    page.get_by_role("button", name="Remove picture").click()
    tab.saved(3)
    assert tab.studio.caption.roles[0].reference.image is None


def test_a_file_is_dropped_on_a_role(tab: Tab) -> None:
    page = tab.page
    page.evaluate(
        """async () => {
            const canvas = new OffscreenCanvas(300, 300);
            canvas.getContext("2d").fillRect(20, 20, 90, 90);
            const file = new File([await canvas.convertToBlob({ type: "image/png" })], "drawn.png", { type: "image/png" });
            const data = new DataTransfer();
            data.items.add(file);
            const target = document.querySelector('[data-lane="C2"] .lane-head');
            for (const kind of ["dragover", "drop"]) {
                target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
            }
        }"""
    )
    tab.saved(2)
    assert tab.studio.caption.roles[1].reference.image is not None
    expect(page.locator('[data-lane="C2"] img.face')).to_be_visible()


def test_everything_by_keyboard(tab: Tab) -> None:
    page = tab.page
    keys = page.keyboard
    keys.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    keys.press("Enter")
    for _ in range(30):
        if page.evaluate("document.activeElement.dataset.id") == "L1":
            break
        keys.press("ArrowDown" if page.evaluate("!!document.activeElement.dataset.kind") else "Tab")
    expect(tab.block("L1")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    # Three frames later, in one step: 300 ms is nearest to frame 7, so it begins on frame 10.
    for _ in range(3):
        keys.press("ArrowRight")
    tab.saved(2)
    start = round(10 * 1000 / 24)
    assert (tab.studio.caption.dialogue[0].start_ms, tab.studio.caption.dialogue[0].end_ms) == (start, start + 2500)
    keys.press("Control+Shift+ArrowLeft")  # its end, ten frames earlier
    tab.saved(3)
    assert tab.studio.caption.dialogue[0].end_ms == round((round((start + 2500) * 24 / 1000) - 10) * 1000 / 24)
    expect(tab.block("L1")).to_be_focused()

    keys.press("Enter")
    expect(page.locator(".in-place")).to_be_focused()
    keys.press("Control+a")
    keys.type("Who lit the lamp?")
    keys.press("Enter")
    tab.saved(4)
    assert tab.studio.caption.dialogue[0].text == "Who lit the lamp?"
    expect(tab.block("L1")).to_be_focused()

    keys.press("l")
    tab.saved(5)
    tab.refusals.add(423)
    keys.press("Delete")
    expect(page.locator(".toast.locked")).to_be_visible()
    keys.press("l")
    tab.saved(6)
    keys.press("Delete")
    tab.saved(7)
    assert [line.id for line in tab.studio.caption.dialogue] == ["L2"]
    keys.press("Control+z")
    tab.saved(8)
    expect(tab.block("L1")).to_be_visible()

    keys.press("Shift+?")
    expect(page.get_by_role("dialog")).to_contain_text("Move its end by a frame")
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    keys.press("Space")
    page.wait_for_function("() => !document.querySelector('.clock').textContent.startsWith('0:00:00')")
    keys.press("Space")


def test_a_finding_is_mended_with_one_click(tab: Tab) -> None:
    page = tab.page
    tab.block("L1").click()
    field(page, "dialogue.L1.length").fill("0.5")
    page.keyboard.press("Enter")
    tab.saved(2)
    fixes = page.locator(".inspector .finding .button")
    expect(fixes.first).to_be_visible()
    fixes.first.click()
    tab.saved(3)
    line = tab.studio.caption.dialogue[0]
    assert (line.end_ms - line.start_ms, line.text) != (500, "Who left the lamp burning?")


def test_what_was_typed_and_refused_is_kept(tab: Tab) -> None:
    tab.refusals.add(422)
    page = tab.page
    tab.block("L1").click()
    times = field(page, "dialogue.L1.end_ms")
    times.fill("soon")
    times.press("Enter")
    expect(page.locator(".form-field:has([data-path='dialogue.L1.end_ms']) .problem")).to_contain_text("2.5")
    expect(times).to_have_value("soon")
    page.reload()
    tab.ready()
    tab.block("L1").click()
    expect(times).to_have_value("soon")
    times.press("Escape")
    expect(times).to_have_value("2.8")
    assert tab.studio.rev == 1


def test_a_branch_is_begun_and_left_and_a_step_restored(tab: Tab) -> None:
    page = tab.page
    tab.block("X1").click()
    page.keyboard.press("Delete")
    tab.saved(2)
    page.get_by_role("tab", name="History").click()
    expect(page.locator(".step")).to_have_count(2)
    page.get_by_role("button", name="Begin a branch at step 1").click()
    page.get_by_role("dialog").get_by_label("Name").fill("night")
    page.keyboard.press("Enter")
    tab.saved(3)
    expect(tab.block("X1")).to_be_visible()
    expect(page.locator(".branch-name")).to_have_text("night")
    page.get_by_title("Branch", exact=True).click()
    page.get_by_role("menuitemradio", name="main").click()
    expect(page.locator(".branch-name")).to_have_text("main")
    expect(tab.block("X1")).to_have_count(0)
    page.get_by_role("button", name="Make the film as in step 1").click()
    expect(tab.block("X1")).to_be_visible()


def test_a_preview_is_made_and_played_and_one_is_cancelled(tab: Tab) -> None:
    page = tab.page
    tab.block("S1").click()
    page.get_by_role("button", name="Preview this shot").click()
    expect(page.locator(".job")).to_be_visible()
    page.get_by_role("button", name="Cancel: Preview of S1").click()
    expect(page.locator(".job")).to_have_count(0)
    expect(page.locator(".toast", has_text="cancelled")).to_be_visible()

    page.get_by_role("button", name="Preview this shot").click()
    page.wait_for_function("() => document.querySelector('video').duration > 2.9", timeout=90_000)
    expect(page.locator("video")).to_be_visible()
    page.locator("body").press("Space")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.4", timeout=30_000)
    follows = "() => Math.abs(parseFloat(document.querySelector('.playhead').style.left)) > 10"
    page.wait_for_function(follows)
    page.locator("body").press("Space")
    painted = """() => { const c = document.querySelector('.wave canvas');
        return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0); }"""
    page.wait_for_function(painted)
    # The film moves on, and the video says so.
    tab.block("S1").press("Delete")
    tab.saved(2)


def test_routing_and_export_are_shown(tab: Tab) -> None:
    page = tab.page
    page.get_by_role("tab", name="Routing").click()
    expect(page.locator(".route-lanes")).to_have_count(2)
    assert page.locator(".route").count() > 6
    page.get_by_role("button", name="Export …").click()
    links = page.get_by_role("dialog").get_by_role("link")
    expect(page.get_by_role("status").filter(has_text="Working out what each format can hold")).to_be_visible()
    expect(links.first).to_be_visible(timeout=30_000)
    subtitles = page.locator(".target", has_text="SubRip")
    subtitles.locator("summary").click()
    expect(subtitles.locator(".losses li").first).to_have_text(
        re.compile(r"^Lost: title; storyline.*SubRip has no place for it")
    )
    refused = page.locator(".target", has=page.locator(".refusal"))
    for one in refused.all():
        expect(one.get_by_role("link")).to_have_count(0)
    expect(page.locator(".target", has_text=".schema.json")).not_to_contain_text("Holds everything")
    with page.expect_download() as download:
        links.first.click()
    assert Path(download.value.path()).stat().st_size > 100


@pytest.mark.parametrize(("width", "height", "theme"), LAYOUTS)
def test_the_page_fits(tab: Tab, width: int, height: int, theme: str) -> None:
    page = tab.page
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)  # the page hears of it a moment later
    for name in ("Preview", "Export …", "Add"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    last = tab.block("S3").bounding_box()
    assert last is not None
    assert width == 820 or last["x"] + last["width"] <= width
    page.get_by_title("Light or dark").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
