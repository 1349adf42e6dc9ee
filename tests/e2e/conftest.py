"""A real server, as "make run" starts it, and a real browser."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import browser as installed

EDITOR = "made-up-editor"  # name and password of the one account
ROOT = Path(__file__).parents[2]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("e2e")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port: int) -> bool:
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
    except OSError:
        return False


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site with its starting content, on the production server with production settings."""
    folder, port = tmp_path_factory.mktemp("site"), _free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DEBUG"}
    environment |= {
        "SECRET_KEY": token_urlsafe(50),
        "HTTPS": "0",
        "DATABASE_PATH": str(folder / "db.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "focushelp.settings",
        "DJANGO_SUPERUSER_PASSWORD": EDITOR,
    }
    editor = f"createsuperuser --noinput --username {EDITOR} --email {EDITOR}@example.org"
    for command in ("migrate -v0", "load_content", editor, "collectstatic --noinput -v0"):
        subprocess.run([sys.executable, "manage.py", *command.split()], cwd=ROOT, env=environment, check=True)
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    server = subprocess.Popen([*granian, "focushelp.wsgi:application"], cwd=ROOT, env=environment)
    try:
        for _ in range(100):
            if _answers(port):
                break
            time.sleep(0.2)
        else:
            pytest.fail("the site did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = installed.find()
    if not path:
        pytest.fail(installed.ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A phone. Parametrize indirectly to change it: {"java_script_enabled": False}."""
    options = {**PHONE, "base_url": site, "reduced_motion": "reduce", **getattr(request, "param", {})}
    context = chromium.new_context(**options)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def console(context: BrowserContext) -> Iterator[list[str]]:
    """Everything that the console said; at the end of the test it must be nothing."""
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield said
    assert said == []


@pytest.fixture
def page(context: BrowserContext, console: list[str]) -> Page:
    return context.new_page()
