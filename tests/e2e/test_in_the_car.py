"""A phone in the car: step mode, marks that stay after a reload, themes, and the printed sheet."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from .helpers import addresses, both_ways, without_script

GUIDE = "/focus/mk2/sony/"
STEPS = f"{GUIDE}?view=steps"


def steps_of_the_procedure(page: Page) -> int:
    return int(page.locator("progress").get_attribute("max") or 0)


@both_ways
def test_steps_lead_to_the_end_of_the_procedure_and_back(page: Page) -> None:
    page.goto(GUIDE)
    page.locator(".start a").click()
    page.wait_for_url(f"**{STEPS}&step=1")
    last = steps_of_the_procedure(page)
    assert last > 5
    for number in range(2, last + 1):
        page.locator(".turn .onward").click()
        page.wait_for_url(f"**{STEPS}&step={number}")
    page.locator(".turn a:not(.onward)").click()
    page.wait_for_url(f"**{STEPS}&step={last - 1}")
    page.locator(".turn .onward").click()
    page.locator(".turn .onward").click()
    page.wait_for_url(f"**{GUIDE}#check")


def test_without_a_serial_the_next_procedure_starts(page: Page) -> None:
    page.goto(STEPS)
    first_of_the_next = steps_of_the_procedure(page) + 1
    page.locator(f"main a[href^='{GUIDE}?view=steps']:not(.turn a)").click()
    page.wait_for_url(f"**{STEPS}&step={first_of_the_next}")


def test_next_is_in_sight_on_every_step_and_the_step_is_large(page: Page) -> None:
    hidden = []
    for guide in (GUIDE, "/focus/mk3/sync-2/"):
        page.goto(guide)
        numbers = page.locator(".steps > li").count()
        assert numbers > 3
        for number in range(1, numbers + 1):
            page.goto(f"{guide}?view=steps&step={number}")
            box = page.locator(".turn .onward").bounding_box()
            if not box or box["height"] < 72 or box["y"] + box["height"] > 844:
                hidden.append(page.url)
    assert hidden == []
    assert page.locator(".now > p").first.evaluate("step => parseFloat(getComputedStyle(step).fontSize)") >= 24


def test_the_screen_stays_on_from_step_to_step(page: Page) -> None:
    page.add_init_script(
        "window.asked = window.released = 0; Object.defineProperty(navigator, 'wakeLock', "
        "{value: {request: async () => { asked += 1; return {release() { released += 1 }} }}})"
    )
    page.goto(STEPS)
    page.get_by_label(re.compile("screen on", re.IGNORECASE)).check()
    assert page.evaluate("asked") == 1
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("asked") == 2
    page.locator(".turn .onward").click()
    page.wait_for_url("**step=2")
    expect(page.get_by_label(re.compile("screen on", re.IGNORECASE))).to_be_checked()
    assert page.evaluate("released") == 0
    page.locator(".brand").click()
    page.wait_for_url("**/")
    expect(page.locator("textarea")).to_be_visible()
    assert page.evaluate("released") == 1


def test_what_the_phone_cannot_do_is_not_offered(page: Page) -> None:
    page.add_init_script("delete Navigator.prototype.wakeLock; speechSynthesis.getVoices = () => []")
    page.goto(STEPS)
    expect(page.locator(".turn")).to_be_visible()
    expect(page.locator(".tools label, .tools button").first).to_be_hidden()
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


def test_marks_and_tries_stay_on_the_phone_and_nowhere_else(page: Page, context: BrowserContext) -> None:
    page.goto(GUIDE)
    page.locator(".steps > li .done input").first.check()
    page.locator("#tally input").nth(2).check()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.reload()
    expect(page.locator(".steps > li .done input").first).to_be_checked()
    expect(page.locator("#tally input:checked")).to_have_count(3)
    assert not any(sent)
    assert context.cookies() == []
    page.locator("#tally button").click()
    expect(page.locator(".guide input:checked")).to_have_count(0)
    page.reload()
    expect(page.locator(".steps > li .done input").first).not_to_be_checked()
    expect(page.locator("#tally input:checked")).to_have_count(0)


def test_the_wait_clock_stays_after_a_reload(page: Page) -> None:
    page.goto(GUIDE)
    page.locator("[data-clock] a").click()
    expect(page.locator("[data-clock] output")).to_have_text(re.compile(r"\d\d:\d\d"))
    page.reload()
    expect(page.locator("[data-clock] output")).to_have_text(re.compile(r"\d\d:\d\d"))


@without_script
def test_without_script_the_server_tells_the_time(page: Page) -> None:
    page.goto(GUIDE)
    page.locator("[data-clock] a").click()
    expect(page.locator("[data-clock] output")).to_have_text(re.compile(r"\d\d:\d\d"))
    expect(page.locator(".themes")).to_be_hidden()


def test_a_chosen_theme_is_there_before_the_first_paint(page: Page) -> None:
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator(".themes input[value=dark]").check()
    page.locator("main a[href='/focus/mk1/']").first.click()
    page.wait_for_url("**/focus/mk1/")
    page.reload(wait_until="commit")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light
    page.locator(".themes input[value='']").check()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_every_guide_prints_on_one_sheet(chromium: Browser, site: str) -> None:
    page = chromium.new_page()  # a PDF needs a window without a phone's viewport
    guides = [each for each in addresses(site) if re.search(r"/(focus/[^/]+|radios)/[^/]+/$", each)]
    assert len(guides) > 25
    sheets = {}
    for guide in guides:
        page.goto(guide)
        sheets[guide] = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))
    page.close()
    assert sheets == dict.fromkeys(guides, 1)
