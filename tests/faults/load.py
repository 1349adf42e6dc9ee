"""Visitors who request pages all the time, and what they were answered."""

import itertools
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from tests.site import until

HTTP_TIMEOUT = 60  # seconds: a save waits a sixth of it for another writer
RETRY_AFTER = 0.5  # seconds: a killed process accepts connections until it is gone


class Request(NamedTuple):
    path: str
    form: str = ""  # posted, if there is one
    fragment: bool = False
    cookie: str = ""

    @property
    def headers(self) -> dict[str, str]:
        found = {
            "Content-Type": "application/x-www-form-urlencoded" if self.form else "",
            "HX-Request": "true" if self.fragment else "",
            "Cookie": self.cookie,
        }
        return {name: value for name, value in found.items() if value}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def stale(self) -> bool:
        """Whether the page store answered although it could not tell which edition is the newest."""
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
    """A browser with one connection, which is used again."""

    def __init__(self, address: str) -> None:
        self._url = urlsplit(address)
        self._connection: HTTPConnection | None = None

    def ask(self, request: Request) -> Answer:
        """Send the request, and once more if the connection was cut. Raises OSError or HTTPException.

        Browsers and proxies send requests that change nothing a second time, because a server may close an idle
        connection at any time.
        """
        try:
            return self.ask_once(request)
        except TimeoutError:
            raise
        except (OSError, HTTPException):
            time.sleep(RETRY_AFTER)
            return self.ask_once(request)

    def ask_once(self, request: Request) -> Answer:
        connection = self._connection or HTTPConnection(self._url.netloc, timeout=HTTP_TIMEOUT)
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
        """The port of this end of the connection."""
        assert self._connection
        return int(self._connection.sock.getsockname()[1])

    def close(self) -> None:
        if self._connection:
            self._connection.close()


@dataclass
class Load:
    """Visitors who request pages while a block runs. Every answer must be a whole page."""

    address: str
    requests: Sequence[Request] = field(default_factory=lambda: PAGES)
    visitors: int = 2
    pause: float = 0.05  # seconds between two requests of a visitor
    answered: int = 0
    stale: int = 0
    failures: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=[number]) for number in range(self.visitors)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if not kind:  # on a busy machine a block may be over before the first answer
            until(lambda: self.answered or self.failures)
        self._over.set()
        for thread in self._threads:
            thread.join()
        if not kind:
            assert not self.failures, f"{len(self.failures)} failed, {self.answered} did not: {self.failures[:3]}"

    def _visit(self, first: int) -> None:
        with closing(Visitor(self.address)) as visitor:
            for number in itertools.count(first):
                if self._over.wait(self.pause):
                    return
                request = self.requests[number % len(self.requests)]
                try:
                    answer = visitor.ask(request)
                except (OSError, HTTPException) as error:
                    self.failures.append(f"{request}: {error!r}")
                    continue
                self.answered += 1
                self.stale += answer.stale
                if answer.status != 200:
                    self.failures.append(f"{request}: {answer.status}")
