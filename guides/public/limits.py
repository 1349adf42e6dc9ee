"""How many posts one address may send: counted for a minute in the cache, under a keyed hash of the address."""

import time
from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW = 60  # seconds


def seconds_to_wait(request: HttpRequest) -> int:
    """Count this post; 0, or for how many seconds its sender has to wait because it was one too many.

    REMOTE_ADDR is the client's address (focushelp.client). Addresses of this machine are not limited: behind a local
    proxy that TRUSTED_PROXIES does not count, they would be those of all visitors.
    """
    address = ip_address(request.META["REMOTE_ADDR"])
    if address.is_loopback or address.is_unspecified:
        return 0
    window, passed = divmod(int(time.time()), WINDOW)
    hashed = salted_hmac("guides.public.limits", f"{address} {window}").hexdigest()
    return WINDOW - passed if count_in_cache(f"posts:{hashed}") > settings.POSTS_A_MINUTE else 0


def count_in_cache(key: str, seconds: int = WINDOW) -> int:
    """Count one more under this key, which lasts for these seconds; how many there were, this one included.

    0 if the cache does not answer: then nothing is limited, and no page fails for it.
    """
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key)
    except Exception:  # the errors of a cache are those of its client library
        return 0
