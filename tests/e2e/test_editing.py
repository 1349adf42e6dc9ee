"""An editor in the admin: a change that becomes public, its history, its preview, and two editors at one row."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site import EDITOR, Site, until

from . import signing_in
from .conftest import PHONE, TIMEOUT
from .helpers import no_wider_than_the_screen, reload_until, resize

MESSAGE = ("errormessage", "ERR")
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "is_mobile": False, "has_touch": False}
GUIDE = "/focus/mk2/made-up/"
#: Whether each of these elements ends where its parent does, or before.
NOT_CUT_OFF = """(elements) => elements.every((element) => {
    const [own, around] = [element, element.parentElement].map((each) => each.getBoundingClientRect());
    return own.right <= around.right + 1 && own.bottom <= around.bottom + 1;
})"""


@pytest.fixture
def admin(signed_in: BrowserContext, console: list[str]) -> Page:
    """A page of an editor whose console has to stay silent, under the site's policy."""
    return signed_in.new_page()


def open_row(page: Page, model: str, search: str) -> None:
    page.goto(f"/admin/guides/{model}/?q={search}")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("textarea[name=why]")).to_be_visible()  # the end of the form


def press_save(page: Page, why: str = "A made-up reason.") -> None:
    page.locator("textarea[name=why]").fill(why)
    page.locator("input[name=_save]").last.press("Enter")  # a list that is still open would catch a click


def save(page: Page, why: str = "A made-up reason.") -> None:
    press_save(page, why)
    expect(page.locator(".messagelist .success")).to_be_visible()


def confirm(page: Page) -> None:
    """Agree to the change that the page describes."""
    page.locator("textarea[name=why]").fill("It was right.")
    assert no_wider_than_the_screen(page)
    page.locator("#content-main form button").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_change_is_public_compared_and_taken_back(admin: Page) -> None:
    open_row(admin, *MESSAGE)
    meaning = admin.locator("textarea[name=meaning]")
    old = meaning.input_value()
    meaning.fill("A made-up meaning.")
    save(admin, "To see it in the history.")
    main = admin.locator("main")
    reload_until(admin, "/messages/err/", lambda: "A made-up meaning." in main.inner_text())
    open_row(admin, *MESSAGE)
    admin.locator(".historylink").click()
    expect(admin.locator(".versions > li").first).to_contain_text("To see it in the history.")
    assert no_wider_than_the_screen(admin)
    admin.locator("#content-main form > .submit button").click()
    expect(admin.locator(".differences ins")).to_contain_text("A made-up meaning.")
    assert no_wider_than_the_screen(admin)
    admin.locator("#content-main > p a").first.click()  # the older of the two
    confirm(admin)
    open_row(admin, *MESSAGE)
    expect(meaning).to_have_value(old)


def test_a_deleted_procedure_comes_back_with_its_steps(admin: Page) -> None:
    def steps() -> int:
        open_row(admin, "procedure", "serial-on-display")
        return admin.locator(".inline-related.has_original textarea[name$=-text]").count()

    before = steps()
    assert before > 2
    admin.locator(".deletelink").first.click()
    admin.wait_for_url("**/delete/**")
    admin.locator("textarea[name=why]").fill("By mistake.")
    admin.locator("#content form input[type=submit]").click()
    expect(admin.locator(".messagelist .success")).to_be_visible()
    admin.goto("/admin/guides/history/deleted/")
    entry = admin.locator(".versions > li").first
    expect(entry).to_contain_text("By mistake.")
    entry.locator(".links a").click()
    confirm(admin)
    assert steps() == before


def test_two_editors_at_one_row_lose_nothing(admin: Page, chromium: Browser, site: str, session_of_editor: Any) -> None:
    context = chromium.new_context(**PHONE, base_url=site, java_script_enabled=False, service_workers="block")
    context.add_cookies(session_of_editor)
    other = context.new_page()
    open_row(admin, *MESSAGE)
    open_row(other, *MESSAGE)
    meaning = admin.locator("textarea[name=meaning]")
    old = meaning.input_value()
    other.locator("textarea[name=meaning]").fill("By the other.")
    save(other)
    context.close()
    meaning.fill("By me.")
    press_save(admin, "Mine.")
    expect(admin.locator(".errornote")).to_be_visible()
    expect(admin.locator("#content")).to_contain_text("By the other.")
    expect(meaning).to_have_value("By me.")
    expect(admin.locator("textarea[name=why]")).to_have_value("Mine.")
    assert no_wider_than_the_screen(admin)
    save(admin)
    open_row(admin, *MESSAGE)
    expect(meaning).to_have_value("By me.")
    meaning.fill(old)
    save(admin)


