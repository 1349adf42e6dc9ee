"""The database as a backup has it."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from focushelp.operations.backup import BackupError, restore


class Command(BaseCommand):
    help = "Put a backup in the place of the database, while the site runs; the present database is kept aside."
    requires_system_checks = ()  # there may be no database now

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        try:
            with restore(file) as found:
                for line in found.lines():
                    self.stdout.write(line)
                if not yes and not self._agreed():
                    raise CommandError(_("Nothing was restored."))
                kept = found.apply()
        except (BackupError, Error, sqlite3.Error) as error:
            reason = " ".join(str(error).split())
            raise CommandError(f"{file}: {reason}") from None
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {error.strerror}") from None
        self.stdout.write(_("Restored."))
        if kept:
            self.stdout.write(_("The database as it was: %s") % kept)

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError(_("Nothing was restored: nobody is there to ask; --yes answers beforehand."))
        return input(_("Replace the database? [y/N] ")).strip().lower() in (_("y"), _("yes"))
