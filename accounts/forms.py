"""What is asked at the door."""

import re
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .second_factor import RECOVERY_CODE_LENGTH

CODE_LENGTH = 6


class CodeField(forms.CharField):
    """Digits, however they are grouped."""

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
    code = CodeField(
        CODE_LENGTH,
        RECOVERY_CODE_LENGTH,
        label=_("Code"),
        wrong=_("A code has 6 digits, a recovery code 12."),
    )


class PasswordForm(forms.Form):
    """Whoever sits down at a desk that somebody left open does not know the password."""

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
    code = CodeField(CODE_LENGTH, label=_("Code that the app shows"), wrong=_("A code has 6 digits."))


class ReplaceForm(SetUpForm, PasswordForm):
    field_order = ["code", "password"]
