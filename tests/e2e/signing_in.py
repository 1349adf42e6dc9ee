"""An editor signs in as people do: with the password, and with the code that the phone works out of its key."""

from base64 import b32decode
from time import time

from django_otp.oath import TOTP
from playwright.sync_api import Page, expect


def code(key: str, *, ahead: int = 0) -> str:
    """What the app shows, or will show so many half minutes later: a code is good once, and one ahead is good too."""
    totp = TOTP(b32decode(key.replace(" ", "")))
    totp.time = time() + 30 * ahead
    return f"{totp.token():06}"


def password(page: Page, name: str, word: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(word)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in").click()


def type_code(page: Page, digits: str) -> None:
    page.locator("input[name=code]").fill(digits)
    with page.expect_navigation():
        page.locator("#content input[type=submit]").click()


def set_up(page: Page) -> tuple[str, str, list[str]]:
    """The first sign-in, after the password: the key, the code that was used, and the recovery codes."""
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    key = page.locator(".sign-in code").inner_text()
    used = code(key)
    type_code(page, used)
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    return key, used, page.locator(".codes code").all_inner_texts()
