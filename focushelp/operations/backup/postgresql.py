"""Backup and restore of a PostgreSQL database, with PostgreSQL's own programs."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from .errors import BackupError
from .left_out import LEFT_OUT

SUFFIX = ".pgdump"
#: What psycopg takes beside the words of libpq; and the password.
NOT_FOR_PROGRAMS = {"context", "cursor_factory", "prepare_threshold", "password"}
PLAIN = ("--no-owner", "--no-privileges")  # of whoever restores it, wherever that is


@contextmanager
def copied(file: Path) -> Iterator[None]:
    """Copies the live database to a file. The block sees the live one as it was at that moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        without = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        _dump(connection.settings_dict, file, f"--snapshot={cursor.fetchone()[0]}", *without)
        yield


def check(file: Path) -> None:
    """Refuses a file that is no dump of PostgreSQL. Damage further inside is found when it is restored."""
    with file.open("rb") as start:
        if start.read(5) != b"PGDMP":
            raise BackupError(_("it is no backup of a PostgreSQL database"))


@contextmanager
def scratch(file: Path, folder: Path) -> Iterator[dict[str, Any]]:
    """The settings of a database of its own, made from a backup, and gone afterwards."""
    name = f"focushelp_scratch_{token_hex(6)}"
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        except ProgrammingError as error:
            user = connection.settings_dict["USER"]
            raise BackupError(
                _("%(error)s: run ALTER ROLE %(user)s CREATEDB") % {"error": error, "user": user}
            ) from error
    try:
        settings = {"NAME": name}
        _restore(file, settings, "--exit-on-error")
        yield settings
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def live_problem() -> str:
    """Why the present database cannot be kept as a backup; "" when it can: PostgreSQL looks after its own files."""
    return ""


def replace(settings: dict[str, Any], folder: Path) -> None:
    """Makes the live database equal to a scratch one, in one transaction: whoever is connected goes on with the new."""
    dump = folder / "migrated"
    _dump(settings, dump)
    _restore(dump, {}, "--clean", "--if-exists", "--single-transaction")


def _dump(changes: dict[str, Any], file: Path, *options: str) -> None:
    _run("pg_dump", changes, *PLAIN, *options, "--format=custom", f"--file={file}")


def _restore(file: Path, changes: dict[str, Any], *options: str) -> None:
    _run("pg_restore", changes, *PLAIN, *options, str(file))


def _run(program: str, changes: dict[str, Any], *arguments: str) -> None:
    """One of PostgreSQL's programs, on the database of the site or on one of another name; connected as Django is."""
    settings = connection.get_connection_params()
    words = {name: settings[name] for name in settings.keys() - NOT_FOR_PROGRAMS}
    target = make_conninfo(**{**words, "dbname": changes.get("NAME", settings["dbname"])})
    command = [program, f"--dbname={target}", *arguments]
    environment = {**os.environ, "PGPASSWORD": settings.get("password", "")}  # everybody on the host sees arguments
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupError(_("%s is not installed: it comes with PostgreSQL’s client programs") % program) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines()
        raise BackupError(said[-1] if said else f"{program}: {error.returncode}") from error
