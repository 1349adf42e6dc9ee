"""The pages of one version of the content: in memory as far as they were asked for, else on disk."""

import threading

from .disk import Disk
from .page import Address, Page

#: The pages in the memory of one process. The others are read from disk.
MAX_MEMORY = 24 * 1024 * 1024  # bytes


class Edition:
    """`digest` is that of the content. Without one, before the first version, nothing is kept."""

    def __init__(self, disk: Disk, release: str, digest: str) -> None:
        self.digest = digest
        self.pages: dict[tuple[str, str, bool], Page] = {}  # by Address, or an equal tuple, which is faster to make
        self._name = f"{release[:16]}-{digest[:16]}"
        self._disk = disk
        self._size = 0
        self._changing = threading.Lock()
        if digest:
            disk.begin(self._name)

    def find(self, address: Address) -> Page | None:
        page = self.pages.get(address)
        if page is None and self.digest:
            page = self._disk.read(self._name, address)
            if page:
                self._remember(address, page)
        return page

    def keep(self, address: Address, page: Page) -> None:
        if self.digest:
            self._remember(address, page)
            self._disk.write(self._name, address, page)

    def _remember(self, address: Address, page: Page) -> None:
        """In place of the oldest pages if there is no room."""
        with self._changing:
            if address in self.pages:  # another thread was first
                return
            self.pages[address] = page
            self._size += page.size
            while self._size > MAX_MEMORY:
                self._size -= self.pages.pop(next(iter(self.pages))).size
