"""Editions: the pages of one version of the content, as one release renders them."""

import logging
import threading
import time

from django.db import Error, close_old_connections

from guides.models import Version

from .disk import Disk
from .page import Address, Page
from .release import fingerprint

logger = logging.getLogger(__name__)

#: The pages in the memory of one process. The others are read from disk.
MAX_MEMORY = 24 * 1024 * 1024  # bytes


class Edition:
    """The pages in memory, as far as they were asked for. An edition without a name stores none."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.name = name
        self.pages: dict[tuple[str, str, bool], Page] = {}  # by Address, or an equal tuple, which is faster to make
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
        """Stores the page in memory, in place of the oldest ones if there is no room."""
        if not self.name:
            return
        with self._changing:
            if address in self.pages:  # another thread was first
                return
            self.pages[address] = page
            self._size += page.size
            while self._size > MAX_MEMORY:
                self._size -= self.pages.pop(next(iter(self.pages))).size


class Editions:
    """The newest edition, and older ones on disk. Each process has its own instance."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.release = fingerprint()
        self.newest = Edition("", disk)
        self.since = time.monotonic()  # seconds
        self.database_answers = True
        self._looking = threading.Lock()

    def look(self) -> Edition:
        """The newest edition, by one small query; the last known one if the database does not answer."""
        with self._looking:  # else a slow answer could replace a newer one
            close_old_connections()  # as before a request: the database may have restarted
            try:
                digest = Version.objects.newest_digest()
            except Error as error:
                if self.database_answers:
                    logger.error("The database does not answer (%s): stored pages are served.", error)
                self.database_answers = False
                return self.newest
            self.database_answers = True
            name = f"{self.release[:16]}-{digest[:16]}" if digest else ""
            if name != self.newest.name:
                self.newest, self.since = Edition(name, self.disk), time.monotonic()
            return self.newest

    def older(self, address: Address) -> Page | None:
        """The stale page of the newest complete edition on disk that has it, of any release."""
        pages = (self.disk.read(name, address) for name in self.disk.complete())
        return next((page.stale() for page in pages if page), None)
