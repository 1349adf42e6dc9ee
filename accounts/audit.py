"""The audit log: Django's log of changes in the admin, with sign-ins added to it.

It has no password, code or IP address. A user name without an account is not recorded, and axes stores only its hash:
people sometimes type their password there.
"""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from . import second_factor

#: An action_flag, beside Django's for added, changed and deleted.
SIGN_IN = 4
#: How long entries of sign-ins are kept. Changes of rows are not deleted.
RETENTION = timedelta(days=365)


def record(who: AbstractBaseUser, what: str, about: AbstractBaseUser | None = None) -> None:
    """Record what an account did at sign-in, or to another account; delete entries older than RETENTION."""
    account = about or who
    LogEntry.objects.filter(action_flag=SIGN_IN, action_time__lt=timezone.now() - RETENTION).delete()
    LogEntry.objects.create(
        user_id=who.pk,
        action_flag=SIGN_IN,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(account.pk),
        object_repr=account.get_username()[:200],
        change_message=what,
    )


def listen() -> None:
    """Connect to the sign-in signals of Django and axes. Events without a signal call record() themselves."""
    user_login_failed.connect(_wrong_password)
    user_locked_out.connect(_locked_out)
    user_logged_out.connect(_signed_out)


def axes_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The user name that axes stores and counts wrong passwords for: a keyed hash if there is no such account."""
    name = str((credentials or request.POST).get("username"))
    return name if _account(name) else salted_hmac("accounts.audit", name).hexdigest()


def delete_old_attempts() -> None:
    """Delete the wrong passwords that axes stored (name, address, browser) and that no longer lock an account."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()


def _account(name: object) -> User | None:
    return get_user_model().objects.filter(username=str(name)).first()


def _wrong_password(
    sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    account = _account(credentials.get("username"))
    if account and not getattr(request, "axes_locked_out", False):
        record(account, _("Wrong password."))


def _locked_out(sender: object, request: HttpRequest, username: str, **kwargs: Any) -> None:
    account = _account(username)
    if account and request.axes_failures_since_start is not None:  # type: ignore[attr-defined] # not again while it is locked
        record(account, _("Locked out after too many wrong passwords."))


def _signed_out(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user and second_factor.passed(request):
        record(user, _("Signed out."))
