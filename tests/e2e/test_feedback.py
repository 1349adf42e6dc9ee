"""“Did it work?”, asked on a phone: with script and without, and without signal."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from .helpers import both_ways

GUIDE = "/focus/mk2/6000-cd/"
END = f"{GUIDE}?view=steps&step=done-enter-code-buttons"


@both_ways
def test_an_answer_is_counted_and_leads_on(page: Page, context: BrowserContext) -> None:
    page.goto(END)
    page.get_by_label("On the display").check()
    page.locator(".did select").select_option("wait")
    page.get_by_role("button", name="No").click()
    expect(page.locator(".did [role=status]")).to_have_text("Counted, thank you.")
    assert context.cookies() == []
    page.locator(f".did a[href='{GUIDE}#m-wait']").click()
    page.wait_for_url(f"**{GUIDE}#m-wait")


def test_the_page_stays_and_focus_follows_the_answer(page: Page) -> None:
    page.goto(END)
    page.evaluate("window.same = true")
    page.get_by_role("button", name="Yes").press("Enter")
    expect(page.locator(".did [role=status]")).to_be_focused()
    assert page.evaluate("window.same")
    assert page.url.endswith(END)


def test_without_signal_it_says_so_and_sends_again_when_there_is_some(context: BrowserContext) -> None:
    page = context.new_page()  # without the console check: the browser reports what could not be sent
    page.goto(END)
    status = page.locator(".did [role=status]")
    context.set_offline(True)
    page.get_by_role("button", name="Yes").click()
    expect(status).to_have_text(re.compile("Not sent"))
    context.set_offline(False)
    page.get_by_role("button", name="Yes").click()
    expect(status).to_have_text("Counted, thank you.")


def test_buttons_are_large_and_not_on_paper(page: Page) -> None:
    page.goto(END)
    boxes = [each.bounding_box() for each in page.locator(".did :is(button, select)").all()]
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 72
    page.emulate_media(media="print")
    expect(page.locator(".did")).to_be_hidden()
