"""Clients that are signed in to the admin, and what a page says."""

import re
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.html import strip_tags
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice


def signed_in(user: User) -> Client:
    """A client that has passed both factors."""
    client = Client()
    client.force_login(user)
    phone, _ = TOTPDevice.objects.get_or_create(user=user, name="phone")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = phone.persistent_id
    session.save()
    return client


def signed_in_as(role: str) -> Client:
    """A client of a new account with this role only."""
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return signed_in(user)


def text(response: Any) -> str:
    """The text of a page."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))
