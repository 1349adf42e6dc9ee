"""A page store for each test, in front of Django."""

from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django import Settings

from focushelp.page_store.disk import Disk
from focushelp.page_store.store import PageStore

from .helpers import FEW, GUIDE, gone


@pytest.fixture
def disk(tmp_path: Path, settings: Settings) -> Disk:
    settings.PAGES_PATH = tmp_path / "pages"
    return Disk(settings.PAGES_PATH)


@pytest.fixture
def store(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> PageStore:
    """The page store without its thread, which would use another database than the test."""
    monkeypatch.setattr("focushelp.page_store.warming.Watch.start", lambda watch: None)
    return PageStore(WSGIHandler())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of a few addresses, so that all pages are rendered quickly."""
    addresses = [*FEW, f"{GUIDE}?view=steps&step=3"]
    monkeypatch.setattr("focushelp.page_store.warming.public_addresses", lambda: addresses)
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
