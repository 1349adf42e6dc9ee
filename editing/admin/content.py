"""The admin of every kind of row: cars, radios, procedures, messages, questions, ways to the code, the directory, and
the sources of all that."""

from functools import reduce
from operator import add
from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import (
    FAQ,
    CarGuide,
    Claim,
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Make,
    Overlap,
    Phase,
    Procedure,
    RadioUnit,
    SerialFormat,
    Source,
    Step,
)

from .actions import add_to_radio
from .base import ClaimAdmin, ContentAdmin, PublishedAdmin
from .inlines import (
    FITMENT_FACTS,
    FUSE_FACTS,
    PHASE_FACTS,
    STEP_FACTS,
    CarsOfRadio,
    FuseInline,
    PhaseInline,
    ProceduresOfRadio,
    RadiosOfGeneration,
    RadiosOfProcedure,
    StepInline,
)
from .radio_form import RadioForm


@admin.register(Generation)
class GenerationAdmin(ClaimAdmin):
    handbook = "years"
    has_words = True
    list_display = ["name", *ClaimAdmin.list_display, "years"]
    search_fields = ["name", "slug", "other_names", "recognise"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["name", "slug", "other_names", "first_year", "last_year", "recognise"]
    inlines = [PhaseInline, RadiosOfGeneration]


@admin.register(Phase)
class PhaseAdmin(ClaimAdmin):
    handbook = "add-a-facelift"
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
    list_display = ["__str__", *ClaimAdmin.list_display, "protects"]
    list_filter = [*ClaimAdmin.list_filter, "phase__generation"]
    list_select_related = ["phase__generation"]
    search_fields = ["number", "box", "protects", "phase__name", "phase__generation__name"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "phase"]
    fields = ["phase", *FUSE_FACTS]


@admin.register(Overlap)
class OverlapAdmin(ClaimAdmin):
    handbook = "years"
    list_display = ["__str__", *ClaimAdmin.list_display]
    list_select_related = ["earlier", "later"]
    search_fields = ["earlier__name", "later__name", "question", "earlier_answer", "later_answer"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "earlier", "later"]
    fieldsets = [
        (_("Which years"), {"fields": ["earlier", "later", "first_year", "last_year", "first_month", "last_month"]}),
        (_("What tells them apart"), {"fields": ["question", "earlier_answer", "later_answer"]}),
    ]


@admin.register(RadioUnit)
class RadioUnitAdmin(ClaimAdmin):
    handbook = "add-a-radio"
    has_words = True
    form = RadioForm
    save_as = True
    list_display = ["name", *ClaimAdmin.list_display, "code_needed"]
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
                "description": _("The practice radio does as these say."),
            },
        ),
        (_("What its guide has"), {"fields": RadioForm.parts}),
    ]
    inlines = [CarsOfRadio, ProceduresOfRadio]
    missing_prefetch = ["procedures"]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Without the rows that the user may not change."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.has_perms(["guides.change_errormessage", "guides.change_faq", "guides.change_codesource"]):
            return fieldsets
        return [each for each in fieldsets if each[1]["fields"] != RadioForm.parts]


