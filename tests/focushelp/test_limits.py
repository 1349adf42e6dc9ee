"""Too much, too often: refused with help, counted under a hash, and never because a cache is gone."""

import time
from runpy import run_path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from focushelp import urls
from focushelp.middleware import UPLOAD
from guides.models import StepFeedback
from tests.helpers import Page

pytestmark = pytest.mark.django_db

GARAGE, HOME = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def few(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    settings.POSTS_A_MINUTE = 3
    monkeypatch.setattr(time, "time", lambda: 1_800_000_010.0)  # ten seconds into a minute


def post(client: Client, path: str = "/check/", address: str = GARAGE, **headers: str) -> int:
    return client.post(path, {"text": "V123456"}, headers=headers, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("path", ["/check/", "/focus/mk2/6000-cd/"])
def test_who_posts_too_often_is_helped_and_keeps_the_text(client: Client, path: str) -> None:
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
def test_answers_to_steps_count_too_and_are_refused_with_help(client: Client, headers: dict[str, str]) -> None:
    sent = {"radio": "6000-cd", "car": "mk2", "step": "serial-on-display/hold", "answer": "yes"}
    assert [post(client) for _ in range(2)] == [200, 200]
    answers = [
        client.post("/did-it/", sent, headers={"Sec-Fetch-Site": "same-origin", **headers}, REMOTE_ADDR=GARAGE)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1]["Retry-After"] == "50"
    assert answers[1]["Cache-Control"] == "no-store"
    assert "Not counted: there are more answers just now than we take." in answers[1].content.decode()
    assert StepFeedback.objects.get().count == 1


def test_reading_pages_is_never_limited(client: Client) -> None:
    assert {client.get("/check/", REMOTE_ADDR=GARAGE).status_code for _ in range(6)} == {200}
    assert post(client) == 200


def test_each_address_counts_for_itself_and_a_new_minute_is_a_new_start(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [post(client) for _ in range(4)][-1] == 429
    assert post(client, address=HOME) == 200
    monkeypatch.setattr(time, "time", lambda: 1_800_000_061.0)
    assert post(client) == 200


def test_one_home_with_many_ipv6_addresses_is_one(client: Client) -> None:
    assert [post(client, address=f"2001:db8::{n}") for n in range(1, 5)][-1] == 429


def test_a_forged_header_helps_nobody(client: Client, settings: Settings) -> None:
    forged = [post(client, **{"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(4)]
    assert forged[-1] == 429
    settings.TRUSTED_PROXIES = 1
    assert post(client, **{"X-Forwarded-For": f"203.0.113.1, {GARAGE}"}) == 429
    assert post(client, **{"X-Forwarded-For": f"203.0.113.1, {HOME}"}) == 200


def test_this_machine_is_not_limited(client: Client) -> None:
    assert {post(client, address=address) for address in ["127.0.0.1", "::1", ""] * 3} == {200}


def test_no_address_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: keys.append(key))
    post(client)
    post(client, address=HOME)
    assert len(set(keys)) == 2
    assert not any(part in key for key in keys for part in (GARAGE, HOME, "192", "198"))


@pytest.mark.parametrize("error", [ConnectionError, ValueError, RuntimeError])
def test_without_a_cache_nobody_is_limited(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(cache, "incr", fail)
    assert {post(client) for _ in range(6)} == {200}


def test_a_cache_that_swallows_its_errors_limits_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "incr", lambda key: None)
    assert {post(client) for _ in range(6)} == {200}


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("6000", 200),
        ("6291457", 413),
        ("0" * 15 + "6291457", 413),
        ("9" * 400, 413),
        ("0", 200),
        ("-1", 200),
        ("x", 200),
        ("", 200),
    ],
)
def test_a_body_is_refused_by_its_length_before_it_is_read(client: Client, length: str, status: int) -> None:
    response = client.get("/check/", CONTENT_LENGTH=length)
    assert response.status_code == status


def test_a_host_that_only_looks_reads_no_body(settings: Settings) -> None:
    settings.DATABASE_READ_ONLY = True
    settings.ROOT_URLCONF = tuple(run_path(urls.__file__)["urlpatterns"])
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    body = Mock()
    sent: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": "100000000",
        "wsgi.input": body,
    }
    assert client.generic("POST", UPLOAD, **sent).status_code == 403
    assert body.mock_calls == []
