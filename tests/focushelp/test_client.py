"""The address of the client behind trusted proxies."""

import ipaddress

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from focushelp.client import UNKNOWN_ADDRESS, client_address, find_address

PROXY, OUTER = "10.0.0.1", "10.0.0.2"
HEADERS = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"))

#: X-Forwarded-For, the other end of the connection, the number of trusted proxies, the client's address.
CASES = [
    # no proxy: only the connection is trusted
    ("", "192.0.2.7", 0, "192.0.2.7"),
    ("203.0.113.9", "192.0.2.7", 0, "192.0.2.7"),
    # one proxy: the address that it appended
    ("192.0.2.7", PROXY, 1, "192.0.2.7"),
    ("203.0.113.9, 192.0.2.7", PROXY, 1, "192.0.2.7"),
    ("203.0.113.9,198.51.100.1 ,  192.0.2.7 ", PROXY, 1, "192.0.2.7"),
    ("", PROXY, 1, PROXY),
    (" , ,", PROXY, 1, PROXY),
    # two proxies
    (f"192.0.2.7, {OUTER}", PROXY, 2, "192.0.2.7"),
    (f"203.0.113.9, 192.0.2.7, {OUTER}", PROXY, 2, "192.0.2.7"),
    ("192.0.2.7", PROXY, 2, "192.0.2.7"),  # the request did not pass the outer one
    # texts that are no address
    ("unknown", PROXY, 1, PROXY),
    ("192.0.2.7, 999.1.1.1", PROXY, 1, PROXY),
    ("192.0.2.7; DROP TABLE", PROXY, 1, PROXY),
    ("", "", 0, UNKNOWN_ADDRESS),
    ("nonsense", "", 1, UNKNOWN_ADDRESS),
    # one spelling, and one address for an IPv6 household
    ("", "::ffff:192.0.2.7", 0, "192.0.2.7"),
    ("", "2001:DB8:1:2:3:4:5:6", 0, "2001:db8:1:2::"),
    ("", "2001:db8:1:2:ffff::1", 0, "2001:db8:1:2::"),
    ("", "fe80::1%eth0", 0, "fe80::"),
]


def test_the_address_is_found() -> None:
    wrong = [case for case in CASES if find_address(case[1], case[0], case[2]) != case[3]]
    assert wrong == []


@given(HEADERS, st.integers(0, 3))
def test_any_header_gives_an_address(forwarded: str, proxies: int) -> None:
    assert ipaddress.ip_address(find_address(PROXY, forwarded, proxies))


@given(HEADERS)
def test_a_forged_header_is_ignored(forged: str) -> None:
    assert find_address(PROXY, f"{forged}, 192.0.2.7", 1) == "192.0.2.7"
    assert find_address(PROXY, forged, 0) == PROXY


def test_the_middleware_sets_remote_addr(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    client_address(view)(RequestFactory().get("/", headers={"X-Forwarded-For": "192.0.2.7"}, REMOTE_ADDR=PROXY))
    assert seen == ["192.0.2.7"]
    assert settings.MIDDLEWARE[0] == "focushelp.client.client_address"
