"""An editor on a phone: under the site's strict policy, without a word in the console."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import EDITOR


@pytest.fixture
def desk(page: Page) -> Page:
    """Signed in."""
    page.goto("/admin/")
    page.locator("input[name=username]").fill(EDITOR)
    page.locator("input[name=password]").fill(EDITOR)
    page.locator("input[type=submit]").click()
    expect(page.locator("#user-tools, #site-name").first).to_be_visible()
    return page


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
