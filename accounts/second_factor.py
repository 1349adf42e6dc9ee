"""The second factor: codes of an app on the phone (TOTP), and recovery codes for when the phone is missing.

django-otp stores the devices, accepts each code once, tolerates clocks half a minute off, and doubles the wait after
each wrong code. This module sets devices up, signs sessions in and resets devices.
"""

from base64 import b32encode
from binascii import unhexlify
from datetime import datetime, timedelta
from time import time

import django_otp
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex, random_number_token

#: Session keys.
PASSED = "second_factor_passed"
NEW_KEY = "second_factor_key"
RECOVERY_CODES = 10
#: As hard to guess as eight letters and digits; a phone offers the same keyboard as for a code.
RECOVERY_CODE_LENGTH = 12  # digits
#: Codes of the half minute before and after are accepted too, for clocks that differ.
TOLERANCE = 1  # half minutes
#: How long a session with the password only lasts.
CODE_TIMEOUT = timedelta(minutes=15)
#: How long a session with both factors lasts after its last request.
SIGN_IN_TIMEOUT = timedelta(seconds=settings.SESSION_COOKIE_AGE)
#: A session is stored anew when its last request was this long ago, so that not every page writes.
RENEW_AFTER = timedelta(minutes=1)


class TooSoonError(Exception):
    """Too many wrong codes: none is checked before `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until


def passed(request: HttpRequest) -> bool:
    """Whether this session has passed a second factor that still exists."""
    return getattr(request.user, "otp_device", None) is not None  # set by OTPMiddleware


def was_reset(request: HttpRequest) -> bool:
    """Whether the second factor of this session was reset or replaced since it signed in.

    Such a session has to give its password again: with a phone that was lost while signed in, one could else set up a
    new second factor.
    """
    return PASSED in request.session and not passed(request)


def sign_in(request: HttpRequest, device: Device) -> None:
    """Sign this session in, for SIGN_IN_TIMEOUT."""
    django_otp.login(request, device)
    request.session.cycle_key()
    request.session[PASSED] = True
    request.session.set_expiry(SIGN_IN_TIMEOUT)


def renew(request: HttpRequest) -> None:
    """Let a session that has passed both factors last for SIGN_IN_TIMEOUT from this request."""
    if timedelta(seconds=request.session.get_expiry_age()) < SIGN_IN_TIMEOUT - RENEW_AFTER:
        request.session.set_expiry(SIGN_IN_TIMEOUT)


def phone_of(user: AbstractBaseUser) -> TOTPDevice | None:
    """The device of the app on the phone."""
    return TOTPDevice.objects.filter(user=user).first()


def new_device(request: HttpRequest) -> TOTPDevice:
    """A device that is not stored yet, with a key that is only in this session until a code confirms it."""
    key = request.session.setdefault(NEW_KEY, random_hex())
    return TOTPDevice(user_id=request.user.pk, name="phone", key=key)


def readable_key(device: TOTPDevice) -> str:
    """The key of the device in Base32, as apps accept it, in groups of four."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def set_up(request: HttpRequest, code: str) -> bool:
    """If the code belongs to the new device, store it in place of any other and sign the session in."""
    device = new_device(request)
    totp = TOTP(unhexlify(device.key))
    totp.time = time()
    if not totp.verify(int(code), TOLERANCE):
        return False
    device.drift, device.last_t = totp.drift, totp.t()  # so that this code is not accepted again
    with transaction.atomic():
        _lock(request.user)  # type: ignore[arg-type] # signed in with a password
        old = TOTPDevice.objects.filter(user=request.user.pk)
        if old and not passed(request):
            return False
        old.delete()
        device.save()
    del request.session[NEW_KEY]
    sign_in(request, device)
    return True


def _lock(user: AbstractBaseUser) -> None:
    """Lock the account until the end of the transaction, so that it gets one device of each kind."""
    get_user_model().objects.select_for_update().get(pk=user.pk)


def verify(user: AbstractBaseUser, code: str) -> Device | None:
    """The device that the code belongs to, or None. Each code is accepted once. Raises TooSoonError."""
    kind = StaticDevice if len(code) == RECOVERY_CODE_LENGTH else TOTPDevice
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user).first()
        if not device:
            return None
        allowed, why = device.verify_is_allowed()
        if not allowed:
            raise TooSoonError(why["locked_until"])
        return device if device.verify_token(code) else None


def new_recovery_codes(user: AbstractBaseUser) -> list[str]:
    """Create recovery codes in place of the old ones."""
    codes = [random_number_token(RECOVERY_CODE_LENGTH) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        _lock(user)
        device, _ = StaticDevice.objects.get_or_create(user_id=user.pk, defaults={"name": "recovery codes"})
        device.token_set.all().delete()
        for code in codes:
            device.token_set.create(token=code)
    return codes


def recovery_codes_left(user: AbstractBaseUser) -> int:
    """How many recovery codes have not been used."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def reset(user: AbstractBaseUser) -> None:
    """Delete the second factor: its sessions end, and the next sign-in leads to setting up a new one."""
    with transaction.atomic():
        for device in django_otp.devices_for_user(user, confirmed=None):
            device.delete()
