"""Take the pictures of the editor's handbook, docs/content.md, from a site of its own with the starting content.

Run it after a change of a screen of the desk, look at what it took, then commit the pictures with that change:

    .venv/bin/python -m tools.handbook

It signs in as the tests do, and needs Chromium (see tests/browser.py).
"""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import FilePayload, Page, sync_playwright

from tests import browser
from tests.e2e import signing_in
from tests.e2e.conftest import EDITOR, FLAGS, PHONE, Site, prepare
from tools.pictures import with_palette

PICTURES = Path(__file__).parents[1] / "docs" / "images" / "handbook"


def front_page(page: Page) -> None:
    page.goto("/admin/")


def report(page: Page) -> None:
    page.goto("/admin/guides/report/")


def facts(page: Page) -> None:
    page.goto("/admin/guides/report/#facts")


def form(page: Page, model: str, look_for: str) -> None:
    """The form of the first row that is found."""
    page.goto(f"/admin/guides/{model}/?q={look_for}")
    page.locator("#result_list tbody th a").first.click()


def scroll_to(page: Page, selector: str) -> None:
    page.evaluate("selector => document.querySelector(selector).scrollIntoView()", selector)


def phase(page: Page) -> None:
    """An empty one, at the end of a generation."""
    form(page, "generation", "Mk4")
    page.locator("#phases-group .add-row a").click()
    scroll_to(page, "#phases-2")


def radio(page: Page) -> None:
    form(page, "radiounit", "6000")
    scroll_to(page, "#content-main fieldset")


def message(page: Page) -> None:
    form(page, "errormessage", "LOCKED10")
    scroll_to(page, "#content-main fieldset")


def evidence(page: Page) -> None:
    message(page)
    scroll_to(page, "fieldset:has([name=confidence])")


def disputes(page: Page) -> None:
    page.goto("/admin/guides/errormessage/?confidence__exact=disputed")


def difference(page: Page) -> None:
    text = page.request.get("/admin/guides/content/export/").text()
    file: FilePayload = {
        "name": "content.yaml",
        "mimeType": "application/yaml",
        "buffer": text.replace("tall rear lamps", "high rear lamps", 1).encode(),
    }
    page.goto("/admin/guides/content/import/")
    page.get_by_label("Content file").set_input_files(file)
    page.get_by_role("button", name="Show the difference").click()


#: Each picture, and how one gets there.
SHOTS: tuple[Callable[[Page], None], ...] = (
    front_page,
    report,
    facts,
    phase,
    radio,
    message,
    evidence,
    disputes,
    difference,
)


def take(address: str, chromium: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = launched.new_context(**PHONE, base_url=address, color_scheme="light").new_page()
        workshop = launched.new_page()
        signing_in.password(page, EDITOR, EDITOR)
        signing_in.set_up(page)
        for go in SHOTS:
            go(page)
            picture = with_palette(workshop, page.screenshot(), **PHONE["viewport"])
            (PICTURES / f"{go.__name__.replace('_', '-')}.png").write_bytes(picture)
        launched.close()


def main() -> None:
    chromium = browser.find() or sys.exit(browser.ADVICE)
    with TemporaryDirectory() as folder:
        site = Site(prepare(Path(folder)), Path(folder, "pages"))
        site.start()
        try:
            take(site.address, chromium)
        finally:
            site.stop()


if __name__ == "__main__":
    main()
