import pytest
from django.contrib.auth.models import User
from django.test import Client

from guides.models import RadioUnit
from tests.accounts.helpers import signed_in, signed_in_as


@pytest.fixture
def admin_client() -> Client:
    """Without a password, unlike pytest-django's own: hashing one takes longer than the test."""
    return signed_in(User.objects.create_superuser("admin"))


@pytest.fixture
def editor() -> Client:
    return signed_in_as("Editors")


@pytest.fixture
def reviewer() -> Client:
    return signed_in_as("Reviewers")


@pytest.fixture
def new_radio() -> RadioUnit:
    """A draft that nothing names yet."""
    radio = RadioUnit.objects.get(slug="sony")
    radio.pk, radio.slug, radio.name, radio.other_names = None, "7000-cd", "7000 CD", ""
    radio.order, radio.is_published = 500, False
    radio.save()
    return radio
