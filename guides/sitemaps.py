"""Every public page, for search engines."""

from datetime import date

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from . import selectors
from .models import ErrorMessage, Fitment, Generation, RadioUnit


class PagesSitemap(Sitemap):
    """Pages that are no single row's."""

    def items(self) -> list[str]:
        return [
            "home",
            "radios",
            "messages",
            "check",
            "practice_radios",
            "get_the_code",
            "questions",
            "cars",
            "about",
            "sources",
        ]

    def location(self, item: str) -> str:
        return reverse(f"guides:{item}")


class PracticeSitemap(Sitemap):
    """The practice radios."""

    def items(self) -> QuerySet[RadioUnit]:
        return selectors.practice_radios()

    def location(self, item: RadioUnit) -> str:
        return item.practice_url

    def lastmod(self, item: RadioUnit) -> date | None:
        return item.checked_on


SITEMAPS = {
    "pages": PagesSitemap,
    "generations": GenericSitemap({"queryset": Generation.objects.published(), "date_field": "checked_on"}),
    "guides": GenericSitemap(
        {"queryset": Fitment.objects.published().select_related("generation", "radio"), "date_field": "checked_on"}
    ),
    "radios": GenericSitemap({"queryset": RadioUnit.objects.published(), "date_field": "checked_on"}),
    "practice": PracticeSitemap,
    "messages": GenericSitemap({"queryset": ErrorMessage.objects.published(), "date_field": "checked_on"}),
}
