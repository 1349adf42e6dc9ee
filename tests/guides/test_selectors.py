"""The rows of each page, their order, and the number of queries that read them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.models import (
    FAQ,
    CarGuide,
    CodeNeeded,
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Make,
    Phase,
    Procedure,
    ProcedureUse,
    RadioUnit,
    Section,
    Severity,
    Source,
    Step,
)
from guides.models.base import Claim, NaturalKeyModel
from guides.public import selectors
from guides.public.answer_rows import answer_rows
from guides.public.guide import Guide, GuideProcedure
from guides.public.selectors import get_guide
from guides.public.vocabulary import stored_vocabulary
from tests.helpers import dead_links, walk

pytestmark = pytest.mark.django_db


def slugs(rows: Any) -> list[str]:
    return [row.slug for row in rows]


def steps_of(guide: Guide, procedure: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The steps of one procedure in a guide, with what to press at each."""
    found = next(each for each in guide.procedures if each.procedure.slug == procedure)
    items = [*found.notes, *(each for action in found.actions for each in (action, *action.notes))]
    return {each.step.slug: each.presses for each in items}


def withdraw(model: type[Model], **which: Any) -> None:
    """Unpublish rows. Fails if there are none."""
    assert model._default_manager.filter(**which).update(is_published=False)


# ---- A guide

#: The procedures for reading the serial and for entering the code, in the order that works for the radio.
PROCEDURES = {
    "4000-rds": (["find-label", "serial-on-display"], ["enter-code-buttons"]),
    "4500-rds": (["serial-on-display-4500", "find-label"], ["enter-code-buttons"]),
    "5000-rds": (["find-label"], ["enter-code-buttons"]),
    "6000-cd": (["serial-on-display", "find-label"], ["enter-code-buttons"]),
    "6006-cdc": (["serial-on-display", "find-label"], ["enter-code-buttons"]),
    "sony": (["serial-on-display-sony", "find-label"], ["enter-code-buttons"]),
    "sony-dab": (["serial-on-display", "find-label"], ["enter-code-buttons"]),
    "travelpilot": (["find-label-travelpilot"], ["enter-code-travelpilot"]),
    "sync-1": ([], ["enter-on-screen-sync"]),
    "sync-2": ([], ["enter-on-screen-sync"]),
    "sync-3": ([], []),
    "sync-4": ([], []),
}


@pytest.mark.services
def test_procedures_come_in_the_order_that_works_for_the_radio() -> None:
    guides = selectors.every_guide()
    assert {guide.radio.slug for guide in guides} == PROCEDURES.keys()
    for guide in guides:
        found = [each.procedure.slug for each in guide.reading], [each.procedure.slug for each in guide.entering]
        assert found == PROCEDURES[guide.radio.slug], guide.url


def test_one_guide_has_the_same_rows_as_among_all() -> None:
    for guide in selectors.every_guide():
        one = get_guide(guide.radio.slug, guide.generation.slug if guide.generation else "")
        assert one == guide
        assert one.rows == guide.rows


@pytest.mark.services
def test_the_editor_changes_the_order_for_one_radio_only() -> None:
    ProcedureUse.objects.filter(radio__slug="sony", procedure__slug="find-label").update(order=1)
    assert [each.procedure.slug for each in get_guide("sony").reading] == ["find-label", "serial-on-display-sony"]
    assert [each.procedure.slug for each in get_guide("6000-cd").reading] == ["serial-on-display", "find-label"]


@pytest.mark.services
def test_steps_come_in_the_order_of_the_editor() -> None:
    Step.objects.filter(procedure__slug="find-label", slug="photo").update(order=1)
    assert list(steps_of(get_guide("sony"), "find-label"))[:2] == ["photo", "holes"]


def test_a_step_names_the_keys_of_its_radio() -> None:
    keys: list[tuple[str, str, dict[str, tuple[tuple[str, ...], ...]]]] = [
        ("6000-cd", "serial-on-display", {"hold": (("1", "6"),), "other-keys": (("2", "6"),), "film": ()}),
        ("6000-cd", "enter-code-buttons", {"digits": (), "confirm": (("5",),)}),
        ("4500-rds", "serial-on-display-4500", {"hold": (("6", "2"),), "other-keys": (("1", "6"),)}),
        ("sony", "serial-on-display-sony", {"hold": (("1", "6"),)}),
        ("sony", "enter-code-buttons", {"confirm": (("5",),), "hold": (("5",),), "other-confirm": (("OK",), ("*",))}),
        ("sony-dab", "enter-code-buttons", {"other-confirm": (("OK",), ("*",))}),
        ("sync-3", "soft-reset-sync-3", {"hold": (("Power", "Seek-up"),)}),
    ]
    for radio, procedure, expected in keys:
        steps = steps_of(get_guide(radio), procedure)
        assert {step: steps[step] for step in expected} == expected, (radio, procedure)


