"""The page store as a WSGI application: stored pages from memory, everything else from Django."""

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

#: How long a request waits while another renders the same page.
RENDER_WAIT = 2  # seconds


class PageStore:
    def __init__(self, django: Application) -> None:
        self.django = django
        self.editions = Editions(Disk(settings.PAGES_PATH))
        self.watch = Watch(django, self.editions)
        self._render_locks = [threading.Lock() for _ in range(64)]
        # The WSGI key that says whether a request came by https; "" if it need not.
        self._scheme = (settings.SECURE_PROXY_SSL_HEADER or ["wsgi.url_scheme"])[0] if settings.HTTPS else ""

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        address = self._address(environ)
        if address is None:
            return self.django(environ, start_response)
        page = self.editions.newest.pages.get(address)
        if page is None or not self.editions.database_answers:
            return self._find_or_render(Address(*address), environ, start_response)
        return page.answer(environ, start_response)

    def _address(self, environ: Environ) -> tuple[str, str, bool] | None:
        """The key of the page that answers this request; None if only Django can answer it.

        Cookies are ignored: public pages use none.
        """
        header = environ.get
        htmx = header("HTTP_HX_REQUEST")  # as guides.public.rendering reads it
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or (htmx is not None and htmx != "true")
            or header("HTTP_AUTHORIZATION")
            or header("HTTP_IF_MATCH")
            or header("HTTP_IF_UNMODIFIED_SINCE")
            or header("HTTP_IF_MODIFIED_SINCE")
            or header("SCRIPT_NAME")
            or not _is_allowed_host(header("HTTP_HOST", ""))
            or (self._scheme and header(self._scheme, environ["wsgi.url_scheme"]) != "https")
        ):
            return None
        return environ["PATH_INFO"], header("QUERY_STRING", ""), htmx is not None

    def _find_or_render(self, address: Address, environ: Environ, start_response: Any) -> Iterable[bytes]:
        self.watch.start()  # not earlier: a server may fork after loading the application
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
            # Linked ones were on disk. Others are not stored: visitors can send any number of them.
            return self.django(environ, start_response)
        with self._render_lock(address):
            return self._render(edition, address, environ, start_response)

    @contextmanager
    def _render_lock(self, address: Address) -> Iterator[None]:
        """One thread renders a page while the others wait for it, for RENDER_WAIT at most: the thread that renders may
        be waiting for the database."""
        lock = self._render_locks[hash(address) % len(self._render_locks)]
        acquired = lock.acquire(timeout=RENDER_WAIT)
        try:
            yield
        finally:
            if acquired:
                lock.release()

    def _render(self, edition: Edition, address: Address, environ: Environ, start_response: Any) -> Iterable[bytes]:
        page = edition.pages.get(address)  # another thread was first
        if page:
            return page.answer(environ, start_response)
        answer = ask(self.django, address)
        page = self._substitute(address) if answer.failed else None
        if page:
            return page.answer(environ, start_response)
        page = None if address.query else answer.page
        if not page:
            return answer.send(environ, start_response)
        if self.editions.look() is edition:  # the content has not changed meanwhile
            edition.keep(address, page)
        return page.answer(environ, start_response)

    def _substitute(self, address: Address) -> Page | None:
        """An older page; for an unknown query, the page of the path."""
        plain = address._replace(query="")
        known = self.editions.newest.find(plain)
        return self.editions.older(address) or (known.stale() if known else self.editions.older(plain))


@lru_cache(maxsize=256)  # clients may send any number of names
def _is_allowed_host(host: str) -> bool:
    """As HttpRequest.get_host() decides it."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
