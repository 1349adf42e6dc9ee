"""The drill: a backup while somebody writes, restored, gives the same pages; and nothing half, foreign or newer."""

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
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from focushelp.operations.backup import pages, sqlite
from focushelp.operations.backup.connection import as_default
from focushelp.operations.backup.rotation import name_of, time_of, to_keep
from guides.models import Generation

from .test_settings import ROOT, SECRET

NOW = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda time: time.replace(microsecond=0)
)


def days(*numbers: int) -> set[datetime]:
    return {NOW - timedelta(days=number) for number in numbers}


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (set(), set()),
        (days(0), days(0)),
        (days(400), days(400)),  # the only one is never deleted
        (days(*range(7)), days(*range(7))),
        ({NOW, NOW + timedelta(hours=1)}, {NOW + timedelta(hours=1)}),  # the last of a day
        # the 24th is a Tuesday: seven days, Sundays of the weeks before, last days of the months before
        (days(*range(100)), days(0, 1, 2, 3, 4, 5, 6, 9, 16, 24, 55, 85)),
    ],
)
def test_which_backups_are_kept(made: set[datetime], kept: set[datetime]) -> None:
    assert to_keep(made) == kept


@given(st.sets(TIMES, max_size=60))
def test_rotation_keeps_the_newest_and_little_else(times: set[datetime]) -> None:
    kept = to_keep(times)
    assert kept <= times
    assert len(kept) <= 7 + 4 + 12
    assert to_keep(kept) == kept
    if times:
        assert max(times) in kept


@given(st.sets(TIMES, min_size=1, max_size=60))
def test_deleting_every_day_keeps_what_deleting_once_does(times: set[datetime]) -> None:
    kept: set[datetime] = set()
    for time in sorted(times):
        kept = to_keep({*kept, time})
    assert kept == to_keep(times)


@given(TIMES)
def test_a_name_tells_its_time(time: datetime) -> None:
    assert time_of(name_of(time, ".sqlite3")) == time


@pytest.mark.parametrize(
    "name",
    ["", "db.sqlite3", "focus-help-20260231T000000Z.sqlite3", "focus-help-20261124T031500Z-before-restore.sqlite3"],
)
def test_other_files_are_no_backups(name: str) -> None:
    assert time_of(name) is None


