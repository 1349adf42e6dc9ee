"""Rows within another row's page."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Fitment, Fuse, Phase, ProcedureUse, Step

from .base import EVIDENCE, PUBLICATION, ContentOptions
from .forms import ContentForm, ContentFormSet

#: The fields that state the fact, which a row's own page shows too.
PHASE_FACTS = ["name", "slug", "first_year", "last_year", "recognise", "drawing"]
FUSE_FACTS = ["number", "box", "amps", "protects"]
FITMENT_FACTS = ["serial_format", "code_needed", "code_advice", "serial_advice"]
STEP_FACTS = ["text", "slug", "keys", "display", "is_note", "severity", "drawing"]


class ContentInline(ContentOptions, admin.StackedInline):
    """Rows within another row's page. Stacked, because a table of them does not fit a phone."""

    form = ContentForm
    formset = ContentFormSet
    extra = 0
    show_change_link = True
    view_on_site = False


class ClaimInline(ContentInline):
    """Rows that state a fact, with their evidence folded away."""

    autocomplete_fields = ["sources"]

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        facts = flatten_fieldsets(super().get_fieldsets(request, obj))
        return [
            (None, {"fields": [*facts, *PUBLICATION]}),
            (_("Evidence"), {"fields": EVIDENCE, "classes": ["collapse"]}),
        ]


class PhaseInline(ClaimInline):
    model = Phase
    prepopulated_fields = {"slug": ("name",)}
    fields = [*PHASE_FACTS]


class FuseInline(ClaimInline):
    model = Fuse
    fields = [*FUSE_FACTS]


class RadiosOfGeneration(ClaimInline):
    model = Fitment
    autocomplete_fields = [*ClaimInline.autocomplete_fields, "radio", "serial_format"]
    fields = ["radio", "first_year", "last_year", *FITMENT_FACTS]


class CarsOfRadio(ClaimInline):
    model = Fitment
    autocomplete_fields = [*ClaimInline.autocomplete_fields, "generation", "serial_format"]
    fields = ["generation", "first_year", "last_year", *FITMENT_FACTS]


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
