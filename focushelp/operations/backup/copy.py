"""Copies of the SQLite database, and reading one in the place of the site's database."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils.translation import gettext as _

LOCK_TIMEOUT = 10  # seconds
#: Backups have no rows of these tables: wrong passwords with address and browser, which are deleted after minutes.
EXCLUDED_TABLES = {"axes_accessattempt"}


class BackupError(Exception):
    """Why there is no verified backup, in one line for the operator."""

    def __init__(self, reason: object) -> None:
        super().__init__(" ".join(str(reason).split()))


@contextmanager
def as_default(**changes: Any) -> Iterator[None]:
    """In the block and this thread, the default connection is a second one, with these changes to the settings."""
    original = connections[DEFAULT_DB_ALIAS]
    other = original.__class__({**original.settings_dict, **changes}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = original


@contextmanager
def copied(file: Path) -> Iterator[None]:
    """Copies the live database to a new file. In the block, the live one is read as it was then."""
    live = connection.settings_dict
    reading = {**live["OPTIONS"], "transaction_mode": "DEFERRED"}  # takes no write lock
    with as_default(OPTIONS=reading), transaction.atomic():
        with closing(_open(live["NAME"])) as writer, closing(_open(live["NAME"])) as copier:
            writer.execute("BEGIN IMMEDIATE")  # no other writer until both have the same snapshot
            tables = connection.introspection.table_names()  # the first query of a transaction sets its snapshot
            copier.execute("VACUUM INTO ?", [str(file)])
        _empty(file, EXCLUDED_TABLES & set(tables))
        yield


def _empty(file: Path, tables: Iterable[str]) -> None:
    """Deletes all rows of these tables and overwrites their bytes."""
    with closing(_open(file)) as copy:
        copy.execute("PRAGMA secure_delete = ON")
        for table in tables:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608


@contextmanager
def opened_copy(file: Path, folder: Path) -> Iterator[None]:
    """In the block, the default connection is to a scratch copy of the file, made in the folder.

    Raises BackupError, sqlite3.Error or OSError if the file is no SQLite database, or a damaged one.
    """
    scratch = Path(shutil.copyfile(file, folder / "scratch.sqlite3"))
    _check_integrity(scratch)
    with as_default(NAME=scratch):
        yield


def _check_integrity(file: Path) -> None:
    with closing(_open(file)) as database:
        found = [row[0] for row in database.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise BackupError(_("the database in it is damaged: %s") % found[0])


def _open(path: Path) -> sqlite3.Connection:
    """An existing file; each statement is a transaction."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=LOCK_TIMEOUT, isolation_level=None)
