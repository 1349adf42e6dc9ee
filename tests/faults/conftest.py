"""A site with pages on its disk, and visitors."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.site import Site, prepare

from .desk import Editor
from .load import MESSAGE, READER, Answer, Request, Visitor

#: Seconds until the site has noticed that a fault has begun or ended.
HEALED = 10
#: One guide is enough, and its pages are soon made.
LESS = """
from editing.history.record import recorded
from guides.models import ErrorMessage, Fitment, Procedure, RadioUnit
with recorded(None):
    ErrorMessage.objects.exclude(slug="wait").update(is_published=False)
    Procedure.objects.exclude(slug="serial-on-display").update(is_published=False)
    Fitment.objects.exclude(generation__slug="mk2", radio__slug="6000-cd").update(is_published=False)
    RadioUnit.objects.exclude(slug="6000-cd").update(is_published=False)
"""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and all its pages, for copies."""
    folder = tmp_path_factory.mktemp("prepared")
    site = Site(folder / "db.sqlite3", folder / "pages")
    site.manage("collectstatic", "--noinput", "-v0")
    set_up(site)
    return folder


def set_up(site: Site) -> None:
    prepare(site)
    site.shell(LESS)
    site.manage("warm")


@pytest.fixture(scope="session")
def new_site(prepared: Path) -> Callable[[Path], Site]:
    """A site of its own in a folder, with all that was prepared."""

    def new(folder: Path) -> Site:
        shutil.copytree(prepared / "pages", folder / "pages")
        return Site(Path(shutil.copy(prepared / "db.sqlite3", folder)), folder / "pages")

    return new


@contextmanager
def running(site: Site) -> Iterator[Site]:
    site.start(workers=2)
    try:
        yield site
    finally:
        stop(site)


def stop(site: Site) -> None:
    """Granian that is told to stop while a worker starts waits for it for ever; systemd kills both after a while."""
    try:
        site.stop()
    except subprocess.TimeoutExpired:
        for pid in [*workers(site), site.server.pid]:
            os.kill(pid, signal.SIGKILL)
        site.server.wait(10)


def workers(site: Site) -> list[int]:
    """Their process ids; other children of granian are no workers."""
    children = Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def until(what: Callable[[], object], seconds: float = HEALED) -> None:
    """Waits for it."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.1)


def readyz(site: Site) -> str:
    """What the operator reads."""
    return asked(site, "/readyz").text


def ready(site: Site) -> bool:
    answer = asked(site, "/readyz")
    assert (answer.status == 200) == (answer.text == "ok\n")
    return answer.status == 200


def lives(site: Site) -> bool:
    return asked(site, "/healthz").status == 200


def says(site: Site, words: str) -> bool:
    """Whether the public reads it, whichever worker answers."""
    return all(words in asked(site, MESSAGE).text for _ in range(8))


def asked(site: Site, path: str) -> Answer:
    with closing(Visitor(site.address)) as visitor:
        return visitor.ask(Request(path))


def saves_again(site: Site, editor: Editor, words: str) -> None:
    """A save goes through, and is public soon."""
    assert editor.save(words).status == 302
    until(lambda: says(site, words), 3)


def reads_in_all_workers(site: Site) -> None:
    """Each worker has read a text, and so goes on without a database: a new connection goes to any of them."""
    for _ in range(20):
        with closing(Visitor(site.address)) as visitor:
            assert visitor.ask(READER).status == 200


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True)
