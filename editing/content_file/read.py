"""Reads a content file: every check of it that needs no database."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Field
from django.utils.translation import gettext as _

from .errors import ContentFileError, short
from .plain_yaml import Node, decode, parse
from .schema import Content, Key, Model, Record, empty, fields, key_of, may_be_empty, models, name_of, target

#: Raised when older releases could not read the file, or would read it wrongly.
FORMAT = 1
END = "..."

_FORMAT_LINE = re.compile(r"format: ([1-9]\d{0,8})")
_TRUTH = {"true": True, "false": False}
#: Characters that no database column or terminal takes.
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")


class ContentFile(NamedTuple):
    content: Content
    #: The line on which each row begins, for errors that only the database finds.
    lines: dict[tuple[Model, Key], int]
    #: The primary keys that deleted rows had, so that they come back to their addresses in the admin.
    primary_keys: Mapping[tuple[Model, Key], int] = MappingProxyType({})


def load(data: bytes) -> ContentFile:
    """The content in the file. Raises ContentFileError at the first error in it."""
    text = decode(data)
    _refuse_other_formats(text)
    root = parse(text)
    if text.rstrip().rpartition("\n")[2] != END:
        raise ContentFileError(_("The file is cut off: its last line is not “%(end)s”.") % {"end": END})
    assert isinstance(root.value, dict)  # noqa: S101 - its first line is a name and a colon
    file = ContentFile({}, {})
    sections = {name_of(model): model for model in models()}
    for name, node in root.value.items():
        if name not in {"format", *sections}:
            raise ContentFileError(_("There is no section “%(name)s”.") % {"name": short(name)}, node.line)
    for name, model in sections.items():
        if name not in root.value:
            raise ContentFileError(
                _("The section “%(name)s” is missing. If no row is meant to stay, write “%(name)s: []”.")
                % {"name": name}
            )
        file.content[model] = {}
        for node in _items(root.value[name], name):
            _add(file, model, node)
    refuse_dangling(file)
    return file


def _refuse_other_formats(text: str) -> None:
    """Comes before everything else, because errors found in a file of a newer format would mislead."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    found = _FORMAT_LINE.fullmatch(first.rstrip())
    if not found:
        raise ContentFileError(
            _("This is not a content file: it does not begin with “format: %(format)d”.") % {"format": FORMAT}
        )
    if int(found[1]) > FORMAT:
        raise ContentFileError(
            _("The file is of format %(theirs)s, and this release reads format %(ours)d. Upgrade the site first.")
            % {"theirs": found[1], "ours": FORMAT}
        )


def _items(node: Node, where: str) -> list[Node]:
    if not isinstance(node.value, list):
        raise ContentFileError(_("%(where)s: a list is expected.") % {"where": where}, node.line)
    return node.value


def _add(file: ContentFile, model: Model, node: Node) -> None:
    record = _record(model, node)
    key = key_of(model, record)
    if key in file.content[model]:
        raise ContentFileError(_("%(row)s is in the file twice.") % {"row": title(model, key)}, node.line)
    file.content[model][key] = record
    file.lines[model, key] = node.line


def title(model: Model, key: Key) -> str:
    """A row in the words of the file: "step soft-reset/hold"."""
    return f"{name_of(model)} {short('/'.join(key))}"


def _record(model: Model, node: Node) -> Record:
    where = name_of(model)
    if not isinstance(node.value, dict):
        raise ContentFileError(_("%(where)s: a row with fields is expected.") % {"where": where}, node.line)
    known = {field.name for field in fields(model)}
    for name, value in node.value.items():
        if name not in known:
            raise ContentFileError(
                _("%(where)s has no field “%(name)s”.") % {"where": where, "name": short(name)}, value.line
            )
    return {
        field.name: _value(field, node.value.get(field.name, Node(None, node.line)), f"{where}, {field.name}")
        for field in fields(model)
    }


def _value(field: Field, node: Node, where: str) -> Any:
    if node.value is None:
        if may_be_empty(field):
            return empty(field)
        raise ContentFileError(_("%(where)s: this is missing.") % {"where": where}, node.line)
    if field.many_to_many:
        keys = [_key(target(field), each, where) for each in _items(node, where)]
        if len(set(keys)) < len(keys):
            raise ContentFileError(_("%(where)s: one is named twice.") % {"where": where}, node.line)
        return tuple(sorted(keys))
    if field.is_relation:
        return _key(target(field), node, where)
    return _plain(field, _text(node, where), node, where)


def _plain(field: Field, text: str, node: Node, where: str) -> Any:
    if isinstance(field, BooleanField):
        if text not in _TRUTH:
            raise ContentFileError(_("%(where)s: write true or false.") % {"where": where}, node.line)
        return _TRUTH[text]
    try:
        return field.to_python(text)
    except ValidationError as error:
        raise ContentFileError(f"{where}: {error.messages[0]}", node.line) from None


def _text(node: Node, where: str) -> str:
    if not isinstance(node.value, str):
        raise ContentFileError(_("%(where)s: one value is expected.") % {"where": where}, node.line)
    if _NO_TEXT.search(node.value):
        raise ContentFileError(_("%(where)s: a character that no text has.") % {"where": where}, node.line)
    return node.value


def _key(model: Model, node: Node, where: str) -> Key:
    parts = node.value if isinstance(node.value, list) else [node]
    if len(parts) != len(model.natural_key_fields):
        raise ContentFileError(
            _("%(where)s: a %(name)s is named by %(count)d values.")
            % {"where": where, "name": name_of(model), "count": len(model.natural_key_fields)},
            node.line,
        )
    return tuple(_text(part, where) for part in parts)


def refuse_dangling(file: ContentFile) -> None:
    """Raise ContentFileError if a row refers to one that is not there."""
    for model, key, field, other in _references(file.content):
        if other not in file.content[target(field)]:
            raise ContentFileError(
                _("%(row)s, %(field)s: there is no %(other)s.")
                % {"row": title(model, key), "field": field.name, "other": title(target(field), other)},
                file.lines.get((model, key)),
            )


def _references(content: Content) -> Iterator[tuple[Model, Key, Field, Key]]:
    for model, rows in content.items():
        for field in filter(lambda field: field.is_relation, fields(model)):
            for key, record in rows.items():
                value = record[field.name]
                for other in value if field.many_to_many else filter(None, [value]):
                    yield model, key, field, other
