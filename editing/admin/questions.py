"""Questions and their answers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import FAQ

from .base import ClaimAdmin


@admin.register(FAQ)
class FAQAdmin(ClaimAdmin):
    list_display = ["question", *ClaimAdmin.list_display, "section"]
    list_filter = [*ClaimAdmin.list_filter, "section", "generations", "radios"]
    search_fields = ["question", "slug", "answer"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "generations", "radios"]
    prepopulated_fields = {"slug": ("question",)}
    fieldsets = [
        (None, {"fields": ["question", "slug", "answer"]}),
        (_("Where it arises"), {"fields": ["section", "generations", "radios"]}),
    ]
