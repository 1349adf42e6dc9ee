"""Who is asking: only to slow down those who try too often, never to be kept of a visitor."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

#: For requests without an address, such as those over a local socket: they share what one address may do.
NOWHERE = "::"
#: One home or one host has as many IPv6 addresses as fit below this.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks, an IPv6 one cut to its first 64 bits; "::" if there is none.

    Each of the TRUSTED_PROXIES appends the address that it heard to X-Forwarded-For. What stands further left came with
    the request and may be made up, so it does not count.
    """
    heard = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    heard.append(request.META.get("REMOTE_ADDR", ""))
    nearest = heard[-settings.TRUSTED_PROXIES - 1 :]
    return _tidied(nearest[0]) or _tidied(heard[-1]) or NOWHERE


def _tidied(text: str) -> str:
    """An address in its one spelling; "" if it is none."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(_without_host(address))


def _without_host(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    return address.ipv4_mapped or ip_network((address, IPV6_PREFIX), strict=False).network_address
