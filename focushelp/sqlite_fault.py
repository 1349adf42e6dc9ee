"""Whether the SQLite library here may damage the database when a checkpoint meets a write (https://sqlite.org/wal.html)."""

#: The write-ahead log came with the first; the others are free of the fault, each with what comes after it in its line.
FIRST, MENDED = (3, 7, 0), (3, 51, 3)
BACKPORTS = ((3, 44, 6), (3, 50, 7))


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """For a version such as (3, 40, 1)."""
    mended_in_its_line = any(version[:2] == backport[:2] and version >= backport for backport in BACKPORTS)
    return FIRST <= version < MENDED and not mended_in_its_line
