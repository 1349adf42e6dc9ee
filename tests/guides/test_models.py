"""What may be stored, what the database itself refuses, and what an editor is told; what the public may see."""

from collections.abc import Callable
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
from guides.models.base import Claim, NaturalKeyModel, PublishedModel
from guides.models.keys import Press, presses, validate_presses

pytestmark = pytest.mark.django_db

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

# (constraint, model, a wrong entry, what the editor is told)
CHECKS: list[tuple[str, type[Model], dict[str, Any], str]] = [
    ("radiounit_tries_in_order", RadioUnit, {"tries": 2, "free_tries": 3}, "From 1 to 20 tries"),
    *(
        (
            f"guides_{model._meta.model_name}_disputed_says_what_others_say",
            model,
            {"confidence": "disputed", "others_say": ""},
            "A disputed claim must say what others say.",
        )
        for model in CLAIMS
    ),
    *(
        (
            f"guides_{model._meta.model_name}_published_was_checked",
            model,
            {"is_published": True, "checked_on": None},
            "Fill in “checked on” before you publish.",
        )
        for model in CLAIMS
    ),
    *(
        (
            f"guides_{model._meta.model_name}_years_in_order",
            model,
            {"first_year": 2005, "last_year": 2004},
            "The last year cannot come before the first.",
        )
        for model in (Generation, Phase, Overlap, Fitment)
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
    ("errormessage_severity_known", ErrorMessage, {"severity": "odd"}, "Value 'odd' is not a valid choice"),
    ("fuse_has_a_rating", Fuse, {"amps": 0}, "A fuse has a rating above zero."),
    ("fuse_has_a_rating", Fuse, {"amps": -15}, "A fuse has a rating above zero."),
    *(
        ("serialformat_mask_has_a_digit", SerialFormat, {"mask": mask}, "One capital letter, then a #")
        for mask in ("M", "######", "#M")
    ),
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
        *((model, {"is_published": False, "checked_on": None}) for model in CLAIMS),
        *((model, {"confidence": "disputed", "others_say": "One says so, another not."}) for model in CLAIMS),
        *((model, {"first_year": 2004, "last_year": 2004}) for model in (Generation, Phase, Overlap, Fitment)),
        (Fuse, {"amps": "7.5"}),
        (SerialFormat, {"mask": "X##"}),
    ],
    ids=name_of,
)
def test_a_row_that_keeps_the_rules_is_stored(model: type[Model], changes: dict[str, Any]) -> None:
    row = wrong_value(first(model), changes)
    row.full_clean()
    row.save()


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_database_puts_its_rows_into_the_same_order(model: type[Model]) -> None:
    """Each has its own idea of an alphabet, and of where nothing stands."""
    for name in [each for each in model._meta.ordering or () if isinstance(each, str)]:
        field = Query(model).resolve_ref(name).target  # type: ignore[attr-defined]
        assert not isinstance(field, models.CharField), "use ByCodePoint"
        assert not field.null


# ---- What two rows may not share

# (constraint, model, the columns)
UNIQUE: list[tuple[str, type[Model], tuple[str, ...]]] = [
    *(
        ("slug", model, ("slug",))
        for model in (Source, Generation, SerialFormat, RadioUnit, Procedure, ErrorMessage, FAQ, CodeSource, Make)
    ),
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
        (Phase, {"generation_id": lambda _row: Generation.objects.latest("pk").pk, "slug": "third"}),
        (Step, {"slug": "one-more"}),
        (Fuse, {"number": "99"}),
        (CarGuide, {"make_id": lambda _row: Make.objects.latest("pk").pk}),
    ],
    ids=name_of,
)
def test_what_is_unique_in_its_parent_may_stand_in_another(model: type[Model], changes: dict[str, Any]) -> None:
    row = wrong_value(twin(model, ()), changes)
    row.full_clean()
    row.save()


def test_every_constraint_of_the_models_is_tried() -> None:
    declared = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert {name for name, *_rest in CHECKS} | {name for name, *_rest in UNIQUE} - {"slug", "mask"} == declared


