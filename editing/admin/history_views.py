"""The history in the admin: what was changed, two versions side by side, and going back."""

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

from editing.checks.publishing import dry_run
from editing.content_file import ContentFile, ContentFileError, Difference, apply, compare, read_content
from editing.content_file.descendants import Row, is_descendant_of
from editing.content_file.schema import models, name_of
from editing.history import display, revert
from editing.history.record import changes_to, content_of, model_named, recorded, versions_of
from guides.models import Version

VERSIONS_PER_PAGE = 25
ROWS_PER_VERSION = 6


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """All versions of the content."""
    _require(request, None)
    return _list(request, Version.objects.select_related("made_by"), None, _("History of the content"))


def history_of_row(model_admin: admin.ModelAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    """The versions in which the row or a descendant was changed."""
    obj = model_admin.get_object(request, pk)
    if obj is None:
        return HttpResponseRedirect(reverse("editing:deleted"))
    if not model_admin.has_view_or_change_permission(request, obj):
        raise PermissionDenied
    row = type(obj), obj.natural_key()
    versions = list(versions_of(row, Version.objects.select_related("made_by")))
    title = _("History of “%(row)s”") % {"row": obj}
    return _list(request, versions, row, title, opts=model_admin.opts, object=obj)


def _list(request: HttpRequest, versions: Any, row: Row | None, title: str, **more: Any) -> HttpResponse:
    page = Paginator(versions, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    entries = [
        {
            "version": version,
            "before": Version.objects.filter(pk__lt=version.pk).values_list("pk", flat=True).first(),
            "lines": list(map(display.summary, changes[:ROWS_PER_VERSION])),
            "more": len(changes) - ROWS_PER_VERSION,
        }
        for version in page
        for changes in [changes_to(row, version) if row else version.changed_rows]
    ]
    context = {"page": page, "entries": entries, "row": row, "query": _query(row), **more}
    return _answer(request, "history", title, context)


@require_safe
def compare_versions(request: HttpRequest) -> HttpResponse:
    """What differs between two versions."""
    row = _row(request)
    _require(request, row)
    chosen = [version for name in ("old", "new") if (version := Version.objects.numbered(request.GET.get(name)))]
    if len(chosen) < 2:
        messages.error(request, _("Choose two versions to compare."))
        return HttpResponseRedirect(reverse("editing:history"))
    old, new = sorted(chosen, key=lambda version: version.pk)
    title = _("Version %(old)s and version %(new)s") % {"old": old, "new": new}
    if row:
        title = f"{title}: {display.title(row)}"
    context: dict[str, Any] = {"versions": [old, new], "row": row, "query": _query(row)}
    try:
        contents = content_of(old), content_of(new)
        found = display.differences(compare(*contents), *contents)
        context["differences"] = [each for each in found if row is None or is_descendant_of(each.row, row)]
    except ContentFileError as error:
        context["error"] = error
    return _answer(request, "compare", title, context)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Deleted rows, each with a link to bring it back."""
    _require(request, None)
    page = Paginator(list(revert.deleted()), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    entries = [{"gone": gone, "title": display.title(gone.row), "query": _query(gone.row)} for gone in page]
    return _answer(request, "deleted", _("Deleted rows"), {"page": page, "entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
def go_back(request: HttpRequest, number: int) -> HttpResponse:
    """Go back to a whole version, or to one row as it was in it: show what that changes, ask why, then do it."""
    row = _row(request)
    _require(request, row)
    version = get_object_or_404(Version.objects.select_related("made_by"), pk=number)
    newest = Version.objects.newest_number()
    why = request.POST.get("why", "").strip()
    context: dict[str, Any] = {"version": version, "newest": newest, "row": row, "why": why, "query": _query(row)}
    try:
        file = revert.one_row(version, row) if row else revert.whole(version)
        difference, broken = dry_run(file)
        context["differences"] = list(display.differences(difference, read_content(), file.content))
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
    return HttpResponseRedirect(reverse("editing:history"))


def _row(request: HttpRequest) -> Row | None:
    """The row that the address names; None if it names none, 404 if there can be no such row."""
    if "model" not in request.GET:
        return None
    model, key = model_named(request.GET["model"]), tuple(request.GET.getlist("key"))
    if not model or len(key) != len(model.natural_key_fields):
        raise Http404
    return model, key


def _query(row: Row | None) -> str:
    """The query string that names the row."""
    return urlencode({"model": name_of(row[0]), "key": row[1]}, doseq=True) if row else ""


def _may(request: HttpRequest, action: str, model: Any) -> bool:
    return request.user.has_perm(f"guides.{action}_{name_of(model)}")


def _require(request: HttpRequest, row: Row | None) -> None:
    """Permit the history of a row to users who may view it, and that of all content to users who may view all of it."""
    for model in [row[0]] if row else models():
        if not _may(request, "view", model) and not _may(request, "change", model):
            raise PermissionDenied


def _lacking(request: HttpRequest, difference: Difference, *, whole: bool) -> list[str]:
    """The permissions that the user lacks, in words; a whole version needs all of them."""
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
