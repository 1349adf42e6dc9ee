"""Editors on a phone and at a desk: a change is seen, compared, taken back, restored; two at one row lose nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site import NOTICED

from .accessibility import no_wider_than_the_screen, violations
from .conftest import PHONE

MESSAGE = "/admin/guides/errormessage/?q=ERR"
PLACES = ["/admin/guides/history/", "/admin/guides/history/deleted/", "/admin/guides/history/1/"]
desk_and_phone = pytest.mark.parametrize(
    "context",
    [{}, {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}],
    ids=["phone", "desk"],
    indirect=True,
)


def open_message(page: Page) -> None:
    page.goto(MESSAGE)
    page.locator("#result_list tbody th a").first.click()


def save(page: Page, meaning: str, why: str) -> None:
    page.locator("textarea[name=meaning]").fill(meaning)
    page.locator("textarea[name=why]").fill(why)
    page.locator("input[name=_save]").last.click()
    expect(page.locator(".messagelist .success, .errornote").first).to_be_visible()


def steps_of_the_procedure(page: Page) -> int:
    page.goto("/admin/guides/procedure/?q=serial-on-display")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("textarea[name=why]")).to_be_visible()  # the end of the form
    return page.locator(".inline-related.has_original textarea[name$=-text]").count()


def go(page: Page) -> None:
    page.locator("textarea[name=why]").fill("It was right.")
    assert no_wider_than_the_screen(page)
    page.get_by_role("button", name="Yes, do this").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Done")


@desk_and_phone
def test_a_change_is_seen_compared_taken_back_and_restored(page: Page, signed_in: BrowserContext) -> None:
    open_message(page)
    old = page.locator("textarea[name=meaning]").input_value()
    save(page, "A made-up meaning.", "To see it in the history.")
    open_message(page)
    page.get_by_role("link", name="History", exact=True).click()
    entry = page.locator(".versions > li").first
    expect(entry).to_contain_text("To see it in the history.")
    expect(entry).to_contain_text("Message err: Meaning")
    assert no_wider_than_the_screen(page)
    page.get_by_role("button", name="Compare the two chosen").click()
    expect(page.locator(".differences ins")).to_contain_text("A made-up meaning.")
    assert no_wider_than_the_screen(page)
    page.get_by_role("link", name="Put this row back as it was here").first.click()
    go(page)
    page.goto("/messages/err/")
    expect(page.locator("main")).to_contain_text(old[:40])
    page.goto("/admin/guides/history/")
    page.locator(".versions > li").nth(1).get_by_role("link", name="Go back to this version").click()
    go(page)
    page.wait_for_timeout(NOTICED * 1000)
    page.goto("/messages/err/?fresh")  # not from the browser's own cache
    expect(page.locator("main")).to_contain_text("A made-up meaning.")
    page.goto("/admin/guides/history/")
    page.locator(".versions > li").nth(1).get_by_role("link", name="Go back to this version").click()
    go(page)


@desk_and_phone
def test_a_deleted_procedure_comes_back_with_its_steps(page: Page, signed_in: BrowserContext) -> None:
    steps = steps_of_the_procedure(page)
    assert steps > 2
    page.get_by_role("link", name="Delete").first.click()
    page.locator("textarea[name=why]").fill("By mistake.")
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/admin/")
    page.get_by_role("link", name="Deleted rows").click()
    expect(page.locator(".versions > li").first).to_contain_text("By mistake.")
    page.get_by_role("link", name="Bring it back").first.click()
    go(page)
    assert steps_of_the_procedure(page) == steps


@pytest.fixture
def other(chromium: Browser, site: str, session_of_editor: Any) -> Iterator[Page]:
    """Another browser, without script."""
    context = chromium.new_context(**PHONE, base_url=site, java_script_enabled=False, service_workers="block")
    context.set_default_timeout(10_000)
    context.add_cookies(session_of_editor)
    yield context.new_page()
    context.close()


@desk_and_phone
def test_two_editors_at_one_row_lose_nothing(page: Page, signed_in: BrowserContext, other: Page) -> None:
    open_message(page)
    open_message(other)
    old = page.locator("textarea[name=meaning]").input_value()
    save(other, "By the other.", "Theirs.")
    save(page, "By me.", "Mine.")
    clash = page.locator(".clashes tbody tr")
    expect(clash).to_contain_text("By the other.")
    expect(clash).to_contain_text("By me.")
    expect(page.locator("textarea[name=meaning]")).to_have_value("By me.")
    expect(page.locator("textarea[name=why]")).to_have_value("Mine.")
    assert no_wider_than_the_screen(page)
    page.locator("input[name=_save]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    open_message(page)
    save(page, old, "As it was.")


def test_of_two_saves_in_the_same_instant_one_is_refused(page: Page, signed_in: BrowserContext) -> None:
    open_message(page)
    old = page.locator("textarea[name=meaning]").input_value()
    answers = page.evaluate("""() => {
        const send = async (meaning) => {
            const data = new FormData(document.querySelector("#errormessage_form"));
            data.set("meaning", meaning);
            data.set("why", "At once.");
            const answer = await fetch(location.href, { method: "POST", body: data });
            return [answer.redirected, (await answer.text()).includes('id="clashes"')];
        };
        return Promise.all(["One.", "Another.", "A third."].map(send));
    }""")
    assert sorted(answers) == [[False, True], [False, True], [True, False]]
    open_message(page)
    save(page, old, "As it was.")


@pytest.mark.parametrize("context", [{"bypass_csp": True}], indirect=True)
def test_axe_finds_nothing_in_the_history(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    open_message(page)
    old = page.locator("textarea[name=meaning]").input_value()
    second = signed_in.new_page()
    open_message(second)
    save(page, "For axe.", "For axe.")
    save(second, "Also for axe.", "For axe.")
    expect(second.locator("#clashes")).to_be_visible()
    for part in (".clashes", ".why"):
        assert violations(second, part) == []
    newest = page.goto("/admin/guides/history/") and page.locator("input[name=new]").first.input_value()
    compare = f"/admin/guides/history/compare/?old={int(newest or 0) - 1}&new={newest}"
    for place in (*PLACES, compare):
        page.goto(place)
        expect(page.locator(".history")).to_be_visible()
        assert violations(page, "#content") == [], place
    open_message(page)
    save(page, old, "As it was.")