@admin.register(SerialFormat)
class SerialFormatAdmin(ContentAdmin):
    handbook = "keys-and-patterns"
    list_display = ["name", "mask"]
    search_fields = ["name", "slug", "mask"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["name", "slug", "mask"]


@admin.register(Fitment)
class FitmentAdmin(ClaimAdmin):
    handbook = "add-a-radio-to-another-car"
    list_display = ["__str__", *ClaimAdmin.list_display, "years"]
    list_filter = [*ClaimAdmin.list_filter, "generation", "radio"]
    list_select_related = ["generation", "radio", "serial_format"]
    search_fields = ["generation__name", "radio__name", "radio__other_names", "code_advice", "serial_advice"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "generation", "radio", "serial_format"]
    fieldsets = [
        (_("Which radio in which car"), {"fields": ["generation", "radio", "first_year", "last_year"]}),
        (_("In this car"), {"fields": [*FITMENT_FACTS]}),
    ]


@admin.register(Procedure)
class ProcedureAdmin(ClaimAdmin):
    handbook = "write-a-procedure"
    actions = [add_to_radio, *ClaimAdmin.actions]
    has_words = True
    list_display = ["name", *ClaimAdmin.list_display, "task"]
    list_filter = [*ClaimAdmin.list_filter, "task", "radios"]
    search_fields = ["name", "slug", "asked_as", "intro", "steps__text"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["task", "name", "slug", "in_short", "intro", "asked_as"]
    inlines = [StepInline, RadiosOfProcedure]
    missing_prefetch = ["steps", "uses"]


@admin.register(Step)
class StepAdmin(ClaimAdmin):
    handbook = "write-a-procedure"
    list_display = ["__str__", "procedure", "is_published", "missing", "confidence"]
    missing_prefetch = ["procedure__sources"]
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


@admin.register(ErrorMessage)
class ErrorMessageAdmin(ClaimAdmin):
    handbook = "add-a-message"
    actions = [add_to_radio, *ClaimAdmin.actions]
    has_words = True
    list_display = ["display", *ClaimAdmin.list_display, "severity"]
    list_filter = [*ClaimAdmin.list_filter, "severity", "radios"]
    search_fields = ["display", "slug", "synonyms", "meaning", "next_action"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "radios", "way"]
    prepopulated_fields = {"slug": ("display",)}
    fieldsets = [
        (
            _("What the radio shows"),
            {
                "fields": ["display", "slug", "synonyms", "everyday_words", "radios"],
                "description": _("The message is part of the guides of the radios that you choose."),
            },
        ),
        (_("What it means"), {"fields": ["severity", "meaning", "next_action", "leads_to", "way"]}),
    ]


@admin.register(FAQ)
class FAQAdmin(ClaimAdmin):
    actions = [add_to_radio, *ClaimAdmin.actions]
    has_words = True
    list_display = ["question", *ClaimAdmin.list_display]
    list_filter = [*ClaimAdmin.list_filter, "section", "generations", "radios"]
    search_fields = ["question", "slug", "asked_as", "answer"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "generations", "radios"]
    prepopulated_fields = {"slug": ("question",)}
    fieldsets = [
        (None, {"fields": ["question", "slug", "answer", "asked_as"]}),
        (_("Where it arises"), {"fields": ["section", "in_guide", "generations", "radios"]}),
    ]


@admin.register(CodeSource)
class CodeSourceAdmin(ClaimAdmin):
    handbook = "add-a-way-to-the-code"
    actions = [add_to_radio, *ClaimAdmin.actions]
    has_words = True
    list_display = ["name", *ClaimAdmin.list_display]
    search_fields = ["name", "slug", "asked_as", "how", "bring", "cost", "beware"]
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "radios"]
    fields = ["name", "slug", "how", "bring", "cost", "beware", "asked_as", "radios"]


@admin.register(Make)
class MakeAdmin(PublishedAdmin):
    list_display = ["name", *PublishedAdmin.list_display]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ("name",)}
    fields = ["name", "slug", "is_published", "order"]


@admin.register(CarGuide)
class CarGuideAdmin(ClaimAdmin):
    has_words = True
    list_display = ["__str__", *ClaimAdmin.list_display, "generation"]
    list_filter = [*ClaimAdmin.list_filter, "make"]
    list_select_related = ["make", "generation"]
    search_fields = ["name", "slug", "other_names", "make__name", "note"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "make", "generation", "radios"]
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [
        (None, {"fields": ["make", "name", "slug", "other_names"]}),
        (
            _("Where it leads"),
            {
                "fields": ["generation", "radios", "note"],
                "description": _("To a generation of the Focus, to radios that it shares, or to advice alone."),
            },
        ),
    ]


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    list_display = ["title", "kind", "read_on", "claims"]
    list_filter = ["kind", "read_on"]
    search_fields = ["title", "slug", "url", "note"]
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "slug", "kind", "url", "read_on", "note"],
                "description": _("Never a service that sells or computes codes."),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        kinds = Claim.__subclasses__()
        return super().get_queryset(request).annotate(claims=reduce(add, map(_resting_on_source, kinds)))

    @admin.display(description=_("facts that name it"), ordering="claims")
    def claims(self, source: Source) -> int:
        return source.claims  # type: ignore[attr-defined]


def _resting_on_source(claim: type[Claim]) -> Coalesce:
    """How many rows of that kind name the source. A subquery, because joins to every kind would multiply."""
    links = claim.sources.through._default_manager.filter(source=OuterRef("pk")).order_by()
    return Coalesce(Subquery(links.values("source").annotate(number=Count("pk")).values("number")), 0)
