"""What the operator is told of the machine."""

import logging
import sqlite3

import pytest
from django.db import connection

from focushelp.checks import say_what_to_know, sqlite_is_free_of_the_wal_reset_fault
from focushelp.sqlite_fault import has_wal_reset_fault


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        ((3, 6, 23), False),  # had no write-ahead log
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 7), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_which_sqlite_has_the_fault(version: tuple[int, ...], fault: bool) -> None:
    assert has_wal_reset_fault(version) == fault


@pytest.mark.parametrize(("version", "told"), [((3, 40, 1), 1), ((3, 51, 3), 0)])
def test_an_old_library_is_named_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, version: tuple[int, ...], told: int
) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite", raising=False)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    found = sqlite_is_free_of_the_wal_reset_fault()
    assert [message.id for message in found] == ["focushelp.I001"] * told
    assert not any(message.is_serious(logging.WARNING) for message in found)
    say_what_to_know()
    assert len(caplog.records) == told


def test_a_site_on_postgresql_does_not_care(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql", raising=False)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    assert sqlite_is_free_of_the_wal_reset_fault() == []
