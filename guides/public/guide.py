"""A guide as plain frozen data, and how it is put together from rows."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, groupby

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import (
    FAQ,
    Claim,
    CodeNeeded,
    CodeSource,
    Controls,
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
from guides.models.keys import FIRST_CHOICES, UNIT_KEYS, Press, presses

from .evidence import Evidence, evidence

#: The row of a guide to which a message leads, or to which a question belongs.
OF_SECTION = {
    Section.SERIAL: "serial",
    Section.CHECK: "serial",
    Section.CODE: "code",
    Section.ENTER: "enter",
    Section.MESSAGES: "messages",
    Section.FUSES: "fuses",
}
#: The titles of rows that are no procedures, by their anchors; a procedure has that of its task.
TITLES = {
    "card": _("Look for a code you may have"),
    "code": _("Get the code for that serial"),
    "messages": _("It shows something else"),
    "fuses": _("The display stays dark"),
    "questions": _("Questions about this radio"),
    "keep": _("Keep, print or send"),
}
#: The way to the code that costs nothing and has a row to itself.
CARD = "card-and-papers"
#: Capitals are wide: so many fit into the line of a row on a phone.
MAX_CAPITALS = 30  # characters
READING = (Task.READ_SERIAL, Task.FIND_LABEL)
ENTERING = (Task.ENTER_CODE, Task.ENTER_ON_SCREEN)
SEVERITIES_WORST_FIRST = (Severity.STOP, Severity.CAREFUL, Severity.WAIT, Severity.GO_ON)


@dataclass(frozen=True)
class GuideStep:
    """A step with this unit's own keys in place of SERIAL and CONFIRM."""

    step: Step
    presses: tuple[Press, ...]


@dataclass(frozen=True)
class GuideAction(GuideStep):
    """A numbered step, with the notes under it."""

    #: Its place among all actions of the guide, from 1: step mode goes by it.
    number: int
    notes: tuple[GuideStep, ...]


@dataclass(frozen=True)
class GuideProcedure:
    """A procedure with those of its steps that apply to this unit."""

    procedure: Procedure
    #: The line of its row.
    line: str
    #: The notes before the first action.
    notes: tuple[GuideStep, ...]
    actions: tuple[GuideAction, ...]

    @property
    def costs_tries(self) -> bool:
        """Whether a mistake in it costs a try."""
        return self.procedure.task in ENTERING

    @property
    def steps(self) -> list[Step]:
        """Every step, in order."""
        noted = [self.notes, *((action, *action.notes) for action in self.actions)]
        return [each.step for group in noted for each in group]

    @property
    def end(self) -> str:
        """The name of its last page in step mode, whose other pages have numbers."""
        return f"done-{self.procedure.slug}"


