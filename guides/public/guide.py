"""A guide as plain frozen data: what selectors.get_guide() gives and the templates read."""

from dataclasses import dataclass, field
from datetime import date

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
from guides.models.keys import Press

#: The procedures that make a part of the guide; without any, the part is left out.
TASKS: dict[str, tuple[Task, ...]] = {
    Section.SERIAL: (Task.READ_SERIAL, Task.FIND_LABEL),
    Section.CHECK: (Task.READ_SERIAL, Task.FIND_LABEL),
    Section.ENTER: (Task.ENTER_CODE, Task.ENTER_ON_SCREEN),
}


@dataclass(frozen=True)
class GuideStep:
    """A step with the keys of this very unit in place of SERIAL and CONFIRM, counted through the whole guide."""

    number: int
    procedure: Procedure
    step: Step
    presses: tuple[Press, ...]

    @property
    def key(self) -> str:
        """The name of the step in what a page sends; it outlives a change of order, which a number does not."""
        return "/".join(self.step.natural_key())


@dataclass(frozen=True)
class GuideProcedure:
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
        """The latest day on which any of its facts was checked; a printed sheet carries it."""
        claims = [self.radio, self.fitment, *(item.step for item in self.steps), *self.messages]
        return max(claim.checked_on for claim in claims if claim and claim.checked_on)

    @property
    def shows_wait(self) -> bool:
        """Whether this radio makes its driver wait, so that a clock is of use."""
        return any(message.severity == Severity.WAIT for message in self.messages)

    @property
    def tries(self) -> range:
        """The wrong tries that this radio bears, counted from one."""
        return range(1, self.radio.tries + 1)

    @property
    def code_needed(self) -> CodeNeeded:
        return CodeNeeded((self.fitment and self.fitment.code_needed) or self.radio.code_needed)

    @property
    def usual_letter(self) -> str:
        """The first letter that is usual for this fitment, as advice only (A7); "" if there is none."""
        return self.fitment.serial_format.letter if self.fitment and self.fitment.serial_format else ""

    def ways(self, *tasks: Task) -> list[GuideProcedure]:
        """The procedures for these tasks, in the order that works for this unit (A8)."""
        return [way for way in self.procedures if way.procedure.task in tasks]

    @property
    def steps(self) -> list[GuideStep]:
        """Every step of the guide, as step mode goes through them."""
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
        """What can be rehearsed on this unit's practice radio."""
        ways = self.ways(Task.READ_SERIAL, Task.ENTER_CODE) if self.radio.can_be_practised else []
        return [way.procedure for way in ways]

    @property
    def restarting(self) -> list[GuideProcedure]:
        return self.ways(Task.SOFT_RESET)

    @property
    def sections(self) -> list[Section]:
        """The parts that this guide has, in order. A radio without a code ends early."""
        wanted = {
            Section.NEEDED: True,
            Section.SERIAL: bool(self.reading),
            Section.CHECK: True,  # the radio may be another than its driver thinks
            Section.CODE: self.code_needed != CodeNeeded.NO,
            Section.ENTER: bool(self.entering),
            Section.MESSAGES: bool(self.messages),
            Section.FUSES: bool(self.fuses) or bool(self.questions.get(Section.FUSES)),
        }
        return [section for section in Section if wanted[section]]
