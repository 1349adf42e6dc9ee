"""What machines ask of the site: robots, manifest, icon, service worker, security contact."""

import json
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from guides.offline.worker import worker_site

from .rendering import DAY, public

EXPIRY = timedelta(days=90)  # of security.txt; each answer starts it anew


@require_safe
@public(DAY)
def robots(request: HttpRequest) -> HttpResponse:
    # A practice radio has hundreds of states, which are one page to a search engine.
    closed = (settings.ADMIN_URL, "/practice/*?")
    sitemap = f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"
    rules = "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in closed), sitemap, ""])
    return HttpResponse(rules, content_type="text/plain")


@require_safe
@never_cache
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a vulnerability, as in RFC 9116."""
    if not settings.SECURITY_CONTACT:
        return HttpResponse("This site names no contact.\n", status=404, content_type="text/plain")
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + EXPIRY
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@public(DAY)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest, with which a phone can put the site on its home screen."""
    content = {
        "name": _("Focus Help: Ford Focus radio code"),
        "short_name": "Focus Help",
        "id": "/",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#0b1216",
        "theme_color": "#0b1216",
        "icons": [
            {"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("Check what the radio shows"), "url": reverse("guides:check")},
            {"name": _("My last car"), "url": reverse("guides:last_car")},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@cache_control(no_store=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, or with OFFLINE off the script that removes it."""
    if not settings.OFFLINE:
        return render(request, "offline/unregister.js", content_type="text/javascript")
    return render(request, "offline/worker.js", {"site": json.dumps(worker_site())}, content_type="text/javascript")


@require_safe
@public(DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon of pages that name none, such as the admin's."""
    return redirect(static("img/icon.svg"))
