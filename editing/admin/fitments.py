"""A radio in a car, on its own page and from either side."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import Fitment

from .base import ClaimAdmin, ClaimInline

IN_THIS_CAR = ["serial_format", "code_needed", "code_advice", "serial_advice"]


@admin.register(Fitment)
class FitmentAdmin(ClaimAdmin):
    list_display = ["__str__", *ClaimAdmin.list_display, "first_year", "last_year", "serial_format"]
    list_filter = [*ClaimAdmin.list_filter, "generation", "radio"]
    list_select_related = ["generation", "radio", "serial_format"]
    search_fields = ["generation__name", "radio__name", "radio__other_names", "code_advice", "serial_advice"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "generation", "radio", "serial_format"]
    fieldsets = [
        (_("Which radio in which car"), {"fields": ["generation", "radio", "first_year", "last_year"]}),
        (_("In this car"), {"fields": [*IN_THIS_CAR]}),
    ]


class RadiosOfGeneration(ClaimInline):
    model = Fitment
    autocomplete_fields = [*ClaimInline.autocomplete_fields, "radio", "serial_format"]
    fields = ["radio", "first_year", "last_year", *IN_THIS_CAR]


class CarsOfRadio(ClaimInline):
    model = Fitment
    autocomplete_fields = [*ClaimInline.autocomplete_fields, "generation", "serial_format"]
    fields = ["generation", "first_year", "last_year", *IN_THIS_CAR]
