"""What no browser would send, byte by byte, to the production server: it answers or hangs up, and goes on serving."""

import re
import socket
import time
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import pytest

HEAD = b"Host: localhost\r\nConnection: close\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /check/ HTTP/1.1\r\n" + FORM
#: Each is to be answered with one of the statuses, or with none at all: 0 is a connection that was closed.
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


def connect(site: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", urlsplit(site).port or 80), timeout=15)


def ask(site: str, request: bytes) -> tuple[int, bytes]:
    """The status, 0 if there is none, and everything that came."""
    answer = b""
    with connect(site) as connection:
        with suppress(OSError):  # refused before all of it was sent; the answer may be there all the same
            connection.sendall(request)
        with suppress(OSError):
            while part := connection.recv(65536):
                answer += part
    status = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(status[1]) if status else 0, answer


def serves(site: str) -> bool:
    return ask(site, b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n")[0] == 200


@pytest.mark.parametrize(("request_", "statuses"), REQUESTS)
def test_nonsense_is_answered_or_cut_off(site: str, request_: bytes, statuses: set[int]) -> None:
    status, answer = ask(site, request_)
    assert status in statuses
    assert b"set-cookie" not in answer.lower()
    assert b"<script>" not in answer.split(b"X-Mine")[-1]
    assert serves(site)


def test_ten_megabytes_are_refused_at_once_with_a_clear_answer(site: str) -> None:
    started = time.monotonic()
    status, answer = ask(site, POST + b"Content-Length: 10000000\r\n\r\n" + b"a" * 10_000_000)
    assert status == 413
    assert b"none of it was read" in answer
    assert b"content-security-policy" in answer.lower()
    assert time.monotonic() - started < 3


def test_many_who_never_finish_their_headers_hold_up_nobody(site: str) -> None:
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(connect(site)).sendall(b"GET / HTTP/1.1\r\nHost: local")
        started = time.monotonic()
        assert serves(site)
        assert time.monotonic() - started < 5


def test_a_body_that_never_comes_ends_with_its_connection(site: str) -> None:
    with connect(site) as connection:
        connection.sendall(POST + b"Content-Length: 500\r\n\r\ntext=V12")
        assert serves(site)
    assert serves(site)


@pytest.mark.parametrize("path", ["/", "/nothing/", "/static/css/none.css", "/healthz", "/static/", "STYLE"])
def test_what_the_server_sends_has_the_headers_too(site: str, path: str) -> None:
    if path == "STYLE":
        page = ask(site, b"GET / HTTP/1.1\r\n" + HEAD + b"\r\n")[1].decode()
        path = re.search(r'/static/css/site[^"]*\.css', page)[0]  # type: ignore[index]
    answer = ask(site, f"GET {path} HTTP/1.1\r\n".encode() + HEAD + b"\r\n")[1].split(b"\r\n\r\n")[0].lower()
    for name in (b"content-security-policy", b"x-content-type-options", b"referrer-policy", b"permissions-policy"):
        assert name in answer
    for name in (b"cross-origin-opener-policy", b"cross-origin-resource-policy", b"x-frame-options"):
        assert name in answer
