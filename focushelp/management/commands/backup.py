"""Make a verified backup, or verify one."""

import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from focushelp.operations.backup import BackupError, backup, verify


class Command(BaseCommand):
    help = "Copy the SQLite database while the site runs, compare the pages of the copy, and delete old copies."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.BASE_DIR / "var" / "backups"
        parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=default)
        parser.add_argument("--verify", metavar="FILE", type=Path, help="only prove that this backup gives pages")

    def handle(self, *args: Any, folder: Path, verify: Path | None, **options: Any) -> None:
        try:
            line = _verified(verify) if verify else _made(folder)
        except (BackupError, Error, sqlite3.Error) as error:
            raise self._failed(verify or folder, str(error)) from None
        except OSError as error:
            raise self._failed(verify or folder, str(error.strerror)) from None
        self.stdout.write(line)

    def _failed(self, path: Path, reason: str) -> CommandError:
        return CommandError(f"{path}: {' '.join(reason.split())}")


def _made(folder: Path) -> str:
    made = backup(folder)
    size, deleted = made.file.stat().st_size // 1024, len(made.deleted)
    return _("%(file)s: verified, %(size)d KB, %(pages)d pages equal; older files deleted: %(deleted)d.") % {
        "file": made.file,
        "size": size,
        "pages": made.pages,
        "deleted": deleted,
    }


def _verified(file: Path) -> str:
    return _("%(file)s: verified, gives %(pages)d pages in this release.") % {"file": file, "pages": verify(file)}
