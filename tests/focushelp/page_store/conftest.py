"""A page store for each test, in front of Django."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from focushelp.page_store.store import PageStore

from .helpers import FEW, STEP, gone, start


@pytest.fixture
def store(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> PageStore:
    """A page store that looks for a change once, and then when a test says that a second has passed."""
    settings.PAGES_PATH = tmp_path / "pages"
    monkeypatch.setattr("guides.public.newest.LOOK_INTERVAL", float("inf"))
    return start()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of a few addresses, so that all pages are soon made."""
    addresses = [*FEW, STEP]
    monkeypatch.setattr("focushelp.management.commands.warm.public_addresses", lambda: addresses)
    return addresses


@pytest.fixture
def asked(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that reached Django."""
    paths: list[str] = []
    django = store.django

    def counting(environ: Any, start_response: Any) -> Any:
        paths.append(environ["PATH_INFO"])
        return django(environ, start_response)

    monkeypatch.setattr(store, "django", counting)
    return paths


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that makes every query fail."""
    return lambda: monkeypatch.setattr("django.db.backends.utils.CursorWrapper._execute_with_wrappers", gone)
