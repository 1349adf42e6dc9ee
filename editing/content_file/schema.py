"""Which models and fields are content, and a row in the form in which file and database are compared.

A field that is added to a model is in the file without further code, unless editors cannot write it.
"""

from functools import cache
from typing import Any, TypeAlias

from django.apps import apps
from django.db.models import Field, ManyToManyField
from django.db.models import Model as AnyModel

from guides.models import Claim
from guides.models.base import NaturalKeyModel

Model: TypeAlias = type[NaturalKeyModel]
#: The natural key of a row; every part of it is text.
Key: TypeAlias = tuple[str, ...]
#: The fields of a row by name. A reference is the key of the other row, several references are sorted keys.
Record: TypeAlias = dict[str, Any]
Content: TypeAlias = dict[Model, dict[Key, Record]]

#: Fields that every claim has; they stand at the end of a row.
_COMMON = [*Claim._meta.local_fields, *Claim._meta.local_many_to_many]


@cache
def models() -> tuple[Model, ...]:
    """Every model of the content, each after those that its natural key refers to."""
    return tuple(model for model in apps.get_app_config("guides").get_models() if issubclass(model, NaturalKeyModel))


@cache
def fields(model: Model) -> tuple[Field, ...]:
    """The fields that editors write, in the order of the file: key, statement, evidence and publication."""
    key = [name.partition("__")[0] for name in model.natural_key_fields]
    common = {field.name for field in _COMMON}

    def place(field: Field) -> int:
        return key.index(field.name) if field.name in key else len(key) + (field.name in common)

    return tuple(sorted(filter(_is_written, [*model._meta.fields, *model._meta.many_to_many]), key=place))


def _is_written(field: Field) -> bool:
    if isinstance(field, ManyToManyField):
        return bool(links(field)._meta.auto_created)  # else they are content themselves
    return field.editable and not field.primary_key


def links(field: Field) -> type[AnyModel]:
    """The model of the rows behind a many-to-many field."""
    return field.remote_field.through  # type: ignore[union-attr]


def name_of(model: Model) -> str:
    """As in the fixtures, without the name of the app."""
    return model._meta.model_name or ""


def target(field: Field) -> Model:
    """The model that a reference leads to."""
    return field.related_model  # type: ignore[return-value]


def may_be_empty(field: Field) -> bool:
    return bool(field.blank or field.null)


def is_empty(value: Any) -> bool:
    return value is None or value in ("", ())


def empty(field: Field) -> Any:
    """What a field that may be empty holds when it is left out."""
    if field.many_to_many:
        return ()
    return None if field.null else ""


def key_of(model: Model, record: Record) -> Key:
    return tuple(_part(model, record, path) for path in model.natural_key_fields)


def _part(model: Model, record: Record, path: str) -> str:
    name, _, rest = path.partition("__")
    if not rest:
        return record[name]
    return record[name][target(model._meta.get_field(name)).natural_key_fields.index(rest)]  # type: ignore[arg-type]
