"""The ways through the site, with script and without."""

from playwright.sync_api import BrowserContext, Page, Route, expect

from .helpers import both_ways, travel


def guide_of(page: Page, car: str, radio: str) -> None:
    """From home to the guide in two taps."""
    page.goto("/")
    page.locator(f"main a[href='/focus/{car}/']").first.click()
    page.locator(f"main a[href='/focus/{car}/{radio}/']").first.click()
    page.wait_for_url(f"**/focus/{car}/{radio}/")


@both_ways
def test_from_home_to_the_guide_and_its_reader_to_the_code(page: Page) -> None:
    guide_of(page, "mk2", "6000-cd")
    page.locator("details:has(#serial) > summary").click()
    page.locator("textarea").fill("FD12ABC M012345")
    page.locator(".reader > .main").click()
    result = page.locator("#check-result")
    expect(result).to_have_attribute("data-verdict", "serial-in-text")
    expect(result).to_have_attribute("data-serial", "M012345")
    expect(page.locator("textarea")).to_have_value("FD12ABC M012345")
    assert page.context.storage_state() == {"cookies": [], "origins": []}
    assert "012345" not in page.url
    page.locator("#check-result a.main").click()
    expect(page.locator("#code")).to_be_in_viewport()


@both_ways
def test_home_recognises_a_message_and_leads_to_its_page(page: Page) -> None:
    page.goto("/")
    page.locator("textarea").fill("it says locked 13")
    page.locator(".reader > .main").click()
    page.locator("#check-result[data-verdict=message] a.main").click()
    page.wait_for_url("**/messages/locked13/")


@both_ways
def test_two_taps_from_a_hard_lock_to_the_specialist(page: Page) -> None:
    page.goto("/messages/locked13/")
    page.locator("main .next a").first.click()
    page.wait_for_url("**/get-the-code/#specialist-or-used-radio")
    expect(page.locator("#specialist-or-used-radio")).to_be_in_viewport()
    expect(page.locator("#ford-dealer")).to_be_hidden()


@both_ways
def test_the_link_beside_the_years_opens_the_question_which_focus_it_is(page: Page) -> None:
    page.goto("/focus/mk2/")
    expect(page.locator("#which")).to_be_hidden()
    page.locator("main a[href='#which']").click()
    page.locator("#which a[href='/focus/mk3/']").click()
    page.wait_for_url("**/focus/mk3/")


