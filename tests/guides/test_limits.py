"""Posts are limited for each address: no address is stored, and without a cache nothing is limited."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from guides.models import ProcedureFeedback
from tests.helpers import Page

pytestmark = pytest.mark.django_db

GARAGE, HOME = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def three_a_minute(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    settings.POSTS_A_MINUTE = 3
    monkeypatch.setattr(time, "time", lambda: 1_800_000_010.0)  # ten seconds into a minute


def post(client: Client, path: str = "/check/", address: str = GARAGE, **headers: str) -> int:
    return client.post(path, {"text": "V123456"}, headers=headers, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("path", ["/check/", "/focus/mk2/6000-cd/"])
def test_the_refusal_helps_and_keeps_the_text(client: Client, path: str) -> None:
    assert [post(client, path) for _ in range(4)] == [200, 200, 200, 429]
    response = client.post(path, {"text": "<my text>"}, REMOTE_ADDR=GARAGE)
    assert response.status_code == 429
    assert response["Retry-After"] == "50"
    assert response["Cache-Control"] == "no-store"
    content = response.content.decode()
    assert "&lt;my text&gt;" in content
    assert f'action="{path}' in content
    page = Page(path, content)
    assert page.says("V123456")
    assert page.says("every wrong one counts")
    assert "/get-the-code/" in page.links


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_answers_of_drivers_are_limited_too(client: Client, headers: dict[str, str]) -> None:
    sent = {"radio": "6000-cd", "car": "mk2", "procedure": "enter-code-buttons", "answer": "yes"}
    assert [post(client) for _ in range(2)] == [200, 200]
    answers = [
        client.post("/did-it/", sent, headers={"Sec-Fetch-Site": "same-origin", **headers}, REMOTE_ADDR=GARAGE)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1]["Retry-After"] == "50"
    assert answers[1]["Cache-Control"] == "no-store"
    assert "Not counted: there are too many answers" in answers[1].content.decode()
    assert ProcedureFeedback.objects.get().count == 1


def test_gets_are_not_limited(client: Client) -> None:
    assert {client.get("/check/", REMOTE_ADDR=GARAGE).status_code for _ in range(6)} == {200}
    assert post(client) == 200


def test_the_limit_is_for_one_address_and_one_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [post(client) for _ in range(4)][-1] == 429
    assert post(client, address=HOME) == 200
    monkeypatch.setattr(time, "time", lambda: 1_800_000_061.0)
    assert post(client) == 200


def test_ipv6_addresses_of_one_household_share_the_limit(client: Client) -> None:
    assert [post(client, address=f"2001:db8::{n}") for n in range(1, 5)][-1] == 429


def test_a_forged_header_does_not_avoid_the_limit(client: Client, settings: Settings) -> None:
    forged = [post(client, **{"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(4)]
    assert forged[-1] == 429
    settings.TRUSTED_PROXIES = 1
    assert post(client, **{"X-Forwarded-For": f"203.0.113.1, {GARAGE}"}) == 429
    assert post(client, **{"X-Forwarded-For": f"203.0.113.1, {HOME}"}) == 200


def test_this_machine_is_not_limited(client: Client) -> None:
    assert {post(client, address=address) for address in ["127.0.0.1", "::1", ""] * 3} == {200}


def test_no_address_is_stored(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: keys.append(key))
    post(client)
    post(client, address=HOME)
    assert len(set(keys)) == 2
    assert not any(part in key for key in keys for part in (GARAGE, HOME, "192", "198"))


def test_a_cache_that_fails_limits_no_post(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    for name in ("add", "incr"):
        with monkeypatch.context() as failing:
            failing.setattr(cache, name, fail)
            assert {post(client) for _ in range(6)} == {200}
