"""Pages of the second factor: HTTP only; the rules are in second_factor.py."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from math import ceil
from typing import Any

import segno
from axes.helpers import get_cool_off
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import audit, second_factor
from .forms import CodeForm, PasswordForm, ReplaceForm, SetUpForm

View = Callable[[HttpRequest, User], HttpResponse]


def _page(request: HttpRequest, name: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    around = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False, "title": title}
    return TemplateResponse(request, f"admin/second_factor/{name}.html", {**around, **context}, status=status)


def _next(request: HttpRequest) -> str:
    """The page that the editor asked for, if it is on this site."""
    address = request.GET.get("next", "")
    inside = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if inside else reverse("admin:index")


def password_only(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """For sessions with a password and without a second factor; others are redirected."""

    @wraps(view)
    @never_cache
    @require_http_methods(["GET", "POST"])
    def guarded(request: HttpRequest) -> HttpResponse:
        if admin.site.has_permission(request):
            return redirect(_next(request))
        user = request.user
        if not admin.site.has_password(request) or second_factor.was_reset(request):  # type: ignore[attr-defined]
            return redirect_to_login(_next(request), reverse("admin:login"))
        return view(request, user)  # type: ignore[arg-type]

    return guarded


def _wait(until: datetime) -> str:
    """The time from now in words: "30 seconds"."""
    seconds = max(1, ceil((until - timezone.now()).total_seconds()))
    if seconds < 120:
        return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}


@password_only
def code(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for a code of the app or a recovery code."""
    if not second_factor.phone_of(user):
        return redirect_to_login(_next(request), reverse("admin:second_factor_set_up"))
    form = CodeForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            device = second_factor.verify(user, form.cleaned_data["code"])
        except second_factor.TooSoonError as problem:
            status = 429
            form.add_error("code", _("Too many wrong codes. Try again in %(time)s.") % {"time": _wait(problem.until)})
        else:
            if device:
                second_factor.sign_in(request, device)
                return _signed_in(request, user, by_phone=isinstance(device, TOTPDevice))
            audit.record(user, _("Wrong code."))
            form.add_error("code", _("This code is wrong, was used before, or has expired. Wait for the next one."))
    return _page(request, "code", _("The code from your phone"), status, form=form)


def _signed_in(request: HttpRequest, user: User, *, by_phone: bool) -> HttpResponse:
    if by_phone:
        audit.record(user, _("Signed in."))
    else:
        audit.record(user, _("Signed in with a recovery code."))
        left = second_factor.recovery_codes_left(user)
        words = ngettext(
            "That recovery code is used up; %(left)d is left. Phone lost? Set up another one below.",
            "That recovery code is used up; %(left)d are left. Phone lost? Set up another one below.",
            left,
        )
        messages.warning(request, words % {"left": left})
        return redirect("admin:second_factor")
    return redirect(_next(request))


@password_only
def set_up(request: HttpRequest, user: User) -> HttpResponse:
    """The first sign-in: show a key for the app on the phone, and ask for a code that proves that it was added."""
    if second_factor.phone_of(user):
        return redirect_to_login(_next(request), reverse("admin:second_factor_code"))
    form = SetUpForm(request.POST or None)
    if form.is_valid():
        if second_factor.set_up(request, form.cleaned_data["code"]):
            audit.record(user, _("Set up a second factor, and signed in."))
            return _new_codes(request, user, _next(request))
        _wrong_code(form)
    return _key_page(request, form, _("Set up your second factor"))


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest) -> HttpResponse:
    """Set up another phone in place of the present one."""
    form = ReplaceForm(request, request.POST or None)
    if form.is_valid():
        if second_factor.set_up(request, form.cleaned_data["code"]):
            audit.record(request.user, _("Set up another phone as second factor."))  # type: ignore[arg-type]
            messages.success(request, _("The codes of this phone are valid now; those of the old one are not."))
            return redirect("admin:second_factor")
        _wrong_code(form)
    return _key_page(request, form, _("Set up another phone"))


def _wrong_code(form: SetUpForm) -> None:
    words = _("This code does not belong to this key. Does the phone show the right time? Wait for the next code.")
    form.add_error("code", words)


def _key_page(request: HttpRequest, form: SetUpForm, title: str) -> HttpResponse:
    device = second_factor.new_device(request)
    picture = segno.make(device.config_url, micro=False).svg_data_uri(scale=4, light="#fff", dark="#000")
    return _page(request, "set_up", title, form=form, key=second_factor.readable_key(device), picture=picture)


@require_safe
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Show the second factor of the account, with links to change it."""
    user: User = request.user  # type: ignore[assignment]
    return _page(
        request,
        "overview",
        _("Your second factor"),
        phone=second_factor.phone_of(user),
        left=second_factor.recovery_codes_left(user),
    )


@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Create new recovery codes in place of the old ones."""
    form = PasswordForm(request, request.POST or None)
    if form.is_valid():
        audit.record(request.user, _("Made new recovery codes."))  # type: ignore[arg-type]
        return _new_codes(request, request.user, reverse("admin:second_factor"))  # type: ignore[arg-type]
    return _page(request, "new_recovery_codes", _("New recovery codes"), form=form)


def _new_codes(request: HttpRequest, user: User, then: str) -> HttpResponse:
    """Show new codes in the answer to the POST, so that no address shows them again."""
    codes = [f"{code[:4]} {code[4:8]} {code[8:]}" for code in second_factor.new_recovery_codes(user)]
    return _page(request, "recovery_codes", _("Your recovery codes"), codes=codes, then=then)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """The answer of axes while a name is locked for an address."""
    minutes = ceil(get_cool_off(request).total_seconds() / 60)
    around = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Too many wrong passwords"),
    }
    return render(request, "admin/locked_out.html", {**around, "minutes": minutes}, status=429)
