"""The audit log: Django's own log of the admin, which has every change of a row, and in it what happens at the door.

No password, no code and no address is in it. A name that is nobody's is not in it either, and elsewhere only as a hash:
people type their password there.
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

#: Beside Django's flags for added, changed and deleted.
DOOR = 4
#: So long it is kept who came and went. Changes of rows are kept for good.
KEPT = timedelta(days=365)


def record(who: AbstractBaseUser, what: str, about: AbstractBaseUser | None = None) -> None:
    """Note what somebody did at the door, or to another account there; entries beyond their time go."""
    account = about or who
    LogEntry.objects.filter(action_flag=DOOR, action_time__lt=timezone.now() - KEPT).delete()
    LogEntry.objects.create(
        user_id=who.pk,
        action_flag=DOOR,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(account.pk),
        object_repr=account.get_username()[:200],
        change_message=what,
    )


def listen() -> None:
    """Hear what Django and axes say of sign-ins. What has no signal calls record() where it happens."""
    user_login_failed.connect(_wrong_password)
    user_locked_out.connect(_locked_out)
    user_logged_out.connect(_signed_out)


def name_to_count(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Under which axes counts wrong passwords for a name, and stores it: a keyed hash, unless it is an account's."""
    name = str((credentials or request.POST).get("username"))
    return name if _account(name) else salted_hmac("accounts.audit", name).hexdigest()


def forget_attempts() -> None:
    """Delete what axes knows of wrong passwords that lock nobody out any more: addresses, browsers, names."""
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
    if account and request.axes_failures_since_start is not None:  # type: ignore[attr-defined] # not while it lasts
        record(account, _("Locked out after too many wrong passwords."))


def _signed_out(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user and second_factor.passed(request):
        record(user, _("Signed out."))
