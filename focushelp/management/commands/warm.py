"""Make every public page beforehand, for the servers of this host to send."""

from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from editing.history.record import current_version
from focushelp.page_store.disk import Disk
from focushelp.page_store.editions import Editions
from focushelp.page_store.warming import NotNowError, Warming


class Command(BaseCommand):
    help = "Make every public page of the content as it is now; also notices what was changed outside the desk."

    def handle(self, *args: Any, **options: Any) -> None:
        current_version()
        try:
            failed = Warming(WSGIHandler(), Editions(Disk(settings.PAGES_PATH)), self.stdout.write).run()
        except NotNowError as error:
            raise CommandError(f"The pages were not made: {error}.") from None
        except OSError as error:
            raise CommandError(f"{settings.PAGES_PATH} cannot be written to: {error.strerror}.") from None
        if failed:
            raise CommandError(f"These addresses gave no page, see the log: {', '.join(failed)}")
