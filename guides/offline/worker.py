"""What a phone keeps for places without signal: what everybody gets, and what belongs to one car."""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides.public.guide import Guide
from guides.public.rendering import own_page

#: Pages that every phone gets: the start, the reader with its rules, and the way to what was kept.
PAGES = ("home", "check", "reader", "messages", "get_the_code", "practice_radios", "offline")
#: What only the editor's desk needs, and only a guide as one file.
NOT_FOR_PAGES = {"admin.css", "sign_in.css", "preview.css", "reader-here.js", "recovery-codes.js"}
#: How long the network may take while there is a copy.
PATIENCE = 2500  # milliseconds
#: How long it may take without one, before the phone says so.
LONGEST = 20_000  # milliseconds
#: How many pages a phone keeps beside PAGES; the oldest go first.
MOST = 200
#: What of a query makes another page, in the order in which links have it; p is the sitemap's.
PARAMETERS = ("view", "step", "car", "radio", "screen", "presses", "clock", "p")


def worker_site() -> dict[str, Any]:
    """What the service worker has to know of this release."""
    static_url = f"/{settings.STATIC_URL.lstrip('/')}"
    return {
        "language": get_language(),
        "patience": PATIENCE,
        "longest": LONGEST,
        "most": MOST,
        "parameters": PARAMETERS,
        "static": static_url,
        "assets": [static(name) for name in _assets()],
        "pages": [*(reverse(f"guides:{name}") for name in PAGES), reverse("manifest")],
        "never": [
            settings.ADMIN_URL,
            f"{static_url}admin/",
            *map(reverse, ("guides:did_it", "service_worker", "healthz", "readyz")),
        ],
        "guide": r"^/(focus/[^/]+|radios)/[^/]+/$",
        "offline": reverse("guides:offline"),
        "last": reverse("guides:last_car"),
        "words": {"copy": _("You are reading the copy saved on DATE.")},
    }


@lru_cache
def _assets() -> list[str]:
    """The files that pages need: styles, scripts and drawings; link pictures and home-screen icons stay away."""
    own = Path(settings.BASE_DIR, "static")
    found = [*own.glob("css/*.css"), *own.glob("js/*.js"), *own.glob("img/*.svg")]
    files = [path for path in found if path.name not in NOT_FOR_PAGES]
    return ["django_htmx/htmx-2.min.js", *sorted(str(path.relative_to(own)) for path in files)]


def pack(guide: Guide) -> list[str]:
    """The addresses of everything that one car needs, its guide first. Those with a query are for who keeps the car."""
    radio, car = guide.radio, guide.generation
    questions = urlencode({"car": car.slug if car else "", "radio": radio.slug})
    return [
        guide.url,
        f"{guide.url}reader.json",
        f"{guide.url}qr.svg",
        *([radio.practice_url] if radio.can_be_practised else []),
        *(message.get_absolute_url() for message in guide.messages),
        f"{reverse('guides:questions')}?{questions}",
        *(f"{guide.url}?view=steps&step={step.number}" for step in guide.steps),
    ]


def weight(request: HttpRequest, addresses: Sequence[str]) -> int:
    """About how many bytes these pages are on their way to a phone."""
    steps = [address for address in addresses if "view=steps" in address]
    others = sum(_weight(request, address) for address in addresses if address not in steps)
    return others + (len(steps) * _weight(request, steps[0]) if steps else 0)  # all steps are about as large


def _weight(request: HttpRequest, address: str) -> int:
    """Of one page, as this site answers it."""
    return len(zlib.compress(own_page(request, address).content))
