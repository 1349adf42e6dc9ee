"""Django's backend, but that it notices what became of the file.

SQLite goes on with the file that it opened: deleted or replaced, it takes writes that nobody will ever find again; and
where there is none, it makes an empty one. ADR 0029 says what is done about it.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    #: Whether a file that is not there is made. Commands may; a server may not (focushelp/wsgi.py).
    may_create = True
    #: Counts what went wrong, in any thread: whatever another connection remembers of the file may be wrong too.
    troubles = 0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        path = self._path
        if path and isinstance(self.settings_dict["NAME"], Path) and not DatabaseWrapper.may_create:
            conn_params = {**conn_params, "database": f"{path.as_uri()}?mode=rw"}
        connection = super().get_new_connection(conn_params)
        self._file, self._troubles = _identity(path), DatabaseWrapper.troubles
        return connection

    def close_if_unusable_or_obsolete(self) -> None:
        """Before and after every request."""
        if self.connection is not None and not self.in_atomic_block:
            if self.errors_occurred:
                DatabaseWrapper.troubles += 1
            if self._troubles != DatabaseWrapper.troubles or self._file != _identity(self._path):
                self.close()
        super().close_if_unusable_or_obsolete()

    def _commit(self) -> None:
        if self.connection is not None and self._file != _identity(self._path):
            with self.wrap_database_errors:
                raise sqlite3.OperationalError("the database file is gone, or another one lies in its place")
        super()._commit()  # type: ignore[misc] # the stubs leave it out

    @property
    def _path(self) -> Path | None:
        """None for a database in memory."""
        name = self.settings_dict["NAME"]
        if self.is_in_memory_db():
            return None
        return Path(unquote(urlsplit(name).path) if str(name).startswith("file:") else name)


def _identity(path: Path | None) -> tuple[int, int, bool] | None:
    """Which file lies there, and whether it can be written to: a connection that was opened while it could not never
    writes. The file is not opened here: closing it would give up SQLite's locks on it."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino, os.access(path, os.W_OK)) if path and found else None
