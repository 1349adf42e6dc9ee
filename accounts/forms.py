"""Forms for codes and passwords of the second factor."""

import re
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .second_factor import RECOVERY_CODE_LENGTH

CODE_LENGTH = 6


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("This name and password do not belong together. Capitals and small letters count in both."),
    }


class CodeField(forms.CharField):
    """Digits, with or without blanks and hyphens. `wrong` is the error message for anything else."""

    def __init__(self, *lengths: int, wrong: Any, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 20}
        super().__init__(max_length=40, widget=forms.TextInput(attributes), **kwargs)
        self.lengths = lengths
        self.wrong = wrong

    def clean(self, value: Any) -> str:
        code = re.sub(r"[\s-]", "", super().clean(value))
        if len(code) not in self.lengths or not (code.isascii() and code.isdigit()):
            raise ValidationError(self.wrong)
        return code


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = CodeField(
        CODE_LENGTH,
        RECOVERY_CODE_LENGTH,
        label=_("Code"),
        wrong=_("A code has 6 digits, a recovery code 12."),
    )


class PasswordForm(forms.Form):
    """Asks for the password again, so that a browser left signed in is not enough to change the second factor."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        name = self.request.user.get_username()
        if not isinstance(authenticate(self.request, username=name, password=password), User):
            raise ValidationError(_("That is not your password."))
        return password


class SetUpForm(forms.Form):
    """The code that proves that the app has the new key."""

    code = CodeField(CODE_LENGTH, label=_("Code that the app shows"), wrong=_("A code has 6 digits."))


class ReplaceForm(SetUpForm, PasswordForm):
    field_order = ["code", "password"]
