"""The database as a file that has been proved to give the same pages, and back again."""

from .errors import BackupError
from .make import Backup, backup
from .restore import restore

__all__ = ["Backup", "BackupError", "backup", "restore"]
