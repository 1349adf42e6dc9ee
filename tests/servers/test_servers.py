"""The site on a PostgreSQL and a Redis that stop and start again, and on two hosts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.editor import STORED, Editor, Form
from tests.faults.helpers import UNPUBLISH, get, is_public, read_in_all_workers, running, saves
from tests.faults.load import PAGES, READER, Load
from tests.services import Server, postgresql, redis
from tests.site import Site, until

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    with postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def cache() -> Iterator[Server]:
    with redis() as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="module")
def site(database: Server, cache: Server, folder: Path) -> Iterator[Site]:
    site = Site(folder / "none.sqlite3", folder / "pages")
    site.environment |= {"DATABASE_URL": database.url, "CACHE_URL": cache.url}
    site.manage("collectstatic", "--noinput", "-v0")
    site.prepare()
    site.shell(UNPUBLISH)
    site.manage("warm")
    with running(site):
        yield site


@pytest.fixture(scope="module")
def editor(site: Site) -> Editor:
    return Editor(site)


def test_the_database_stops_and_starts_again(site: Site, editor: Editor, database: Server) -> None:
    saves(site, editor, "Before PostgreSQL was stopped.")
    typed = editor.filled_in("While PostgreSQL was stopped.")
    read_in_all_workers(site)
    with Load(site.address, [*PAGES, READER]) as load:
        database.stop()
        until(lambda: "database:" in get(site, "/readyz") and load.stale)
        assert site.status("/healthz") == 200
        refused = editor.ask(typed)
        assert refused.status == 503
        assert ("meaning", "While PostgreSQL was stopped.") in Form(refused.text).fields
        database.start()
        until(lambda: site.status("/readyz") == 200)
        assert "Before" in site.shell(STORED)
        saves(site, editor, "After PostgreSQL was stopped.")


def test_the_cache_stops_and_starts_again(site: Site, editor: Editor, cache: Server) -> None:
    with Load(site.address, [*PAGES, READER]):
        cache.stop()
        until(lambda: "cache:" in get(site, "/readyz"))
        assert site.status("/healthz") == 200
        saves(site, editor, "While Redis was stopped.")
        cache.start()
        until(lambda: site.status("/readyz") == 200)


def test_another_host_shows_a_change(site: Site, editor: Editor, folder: Path) -> None:
    """It has its own pages, and the same database."""
    other = Site(folder / "none.sqlite3", folder / "pages of the other")
    other.environment |= {"DATABASE_URL": site.environment["DATABASE_URL"]}
    with running(other):
        saves(site, editor, "Changed on the first host.")
        until(lambda: is_public(other, "Changed on the first host."))
