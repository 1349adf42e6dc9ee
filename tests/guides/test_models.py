"""Constraints of the content in the database and in forms, natural keys, and what is published."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, Model, UniqueConstraint
from django.db.models.sql import Query

from guides.models import (
    FAQ,
    CarGuide,
    CodeNeeded,
    CodeSource,
    Controls,
    ErrorMessage,
    Faceplate,
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
    SerialFormat,
    Source,
    Step,
    Task,
)
from guides.models.base import Claim, NaturalKeyModel, OrderedModel, PublishedModel
from guides.models.keys import Press, presses, validate_presses

pytestmark = [pytest.mark.django_db, pytest.mark.services]

MODELS = [model for model in apps.get_app_config("guides").get_models() if issubclass(model, NaturalKeyModel)]
CLAIMS = [model for model in MODELS if issubclass(model, Claim)]


def name_of(value: Any) -> str:
    """The same in every process: a function would tell its address."""
    if isinstance(value, dict):
        return ", ".join(f"{name}={'…' if callable(each) else each}" for name, each in value.items())
    return value.__name__ if isinstance(value, type) else str(value)


def first(model: type[Model]) -> Any:
    return model._default_manager.earliest("pk")


def wrong_value(row: Any, changes: dict[str, Any]) -> Any:
    for name, value in changes.items():
        setattr(row, name, value(row) if callable(value) else value)
    return row


# ---- What one row may hold

# (model, field, a wrong entry, what the editor is told at that field)
REFUSALS: list[tuple[type[Model], str, Any, str]] = [
    (Step, "text", "See **this**.", "is markup"),
    (FAQ, "answer", "See example.com/buy.", "is an address of another site"),
    (FAQ, "answer", "Ring 07700 900123.", "looks like a telephone number"),
    (FAQ, "question", "Is WF0AXXWPMA1234567 a VIN?", "looks like a VIN"),
    (FAQ, "others_say", "AB51 CDE", "looks like a number plate"),
    (RadioUnit, "serial_screens", "FD12ABC V987654", "may be a real serial"),
    (CodeSource, "how", "The code is 4821.", "may be a real code"),
    (Source, "note", "V987654", "may be a real serial"),
    (Step, "text", "x" * 10_000, "are too long"),
    (Step, "keys", "99+88", "No radio has a key 99"),
    (Step, "order", 99_999_999, "less than or equal to 9999"),
    (ErrorMessage, "display", "5", "would take “5”"),
    (ErrorMessage, "synonyms", "WAIT ##\nV######", "would take “V123456”"),
    (ErrorMessage, "everyday_words", "E", "would take “e”"),
    (RadioUnit, "other_names", "Sony X, CD", "would take “cd”"),
    (Generation, "other_names", "Focus", "would take “ford focus”"),
    (Procedure, "asked_as", "radio", "would take “radio”"),
    (FAQ, "asked_as", "lost code\nmy/the", "would take “my car radio”"),
    (Fitment, "first_year", 1997, "Outside the years of Mk1 (1998–2004)."),
    (Fitment, "last_year", 2005, "Outside the years of Mk1 (1998–2004)."),
    (Phase, "last_year", None, "Mk1 (1998–2004) has an end."),
    (Overlap, "last_year", None, "both generations have an end."),
]


def test_what_a_field_may_not_hold_is_said_at_the_field() -> None:
    missed = []
    for model, field, value, told in REFUSALS:
        with pytest.raises(ValidationError) as refused:
            wrong_value(first(model), {field: value}).full_clean(validate_unique=False)
        if list(refused.value.message_dict) != [field] or told not in refused.value.messages[0]:
            missed.append((model, field, refused.value.message_dict))
    assert missed == []


def test_a_source_may_name_a_site() -> None:
    wrong_value(first(Source), {"title": "example.com: radios"}).full_clean()


# (constraint, model, a wrong entry, what the editor is told). Inherited constraints are tried on one model.
CHECKS: list[tuple[str, type[Model], dict[str, Any], str]] = [
    ("radiounit_tries_in_order", RadioUnit, {"tries": 2, "free_tries": 3}, "From 1 to 20 tries"),
    (
        "guides_faq_disputed_says_what_others_say",
        FAQ,
        {"confidence": "disputed", "others_say": ""},
        "A disputed claim must say what others say.",
    ),
    (
        "guides_faq_published_was_checked",
        FAQ,
        {"is_published": True, "checked_on": None},
        "Fill in “checked on” before you publish.",
    ),
    (
        "guides_fitment_years_in_order",
        Fitment,
        {"first_year": 2004, "last_year": 2003},
        "The last year cannot come before the first.",
    ),
    (
        "overlap_of_two_generations",
        Overlap,
        {"later_id": lambda overlap: overlap.earlier_id},
        "An overlap is between two different generations.",
    ),
    (
        "guides_faq_disputed_says_what_others_say",
        FAQ,
        {"confidence": "disputed", "others_say": "  "},
        "A disputed claim must say what others say.",
    ),
    (
        "overlap_months_in_order",
        Overlap,
        {"first_month": "2005-02", "last_month": "2004-09"},
        "Name both months, the first one first, or neither.",
    ),
    ("errormessage_severity_known", ErrorMessage, {"severity": "worse"}, "Value 'worse' is not a valid choice."),
    ("guides_faq_order_fits", FAQ, {"order": 10_000}, "Ensure this value is less than or equal to 9999."),
    ("fuse_has_a_rating", Fuse, {"amps": 0}, "A fuse has a rating above zero."),
    ("serialformat_mask_has_a_digit", SerialFormat, {"mask": "######"}, "One capital letter, then a #"),
]


@pytest.mark.parametrize(("constraint", "model", "changes", "told"), CHECKS, ids=name_of)
def test_the_database_refuses_a_row_that_was_never_validated(
    constraint: str, model: type[Model], changes: dict[str, Any], told: str
) -> None:
    row = wrong_value(first(model), changes)
    told_by = {
        "sqlite": f"CHECK constraint failed: {constraint}$",
        "postgresql": f'violates check constraint "{constraint}"',
    }
    with pytest.raises(IntegrityError, match=told_by[connection.vendor]), transaction.atomic():
        model._default_manager.bulk_update([row], [name.removesuffix("_id") for name in changes])


@pytest.mark.parametrize(("constraint", "model", "changes", "told"), CHECKS, ids=name_of)
def test_the_editor_is_told_what_is_wrong_with_a_row(
    constraint: str, model: type[Model], changes: dict[str, Any], told: str
) -> None:
    row = wrong_value(first(model), changes)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert any(message.startswith(told) for message in refused.value.messages)


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (FAQ, {"is_published": False, "checked_on": None}),
        (FAQ, {"confidence": "disputed", "others_say": "One says so, another not."}),
        (Fitment, {"first_year": 2004, "last_year": 2004}),
        (Fuse, {"amps": "7.5"}),
        (SerialFormat, {"mask": "X##"}),
    ],
    ids=name_of,
)
def test_a_row_that_keeps_the_rules_is_stored(model: type[Model], changes: dict[str, Any]) -> None:
    row = wrong_value(first(model), changes)
    row.full_clean()
    row.save()


def declared(*those: type[Model]) -> set[str]:
    return {constraint.name for model in those for constraint in model._meta.constraints}


def inherited(model: type[Model]) -> set[str]:
    """The names of the constraints that this model has from Claim, for its order, and for its years."""
    lower = model._meta.model_name
    names = {f"guides_{lower}_disputed_says_what_others_say"}
    if issubclass(model, Claim) and not model.evidence_from:  # else the day may be that of the parent
        names.add(f"guides_{lower}_published_was_checked")
    years = {f"guides_{lower}_years_in_order"} if hasattr(model, "first_year") else set()
    order = {f"guides_{lower}_order_fits"} if issubclass(model, OrderedModel) else set()
    return (names if issubclass(model, Claim) else set()) | order | years


def test_every_model_has_the_constraints_that_it_inherits() -> None:
    assert {model: inherited(model) - declared(model) for model in MODELS if inherited(model) - declared(model)} == {}


def test_every_database_puts_rows_into_the_same_order() -> None:
    """Databases differ in how they sort texts and where they put NULL."""
    for model in MODELS:
        for name in [each for each in model._meta.ordering or () if isinstance(each, str)]:
            field = Query(model).resolve_ref(name).target  # type: ignore[attr-defined]
            assert not isinstance(field, models.CharField), f"{model}: use ByCodePoint"
            assert not field.null, model


# ---- What two rows may not share

# (constraint, model, the columns)
UNIQUE: list[tuple[str, type[Model], tuple[str, ...]]] = [
    ("slug", FAQ, ("slug",)),
    ("mask", SerialFormat, ("mask",)),
    ("phase_unique_in_generation", Phase, ("generation", "slug")),
    ("overlap_unique", Overlap, ("earlier", "later")),
    ("fuse_unique_in_box", Fuse, ("phase", "box", "number")),
    ("fitment_unique", Fitment, ("generation", "radio")),
    ("procedureuse_unique", ProcedureUse, ("procedure", "radio")),
    ("step_unique_in_procedure", Step, ("procedure", "slug")),
    ("carguide_unique_in_make", CarGuide, ("make", "slug")),
]


def twin(model: type[Model], columns: tuple[str, ...]) -> Any:
    """A new row like the first one; what has to be unique by itself, but is not in question, is changed."""
    row = first(model)
    row.pk = None
    row._state.adding = True
    for each in model._meta.get_fields():
        if isinstance(each, models.CharField) and each.unique and each.name not in columns:
            setattr(row, each.name, {"slug": "a-twin", "mask": "T######"}[each.name])
    return row


@pytest.mark.parametrize(("constraint", "model", "columns"), UNIQUE, ids=name_of)
def test_the_database_refuses_a_twin_that_was_never_validated(
    constraint: str, model: type[Model], columns: tuple[str, ...]
) -> None:
    named = [str(model._meta.get_field(name).column) for name in columns]  # type: ignore[union-attr]
    told_by = {
        "sqlite": f"UNIQUE constraint failed: {', '.join(f'{model._meta.db_table}.{name}' for name in named)}$",
        "postgresql": rf"Key \({', '.join(named)}\)=",
    }
    with pytest.raises(IntegrityError, match=told_by[connection.vendor]), transaction.atomic():
        model._default_manager.bulk_create([twin(model, columns)])


@pytest.mark.parametrize(("constraint", "model", "columns"), UNIQUE, ids=name_of)
def test_the_editor_is_told_that_a_row_exists_already(
    constraint: str, model: type[Model], columns: tuple[str, ...]
) -> None:
    with pytest.raises(ValidationError) as refused:
        twin(model, columns).full_clean()
    assert any(message.endswith("already exists.") for message in refused.value.messages)


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (
            Phase,
            {
                "generation_id": lambda _row: Generation.objects.latest("pk").pk,
                "slug": "third",
                "first_year": 2020,
                "last_year": 2021,
            },
        ),
        (Step, {"slug": "one-more"}),
        (Fuse, {"number": "99"}),
        (CarGuide, {"make_id": lambda _row: Make.objects.latest("pk").pk, "name": "Another", "other_names": ""}),
    ],
    ids=name_of,
)
def test_what_is_unique_in_its_parent_may_stand_in_another(model: type[Model], changes: dict[str, Any]) -> None:
    row = wrong_value(twin(model, ()), changes)
    row.full_clean()
    row.save()


def test_every_natural_key_is_unique() -> None:
    """By a constraint over just these columns, or by a unique column."""
    for model in MODELS:
        columns = {name.split("__")[0] for name in model.natural_key_fields}
        unique = [set(each.fields) for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
        unique += [{field.name} for field in model._meta.concrete_fields if field.unique]
        assert columns in unique, model


def test_every_constraint_is_tried() -> None:
    tried = {name for name, *_rest in (*CHECKS, *UNIQUE)} - {"slug", "mask"}
    assert declared(*MODELS) == tried.union(*map(inherited, MODELS))
    kinds = {type(constraint) for model in MODELS for constraint in model._meta.constraints}
    assert kinds == {CheckConstraint, UniqueConstraint}


def test_every_constraint_is_in_the_migrations(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "guides", check=True, dry_run=True)
    assert "No changes" in capsys.readouterr().out


def test_a_serial_format_in_use_cannot_be_deleted() -> None:
    with pytest.raises(models.ProtectedError):
        SerialFormat.objects.get_by_natural_key("m-code").delete()


@pytest.mark.parametrize("field", ["order", "first_year", "last_year"])
def test_numbers_below_zero_are_refused_by_the_database(field: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Generation.objects.filter(slug="mk1").update(**{field: -1})


# ---- Words that an editor writes


def test_presses_are_read_in_the_order_written() -> None:
    expected: dict[str, tuple[Press, ...]] = {
        "": (),
        "5": (("5",),),
        "1+6": (("1", "6"),),
        "6+2": (("6", "2"),),
        "1+6 2+6": (("1", "6"), ("2", "6")),
        "5 OK *": (("5",), ("OK",), ("*",)),
        "Power+Seek-up": (("Power", "Seek-up"),),
        "1+2+3": (("1", "2", "3"),),
        "  5   OK ": (("5",), ("OK",)),
    }
    assert {text: presses(text) for text in expected} == expected


def refused(validate: Callable[[str], None], texts: Iterable[str]) -> list[str]:
    found = []
    for text in texts:
        try:
            validate(text)
        except ValidationError:
            found.append(text)
    return found


def test_keys_are_written_as_they_stand_on_a_radio() -> None:
    right = ["5", "*", "OK", "1+6", "1+6 2+6", "5 OK *", "Power+Seek-up", "SERIAL", "OTHER-SERIAL", "OTHER-CONFIRM"]
    wrong = ["1 + 6", "1+", "+6", "1++6", "5,OK", "5  OK", " 5", "5 ", "5\n", "hold 6!", "<b>", "5/OK", "ö"]
    assert refused(validate_presses, [*right, *wrong]) == wrong


@pytest.mark.parametrize(("model", "field"), [(RadioUnit, "serial_keys"), (RadioUnit, "confirm_keys"), (Step, "keys")])
def test_every_column_of_keys_is_validated(model: type[Model], field: str) -> None:
    row = wrong_value(first(model), {field: "1 + 6"})
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_a_mask_is_one_capital_and_digits() -> None:
    def validate(mask: str) -> None:
        SerialFormat(slug="other", name="Other", mask=mask).clean_fields()

    wrong = ["", "M", "m######", "MM#####", "######", "M######\n", "M#####1", "M #####", "[MV]#", r"M\d"]
    assert refused(validate, ["M######", "V######", "X#", *wrong]) == wrong


def test_a_closed_list_takes_nothing_else() -> None:
    closed = [(model, field) for model in MODELS for field in model._meta.concrete_fields if field.choices]
    assert len(closed) >= 12
    for model, field in closed:
        with pytest.raises(ValidationError) as refused:
            wrong_value(first(model), {field.name: "nonsense"}).full_clean()
        assert field.name in refused.value.message_dict, field


# ---- Natural keys


def test_a_row_is_found_by_its_natural_key() -> None:
    for model in MODELS:
        for row in model.objects.all():
            assert model.objects.get_by_natural_key(*row.natural_key()) == row


def test_a_natural_key_of_the_wrong_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        Phase.objects.get_by_natural_key("mk1")


def as_text(model: type[Model]) -> str:
    rows = model._default_manager.order_by("pk")
    return serializers.serialize("json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True)


def test_all_content_survives_the_way_through_a_file() -> None:
    as_written = {model._meta.label: as_text(model) for model in MODELS}
    Fitment.objects.all().delete()  # protects its serial format
    for model in MODELS:
        model.objects.all().delete()
    in_order = serializers.sort_dependencies([(apps.get_app_config("guides"), MODELS)])
    for written in in_order:
        for each in serializers.deserialize("json", as_written[written._meta.label]):
            each.save()
    assert {model._meta.label: as_text(model) for model in MODELS} == as_written


# ---- What the public may see

# (what is withdrawn, what goes with it)
Rows = Callable[[], models.QuerySet[Any]]
WITH_PARENTS: list[tuple[str, Rows, Rows]] = [
    (
        "generation and its fitments",
        lambda: Generation.objects.filter(slug="mk1"),
        lambda: Fitment.objects.filter(generation__slug="mk1"),
    ),
    (
        "generation and its phases",
        lambda: Generation.objects.filter(slug="mk1"),
        lambda: Phase.objects.filter(generation__slug="mk1"),
    ),
    (
        "generation and its fuses",
        lambda: Generation.objects.filter(slug="mk1"),
        lambda: Fuse.objects.filter(phase__generation__slug="mk1"),
    ),
    (
        "generation and its cars in the directory",
        lambda: Generation.objects.filter(slug="mk1"),
        lambda: CarGuide.objects.filter(generation__slug="mk1"),
    ),
    (
        "earlier generation and its overlap",
        lambda: Generation.objects.filter(slug="mk1"),
        lambda: Overlap.objects.filter(earlier__slug="mk1"),
    ),
    (
        "later generation and its overlap",
        lambda: Generation.objects.filter(slug="mk4"),
        lambda: Overlap.objects.filter(later__slug="mk4"),
    ),
    (
        "phase and its fuses",
        lambda: Phase.objects.filter(generation__slug="mk2", slug="facelift"),
        lambda: Fuse.objects.filter(phase__generation__slug="mk2", phase__slug="facelift"),
    ),
    (
        "radio and its fitments",
        lambda: RadioUnit.objects.filter(slug="6000-cd"),
        lambda: Fitment.objects.filter(radio__slug="6000-cd"),
    ),
    (
        "procedure and its steps",
        lambda: Procedure.objects.filter(slug="find-label"),
        lambda: Step.objects.filter(procedure__slug="find-label"),
    ),
    ("make and its cars", lambda: Make.objects.filter(slug="ford"), lambda: CarGuide.objects.filter(make__slug="ford")),
]


@pytest.mark.parametrize(
    ("parent", "children"), [row[1:] for row in WITH_PARENTS], ids=[row[0] for row in WITH_PARENTS]
)
def test_a_withdrawn_parent_takes_its_children_with_it_and_no_others(parent: Rows, children: Rows) -> None:
    model = children().model
    expected = set(model.objects.published()) - set(children())
    assert children().exists()
    parent().update(is_published=False)
    assert set(model.objects.published()) == expected
    assert expected


def test_every_parent_that_withdraws_its_children_is_tried() -> None:
    tried = {(parent().model, children().model) for _name, parent, children in WITH_PARENTS}
    declared = set()
    for model in MODELS:
        for path in getattr(model, "published_with", ()):
            related: Any = model
            for name in path.split("__"):
                related = related._meta.get_field(name).related_model
            declared.add((related, model))
    assert tried == declared


def test_a_new_row_is_a_draft_and_a_draft_is_not_public() -> None:
    for model in [model for model in MODELS if issubclass(model, PublishedModel)]:
        row = first(model)
        assert row in model.objects.published()
        model.objects.filter(pk=row.pk).update(is_published=False)
        assert row not in model.objects.published()
        assert row in model.objects.all()
        model.objects.filter(pk=row.pk).update(is_published=True)  # what hangs from it is tried too
        assert model().is_published is False


# ---- What rows say of themselves


def test_years_are_written_as_a_range_or_alone() -> None:
    assert Generation(first_year=1998, last_year=2004).years == "1998–2004"
    assert Generation(first_year=2004, last_year=2004).years == "2004"


def test_spellings_are_the_display_and_the_synonyms_line_by_line() -> None:
    assert ErrorMessage(display="WAIT").spellings == ["WAIT"]
    assert ErrorMessage(display="WAIT", synonyms="HOLD\nCODE HOLD\n").spellings == ["WAIT", "HOLD", "CODE HOLD"]
    assert ErrorMessage(display="WAIT", synonyms="\r\n  HOLD  \r\n\r\n").spellings == ["WAIT", "HOLD"]


def test_names_are_the_name_and_others_between_commas() -> None:
    assert RadioUnit(name="Sony").names == ["Sony"]
    assert RadioUnit(name="Sony", other_names=" Sony CD ,, Sony 6CD,").names == ["Sony", "Sony CD", "Sony 6CD"]


def test_the_short_title_of_a_source_is_where_it_was_published() -> None:
    titles = {
        "Ford Owners Club: how a code is keyed in": "Ford Owners Club",
        "The base article": "The base article",
        "Forum: a: b": "Forum",
    }
    assert {title: Source(title=title).short_title for title in titles} == titles


def test_a_serial_format_knows_its_letter() -> None:
    assert SerialFormat(mask="M######").letter == "M"


def test_rows_are_named_as_people_call_them() -> None:
    facelift = "Mk2, facelift, also called Mk2.5"
    names: dict[tuple[type[NaturalKeyModel], tuple[str, ...]], str] = {
        (Generation, ("mk1",)): "Mk1 (1998–2004)",
        (Phase, ("mk2", "facelift")): f"{facelift} (2008–2010)",
        (Overlap, ("mk1", "mk2")): "Mk1 / Mk2 (2004)",
        (Fuse, ("mk2", "launch", "Fuse box in the cabin", "58")): "Mk2, as launched: 58 (15 A)",
        (Fuse, ("mk2", "facelift", "Fuse box under the passenger’s glovebox", "108")): f"{facelift}: 108 (7.5 A)",
        (SerialFormat, ("m-code",)): "M-code (M######)",
        (RadioUnit, ("6000-cd",)): "6000 CD",
        (Fitment, ("mk2", "6000-cd")): "Mk2, 6000 CD",
        (ProcedureUse, ("6000-cd", "find-label")): "6000 CD: Find the label on the radio",
        (ErrorMessage, ("wait",)): "WAIT",
        (CarGuide, ("ford", "fiesta")): "Ford Fiesta",
        (Make, ("ford",)): "Ford",
    }
    assert {(model, key): str(model.objects.get_by_natural_key(*key)) for model, key in names} == names


# ---- What is still missing before a row can be published


def new_radio(controls: Controls, code_needed: CodeNeeded, confirm_keys: str = "") -> RadioUnit:
    return RadioUnit.objects.create(
        slug="new",
        name="New",
        maker="Somebody",
        controls=controls,
        code_needed=code_needed,
        recognise="Look.",
        faceplate=Faceplate.CD,
        confirm_keys=confirm_keys,
    )


EVIDENCE = ["a source", "date checked"]


@pytest.mark.parametrize(
    ("controls", "code_needed", "confirm_keys", "missing"),
    [
        (Controls.BUTTONS, CodeNeeded.YES, "", [*EVIDENCE, "confirm keys", "procedures"]),
        (Controls.BUTTONS, CodeNeeded.USUALLY_NOT, "", [*EVIDENCE, "confirm keys", "procedures"]),
        (Controls.BUTTONS, CodeNeeded.YES, "5", [*EVIDENCE, "procedures"]),
        (Controls.BUTTONS, CodeNeeded.NO, "", EVIDENCE),
        (Controls.MENU, CodeNeeded.YES, "", EVIDENCE),
        (Controls.TOUCHSCREEN, CodeNeeded.USUALLY_NOT, "", EVIDENCE),
    ],
)
def test_a_radio_lacks_what_its_guide_needs(
    controls: Controls, code_needed: CodeNeeded, confirm_keys: str, missing: list[str]
) -> None:
    assert new_radio(controls, code_needed, confirm_keys).missing() == missing


def test_a_procedure_lacks_steps_and_radios() -> None:
    procedure = Procedure.objects.create(slug="new", name="New", task=Task.ENTER_CODE)
    assert procedure.missing() == [*EVIDENCE, "steps", "in short", "a radio that uses it"]
    procedure.in_short = "Wait"
    Step.objects.create(procedure=procedure, slug="only", text="Wait.")
    ProcedureUse.objects.create(procedure=procedure, radio=first(RadioUnit))
    assert procedure.missing() == EVIDENCE


def test_evidence_fills_the_gaps() -> None:
    faq = FAQ.objects.create(slug="new", question="Why?", answer="So.", section=Section.CODE)
    assert faq.missing() == EVIDENCE
    faq.sources.add(first(Source))
    assert faq.missing() == ["date checked"]
    faq.checked_on = date(2026, 11, 22)
    assert faq.missing() == []
