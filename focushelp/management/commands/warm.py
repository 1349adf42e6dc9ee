"""Render all public pages in advance."""

from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from editing.history.record import current_version
from focushelp.page_store.disk import Disk
from focushelp.page_store.editions import Editions
from focushelp.page_store.warming import Warming, WarmingStoppedError


class Command(BaseCommand):
    help = "Render every public page of the present content; first record changes that were made outside the admin."

    def handle(self, *args: Any, **options: Any) -> None:
        current_version()
        try:
            failed = Warming(WSGIHandler(), Editions(Disk(settings.PAGES_PATH)), self.stdout.write).run()
        except WarmingStoppedError as error:
            raise CommandError(f"The pages were not rendered: {error}.") from None
        except OSError as error:
            raise CommandError(f"{settings.PAGES_PATH} cannot be written to: {error.strerror}.") from None
        if failed:
            raise CommandError(f"These addresses gave no page, see the log: {', '.join(failed)}")