def test_a_step_for_other_keys_is_left_out_where_the_radio_has_none() -> None:
    for radio in ("4000-rds", "4500-rds", "5000-rds", "6000-cd", "6006-cdc"):
        steps = steps_of(get_guide(radio), "enter-code-buttons")
        assert "other-confirm" not in steps, radio
        assert "confirm" in steps, radio
    RadioUnit.objects.filter(slug="sony").update(serial_keys="1+6")
    assert "other-keys" not in steps_of(get_guide("sony"), "serial-on-display-sony")


def test_the_car_decides_whether_its_radio_needs_a_code_and_which_letter_is_usual() -> None:
    for car, radio, code_needed, letter in [
        ("mk1", "4000-rds", CodeNeeded.YES, "M"),
        ("mk1", "6000-cd", CodeNeeded.YES, "M"),
        ("mk2", "6000-cd", CodeNeeded.YES, "V"),
        ("mk2", "sony", CodeNeeded.YES, "V"),
        ("mk2", "travelpilot", CodeNeeded.YES, ""),
        ("mk3", "6000-cd", CodeNeeded.USUALLY_NOT, "V"),
        ("mk3", "sony-dab", CodeNeeded.USUALLY_NOT, "V"),
        ("mk3", "sync-1", CodeNeeded.USUALLY_NOT, ""),
        ("mk3", "sync-2", CodeNeeded.USUALLY_NOT, ""),
        ("mk3", "sync-3", CodeNeeded.NO, ""),
        ("mk4", "sync-3", CodeNeeded.NO, ""),
        ("mk4", "sync-4", CodeNeeded.NO, ""),
        ("", "6000-cd", CodeNeeded.YES, ""),
        ("", "sync-2", CodeNeeded.USUALLY_NOT, ""),
        ("", "sync-4", CodeNeeded.NO, ""),
    ]:
        guide = get_guide(radio, car)
        assert (guide.code_needed, guide.usual_letter) == (code_needed, letter), guide.url


@pytest.mark.services
def test_messages_come_worst_first_and_then_in_the_order_of_the_editor() -> None:
    severities = [message.severity for message in get_guide("sony", "mk2").messages]
    worst_first = [Severity.STOP, Severity.CAREFUL, Severity.WAIT, Severity.GO_ON]
    assert severities == [each for severity in worst_first for each in severities if each == severity]
    assert set(severities) == set(worst_first)
    assert slugs(get_guide("sony", "mk2").messages)[:4] == ["locked", "locked10", "locked11", "locked13"]


def test_a_guide_has_the_messages_of_its_radio() -> None:
    for radio, shown, not_shown in [
        ("sony", "err", "not-found"),
        ("6000-cd", "fail", "err"),
        ("4500-rds", "not-found", "err"),
        ("sync-3", "no-display", "code"),
    ]:
        messages = slugs(get_guide(radio).messages)
        assert shown in messages, radio
        assert not_shown not in messages, radio


@pytest.mark.services
def test_a_guide_has_the_fuses_of_its_car_in_order_of_its_phases() -> None:
    for car, numbers in [
        ("mk1", ["31", "41", "31", "41"]),
        ("mk2", ["58", "112", "108", "rear"]),
        ("mk3", ["F79", "F67", "F85", "F79", "F67", "F85"]),
    ]:
        assert [fuse.number for fuse in get_guide("6000-cd", car).fuses] == numbers, car


def test_a_guide_without_a_car_has_no_fuses_and_no_fitment() -> None:
    guide = get_guide("6000-cd")
    assert (guide.fuses, guide.fitment, guide.generation) == ((), None, None)


def test_a_guide_knows_its_address() -> None:
    assert (get_guide("sony", "mk2").url, get_guide("sony").url) == ("/focus/mk2/sony/", "/radios/sony/")


