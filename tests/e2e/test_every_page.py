"""Every page, in every state: accessible in both themes, no wider than a phone, a silent console, within its budget."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from gzip import decompress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from tests.site import EDITOR, ROOT, Site

from . import signing_in
from .conftest import PHONE
from .helpers import addresses, fetch, guides, no_wider_than_the_screen, resize, transferred

KB = 1024
GUIDE = "/focus/mk2/6000-cd/"
#: One address of every kind of public page.
PUBLIC = [
    "/",
    "/focus/mk2/",
    GUIDE,
    f"{GUIDE}?view=steps&step=3",
    f"{GUIDE}?view=steps&step=done-enter-code-buttons",
    "/radios/",
    "/messages/",
    "/messages/locked10/",
    "/check/",
    "/find-my-focus/",
    "/practice/6000-cd/",
    "/get-the-code/",
    "/questions/",
    "/cars/",
    "/offline/",
    "/about/",
    "/about/sources/",
    "/about/sources/foc3/",
]
#: More of the same kinds, with other parts.
MORE = [
    f"{GUIDE}?view=sheet",
    "/focus/mk3/sync-2/",
    "/focus/mk4/sync-3/",
    "/radios/sony/",
    "/messages/no-display/",
    "/practice/sony-dab/?screen=ready-3&presses=17",
    "/questions/?car=mk2&radio=sony",
]
#: Texts whose answers have, together, every part that the card can have, with the kind of each.
ANSWERS = {
    "": "empty",
    "M012345\nWAIT": "message",
    "V12345O": "lookalike",
    "reg starts with V": "generation",
    "VI23456 and it reads LOCKED": "message",
    "hold 1 and 6 shows numbers only": "question",
    "Sony 2006": "radio-name",
    "how to remove radio": "question",
}
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
ERRORS = ["400.html", "403_csrf.html", "413.html", "500.html", "503.html", "wrong_host.html"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


class State(NamedTuple):
    """A page to look at. In the admin, the part of it that is ours: around #content is Django's own."""

    name: str
    page: Page
    part: str = "html"
    in_dark: bool = True


# ---- Accessible, and no wider than a phone


def public_states(page: Page) -> Iterator[State]:
    for path in [*PUBLIC, *MORE]:
        page.goto(path)
        yield State(path, page, in_dark=path in PUBLIC)
    page.goto(f"{GUIDE}?view=steps&step=done-enter-code-buttons")
    page.locator(".did button").first.click()
    page.locator(".did [role=status]:not(:empty)").wait_for()
    yield State("the thanks for an answer", page, ".did")


def error_states(page: Page) -> Iterator[State]:
    page.goto("/no-such-page/")
    yield State("404.html", page)
    style = page.locator("link[rel=stylesheet]").first.get_attribute("href") or ""

    def fail(route: Route) -> None:
        html = render_to_string(urlsplit(route.request.url).path.strip("/"))
        route.fulfill(content_type="text/html", body=html.replace("/static/css/site.css", style))

    for template in ERRORS:
        page.route(f"**/{template}", fail)
        page.goto(f"/{template}")
        yield State(template, page)


def answer_states(page: Page) -> Iterator[State]:
    page.goto("/check/")
    for text, kind in ANSWERS.items():
        page.locator("textarea").fill(text)
        page.locator(".reader > .main").click()
        page.locator(f"#check-result[data-verdict={kind}]").wait_for()  # the one before has another
        yield State(f"the answer to “{text}”", page, "#check-status")


def admin_states(page: Page) -> Iterator[State]:
    for path in ADMIN:
        page.goto(path)
        yield State(path, page, "#content")
    change(page, "For axe.")
    page.goto("/admin/guides/history/")
    newest = page.locator("input[name=new]").first.input_value()
    page.goto(f"/admin/guides/history/compare/?old=1&new={newest}")
    yield State("two versions", page, "#content")
    open_message(page)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview", exact=True).last.click()
    opened.value.wait_for_load_state()
    yield State("a preview", opened.value, "#content")
    opened.value.close()
    other = page.context.new_page()
    open_message(other)
    change(page, "First.")
    other.locator("textarea[name=meaning]").fill("Second.")
    other.locator("textarea[name=why]").fill("For axe.")
    other.locator("input[name=_save]").last.click()
    other.locator(".errornote").wait_for()
    yield State("a conflict", other, ".conflicts")


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
    yield State("setting the second factor up", page, "#content")
    signing_in.type_code(page, "12345")
    yield State("a wrong code", page, "#content")
    signing_in.set_up(page)
    yield State("new recovery codes", page, "#content")
    page.context.clear_cookies()
    signing_in.password(page, EDITOR, EDITOR)
    yield State("asking for a code", page, "#content")
    page.context.clear_cookies()
    for _ in range(5):
        signing_in.password(page, "nobody", "wrong")
    yield State("locked out", page, "#content")


