"""Hostile input to every public address: no 5xx, nothing reflected, no cookie, every security header."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db

#: Values for the parts of an address; any other part is "1", which is a slug and a number.
KNOWN = {"generation": "mk2", "radio": "6000-cd", "message": "code"}
NASTY = [
    "",
    "\x00",
    "V123456\x00<b>",
    "<script>alert(1)</script>",
    "<b onclick=alert(1)>VO12345</b>\nit says <i onclick=alert(1)>WAIT</i>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}${7*7}#{7*7}",
    "' OR 1=1 --",
    "'; DROP TABLE guides_faq; --",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "%00%0d%0aSet-Cookie: a=b",
    "\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "//evil.example/%2e%2e",
    "javascript:alert(1)",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\ufeff\u202e\u2066\u0000\uffff\U0010ffff",
    "İıſK",  # change their length when their case is changed
    "a\u0301" * 500,
    "١٢٣٤٥٦",
    "9" * 5000,
    "-1",
    "1e309",
    "NaN",
    "[" * 3000,
    "M" * 2000,
    "\n" * 1999,
    "(a+)+$" * 300,
]
HEADERS = [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Cookie",
    "HX-Current-URL",
    "HX-Request",
    "HX-Target",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Unmodified-Since",
    "Origin",
    "Range",
    "Referer",
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-HTTP-Method-Override",
]
PARAMETERS = ["view", "step", "screen", "presses", "clock", "car", "radio", "text", "p", "next", "x"]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "JUNK"]
BODIES = [
    (b"", "application/x-www-form-urlencoded"),
    (b"text=%FF%FE%00%ZZ&text=2&&&=&;", "application/x-www-form-urlencoded"),
    (b"text=a", "application/x-www-form-urlencoded; charset=utf-16"),
    (b"text=a", "application/x-www-form-urlencoded; charset=no-such-thing"),
    (b"&".join(b"f%d=1" % n for n in range(1500)), "application/x-www-form-urlencoded"),
    (b"text=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
    (b"text=" + b"a" * 7_000_000, "application/x-www-form-urlencoded"),
    (b"no boundary at all", "multipart/form-data"),
    (b"--b\r\nContent-Disposition: form-data; name=text\r\n\r\nnever ends", "multipart/form-data; boundary=b"),
    (
        b'--b\r\nContent-Disposition: form-data; name="text"; filename="../x"\r\n\r\nV1\r\n--b--',
        "multipart/form-data; boundary=b",
    ),
    (b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--", "multipart/form-data; boundary=b"),
    (b"x", "multipart/form-data; boundary=" + "b" * 5000),
    (b'{"text": ' + b"[" * 5000, "application/json"),
    (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "text/xml"),
    (b"\x1f\x8b\x08\x00", "text/plain; " + ";" * 500),
    (b"text=a", "\x00"),
]
WANTED = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "X-Frame-Options": "DENY",
}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        elif not route.startswith("admin/"):
            yield from routes(each.url_patterns, route)


def public() -> list[str]:
    """Every public route, new ones too."""
    return [route for route in routes(get_resolver().url_patterns) if not route.startswith("admin/")]


def address(route: str, part: str | None = None) -> str:
    """An address of that route, with `part` in the place of everything that varies."""
    filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda each: KNOWN.get(each[1], "1") if part is None else part, route)
    return "/" + quote(filled, safe="/%:")


def is_well_behaved(response: Any, *sent: str) -> bool:
    """Asserts what holds for every answer, whatever was sent."""
    assert response.status_code < 500
    assert not response.cookies
    missing = [name for name, value in WANTED.items() if value not in response.get(name, "")]
    assert not missing
    assert "Cookie" not in response.get("Vary", "")
    assert re.match(r"/(?!/)|http://testserver/|$", response.get("Location", ""))
    body = (b"".join(response) if response.streaming else response.content).lower()  # the reader answers in capitals
    for line in (line for text in sent for line in text.lower().splitlines()):
        if set(line) & set("<>\"'") and len(line) > 8:
            assert line.encode("utf-8", "replace") not in body
    return True


def headers(text: str) -> dict[str, str]:
    """As a server hands them on: no line breaks, and bytes as latin-1."""
    safe = text.encode("utf-8", "replace").decode("latin-1").translate({10: None, 13: None, 0: None})[:4000]
    return dict.fromkeys(HEADERS, safe)


def test_all_public_routes_are_found() -> None:
    found = public()
    assert {"", "check/", "focus/<slug:generation>/<slug:radio>/", "sw.js", "healthz"} <= set(found)
    assert len(found) > 30


@pytest.mark.parametrize("route", public())
def test_every_address_takes_every_method(client: Client, route: str) -> None:
    for method in METHODS:
        assert is_well_behaved(client.generic(method, address(route)))


@pytest.mark.parametrize("route", public())
def test_every_address_takes_every_text_at_once(client: Client, route: str) -> None:
    all_of_it = "".join(NASTY)[:6000]
    query = dict.fromkeys(PARAMETERS, all_of_it)
    assert is_well_behaved(client.get(address(route), query, headers=headers(all_of_it)), *NASTY)
    assert is_well_behaved(client.get(address(route) + "?" + "&".join(f"a{n}" for n in range(2000))))
    assert is_well_behaved(client.get(address(route, "%00%ff%C0%AF'\"<x>")), "'\"<x>")
    assert is_well_behaved(client.get(address(route) + all_of_it.replace("\ud800", "")), *NASTY)
    for body, content_type in BODIES[:2]:
        assert is_well_behaved(client.generic("POST", address(route), body, content_type=content_type))


@pytest.mark.parametrize(("body", "content_type"), BODIES)
def test_a_body_may_be_anything(client: Client, body: bytes, content_type: str) -> None:
    response = client.generic("POST", "/check/", body, content_type=content_type)
    assert is_well_behaved(response)
    assert response.status_code in {200, 400, 413}


def test_texts_are_shown_as_text(client: Client) -> None:
    for text in NASTY:
        for more in ({}, {"HX-Request": "true"}):
            answer = client.post("/check/", {"text": text}, headers=more)
            assert answer.status_code == 200, text
            assert is_well_behaved(answer, text)
        assert is_well_behaved(client.get("/questions/", dict.fromkeys(PARAMETERS, text), headers=headers(text)), text)
        assert is_well_behaved(client.get(quote(f"/{text}")), text)


def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    for host in ("evil.example", "testserver:x", "testserver, evil.example", "<b>", "[::", "x" * 5000, ""):
        for path in ("/", "/robots.txt", "/focus/mk2/6000-cd/qr.svg"):
            response = client.get(path, headers={"Host": host}, SERVER_NAME=host)
            assert response.status_code == 400, (host, path)
            assert is_well_behaved(response, host)


@given(
    route=st.sampled_from(public()),
    method=st.sampled_from(METHODS[:4]),
    text=st.text(max_size=60) | st.sampled_from(NASTY),
    names=st.lists(st.sampled_from(HEADERS), max_size=4, unique=True),
    place=st.sampled_from(["path", "slug", "query", "body"]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_place(
    client: Client, route: str, method: str, text: str, names: list[str], place: str
) -> None:
    path = address(route, quote(text.encode("utf-8", "replace"), safe="")) if place == "slug" else address(route)
    if place == "path":
        path += quote(text.encode("utf-8", "replace"))
    if place == "query":
        path += "?view=steps&step=" + quote(text.encode("utf-8", "replace"))
    body = text.encode("utf-8", "replace") if place == "body" else b""
    chosen = {name: value for name, value in headers(text).items() if name in names}
    kind = "application/x-www-form-urlencoded"
    assert is_well_behaved(client.generic(method, path, body, content_type=kind, headers=chosen), text)


def test_a_page_that_fails_has_the_headers_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr("guides.public.selectors.directory", fail)
    client.raise_request_exception = False
    response = client.get("/cars/")
    assert response.status_code == 500
    response.status_code = 499  # the rest is asserted as for any other answer
    assert is_well_behaved(response)
