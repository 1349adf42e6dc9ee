"""Every change of the content leaves a version: who, when, why, and all of it as a file.

Whatever writes content does so within `recorded`. What was changed outside, by a shell or a fixture, becomes a version
of its own without an author before anybody at the desk opens or changes a row, so that nobody is blamed for it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from editing.content_file import ContentFileError, Difference, compare, dump, load, numbers, stored
from editing.content_file.descendants import Row, belongs
from editing.content_file.schema import Content, Key, Model, models, name_of
from guides.models import Version


class Change(NamedTuple):
    """What happened to one row. Of a changed row also to which fields."""

    what: str  # "added", "removed" or "changed"
    model: str
    key: Key
    fields: tuple[str, ...] = ()


@contextmanager
def recorded(user: User | AnonymousUser | None, note: str = "") -> Iterator[None]:
    """A transaction whose changes of the content become one version; none if there are none."""
    with transaction.atomic():
        wait_for_turn()
        record_outside()
        yield
        record(user, note)


def wait_for_turn() -> None:
    """Within a transaction: until its end nobody else changes content.

    SQLite lets one writer in at a time anyway; other databases keep the others waiting at the first version.
    """
    Version.objects.select_for_update().order_by("pk").values_list("pk").first()


def number_now() -> int | None:
    """The number of the version that is stored at this moment; None without any content."""
    with transaction.atomic():
        wait_for_turn()
        record_outside()
        return Version.objects.newest_number()


def record_outside() -> None:
    """A version of what was changed where nobody was asked who they are."""
    first = not Version.objects.newest_digest()
    record(None, _("The content as the history found it.") if first else _("Changed outside the desk."))


def record(user: User | AnonymousUser | None, note: str = "") -> Version | None:
    """A version of the content as it is stored now, in the current transaction; None if it is the newest one's."""
    content = stored()
    newest = Version.objects.newest()
    difference = compare(_before(newest), content)
    if not difference:
        return None
    author = user if isinstance(user, User) else None
    version = Version.of(dump(content), made_by=author, note=note, changes=list(_changes(difference)))
    version.numbers = {
        name_of(model): [of_model[key] for key in sorted(of_model)] for model, of_model in numbers().items()
    }
    version.save()
    return version


def _before(newest: Version | None) -> Content:
    """What the newest version holds; nothing if a release wrote it whose files this one does not read."""
    try:
        return content_of(newest) if newest else nothing()
    except ContentFileError:
        return nothing()


def content_of(version: Version) -> Content:
    """What the version holds. Raises ContentFileError if this release cannot read it."""
    return _content_of(version.data)


@lru_cache(maxsize=1)  # every form and every save asks for the newest version's; nobody changes what they are given
def _content_of(data: bytes) -> Content:
    return load(data).content


def numbers_of(version: Version, content: Content) -> dict[Row, int]:
    """Under which number each row of that content was stored."""
    return {
        (model, key): number
        for model, rows in content.items()
        for key, number in zip(sorted(rows), version.numbers.get(name_of(model), []), strict=False)
    }


def model_named(name: str) -> Model | None:
    """The model that a version calls so; None if this release has none."""
    return next((model for model in models() if name_of(model) == name), None)


def touching(row: Row, versions: Iterable[Version]) -> Iterator[Version]:
    """The versions in which the row, or what hangs from it, is another than before."""
    for version in versions:
        if any(
            (model := model_named(change.model)) and belongs((model, tuple(change.key)), row)
            for change in map(Change._make, version.changes)
        ):
            yield version


def nothing() -> Content:
    return {model: {} for model in models()}


def _changes(difference: Difference) -> Iterator[Change]:
    for row in difference.removed:
        yield _change("removed", row)
    for row in difference.added:
        yield _change("added", row)
    for row, fields in difference.changed.items():
        yield _change("changed", row, tuple(fields))


def _change(what: str, row: Row, fields: tuple[str, ...] = ()) -> Change:
    return Change(what, name_of(row[0]), row[1], fields)
