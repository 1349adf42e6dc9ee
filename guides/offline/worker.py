"""What the service worker has to know of this release."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides.public.addresses import PARAMETERS

from .pages import PAGES

#: Styles and scripts that only the admin uses.
NOT_FOR_PAGES = {"admin.css", "preview.css", "recovery-codes.js", "sign_in.css"}
#: How long to wait for the network before a kept copy answers.
COPY_TIMEOUT = 2500  # milliseconds
#: How long to wait for the network when there is no copy.
NETWORK_TIMEOUT = 20_000  # milliseconds
#: How many pages a phone keeps beside PAGES; the oldest are deleted.
MAX_PAGES = 200


def worker_site() -> dict[str, Any]:
    """The constant SITE of templates/offline/worker.js, ready for JSON."""
    static_url = f"/{settings.STATIC_URL.lstrip('/')}"
    return {
        "language": get_language(),
        "copyTimeout": COPY_TIMEOUT,
        "networkTimeout": NETWORK_TIMEOUT,
        "maxPages": MAX_PAGES,
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
    """The names of the static files that pages use. Pictures for shared links and home screens are not among them."""
    own = Path(settings.BASE_DIR, "static")
    found = [*own.glob("css/*.css"), *own.glob("js/*.js"), *own.glob("img/*.svg")]
    files = [path for path in found if path.name not in NOT_FOR_PAGES]
    return ["django_htmx/htmx-2.min.js", *sorted(str(path.relative_to(own)) for path in files)]
