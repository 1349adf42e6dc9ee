"""Page or fragment, and how long it may be kept. The only module that knows of htmx."""

from copy import copy
from typing import Any, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

#: Long enough to take a crowd, short enough for an editor to see what was changed.
PAGE_MAX_AGE = 60  # seconds


def wants_fragment(request: HttpRequest) -> bool:
    return bool(cast(HtmxDetails, request.htmx))  # type: ignore[attr-defined]


def page(request: HttpRequest, template: str, context: dict[str, Any], *, store: bool = True) -> HttpResponse:
    """A public page, or only its <main> when htmx asks: the same template on another base."""
    base = "base_fragment.html" if wants_fragment(request) else "base.html"
    response = render(request, template, {**context, "base_template": base})
    response["Cache-Control"] = f"public, max-age={PAGE_MAX_AGE}" if store else "no-store"
    # On both answers: a cache that saw only one of them must know that there is another.
    patch_vary_headers(response, ["HX-Request"])
    return response


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The answer to what somebody typed: the verdict alone for htmx, else the page around it. Kept nowhere."""
    if not wants_fragment(request):
        return page(request, template, context, store=False)
    response = render(request, "guides/_verdict.html", context)
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def own_page(request: HttpRequest, address: str) -> HttpResponse:
    """What this site answers at one of its addresses, for a view that has to know. Raises Http404."""
    asked = copy(request)
    asked.method = "GET"
    asked.path = asked.path_info = urlsplit(address).path
    asked.GET = QueryDict(urlsplit(address).query)
    view, arguments, named = resolve(asked.path)
    return view(asked, *arguments, **named)
