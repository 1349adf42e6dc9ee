from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Playwright, sync_playwright
from pytest_django import DjangoDbBlocker

from tests import browser as installed

from .helpers import Page, walk

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
FLAGS += ["--in-process-gpu", "--renderer-process-limit=1"]  # fewer processes: a fifth less work


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Every test sees the starting content, as the public does."""
    with django_db_blocker.unblock():
        call_command("load_content")


@pytest.fixture(scope="session")
def whole_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Page]:
    """Every page of the starting content, by address. Made outside any test's transaction."""
    with django_db_blocker.unblock():
        return walk(Client())


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the connection open between requests: each test is one transaction, and PostgreSQL drops it on close.

    Requests made by anything but Django's own client close old connections.
    """
    name = "django.db.backends.base.base.BaseDatabaseWrapper.close_if_unusable_or_obsolete"
    monkeypatch.setattr(name, lambda connection: None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = installed.find()
    if not path:
        pytest.fail(installed.ADVICE)
    return path


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield browser
    browser.close()
