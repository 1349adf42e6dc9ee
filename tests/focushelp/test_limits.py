"""Requests that are too large are refused before they are read."""

from runpy import run_path
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from pytest_django import Settings

from focushelp import urls
from focushelp.middleware import UPLOAD

pytestmark = pytest.mark.django_db


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
