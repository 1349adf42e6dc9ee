"""The answers when a page cannot be given: 404, 429, 500 and 503."""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DataError, Error, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from guides.reader import MAX_LENGTH

from .forms import text_box
from .limits import seconds_to_wait
from .rendering import page

#: When a request that failed because of the database may succeed.
RETRY_AFTER = 30  # seconds

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def returns_unread_text(view: View) -> View:
    """For views that read a posted text. If there are too many posts, or the database fails, the answer is a page with
    the text still in its box: 429 or 503."""

    @wraps(view)
    def wrapped(request: HttpRequest, **slugs: str) -> HttpResponse:
        if request.method != "POST":
            return view(request, **slugs)
        if seconds := seconds_to_wait(request):
            return _not_read(request, 429, seconds)
        try:
            return view(request, **slugs)
        except Error:
            logger.exception("A text was not read: the database does not answer.")
            return _not_read(request, 503, RETRY_AFTER)

    return wrapped


def _not_read(request: HttpRequest, status: int, seconds: int) -> HttpResponse:
    context = {**text_box(text=request.POST.get("text", "")[:MAX_LENGTH]), "action": request.path, "seconds": seconds}
    response = page(request, "guides/not_read.html", {**context, "too_many": status == 429}, store=False)
    response.status_code = status
    response["Retry-After"] = str(seconds)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The handler of 404. Not cached, because a draft may be published at any time."""
    response = render(request, "404.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """The handler of 500. If the database failed, which passes, it is 503; in the admin with the form that was sent."""
    error = sys.exc_info()[1]
    if not isinstance(error, Error) or isinstance(error, DataError | IntegrityError):
        return server_error(request)
    template = "admin/not_saved.html" if request.path.startswith(settings.ADMIN_URL) else "503.html"
    response = render(request, template, _sent_form(request), status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _sent_form(request: HttpRequest) -> dict[str, Any]:
    """What an editor sent with a form for content. Forms for accounts are left out: they have passwords and codes."""
    sent = request.method == "POST"
    for_content = sent and request.path.startswith(f"{settings.ADMIN_URL}guides/")
    fields = list(request.POST.lists()) if for_content else []
    return {"sent": sent, "fields": fields, "files": sent and bool(request.FILES)}
