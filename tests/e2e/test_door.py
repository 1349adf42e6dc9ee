"""The door of the desk on a phone: password, code, recovery codes, and what those who guess run into."""

import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site import EDITOR, ROOT, Site

from . import signing_in
from .accessibility import no_wider_than_the_screen, violations
from .conftest import PHONE

#: What Chromium says of an answer with status 429.
REFUSED = "Failed to load resource: the server responded with a status of 429 (Too Many Requests)"
REPLACE, CODES = "/admin/second-factor/replace/", "/admin/second-factor/recovery-codes/"


@pytest.fixture(scope="module")
def own_site(prepared: Path, pages: Path) -> Iterator[Site]:
    """A site whose editor has never signed in, but for the test before."""
    site = Site(Path(shutil.copy(prepared, prepared.with_name("door.sqlite3"))), pages)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def phone(chromium: Browser, own_site: Site, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    own_site.manage("reset_second_factor", EDITOR)
    options: dict[str, Any] = {**PHONE, "base_url": own_site.address, **getattr(request, "param", {})}
    context = chromium.new_context(**options)
    context.set_default_timeout(10_000)
    yield context
    context.close()


def at_the_desk(page: Page) -> None:
    expect(page.get_by_role("heading", name="What would you like to change?")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()


def test_first_sign_in_then_a_code_a_recovery_code_and_guesses(phone: BrowserContext) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = phone.new_page()
    signing_in.password(page, EDITOR, EDITOR)
    key, used, codes = signing_in.set_up(page)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split("\n") == codes
    page.get_by_role("link", name="I have kept them").click()
    at_the_desk(page)
    sign_out(page)

    signing_in.password(page, EDITOR, EDITOR)
    signing_in.type_code(page, used)
    expect(page.locator(".errorlist")).to_contain_text("was used before")
    page.wait_for_timeout(1000)  # as long as one wrong code takes
    signing_in.type_code(page, signing_in.code(key, ahead=1))
    at_the_desk(page)
    sign_out(page)

    signing_in.password(page, EDITOR, EDITOR)
    signing_in.type_code(page, codes[3])
    expect(page.locator(".messagelist")).to_contain_text("9 are left")
    sign_out(page)
    assert said == []

    signing_in.password(page, EDITOR, EDITOR)
    for _ in range(10):  # each wait is twice the one before, and so is soon longer than a slow machine takes
        with page.expect_navigation():
            signing_in.type_code(page, codes[3])
        if "Too many wrong codes. Try again in" in page.locator(".errorlist").inner_text():
            break
    else:
        pytest.fail("nobody told the guesser to wait")
    page.get_by_role("button", name="Sign in as somebody else").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()
    assert set(said) == {REFUSED}


def test_wrong_passwords_are_held_up(phone: BrowserContext) -> None:
    page = phone.new_page()
    for _ in range(5):
        signing_in.password(page, "nobody", "wrong")
    expect(page.get_by_role("heading", name="Too many wrong passwords")).to_be_visible()
    page.get_by_role("link", name="Back to the sign-in").click()
    expect(page.get_by_label("Username")).to_be_visible()


def test_without_script(chromium: Browser, own_site: Site) -> None:
    own_site.manage("reset_second_factor", EDITOR)
    page = chromium.new_context(**PHONE, base_url=own_site.address, java_script_enabled=False).new_page()
    signing_in.password(page, EDITOR, EDITOR)
    signing_in.set_up(page)
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    page.get_by_role("link", name="I have kept them").click()
    at_the_desk(page)
    page.context.close()


@pytest.mark.parametrize("phone", [{"bypass_csp": True}], indirect=True)
def test_axe_finds_nothing_on_pages_of_the_door(phone: BrowserContext) -> None:
    page = phone.new_page()

    def look() -> None:
        assert no_wider_than_the_screen(page)
        # Around it is the stock admin.
        assert violations(page, "#content") == []

    signing_in.password(page, EDITOR, EDITOR)
    look()
    signing_in.type_code(page, "12345")
    look()
    signing_in.set_up(page)
    look()
    for address in ("/admin/second-factor/", REPLACE, CODES, "/admin/password_change/"):
        page.goto(address)
        look()
    page.goto("/admin/")
    sign_out(page)
    signing_in.password(page, EDITOR, EDITOR)
    look()
    phone.clear_cookies()
    for _ in range(5):
        signing_in.password(page, "nobody", "wrong")
    look()


def test_changing_the_password_works_under_the_policy(phone: BrowserContext) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    page = phone.new_page()
    signing_in.password(page, EDITOR, EDITOR)
    signing_in.set_up(page)
    page.goto("/admin/password_change/")
    page.get_by_label("Old password").fill("not it")
    for label in ("New password:", "New password confirmation"):
        page.get_by_label(label).fill("another made-up word")
    page.locator("#content input[type=submit]").click()
    expect(page.locator("#id_old_password_error")).to_contain_text("incorrect")
    # Stock: the form has no box for the name, and Chromium would like one.
    assert [words for words in said if "Password forms should have" not in words] == []


@pytest.fixture(scope="module")
def public(prepared: Path, pages: Path) -> Iterator[Site]:
    site = Site(Path(shutil.copy(prepared, prepared.with_name("public.sqlite3"))), pages)
    site.start(ADMIN_ENABLED="0")
    yield site
    site.stop()


class TestWithoutTheAdmin:
    """ADMIN_ENABLED=0: a public host."""

    @pytest.mark.parametrize(
        "path", ["/admin/", "/admin/login/", "/admin/guides/report/", "/admin/second-factor/code/"]
    )
    def test_there_is_no_door(self, public: Site, path: str) -> None:
        with pytest.raises(HTTPError) as answer:
            urllib.request.urlopen(public.address + path)  # noqa: S310
        assert answer.value.code == 404
        assert "There is no page at this address" in answer.value.read().decode()
        assert "Set-Cookie" not in answer.value.headers

    @pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/focus/mk2/6000-cd/", "/check/", "/sw.js"])
    def test_the_rest_is_there(self, public: Site, path: str) -> None:
        with urllib.request.urlopen(public.address + path) as answer:  # noqa: S310
            assert answer.status == 200
            assert "Set-Cookie" not in answer.headers

    def test_the_reader_answers(self, public: Site) -> None:
        with urllib.request.urlopen(f"{public.address}/check/", data=b"text=V123456") as answer:  # noqa: S310
            assert 'data-verdict="serial"' in answer.read().decode()

    def test_the_content_can_be_checked(self, public: Site) -> None:
        without = public.environment | {"ADMIN_ENABLED": "0"}
        command = [sys.executable, "manage.py", "check_content"]
        assert subprocess.run(command, cwd=ROOT, env=without, check=False).returncode == 0
