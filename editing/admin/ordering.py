"""The numbers by which rows are ordered: 10, 20, 30 in each list, and no number twice. Rows with the same number would
stand in the order in which they were stored, which a content file does not hold."""

from collections.abc import Callable, Iterable
from typing import Any

from guides.models.base import MAX_ORDER, OrderedModel

ORDER_STEP = 10  # leaves room to put other rows in between


def order_after(last: int | None) -> int:
    """The number that puts a row at the end of a list whose last number this is."""
    return min((last or 0) + ORDER_STEP, MAX_ORDER)


def renumber(rows: Iterable[OrderedModel], place: Callable[[Any], Any]) -> None:
    """Number every list in which one of the rows stands 10, 20, 30, sorted by place()."""
    for row in {row.list_parent: row for row in rows}.values():
        for number, each in enumerate(sorted(row.its_list(), key=place), start=1):
            if each.order != number * ORDER_STEP:
                type(row).objects.filter(pk=each.pk).update(order=number * ORDER_STEP)


def separate(row: OrderedModel) -> None:
    """Number the list of the row again if another row has its number; the row then comes after that one."""
    if row.its_list().filter(order=row.order).count() > 1:
        renumber([row], lambda each: (each.order, each == row, each.pk))
