"""Answers over WSGI, changes of the content, and faults."""

import gzip
import io
from typing import Any

import brotli
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError

from editing.history.record import recorded
from focushelp.page_store.store import PageStore
from guides.models import ErrorMessage
from guides.public.newest import NewestContent, newest_content

GUIDE = "/focus/mk2/6000-cd/"
STEP = f"{GUIDE}?view=steps&step=3"
FEW = ["/", "/messages/wait/", f"{GUIDE}qr.svg", "/robots.txt"]


class Answered:
    """The WSGI answer of an application: headers by lower-case name; `body` is decoded, `sent` is not."""

    def __init__(self, application: Any, path: str, method: str = "GET", **headers: str) -> None:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        said: list[Any] = []
        parts = application(environ, lambda *start: said.append(start))
        self.sent = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        self.status = int(said[0][0].split()[0])
        self.headers = {name.lower(): value for name, value in said[0][1]}
        decode = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("content-encoding", ""))
        self.body = decode(self.sent) if decode and self.sent else self.sent

    @property
    def stale(self) -> bool:
        return "x-stale" in self.headers


def start(django: Any = None) -> PageStore:
    """The page store of a process that has just started."""
    vars(newest_content).update(vars(NewestContent()))
    return PageStore(django or WSGIHandler())


def a_second_later(store: PageStore) -> None:
    store.content.due = 0


def change(words: str) -> None:
    with recorded(None):
        ErrorMessage.objects.filter(slug="wait").update(meaning=words)


def gone(*arguments: Any, **named: Any) -> None:
    raise DatabaseError("gone")


def full(*arguments: Any) -> None:
    raise OSError(28, "No space left on device")
