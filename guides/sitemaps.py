"""Every public page, for search engines."""

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.urls import reverse

from .models import ErrorMessage, Fitment, Generation, RadioUnit


class PagesSitemap(Sitemap):
    """Pages that are no single row's."""

    def items(self) -> list[str]:
        return ["home", "radios", "messages", "check", "get_the_code", "questions", "cars", "about", "sources"]

    def location(self, item: str) -> str:
        return reverse(f"guides:{item}")


SITEMAPS = {
    "pages": PagesSitemap,
    "generations": GenericSitemap({"queryset": Generation.objects.published(), "date_field": "checked_on"}),
    "guides": GenericSitemap(
        {"queryset": Fitment.objects.published().select_related("generation", "radio"), "date_field": "checked_on"}
    ),
    "radios": GenericSitemap({"queryset": RadioUnit.objects.published(), "date_field": "checked_on"}),
    "messages": GenericSitemap({"queryset": ErrorMessage.objects.published(), "date_field": "checked_on"}),
}
