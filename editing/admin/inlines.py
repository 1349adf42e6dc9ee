"""Rows within another row's page."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Fitment, Fuse, Phase, ProcedureUse, Step, Task
from guides.models.procedures import ANCHORS

from .base import EVIDENCE, PUBLICATION, ContentOptions
from .forms import ContentForm, ContentFormSet

#: The fields that state the fact, which a row's own page shows too.
PHASE_FACTS = ["name", "slug", "first_year", "last_year", "recognise", "drawing"]
FUSE_FACTS = ["number", "box", "amps", "protects"]
FITMENT_FACTS = ["serial_format", "code_needed", "code_advice", "serial_advice"]
STEP_FACTS = ["text", "keys", "display", "is_note", "severity", "drawing", "slug"]


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
    verbose_name_plural = _("radios in this car")
    autocomplete_fields = [*ClaimInline.autocomplete_fields, "radio"]
    fields = ["radio", "first_year", "last_year", *FITMENT_FACTS]


class CarsOfRadio(ClaimInline):
    model = Fitment
    verbose_name, verbose_name_plural = _("car"), _("cars that have it")
    fields = ["generation", "first_year", "last_year", *FITMENT_FACTS]

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class StepInline(ClaimInline):
    model = Step
    fields = [*STEP_FACTS]


class RadiosOfProcedure(ContentInline):
    model = ProcedureUse
    verbose_name, verbose_name_plural = _("radio"), _("radios that use it")
    autocomplete_fields = ["radio"]
    fields = ["radio", "order"]


class ProceduresOfRadio(ContentInline):
    """What to do at this radio. Few enough for plain boxes to choose from."""

    model = ProcedureUse
    verbose_name, verbose_name_plural = _("procedure"), _("what to do at this radio")
    fields = ["procedure", "order"]

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        """For a new radio one for each thing that a guide can tell; those left empty are not saved."""
        return 0 if obj else len({ANCHORS[task] for task in Task})
