"""Every change of the content leaves a version: who, when, why, and all content as a file.

Code that writes content does so within recorded(). A change made outside it, by a shell or a fixture, gets a version
without an author before the next form is opened or saved, so that no user is named for the change of another.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from editing.checks.publishing import findings_to_store
from editing.content_file import (
    ContentFileError,
    Difference,
    compare,
    dump,
    load,
    lock_content,
    primary_keys,
    read_content,
)
from editing.content_file.descendants import Row, is_descendant_of
from editing.content_file.schema import Content, Model, models, name_of
from guides.models import Version
from guides.models.history import Change


@contextmanager
def recorded(user: User | AnonymousUser | None, note: str = "") -> Iterator[None]:
    """A transaction whose changes of the content become one version; none if there are none."""
    with transaction.atomic():
        lock_content()
        _record_outside()
        yield
        _record(user, note)


def current_version() -> int | None:
    """The number of the version that is stored now; None without any content."""
    with transaction.atomic():
        lock_content()
        _record_outside()
        return Version.objects.newest_number()


def _record_outside() -> None:
    """Record what was changed outside recorded()."""
    first = not Version.objects.newest_digest()
    _record(None, _("The content as the history found it.") if first else _("Changed outside the admin."))


def _record(user: User | AnonymousUser | None, note: str) -> None:
    """Store a version of the content as it is in the current transaction, if the newest one differs."""
    content = read_content()
    newest = Version.objects.newest()
    difference = compare(_before(newest), content)
    if not difference:
        return
    author = user if isinstance(user, User) else None
    version = Version.of(dump(content), made_by=author, note=note, changes=list(_changes(difference)))
    version.numbers = {
        name_of(model): [of_model[key] for key in sorted(of_model)] for model, of_model in primary_keys().items()
    }
    version.findings = findings_to_store(content)
    version.save()


def _before(newest: Version | None) -> Content:
    """What the newest version holds; nothing if this release cannot read it."""
    try:
        return content_of(newest) if newest else _nothing()
    except ContentFileError:
        return _nothing()


def content_of(version: Version) -> Content:
    """What the version holds, not to be changed. Raises ContentFileError if this release cannot read it."""
    return _content_of(version.data)


@lru_cache(maxsize=2)  # every form and save reads the newest; a conflict also the one that the form was opened with
def _content_of(data: bytes) -> Content:
    return load(data).content


def primary_keys_in(version: Version, content: Content) -> dict[Row, int]:
    """The primary key that each row of that version's content had."""
    return {
        (model, key): pk
        for model, rows in content.items()
        for key, pk in zip(sorted(rows), version.numbers.get(name_of(model), []), strict=False)
    }


def model_named(name: str) -> Model | None:
    """The model that a version names so; None if this release has none."""
    return next((model for model in models() if name_of(model) == name), None)


def row_of(change: Change) -> Row | None:
    """The row that was changed; None if this release has no such model."""
    model = model_named(change.model)
    return (model, change.key) if model else None


def changes_to(row: Row, version: Version) -> list[Change]:
    """What the version changed of the row and its descendants."""
    return [change for change in version.changed_rows if (of := row_of(change)) and is_descendant_of(of, row)]


def versions_of(row: Row, versions: Iterable[Version]) -> Iterator[Version]:
    """Those of the versions in which the row or a descendant was changed."""
    return (version for version in versions if changes_to(row, version))


def _nothing() -> Content:
    return {model: {} for model in models()}


def _changes(difference: Difference) -> Iterator[Change]:
    for model, key in difference.removed:
        yield Change("removed", name_of(model), key)
    for model, key in difference.added:
        yield Change("added", name_of(model), key)
    for (model, key), fields in difference.changed.items():
        yield Change("changed", name_of(model), key, tuple(fields))
