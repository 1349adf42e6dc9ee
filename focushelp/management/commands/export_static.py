"""Write the public site as files for a static host."""

from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.static_export import ExportError, export


class Command(BaseCommand):
    help = "Write the whole public site as files into FOLDER, for any static host; full addresses begin with SITE_URL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            for number, address in enumerate(export(WSGIHandler(), folder), start=1):
                if number % 100 == 0:
                    self.stdout.write(f"{number} files, the last for {address}")
        except ExportError as error:
            raise CommandError(f"{error}.") from None
        except OSError as error:
            raise CommandError(f"{folder} cannot be written to: {error.strerror}.") from None
        self.stdout.write(f"The site is in {folder}.")