@dataclass(frozen=True)
class Guide:
    """Everything for one radio, in one car if the car is known."""

    radio: RadioUnit
    fitment: Fitment | None
    procedures: tuple[GuideProcedure, ...]
    code_sources: tuple[CodeSource, ...]
    messages: tuple[ErrorMessage, ...]
    fuses: tuple[Fuse, ...]
    questions: tuple[FAQ, ...] = field(repr=False)

    @property
    def generation(self) -> Generation | None:
        return self.fitment.generation if self.fitment else None

    @property
    def url(self) -> str:
        return (self.fitment or self.radio).get_absolute_url()

    @property
    def rows(self) -> frozenset[Model]:
        """Every row of content that the guide shows."""
        format_of_serial = self.fitment and self.fitment.serial_format
        return frozenset(row for row in [*self.claims, self.generation, format_of_serial] if row)

    @cached_property
    def claims(self) -> list[Claim]:
        """Every statement of the guide, in its order."""
        of_ways = [claim for way in self.procedures for claim in (way.procedure, *way.steps)]
        found = [self.radio, self.fitment, *of_ways, *self.code_sources, *self.messages, *self.fuses, *self.questions]
        return [claim for claim in found if claim]

    @cached_property
    def evidence(self) -> Evidence:
        shared = [self.radio, *self.code_sources, *self.messages, *self.questions]
        return evidence([claim for claim in self.claims if claim not in shared], shared)

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
    def actions(self) -> list[GuideAction]:
        """Every numbered step of the guide, in order."""
        return [action for way in self.procedures for action in way.actions]

    @property
    def reading(self) -> list[GuideProcedure]:
        return self.ways(*READING)

    @property
    def way_with_box(self) -> GuideProcedure | None:
        """The row in which a serial is typed: that of the display, else that of the label."""
        return next(iter([*self.ways(Task.READ_SERIAL), *self.reading]), None)

    @property
    def entering(self) -> list[GuideProcedure]:
        return self.ways(*ENTERING)

    @property
    def restarting(self) -> list[GuideProcedure]:
        return self.ways(Task.SOFT_RESET)

    @property
    def asked(self) -> list[GuideProcedure]:
        """The procedures after which the page asks whether they worked."""
        return self.ways(*ENTERING, Task.SOFT_RESET)

    @property
    def practised(self) -> list[Procedure]:
        """The procedures that this unit's practice radio can show."""
        ways = self.ways(Task.READ_SERIAL, Task.ENTER_CODE) if self.radio.can_be_practised else []
        return [way.procedure for way in ways]

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        return anchors(self.radio, self.code_needed)

    @property
    def card(self) -> CodeSource | None:
        """The way to a code that the driver may have already."""
        return next((way for way in self.code_sources if way.slug == CARD), None)

    @property
    def other_ways(self) -> list[CodeSource]:
        return [way for way in self.code_sources if way.slug != CARD]

    @property
    def dark(self) -> ErrorMessage | None:
        """The message that is no text but a dark display: it leads to the fuses."""
        return next((message for message in self.messages if message.leads_to == Section.FUSES), None)

    @property
    def fuse_line(self) -> str:
        """The numbers of the fuses: "Fuse 58; from 2008 fuse 112, 108". "" if none is known."""
        lines: dict[str, str] = {}  # by the numbers, which may be the same after a facelift
        for phase, fuses in groupby(self.fuses, lambda fuse: fuse.phase):
            numbers = ", ".join(fuse.number for fuse in fuses if any(map(str.isdigit, fuse.number)))
            line = gettext("from %(year)s fuse %(numbers)s") if lines else gettext("Fuse %(numbers)s")
            if numbers:
                lines.setdefault(numbers, line % {"year": phase.first_year, "numbers": numbers})
        return "; ".join(lines.values())

    @property
    def message_line(self) -> str:
        """As many messages as fit in a line."""
        line = ""
        for message in sorted(self.messages, key=lambda each: each.order):
            longer = f"{line}, {message.display}" if line else message.display
            if message != self.dark and len(longer) <= MAX_CAPITALS:
                line = longer
        return line

    @property
    def titles(self) -> dict[str, str]:
        """The titles of its rows, by their anchors."""
        of_tasks = {way.procedure.anchor: way.procedure.get_task_display() for way in self.procedures}
        return {anchor: str(title) for anchor, title in TITLES.items()} | of_tasks

    @property
    def shown_messages(self) -> list[tuple[ErrorMessage, str, str]]:
        """The messages but for a dark display, the worst first, each with anchor and title of the row to go to next."""
        titles = self.titles
        shown = [(message, leads_to(message, self.anchors)) for message in self.messages if message != self.dark]
        return [(message, anchor, titles.get(anchor, "")) for message, anchor in shown]

    @property
    def chips(self) -> list[ErrorMessage]:
        """What this radio most often shows: the first wait and the first stop in the editor's order."""
        firsts = {message.severity: message for message in sorted(self.messages, key=lambda each: -each.order)}
        return [firsts[severity] for severity in (Severity.WAIT, Severity.STOP) if severity in firsts]


@dataclass(frozen=True)
class GuideRows:
    """The published rows that several guides share. Each guide takes those for its radio and car."""

    code_sources: Iterable[CodeSource]
    faqs: Iterable[FAQ]
    fuses: Iterable[Fuse]

    @cached_property
    def _code_sources(self) -> list[tuple[CodeSource, set[RadioUnit]]]:
        """Each way to the code, with the radios that it names."""
        return [(way, set(way.radios.all())) for way in self.code_sources]

    @cached_property
    def _faqs(self) -> list[tuple[FAQ, set[RadioUnit], set[Generation]]]:
        """Each question, with the radios and generations that it names."""
        return [(faq, set(faq.radios.all()), set(faq.generations.all())) for faq in self.faqs]

    def guide(self, radio: RadioUnit, fitment: Fitment | None) -> Guide:
        """The guide for this radio, in one car or in an unknown one. Reads what the rows were prefetched with."""
        cars = [each.generation for each in ([fitment] if fitment else radio.fitments.all())]
        needs_code = ((fitment and fitment.code_needed) or radio.code_needed) != CodeNeeded.NO
        numbers = count(1)
        faqs = (faq for faq, radios, named in self._faqs if is_for(radios, [radio]) and is_for(named, cars))
        sections = list(Section)
        return Guide(
            radio=radio,
            fitment=fitment,
            procedures=tuple(_way(procedure, radio, numbers) for procedure in offered(radio)),
            code_sources=tuple(way for way, radios in self._code_sources if needs_code and is_for(radios, [radio])),
            messages=tuple(worst_first(radio.messages.all())),
            fuses=tuple(fuse for fuse in self.fuses if fitment and fuse.phase.generation == fitment.generation),
            questions=tuple(sorted(faqs, key=lambda faq: sections.index(Section(faq.section)))),
        )


