"""What the display says."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import ErrorMessage

from .base import ClaimAdmin


@admin.register(ErrorMessage)
class ErrorMessageAdmin(ClaimAdmin):
    list_display = ["display", *ClaimAdmin.list_display, "severity"]
    list_filter = [*ClaimAdmin.list_filter, "severity", "radios"]
    search_fields = ["display", "slug", "synonyms", "meaning", "next_action"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "radios"]
    prepopulated_fields = {"slug": ("display",)}
    fieldsets = [
        (
            _("What the radio shows"),
            {
                "fields": ["display", "slug", "synonyms", "radios"],
                "description": _("The message is part of the guides of the radio units that you choose."),
            },
        ),
        (_("What it means"), {"fields": ["severity", "meaning", "next_action", "leads_to"]}),
    ]
