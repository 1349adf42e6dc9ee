"""The production server, asked without a browser: malformed requests, several workers, a host without the admin."""

import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from tests.site import Site, until

from .helpers import fetch

HEAD = b"Host: localhost\r\nConnection: close\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /check/ HTTP/1.1\r\n" + FORM
#: Each is answered with one of these statuses; 0 stands for a connection that is closed without an answer.
REQUESTS: list[tuple[bytes, set[int]]] = [
    (b"JUNK\r\n\r\n", {400}),
    (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", {400, 0}),
    (b"GET /\r\n\r\n", {400}),
    (b"GET / HTTP/9.9\r\n" + HEAD + b"\r\n", {400}),
    (b"GET / HTTP/1.0\r\n\r\n", {400}),
    (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", {400}),
    (b"GET / HTTP/1.1\r\n" + HEAD + b"Host: evil.example\r\n\r\n", {400}),
    (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", {400}),
    (b"GET /\x00 HTTP/1.1\r\n" + HEAD + b"\r\n", {400}),
    (b"GET /%00%ff%c0%af HTTP/1.1\r\n" + HEAD + b"\r\n", {404}),
    (b"GET /check/\xff HTTP/1.1\r\n" + HEAD + b"\r\n", {400, 404}),
    (b"GET /static/..%2f..%2fmanage.py HTTP/1.1\r\n" + HEAD + b"\r\n", {404}),
    (b"GET /static/../manage.py HTTP/1.1\r\n" + HEAD + b"\r\n", {404}),
    (b"GET //evil.example/ HTTP/1.1\r\n" + HEAD + b"\r\n", {404}),
    (b"GET //evil.example HTTP/1.1\r\n" + HEAD + b"\r\n", {404}),
    (b"OPTIONS * HTTP/1.1\r\n" + HEAD + b"\r\n", {404, 405}),
    (b"CONNECT evil.example:80 HTTP/1.1\r\n" + HEAD + b"\r\n", {400, 403, 404, 405}),
    (b"TRACE / HTTP/1.1\r\n" + HEAD + b"X-Mine: <script>\r\n\r\n", {405}),
    (b"GET / HTTP/1.1\r\n" + HEAD + b"X: \x00\r\n\r\n", {400}),
    (b"GET / HTTP/1.1\r\n" + HEAD + b"X : 1\r\n\r\n", {400}),
    (b"GET / HTTP/1.1\r\n" + HEAD + b"X: a\r\n b\r\n\r\n", {400}),
    (b"GET / HTTP/1.1\r\n" + HEAD + b"User-Agent: \xff\xfe\r\n\r\n", {200, 400}),
    (b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"a" * 200_000 + b"\r\n\r\n", {431, 0}),
    (b"GET / HTTP/1.1\r\n" + HEAD + b"".join(b"X%d: 1\r\n" % n for n in range(500)) + b"\r\n", {431}),
    (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", {414, 431, 0}),
    (POST + b"Content-Length: -5\r\n\r\n", {400}),
    (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", {400}),
    (POST + b"Content-Length: 99999999999999999999999\r\n\r\n", {400, 413}),
    (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", {200, 400}),
    (POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n", {200, 400}),
    (POST + b"Transfer-Encoding: gzip\r\n\r\n\x1f\x8b", {400, 200}),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 100, {0}),
]


PAGE = "/messages/wait/"
CHANGE = "ErrorMessage.objects.filter(slug='wait').update(meaning='Changed today.')"


def connect(site: Site) -> socket.socket:
    return socket.create_connection(("127.0.0.1", site.port), timeout=30)


def received(connection: socket.socket) -> tuple[int, bytes]:
    """The status, 0 if there is none, and the whole answer."""
    answer = b""
    with suppress(OSError):  # the server may close the connection
        while part := connection.recv(65536):
            answer += part
    status = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(status[1]) if status else 0, answer


def ask(site: Site, request: bytes) -> tuple[int, bytes]:
    with connect(site) as connection:
        with suppress(OSError):  # refused before all of it was sent; the answer may be there all the same
            connection.sendall(request)
        return received(connection)


def serves(site: Site) -> bool:
    return site.status("/healthz") == 200


def test_malformed_requests_are_refused(server: Site) -> None:
    wrong = []
    for request, statuses in REQUESTS:
        status, answer = ask(server, request)
        if status not in statuses or b"set-cookie" in answer.lower() or b"<script>" in answer.split(b"X-Mine")[-1]:
            wrong.append((request[:80], answer[:200]))
        assert serves(server), request[:80]
    assert wrong == []


def test_a_large_body_is_refused_before_it_is_sent(server: Site) -> None:
    with connect(server) as connection:
        connection.sendall(POST + b"Content-Length: 10000000\r\n\r\ntext=")
        status, answer = received(connection)
    assert status == 413
    assert b"content-security-policy" in answer.lower()


def test_unfinished_requests_hold_up_no_other(server: Site) -> None:
    """The answer comes while they are all still open, and so before the server's own timeout closed them."""
    with ExitStack() as stack:
        waiting = [stack.enter_context(connect(server)) for _ in range(300)]
        for connection in waiting:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
        waiting.append(stack.enter_context(connect(server)))
        waiting[-1].sendall(POST + b"Content-Length: 500\r\n\r\ntext=V12")
        assert serves(server)
        for connection in waiting:
            connection.setblocking(False)
            with pytest.raises(BlockingIOError):
                connection.recv(1)
    assert serves(server)


def test_static_files_and_errors_have_the_security_headers(server: Site) -> None:
    style = re.search(r'/static/css/site[^"]*\.css', fetch(server.address))
    assert style
    for path in ("/", "/nothing/", "/static/css/none.css", "/healthz", "/static/", style[0]):
        head = ask(server, f"GET {path} HTTP/1.1\r\n".encode() + HEAD + b"\r\n")[1].split(b"\r\n\r\n")[0].lower()
        for name in (
            b"content-security-policy",
            b"x-content-type-options",
            b"referrer-policy",
            b"permissions-policy",
            b"cross-origin-opener-policy",
            b"cross-origin-resource-policy",
            b"x-frame-options",
        ):
            assert name in head, (path, name)


# ---- Two workers


@pytest.fixture
def two_workers(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    site = Site(Path(shutil.copy(prepared, tmp_path)), tmp_path / "pages")
    site.start(workers=2)
    yield site
    site.stop()


def answers(site: Site) -> set[bool]:
    """Whether the page shows the change, asked over so many connections that every worker answers some."""
    return {"Changed today." in fetch(f"{site.address}{PAGE}") for _ in range(40)}


def test_all_workers_show_a_change_and_go_on_without_their_database(two_workers: Site) -> None:
    assert answers(two_workers) == {False}
    two_workers.change(CHANGE)
    until(lambda: answers(two_workers) == {True})
    with closing(sqlite3.connect(two_workers.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("DROP TABLE guides_errormessage_sources")
        connection.execute("DROP TABLE guides_version")
    assert answers(two_workers) == {True}


# ---- ADMIN_ENABLED=0


def test_a_host_without_the_admin(own_site: Site) -> None:
    own_site.stop()
    own_site.start(ADMIN_ENABLED="0")
    for path in ("/admin/", "/admin/login/", "/admin/guides/report/", "/admin/second-factor/code/"):
        status, answer = ask(own_site, f"GET {path} HTTP/1.1\r\n".encode() + HEAD + b"\r\n")
        assert status == 404, path
        assert b"set-cookie" not in answer.lower(), path
    for path in ("/", "/healthz", "/focus/mk2/6000-cd/", "/check/", "/sw.js"):
        assert own_site.status(path) == 200, path
    body = b"text=V123456"
    assert b'data-verdict="serial"' in ask(own_site, POST + b"Content-Length: %d\r\n\r\n%b" % (len(body), body))[1]
