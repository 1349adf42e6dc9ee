"""A check of `manage.py check --deploy`: files with secrets that other users of the machine can read."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection
from django.utils.translation import gettext as _

SECRETS = ("SECRET_KEY_FILE", "DATABASE_URL_FILE", "CACHE_URL_FILE")


@register(Tags.security, deploy=True)
def files_with_secrets(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each, with the command that mends it."""
    paths = [path for path in (*_database_files(), *_secret_files()) if path.is_file()]
    return [
        Warning(
            _("Other users of this machine can read %s.") % path,
            hint=_("As the user of the site run: chmod 600 %s") % path,
            id="focushelp.W001",
        )
        for path in paths
        if path.stat().st_mode & 0o007
    ]


def _database_files() -> list[Path]:
    """The SQLite file with its log and index, which have its mode; none if it is only read, or there is a server."""
    name = connection.settings_dict["NAME"]
    return [Path(f"{name}{end}") for end in ("", "-wal", "-shm")] if isinstance(name, Path) else []


def _secret_files() -> list[Path]:
    named = [Path(os.environ[name]) for name in SECRETS if os.environ.get(name)]
    return [*named, settings.LOCAL_SECRET]
