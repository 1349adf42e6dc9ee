"""Faults of the database file and of its disk. The disk is a tmpfs: `make test-faults` may mount it without root."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

from tests.site import Site, until

from .editor import STORED, Editor, Form
from .helpers import get, read_in_all_workers, running, saves
from .load import PAGES, READER, Load

DISK_SIZE = 64 * 2**20  # bytes
Fault = Callable[[Site], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_SIZE}", "focushelp", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(scope="module")
def site(disk: Path, new_site: Callable[[Path], Site]) -> Site:
    return new_site(disk)


@pytest.fixture(scope="module")
def editor(site: Site) -> Editor:
    return Editor(site)


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


def refuses_and_gives_back(editor: Editor, typed: str) -> list[tuple[str, str]]:
    """A save is answered with 503 and a form that holds all that was typed. Returns its fields."""
    refused = editor.ask(typed)
    assert refused.status == 503
    fields = Form(refused.text).fields
    assert sorted(fields) == sorted(parse_qsl(typed, keep_blank_values=True))
    return fields


def is_reported(site: Site) -> bool:
    """/readyz says that the database is at fault; /healthz, that the process need not be restarted."""
    said = get(site, "/readyz")
    assert "Traceback" not in said
    assert site.status("/healthz") == 200
    return "database:" in said and site.status("/readyz") == 503


@pytest.mark.parametrize("fault", [locked, full])
def test_a_save_is_refused_and_goes_through_afterwards(site: Site, editor: Editor, fault: Fault) -> None:
    with running(site), Load(site.address, [*PAGES, READER]):
        saves(site, editor, f"Before it was {fault.__name__}.")
        typed = editor.filled_in(f"While it was {fault.__name__}: “ö” <&>\r\nand a second line.")
        with fault(site):
            until(lambda: is_reported(site))
            fields = refuses_and_gives_back(editor, typed)
        until(lambda: site.status("/readyz") == 200)
        assert "Before" in site.shell(STORED)
        assert editor.ask(urlencode(fields)).status == 302  # “Save again”
        assert "“ö” <&>" in site.shell(STORED)
        saves(site, editor, f"After it was {fault.__name__}.")


def test_pages_go_on_when_the_file_is_gone_and_it_is_put_back(site: Site, editor: Editor, tmp_path: Path) -> None:
    """The file is put back as docs/deployment.md says: stop, copy, start."""
    with running(site):
        saves(site, editor, "Before it was gone.")
        site.manage("warm")
        typed = editor.filled_in("While it was gone.")
        read_in_all_workers(site)
        with closing(sqlite3.connect(site.database)) as live:
            live.execute("VACUUM INTO ?", [str(tmp_path / "backup")])
        with Load(site.address, [*PAGES, READER]) as load:
            for file in site.database.parent.glob(f"{site.database.name}*"):
                file.unlink()
            until(lambda: is_reported(site))
            until(lambda: load.stale)
            refuses_and_gives_back(editor, typed)
    for file in site.database.parent.glob(f"{site.database.name}*"):
        file.unlink()
    shutil.copy(tmp_path / "backup", site.database)
    with running(site), Load(site.address, [*PAGES, READER]):
        assert "Before it was gone." in site.shell(STORED)
        assert editor.ask(typed).status == 302
        saves(site, editor, "After it was gone.")


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    yield
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)


def test_a_site_that_starts_on_a_read_only_disk_shows_its_pages(site: Site, editor: Editor, disk: Path) -> None:
    """A broken disk turns read-only by itself; by hand that is possible only while no file on it is open."""
    with running(site):
        typed = editor.filled_in("While it was read-only.")
        site.manage("warm")
    with read_only(disk), running(site, status=503), Load(site.address):
        until(lambda: is_reported(site))
        refuses_and_gives_back(editor, typed)
    with running(site), Load(site.address):
        saves(site, editor, "After it was read-only.")
