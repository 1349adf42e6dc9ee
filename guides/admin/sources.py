"""Sources, and how much rests on each."""

from functools import reduce
from operator import add
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Claim, Source

from .base import ContentAdmin


def _resting_on_source(claim: type[Claim]) -> Coalesce:
    """How many rows of that kind name the source. A subquery, because joins to every kind would multiply."""
    links = claim.sources.through._default_manager.filter(source=OuterRef("pk")).order_by()
    return Coalesce(Subquery(links.values("source").annotate(number=Count("pk")).values("number")), 0)


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

    @admin.display(description=_("claims that rest on it"), ordering="claims")
    def claims(self, source: Source) -> int:
        return source.claims  # type: ignore[attr-defined]
