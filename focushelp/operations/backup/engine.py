"""Which database there is decides how it is copied."""

from types import ModuleType

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from . import postgresql, sqlite
from .errors import BackupError


def engine() -> ModuleType:
    """The module for the database of the site. A host that only reads it makes no backups."""
    if settings.DATABASE_READ_ONLY:
        raise BackupError(_("DATABASE_READ_ONLY is set here: run this where the database is written"))
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
