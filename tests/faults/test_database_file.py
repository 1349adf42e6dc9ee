"""What can happen to the file of the database, and to the disk under it. Needs root, for a disk of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

from tests.site import Site

from .conftest import lives, reads_in_all_workers, ready, readyz, run, running, saves_again, says, until
from .desk import STORED, Editor, Form
from .load import PAGES, READER, Load

SIZE = 64 * 2**20  # bytes
Fault = Callable[[Site], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("disk")
    run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "focushelp-chaos", folder)
    yield folder
    run("umount", "--lazy", folder)


@pytest.fixture(scope="module")
def stopped(disk: Path, new_site: Callable[[Path], Site]) -> Site:
    return new_site(disk)


@pytest.fixture(scope="module")
def site(stopped: Site) -> Iterator[Site]:
    with running(stopped):
        yield stopped


@pytest.fixture(scope="module")
def editor(site: Site) -> Editor:
    return Editor(site)


def files(database: Path) -> list[Path]:
    return sorted(database.parent.glob(f"{database.name}*"))


def copied(database: Path) -> Path:
    copy = database.with_name("copy")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as live:
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        live.execute("VACUUM INTO ?", [str(copy)])
    return copy


@contextmanager
def deleted(site: Site) -> Iterator[None]:
    """And restored as docs/deployment.md says."""
    copy = copied(site.database)
    for file in files(site.database):
        file.unlink()
    yield
    assert files(site.database) == []  # nobody has begun an empty one
    site.manage("restore", str(copy), "--yes")


@contextmanager
def corrupted(site: Site) -> Iterator[None]:
    """Overwritten in its place, as a broken disk does; and replaced by a copy."""
    copy = copied(site.database)
    with site.database.open("r+b") as damaged:
        damaged.write(b"\xa5" * site.database.stat().st_size)
    yield
    for file in files(site.database):
        file.unlink()
    copy.replace(site.database)


@contextmanager
def locked(site: Site) -> Iterator[None]:
    with closing(sqlite3.connect(site.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def full(site: Site) -> Iterator[None]:
    filling = site.database.with_name("filling")
    with filling.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    yield
    filling.unlink()


FAULTS: dict[Fault, str] = {
    deleted: "database: its file is gone",
    corrupted: "database: it is damaged",
    locked: "database: another process keeps it locked",
    full: "database: the disk is full",
}


@pytest.mark.parametrize("fault", FAULTS, ids=["deleted", "corrupted", "locked", "full"])
def test_the_site_goes_on_without_its_database(site: Site, editor: Editor, fault: Fault) -> None:
    saves_again(site, editor, f"Before it was {fault.__name__}.")
    typed = editor.filled_in(f"While it was {fault.__name__}: “ö” <&>\r\nand a second line.")
    reads_in_all_workers(site)
    with Load(site.address, [*PAGES, READER]) as load:
        with fault(site):
            until(lambda: FAULTS[fault] in readyz(site))
            until(lambda: load.stale or fault not in {deleted, corrupted})
            assert "Traceback" not in readyz(site)
            assert lives(site)
            refused = editor.ask(typed)
            assert refused.status == 503
            assert "nothing was saved" in refused.text
            again = Form(refused.text).fields
            assert sorted(again) == sorted(parse_qsl(typed, keep_blank_values=True))
        until(lambda: ready(site))
        assert "Before" in site.shell(STORED)
        assert editor.ask(urlencode(again)).status == 302  # “Save again”
        assert "“ö” <&>" in site.shell(STORED)
        saves_again(site, editor, f"After it was {fault.__name__}.")
    assert bool(load.stale) == (fault in {deleted, corrupted})


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    run("mount", "-o", "remount,ro", disk)
    yield
    run("mount", "-o", "remount,rw", disk)


def test_a_site_that_starts_on_a_read_only_disk_shows_its_pages(stopped: Site, editor: Editor, disk: Path) -> None:
    """A disk turns read-only by itself when it breaks; by hand that is not possible while somebody has files open."""
    typed = editor.filled_in("While it was read-only.")
    stopped.stop()
    with read_only(disk):
        stopped.start(workers=2, status=503)
        with Load(stopped.address):
            until(lambda: "database: it cannot be written to" in readyz(stopped))
            assert "page store: it cannot be written to" in readyz(stopped)
            refused = editor.ask(typed)
            assert refused.status == 503
            assert "nothing was saved" in refused.text
            assert "While it was read-only." in refused.text
    with Load(stopped.address):
        until(lambda: ready(stopped))
        # In each worker a page begun before holds a read-only connection until it is sent; a save beside it is refused.
        until(lambda: editor.save("After it was read-only.").status == 302)
        until(lambda: says(stopped, "After it was read-only."), 3)
