"""What several modules of browser tests need."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

without_script = pytest.mark.parametrize("context", [{"java_script_enabled": False}], ids=["no script"], indirect=True)
both_ways = pytest.mark.parametrize(
    "context", [{}, {"java_script_enabled": False}], ids=["script", "no script"], indirect=True
)


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


def no_wider_than_the_screen(page: Page) -> bool:
    """Whether nothing scrolls sideways."""
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