def test_every_constraint_of_the_models_is_of_a_kind_that_is_tried() -> None:
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("5", (("5",),)),
        ("1+6", (("1", "6"),)),
        ("6+2", (("6", "2"),)),
        ("1+6 2+6", (("1", "6"), ("2", "6"))),
        ("5 OK *", (("5",), ("OK",), ("*",))),
        ("Power+Seek-up", (("Power", "Seek-up"),)),
        ("1+2+3", (("1", "2", "3"),)),
        ("  5   OK ", (("5",), ("OK",))),
    ],
)
def test_presses_are_read_in_the_order_written(text: str, expected: tuple[Press, ...]) -> None:
    assert presses(text) == expected


@pytest.mark.parametrize(
    "text", ["5", "*", "OK", "1+6", "1+6 2+6", "5 OK *", "Power+Seek-up", "SERIAL", "OTHER-SERIAL", "OTHER-CONFIRM"]
)
def test_keys_as_they_stand_on_a_radio_are_accepted(text: str) -> None:
    validate_presses(text)


@pytest.mark.parametrize(
    "text", ["1 + 6", "1+", "+6", "1++6", "5,OK", "5  OK", " 5", "5 ", "5\n", "hold 6!", "<b>", "5/OK", "ö"]
)
def test_keys_in_another_form_are_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Write keys as they stand on the radio"):
        validate_presses(text)


@pytest.mark.parametrize(("model", "field"), [(RadioUnit, "serial_keys"), (RadioUnit, "confirm_keys"), (Step, "keys")])
def test_every_column_of_keys_is_validated(model: type[Model], field: str) -> None:
    row = wrong_value(first(model), {field: "1 + 6"})
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize("mask", ["M######", "V######", "X#"])
def test_a_mask_is_one_capital_and_digits(mask: str) -> None:
    SerialFormat(slug="other", name="Other", mask=mask).clean_fields()


@pytest.mark.parametrize(
    "mask", ["", "M", "m######", "MM#####", "######", "M######\n", "M#####1", "M #####", "[MV]#", r"M\d"]
)
def test_a_mask_of_another_form_is_refused(mask: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SerialFormat(slug="other", name="Other", mask=mask).clean_fields()
    assert set(refused.value.message_dict) == {"mask"}


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Generation, "confidence"),
        (Phase, "drawing"),
        (RadioUnit, "controls"),
        (RadioUnit, "code_needed"),
        (RadioUnit, "faceplate"),
        (Fitment, "code_needed"),
        (Procedure, "task"),
        (Step, "severity"),
        (ErrorMessage, "severity"),
        (ErrorMessage, "leads_to"),
        (FAQ, "section"),
        (Source, "kind"),
    ],
    ids=name_of,
)
def test_a_closed_list_takes_nothing_else(model: type[Model], field: str) -> None:
    row = wrong_value(first(model), {field: "nonsense"})
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert field in refused.value.message_dict


# ---- Natural keys


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_a_row_is_found_by_its_natural_key(model: type[NaturalKeyModel]) -> None:
    for row in model.objects.all():
        assert model.objects.get_by_natural_key(*row.natural_key()) == row


def test_a_natural_key_of_the_wrong_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        Phase.objects.get_by_natural_key("mk1")


