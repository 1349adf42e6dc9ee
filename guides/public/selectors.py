"""The published rows of each public page, in its order, read in a number of queries that does not grow with them."""

from collections import defaultdict

from django.db.models import Prefetch, Q, QuerySet

from guides.drawings.faceplates import LAYOUTS
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
    ProcedureUse,
    RadioUnit,
    Section,
    Severity,
    Source,
    Step,
)
from guides.practice.radio import Practice

from .answer import SHOWN
from .guide import Guide, GuideRows, anchors, is_for, leads_to
from .memory import remembered


@remembered
def get_fitment(radio_slug: str, generation_slug: str) -> Fitment:
    """This radio in this generation. Raises Fitment.DoesNotExist."""
    fitments = Fitment.objects.published().select_related("generation", "radio")
    return fitments.get(generation__slug=generation_slug, radio__slug=radio_slug)


@remembered
def get_radio(slug: str) -> RadioUnit:
    """A radio unit by its slug. Raises RadioUnit.DoesNotExist."""
    return RadioUnit.objects.published().get(slug=slug)


def practice_radios() -> QuerySet[RadioUnit]:
    """The radios that can be practised: those with buttons on their drawing and a key that confirms."""
    return (
        RadioUnit.objects.published().filter(controls=Controls.BUTTONS, faceplate__in=LAYOUTS).exclude(confirm_keys="")
    )


@remembered
def get_practice(slug: str) -> Practice:
    """The practice radio of a unit. Raises RadioUnit.DoesNotExist."""
    fitments = Prefetch("fitments", Fitment.objects.published().select_related("generation", "radio"))
    radio = practice_radios().prefetch_related(fitments).get(slug=slug)
    return Practice(radio, tuple(radio.messages.published()))


@remembered
def get_guide(radio_slug: str, generation_slug: str = "") -> Guide:
    """The guide for this radio, in this generation or in an unknown car. Raises ObjectDoesNotExist."""
    radios, rows = _rows_of_guides()
    radio = radios.get(radio_slug)
    if not radio:
        raise RadioUnit.DoesNotExist
    fitment = None
    if generation_slug:
        fitment = next((each for each in radio.fitments.all() if each.generation.slug == generation_slug), None)
        if not fitment:
            raise Fitment.DoesNotExist
    return rows.guide(radio, fitment)


def every_guide() -> list[Guide]:
    """The guide of every radio, alone and in each of its cars, from the rows as they are now."""
    radios, rows = _read_rows_of_guides()
    return [rows.guide(radio, fitment) for radio in radios.values() for fitment in [None, *radio.fitments.all()]]


def _read_rows_of_guides() -> tuple[dict[str, RadioUnit], GuideRows]:
    """All radios by slug, prefetched with what their guides show, and the rows that guides share."""
    steps = Prefetch("procedure__steps", Step.objects.published().prefetch_related("sources"))
    uses = ProcedureUse.objects.filter(procedure__is_published=True).select_related("procedure").order_by("order", "pk")
    fitments = Fitment.objects.published().select_related("generation", "radio", "serial_format")
    radios = RadioUnit.objects.published().prefetch_related(
        "sources",
        Prefetch("uses", uses.prefetch_related("procedure__sources", steps)),
        Prefetch("messages", _messages_with_ways()),
        Prefetch("fitments", fitments.prefetch_related("sources")),
    )
    rows = GuideRows(
        code_sources=list(_code_sources().prefetch_related("radios")),
        faqs=list(_faqs().filter(in_guide=True)),
        fuses=list(Fuse.objects.published().select_related("phase__generation").prefetch_related("sources")),
    )
    return {radio.slug: radio for radio in radios}, rows


_rows_of_guides = remembered(_read_rows_of_guides)


def _faqs() -> QuerySet[FAQ]:
    return FAQ.objects.published().prefetch_related("sources", "radios", "generations")


@remembered
def generations() -> QuerySet[Generation]:
    """All generations with their phases."""
    phases = Prefetch("phases", Phase.objects.published())
    return Generation.objects.published().prefetch_related(phases)


@remembered
def get_generation(slug: str) -> Generation:
    """A generation with phases, fitments and the overlaps with its neighbours. Raises Generation.DoesNotExist."""
    phases = Phase.objects.published().select_related("generation").prefetch_related("sources")
    return _with_radios().prefetch_related(Prefetch("phases", phases)).get(slug=slug)


@remembered
def generations_with_radios() -> QuerySet[Generation]:
    """All generations with their fitments, the usual serial of each, and the sources of both."""
    return _with_radios()


def _with_radios() -> QuerySet[Generation]:
    fitments = Fitment.objects.published().select_related("generation", "radio", "serial_format")
    return Generation.objects.published().prefetch_related(
        "sources", Prefetch("fitments", fitments.prefetch_related("sources", "radio__sources"))
    )


@remembered
def overlaps(generation: Generation) -> QuerySet[Overlap]:
    """The years that this generation shares with its neighbours, each with its question."""
    return _overlaps().filter(Q(earlier=generation) | Q(later=generation))


