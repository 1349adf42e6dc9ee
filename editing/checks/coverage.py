"""What the guide of each radio in each car has, as a matrix that shows an editor the gaps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editing.links import add_url, change_url
from guides.drawings.faceplates import LAYOUTS
from guides.models import FAQ, Controls, ErrorMessage, Fitment, Fuse, Generation, Phase, Task
from guides.public.guide import Guide

from .content import asks_for_code

#: The generation of the guide, with its phases.
Covered: TypeAlias = tuple[Guide, Generation]


class State(Enum):
    THERE = "there"
    GAP = "gap"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Cell:
    """One thing that a guide can have; of a gap, the admin page on which it is filled."""

    column: "Column"
    state: State
    url: str = ""


@dataclass(frozen=True)
class Row:
    fitment: Fitment
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    name: str | Promise
    #: Whether the guide has it.
    has: Callable[[Covered], object]
    #: The admin page on which it is filled in.
    url: Callable[[Covered], str]
    #: Whether this radio can have it at all.
    applies: Callable[[Covered], bool] = lambda covered: True

    def cell(self, covered: Covered) -> Cell:
        if self.has(covered):
            return Cell(self, State.THERE)
        return Cell(self, State.GAP, self.url(covered)) if self.applies(covered) else Cell(self, State.NOT_APPLICABLE)


def matrix(guides: Iterable[Guide], generations: Iterable[Generation]) -> list[Row]:
    """A row for each radio in each car, by generation. The generations bring their phases."""
    cars = {generation: number for number, generation in enumerate(generations)}
    phased = {generation.pk: generation for generation in cars}
    fitted = [(guide, guide.fitment) for guide in guides if guide.fitment]
    return [
        Row(fitment, tuple(column.cell((guide, phased[fitment.generation_id])) for column in COLUMNS))
        for guide, fitment in sorted(fitted, key=lambda each: (cars[each[1].generation], each[1].order, each[1].pk))
    ]


def _asks(covered: Covered) -> bool:
    return asks_for_code(covered[0])


def _asks_and_has_buttons(covered: Covered) -> bool:
    """Only such radios have a printed serial (B15)."""
    return _asks(covered) and covered[0].radio.controls == Controls.BUTTONS


def _can_show_serial(covered: Covered) -> bool:
    """With keys for it or, where these are missing, with a procedure that needs them."""
    radio = covered[0].radio
    is_meant_to = any(use.procedure.task == Task.READ_SERIAL for use in radio.uses.all())
    return _asks(covered) and bool(radio.serial_keys or is_meant_to)


def _procedures_of_radio(covered: Covered) -> str:
    return f"{change_url(covered[0].radio)}#uses-group"


def _undrawn(covered: Covered) -> list[Phase]:
    return [phase for phase in covered[1].phases.all() if not phase.drawing]


def _drawn(covered: Covered) -> bool:
    """The front of the radio, and the car in each of its phases."""
    return covered[0].radio.faceplate in LAYOUTS and not _undrawn(covered)


def _place_for_drawing(covered: Covered) -> str:
    front = covered[0].radio
    return change_url(front if front.faceplate not in LAYOUTS else _undrawn(covered)[0])


def _place_for_fuse(covered: Covered) -> str:
    phase = next(iter(covered[1].phases.all()), None)
    return add_url(Fuse, phase=phase.pk) if phase else change_url(covered[1])


COLUMNS = (
    Column(_("Serial"), lambda it: it[0].ways(Task.READ_SERIAL), _procedures_of_radio, _can_show_serial),
    Column(_("Label"), lambda it: it[0].ways(Task.FIND_LABEL), _procedures_of_radio, _asks_and_has_buttons),
    Column(pgettext_lazy("of the code", "Entry"), lambda it: it[0].entering, _procedures_of_radio, _asks),
    Column(_("Messages"), lambda it: it[0].messages, lambda it: add_url(ErrorMessage, radios=it[0].radio.pk)),
    Column(_("Fuses"), lambda it: it[0].fuses, _place_for_fuse),
    Column(
        _("Questions"),
        lambda it: it[0].questions,
        lambda it: add_url(FAQ, radios=it[0].radio.pk, generations=it[1].pk),
    ),
    Column(_("Drawings"), _drawn, _place_for_drawing),
)
