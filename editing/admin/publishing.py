"""A broken edit is not published: a change is made only if the checker then finds no error that is new."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from editing.checks.publishing import new_errors

from .refusal import Refused


class PublishingAdmin(admin.ModelAdmin):
    """Drafts are never looked at: larger changes are made in them, and a withdrawal cannot wait."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.is_published and (found := new_errors()):
            advice = _("It cannot be published like this. Put it right, or save it as a draft: untick “published”.")
            raise Refused([advice, *found])
