"""What the admin of every kind of content has in common: lists that say what is missing, and evidence beside facts."""

from functools import reduce
from operator import and_
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.db.models import Case, Max, Q, QuerySet, When
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import Claim
from guides.models.base import NaturalKeyModel

from .actions import checked_today, delete_selected, publish, withdraw
from .forms import LinesWidget, RowForm
from .ordering import order_after
from .report import may_confirm
from .saving import SavingAdmin

EVIDENCE = ["confidence", "others_say", "sources", "checked_on"]
PUBLICATION = ["is_published", "order"]


class ContentOptions(BaseModelAdmin):
    """Widgets of every form: short boxes, so that a form fits a phone."""

    formfield_overrides = {
        models.TextField: {"widget": LinesWidget(attrs={"rows": 4})},
        models.URLField: {"assume_scheme": "https"},
    }


class ContentAdmin(ContentOptions, SavingAdmin):
    """A list to search, and a form with its buttons at both ends."""

    #: Whether the reader goes by words of these rows, so that the form has a box to try them.
    has_words: ClassVar[bool] = False
    #: The heading of the handbook that the form links to.
    handbook: ClassVar[str] = "fix-a-fact"

    actions = [delete_selected]
    form = RowForm
    list_per_page = 50
    save_on_top = True

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The nearest name first, unless the list is sorted by a column: the name itself, then those that start with
        the text, those that contain it, those with all of its words, and the rest."""
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if not (text := search_term.strip()) or "o" in request.GET:
            return found, may_have_duplicates
        name = self.search_fields[0]
        words = reduce(and_, (Q(**{f"{name}__icontains": word}) for word in text.split()))
        nearness = Case(
            When(**{f"{name}__iexact": text}, then=0),
            When(**{f"{name}__istartswith": text}, then=1),
            When(**{f"{name}__icontains": text}, then=2),
            When(words, then=3),
            default=4,
        )
        ordering: Any = self.get_ordering(request) or self.opts.ordering or []
        return found.annotate(nearness=nearness).order_by("nearness", *ordering), may_have_duplicates

    def view_on_site(self, row: NaturalKeyModel) -> str | None:
        """The address of the public page; None while the row is a draft and has no page."""
        if not hasattr(row, "get_absolute_url") or not type(row).objects.published().filter(pk=row.pk).exists():
            return None
        return row.get_absolute_url()


class PublishedAdmin(ContentAdmin):
    """Rows that can be drafts, and have an order."""

    actions = [publish, withdraw, delete_selected]
    list_display = ["is_published"]
    list_filter = ["is_published"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row goes to the end of its list."""
        last = self.model._default_manager.aggregate(last=Max("order"))["last"]
        return {"order": order_after(last), **super().get_changeform_initial_data(request)}


class ClaimAdmin(PublishedAdmin):
    """Rows that state a fact. A subclass names the fields of the fact; the evidence comes below them.

    In a list the state comes right after the name, because a phone shows only the first columns.
    """

    actions = [publish, withdraw, checked_today, delete_selected]
    list_display = ["is_published", "missing", "confidence", "checked_on"]
    list_filter = ["is_published", "confidence", "checked_on"]
    autocomplete_fields = ["sources"]
    #: Relations that the model's missing() reads besides the sources, fetched once for the whole list.
    missing_prefetch: ClassVar[list[str]] = []

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        return may_confirm(request, self.model)

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        evidence = {
            "fields": [*EVIDENCE, *PUBLICATION],
            "description": _("Compare the row with its sources, fill in “checked on”, then publish."),
        }
        return [*super().get_fieldsets(request, obj), (_("Evidence and publication"), evidence)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("sources", *self.missing_prefetch)

    @admin.display(description=_("missing"))
    def missing(self, row: Claim) -> str:
        drafts = [gettext("publication of “%(row)s”") % {"row": parent} for parent in row.drafts_above()]
        return ", ".join([*row.missing(), *drafts]) or gettext("ready")
