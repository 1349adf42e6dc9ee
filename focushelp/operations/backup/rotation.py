"""What backups are called, and which of them are kept. Pure."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

FORMAT = "focus-help-%Y%m%dT%H%M%SZ"
NAME = re.compile(r"focus-help-\d{8}T\d{6}Z\.(?:sqlite3|pgdump)")
#: How many periods back a backup is kept, and what tells one period from the next. Days and weeks are those of UTC.
KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, lambda time: time.date()),
    (4, lambda time: time.isocalendar()[:2]),
    (12, lambda time: (time.year, time.month)),
)


def name_of(time: datetime, suffix: str) -> str:
    """The name of a backup made at that time: "focus-help-20261124T031500Z.sqlite3"."""
    return time.astimezone(UTC).strftime(FORMAT) + suffix


def time_of(name: str) -> datetime | None:
    """When the backup of that name was made; None for any other file."""
    if not NAME.fullmatch(name):
        return None
    try:
        return datetime.strptime(name.partition(".")[0], FORMAT).replace(tzinfo=UTC)
    except ValueError:  # the 31st of February
        return None


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """The last backup of each of the last 7 days, 4 weeks and 12 months that have one."""
    newest_first = sorted(times, reverse=True)
    kept: set[datetime] = set()
    for number, period_of in KEPT:
        last: dict[object, datetime] = {}
        for time in newest_first:
            last.setdefault(period_of(time), time)
        kept.update(list(last.values())[:number])
    return kept
