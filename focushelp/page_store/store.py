"""The page store as WSGI sees it: known pages from memory, everything else from Django."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from guides.public.addresses import is_public, meaningful

from .asking import Application, Environ, ask
from .disk import Disk
from .editions import Edition, Editions
from .page import Address, Page
from .warming import Watch

#: How long one who wants a page waits for another who is making it.
PATIENCE = 2  # seconds


class PageStore:
    def __init__(self, django: Application) -> None:
        self.django = django
        self.editions = Editions(Disk(settings.PAGES_PATH))
        self.watch = Watch(django, self.editions)
        self._turns = [threading.Lock() for _ in range(64)]
        # Where a request says that it came by https; nowhere, if it need not.
        self._scheme = (settings.SECURE_PROXY_SSL_HEADER or ["wsgi.url_scheme"])[0] if settings.HTTPS else ""

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        address = self._address(environ)
        if address is None:
            return self.django(environ, start_response)
        page = self.editions.newest.pages.get(address)
        if page is None or not self.editions.database_answers:
            return self._not_in_memory(Address(*address), environ, start_response)
        return page.answer(environ, start_response)

    def _address(self, environ: Environ) -> tuple[str, str, bool] | None:
        """Under which a page may be kept that answers this; None if only Django can say.

        No cookie is looked at: public pages know of none.
        """
        asked = environ.get
        htmx = asked("HTTP_HX_REQUEST")  # as guides.rendering sees it
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or (htmx is not None and htmx != "true")
            or asked("HTTP_AUTHORIZATION")
            or asked("HTTP_IF_MATCH")
            or asked("HTTP_IF_UNMODIFIED_SINCE")
            or asked("HTTP_IF_MODIFIED_SINCE")
            or asked("SCRIPT_NAME")
            or not _is_ours(asked("HTTP_HOST", ""))
            or (self._scheme and asked(self._scheme, environ["wsgi.url_scheme"]) != "https")
        ):
            return None
        return environ["PATH_INFO"], asked("QUERY_STRING", ""), htmx is not None

    def _not_in_memory(self, address: Address, environ: Environ, start_response: Any) -> Iterable[bytes]:
        self.watch.start()  # here, and not before: a server may fork after it has loaded us
        if not is_public(address.path):
            return self.django(environ, start_response)
        address = address._replace(query=meaningful(address.query))
        page = self.editions.newest.find(address)
        edition = self.editions.newest
        if not page and self.editions.database_answers:
            edition = self.editions.look()
            page = edition.find(address)
        if not self.editions.database_answers:
            page = page.stale() if page else self.editions.older(address)
        if page:
            return page.answer(environ, start_response)
        if address.query and self.editions.database_answers:
            # A known one was on the disk; strangers can make up any number of them.
            return self.django(environ, start_response)
        with self._turn(address):
            return self._made(edition, address, environ, start_response)

    @contextmanager
    def _turn(self, address: Address) -> Iterator[None]:
        """One thread makes a page, and the others who want it wait: a crowd comes when all pages are new.

        Not for ever, since whoever makes it may be waiting for the database.
        """
        turn = self._turns[hash(address) % len(self._turns)]
        taken = turn.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if taken:
                turn.release()

    def _made(self, edition: Edition, address: Address, environ: Environ, start_response: Any) -> Iterable[bytes]:
        page = edition.pages.get(address)  # somebody else was first
        if page:
            return page.answer(environ, start_response)
        said = ask(self.django, address)
        page = self._instead(address) if said.failed else None
        if page:
            return page.answer(environ, start_response)
        page = None if address.query else said.page
        if not page:
            return said.send(environ, start_response)
        if self.editions.look() is edition:  # nobody changed the content meanwhile
            edition.keep(address, page)
        return page.answer(environ, start_response)

    def _instead(self, address: Address) -> Page | None:
        """An older page; for a query that nobody knows, that of the path alone."""
        plain = address._replace(query="")
        known = self.editions.newest.find(plain)
        return self.editions.older(address) or (known.stale() if known else self.editions.older(plain))


@lru_cache(maxsize=256)  # whoever invents names only loses the quick way
def _is_ours(host: str) -> bool:
    """As HttpRequest.get_host() decides it."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