def offered(radio: RadioUnit) -> list[Procedure]:
    """The procedures of this unit that it can do, in the order that works for it (A8)."""
    return [use.procedure for use in radio.uses.all() if can_do(radio, use.procedure)]


def can_do(radio: RadioUnit, procedure: Procedure) -> bool:
    """Whether the unit has the keys of every action. Without one of the actions the others would mislead."""
    own = _own_keys(radio)
    needed = [step.keys for step in procedure.steps.all() if step.keys in FIRST_CHOICES and not step.is_note]
    return all(own[keys] for keys in needed)


def is_for(named: Iterable[Model], rows: Iterable[Model] | None) -> bool:
    """Whether what names these rows, or none and so all, is for one of `rows`. None stands for any row."""
    named = set(named)
    return rows is None or not named or not named.isdisjoint(rows)


def anchors(radio: RadioUnit, code_needed: str) -> tuple[str, ...]:
    """The ids in a guide of this unit that links may lead to. A radio without a code has no rows about one.

    Reads the steps of its procedures.
    """
    of_tasks = {procedure.anchor for procedure in offered(radio)}
    of_code = {"code"} if code_needed != CodeNeeded.NO else set()
    of_card = {"card"} if of_code and radio.controls == Controls.BUTTONS else set()
    of_messages = {f"m-{message.slug}" for message in radio.messages.all()}
    always = {"messages", "fuses", "questions", "keep", "sources"}
    return tuple(sorted(of_tasks | of_code | of_card | of_messages | always))


def leads_to(message: ErrorMessage, anchors: Collection[str]) -> str:
    """The row of a guide to go to after a message, or "". A screen is restarted before its fuse is suspected (A24)."""
    anchor = OF_SECTION.get(Section(message.leads_to), "") if message.leads_to else ""
    if anchor == "fuses" and "restart" in anchors:
        return "restart"
    if anchor == "serial" and ("serial" not in anchors or message.severity == Severity.STOP):
        anchor = "label"  # a locked radio does not show its serial (B13)
    return anchor if anchor in anchors else ""


def _way(procedure: Procedure, radio: RadioUnit, numbers: Iterator[int]) -> GuideProcedure:
    before: list[GuideStep] = []
    actions: list[tuple[GuideStep, list[GuideStep]]] = []
    for item in _steps(procedure, radio):
        if not item.step.is_note:
            actions.append((item, []))
        elif actions:
            actions[-1][1].append(item)
        else:
            before.append(item)
    return GuideProcedure(
        procedure,
        _with_keys(procedure.in_short, radio),
        tuple(before),
        tuple(GuideAction(item.step, item.presses, next(numbers), tuple(notes)) for item, notes in actions),
    )


def _steps(procedure: Procedure, radio: RadioUnit) -> Iterator[GuideStep]:
    own = _own_keys(radio)
    for step in procedure.steps.all():
        keys = own.get(step.keys, presses(step.keys))
        if keys or step.keys not in own:  # a step with the unit's other keys is left out if it has none
            yield GuideStep(step, keys)


def _own_keys(radio: RadioUnit) -> dict[str, tuple[Press, ...]]:
    """What SERIAL, CONFIRM and their others stand for on this unit."""
    serial, confirm = radio.serial_presses, radio.confirm_presses
    return dict(zip(UNIT_KEYS, (serial[:1], serial[1:], confirm[:1], confirm[1:]), strict=True))


def _with_keys(line: str, radio: RadioUnit) -> str:
    """The line with the first choice of this unit's keys in place of SERIAL and CONFIRM."""
    for name, choices in (("SERIAL", radio.serial_presses), ("CONFIRM", radio.confirm_presses)):
        if choices:
            line = line.replace(name, " + ".join(choices[0]))
    return line


def worst_first(messages: Iterable[ErrorMessage]) -> list[ErrorMessage]:
    """Messages by severity, the worst first, and then in the editor's order. One without a severity comes first."""
    places = {str(severity): place for place, severity in enumerate(SEVERITIES_WORST_FIRST)}
    return sorted(messages, key=lambda message: places.get(message.severity, 0))
