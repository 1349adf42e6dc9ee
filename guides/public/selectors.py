"""Which rows make one page, and in which order. Everything here answers with published rows only, and in a number of
queries that does not grow with the content."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet

from guides.models import (
    FAQ,
    CarGuide,
    Claim,
    CodeSource,
    Controls,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Make,
    Overlap,
    Phase,
    Procedure,
    ProcedureUse,
    RadioUnit,
    Section,
    Severity,
    Source,
    Step,
)
from guides.models.keys import UNIT_KEYS, presses
from guides.practice.radio import Practice
from guides.reader import Vocabulary

from .guide import TASKS, Guide, GuideProcedure, GuideStep

#: Worst first, so that a driver meets STOP before GO ON.
SEVERITIES_WORST_FIRST = (Severity.STOP, Severity.CAREFUL, Severity.WAIT, Severity.GO_ON)


def get_fitment(radio_slug: str, generation_slug: str) -> Fitment:
    """This radio in this generation. Raises Fitment.DoesNotExist."""
    return (
        Fitment.objects.published()
        .select_related("generation", "radio", "serial_format")
        .prefetch_related("sources", "radio__sources")
        .get(generation__slug=generation_slug, radio__slug=radio_slug)
    )


def get_radio(slug: str) -> RadioUnit:
    """A radio unit by its slug. Raises RadioUnit.DoesNotExist."""
    return RadioUnit.objects.published().prefetch_related("sources").get(slug=slug)


def practice_radios() -> QuerySet[RadioUnit]:
    """The radios that can be practised on: those with buttons and a key that confirms."""
    return RadioUnit.objects.published().filter(controls=Controls.BUTTONS).exclude(confirm_keys="")


def get_practice(slug: str) -> Practice:
    """The practice radio of a unit. Raises RadioUnit.DoesNotExist."""
    fitments = Prefetch("fitments", Fitment.objects.published().select_related("generation", "radio"))
    radio = practice_radios().prefetch_related(fitments).get(slug=slug)
    return Practice(radio, tuple(radio.messages.published()))


def get_guide(radio_slug: str, generation_slug: str = "") -> Guide:
    """The guide for this radio, in this generation or in an unknown car. Raises ObjectDoesNotExist."""
    if not generation_slug:
        return _guide(get_radio(radio_slug), None)
    fitment = get_fitment(radio_slug, generation_slug)
    return _guide(fitment.radio, fitment)


def _guide(radio: RadioUnit, fitment: Fitment | None) -> Guide:
    questions = defaultdict(list)
    for faq in _questions(radio, fitment.generation if fitment else None):
        questions[faq.section].append(faq)
    fuses = Fuse.objects.published().filter(phase__generation=fitment.generation) if fitment else Fuse.objects.none()
    messages = radio.messages.published().prefetch_related("sources")
    return Guide(
        radio=radio,
        fitment=fitment,
        procedures=tuple(_procedures(radio)),
        code_sources=tuple(_meant_for(code_sources(), "radios", [radio])),
        messages=tuple(worst_first(messages)),
        fuses=tuple(fuses.select_related("phase__generation").prefetch_related("sources")),
        questions=dict(questions),
    )


def every_guide() -> list[Guide]:
    """The guide of every radio, alone and in each of its cars: what get_guide() gives, in a fixed number of queries."""
    steps = Prefetch("procedure__steps", Step.objects.published().prefetch_related("sources"))
    uses = ProcedureUse.objects.filter(procedure__is_published=True).select_related("procedure").order_by("order")
    fitments = Fitment.objects.published().select_related("generation", "radio", "serial_format")
    radios = RadioUnit.objects.published().prefetch_related(
        "sources",
        Prefetch("uses", uses.prefetch_related("procedure__sources", steps)),
        Prefetch("messages", ErrorMessage.objects.published().prefetch_related("sources")),
        Prefetch("fitments", fitments.prefetch_related("sources")),
    )
    ways_to_code = [(way, set(way.radios.all())) for way in code_sources().prefetch_related("radios")]
    faqs = [
        (faq, set(faq.radios.all()), set(faq.generations.all()))
        for faq in _questions(None, None).prefetch_related("radios", "generations")
    ]
    fuses = defaultdict(list)
    for fuse in Fuse.objects.published().select_related("phase__generation").prefetch_related("sources"):
        fuses[fuse.phase.generation_id].append(fuse)

    def guide(radio: RadioUnit, fitment: Fitment | None) -> Guide:
        cars = [each.generation for each in ([fitment] if fitment else radio.fitments.all())]
        questions = defaultdict(list)
        for faq, for_radios, for_cars in faqs:
            if _is_for(for_radios, [radio]) and _is_for(for_cars, cars):
                questions[faq.section].append(faq)
        numbers = count(1)
        return Guide(
            radio=radio,
            fitment=fitment,
            procedures=tuple(
                GuideProcedure(use.procedure, tuple(_steps(use.procedure, radio, numbers))) for use in radio.uses.all()
            ),
            code_sources=tuple(way for way, for_radios in ways_to_code if _is_for(for_radios, [radio])),
            messages=tuple(worst_first(radio.messages.all())),
            fuses=tuple(fuses[fitment.generation_id]) if fitment else (),
            questions=dict(questions),
        )

    return [guide(radio, fitment) for radio in radios for fitment in [None, *radio.fitments.all()]]


def _is_for(named: set[Any], rows: Iterable[Model]) -> bool:
    """Whether a row that names these, or nothing and so all, is for one of those."""
    return not named or not named.isdisjoint(rows)


def _questions(radio: RadioUnit | None, generation: Generation | None) -> QuerySet[FAQ]:
    """Published questions for this radio and car; None means any."""
    faqs = FAQ.objects.published().prefetch_related("sources")
    if radio:
        faqs = _meant_for(faqs, "radios", [radio])
    if generation:
        faqs = _meant_for(faqs, "generations", [generation])
    elif radio:
        cars = Fitment.objects.published().filter(radio=radio).values("generation")
        faqs = _meant_for(faqs, "generations", cars)
    return faqs


def _meant_for(rows: QuerySet[Any], field: str, those: Iterable[Model] | QuerySet[Any]) -> QuerySet[Any]:
    """The rows that name one of those in a many-to-many field, or name nothing and so are for all.

    By subqueries: joins double rows, and to sort that out takes twice as long where there are many.
    """
    relation = rows.model._meta.get_field(field)
    row, named = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    links = relation.remote_field.through._default_manager
    naming = links.filter(**{f"{named}__in": those})
    return rows.filter(Q(pk__in=naming.values(row)) | ~Q(pk__in=links.values(row)))


def _procedures(radio: RadioUnit) -> Iterable[GuideProcedure]:
    steps = Prefetch("steps", Step.objects.published().prefetch_related("sources"))
    rows = (
        Procedure.objects.published()
        .filter(uses__radio=radio)
        .order_by("uses__order")
        .prefetch_related("sources", steps)
    )
    numbers = count(1)
    for procedure in rows:
        yield GuideProcedure(procedure, tuple(_steps(procedure, radio, numbers)))


def _steps(procedure: Procedure, radio: RadioUnit, numbers: Iterator[int]) -> Iterator[GuideStep]:
    serial, confirm = radio.serial_presses, radio.confirm_presses
    unit_keys = dict(zip(UNIT_KEYS, (serial[:1], serial[1:], confirm[:1], confirm[1:]), strict=True))
    for step in procedure.steps.all():
        keys = unit_keys.get(step.keys, presses(step.keys))
        if keys or step.keys not in unit_keys:  # a step for further choices makes no sense where the unit has none
            yield GuideStep(next(numbers), procedure, step, keys)


def worst_first(messages: Iterable[ErrorMessage]) -> list[ErrorMessage]:
    """Messages by severity, the worst first; within one severity in the editor's order. None is as bad as the worst."""
    places = {str(severity): place for place, severity in enumerate(SEVERITIES_WORST_FIRST)}
    return sorted(messages, key=lambda message: places.get(message.severity, 0))


