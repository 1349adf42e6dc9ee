"""Renders all pages of an edition in advance, and watches for a new edition."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection

from guides.public.addresses import public_addresses

from .asking import Application, ask
from .editions import Edition, Editions
from .page import Address, Page

logger = logging.getLogger(__name__)

#: How often each process looks for a new edition. A change is public after twice this time at most.
POLL_INTERVAL = 1  # seconds
#: How long an edition must be the newest before its pages are rendered: editors save several times in a row.
DEBOUNCE = 5  # seconds
#: The pause after each page, for each second of processor time that it took: visitors come first.
PAUSE_RATIO = 2.0
#: How long to wait after a failure, such as a full disk.
RETRY_INTERVAL = 30  # seconds


class WarmingStoppedError(Exception):
    """Why the pages cannot be rendered now."""


class Warming:
    """Renders the pages of the newest edition that are not on disk, and writes them there."""

    def __init__(
        self, django: Application, editions: Editions, say: Callable[[str], None], pause_ratio: float = 0
    ) -> None:
        """`say` gets lines of progress; `pause_ratio` is the pause after a page for each second of processor time."""
        self._django, self._editions, self._say, self._pause_ratio = django, editions, say, pause_ratio
        self._edition = editions.look()

    def run(self) -> list[str]:
        """Returns the addresses that gave no page. Raises WarmingStoppedError; OSError if the disk is not writable."""
        name, disk = self._edition.name, self._editions.disk
        if not name:
            raise WarmingStoppedError("no version of the content is known")
        with disk.writing() as locked:
            if not locked:
                raise WarmingStoppedError("another process renders them")
            disk.prune(name)
            started = time.monotonic()
            addresses = list(public_addresses())
            failed = []
            for number, address in enumerate(addresses, start=1):
                if not self._page_and_fragment(address):
                    failed.append(address)
                if number % 100 == 0 or number == len(addresses):
                    self._say(f"pages of {name}: {number} of {len(addresses)}, {time.monotonic() - started:.0f} s")
            disk.set_complete(name)
        return failed

    def _page_and_fragment(self, url: str) -> bool:
        path, _, query = url.partition("?")
        page = self._page(Address(path, query))
        if page and page.varies_for_htmx:
            page = self._page(Address(path, query, fragment=True))
        return bool(page)

    def _page(self, address: Address) -> Page | None:
        disk, name = self._editions.disk, self._edition.name
        page = disk.read(name, address)
        if page:
            return page
        page = self._edition.pages.get(address) or self._render(address)
        if self._editions.look() is not self._edition or not self._editions.database_answers:
            raise WarmingStoppedError("the content changed meanwhile, or the database stopped")
        if page:
            disk.write(name, address, page)
        return page

    def _render(self, address: Address) -> Page | None:
        started = time.thread_time()
        answer = ask(self._django, address)
        page = answer.page
        if not page:
            logger.error("%s answers %s and is not stored.", address, answer.status)
        time.sleep(self._pause_ratio * (time.thread_time() - started))
        return page


class Watch:
    """A thread in each process that looks for a new edition, and starts to render its pages if no process has."""

    def __init__(self, django: Application, editions: Editions) -> None:
        self._django, self._editions = django, editions
        self._thread: threading.Thread | None = None
        self._warming: threading.Thread | None = None
        self._starting = threading.Lock()
        self._checked = ""  # the edition whose pages on disk this process has checked
        self._retry_at = 0.0

    def start(self) -> None:
        with self._starting:
            if not self._thread:
                self._thread = threading.Thread(target=self._run, name="page store", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            time.sleep(POLL_INTERVAL)
            try:
                self._look()
                close_old_connections()  # as after a request
            except Exception:  # any error: the next look may succeed
                logger.exception("The page store could not look for changes.")

    def _look(self) -> None:
        edition = self._editions.look()
        settled = self._editions.database_answers and time.monotonic() - self._editions.since > DEBOUNCE
        warming = self._warming and self._warming.is_alive()
        if not edition.name or not settled or warming or time.monotonic() < self._retry_at:
            return
        disk = self._editions.disk
        # Complete, but not always the newest there: processes with other settings may share the folder.
        if edition.name == self._checked and edition.name in disk.complete() and not disk.damaged:
            return
        self._warming = threading.Thread(target=self._warm, args=[edition], name="page store: warming", daemon=True)
        self._warming.start()

    def _warm(self, edition: Edition) -> None:
        retry_at = time.monotonic() + RETRY_INTERVAL
        try:
            Warming(self._django, self._editions, logger.info, PAUSE_RATIO).run()
            self._checked, self._editions.disk.damaged = edition.name, False
        except WarmingStoppedError:
            return  # the next look starts it again
        except OSError as error:
            self._retry_at = retry_at
            logger.error("Pages cannot be written to the disk (%s): they are kept in memory only.", error)
        except Exception:
            self._retry_at = retry_at
            logger.exception("The pages could not be rendered.")
        finally:
            connection.close()
