"""What the selectors found, remembered as long as the content is the same.

Public pages and answers then ask the database one thing: once a second, the digest of the content. Inside a transaction
nothing is remembered: a preview, a save and a test see their own rows.
"""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from django.db import Error, connection
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save

from guides.models import Version

#: How often the digest is looked at.
LOOK_INTERVAL = 1  # seconds
#: How long anything is remembered: rows that another program wrote past the history are seen after it.
RETENTION = 60  # seconds

P = ParamSpec("P")
T = TypeVar("T")


class _Memory:
    """The answers of selectors that one process remembers, by selector and arguments."""

    def __init__(self) -> None:
        self.digest = ""
        self.looked_at = float("-inf")
        self.forget()

    def forget(self, **_signal: Any) -> None:
        self.found: dict[Any, Any] = {}
        self.since = monotonic()

    def current(self) -> dict[Any, Any]:
        """The answers that hold for the stored content, or for the last known one if the database does not answer."""
        now = monotonic()
        if now - self.looked_at < LOOK_INTERVAL:
            return self.found
        self.looked_at = now
        try:
            digest = Version.objects.newest_digest()
        except Error:
            return self.found
        if digest != self.digest or now - self.since > RETENTION:
            self.digest = digest
            self.forget()
        return self.found


_memory = _Memory()


def remembered(select: Callable[P, T]) -> Callable[P, T]:
    """A selector whose answer is remembered. A queryset becomes a list, so that it is read once."""

    @wraps(select)
    def recall(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return select(*args, **kwargs)
        found = _memory.current()
        key = select.__name__, args
        if key not in found:
            rows = select(*args, **kwargs)
            found[key] = list(rows) if isinstance(rows, QuerySet) else rows
        return found[key]

    return recall


def _forget_content(sender: Any, **_signal: Any) -> None:
    if sender._meta.app_label == Version._meta.app_label:
        _memory.forget()


for _signal in (post_save, post_delete, m2m_changed):
    _signal.connect(_forget_content)
