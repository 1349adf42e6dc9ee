"""Verified backups of the SQLite database."""

from .copy import BackupError
from .make import Backup, backup, verify

__all__ = ["Backup", "BackupError", "backup", "verify"]
