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
from tests.e2e.conftest import FLAGS, PHONE
from tests.site import EDITOR, Site

from .pictures import with_palette

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
    page.locator(selector).first.evaluate("element => element.scrollIntoView()")


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
    page.get_by_role("heading", name="What would change").wait_for()


def preview(page: Page) -> None:
    message(page)
    page.locator("textarea[name=meaning]").fill("The radio counts tries, and none is left.")
    button = page.locator("input[formaction]").first
    button.evaluate("button => { button.formTarget = '_self' }")  # else in a tab of its own
    button.click()
    page.get_by_role("heading", name="Preview").wait_for()


def history(page: Page) -> None:
    message(page)
    page.locator("textarea[name=meaning]").fill("The radio counts tries, and none is left.")
    page.locator("textarea[name=why]").fill("Shorter, for a phone.")
    with page.expect_navigation():
        page.locator("input[name=_save]").last.click()
    page.goto("/admin/guides/history/")


def what_changed(page: Page) -> None:
    page.goto("/admin/guides/history/")
    page.get_by_role("link", name="What changed").first.click()
    page.get_by_role("heading", name="What differs").wait_for()


def driver_reports(page: Page) -> None:
    """After a few answers, which a page of the site sends."""
    page.goto("/focus/mk2/6000-cd/?view=steps&step=3")
    page.locator("form.did").evaluate("""async form => {
        for (const answer of ["yes", "yes", "no", "shows-wait", "no", "shows-wait"]) {
            const body = new URLSearchParams([...new FormData(form), ["answer", answer]])
            await fetch("/did-it/", {method: "POST", body})
        }
    }""")
    page.goto("/admin/guides/feedback/")


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
    preview,
    history,
    what_changed,
    driver_reports,
)


def take(address: str, chromium: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = launched.new_context(**PHONE, base_url=address, color_scheme="light").new_page()
        workshop = launched.new_page()

        def keep(name: str) -> None:
            picture = with_palette(workshop, page.screenshot(), **PHONE["viewport"])
            (PICTURES / f"{name.replace('_', '-')}.png").write_bytes(picture)

        signing_in.password(page, EDITOR, EDITOR)
        page.get_by_role("heading", name="Set up your second factor").wait_for()
        keep("second_factor")
        signing_in.set_up(page)
        for go in SHOTS:
            go(page)
            keep(go.__name__)
        launched.close()


def main() -> None:
    chromium = browser.find() or sys.exit(browser.ADVICE)
    with TemporaryDirectory() as folder:
        site = Site(Path(folder, "db.sqlite3"), Path(folder, "pages"))
        site.prepare()
        site.start()
        try:
            take(site.address, chromium)
        finally:
            site.stop()


if __name__ == "__main__":
    main()
