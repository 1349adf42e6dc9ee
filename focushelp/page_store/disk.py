"""Pages as files, for the other processes of a host and for a start without a database.

    <root>/<edition>/<name of a page>.page

An edition is one version of the content as one release renders it. A file is written under another name and renamed.
It has a checksum; a damaged file is treated as missing.
"""

import logging
import os
import re
import shutil
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from .page import Address, Page

logger = logging.getLogger(__name__)

#: How many editions are kept: pages that the newest lacks may come from the others while the database is gone.
MAX_EDITIONS = 3
_EDITION = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}")


class Disk:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.is_writable = True  # as far as it was tried

    def read(self, edition: str, address: Address) -> Page | None:
        path = self._path(edition, address)
        try:
            return Page.load(path.read_bytes())
        except OSError:
            return None  # usually missing
        except ValueError as error:
            logger.warning("%s is damaged (%s); the page is made again.", path, error)
            with suppress(OSError):
                path.unlink()
            return None

    def read_newest(self, address: Address) -> Page | None:
        """The page of the newest edition that has it."""
        pages = (self.read(path.name, address) for path in self.editions())
        return next(filter(None, pages), None)

    def begin(self, edition: str) -> None:
        """Make this the newest edition, and delete the oldest."""
        try:
            folder = self.root / edition
            folder.mkdir(parents=True, exist_ok=True)
            os.utime(folder)  # it may be an older one, if a change was reverted
            for path in self.editions()[MAX_EDITIONS:]:
                shutil.rmtree(path, ignore_errors=True)
        except OSError as error:
            self._failed(error)

    def write(self, edition: str, address: Address, page: Page) -> None:
        path = self._path(edition, address)
        temporary = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                temporary.write_bytes(page.dump())
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
            self.is_writable = True
        except OSError as error:
            self._failed(error)

    def editions(self) -> list[Path]:
        """Their folders, newest first."""
        found = []
        for path in self.root.glob("*-*"):
            with suppress(OSError):  # deleted meanwhile
                if _EDITION.fullmatch(path.name):
                    found.append((path.stat().st_mtime_ns, path))
        return [path for _, path in sorted(found, reverse=True)]

    def _path(self, edition: str, address: Address) -> Path:
        return self.root / edition / f"{sha256(repr(tuple(address)).encode()).hexdigest()[:32]}.page"

    def _failed(self, error: OSError) -> None:
        if self.is_writable:
            logger.error("Pages cannot be written to the disk (%s): they are kept in memory only.", error)
        self.is_writable = False
