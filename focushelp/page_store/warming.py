"""Makes every page of an edition beforehand; and watches for the next edition."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import connection

from guides.public.addresses import public_addresses

from . import purge
from .asking import Application, ask
from .editions import Edition, Editions
from .page import Address, Page

logger = logging.getLogger(__name__)

#: How often each process asks for the newest edition. An editor sees a change within two.
EVERY = 1  # seconds
#: How long an edition has to stay the newest before its pages are made: an editor saves several times.
SETTLED = 5  # seconds
#: How long the background rests after each page, in terms of the processor time it took: visitors go first.
REST = 2.0
#: After how long the pages are made again when they could not be written to the disk.
AGAIN = 30  # seconds


class NotNowError(Exception):
    """The pages cannot be made at this moment, and why."""


class Warming:
    """Makes the pages of the newest edition, and writes those to the disk that are not there yet."""

    def __init__(self, django: Application, editions: Editions, say: Callable[[str], None], rest: float = 0) -> None:
        """`say` gets lines of progress; `rest` is how long to sleep after a page, for each second of a processor."""
        self._django, self._editions, self._say, self._rest = django, editions, say, rest
        self._edition = editions.look()
        self._written = 0

    def run(self) -> list[str]:
        """The addresses that gave no page. Raises NotNowError; OSError if the disk cannot be written to."""
        name, disk = self._edition.name, self._editions.disk
        if not name:
            raise NotNowError("no version of the content is known")
        with disk.writing() as ours:
            if not ours:
                raise NotNowError("another process is making them")
            disk.prune(name)
            started = time.monotonic()
            addresses = list(public_addresses())
            failed = []
            for number, address in enumerate(addresses, start=1):
                if not self._page_and_fragment(address):
                    failed.append(address)
                if number % 100 == 0 or number == len(addresses):
                    self._say(f"pages of {name}: {number} of {len(addresses)}, {time.monotonic() - started:.0f} s")
            news = self._written or disk.complete()[:1] != [name]
            disk.set_complete(name)
        if news:
            purge.everything(name)
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
        page = self._edition.pages.get(address) or self._made(address)
        if self._editions.look() is not self._edition or not self._editions.database_answers:
            raise NotNowError("the content changed meanwhile, or the database went away")
        if page:
            disk.write(name, address, page)
            self._written += 1
        return page

    def _made(self, address: Address) -> Page | None:
        started = time.thread_time()
        said = ask(self._django, address)
        page = said.page
        if not page:
            logger.error("%s answers %s and is not kept.", address, said.status)
        time.sleep(self._rest * (time.thread_time() - started))
        return page


class Watch:
    """One thread in every process that notices a newer edition, and has its pages made if nobody else does."""

    def __init__(self, django: Application, editions: Editions) -> None:
        self._django, self._editions = django, editions
        self._thread: threading.Thread | None = None
        self._warming: threading.Thread | None = None
        self._starting = threading.Lock()
        self._done = ""  # the edition whose pages on the disk this process has looked through
        self._not_before = 0.0

    def start(self) -> None:
        with self._starting:
            if not self._thread:
                self._thread = threading.Thread(target=self._run, name="page store", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            time.sleep(EVERY)
            try:
                self._look()
                if connection.vendor == "sqlite":
                    connection.close()  # the next look sees the file, and not what a connection remembers of it
            except Exception:  # whatever it is: the next look may go well
                logger.exception("The page store could not look for changes.")

    def _look(self) -> None:
        edition = self._editions.look()
        settled = self._editions.database_answers and time.monotonic() - self._editions.since > SETTLED
        warming = self._warming and self._warming.is_alive()
        if not edition.name or not settled or warming or time.monotonic() < self._not_before:
            return
        disk = self._editions.disk
        # Whichever is the newest there: processes with other settings may keep their pages in the same place.
        if edition.name == self._done and edition.name in disk.complete() and not disk.damaged:
            return
        self._warming = threading.Thread(target=self._warm, args=[edition], name="page store: warming", daemon=True)
        self._warming.start()

    def _warm(self, edition: Edition) -> None:
        again = time.monotonic() + AGAIN
        try:
            Warming(self._django, self._editions, logger.info, rest=REST).run()
            self._done, self._editions.disk.damaged = edition.name, False
        except NotNowError:
            return  # the next look sees to it
        except OSError as error:
            self._not_before = again
            logger.error("Pages cannot be written to the disk (%s): they are kept in memory alone.", error)
        except Exception:
            self._not_before = again
            logger.exception("The pages could not be made.")
        finally:
            connection.close()
