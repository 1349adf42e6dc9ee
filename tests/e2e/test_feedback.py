"""“Did your radio do this?”, asked on a phone: in the guide and in step mode, with script and without."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .helpers import both_ways, without_script

GUIDE = "/focus/mk2/6000-cd/"
STEP = f"{GUIDE}?view=steps&step=3"
BUTTON = "button[form=did]"


def ask(page: Page) -> None:
    """The question under the third step of the guide."""
    page.goto(GUIDE)
    page.locator(BUTTON).nth(2).click()
    expect(page.locator(".did legend")).to_be_visible()


@both_ways
def test_an_answer_in_the_guide_is_counted(page: Page, context: BrowserContext) -> None:
    ask(page)
    page.locator(".did button").first.click()
    expect(page.locator("[role=status]:not(:empty)").first).to_be_visible()
    assert context.cookies() == []


def test_something_else_is_a_message_of_this_radio(page: Page) -> None:
    page.goto(STEP)
    page.locator(".did summary").click()
    page.locator(".did").get_by_role("button", name="WAIT").click()
    page.locator("a[href='/messages/wait/']", has_text="WAIT").first.click()
    page.wait_for_url("**/messages/wait/")


@without_script
def test_without_script_a_link_leads_back_to_the_step(page: Page) -> None:
    ask(page)
    page.locator(".did button").nth(1).click()
    page.locator(f"main a[href='{GUIDE}#step-3']").click()
    expect(page.locator("#step-3")).to_be_in_viewport()


def test_the_page_stays_and_focus_follows_the_question_and_its_answer(page: Page) -> None:
    page.goto(GUIDE)
    page.evaluate("window.same = true")
    page.locator(BUTTON).nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#step-3 .did legend")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#step-3 .did [role=status]")).to_be_focused()
    expect(page.locator("#step-3 .did [role=status]")).not_to_be_empty()
    expect(page.locator(BUTTON)).to_have_count(page.locator(".steps > li").count() - 1)
    assert page.evaluate("window.same")
    assert page.url.endswith(GUIDE)


def test_without_signal_it_says_so_and_sends_again_when_there_is_some(context: BrowserContext) -> None:
    page = context.new_page()  # without the console check: the browser reports what could not be sent
    page.goto(GUIDE)
    button = page.locator(BUTTON).nth(2)
    unsent = re.compile("Not sent")
    context.set_offline(True)
    button.click()
    expect(button).to_have_text(unsent)
    context.set_offline(False)
    button.click()
    answer = page.locator(".did button").first
    expect(answer).to_be_visible()
    context.set_offline(True)
    answer.click()
    status = page.locator(".did [role=status]")
    expect(status).to_have_text(unsent)
    context.set_offline(False)
    answer.click()
    expect(status).to_be_visible()
    expect(status).not_to_have_text(unsent)


@pytest.mark.parametrize("context", [{"service_workers": "allow"}], ids=["worker"], indirect=True)
def test_the_service_worker_does_not_keep_it(page: Page) -> None:
    page.goto(GUIDE)
    page.evaluate(
        """async () => {
            const worker = navigator.serviceWorker;
            if (!worker.controller) await new Promise((done) => worker.addEventListener("controllerchange", done));
        }"""
    )
    page.locator(BUTTON).first.click()
    page.locator(".did button").first.click()
    expect(page.locator("#step-1 .did [role=status]")).not_to_be_empty()
    assert page.evaluate("caches.match('/did-it/', {ignoreSearch: true, ignoreVary: true})") is None


@pytest.mark.parametrize(("path", "size"), [(GUIDE, 48), (STEP, 72)])
def test_buttons_are_large_and_not_on_paper(page: Page, path: str, size: int) -> None:
    page.goto(path)
    if path == GUIDE:
        box = page.locator(BUTTON).first.bounding_box()
        assert box
        assert box["height"] >= size
        page.locator(BUTTON).first.click()
    page.locator(".did summary").click()
    assert min(map(smaller_side, page.locator(".did :is(button, summary)").all())) >= size
    page.emulate_media(media="print")
    expect(page.locator(".did")).to_be_hidden()


def smaller_side(element: Locator) -> float:
    box = element.bounding_box()
    return min(box["width"], box["height"]) if box else 0
