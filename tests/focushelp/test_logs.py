"""The log is JSON lines, and nothing that somebody typed or sent is in it."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client

from focushelp.logs import JsonLines

pytestmark = pytest.mark.django_db

#: What a person may type or bring along: a serial, a code, a plate, a VIN, an address.
PERSONAL = ["V736251", "4079", "FX53 KDJ", "WF0AXXGCDA5X12345", "203.0.113.77"]


@pytest.fixture
def log() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Everything logged at the levels of production, as its lines say it."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def send_it_everywhere(client: Client, text: str) -> None:
    client.raise_request_exception = False
    headers = dict.fromkeys(["Referer", "User-Agent", "Cookie", "X-Forwarded-For", "HX-Current-URL", "Host"], text)
    for path in ("/check/", "/focus/mk2/6000-cd/", f"/focus/mk2/{text}/", f"/{text}", "/questions/"):
        client.get(path, {"text": text, "car": text, text: "1"}, REMOTE_ADDR=PERSONAL[-1])
        client.get(path, headers=headers)
        client.post(path, {"text": text, text: text}, REMOTE_ADDR=PERSONAL[-1])
        client.generic(
            "POST", path, f"text={text}".encode() * 200_000, content_type="application/x-www-form-urlencoded"
        )
        client.generic(text.replace(" ", ""), path)


@pytest.mark.parametrize("text", PERSONAL)
@pytest.mark.parametrize("fails", [False, True])
def test_nothing_personal_is_logged(
    client: Client,
    log: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    text: str,
    fails: bool,
) -> None:
    """Also when what reads the text trips over it and quotes it."""

    def fail(request: HttpRequest, *args: object) -> None:
        try:
            int(f"{text} {request.POST} {request.GET} {request.path} {request.headers}")
        except ValueError as error:
            raise KeyError(text) from error

    if fails:
        monkeypatch.setattr("guides.public.views._reading", fail)
        monkeypatch.setattr("guides.public.views.text_box", lambda *args, **kwargs: [][int(f"{text}x")])
    send_it_everywhere(client, text)
    lines = log()
    assert bool(lines) == fails
    written = json.dumps(lines, ensure_ascii=False)
    for personal in (text, text.replace(" ", ""), text.replace(" ", "%20"), PERSONAL[-1]):
        assert personal not in written


def test_a_failure_says_where_and_of_what_kind(
    client: Client, log: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        try:
            raise OperationalError("no such table: guides_make")
        except OperationalError as error:
            raise ValueError("V736251") from error

    monkeypatch.setattr("guides.public.selectors.directory", fail)
    client.raise_request_exception = False
    client.get("/cars/")
    (line,) = log()
    assert line.items() >= {"level": "error", "status": 500, "route": "cars/", "method": "GET"}.items()
    first, cause = line["error"]
    assert first["kind"] == "ValueError"
    assert "text" not in first
    assert cause["text"] == "no such table: guides_make"
    assert any(place.startswith("guides/views.py:") for place in first["at"])


def test_every_line_is_one_object_whatever_is_in_the_message(log: Callable[[], list[dict[str, Any]]]) -> None:
    logging.getLogger("focushelp").warning("two\nlines and a %s", '"quote"')
    (line,) = log()
    assert line["message"] == 'two\nlines and a "quote"'
    assert line.keys() == {"time", "level", "logger", "message"}
