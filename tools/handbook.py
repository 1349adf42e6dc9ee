"""Takes the pictures of the editors' handbook, docs/content.md, from a temporary site with the starting content.

Run it after a change of an admin screen, look at the pictures, then commit them with that change:

    .venv/bin/python -m tools.handbook

It signs in as the browser tests do, and needs Chromium (see tests/browser.py).
"""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests import browser
from tests.conftest import FLAGS
from tests.e2e import signing_in
from tests.e2e.conftest import PHONE
from tests.site import EDITOR, Site

from .pictures import reduce_colours

PICTURES = Path(__file__).parents[1] / "docs" / "images" / "handbook"


def front_page(page: Page) -> None:
    page.goto("/admin/")


def report(page: Page) -> None:
    page.goto("/admin/guides/report/")


def facts(page: Page) -> None:
    page.goto("/admin/guides/report/#facts")


def open_form(page: Page, model: str, search: str) -> None:
    """Opens the change form of the first row that the search finds."""
    page.goto(f"/admin/guides/{model}/?q={search}")
    page.locator("#result_list tbody th a").first.click()


def scroll_to(page: Page, selector: str) -> None:
    page.locator(selector).first.evaluate("element => element.scrollIntoView()")


def phase(page: Page) -> None:
    """An empty phase at the end of a generation's form."""
    open_form(page, "generation", "Mk4")
    page.locator("#phases-group .add-row a").click()
    scroll_to(page, "#phases-2")


def radio(page: Page) -> None:
    open_form(page, "radiounit", "6000")
    scroll_to(page, "#content-main fieldset")


def message(page: Page) -> None:
    open_form(page, "errormessage", "LOCKED10")
    scroll_to(page, "#content-main fieldset")


def evidence(page: Page) -> None:
    message(page)
    scroll_to(page, "fieldset:has([name=confidence])")


def disputes(page: Page) -> None:
    page.goto("/admin/guides/errormessage/?confidence__exact=disputed")


def preview(page: Page) -> None:
    message(page)
    page.locator("textarea[name=meaning]").fill("The radio counts tries, and none is left.")
    button = page.locator("input[name=_preview]").first
    button.evaluate("button => { button.formTarget = '_self' }")  # the button opens a new tab otherwise
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
    """The report after five answers, sent from a page of the site as the view requires."""
    page.goto("/focus/mk2/6000-cd/?view=steps&step=done-enter-code-buttons")
    page.locator("form.did").evaluate("""async form => {
        for (const [answer, message, place] of [
            ["yes", "", "display"], ["yes", "", "label"], ["no", "wait", "label"], ["no", "wait", ""], ["no", "", ""]
        ]) {
            const body = new FormData(form)
            body.set("answer", answer)
            body.set("message", message)
            body.set("serial_from", place)
            await fetch("/did-it/", {method: "POST", body: new URLSearchParams(body)})
        }
    }""")
    page.goto("/admin/guides/feedback/")


#: Each opens the screen of one picture, which is named after the function. `what_changed` shows what `history` changed.
SCREENS: tuple[Callable[[Page], None], ...] = (
    front_page,
    report,
    facts,
    phase,
    radio,
    message,
    evidence,
    disputes,
    preview,
    history,
    what_changed,
    driver_reports,
)


def take_pictures(address: str, chromium: str) -> None:
    """Writes every picture from the site at `address`, with the browser at the path `chromium`."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = launched.new_context(**PHONE, base_url=address, color_scheme="light").new_page()
        converter = launched.new_page()  # the site's policy would forbid the conversion on its own pages

        def save(name: str) -> None:
            picture = reduce_colours(converter, page.screenshot(), **PHONE["viewport"])
            (PICTURES / f"{name.replace('_', '-')}.png").write_bytes(picture)

        signing_in.password(page, EDITOR, EDITOR)
        page.get_by_role("heading", name="Set up your second factor").wait_for()
        save("second_factor")
        signing_in.set_up(page)
        for open_screen in SCREENS:
            open_screen(page)
            save(open_screen.__name__)
        launched.close()


def main() -> None:
    chromium = browser.find() or sys.exit(browser.ADVICE)
    with TemporaryDirectory() as folder:
        site = Site(Path(folder, "db.sqlite3"), Path(folder, "pages"))
        site.prepare()
        site.start()
        try:
            take_pictures(site.address, chromium)
        finally:
            site.stop()


if __name__ == "__main__":
    main()
