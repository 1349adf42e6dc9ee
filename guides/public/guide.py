"""A guide as plain frozen data, and how it is put together from rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.db.models import Model

from guides.models import (
    FAQ,
    CodeNeeded,
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Procedure,
    RadioUnit,
    Section,
    Severity,
    Step,
    Task,
)
from guides.models.keys import UNIT_KEYS, Press, presses

#: The procedures that make a part of the guide; without any, the part is left out.
TASKS: dict[str, tuple[Task, ...]] = {
    Section.SERIAL: (Task.READ_SERIAL, Task.FIND_LABEL),
    Section.CHECK: (Task.READ_SERIAL, Task.FIND_LABEL),
    Section.ENTER: (Task.ENTER_CODE, Task.ENTER_ON_SCREEN),
}
SEVERITIES_WORST_FIRST = (Severity.STOP, Severity.CAREFUL, Severity.WAIT, Severity.GO_ON)


@dataclass(frozen=True)
class GuideStep:
    """A step with this unit's own keys in place of SERIAL and CONFIRM, numbered through the whole guide from 1."""

    number: int
    procedure: Procedure
    step: Step
    presses: tuple[Press, ...]

    @property
    def key(self) -> str:
        """The name of the step in a form. It stays the same when steps change their order; the number does not."""
        return "/".join(self.step.natural_key())


@dataclass(frozen=True)
class GuideProcedure:
    """A procedure with those of its steps that apply to this unit."""

    procedure: Procedure
    steps: tuple[GuideStep, ...]


@dataclass(frozen=True)
class Guide:
    """Everything for one radio, in one car if the car is known."""

    radio: RadioUnit
    fitment: Fitment | None
    procedures: tuple[GuideProcedure, ...]
    code_sources: tuple[CodeSource, ...]
    messages: tuple[ErrorMessage, ...]
    fuses: tuple[Fuse, ...]
    questions: dict[str, list[FAQ]] = field(repr=False)

    @property
    def generation(self) -> Generation | None:
        return self.fitment.generation if self.fitment else None

    @property
    def url(self) -> str:
        return (self.fitment or self.radio).get_absolute_url()

    @property
    def rows(self) -> frozenset[Model]:
        """Every row of content that the guide shows."""
        questions = [faq for of_section in self.questions.values() for faq in of_section]
        own = [self.radio, self.fitment, self.generation, self.fitment and self.fitment.serial_format]
        ways = [row for way in self.procedures for row in (way.procedure, *(item.step for item in way.steps))]
        shown = [*own, *ways, *self.code_sources, *self.messages, *self.fuses, *questions]
        return frozenset(row for row in shown if row)

    @property
    def checked_on(self) -> date:
        """The latest day on which one of its facts was checked; the printed sheet carries it."""
        claims = [self.radio, self.fitment, *(item.step for item in self.steps), *self.messages]
        return max(claim.checked_on for claim in claims if claim and claim.checked_on)

    @property
    def shows_wait(self) -> bool:
        """Whether this radio can show WAIT, so that the page needs a clock."""
        return any(message.severity == Severity.WAIT for message in self.messages)

    @property
    def tries(self) -> range:
        """The numbers of the wrong codes until this radio locks, from 1."""
        return range(1, self.radio.tries + 1)

    @property
    def code_needed(self) -> CodeNeeded:
        return CodeNeeded((self.fitment and self.fitment.code_needed) or self.radio.code_needed)

    @property
    def usual_letter(self) -> str:
        """The usual first letter of the serial in this car, as advice only (A7); "" if there is none."""
        return self.fitment.serial_format.letter if self.fitment and self.fitment.serial_format else ""

    def ways(self, *tasks: Task) -> list[GuideProcedure]:
        """The procedures for these tasks, in the order that works for this unit (A8)."""
        return [way for way in self.procedures if way.procedure.task in tasks]

    @property
    def steps(self) -> list[GuideStep]:
        """Every step of the guide, in order."""
        return [step for way in self.procedures for step in way.steps]

    @property
    def reading(self) -> list[GuideProcedure]:
        return self.ways(*TASKS[Section.SERIAL])

    @property
    def ways_to_read(self) -> list[Procedure]:
        return [way.procedure for way in self.reading]

    @property
    def entering(self) -> list[GuideProcedure]:
        return self.ways(*TASKS[Section.ENTER])

    @property
    def practised(self) -> list[Procedure]:
        """The procedures that this unit's practice radio can show."""
        ways = self.ways(Task.READ_SERIAL, Task.ENTER_CODE) if self.radio.can_be_practised else []
        return [way.procedure for way in ways]

    @property
    def restarting(self) -> list[GuideProcedure]:
        return self.ways(Task.SOFT_RESET)

    @property
    def sections(self) -> list[Section]:
        """The parts that this guide has, in order. A radio without a code has no parts about one."""
        wanted = {
            Section.NEEDED: True,
            Section.SERIAL: bool(self.reading),
            Section.CHECK: True,  # the driver may have mistaken the radio for another
            Section.CODE: self.code_needed != CodeNeeded.NO,
            Section.ENTER: bool(self.entering),
            Section.MESSAGES: bool(self.messages),
            Section.FUSES: bool(self.fuses) or bool(self.questions.get(Section.FUSES)),
        }
        return [section for section in Section if wanted[section]]


