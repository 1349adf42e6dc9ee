"""Backups: made while others write, verified by their pages, rotated, and nothing half or foreign among them."""

import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker, Settings

from focushelp.operations.backup import copy, pages
from focushelp.operations.backup.copy import as_default
from focushelp.operations.backup.rotation import KEEP_ALL, name_of, time_of, to_keep

from .helpers import ROOT, SECRET

NOW = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda time: time.replace(microsecond=0)
)


def days_ago(*numbers: int) -> set[datetime]:
    return {NOW - timedelta(days=number) for number in numbers}


def hours_ago(*numbers: int) -> set[datetime]:
    return {NOW - timedelta(hours=number) for number in numbers}


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (set(), set()),
        (days_ago(0), days_ago(0)),
        (days_ago(400), days_ago(400)),  # the only one is never deleted
        (days_ago(*range(7)), days_ago(*range(7))),
        (hours_ago(0, 1, 2, 26, 47, 48), hours_ago(0, 1, 2, 26, 47, 48)),  # all of the last 48 hours
        (hours_ago(0, 76, 77), hours_ago(0, 76)),  # before that the last of a day
        # the 24th is a Tuesday: seven days, Sundays of the weeks before, last days of the months before
        (days_ago(*range(100)), days_ago(0, 1, 2, 3, 4, 5, 6, 9, 16, 24, 55, 85)),
    ],
)
def test_which_backups_are_kept(made: set[datetime], kept: set[datetime]) -> None:
    assert to_keep(made) == kept


@given(st.sets(TIMES, max_size=60))
def test_rotation_keeps_the_newest_and_few_others(times: set[datetime]) -> None:
    kept = to_keep(times)
    assert kept <= times
    assert len([time for time in kept if max(times) - time > KEEP_ALL]) <= 7 + 4 + 12
    assert to_keep(kept) == kept
    if times:
        assert max(times) in kept


@given(st.sets(TIMES, min_size=1, max_size=60))
def test_rotation_each_day_keeps_the_same_as_rotation_once(times: set[datetime]) -> None:
    kept: set[datetime] = set()
    for time in sorted(times):
        kept = to_keep({*kept, time})
    assert kept == to_keep(times)


@given(TIMES)
def test_a_name_has_its_time(time: datetime) -> None:
    assert time_of(name_of(time)) == time


def test_other_files_are_not_backups() -> None:
    others = ["", "db.sqlite3", "focus-help-20260231T000000Z.sqlite3", "focus-help-20261124T031500Z-mine.sqlite3"]
    assert [time_of(name) for name in others] == [None] * len(others)


