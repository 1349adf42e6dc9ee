"""The content as one file: export it, compare it, import it."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from editing.checks.publishing import dry_run
from editing.content_file import ContentFile, ContentFileError, Difference, apply, export, load
from editing.content_file.plain_yaml import MAX_BYTES
from editing.history.record import recorded


class Command(BaseCommand):
    help = "Write all content to one file, compare it with one, or make it equal to one."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        write = what.add_parser("export", help="write the content to FILE, or to the terminal")
        write.add_argument("file", metavar="FILE", nargs="?", type=Path)
        read = what.add_parser("import", help="make the content equal to FILE: rows that are not in it are deleted")
        read.add_argument("file", metavar="FILE", type=Path)
        read.add_argument("--yes", action="store_true", help="do not ask")
        compare = what.add_parser("diff", help="say what import would do, and do nothing")
        compare.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, what: str, file: Path | None, **options: Any) -> None:
        try:
            if what == "export":
                self._export(file)
            elif file and what == "import":
                self._import(_read(file), options["yes"])
            elif file:
                self._show(_read(file))
        except ContentFileError as error:
            raise CommandError(f"{file}: {error}") from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None

    def _export(self, file: Path | None) -> None:
        if file:
            file.write_text(export(), encoding="utf-8", newline="\n")
        else:
            self.stdout.write(export(), ending="")

    def _import(self, file: ContentFile, yes: bool) -> None:
        difference, broken = self._show(file)
        if broken:
            raise CommandError(_("Nothing was imported: it would publish errors, above with an exclamation mark."))
        if not difference:
            return
        if not yes and not self._agreed():
            raise CommandError(_("Nothing was imported."))
        with recorded(None, _("Import of a content file.")):
            apply(file, difference.digest)
        self.stdout.write(_("Imported."))

    def _show(self, file: ContentFile) -> tuple[Difference, list[str]]:
        difference, broken = dry_run(file)
        for line in [*difference.lines(), *(f"! {words}" for words in broken)]:
            self.stdout.write(line)
        return difference, broken

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError(_("Nothing was imported: there is no terminal to ask on; --yes answers beforehand."))
        return input(_("Import this? [y/N] ")).strip().lower() in (_("y"), _("yes"))


def _read(file: Path) -> ContentFile:
    with file.open("rb") as stream:
        return load(stream.read(MAX_BYTES + 1))
