"""Those who send slowly, or nothing at all, hold up nobody else."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

import pytest

from benchmarks import servers
from tests.browser import install
from tests.site import Site

from .conftest import running, until
from .load import GUIDE, PAGES, READER, Load

MANY = 200
BODIES = 60
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n"
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
BODY = b"POST /check/ HTTP/1.1\r\nHost: localhost\r\n" + FORM + b"\r\n"
#: Answers in this time, but for one in a hundred.
PROMPT = 2  # seconds


@pytest.fixture(scope="module")
def site(new_site: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(new_site(tmp_path_factory.mktemp("slow"))) as site:
        yield site


@contextmanager
def trickling(address: str, number: int, begin: bytes, then: bytes = b"") -> Iterator[None]:
    """So many connections that begin a request, and go on by one piece in a second."""
    port = int(address.rpartition(":")[2])
    over = threading.Event()
    with ExitStack() as stack:
        connections = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(number)]

        def trickle() -> None:
            for connection in connections:
                connection.sendall(begin)
            open_ones = connections
            while then and not over.wait(1):
                open_ones = [each for each in open_ones if _sent(each, then)]

        thread = threading.Thread(target=trickle)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _sent(connection: socket.socket, piece: bytes) -> bool:
    """The server may have had enough of it."""
    try:
        connection.sendall(piece)
    except OSError:
        return False
    return True


def watch(address: str, requests: int = 300) -> None:
    with Load(address, [*PAGES, READER]) as load:
        until(lambda: len(load.seconds) >= requests, 30)
    assert quantiles(load.seconds, n=100)[-1] < PROMPT


def test_who_trickles_headers_and_who_only_keeps_a_connection(site: Site) -> None:
    idle = HEAD + b"\r\n"  # one request, and then nothing more
    with trickling(site.address, MANY, HEAD, b"X: y\r\n"), trickling(site.address, MANY, idle):
        watch(site.address)


def test_behind_nginx_bodies_that_never_end_hold_up_nobody(site: Site, tmp_path: Path) -> None:
    """Granian alone gives each a thread, and has eight (docs/security.md)."""
    if not shutil.which("nginx"):
        install("nginx", "util-linux")
    with (
        servers.nginx(tmp_path / "nginx", site.address, b"", GUIDE) as (_files, address),
        trickling(address, BODIES, BODY, b"a"),
    ):
        watch(address)
