"""Going back: contents made of an older version and of what is stored now, to be shown and then applied.

Nothing here writes; `content_file.apply` does, with all its checks, all or nothing.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from editing.content_file import ContentFile, stored
from editing.content_file.descendants import Row, family, parents
from editing.content_file.read import refuse_dangling
from editing.content_file.schema import Content, fields, name_of, target
from guides.models import Version

from .record import Change, content_of, model_named, numbers_of


def whole(version: Version) -> ContentFile:
    """All content as it was. Raises ContentFileError if the version cannot be read."""
    content = content_of(version)
    return _file(content, version, content)


def one_row(version: Version, row: Row) -> ContentFile:
    """What is stored now, but the row and all that hangs from it as they were: gone, if they were not there.

    Rows that come back are named again by those that named them, where these are still there. Raises ContentFileError,
    also if a row refers to one that is gone by now.
    """
    then, content = content_of(version), stored()
    back, away = set(family(then, row)), set(family(content, row))
    for model, key in away:
        del content[model][key]
    _put(content, then, back)
    _link_again(content, then, back - away)
    return _file(content, version, then)


def missing_rows(version: Version, rows: Iterable[Row]) -> ContentFile:
    """What is stored now, and of these rows and all that hangs from them whatever is not there any more."""
    then, content = content_of(version), stored()
    back = {(model, key) for row in rows for model, key in family(then, row) if key not in content[model]}
    _put(content, then, back)
    _link_again(content, then, back)
    return _file(content, version, then)


class Deleted(NamedTuple):
    row: Row
    #: When it was deleted, and the last version that has it.
    removal: Version
    last: Version


def deleted() -> Iterator[Deleted]:
    """Rows that are gone, those deleted last first; without what comes back together with one of them."""
    now, seen = stored(), set[Row]()
    for removal, last in pairwise(Version.objects.select_related("made_by")):
        gone = {row for row in _removed(removal) if row[1] not in now[row[0]]} - seen
        seen |= gone
        for row in sorted(gone, key=lambda row: (name_of(row[0]), row[1])):
            if not gone.intersection(parents(row)):
                yield Deleted(row, removal, last)


def _removed(version: Version) -> Iterator[Row]:
    for change in map(Change._make, version.changes):
        model = model_named(change.model)
        if model and change.what == "removed":
            yield model, tuple(change.key)


def _put(content: Content, then: Content, rows: set[Row]) -> None:
    for model, key in rows:
        content[model][key] = then[model][key]


def _link_again(content: Content, then: Content, back: set[Row]) -> None:
    """Deleting a row took it out of the lists of others: of the messages of a radio, of the claims on a source."""
    for model in content:
        for field in (field for field in fields(model) if field.is_relation):
            for key in content[model].keys() & then[model].keys():
                lost = {row_key for row_key in _named(then[model][key][field.name]) if (target(field), row_key) in back}
                if lost and field.many_to_many:
                    names = tuple(sorted({*content[model][key][field.name], *lost}))
                    content[model][key] = {**content[model][key], field.name: names}
                elif lost and content[model][key][field.name] is None:
                    content[model][key] = {**content[model][key], field.name: lost.pop()}


def _named(value: Any) -> Iterator[Any]:
    """The keys in a reference, or in several."""
    if value and isinstance(value[0], tuple):
        yield from value
    elif value:
        yield value


def _file(content: Content, version: Version, then: Content) -> ContentFile:
    file = ContentFile(content, {}, numbers_of(version, then))
    refuse_dangling(file)
    return file
