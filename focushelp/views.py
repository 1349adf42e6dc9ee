"""Health checks, the answer to a host name that is not allowed, and that of the admin on a read-only host."""

import logging
from functools import lru_cache

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .operations.health import failing_parts

logger = logging.getLogger(__name__)

MAX_HOST_LENGTH = 80  # characters in the log


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers. Uses no database, cache or disk."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether database, cache and disk work: "ok", else 503 with a line for each fault."""
    faults = failing_parts()
    lines = "".join(f"{line}\n" for line in faults or ["ok"])
    return HttpResponse(lines, status=503 if faults else 200, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The handler of 400."""
    if not isinstance(exception, DisallowedHost):
        return render(request, "400.html", status=400)
    _log_refused(request.headers.get("Host", "")[:MAX_HOST_LENGTH])
    return render(request, "wrong_host.html", status=400)


@lru_cache(maxsize=100)  # each name once, as scanners ask again and again
def _log_refused(host: str) -> None:
    name = split_domain_port(host)[0]  # "" if it has other characters than a name
    if name:
        logger.warning("Refused: the host %s is not in ALLOWED_HOSTS.", name)
    else:
        logger.warning("Refused: a request without a host name. Health checks have to send one of ALLOWED_HOSTS.")


@csrf_exempt  # it changes nothing, and the check of the token would read the whole body
@never_cache
def read_only_admin(request: HttpRequest) -> HttpResponse:
    """403 for every address of the admin on a read-only host, which cannot store a session."""
    return render(request, "admin/read_only.html", status=403)
