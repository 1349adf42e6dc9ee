"""The admin of the content: what an editor can open, what is refused and how, and what then reaches the public."""

import datetime
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editing.content_file import export
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
from tests.accounts.helpers import signed_in, text

from .helpers import CONTENT, change_url, form_data, post, rows_with_keys, url

pytestmark = pytest.mark.django_db

CLAIMS = Claim.__subclasses__()
#: A kind of row, and lookups that find one.
Row: TypeAlias = tuple[type[Model], dict[str, str]]
TODAY = datetime.date(2026, 11, 22)
EVIDENCE = {"confidence": "reported", "order": 10}


def pages_of(model: type[Model]) -> list[str]:
    """The list, the form for a new row, the form of the first row, and the page to delete it."""
    row = model._default_manager.all()[0]
    return [url(model, "changelist"), url(model, "add"), change_url(row), url(model, "delete", row.pk)]


class TestEveryPage:
    def test_every_claim_has_a_list_of_its_own(self) -> None:
        assert set(CLAIMS) <= set(CONTENT)

    def test_index_greets_the_editor(self, admin_client: Client) -> None:
        assert "Focus Help: admin" in text(admin_client.get("/admin/"))

    def test_every_page_opens(self, editor: Client) -> None:
        closed = [address for model in CONTENT for address in pages_of(model) if editor.get(address).status_code != 200]
        assert closed == []

    def test_a_form_has_every_field_of_its_row(self, admin_client: Client) -> None:
        """Those of rows between two others are in the inlines."""
        lacking = []
        for model in CONTENT:
            form = admin_client.get(change_url(model._default_manager.all()[0])).context["adminform"].form
            related = [each for each in model._meta.many_to_many if links(each)._meta.auto_created]
            fields = [*model._meta.concrete_fields, *related]
            names = {each.name for each in fields if each.editable and not each.primary_key}
            lacking += [(model, field) for field in names - set(form.fields)]
        assert lacking == []

    def test_every_list_can_be_searched(self, admin_client: Client) -> None:
        lists = {model: admin_client.get(url(model, "changelist"), {"q": "x"}) for model in CONTENT}
        assert {response.status_code for response in lists.values()} == {200}
        assert [model for model, response in lists.items() if not response.context["cl"].search_fields] == []

    def test_lists_can_be_filtered_by_state(self, admin_client: Client) -> None:
        query = {"is_published__exact": "1", "confidence__exact": "disputed", "checked_on__isnull": "False"}
        found = {}
        for model in CLAIMS:
            found[model] = admin_client.get(url(model, "changelist"), query).context["cl"].result_count
        assert found == {model: model._default_manager.filter(confidence="disputed").count() for model in CLAIMS}

    def test_a_list_needs_the_same_queries_whatever_its_length(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def queries(model: type[Model], rows: int) -> int:
            monkeypatch.setattr(admin.site._registry[model], "list_per_page", rows)
            with CaptureQueriesContext(connection) as captured:
                admin_client.get(url(model, "changelist"))
            return len(captured)

        queries(Source, 1)  # what is asked only once, such as content types
        grows = [model for model in CONTENT if queries(model, 1) != queries(model, 100)]
        assert grows == []

    def test_saving_an_untouched_form_changes_nothing(self, editor: Client) -> None:
        before = rows_with_keys()
        rows = [row for model in (Generation, Phase, Procedure, RadioUnit) for row in model._default_manager.all()[:3]]
        assert [row for row in rows if post(editor, change_url(row), {}).status_code != 302] == []
        assert rows_with_keys() == before

    def test_every_field_with_autocompletion_finds_rows(self, editor: Client) -> None:
        fields = [(model, field) for model in CONTENT for field in admin.site._registry[model].autocomplete_fields]
        assert len(fields) > 20
        found = {}
        for model, field in fields:
            query = {"app_label": "guides", "model_name": str(model._meta.model_name), "field_name": field, "term": ""}
            found[model, field] = editor.get("/admin/autocomplete/", query).json()["results"]
        assert [each for each, rows in found.items() if not rows] == []


class TestWhoMayDoWhat:
    def test_anonymous_is_sent_to_the_sign_in(self, client: Client) -> None:
        for address in (*(url(model, "changelist") for model in CONTENT), reverse("editing:export")):
            assert client.get(address).headers["Location"] == f"/admin/login/?next={address}"

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

    def test_a_reviewer_views_rows_and_changes_nothing(self, reviewer: Client) -> None:
        before, wrong = rows_with_keys(), []
        for model in CONTENT:
            row = model._default_manager.all()[0]
            listed, added, changed, deleted = pages_of(model)
            answers = [reviewer.get(address).status_code for address in (listed, changed, added, deleted)]
            answers.append(reviewer.post(change_url(row), {"name": "Changed", "is_published": ""}).status_code)
            if answers != [200, 200, 403, 403, 403]:
                wrong.append((model, answers))
        assert wrong == []
        assert rows_with_keys() == before

    def test_the_content_file_is_for_those_who_may_view_all_of_it(self, reviewer: Client) -> None:
        address = reverse("editing:export")
        assert f'href="{address}"' in reviewer.get("/admin/").content.decode()
        response = reviewer.get(address)
        assert response.content.decode() == export()
        assert response.headers["Content-Type"] == "application/yaml"
        name = response.headers["Content-Disposition"]
        assert re.fullmatch(r'attachment; filename="focus-help-\d{4}-\d\d-\d\d\.yaml"', name)
        assert "no-store" in response.headers["Cache-Control"]
        other = User.objects.create_user("other", is_staff=True)
        other.user_permissions.add(Permission.objects.get(codename="view_errormessage"))
        assert signed_in(other).get(address).status_code == 403
        assert f'href="{address}"' not in signed_in(other).get("/admin/").content.decode()


class TestWhatReachesThePublic:
    def test_a_changed_fact_is_on_its_page(self, editor: Client, client: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        assert post(editor, change_url(row), {"meaning": "It counts sheep."}).status_code == 302
        assert "It counts sheep." in client.get("/messages/wait/").content.decode()

    def test_an_unpublished_row_has_no_page(self, editor: Client, client: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        assert post(editor, change_url(row), {"is_published": None}).status_code == 302
        assert client.get("/messages/wait/").status_code == 404

    def test_view_on_site_leads_to_the_public_page(self, admin_client: Client, client: Client) -> None:
        rows = [row for model in CLAIMS for row in model.objects.published()[:2]]
        addresses = {row: admin_client.get(change_url(row)).context["absolute_url"] for row in rows}
        assert [row for row, address in addresses.items() if client.get(address).status_code != 200] == []

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
        selected = {"action": "delete_selected", "_selected_action": numbers, "post": "yes", "why": "A reason."}
        return client.post(url(Source, "changelist"), selected)

    def test_not_the_last_one_of_what_is_published(self, editor: Client, row: ErrorMessage) -> None:
        assert "WAIT (message): Missing: a source." in text(self.delete(editor, "a", "b"))
        assert row.sources.count() == 2
        assert self.delete(editor, "a").status_code == 302
        assert "WAIT (message): Missing: a source." in text(self.delete(editor, "b"))
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

    def test_an_incomplete_row(self, admin_client: Client) -> None:
        row = CodeSource.objects.create(slug="bare", name="Bare", how="Somehow")
        assert self.column(admin_client, row) == "a source, date checked"

    def test_what_the_kind_of_row_needs_besides(self, admin_client: Client) -> None:
        row = Procedure.objects.create(slug="bare", name="Bare", task="read-serial", checked_on=TODAY)
        assert self.column(admin_client, row) == "a source, steps, in short, a radio that uses it"

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
    (MESSAGE, {"order": "10000"}, "less than or equal to 9999"),
    (GENERATION, {"first_year": 2005, "last_year": 2004}, YEARS),
    (OVERLAP, {"first_year": 2010, "last_year": 2004}, YEARS),
    (FUSE, {"amps": "0"}, RATING),
    (RADIO, {"serial_keys": "1 + 6"}, KEYS),
    (RADIO, {"confirm_keys": "5, OK"}, KEYS),
    (MASK, {"mask": "m######"}, "One capital letter, then a #"),
    (MASK, {"mask": "V######"}, "Serial format with this Pattern already exists."),
    (MESSAGE, {"synonyms": "Code"}, "“Code” is a name of “CODE” already."),
    (RADIO, {"other_names": "sony"}, "“sony” is a name of “Sony"),
    (SOURCE, {"url": "not an address"}, "Enter a valid URL."),
    (MESSAGE, {"meaning": "Ring 07700 900123."}, "“Ring 07700 900123” looks like a telephone number"),
    (MESSAGE, {"synonyms": "WAIT ##\n#"}, "“#” says too little: the reader would take “0” for this row."),
    # within another row's page
    (GENERATION, {"last_year": 2003}, "Outside the years of Mk1 (1998–2003)."),
    (PROCEDURE, {"steps-0-keys": "99+88"}, "No radio has a key 99 on the front."),
    (GENERATION, {"phases-0-first_year": 2004, "phases-0-last_year": 2003}, YEARS),
    (GENERATION, {"phases-0-confidence": "disputed", "phases-0-others_say": ""}, OTHERS),
    (GENERATION, {"fitments-0-checked_on": ""}, CHECKED),
    (PHASE, {"fuses-0-amps": "-5"}, RATING),
    (PROCEDURE, {"steps-0-keys": "hold 1+6!"}, KEYS),
]


class TestBadInput:
    """Every refusal is a message in the form, and nothing is stored."""

    def refused(self, client: Client, address: str, changes: Mapping[str, Any], says: str) -> None:
        before = rows_with_keys()
        response = post(client, address, changes)
        assert response.status_code == 200
        assert says in text(response)
        assert rows_with_keys() == before

    def test_on_a_change_page(self, editor: Client) -> None:
        before, accepted = rows_with_keys(), []
        for (model, key), changes, says in REFUSED:
            response = post(editor, change_url(model._default_manager.filter(**key)[0]), changes)
            if response.status_code != 200 or says not in text(response):
                accepted.append((model, changes))
        assert accepted == []
        assert rows_with_keys() == before

    def test_a_radio_twice_in_one_generation(self, editor: Client) -> None:
        old = Fitment.objects.all()[0]
        years = {"first_year": 2000, "last_year": 2001}
        new = {**EVIDENCE, **years, "generation": old.generation_id, "radio": old.radio_id}
        self.refused(editor, url(Fitment, "add"), new, "Radio in a car with this Generation and Radio already exists.")
        inline = {f"+fitments-{field}": value for field, value in new.items()}
        self.refused(editor, change_url(old.generation), inline, "Two rows have the same Radio;")
        self.refused(editor, change_url(old.radio), inline, "Two rows have the same Generation;")

    def test_a_radio_twice_in_a_new_generation(self, editor: Client) -> None:
        new = {**EVIDENCE, "name": "Mk9", "slug": "mk9", "first_year": 2030, "last_year": 2031, "recognise": "New"}
        fitment = {"radio": RadioUnit.objects.all()[0].pk, "first_year": 2030, "last_year": 2031, **EVIDENCE}
        for number in (0, 1):
            new |= {f"fitments-{number}-{field}": value for field, value in fitment.items()}
        says = "Two rows have the same Radio; only one of them can stay."
        self.refused(editor, url(Generation, "add"), {**new, "fitments-TOTAL_FORMS": 2}, says)

    def test_a_phase_twice_in_one_generation(self, editor: Client) -> None:
        old = Phase.objects.all()[0]
        new = {**EVIDENCE, "name": "Again", "slug": old.slug, "first_year": 2000, "last_year": 2001, "recognise": "?"}
        address = url(Phase, "add")
        says = "Launch or facelift with this Generation and Name in the address already exists."
        self.refused(editor, address, {**new, "generation": old.generation_id}, says)
        inline = {f"+phases-{field}": value for field, value in new.items()}
        self.refused(editor, change_url(old.generation), inline, "Two rows have the same Name in the address;")

    def test_a_step_twice_in_one_procedure(self, editor: Client) -> None:
        old = Step.objects.all()[0]
        new = {"text": "Again", "slug": old.slug, "severity": "go", "confidence": "reported"}
        inline = {f"+steps-{field}": value for field, value in new.items()}
        self.refused(editor, change_url(old.procedure), inline, "Two rows have the same Name in the address;")

    def test_a_procedure_twice_for_one_radio(self, editor: Client) -> None:
        use = RadioUnit.objects.get(slug="6000-cd").uses.all()[0]
        inline = {"+uses-procedure": use.procedure_id}
        self.refused(editor, change_url(use.radio), inline, "Two rows have the same Procedure;")
        inline = {"+uses-radio": use.radio_id}
        self.refused(editor, change_url(use.procedure), inline, "Two rows have the same Radio;")

    def test_a_fuse_twice_in_one_box_by_renaming(self, editor: Client) -> None:
        phase = next(phase for phase in Phase.objects.all() if phase.fuses.count() > 1)
        first, second = phase.fuses.all()[:2]
        says = "Fuse with this Launch or facelift, Fuse box and Number already exists."
        self.refused(editor, change_url(second), {"box": first.box, "number": first.number}, says)

    def test_two_fuses_that_swap_their_names(self, editor: Client) -> None:
        phase = next(phase for phase in Phase.objects.all() if phase.fuses.count() > 1)
        swapped = {
            f"fuses-{number}-{field}": getattr(fuse, field)
            for number, fuse in enumerate(reversed(phase.fuses.all()[:2]))
            for field in ("box", "number")
        }
        says = "Fuse with this Launch or facelift, Fuse box and Number already exists."
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
        self.refused(editor, url(RadioUnit, "add"), new, "Radio with this Name in the address already exists.")

    def test_a_serial_format_in_use_cannot_be_deleted(self, editor: Client) -> None:
        row = Fitment.objects.exclude(serial_format=None)[0].serial_format
        assert row
        response = editor.post(url(SerialFormat, "delete", row.pk), {"post": "yes", "why": "A reason."})
        assert response.status_code == 200
        assert "This cannot be done: Radio in a car: " in text(response)
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
        assert (new.order, new.pk != old.pk) == (30, True)

    def test_a_new_row_goes_to_the_end(self, editor: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        last = max(step.order for step in procedure.steps.all())
        steps = editor.get(change_url(procedure)).context["inline_admin_formsets"][0].formset
        assert steps.empty_form["order"].value() == last + 10
        assert form_data(editor, url(Make, "add"))["order"] == max(make.order for make in Make.objects.all()) + 10
