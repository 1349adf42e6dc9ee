"""Generations with their phases and radios; phases with their fuses; the years that two generations share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import Fuse, Generation, Overlap, Phase

from .base import ClaimAdmin, ClaimInline
from .fitments import RadiosOfGeneration

PHASE_FACTS = ["name", "slug", "first_year", "last_year", "recognise", "drawing"]
FUSE_FACTS = ["number", "box", "amps", "protects"]


class PhaseInline(ClaimInline):
    model = Phase
    prepopulated_fields = {"slug": ("name",)}
    fields = [*PHASE_FACTS]


class FuseInline(ClaimInline):
    model = Fuse
    fields = [*FUSE_FACTS]


@admin.register(Generation)
class GenerationAdmin(ClaimAdmin):
    list_display = ["name", *ClaimAdmin.list_display, "first_year", "last_year"]
    search_fields = ["name", "slug", "recognise"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["name", "slug", "first_year", "last_year", "recognise"]
    inlines = [PhaseInline, RadiosOfGeneration]


@admin.register(Phase)
class PhaseAdmin(ClaimAdmin):
    list_display = ["__str__", *ClaimAdmin.list_display]
    list_filter = [*ClaimAdmin.list_filter, "generation"]
    list_select_related = ["generation"]
    search_fields = ["name", "slug", "recognise", "generation__name"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "generation"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["generation", *PHASE_FACTS]
    inlines = [FuseInline]


@admin.register(Fuse)
class FuseAdmin(ClaimAdmin):
    list_display = ["__str__", *ClaimAdmin.list_display, "phase", "protects"]
    list_filter = [*ClaimAdmin.list_filter, "phase__generation"]
    list_select_related = ["phase__generation"]
    search_fields = ["number", "box", "protects", "phase__name", "phase__generation__name"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "phase"]
    fields = ["phase", *FUSE_FACTS]


@admin.register(Overlap)
class OverlapAdmin(ClaimAdmin):
    list_display = ["__str__", *ClaimAdmin.list_display]
    list_select_related = ["earlier", "later"]
    search_fields = ["earlier__name", "later__name", "question", "earlier_answer", "later_answer"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "earlier", "later"]
    fieldsets = [
        (_("Which years"), {"fields": ["earlier", "later", "first_year", "last_year"]}),
        (_("What tells them apart"), {"fields": ["question", "earlier_answer", "later_answer"]}),
    ]
