"""The checks find what is wrong in the content and nothing else; the report in the admin."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editing.checks import RULES, Level, check, coverage, readability
from editing.history.record import current_version, recorded
from guides.models import (
    FAQ,
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
    ProcedureUse,
    RadioUnit,
    Source,
    Step,
)
from guides.public import selectors
from tests.accounts.helpers import signed_in, signed_in_as

pytestmark = pytest.mark.django_db

REPORT = "/admin/guides/report/"


def no_source() -> Claim:
    row = ErrorMessage.objects.get(slug="wait")
    row.sources.clear()
    return row


def no_confirm_key() -> Claim:
    RadioUnit.objects.filter(slug="6000-cd").update(confirm_keys="")
    return RadioUnit.objects.get(slug="6000-cd")


def no_way_to_read_the_serial() -> Claim:
    row = RadioUnit.objects.get(slug="5000-rds")
    row.uses.filter(procedure__task__in=["read-serial", "find-label"]).delete()
    return row


def no_way_to_enter() -> Claim:
    row = RadioUnit.objects.get(slug="sony")
    row.uses.filter(procedure__task="enter-code").delete()
    return row


def no_way_to_the_code() -> Claim:
    CodeSource.objects.update(is_published=False)
    return Fitment.objects.get(radio__slug="sony", generation__slug="mk2")


def no_message_in_a_guide() -> Claim:
    row = Fitment.objects.get(radio__slug="sony", generation__slug="mk2")
    row.radio.messages.clear()
    return row


def steps_all_drafts() -> Claim:
    Step.objects.filter(procedure__slug="find-label").update(is_published=False)
    return Procedure.objects.get(slug="find-label")


def notes_alone() -> Claim:
    Step.objects.filter(procedure__slug="find-label").update(is_note=True)
    return Procedure.objects.get(slug="find-label")


def line_too_long_with_the_keys() -> Claim:
    RadioUnit.objects.filter(slug="sony-dab").update(serial_keys="Menu+Info")
    return Procedure.objects.get(slug="serial-on-display")


def two_procedures_in_one_row() -> Claim:
    row = RadioUnit.objects.get(slug="sony")
    ProcedureUse.objects.create(radio=row, procedure=Procedure.objects.get(slug="enter-code-travelpilot"))
    return row


def no_next_action() -> Claim:
    ErrorMessage.objects.filter(slug="wait").update(next_action=" ")
    return ErrorMessage.objects.get(slug="wait")


def two_next_actions() -> Claim:
    ErrorMessage.objects.filter(slug="wait").update(next_action="Wait.\n\nPress 5.")
    return ErrorMessage.objects.get(slug="wait")


def code_sent_without_a_warning() -> Claim:
    Step.objects.filter(procedure__slug="enter-code-buttons", severity="careful").update(severity="go")
    return Step.objects.get(procedure__slug="enter-code-buttons", slug="confirm")


def warning_after_the_code_is_sent() -> Claim:
    Step.objects.filter(procedure__slug="enter-code-buttons", severity="careful").update(order=110)
    return Step.objects.get(procedure__slug="enter-code-buttons", slug="confirm")


def force_without_a_warning() -> Claim:
    Step.objects.filter(procedure__slug="find-label", slug="no-force").update(severity="go")
    return Step.objects.get(procedure__slug="find-label", slug="pull")


def shared_years_without_a_question() -> Claim:
    Overlap.objects.filter(later__slug="mk3").delete()
    return Generation.objects.get(slug="mk3")


def overlap_without_an_answer() -> Claim:
    Overlap.objects.filter(later__slug="mk3").update(later_answer=" ")
    return Overlap.objects.get(later__slug="mk3")


def procedure_of_no_radio() -> Claim:
    ProcedureUse.objects.filter(procedure__slug="soft-reset-sync-3").delete()
    return Procedure.objects.get(slug="soft-reset-sync-3")


def radio_in_no_car() -> Claim:
    Fitment.objects.filter(radio__slug="sync-4").delete()
    return RadioUnit.objects.get(slug="sync-4")


def message_of_no_radio() -> Claim:
    row = ErrorMessage.objects.get(slug="not-found")
    row.radios.clear()
    return row


def question_for_a_draft() -> Claim:
    row = FAQ.objects.get(slug="why-a-code")
    row.radios.set([RadioUnit.objects.create(slug="odd", name="Odd", maker="Odd", controls="buttons")])
    return row


def message_that_leads_to_no_part() -> Claim:
    ErrorMessage.objects.filter(slug="not-found").update(leads_to="enter")
    ProcedureUse.objects.filter(radio__slug="4500-rds", procedure__task="enter-code").delete()
    return ErrorMessage.objects.get(slug="not-found")


def address_without_a_page() -> Claim:
    FAQ.objects.filter(slug="why-a-code").update(answer="See /radios/9000-cd/ for more, or /radios/sony/ or /about/.")
    return FAQ.objects.get(slug="why-a-code")


def everyday_word_among_the_spellings() -> Claim:
    ErrorMessage.objects.filter(slug="wait").update(synonyms="WAIT ##\nHOLD")
    return ErrorMessage.objects.get(slug="wait")


def phrase_in_another_rows_phrase() -> Claim:
    FAQ.objects.filter(slug="m-or-v").update(asked_as="travelpilot")  # that of the label is "travelpilot label/…"
    return FAQ.objects.get(slug="m-or-v")


def telephone_number() -> Claim:
    Step.objects.filter(slug="photo").update(text="Ring 07700 900123.")
    return Step.objects.get(slug="photo")


def text_that_never_ends() -> Claim:
    Step.objects.filter(slug="photo").update(text="x" * 10_000)
    return Step.objects.get(slug="photo")


def spelling_of_one_digit() -> Claim:
    ErrorMessage.objects.filter(slug="wait").update(synonyms="#")
    return ErrorMessage.objects.get(slug="wait")


def phrase_of_one_common_word() -> Claim:
    FAQ.objects.filter(slug="m-or-v").update(asked_as="radio")
    return FAQ.objects.get(slug="m-or-v")


def years_outside_the_generation() -> Claim:
    Generation.objects.filter(slug="mk4").update(last_year=2024)
    return Fitment.objects.get(generation__slug="mk4", radio__slug="sync-4")


def overlap_without_an_end() -> Claim:
    Overlap.objects.filter(later__slug="mk3").update(last_year=None)
    return Overlap.objects.get(later__slug="mk3")


def number_plate_in_a_source() -> Source:
    Source.objects.filter(slug="base-article").update(note="Of AB51 CDE")
    return Source.objects.get(slug="base-article")


def serial_without_serial_keys() -> Claim:
    RadioUnit.objects.filter(slug="sony").update(serial_keys="", serial_screens="")
    return RadioUnit.objects.get(slug="sony")


def confirming_without_confirm_keys() -> Claim:
    RadioUnit.objects.filter(slug="travelpilot").update(confirm_keys="")
    return RadioUnit.objects.get(slug="travelpilot")


def keys_of_another_front() -> Claim:
    ProcedureUse.objects.create(
        radio=RadioUnit.objects.get(slug="sync-4"), procedure=Procedure.objects.get(slug="soft-reset-sync-3")
    )
    return Step.objects.get(procedure__slug="soft-reset-sync-3", keys="Power+Seek-up")


def make_without_cars() -> Make:
    return Make.objects.create(slug="odd", name="Odd", is_published=True)


def published_under_a_draft() -> Claim:
    Procedure.objects.filter(slug="soft-reset-sync-3").update(is_published=False)
    return Step.objects.filter(procedure__slug="soft-reset-sync-3")[0]


def endless_sentence() -> Claim:
    FAQ.objects.filter(slug="m-or-v").update(answer=f"The radio {'plays and ' * 20}stops.")
    return FAQ.objects.get(slug="m-or-v")


def officialese() -> Claim:
    words = "Authorisation necessitates comprehensive documentation regarding registration. "
    FAQ.objects.filter(slug="m-or-v").update(answer=words * 5)
    return FAQ.objects.get(slug="m-or-v")


def officialese_in_a_step() -> Claim:
    row = Step.objects.get(slug="photo")
    row.text = "Subsequently initiate the authorisation procedure, utilising appropriate identification documents."
    row.save()
    return row


def two_steps_of_one_order() -> Step:
    first, second = Procedure.objects.get(slug="enter-code-buttons").steps.all()[:2]
    Step.objects.filter(pk=second.pk).update(order=first.order)
    return second


def two_procedures_of_one_order() -> RadioUnit:
    radio = RadioUnit.objects.get(slug="6000-cd")
    radio.uses.update(order=10)
    return radio


PLANTED: list[tuple[Callable[[], Any], str]] = [
    (no_source, "missing"),
    (no_confirm_key, "missing"),
    (telephone_number, "fields"),
    (text_that_never_ends, "fields"),
    (spelling_of_one_digit, "fields"),
    (phrase_of_one_common_word, "fields"),
    (years_outside_the_generation, "fields"),
    (overlap_without_an_end, "fields"),
    (number_plate_in_a_source, "fields"),
    (serial_without_serial_keys, "keys"),
    (confirming_without_confirm_keys, "keys"),
    (keys_of_another_front, "keys"),
    (no_way_to_read_the_serial, "unit"),
    (no_way_to_enter, "unit"),
    (no_way_to_the_code, "dead-end"),
    (no_message_in_a_guide, "dead-end"),
    (steps_all_drafts, "actions"),
    (notes_alone, "actions"),
    (line_too_long_with_the_keys, "row"),
    (two_procedures_in_one_row, "row"),
    (no_next_action, "message"),
    (two_next_actions, "message"),
    (code_sent_without_a_warning, "warning-first"),
    (warning_after_the_code_is_sent, "warning-first"),
    (force_without_a_warning, "warning-first"),
    (shared_years_without_a_question, "overlap"),
    (overlap_without_an_answer, "overlap"),
    (procedure_of_no_radio, "orphan"),
    (radio_in_no_car, "orphan"),
    (message_of_no_radio, "orphan"),
    (question_for_a_draft, "orphan"),
    (message_that_leads_to_no_part, "link"),
    (address_without_a_page, "link"),
    (everyday_word_among_the_spellings, "everyday-spelling"),
    (phrase_in_another_rows_phrase, "swallowed-phrase"),
    (two_steps_of_one_order, "same-order"),
    (two_procedures_of_one_order, "same-order"),
    (make_without_cars, "unused"),
    (published_under_a_draft, "unused"),
    (endless_sentence, "plain-language"),
    (officialese, "plain-language"),
    (officialese_in_a_step, "plain-language"),
]


class TestTheRules:
    @pytest.mark.parametrize(("plant", "rule"), PLANTED, ids=lambda each: getattr(each, "__name__", each))
    def test_a_planted_defect_is_found(self, plant: Callable[[], Any], rule: str) -> None:
        before = check()
        row = plant()
        found = [finding for finding in check() if finding not in before]
        assert (rule, row) in [(finding.rule, finding.row) for finding in found]

    def test_every_rule_is_tried_and_says_what_it_demands(self) -> None:
        assert {rule.name for rule in RULES} == {rule for _plant, rule in PLANTED}
        assert all(rule.demand.__doc__ for rule in RULES)

    def test_the_starting_content_has_no_error_and_few_warnings(self) -> None:
        found = check()
        assert [finding for finding in found if finding.level == Level.ERROR] == []
        assert {finding.rule for finding in found} <= {"unused", "plain-language"}

    def test_drafts_are_left_alone(self) -> None:
        before = check()
        CodeSource.objects.create(slug="bare", name="Bare", how="Somehow.", confidence="reported")
        assert check() == before

    def test_errors_come_first(self) -> None:
        no_source()
        assert check()[0].level == Level.ERROR

    def test_each_finding_leads_to_its_row(self, admin_client: Client) -> None:
        no_source()
        assert admin_client.get(check()[0].url).status_code == 200

    def test_every_guide_is_as_its_page_reads_it(self) -> None:
        for guide in selectors.every_guide():
            assert guide == selectors.get_guide(guide.radio.slug, guide.generation.slug if guide.generation else "")


class TestReading:
    def test_syllables(self) -> None:
        words = {"code": 1, "radio": 2, "serial": 2, "display": 2, "little": 2, "a": 1}
        assert {word: readability.syllables(word) for word in words} == words

    def test_sentences_and_paragraphs_end(self) -> None:
        assert readability.sentences("Stop. Wait!\n\nPress 5") == [["Stop"], ["Wait"], ["Press"]]

    def test_the_grade_is_that_of_flesch_and_kincaid(self) -> None:
        assert readability.grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
        assert readability.grade("1234") == 0


class TestTheCommand:
    def test_passes_on_the_starting_content(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("check_content")
        assert "errors: 0" in capsys.readouterr().out

    def test_fails_on_an_error_and_names_the_row(self, capsys: pytest.CaptureFixture[str]) -> None:
        no_source()
        with pytest.raises(CommandError, match="errors: 1") as stopped:
            call_command("check_content")
        assert stopped.value.returncode == 1
        assert "error: missing: message “WAIT”: Missing: a source." in capsys.readouterr().out


def cells(fitment: str) -> dict[str, coverage.Cell]:
    rows = coverage.matrix(selectors.every_guide(), selectors.generations())
    row = next(row for row in rows if str(row.fitment) == fitment)
    return {str(cell.column.name): cell for cell in row.cells}


class TestCoverage:
    def test_every_radio_in_every_car_in_the_order_of_the_site(self) -> None:
        rows = coverage.matrix(selectors.every_guide(), selectors.generations())
        assert [row.fitment for row in rows] == list(Fitment.objects.published())

    def test_there_gap_and_not_applicable(self) -> None:
        found = cells("Mk4, SYNC 3")
        assert found["Messages"].state == coverage.State.THERE
        assert found["Label"].state == coverage.State.NOT_APPLICABLE
        assert found["Fuses"].state == coverage.State.GAP

    def test_a_procedure_that_the_radio_cannot_do_is_a_gap(self) -> None:
        RadioUnit.objects.filter(slug="6000-cd").update(serial_keys="")
        assert cells("Mk2, 6000 CD")["Serial"].state == coverage.State.GAP

    def test_a_radio_with_a_plain_front_has_a_gap_but_no_fault(self) -> None:
        RadioUnit.objects.update(faceplate="")
        assert cells("Mk2, 6000 CD")["Drawings"].state == coverage.State.GAP
        assert [finding for finding in check() if finding.rule == "keys"] == []

    @pytest.mark.parametrize(
        "column", ["Serial", "Label", "Entry", "Messages", "Fuses", "Questions", "Drawings"], ids=str
    )
    def test_a_gap_is_shown_with_the_place_to_fill_it(self, admin_client: Client, column: str) -> None:
        for model in (ProcedureUse, ErrorMessage, Fuse, FAQ):
            model._default_manager.all().delete()
        Phase.objects.update(drawing="")
        cell = cells("Mk2, 6000 CD")[column]
        assert cell.state == coverage.State.GAP
        assert admin_client.get(cell.url).status_code == 200


def confirm(client: Client, row: Claim, version: object = None) -> Any:
    """Press the button, on a report that was opened at that version, or now."""
    seen = {"version": current_version() if version is None else version}
    return client.post(reverse("editing:checked_today", args=[row._meta.model_name, row.pk]), seen)


def add_rows(times: int) -> None:
    """More of each kind that the report reads many of, each with a source."""
    source, day = Source.objects.all()[0], "2020-02-02"
    for number in range(times):
        slug = f"more-{number}"
        fields: dict[str, Any] = {"is_published": True, "checked_on": day}
        years = {"first_year": 2000, "last_year": 2001}
        car = Generation.objects.create(**fields, **years, slug=slug, name="More")
        phase = Phase.objects.create(**fields, **years, slug=slug, generation=car, name="More")
        radio = RadioUnit.objects.create(
            **fields, slug=slug, name=f"More {number}", maker="More", controls="buttons", code_needed="yes"
        )
        way = Procedure.objects.create(**fields, slug=slug, name="More", task="enter-code")
        ProcedureUse.objects.create(procedure=way, radio=radio)
        message = ErrorMessage.objects.create(
            **fields, slug=slug, display=f"MORE{number}", next_action="Wait.", severity="wait"
        )
        message.radios.add(radio)
        others: list[Claim] = [
            Fuse.objects.create(**fields, phase=phase, box="Boot", number="1", amps=5),
            Fitment.objects.create(**fields, **years, generation=car, radio=radio),
            Step.objects.create(**fields, slug=slug, procedure=way, text="Press 5."),
            FAQ.objects.create(**fields, slug=slug, question="More?", answer="Yes.", section="code"),
        ]
        for row in (car, phase, radio, way, message, *others):
            row.sources.add(source)


class TestTheReport:
    def test_says_what_the_checks_found(self, admin_client: Client) -> None:
        no_source()
        page = admin_client.get(REPORT).content.decode()
        assert "1 error." in page
        assert "Missing: a source." in page
        assert "Fill the gap: Fuses, Mk4, SYNC 3" in page

    def test_the_front_page_leads_to_it(self, admin_client: Client) -> None:
        no_source()
        page = admin_client.get("/admin/").content.decode()
        assert f'href="{REPORT}"' in page
        assert "1 error," in page

    def test_takes_the_same_queries_whatever_there_is(self, admin_client: Client) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                admin_client.get(REPORT)
            return len(captured)

        queries()  # what is asked only once, such as content types
        before = queries()
        with recorded(None):
            add_rows(3)
        assert queries() == before

    def test_the_oldest_fact_comes_first_and_is_due_after_a_year(self, admin_client: Client) -> None:
        for slug, days in (("code", 366), ("wait", 800), ("err", 365)):
            ErrorMessage.objects.filter(slug=slug).update(checked_on=timezone.localdate() - timedelta(days=days))
        response = admin_client.get(REPORT)
        facts = response.context["facts"]
        assert [fact["claim"].slug for fact in facts[:3]] == ["wait", "code", "err"]
        assert [fact["is_due"] for fact in facts[:3]] == [True, True, False]
        assert response.context["due"] == 2

    @pytest.mark.parametrize("group", ["Editors", "Reviewers"])
    def test_still_true_in_one_click_and_logged(self, group: str) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        ErrorMessage.objects.filter(pk=row.pk).update(checked_on="2020-02-02")
        response = confirm(signed_in_as(group), row)
        assert response.headers["Location"] == f"{REPORT}#facts"
        row.refresh_from_db()
        assert row.checked_on == timezone.localdate()
        entry = LogEntry.objects.get()
        assert (entry.user.username, entry.object_id) == (group, str(row.pk))
        assert entry.get_change_message() == "Checked today, still true."

    def test_a_fact_that_changed_meanwhile_is_not_confirmed(self, admin_client: Client) -> None:
        page = admin_client.get(REPORT)
        seen = page.context["version"]
        assert f'name="version" value="{seen}"' in page.content.decode()
        row = ErrorMessage.objects.get(slug="wait")
        ErrorMessage.objects.filter(pk=row.pk).update(meaning="Another.", checked_on="2020-02-02")
        for version in (seen, "", "x", 999999999):
            told = admin_client.get(confirm(admin_client, row, version).headers["Location"]).content.decode()
            assert "was changed since you opened this page" in told
            row.refresh_from_db()
            assert str(row.checked_on) == "2020-02-02"
        assert not LogEntry.objects.exists()
        confirm(admin_client, row)
        row.refresh_from_db()
        assert row.checked_on == timezone.localdate()

    def test_a_change_of_another_row_meanwhile_does_not_matter(self, admin_client: Client) -> None:
        seen, row = current_version(), ErrorMessage.objects.get(slug="wait")
        ErrorMessage.objects.filter(slug="err").update(meaning="Another.")
        ErrorMessage.objects.filter(pk=row.pk).update(checked_on="2020-02-02")
        confirm(admin_client, row, seen)
        row.refresh_from_db()
        assert row.checked_on == timezone.localdate()

    def test_without_permissions_nothing_is_confirmed(self) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        ErrorMessage.objects.filter(pk=row.pk).update(checked_on="2020-02-02")
        stranger = signed_in(User.objects.create_user("nobody", is_staff=True))
        assert stranger.get(REPORT).status_code == 403
        assert REPORT not in stranger.get("/admin/").content.decode()
        assert confirm(stranger, row).status_code == 403
        assert confirm(Client(), row).headers["Location"].startswith("/admin/login/")
        row.refresh_from_db()
        assert str(row.checked_on) == "2020-02-02"
        assert not LogEntry.objects.exists()

    def test_only_facts_are_confirmed_and_only_by_a_form_of_the_site(self, admin_client: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        address = reverse("editing:checked_today", args=["errormessage", row.pk])
        assert admin_client.get(address).status_code == 405
        assert admin_client.post(reverse("editing:checked_today", args=["user", 1])).status_code == 404
        assert admin_client.post(reverse("editing:checked_today", args=["errormessage", 0])).status_code == 404
        careful = signed_in(User.objects.get(username="admin"))
        careful.handler.enforce_csrf_checks = True
        assert careful.post(address).status_code == 403
