"""The guide at a glance: its length, rows that open by links and stay open, and the sheet."""

import re

from playwright.sync_api import Browser, Page, expect

from .helpers import both_ways, fetch, guides, travel

GUIDE = "/focus/mk2/6000-cd/"
MAX_HEIGHT = 1700  # pixels, before anything is opened
SCREEN = 844  # pixels


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"]


def test_every_guide_is_short_and_its_stages_are_on_the_first_screen(page: Page, site: str) -> None:
    long = {}
    for guide in guides(site):
        page.goto(guide)
        height = page.locator("main").evaluate("main => main.getBoundingClientRect().bottom")
        stages = page.locator(".row:has(> summary > .number)").evaluate_all(
            "rows => Math.max(0, ...rows.map(row => row.getBoundingClientRect().bottom))"
        )
        if height > MAX_HEIGHT or stages > SCREEN:
            long[guide.removeprefix(site)] = height, stages
    assert long == {}


@both_ways
def test_a_link_into_a_row_opens_it(page: Page) -> None:
    for anchor in ("enter", "label", "m-wait", "tally"):
        page.goto("/")
        page.goto(f"{GUIDE}#{anchor}")
        expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    page.goto(GUIDE)
    page.locator(".it-shows a[href='#m-wait']").click()
    expect(page.locator("#m-wait")).to_be_in_viewport()


def test_a_tapped_row_stays_under_the_finger_and_others_stay_open(page: Page) -> None:
    page.goto(GUIDE)
    for anchor in ("serial", "label", "enter"):
        row = f".row:has(#{anchor}) > summary"
        page.locator(row).scroll_into_view_if_needed()
        before = top(page, row)
        page.locator(row).click()
        expect(page.locator(f"#{anchor}")).to_be_visible()
        assert abs(top(page, row) - before) < 1, anchor
    expect(page.locator("main details[open]")).to_have_count(3)


def test_back_shows_the_rows_as_they_were_left(page: Page) -> None:
    page.goto(GUIDE)
    page.locator(".row:has(#label) > summary").click()
    page.locator(".row:has(#code) > summary").click()
    page.locator("#code .ways a").first.click()
    page.wait_for_url("**/get-the-code/**")
    travel(page, -1, GUIDE)
    expect(page.locator("#label .steps")).to_be_visible()
    expect(page.locator("#code .ways")).to_be_visible()
    expect(page.locator("main details[open]")).to_have_count(2)


@both_ways
def test_the_menu_opens_in_place(page: Page) -> None:
    page.goto(GUIDE)
    page.locator(".row:has(#enter) > summary").click()
    page.locator(".menu > summary").click()
    expect(page.locator(".menu nav a").first).to_be_visible()
    expect(page.locator(".row:has(#enter)")).to_have_attribute("open", "")
    page.locator(".menu nav a[href='/radios/']").click()
    page.wait_for_url("**/radios/")
    expect(page.locator(".menu nav")).to_be_hidden()


def test_a_guide_prints_on_one_sheet(chromium: Browser, site: str) -> None:
    """The longest guide of a radio with buttons, and of one with a screen. The others have fewer rows and messages."""
    heaviest: dict[bool, tuple[int, str]] = {}
    for guide in guides(site):
        html = fetch(guide)
        with_buttons = 'id="label"' in html
        heaviest[with_buttons] = max(heaviest.get(with_buttons, (0, "")), (len(html), guide))
    page = chromium.new_page()  # a PDF needs a window without a phone's viewport
    sheets = {}
    for _length, guide in heaviest.values():
        page.goto(guide)
        sheets[guide] = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))
    page.close()
    assert len(sheets) == 2
    assert set(sheets.values()) == {1}, sheets
