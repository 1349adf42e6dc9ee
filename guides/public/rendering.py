"""Turns a context into a page or, for htmx, into the part that it swaps; and sets how long the answer may be kept."""

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.cache import cache_control
from django_htmx.http import retarget
from django_htmx.middleware import HtmxDetails

View = TypeVar("View", bound=Callable[..., Any])

#: Long enough to take a crowd, short enough for an editor to see what was changed.
PAGE_MAX_AGE = 60  # seconds
DAY = 24 * 3600  # seconds


def cacheable(max_age: int = PAGE_MAX_AGE) -> dict[str, Any]:
    """Cache-Control of everything public: browsers and CDNs may keep it for `max_age` seconds, and show it for longer
    while they ask for a newer one or the site fails."""
    return {"public": True, "max_age": max_age, "stale_while_revalidate": PAGE_MAX_AGE, "stale_if_error": DAY}


def public(max_age: int = PAGE_MAX_AGE) -> Callable[[View], View]:
    """For views whose answer is the same for everybody and for htmx."""
    return cache_control(**cacheable(max_age))


def wants_fragment(request: HttpRequest) -> bool:
    return bool(cast(HtmxDetails, request.htmx))  # type: ignore[attr-defined]


def page(request: HttpRequest, template: str, context: dict[str, Any], *, store: bool = True) -> HttpResponse:
    """A public page or, for htmx, its <main>: the same template on another base."""
    base = "base_fragment.html" if wants_fragment(request) else "base.html"
    response = render(request, template, {**context, "base_template": base})
    patch_cache_control(response, **(cacheable() if store else {"no_store": True}))
    patch_vary_headers(response, ["HX-Request"])  # on both, so that caches tell them apart
    return response


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], part: str, *, instead_of: str = ""
) -> HttpResponse:
    """The answer to a form, never stored: the whole page, or for htmx one part of it.

    htmx puts the part where the form says, or in the place of the element that the CSS selector `instead_of` finds.
    """
    if not wants_fragment(request):
        return page(request, template, context, store=False)
    response = render(request, part, context)
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return retarget(response, instead_of) if instead_of else response


def own_page(request: HttpRequest, address: str) -> HttpResponse:
    """The site's answer at one of its addresses, for the preview. Raises Http404."""
    asked = copy(request)
    asked.method = "GET"
    asked.path = asked.path_info = urlsplit(address).path
    asked.GET = QueryDict(urlsplit(address).query)
    view, arguments, named = resolve(asked.path)
    return view(asked, *arguments, **named)
