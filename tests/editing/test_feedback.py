"""Drivers' answers: the report for editors, and that content files leave them out."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.html import escape

from editing.content_file import apply, export, load
from editing.content_file.schema import models as content_models
from guides.feedback.report import summaries
from guides.models import Procedure, ProcedureFeedback
from tests.accounts.helpers import signed_in
from tests.guides.helpers import PROCEDURE, answers, checked

pytestmark = pytest.mark.django_db

REPORT = "/admin/guides/feedback/"


class TestContent:
    def test_does_not_include_answers(self) -> None:
        assert ProcedureFeedback.__name__ not in {model.__name__ for model in content_models()}
        before = export()
        answers(yes=1)
        assert export() == before

    def test_can_be_deleted_and_restored_without_changing_answers(self) -> None:
        answers(no=1)
        whole = export()
        Procedure.objects.get(slug=PROCEDURE).delete()
        assert ProcedureFeedback.objects.get().count == 1
        assert summaries() == []
        apply(load(whole.encode()))
        assert [summary.kept["no"] for summary in summaries()] == [1]


def of_group(group: str = "") -> Client:
    person = User.objects.create_user("somebody", is_staff=True)
    person.groups.add(*Group.objects.filter(name=group))
    return signed_in(person)


class TestTheReport:
    @pytest.mark.parametrize("group", ["Editors", "Reviewers"])
    def test_says_what_drivers_report_beside_what_sources_dispute(self, group: str) -> None:
        checked(10)
        answers(yes=1, no=5)
        answers(message="wait", serial_from="label", no=2)
        client = of_group(group)
        page = " ".join(client.get(REPORT).content.decode().split())
        assert "1 yes, 7 no" in page
        assert "WAIT 2" in page
        assert "on the label: 2" in page
        entered, shown = (Procedure.objects.get(slug=slug) for slug in (PROCEDURE, "serial-on-display"))
        assert f'href="/admin/guides/procedure/{entered.pk}/change/?seen_on=' in page
        assert f'href="/admin/guides/procedure/{shown.pk}/change/"' in page
        assert escape(shown.others_say) in page
        front = client.get("/admin/").content.decode()
        assert "1 procedure worth a look" in front
        assert f'href="{REPORT}"' in front

    def test_says_that_there_are_no_answers(self) -> None:
        client = of_group("Editors")
        assert "There are no answers yet" in client.get(REPORT).content.decode()
        assert "nothing that needs a look" in client.get("/admin/").content.decode()

    def test_is_for_those_who_may_view_procedures(self, client: Client) -> None:
        assert client.get(REPORT).status_code == 302
        somebody = of_group()
        assert somebody.get(REPORT).status_code == 403
        assert REPORT not in somebody.get("/admin/").content.decode()


def test_disputed_facts_are_one_list_with_what_drivers_answered() -> None:
    disputed = Procedure.objects.get(slug="serial-on-display")
    answers(yes=2, no=1)
    Procedure.objects.filter(slug=PROCEDURE).update(confidence="disputed", others_say="Somebody says no.")
    page = " ".join(of_group("Reviewers").get("/admin/guides/report/").content.decode().split())
    listed = page[page.index('id="disputed"') : page.index('id="facts"')]
    assert escape(disputed.others_say) in listed
    assert "Drivers: yes 2, no 1" in listed
    assert "Somebody says no." in listed
