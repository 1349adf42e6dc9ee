"""What is wrong behind the site, by name and in plain words, for whoever runs it."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import Error, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from guides.models import Fitment

logger = logging.getLogger(__name__)

#: With less, a save or a page may not fit any more.
ROOM = 16 * 1024 * 1024  # bytes
#: How long somebody may write to the database before that counts as a fault.
PATIENCE = 2000  # milliseconds

_looking = Lock()
_found: list[str] = []


def problems() -> list[str]:
    """A line for each part that does not do its work; none if all is well. One thread looks, and whoever asks meanwhile
    hears what was found before: nobody holds up the site by asking."""
    global _found
    if _looking.acquire(blocking=False):
        try:
            _found = [*_of_database(), *_of_cache(), *_of_disk(settings.PAGES_PATH, _("page store"))]
        finally:
            _looking.release()
    return _found


def _of_database() -> Iterator[str]:
    is_file = connection.vendor == "sqlite" and not settings.DATABASE_READ_ONLY and not connection.is_in_memory_db()  # type: ignore[attr-defined]
    file = Path(connection.settings_dict["NAME"]) if is_file else None
    if file and not file.exists():
        yield _("database: its file is gone. Put it back, or run manage.py restore with the last backup.")
        return
    if file:
        yield from _of_disk(file, _("database"))
    try:
        if not Fitment.objects.published().exists():
            yield _("database: it holds no published content. Run manage.py load_content.")
        if not settings.DATABASE_READ_ONLY and not _takes_changes():
            yield _("database: it can be read, but takes no changes: it is read-only, or a copy that follows another.")
    except OperationalError as error:
        logger.exception("The database does not answer.")
        if "locked" in str(error):
            yield _("database: another process keeps it locked, so nothing can be saved.")
        else:
            yield _("database: it does not answer. See the log.")
    except Error:
        logger.exception("The database does not answer as it should.")
        yield _("database: it is damaged, or of another release. See the log, and run manage.py restore or migrate.")


def _takes_changes() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            return cursor.fetchone() == ("off",)
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            with transaction.atomic():  # takes the lock of a writer
                return True
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {connection.settings_dict['OPTIONS']['timeout'] * 1000}")


def _of_cache() -> Iterator[str]:
    """A memory of its own is always there; another may swallow its errors."""
    if settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return
    said = uuid4().hex
    cache.set("health", said, timeout=60)
    if cache.get("health") != said:
        yield _("cache: it does not answer. Pages are made without it, and nobody’s posts are counted.")


def _of_disk(path: Path, name: str) -> Iterator[str]:
    """Of the disk under a file or folder that may not be there yet."""
    there = next(each for each in (path, *path.parents) if each.exists())
    if not os.access(there, os.W_OK):
        yield _("%(name)s: it cannot be written to; the disk is read-only, or it belongs to another user.") % {
            "name": name
        }
    free = shutil.disk_usage(there).free
    if free < ROOM:
        yield _("%(name)s: the disk is full, %(free)d MB are left.") % {"name": name, "free": free // 2**20}
