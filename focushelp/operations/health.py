"""Health checks for the operator: the database, the cache and the disk, each fault in one line of plain words."""

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

MIN_FREE_DISK = 16 * 1024 * 1024  # bytes: with less, the next save may not fit
LOCK_TIMEOUT = 2000  # milliseconds to wait for another writer

_checking = Lock()
_last_result: list[str] = []


def failing_parts() -> list[str]:
    """Check all parts: one line for each fault, empty if there is none.

    One thread checks at a time; the others get the last result, so that frequent requests do not slow the site down.
    """
    global _last_result
    if _checking.acquire(blocking=False):
        try:
            _last_result = [*_database(), *_cache(), *_disk(settings.PAGES_PATH, _("page store"))]
        finally:
            _checking.release()
    return _last_result


def _database() -> Iterator[str]:
    name = connection.settings_dict["NAME"]
    if isinstance(name, Path):  # SQLite that is written; else the name is text
        yield from _disk(name, _("database"))
    try:
        if Fitment._meta.db_table not in connection.introspection.table_names():
            yield _("database: it has no tables, or its file is gone. Put the file back, or run manage.py migrate.")
            return
        if not Fitment.objects.published().exists():
            yield _("database: it holds no published content. Run manage.py load_content.")
        if not settings.DATABASE_READ_ONLY and not _is_writable():
            yield _("database: it is read-only, so nothing can be saved.")
    except OperationalError as error:
        logger.exception("The database does not answer.")
        if "locked" in str(error):
            yield _("database: another process keeps it locked, so nothing can be saved.")
        else:
            yield _("database: it does not answer. See the log.")
    except Error:
        logger.exception("The database is damaged or belongs to another release.")
        yield _("database: it is damaged, or of another release. See the log; restore a backup or run migrate.")


def _is_writable() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            return cursor.fetchone() == ("off",)
        cursor.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT}")
        with transaction.atomic():  # takes the write lock
            return True


def _cache() -> Iterator[str]:
    token = uuid4().hex
    try:
        cache.set("health", token, timeout=60)
        works = cache.get("health") == token
    except Exception:  # the errors of a cache are those of its client library
        logger.exception("The cache does not answer.")
        works = False
    if not works:
        yield _("cache: it does not answer, so posts are not limited. See the log.")


def _disk(path: Path, name: str) -> Iterator[str]:
    """The disk under a file or folder, which need not exist yet."""
    existing = next(each for each in (path, *path.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    words = {"name": name, "free": free // 2**20}
    if not os.access(existing, os.W_OK):
        yield _("%(name)s: it cannot be written to: the disk is read-only, or it belongs to another user.") % words
    if free < MIN_FREE_DISK:
        yield _("%(name)s: the disk is full, %(free)d MB are left.") % words
