import pytest
from django.contrib.auth.models import User
from django.test import Client

from .helpers import browser_of, in_group


@pytest.fixture
def admin_client() -> Client:
    """Without a password, unlike pytest-django's own: hashing one takes longer than the test."""
    return browser_of(User.objects.create_superuser("admin"))


@pytest.fixture
def editor() -> Client:
    return in_group("Editors")


@pytest.fixture
def reviewer() -> Client:
    return in_group("Reviewers")
