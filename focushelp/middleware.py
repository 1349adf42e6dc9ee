"""Middleware that no maintained library has."""

from collections.abc import Callable
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

Middleware: TypeAlias = Callable[[HttpRequest], HttpResponse]

METHODS = ("GET", "HEAD", "POST")
MAX_BODY_SIZE = 3 * 1024 * 1024  # bytes, as in deploy/nginx/site.conf


def same_origin_resources(get_response: Middleware) -> Middleware:
    """Sets Cross-Origin-Resource-Policy on every answer, static files too, so that other sites cannot embed them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def refuse_other_methods(get_response: Middleware) -> Middleware:
    """Answers 405 to methods that no page accepts. CSRF protection would answer 403 before a view can."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def refuse_large_bodies(get_response: Middleware) -> Middleware:
    """Answers 413 to a body whose Content-Length is over MAX_BODY_SIZE, before any of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = (request.META.get("CONTENT_LENGTH") or "").lstrip("0")
        if length.isdecimal() and int(length[:15]) > MAX_BODY_SIZE:  # int() refuses very long numbers
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware
