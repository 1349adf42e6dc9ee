import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from .helpers import Page, walk


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Every test sees the starting content, as the public does."""
    with django_db_blocker.unblock():
        call_command("load_content")


@pytest.fixture(scope="session")
def whole_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Page]:
    """Every page of the starting content, by address. Made outside any test's transaction."""
    with django_db_blocker.unblock():
        return walk(Client())


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the connection open between requests: each test is one transaction, and PostgreSQL drops it on close.

    Requests made by anything but Django's own client close old connections.
    """
    name = "django.db.backends.base.base.BaseDatabaseWrapper.close_if_unusable_or_obsolete"
    monkeypatch.setattr(name, lambda connection: None)
