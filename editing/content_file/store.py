"""Content from the database, and into it: all or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
    return dump(stored())


def stored() -> Content:
    """All of it, at one moment. Whoever is in a transaction already goes on without other writers until its end."""
    with transaction.atomic():
        hold_writers()
        return {model: dict(_records(model)) for model in models()}


def numbers() -> dict[Model, dict[Key, int]]:
    """Under which number each row is stored."""
    return {
        model: {tuple(key): pk for pk, *key in model.objects.values_list("pk", *model.natural_key_fields)}
        for model in models()
    }


@contextmanager
def rehearsed(file: ContentFile) -> Iterator[Difference]:
    """What apply() would do, refused for the same reasons; until the end of the block the content is like that."""
    with transaction.atomic():
        yield apply(file)
        transaction.set_rollback(True)


def apply(file: ContentFile, agreed: str = "") -> Difference:
    """Make the stored content equal to the file, or raise ContentFileError and leave it as it was.

    If a difference was shown to somebody who agreed to it, it must still be the difference: its digest is then given.
    """
    try:
        with transaction.atomic():
            difference = compare(stored(), file.content)
            if agreed and agreed != difference.digest:
                raise ContentFileError(_("The content was changed meanwhile; look at the difference again."))
            _store(file, difference)
    except DatabaseError as error:
        raise ContentFileError(_("The database refuses: %(reason)s.") % {"reason": error}) from None
    return difference


def hold_writers() -> None:
    """Until the transaction ends nobody else writes: what is read is one moment, and stays as it was read.

    In SQLite every transaction begins like that, and a database that is only looked at shows one moment by itself.
    """
    if connection.vendor == "postgresql" and not settings.DATABASE_READ_ONLY:
        own = [model._meta.db_table for model in models()]
        between = {links(field)._meta.db_table for model in models() for field in fields(model) if field.many_to_many}
        # Whoever writes more than one of them begins with this, so that no two wait for each other.
        tables = ", ".join(map(connection.ops.quote_name, [*own, *sorted(between)]))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _records(model: Model) -> Iterator[tuple[Key, Record]]:
    """All rows as the file has them, in a fixed number of queries and without an object for each: every save asks."""
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
    """The keys of the rows that a field refers to, by the number of the row that has the field."""
    found: dict[int, list[Key]] = defaultdict(list)
    paths = _key_paths(field.m2m_reverse_field_name(), target(field))
    for number, *key in links(field)._default_manager.values_list(f"{field.m2m_field_name()}_id", *paths):
        found[number].append(tuple(key))
    return found


def _key_paths(name: str, model: Model) -> tuple[str, ...]:
    """The key of a row that is referred to by that name, as a query asks for it."""
    return tuple(f"{name}__{path}" for path in model.natural_key_fields)


def _store(file: ContentFile, difference: Difference) -> None:
    """Rows that change are taken out and put back under the number they had. So two of them may swap what only one can
    have, and nothing that is about to go is held by a row that will let go of it. References from other tables are
    checked at the end of the transaction.
    """
    rows = _rows()
    _take_out(rows, difference.changed)
    _delete(rows, difference.removed)
    for model, key in difference.added:
        rows[model][key] = row = model()
        row.pk = _free(model, file.numbers.get((model, key)))
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
    return {model: {row.natural_key(): row for row in _with_parents(model)} for model in models()}


def _with_parents(model: Model) -> Iterable[Any]:
    parents = [path.rpartition("__")[0] for path in model.natural_key_fields if "__" in path]
    return model.objects.select_related(*parents) if parents else model.objects.all()


def _take_out(rows: Rows, changed: Iterable[tuple[Model, Key]]) -> None:
    for model, keys in _by_model(changed):
        queryset = model.objects.filter(pk__in=[rows[model][key].pk for key in keys])
        queryset._raw_delete(queryset.db)  # delete() would take along what hangs from them


def _delete(rows: Rows, removed: Iterable[tuple[Model, Key]]) -> None:
    for model, keys in reversed(_by_model(removed)):
        model.objects.filter(pk__in=[rows[model].pop(key).pk for key in keys]).delete()


def _free(model: Model, number: int | None) -> int | None:
    """The number, if no other row has it."""
    return number if number and not model.objects.filter(pk=number).exists() else None


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
    """What is wrong with the row by itself, or beside the rows that are there already."""
    row._state.adding = True
    later = {row.names_field} if isinstance(row, NamedModel) else set()  # in _refuse_shared_names()
    try:
        row.clean_fields()
        row.validate_unique(exclude=later)
        row.validate_constraints()
    except ValidationError as error:
        _refuse(file, row, key, error)


def _refuse_shared_names(file: ContentFile, rows: dict[Key, Any], written: list[Key]) -> None:
    """As validate_unique() does, which for each row reads all others."""
    taken = taken_names(rows[key] for key in rows.keys() - written)
    for key in written:
        try:
            rows[key].refuse_shared_names(taken)
        except ValidationError as error:
            _refuse(file, rows[key], key, error)
        taken |= taken_names([rows[key]])


def _refuse_unfit(file: ContentFile, row: NaturalKeyModel, key: Key) -> None:
    """What is wrong with the row beside all others, when they are there."""
    try:
        row.clean()
        if isinstance(row, Claim) and row.is_published and not row.sources.exists():
            raise ValidationError({"sources": _("Name a source before you publish.")})
    except ValidationError as error:
        _refuse(file, row, key, error)


def _refuse(file: ContentFile, row: NaturalKeyModel, key: Key, error: ValidationError) -> None:
    name, errors = next(iter(error.update_error_dict({}).items()))
    where = title(type(row), key) if name == NON_FIELD_ERRORS else f"{title(type(row), key)}, {name}"
    raise ContentFileError(f"{where}: {errors[0].messages[0]}", file.lines.get((type(row), key))) from None
