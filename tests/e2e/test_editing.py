"""An editor on a phone: under the site's strict policy, without a word in the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from .test_every_page import RULES

REPORT = "/admin/guides/report/"


@pytest.fixture
def desk(signed_in: BrowserContext, console: list[str]) -> Page:
    return signed_in.new_page()


def save(page: Page) -> None:
    page.locator("input[name=_save]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_changed_fact_shows_on_the_site(desk: Page) -> None:
    desk.goto("/admin/guides/errormessage/?q=ERR")
    desk.locator("#result_list tbody th a").first.click()
    old = desk.locator("textarea[name=meaning]").input_value()
    desk.locator("textarea[name=meaning]").fill("A made-up meaning.")
    save(desk)
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
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    expect(desk.get_by_role("link", name="Fill the gap: Fuses, Mk4, SYNC 3")).to_be_visible()
    desk.get_by_role("button", name="Checked today, still true").first.click()
    expect(desk.locator(".messagelist .success")).to_contain_text("checked today, still true")


@pytest.mark.parametrize(
    "context",
    [{"bypass_csp": True, "color_scheme": "light"}, {"bypass_csp": True, "color_scheme": "dark"}],
    ids=["light", "dark"],
    indirect=True,
)
def test_axe_finds_nothing_in_the_report(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    page.goto(REPORT)
    options = {"runOnly": {"type": "tag", "values": RULES}, "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, context="#content", options=options).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
