"""Health checks, and the answer of the admin on a read-only host."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .operations.health import failing_parts


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


@csrf_exempt  # it changes nothing, and the check of the token would read the whole body
@never_cache
def read_only_admin(request: HttpRequest) -> HttpResponse:
    """403 for every address of the admin on a read-only host, which cannot store a session."""
    return render(request, "admin/read_only.html", status=403)
