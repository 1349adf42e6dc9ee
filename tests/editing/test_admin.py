"""The editor's desk: what an editor can open, what is refused and how, and what then reaches the public."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import Model
from django.forms import BaseForm
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from editing.content_file.schema import links
from guides.models import (
    Claim,
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Make,
    Overlap,
    Phase,
    Procedure,
    RadioUnit,
    SerialFormat,
    Source,
    Step,
)

pytestmark = pytest.mark.django_db

CONTENT = [model for model in admin.site._registry if model._meta.app_label == "guides"]
CLAIMS = Claim.__subclasses__()
#: A kind of row, and lookups that find one.
Row: TypeAlias = tuple[type[Model], dict[str, str]]
TODAY = datetime.date(2026, 11, 22)
EVIDENCE = {"confidence": "reported", "order": 10}


def name(model: type[Model]) -> str:
    return model.__name__


every_model = pytest.mark.parametrize("model", CONTENT, ids=name)
every_claim = pytest.mark.parametrize("model", CLAIMS, ids=name)


def url(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:guides_{model._meta.model_name}_{page}", args=args)


def change_url(row: Model) -> str:
    return url(type(row), "change", row.pk)


def text(response: Any) -> str:
    """What the editor reads."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def values(form: BaseForm) -> Iterator[tuple[str, Any]]:
    """What a browser would send back from an untouched form."""
    for field in form:
        value = field.value()
        if not field.field.disabled and value is not None and value is not False:
            yield field.html_name, "on" if value is True else value


def form_data(client: Client, address: str) -> dict[str, Any]:
    """Everything that the page's form would send back untouched, with its inlines."""
    response = client.get(address)
    assert response.status_code == 200
    data = dict(values(response.context["adminform"].form)) | {"why": "A reason."}
    data["version"] = response.context["version"]
    for inline in response.context["inline_admin_formsets"]:
        data |= values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= values(form)
    return data


def post(client: Client, address: str, changes: Mapping[str, Any]) -> Any:
    """Open a form, change some of it, save. A key that starts with + is for a new row in that inline; None empties."""
    data = form_data(client, address)
    for prefix in {key[1:].partition("-")[0] for key in changes if key.startswith("+")}:
        number = data[f"{prefix}-TOTAL_FORMS"]
        data |= {f"{prefix}-TOTAL_FORMS": number + 1, f"{prefix}-{number}-order": 990}
        changes = {key.replace(f"+{prefix}-", f"{prefix}-{number}-"): value for key, value in changes.items()}
    data |= changes
    return client.post(address, {key: value for key, value in data.items() if value is not None})


def stored() -> dict[str, list[dict[str, Any]]]:
    return {name(model): list(model._default_manager.order_by("pk").values()) for model in CONTENT}


def browser_of(person: User) -> Client:
    """Signed in with both factors."""
    client = Client()
    client.force_login(person)
    phone, _ = TOTPDevice.objects.get_or_create(user=person, name="phone")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = phone.persistent_id
    session.save()
    return client


