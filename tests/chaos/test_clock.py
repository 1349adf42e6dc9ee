"""The clock of the host jumps, by libfaketime: a day ahead, back, and a day back."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser import install
from tests.site import Site

from .conftest import ready, running, saves_again, until
from .desk import Editor
from .load import READER, Load, Request, Visitor

#: libfaketime, told to leave the monotonic clock alone, refuses clock_nanosleep(), by which Python sleeps.
SLEEP = "import threading, time; time.sleep = lambda seconds: threading.Event().wait(seconds)"
#: Posts of one address are counted by each worker: enough for both.
MANY = 300
ELSEWHERE = Request(READER.path, READER.form, forwarded_for="203.0.113.9")


def library() -> str:
    """Debian keeps it where the linker does not look."""
    return next(map(str, Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), "")


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """A file that says how far the clock is off."""
    if not library():
        install("libfaketime")
    if not library():
        pytest.fail("The tests of the clock need libfaketime. Debian: apt-get install libfaketime")
    file = tmp_path / "clock"
    file.write_text("+0")
    return file


@pytest.fixture
def site(new_site: Callable[[Path], Site], tmp_path: Path, clock: Path) -> Iterator[Site]:
    site = new_site(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(SLEEP)
    faked = {
        "LD_PRELOAD": library(),
        "PYTHONPATH": str(tmp_path),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # no machine's does jump
    }
    site.environment |= {"TRUSTED_PROXIES": "1", **faked}
    with running(site):
        yield site


def limited(site: Site) -> bool:
    """Whether somebody who posts and posts is held up."""
    with closing(Visitor(site.address)) as visitor:
        return 429 in (visitor.ask(ELSEWHERE).status for _ in range(MANY))


def test_pages_sessions_and_limits_outlive_a_jump(site: Site, clock: Path) -> None:
    editor = Editor(site)
    with Load(site.address):
        saves_again(site, editor, "Today.")
        assert limited(site)
        for days in ("+1d", "-1d", "+0"):
            clock.write_text(days)
            with closing(Visitor(site.address)) as visitor:
                # Another minute, another count. Of the minute that was counted nobody has to wait for the end.
                until(lambda: visitor.ask(ELSEWHERE).status == 200, 60)
            assert limited(site)
            assert ready(site)
            if days == "+1d":  # eight hours are over
                assert editor.ask().status == 302
                Editor(site).ask()
            else:
                saves_again(site, editor, f"The clock says {days}.")
