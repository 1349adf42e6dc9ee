"""The public pages that the default database gives: a backup is verified by comparing them."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from guides.public.addresses import pages

from .copy import BackupError

#: Of more pages than this, as many are compared, evenly spread. Each takes some milliseconds, twice.
MAX_PAGES = 500


def render() -> dict[str, bytes]:
    """Address and HTML of the pages in the sitemap, from their views: without middleware and the page store.

    In a transaction, in which views read the rows and nothing that they remember of another database.
    """
    with transaction.atomic():
        addresses = list(pages())
        return {address: _render(address) for address in addresses[:: len(addresses) // MAX_PAGES + 1]}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The addresses that are in one of them only, or have another content."""
    return sorted(address for address in one | other if one.get(address) != other.get(address))


def _render(address: str) -> bytes:
    view, arguments, keywords = resolve(address)
    try:
        return bytes(view(_request(address), *arguments, **keywords).content)
    except Exception as error:  # any error at all means that there is no page
        raise BackupError(_("%(page)s cannot be rendered: %(error)s") % {"page": address, "error": error}) from error


def _request(address: str) -> HttpRequest:
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    request = RequestFactory().get(address, headers={"host": host})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request
