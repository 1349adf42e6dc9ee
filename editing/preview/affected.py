"""Which public pages show a row: the guides made of it, and the pages that list its kind."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.models import (
    FAQ,
    CarGuide,
    CodeSource,
    ErrorMessage,
    Fitment,
    Generation,
    Make,
    Overlap,
    Phase,
    RadioUnit,
    Source,
)
from guides.public import selectors

#: An address, and the name of the page.
PageName: TypeAlias = tuple[str, str]


def pages_showing(row: Model) -> dict[str, str]:
    """The addresses of the pages that show the row, each with its name, the most telling first."""
    pages = dict(_before_guides(row))
    for guide in sorted(selectors.every_guide(), key=lambda guide: guide.fitment is None):  # those in a car first
        if row in guide.rows:
            name = _("Guide: %(what)s") if guide.fitment else _("Guide: %(what)s, any car")
            pages[guide.url] = name % {"what": guide.fitment or guide.radio}
    return pages | dict(_after_guides(row))


def _before_guides(row: Model) -> Iterator[PageName]:
    match row:
        case Generation() | Phase():
            yield from _generations([row if isinstance(row, Generation) else row.generation])
            yield _fixed("home", _("Start page"))
        case Overlap():
            yield from _generations([row.earlier, row.later])
            yield _fixed("find_my_focus", _("Which Focus is it?"))
        case ErrorMessage():
            yield row.get_absolute_url(), _("Message: %(what)s") % {"what": row}
            yield _fixed("messages", _("All messages"))
        case FAQ():
            yield _fixed("questions", _("All questions"))
        case CodeSource():
            yield _fixed("get_the_code", _("Get the code"))
        case Make() | CarGuide():
            yield _fixed("cars", _("Other cars"))
        case Source():
            if row in selectors.sources():
                yield reverse("guides:source", args=[row.slug]), _("Source: %(what)s") % {"what": row}
            yield _fixed("sources", _("Sources"))


def _after_guides(row: Model) -> Iterator[PageName]:
    match row:
        case RadioUnit():
            yield from _practice(RadioUnit.objects.filter(pk=row.pk))
            yield from _generations(fitment.generation for fitment in row.fitments.select_related("generation"))
            yield _fixed("radios", _("All radios"))
        case Fitment():
            yield from _generations([row.generation])
            yield _fixed("radios", _("All radios"))
        case ErrorMessage():
            yield from _practice(row.radios.all())
            yield _fixed("home", _("Start page"))


def _fixed(page: str, name: str) -> PageName:
    return reverse(f"guides:{page}"), name


def _generations(generations: Iterable[Generation]) -> Iterator[PageName]:
    for generation in generations:
        if generation.is_published:
            yield generation.get_absolute_url(), _("Car: %(what)s") % {"what": generation}


def _practice(radios: QuerySet[RadioUnit]) -> Iterator[PageName]:
    for radio in radios.filter(is_published=True):
        if radio.can_be_practised:
            yield radio.practice_url, _("Practice radio: %(what)s") % {"what": radio}
