"""What the operator should know of this machine."""

import logging
import sqlite3
from typing import Any

from django.core.checks import CheckMessage, Info, Tags, register
from django.db import connection
from django.utils.translation import gettext as _

from .sqlite_fault import has_wal_reset_fault

logger = logging.getLogger(__name__)


@register(Tags.database, deploy=True)
def sqlite_is_free_of_the_wal_reset_fault(**kwargs: Any) -> list[CheckMessage]:
    """An information and no warning: Debian 12 ships such a library, the fault is rare, and a backup is the remedy."""
    if connection.vendor != "sqlite" or not has_wal_reset_fault(sqlite3.sqlite_version_info):
        return []
    return [
        Info(
            _("SQLite %s may, very rarely, damage the database when two processes write at the same moment.")
            % sqlite3.sqlite_version,
            hint=_(
                "Make a backup each night (manage.py backup); use a Python with SQLite 3.51.3 or newer, "
                "3.50.7 or 3.44.6, or PostgreSQL."
            ),
            id="focushelp.I001",
        )
    ]


def say_what_to_know() -> None:
    """The same in the log, when a worker starts."""
    for message in sqlite_is_free_of_the_wal_reset_fault():
        logger.warning("%s %s", message.msg, message.hint)
