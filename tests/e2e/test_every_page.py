"""What holds for every kind of page: accessible, narrow, quiet in the console, within its budget."""

from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, Page, Response

from guides.reader import Kind
from tests.guides.reader.golden import GOLDEN
from tests.site import ROOT

from .accessibility import no_wider_than_the_screen, violations
from .pages import KINDS

KB = 1024
#: A text of each kind.
TEXTS = {kind: text for text, kind, _serial in GOLDEN} | {Kind.MESSAGE: "WAIT", Kind.RADIO_NAME: "6000 CD"}


@pytest.mark.parametrize("context", [{"bypass_csp": True}], indirect=True)
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(context: BrowserContext, path: str) -> None:
    page = context.new_page()  # without the console check: axe needs bypass_csp, and a 404 is a console message
    page.goto(path)
    assert violations(page) == []  # everything that folds is open now
    for width, text_size in ((390, "100%"), (390, "200%"), (320, "100%")):
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text_size)
        assert no_wider_than_the_screen(page), (width, text_size)


@pytest.mark.parametrize("context", [{"bypass_csp": True}], indirect=True)
@pytest.mark.parametrize("path", ["/check/", "/focus/mk2/6000-cd/"])
def test_axe_finds_nothing_in_an_answer_of_any_kind(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto(path)
    found = {}
    for kind, text in TEXTS.items():
        page.get_by_role("textbox").fill(text)
        page.get_by_role("button", name="Show my next step").click()
        page.locator(f"#check-result[data-verdict={kind}]").wait_for()
        found[kind] = violations(page, "#check-status")
    assert {kind: each for kind, each in found.items() if each} == {}


@pytest.mark.parametrize("context", [{"bypass_csp": True}], indirect=True)
@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "413.html", "500.html", "503.html"])
def test_axe_finds_nothing_when_things_fail(context: BrowserContext, site: str, template: str) -> None:
    page = context.new_page()
    html = render_to_string(template).replace("/static/css/site.css", style_of(site))
    page.route("**/fails/", lambda route: route.fulfill(status=500, content_type="text/html", body=html))
    page.goto("/fails/")
    assert violations(page) == []


@pytest.mark.parametrize("path", [path for path in KINDS if path != "/no-such-page/"])
def test_the_console_says_nothing(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    assert page.locator("h1").count() == 1


def compressed(address: str) -> bytes:
    """The body as sent to a browser that asks like all of them."""
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip, br"})) as response:  # noqa: S310 (our own server)
        assert response.headers["Content-Encoding"] == "br"
        return response.read()


def addresses(site: str) -> list[str]:
    """Every public page that the sitemap names."""
    with urlopen(f"{site}/sitemap.xml") as response:  # noqa: S310 (our own server)
        entries = response.read().decode().split("<loc>")[1:]
    return [site + urlsplit(entry.split("</loc>")[0]).path for entry in entries]


def style_of(site: str) -> str:
    """The address of the stylesheet."""
    with urlopen(site) as response:  # noqa: S310 (our own server)
        html = response.read().decode()
    return html.split('rel="stylesheet" href="')[1].split('"')[0]


def test_html_and_css_fit_in_the_first_round_trip(site: str) -> None:
    css = len(compressed(site + style_of(site)))
    sizes = {address: len(compressed(address)) + css for address in addresses(site)}
    assert len(sizes) > 40
    assert {address: size for address, size in sizes.items() if size > 14 * KB} == {}


@pytest.mark.parametrize("path", ["/", "/focus/mk2/6000-cd/", "/about/sources/"])
def test_a_first_visit_is_light_and_all_our_own(context: BrowserContext, site: str, path: str) -> None:
    page = context.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(path, wait_until="networkidle")
    assert {response.url.removeprefix(site)[0] for response in responses} == {"/"}
    assert sum(response.request.sizes()["responseBodySize"] for response in responses) <= 45 * KB


def test_the_minified_style_says_the_same(page: Page, site: str) -> None:
    rules = """css => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        // What stands in a custom property is kept as it was written.
        return Array.from(sheet.cssRules, (rule) => rule.cssText.replaceAll(/\\s*([,()])\\s*/g, "$1"));
    }"""
    page.goto("/practice/6000-cd/")
    for address in page.locator("link[rel=stylesheet]").evaluate_all("links => links.map(link => link.href)"):
        name = address.rpartition("/")[2].partition(".")[0]
        source = (ROOT / f"static/css/{name}.css").read_text()
        served = urlopen(address).read().decode()  # noqa: S310 (our own server)
        assert len(served) < len(source)
        assert page.evaluate(rules, served) == page.evaluate(rules, source)