@pytest.mark.parametrize(
    ("selector", "keys", "error"),
    [
        (get_guide, ("sync-3", "mk1"), Fitment.DoesNotExist),
        (get_guide, ("sony", "mk9"), Fitment.DoesNotExist),
        (get_guide, ("nonsense",), RadioUnit.DoesNotExist),
        (selectors.get_generation, ("mk9",), Generation.DoesNotExist),
        (selectors.get_message, ("nonsense",), ErrorMessage.DoesNotExist),
        (selectors.get_source, ("nonsense",), Source.DoesNotExist),
    ],
)
def test_a_row_that_does_not_exist_raises(
    selector: Callable[..., object], keys: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        selector(*keys)


# ---- Questions


def test_a_guide_has_the_questions_for_its_car_and_radio() -> None:
    for car, radio, question, shown in [
        ("mk1", "4000-rds", "second-hand-radio", True),
        ("mk4", "sync-4", "second-hand-radio", False),  # for other radios
        ("mk1", "4000-rds", "why-a-code", False),  # not in guides
        ("mk2", "6000-cd", "voice-control-gone", True),  # for this car and this radio
        ("mk1", "6000-cd", "voice-control-gone", False),
        ("mk2", "sony", "voice-control-gone", False),
        ("mk3", "sync-2", "sync-2-standby", True),  # for this radio
        ("mk3", "sync-1", "sync-2-standby", False),
        ("", "6000-cd", "voice-control-gone", True),  # for one of its cars
        ("", "sync-3", "voice-control-gone", False),
        ("mk2", "6000-cd", "code-card", False),  # a row of the guide answers it
    ]:
        assert (question in slugs(get_guide(radio, car).questions)) == shown, (car, radio, question)


@pytest.mark.services
def test_questions_are_in_the_order_of_the_parts_of_the_guide() -> None:
    places = [(list(Section).index(Section(faq.section)), faq.order) for faq in get_guide("6000-cd", "mk2").questions]
    assert places == sorted(set(places))


def test_questions_are_filtered_by_radio_and_car() -> None:
    for radio, car, inside, outside in [
        ("", "", {"why-a-code", "restart-sync-3", "voice-control-gone"}, set()),
        ("sync-3", "", {"restart-sync-3"}, {"why-a-code", "code-card", "m-or-v"}),
        ("6000-cd", "", {"why-a-code", "code-card", "voice-control-gone"}, {"restart-sync-3"}),
        ("", "mk1", {"why-a-code", "code-card"}, {"newer-car-asks", "voice-control-gone"}),
        ("sony", "mk2", {"newer-car-asks", "code-card"}, {"voice-control-gone", "restart-sync-3"}),
        ("nonsense", "nonsense", {"why-a-code", "restart-sync-3", "voice-control-gone"}, set()),
    ]:
        found = [faq.slug for _section, faqs in selectors.questions_by_section(radio, car) for faq in faqs]
        assert inside <= set(found), (radio, car)
        assert outside.isdisjoint(found), (radio, car)
        assert len(found) == len(set(found)), (radio, car)


@pytest.mark.services
def test_questions_come_in_the_order_of_the_guide() -> None:
    sections = [section for section, _faqs in selectors.questions_by_section()]
    assert sections == [section for section in Section if section in sections]


# ---- Cars, messages, words


def test_a_generation_overlaps_with_its_neighbours() -> None:
    for car, neighbours in {"mk1": ["mk2"], "mk2": ["mk1", "mk3"], "mk4": ["mk3"]}.items():
        generation = selectors.get_generation(car)
        found = selectors.overlaps(generation)
        assert [(each.earlier if each.later == generation else each.later).slug for each in found] == neighbours, car


@pytest.mark.services
def test_a_generation_lists_its_radios_and_phases_in_order() -> None:
    mk2 = selectors.get_generation("mk2")
    assert [fitment.radio.slug for fitment in mk2.fitments.all()] == [
        "6000-cd",
        "sony",
        "6006-cdc",
        "sony-dab",
        "travelpilot",
    ]
    assert slugs(mk2.phases.all()) == ["launch", "facelift"]


def test_the_vocabulary_holds_every_spelling_and_every_name() -> None:
    vocabulary = stored_vocabulary()
    messages = ErrorMessage.objects.all()
    spellings = {(each, message.slug) for message in messages for each in message.spellings}
    names = {(name, radio.slug) for radio in RadioUnit.objects.all() for name in radio.names}
    assert {(each, message.slug) for message in vocabulary.messages for each in message.spellings} == spellings
    assert set(vocabulary.radios) == names
    assert {("WAIT ##", "wait"), ("10LOCKED", "locked10")} <= spellings
    assert {("6000CD", "6000-cd"), ("Travel Pilot", "travelpilot")} <= names


def test_a_radio_goes_on_in_the_right_row_of_its_guide() -> None:
    for message, radio, row in [
        ("wait", "6000-cd", "m-wait"),  # the wait itself comes first
        ("locked13", "sony", "m-locked13"),
        ("code", "6000-cd", "serial"),
        ("code", "travelpilot", "label"),  # its display shows no serial
        ("no-display", "sony", "fuses"),
        ("no-display", "sync-3", "restart"),  # before its fuse is suspected
    ]:
        found = {unit.slug: url for unit, url in selectors.radios_that_show(selectors.get_message(message))}
        assert found[radio] == f"/radios/{radio}/#{row}", message


def test_an_overlap_has_the_nearest_phases_of_both_sides() -> None:
    for overlap in selectors.every_overlap():
        earlier, later = overlap.earlier.phases.all()[0], overlap.later.phases.all()[0]
        assert earlier.last_year == max(phase.last_year or 0 for phase in overlap.earlier.phases.all())
        assert later.first_year == min(phase.first_year for phase in overlap.later.phases.all())


def test_every_source_of_a_claim_is_listed_and_has_its_claims() -> None:
    kinds = {type(claim) for claim in selectors.get_source("base-article")[1]}
    assert kinds >= {Generation, RadioUnit, Fitment, Procedure, ErrorMessage, FAQ, CodeSource}
    assert Step not in kinds
    listed = selectors.sources()
    assert len(listed) > 50
    for source in listed:
        _source, claims = selectors.get_source(source.slug)
        assert claims, source
        assert len(set(claims)) == len(claims), source


def test_a_source_without_claims_is_not_listed() -> None:
    Source.objects.create(slug="unused", title="Unused", kind="forum", read_on="2026-11-22")
    assert "unused" not in slugs(selectors.sources())
    with pytest.raises(Source.DoesNotExist):
        selectors.get_source("unused")


# ---- Drafts


def in_guide(part: Callable[[Guide], Any]) -> Callable[[], list[str]]:
    return lambda: slugs(part(get_guide("6000-cd", "mk2")))


def procedures_of(ways: list[GuideProcedure]) -> list[Procedure]:
    return [way.procedure for way in ways]


def ways_of(messages: Iterable[ErrorMessage]) -> list[CodeSource]:
    return [message.way for message in messages if message.way]


def radios_of_other_fords() -> list[str]:
    return next(slugs(car.radios.all()) for car in selectors.directory()[0].car_guides.all() if car.slug == "other")


DRAFTS: list[tuple[type[Model], str, Callable[[], list[str]]]] = [
    (Procedure, "find-label", in_guide(lambda guide: procedures_of(guide.reading))),
    (Step, "photo", lambda: list(steps_of(get_guide("6000-cd"), "find-label"))),
    (CodeSource, "ford-dealer", in_guide(lambda guide: guide.code_sources)),
    (CodeSource, "ford-dealer", lambda: slugs(selectors.code_sources())),
    (CodeSource, "specialist-or-used-radio", in_guide(lambda guide: ways_of(guide.messages))),
    (CodeSource, "specialist-or-used-radio", lambda: slugs(ways_of([selectors.get_message("locked13")]))),
    (ErrorMessage, "wait", in_guide(lambda guide: guide.messages)),
    (ErrorMessage, "wait", lambda: slugs(selectors.messages())),
    (ErrorMessage, "wait", lambda: slugs(stored_vocabulary().messages)),
    (RadioUnit, "sony", lambda: [slug for _name, slug in stored_vocabulary().radios]),
    (RadioUnit, "sony", lambda: slugs(selectors.radios())),
    (
        RadioUnit,
        "sony",
        lambda: [each.slug for each, _url in selectors.radios_that_show(selectors.get_message("code"))],
    ),
    (RadioUnit, "sony", lambda: [each.radio.slug for each in selectors.get_generation("mk2").fitments.all()]),
    (RadioUnit, "sony", lambda: radios_of_other_fords()),
    (FAQ, "second-hand-radio", in_guide(lambda guide: guide.questions)),
    (FAQ, "code-card", lambda: [faq.slug for _section, faqs in selectors.questions_by_section() for faq in faqs]),
    (Generation, "mk1", lambda: slugs(selectors.generations())),
    (Generation, "mk1", lambda: list(answer_rows().generations)),
    (Generation, "mk1", lambda: [each.earlier for each in answer_rows().overlaps]),
    (Generation, "mk1", lambda: [each.earlier.slug for each in selectors.overlaps(Generation.objects.get(slug="mk2"))]),
    (
        Generation,
        "mk1",
        lambda: [each.generation.slug for each in selectors.radios().get(slug="6000-cd").fitments.all()],
    ),
    (Phase, "facelift", lambda: slugs(selectors.get_generation("mk2").phases.all())),
    (ErrorMessage, "wait", lambda: slugs(selectors.messages_to_tap())),
    (
        RadioUnit,
        "sony",
        lambda: [each.radio.slug for car in selectors.generations_with_radios() for each in car.fitments.all()],
    ),
    (Phase, "facelift", in_guide(lambda guide: {fuse.phase: None for fuse in guide.fuses})),
    (Make, "honda", lambda: slugs(selectors.directory())),
    (CarGuide, "fiesta", lambda: slugs(selectors.directory()[0].car_guides.all())),
]


@pytest.mark.services
@pytest.mark.parametrize(("model", "slug", "found"), DRAFTS)
def test_a_draft_never_appears(model: type[Model], slug: str, found: Callable[[], list[str]]) -> None:
    assert slug in found()
    withdraw(model, slug=slug)
    assert slug not in found()


@pytest.mark.parametrize(
    ("model", "slug", "url"),
    [
        (Generation, "mk2", "/focus/mk2/"),
        (Generation, "mk2", "/focus/mk2/sony/"),
        (RadioUnit, "sony", "/focus/mk2/sony/"),
        (RadioUnit, "sony", "/radios/sony/"),
        (ErrorMessage, "wait", "/messages/wait/"),
    ],
)
def test_a_draft_has_no_page(client: Client, model: type[Model], slug: str, url: str) -> None:
    assert client.get(url).status_code == 200
    withdraw(model, slug=slug)
    assert client.get(url).status_code == 404


def test_a_withdrawn_fitment_leaves_the_car_and_the_radio(client: Client) -> None:
    withdraw(Fitment, generation__slug="mk2", radio__slug="sony")
    assert client.get("/focus/mk2/sony/").status_code == 404
    assert client.get("/focus/mk2/").status_code == 200
    assert client.get("/radios/sony/").status_code == 200


def test_a_draft_is_no_claim_of_a_source() -> None:
    source, claims = selectors.get_source("sar")
    assert source in selectors.sources()
    for claim in claims:
        type(claim).objects.filter(pk=claim.pk).update(is_published=False)
    assert source not in selectors.sources()
    with pytest.raises(Source.DoesNotExist):
        selectors.get_source("sar")


def test_no_link_of_the_site_leads_to_what_was_withdrawn(client: Client) -> None:
    withdraw(Generation, slug="mk1")
    withdraw(RadioUnit, slug="4000-rds")
    withdraw(Procedure, task__in=["read-serial", "find-label"])
    withdraw(ErrorMessage, slug="wait")
    assert dead_links(walk(client)) == set()


# ---- Queries

COPY = "-copy-"
TODAY = date(2026, 11, 22)


def multiply(rows: Any, times: int, related: dict[str, int] | None = None) -> None:
    """Copy these rows until there are this many times as many.

    A copy has the many-to-many relations of its original; of those in `related` only that one row.
    """
    model = rows.model
    originals = [row for row in rows for _ in range(1, times)]
    copies = []
    for number, original in enumerate(originals):
        copy = model(**{each.attname: getattr(original, each.attname) for each in model._meta.concrete_fields})
        copy.pk = None
        if model is Fuse:
            copy.box = f"{original.box[:40]}{COPY}{number}"
        else:
            copy.slug = f"{original.slug[:30]}{COPY}{number}"
        copies.append(copy)
    model.objects.bulk_create(copies)
    for relation in model._meta.many_to_many:
        through = relation.remote_field.through
        if not through._meta.auto_created:
            continue
        own, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        found: dict[int, list[int]] = defaultdict(list)
        for pk, other_pk in through.objects.values_list(own, other):
            found[pk].append(other_pk)
        if related:
            found = defaultdict(list, {pk: [related[relation.name]] for pk in found})
        through.objects.bulk_create(
            through(**{own: copy.pk, other: other_pk})
            for copy, original in zip(copies, originals, strict=True)
            for other_pk in found[original.pk]
        )


def multiply_everything(times: int) -> None:
    """Copies of every row that a page could read."""
    multiplied: list[type[NaturalKeyModel]] = [Source, *Claim.__subclasses__()]
    for model in multiplied:
        if all("__" in field for field in model.natural_key_fields):
            continue  # known by its parents alone, so it cannot be copied
        multiply(model.objects.all(), times)
    for claim in [*FAQ.objects.all()[:20], *CodeSource.objects.all()[:6]]:
        claim.sources.add(*Source.objects.all()[: 10 * times])
    copied_procedures = Procedure.objects.filter(slug__contains=COPY)
    for radio in RadioUnit.objects.exclude(slug__contains=COPY):
        tasks = radio.procedures.values("task")
        radio.uses.bulk_create(
            ProcedureUse(procedure=each, radio=radio, order=90) for each in copied_procedures.filter(task__in=tasks)
        )
    originals = Fitment.objects.all()
    for car in Generation.objects.exclude(slug__contains=COPY):
        Fitment.objects.bulk_create(
            Fitment(generation=car, radio=radio, first_year=2000, last_year=2001, is_published=True, checked_on=TODAY)
            for radio in RadioUnit.objects.filter(slug__contains=COPY)[: originals.count() * times // 4]
        )


def queries_of(read: Callable[..., object], *args: object) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(*args)
    return len(queries)


PAGES = [
    "/",
    "/focus/mk2/",
    "/focus/mk2/6000-cd/",
    "/focus/mk4/sync-3/",
    "/radios/",
    "/radios/sony/",
    "/messages/",
    "/messages/code/",
    "/find-my-focus/",
    "/get-the-code/",
    "/questions/",
    "/cars/",
    "/about/sources/",
    "/about/sources/base-article/",
    "/reader.json",
    "/focus/mk2/6000-cd/reader.json",
]


def test_no_page_needs_more_queries_for_three_times_the_content(client: Client) -> None:
    client.get("/")  # fills what is read once in a process
    before = {url: queries_of(client.get, url) for url in PAGES}
    size = len(client.get("/focus/mk2/6000-cd/").content)
    multiply_everything(3)
    assert {url: queries_of(client.get, url) for url in PAGES} == before
    assert len(client.get("/focus/mk2/6000-cd/").content) > 2 * size  # there is more content


@pytest.mark.parametrize("url", ["/focus/mk2/6000-cd/", "/radios/6000-cd/"])
def test_a_guide_needs_few_queries(client: Client, url: str) -> None:
    assert queries_of(client.get, url) <= 20


def claims_of(guide: Guide) -> list[Claim]:
    """All claims of a guide, read with their sources and addresses as on its page."""
    assert guide.evidence
    assert all(fuse.phase.years for fuse in guide.fuses)
    assert all(way.get_absolute_url() for way in guide.code_sources)
    assert all(message.get_absolute_url() for message in guide.messages)
    assert guide.anchors
    return guide.claims


def test_a_guide_needs_no_more_queries_for_a_hundred_times_the_content() -> None:
    def read() -> list[Claim]:
        return claims_of(get_guide("6000-cd", "mk2"))

    rows, before = read(), queries_of(read)
    related = {
        "sources": Source.objects.get(slug="base-article").pk,
        "generations": Generation.objects.get(slug="mk2").pk,
        "radios": RadioUnit.objects.get(slug="6000-cd").pk,
    }
    multiplied = 0
    for model in (FAQ, ErrorMessage, CodeSource, Step):
        shown = model.objects.filter(pk__in=[row.pk for row in rows if isinstance(row, model)])
        if model is Step:
            shown = shown.filter(procedure__slug="serial-on-display")
        multiplied += shown.count()
        multiply(shown, 100, related)
    with CaptureQueriesContext(connection) as queries:
        assert len(read()) == len(rows) + 99 * multiplied
    assert len(queries) == before
