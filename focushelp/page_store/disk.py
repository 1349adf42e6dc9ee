"""Pages as files, so that a cold start finds them, even without a database.

    <root>/<edition>/<name of a page>.page
    <root>/complete     the editions that are whole, one a line, the newest first
    <root>/lock         held by whoever is writing

Every file appears at once and whole, by renaming, and carries a checksum; what is damaged is as good as not there.
"""

import fcntl
import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from .page import Address, Page

logger = logging.getLogger(__name__)

#: How many whole editions stay: the newest, and two for the case that it turns out damaged, or is taken back.
KEPT = 3
_EDITION = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}")


class Disk:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.damaged = False  # whether this process has met a damaged page

    def read(self, edition: str, address: Address) -> Page | None:
        path = self._path(edition, address)
        try:
            return Page.load(path.read_bytes())
        except OSError:
            return None  # mostly: not there
        except ValueError as error:
            logger.warning("%s is damaged (%s); the page is made anew.", path, error)
            self.damaged = True
            with suppress(OSError):
                path.unlink()
            return None

    def write(self, edition: str, address: Address, page: Page) -> None:
        """Raises OSError if the disk is full, or cannot be written to."""
        path = self._path(edition, address)
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, page.dump())

    def _path(self, edition: str, address: Address) -> Path:
        return self.root / edition / f"{sha256(repr(tuple(address)).encode()).hexdigest()[:32]}.page"

    def complete(self) -> list[str]:
        """The whole editions, newest first."""
        with suppress(OSError):
            lines = (self.root / "complete").read_text(errors="replace").splitlines()
            return [line for line in lines if _EDITION.fullmatch(line)]
        return []

    def set_complete(self, edition: str) -> None:
        """From now on this is the newest; the oldest go. Raises OSError."""
        others = [each for each in self.complete() if each != edition]
        self.root.mkdir(parents=True, exist_ok=True)
        _replace(self.root / "complete", "".join(f"{each}\n" for each in [edition, *others][:KEPT]).encode())
        self.prune(edition)

    def prune(self, edition: str) -> None:
        """Removes what is neither whole nor being made."""
        stay = {edition, *self.complete()}
        for path in self.root.glob("*-*"):
            if _EDITION.fullmatch(path.name) and path.name not in stay:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Whether it is ours to write: one process at a time. The lock goes with whoever holds it. Raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


def _replace(path: Path, data: bytes) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
