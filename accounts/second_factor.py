"""The second factor: codes of an app on the phone (TOTP), and recovery codes for when the phone is not there.

django-otp keeps the devices, takes each code only once, allows for a clock that runs half a minute off, and makes those
who guess wait twice as long each time. Here is what comes before and after that.
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

PASSED = "second_factor_passed"
NEW_KEY = "second_factor_key"
RECOVERY_CODES = 10
#: Digits. As hard to guess as eight letters and digits, and a phone offers the same keys as for a code.
RECOVERY_CODE_LENGTH = 12
#: Of the app's clock or of ours: codes of the half minute before and after count too.
TOLERANCE = 1
#: How long the password alone is good for.
TIME_FOR_THE_CODE = timedelta(minutes=15)


class TooSoonError(Exception):
    """Too many wrong codes: none is looked at until then."""

    def __init__(self, until: datetime) -> None:
        self.until = until


def passed(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor that is still there."""
    return getattr(request.user, "otp_device", None) is not None  # OTPMiddleware looks for it


def taken_away(request: HttpRequest) -> bool:
    """Whether the second factor of this session was reset or replaced since. Its password is then no longer enough:
    whoever found the phone must not set up a factor of his own."""
    return PASSED in request.session and not passed(request)


def let_in(request: HttpRequest, device: Device) -> None:
    """From now on this session is signed in, for as long as the settings say and no longer."""
    django_otp.login(request, device)
    request.session.cycle_key()
    request.session[PASSED] = True
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))


def phone_of(user: AbstractBaseUser) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user).first()


def new_device(request: HttpRequest) -> TOTPDevice:
    """A device that is not stored, with a key that only this session knows until a code confirms it."""
    key = request.session.setdefault(NEW_KEY, random_hex())
    return TOTPDevice(user_id=request.user.pk, name="phone", key=key)


def readable(device: TOTPDevice) -> str:
    """Its key as an app takes it, in groups to type."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def set_up(request: HttpRequest, code: str) -> bool:
    """Store the new device in the place of any other, if the code is one of its codes; and let its owner in."""
    device = new_device(request)
    totp = TOTP(unhexlify(device.key))
    totp.time = time()
    if not totp.verify(int(code), TOLERANCE):
        return False
    device.drift, device.last_t = totp.drift, totp.t()  # so that this code, too, is good only once
    with transaction.atomic():
        _wait_for_turn(request.user)  # type: ignore[arg-type] # whoever gets here has shown a password
        old = TOTPDevice.objects.filter(user=request.user.pk)
        if old and not passed(request):
            return False
        old.delete()
        device.save()
    del request.session[NEW_KEY]
    let_in(request, device)
    return True


def _wait_for_turn(user: AbstractBaseUser) -> None:
    """Until the end of the transaction nobody else gives this account a device, so that it has one of each kind."""
    get_user_model().objects.select_for_update().get(pk=user.pk)


def use(user: AbstractBaseUser, code: str) -> Device | None:
    """The device that the code is of, or None. A code, and a recovery code, is good once. Raises TooSoonError."""
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
    """Codes in the place of those that there were."""
    codes = [random_number_token(RECOVERY_CODE_LENGTH) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        _wait_for_turn(user)
        device, _ = StaticDevice.objects.get_or_create(user_id=user.pk, defaults={"name": "recovery codes"})
        device.token_set.all().delete()
        for code in codes:
            device.token_set.create(token=code)
    return codes


def recovery_codes_left(user: AbstractBaseUser) -> int:
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def reset(user: AbstractBaseUser) -> None:
    """Take the second factor away: sessions that showed it end, and the next sign-in leads to setting up a new one."""
    with transaction.atomic():
        for device in django_otp.devices_for_user(user, confirmed=None):
            device.delete()
