"""Radio units with their cars and procedures, and the shapes of serials."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import RadioUnit, SerialFormat

from .base import ClaimAdmin, ContentAdmin
from .fitments import CarsOfRadio
from .procedures import ProceduresOfRadio


@admin.register(RadioUnit)
class RadioUnitAdmin(ClaimAdmin):
    list_display = ["name", *ClaimAdmin.list_display, "maker", "code_needed"]
    list_filter = [*ClaimAdmin.list_filter, "code_needed", "controls"]
    search_fields = ["name", "slug", "other_names", "maker", "recognise"]
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [
        (_("What it is"), {"fields": ["name", "slug", "other_names", "maker", "recognise", "faceplate"]}),
        (_("How it is worked"), {"fields": ["controls", "code_needed", "serial_keys", "confirm_keys"]}),
        (
            _("What it shows"),
            {
                "fields": ["serial_screens", "tries", "free_tries", "wait_minutes"],
                "description": _("The practice radio does as these say; its messages are those that name this radio."),
            },
        ),
    ]
    inlines = [CarsOfRadio, ProceduresOfRadio]
    missing_looks_at = ["procedures"]


@admin.register(SerialFormat)
class SerialFormatAdmin(ContentAdmin):
    list_display = ["name", "mask"]
    search_fields = ["name", "slug", "mask"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["name", "slug", "mask"]
