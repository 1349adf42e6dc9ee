"""A guide as one file, opened from the file system of a phone without signal: it all works, and asks for nothing."""

import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.guides.test_offline_file import SITE

from .accessibility import no_wider_than_the_screen, violations
from .conftest import PHONE
from .test_every_page import compressed
from .test_practice import RIGHT, WRONG, dial, display, key

KB = 1024
GUIDES = ["/focus/mk2/6000-cd/", "/focus/mk4/sync-3/", "/radios/sony/"]


@pytest.fixture(scope="module")
def saved(site: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of the files as a phone has them, by guide."""
    folder = tmp_path_factory.mktemp("Downloads")
    addresses = {}
    for guide in GUIDES:
        file = folder / f"focus help{guide.replace('/', '-')}.html"
        with urlopen(f"{site}{guide}offline.html") as response:  # noqa: S310 (our own server)
            file.write_bytes(response.read())
        addresses[guide] = file.as_uri()
    return addresses


@pytest.fixture
def asked(context: BrowserContext, console: list[str]) -> list[str]:
    """What was asked for without signal; the console must be silent."""
    asked: list[str] = []
    context.set_offline(True)
    context.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.fixture
def file(context: BrowserContext, asked: list[str], saved: dict[str, str]) -> Page:
    page = context.new_page()
    page.goto(saved["/focus/mk2/6000-cd/"])
    return page


@pytest.mark.parametrize("guide", GUIDES)
def test_it_opens_without_a_request_or_a_word_in_the_console(
    context: BrowserContext, asked: list[str], saved: dict[str, str], guide: str
) -> None:
    page = context.new_page()
    page.goto(saved[guide], wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("h1")).to_have_count(1)
    assert no_wider_than_the_screen(page)
    assert asked == [saved[guide]]


def test_the_drawings_of_its_steps_are_drawn(file: Page) -> None:
    drawings = file.locator("svg.figure use")
    assert drawings.count() > 1
    assert all(use.evaluate("use => use.getBBox().width") > 100 for use in drawings.all())


def test_marks_tries_and_the_clock_stay_in_it(file: Page) -> None:
    file.locator(".steps > li .done input").first.check()
    file.locator("#tally input").nth(2).check()
    file.locator("[data-clock] a").click()
    file.reload()
    expect(file.locator(".steps > li .done input").first).to_be_checked()
    expect(file.locator("#tally input:checked")).to_have_count(3)
    expect(file.locator("[data-clock] output")).to_have_text(re.compile(r"\d\d:\d\d"))
    file.locator("#tally button").click()
    expect(file.locator(".guide input:checked")).to_have_count(0)


def test_the_practice_radio_is_in_it(file: Page, asked: list[str]) -> None:
    file.get_by_role("link", name="Practise first").first.tap()
    expect(file.locator("#practice")).to_be_in_viewport()
    dial(file, RIGHT)
    key(file, "5").tap()
    expect(display(file)).to_have_text("FM 98.5")
    assert len(asked) == 1


@pytest.mark.parametrize("guide", GUIDES)
def test_the_reader_is_in_it(context: BrowserContext, asked: list[str], saved: dict[str, str], guide: str) -> None:
    page = context.new_page()
    page.goto(saved[guide])
    result = page.locator("#check-status > #check-result")

    def tell(text: str, verdict: str) -> None:
        page.locator("textarea").fill(text)
        page.locator(".reader button").tap()
        expect(result).to_have_attribute("data-verdict", verdict)
        for link in result.locator("a").all():
            address = link.get_attribute("href") or ""
            assert address.startswith("http") or page.locator(f"[id='{address[1:]}']").count() == 1

    tell("it says V12345O", "lookalike")
    result.get_by_role("button").tap()
    expect(result).to_have_attribute("data-serial", "V123450")
    tell("FD12ABC V012345\nWAIT", "serial-in-text")
    tell("WAIT", "message")
    tell("2004", "year")
    tell("Sony", "radio-name")
    assert asked == [saved[guide]]


def test_a_message_explains_itself_in_it(file: Page) -> None:
    dial(file, WRONG)
    key(file, "5").tap()
    file.locator("[data-part=note] a").tap()
    expect(file.locator("#message-fail")).to_be_in_viewport()


def test_nothing_can_be_sent_from_it(file: Page, site: str, asked: list[str], console: list[str]) -> None:
    file.context.set_offline(False)  # with signal it is no different
    sent = file.evaluate(f"fetch('{site}/check/', {{ method: 'POST' }}).then(() => 'sent', () => 'refused')")
    assert sent == "refused"
    file.evaluate("document.querySelector('form').submit()")
    file.wait_for_timeout(300)
    assert len(asked) == 1
    console.clear()  # the browser says that it refused


def test_links_lead_to_the_site_when_there_is_signal(file: Page) -> None:
    file.context.set_offline(False)
    file.context.route(f"{SITE}/**", lambda route: route.fulfill(body="the site"))
    file.locator("#file .next a").tap()
    file.wait_for_url(f"{SITE}/focus/mk2/6000-cd/")


@pytest.mark.parametrize("guide", GUIDES)
def test_axe_finds_nothing(chromium: Browser, saved: dict[str, str], guide: str) -> None:
    context = chromium.new_context(**PHONE, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(saved[guide])
    found = violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_where_script_is_off_the_guide_is_there_and_says_what_is_not(file: Page) -> None:
    expect(file.locator("noscript p")).to_be_visible()
    expect(file.locator(".steps > li").first).to_be_visible()


def test_the_site_serves_it_as_it_is_and_gives_it_to_keep(page: Page) -> None:
    page.goto("/focus/mk2/6000-cd/")
    with page.expect_download() as download:
        page.locator("a[download]").tap()
    assert download.value.suggested_filename == "focus-help-mk2-6000-cd.html"
    page.goto("/focus/mk2/6000-cd/offline.html", wait_until="networkidle")
    dial(page, {"1": 1})
    expect(display(page)).to_have_text("1, empty, empty, empty")
    expect(page.locator(".done").first).to_be_visible()


def test_it_prints_as_the_same_single_sheet(chromium: Browser, saved: dict[str, str]) -> None:
    page = chromium.new_page()  # a PDF needs a window without a phone's viewport
    sheets = {}
    for guide, address in saved.items():
        page.goto(address)
        sheets[guide] = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))
    page.close()
    assert sheets == dict.fromkeys(GUIDES, 1)


@pytest.mark.parametrize("guide", GUIDES)
def test_it_is_light(site: str, saved: dict[str, str], guide: str) -> None:
    assert len(compressed(f"{site}{guide}offline.html")) <= 60 * KB
    assert Path(saved[guide].removeprefix("file://").replace("%20", " ")).stat().st_size <= 250 * KB
