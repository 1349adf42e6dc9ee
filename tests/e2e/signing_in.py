"""An editor signs in with the password and with the code that an app derives from the key on the page."""

from base64 import b32decode

from django_otp.oath import TOTP
from playwright.sync_api import Locator, Page, expect


def code(key: str, *, ahead: int = 0) -> str:
    """What the app shows, or will show this many half minutes later: a code is accepted once, and up to one ahead."""
    return f"{TOTP(b32decode(key.replace(' ', '')), drift=ahead).token():06}"


def ready(field: Locator) -> Locator:
    """The field once the page has given it the focus. Chromium complains in its console if the test does so first."""
    expect(field).to_be_focused()
    return field


def password(page: Page, name: str, word: str) -> None:
    page.goto("/admin/")
    ready(page.locator("input[name=username]")).fill(name)
    page.locator("input[name=password]").fill(word)
    with page.expect_navigation():
        page.locator("#login-form input[type=submit]").click()


def type_code(page: Page, digits: str) -> None:
    ready(page.locator("input[name=code]")).fill(digits)
    with page.expect_navigation():
        page.locator("#content input[type=submit]").click()


def set_up(page: Page) -> tuple[str, str, list[str]]:
    """The first sign-in, after the password: the key, the code that was used, and the recovery codes."""
    key = page.locator("#content-main code").first.inner_text()
    used = code(key)
    type_code(page, used)
    return key, used, page.locator(".codes code").all_inner_texts()
