"""Going back: contents made of an older version and of what is stored now, to be shown and then applied.

Nothing here writes: content_file.apply() does, with all its checks.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from editing.content_file import ContentFile, read_content
from editing.content_file.descendants import Row, parents, with_descendants
from editing.content_file.read import refuse_dangling
from editing.content_file.schema import Content, fields, name_of, target
from guides.models import Version

from .record import content_of, primary_keys_in, row_of


def whole(version: Version) -> ContentFile:
    """All content as it was. Raises ContentFileError if the version cannot be read."""
    content = content_of(version)
    return _file(content, version, content)


def one_row(version: Version, row: Row) -> ContentFile:
    """What is stored now, with the row and its descendants as they were then: absent, if they were not there.

    Rows that refer to one that comes back do so again. Raises ContentFileError, also if the row refers to one that was
    deleted since.
    """
    then, content = content_of(version), read_content()
    back, away = set(with_descendants(then, row)), set(with_descendants(content, row))
    for model, key in away:
        del content[model][key]
    for model, key in back:
        content[model][key] = then[model][key]
    _link_again(content, then, back - away)
    return _file(content, version, then)


class Deleted(NamedTuple):
    row: Row
    #: The version that deleted it, and the last one that has it.
    removal: Version
    last: Version


def deleted() -> Iterator[Deleted]:
    """Deleted rows, those deleted last first; without the descendants of another one."""
    now, seen = read_content(), set[Row]()
    for removal, last in pairwise(Version.objects.select_related("made_by")):
        gone = {row for row in _removed(removal) if row[1] not in now[row[0]]} - seen
        seen |= gone
        for row in sorted(gone, key=lambda row: (name_of(row[0]), row[1])):
            if not gone.intersection(parents(row)):
                yield Deleted(row, removal, last)


def _removed(version: Version) -> Iterator[Row]:
    for change in version.changed_rows:
        if change.what == "removed" and (row := row_of(change)):
            yield row


def _link_again(content: Content, then: Content, back: set[Row]) -> None:
    """Restore the references to rows that come back: deleting a radio took it out of the list of each message."""
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
    file = ContentFile(content, {}, primary_keys_in(version, then))
    refuse_dangling(file)
    return file
