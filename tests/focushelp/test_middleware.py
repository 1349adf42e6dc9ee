"""Requests that are refused: other methods, bodies that are too large, other hosts; and the compression of answers."""

import gzip
from runpy import run_path
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from pytest_django import Settings

from focushelp import urls, views
from focushelp.middleware import MAX_BODY_SIZE

pytestmark = pytest.mark.django_db

#: Content-Length, and the status of the answer.
LENGTHS = {
    "6000": 200,
    str(MAX_BODY_SIZE): 200,
    str(MAX_BODY_SIZE + 1): 413,
    "0" * 15 + str(MAX_BODY_SIZE + 1): 413,
    "9" * 400: 413,
    "0": 200,
    "-1": 200,
    "x": 200,
    "": 200,
}


def test_other_methods_are_refused_before_csrf_protection_asks() -> None:
    client = Client(enforce_csrf_checks=True)
    answers = [client.generic(method, "/radios/") for method in ("PUT", "DELETE", "OPTIONS", "FOO")]
    assert {(answer.status_code, answer["Allow"]) for answer in answers} == {(405, "GET, HEAD, POST")}


def test_another_host_is_told_which_setting_has_the_names(
    client: Client, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["focus.example"]
    views._log_refused.cache_clear()
    named = f"{'a' * 60}.example.{'b' * 60}"
    for host in ("forgotten.example:8000", "forgotten.example:8000", named, "<b>\n", ""):
        answer = client.get("/", headers={"Host": host})
        content = answer.content.decode()
        assert answer.status_code == 400
        assert "ALLOWED_HOSTS" in content
        assert "forgotten" not in content
        assert "<b>" not in content
    lines = caplog.messages
    assert [line for line in lines if "ALLOWED_HOSTS" not in line or len(line) > 150 or "<" in line] == []
    assert len([line for line in lines if "forgotten.example" in line]) == 1


def test_a_body_is_refused_by_its_length_before_it_is_read(client: Client) -> None:
    assert {length: client.get("/check/", CONTENT_LENGTH=length).status_code for length in LENGTHS} == LENGTHS


def test_the_admin_of_a_read_only_host_reads_no_body(settings: Settings) -> None:
    settings.DATABASE_READ_ONLY = True
    settings.ROOT_URLCONF = tuple(run_path(urls.__file__, run_name="focushelp.urls")["urlpatterns"])
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    body = Mock()
    sent: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(MAX_BODY_SIZE),
        "wsgi.input": body,
    }
    assert client.generic("POST", "/admin/", **sent).status_code == 403
    assert body.mock_calls == []


def test_a_compressed_page_is_the_same_page_with_a_weak_etag(client: Client) -> None:
    plain = client.get("/messages/wait/")
    compressed = client.get("/messages/wait/", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert (plain.get("Content-Encoding"), compressed["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(compressed.content) == plain.content
    assert compressed["ETag"] == f"W/{plain['ETag']}"
    assert {response["Vary"] for response in (plain, compressed)} == {"HX-Request, Accept-Encoding"}


def test_an_unchanged_page_is_not_sent_again_compressed_or_not(client: Client) -> None:
    tag = client.get("/messages/wait/")["ETag"]
    for encoding in ("identity", "gzip"):
        for known in (tag, f"W/{tag}"):
            again = client.get("/messages/wait/", headers={"Accept-Encoding": encoding, "If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
    assert client.get("/messages/wait/", headers={"If-None-Match": '"other"'}).status_code == 200
