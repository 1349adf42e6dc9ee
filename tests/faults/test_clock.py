"""The clock of the host jumps: a day ahead, a day back, and to where it should be."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from struct import pack

import pytest

from tests.browser import install
from tests.site import Site

from .conftest import ready, run, running, saves_again
from .desk import Editor
from .load import READER, Load, Request, Visitor

DAY = 24 * 3600  # seconds
#: More than one address may post in a minute.
MANY = 130
ELSEWHERE = Request(READER.path, READER.form, forwarded_for="203.0.113.9")


class Clock:
    """The wall clock of the processes that have these variables. Other clocks of a machine do not jump."""

    def __init__(self, folder: Path) -> None:
        if not shutil.which("cc"):
            install("gcc", "libc6-dev")
        self._file, library = folder / "clock", folder / "clock.so"
        self.is_off(0)
        run("cc", "-shared", "-fPIC", "-o", library, Path(__file__).with_name("clock.c"))
        self.variables = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(self._file)}

    def is_off(self, seconds: int) -> None:
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(pack("=q", seconds))


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


@pytest.fixture
def site(new_site: Callable[[Path], Site], tmp_path: Path, clock: Clock) -> Iterator[Site]:
    site = new_site(tmp_path)
    site.environment |= {"TRUSTED_PROXIES": "1", **clock.variables}
    with running(site):
        yield site


def held_up(visitor: Visitor) -> bool:
    """Whether somebody who posts and posts is told to wait. One connection is one worker, and one count."""
    return 429 in (visitor.ask(ELSEWHERE).status for _ in range(MANY))


def test_pages_sessions_and_limits_outlive_a_jump(site: Site, clock: Clock) -> None:
    editor = Editor(site)
    with Load(site.address), closing(Visitor(site.address)) as visitor:
        saves_again(site, editor, "Today.")
        assert held_up(visitor)
        for seconds in (DAY, -DAY):
            clock.is_off(seconds)
            assert visitor.ask(ELSEWHERE).status == 200  # another minute, another count
            assert held_up(visitor)
            assert ready(site)
            if seconds == DAY:
                assert editor.ask().status == 302  # to the door: a session has eight hours
            saves_again(site, Editor(site), f"The clock is off by {seconds} s.")
        clock.is_off(0)
        assert ready(site)
        saves_again(site, Editor(site), "Today again.")
