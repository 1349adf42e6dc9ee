"""Sources, and how much rests on each."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.checks.finding import change_url
from guides.models import Claim, Source

from .base import ContentAdmin


def _resting_on_source(claim: type[Claim]) -> Coalesce:
    """How many rows of that kind name the source. A subquery, because joins to every kind would multiply."""
    links = claim.sources.through._default_manager.filter(source=OuterRef("pk")).order_by()
    return Coalesce(Subquery(links.values("source").annotate(number=Count("pk")).values("number")), 0)


def _resting_on_no_other(sources: Iterable[Source]) -> Iterator[Claim]:
    """Published claims that would be left without any source."""
    gone = [source.pk for source in sources]
    others = Source.objects.exclude(pk__in=gone)
    for kind in Claim.__subclasses__():
        yield from kind.objects.filter(is_published=True, sources__in=gone).exclude(sources__in=others).distinct()


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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is published names its source: as long as a claim has no other, these cannot go."""
        *found, protected = super().get_deleted_objects(objs, request)
        words = gettext("it is published and has no other source")
        protected += [
            format_html('{}: <a href="{}">{}</a> ({})', capfirst(row._meta.verbose_name), change_url(row), row, words)
            for row in _resting_on_no_other(objs)
        ]
        return *found, protected
