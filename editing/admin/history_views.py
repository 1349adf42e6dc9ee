"""The history on the desk: what was changed, two versions beside each other, and the way back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from editing.checks.publishing import rehearse
from editing.content_file import ContentFile, ContentFileError, Difference, apply, compare, stored
from editing.content_file.descendants import Row, belongs
from editing.content_file.schema import models, name_of
from editing.history import display, revert
from editing.history.record import content_of, model_named, recorded, touching
from guides.models import Version

from .number import number_in

#: Versions on one page, and rows named for each.
SHOWN = 25
LINES = 6


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """All versions of the content."""
    _require(request, None)
    return _list(request, Version.objects.select_related("made_by"), None, _("History of the content"))


def history_of_row(desk: admin.ModelAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    """The versions that touch the row or what hangs from it."""
    obj = desk.get_object(request, pk)
    if obj is None:
        return HttpResponseRedirect(reverse("desk:deleted"))
    if not desk.has_view_or_change_permission(request, obj):
        raise PermissionDenied
    row = type(obj), obj.natural_key()
    versions = list(touching(row, Version.objects.select_related("made_by")))
    title = _("History of %(row)s") % {"row": display.title(row)}
    return _list(request, versions, row, title, opts=desk.opts, object=obj)


def _list(request: HttpRequest, versions: Any, row: Row | None, title: str, **more: Any) -> HttpResponse:
    page = Paginator(versions, SHOWN).get_page(request.GET.get("page"))
    entries = [
        {
            "version": version,
            "before": Version.objects.filter(pk__lt=version.pk).values_list("pk", flat=True).first(),
            "lines": (lines := display.summary(_of(row, version.changes)))[:LINES],
            "more": len(lines) - LINES,
        }
        for version in page
    ]
    context = {"page": page, "entries": entries, "row": row, "query": _query(row), **more}
    return _answer(request, "history", title, context)


def _of(row: Row | None, changes: list[Any]) -> list[Any]:
    """The changes of that row and what hangs from it; all if it is none."""

    def concerns(change: list[Any]) -> bool:
        model = model_named(change[1])
        return row is None or (model is not None and belongs((model, tuple(change[2])), row))

    return list(filter(concerns, changes))


@require_safe
def compare_versions(request: HttpRequest) -> HttpResponse:
    """What differs between two versions."""
    row = _row(request)
    _require(request, row)
    numbers = sorted(filter(None, (number_in(request.GET.get(name)) for name in ("old", "new"))))
    if len(numbers) < 2:
        messages.error(request, _("Choose two versions to compare."))
        return HttpResponseRedirect(reverse("desk:history"))
    old, new = (get_object_or_404(Version.objects.select_related("made_by"), pk=pk) for pk in numbers)
    title = _("Version %(old)s and version %(new)s") % {"old": old, "new": new}
    if row:
        title = f"{title}: {display.title(row)}"
    context: dict[str, Any] = {"versions": [old, new], "row": row, "query": _query(row)}
    try:
        contents = content_of(old), content_of(new)
        found = display.differences(compare(*contents), *contents)
        context["differences"] = [each for each in found if row is None or belongs(each.row, row)]
    except ContentFileError as error:
        context["error"] = error
    return _answer(request, "compare", title, context)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Rows that are gone, each with the way to bring it back."""
    _require(request, None)
    page = Paginator(list(revert.deleted()), SHOWN).get_page(request.GET.get("page"))
    entries = [{"gone": gone, "title": display.title(gone.row), "query": _query(gone.row)} for gone in page]
    return _answer(request, "deleted", _("Deleted rows"), {"page": page, "entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
def go_back(request: HttpRequest, number: int) -> HttpResponse:
    """To a whole version, or one row as it was in it. Shows first what that changes; asks why; then does it."""
    row = _row(request)
    _require(request, row)
    version = get_object_or_404(Version.objects.select_related("made_by"), pk=number)
    newest = Version.objects.newest_number()
    why = request.POST.get("why", "").strip()
    context: dict[str, Any] = {"version": version, "newest": newest, "row": row, "why": why, "query": _query(row)}
    try:
        file = revert.one_row(version, row) if row else revert.whole(version)
        difference, broken = rehearse(file)
        context["differences"] = list(display.differences(difference, stored(), file.content))
        context["broken"] = broken
        context["lacking"] = _lacking(request, difference, whole=row is None)
        if request.method == "POST" and difference and not context["lacking"] and not broken:
            if not why:
                context["error"] = _("Say why; other editors read it in the history. Nothing was changed.")
            elif request.POST.get("newest") != str(newest):
                context["error"] = _("The content was changed meanwhile. Look at the difference again.")
            else:
                return _went_back(request, version, file, difference, why)
    except ContentFileError as error:
        context["cannot"] = error
    title = _("Back to version %(version)s") % {"version": version}
    return _answer(request, "go_back", f"{title}: {display.title(row)}" if row else title, context)


def _went_back(
    request: HttpRequest, version: Version, file: ContentFile, difference: Difference, why: str
) -> HttpResponse:
    note = _("Back to version %(version)s: %(why)s") % {"version": version, "why": why}
    with transaction.atomic():
        with recorded(request.user, note):
            apply(file, difference.digest)
        new = Version.objects.all()[:1]
        LogEntry.objects.log_actions(request.user.pk, new, CHANGE, note)  # type: ignore[arg-type]
    messages.success(
        request, _("Done: this is version %(new)s now. To undo it, go back to the one before it.") % {"new": new[0]}
    )
    return HttpResponseRedirect(reverse("desk:history"))


def _row(request: HttpRequest) -> Row | None:
    """The row that the address names; None if it names none."""
    if "model" not in request.GET:
        return None
    model, key = model_named(request.GET["model"]), tuple(request.GET.getlist("key"))
    if not model or len(key) != len(model.natural_key_fields):
        raise Http404
    return model, key


def _query(row: Row | None) -> str:
    """The end of an address that names the row."""
    return urlencode({"model": name_of(row[0]), "key": row[1]}, doseq=True) if row else ""


def _may(request: HttpRequest, action: str, model: Any) -> bool:
    return request.user.has_perm(f"guides.{action}_{name_of(model)}")


def _require(request: HttpRequest, row: Row | None) -> None:
    """Whoever may see all rows may read their history; of one row, whoever may see it."""
    for model in [row[0]] if row else models():
        if not _may(request, "view", model) and not _may(request, "change", model):
            raise PermissionDenied


def _lacking(request: HttpRequest, difference: Difference, *, whole: bool) -> list[str]:
    """What the user would have to be allowed, in words; for a whole version, everything."""
    needed = {("add", model) for model, key in difference.added}
    needed |= {("delete", model) for model, key in difference.removed}
    needed |= {("change", model) for model, key in difference.changed}
    if whole:
        needed = {(action, model) for action in ("add", "change", "delete") for model in models()}
    words = {"add": _("add %(rows)s"), "change": _("change %(rows)s"), "delete": _("delete %(rows)s")}
    lacking = [
        words[action] % {"rows": model._meta.verbose_name_plural}
        for action, model in needed
        if not _may(request, action, model)
    ]
    return sorted(lacking)


def _answer(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/guides/{name}.html", context)
