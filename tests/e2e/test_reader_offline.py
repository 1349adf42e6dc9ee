"""The box without signal. tests/guides/test_answer_in_browser.py shows that the phone answers as the server does."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

GUIDE = "/focus/mk2/6000-cd/"

FETCH = """async () => {
  const { modules } = await (await fetch("reader.json")).json();
  await Promise.all(modules.map((module) => import(module)));
}"""


def away(context: BrowserContext, address: str) -> Page:
    """A page that came whole, and then the signal went. (What fails without signal is a console message.)"""
    page = context.new_page()
    page.goto(address)
    with page.expect_response(lambda response: "/js/answer" in response.url) as last:
        page.locator("textarea").focus()
    last.value.finished()
    context.set_offline(True)
    return page


def submit(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.locator(".reader > .main").click()


@pytest.mark.parametrize("address", ["/", GUIDE])
def test_without_signal_the_phone_reads_and_says_so(context: BrowserContext, address: str) -> None:
    page = away(context, address)
    submit(page, "it says VO12345")
    result = page.locator("#check-status > #check-result")
    expect(result).to_have_attribute("data-verdict", "lookalike")
    expect(result).to_have_attribute("data-serial", "V012345")
    expect(page.locator("#check-status")).to_contain_text("your phone has read this by itself")
    expect(page.locator("textarea")).to_have_value("it says VO12345")
    page.locator("#check-result button.main").click()
    expect(page.locator("#check-result")).to_have_attribute("data-verdict", "serial-in-text")
    expect(page.locator("textarea")).to_have_value("it says\nV012345")
    context.set_offline(False)
    submit(page, "CODE")
    expect(page.locator("#check-result")).to_have_attribute("data-verdict", "message")
    expect(page.locator("#check-status")).not_to_contain_text("your phone has read this by itself")


def test_the_guide_builds_itself_without_signal(context: BrowserContext) -> None:
    page = away(context, "/check/")
    submit(page, "wait")
    for choice in ("Mk2", "6000 CD"):
        page.locator("#check-result fieldset button", has_text=choice).click()
    expect(page.locator("#check-result .alert")).to_contain_text("Wait")
    expect(page.locator("#check-result a.main")).to_have_attribute("href", f"{GUIDE}#m-wait")


def test_on_a_guide_the_phone_gives_the_guides_own_advice(context: BrowserContext) -> None:
    page = away(context, "/")
    context.set_offline(False)
    page.locator("main a[href='/focus/mk2/']").first.click()
    page.locator(f"main a[href='{GUIDE}']").first.click()
    with page.expect_response("**/6000-cd/reader.json") as response:
        page.locator("textarea").focus()
    response.value.finished()
    page.evaluate(FETCH)  # as the page does, and after it
    context.set_offline(True)
    submit(page, "M123456")
    expect(page.locator("#check-result")).to_contain_text("yours starts with M")
    page.locator("#check-result a.main").click()
    expect(page.locator("#code")).to_be_in_viewport()


def test_what_was_typed_never_becomes_html(context: BrowserContext) -> None:
    page = away(context, "/check/")
    submit(page, "<img src=x onerror=alert(1)> 57 plate\n<b>VO12345</b>")
    expect(page.locator("#check-result")).to_contain_text("is the letter O")
    expect(page.locator("#check-result :is(img, b)")).to_have_count(0)


def test_a_reader_that_did_not_come_leaves_the_text_in_the_box(context: BrowserContext) -> None:
    context.route("**/reader.json", lambda route: route.abort())
    page = context.new_page()
    page.goto("/check/", wait_until="networkidle")
    context.set_offline(True)
    submit(page, "V123456")
    expect(page.locator("#check-status")).to_contain_text("Your text is still here")
    expect(page.locator("textarea")).to_have_value("V123456")
