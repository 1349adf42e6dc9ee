"""Visitors who go on asking, and what they were answered."""

import itertools
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import NamedTuple
from urllib.parse import urlsplit

#: A page that is answered later than this is as good as none.
PATIENCE = 10  # seconds
#: A process that was killed is not gone at once, and takes connections until it is.
AGAIN = 0.5  # seconds


class Request(NamedTuple):
    path: str
    form: str = ""  # posted, if there is one
    fragment: bool = False
    cookie: str = ""
    forwarded_for: str = ""

    @property
    def headers(self) -> dict[str, str]:
        found = {
            "Content-Type": "application/x-www-form-urlencoded" if self.form else "",
            "HX-Request": "true" if self.fragment else "",
            "Cookie": self.cookie,
            "X-Forwarded-For": self.forwarded_for,
        }
        return {name: value for name, value in found.items() if value}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def stale(self) -> bool:
        return self.headers.get("x-stale") == "1"


GUIDE = "/focus/mk2/6000-cd/"
MESSAGE = "/messages/wait/"
PAGES = [
    Request("/"),
    Request(GUIDE),
    Request(MESSAGE),
    Request(f"{GUIDE}?view=steps&step=3", fragment=True),
    Request(f"{GUIDE}?view=elsewhere"),  # an address that no page was made for
    Request("/healthz"),
]
READER = Request("/check/", form="text=V123456")


class Visitor:
    """One browser with one connection that is used again; a request on one that was closed is sent a second time."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self._at, self._patience = urlsplit(address), patience
        self._connection: HTTPConnection | None = None

    def ask(self, request: Request) -> Answer:
        """Raises OSError or HTTPException when nobody answers.

        What changes nothing is sent once more over a new connection when the first was cut, as browsers, proxies and
        people do: a server may close an idle connection at any time, and kill -9 cuts what is just being answered.
        """
        try:
            return self.ask_once(request)
        except TimeoutError:
            raise
        except (OSError, HTTPException):
            time.sleep(AGAIN)
            return self.ask_once(request)

    def ask_once(self, request: Request) -> Answer:
        connection = self._connection or HTTPConnection(self._at.hostname or "", self._at.port, timeout=self._patience)
        self._connection = None  # only a connection that gave a whole answer is used again
        try:
            method = "POST" if request.form else "GET"
            connection.request(method, request.path, request.form or None, request.headers)
            response = connection.getresponse()
            text = response.read().decode()
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)

    @property
    def port(self) -> int:
        """Of this end of the connection."""
        assert self._connection
        assert self._connection.sock
        return int(self._connection.sock.getsockname()[1])

    def close(self) -> None:
        if self._connection:
            self._connection.close()


@dataclass
class Load:
    """Some visitors at once, for as long as a block lasts. Whatever is not a whole page is a failure."""

    address: str
    requests: Sequence[Request] = field(default_factory=lambda: PAGES)
    visitors: int = 2
    pause: float = 0.05  # seconds that a visitor looks at a page
    failures: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    stale: int = 0

    def __enter__(self) -> "Load":
        self.begin()
        return self

    def begin(self) -> None:
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=[number]) for number in range(self.visitors)]
        for thread in self._threads:
            thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        if not error:
            assert self.seconds
            assert not self.failures, f"{len(self.failures)} of {len(self.seconds)} failed, first {self.failures[:3]}"

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _visit(self, first: int) -> None:
        with ExitStack() as stack:
            visitor = Visitor(self.address)
            stack.callback(visitor.close)
            for number in itertools.count(first):
                if self._over.wait(self.pause):
                    return
                self._ask(visitor, self.requests[number % len(self.requests)])

    def _ask(self, visitor: Visitor, request: Request) -> None:
        started = time.monotonic()
        try:
            answer = visitor.ask(request)
        except (OSError, HTTPException) as error:
            self.failures.append(f"{request}: {error!r} after {time.monotonic() - started:.1f} s")
            return
        self.seconds.append(time.monotonic() - started)
        self.stale += answer.stale
        if answer.status != 200:
            self.failures.append(f"{request}: {answer.status}")
