"""Workers that are killed, as by a system out of memory. Granian starts others (--respawn-failed-workers)."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path
from threading import Timer

import pytest

from tests.site import Site, until

from .editor import STORED, Editor
from .helpers import running, saves, workers
from .load import GUIDE, Load, Request, Visitor

#: Addresses that no page was made for, so that Django renders each.
COLD = [Request(f"{GUIDE}?view={number}") for number in range(1000)]


@pytest.fixture
def site(new_site: Callable[[Path], Site], tmp_path: Path) -> Iterator[Site]:
    with running(new_site(tmp_path)) as site:
        yield site


def is_replaced(site: Site, worker: int) -> bool:
    """Whether there are two others, and both have loaded the site: each has a socket that listens (state 0A)."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    listening = [row for row in rows if row[1].endswith(f":{site.port:04X}") and row[3] == "0A"]
    return worker not in workers(site) and len(workers(site)) == len(listening) == 2


def test_a_worker_killed_while_it_renders_pages_is_replaced(site: Site) -> None:
    """Each of the two is killed once: if one dies again within seconds, granian ends itself, for systemd to start."""
    with Load(site.address, COLD, visitors=4, pause=0) as load:
        for worker in workers(site):
            enough = load.answered + 20
            until(partial(lambda enough: load.answered > enough, enough))
            os.kill(worker, signal.SIGKILL)
            until(partial(is_replaced, site, worker))
    until(lambda: site.status("/readyz") == 200)


@pytest.mark.parametrize("milliseconds", [50, 400])
def test_a_save_that_is_killed_is_stored_whole_or_not_at_all(site: Site, milliseconds: int) -> None:
    editor = Editor(site)
    saves(site, editor, "Before it was killed.")
    typed = editor.filled_in("While it was killed.")
    with Load(site.address), ThreadPoolExecutor() as pool, closing(Visitor(site.address)) as visitor:
        visitor.ask(Request("/healthz"))
        worker = serving(site, visitor)
        saving = pool.submit(visitor.ask_once, editor.request(typed))
        Timer(milliseconds / 1000, os.kill, [worker, signal.SIGKILL]).start()
        error = saving.exception()
        assert error is None or isinstance(error, OSError | HTTPException)
        until(lambda: is_replaced(site, worker))
        stored = site.shell(STORED).strip()
        assert stored == "While it was killed." or (error and stored == "Before it was killed.")
        saves(site, editor, "After it was killed.")


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
