"""A verified backup, for a person or for a timer."""

import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from guides.backup import BackupError, backup


class Command(BaseCommand):
    help = "Copy the database while the site runs, restore the copy elsewhere, compare the pages, delete old copies."

    def add_arguments(self, parser: CommandParser) -> None:
        folder = settings.BASE_DIR / "var" / "backups"
        parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=folder)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = backup(folder)
        except (BackupError, Error, sqlite3.Error) as error:
            raise CommandError(
                _("no backup was made in %(folder)s: %(error)s") % {"folder": folder, "error": error}
            ) from None
        except OSError as error:
            words = {"folder": folder, "error": error.strerror}
            raise CommandError(_("no backup was made in %(folder)s: %(error)s") % words) from None
        said = {
            "file": made.file,
            "size": made.file.stat().st_size // 1024,
            "pages": made.pages,
            "deleted": len(made.deleted),
        }
        self.stdout.write(
            _("%(file)s: verified, %(size)d KB, %(pages)d pages equal; %(deleted)d older files deleted.") % said
        )
