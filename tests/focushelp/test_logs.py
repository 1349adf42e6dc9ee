"""The log: JSON lines without anything that a visitor typed or sent."""

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

#: A serial, a code, a plate, a VIN, an address.
PERSONAL = ["V736251", "4079", "FX53 KDJ", "WF0AXXGCDA5X12345", "203.0.113.77"]


@pytest.fixture
def log() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """A function that returns the lines logged so far."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def send_everywhere(client: Client, text: str) -> None:
    client.raise_request_exception = False
    headers = dict.fromkeys(["Referer", "User-Agent", "Cookie", "X-Forwarded-For", "HX-Current-URL", "Host"], text)
    for path in ("/check/", "/focus/mk2/6000-cd/", f"/focus/mk2/{text}/", f"/{text}", "/questions/"):
        client.get(path, {"text": text, "car": text, text: "1"}, REMOTE_ADDR=PERSONAL[-1])
        client.get(path, headers=headers)
        client.post(path, {"text": text, text: text}, REMOTE_ADDR=PERSONAL[-1])
        client.generic("POST", path, f"text={text}".encode() * 50_000, content_type="application/x-www-form-urlencoded")
        client.generic(text.replace(" ", ""), path)


def fail(request: HttpRequest, *args: object) -> None:
    """Fails as a view may that reads the text."""
    try:
        int(f"{request.POST} {request.GET} {request.path} {request.headers}")
    except ValueError as error:
        raise KeyError(str(request.POST)) from error


@pytest.mark.parametrize("failing", [False, True])
def test_nothing_personal_is_logged(
    client: Client,
    log: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    failing: bool,
) -> None:
    """Also when an exception contains the text."""
    if failing:
        monkeypatch.setattr("guides.public.views._answer", fail)
        monkeypatch.setattr("guides.public.views.text_box", lambda *args, **kwargs: [][int(f"{PERSONAL}x")])
    send_everywhere(client, " ".join(PERSONAL))
    lines = log()
    assert any(line["level"] == "error" for line in lines) == failing
    written = json.dumps(lines, ensure_ascii=False)
    spellings = [spelling for text in PERSONAL for spelling in (text, text.replace(" ", ""), text.replace(" ", "%20"))]
    assert [spelling for spelling in spellings if spelling in written] == []


def test_a_failure_has_the_types_of_its_errors_and_the_places_in_the_code(
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
    assert any(place.startswith("guides/public/views.py:") for place in first["at"])


def test_a_message_of_several_lines_is_one_line(log: Callable[[], list[dict[str, Any]]]) -> None:
    logging.getLogger("focushelp").warning("two\nlines and a %s", '"quote"')
    (line,) = log()
    assert line["message"] == 'two\nlines and a "quote"'
    assert line.keys() == {"time", "level", "logger", "message"}
