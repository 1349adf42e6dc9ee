"""Every public address there is."""

from collections.abc import Iterator
from typing import cast
from urllib.parse import unquote_plus, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import Resolver404, resolve, reverse

from guides.offline import worker

from . import selectors
from .sitemaps import SITEMAPS

#: What machines ask for, beside the pages of guides/urls.py.
FOR_MACHINES = ("sitemap", "robots", "manifest")
#: What nobody else is shown: the question under a step.
FOR_ONE = ("did_it",)
#: What belongs to a guide and is no page: its address goes on with one of these.
FILES = ("reader.json", "qr.svg", "worker.html")


def public_addresses() -> Iterator[str]:
    """Each once, in a fixed number of queries; those that most people ask for come first."""
    yield from dict.fromkeys(_addresses())


def pages() -> Iterator[str]:
    """What search engines are told of."""
    for sitemap in SITEMAPS.values():
        found = cast(Sitemap, sitemap() if isinstance(sitemap, type) else sitemap)
        yield from map(found.location, found.items())


def _addresses() -> Iterator[str]:
    yield from pages()
    yield from map(reverse, FOR_MACHINES)
    yield from (reverse(f"guides:{name}") for name in worker.PAGES)
    guides = selectors.every_guide()
    for guide in guides:
        yield from (f"{guide.url}{name}" for name in FILES)
    for guide in guides:
        yield from worker.pack(guide)
        if settings.OFFLINE:
            yield f"{guide.url}pack.json"


def is_public(path: str) -> bool:
    """Whether a page for everybody may be there; what is there, its view says."""
    if path.startswith(urlsplit(settings.STATIC_URL).path):
        return False
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.namespace == "guides":
        return found.url_name not in FOR_ONE
    return found.url_name in FOR_MACHINES


def meaningful(query: str) -> str:
    """The query without what no page looks at: links that were passed on carry marks of where (fbclid, utm_source)."""
    return "&".join(part for part in query.split("&") if unquote_plus(part.partition("=")[0]) in worker.PARAMETERS)
