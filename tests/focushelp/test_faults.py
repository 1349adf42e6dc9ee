"""The site while the database or the disk fails: /readyz, 503, nothing typed is lost. Real faults: tests/faults."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import Error, IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from focushelp.operations import health
from focushelp.operations.backup.copy import as_default
from guides.models import ErrorMessage, Fitment
from tests.accounts.helpers import signed_in


def fails(error: Exception) -> Callable[..., Any]:
    def fail(*arguments: Any, **named: Any) -> None:
        raise error

    return fail


def change_wait() -> str:
    """The address of the form for the message WAIT."""
    return reverse("admin:guides_errormessage_change", args=[ErrorMessage.objects.get(slug="wait").pk])


@contextmanager
def failing_queries(error: Exception) -> Iterator[None]:
    """In the block, every query of content raises the error; those of sessions and accounts do not."""

    def execute(run: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if "guides_" in sql:
            raise error
        return run(sql, *arguments)

    with connection.execute_wrapper(execute):
        yield


GONE = OperationalError("unable to open the file of SECRET")


class TestReadyz:
    def test_all_is_well(self, client: Client, db: None) -> None:
        response = client.get("/readyz")
        assert (response.status_code, response.content) == (200, b"ok\n")

    def test_a_database_error_is_named_in_plain_words(self, client: Client, db: None) -> None:
        errors = {
            "database: it does not answer": GONE,
            "database: another process keeps it locked": OperationalError("database is locked"),
            "database: it is damaged": Error("file is not a database"),
        }
        for words, error in errors.items():
            with failing_queries(error):
                response = client.get("/readyz")
            assert response.status_code == 503
            assert response.content.decode().startswith(words)
            assert "SECRET" not in response.content.decode()
            assert client.get("/healthz").status_code == 200

    def test_a_missing_database_file_is_named(self, client: Client, db: None, tmp_path: Path) -> None:
        """Django creates an empty file in its place."""
        if connection.vendor != "sqlite":
            pytest.skip("the database is not a file")
        with as_default(NAME=tmp_path / "gone.sqlite3"):
            for _ in range(2):
                assert client.get("/readyz").content.startswith(b"database: it has no tables, or its file is gone.")

    def test_each_fault_has_a_line(self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        Fitment.objects.all().delete()
        monkeypatch.setattr(health, "_is_writable", lambda: False)
        monkeypatch.setattr("focushelp.operations.health.os.access", lambda *arguments: False)
        monkeypatch.setattr(health, "MIN_FREE_DISK", 2**70)
        parts = [line.split(": ")[0] for line in client.get("/readyz").content.decode().splitlines()]
        assert parts == ["database", "database", "page store", "page store"]

    def test_a_second_request_at_once_gets_the_last_result(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(health, "_last_result", ["found before"])
        with health._checking:
            assert client.get("/readyz").content == b"found before\n"


class TestTheAdmin:
    @pytest.fixture
    def editor(self, db: None) -> Client:
        client = signed_in(User.objects.create_superuser("ann"))
        client.raise_request_exception = False
        return client

    def test_a_form_that_was_not_saved_can_be_sent_again(self, editor: Client) -> None:
        address = change_wait()
        with failing_queries(GONE):
            response = editor.post(address, {"meaning": '<b> & "quoted"', "radios": ["1", "2"], "_save": "Save"})
        assert response.status_code == 503
        assert response["Cache-Control"] == "no-store"
        content = response.content.decode()
        assert "nothing was saved" in content
        assert 'name="meaning" value="&lt;b&gt; &amp; &quot;quoted&quot;"' in content
        assert content.count('name="radios"') == 2
        assert "SECRET" not in content

    def test_a_page_that_cannot_be_opened_says_so(self, editor: Client) -> None:
        address = change_wait()
        with failing_queries(GONE):
            response = editor.get(address)
        assert response.status_code == 503
        assert "nothing can be opened or saved" in response.content.decode()

    def test_a_password_is_not_sent_back(self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        client.raise_request_exception = False
        monkeypatch.setattr("accounts.site.second_factor.was_reset", fails(GONE))
        response = client.post("/admin/login/", {"username": "ann", "password": "hidden-word"})
        assert response.status_code == 503
        assert "hidden-word" not in response.content.decode()

    @pytest.mark.parametrize("error", [IntegrityError("twice"), ZeroDivisionError()])
    def test_other_errors_are_500(self, editor: Client, error: Exception) -> None:
        address = change_wait()
        with failing_queries(error):
            assert editor.get(address).status_code == 500


class TestVisitors:
    @pytest.mark.parametrize("path", ["/check/", "/focus/mk2/6000-cd/"])
    def test_a_text_that_cannot_be_read_stays_in_the_box(self, client: Client, db: None, path: str) -> None:
        cache.clear()
        with failing_queries(GONE):
            response = client.post(path, {"text": "<my text>"})
        assert response.status_code == 503
        assert response["Retry-After"]
        content = response.content.decode()
        assert "&lt;my text&gt;" in content
        assert "The fault is ours" in content
        assert "every wrong one counts" in content

    def test_a_page_without_the_database_is_503_with_retry_after(self, client: Client, db: None) -> None:
        client.raise_request_exception = False
        with failing_queries(GONE):
            response = client.get("/messages/wait/")
        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert "SECRET" not in response.content.decode()
