"""Editions: the pages of one version of the content, as one release makes them."""

import logging
import threading
import time

from django.db import Error, close_old_connections

from guides.models import Version

from .disk import Disk
from .page import Address, Page
from .release import fingerprint

logger = logging.getLogger(__name__)

#: What the pages in the memory of one process may weigh together. The others are read from disk.
ROOM = 24 * 1024 * 1024  # bytes


class Edition:
    """Its pages in memory, as far as they were asked for. Without a name it keeps none."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.name = name
        self.pages: dict[tuple[str, str, bool], Page] = {}  # by Address, or a plain tuple, which is made sooner
        self._disk = disk
        self._size = 0
        self._changing = threading.Lock()

    def find(self, address: Address) -> Page | None:
        """The page from memory, else from disk."""
        page = self.pages.get(address)
        if page is None and self.name:
            page = self._disk.read(self.name, address)
            if page:
                self.keep(address, page)
        return page

    def keep(self, address: Address, page: Page) -> None:
        """In memory, where the pages that came first make room for it."""
        if not self.name:
            return
        with self._changing:
            if address in self.pages:  # another thread was first
                return
            self.pages[address] = page
            self._size += page.size
            while self._size > ROOM:
                self._size -= self.pages.pop(next(iter(self.pages))).size


class Editions:
    """Knows the newest one. Every process has its own; they meet on the disk and in the database."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.release = fingerprint()
        self.newest = Edition("", disk)
        self.since = time.monotonic()  # seconds
        self.database_answers = True
        self._looking = threading.Lock()

    def look(self) -> Edition:
        """Asks the database which is the newest, in one small query. Without an answer it is the one that was."""
        with self._looking:  # so that a slow answer does not undo a newer one
            close_old_connections()  # as before every request: a database may have gone, and be back
            try:
                digest = Version.objects.newest_digest()
            except Error as error:
                if self.database_answers:
                    logger.error("The database does not answer (%s): pages go on as they were.", error)
                self.database_answers = False
                return self.newest
            self.database_answers = True
            name = f"{self.release[:16]}-{digest[:16]}" if digest else ""
            if name != self.newest.name:
                self.newest, self.since = Edition(name, self.disk), time.monotonic()
            return self.newest

    def older(self, address: Address) -> Page | None:
        """The page of the newest whole edition on the disk that has it, of whichever release; marked as stale."""
        pages = (self.disk.read(name, address) for name in self.disk.complete())
        return next((page.stale() for page in pages if page), None)