@both_ways
def test_what_an_answer_offers_does_not_stand_below_it_again(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#cars")).to_be_visible()
    page.locator("textarea").fill("help me")
    page.locator(".reader > .main").click()
    expect(page.locator("#check-result")).to_be_visible()
    expect(page.locator("#cars")).to_be_hidden()


def test_choosing_takes_no_more_than_a_screen_and_a_half(page: Page) -> None:
    cars, messages = ("mk1", "mk2", "mk3", "mk4"), ("code", "wait", "locked10", "locked13", "no-display")
    paths = ["/", *(f"/focus/{car}/" for car in cars), *(f"/messages/{message}/" for message in messages)]
    heights = {}
    for path in paths:
        page.goto(path)
        heights[path] = page.evaluate("document.querySelector('main').offsetHeight")
    assert {path: height for path, height in heights.items() if height > 1300} == {}


@both_ways
def test_two_taps_to_the_entry_of_wait_in_that_guide(page: Page) -> None:
    page.goto("/")
    page.locator("textarea").fill("mk2 6000cd wait")
    page.locator(".reader > .main").click()
    page.locator("#check-result a.main").click()
    page.wait_for_url("**/focus/mk2/6000-cd/#m-wait")
    expect(page.locator("#m-wait")).to_be_in_viewport()


@both_ways
def test_the_guide_builds_itself_by_taps(page: Page) -> None:
    page.goto("/check/")
    page.locator("textarea").fill("V123456")
    page.locator(".reader > .main").click()
    for choice, text in (("6000 CD", "V123456\n6000 CD"), ("Mk2", "V123456\n6000 CD\nFocus Mk2")):
        page.locator("#check-result fieldset button", has_text=choice).click()
        expect(page.locator("textarea")).to_have_value(text)
    expect(page.locator("#check-result")).to_have_attribute("data-guide", "/focus/mk2/6000-cd/")
    page.locator("#check-result .chip", has_text="6000 CD").click()
    expect(page.locator("textarea")).to_have_value("V123456\nFocus Mk2")
    expect(page.locator("#check-result")).to_have_attribute("data-guide", "")
    assert "123456" not in page.url


def test_a_button_of_the_card_leaves_focus_before_the_new_card(page: Page) -> None:
    page.goto("/check/")
    page.locator("textarea").fill("mk2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#check-result fieldset button", has_text="6000 CD").press("Enter")
    expect(page.locator("#check-result")).to_have_attribute("data-guide", "/focus/mk2/6000-cd/")
    expect(page.locator(".reader > .main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#check-result a.main")).to_be_focused()


def test_a_shared_year_is_settled_by_a_question(page: Page) -> None:
    page.goto("/")
    page.locator("textarea").fill("2004")
    page.locator(".reader > .main").click()
    choices = page.locator("#check-result[data-verdict=year] fieldset button")
    expect(choices).to_have_count(2)
    choices.last.click()
    expect(page.locator("#check-result")).to_have_attribute("data-generations", "mk2")


def test_the_answer_is_announced_in_a_live_region_that_was_there_before(page: Page) -> None:
    page.goto("/check/")
    region = page.locator("#check-status[role=status]")
    expect(region).to_be_empty()
    region.evaluate("element => element.dataset.seen = 'before'")
    page.locator("textarea").fill("CODE")
    page.locator(".reader > .main").click()
    expect(page.locator("#check-status[data-seen=before] #check-result")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_a_link_swaps_main_and_moves_title_focus_and_address(page: Page) -> None:
    page.goto("/")
    page.evaluate("window.same = true")
    home_title = page.title()
    page.locator("main a[href='/focus/mk1/']").first.click()
    page.wait_for_url("**/focus/mk1/")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("main")).to_have_count(1)
    assert page.title() != home_title
    assert page.evaluate("window.same"), "the browser loaded a whole page"
    assert page.evaluate("scrollY") == 0


def test_back_and_forward_show_whole_pages(page: Page) -> None:
    guide_of(page, "mk1", "6000-cd")
    guide = page.title()
    travel(page, -1, "/focus/mk1/")
    travel(page, -1, "/")
    expect(page.locator("textarea")).to_be_visible()
    travel(page, +1, "/focus/mk1/")
    travel(page, +1, "/focus/mk1/6000-cd/")
    expect(page).to_have_title(guide)


def _refuse_htmx(route: Route) -> None:
    """And the data that a phone reads texts with, so that the plain request is the only way."""
    if "hx-request" in route.request.headers or route.request.url.endswith("/reader.json"):
        route.abort()
    else:
        route.continue_()


def test_a_failed_htmx_request_becomes_a_plain_one(context: BrowserContext) -> None:
    page = context.new_page()  # the refused requests are console messages of the browser itself
    page.route("**/*", _refuse_htmx)
    page.goto("/")
    page.locator("main a[href='/focus/mk1/']").first.click()
    page.wait_for_url("**/focus/mk1/")
    expect(page.locator("footer")).to_have_count(1)
    page.goto("/check/")
    page.locator("textarea").fill("V123456")
    page.locator(".reader > .main").click()
    expect(page.locator("#check-result")).to_have_attribute("data-serial", "V123456")


def test_a_link_to_a_lost_page_ends_on_the_helpful_404(context: BrowserContext) -> None:
    page = context.new_page()  # a 404 is a console message of the browser itself
    page.goto("/")
    page.locator("main a[href='/focus/mk1/']").first.evaluate(
        "link => { link.href = '/focus/mk9/'; link.setAttribute('data-hx-get', '/focus/mk9/'); htmx.process(link) }"
    )
    page.locator("main a[href='/focus/mk9/']").click()
    page.wait_for_url("**/focus/mk9/")
    expect(page.locator("main a[href='/']")).to_be_visible()


def test_a_message_is_found_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("wait")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#check-result")).to_have_attribute("data-verdict", "message")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/messages/wait/")
