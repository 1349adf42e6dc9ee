"""Two editors at one row: the second save is refused once, shows both texts, and loses nothing typed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client

from editing.content_file import export
from guides.models import ErrorMessage, Fuse, Phase, Procedure, RadioUnit
from tests.accounts.helpers import signed_in, text

from .helpers import change_url, form_data, url

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def ann() -> Client:
    return signed_in(User.objects.create_superuser("ann"))


@pytest.fixture
def bob() -> Client:
    return signed_in(User.objects.create_superuser("bob"))


@pytest.fixture
def row() -> ErrorMessage:
    return ErrorMessage.objects.get(slug="wait")


@pytest.fixture
def procedure() -> Procedure:
    return Procedure.objects.get(slug="serial-on-display")


class Form:
    """A change form that an editor has open."""

    def __init__(self, client: Client, row: Model) -> None:
        self.client, self.address = client, change_url(row)
        self.data = form_data(client, self.address)

    def save(self, **typed: Any) -> Any:
        self.data |= {name.replace("__", "-"): value for name, value in typed.items()}
        response = self.client.post(
            self.address, {name: value for name, value in self.data.items() if value is not None}
        )
        if response.status_code == 200:  # the page that comes back has another hidden version
            self.data["version"] = response.context["version"]
        return response


def conflicts(response: Any) -> list[tuple[str, str, str]]:
    assert response.status_code == 200
    return [(conflict.field, conflict.stored, conflict.typed) for conflict in response.context["conflicts"]]


class TestTheSameField:
    def test_is_refused_with_both_texts_and_everything_typed(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        first, second = Form(ann, row), Form(bob, row)
        assert first.save(meaning="By Ann.").status_code == 302
        stored = export()
        response = second.save(meaning="By Bob.", synonyms="PLEASE WAIT")
        assert conflicts(response) == [("Meaning", "By Ann.", "By Bob.")]
        assert "by ann" in text(response)
        for typed in ("PLEASE WAIT", "By Bob.</textarea>", "A reason.</textarea>"):
            assert typed in response.content.decode()
        assert export() == stored

    def test_is_overwritten_when_saved_again(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="By Ann.")
        second.save(meaning="By Bob.")
        assert second.save().status_code == 302
        row.refresh_from_db()
        assert row.meaning == "By Bob."

    def test_is_compared_again_after_a_third_save(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        second = Form(bob, row)
        Form(ann, row).save(meaning="By Ann.")
        second.save(meaning="By Bob.")
        Form(ann, row).save(meaning="By Ann again.")
        assert conflicts(second.save()) == [("Meaning", "By Ann again.", "By Bob.")]

    def test_is_no_conflict_where_both_typed_the_same(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="The same.")
        assert second.save(meaning="The same.").status_code == 302

    def test_is_named_beside_other_errors_of_the_form(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="By Ann.")
        response = second.save(meaning="By Bob.", next_action="")
        assert conflicts(response) == [("Meaning", "By Ann.", "By Bob.")]
        assert "This field is required." in text(response)

    def test_shows_choices_and_links_in_words(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        first, second = Form(ann, row), Form(bob, row)
        first.save(severity="stop", radios=[RadioUnit.objects.all()[0].pk])
        found = conflicts(second.save(severity="go"))
        assert ("Severity", "Stop", "Go on") in found
        assert "Radios" in [field for field, _stored, _typed in found]

    def test_is_still_compared_after_a_refused_publication(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        second = Form(bob, row)
        ErrorMessage.objects.filter(slug="err").update(meaning="From a shell.")
        assert conflicts(second.save(meaning="See /no-such-page/ for it.")) == []
        Form(ann, row).save(meaning="By Ann.")
        assert conflicts(second.save(meaning="By Bob.")) == [("Meaning", "By Ann.", "By Bob.")]


class TestFieldsLeftAlone:
    def test_a_field_left_alone_does_not_undo_a_change(self, ann: Client, bob: Client, row: ErrorMessage) -> None:
        old = row.meaning
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="By Ann.")
        response = second.save(next_action="By Bob.")
        assert conflicts(response) == [("Meaning", "By Ann.", old)]
        assert "left as it was when you opened it" in text(response)

    def test_a_change_of_another_row_or_before_the_form_was_opened_is_no_conflict(
        self, ann: Client, bob: Client, row: ErrorMessage
    ) -> None:
        ErrorMessage.objects.filter(pk=row.pk).update(meaning="From a shell.")
        second = Form(bob, row)
        Form(ann, ErrorMessage.objects.get(slug="err")).save(meaning="By Ann.")
        assert second.save(meaning="By Bob.").status_code == 302

    def test_a_change_outside_the_admin_is_a_conflict_too(self, bob: Client, row: ErrorMessage) -> None:
        second = Form(bob, row)
        ErrorMessage.objects.filter(pk=row.pk).update(meaning="From a shell.")
        response = second.save(meaning="By Bob.")
        assert conflicts(response) == [("Meaning", "From a shell.", "By Bob.")]
        assert "not in the admin" in text(response)

    def test_a_version_that_does_not_exist_finds_no_conflict(self, bob: Client, row: ErrorMessage) -> None:
        for number, version in enumerate((None, "x", "²", "0", "9" * 99)):
            assert Form(bob, row).save(version=version, meaning=f"By Bob, {number}.").status_code == 302


class TestRowsWithinAPage:
    def test_changed_on_its_own_page(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        step = procedure.steps.all()[1]
        second = Form(bob, procedure)
        Form(ann, step).save(text="By Ann.")
        assert conflicts(second.save(steps__1__text="By Bob.")) == [("Text", "By Ann.", "By Bob.")]
        assert second.save().status_code == 302
        step.refresh_from_db()
        assert step.text == "By Bob."

    def test_to_be_deleted_though_it_was_changed(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        second = Form(bob, procedure)
        Form(ann, procedure.steps.all()[1]).save(text="By Ann.")
        assert conflicts(second.save(steps__1__DELETE="on")) == [("Text", "By Ann.", "to be deleted")]
        assert second.save().status_code == 302

    def test_added_by_another_stays(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        second = Form(bob, procedure)
        number = second.data["steps-TOTAL_FORMS"]
        new = {"text": "By Ann.", "slug": "new", "severity": "go", "confidence": "reported", "order": 990}
        added = {f"steps__{number}__{name}": value for name, value in new.items()}
        assert Form(ann, procedure).save(steps__TOTAL_FORMS=number + 1, **added).status_code == 302
        assert second.save(intro="By Bob.").status_code == 302
        assert procedure.steps.filter(slug="new").exists()


class TestADeletedRow:
    """What was typed is shown to be copied, and nothing is stored."""

    def gone(self, response: Any, *typed: str) -> None:
        assert response.status_code == 409
        assert [words for words in typed if words not in text(response)] == []

    def test_of_the_form(self, ann: Client, bob: Client) -> None:
        fuse = Fuse.objects.filter(phase__generation__slug="mk1")[0]
        second = Form(bob, fuse)
        ann.post(url(Phase, "delete", fuse.phase_id), {"post": "yes", "why": "Not needed."})
        before = export()
        self.gone(second.save(protects="By Bob."), "By Bob.", "A reason.")
        assert export() == before

    def test_within_the_page(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        second = Form(bob, procedure)
        assert Form(ann, procedure).save(steps__1__DELETE="on").status_code == 302
        before = export()
        self.gone(second.save(intro="By Bob.", steps__0__text="By Bob too."), "By Bob.", "By Bob too.")
        assert export() == before

    def test_with_a_number_that_no_row_has(self, bob: Client, procedure: Procedure) -> None:
        before = export()
        for number in ("x", "٣", "9" * 9, "9" * 5000):
            response = Form(bob, procedure).save(steps__0__id=number, intro="By Bob.")
            assert response.status_code in {200, 409}, number
        assert export() == before
