"""On which public pages a row is, the most telling first. Inside a trial (guides/admin/preview.py) as anywhere else."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, TypeAlias

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.models import (
    FAQ,
    CarGuide,
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Make,
    Overlap,
    Phase,
    Procedure,
    RadioUnit,
    SerialFormat,
    Source,
    Step,
)

#: An address, and how the page is called.
Place: TypeAlias = tuple[str, str]


def places_of(row: Model) -> dict[str, str]:
    """The pages that this row is on, by address, each with its name; only those that the public sees."""
    return dict(_PLACES[type(row)](row))


def _fixed(page: str, name: str) -> Place:
    return reverse(f"guides:{page}"), name


def _guides(fitments: Iterable[Fitment], radios: Iterable[RadioUnit]) -> Iterator[Place]:
    for fitment in fitments:
        yield fitment.get_absolute_url(), _("Guide: %(what)s") % {"what": fitment}
    for radio in radios:
        yield radio.get_absolute_url(), _("Guide: %(what)s, any car") % {"what": radio}


def _guides_of(radios: Any) -> Iterator[Place]:
    """The guides of these radios, given as anything that a lookup takes."""
    fitments = Fitment.objects.published().filter(radio__in=radios).select_related("generation", "radio")
    return _guides(fitments, RadioUnit.objects.published().filter(pk__in=radios))


def _practice(radios: Any) -> Iterator[Place]:
    for radio in RadioUnit.objects.published().filter(pk__in=radios):
        if radio.can_be_practised:
            yield radio.practice_url, _("Practice radio: %(what)s") % {"what": radio}


def _generations(generations: Any) -> Iterator[Place]:
    for generation in Generation.objects.published().filter(pk__in=generations):
        yield generation.get_absolute_url(), _("Car: %(what)s") % {"what": generation}


def _generation(row: Generation) -> Iterator[Place]:
    yield from _generations([row.pk])
    yield _fixed("home", _("Start page"))
    yield from _guides(Fitment.objects.published().filter(generation=row).select_related("generation", "radio"), [])


def _fuse(row: Fuse) -> Iterator[Place]:
    fitments = Fitment.objects.published().filter(generation=row.phase.generation_id)
    return _guides(fitments.select_related("generation", "radio"), [])


def _radio(row: RadioUnit) -> Iterator[Place]:
    yield from _guides_of([row.pk])
    yield from _practice([row.pk])
    yield from _generations(row.fitments.values("generation"))
    yield _fixed("radios", _("All radios"))


def _fitment(row: Fitment) -> Iterator[Place]:
    own = Fitment.objects.published().filter(pk=row.pk).select_related("generation", "radio")
    yield from _guides(own, RadioUnit.objects.published().filter(pk=row.radio_id))
    yield from _generations([row.generation_id])
    yield _fixed("radios", _("All radios"))


def _procedure(row: Procedure) -> Iterator[Place]:
    return _guides_of(row.radios.values("pk"))


def _message(row: ErrorMessage) -> Iterator[Place]:
    if ErrorMessage.objects.published().filter(pk=row.pk):
        yield row.get_absolute_url(), _("Message: %(what)s") % {"what": row}
    yield _fixed("messages", _("All messages"))
    yield from _guides_of(row.radios.values("pk"))
    yield from _practice(row.radios.values("pk"))
    yield _fixed("home", _("Start page"))


def _question(row: FAQ) -> Iterator[Place]:
    yield _fixed("questions", _("All questions"))
    fitments = Fitment.objects.published().select_related("generation", "radio")
    radios = RadioUnit.objects.published()
    if cars := [car.pk for car in row.generations.all()]:
        fitments = fitments.filter(generation__in=cars)
        radios = radios.filter(fitments__generation__in=cars).distinct()
    if units := [radio.pk for radio in row.radios.all()]:
        fitments, radios = fitments.filter(radio__in=units), radios.filter(pk__in=units)
    yield from _guides(fitments, radios)


def _code_source(row: CodeSource) -> Iterator[Place]:
    yield _fixed("get_the_code", _("Get the code"))
    units = row.radios.values("pk") if row.radios.exists() else RadioUnit.objects.values("pk")
    yield from _guides_of(units)


def _cars(row: Make | CarGuide) -> Iterator[Place]:
    yield _fixed("cars", _("Other cars"))


def _source(row: Source) -> Iterator[Place]:
    """Guides name a source too, but only by the start of its title."""
    yield _fixed("sources", _("Sources"))


_PLACES: dict[type[Model], Callable[[Any], Iterable[Place]]] = {
    Generation: _generation,
    Phase: lambda row: chain(_generations([row.generation_id]), [_fixed("home", _("Start page"))]),
    Overlap: lambda row: _generations([row.earlier_id, row.later_id]),
    Fuse: _fuse,
    RadioUnit: _radio,
    Fitment: _fitment,
    SerialFormat: lambda row: _guides(
        Fitment.objects.published().filter(serial_format=row).select_related("generation", "radio"), []
    ),
    Procedure: _procedure,
    Step: lambda row: _procedure(row.procedure),
    ErrorMessage: _message,
    FAQ: _question,
    CodeSource: _code_source,
    Make: _cars,
    CarGuide: _cars,
    Source: _source,
}
