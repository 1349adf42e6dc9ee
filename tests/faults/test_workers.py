"""Workers that die by kill -9: out of memory, say. Granian starts others in their place (--respawn-failed-workers)."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from threading import Timer

import pytest

from focushelp.page_store.disk import Disk
from tests.site import Site

from .conftest import ready, running, saves_again, until, workers
from .desk import STORED, Editor
from .load import GUIDE, PAGES, Load, Request, Visitor

#: Nobody has asked for them yet, so that Django renders each.
COLD = [Request(f"{GUIDE}?view={number}") for number in range(1000)]


@pytest.fixture
def site(new_site: Callable[[Path], Site], tmp_path: Path) -> Iterator[Site]:
    with running(new_site(tmp_path)) as site:
        yield site


def holder(lock: Path) -> int:
    """The process that has it."""
    number = f":{lock.stat().st_ino} "
    (line,) = (line for line in Path("/proc/locks").read_text().splitlines() if "FLOCK" in line and number in line)
    return int(line.split()[4])


def test_while_pages_are_rendered(site: Site) -> None:
    """Each of the two, once: of one that dies again within seconds granian thinks that it always will, and ends itself
    with a status by which systemd starts it anew."""
    with Load(site.address, COLD, visitors=4, pause=0) as load:
        for worker in workers(site):
            so_far = len(load.seconds)
            until(lambda: len(load.seconds) > so_far + 20)  # noqa: B023 (it is called at once)
            os.kill(worker, signal.SIGKILL)
            until(lambda: worker not in workers(site) and len(workers(site)) == 2)  # noqa: B023
    until(lambda: ready(site))


@pytest.mark.parametrize("milliseconds", [50, 150, 400])
def test_while_an_editor_saves(site: Site, milliseconds: int) -> None:
    """Whenever it happens, the save is in content and history, or in neither."""
    editor = Editor(site)
    saves_again(site, editor, "Before it was killed.")
    typed = editor.filled_in("While it was killed.")
    with Load(site.address), ThreadPoolExecutor() as pool, closing(Visitor(site.address)) as visitor:
        visitor.ask(Request("/healthz"))
        worker = serving(site, visitor)
        saving = pool.submit(visitor.ask_once, editor.request(typed))
        Timer(milliseconds / 1000, os.kill, [worker, signal.SIGKILL]).start()
        error = saving.exception(timeout=20)
        assert error is None or isinstance(error, OSError | HTTPException)
        until(lambda: worker not in workers(site) and len(workers(site)) == 2)
        stored = site.shell(STORED).strip()
        assert stored == "While it was killed." or (error and stored == "Before it was killed.")
        saves_again(site, editor, "After it was killed.")


def serving(site: Site, visitor: Visitor) -> int:
    """The worker that has the other end of the visitor's connection."""
    ours, theirs = f":{visitor.port:04X}", f":{site.port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    (number,) = (row[9] for row in rows if row[1].endswith(theirs) and row[2].endswith(ours))
    (found,) = (worker for worker in workers(site) if f"socket:[{number}]" in open_files(worker))
    return found


def open_files(pid: int) -> set[str]:
    found = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found.add(str(file.readlink()))
    return found


def test_while_all_pages_are_made(site: Site) -> None:
    """The lock goes with whoever held it, and another worker makes the rest."""
    editor = Editor(site)
    pages = Path(site.environment["PAGES_PATH"])
    before = set(pages.glob("*-*"))
    with Load(site.address, PAGES):
        saves_again(site, editor, "Made anew.")
        until(lambda: set(pages.glob("*-*")) - before, 20)
        (edition,) = set(pages.glob("*-*")) - before
        until(lambda: len(list(edition.glob("*.page"))) > 20, 20)
        assert Disk(pages).complete()[0] != edition.name
        os.kill(holder(pages / "lock"), signal.SIGKILL)
        until(lambda: Disk(pages).complete()[:1] == [edition.name], 60)
