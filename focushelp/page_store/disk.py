"""Pages as files, for a start without a database and for all processes of a host.

    <root>/<edition>/<name of a page>.page
    <root>/complete     the complete editions, one a line, the newest first
    <root>/lock         held by the process that writes

A file is written under another name and renamed. It has a checksum; a damaged file is treated as missing.
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

#: How many complete editions are kept: the newest, and two in case it is damaged or reverted.
MAX_EDITIONS = 3
_EDITION = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}")


class Disk:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.damaged = False  # whether this process has read a damaged page

    def read(self, edition: str, address: Address) -> Page | None:
        path = self._path(edition, address)
        try:
            return Page.load(path.read_bytes())
        except OSError:
            return None  # usually missing
        except ValueError as error:
            logger.warning("%s is damaged (%s); the page is rendered again.", path, error)
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
        """The complete editions, newest first."""
        with suppress(OSError):
            lines = (self.root / "complete").read_text(errors="replace").splitlines()
            return [line for line in lines if _EDITION.fullmatch(line)]
        return []

    def set_complete(self, edition: str) -> None:
        """Makes this the newest complete edition and deletes the oldest. Raises OSError."""
        others = [each for each in self.complete() if each != edition]
        self.root.mkdir(parents=True, exist_ok=True)
        _replace(self.root / "complete", "".join(f"{each}\n" for each in [edition, *others][:MAX_EDITIONS]).encode())
        self.prune(edition)

    def prune(self, edition: str) -> None:
        """Deletes editions that are neither complete nor this one."""
        kept = {edition, *self.complete()}
        for path in self.root.glob("*-*"):
            if _EDITION.fullmatch(path.name) and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Takes the lock for writing; False if another process has it. Raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
