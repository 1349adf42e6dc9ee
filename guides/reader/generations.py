"""Which generations of the Focus are still possible, by names, years, plates and VINs."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .reading import Months
from .vocabulary import Generation, Overlap

#: For so many years a generation without a last year is known.
_YEARS_OPEN = 15


class Sold(NamedTuple):
    """When a generation was new: the calendar years, and the months in which a plate or a VIN may be of it."""

    slug: str
    years: tuple[int, ...]
    first_month: str
    last_month: str


def when_sold(generations: Sequence[Generation], overlaps: Sequence[Overlap]) -> tuple[Sold, ...]:
    """Give the generations with their years and months. In a year that two share, each of the two is possible."""
    return tuple(_sold(generation, overlaps) for generation in generations)


def possible(
    sold: Sequence[Sold], names: Sequence[str], years: Sequence[int], months: Sequence[Months]
) -> tuple[str, ...]:
    """Give the generations that all evidence allows; if none is left, all that some of it allows."""
    by_year = {each.slug for each in sold if any(year in each.years for year in years)}
    by_month = {
        each.slug
        for each in sold
        if any(first <= each.last_month and last >= each.first_month for first, last in months)
    }
    evidence = [slugs for slugs in (set(names), by_year, by_month) if slugs]
    if not evidence:
        return ()
    left = set.intersection(*evidence) or set.union(*evidence)
    return tuple(each.slug for each in sold if each.slug in left)


def _sold(generation: Generation, overlaps: Iterable[Overlap]) -> Sold:
    slug = generation.slug
    last_year = generation.last_year or generation.first_year + _YEARS_OPEN
    years = set(range(generation.first_year, last_year + 1))
    first_month, last_month = f"{min(years)}-01", f"{max(years)}-12"
    for overlap in overlaps:
        shared = range(overlap.first_year, (overlap.last_year or last_year) + 1)
        if slug in (overlap.earlier, overlap.later):
            years.update(shared)
        elif overlap.last_year:
            years.difference_update(shared)
        if slug == overlap.earlier:
            last_month = overlap.last_month or f"{max(years)}-12"
        if slug == overlap.later:
            first_month = overlap.first_month or f"{min(years)}-01"
    return Sold(slug, tuple(sorted(years)), first_month, last_month)
