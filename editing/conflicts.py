"""Two editors at one row: what somebody else stored since a form was opened, beside what was typed into it.

Every form carries the number of the version that it was opened with. Whatever differs between that version and now is
compared with what the form holds; where both differ, saving would undo the other's work without a word. Rows that are
gone are put back for the time being, so that the form can be shown again with all that was typed.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model as AnyModel
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.admin.number import number_in
from editing.admin.refusal import Refused
from editing.content_file.descendants import Row
from editing.content_file.schema import Content, Model, Record, name_of
from editing.history.display import label, shown, title
from editing.history.record import Change, content_of, numbers_of
from editing.history.revert import missing_rows
from guides.models import Version
from guides.models.base import NaturalKeyModel

from .content_file import ContentFileError, apply, numbers, stored

Numbered = dict[tuple[Model, int], Row]
WORDS = gettext_lazy(
    "This was not saved, because somebody else changed the same. Compare both above; all that you typed is still here. "
    "Saving again puts yours over theirs."
)


class Clash(NamedTuple):
    """One field that holds something else now than when the form was opened, and than the form does."""

    row: str
    field: str
    stored: str
    typed: str
    #: Nothing was typed there: the form holds what was stored when it was opened.
    untouched: bool
    #: The version that stored it.
    version: Version | None


class Opened(NamedTuple):
    """The content as it was when the form was opened."""

    version: Version
    content: Content
    rows: Numbered


class Settlement(NamedTuple):
    #: For the page: which version the form is compared with from now on, which one rows are put back from, and what is
    #: not the editor's own.
    context: dict[str, Any]
    #: Rows put back that nobody wants: to be deleted when the form has been saved.
    unwanted: list[AnyModel]


def settle(desk: ModelAdmin, request: HttpRequest, pk: str) -> Settlement:
    """Compare the form with what others stored; within the transaction that saves.

    If they clash, the form is going to be refused. Raises ContentFileError if a row that is gone cannot be put back.
    """
    newest = Version.objects.newest_number()
    seen, put_back = opened_with(request).values()
    compared = put_back or seen
    opened = _opened(compared) if compared and (put_back or seen != newest) else None
    if not opened:
        return Settlement({"version": newest}, [])
    gone = _put_back(desk, request, pk, opened)
    unwanted: list[AnyModel] = []
    clashes = list(_clashes(desk, request, pk, opened, gone, unwanted))
    context: dict[str, Any] = {"version": newest, "put_back": opened.version.pk if gone else None}
    if clashes and seen != newest:
        request.refused = Refused(WORDS)  # type: ignore[attr-defined]
        context["clashes"] = clashes
    return Settlement(context, unwanted)


def opened_with(request: HttpRequest) -> dict[str, Any]:
    """What the form carries of the content it was opened with, for a page that shows it again."""
    return {name: number_in(request.POST.get(name)) for name in ("version", "put_back")}


def _opened(pk: int) -> Opened | None:
    version = Version.objects.filter(pk=pk).first()
    if not version:
        return None
    try:
        content = content_of(version)
    except ContentFileError:  # the site was upgraded since, and nobody can tell any more
        return None
    return Opened(version, content, {(row[0], pk): row for row, pk in numbers_of(version, content).items()})


def _put_back(desk: ModelAdmin, request: HttpRequest, pk: str, opened: Opened) -> set[Row]:
    """Rows of the form that were deleted since, stored again under their numbers; which they are."""
    on_form: list[tuple[Any, str]] = [(desk.model, pk)]
    for formset, _inline in desk.get_formsets_with_inlines(request):
        ids = re.compile(rf"{formset.get_default_prefix()}-\d+-id")
        on_form += [(formset.model, request.POST[name]) for name in request.POST if ids.fullmatch(name)]
    known = [(opened.rows.get((model, found)), found) for model, text in on_form if (found := number_in(text))]
    gone = {row for row, found in known if row and not row[0].objects.filter(pk=found).exists()}
    if any(not request.user.has_perm(f"guides.add_{name_of(model)}") for model, key in gone):
        raise ContentFileError(_("somebody deleted it, and you may not add rows."))
    if gone:
        apply(missing_rows(opened.version, gone))
    return gone


def _clashes(
    desk: ModelAdmin, request: HttpRequest, pk: str, opened: Opened, gone: set[Row], unwanted: list[AnyModel]
) -> Iterator[Clash]:
    row = desk.get_object(request, pk)
    if not row:
        return
    now, stored_as = stored(), {(model, pk): key for model, rows in numbers().items() for key, pk in rows.items()}
    whole = opened.rows.get((desk.model, row.pk)) in gone  # not only rows within its page
    later = list(Version.objects.filter(pk__gt=opened.version.pk).select_related("made_by"))
    for form, deletes in _forms(desk, request, row):
        model: Any = type(form.instance)
        was, key = opened.rows.get((model, form.instance.pk)), stored_as.get((model, form.instance.pk))
        if not was or not key:
            continue
        if was in gone and not whole and (deletes or not form.has_changed()):
            unwanted.append(model.objects.get(pk=form.instance.pk))
        elif was in gone and (form.instance == row or not whole):
            yield from _beside_nothing(form, was, _by(was, later))
        else:
            yield from _beside(form, was, opened.content[model][was[1]], now[model][key], deletes, _by(was, later))


def _by(row: Row, later: list[Version]) -> Version | None:
    """The newest version that changed this very row."""
    return next((version for version in later if _changes_of(row, version)), None)


def is_as_seen(row: NaturalKeyModel, version: int | None, besides: str) -> bool:
    """Whether nothing of the row was changed after that version, besides one field; within `recorded`."""
    since = list(Version.objects.filter(pk__gte=version)) if version else []
    if not since or since.pop().pk != version:
        return False  # nobody can tell
    name = (type(row), row.natural_key())
    return all(change.fields == (besides,) for each in since for change in _changes_of(name, each))


def _changes_of(row: Row, version: Version) -> list[Change]:
    """What the version did to this very row."""
    changes = (Change(what, model, tuple(key), tuple(fields)) for what, model, key, fields in version.changes)
    return [change for change in changes if (change.model, change.key) == (name_of(row[0]), row[1])]


def _beside(form: ModelForm, row: Row, then: Record, now: Record, deletes: bool, by: Version | None) -> Iterator[Clash]:
    typed = dict.fromkeys(then, _("to be deleted")) if deletes else _typed(form, then)
    for name in typed:
        if then[name] != now[name] != typed[name]:
            texts = shown(row, name, now[name]), shown(row, name, typed[name])
            yield Clash(title(row), label(row, name), *texts, typed[name] == then[name], by)


def _beside_nothing(form: ModelForm, row: Row, by: Version | None) -> Iterator[Clash]:
    typed = _typed(form, dict.fromkeys(form.fields))
    changed = [name for name in form.changed_data if name in typed]
    for name in changed:
        yield Clash(title(row), label(row, name), _("deleted"), shown(row, name, typed[name]), False, by)
    if not changed:
        yield Clash(title(row), "", _("deleted"), _("as it was"), True, by)


def _forms(desk: ModelAdmin, request: HttpRequest, row: AnyModel) -> Iterator[tuple[ModelForm, bool]]:
    """The form and those of its inlines that are for rows that were there; whether each deletes its row."""
    form = desk.get_form(request, row, change=True)(request.POST, instance=row)
    form.is_valid()
    yield form, False
    for formset in desk._create_formsets(request, row, change=True)[0]:  # type: ignore[attr-defined]
        formset.is_valid()
        for each in formset.initial_forms:
            yield each, each in formset.deleted_forms if formset.can_delete else False


def _typed(form: ModelForm, then: Record) -> Record:
    """What the form holds, as a record; of a field that is refused, its text."""
    cleaned = {name: _plain(value) for name, value in getattr(form, "cleaned_data", {}).items() if name in then}
    return cleaned | {name: form[name].value() or "" for name in form.errors if name in then}


def _plain(value: Any) -> Any:
    if isinstance(value, QuerySet):
        return tuple(sorted(row.natural_key() for row in value))
    return value.natural_key() if isinstance(value, NaturalKeyModel) else value


def show_typed(desk: ModelAdmin, request: HttpRequest, error: ContentFileError) -> HttpResponse:
    """A row that is gone cannot be put back to save the form into it: what was typed, to be copied."""
    hidden = {"csrfmiddlewaretoken", "version", "put_back"}
    typed = [(name, value) for name, values in request.POST.lists() for value in values if value]
    context = {
        **admin.site.each_context(request),
        "title": _("This row is gone"),
        "opts": desk.opts,
        "error": error,
        "typed": [(name, value) for name, value in typed if not name.startswith("_") and name not in hidden],
    }
    return TemplateResponse(request, "admin/guides/gone.html", context, status=409)
