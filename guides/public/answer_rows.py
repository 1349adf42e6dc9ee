"""What an answer says of the site's rows, as plain data that the browser gets too."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse

from guides.models import (
    FAQ,
    CarGuide,
    CodeNeeded,
    CodeSource,
    ErrorMessage,
    Fitment,
    Generation,
    Overlap,
    Phase,
    Procedure,
    ProcedureUse,
    RadioUnit,
    Section,
    Step,
)
from guides.reader import EVERYDAY, match_key

from .guide import OF_SECTION, anchors, offered
from .sentences import first_sentence

#: The pages to which an answer may lead.
PAGES = ("radios", "messages", "get_the_code", "questions", "find_my_focus")
#: The first sentences of an answer, until they say something: "No." alone does not.
MIN_FIRST_SENTENCE = 40  # characters

_SENTENCE_END = re.compile(r"(?<=[.!?:;]) +")


@dataclass(frozen=True)
class MessageRow:
    slug: str
    display: str
    is_literal: bool
    severity: str
    severity_label: str
    meaning: str
    #: The first sentence of what to do, and the others.
    action: str
    action_more: str
    anchor: str
    url: str
    #: The keys of its display and of its everyday words that the reader knows; another word is explained.
    names: tuple[str, ...]


@dataclass(frozen=True)
class RadioRow:
    slug: str
    name: str
    url: str
    #: Whether it may ask for a code.
    has_code: bool
    anchors: tuple[str, ...]
    #: The keys that show its serial, first choice first: "1 + 6".
    serial_keys: tuple[str, ...]


@dataclass(frozen=True)
class FitmentRow:
    generation: str
    radio: str
    url: str
    anchors: tuple[str, ...]
    #: The first letter of the usual serial, or ''.
    usual_letter: str


@dataclass(frozen=True)
class GenerationRow:
    slug: str
    name: str
    years: str
    url: str
    drawings: tuple[str, ...]


@dataclass(frozen=True)
class OverlapRow:
    earlier: str
    later: str
    question: str
    earlier_answer: str
    later_answer: str


@dataclass(frozen=True)
class TopicRow:
    """What people ask about: a question, a procedure or a way to the code."""

    #: What it is called, and its first words.
    name: str
    short: str
    anchor: str
    #: Its own page, or ''.
    url: str
    #: The one radio of which this is, or ''.
    only_radio: str = ""


@dataclass(frozen=True)
class CarRow:
    """A car that is no Focus."""

    slug: str
    name: str
    url: str
    radios: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """All of them, by slug where they have one, in the editor's order."""

    messages: dict[str, MessageRow]
    radios: dict[str, RadioRow]
    generations: dict[str, GenerationRow]
    fitments: tuple[FitmentRow, ...]
    overlaps: tuple[OverlapRow, ...]
    #: By kind and slug: "question enter-pin".
    topics: dict[str, TopicRow]
    cars: dict[str, CarRow]
    #: The addresses of other pages, by their names.
    pages: dict[str, str]
    #: For pictures only; the browser has none.
    units: dict[str, RadioUnit] = field(default_factory=dict, repr=False, compare=False)


def answer_rows() -> Rows:
    """The published rows, read in a fixed number of queries."""
    units = _radios()
    fitments = [fitment for unit in units for fitment in unit.fitments.all()]
    phases = Prefetch("phases", Phase.objects.published())
    return Rows(
        messages={row.slug: _message(row) for row in ErrorMessage.objects.published()},
        radios={unit.slug: _radio(unit) for unit in units},
        generations={
            row.slug: GenerationRow(
                row.slug,
                row.name,
                row.years,
                row.get_absolute_url(),
                row.drawings,
            )
            for row in Generation.objects.published().prefetch_related(phases)
        },
        fitments=tuple(map(_fitment, sorted(fitments, key=lambda row: (row.generation.order, row.order, row.pk)))),
        overlaps=tuple(
            OverlapRow(row.earlier.slug, row.later.slug, row.question, row.earlier_answer, row.later_answer)
            for row in Overlap.objects.published().select_related("earlier", "later")
        ),
        topics=_topics(units),
        cars={
            row.key: CarRow(row.key, str(row), row.get_absolute_url(), tuple(unit.slug for unit in row.radios.all()))
            for row in CarGuide.objects.published()
            .filter(generation=None)
            .select_related("make")
            .prefetch_related(Prefetch("radios", RadioUnit.objects.published()))
        },
        pages={name: reverse(f"guides:{name}") for name in PAGES},
        units={unit.slug: unit for unit in units},
    )


def _radios() -> list[RadioUnit]:
    uses = ProcedureUse.objects.filter(procedure__is_published=True).select_related("procedure").order_by("order")
    fitments = Fitment.objects.published().select_related("generation", "serial_format")
    return list(
        RadioUnit.objects.published().prefetch_related(
            Prefetch("uses", uses.prefetch_related(Prefetch("procedure__steps", Step.objects.published()))),
            Prefetch("messages", ErrorMessage.objects.published()),
            Prefetch("fitments", fitments),
        )
    )


def _message(row: ErrorMessage) -> MessageRow:
    action, more = first_sentence(row.next_action)
    return MessageRow(
        slug=row.slug,
        display=row.display,
        is_literal=row.is_literal,
        severity=row.severity,
        severity_label=row.get_severity_display(),
        meaning=row.meaning,
        action=action,
        action_more=more,
        anchor=OF_SECTION.get(Section(row.leads_to), "") if row.leads_to else "",
        url=row.get_absolute_url(),
        names=(match_key(row.display), *(key for key in map(match_key, row.everyday) if key in EVERYDAY)),
    )


def _radio(unit: RadioUnit) -> RadioRow:
    return RadioRow(
        slug=unit.slug,
        name=unit.name,
        url=unit.get_absolute_url(),
        has_code=unit.code_needed != CodeNeeded.NO,
        anchors=anchors(unit, unit.code_needed),
        serial_keys=tuple(" + ".join(press) for press in unit.serial_presses),
    )


def _fitment(row: Fitment) -> FitmentRow:
    return FitmentRow(
        generation=row.generation.slug,
        radio=row.radio.slug,
        url=row.get_absolute_url(),
        anchors=anchors(row.radio, row.code_needed or row.radio.code_needed),
        usual_letter=row.serial_format.letter if row.serial_format else "",
    )


def _topics(units: list[RadioUnit]) -> dict[str, TopicRow]:
    users = defaultdict(list)
    for unit in units:
        for procedure in offered(unit):
            users[procedure.slug].append(unit.slug)
    found = {
        f"question {row.slug}": TopicRow(
            row.question, _first_words(row.answer), OF_SECTION.get(Section(row.section), ""), row.get_absolute_url()
        )
        for row in FAQ.objects.published()
    }
    found |= {
        f"procedure {row.slug}": TopicRow(
            row.name,
            f"{row.name}.",
            row.anchor,
            url="",
            only_radio=users[row.slug][0] if len(users[row.slug]) == 1 else "",
        )
        for row in Procedure.objects.published()
    }
    found |= {
        f"code-source {row.slug}": TopicRow(row.name, _first_words(row.how), "code", row.get_absolute_url())
        for row in CodeSource.objects.published()
    }
    return found


def _first_words(text: str) -> str:
    """The first sentences, until they say something."""
    said = ""
    for sentence in _SENTENCE_END.split(text.split("\n")[0]):
        said = f"{said} {sentence}".strip()
        if len(said) >= MIN_FIRST_SENTENCE and said[-1] in ".!?":
            break
    return said
