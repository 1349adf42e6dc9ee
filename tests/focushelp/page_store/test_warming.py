"""All pages are made in the background, by one process, and the CDN is told."""

import io
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from focushelp.page_store.asking import ask
from focushelp.page_store.disk import Disk
from focushelp.page_store.store import PageStore
from focushelp.page_store.warming import NotNowError, Watch
from guides.models import ErrorMessage

from .helpers import FEW, GUIDE, Answered, change, full, warm

pytestmark = pytest.mark.django_db


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


def test_the_command_notices_what_was_changed_outside(store: PageStore, few: list[str], disk: Disk) -> None:
    ErrorMessage.objects.filter(slug="wait").update(meaning="Changed by hand.")
    call_command("warm", stdout=io.StringIO())
    assert b"Changed by hand." in Answered(store, "/messages/wait/").body
    assert disk.complete() == [store.editions.newest.name]


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
