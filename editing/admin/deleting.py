"""What a deletion takes with it, in the words of the admin's lists, and what it would break."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editing.checks.publishing import broken_by_deleting
from editing.content_file.schema import fields, links, models, target
from editing.links import change_url


def in_words(found: Any, rows: Iterable[Any], model: type[Model]) -> Any:
    """What ModelAdmin.get_deleted_objects() found, with two changes. Rows of tables between two others have no name, so
    the rows that would lose a reference stand in their place. And what the deletion would break protects the rows, so
    that Django refuses it."""
    lines, counts, lacking, protected = found
    between = [links(field) for each in models() for field in fields(each) if field.many_to_many]
    kinds = {capfirst(str(table._meta.verbose_name)) for table in between}
    plurals = {table._meta.verbose_name_plural for table in between}
    keys = [row.pk for row in rows]
    kept = [*_without(lines, kinds), *_losing(keys, model)]
    counts = {name: number for name, number in counts.items() if name not in plurals}
    return kept, counts, lacking, protected or broken_by_deleting(model._default_manager.filter(pk__in=keys))


def _without(lines: Iterable[Any], kinds: set[str]) -> Iterator[Any]:
    for line in lines:
        if isinstance(line, list):
            if inner := list(_without(line, kinds)):
                yield inner
        elif str(line).partition(":")[0] not in kinds:
            yield line


def _losing(keys: list[int], model: type[Model]) -> Iterator[str]:
    """A line for each row that names one of those in a list."""
    words = _('{}: <a href="{}">{}</a> stays, and no longer names it')
    for other in models():
        for field in fields(other):
            if field.many_to_many and target(field) is model:
                for row in other.objects.with_parents().filter(**{f"{field.name}__in": keys}).distinct():
                    yield format_html(words, capfirst(row._meta.verbose_name), change_url(row), row)
