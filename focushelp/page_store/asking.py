"""What the page store asks of Django, and what of that is a page to store."""

import io
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from .page import Address, Headers, Page

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

#: The Vary headers of a page that is stored.
_VARIES = {"hx-request", "accept-encoding"}


class Answer(NamedTuple):
    """An answer of Django."""

    status: str
    headers: Headers
    body: bytes

    @property
    def failed(self) -> bool:
        return self.status.startswith("5")

    def answer(self, environ: Environ, start_response: Any) -> list[bytes]:
        start_response(self.status, list(self.headers))
        return [self.body] if environ["REQUEST_METHOD"] == "GET" else []


def ask(django: Application, environ: Environ) -> Answer:
    said: list[tuple[str, Headers]] = []
    parts = django(environ, lambda status, headers, *_: said.append((status, headers)))
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()  # sends request_finished
    status, headers = said[0]
    return Answer(status, headers, body)


def page_of(answer: Answer) -> Page | None:
    """The page in an answer to plain_request(); None if it is not public or not cacheable."""
    named = {name.lower(): value for name, value in answer.headers}
    controls = {part.strip() for part in named.get("cache-control", "").lower().split(",")}
    varies = {part.strip() for part in named.get("vary", "").lower().split(",") if part.strip()}
    public = answer.status == "200 OK" and "public" in controls and varies <= _VARIES and "set-cookie" not in named
    return Page.of(answer.headers, answer.body) if public and named.get("etag", "").startswith('"') else None


def plain_request(address: Address) -> Environ:
    """A GET of an address without cookie, encoding or condition, on the host of SITE_URL: its page is for everybody."""
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": address.path,
        "QUERY_STRING": address.query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 443),
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": "https" if settings.HTTPS else "http",
        "wsgi.input": io.BytesIO(),
        **({"HTTP_HX_REQUEST": "true"} if address.fragment else {}),
    }
