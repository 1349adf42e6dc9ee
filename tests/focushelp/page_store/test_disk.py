"""Pages on disk: byte for byte, and served when the database fails."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from focushelp.page_store.disk import MAX_EDITIONS, Disk
from focushelp.page_store.page import Page
from focushelp.page_store.store import PageStore
from guides.models import ErrorMessage
from guides.public.addresses import is_public, public_addresses

from .helpers import FEW, GUIDE, Answered, a_second_later, change, full, gone, start

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


def warm() -> None:
    call_command("warm", stdout=io.StringIO())


def answers(store: PageStore, path: str, **headers: str) -> dict[str, Any]:
    """All that an answer of each encoding consists of."""
    found = {encoding: Answered(store, path, accept_encoding=encoding, **headers) for encoding in ("", "gzip", "br")}
    return {encoding: (each.status, each.headers, each.sent) for encoding, each in found.items()}


def test_another_process_gets_a_page_from_the_disk_byte_for_byte(store: PageStore) -> None:
    made = answers(store, GUIDE)
    assert answers(start(gone), GUIDE) == made


def test_warmed_pages_need_neither_django_nor_database(store: PageStore, few: list[str], no_database: Any) -> None:
    warm()
    no_database()
    cold = start(gone)
    for path in few:
        answered = Answered(cold, path)
        assert (answered.status, answered.stale) == (200, True)
        assert answered.headers["cache-control"] == "public, no-cache"
    assert b"<html" not in Answered(cold, "/", hx_request="true").body


def test_the_command_records_changes_made_outside_the_admin(store: PageStore, few: list[str]) -> None:
    Answered(store, "/messages/wait/")
    ErrorMessage.objects.filter(slug="wait").update(meaning="Changed by hand.")
    warm()
    a_second_later(store)
    assert b"Changed by hand." in Answered(store, "/messages/wait/").body


def test_without_a_database_the_newest_edition_that_has_the_page_is_served(store: PageStore, no_database: Any) -> None:
    for path in FEW:
        Answered(store, path)
    change("Changed today.")
    a_second_later(store)
    Answered(store, "/messages/wait/")  # the only page of the new edition
    no_database()
    cold = start()
    assert b"Changed today." in Answered(cold, "/messages/wait/").body
    assert {path: Answered(cold, path).stale for path in FEW} == dict.fromkeys(FEW, True)


def test_a_page_in_memory_is_stale_while_the_database_is_gone(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Answered(store, "/messages/wait/")
    with monkeypatch.context() as while_gone:
        while_gone.setattr("guides.models.history.VersionManager.newest_digest", gone)
        a_second_later(store)
        stale = Answered(store, "/messages/wait/")
        assert (stale.status, stale.stale, stale.body) == (200, True, fresh.body)
        assert stale.headers["etag"] == fresh.headers["etag"]
        assert Answered(store, "/messages/wait/", if_none_match=fresh.headers["etag"]).status == 304
    a_second_later(store)
    assert not Answered(store, "/messages/wait/").stale


def test_a_database_that_stopped_a_moment_ago_costs_no_page(store: PageStore, no_database: Any) -> None:
    """The request that notices it gets an older page too; for an unknown query, the page without it."""
    before = Answered(store, GUIDE)
    change("Changed today.")
    a_second_later(store)
    no_database()
    for path in (GUIDE, f"{GUIDE}?view=elsewhere"):
        answered = Answered(store, path)
        assert (answered.status, answered.stale, answered.body) == (200, True, before.body)
    assert Answered(store, "/messages/nothing/").status == 503


def test_a_page_that_fails_is_replaced_by_an_older_one(
    store: PageStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Answered(store, "/messages/wait/")
    change("Changed today.")
    a_second_later(store)
    monkeypatch.setattr("guides.public.selectors.get_message", lambda slug: 1 / 0)
    assert Answered(store, "/messages/wait/").stale
    assert "ZeroDivisionError" in caplog.text


def test_a_damaged_file_is_made_again(store: PageStore, caplog: pytest.LogCaptureFixture) -> None:
    made = answers(store, "/")
    (path,) = store.disk.root.rglob("*.page")
    good = path.read_bytes()
    for damaged in (b"", b"nonsense", b"\n\n", good[:-1]):
        path.write_bytes(damaged)
        assert answers(start(), "/") == made
        assert "is damaged" in caplog.text
        assert path.read_bytes() == good


@given(st.binary(max_size=200))
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="checksum"):
        Page.load(data)


def test_pages_are_kept_in_memory_when_the_disk_is_full(
    store: PageStore,
    few: list[str],
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(Path, "write_bytes", full)
    for path in FEW * 2:
        assert Answered(store, path).status == 200
    assert asked == FEW
    assert caplog.text.count("No space left on device") == 1
    with pytest.raises(CommandError, match="cannot be written to"):
        call_command("warm")


def test_the_newest_editions_are_kept(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    names = [f"{number:016x}-{number:016x}" for number in range(6)]
    (tmp_path / "not-ours").mkdir()
    for second, name in enumerate([*names, names[-2]]):  # the last is content that was reverted
        disk.begin(name)
        os.utime(tmp_path / name, (second, second))
    assert [path.name for path in disk.editions()] == [names[4], names[5], names[3]]
    assert len(names[-MAX_EDITIONS:]) + 1 == len(list(tmp_path.iterdir()))
