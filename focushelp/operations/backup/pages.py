"""The public pages as the database behind the default connection makes them: what a backup is proved by."""

from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from guides.public.addresses import pages

from .errors import BackupError

#: With very much content, so many pages evenly spread: each takes some milliseconds, twice.
MOST = 500


def render() -> dict[str, bytes]:
    """Address and HTML of the pages that search engines are told of. Past middleware and whatever keeps pages."""
    addresses = list(pages())
    return {address: _render(address) for address in addresses[:: len(addresses) // MOST + 1]}


def differing(these: dict[str, bytes], those: dict[str, bytes]) -> list[str]:
    """The addresses that only one of them has, or that show something else."""
    return sorted(address for address in these | those if these.get(address) != those.get(address))


def _render(address: str) -> bytes:
    view, arguments, named = resolve(address)
    try:
        return bytes(view(_request(address), *arguments, **named).content)
    except Exception as error:  # whatever it is, there is no page
        raise BackupError(_("%(page)s cannot be made: %(error)s") % {"page": address, "error": error}) from error


def _request(address: str) -> HttpRequest:
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    request = RequestFactory().get(address, headers={"host": host})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request
