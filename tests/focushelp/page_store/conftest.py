"""A page store of its own for each test, in front of Django."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
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
    """In front of Django, without the thread that watches: it would see another database than the test."""
    monkeypatch.setattr("focushelp.page_store.warming.Watch.start", lambda watch: None)
    return PageStore(WSGIHandler())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of a few addresses, so that all of them are made in a moment."""
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
    """Call it, and the database is gone."""
    return lambda: monkeypatch.setattr("django.db.backends.utils.CursorWrapper._execute_with_wrappers", gone)


@pytest.fixture
def cdn(settings: Settings) -> Iterator[list[Any]]:
    """What the CDN was told."""
    told: list[Any] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
        yield told
        server.shutdown()
        thread.join()
