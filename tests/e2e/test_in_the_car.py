"""A phone in the car: step mode, tries and a WAIT that stay after a reload, and themes."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from .helpers import both_ways, resize, start_module, without_script

GUIDE = "/focus/mk2/sony/"
STEPS = f"{GUIDE}?view=steps"
END = f"{STEPS}&step=done-enter-code-buttons"
TIME = re.compile(r"\d\d:\d\d")


@both_ways
def test_steps_lead_on_to_an_end_that_asks_and_back_to_the_row(page: Page) -> None:
    page.goto(STEPS)
    page.locator(".turn a").last.click()
    page.wait_for_url("**step=2")
    page.goto(END)
    page.locator(".turn a").first.click()
    expect(page.locator(".now")).to_be_visible()
    page.locator(".turn a").last.click()
    expect(page.locator(".did")).to_be_visible()
    page.locator(".turn a").last.click()
    page.wait_for_url(f"**{GUIDE}#enter")
    expect(page.locator("#enter")).to_be_in_viewport()


def test_the_bar_is_at_one_place_and_hides_nothing(page: Page) -> None:
    wrong = []
    places: dict[int, set[str]] = {390: set(), 320: set()}
    for address in (*(f"{STEPS}&step={number}" for number in range(1, 15)), END):
        page.goto(address)
        for width, height in ((390, 844), (320, 568)):
            resize(page, width, height)
            boxes = page.locator(".turn a").evaluate_all(
                "links => links.map(link => link.getBoundingClientRect()).map(({x, y, width, height}) => "
                "[x, y, width, height])"
            )
            places[width].add(str(boxes))
            last, bar = page.evaluate(
                "scrollTo(0, document.body.scrollHeight);"
                "[document.querySelector('footer').getBoundingClientRect().bottom,"
                " document.querySelector('.turn').getBoundingClientRect().top]"
            )
            if last > bar or min(height for *_, height in boxes) < 72:
                wrong.append((address, width, boxes, last, bar))
    assert wrong == []
    assert {width: len(each) for width, each in places.items()} == {390: 1, 320: 1}
    page.goto(STEPS)
    assert page.locator(".now > p").first.evaluate("step => parseFloat(getComputedStyle(step).fontSize)") >= 24


#: A phone that answers a request for its lock when the test says so.
WAKE_LOCK = """
window.requests = [];
window.held = window.given = 0;
const lock = () => { held += 1; given += 1; return { release() { held -= 1; } }; };
const request = () => new Promise((resolve) => requests.push(() => resolve(lock())));
Object.defineProperty(navigator, "wakeLock", { value: { request } });
"""


def test_the_screen_stays_on_from_step_to_step(page: Page) -> None:
    page.add_init_script(WAKE_LOCK)
    screen_on = page.get_by_label(re.compile("screen on", re.IGNORECASE))
    page.goto(STEPS)
    screen_on.check()
    page.wait_for_function("() => requests.length === 1")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => requests.length === 2")
    page.evaluate("requests.splice(0).forEach(grant => grant())")
    page.wait_for_function("() => held === 1")
    page.locator(".turn a").last.click()
    page.wait_for_url("**step=2")
    expect(page.locator("h1")).to_be_focused()
    expect(screen_on).to_be_checked()
    assert page.evaluate("held") == 1
    page.locator(".brand").click()
    expect(page.locator("textarea")).to_be_visible()
    page.wait_for_function("() => held === 0")


def test_a_lock_that_comes_after_the_page_was_left_is_given_back(page: Page) -> None:
    page.add_init_script(WAKE_LOCK)
    page.goto(STEPS)
    page.get_by_label(re.compile("screen on", re.IGNORECASE)).check()
    page.wait_for_function("() => requests.length === 1")
    page.locator(".brand").click()
    expect(page.locator("textarea")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
    page.evaluate("requests.splice(0).forEach(grant => grant())")
    page.wait_for_function("() => given === 1 && held === 0")


def test_what_the_phone_cannot_do_is_not_offered(page: Page) -> None:
    page.add_init_script("delete Navigator.prototype.wakeLock; speechSynthesis.getVoices = () => []")
    page.goto(STEPS)
    page.wait_for_function("() => !!speechSynthesis.onvoiceschanged")  # it has looked
    expect(page.locator(".tools label")).to_be_hidden()
    expect(page.locator(".tools button")).to_be_hidden()


def test_only_a_voice_of_the_phone_itself_reads_aloud(page: Page) -> None:
    page.add_init_script(
        "window.said = []; speechSynthesis.speak = words => said.push(words.text);"
        "speechSynthesis.getVoices = () => [{lang: 'en-GB', localService: window.local ?? false}]"
    )
    page.goto(STEPS)
    button = page.locator(".tools button")
    page.wait_for_function("() => !!speechSynthesis.onvoiceschanged")  # it has asked, and waits for more of them
    expect(button).to_be_hidden()
    page.evaluate("window.local = true; speechSynthesis.onvoiceschanged()")
    expect(button).to_be_visible()


def test_tries_and_the_wait_clock_stay_on_the_phone_and_nowhere_else(page: Page, context: BrowserContext) -> None:
    tries, clock = page.locator("#tally input:checked"), page.locator("[data-clock] output")
    page.goto(f"{GUIDE}#tally")
    start_module(page, "#tally")
    page.locator("#tally input").nth(2).check()
    page.locator("[data-clock] a").click()
    expect(clock).to_have_text(TIME)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.reload()
    expect(tries).to_have_count(3)
    expect(clock).to_have_text(TIME)
    assert not any(sent)
    assert context.cookies() == []
    page.locator("#tally button").click()
    page.reload()
    expect(tries).to_have_count(0)
    expect(clock).to_be_empty()


@without_script
def test_without_script_the_server_tells_the_time(page: Page) -> None:
    page.goto(f"{GUIDE}#tally")
    page.locator("[data-clock] a").click()
    expect(page.locator("[data-clock] output")).to_have_text(TIME)
    expect(page.locator(".themes")).to_be_hidden()


def test_a_chosen_theme_is_there_before_the_first_paint(page: Page) -> None:
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator(".menu > summary").click()
    page.locator(".themes input[value=dark]").check()
    page.locator("main a[href='/focus/mk1/']").first.click()
    page.wait_for_url("**/focus/mk1/")
    page.reload(wait_until="commit")
    page.locator(".skip").wait_for(state="attached")  # the first thing that can be painted
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light
    page.wait_for_load_state()  # a menu that was opened before is closed
    page.locator(".menu > summary").click()
    page.locator(".themes input[value='']").check()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") is None
