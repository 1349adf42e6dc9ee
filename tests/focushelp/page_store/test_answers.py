"""The page store gives the same answers as Django."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import QueryDict
from django.urls import resolve
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from focushelp.page_store.asking import ask, plain_request
from focushelp.page_store.encodings import best
from focushelp.page_store.page import Address
from focushelp.page_store.store import PageStore
from guides.models import Version
from guides.public.addresses import PARAMETERS, is_public, public_addresses

from .helpers import GUIDE, Answered, a_second_later, change

pytestmark = pytest.mark.django_db


def comparable(answered: Answered) -> tuple[int, dict[str, str], bytes]:
    """Without headers that depend on the encoding or the clock, and without the ETag, which is weak or strong."""
    apart = {"content-length", "content-encoding", "etag", "expires"}
    return answered.status, {k: v for k, v in answered.headers.items() if k not in apart}, answered.body


PATHS = ["/", GUIDE, f"{GUIDE}qr.svg", "/radios/sony/", "/reader.json", "/sitemap.xml", "/robots.txt", "/last-car/"]
PATHS += ["/focus/mk9/", "/nothing/", "/about", "/admin/", "/healthz", "/sw.js", "/favicon.ico", "//", "/focus/mk2/é/"]
PATHS += ["/did-it/"]
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
def test_it_answers_as_django_does(
    store: PageStore, path: str, query: str, method: str, headers: dict[str, str]
) -> None:
    django = Answered(store.django, path + query, method, **headers)
    for _ in ("made", "kept"):
        answered = Answered(store, path + query, method, **headers)
        if method == "HEAD":  # Django leaves it to the server to send no body
            answered.body = django.body = b""
        assert comparable(answered) == comparable(django)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_answers_as_django_does_behind_a_proxy(
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


@pytest.mark.parametrize("path", ["/", GUIDE, f"{GUIDE}qr.svg", "/sitemap.xml", "/robots.txt"])
def test_a_page_is_the_same_on_every_host_name(path: str) -> None:
    one, other = (Answered(WSGIHandler(), path, host=host) for host in ("localhost", "127.0.0.1:8000"))
    assert one.body == other.body


def test_cookies_are_ignored(store: PageStore) -> None:
    without, sent = Answered(store, GUIDE), Answered(store, GUIDE, cookie="sessionid=x; csrftoken=y")
    assert (sent.headers, sent.sent) == (without.headers, without.sent)
    assert "set-cookie" not in sent.headers


# ---- From memory


def test_a_page_is_rendered_once(
    store: PageStore, asked: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Answered(store, GUIDE)
    with django_assert_num_queries(0):
        for encoding in ("", "gzip", "br"):
            assert Answered(store, GUIDE, accept_encoding=encoding).status == 200
    assert asked == [GUIDE]


def test_unknown_parameters_give_the_same_page(store: PageStore, asked: list[str]) -> None:
    Answered(store, GUIDE)
    for query in ("?fbclid=IwAR0", "?utm_source=a&utm_medium=b", "?", "?&", "?x", "?%00=%ff"):
        assert Answered(store, GUIDE + query).body == Answered(store, GUIDE).body
    assert asked == [GUIDE]
    step = Answered(store, f"{GUIDE}?fbclid=x&view=steps&%73tep=3")
    assert step.body == Answered(store.django, f"{GUIDE}?view=steps&step=3").body


@pytest.mark.parametrize("path", ["/did-it/", "/admin/", "/healthz"])
def test_a_private_address_is_passed_to_django(store: PageStore, asked: list[str], path: str) -> None:
    assert not is_public(path)
    Answered(store, f"{path}?page=/messages/")
    assert asked == [path]


def test_views_read_no_other_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    names: set[str] = set()

    class RecordingQueryDict(QueryDict):
        def __getitem__(self, key: str) -> Any:
            names.add(key)
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            if not self._mutable:  # while it is parsed, each key is looked up
                names.add(str(key))
            return super().__contains__(key)

    monkeypatch.setattr(WSGIRequest, "GET", property(lambda request: RecordingQueryDict(request.META["QUERY_STRING"])))
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


def test_each_encoding_and_fragment_has_its_own_etag(store: PageStore) -> None:
    forms = [
        Answered(store, path, accept_encoding=encoding, **fragment).headers["etag"]
        for path in (GUIDE, "/")
        for encoding in ("", "gzip", "br")
        for fragment in ({}, {"hx_request": "true"})
    ]
    assert len(set(forms)) == len(forms)


def test_head_has_the_headers_and_no_body(store: PageStore) -> None:
    page, head = Answered(store, GUIDE), Answered(store, GUIDE, "HEAD")
    assert (head.status, head.sent, head.headers) == (200, b"", page.headers)


ENCODINGS = {
    "": "",
    "gzip, deflate, br, zstd": "br",
    "gzip, deflate": "gzip",
    "br;q=0, gzip": "gzip",
    "br;q=0,gzip;q=0.000": "",
    "GZIP ; Q=0.5 , br ; q=0.4": "gzip",
    "identity": "",
    "*": "",
    "br;q=2, gzip;q=-1": "",
    "brx, xgzip": "",
    ",,;": "",
}


def test_the_encoding_is_one_that_the_browser_accepts() -> None:
    assert {accepted: best(accepted) for accepted in ENCODINGS} == ENCODINGS


def test_unknown_addresses_do_not_fill_the_memory(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (GUIDE, "/nothing/", "/focus/mk9/", "/static/css/site.css", "/admin/login/", "/healthz"):
        for query in ("?view=1", "?clock=now", "?view=steps&step=98", "?car=a&radio=b"):
            Answered(store, path + query)
    Answered(store, "/", host="localhost:1")
    Answered(store, "/", host="localhost:2")
    assert list(store.edition().pages) == [("/", "", False)]
    assert len(list(store.disk.root.rglob("*.page"))) == 1
    monkeypatch.setattr("focushelp.page_store.edition.MAX_MEMORY", 100_000)
    for path in ("/radios/", "/messages/", "/cars/", GUIDE, "/questions/"):
        Answered(store, path)
        assert sum(page.size for page in store.edition().pages.values()) <= 100_000


@pytest.mark.parametrize("path", ["/check/", GUIDE, "/"])
def test_other_methods_are_passed_to_django_and_not_stored(store: PageStore, asked: list[str], path: str) -> None:
    for _ in range(2):
        Answered(store, path, "PUT")
    assert asked == [path, path]
    assert not store.edition().pages


# ---- A change


def test_a_change_makes_a_new_edition(store: PageStore) -> None:
    before = Answered(store, "/messages/wait/")
    change("Changed today.")
    assert Answered(store, "/messages/wait/").body == before.body
    a_second_later(store)
    assert b"Changed today." in Answered(store, "/messages/wait/").body


def test_a_page_that_is_asked_for_first_is_never_of_the_version_before(store: PageStore) -> None:
    Answered(store, "/")
    change("Changed today.")
    assert b"Changed today." in Answered(store, "/messages/wait/").body
    a_second_later(store)
    assert b"Changed today." in Answered(store, "/messages/wait/").body


def test_a_page_made_while_the_content_changes_is_not_kept(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*arguments: Any) -> Any:
        said = ask(*arguments)
        change("Changed meanwhile.")
        return said

    monkeypatch.setattr("focushelp.page_store.store.ask", meanwhile)
    assert Answered(store, "/messages/wait/").status == 200
    assert b"Changed meanwhile." in Answered(store, "/messages/wait/").body


def test_nothing_is_stored_without_a_version_of_the_content(store: PageStore) -> None:
    Version.objects.all().delete()
    assert Answered(store, GUIDE).status == 200
    assert not store.edition().pages


def test_requests_at_once_make_a_page_once(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(store.django, plain_request(Address(GUIDE)))
    store.edition()
    monkeypatch.setattr(store.content, "ask", lambda: store.content.digest)  # threads have another database
    made: list[str] = []
    started = threading.Event()

    def slowly(django: Any, environ: Any) -> Any:
        made.append(environ["PATH_INFO"])
        started.wait()
        return answer

    monkeypatch.setattr("focushelp.page_store.store.ask", slowly)
    with ThreadPoolExecutor(8) as crowd:
        found = [crowd.submit(lambda: Answered(store, GUIDE).sent) for _ in range(8)]
        started.set()
    assert [each.result() for each in found] == [answer.body] * 8
    assert made == [GUIDE]
    monkeypatch.setattr("focushelp.page_store.store.MAX_WAIT", 0.01)
    store._making[Address("/")] = threading.Lock()
    with store._making[Address("/")]:  # the request that makes it hangs
        assert Answered(store, "/").status == 200
