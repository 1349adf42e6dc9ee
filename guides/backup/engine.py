"""Which database there is decides how it is copied."""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite


def engine() -> ModuleType:
    """The module for the database of the site."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
