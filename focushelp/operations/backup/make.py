"""Makes and verifies backups. A file is called a backup when a copy of it has given the same pages as the site."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from accounts.audit import delete_old_attempts

from . import pages
from .copy import BackupError, copied, opened_copy
from .rotation import delete_old, name_of


@dataclass(frozen=True)
class Backup:
    """A verified backup: its file, how many pages were compared, and the older files that were deleted."""

    file: Path
    pages: int
    deleted: list[Path]


def backup(folder: Path) -> Backup:
    """Copies the live database, verifies the copy, gives it its name in the folder, and deletes old backups there.

    Raises BackupError, sqlite3.Error, django.db.Error or OSError; the folder is then as it was.
    """
    _require_sqlite()
    if settings.DATABASE_READ_ONLY:
        raise BackupError(_("DATABASE_READ_ONLY is set here: run this where the database is written"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    delete_old_attempts()
    with TemporaryDirectory(dir=folder, prefix=".part-") as work:
        part = Path(work, "backup")
        with copied(part):
            live = pages.render()
        with opened_copy(part, Path(work)):
            differing = pages.differing(live, pages.render())
        if differing:
            raise BackupError(_("the copy gives other pages than the site: %s") % ", ".join(differing[:5]))
        file = folder / name_of(datetime.now(UTC))
        _publish(part, file)
    return Backup(file, len(live), delete_old(folder))


def verify(file: Path) -> int:
    """How many pages a backup gives in this release. One of an older release is migrated in a scratch copy.

    Raises BackupError, sqlite3.Error, django.db.Error or OSError if it is damaged, no backup of this site, or of a
    newer release. The file and the live database are only read.
    """
    _require_sqlite()
    with TemporaryDirectory() as work, opened_copy(file, Path(work)):
        _migrate()
        return len(pages.render())


def _require_sqlite() -> None:
    if connection.vendor != "sqlite":
        raise BackupError(_("the database is PostgreSQL: run pg_dump --format=custom --file=FILE (docs/deployment.md)"))


def _migrate() -> None:
    """Brings the default database to this release."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    if not any(app == "guides" for app, _name in applied):
        raise BackupError(_("it is no backup of this site"))
    unknown = sorted(name for name in applied - set(loader.disk_migrations) if name[0] in loader.migrated_apps)
    if unknown:
        raise BackupError(_("it is of a newer release, with the migration %s") % ".".join(unknown[0]))
    call_command("migrate", interactive=False, verbosity=0)


def _publish(part: Path, file: Path) -> None:
    """Renames a finished file when it is on the disk. It contains password hashes, so only its owner may read it."""
    part.chmod(0o600)
    _sync(part)
    part.rename(file)
    _sync(file.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
