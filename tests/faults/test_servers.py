"""PostgreSQL and Redis stop, and start again."""

from collections.abc import Iterator

import pytest

from tests.services import Server, postgresql, redis
from tests.site import Site

from .conftest import lives, reads_in_all_workers, ready, readyz, running, saves_again, set_up, until
from .desk import STORED, Editor
from .load import PAGES, READER, Load


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    with postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def cache() -> Iterator[Server]:
    with redis() as server:
        yield server


@pytest.fixture(scope="module")
def site(database: Server, cache: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("servers")
    site = Site(folder / "none.sqlite3", folder / "pages")
    site.environment |= {"DATABASE_URL": database.url, "CACHE_URL": cache.url}
    set_up(site)
    with running(site):
        yield site


@pytest.fixture(scope="module")
def editor(site: Site) -> Editor:
    return Editor(site)


def test_the_database_server_goes_and_comes_back(site: Site, editor: Editor, database: Server) -> None:
    saves_again(site, editor, "Before PostgreSQL was stopped.")
    typed = editor.filled_in("While PostgreSQL was stopped.")
    reads_in_all_workers(site)
    with Load(site.address, [*PAGES, READER]) as load:
        database.stop()
        until(lambda: "database: it does not answer" in readyz(site))
        until(lambda: load.stale)
        assert lives(site)
        refused = editor.ask(typed)
        assert refused.status == 503
        assert "nothing was saved" in refused.text
        assert "While PostgreSQL was stopped." in refused.text
        database.start()
        until(lambda: ready(site))
        assert "Before" in site.shell(STORED)
        saves_again(site, editor, "After PostgreSQL was stopped.")
    assert "Traceback" not in refused.text


def test_the_cache_goes_and_comes_back(site: Site, editor: Editor, cache: Server) -> None:
    with Load(site.address, [*PAGES, READER]):
        cache.stop()
        until(lambda: "cache: it does not answer" in readyz(site))
        assert lives(site)
        saves_again(site, editor, "While Redis was stopped.")
        cache.start()
        until(lambda: ready(site))
