"""How often one address may post: counted for a minute under a keyed hash, and kept nowhere else."""

import time
from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .client import client_address

WINDOW = 60  # seconds


def seconds_to_wait(request: HttpRequest) -> int:
    """Counts this request, and says for how many seconds its sender has had enough; 0 is: go on.

    This machine itself is never held up: behind a proxy on it that TRUSTED_PROXIES does not count, all would be.
    """
    address = client_address(request)
    if ip_address(address).is_loopback or ip_address(address).is_unspecified:
        return 0
    window, passed = divmod(int(time.time()), WINDOW)
    return WINDOW - passed if _count(f"{address} {window}") > settings.POSTS_A_MINUTE else 0


def _count(what: str) -> int:
    key = f"posts:{salted_hmac('focushelp.limits', what).hexdigest()}"
    try:
        cache.add(key, 0, timeout=WINDOW)
        return cache.incr(key) or 0
    except Exception:  # whatever has become of the cache: rather no limit than no answer
        return 0