def problems(states: Iterator[State]) -> dict[str, list[Any]]:
    """What is wrong with each state, by its name."""
    found = {state.name: [*violations(state), *too_wide(state)] for state in states}
    assert len(found) > 4
    return {name: each for name, each in found.items() if each}


def violations(state: State) -> list[tuple[str, str, list[str]]]:
    """Each rule of axe that the page breaks, in light or in dark, with the elements. Everything that folds is opened.

    Contrast is the only rule that depends on colours, and so the only one that runs in dark. Frames are pages that are
    tested by themselves.
    """
    page = state.page
    page.locator(state.part).locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    found = [("light", *each) for each in run_axe(state, RULES, {"target-size": {"enabled": True}})]
    if state.in_dark:
        page.emulate_media(color_scheme="dark")
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")  # buttons of the admin fade
        found += [("dark", *each) for each in run_axe(state, ["color-contrast"])]
        page.emulate_media(color_scheme="light")
    return found


def run_axe(state: State, only: list[str], rules: dict[str, Any] | None = None) -> list[tuple[str, list[str]]]:
    if not state.page.evaluate("'axe' in window"):
        state.page.evaluate(AXE_SCRIPT)
    options = {"runOnly": only, "rules": rules or {}, "resultTypes": ["violations"], "iframes": False}
    broken: list[dict[str, Any]] = state.page.evaluate(
        "async ([part, options]) => (await axe.run(part, options)).violations", [state.part, options]
    )
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in broken]


def too_wide(state: State) -> list[tuple[int, str]]:
    """The widths of a phone, in pixels, and sizes of text at which the page scrolls sideways.

    Django's own admin is not made for text of twice the size.
    """
    page, found = state.page, []
    for width, text_size in ((390, "100%"), *([(390, "200%")] if state.part == "html" else []), (320, "100%")):
        resize(page, width, PHONE["viewport"]["height"])
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text_size)
        if not no_wider_than_the_screen(page):
            found.append((width, text_size))
    resize(page, **PHONE["viewport"])
    return found


@pytest.mark.parametrize("states", [public_states, answer_states])
def test_public_pages_are_accessible_narrow_and_silent(page: Page, states: Callable[[Page], Iterator[State]]) -> None:
    assert problems(states(page)) == {}


def test_error_pages_are_accessible_and_narrow(context: BrowserContext) -> None:
    assert problems(error_states(context.new_page())) == {}  # the browser reports each of them in its console


def test_admin_pages_are_accessible_and_narrow(signed_in: BrowserContext) -> None:
    assert problems(admin_states(signed_in.new_page())) == {}


def test_sign_in_pages_are_accessible_and_narrow(chromium: Browser, own_site: Site) -> None:
    context = chromium.new_context(**PHONE, base_url=own_site.address)
    found = problems(sign_in_states(context.new_page()))
    context.close()
    assert found == {}


# ---- Light


def test_html_and_css_fit_in_the_first_round_trip(site: str) -> None:
    sent = cache(lambda address: transferred(address, "gzip"))
    sizes = {}
    for address in addresses(site):
        page = sent(address)
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', decompress(page).decode())
        assert styles, address
        sizes[address.removeprefix(site)] = len(page), *(len(sent(f"{site}{style}")) for style in styles)
    assert len(sizes) > 40
    assert {path: each for path, each in sizes.items() if sum(each) > 14 * KB} == {}


def test_a_first_visit_is_light_and_fetches_only_what_the_page_names(chromium: Browser, site: str) -> None:
    heaviest = max(guides(site), key=lambda guide: len(fetch(guide)))
    for address in (f"{site}/", heaviest, f"{site}/about/sources/"):
        context = chromium.new_context(**PHONE, service_workers="block")  # nothing is cached
        requests: list[Request] = []
        context.on("requestfinished", collect(requests))
        context.new_page().goto(address, wait_until="networkidle")
        html = fetch(address)
        files = [request for request in requests if not request.is_navigation_request()]
        assert [request.url for request in files if f'"{request.url.removeprefix(site)}' not in html] == []
        assert sum(request.sizes()["responseBodySize"] for request in requests) <= 45 * KB, address
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
