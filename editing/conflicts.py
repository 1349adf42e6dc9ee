"""Two editors at one row: what was stored since a form was opened, beside what was typed into it.

A form carries the number of the version that it was opened with. A field is in conflict if it holds something else now
than in that version and than in the form: saving would overwrite the other editor's change without a word.
"""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.forms import ModelForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.content_file import ContentFileError
from editing.content_file.descendants import Row
from editing.content_file.schema import Model, Record, name_of
from editing.history.display import display_value, label, title
from editing.history.record import content_of
from guides.models import Version
from guides.models.base import NaturalKeyModel
from guides.models.history import Change

MESSAGE = gettext_lazy(
    "This was not saved, because somebody else changed the same. Compare both above; all that you typed is still here. "
    "Saving again puts yours over theirs."
)


class Conflict(NamedTuple):
    """One field that somebody else changed while the form was open, with both texts as the page shows them."""

    row: str
    field: str
    stored: str
    typed: str
    #: Whether the form holds what was stored when it was opened.
    untouched: bool
    #: The version that changed the row.
    version: Version | None


class RowGone(Exception):  # noqa: N818 (an answer to the editor, not a fault)
    """A row of the form was deleted while it was open."""


def find(form: ModelForm, *, deletes: bool = False) -> list[Conflict]:
    """The conflicts of a form for an existing row, while it is validated; within history.record.recorded(), so that the
    newest version is what is stored. None if the form names no version that this release can read."""
    opened, newest = Version.objects.numbered(form.data.get("version")), Version.objects.newest()
    if not opened or not newest or opened == newest:
        return []
    try:
        then, now = (_row_in(version, type(form.instance), form.instance.pk) for version in (opened, newest))
    except ContentFileError:
        return []
    if not then or not now:
        return []
    row, was, held = now[0], then[1], now[1]
    typed = dict.fromkeys(was, _("to be deleted")) if deletes else _typed(form, was)
    changed = [name for name in typed if was[name] != held[name] != typed[name]]
    by = _changed_by(row, opened) if changed else None
    return [
        Conflict(
            title(row),
            label(row, name),
            display_value(row, name, held[name], content_of(newest)),
            display_value(row, name, typed[name], content_of(newest)),
            typed[name] == was[name],
            by,
        )
        for name in changed
    ]


def is_unchanged_since(row: NaturalKeyModel, version: Version | None, *, besides: str) -> bool:
    """Whether nothing of the row was changed after that version, besides one field; within recorded()."""
    if not version:
        return False
    later = Version.objects.filter(pk__gt=version.pk)
    changes = [change for each in later for change in _changes_of((type(row), row.natural_key()), each)]
    return all(change.fields == (besides,) for change in changes)


def _row_in(version: Version, model: Model, pk: int) -> tuple[Row, Record] | None:
    """The row that had this primary key in the version, and what it held."""
    rows = content_of(version)[model]
    keys = dict(zip(version.numbers.get(name_of(model), []), sorted(rows), strict=False))
    return ((model, keys[pk]), rows[keys[pk]]) if pk in keys else None


def _typed(form: ModelForm, fields: Record) -> Record:
    """What the form holds, as a record; of an invalid field, the text."""
    values = {name: _plain(value) for name, value in form.cleaned_data.items() if name in fields}
    return values | {name: form[name].value() or "" for name in form.errors if name in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, QuerySet):
        return tuple(sorted(row.natural_key() for row in value))
    return value.natural_key() if isinstance(value, NaturalKeyModel) else value


def _changed_by(row: Row, opened: Version) -> Version | None:
    """The newest version after that one that changed this row."""
    later = Version.objects.filter(pk__gt=opened.pk).select_related("made_by")
    return next((version for version in later if _changes_of(row, version)), None)


def _changes_of(row: Row, version: Version) -> list[Change]:
    """What the version changed of this row itself."""
    return [change for change in version.changed_rows if (change.model, change.key) == (name_of(row[0]), row[1])]
