"""Another database in the place of the site's own, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def as_default(**changes: Any) -> Iterator[None]:
    """Everything in the block, in this thread, that reads rows reads them through a second connection, whose settings
    differ from those of the first by `changes`."""
    own = connections[DEFAULT_DB_ALIAS]
    other = own.__class__({**own.settings_dict, **changes}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = own
