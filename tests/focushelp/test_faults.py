"""What the site says and does while something behind it fails. With real faults: tests/faults."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import Error, IntegrityError, OperationalError
from django.test import Client
from pytest_django import Settings

from focushelp.operations import health
from focushelp.sqlite.base import DatabaseWrapper
from guides.feedback import counting
from guides.models import ErrorMessage, Fitment
from tests.editing.helpers import browser_of, change_url


def fails(error: Exception) -> Callable[..., Any]:
    def fail(*arguments: Any, **named: Any) -> None:
        raise error

    return fail


GONE = OperationalError("unable to open the file of SECRET")


class TestReadyz:
    def test_all_is_well(self, client: Client, db: None) -> None:
        response = client.get("/readyz")
        assert (response.status_code, response.content) == (200, b"ok\n")

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (GONE, "database: it does not answer"),
            (OperationalError("database is locked"), "database: another process keeps it locked"),
            (Error("file is not a database"), "database: it is damaged"),
        ],
    )
    def test_the_database_is_named_in_plain_words(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
    ) -> None:
        monkeypatch.setattr("focushelp.operations.health.Fitment.objects.published", fails(error))
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.content.decode().startswith(words)
        assert "SECRET" not in response.content.decode()
        assert client.get("/healthz").status_code == 200

    def test_each_problem_has_a_line(self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        Fitment.objects.all().delete()
        monkeypatch.setattr(health, "_takes_changes", lambda: False)
        monkeypatch.setattr("focushelp.operations.health.os.access", lambda *arguments: False)
        monkeypatch.setattr(health, "ROOM", 2**70)
        parts = [line.split(": ")[0] for line in client.get("/readyz").content.decode().splitlines()]
        assert parts == ["database", "database", "page store", "page store"]

    def test_a_cache_that_swallows_its_errors_is_named(
        self, client: Client, db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        assert "cache: it does not answer" in client.get("/readyz").content.decode()

    def test_who_asks_while_another_looks_hears_what_was_found_before(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(health, "_found", ["found before"])
        with health._looking:
            assert client.get("/readyz").content == b"found before\n"


class TestTheDesk:
    @pytest.fixture
    def desk(self, db: None) -> Client:
        client = browser_of(User.objects.create_superuser("ann"))
        client.raise_request_exception = False
        return client

    def test_what_was_typed_can_be_sent_again(self, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("editing.admin.saving.recorded", fails(GONE))
        address = change_url(ErrorMessage.objects.get(slug="wait"))
        response = desk.post(address, {"meaning": '<b> & "quoted"', "radios": ["1", "2"], "_save": "Save"})
        assert response.status_code == 503
        assert response["Cache-Control"] == "no-store"
        content = response.content.decode()
        assert "nothing was saved" in content
        assert 'name="meaning" value="&lt;b&gt; &amp; &quot;quoted&quot;"' in content
        assert content.count('name="radios"') == 2
        assert "SECRET" not in content

    def test_a_page_that_cannot_be_opened_says_so(self, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("editing.admin.saving.current_version", fails(GONE))
        response = desk.get(change_url(ErrorMessage.objects.get(slug="wait")))
        assert response.status_code == 503
        assert "nothing can be opened or saved" in response.content.decode()

    def test_no_password_is_shown_again(self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        client.raise_request_exception = False
        monkeypatch.setattr("accounts.site.second_factor.taken_away", fails(GONE))
        response = client.post("/admin/login/", {"username": "ann", "password": "hidden-word"})
        assert response.status_code == 503
        assert "hidden-word" not in response.content.decode()

    @pytest.mark.parametrize("error", [IntegrityError("twice"), ZeroDivisionError()])
    def test_other_faults_are_faults(self, desk: Client, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
        monkeypatch.setattr("editing.admin.saving.current_version", fails(error))
        assert desk.get(change_url(ErrorMessage.objects.get(slug="wait"))).status_code == 500


class TestVisitors:
    @pytest.mark.parametrize("path", ["/check/", "/focus/mk2/6000-cd/"])
    def test_a_text_that_cannot_be_read_is_kept(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        cache.clear()
        monkeypatch.setattr("guides.public.vocabulary._known", None)  # as after a start
        monkeypatch.setattr("guides.public.selectors.vocabulary", fails(GONE))
        response = client.post(path, {"text": "<my text>"})
        assert response.status_code == 503
        assert response["Retry-After"]
        content = response.content.decode()
        assert "&lt;my text&gt;" in content
        assert "The fault is ours" in content
        assert "every wrong one counts" in content

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
    def test_texts_are_read_without_a_database(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
    ) -> None:
        client.post("/check/", {"text": "6000 CD"})
        with monkeypatch.context() as gone:
            gone.setattr("django.db.backends.utils.CursorWrapper._execute_with_wrappers", fails(GONE))
            for text, kind in (("V123456", "serial"), ("50702000", "software-data"), ("hello", "unknown")):
                response = client.post("/check/", {"text": text}, headers=headers)
                assert response.status_code == 200
                assert f'data-verdict="{kind}"' in response.content.decode()
            answered = client.post("/check/", {"text": "WAIT"}, headers=headers)  # what to do stands in its row
        assert answered.status_code == 503
        assert "WAIT" in answered.content.decode()

    def test_a_page_that_nobody_kept_says_when_to_come_again(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.raise_request_exception = False
        monkeypatch.setattr("guides.public.selectors.get_message", fails(GONE))
        response = client.get("/messages/wait/")
        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert "SECRET" not in response.content.decode()

    def test_answers_do_not_queue_up_for_a_locked_database(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(counting, "PATIENCE", 0.01)
        with counting._storing:
            assert counting.count(None, None, None) == counting.Outcome.NOT_STORED  # type: ignore[arg-type]


class TestTheFile:
    """The backend for SQLite, on files of its own."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "db.sqlite3"
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE word (word)")
        return file

    @pytest.fixture
    def opened(self, file: Path, db: None) -> Any:
        defaults = {"AUTOCOMMIT": True, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None}
        wrapper = DatabaseWrapper({"NAME": file, "OPTIONS": {"timeout": 0.1}, **defaults}, "chaos")
        wrapper.inc_thread_sharing()
        yield wrapper
        wrapper.close()

    def words(self, opened: Any) -> int:
        with opened.cursor() as cursor:
            return int(cursor.execute("SELECT count(*) FROM word").fetchone()[0])

    def test_another_file_in_its_place_is_noticed_before_the_next_request(self, file: Path, opened: Any) -> None:
        assert self.words(opened) == 0
        with closing(sqlite3.connect(file.with_name("other"))) as other:
            other.execute("CREATE TABLE word (word)")
            other.execute("INSERT INTO word VALUES ('new')")
            other.commit()
        file.with_name("other").replace(file)
        opened.close_if_unusable_or_obsolete()
        assert self.words(opened) == 1

    def test_a_server_begins_no_empty_one(self, file: Path, opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(DatabaseWrapper, "may_create", False)
        assert self.words(opened) == 0
        file.unlink()
        opened.close_if_unusable_or_obsolete()
        with pytest.raises(OperationalError, match="unable to open"):
            self.words(opened)
        assert not file.exists()

    def test_nothing_is_stored_in_a_file_that_is_gone(self, file: Path, opened: Any) -> None:
        opened.set_autocommit(False)
        opened.cursor().execute("INSERT INTO word VALUES ('lost')")
        file.unlink()
        with pytest.raises(OperationalError, match="is gone"):
            opened.commit()
        opened.rollback()
        opened.set_autocommit(True)

    def test_what_went_wrong_on_one_connection_is_not_trusted_on_another(self, file: Path, opened: Any) -> None:
        assert self.words(opened) == 0
        kept = opened.connection
        opened.close_if_unusable_or_obsolete()
        assert opened.connection is kept
        DatabaseWrapper.troubles += 1
        opened.close_if_unusable_or_obsolete()
        assert opened.connection is None
