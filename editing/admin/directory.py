"""The directory by make and model."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import CarGuide, Make

from .base import ClaimAdmin, PublishedAdmin


@admin.register(Make)
class MakeAdmin(PublishedAdmin):
    list_display = ["name", *PublishedAdmin.list_display]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["name", "slug", "is_published", "order"]


@admin.register(CarGuide)
class CarGuideAdmin(ClaimAdmin):
    list_display = ["__str__", *ClaimAdmin.list_display, "generation"]
    list_filter = [*ClaimAdmin.list_filter, "make"]
    list_select_related = ["make", "generation"]
    search_fields = ["name", "slug", "make__name", "note"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "make", "generation", "radios"]
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [
        (None, {"fields": ["make", "name", "slug"]}),
        (
            _("Where it leads"),
            {
                "fields": ["generation", "radios", "note"],
                "description": _("To a generation of the Focus, to radio units that it shares, or to advice alone."),
            },
        ),
    ]
