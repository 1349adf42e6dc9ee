"""Every public page, for search engines."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from guides.models import ErrorMessage, Fitment, Generation, RadioUnit, Source

from . import selectors


class SiteSitemap(Sitemap):
    """Addresses below SITE_URL, whatever the Host header."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class RowsSitemap(SiteSitemap, GenericSitemap):
    """The pages of rows."""


class PagesSitemap(SiteSitemap):
    """The other pages."""

    def items(self) -> list[str]:
        return [
            "home",
            "radios",
            "messages",
            "check",
            "find_my_focus",
            "get_the_code",
            "questions",
            "cars",
            "about",
            "sources",
        ]

    def location(self, item: str) -> str:
        return reverse(f"guides:{item}")


class PracticeSitemap(SiteSitemap):
    """The practice radios."""

    def items(self) -> QuerySet[RadioUnit]:
        return selectors.practice_radios()

    def location(self, item: RadioUnit) -> str:
        return item.practice_url

    def lastmod(self, item: RadioUnit) -> date | None:
        return item.checked_on


class SourcesSitemap(SiteSitemap):
    """What rests on each source."""

    def items(self) -> list[Source]:
        return selectors.sources()

    def location(self, item: Source) -> str:
        return reverse("guides:source", args=[item.slug])


SITEMAPS = {
    "pages": PagesSitemap,
    "generations": RowsSitemap({"queryset": Generation.objects.published(), "date_field": "checked_on"}),
    "guides": RowsSitemap(
        {"queryset": Fitment.objects.published().select_related("generation", "radio"), "date_field": "checked_on"}
    ),
    "radios": RowsSitemap({"queryset": RadioUnit.objects.published(), "date_field": "checked_on"}),
    "practice": PracticeSitemap,
    "sources": SourcesSitemap,
    "messages": RowsSitemap({"queryset": ErrorMessage.objects.published(), "date_field": "checked_on"}),
}
