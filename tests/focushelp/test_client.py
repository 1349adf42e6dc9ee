"""Whose address counts, and whose word about it does not."""

import ipaddress

import pytest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from focushelp.client import NOWHERE, client_address

PROXY, OUTER = "10.0.0.1", "10.0.0.2"


def address(proxies: int, forwarded: str | None, remote: str = PROXY) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    with override_settings(TRUSTED_PROXIES=proxies):
        return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        # nobody in front: only the connection counts
        (0, None, "192.0.2.7", "192.0.2.7"),
        (0, "203.0.113.9", "192.0.2.7", "192.0.2.7"),
        # one proxy: what it appended, not what came with the request
        (1, "192.0.2.7", PROXY, "192.0.2.7"),
        (1, "203.0.113.9, 192.0.2.7", PROXY, "192.0.2.7"),
        (1, "203.0.113.9,198.51.100.1 ,  192.0.2.7 ", PROXY, "192.0.2.7"),
        (1, None, PROXY, PROXY),
        (1, "", PROXY, PROXY),
        (1, " , ,", PROXY, PROXY),
        # two
        (2, f"192.0.2.7, {OUTER}", PROXY, "192.0.2.7"),
        (2, f"203.0.113.9, 192.0.2.7, {OUTER}", PROXY, "192.0.2.7"),
        (2, "192.0.2.7", PROXY, "192.0.2.7"),  # came past the outer one
        # what is no address
        (1, "unknown", PROXY, PROXY),
        (1, "192.0.2.7, 999.1.1.1", PROXY, PROXY),
        (1, "192.0.2.7; DROP TABLE", PROXY, PROXY),
        (0, None, "", NOWHERE),
        (1, "nonsense", "", NOWHERE),
        # spellings, and one home for one IPv6 household
        (0, None, "::ffff:192.0.2.7", "192.0.2.7"),
        (0, None, "2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, None, "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (0, None, "fe80::1%eth0", "fe80::"),
    ],
)
def test_the_address_that_counts(proxies: int, forwarded: str | None, remote: str, expected: str) -> None:
    assert address(proxies, forwarded, remote) == expected


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n")), st.integers(0, 3))
def test_any_header_gives_an_address(forwarded: str, proxies: int) -> None:
    assert ipaddress.ip_address(address(proxies, forwarded))


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n")))
def test_what_a_visitor_makes_up_does_not_count(made_up: str) -> None:
    assert address(1, f"{made_up}, 192.0.2.7") == "192.0.2.7"
    assert address(0, made_up) == PROXY
