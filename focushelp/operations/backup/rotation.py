"""The names of backups, and which of them are kept."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

FORMAT = "focus-help-%Y%m%dT%H%M%SZ.sqlite3"
NAME = re.compile(r"focus-help-\d{8}T\d{6}Z\.sqlite3")
#: All backups of this time before the newest are kept: one made for an upgrade deletes none of the same day.
KEEP_ALL = timedelta(hours=48)
#: How many days, weeks and months keep a backup, and which period (in UTC) a time is in.
RETENTION: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, lambda time: time.date()),
    (4, lambda time: time.isocalendar()[:2]),
    (12, lambda time: (time.year, time.month)),
)


def name_of(time: datetime) -> str:
    """The name of a backup made at that time: "focus-help-20261124T031500Z.sqlite3"."""
    return time.astimezone(UTC).strftime(FORMAT)


def time_of(name: str) -> datetime | None:
    """When the backup of that name was made; None for any other file."""
    if not NAME.fullmatch(name):
        return None
    try:
        return datetime.strptime(name, FORMAT).replace(tzinfo=UTC)
    except ValueError:  # the 31st of February
        return None


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """All backups of 48 hours, and the last of each of the last 7 days, 4 weeks and 12 months that have one."""
    newest_first = sorted(times, reverse=True)
    kept = {time for time in newest_first if newest_first[0] - time <= KEEP_ALL}
    for number, period_of in RETENTION:
        last: dict[object, datetime] = {}
        for time in newest_first:
            last.setdefault(period_of(time), time)
        kept.update(list(last.values())[:number])
    return kept


def delete_old(folder: Path) -> list[Path]:
    """Deletes the backups in the folder that `to_keep` does not keep, and returns them. Other files stay."""
    times = {path: time for path in folder.iterdir() if (time := time_of(path.name))}
    kept = to_keep(times.values())
    deleted = sorted(path for path, time in times.items() if time not in kept)
    for path in deleted:
        path.unlink()
    return deleted
