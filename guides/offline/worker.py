"""What the service worker has to know of this release."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides.public.addresses import PARAMETERS

from .pages import files

#: How long to wait for the network before a kept copy answers.
COPY_TIMEOUT = 2500  # milliseconds
#: How long to wait for the network when there is no copy.
NETWORK_TIMEOUT = 20_000  # milliseconds
#: How many visited pages a phone keeps; the oldest are deleted.
MAX_PAGES = 200


def worker_site() -> dict[str, Any]:
    """The constant SITE of templates/offline/worker.js, ready for JSON."""
    static_url = f"/{settings.STATIC_URL.lstrip('/')}"
    return {
        "release": sha256(" ".join(files()).encode()).hexdigest()[:12],
        "language": get_language(),
        "copyTimeout": COPY_TIMEOUT,
        "networkTimeout": NETWORK_TIMEOUT,
        "maxPages": MAX_PAGES,
        "parameters": PARAMETERS,
        "static": static_url,
        "never": [
            settings.ADMIN_URL,
            f"{static_url}admin/",
            *map(reverse, ("service_worker", "healthz", "readyz")),
        ],
        "guide": r"^/(focus/[^/]+|radios)/[^/]+/$",
        "offline": reverse("guides:offline"),
        "last": reverse("guides:last_car"),
        "noSignal": render_to_string("offline/no_signal.html"),
        "words": {"copy": _("You are reading the copy saved on DATE.")},
    }
