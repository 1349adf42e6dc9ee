"""Load the starting content into an empty database, never over the work of an editor."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.utils.translation import gettext as _

from editing.history.record import recorded
from guides.models import Generation, Source

#: Each file refers only to those before it.
FIXTURES = ["sources", "cars", "radios", "procedures", "messages", "questions", "code_sources", "directory"]


def tables_fit() -> bool:
    """Whether the tables of content have the columns of this release. Until the first release its one migration may
    change, and Django does not apply it again."""
    try:
        with connection.cursor() as cursor:
            for model in apps.get_app_config("guides").get_models(include_auto_created=True):
                cursor.execute(f"SELECT * FROM {model._meta.db_table} LIMIT 0")  # noqa: S608
                columns = {field.column for field in model._meta.local_concrete_fields}
                if {column[0] for column in cursor.description} != columns:
                    return False
    except (OperationalError, ProgrammingError):
        return False
    return True


class Command(BaseCommand):
    help = "Load the starting content if the database holds none."

    def handle(self, *args: Any, **options: Any) -> None:
        if not tables_fit():
            raise CommandError(
                _("The tables of this database are of an older release. Delete the folder var/, then start again.")
            )
        if Generation.objects.exists() or Source.objects.exists():
            self.stdout.write("Content is there already; it was left alone.")
            return
        with recorded(None, _("Starting content.")):
            call_command("loaddata", *FIXTURES, verbosity=0)
        self.stdout.write("Starting content loaded.")
