"""The page store on the production server."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.services import postgresql
from tests.site import Site

PAGE = "/messages/wait/"


@pytest.fixture
def site_of_two(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    site = Site(Path(shutil.copy(prepared, tmp_path)), tmp_path / "pages")
    site.start(workers=2)
    yield site
    site.stop()


def answers(site: Site) -> set[bool]:
    """Whether the page says it; asked over so many connections that every worker answers some."""
    said = set()
    for _ in range(40):
        with closing(urlopen(f"{site.address}{PAGE}")) as response:  # noqa: S310 (our own server)
            said.add(b"Changed today." in response.read())
    return said


def test_two_workers_show_a_change_within_two_seconds(site_of_two: Site) -> None:
    assert answers(site_of_two) == {False}
    site_of_two.change("ErrorMessage.objects.filter(slug='wait').update(meaning='Changed today.')")
    assert answers(site_of_two) == {True}


@pytest.fixture
def two_hosts(static_files: None, tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """Two app hosts, each with pages of its own, on one PostgreSQL."""
    with postgresql() as server:
        one, other = (Site(tmp_path / "no database", tmp_path / name) for name in ("one", "other"))
        for host in (one, other):
            host.environment["DATABASE_URL"] = server.url
        one.manage("migrate", "-v0")
        one.manage("load_content")
        one.start()
        other.start()
        yield one, other
        one.stop()
        other.stop()


def test_two_hosts_show_a_change_within_two_seconds(two_hosts: tuple[Site, Site]) -> None:
    one, other = two_hosts
    assert (answers(one), answers(other)) == ({False}, {False})
    one.change("ErrorMessage.objects.filter(slug='wait').update(meaning='Changed today.')")
    assert (answers(one), answers(other)) == ({True}, {True})


def test_pages_outlive_their_database(site_of_two: Site) -> None:
    answers(site_of_two)
    database = site_of_two.database
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("DROP TABLE guides_errormessage_sources")
        connection.execute("DROP TABLE guides_version")
    assert answers(site_of_two) == {False}