def as_text(model: type[Model]) -> str:
    rows = model._default_manager.order_by("pk")
    return serializers.serialize("json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_rows_written_by_natural_key_are_read_back_as_the_same_rows(model: type[NaturalKeyModel]) -> None:
    read = list(serializers.deserialize("json", as_text(model)))
    originals = list(model.objects.order_by("pk"))
    assert len(read) == len(originals)
    for each, original in zip(read, originals, strict=True):
        for field in model._meta.concrete_fields:
            assert getattr(each.object, field.attname) == getattr(original, field.attname)
        for name, related in (each.m2m_data or {}).items():
            assert {getattr(one, "pk", one) for one in related} == {one.pk for one in getattr(original, name).all()}


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


@pytest.mark.parametrize("model", [model for model in MODELS if issubclass(model, PublishedModel)], ids=name_of)
def test_a_draft_is_not_public(model: type[PublishedModel]) -> None:
    row = first(model)
    assert row in model.objects.published()
    model.objects.filter(pk=row.pk).update(is_published=False)
    assert row not in model.objects.published()
    assert row in model.objects.all()


@pytest.mark.parametrize("model", [model for model in MODELS if issubclass(model, PublishedModel)], ids=name_of)
def test_a_new_row_is_a_draft(model: type[PublishedModel]) -> None:
    assert model().is_published is False


# ---- What rows say of themselves


@pytest.mark.parametrize(
    ("first_year", "last_year", "years"), [(1998, 2004, "1998–2004"), (2004, 2004, "2004"), (2010, 2011, "2010–2011")]
)
def test_years_are_written_as_a_range_or_alone(first_year: int, last_year: int, years: str) -> None:
    assert Generation(first_year=first_year, last_year=last_year).years == years


@pytest.mark.parametrize(
    ("synonyms", "spellings"),
    [
        ("", ["WAIT"]),
        ("HOLD", ["WAIT", "HOLD"]),
        ("HOLD\nCODE HOLD\n", ["WAIT", "HOLD", "CODE HOLD"]),
        ("\r\n  HOLD  \r\n\r\n", ["WAIT", "HOLD"]),
    ],
)
def test_spellings_are_the_display_and_a_synonym_to_a_line(synonyms: str, spellings: list[str]) -> None:
    assert ErrorMessage(display="WAIT", synonyms=synonyms).spellings == spellings


@pytest.mark.parametrize(
    ("other_names", "names"),
    [("", ["Sony"]), ("Sony CD", ["Sony", "Sony CD"]), (" Sony CD ,, Sony 6CD,", ["Sony", "Sony CD", "Sony 6CD"])],
)
def test_names_are_the_own_name_and_others_between_commas(other_names: str, names: list[str]) -> None:
    assert RadioUnit(name="Sony", other_names=other_names).names == names


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Ford Owners Club: how a code is keyed in", "Ford Owners Club"),
        ("The base article", "The base article"),
        ("Forum: a: b", "Forum"),
    ],
)
def test_short_title_is_where_a_source_was_published(title: str, short: str) -> None:
    assert Source(title=title).short_title == short


def test_a_serial_format_knows_its_letter() -> None:
    assert SerialFormat(mask="M######").letter == "M"


@pytest.mark.parametrize(
    ("model", "key", "name"),
    [
        (Generation, ["mk1"], "Mk1 (1998–2004)"),
        (Phase, ["mk2", "facelift"], "Mk2, facelift, also called Mk2.5 (2008–2010)"),
        (Overlap, ["mk1", "mk2"], "Mk1 / Mk2 (2004)"),
        (Fuse, ["mk2", "launch", "Fuse box in the cabin", "58"], "Mk2, as launched: 58 (15 A)"),
        (
            Fuse,
            ["mk2", "facelift", "Fuse box under the passenger’s glovebox", "108"],
            "Mk2, facelift, also called Mk2.5: 108 (7.5 A)",
        ),
        (SerialFormat, ["m-code"], "M-code (M######)"),
        (RadioUnit, ["6000-cd"], "6000 CD"),
        (Fitment, ["mk2", "6000-cd"], "Mk2, 6000 CD"),
        (ProcedureUse, ["6000-cd", "find-label"], "6000 CD: Find the label on the radio"),
        (ErrorMessage, ["wait"], "WAIT"),
        (CarGuide, ["ford", "fiesta"], "Ford Fiesta"),
        (Make, ["ford"], "Ford"),
    ],
    ids=name_of,
)
def test_rows_are_named_as_people_call_them(model: type[NaturalKeyModel], key: list[str], name: str) -> None:
    assert str(model.objects.get_by_natural_key(*key)) == name


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
    assert procedure.missing() == [*EVIDENCE, "steps", "a radio unit"]
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


@pytest.mark.parametrize("model", CLAIMS, ids=name_of)
def test_nothing_is_missing_from_the_starting_content(model: type[Claim]) -> None:
    assert {str(row): row.missing() for row in model.objects.all() if row.missing()} == {}
