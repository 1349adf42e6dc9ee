"""Too many posts from one address are refused with help. Addresses are not stored."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from guides.models import StepFeedback
from tests.helpers import Page

pytestmark = pytest.mark.django_db

ADDRESS, OTHER_ADDRESS = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def three_posts_a_minute(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    settings.POSTS_A_MINUTE = 3
    monkeypatch.setattr(time, "time", lambda: 1_800_000_010.0)  # ten seconds into a minute


def post(client: Client, path: str = "/check/", address: str = ADDRESS) -> int:
    return client.post(path, {"text": "V123456"}, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("path", ["/check/", "/focus/mk2/6000-cd/"])
def test_a_post_too_many_gets_429_with_help_and_the_text(client: Client, path: str) -> None:
    assert [post(client, path) for _ in range(4)] == [200, 200, 200, 429]
    response = client.post(path, {"text": "<my text>"}, REMOTE_ADDR=ADDRESS)
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


def test_answers_to_steps_are_counted_with_texts_and_refused_with_help(client: Client) -> None:
    sent = {"radio": "6000-cd", "car": "mk2", "step": "serial-on-display/hold", "answer": "yes"}
    assert [post(client) for _ in range(2)] == [200, 200]
    headers = {"Sec-Fetch-Site": "same-origin"}
    answers = [client.post("/did-it/", sent, headers=headers, REMOTE_ADDR=ADDRESS) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1]["Retry-After"] == "50"
    assert answers[1]["Cache-Control"] == "no-store"
    assert "Not counted: there are too many answers" in answers[1].content.decode()
    assert StepFeedback.objects.get().count == 1


def test_reading_pages_is_not_limited(client: Client) -> None:
    assert {client.get("/check/", REMOTE_ADDR=ADDRESS).status_code for _ in range(6)} == {200}
    assert post(client) == 200


def test_each_address_and_each_minute_is_counted_separately(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [post(client) for _ in range(4)][-1] == 429
    assert post(client, address=OTHER_ADDRESS) == 200
    monkeypatch.setattr(time, "time", lambda: 1_800_000_061.0)
    assert post(client) == 200


def test_addresses_of_this_machine_are_not_limited(client: Client) -> None:
    assert {post(client, address=address) for address in ["127.0.0.1", "::1", "::"] * 3} == {200}


def test_the_cache_gets_no_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: keys.append(key))
    post(client)
    post(client, address=OTHER_ADDRESS)
    assert len(set(keys)) == 2
    assert not any(part in key for key in keys for part in (ADDRESS, OTHER_ADDRESS, "192", "198"))


@pytest.mark.parametrize("error", [ConnectionError, ValueError, RuntimeError])
def test_nothing_is_limited_while_the_cache_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(cache, "incr", fail)
    assert {post(client) for _ in range(6)} == {200}