def in_group(group: str) -> Client:
    """The browser of somebody in that group and no other."""
    person = User.objects.create_user(group, is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return browser_of(person)


@pytest.fixture
def admin_client() -> Client:
    """Without a password, unlike pytest-django's own: hashing one takes longer than the test."""
    return browser_of(User.objects.create_superuser("admin"))


@pytest.fixture
def editor() -> Client:
    return in_group("Editors")


@pytest.fixture
def reviewer() -> Client:
    return in_group("Reviewers")


class TestEveryScreen:
    def test_every_claim_has_a_list_of_its_own(self) -> None:
        assert set(CLAIMS) <= set(CONTENT)

    def test_index_greets_the_editor(self, admin_client: Client) -> None:
        assert "Focus Help: editor’s desk" in text(admin_client.get("/admin/"))

    @every_model
    def test_opens(self, admin_client: Client, model: type[Model]) -> None:
        row = model._default_manager.all()[0]
        for address in (url(model, "changelist"), url(model, "add"), change_url(row), url(model, "delete", row.pk)):
            assert admin_client.get(address).status_code == 200

    @every_model
    def test_has_every_field_of_the_row(self, admin_client: Client, model: type[Model]) -> None:
        """Those of rows between two others are in the inlines."""
        form = admin_client.get(change_url(model._default_manager.all()[0])).context["adminform"].form
        related = [each for each in model._meta.many_to_many if links(each)._meta.auto_created]
        fields = [*model._meta.concrete_fields, *related]
        assert {each.name for each in fields if each.editable and not each.primary_key} <= set(form.fields)

    @every_model
    def test_can_be_searched(self, admin_client: Client, model: type[Model]) -> None:
        response = admin_client.get(url(model, "changelist"), {"q": "x"})
        assert response.status_code == 200
        assert response.context["cl"].search_fields

    @every_claim
    def test_lists_can_be_filtered_by_state(self, admin_client: Client, model: type[Model]) -> None:
        query = {"is_published__exact": "1", "confidence__exact": "disputed", "checked_on__isnull": "False"}
        response = admin_client.get(url(model, "changelist"), query)
        assert response.status_code == 200
        assert response.context["cl"].result_count == model._default_manager.filter(confidence="disputed").count()

    @every_model
    def test_list_needs_the_same_queries_whatever_its_length(
        self, admin_client: Client, model: type[Model], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def queries(rows: int) -> int:
            monkeypatch.setattr(admin.site._registry[model], "list_per_page", rows)
            with CaptureQueriesContext(connection) as captured:
                admin_client.get(url(model, "changelist"))
            return len(captured)

        queries(1)  # what is asked only once, such as content types
        assert queries(1) == queries(100)

    @pytest.mark.parametrize("model", [Generation, Phase, Procedure, RadioUnit], ids=name)
    def test_saving_an_untouched_form_changes_nothing(self, editor: Client, model: type[Model]) -> None:
        before = stored()
        for row in model._default_manager.all():
            assert post(editor, change_url(row), {}).status_code == 302
        assert stored() == before

    @pytest.mark.parametrize("model", [Source, RadioUnit, Generation, Procedure, Phase, Make, SerialFormat], ids=name)
    def test_rows_that_others_point_at_can_be_found_by_typing(self, editor: Client, model: type[Model]) -> None:
        """Every field with autocompletion needs its target to be searchable by the editor."""
        pointing = {
            (other._meta.model_name, field)
            for other in CONTENT
            for field in admin.site._registry[other].autocomplete_fields
            if other._meta.get_field(field).related_model is model
        }
        assert pointing
        for model_name, field in pointing:
            query: dict[str, Any] = {"app_label": "guides", "model_name": model_name, "field_name": field, "term": ""}
            assert editor.get("/admin/autocomplete/", query).json()["results"]


class TestWhoMayDoWhat:
    @every_model
    def test_anonymous_is_sent_to_the_login(self, client: Client, model: type[Model]) -> None:
        address = url(model, "changelist")
        assert client.get(address).headers["Location"] == f"/admin/login/?next={address}"

    @every_model
    def test_editor_opens_everything_of_the_content(self, editor: Client, model: type[Model]) -> None:
        row = model._default_manager.all()[0]
        for address in (url(model, "changelist"), url(model, "add"), change_url(row), url(model, "delete", row.pk)):
            assert editor.get(address).status_code == 200

    def test_editor_adds_changes_and_deletes(self, editor: Client) -> None:
        fields = {**EVIDENCE, "name": "Aunt Agatha", "slug": "aunt", "how": "Ask her."}
        assert post(editor, url(CodeSource, "add"), fields).status_code == 302
        row = CodeSource.objects.get(slug="aunt")
        assert not row.is_published
        assert post(editor, change_url(row), {"how": "Write to her."}).status_code == 302
        row.refresh_from_db()
        assert row.how == "Write to her."
        editor.post(url(CodeSource, "delete", row.pk), {"post": "yes", "why": "A reason."})
        assert not CodeSource.objects.filter(slug="aunt").exists()

    def test_a_browser_can_log_in(self, client: Client) -> None:
        """Under the policy “no-referrer” it would post with “Origin: null”, which Django refuses."""
        assert client.get("/admin/login/").headers["Referrer-Policy"] != "no-referrer"

    @every_model
    def test_reviewer_looks_and_changes_nothing(self, reviewer: Client, model: type[Model]) -> None:
        row = model._default_manager.all()[0]
        for address in (url(model, "changelist"), change_url(row)):
            assert reviewer.get(address).status_code == 200
        for address in (url(model, "add"), url(model, "delete", row.pk)):
            assert reviewer.get(address).status_code == 403
        before = stored()
        assert reviewer.post(change_url(row), {"name": "Changed", "is_published": ""}).status_code == 403
        assert stored() == before


class TestWhatReachesThePublic:
    def test_a_changed_fact_is_on_its_page(self, editor: Client, client: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        assert post(editor, change_url(row), {"meaning": "It counts sheep."}).status_code == 302
        assert "It counts sheep." in client.get("/messages/wait/").content.decode()

    def test_an_unpublished_row_has_no_page(self, editor: Client, client: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        assert post(editor, change_url(row), {"is_published": None}).status_code == 302
        assert client.get("/messages/wait/").status_code == 404

    @every_claim
    def test_view_on_site_leads_to_the_public_page(
        self, admin_client: Client, client: Client, model: type[Claim]
    ) -> None:
        for row in model.objects.published()[:2]:
            response = admin_client.get(change_url(row))
            assert client.get(response.context["absolute_url"]).status_code == 200

    def test_view_on_site_is_not_offered_for_what_the_public_cannot_see(self, admin_client: Client) -> None:
        radio = RadioUnit.objects.get(slug="sony")
        RadioUnit.objects.filter(pk=radio.pk).update(is_published=False)
        for row in (radio, radio.fitments.all()[0], Source.objects.all()[0]):
            response = admin_client.get(change_url(row))
            assert response.context.get("absolute_url") is None
            assert "View on site" not in text(response)

    def test_a_procedure_is_shown_at_a_radio_that_the_public_sees(self, admin_client: Client) -> None:
        use = Procedure.objects.filter(uses__isnull=False)[0].uses.all()[0]
        RadioUnit.objects.filter(pk=use.radio_id).update(is_published=False)
        response = admin_client.get(change_url(use.procedure))
        assert use.radio.get_absolute_url() not in (response.context["absolute_url"] or "")


class TestASourceIsDeleted:
    @pytest.fixture
    def row(self) -> ErrorMessage:
        row = ErrorMessage.objects.get(slug="wait")
        row.sources.set(Source.objects.create(slug=slug, title=slug, kind="forum", read_on=TODAY) for slug in "ab")
        return row

    def delete(self, client: Client, *slugs: str) -> Any:
        numbers = [Source.objects.get(slug=slug).pk for slug in slugs]
        if len(numbers) == 1:
            return client.post(url(Source, "delete", *numbers), {"post": "yes", "why": "A reason."})
        selected = {"action": "delete_selected", "_selected_action": numbers, "post": "yes"}
        return client.post(url(Source, "changelist"), selected)

    def test_not_the_last_one_of_what_is_published(self, editor: Client, row: ErrorMessage) -> None:
        assert "Message: WAIT (it is published and has no other source)" in text(self.delete(editor, "a", "b"))
        assert row.sources.count() == 2
        assert self.delete(editor, "a").status_code == 302
        response = self.delete(editor, "b")
        assert "Message: WAIT (it is published and has no other source)" in text(response)
        assert f'href="{change_url(row)}"' in response.content.decode()
        assert row.sources.get().slug == "b"

    @pytest.mark.parametrize("slugs", ["a", "ab"])
    def test_any_of_a_draft(self, editor: Client, row: ErrorMessage, slugs: str) -> None:
        ErrorMessage.objects.filter(pk=row.pk).update(is_published=False)
        assert self.delete(editor, *slugs).status_code == 302
        assert not Source.objects.filter(slug__in=slugs).exists()


class TestTheColumnThatSaysWhatIsMissing:
    def column(self, client: Client, row: Model) -> str:
        page = client.get(url(type(row), "changelist"), {"id__exact": row.pk}).content.decode()
        found = re.search(r'field-missing">(.*?)<', page)
        assert found
        return found[1].replace("&quot;", '"')

    def test_ready(self, admin_client: Client) -> None:
        assert self.column(admin_client, ErrorMessage.objects.get(slug="wait")) == "ready"

    def test_a_bare_row(self, admin_client: Client) -> None:
        row = CodeSource.objects.create(slug="bare", name="Bare", how="Somehow")
        assert self.column(admin_client, row) == "a source, date checked"

    def test_what_the_kind_of_row_needs_besides(self, admin_client: Client) -> None:
        row = Procedure.objects.create(slug="bare", name="Bare", task="read-serial", checked_on=TODAY)
        assert self.column(admin_client, row) == "a source, steps, a radio unit"

    def test_a_draft_that_it_hangs_from(self, admin_client: Client) -> None:
        RadioUnit.objects.filter(slug="sony").update(is_published=False, name="Odd radio")
        row = Fitment.objects.filter(radio__slug="sony")[0]
        assert self.column(admin_client, row) == "publication of “Odd radio”"


GENERATION: Row = (Generation, {"slug": "mk1"})
PHASE: Row = (Phase, {"slug": "launch", "generation__slug": "mk1"})
PROCEDURE: Row = (Procedure, {"slug": "serial-on-display"})
RADIO: Row = (RadioUnit, {"slug": "6000-cd"})
MESSAGE: Row = (ErrorMessage, {"slug": "wait"})
OVERLAP: Row = (Overlap, {"earlier__slug": "mk1"})
FUSE: Row = (Fuse, {"phase__slug": "launch", "phase__generation__slug": "mk1"})
MASK: Row = (SerialFormat, {"slug": "m-code"})
SOURCE: Row = (Source, {"slug": "base-article"})

YEARS = "The last year cannot come before the first."
CHECKED = "Fill in “checked on” before you publish."
OTHERS = "A disputed claim must say what others say."
KEYS = "Write keys as they stand on the radio"
RATING = "A fuse has a rating above zero."

#: What an editor enters where, and what the form says.
REFUSED: list[tuple[Row, dict[str, Any], str]] = [
    # on the row's own page
    (MESSAGE, {"confidence": "disputed", "others_say": ""}, OTHERS),
    (MESSAGE, {"checked_on": ""}, CHECKED),
    (MESSAGE, {"meaning": ""}, "This field is required."),
    (MESSAGE, {"order": "-1"}, "greater than or equal to 0"),
    (GENERATION, {"first_year": 2005, "last_year": 2004}, YEARS),
    (OVERLAP, {"first_year": 2010, "last_year": 2004}, YEARS),
    (FUSE, {"amps": "0"}, RATING),
    (RADIO, {"serial_keys": "1 + 6"}, KEYS),
    (RADIO, {"confirm_keys": "5, OK"}, KEYS),
    (MASK, {"mask": "m######"}, "One capital letter, then a #"),
    (MASK, {"mask": "V######"}, "Serial format with this Mask already exists."),
    (MESSAGE, {"synonyms": "Code"}, "“Code” is a name of “CODE” already."),
    (RADIO, {"other_names": "sony"}, "“sony” is a name of “Sony"),
    (SOURCE, {"url": "not an address"}, "Enter a valid URL."),
    # within another row's page
    (GENERATION, {"phases-0-first_year": 2005, "phases-0-last_year": 2004}, YEARS),
    (GENERATION, {"phases-0-confidence": "disputed", "phases-0-others_say": ""}, OTHERS),
    (GENERATION, {"fitments-0-checked_on": ""}, CHECKED),
    (PHASE, {"fuses-0-amps": "-5"}, RATING),
    (PROCEDURE, {"steps-0-keys": "hold 1+6!"}, KEYS),
    (PROCEDURE, {"steps-0-checked_on": ""}, CHECKED),
]


class TestBadInput:
    """Every refusal is a message in the form, and nothing is stored."""

    def refused(self, client: Client, address: str, changes: Mapping[str, Any], says: str) -> None:
        before = stored()
        response = post(client, address, changes)
        assert response.status_code == 200
        assert says in text(response)
        assert stored() == before

    @pytest.mark.parametrize(("row", "changes", "says"), REFUSED)
    def test_on_a_change_page(self, editor: Client, row: Row, changes: dict[str, Any], says: str) -> None:
        model, key = row
        self.refused(editor, change_url(model._default_manager.filter(**key)[0]), changes, says)

    def test_a_radio_twice_in_one_generation(self, editor: Client) -> None:
        old = Fitment.objects.all()[0]
        years = {"first_year": 2000, "last_year": 2001}
        new = {**EVIDENCE, **years, "generation": old.generation_id, "radio": old.radio_id}
        self.refused(editor, url(Fitment, "add"), new, "Fitment with this Generation and Radio unit already exists.")
        inline = {f"+fitments-{field}": value for field, value in new.items()}
        self.refused(editor, change_url(old.generation), inline, "Two rows have the same Radio unit;")
        self.refused(editor, change_url(old.radio), inline, "Two rows have the same Generation;")

    def test_a_radio_twice_in_a_new_generation(self, editor: Client) -> None:
        new = {**EVIDENCE, "name": "Mk9", "slug": "mk9", "first_year": 2030, "last_year": 2031, "recognise": "New"}
        fitment = {"radio": RadioUnit.objects.all()[0].pk, "first_year": 2030, "last_year": 2031, **EVIDENCE}
        for number in (0, 1):
            new |= {f"fitments-{number}-{field}": value for field, value in fitment.items()}
        says = "Two rows have the same Radio unit; only one of them can stay."
        self.refused(editor, url(Generation, "add"), {**new, "fitments-TOTAL_FORMS": 2}, says)

    def test_a_phase_twice_in_one_generation(self, editor: Client) -> None:
        old = Phase.objects.all()[0]
        new = {**EVIDENCE, "name": "Again", "slug": old.slug, "first_year": 2000, "last_year": 2001, "recognise": "?"}
        address = url(Phase, "add")
        says = "Phase with this Generation and Slug already exists."
        self.refused(editor, address, {**new, "generation": old.generation_id}, says)
        inline = {f"+phases-{field}": value for field, value in new.items()}
        self.refused(editor, change_url(old.generation), inline, "Two rows have the same Slug;")

    def test_a_step_twice_in_one_procedure(self, editor: Client) -> None:
        old = Step.objects.all()[0]
        new = {"text": "Again", "slug": old.slug, "severity": "go", "confidence": "reported"}
        inline = {f"+steps-{field}": value for field, value in new.items()}
        self.refused(editor, change_url(old.procedure), inline, "Two rows have the same Slug;")

    def test_a_procedure_twice_for_one_radio(self, editor: Client) -> None:
        use = RadioUnit.objects.get(slug="6000-cd").uses.all()[0]
        inline = {"+uses-procedure": use.procedure_id}
        self.refused(editor, change_url(use.radio), inline, "Two rows have the same Procedure;")
        inline = {"+uses-radio": use.radio_id}
        self.refused(editor, change_url(use.procedure), inline, "Two rows have the same Radio unit;")

    def test_a_fuse_twice_in_one_box_by_renaming(self, editor: Client) -> None:
        phase = next(phase for phase in Phase.objects.all() if phase.fuses.count() > 1)
        first, second = phase.fuses.all()[:2]
        says = "Fuse with this Phase, Fuse box and Number already exists."
        self.refused(editor, change_url(second), {"box": first.box, "number": first.number}, says)

    def test_two_fuses_that_swap_their_names(self, editor: Client) -> None:
        phase = next(phase for phase in Phase.objects.all() if phase.fuses.count() > 1)
        swapped = {
            f"fuses-{number}-{field}": getattr(fuse, field)
            for number, fuse in enumerate(reversed(phase.fuses.all()[:2]))
            for field in ("box", "number")
        }
        says = "Fuse with this Phase, Fuse box and Number already exists."
        self.refused(editor, change_url(phase), swapped, says)

    def test_an_overlap_of_a_generation_with_itself(self, editor: Client) -> None:
        mk1 = Generation.objects.get(slug="mk1").pk
        new = {**EVIDENCE, "earlier": mk1, "later": mk1, "first_year": 2000, "last_year": 2001}
        new |= {"question": "?", "earlier_answer": "!", "later_answer": "!"}
        says = "An overlap is between two different generations."
        self.refused(editor, url(Overlap, "add"), new, says)

    def test_a_slug_that_is_taken(self, editor: Client) -> None:
        new = {**EVIDENCE, "name": "Again", "slug": "sony", "maker": "Sony", "recognise": "?"}
        new |= {"controls": "buttons", "code_needed": "yes", "faceplate": "sony"}
        self.refused(editor, url(RadioUnit, "add"), new, "Radio unit with this Slug already exists.")

    def test_a_serial_format_in_use_cannot_be_deleted(self, editor: Client) -> None:
        row = Fitment.objects.exclude(serial_format=None)[0].serial_format
        assert row
        response = editor.post(url(SerialFormat, "delete", row.pk), {"post": "yes", "why": "A reason."})
        assert response.status_code == 200
        assert "would require deleting the following protected related objects" in text(response)
        assert SerialFormat.objects.filter(pk=row.pk).exists()


class TestNamesAndOrder:
    def test_what_addresses_are_made_of_stays(self, editor: Client) -> None:
        phase, other = Phase.objects.get(slug="launch", generation__slug="mk1"), Generation.objects.get(slug="mk2")
        response = post(editor, change_url(phase), {"slug": "renamed", "generation": other.pk, "name": "Renamed"})
        assert response.status_code == 302
        phase.refresh_from_db()
        assert (phase.slug, phase.generation.slug, phase.name) == ("launch", "mk1", "Renamed")
        assert "Fixed, because addresses" in text(editor.get(change_url(phase)))

    def test_a_row_can_be_replaced_in_one_go(self, editor: Client) -> None:
        radio = RadioUnit.objects.get(slug="6000-cd")
        old = radio.uses.all()[0]
        replaced = {"uses-0-DELETE": "on", "+uses-procedure": old.procedure_id}
        assert post(editor, change_url(radio), replaced).status_code == 302
        new = radio.uses.get(procedure=old.procedure_id)
        assert (new.order, new.pk != old.pk) == (990, True)

    def test_a_new_row_goes_to_the_end(self, editor: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        last = max(step.order for step in procedure.steps.all())
        steps = editor.get(change_url(procedure)).context["inline_admin_formsets"][0].formset
        assert steps.empty_form["order"].value() == last + 10
        assert form_data(editor, url(Make, "add"))["order"] == max(make.order for make in Make.objects.all()) + 10
