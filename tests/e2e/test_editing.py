"""An editor, mostly on a phone: under the site's strict policy, without a word in the console."""

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.site import NOTICED

from .accessibility import no_wider_than_the_screen, violations

REPORT = "/admin/guides/report/"
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}


@pytest.fixture
def desk(signed_in: BrowserContext, console: list[str]) -> Page:
    return signed_in.new_page()


def save(page: Page) -> None:
    page.locator("textarea[name=why]").fill("For the test.")
    page.locator("textarea[name=why]").fill("A made-up reason.")
    page.locator("input[name=_save]").last.press("Enter")  # a list that is still open would catch the click
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_changed_fact_shows_on_the_site(desk: Page) -> None:
    desk.goto("/admin/guides/errormessage/?q=ERR")
    desk.locator("#result_list tbody th a").first.click()
    old = desk.locator("textarea[name=meaning]").input_value()
    desk.locator("textarea[name=meaning]").fill("A made-up meaning.")
    save(desk)
    desk.wait_for_timeout(NOTICED * 1000)
    desk.goto("/messages/err/")
    expect(desk.locator("main")).to_contain_text("A made-up meaning.")
    desk.go_back()
    desk.goto("/admin/guides/errormessage/?q=ERR")
    desk.locator("#result_list tbody th a").first.click()
    desk.locator("textarea[name=meaning]").fill(old)
    save(desk)


def test_a_claim_without_a_date_cannot_be_published_and_nothing_typed_is_lost(desk: Page) -> None:
    desk.goto("/admin/guides/faq/add/")
    desk.locator("input[name=question]").fill("Is this a made-up question?")
    desk.locator("textarea[name=answer]").fill("It is.")
    desk.locator("select[name=section]").select_option("code")
    desk.locator("input[name=is_published]").check()
    desk.locator("input[name=_save]").last.click()
    expect(desk.locator(".errornote")).to_be_visible()
    expect(desk.locator("textarea[name=answer]")).to_have_value("It is.")
    expect(desk.locator("input[name=slug]")).to_have_value("is-this-a-made-up-question")


@pytest.mark.parametrize(
    "screen", ["", "guides/procedure/", "guides/generation/", "guides/radiounit/", "guides/source/"]
)
def test_screens_work_under_the_policy(desk: Page, screen: str) -> None:
    desk.goto(f"/admin/{screen}")
    row = desk.locator("#result_list tbody th a").first
    if screen:
        row.click()
        expect(desk.locator("input[name=_save]").first).to_be_visible()


def test_the_report_fits_a_phone_and_a_fact_is_confirmed_in_one_click(desk: Page) -> None:
    desk.goto("/admin/")
    desk.get_by_role("link", name="What needs a look").click()
    expect(desk.get_by_role("heading", name="What each guide has")).to_be_visible()
    assert no_wider_than_the_screen(desk)
    expect(desk.get_by_role("link", name="Fill the gap: Fuses, Mk4, SYNC 3")).to_be_visible()
    desk.get_by_role("button", name="Checked today, still true").first.click()
    done = desk.locator(".messagelist .success")
    expect(done).to_contain_text("checked today, still true")
    expect(done).to_be_in_viewport()


def content_file(desk: Page) -> str:
    """The content, as a file that is kept from the front page."""
    desk.goto("/admin/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="download").click()
    assert download.value.suggested_filename.endswith(".yaml")
    return download.value.path().read_text()


def send(desk: Page, data: bytes) -> None:
    desk.goto("/admin/")
    desk.get_by_role("link", name="import").click()
    file: FilePayload = {"name": "content.yaml", "mimeType": "application/yaml", "buffer": data}
    desk.get_by_label("Content file").set_input_files(file)
    with desk.expect_navigation():
        desk.get_by_role("button", name="Show the difference").click()


@pytest.mark.parametrize("context", [{}, DESKTOP], ids=["phone", "desktop"], indirect=True)
def test_content_goes_out_as_a_file_and_comes_back_when_somebody_agrees(desk: Page) -> None:
    text = content_file(desk)
    send(desk, text.replace("name: Mk1\n", "name: Mk one\n", 1).encode())
    expect(desk.locator("#content del")).to_have_text("Mk1")
    expect(desk.locator("#content ins")).to_have_text("Mk one")
    assert no_wider_than_the_screen(desk)
    desk.get_by_label("Why?").fill("To try it.")
    desk.get_by_role("button", name="Import this").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Imported: 0 added, 0 removed, 1 changed.")
    desk.goto("/focus/mk1/")
    expect(desk.locator("h1")).to_contain_text("Mk one")
    send(desk, text.encode())
    desk.get_by_label("Why?").fill("To try it.")
    desk.get_by_role("button", name="Import this").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert content_file(desk) == text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n", "line 1: The file is not UTF-8."),
        (b"format: 2", "The file is of format 2, and this release reads format 1."),
        (b"a" * 6_000_000, "The file is larger than 5000000 bytes."),
    ],
    ids=["damaged", "newer", "enormous"],
)
def test_a_file_that_is_refused_says_why_where_it_is_seen(desk: Page, data: bytes, told: str) -> None:
    before = content_file(desk)
    send(desk, data)
    expect(desk.get_by_role("alert")).to_contain_text(told)
    expect(desk.get_by_role("alert")).to_be_in_viewport()
    assert content_file(desk) == before


@pytest.mark.parametrize("context", [{"bypass_csp": True}], indirect=True)
def test_axe_finds_nothing_on_the_desk(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    page.goto(REPORT)
    assert violations(page, "#content") == []
    text = content_file(page)
    send(page, b"format: 2")
    assert violations(page, "#content") == []
    mild = text.replace("tall rear lamps", "high rear lamps", 1).replace("- slug: locked13\n", "- slug: locked14\n", 1)
    send(page, mild.replace("display: LOCKED13", "display: LOCKED14").encode())
    expect(page.get_by_role("button", name="Import this")).to_be_visible()
    assert violations(page, "#content") == []