def generations() -> QuerySet[Generation]:
    """All generations with their phases."""
    phases = Prefetch("phases", Phase.objects.published())
    return Generation.objects.published().prefetch_related(phases)


def get_generation(slug: str) -> Generation:
    """A generation with phases, fitments and the overlaps with its neighbours. Raises Generation.DoesNotExist."""
    fitments = Fitment.objects.published().select_related("generation", "radio").prefetch_related("sources")
    phases = Phase.objects.published().select_related("generation").prefetch_related("sources")
    return (
        Generation.objects.published()
        .prefetch_related("sources", Prefetch("phases", phases), Prefetch("fitments", fitments))
        .get(slug=slug)
    )


def overlaps(generation: Generation) -> QuerySet[Overlap]:
    """The years that this generation shares with its neighbours, each with its question."""
    return (
        Overlap.objects.published()
        .filter(Q(earlier=generation) | Q(later=generation))
        .select_related("earlier", "later")
        .prefetch_related("sources")
    )


def generations_by_year(years: Iterable[int]) -> dict[int, tuple[list[Generation], list[Overlap]]]:
    """For each calendar year the generation sold in it; or none, and the questions that tell apart those that were."""
    generations = list(Generation.objects.published())
    overlaps = list(Overlap.objects.published().select_related("earlier", "later"))
    found = {}
    for year in years:
        shared = [overlap for overlap in overlaps if overlap.covers(year)]
        sold = [generation for generation in generations if generation.covers(year)]
        found[year] = ([] if shared else sold, shared)
    return found


