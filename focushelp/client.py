"""The address of the client: used to limit those who send too much, not stored for visitors."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .middleware import Middleware

#: For requests without an address, such as those over a local socket.
UNKNOWN_ADDRESS = "::"
IPV6_PREFIX = 64  # bits: one household or host has all addresses below it


def client_address(get_response: Middleware) -> Middleware:
    """Sets REMOTE_ADDR to the address of the client, for everything that reads it behind trusted proxies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        remote, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
        request.META["REMOTE_ADDR"] = find_address(remote, forwarded, settings.TRUSTED_PROXIES)
        return get_response(request)

    return middleware


def find_address(remote: str, forwarded: str, trusted_proxies: int) -> str:
    """The client's address, an IPv6 one cut to its first 64 bits; "::" if there is none.

    `remote` is the other end of the connection, `forwarded` the header X-Forwarded-For. Each trusted proxy appends the
    address that it sees to the header. Addresses further left came with the request and may be forged.
    """
    addresses = [part.strip() for part in forwarded.split(",") if part.strip()] + [remote]
    trusted = addresses[-trusted_proxies - 1 :]
    return _normalised(trusted[0]) or _normalised(remote) or UNKNOWN_ADDRESS


def _normalised(text: str) -> str:
    """The address in its one spelling; "" if the text is none."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or ip_network((address, IPV6_PREFIX), strict=False).network_address
    return str(address)
