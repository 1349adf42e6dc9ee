"""Signing in to the admin on a phone: password, code, recovery codes, and what guessing leads to."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site import EDITOR, Site

from . import signing_in
from .conftest import PHONE, TIMEOUT

#: What Chromium says of an answer with status 429.
REFUSED = "Failed to load resource: the server responded with a status of 429 (Too Many Requests)"


@pytest.fixture
def phone(chromium: Browser, own_site: Site) -> Iterator[BrowserContext]:
    """A phone on a site whose editor has never signed in."""
    context = chromium.new_context(**PHONE, base_url=own_site.address)
    context.set_default_timeout(TIMEOUT)
    yield context
    context.close()


def expect_admin(page: Page) -> None:
    expect(page.locator("#user-tools")).to_be_visible()
    expect(page.locator("#content-main .module").first).to_be_visible()


def sign_out(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#logout-form button").click()


def test_first_sign_in_then_a_code_a_recovery_code_and_guesses(phone: BrowserContext) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = phone.new_page()
    signing_in.password(page, EDITOR, EDITOR)
    key, used, codes = signing_in.set_up(page)
    assert len(codes) == 10
    page.locator("button[data-copy]").click()
    page.wait_for_function("codes => navigator.clipboard.readText().then(text => text === codes)", arg="\n".join(codes))
    page.locator("#content-main a.button").click()
    expect_admin(page)
    sign_out(page)

    signing_in.password(page, EDITOR, EDITOR)
    signing_in.type_code(page, used)
    expect(page.locator(".errorlist")).to_be_visible()
    page.wait_for_timeout(1000)  # the wait after one wrong code
    signing_in.type_code(page, signing_in.code(key, ahead=1))
    expect_admin(page)
    sign_out(page)

    signing_in.password(page, EDITOR, EDITOR)
    signing_in.type_code(page, codes[3])
    expect(page.locator(".messagelist")).to_contain_text("9")  # are left
    sign_out(page)
    assert said == []

    signing_in.password(page, EDITOR, EDITOR)
    for _ in range(10):  # each wait is twice as long as the one before, and soon longer than a slow machine takes
        signing_in.type_code(page, codes[3])
        if REFUSED in said:
            break
    else:
        pytest.fail("a guesser never has to wait")
    assert set(said) == {REFUSED}


def test_without_script(chromium: Browser, own_site: Site) -> None:
    context = chromium.new_context(**PHONE, base_url=own_site.address, java_script_enabled=False)
    page = context.new_page()
    signing_in.password(page, EDITOR, EDITOR)
    signing_in.set_up(page)
    expect(page.locator("button[data-copy]")).to_be_hidden()
    page.locator("#content-main a.button").click()
    expect_admin(page)
    context.close()
