"""All pages are rendered in the background, by one process."""

import io
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from focushelp.page_store.asking import ask
from focushelp.page_store.disk import Disk
from focushelp.page_store.store import PageStore
from focushelp.page_store.warming import WarmingStoppedError, Watch
from guides.models import ErrorMessage

from .helpers import FEW, GUIDE, Answered, change, full, warm

pytestmark = pytest.mark.django_db


def test_one_process_writes_at_a_time(store: PageStore, few: list[str]) -> None:
    with store.editions.disk.writing() as ours:
        assert ours
        with pytest.raises(WarmingStoppedError):
            warm(store)


def test_warming_ends_when_the_content_changes(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*arguments: Any) -> Any:
        said = ask(*arguments)
        change("Changed meanwhile.")
        return said

    monkeypatch.setattr("focushelp.page_store.warming.ask", meanwhile)
    with pytest.raises(WarmingStoppedError):
        warm(store)
    assert store.editions.disk.complete() == []
    assert not list(store.editions.disk.root.rglob("*.page"))


def test_pages_are_kept_in_memory_when_the_disk_is_full(
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


def test_the_watch_checks_the_pages_on_disk_once_and_repairs_them(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(store)
    pages = sorted(store.editions.disk.root.rglob("*.page"))
    before = [page.read_bytes() for page in pages]
    pages[0].unlink()
    pages[1].write_bytes(b"half")
    monkeypatch.setattr("focushelp.page_store.warming.DEBOUNCE", -1)
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


def test_the_watch_retries_after_the_disk_was_full(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("focushelp.page_store.warming.DEBOUNCE", -1)
    started = run_at_once(monkeypatch)
    store.editions.look()
    watch = Watch(store.django, store.editions)
    with monkeypatch.context() as while_full:
        while_full.setattr("focushelp.page_store.disk._replace", full)
        watch._look()
        watch._look()
        assert len(started) == 1
    monkeypatch.setattr("focushelp.page_store.warming.RETRY_INTERVAL", -1)
    watch._retry_at = 0
    watch._look()
    assert store.editions.disk.complete() == [store.editions.newest.name]


def test_processes_with_other_settings_share_a_folder(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = PageStore(store.django)
    other.editions.release = "f" * 64
    monkeypatch.setattr("focushelp.page_store.warming.DEBOUNCE", -1)
    started = run_at_once(monkeypatch)
    watches = [Watch(each.django, each.editions) for each in (store, other)]
    for _ in range(3):
        for watch in watches:
            watch._look()
    assert len(started) == 2
    assert store.editions.disk.complete() == [other.editions.newest.name, store.editions.newest.name]


def test_reverted_content_is_the_newest_again(
    store: PageStore, few: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("focushelp.page_store.warming.DEBOUNCE", -1)
    run_at_once(monkeypatch)
    watch = Watch(store.django, store.editions)
    before = ErrorMessage.objects.get(slug="wait").meaning
    newest = []
    for words in (before, "Changed today.", before):
        change(words)
        watch._look()
        newest.append(store.editions.disk.complete()[0])
    assert newest[0] == newest[2] != newest[1]
    assert store.editions.disk.complete() == newest[:2]


def run_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replaces threads, which would use another database than the test; returns the names of those started."""
    started: list[str] = []

    class AtOnce(threading.Thread):
        def start(self) -> None:
            started.append(self.name)
            self.run()

    monkeypatch.setattr("focushelp.page_store.warming.threading.Thread", AtOnce)
    monkeypatch.setattr("focushelp.page_store.warming.connection.close", lambda: None)
    return started


def test_the_command_records_changes_made_outside_the_admin(store: PageStore, few: list[str], disk: Disk) -> None:
    ErrorMessage.objects.filter(slug="wait").update(meaning="Changed by hand.")
    call_command("warm", stdout=io.StringIO())
    assert b"Changed by hand." in Answered(store, "/messages/wait/").body
    assert disk.complete() == [store.editions.newest.name]
