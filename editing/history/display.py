"""Differences of content in the words of the admin: names of rows, labels of fields, what was removed and added."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editing.content_file import Difference
from editing.content_file.descendants import Row
from editing.content_file.errors import short
from editing.content_file.schema import Content, Key, Model, Record, fields, is_empty, target
from guides.models.history import Change

from .record import row_of

#: Fields that name a row for a person; the first that it has counts.
_NAMES = ("name", "title", "display", "question", "text", "number")
_WORDS = re.compile(r"\S+\s*|\s+")
#: Longer texts are not compared word by word: the time for that can grow with the cube of their words.
MAX_WORDS = 300


class Piece(NamedTuple):
    tag: str  # "same", "del" or "ins"
    text: str


class FieldDifference(NamedTuple):
    label: str
    pieces: list[Piece]


class RowDifference(NamedTuple):
    row: Row
    what: str  # "added", "removed" or "changed"
    title: str
    name: str
    fields: list[FieldDifference]


def differences(difference: Difference, old: Content, new: Content) -> Iterator[RowDifference]:
    """Each row that differs, in the order: removed, added, changed."""
    both = old, new
    for model, key in difference.removed:
        record = old[model][key]
        yield _row((model, key), "removed", record, [(name, record[name], None) for name in record], both)
    for model, key in difference.added:
        record = new[model][key]
        yield _row((model, key), "added", record, [(name, None, record[name]) for name in record], both)
    for (model, key), changes in difference.changed.items():
        yield _row((model, key), "changed", new[model][key], [(name, *two) for name, two in changes.items()], both)


def _row(
    row: Row, what: str, record: Record, values: Iterable[tuple[str, Any, Any]], contents: tuple[Content, Content]
) -> RowDifference:
    old_content, new_content = contents
    shown_fields = [
        FieldDifference(
            label(row, name),
            pieces(display_value(row, name, old, old_content), display_value(row, name, new, new_content)),
        )
        for name, old, new in values
        if not (is_empty(old) and is_empty(new))
    ]
    return RowDifference(row, what, title(row), short_name(record), shown_fields)


def short_name(record: Record) -> str:
    return next((short(str(record[name]), 80) for name in _NAMES if record.get(name)), "")


def title(row: Row) -> str:
    """“Step soft-reset › hold”."""
    model, key = row
    return f"{capfirst(model._meta.verbose_name)} {' › '.join(key)}"


def label(row: Row, name: str) -> str:
    return capfirst(str(getattr(_field(row, name), "verbose_name", name)))


def display_value(row: Row, name: str, value: Any, content: Content) -> str:
    """The value of a field as the admin shows it; other rows by the names that they have in the content."""
    if is_empty(value):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = _field(row, name)
    if field and isinstance(value, tuple):
        keys = value if field.many_to_many else (value,)
        return "; ".join(_name(target(field), key, content) for key in keys)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def _name(model: Model, key: Key, content: Content) -> str:
    record = content[model].get(key)
    return short_name(record) if record else " › ".join(key)


def _field(row: Row, name: str) -> Field | None:
    return next((field for field in fields(row[0]) if field.name == name), None)


def pieces(old: str, new: str) -> list[Piece]:
    """Both texts in one, word by word; whole, one after the other, if they are long."""
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(one), len(other)) > MAX_WORDS:
        one, other = [old], [new]
    found = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(one[start:end])))
        else:
            found += [Piece("del", "".join(one[start:end])), Piece("ins", "".join(other[new_start:new_end]))]
    return [piece for piece in found if piece.text]


def summary(change: Change) -> str:
    """What a version changed of one row, on one line."""
    row = row_of(change)
    name = title(row) if row else f"{change.model} {' › '.join(change.key)}"
    if change.what == "added":
        return _("%(row)s: added") % {"row": name}
    if change.what == "removed":
        return _("%(row)s: deleted") % {"row": name}
    labels = ", ".join(label(row, field) if row else field for field in change.fields)
    return _("%(row)s: %(fields)s") % {"row": name, "fields": labels}
