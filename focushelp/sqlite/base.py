"""Django's backend, but that it notices what became of the file.

SQLite goes on with the file that it opened: deleted or replaced, it takes writes that nobody will ever find again; and
where there is none, it makes an empty one. ADR 0028 says what is done about it.
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
        if self._writes and not DatabaseWrapper.may_create:
            conn_params = {**conn_params, "database": f"{self._path.as_uri()}?mode=rw"}
        connection = super().get_new_connection(conn_params)
        self._file, self._troubles = self._found(), DatabaseWrapper.troubles
        return connection

    def close_if_unusable_or_obsolete(self) -> None:
        """Before and after every request."""
        if self.connection is not None and not self.in_atomic_block and not self.is_in_memory_db():
            if self.errors_occurred:
                DatabaseWrapper.troubles += 1
            found = self._found()
            if found is None or found != self._file or self._troubles != DatabaseWrapper.troubles:
                self.close()
        super().close_if_unusable_or_obsolete()

    def _commit(self) -> None:
        if self.connection is not None and not self.is_in_memory_db() and self._file != self._found():
            with self.wrap_database_errors:
                raise sqlite3.OperationalError("the database file is gone, or another one lies in its place")
        super()._commit()  # type: ignore[misc] # the stubs leave it out

    @property
    def _writes(self) -> bool:
        """A name with ?mode=ro is a text, and so is that of a database in memory: focushelp/services.py."""
        return isinstance(self.settings_dict["NAME"], Path)

    @property
    def _path(self) -> Path:
        name = self.settings_dict["NAME"]
        return name if isinstance(name, Path) else Path(unquote(urlsplit(name).path))

    def _found(self) -> tuple[int, int] | None:
        """Which file lies there; None if there is none, or none that takes what is to be written. All connections of a
        process share what SQLite holds in memory, so one that was opened read-only would keep the others so.

        The file is not opened here: closing it would give up SQLite's locks on it.
        """
        try:
            found = self._path.stat()
        except OSError:
            return None
        if self._writes and not os.access(self._path, os.W_OK):
            return None
        return found.st_dev, found.st_ino
