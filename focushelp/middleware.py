"""What no well-kept library does for us."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from .encodings import BROTLI, QUICK_BROTLI, WORTH_COMPRESSING, best, encode

GetResponse = Callable[[HttpRequest], HttpResponse]
LARGEST_BODY = 6 * 1024 * 1024  # bytes
#: How large a content file may be says the view there, in words on its page.
UPLOAD = "/admin/guides/content/import/"


def same_origin_resources(get_response: GetResponse) -> GetResponse:
    """Cross-Origin-Resource-Policy on every answer, static files too: other sites cannot embed what is ours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """Nobody has so much to say: refused by its announced length, before any of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = (request.META.get("CONTENT_LENGTH") or "").lstrip("0")
        if length.isdecimal() and int(length[:15]) > LARGEST_BODY and request.path != UPLOAD:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def compress_with_brotli(get_response: GetResponse) -> GetResponse:
    """Brotli for browsers that take it; the others are left to Django's GZipMiddleware, which stands outside."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or len(response.content) < WORTH_COMPRESSING or "Content-Encoding" in response:
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if best(request.headers.get("Accept-Encoding", "")) == BROTLI:
            response.content = encode(response.content, BROTLI, QUICK_BROTLI)
            response["Content-Length"] = str(len(response.content))
            response["Content-Encoding"] = "br"
            if response.get("ETag", "").startswith('"'):
                response["ETag"] = f"W/{response['ETag']}"  # the same page in other bytes
        return response

    return middleware
