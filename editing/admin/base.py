"""What the screens of all content have in common: lists that say what is missing, and evidence beside every claim."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import Claim
from guides.models.base import NaturalKeyModel

from .forms import ORDER_STEP, ContentForm, ContentFormSet, LinesWidget, RowForm
from .preview import PreviewAdmin
from .publishing import PublishingAdmin
from .recording import RecordedAdmin
from .refusal import RefusingAdmin

EVIDENCE = ["confidence", "others_say", "sources", "checked_on"]
PUBLICATION = ["is_published", "order"]


class ContentOptions(BaseModelAdmin):
    """Fields as they look on every screen: short boxes, so that a form fits a phone."""

    formfield_overrides = {
        models.TextField: {"widget": LinesWidget(attrs={"rows": 4})},
        models.URLField: {"assume_scheme": "https"},
    }


class ContentAdmin(ContentOptions, PreviewAdmin, RefusingAdmin, RecordedAdmin):
    """A list to search, and a form that can be previewed, and saved at either end."""

    form = RowForm
    list_per_page = 50
    save_on_top = True

    def view_on_site(self, row: NaturalKeyModel) -> str | None:
        """Where the public reads the row; nothing while it is a draft, because that page does not exist."""
        if not hasattr(row, "get_absolute_url") or not type(row).objects.published().filter(pk=row.pk).exists():
            return None
        return row.get_absolute_url()


class PublishedAdmin(PublishingAdmin, ContentAdmin):
    """Rows that can be drafts, at their place in a list."""

    list_display = ["is_published"]
    list_filter = ["is_published"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row goes to the end of its list, not before everything else."""
        last = self.model._default_manager.aggregate(last=Max("order"))["last"] or 0
        return {"order": last + ORDER_STEP, **super().get_changeform_initial_data(request)}


class ClaimAdmin(PublishedAdmin):
    """Rows that state a fact. The fields of a subclass are the fact; the evidence comes below them.

    In a list the state comes right after the name, because a phone shows no more than that.
    """

    list_display = ["is_published", "missing", "confidence", "checked_on"]
    list_filter = ["is_published", "confidence", "checked_on"]
    autocomplete_fields = ["sources"]
    #: What the model's missing() looks at besides the sources: fetched once for the whole list.
    missing_looks_at: ClassVar[list[str]] = []

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        evidence = {
            "fields": [*EVIDENCE, *PUBLICATION],
            "description": _("Compare the row with its sources, fill in “checked on”, then publish."),
        }
        return [*super().get_fieldsets(request, obj), (_("Evidence and publication"), evidence)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("sources", *self.missing_looks_at)

    @admin.display(description=_("missing"))
    def missing(self, row: Claim) -> str:
        drafts = [gettext("publication of “%(row)s”") % {"row": parent} for parent in row.drafts_above()]
        return ", ".join([*row.missing(), *drafts]) or gettext("ready")


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