def radios() -> QuerySet[RadioUnit]:
    """All radio units with the cars that they are found in."""
    fitments = Prefetch("fitments", Fitment.objects.published().select_related("generation", "radio"))
    return RadioUnit.objects.published().prefetch_related("sources", fitments)


def messages() -> QuerySet[ErrorMessage]:
    return ErrorMessage.objects.published()


def get_message(slug: str) -> ErrorMessage:
    """A message by its slug. Raises ErrorMessage.DoesNotExist."""
    return ErrorMessage.objects.published().prefetch_related("sources").get(slug=slug)


def radios_to_go_on_with(message: ErrorMessage) -> QuerySet[RadioUnit]:
    """The radios that show this message and whose guides have the part that it leads to."""
    procedures = Procedure.objects.published().filter(task__in=TASKS.get(message.leads_to, ()))
    return RadioUnit.objects.published().filter(messages=message, procedures__in=procedures).distinct()


def code_sources() -> QuerySet[CodeSource]:
    """Lawful ways to the code, the cheapest and surest first."""
    return CodeSource.objects.published().prefetch_related("sources")


def questions_by_section(radio: str = "", generation: str = "") -> list[tuple[Section, list[FAQ]]]:
    """All questions by part of the guide, for one radio or generation (slugs) where given and known."""
    found = defaultdict(list)
    unit = RadioUnit.objects.published().filter(slug=radio).first() if radio else None
    car = Generation.objects.published().filter(slug=generation).first() if generation else None
    for faq in _questions(unit, car):
        found[faq.section].append(faq)
    return [(section, found[section]) for section in Section if section in found]


def directory() -> QuerySet[Make]:
    """Makes with their models, and where each leads."""
    cars = (
        CarGuide.objects.published()
        .select_related("make", "generation")
        .prefetch_related("sources", Prefetch("radios", RadioUnit.objects.published()))
    )
    return Make.objects.published().prefetch_related(Prefetch("car_guides", cars))


def vocabulary() -> Vocabulary:
    """What the reader recognises by name: every spelling of every message, and every name of every radio."""
    return Vocabulary(
        messages=tuple(
            (spelling, message.slug) for message in ErrorMessage.objects.published() for spelling in message.spellings
        ),
        radios=tuple((name, radio.slug) for radio in RadioUnit.objects.published() for name in radio.names),
    )


def sources_with_claims() -> list[tuple[Source, list[Claim]]]:
    """Every source that a published claim rests on, with those claims; steps are named by their procedure."""
    resting: dict[int, dict[Claim, None]] = defaultdict(dict)
    for model in Claim.__subclasses__():
        for claim in model.objects.published().with_addresses().prefetch_related("sources"):
            for source in claim.sources.all():
                resting[source.pk][claim.procedure if isinstance(claim, Step) else claim] = None
    return [(source, list(resting[source.pk])) for source in Source.objects.all() if source.pk in resting]
