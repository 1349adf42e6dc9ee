"""The actions of the admin's lists. Each shows what it will do and asks why; then it changes all chosen rows or none,
checked like a single save, as one version of the history."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import model_ngettext
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.checks import Finding, Level
from editing.checks.publishing import new_blocking_findings
from editing.conflicts import is_unchanged_since
from guides.models import Claim, ErrorMessage, Procedure, ProcedureUse, RadioUnit, Version

from .ordering import order_after
from .report import mark_checked

#: What was typed into the form of an action; empty before it is sent.
Typed: TypeAlias = dict[str, Any]


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Other editors read it in the history."),
        error_messages={"required": _("Say why; other editors read it in the history. Nothing was changed.")},
    )


class ReasonAndRadioForm(ReasonForm):
    radio = forms.ModelChoiceField(
        RadioUnit.objects.all(),
        label=_("Radio"),
        help_text=_("A question or a way to the code that names no radio is for all of them, and stays so."),
    )
    field_order = ["radio"]


@admin.action(permissions=["change"], description=_("Publish"))
def publish(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    rows = list(queryset.filter(is_published=False))
    gaps = {row: ", ".join(row.missing()) for row in rows if isinstance(row, Claim)}
    words = gettext("Missing: %(gaps)s.")
    refused = [
        Finding(Level.ERROR, "missing", row, words % {"gaps": lacking}, blocks_publishing=True).sentence
        for row, lacking in gaps.items()
        if lacking
    ]

    def change(row: Any, typed: Typed) -> None:
        row.is_published = True
        row.save(update_fields=["is_published"])

    return _change_each(model_admin, request, rows, change, done=_("Published: %(rows)s."), refused=refused)


@admin.action(permissions=["change"], description=_("Withdraw"))
def withdraw(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """Not refused, as withdrawing a single row is not; but the page says what the checks will find then."""
    rows = list(queryset.filter(is_published=True))

    def change(row: Any, typed: Typed) -> None:
        row.is_published = False
        row.save(update_fields=["is_published"])

    return _change_each(model_admin, request, rows, change, done=_("Withdrawn: %(rows)s."), may_break=True)


@admin.action(permissions=["confirm"], description=_("Checked today, still true"))
def checked_today(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """Rows that were changed since the list was opened are left out, because the user has not read them like that."""
    seen = Version.objects.numbered(request.POST.get("version"))
    rows = list(queryset)
    changed = [row for row in rows if not is_unchanged_since(row, seen, besides="checked_on")]
    words = gettext("“%(row)s” was changed since you opened the list. It is left out: read it again first.")
    return _change_each(
        model_admin,
        request,
        [row for row in rows if row not in changed],
        lambda row, typed: mark_checked(row),
        done=_("Checked today: %(rows)s."),
        left_out=[words % {"row": row} for row in changed],
        why=gettext("Checked today, still true."),
    )


@admin.action(permissions=["change"], description=_("Add to a radio"))
def add_to_radio(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    def change(row: Any, typed: Typed) -> None:
        if radio := typed.get("radio"):
            _add(row, radio)

    done = _("Added to the radio: %(rows)s.")
    return _change_each(model_admin, request, list(queryset), change, done=done, form_class=ReasonAndRadioForm)


def _add(row: Any, radio: RadioUnit) -> None:
    if isinstance(row, Procedure):
        order = order_after(radio.uses.aggregate(last=Max("order"))["last"])
        ProcedureUse.objects.get_or_create(procedure=row, radio=radio, defaults={"order": order})
    elif isinstance(row, ErrorMessage) or row.radios.exists():
        row.radios.add(radio)


@admin.action(permissions=["delete"], description=_("Delete"))
def delete_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """In place of Django's action of this name, which asks for no reason."""
    rows = list(queryset)
    deleted, counts, lacking, protected = model_admin.get_deleted_objects(queryset, request)
    refused = [*protected, *(gettext("You may not delete this: %(rows)s.") % {"rows": kind} for kind in lacking)]

    def change(typed: Typed) -> None:
        model_admin.log_deletions(request, rows)
        model_admin.delete_queryset(request, queryset)

    summary = {"deleted": deleted, "counts": counts.items()}
    return _answer(model_admin, request, rows, change, done=_("Deleted: %(rows)s."), refused=refused, **summary)


def _change_each(
    model_admin: Any, request: HttpRequest, rows: Sequence[Any], change: Callable[[Any, Typed], None], **more: Any
) -> HttpResponse | None:
    def change_all(typed: Typed) -> None:
        for row in rows:
            change(row, typed)
            model_admin.log_change(request, row, typed.get("why", ""))

    return _answer(model_admin, request, rows, change_all, **more)


def _answer(
    model_admin: Any,
    request: HttpRequest,
    rows: Sequence[Any],
    change: Callable[[Typed], None],
    *,
    done: Promise,
    refused: Sequence[object] = (),
    left_out: Sequence[str] = (),
    may_break: bool = False,
    why: str = "",
    form_class: type[ReasonForm] = ReasonForm,
    **summary: Any,
) -> HttpResponse | None:
    """Change the rows if that was confirmed and nothing speaks against it, else show the page that asks; within
    history.record.recorded(). What the change would break is found by making it and rolling it back."""
    if not rows and not left_out:
        model_admin.message_user(request, _("Nothing to do: the rows are like that already."))
        return None
    form = form_class(request.POST if "post" in request.POST else None, initial={"why": why})
    confirmed = form.is_valid() and not refused and not left_out
    broken: list[str] = []
    with transaction.atomic():
        if not refused:
            change(form.cleaned_data if form.is_bound else {})
            broken = new_blocking_findings()
        stays = confirmed and (may_break or not broken)
        transaction.set_rollback(not stays)
    named = model_ngettext(model_admin.opts, len(rows))
    if stays:
        model_admin.message_user(request, done % {"rows": f"{len(rows)} {named}"}, messages.SUCCESS)
        return None
    action = request.POST["action"]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{model_admin.get_actions(request)[action][2]}: {len(rows)} {named}",
        "opts": model_admin.opts,
        "action": action,
        "checkbox": ACTION_CHECKBOX_NAME,
        "rows": rows,
        "form": form,
        "refused": [] if may_break else [*refused, *broken],
        "left_out": left_out,
        "warnings": broken if may_break else [],
        "version": request.POST.get("version", ""),
        **summary,
    }
    return TemplateResponse(request, "admin/guides/action.html", context)
