"""Pages on disk: byte for byte, and served when the database fails."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from focushelp.page_store.asking import ask
from focushelp.page_store.disk import MAX_EDITIONS, Disk
from focushelp.page_store.page import Address, Page
from focushelp.page_store.store import PageStore
from guides.public.addresses import is_public, public_addresses

from .helpers import GUIDE, Answered, change, gone, warm

pytestmark = pytest.mark.django_db


def test_every_address_is_known_and_public(store: PageStore) -> None:
    addresses = list(public_addresses())
    assert len(addresses) == len(set(addresses)) > 500
    assert all(is_public(address.partition("?")[0]) for address in addresses)
    kinds = {address.partition("?")[0].rsplit("/", 1)[-1] or "page" for address in addresses}
    assert kinds == {
        "page",
        "reader.json",
        "qr.svg",
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


def test_a_start_without_a_database_serves_the_newest_complete_edition(
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


def test_pages_are_stale_while_the_database_is_gone_and_then_new(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch, no_database: Any
) -> None:
    warm(store)
    change("Changed today.")  # its pages were never rendered
    with monkeypatch.context() as while_gone:
        store.editions.look()
        while_gone.setattr("guides.models.history.VersionManager.newest_digest", gone)
        while_gone.setattr("guides.public.selectors.get_message", gone)
        store.editions.look()
        assert Answered(store, "/messages/wait/").stale
    store.editions.look()
    back = Answered(store, "/messages/wait/")
    assert not back.stale
    assert b"Changed today." in back.body


def test_a_page_in_memory_is_stale_while_the_database_is_gone(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Answered(store, "/messages/wait/")
    with monkeypatch.context() as while_gone:
        while_gone.setattr("guides.models.history.VersionManager.newest_digest", gone)
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


def test_a_page_that_fails_is_replaced_by_an_older_one(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    warm(store)
    change("Changed today.")
    store.editions.look()
    monkeypatch.setattr("guides.public.selectors.get_message", lambda slug: 1 / 0)
    assert Answered(store, "/messages/wait/").stale
    assert "ZeroDivisionError" in caplog.text


def test_a_damaged_file_is_treated_as_missing(
    store: PageStore, few: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    warm(store)
    page = next(store.editions.disk.root.rglob("*.page")).read_bytes()
    for damaged in (b"", b"nonsense", b"\n\n", page[:-1]):
        store.editions.newest.pages.clear()
        caplog.clear()
        for path in store.editions.disk.root.rglob("*.page"):
            path.write_bytes(damaged)
        assert Answered(store, "/").status == 200
        assert "is damaged" in caplog.text
        warm(store)


@given(st.binary(max_size=200))
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="checksum"):
        Page.load(data)


def test_a_damaged_list_of_editions_is_read_line_by_line(disk: Disk) -> None:
    disk.set_complete("0" * 16 + "-" + "0" * 16)
    (disk.root / "complete").write_bytes(b"\xff../../etc\n\0\n" + b"1" * 16 + b"-" + b"2" * 16)
    assert disk.complete() == ["1" * 16 + "-" + "2" * 16]


def test_old_editions_are_deleted(disk: Disk) -> None:
    page = Page([], "tag", {"": b"page"})
    names = [f"{number:016x}-{number:016x}" for number in range(6)]
    for name in names:
        disk.write(name, Address("/"), page)
        disk.set_complete(name)
    assert disk.complete() == names[::-1][:MAX_EDITIONS]
    assert {path.name for path in disk.root.glob("*-*")} == set(disk.complete())
    disk.set_complete(names[-2])  # content that was reverted
    assert disk.complete() == [names[4], names[5], names[3]]
