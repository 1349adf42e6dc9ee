"""What axe finds in a page, and whether it fits the screen."""

from typing import Any

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def violations(page: Page, part: str = "html") -> list[tuple[str, str, list[str]]]:
    """Each rule that the page breaks, in light or in dark, with the elements; everything that folds is opened first.

    Of all rules only contrast depends on the colours, so in dark only that is asked for. The context must have
    bypass_csp. What is in a frame is another page.
    """
    page.locator(part).locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    tags = {"runOnly": {"type": "tag", "values": RULES}, "rules": {"target-size": {"enabled": True}}}
    found = [("light", *each) for each in _run(page, part, tags)]
    page.emulate_media(color_scheme="dark")
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")  # the desk's buttons fade over
    found += [("dark", *each) for each in _run(page, part, {"runOnly": ["color-contrast"]})]
    page.emulate_media(color_scheme="light")
    return found


def no_wider_than_the_screen(page: Page) -> bool:
    """Whether nothing scrolls sideways."""
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return fits


def _run(page: Page, part: str, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
    response = Axe().run(page, context=part, options={**DEFAULT_OPTIONS, **options, "iframes": False}).response
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in response["violations"]]