def test_of_three_saves_at_once_one_is_stored(admin: Page) -> None:
    open_row(admin, *MESSAGE)
    meaning = admin.locator("textarea[name=meaning]")
    old = meaning.input_value()
    stored = admin.evaluate("""() => {
        const send = async (meaning) => {
            const data = new FormData(document.querySelector("#errormessage_form"));
            data.set("meaning", meaning);
            data.set("why", "At once.");
            return (await fetch(location.href, { method: "POST", body: data })).redirected;
        };
        return Promise.all(["One.", "Another.", "A third."].map(send));
    }""")
    assert sorted(stored) == [False, False, True]
    open_row(admin, *MESSAGE)
    meaning.fill(old)
    save(admin)


def test_the_forms_of_all_models_work_under_the_policy(admin: Page) -> None:
    for model in ("procedure", "generation", "radiounit", "source"):
        open_row(admin, model, "")
        expect(admin.locator("input[name=_save]").first).to_be_visible()


def test_nothing_typed_is_lost_when_a_form_is_refused(admin: Page) -> None:
    admin.goto("/admin/guides/faq/add/")
    admin.locator("input[name=question]").fill("Is this a made-up question?")
    admin.locator("textarea[name=answer]").fill("It is.")
    admin.locator("select[name=section]").select_option("code")
    admin.locator("input[name=is_published]").check()
    press_save(admin)
    expect(admin.locator(".errornote")).to_be_visible()
    expect(admin.locator("textarea[name=answer]")).to_have_value("It is.")
    expect(admin.locator("input[name=slug]")).to_have_value("is-this-a-made-up-question")


def test_what_was_typed_comes_back_after_the_sign_in_ended(chromium: Browser, own_site: Site) -> None:
    context = chromium.new_context(**PHONE, base_url=own_site.address, service_workers="block")
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    signing_in.password(page, EDITOR, EDITOR)
    key, _used, _codes = signing_in.set_up(page)
    open_row(page, "procedure", "serial-on-display")
    intro, waiting = page.locator("[name=intro]"), page.locator("[data-typed]")
    intro.fill("A made-up introduction.")
    for _ in range(2):
        add_row(page, "steps")
    step = page.locator("#steps-group .inline-related:not(.has_original):not(.empty-form)").last
    step.locator("[name$=-text]").fill("Count your tries first.")
    step.locator("[name$=-is_note]").check()
    step.locator("summary").click()
    choose(page, str(step.locator("[name$=-sources]").get_attribute("name")), "Ford")
    source = step.locator(".select2-selection__choice").inner_text()
    context.clear_cookies(name="sessionid")
    press_save(page, "To see it again.")
    expect(page.locator("[data-waits]")).to_be_visible()
    expect(page.locator("[data-lost]")).to_be_hidden()
    page.locator("input[name=username]").fill(EDITOR)
    page.locator("input[name=password]").fill(EDITOR)
    page.locator("#login-form input[type=submit]").click()
    signing_in.type_code(page, signing_in.code(key, ahead=1))
    expect(waiting).to_be_visible()
    expect(intro).to_have_value("A made-up introduction.")
    expect(step.locator("[name$=-text]")).to_have_value("Count your tries first.")
    expect(step.locator("[name$=-is_note]")).to_be_checked()
    expect(step.locator(".select2-selection__choice")).to_have_text(source)
    step.locator("[name$=-slug]").fill("count")
    assert no_wider_than_the_screen(page)
    save(page, "To see it once more.")
    open_row(page, "procedure", "serial-on-display")
    expect(intro).to_have_value("A made-up introduction.")
    expect(waiting).to_be_hidden()
    context.close()


def test_leaving_a_changed_form_asks_and_discarding_forgets_it(admin: Page) -> None:
    stays = True
    admin.on("dialog", lambda dialog: dialog.dismiss() if stays else dialog.accept())
    open_row(admin, *MESSAGE)
    meaning = admin.locator("[name=meaning]")
    old = meaning.input_value()
    meaning.click()
    meaning.press_sequentially("Made up. ")
    new = meaning.input_value()
    with admin.expect_event("dialog"):
        admin.locator("#site-name a").click()
    expect(meaning).to_have_value(new)
    stays = False
    admin.locator("#site-name a").click()
    expect(admin.locator("#content-main .module").first).to_be_visible()
    open_row(admin, *MESSAGE)
    expect(meaning).to_have_value(new)
    admin.locator("[data-typed] button").click()
    expect(admin.locator("[data-typed]")).to_be_hidden()
    expect(meaning).to_have_value(old)


def test_a_fact_is_confirmed_in_one_click_and_the_content_downloaded(admin: Page) -> None:
    admin.goto("/admin/guides/report/")
    admin.locator(".facts form button").first.click()
    done = admin.locator(".messagelist .success")
    expect(done).to_be_visible()
    expect(done).to_be_in_viewport()
    admin.goto("/admin/")
    with admin.expect_download() as download:
        admin.locator("a[href*='content']", has_text="download").click()
    assert download.value.suggested_filename.endswith(".yaml")


