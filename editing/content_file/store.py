"""Reads the content from the database, and writes it there: all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeAlias

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from guides.models import Claim
from guides.models.base import NamedModel, NaturalKeyModel, taken_names

from .difference import Difference, compare
from .errors import ContentFileError
from .read import ContentFile, title
from .schema import Content, Key, Model, Record, fields, links, models, target
from .write import dump

Rows: TypeAlias = dict[Model, dict[Key, Any]]


def export() -> str:
    return dump(read_content())


def read_content() -> Content:
    """All content, as one consistent snapshot. Inside a transaction the content stays locked until its end."""
    with transaction.atomic():
        lock_content()
        return {model: dict(_records(model)) for model in models()}


def primary_keys() -> dict[Model, dict[Key, int]]:
    """The primary key of each row."""
    return {
        model: {tuple(key): pk for pk, *key in model.objects.values_list("pk", *model.natural_key_fields)}
        for model in models()
    }


def apply(file: ContentFile, agreed: str = "") -> Difference:
    """Make the stored content equal to the file, or raise ContentFileError and leave it as it was.

    With the digest of a difference that a person agreed to, it is also refused if the difference is another by now.
    """
    try:
        with transaction.atomic():
            difference = compare(read_content(), file.content)
            if agreed and agreed != difference.digest:
                raise ContentFileError(_("The content was changed meanwhile; look at the difference again."))
            _store(file, difference)
    except DatabaseError as error:
        raise ContentFileError(_("The database refuses: %(reason)s.") % {"reason": error}) from None
    return difference


def lock_content() -> None:
    """Keep other writers out until the current transaction ends, so that what is read stays as it was read.

    SQLite needs nothing: every transaction begins with the lock on writing. A read-only database has no writers.
    """
    if connection.vendor == "postgresql" and not settings.DATABASE_READ_ONLY:
        own = [model._meta.db_table for model in models()]
        between = {links(field)._meta.db_table for model in models() for field in fields(model) if field.many_to_many}
        # Every transaction that writes several of them takes this lock first, so no two wait for each other.
        tables = ", ".join(map(connection.ops.quote_name, [*own, *sorted(between)]))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _records(model: Model) -> Iterator[tuple[Key, Record]]:
    """All rows as the file has them, in a fixed number of queries and without instances: every save reads them."""
    own, single, several = [], {}, {}
    for field in fields(model):
        if field.many_to_many:
            several[field.name] = _references(field)
        elif field.is_relation:
            single[field.name] = _key_paths(field.name, target(field))
        else:
            own.append(field.name)
    names = {"pk", *own, *chain(model.natural_key_fields, *single.values())}
    for row in model.objects.order_by("pk").values(*names):
        found: Record = {name: row[name] for name in own}
        found |= {
            name: None if row[paths[0]] is None else tuple(row[path] for path in paths)
            for name, paths in single.items()
        }
        found |= {name: tuple(sorted(keys[row["pk"]])) for name, keys in several.items()}
        yield tuple(row[path] for path in model.natural_key_fields), found


def _references(field: Any) -> dict[int, list[Key]]:
    """The keys of the rows that a field refers to, by the primary key of the row that has the field."""
    found: dict[int, list[Key]] = defaultdict(list)
    paths = _key_paths(field.m2m_reverse_field_name(), target(field))
    for pk, *key in links(field)._default_manager.values_list(f"{field.m2m_field_name()}_id", *paths):
        found[pk].append(tuple(key))
    return found


def _key_paths(name: str, model: Model) -> tuple[str, ...]:
    """The lookups that give the key of the row in a relation of that name."""
    return tuple(f"{name}__{path}" for path in model.natural_key_fields)


def _store(file: ContentFile, difference: Difference) -> None:
    """Rows that change are deleted and inserted again with their primary keys. So two of them may swap what is unique,
    and a row to be deleted is not protected by one that is about to drop its reference. The database checks references
    from other tables at the end of the transaction.
    """
    rows = _rows()
    _take_out(rows, difference.changed)
    _delete(rows, difference.removed)
    for model, key in difference.added:
        rows[model][key] = row = model()
        row.pk = _free(model, file.primary_keys.get((model, key)))
    written = sorted([*difference.added, *difference.changed], key=lambda row: models().index(row[0]))
    for model, key in written:
        row = rows[model][key]
        _fill(row, file.content[model][key], rows)
        _refuse_invalid(file, row, key)
        row.save(force_insert=True)
    for model, key in written:
        _refer(rows[model][key], file.content[model][key], rows)
    for model, keys in _by_model(written):
        if issubclass(model, NamedModel):
            _refuse_shared_names(file, rows[model], keys)
    for model, key in written:
        _refuse_unfit(file, rows[model][key], key)


def _rows() -> Rows:
    return {model: {row.natural_key(): row for row in model.objects.with_parents()} for model in models()}


def _take_out(rows: Rows, changed: Iterable[tuple[Model, Key]]) -> None:
    for model, keys in _by_model(changed):
        queryset = model.objects.filter(pk__in=[rows[model][key].pk for key in keys])
        queryset._raw_delete(queryset.db)  # delete() would cascade


def _delete(rows: Rows, removed: Iterable[tuple[Model, Key]]) -> None:
    for model, keys in reversed(_by_model(removed)):
        model.objects.filter(pk__in=[rows[model].pop(key).pk for key in keys]).delete()


def _free(model: Model, pk: int | None) -> int | None:
    """The primary key, if no other row has it."""
    return pk if pk and not model.objects.filter(pk=pk).exists() else None


def _by_model(named: Iterable[tuple[Model, Key]]) -> list[tuple[Model, list[Key]]]:
    grouped: dict[Model, list[Key]] = defaultdict(list)
    for model, key in named:
        grouped[model].append(key)
    return list(grouped.items())


def _fill(row: NaturalKeyModel, record: Record, rows: Rows) -> None:
    for field in fields(type(row)):
        value = record[field.name]
        if not field.many_to_many:
            setattr(row, field.name, rows[target(field)][value] if value and field.is_relation else value)


def _refer(row: NaturalKeyModel, record: Record, rows: Rows) -> None:
    for field in fields(type(row)):
        if field.many_to_many:
            getattr(row, field.name).set([rows[target(field)][key].pk for key in record[field.name]])


def _refuse_invalid(file: ContentFile, row: NaturalKeyModel, key: Key) -> None:
    """Raise ContentFileError for what is wrong with the row alone, or beside the rows that are stored by now."""
    row._state.adding = True
    later = {row.names_field} if isinstance(row, NamedModel) else set()  # in _refuse_shared_names()
    try:
        row.clean_fields()
        row.validate_unique(exclude=later)
        row.validate_constraints()
    except ValidationError as error:
        _refuse(file, row, key, error)


def _refuse_shared_names(file: ContentFile, rows: dict[Key, Any], written: list[Key]) -> None:
    """As NamedModel.validate_unique() does, which reads all other rows for each row."""
    taken = taken_names(rows[key] for key in rows.keys() - written)
    for key in written:
        try:
            rows[key].refuse_shared_names(taken)
        except ValidationError as error:
            _refuse(file, rows[key], key, error)
        taken |= taken_names([rows[key]])


def _refuse_unfit(file: ContentFile, row: NaturalKeyModel, key: Key) -> None:
    """Raise ContentFileError for what is wrong with the row when all rows are stored."""
    try:
        row.clean()
        if isinstance(row, Claim) and row.is_published and not row.named_sources:
            raise ValidationError({"sources": _("Name a source before you publish.")})
    except ValidationError as error:
        _refuse(file, row, key, error)


def _refuse(file: ContentFile, row: NaturalKeyModel, key: Key, error: ValidationError) -> None:
    name, errors = next(iter(error.update_error_dict({}).items()))
    where = title(type(row), key) if name == NON_FIELD_ERRORS else f"{title(type(row), key)}, {name}"
    raise ContentFileError(f"{where}: {errors[0].messages[0]}", file.lines.get((type(row), key))) from None