@remembered
def every_overlap() -> QuerySet[Overlap]:
    """All years that two generations share, with the phases on both sides: of each generation the nearest first."""
    return _overlaps()


def _overlaps() -> QuerySet[Overlap]:
    phases = Phase.objects.published()
    return (
        Overlap.objects.published()
        .select_related("earlier", "later")
        .prefetch_related("sources", Prefetch("earlier__phases", phases.reverse()), Prefetch("later__phases", phases))
    )


@remembered
def radios() -> QuerySet[RadioUnit]:
    """All radio units with their fitments."""
    fitments = Prefetch("fitments", Fitment.objects.published().select_related("generation", "radio"))
    return RadioUnit.objects.published().prefetch_related("sources", fitments)


@remembered
def messages() -> QuerySet[ErrorMessage]:
    return ErrorMessage.objects.published()


@remembered
def messages_to_tap() -> QuerySet[ErrorMessage]:
    """What a radio most often shows: the same that an answer offers."""
    return ErrorMessage.objects.published().filter(slug__in=SHOWN)


@remembered
def get_message(slug: str) -> ErrorMessage:
    """A message by its slug. Raises ErrorMessage.DoesNotExist."""
    return _messages_with_ways().get(slug=slug)


def _messages_with_ways() -> QuerySet[ErrorMessage]:
    """All messages with their sources, each with the way to the code that it names; a draft of one is None."""
    return ErrorMessage.objects.published().prefetch_related("sources", Prefetch("way", CodeSource.objects.published()))


@remembered
def radios_that_show(message: ErrorMessage) -> list[tuple[RadioUnit, str]]:
    """The radios that show this message, each with the address of the row of its guide to go on with."""
    steps = Prefetch("procedure__steps", Step.objects.published())
    uses = ProcedureUse.objects.filter(procedure__is_published=True).select_related("procedure").prefetch_related(steps)
    shown = Prefetch("messages", ErrorMessage.objects.published())
    radios = RadioUnit.objects.published().filter(messages=message).prefetch_related(Prefetch("uses", uses), shown)
    return [(radio, f"{radio.get_absolute_url()}#{way_on(message, radio)}") for radio in radios]


def way_on(message: ErrorMessage, radio: RadioUnit) -> str:
    """The row of this radio's guide to go on with: after a stop or a wait its own entry, else where it leads."""
    own = f"m-{message.slug}"
    if message.severity in (Severity.STOP, Severity.WAIT):
        return own
    return leads_to(message, anchors(radio, radio.code_needed)) or own


@remembered
def code_sources() -> QuerySet[CodeSource]:
    """Lawful ways to the code, the cheapest and surest first."""
    return _code_sources()


def _code_sources() -> QuerySet[CodeSource]:
    return CodeSource.objects.published().prefetch_related("sources")


@remembered
def questions_by_section(radio: str = "", generation: str = "") -> list[tuple[Section, list[FAQ]]]:
    """All questions by part of the guide, for one radio or generation (slugs) where given and known."""
    unit = RadioUnit.objects.published().filter(slug=radio).first()
    car = Generation.objects.published().filter(slug=generation).first()
    units = [unit] if unit else None
    cars = [car] if car else None
    if unit and not car:
        cars = [each.generation for each in unit.fitments.published().select_related("generation")]
    found = defaultdict(list)
    for faq in _faqs():
        if is_for(faq.radios.all(), units) and is_for(faq.generations.all(), cars):
            found[faq.section].append(faq)
    return [(section, found[section]) for section in Section if section in found]


@remembered
def directory() -> QuerySet[Make]:
    """Makes with their models, and where each leads."""
    cars = (
        CarGuide.objects.published()
        .select_related("make", "generation")
        .prefetch_related("sources", Prefetch("radios", RadioUnit.objects.published()))
    )
    return Make.objects.published().prefetch_related(Prefetch("car_guides", cars))


@remembered
def sources() -> list[Source]:
    """Every source that a published claim rests on, by its kind."""
    published = (model.objects.published() for model in Claim.__subclasses__())
    cited = set().union(*(claims.values_list("sources", flat=True) for claims in published))
    kinds = list(Source.Kind)
    found = (source for source in Source.objects.all() if source.pk in cited)
    return sorted(found, key=lambda source: kinds.index(Source.Kind(source.kind)))


@remembered
def get_source(slug: str) -> tuple[Source, list[Claim]]:
    """A source, with the published claims that rest on it; steps are named by their procedure.

    Raises Source.DoesNotExist, also if nothing rests on it.
    """
    source = Source.objects.get(slug=slug)
    models = Claim.__subclasses__()
    claims = [claim for model in models for claim in model.objects.published().filter(sources=source).with_addresses()]
    if not claims:
        raise Source.DoesNotExist
    return source, list(dict.fromkeys(claim.procedure if isinstance(claim, Step) else claim for claim in claims))
