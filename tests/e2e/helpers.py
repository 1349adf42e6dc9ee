"""What several modules of browser tests need."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

without_script = pytest.mark.parametrize("context", [{"java_script_enabled": False}], ids=["no script"], indirect=True)
both_ways = pytest.mark.parametrize(
    "context", [{}, {"java_script_enabled": False}], ids=["script", "no script"], indirect=True
)


#: The address of the document that the page reads with, once it has come.
FETCHED = """(name) =>
  performance.getEntriesByType("resource").find((each) => each.name.endsWith(name) && each.responseEnd)?.name
"""

#: Waits for the modules that the document names. The page has asked for them before.
MODULES = """async (address) => {
  const { modules } = await (await fetch(address)).json();
  await Promise.all(modules.map((module) => import(module)));
}"""


def fetch(address: str) -> str:
    with urlopen(address) as response:  # noqa: S310 (our own server)
        return str(response.read().decode())


def transferred(address: str, encoding: str) -> bytes:
    """The body as it is sent in this encoding."""
    with urlopen(Request(address, headers={"Accept-Encoding": encoding})) as response:  # noqa: S310 (our own server)
        assert response.headers["Content-Encoding"] == encoding
        return bytes(response.read())


def addresses(site: str) -> list[str]:
    """Every public page that the sitemap names."""
    entries = fetch(f"{site}/sitemap.xml").split("<loc>")[1:]
    return [site + urlsplit(entry.split("</loc>")[0]).path for entry in entries]


def guides(site: str) -> list[str]:
    """Every guide, of a car or of a radio alone."""
    return [address for address in addresses(site) if re.search(r"/(focus/[^/]+|radios)/[^/]+/$", address)]


def resize(page: Page, width: int, height: int) -> None:
    """Give the screen this size, and wait until the page has it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => document.documentElement.clientWidth === width", arg=width)


def start_module(page: Page, selector: str) -> None:
    """Wait until the script that this element names has started: what works without it does not show that."""
    page.evaluate("selector => import(document.querySelector(selector).dataset.module).then(() => {})", selector)


def travel(page: Page, steps: int, to: str) -> None:
    """Go back or forward in the history and wait for the whole page.

    Playwright's own go_back fails when the page reloads meanwhile, as htmx does with a page that it has not cached.
    """
    page.evaluate(f"history.go({steps})")
    page.wait_for_url(f"**{to}")
    expect(page.locator(f"link[rel=canonical][href$='{to}']")).to_have_count(1)
    expect(page.locator("footer")).to_have_count(1)
    page.wait_for_load_state()


def no_wider_than_the_screen(page: Page) -> bool:
    """Whether nothing scrolls sideways, once the styles are there."""
    page.wait_for_load_state()
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return fits


def reload_until(page: Page, address: str, condition: Callable[[], object]) -> None:
    """Load the page anew until the condition holds: servers notice a change within two seconds, browsers a minute."""
    for number in range(60):
        page.goto(f"{address}?fresh={number}")
        if condition():
            return
        page.wait_for_timeout(200)
    pytest.fail(f"{address} does not show the change")


def fetch_reader(page: Page, name: str = "/reader.json") -> None:
    """Give the box the focus, after which the page fetches what it reads with. Returns when the page has all of it."""
    if page.locator("textarea").is_hidden():
        page.locator(".row:has(textarea) > summary").click()
    page.locator("textarea").focus()
    address = page.wait_for_function(FETCHED, arg=name)
    page.evaluate(MODULES, address)
