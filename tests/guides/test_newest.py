"""Which content is the newest: asked in turns, and nothing waits for a database that is slow."""

import threading

import pytest

from guides.public.newest import NewestContent


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> NewestContent:
    """Asks once, and then when a test says that a second has passed: content.due = 0."""
    monkeypatch.setattr("guides.public.newest.LOOK_INTERVAL", float("inf"))
    return NewestContent()


def test_the_database_is_asked_once_in_an_interval(content: NewestContent, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter("abc")
    monkeypatch.setattr("guides.models.history.VersionManager.newest_digest", lambda manager: next(digests))
    assert [content.look(), content.look()] == ["a", "a"]
    content.due = 0
    assert [content.look(), content.look()] == ["b", "b"]
    assert [content.ask(), content.look()] == ["c", "c"]


def test_one_request_waits_for_a_slow_database_and_the_others_do_not(
    content: NewestContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = threading.Event(), threading.Event()

    def slowly(manager: object) -> str:
        asked.set()
        answered.wait()
        return "new"

    monkeypatch.setattr("guides.models.history.VersionManager.newest_digest", slowly)
    one = threading.Thread(target=content.look)
    one.start()
    asked.wait()
    assert (content.look(), content.database_answers) == ("", True)
    content.due = 0
    assert (content.look(), content.database_answers) == ("", False)
    answered.set()
    one.join()
    assert (content.digest, content.database_answers) == ("new", True)
