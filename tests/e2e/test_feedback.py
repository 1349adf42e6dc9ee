"""“Did your radio do this?”, asked on a phone: in the guide and in step mode, with script and without."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .accessibility import no_wider_than_the_screen, violations
from .test_journeys import both_ways

GUIDE = "/focus/mk2/6000-cd/"
STEP = f"{GUIDE}?view=steps&step=3"
THANKS = re.compile("Counted, thank you")
UNSENT = re.compile("Not sent")
BUTTON = "button[form=did]"


def ask(page: Page) -> None:
    """The question under the third step of the guide."""
    page.goto(GUIDE)
    page.locator(BUTTON).nth(2).click()
    expect(page.locator(".did legend")).to_be_visible()


@both_ways
def test_an_answer_in_the_guide_is_counted(page: Page, context: BrowserContext) -> None:
    ask(page)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("status").filter(has_text=THANKS)).to_be_visible()
    assert context.cookies() == []


@both_ways
def test_something_else_is_a_message_of_this_radio(page: Page) -> None:
    page.goto(STEP)
    page.locator(".did summary").click()
    page.locator(".did").get_by_role("button", name="WAIT").click()
    expect(page.get_by_role("status").filter(has_text=THANKS)).to_be_visible()
    page.get_by_role("link", name="What WAIT means").click()
    page.wait_for_url("**/messages/wait/")


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], ids=["no script"], indirect=True)
def test_without_script_the_way_leads_back_to_the_step(page: Page) -> None:
    ask(page)
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("link", name="Back to this step").click()
    page.wait_for_url(f"**{GUIDE}#step-3")
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
    expect(page.locator("#step-3 .did [role=status]")).to_have_text(THANKS)
    expect(page.locator(BUTTON)).to_have_count(page.locator(".steps > li").count() - 1)
    assert page.evaluate("window.same")
    assert page.url.endswith(GUIDE)


def test_without_signal_it_says_so_and_asks_again_when_there_is_some(context: BrowserContext) -> None:
    page = context.new_page()  # without the console check: the browser reports what could not be sent
    page.goto(GUIDE)
    button = page.locator(BUTTON).nth(2)
    context.set_offline(True)
    button.click()
    expect(button).to_have_text(UNSENT)
    context.set_offline(False)
    button.click()
    expect(page.locator(".did legend")).to_be_visible()
    context.set_offline(True)
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".did [role=status]")).to_have_text(UNSENT)
    expect(page.locator("#check-status")).to_be_empty()
    context.set_offline(False)
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".did [role=status]")).to_have_text(THANKS)


@pytest.mark.parametrize("context", [{"service_workers": "allow"}], ids=["worker"], indirect=True)
def test_the_service_worker_leaves_it_alone(page: Page) -> None:
    page.goto(GUIDE)
    page.evaluate(
        """async () => {
            const worker = navigator.serviceWorker;
            if (!worker.controller) await new Promise((done) => worker.addEventListener("controllerchange", done));
        }"""
    )
    page.locator(BUTTON).first.click()
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("#step-1 .did [role=status]")).to_have_text(THANKS)
    assert page.evaluate("caches.match('/did-it/', {ignoreSearch: true, ignoreVary: true})") is None


@pytest.mark.parametrize(("path", "size"), [(GUIDE, 48), (STEP, 72)])
def test_what_is_pressed_is_large_enough(page: Page, path: str, size: int) -> None:
    page.goto(path)
    if path == GUIDE:
        box = page.locator(BUTTON).first.bounding_box()
        assert box
        assert box["height"] >= size
        page.locator(BUTTON).first.click()
    page.locator(".did summary").click()
    for each in page.locator(".did :is(button, summary)").all():
        box = each.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= size


def test_paper_and_the_file_do_not_ask(page: Page) -> None:
    ask(page)
    page.emulate_media(media="print")
    expect(page.locator(".did")).to_be_hidden()
    expect(page.locator(BUTTON).first).to_be_hidden()


@pytest.mark.parametrize(
    "context",
    [{"bypass_csp": True}, {"bypass_csp": True, "viewport": {"width": 320, "height": 640}}],
    ids=["390", "320"],
    indirect=True,
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(context: BrowserContext) -> None:
    page = context.new_page()

    def look() -> None:
        assert violations(page) == []
        assert no_wider_than_the_screen(page)

    ask(page)
    look()
    page.get_by_role("button", name="Not in this list").click()
    expect(page.locator(".did [role=status]")).to_have_text(THANKS)
    look()
    page.goto("/did-it/?radio=6000-cd&car=mk2&step=serial-on-display%2Fhold")
    look()
    page.goto(STEP)
    look()


@pytest.mark.parametrize("context", [{"bypass_csp": True}], indirect=True)
def test_an_editor_sees_what_drivers_report(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    ask(page)
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.locator(".did [role=status]")).to_have_text(THANKS)
    page.goto("/admin/")
    page.get_by_role("link", name="What drivers report").click()
    expect(page.get_by_role("heading", name="What drivers report")).to_be_visible()
    expect(page.locator(".findings")).to_contain_text("no")
    assert no_wider_than_the_screen(page)
    assert violations(page, "#content") == []
