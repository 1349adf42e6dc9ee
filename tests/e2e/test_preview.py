"""An editor makes a radio, looks at it before it is out, and passes the look on; a broken edit does not get out."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site import NOTICED

from .accessibility import no_wider_than_the_screen, violations
from .conftest import PHONE
from .test_editing import save

DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "is_mobile": False, "has_touch": False}
GUIDE = "/focus/mk2/{}/"

both = pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)


@pytest.fixture
def desk(page: Page, signed_in: BrowserContext) -> Page:
    return page


def preview(desk: Page) -> Page:
    """What opens beside the form."""
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Preview", exact=True).last.click()
    opened.value.wait_for_load_state("networkidle")
    return opened.value


def choose(desk: Page, field: str, search: str) -> None:
    """In a field with autocompletion."""
    desk.locator(f"select[name='{field}'] + .select2 .select2-selection").click()
    desk.locator(".select2-search__field").last.fill(search)
    desk.locator(".select2-results__option", has_text=search).first.click()


def add_row(desk: Page, inline: str) -> None:
    desk.locator(f"#{inline}-group .add-row a").click()


def open_row(desk: Page, model: str, search: str) -> None:
    desk.goto(f"/admin/guides/{model}/?q={search}")
    desk.locator("#result_list tbody th a").first.click()


def fill_evidence(desk: Page, prefix: str = "") -> None:
    desk.locator(f"input[name='{prefix}checked_on']").fill("2026-11-01")
    choose(desk, f"{prefix}sources", "Ford")


def put_back(desk: Page, name: str) -> None:
    """The radio as it was before its newest change."""
    open_row(desk, "radiounit", name)
    desk.get_by_role("link", name="History", exact=True).click()
    desk.get_by_role("link", name="Put this row back as it was here").nth(1).click()
    desk.locator("textarea[name=why]").fill("For the test.")
    desk.get_by_role("button", name="Yes, do this").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Done")
    desk.wait_for_timeout(NOTICED * 1000)


@both
def test_a_new_radio_from_draft_to_guide_and_back_and_again(desk: Page) -> None:
    name = f"Made-up {'phone' if desk.viewport_size == PHONE['viewport'] else 'desktop'}"
    slug = name.lower().replace(" ", "-")
    # the radio, in its car, as a draft
    desk.goto("/admin/guides/radiounit/add/")
    for field, text in {"name": name, "maker": "Somebody", "recognise": "A made-up one.", "confirm_keys": "5"}.items():
        desk.locator(f"[name={field}]").fill(text)
    for field, option in {"faceplate": "cd", "controls": "buttons", "code_needed": "yes"}.items():
        desk.locator(f"select[name={field}]").select_option(option)
    fill_evidence(desk)
    add_row(desk, "fitments")
    choose(desk, "fitments-0-generation", "Mk2")
    desk.locator("[name=fitments-0-first_year]").fill("2005")
    desk.locator("[name=fitments-0-last_year]").fill("2007")
    desk.locator("#fitments-0 summary").click()
    fill_evidence(desk, "fitments-0-")
    add_row(desk, "uses")
    choose(desk, "uses-0-procedure", "Find the label")
    save(desk)
    # its own procedure with steps, published; no page leads to it yet
    desk.goto("/admin/guides/procedure/add/")
    desk.locator("[name=name]").fill(f"{name} way")
    desk.locator("select[name=task]").select_option("enter-code")
    fill_evidence(desk)
    desk.locator("[name=is_published]").check()
    add_row(desk, "steps")
    desk.locator("[name=steps-0-text]").fill("Count your tries first.")
    desk.locator("[name=steps-0-slug]").fill("count")
    desk.locator("select[name=steps-0-severity]").select_option("careful")
    desk.locator("#steps-0 summary").click()
    fill_evidence(desk, "steps-0-")
    desk.locator("[name=steps-0-is_published]").check()
    add_row(desk, "uses")
    choose(desk, "uses-0-radio", name)
    save(desk)
    open_row(desk, "errormessage", "WAIT")
    choose(desk, "radios", name)
    save(desk)
    # a look at it
    open_row(desk, "radiounit", name)
    looked = preview(desk)
    expect(looked.get_by_role("button", name=f"Guide: Mk2, {name}: new")).to_be_visible()
    for device in ("phone", "desktop"):
        frame = looked.frame_locator(f"iframe[title$='{device}']")
        expect(frame.locator("main")).to_contain_text("Count your tries first.")
    assert no_wider_than_the_screen(looked)
    looked.close()
    assert desk.context.request.get(GUIDE.format(slug)).status == 404
    # out
    desk.locator("[name=is_published]").first.check()
    desk.locator("[name=fitments-0-is_published]").check()
    save(desk)
    desk.goto(GUIDE.format(slug))
    expect(desk.locator("main")).to_contain_text("Count your tries first.")
    # back to the draft, and out again
    put_back(desk, name)
    expect(desk.context.request.get(GUIDE.format(slug))).not_to_be_ok()
    put_back(desk, name)
    desk.goto(GUIDE.format(slug))
    expect(desk.locator("main")).to_contain_text("Count your tries first.")


@both
def test_a_broken_edit_is_refused_with_its_reason_and_nothing_typed_is_lost(desk: Page) -> None:
    open_row(desk, "radiounit", "6000 CD")
    desk.locator("[name=confirm_keys]").fill("")
    desk.locator("[name=maker]").fill("A made-up maker")
    desk.locator("textarea[name=why]").fill("For the test.")
    desk.locator("input[name=_save]").last.click()
    expect(desk.locator(".errorlist.nonfield")).to_contain_text("6000 CD (radio unit): Missing: confirm keys.")
    expect(desk.locator("[name=maker]")).to_have_value("A made-up maker")
    expect(desk.locator("[name=confirm_keys]")).to_have_value("")
    desk.goto("/practice/6000-cd/")
    expect(desk.locator("h1")).to_be_visible()


@pytest.fixture
def stranger(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """Somebody with a browser of their own and no account."""
    context = chromium.new_context(**PHONE, base_url=site, service_workers="block", reduced_motion="reduce")
    yield context
    context.close()


@both
def test_a_kept_preview_is_for_whoever_has_its_link(desk: Page, stranger: BrowserContext) -> None:
    open_row(desk, "errormessage", "ERR")
    desk.locator("textarea[name=meaning]").fill("A made-up meaning.")
    looked = preview(desk)
    looked.get_by_role("button", name="Keep this preview").click()
    looked.wait_for_url("**/preview/*/")
    page = stranger.new_page()
    page.goto(looked.url)
    expect(page.frame_locator(".on-phone iframe").locator("main")).to_contain_text("A made-up meaning.")
    page.get_by_role("link", name="All messages").click()
    expect(page.get_by_role("heading", level=2, name="All messages")).to_be_visible()
    assert no_wider_than_the_screen(page)
    assert stranger.cookies() == []


def test_a_frame_has_the_width_that_it_stands_for_and_links_lead_where_they_say(signed_in: BrowserContext) -> None:
    desk = signed_in.new_page()  # without the console check: clicks of the test in a frame without script are a message
    open_row(desk, "radiounit", "6000 CD")
    looked = preview(desk)
    for device, width in (("on-phone", 390), ("on-desktop", 1280)):
        body = looked.frame_locator(f".{device} iframe").locator("html")
        assert body.evaluate("(html) => html.clientWidth") == width
    frame = looked.frame_locator(".on-phone iframe")
    frame.get_by_role("link", name="Enter the code", exact=True).click()
    expect(frame.locator("#enter")).to_be_in_viewport()
    with signed_in.expect_page() as opened:
        frame.locator("a.brand").click()
    assert urlsplit(opened.value.url).path == "/"


@pytest.mark.parametrize(
    "context",
    [{**size, "bypass_csp": True} for size in (PHONE, DESKTOP)],
    ids=["phone", "desktop"],
    indirect=True,
)
def test_axe_finds_nothing(signed_in: BrowserContext) -> None:
    desk = signed_in.new_page()
    open_row(desk, "radiounit", "6000 CD")
    desk.locator("[name=confirm_keys]").fill("")
    looked = preview(desk)
    assert violations(looked, "#content") == []
    looked.get_by_role("button", name="Keep this preview").click()
    looked.wait_for_url("**/preview/*/")
    assert violations(looked) == []
