"""Backup and restore of an SQLite file, while the site goes on reading and writing it."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.utils.translation import gettext as _

from .connection import as_default
from .errors import BackupError
from .left_out import LEFT_OUT

SUFFIX = ".sqlite3"
PATIENCE = 10  # seconds for which somebody else may hold the database


@contextmanager
def copied(file: Path) -> Iterator[None]:
    """Copies the live database to a file that is not there yet. The block sees the live one as it was at that moment,
    whatever is written meanwhile."""
    live = connection.settings_dict
    reading = {**live["OPTIONS"], "transaction_mode": "DEFERRED"}  # without the lock of a writer
    with as_default(OPTIONS=reading), transaction.atomic():
        with closing(_open(_live())) as writer, closing(_open(_live())) as copier:
            writer.execute("BEGIN IMMEDIATE")  # nobody else writes before both have seen the same
            tables = connection.introspection.table_names()  # what this connection sees is settled by its first look
            copier.execute("VACUUM INTO ?", [str(file)])
        _empty(file, LEFT_OUT & set(tables))
        yield


def _empty(file: Path, tables: Iterable[str]) -> None:
    """Deletes all rows of these tables so that not even their bytes stay in the file."""
    with closing(_open(file)) as copy:
        copy.execute("PRAGMA secure_delete = ON")
        for table in tables:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608


def check(file: Path) -> None:
    """Refuses a file that is no SQLite database, or a damaged one."""
    with closing(_open(file)) as database:
        found = [row[0] for row in database.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise BackupError(_("the database in it is damaged: %s") % found[0])


@contextmanager
def scratch(file: Path, folder: Path) -> Iterator[dict[str, Any]]:
    """The settings of a database of its own, made from a backup in that folder, and gone afterwards."""
    copy = folder / "scratch.sqlite3"
    shutil.copyfile(file, copy)
    yield {"NAME": copy}


def live_problem() -> str:
    """Why the present database cannot be kept as a backup; "" when it can."""
    if not _live().exists():
        return _("there is none")
    try:
        check(_live())
    except (BackupError, sqlite3.Error) as error:
        return str(error)
    return ""


def replace(settings: dict[str, Any], folder: Path) -> None:
    """Makes the live database equal to a scratch one, in one transaction: whoever has it open goes on with the new."""

    def give_up(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # Python would try for ever
            raise sqlite3.OperationalError("database is locked")

    connection.close()
    with closing(_open(settings["NAME"])) as source, closing(_open(_live())) as target:
        source.backup(target, progress=give_up)


def replace_broken(settings: dict[str, Any], name: str) -> Path | None:
    """Gives a live database that is damaged another name, and puts the scratch one in its place. Processes that have it
    open notice (focushelp.sqlite). Returns where the old one is now, if there was one."""
    connection.close()
    with closing(_open(settings["NAME"])) as source:
        source.execute("PRAGMA journal_mode=DELETE")  # so that it is one file
    live = _live()
    kept = live.with_name(name)
    moved = live.exists()
    with TemporaryDirectory(dir=live.parent, prefix=".part-") as folder:
        part = Path(shutil.copyfile(settings["NAME"], Path(folder, live.name)))
        part.chmod(0o600)
        for suffix in ("", "-wal", "-shm"):  # else the log of the old file would be taken for that of the new one
            path = live.with_name(live.name + suffix)
            if path.exists():
                path.replace(kept.with_name(kept.name + suffix))
        part.replace(live)
    return kept if moved else None


def _live() -> Path:
    return Path(connection.settings_dict["NAME"])


def _open(path: Path) -> sqlite3.Connection:
    """An open file, never a new one; each statement is a transaction of its own."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
