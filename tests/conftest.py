import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Every test sees the starting content, as the public does."""
    with django_db_blocker.unblock():
        call_command("load_content")


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction, which ends with its connection. Requests close an old one at their begin and end,
    unless they come from Django's own client; PostgreSQL then forgets what the test stored."""
    name = "django.db.backends.base.base.BaseDatabaseWrapper.close_if_unusable_or_obsolete"
    monkeypatch.setattr(name, lambda connection: None)