@pytest.fixture(scope="session")
def starting_content(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = tmp_path_factory.mktemp("backup") / "starting-content.sqlite3"
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.cursor().execute("VACUUM INTO %s", [str(file)])
    return file


@pytest.fixture
def live(starting_content: Path, db: None, tmp_path: Path) -> Iterator[Path]:
    """A file with the starting content, as the database of the site."""
    if connection.vendor != "sqlite":
        pytest.skip("the site is on another database")
    file = Path(shutil.copy(starting_content, tmp_path / "live.sqlite3"))
    with as_default(NAME=file):
        yield file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture(autouse=True)
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of each kind: all of them take long, and say no more."""
    monkeypatch.setattr(pages, "MOST", 12)


def write(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement)


def only(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_the_drill(live: Path, folder: Path) -> None:
    """With somebody who writes all the time, and somebody who has the database open all the time."""
    stop = threading.Event()

    def writer() -> None:
        while not stop.wait(0.005):
            write(live, "UPDATE guides_generation SET name = hex(randomblob(4)) WHERE slug = 'mk2'")

    writing = threading.Thread(target=writer)
    writing.start()
    try:
        call_command("backup", str(folder))
    finally:
        stop.set()
        writing.join()
    made = only(folder)
    assert made.stat().st_mode & 0o777 == 0o600
    with as_default(NAME=made):
        kept = pages.render()
    write(live, "UPDATE guides_faq SET question = 'Another?'")
    with closing(sqlite3.connect(live)) as worker:
        asked = "SELECT count(*) FROM guides_faq WHERE question = 'Another?'"
        assert worker.execute(asked).fetchone() > (0,)
        before = pages.render()
        assert pages.differing(before, kept)
        call_command("restore", str(made), "--yes")
        assert worker.execute(asked).fetchone() == (0,)
    assert pages.differing(pages.render(), kept) == []
    (aside,) = folder.glob("*-before-restore.sqlite3")
    with as_default(NAME=aside):
        assert pages.differing(pages.render(), before) == []


def test_a_copy_that_gives_other_pages_is_no_backup(live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = sqlite.check

    def check_and_spoil(file: Path) -> None:
        check(file)
        write(file, "UPDATE guides_generation SET name = 'Another car'")

    monkeypatch.setattr(sqlite, "check", check_and_spoil)
    with pytest.raises(CommandError, match="other pages"):
        call_command("backup", str(folder))
    assert list(folder.iterdir()) == []


def test_older_backups_go_when_a_new_one_is_there(live: Path, folder: Path) -> None:
    folder.mkdir()
    for day in range(1, 12):
        (folder / name_of(datetime.now(UTC) - timedelta(days=day), ".sqlite3")).touch()
    (folder / "mine.sqlite3").touch()
    call_command("backup", str(folder))
    assert (folder / "mine.sqlite3").exists()
    assert 8 <= len(list(folder.iterdir())) <= 12


def test_who_typed_a_wrong_password_is_in_no_backup_and_soon_forgotten(live: Path, folder: Path) -> None:
    for minutes in (1, 16):
        attempt = AccessAttempt.objects.create(
            username="anna", user_agent=f"Browser {minutes}", ip_address="192.0.2.7", failures_since_start=1
        )
        then = timezone.now() - timedelta(minutes=minutes)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=then)
    call_command("backup", str(folder))
    assert list(AccessAttempt.objects.values_list("user_agent", flat=True)) == ["Browser 1"]
    assert not {text for text in (b"Browser", b"192.0.2.7") if text in only(folder).read_bytes()}


def test_a_backup_of_a_locked_database_says_so(live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    connection.cursor().execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(live, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CommandError, match="locked"):
            call_command("backup", str(folder))
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_one_is_named(live: Path) -> None:
    with pytest.raises(CommandError, match="/dev/null/backups"):
        call_command("backup", "/dev/null/backups")


def test_a_full_disk_leaves_nothing_and_ends_in_one_line(live: Path, folder: Path) -> None:
    def no_more_than(size: int = 100_000) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    with closing(sqlite3.connect(live)) as database:
        database.execute("PRAGMA journal_mode=WAL")
    environment = {"SECRET_KEY": SECRET, "DATABASE_URL": f"sqlite:///{live}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "manage.py", "backup", str(folder)]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, preexec_fn=no_more_than
    )
    assert result.returncode != 0
    assert len(result.stderr.strip().splitlines()) == 1
    assert str(folder) in result.stderr
    assert list(folder.iterdir()) == []


def damage(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * 300_000)


def not_ours(file: Path) -> None:
    file.unlink()
    write(file, "CREATE TABLE notes (text)")


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100_000])


def newer(file: Path) -> None:
    write(file, "INSERT INTO django_migrations (app, name, applied) VALUES ('guides', '9000_wings', '2030-01-01')")


def without_a_table(file: Path) -> None:
    write(file, "DROP TABLE guides_faq")


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (damage, "damaged|malformed"),
        (cut_off, "damaged|malformed"),
        (lambda file: file.write_bytes(b""), "no backup"),
        (lambda file: file.write_text("a letter"), "not a database"),
        (lambda file: file.unlink(), "unable to open"),
        (not_ours, "no backup"),
        (newer, "9000_wings"),
        (without_a_table, "no such table"),
    ],
)
def test_what_is_no_backup_is_refused_in_one_line(live: Path, folder: Path, spoil, word: str) -> None:  # type: ignore[no-untyped-def]
    call_command("backup", str(folder))
    made = only(folder)
    before = pages.render()
    spoil(made)
    with pytest.raises(CommandError, match=word) as error:
        call_command("restore", str(made), "--yes")
    assert "\n" not in str(error.value)
    assert pages.differing(pages.render(), before) == []


def test_a_backup_of_an_older_release_is_brought_up_to_this_one(live: Path, folder: Path) -> None:
    call_command("backup", str(folder))
    made = only(folder)
    write(made, "DELETE FROM django_migrations WHERE app = 'sessions'")
    write(made, "DROP TABLE django_session")
    call_command("restore", str(made), "--yes")
    assert "django_session" in connection.introspection.table_names()


def test_nothing_is_restored_unasked(live: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", str(folder))
    write(live, "UPDATE guides_generation SET name = 'Another car'")
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", str(only(folder)))
    assert Generation.objects.get(slug="mk2").name == "Another car"
    assert "\n  /" in capsys.readouterr().out  # the pages that would change


@pytest.mark.parametrize("spoil", [damage, lambda file: file.unlink()])
def test_a_damaged_or_lost_database_comes_back(live: Path, folder: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    call_command("backup", str(folder))
    connection.close()
    spoil(live)
    call_command("restore", str(only(folder)), "--yes")
    assert Generation.objects.count() == 4
    assert sum("before-restore" in path.name for path in live.parent.iterdir()) == (spoil is damage)
