"""Procedures with their steps, and the radios that they are for."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import Procedure, ProcedureUse, Step

from .base import ClaimAdmin, ClaimInline, ContentInline

STEP_FACTS = ["text", "slug", "keys", "display", "severity", "drawing"]


class StepInline(ClaimInline):
    model = Step
    fields = [*STEP_FACTS]


class RadiosOfProcedure(ContentInline):
    model = ProcedureUse
    autocomplete_fields = ["radio"]
    fields = ["radio", "order"]


class ProceduresOfRadio(ContentInline):
    model = ProcedureUse
    autocomplete_fields = ["procedure"]
    fields = ["procedure", "order"]


@admin.register(Procedure)
class ProcedureAdmin(ClaimAdmin):
    list_display = ["name", *ClaimAdmin.list_display, "task"]
    list_filter = [*ClaimAdmin.list_filter, "task", "radios"]
    search_fields = ["name", "slug", "intro", "steps__text"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["task", "name", "slug", "intro"]
    inlines = [StepInline, RadiosOfProcedure]
    missing_looks_at = ["steps", "uses"]


@admin.register(Step)
class StepAdmin(ClaimAdmin):
    list_display = ["__str__", *ClaimAdmin.list_display, "procedure", "keys"]
    list_filter = [*ClaimAdmin.list_filter, "severity", "procedure"]
    list_select_related = ["procedure"]
    search_fields = ["text", "slug", "keys", "display", "procedure__name"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "procedure"]
    fieldsets = [
        (
            None,
            {
                "fields": ["procedure", *STEP_FACTS],
                "description": _("Every radio that uses the procedure shows this step."),
            },
        ),
    ]
