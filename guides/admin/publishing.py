"""A broken edit is not published: a published row is saved only if the checker finds no error that was not there."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from guides.checker import Finding, Level, check

from .refusal import Refused

#: Rules that a larger change breaks half-way and that harm no driver: what is published before anything leads to it.
HALF_WAY = {"orphan"}


def errors() -> list[Finding]:
    """What the checker finds now that may not be published."""
    return [finding for finding in check() if finding.level == Level.ERROR and finding.rule not in HALF_WAY]


def new_errors(before: Collection[Finding]) -> list[str]:
    """What errors() finds beyond those from before, in words."""
    return [
        _("%(row)s (%(kind)s): %(words)s") % {"row": found.row, "kind": found.kind, "words": found.words}
        for found in errors()
        if found not in before
    ]


class PublishingAdmin(admin.ModelAdmin):
    """Drafts are never looked at: larger changes are made in them, and a withdrawal cannot wait."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.is_published:
            form.errors_before = errors()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.is_published and (found := new_errors(form.errors_before)):  # type: ignore[attr-defined]
            advice = _("It cannot be published like this. Put it right, or save it as a draft: untick “published”.")
            raise Refused([advice, *found])