@dataclass(frozen=True)
class GuideRows:
    """The published rows that several guides share. Each guide takes those for its radio and car."""

    code_sources: Iterable[CodeSource]
    faqs: Iterable[FAQ]
    fuses: Iterable[Fuse]

    def guide(self, radio: RadioUnit, fitment: Fitment | None) -> Guide:
        """The guide for this radio, in one car or in an unknown one. Reads what the rows were prefetched with."""
        cars = [each.generation for each in ([fitment] if fitment else radio.fitments.all())]
        questions = defaultdict(list)
        for faq in self.faqs:
            if is_for(faq.radios.all(), [radio]) and is_for(faq.generations.all(), cars):
                questions[faq.section].append(faq)
        numbers = count(1)
        return Guide(
            radio=radio,
            fitment=fitment,
            procedures=tuple(
                GuideProcedure(use.procedure, tuple(_steps(use.procedure, radio, numbers))) for use in radio.uses.all()
            ),
            code_sources=tuple(way for way in self.code_sources if is_for(way.radios.all(), [radio])),
            messages=tuple(worst_first(radio.messages.all())),
            fuses=tuple(fuse for fuse in self.fuses if fitment and fuse.phase.generation == fitment.generation),
            questions=dict(questions),
        )


def is_for(named: Iterable[Model], rows: Iterable[Model] | None) -> bool:
    """Whether what names these rows, or none and so all, is for one of `rows`. None stands for any row."""
    named = set(named)
    return rows is None or not named or not named.isdisjoint(rows)


def _steps(procedure: Procedure, radio: RadioUnit, numbers: Iterator[int]) -> Iterator[GuideStep]:
    serial, confirm = radio.serial_presses, radio.confirm_presses
    unit_keys = dict(zip(UNIT_KEYS, (serial[:1], serial[1:], confirm[:1], confirm[1:]), strict=True))
    for step in procedure.steps.all():
        keys = unit_keys.get(step.keys, presses(step.keys))
        if keys or step.keys not in unit_keys:  # a step with the unit's other keys is left out if it has none
            yield GuideStep(next(numbers), procedure, step, keys)


def worst_first(messages: Iterable[ErrorMessage]) -> list[ErrorMessage]:
    """Messages by severity, the worst first, and then in the editor's order. One without a severity comes first."""
    places = {str(severity): place for place, severity in enumerate(SEVERITIES_WORST_FIRST)}
    return sorted(messages, key=lambda message: places.get(message.severity, 0))
