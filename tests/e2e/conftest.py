"""A site on the production server, and one browser for each process that runs tests."""

import shutil
from collections.abc import Iterator
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site import EDITOR, Site

from . import signing_in

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
TIMEOUT = 60_000  # milliseconds: machines that run tests may be busy
expect.set_options(timeout=TIMEOUT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("e2e")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """A database for copies, and the collected static files: made by the first of the processes that run tests."""
    shared = tmp_path_factory.getbasetemp().parent / f"site-{testrun_uid}"
    shared.mkdir(exist_ok=True)
    database = shared / "prepared.sqlite3"
    with (shared / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not database.exists():
            site = Site(shared / "unfinished.sqlite3", shared / "pages")
            site.manage("collectstatic", "--noinput", "-v0")
            site.prepare()
            site.database.rename(database)
    return database


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the page store."""
    return tmp_path_factory.mktemp("site") / "pages"


@pytest.fixture(scope="session")
def server(prepared: Path, pages: Path) -> Iterator[Site]:
    site = Site(Path(shutil.copy(prepared, pages.with_name("db.sqlite3"))), pages)
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def site(server: Site) -> str:
    """The address of the site that all tests share."""
    return server.address


@pytest.fixture
def own_site(prepared: Path, pages: Path, tmp_path: Path) -> Iterator[Site]:
    """A site that the test may change and stop."""
    site = Site(Path(shutil.copy(prepared, tmp_path)), pages)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def context(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A phone. Parametrize indirectly to change it: {"java_script_enabled": False}.

    Service workers are blocked, because they fetch pages that most tests do not look at.
    """
    quiet = {"reduced_motion": "reduce", "service_workers": "block"}
    options = {**PHONE, "base_url": site, **quiet, **getattr(request, "param", {})}
    context = chromium.new_context(**options)
    context.set_default_timeout(TIMEOUT)
    yield context
    context.close()


@pytest.fixture(scope="session")
def session_of_editor(chromium: Browser, site: str) -> Any:
    """The cookies of the editor, who signed in with both factors: once, because a code is accepted once."""
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    signing_in.password(page, EDITOR, EDITOR)
    signing_in.set_up(page)
    yield context.cookies()
    context.close()


@pytest.fixture
def signed_in(context: BrowserContext, session_of_editor: Any) -> BrowserContext:
    """The phone of an editor who has signed in."""
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
