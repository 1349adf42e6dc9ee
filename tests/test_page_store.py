"""The page store: what Django would say, only sooner; and what it does when things fail."""

import gzip
import io
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.http import QueryDict
from django.urls import resolve
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from focushelp.encodings import best
from focushelp.page_store import editions as editions_module
from focushelp.page_store import store as store_module
from focushelp.page_store.asking import ask
from focushelp.page_store.disk import KEPT, Disk
from focushelp.page_store.page import Address, Page
from focushelp.page_store.store import PageStore
from focushelp.page_store.warming import NotNowError, Warming, Watch
from guides.addresses import is_public, public_addresses
from guides.history import recorded
from guides.models import ErrorMessage, Fitment, Version
from guides.offline import PARAMETERS

pytestmark = pytest.mark.django_db

GUIDE = "/focus/mk2/6000-cd/"
FEW = ["/", "/messages/wait/", f"{GUIDE}qr.svg", "/robots.txt"]


class Answered:
    """What an application answers over WSGI. Headers by small names; the body without its encoding."""

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


@pytest.fixture
def disk(tmp_path: Path, settings: Settings) -> Disk:
    settings.PAGES_PATH = tmp_path / "pages"
    return Disk(settings.PAGES_PATH)


@pytest.fixture
def store(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> PageStore:
    """In front of Django, without the thread that watches: it would see another database than the test."""
    monkeypatch.setattr("focushelp.page_store.warming.Watch.start", lambda watch: None)
    return PageStore(WSGIHandler())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of a few addresses, so that all of them are made in a moment."""
    addresses = [*FEW, f"{GUIDE}?view=steps&step=3"]
    monkeypatch.setattr("focushelp.page_store.warming.public_addresses", lambda: addresses)
    return addresses


@pytest.fixture
def asked(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that reached Django."""
    paths: list[str] = []
    django = store.django

    def counting(environ: Any, start_response: Any) -> Any:
        paths.append(environ["PATH_INFO"])
        return django(environ, start_response)

    monkeypatch.setattr(store, "django", counting)
    return paths


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call it, and the database is gone."""

    def fail(*arguments: Any, **named: Any) -> None:
        raise DatabaseError("gone")

    return lambda: monkeypatch.setattr("django.db.backends.utils.CursorWrapper._execute_with_wrappers", fail)


def change(words: str) -> None:
    with recorded(None):
        ErrorMessage.objects.filter(slug="wait").update(meaning=words)


# ---- The same as Django says


def comparable(answered: Answered) -> tuple[int, dict[str, str], bytes]:
    """Without what an encoding or the clock changes, and what differs between a strong tag and a weak one."""
    apart = {"content-length", "content-encoding", "etag", "expires"}
    return answered.status, {k: v for k, v in answered.headers.items() if k not in apart}, answered.body


PATHS = ["/", GUIDE, f"{GUIDE}qr.svg", "/radios/sony/", "/reader.json", "/sitemap.xml", "/robots.txt", "/last-car/"]
PATHS += ["/focus/mk9/", "/nothing/", "/about", "/admin/", "/healthz", "/sw.js", "/favicon.ico", "//", "/focus/mk2/é/"]
PATHS += ["/did-it/", "/preview/nothing/"]
QUERIES = ["", "?", "?view=steps&step=3", "?view=steps&step=999", "?x=1", "?%00", "?car=mk2&radio=", "?x=1&view=steps"]
QUERIES += ["?page=/messages/", "?radio=6000-cd&car=mk2&step=serial-on-display/hold"]
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "accept_encoding": st.sampled_from(["", "gzip", "br", "gzip, deflate, br", "br;q=0", "*", "gzip;q=0.5,br;q=x"]),
        "hx_request": st.sampled_from(["true", "false", "TRUE", ""]),
        "hx_history_restore_request": st.just("true"),
        "hx_request_uri_autoencoded": st.just("true"),
        "host": st.sampled_from(["localhost", "LOCALHOST:81", "elsewhere.example", "", "local host"]),
        "x_forwarded_proto": st.sampled_from(["https", "http"]),
        "x_forwarded_host": st.just("elsewhere.example"),
        "authorization": st.just("Basic eDp5"),
        "accept_language": st.sampled_from(["de", "en"]),
        "if_none_match": st.sampled_from(["", '"x"', "nonsense", 'W/"x", "y"']),
        "if_match": st.sampled_from(["*", '"x"']),
        "if_modified_since": st.sampled_from(["Sun, 06 Nov 2033 08:49:37 GMT", "nonsense"]),
        "if_unmodified_since": st.just("Sun, 06 Nov 1994 08:49:37 GMT"),
        "range": st.just("bytes=0-9"),
    },
)


@given(
    path=st.sampled_from(PATHS) | st.text(st.characters(max_codepoint=255), max_size=20).map(lambda text: f"/{text}"),
    query=st.sampled_from(QUERIES),
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "PUT", "OPTIONS"]),
    headers=HEADERS,
)
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_says_what_django_says(
    store: PageStore, path: str, query: str, method: str, headers: dict[str, str]
) -> None:
    django = Answered(store.django, path + query, method, **headers)
    for _ in ("made", "kept"):
        answered = Answered(store, path + query, method, **headers)
        if method == "HEAD":  # Django leaves it to the server to send no body
            answered.body = django.body = b""
        assert comparable(answered) == comparable(django)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_says_what_django_says_behind_a_proxy_too(
    store: PageStore, settings: Settings, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    proxied = PageStore(WSGIHandler())
    Answered(proxied, GUIDE, x_forwarded_proto="https")
    answered = Answered(proxied, GUIDE, x_forwarded_proto=scheme)
    assert comparable(answered) == comparable(Answered(WSGIHandler(), GUIDE, x_forwarded_proto=scheme))
    assert answered.status == (200 if scheme == "https" else 301)


@pytest.mark.parametrize("path", ["/", GUIDE, f"{GUIDE}qr.svg", f"{GUIDE}offline.html", "/sitemap.xml", "/robots.txt"])
def test_a_page_is_the_same_whatever_name_was_asked(path: str) -> None:
    one, other = (Answered(WSGIHandler(), path, host=host) for host in ("localhost", "127.0.0.1:8000"))
    assert one.body == other.body


def test_no_cookie_is_looked_at(store: PageStore) -> None:
    without, sent = Answered(store, GUIDE), Answered(store, GUIDE, cookie="sessionid=x; csrftoken=y")
    assert (sent.headers, sent.sent) == (without.headers, without.sent)
    assert "set-cookie" not in sent.headers


# ---- From memory


def test_a_page_is_made_once(
    store: PageStore, asked: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Answered(store, GUIDE)
    with django_assert_num_queries(0):
        for encoding in ("", "gzip", "br"):
            assert Answered(store, GUIDE, accept_encoding=encoding).status == 200
    assert asked == [GUIDE]


def test_a_link_that_was_passed_on_leads_to_the_same_page(store: PageStore, asked: list[str]) -> None:
    Answered(store, GUIDE)
    for query in ("?fbclid=IwAR0", "?utm_source=a&utm_medium=b", "?", "?&", "?x", "?%00=%ff"):
        assert Answered(store, GUIDE + query).body == Answered(store, GUIDE).body
    assert asked == [GUIDE]
    step = Answered(store, f"{GUIDE}?fbclid=x&view=steps&%73tep=3")
    assert step.body == Answered(store.django, f"{GUIDE}?view=steps&step=3").body


@pytest.mark.parametrize("path", ["/did-it/", "/preview/made:up/", "/admin/", "/healthz"])
def test_what_is_for_one_keeps_its_query_and_is_asked_of_django(store: PageStore, asked: list[str], path: str) -> None:
    assert not is_public(path)
    Answered(store, f"{path}?page=/messages/")
    assert asked == [path]


def test_no_page_looks_at_another_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    names: set[str] = set()

    class Noting(QueryDict):
        def __getitem__(self, key: str) -> Any:
            names.add(key)
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            if not self._mutable:  # while it is being made it asks for every key
                names.add(str(key))
            return super().__contains__(key)

    monkeypatch.setattr(WSGIRequest, "GET", property(lambda request: Noting(request.META["QUERY_STRING"])))
    kinds = {(resolve(urlsplit(each).path).url_name, bool(urlsplit(each).query)): each for each in public_addresses()}
    for address in kinds.values():
        marked = Answered(WSGIHandler(), f"{address}{'&' if '?' in address else '?'}fbclid=x")
        assert marked.status == 200
        assert marked.body == Answered(WSGIHandler(), address).body
    assert names == set(PARAMETERS)


def test_page_and_fragment_are_two(store: PageStore) -> None:
    for _ in ("made", "kept"):
        assert Answered(store, GUIDE).body.startswith(b"<!doctype html>")
        assert b"<html" not in Answered(store, GUIDE, hx_request="true").body


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_an_unchanged_page_is_not_sent_again(store: PageStore, encoding: str) -> None:
    first = Answered(store, GUIDE, accept_encoding=encoding)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers.get("content-encoding", "") == encoding
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = Answered(store, GUIDE, accept_encoding=encoding, if_none_match=known)
        assert (again.status, again.sent, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
        assert "content-length" not in again.headers
    assert Answered(store, GUIDE, accept_encoding=encoding, if_none_match='"other"').status == 200


def test_each_form_of_a_page_has_a_tag_of_its_own(store: PageStore) -> None:
    forms = [
        Answered(store, path, accept_encoding=encoding, **fragment).headers["etag"]
        for path in (GUIDE, "/")
        for encoding in ("", "gzip", "br")
        for fragment in ({}, {"hx_request": "true"})
    ]
    assert len(set(forms)) == len(forms)


def test_head_says_how_long_the_page_is_and_sends_none(store: PageStore) -> None:
    page, head = Answered(store, GUIDE), Answered(store, GUIDE, "HEAD")
    assert (head.status, head.sent, head.headers) == (200, b"", page.headers)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0,gzip;q=0.000", ""),
        ("GZIP ; Q=0.5 , br ; q=0.4", "gzip"),
        ("identity", ""),
        ("*", ""),
        ("br;q=2, gzip;q=-1", ""),
        ("brx, xgzip", ""),
        (",,;", ""),
    ],
)
def test_the_encoding_is_one_that_the_browser_takes(accepted: str, encoding: str) -> None:
    assert best(accepted) == encoding


@given(st.text())
def test_no_accept_encoding_is_too_strange(accepted: str) -> None:
    assert best(accepted) in {"", "gzip", "br"}


def test_strangers_cannot_fill_the_memory(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (GUIDE, "/nothing/", "/focus/mk9/", "/static/css/site.css", "/admin/login/", "/healthz"):
        for query in ("?view=1", "?clock=now", "?view=steps&step=98", "?car=a&radio=b"):
            Answered(store, path + query)
    Answered(store, "/", host="localhost:1")
    Answered(store, "/", host="localhost:2")
    assert list(store.editions.newest.pages) == [("/", "", False)]
    monkeypatch.setattr(editions_module, "ROOM", 100_000)
    for path in ("/radios/", "/messages/", "/cars/", GUIDE, "/questions/"):
        Answered(store, path)
        assert sum(page.size for page in store.editions.newest.pages.values()) <= 100_000


@pytest.mark.parametrize("path", ["/check/", GUIDE, "/"])
def test_what_is_sent_goes_to_django_and_is_not_kept(store: PageStore, asked: list[str], path: str) -> None:
    for _ in range(2):
        Answered(store, path, "PUT")
    assert asked == [path, path]
    assert not store.editions.newest.pages


# ---- A change


def test_a_change_makes_a_new_edition(store: PageStore) -> None:
    before = Answered(store, "/messages/wait/")
    change("Changed today.")
    assert Answered(store, "/messages/wait/").body == before.body
    store.editions.look()  # as the watch does once a second
    assert b"Changed today." in Answered(store, "/messages/wait/").body


def test_a_page_that_is_asked_for_first_is_never_of_the_version_before(store: PageStore) -> None:
    Answered(store, "/")
    change("Changed today.")
    assert b"Changed today." in Answered(store, "/messages/wait/").body
    store.editions.look()
    assert b"Changed today." in Answered(store, "/messages/wait/").body


def test_a_page_made_while_the_content_changes_is_not_kept(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*arguments: Any) -> Any:
        said = ask(*arguments)
        change("Changed meanwhile.")
        return said

    monkeypatch.setattr("focushelp.page_store.store.ask", meanwhile)
    assert Answered(store, "/messages/wait/").status == 200
    assert b"Changed meanwhile." in Answered(store, "/messages/wait/").body


def test_nothing_is_kept_of_content_without_a_version(store: PageStore) -> None:
    Version.objects.all().delete()
    assert Answered(store, GUIDE).status == 200
    assert not store.editions.newest.pages


def test_many_at_once_get_the_same_page(store: PageStore) -> None:
    expected = Answered(store, GUIDE, accept_encoding="br").sent
    found: list[bytes] = []

    def read() -> None:
        found.extend(Answered(store, GUIDE, accept_encoding="br").sent for _ in range(50))

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert found == [expected] * 400


def test_a_crowd_that_wants_a_new_page_has_it_made_once(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    edition, answer = store.editions.look(), ask(store.django, Address(GUIDE))
    made: list[Address] = []

    def slowly(django: Any, address: Address) -> Any:
        made.append(address)
        time.sleep(0.3)
        return answer

    monkeypatch.setattr(store.editions, "look", lambda: edition)
    monkeypatch.setattr("focushelp.page_store.store.ask", slowly)
    found: list[bytes] = []
    crowd = [threading.Thread(target=lambda: found.append(Answered(store, GUIDE).sent)) for _ in range(8)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert found == [answer.body] * 8
    assert made == [Address(GUIDE)]


def test_who_waits_for_a_page_does_not_wait_for_ever(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.01)
    with store._turn(Address(GUIDE)):
        assert Answered(store, GUIDE).status == 200


# ---- On the disk


def warm(store: PageStore) -> list[str]:
    return Warming(store.django, store.editions, lambda line: None).run()


def test_every_address_is_known_and_public(store: PageStore) -> None:
    addresses = list(public_addresses())
    assert len(addresses) == len(set(addresses)) > 500
    assert all(is_public(address.partition("?")[0]) for address in addresses)
    fitments = Fitment.objects.published().count()
    assert sum(address.endswith("/offline.html") for address in addresses) > fitments
    kinds = {address.partition("?")[0].rsplit("/", 1)[-1] or "page" for address in addresses}
    assert kinds == {
        "page",
        "reader.json",
        "qr.svg",
        "offline.html",
        "robots.txt",
        "sitemap.xml",
        "manifest.webmanifest",
    }


def test_warmed_pages_need_neither_django_nor_database(
    store: PageStore, few: list[str], asked: list[str], no_database: Any
) -> None:
    assert warm(store) == []
    asked.clear()
    store.editions.newest.pages.clear()
    no_database()
    for address in few:
        assert Answered(store, address).status == 200
    assert b"<html" not in Answered(store, "/", hx_request="true").body
    assert asked == []


def test_a_page_comes_from_the_disk_byte_for_byte(store: PageStore, few: list[str]) -> None:
    warm(store)
    name = store.editions.newest.name
    page = store.editions.disk.read(name, Address(GUIDE, "view=steps&step=3"))
    made = ask(store.django, Address(GUIDE, "view=steps&step=3")).page
    assert page
    assert made
    assert (page.headers, page.tag, page.bodies) == (made.headers, made.tag, made.bodies)


def test_a_cold_start_without_a_database_serves_the_newest_whole_edition(
    store: PageStore, few: list[str], no_database: Any
) -> None:
    warm(store)
    change("Changed today.")
    store.editions.look()
    warm(store)
    no_database()
    cold = PageStore(store.django)
    answered = Answered(cold, "/messages/wait/")
    assert answered.status == 200
    assert answered.stale
    assert answered.headers["cache-control"] == "public, no-cache"
    assert b"Changed today." in answered.body
    assert Answered(cold, f"{GUIDE}?view=steps&step=3").stale


def test_pages_go_on_when_the_database_goes_and_are_new_when_it_is_back(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch, no_database: Any
) -> None:
    warm(store)
    change("Changed today.")  # its pages were never made
    with monkeypatch.context() as while_gone:
        store.editions.look()
        while_gone.setattr("guides.models.history.VersionManager.newest_digest", _gone)
        while_gone.setattr("guides.selectors.get_message", _gone)
        store.editions.look()
        assert Answered(store, "/messages/wait/").stale
    store.editions.look()
    back = Answered(store, "/messages/wait/")
    assert not back.stale
    assert b"Changed today." in back.body


def _gone(*arguments: Any) -> None:
    raise DatabaseError("gone")


def test_a_page_in_memory_says_that_nobody_can_tell_whether_it_is_the_newest(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Answered(store, "/messages/wait/")
    with monkeypatch.context() as while_gone:
        while_gone.setattr("guides.models.history.VersionManager.newest_digest", _gone)
        store.editions.look()
        stale = Answered(store, "/messages/wait/")
        assert (stale.status, stale.stale, stale.body) == (200, True, fresh.body)
        assert stale.headers["etag"] == fresh.headers["etag"]
        assert Answered(store, "/messages/wait/", if_none_match=fresh.headers["etag"]).status == 304
    store.editions.look()
    assert not Answered(store, "/messages/wait/").stale


def test_without_a_database_an_address_with_an_unknown_query_shows_the_page_without_it(
    store: PageStore, few: list[str], no_database: Any
) -> None:
    warm(store)
    known = Answered(store, GUIDE)
    no_database()
    store.editions.look()
    answered = Answered(store, f"{GUIDE}?view=elsewhere")
    assert (answered.status, answered.stale, answered.body) == (200, True, known.body)
    assert Answered(store, "/messages/nothing/").status == 503


def test_a_page_that_fails_is_stood_in_for(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    warm(store)
    change("Changed today.")
    store.editions.look()
    monkeypatch.setattr("guides.selectors.get_message", lambda slug: 1 / 0)
    assert Answered(store, "/messages/wait/").stale
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\n\n", None], ids=["empty", "nonsense", "lines", "cut off"])
def test_a_damaged_file_is_as_good_as_none(
    store: PageStore, few: list[str], caplog: pytest.LogCaptureFixture, damage: bytes | None
) -> None:
    warm(store)
    store.editions.newest.pages.clear()
    for path in store.editions.disk.root.rglob("*.page"):
        path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    assert Answered(store, "/").status == 200
    assert "is damaged" in caplog.text


@given(st.binary(max_size=200))
def test_no_file_is_too_strange(data: bytes) -> None:
    with pytest.raises(ValueError, match="checksum"):
        Page.load(data)


def test_a_list_of_editions_that_is_damaged_names_none(disk: Disk) -> None:
    disk.set_complete("0" * 16 + "-" + "0" * 16)
    (disk.root / "complete").write_bytes(b"\xff../../etc\n\0\n" + b"1" * 16 + b"-" + b"2" * 16)
    assert disk.complete() == ["1" * 16 + "-" + "2" * 16]


def test_few_editions_are_kept(disk: Disk) -> None:
    page = Page([], "tag", {"": b"page"})
    names = [f"{number:016x}-{number:016x}" for number in range(6)]
    for name in names:
        disk.write(name, Address("/"), page)
        disk.set_complete(name)
    assert disk.complete() == names[::-1][:KEPT]
    assert {path.name for path in disk.root.glob("*-*")} == set(disk.complete())
    disk.set_complete(names[-2])  # content that was taken back
    assert disk.complete() == [names[4], names[5], names[3]]


def test_one_process_writes_at_a_time(store: PageStore, few: list[str]) -> None:
    with store.editions.disk.writing() as ours:
        assert ours
        with pytest.raises(NotNowError):
            warm(store)


def test_warming_ends_when_the_content_changes(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*arguments: Any) -> Any:
        said = ask(*arguments)
        change("Changed meanwhile.")
        return said

    monkeypatch.setattr("focushelp.page_store.warming.ask", meanwhile)
    with pytest.raises(NotNowError):
        warm(store)
    assert store.editions.disk.complete() == []
    assert not list(store.editions.disk.root.rglob("*.page"))


def test_a_disk_that_takes_nothing_leaves_the_memory(
    store: PageStore, few: list[str], settings: Settings, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("focushelp.page_store.disk._replace", full)
    with pytest.raises(OSError, match="No space"):
        warm(store)
    with pytest.raises(CommandError, match="cannot be written to: No space left"):
        call_command("warm")
    asked.clear()
    for _ in range(2):
        assert Answered(store, GUIDE).status == 200
    assert asked == [GUIDE]


def test_the_watch_looks_through_what_is_on_the_disk_once_and_mends_it(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(store)
    pages = sorted(store.editions.disk.root.rglob("*.page"))
    before = [page.read_bytes() for page in pages]
    pages[0].unlink()
    pages[1].write_bytes(b"half")
    monkeypatch.setattr("focushelp.page_store.warming.SETTLED", -1)
    started = run_at_once(monkeypatch)
    watch = Watch(store.django, store.editions)
    for _ in range(3):
        watch._look()
    assert [page.read_bytes() for page in pages] == before
    assert len(started) == 1
    pages[1].write_bytes(b"half")
    store.editions.newest.pages.clear()
    assert {Answered(store, path).status for path in FEW} == {200}  # one of them meets the damaged file
    watch._look()
    assert [page.read_bytes() for page in pages] == before
    assert len(started) == 2


def test_the_watch_tries_again_after_a_while_when_the_disk_was_full(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("focushelp.page_store.warming.SETTLED", -1)
    started = run_at_once(monkeypatch)
    store.editions.look()
    watch = Watch(store.django, store.editions)
    with monkeypatch.context() as while_full:
        while_full.setattr("focushelp.page_store.disk._replace", full)
        watch._look()
        watch._look()
        assert len(started) == 1
    monkeypatch.setattr("focushelp.page_store.warming.AGAIN", -1)
    watch._not_before = 0
    watch._look()
    assert store.editions.disk.complete() == [store.editions.newest.name]


def test_processes_with_other_settings_in_one_folder_come_to_rest(
    store: PageStore, few: list[str], cdn: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = PageStore(store.django)
    other.editions.release = "f" * 64
    monkeypatch.setattr("focushelp.page_store.warming.SETTLED", -1)
    started = run_at_once(monkeypatch)
    watches = [Watch(each.django, each.editions) for each in (store, other)]
    for _ in range(3):
        for watch in watches:
            watch._look()
    assert len(started) == len(cdn) == 2
    assert store.editions.disk.complete() == [other.editions.newest.name, store.editions.newest.name]


def test_content_that_is_taken_back_is_the_newest_again_and_the_cdn_is_told(
    store: PageStore, few: list[str], cdn: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("focushelp.page_store.warming.SETTLED", -1)
    run_at_once(monkeypatch)
    watch = Watch(store.django, store.editions)
    before = ErrorMessage.objects.get(slug="wait").meaning
    for words in (before, "Changed today.", before):
        change(words)
        watch._look()
    told = [each["edition"] for each in cdn]
    assert told == [told[0], told[1], told[0]]
    assert store.editions.disk.complete() == [told[0], told[1]]


def run_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """In the place of threads, which would see another database than the test. Gives the names of those started."""
    started: list[str] = []

    class AtOnce(threading.Thread):
        def start(self) -> None:
            started.append(self.name)
            self.run()

    monkeypatch.setattr("focushelp.page_store.warming.threading.Thread", AtOnce)
    monkeypatch.setattr("focushelp.page_store.warming.connection.close", lambda: None)
    return started


# ---- The command, and the CDN


def test_the_command_notices_what_was_changed_outside(store: PageStore, few: list[str], disk: Disk) -> None:
    ErrorMessage.objects.filter(slug="wait").update(meaning="Changed by hand.")
    call_command("warm", stdout=io.StringIO())
    assert b"Changed by hand." in Answered(store, "/messages/wait/").body
    assert disk.complete() == [store.editions.newest.name]


@pytest.fixture
def cdn(settings: Settings) -> Iterator[list[Any]]:
    """What the CDN was told."""
    told: list[Any] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
        yield told
        server.shutdown()
        thread.join()


def test_the_cdn_is_told_when_the_pages_are_there(store: PageStore, few: list[str], cdn: list[Any]) -> None:
    warm(store)
    assert cdn == [{"site": "http://localhost", "edition": store.editions.newest.name}]
    warm(store)
    assert len(cdn) == 1  # nothing was new


def test_a_cdn_that_does_not_answer_is_logged(
    store: PageStore, few: list[str], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PURGE_URL = "http://127.0.0.1:9/"
    assert warm(store) == []
    assert "PURGE_URL does not answer" in caplog.text
