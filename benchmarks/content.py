"""The content so many times over: further cars, each with radios, messages and answers of its own."""

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field, Model

from editing.content_file.schema import links, models
from guides.models import FAQ, CodeSource, Fuse, RadioUnit, SerialFormat

#: A row's number, and that of its copies, which are so far apart.
APART = 100_000
#: There are as many of them as there are letters, whatever the number of cars.
SHARED = {SerialFormat}


def multiply(times: int) -> None:
    """Have every row so many times. A copy belongs to copies, so that the guides there were stay the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models():
            if model not in SHARED:
                cursor.execute(_copies_of(model, times))
            for relation in model._meta.many_to_many:
                if links(relation)._meta.auto_created:
                    cursor.execute(_copies_of(links(relation), times))
        for model in (FAQ, CodeSource):  # for all radios: a copy is for one, or it would stand in every guide
            cursor.execute(_limited(model))
        cursor.execute("ANALYZE")


def _copies_of(model: type[Model], times: int) -> str:
    columns = [field.column for field in model._meta.concrete_fields]
    values = [_copied(field) for field in model._meta.concrete_fields]
    table = model._meta.db_table
    return f"""
        INSERT INTO {table} ({", ".join(f'"{column}"' for column in columns)})
        WITH RECURSIVE copy(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < {times - 1})
        SELECT {", ".join(values)} FROM {table} AS original, copy WHERE original.id < {APART}"""  # noqa: S608 - ours


def _copied(field: Field) -> str:
    value = f'original."{field.column}"'
    if field.primary_key or (field.is_relation and field.related_model not in SHARED):
        return f"{value} + {APART} * copy.number"
    if field.name == "slug" or (field.model is Fuse and field.name == "box"):
        return f"{value} || '-' || copy.number"
    return value


def _limited(model: type[FAQ] | type[CodeSource]) -> str:
    relation = model._meta.get_field("radios")
    through, own = links(relation)._meta, relation.m2m_field_name()
    first = RadioUnit.objects.order_by("pk")[:1].values("pk").query
    return f"""
        INSERT INTO {through.db_table} ({own}_id, radiounit_id)
        SELECT id, ({first}) + (id / {APART}) * {APART} FROM {model._meta.db_table} AS row
        WHERE id >= {APART} AND NOT EXISTS (SELECT 1 FROM {through.db_table} WHERE {own}_id = row.id)"""  # noqa: S608


def main() -> None:
    """python -m benchmarks.content TIMES: for the database of the settings."""
    import sys

    multiply(int(sys.argv[1]))


if __name__ == "__main__":
    apps.ready or __import__("django").setup()
    main()