# ---- A new radio, and its preview


def choose(page: Page, field: str, search: str) -> None:
    """Choose in a field with autocompletion."""
    page.locator(f"select[name='{field}'] + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(search)
    page.locator(".select2-results__option", has_text=search).first.click()


def add_row(page: Page, inline: str) -> None:
    page.locator(f"#{inline}-group .add-row a").click()


def fill_evidence(page: Page, prefix: str = "") -> None:
    page.locator(f"input[name='{prefix}checked_on']").fill("2026-11-01")
    choose(page, f"{prefix}sources", "Ford")


def preview(page: Page) -> Page:
    """The preview, which opens in another tab."""
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview", exact=True).last.click()
    opened.value.wait_for_load_state("networkidle")
    return opened.value


@pytest.mark.parametrize("context", [DESKTOP], ids=["desktop"], indirect=True)
def test_a_new_radio_is_drafted_previewed_and_published(admin: Page) -> None:
    admin.goto("/admin/guides/radiounit/add/")
    for field, text in {"name": "Made-up", "maker": "Somebody", "recognise": "Invented.", "confirm_keys": "5"}.items():
        admin.locator(f"[name={field}]").fill(text)
    for field, option in {"faceplate": "cd", "controls": "buttons", "code_needed": "yes"}.items():
        admin.locator(f"select[name={field}]").select_option(option)
    admin.locator("#id_messages").get_by_label("WAIT", exact=True).check()
    fill_evidence(admin)
    admin.locator("[name=fitments-0-generation]").select_option(label="Mk2 (2004–2010)")
    admin.locator("[name=fitments-0-first_year]").fill("2005")
    admin.locator("[name=fitments-0-last_year]").fill("2007")
    admin.locator("#fitments-0 summary").click()
    fill_evidence(admin, "fitments-0-")
    admin.locator("[name=uses-0-procedure]").select_option(label="Find the label on the radio")
    save(admin)
    # A procedure with a step, published. No page leads to it yet.
    admin.goto("/admin/guides/procedure/add/")
    admin.locator("[name=name]").fill("Made-up procedure")
    admin.locator("[name=in_short]").fill("Made-up line")
    admin.locator("select[name=task]").select_option("enter-code")
    fill_evidence(admin)
    admin.locator("[name=is_published]").check()
    add_row(admin, "steps")
    admin.locator("[name=steps-0-text]").fill("Count your tries first.")
    admin.locator("select[name=steps-0-severity]").select_option("careful")
    admin.locator("[name=steps-0-is_published]").check()
    add_row(admin, "uses")
    choose(admin, "uses-0-radio", "Made-up")
    save(admin)
    open_row(admin, "radiounit", "Made-up")
    opened = preview(admin)
    for device in ("phone", "desktop"):
        frame = opened.frame_locator(f"iframe[title$='{device}']")
        expect(frame.locator("main")).to_contain_text("Count your tries first.")
    assert no_wider_than_the_screen(opened)
    opened.close()
    assert admin.context.request.get(GUIDE).status == 404
    admin.locator("[name=is_published]").first.check()
    admin.locator("[name=fitments-0-is_published]").check()
    save(admin)
    until(lambda: admin.context.request.get(GUIDE).status == 200)
    admin.goto(GUIDE)
    expect(admin.locator("main")).to_contain_text("Count your tries first.")


def test_a_preview_opens_at_the_change_in_the_widths_it_names_and_its_links_work(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()  # without the console check: a frame without script reports what clicks would run
    open_row(page, "step", "hold")
    page.locator("[name=text]").fill("A made-up step.")
    opened = preview(page)
    for device, width in (("on-phone", 390), ("on-desktop", 1280)):
        body = opened.frame_locator(f".{device} iframe").locator("html")
        assert body.evaluate("(html) => html.clientWidth") == width
        opened.locator(f".{device}").scroll_into_view_if_needed()
        expect(body.locator("[data-changed]").first).to_be_in_viewport()
    for screen in (PHONE["viewport"], DESKTOP["viewport"]):
        resize(opened, **screen)
        assert no_wider_than_the_screen(opened)
        assert opened.locator(".frame iframe").evaluate_all(NOT_CUT_OFF)
    frame = opened.frame_locator(".on-phone iframe")
    frame.locator(".it-shows a[href$='#m-wait']").click()
    expect(frame.locator("#m-wait")).to_be_in_viewport()
    with signed_in.expect_page() as other:
        frame.locator("a.brand").click()
    other.value.wait_for_url("**/")
    assert urlsplit(other.value.url).path == "/"
