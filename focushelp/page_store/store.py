"""The page store as a WSGI application: finished pages from memory or disk, everything else from Django."""

import threading
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from guides.public.addresses import is_public, meaningful
from guides.public.newest import newest_content

from .asking import Answer, Application, Environ, ask, page_of, plain_request
from .disk import Disk
from .edition import Edition
from .page import Address, Page
from .release import fingerprint

#: How long a request waits while another makes the same page, which may be waiting for the database.
MAX_WAIT = 2  # seconds


class PageStore:
    def __init__(self, django: Application) -> None:
        self.django = django
        self.content = newest_content
        self.disk = Disk(settings.PAGES_PATH)
        self._release = fingerprint()
        self._newest = Edition(self.disk, self._release, "")
        self._making: dict[Address, threading.Lock] = {}
        # The WSGI key that says whether a request came by https; "" if it need not.
        self._scheme = (settings.SECURE_PROXY_SSL_HEADER or ["wsgi.url_scheme"])[0] if settings.HTTPS else ""

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        key = self._key(environ)
        page = key and self._newest.pages.get(key)
        if page and time.monotonic() < self.content.due and self.content.database_answers:
            return page.answer(environ, start_response)  # as nearly every time
        if key and is_public(key[0]):
            return self._find_or_make(Address(*key), environ, start_response)
        return self.django(environ, start_response)

    def edition(self) -> Edition:
        """The newest edition: an empty one after a change of the content, so that each page is made anew."""
        digest = self.content.look()
        if digest != self._newest.digest:
            self._newest = Edition(self.disk, self._release, digest)
        return self._newest

    def make(self, address: Address) -> Page | Answer:
        """The page, kept unless the content changed meanwhile; or Django's answer, if that is no page.

        One request makes a page while the others that want it wait.
        """
        lock = self._making.setdefault(address, threading.Lock())
        acquired = lock.acquire(timeout=MAX_WAIT)
        try:
            edition = self.edition()
            page = edition.find(address)  # another request may have made it meanwhile
            if page:
                return page
            answer = ask(self.django, plain_request(address))
            page = page_of(answer)
            if page and self.content.ask() == edition.digest and self.content.database_answers:
                edition.keep(address, page)
            return page or answer
        finally:
            if acquired:
                self._making.pop(address, None)
                lock.release()

    def _key(self, environ: Environ) -> tuple[str, str, bool] | None:
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

    def _find_or_make(self, address: Address, environ: Environ, start_response: Any) -> Iterable[bytes]:
        address = address._replace(query=meaningful(address.query))
        page = self.edition().find(address)
        if not self.content.database_answers:
            page = page or self.disk.read_newest(address)
            page = page and page.stale()
        # Queries are not kept: visitors can send any number of them.
        found = page or (ask(self.django, environ) if address.query else self.make(address))
        if isinstance(found, Answer) and found.failed:
            found = self._in_place_of(address) or found
        return found.answer(environ, start_response)

    def _in_place_of(self, address: Address) -> Page | None:
        """An older page; for an unknown query, the page of the path."""
        plain = address._replace(query="")
        page = self.disk.read_newest(address) or self._newest.find(plain) or self.disk.read_newest(plain)
        return page and page.stale()


@lru_cache(maxsize=256)  # clients may send any number of names
def _is_allowed_host(host: str) -> bool:
    """As HttpRequest.get_host() decides it."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
