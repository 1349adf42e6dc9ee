"""A real server, as "make run" starts it, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from fcntl import LOCK_EX, flock
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests import browser as installed

from . import signing_in

NOTICED = 2  # seconds until a change is public, at most
EDITOR = "made-up-editor"  # name and password of the one account
ROOT = Path(__file__).parents[2]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
expect.set_options(timeout=20_000)  # milliseconds: machines of tests may be busy, and a save at the desk checks a lot
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]

#: As in the Makefile and docs/deployment.md.
LIMITS = ["--backpressure", "512", "--http1-header-read-timeout", "10000", "--http1-buffer-size", "65536"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("e2e")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _status(port: int) -> int:
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/readyz")
            return connection.getresponse().status
    except OSError:
        return 0


class Site:
    """The site on the production server, with production settings, this database and this folder for its pages."""

    def __init__(self, database: Path, pages: Path) -> None:
        self.database = database
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {name: value for name, value in os.environ.items() if name != "DEBUG"} | {
            "SECRET_KEY": token_urlsafe(50),
            "HTTPS": "0",
            "DATABASE_URL": f"sqlite:///{database}",
            "PAGES_PATH": str(pages),
            "DJANGO_SETTINGS_MODULE": "focushelp.settings",
            "DJANGO_SUPERUSER_PASSWORD": EDITOR,
        }

    def manage(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def change(self, code: str) -> None:
        """Changes content as an import does, and waits until the servers have noticed."""
        imports = "from guides.history import recorded\nfrom guides.models import *"
        self.manage("shell", "-v0", "-c", f"{imports}\nwith recorded(None):\n    {code}")
        time.sleep(NOTICED)

    def start(self, *, status: int = 200, workers: int = 1, **settings: str) -> None:
        """Start it and wait until it says that it is ready, or, with a status of 503, that it is not."""
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
        granian += ["--workers", str(workers), "--blocking-threads", "4", *LIMITS, "focushelp.wsgi:application"]
        self.server = subprocess.Popen(granian, cwd=ROOT, env=self.environment | settings)
        for _ in range(100):
            if _status(self.port) == status:
                return
            time.sleep(0.2)
        pytest.fail("the site did not start")

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(10)


@pytest.fixture(scope="package")
def static_files(testrun_uid: str) -> None:
    """Where the settings say; collected once, whatever the number of processes that run the tests."""
    ran = ROOT / "var" / "static_files_of_test_run"
    ran.parent.mkdir(exist_ok=True)
    with ran.open("a+") as file:
        flock(file, LOCK_EX)
        file.seek(0)
        if file.read() != testrun_uid:
            file.truncate(0)
            Site(ran.with_name("none.sqlite3"), ran.with_name("none")).manage("collectstatic", "--noinput", "-v0")
            file.write(testrun_uid)


@pytest.fixture(scope="package")
def prepared(tmp_path_factory: pytest.TempPathFactory, static_files: None) -> Path:
    return prepare(tmp_path_factory.mktemp("site"))


def prepare(folder: Path) -> Path:
    """A database with the starting content and an editor, for copies."""
    database = folder / "prepared.sqlite3"
    editor = f"createsuperuser --noinput --username {EDITOR} --email {EDITOR}@example.org"
    for command in ("migrate -v0", "load_content", editor):
        Site(database, database.with_name("pages")).manage(*command.split())
    return database


@pytest.fixture(scope="package")
def site(prepared: Path) -> Iterator[str]:
    """The address of the site."""
    site = Site(Path(shutil.copy(prepared, prepared.with_name("db.sqlite3"))), prepared.with_name("pages"))
    site.start()
    yield site.address
    site.stop()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium_path() -> str:
    path = installed.find()
    if not path:
        pytest.fail(installed.ADVICE)
    return path


@pytest.fixture(scope="package")
def chromium(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A phone. Parametrize indirectly to change it: {"java_script_enabled": False}. Only the tests of the service
    worker let it work: for the others it would fetch pages that nobody looks at."""
    quiet = {"reduced_motion": "reduce", "service_workers": "block"}
    options = {**PHONE, "base_url": site, **quiet, **getattr(request, "param", {})}
    context = chromium.new_context(**options)
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture(scope="package")
def session_of_editor(chromium: Browser, site: str) -> Any:
    """The cookies of the editor, who signed in with both factors: once, because a code is good once."""
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    signing_in.password(page, EDITOR, EDITOR)
    signing_in.set_up(page)
    yield context.cookies()
    context.close()


@pytest.fixture
def signed_in(context: BrowserContext, session_of_editor: Any) -> BrowserContext:
    """The phone of an editor who is at the desk."""
    context.add_cookies(session_of_editor)
    return context


@pytest.fixture
def console(context: BrowserContext) -> Iterator[list[str]]:
    """Everything that the console said; at the end of the test it must be nothing."""
    said: list[str] = []
    blocked = "Service Worker registration blocked by Playwright"  # because the context asked for it
    context.on("console", lambda message: None if message.text == blocked else said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield said
    assert said == []


@pytest.fixture
def page(context: BrowserContext, console: list[str]) -> Page:
    return context.new_page()
