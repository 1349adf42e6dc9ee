"""Load the starting content into an empty database, never over the work of an editor."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from editing.history.record import recorded
from guides.models import Generation, Source

#: Each file refers only to those before it.
FIXTURES = ["sources", "cars", "radios", "procedures", "messages", "questions", "code_sources", "directory"]


class Command(BaseCommand):
    help = "Load the starting content if the database holds none."

    def handle(self, *args: Any, **options: Any) -> None:
        if Generation.objects.exists() or Source.objects.exists():
            self.stdout.write("Content is there already; it was left alone.")
            return
        with recorded(None, _("Starting content.")):
            call_command("loaddata", *FIXTURES, verbosity=0)
        self.stdout.write("Starting content loaded.")
