"""A verified backup, for a person or for a timer."""

import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from focushelp.operations.backup import BackupError, backup


class Command(BaseCommand):
    help = "Copy the database while the site runs, restore the copy elsewhere, compare the pages, delete old copies."

    def add_arguments(self, parser: CommandParser) -> None:
        folder = settings.BASE_DIR / "var" / "backups"
        parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=folder)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = backup(folder)
        except (BackupError, Error, sqlite3.Error) as error:
            raise self._failed(folder, str(error)) from None
        except OSError as error:
            raise self._failed(folder, str(error.strerror)) from None
        size, deleted = made.file.stat().st_size // 1024, len(made.deleted)
        self.stdout.write(
            _("%(file)s: verified, %(size)d KB, %(pages)d pages equal; older files deleted: %(deleted)d.")
            % {"file": made.file, "size": size, "pages": made.pages, "deleted": deleted}
        )

    def _failed(self, folder: Path, reason: str) -> CommandError:
        words = {"folder": folder, "reason": " ".join(reason.split())}
        return CommandError(_("no backup was made in %(folder)s: %(reason)s") % words)
