"""Workers that die by kill -9: out of memory, say. Granian starts others in their place (--respawn-failed-workers)."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from threading import Timer

import pytest

from focushelp.page_store.disk import Disk
from tests.site import Site

from .conftest import ready, running, saves_again, until, workers
from .desk import STORED, Editor
from .load import GUIDE, PAGES, Load, Request

#: Nobody has asked for them yet, so that Django renders each.
COLD = [Request(f"{GUIDE}?cold={number}") for number in range(1000)]


@pytest.fixture
def site(new_site: Callable[[Path], Site], tmp_path: Path) -> Iterator[Site]:
    with running(new_site(tmp_path)) as site:
        yield site


def kill(site: Site) -> None:
    """One of the two."""
    until(lambda: len(workers(site)) == 2)
    os.kill(workers(site)[0], signal.SIGKILL)


def holder(lock: Path) -> int:
    """The process that has it."""
    number = f":{lock.stat().st_ino} "
    (line,) = (line for line in Path("/proc/locks").read_text().splitlines() if "FLOCK" in line and number in line)
    return int(line.split()[4])


def test_while_pages_are_rendered(site: Site) -> None:
    with Load(site.address, COLD, visitors=4, pause=0) as load:
        for _ in range(4):
            so_far = len(load.seconds)
            until(lambda: len(load.seconds) > so_far + 20)  # noqa: B023 (it is called at once)
            kill(site)
    until(lambda: ready(site))


def test_while_an_editor_saves(site: Site) -> None:
    """Whenever it happens, the save is in content and history, or in neither."""
    editor = Editor(site)
    saves_again(site, editor, "Before it was killed.")
    stored: set[str] = set()
    with Load(site.address), ThreadPoolExecutor() as pool:
        for milliseconds in (10, 60, 120, 250, 500):
            words = f"Killed after {milliseconds} ms."
            saving = pool.submit(editor.ask, editor.filled_in(words))
            for pid in workers(site):
                Timer(milliseconds / 1000, os.kill, [pid, signal.SIGKILL]).start()
            error = saving.exception(timeout=20)
            assert error is None or isinstance(error, OSError | HTTPException)
            until(lambda: len(workers(site)) == 2)
            found = site.shell(STORED).strip()
            assert found == words or (error and found in stored | {"Before it was killed."})
            stored.add(found)
        until(lambda: ready(site))
        saves_again(site, editor, "After it was killed.")


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
