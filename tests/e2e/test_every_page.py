"""What holds for every kind of page: accessible, narrow, quiet in the console, within its budget."""

from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Response

from tests.site import ROOT

from .accessibility import violations
from .pages import KINDS

KB = 1024


@pytest.mark.parametrize("context", [{"bypass_csp": True}], indirect=True)
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(context: BrowserContext, path: str) -> None:
    page = context.new_page()  # without the console check: axe needs bypass_csp, and a 404 is a console message
    page.goto(path)
    assert violations(page) == []


@pytest.mark.parametrize("path", [path for path in KINDS if path != "/no-such-page/"])
def test_the_console_says_nothing(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", KINDS)
def test_nothing_scrolls_sideways(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width, text_size in ((390, "100%"), (390, "200%"), (320, "100%")):
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text_size)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, (width, text_size)


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


def test_html_and_css_fit_in_the_first_round_trip(site: str) -> None:
    with urlopen(site) as response:  # noqa: S310 (our own server)
        html = response.read().decode()
    style = html.split('rel="stylesheet" href="')[1].split('"')[0]
    css = len(compressed(site + style))
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
