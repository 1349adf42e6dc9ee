"""Content that is remembered: as long as it is the same, without a database, and not inside a transaction."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import ErrorMessage, Version
from guides.public import memory, selectors
from guides.public.newest import NewestContent

pytestmark = pytest.mark.django_db

GUIDE = "/focus/mk2/6000-cd/"
PATHS = ["/", "/focus/mk2/", GUIDE, "/radios/", "/messages/wait/", "/get-the-code/", "/questions/?radio=sony", "/cars/"]


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> NewestContent:
    """What the process knows of the content, outside a transaction as requests are."""
    newest = NewestContent()
    monkeypatch.setattr(memory, "newest_content", newest)
    monkeypatch.setattr(memory, "_found", {})
    monkeypatch.setattr(memory, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr("guides.public.newest.close_old_connections", lambda: None)  # the test is a transaction
    return newest


def visit(client: Client) -> list[int]:
    paths = [
        "/",
        "/focus/mk2/",
        GUIDE,
        "/radios/",
        "/messages/wait/",
        "/get-the-code/",
        "/questions/?radio=sony",
        "/cars/",
    ]
    answers = [client.get(path) for path in paths]
    answers += [client.post("/check/", {"text": "mk2 6000cd wait"}), client.post(GUIDE, {"text": "V123456"})]
    return [answer.status_code for answer in answers]


def test_unchanged_content_is_not_read_again(
    client: Client, content: NewestContent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visit(client)
    content.due = float("inf")
    with django_assert_num_queries(0):
        assert set(visit(client)) == {200}
    content.due = 0.0
    with django_assert_num_queries(1):
        client.get(GUIDE)


def test_pages_go_on_without_a_database(
    client: Client, content: NewestContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(client)
    content.due = 0.0

    def gone(*_arguments: object, **_named: object) -> None:
        raise OperationalError

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    assert set(visit(client)) == {200}


def test_changed_content_is_read_again(content: NewestContent) -> None:
    def meaning() -> str:
        return selectors.get_message("wait").meaning

    def write(text: str) -> None:
        ErrorMessage.objects.filter(slug="wait").update(meaning=text)

    before = meaning()
    write("Changed.")  # sends no signal, and the history does not know of it
    assert meaning() == before
    Version.of("changed").save()
    content.due = 0.0
    assert meaning() == "Changed."
    row = ErrorMessage.objects.get(slug="wait")
    row.meaning = "Saved past the history."
    row.save()
    assert meaning() == "Saved past the history."
    write("By another program.")
    known = {key: found._replace(read_at=float("-inf")) for key, found in memory._found.items()}
    memory._found.update(known)
    assert meaning() == "By another program."


def test_nothing_is_remembered_inside_a_transaction(client: Client) -> None:
    before = client.get("/messages/wait/").content
    ErrorMessage.objects.filter(slug="wait").update(meaning="Changed.")
    assert client.get("/messages/wait/").content != before
