"""A broken edit is not published: a change is made only if the checker then finds no error that was not there."""

from functools import lru_cache
from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from guides.checker import Finding
from guides.models import Version
from guides.publishing import errors, in_words

from .refusal import Refused


def errors_before(request: HttpRequest) -> list[Finding]:
    """errors() before this request changes anything: to be asked for before that, within `recorded`."""
    if not hasattr(request, "errors_before"):
        request.errors_before = _errors_of(Version.objects.newest_digest())  # type: ignore[attr-defined]
    return request.errors_before  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def _errors_of(digest: str) -> list[Finding]:
    """errors() while the stored content is that of the version with this digest."""
    return errors()


class PublishingAdmin(admin.ModelAdmin):
    """Drafts are never looked at: larger changes are made in them, and a withdrawal cannot wait."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.is_published:
            errors_before(request)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not form.instance.is_published:
            return
        if found := in_words(errors(), errors_before(request)):
            advice = _("It cannot be published like this. Put it right, or save it as a draft: untick “published”.")
            raise Refused([advice, *found])
