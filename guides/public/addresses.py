"""Every public address, and which addresses stand for one page."""

from collections.abc import Iterator
from typing import cast
from urllib.parse import unquote_plus, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import Resolver404, resolve, reverse

from guides.offline.pages import pack

from . import selectors
from .sitemaps import SITEMAPS

#: The parameters of a query that make another page, in the order in which links have them. "p" is the sitemap's.
PARAMETERS = ("view", "step", "car", "radio", "screen", "presses", "clock", "p")
#: Public files beside those of guides/urls.py.
FOR_MACHINES = ("sitemap", "robots", "manifest")
#: The one address in guides/urls.py that is not the same for everybody: it counts the answers to “Did it work?”.
NOT_PUBLIC = "did_it"
#: Files below the address of each guide.
FILES = ("reader.json", "qr.svg")


def public_addresses() -> Iterator[str]:
    """Each address once, the most visited first, read in a fixed number of queries."""
    yield from dict.fromkeys(_addresses())


def pages() -> Iterator[str]:
    """The addresses in the sitemap."""
    for sitemap in SITEMAPS.values():
        found = cast(Sitemap, sitemap() if isinstance(sitemap, type) else sitemap)
        yield from map(found.location, found.items())


def _addresses() -> Iterator[str]:
    yield from pages()
    yield from map(reverse, FOR_MACHINES)
    guides = selectors.every_guide()
    for guide in guides:
        yield from (f"{guide.url}{name}" for name in FILES)
    for guide in guides:
        yield from pack(guide)
        if settings.OFFLINE:
            yield f"{guide.url}pack.json"


def is_public(path: str) -> bool:
    """Whether this path can have a page that is the same for everybody. Whether it has one, its view decides."""
    if path.startswith(urlsplit(settings.STATIC_URL).path):
        return False
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.namespace == "guides":
        return found.url_name != NOT_PUBLIC
    return found.url_name in FOR_MACHINES


def meaningful(query: str) -> str:
    """The query without parameters that make no other page, such as fbclid and utm_source on shared links."""
    return "&".join(part for part in query.split("&") if unquote_plus(part.partition("=")[0]) in PARAMETERS)
