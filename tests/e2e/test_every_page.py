"""Every page, in every state: accessible in both themes, no wider than a phone, a silent console, within its budget."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from guides.reader import Kind
from tests.guides.reader.golden import GOLDEN
from tests.site import EDITOR, ROOT, Site

from . import signing_in
from .conftest import PHONE
from .helpers import addresses, fetch, no_wider_than_the_screen, transferred, without_policy

KB = 1024
GUIDE = "/focus/mk2/6000-cd/"
#: One address of every kind of public page.
PUBLIC = [
    "/",
    "/focus/mk2/",
    GUIDE,
    f"{GUIDE}?view=steps&step=3",
    "/focus/mk3/sync-2/",
    "/focus/mk4/sync-3/",
    "/radios/",
    "/radios/sony/",
    "/messages/",
    "/messages/locked10/",
    "/check/",
    "/find-my-focus/",
    f"{GUIDE}?view=steps&step=done-enter-code-buttons",
    "/practice/",
    "/practice/6000-cd/",
    "/practice/sony-dab/?screen=ready-3&presses=17",
    "/get-the-code/",
    "/questions/",
    "/questions/?car=mk2&radio=sony",
    "/cars/",
    "/offline/",
    "/about/",
    "/about/sources/",
    "/no-such-page/",
]
#: Pages of the admin that are not Django's own.
ADMIN = [
    "/admin/guides/report/",
    "/admin/guides/feedback/",
    "/admin/guides/history/",
    "/admin/guides/history/deleted/",
    "/admin/guides/history/1/",
    "/admin/second-factor/",
    "/admin/second-factor/replace/",
    "/admin/second-factor/recovery-codes/",
    "/admin/password_change/",
]
ERRORS = ["400.html", "403_csrf.html", "413.html", "500.html", "503.html"]
#: A text of each kind.
TEXTS = {kind: text for text, kind, _serial in GOLDEN} | {Kind.MESSAGE: "WAIT", Kind.RADIO_NAME: "6000 CD"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


#: A name for the report, the page, and the part of it that is ours: around #content is Django's own admin.
State = tuple[str, Page, str]


# ---- Accessible, and no wider than a phone


def public_states(page: Page) -> Iterator[State]:
    for path in PUBLIC:
        page.goto(path)
        yield path, page, "html"
    page.goto(f"{GUIDE}?view=steps&step=done-enter-code-buttons")
    page.locator(".did button").first.click()
    page.locator(".did [role=status]:not(:empty)").wait_for()
    yield "the thanks for an answer", page, ".did"


def error_states(page: Page) -> Iterator[State]:
    page.goto("/")
    style = page.locator("link[rel=stylesheet]").first.get_attribute("href") or ""

    def fail(route: Route) -> None:
        html = render_to_string(urlsplit(route.request.url).path.strip("/"))
        route.fulfill(content_type="text/html", body=html.replace("/static/css/site.css", style))

    for template in ERRORS:
        page.route(f"**/{template}", fail)
        page.goto(f"/{template}")
        yield template, page, "html"


def answer_states(page: Page) -> Iterator[State]:
    page.goto(GUIDE)
    for kind, text in TEXTS.items():
        page.locator("textarea").fill(text)
        page.locator(".reader > .main").click()
        page.locator(f"#check-result[data-verdict={kind}]").wait_for()
        yield kind, page, "#check-status"


def admin_states(page: Page) -> Iterator[State]:
    for path in ADMIN:
        page.goto(path)
        yield path, page, "#content"
    change(page, "For axe.")
    change(page, "For axe, again.")
    page.goto("/admin/guides/history/")
    newest = int(page.locator("input[name=new]").first.input_value())
    page.goto(f"/admin/guides/history/compare/?old={newest - 1}&new={newest}")
    yield "two versions", page, "#content"
    open_message(page)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview", exact=True).last.click()
    opened.value.wait_for_load_state()
    yield "a preview", opened.value, "#content"
    opened.value.close()
    other = page.context.new_page()
    open_message(other)
    change(page, "First.")
    other.locator("textarea[name=meaning]").fill("Second.")
    other.locator("textarea[name=why]").fill("For axe.")
    other.locator("input[name=_save]").last.click()
    other.locator(".errornote").wait_for()
    yield "a conflict", other, ".conflicts"


def open_message(page: Page) -> None:
    page.goto("/admin/guides/errormessage/?q=ERR")
    page.locator("#result_list tbody th a").first.click()
    page.locator("textarea[name=meaning]").wait_for()


def change(page: Page, meaning: str) -> None:
    open_message(page)
    page.locator("textarea[name=meaning]").fill(meaning)
    page.locator("textarea[name=why]").fill("For axe.")
    page.locator("input[name=_save]").last.click()
    page.locator(".messagelist .success").wait_for()


def sign_in_states(page: Page) -> Iterator[State]:
    signing_in.password(page, EDITOR, EDITOR)
    yield "setting the second factor up", page, "#content"
    signing_in.type_code(page, "12345")
    yield "a wrong code", page, "#content"
    signing_in.set_up(page)
    yield "new recovery codes", page, "#content"
    page.context.clear_cookies()
    signing_in.password(page, EDITOR, EDITOR)
    yield "asking for a code", page, "#content"
    page.context.clear_cookies()
    for _ in range(5):
        signing_in.password(page, "nobody", "wrong")
    yield "locked out", page, "#content"


def problems(states: Iterator[State]) -> dict[str, list[Any]]:
    """What is wrong with each state, by its name."""
    found = {name: [*violations(page, part), *too_wide(page, part)] for name, page, part in states}
    assert len(found) > 4
    return {name: each for name, each in found.items() if each}


def violations(page: Page, part: str) -> list[tuple[str, str, list[str]]]:
    """Each rule of axe that the page breaks, in light or in dark, with the elements. Everything that folds is opened.

    Contrast is the only rule that depends on colours, and so the only one that runs in dark. The context must have
    bypass_csp. Frames are pages that are tested by themselves.
    """
    page.locator(part).locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    tags = {"runOnly": {"type": "tag", "values": RULES}, "rules": {"target-size": {"enabled": True}}}
    found = [("light", *each) for each in run_axe(page, part, tags)]
    page.emulate_media(color_scheme="dark")
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")  # buttons of the admin fade
    found += [("dark", *each) for each in run_axe(page, part, {"runOnly": ["color-contrast"]})]
    page.emulate_media(color_scheme="light")
    return found


def run_axe(page: Page, part: str, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
    response = Axe().run(page, context=part, options={**DEFAULT_OPTIONS, **options, "iframes": False}).response
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in response["violations"]]


def too_wide(page: Page, part: str) -> list[tuple[int, str]]:
    """The widths of a phone, in pixels, and sizes of text at which the page scrolls sideways.

    Django's own admin is not made for text of twice the size.
    """
    size = page.viewport_size or PHONE["viewport"]
    found = []
    for width, text_size in ((390, "100%"), (320, "100%"), *([(390, "200%")] if part == "html" else [])):
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text_size)
        if not no_wider_than_the_screen(page):
            found.append((width, text_size))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(size)
    return found


@without_policy
@pytest.mark.parametrize("states", [public_states, error_states, answer_states])
def test_public_pages_are_accessible_and_narrow(
    context: BrowserContext, states: Callable[[Page], Iterator[State]]
) -> None:
    assert problems(states(context.new_page())) == {}


@without_policy
def test_admin_pages_are_accessible_and_narrow(signed_in: BrowserContext) -> None:
    assert problems(admin_states(signed_in.new_page())) == {}


def test_sign_in_pages_are_accessible_and_narrow(chromium: Browser, own_site: Site) -> None:
    context = chromium.new_context(**PHONE, base_url=own_site.address, bypass_csp=True)
    found = problems(sign_in_states(context.new_page()))
    context.close()
    assert found == {}


# ---- Silent and light


def test_the_console_says_nothing(page: Page, console: list[str]) -> None:
    said = {}
    for path in PUBLIC[:-1]:  # a 404 is a message of the browser itself
        page.goto(path, wait_until="networkidle")
        if console:
            said[path] = [*console]
            console.clear()
    assert said == {}


def test_html_and_css_fit_in_the_first_round_trip(page: Page, site: str) -> None:
    page.goto("/")
    style = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    css = transferred(f"{site}{style}", "br")
    sizes = {address: transferred(address, "br") + css for address in addresses(site)}
    assert len(sizes) > 40
    assert {address: size for address, size in sizes.items() if size > 14 * KB} == {}


def test_a_first_visit_is_light_and_asks_no_other_host(chromium: Browser, site: str) -> None:
    for path in ("/", GUIDE, "/about/sources/"):
        context = chromium.new_context(**PHONE, base_url=site, service_workers="block")  # nothing is cached
        requests: list[Request] = []
        context.on("requestfinished", collect(requests))
        page = context.new_page()
        page.goto(path, wait_until="networkidle")
        assert {request.url.removeprefix(site)[0] for request in requests} == {"/"}, path
        assert sum(request.sizes()["responseBodySize"] for request in requests) <= 45 * KB, path
        context.close()


def collect(requests: list[Request]) -> Callable[[Request], None]:
    return lambda request: requests.append(request)


def test_minified_styles_have_the_same_rules(page: Page) -> None:
    rules = """css => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        // The text of a custom property is kept as it was written.
        return Array.from(sheet.cssRules, (rule) => rule.cssText.replaceAll(/\\s*([,()])\\s*/g, "$1"));
    }"""
    page.goto("/practice/6000-cd/")
    for address in page.locator("link[rel=stylesheet]").evaluate_all("links => links.map(link => link.href)"):
        name = address.rpartition("/")[2].partition(".")[0]
        source = (ROOT / f"static/css/{name}.css").read_text()
        served = fetch(address)
        assert len(served) < len(source)
        assert page.evaluate(rules, served) == page.evaluate(rules, source)