@pytest.fixture(scope="session")
def starting_content(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database file with the starting content."""
    file = tmp_path_factory.mktemp("backup") / "starting-content.sqlite3"
    with django_db_blocker.unblock():
        connection.cursor().execute("VACUUM INTO %s", [str(file)])
    return file


@pytest.fixture
def live(starting_content: Path, db: None, tmp_path: Path) -> Iterator[Path]:
    """A file with the starting content, as the database of the site."""
    file = Path(shutil.copy(starting_content, tmp_path / "live.sqlite3"))
    with as_default(NAME=file):
        yield file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture(autouse=True)
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of each kind: all of them take long and prove the same."""
    monkeypatch.setattr(pages, "MAX_PAGES", 12)


def write(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement)


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_a_backup_made_while_others_write_gives_the_pages_of_the_site(live: Path, folder: Path) -> None:
    stop = threading.Event()

    def write_until_stopped() -> None:
        while not stop.wait(0.005):
            write(live, "UPDATE guides_generation SET name = hex(randomblob(4)) WHERE slug = 'mk2'")

    writer = threading.Thread(target=write_until_stopped)
    writer.start()
    try:
        call_command("backup", str(folder))
    finally:
        stop.set()
        writer.join()
    made = only_file(folder)
    assert made.stat().st_mode & 0o777 == 0o600
    with as_default(NAME=made):
        kept = pages.render()
    write(live, "UPDATE guides_faq SET question = 'Another?'")
    assert pages.differing(pages.render(), kept)
    # The documented restore: stop, copy, start.
    connection.close()
    shutil.copyfile(made, live)
    assert pages.differing(pages.render(), kept) == []


def test_a_copy_that_gives_other_pages_is_refused(live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(file: Path) -> None:
        write(file, "UPDATE guides_generation SET name = 'Another car'")

    monkeypatch.setattr(copy, "_check_integrity", spoil)
    with pytest.raises(CommandError, match="other pages"):
        call_command("backup", str(folder))
    assert list(folder.iterdir()) == []


def test_old_backups_are_deleted_after_a_new_one(live: Path, folder: Path) -> None:
    folder.mkdir()
    for day in range(1, 12):
        (folder / name_of(datetime.now(UTC) - timedelta(days=day))).touch()
    (folder / "mine.sqlite3").touch()
    call_command("backup", str(folder))
    assert (folder / "mine.sqlite3").exists()
    assert 8 <= len(list(folder.iterdir())) <= 12


def test_wrong_passwords_are_not_in_a_backup_and_old_ones_are_deleted(live: Path, folder: Path) -> None:
    for minutes in (1, 16):
        attempt = AccessAttempt.objects.create(
            username="anna", user_agent=f"Browser {minutes}", ip_address="192.0.2.7", failures_since_start=1
        )
        then = timezone.now() - timedelta(minutes=minutes)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=then)
    call_command("backup", str(folder))
    assert list(AccessAttempt.objects.values_list("user_agent", flat=True)) == ["Browser 1"]
    content = only_file(folder).read_bytes()
    assert [text for text in (b"Browser", b"192.0.2.7") if text in content] == []


def test_a_locked_database_is_named(live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy, "LOCK_TIMEOUT", 0.1)
    connection.cursor().execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(live, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CommandError, match="locked"):
            call_command("backup", str(folder))
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(live: Path) -> None:
    with pytest.raises(CommandError, match="/dev/null/backups"):
        call_command("backup", "/dev/null/backups")


def test_a_full_disk_ends_in_one_line_and_leaves_no_file(live: Path, folder: Path) -> None:
    def limit_file_size(size: int = 100_000) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    with closing(sqlite3.connect(live)) as database:
        database.execute("PRAGMA journal_mode=WAL")
    environment = {"SECRET_KEY": SECRET, "DATABASE_URL": f"sqlite:///{live}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "manage.py", "backup", str(folder)]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, preexec_fn=limit_file_size
    )
    assert result.returncode != 0
    assert len(result.stderr.strip().splitlines()) == 1
    assert str(folder) in result.stderr
    assert list(folder.iterdir()) == []


def test_another_database_is_told_what_to_run(live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "vendor", "postgresql")
    for options in ({}, {"verify": folder / "some.file"}):
        with pytest.raises(CommandError, match="pg_dump"):
            call_command("backup", str(folder), **options)
    assert not folder.exists()


def test_a_read_only_host_makes_no_backup(live: Path, folder: Path, settings: Settings) -> None:
    settings.DATABASE_READ_ONLY = True
    with pytest.raises(CommandError, match="DATABASE_READ_ONLY"):
        call_command("backup", str(folder))


def verify(file: Path) -> None:
    call_command("backup", verify=file)


def test_a_backup_is_verified_without_changing_anything(
    live: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup", str(folder))
    made = only_file(folder)
    before = made.read_bytes(), live.read_bytes()
    verify(made)
    assert "verified, gives 1" in capsys.readouterr().out  # ten pages or more
    assert (made.read_bytes(), live.read_bytes()) == before
    assert only_file(folder) == made


def test_a_backup_of_an_older_release_is_migrated_first(live: Path, folder: Path) -> None:
    call_command("backup", str(folder))
    made = only_file(folder)
    write(made, "DELETE FROM django_migrations WHERE app = 'sessions'")
    write(made, "DROP TABLE django_session")
    verify(made)


def damage(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * 300_000)


def replace_by_another_site(file: Path) -> None:
    file.unlink()
    write(file, "CREATE TABLE notes (text)")


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100_000])


def add_newer_migration(file: Path) -> None:
    write(file, "INSERT INTO django_migrations (app, name, applied) VALUES ('guides', '9000_wings', '2030-01-01')")


def drop_a_table(file: Path) -> None:
    write(file, "DROP TABLE guides_faq")


#: What spoils a backup, and what the command then says.
SPOILED = [
    (damage, "damaged|malformed"),
    (cut_off, "damaged|malformed"),
    (lambda file: file.write_bytes(b""), "no backup"),
    (lambda file: file.write_text("a letter"), "not a database"),
    (lambda file: file.unlink(), "No such file"),
    (replace_by_another_site, "no backup"),
    (add_newer_migration, "9000_wings"),
    (drop_a_table, "no such table"),
]


def test_any_other_file_is_refused_in_one_line(live: Path, folder: Path) -> None:
    call_command("backup", str(folder))
    content = only_file(folder).read_bytes()
    for spoil, words in SPOILED:
        file = folder / "spoiled.sqlite3"
        file.write_bytes(content)
        spoil(file)
        with pytest.raises(CommandError, match=words) as error:
            verify(file)
        assert "\n" not in str(error.value)
