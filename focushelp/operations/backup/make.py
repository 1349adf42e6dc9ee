"""A backup that has been restored once before it is called one."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.audit import forget_attempts

from . import pages
from .connection import as_default
from .engine import engine
from .errors import BackupError
from .rotation import name_of, time_of, to_keep


@dataclass(frozen=True)
class Backup:
    """A verified backup: its file, how many pages were compared, and the older files that were deleted."""

    file: Path
    pages: int
    deleted: list[Path]


def backup(folder: Path) -> Backup:
    """Writes the live database to a file in the folder, restores it elsewhere, compares the pages, and only then gives
    the file its name and deletes older ones by the rule of `to_keep`."""
    database = engine()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".part-") as work:
        part = Path(work, "backup")
        if not settings.DATABASE_READ_ONLY:
            forget_attempts()
        with database.copied(part):
            live = pages.render()
        database.check(part)
        with database.scratch(part, Path(work)) as copy, as_default(**copy):
            differing = pages.differing(live, pages.render())
        if differing:
            raise BackupError(_("the copy gives other pages than the site: %s") % ", ".join(differing[:5]))
        file = folder / name_of(datetime.now(UTC), database.SUFFIX)
        publish(part, file)
    return Backup(file, len(live), _rotate(folder))


def publish(part: Path, file: Path) -> None:
    """Gives a finished file its name, when it is safely on the disk. It holds password hashes: for its owner only."""
    part.chmod(0o600)
    _to_disk(part)
    part.rename(file)
    _to_disk(file.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rotate(folder: Path) -> list[Path]:
    times = {path: time for path in folder.iterdir() if (time := time_of(path.name))}
    kept = to_keep(times.values())
    deleted = sorted(path for path, time in times.items() if time not in kept)
    for path in deleted:
        path.unlink()
    return deleted
