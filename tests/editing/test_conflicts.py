"""Two editors at one row: the second save is refused with both versions, and nothing typed is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client

from editing.content_file import export
from guides.models import ErrorMessage, Fuse, Generation, Phase, Procedure, RadioUnit, Step, Version

from .test_admin import browser_of, change_url, form_data, in_group, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def ann() -> Client:
    return browser_of(User.objects.create_superuser("ann"))


@pytest.fixture
def bob() -> Client:
    return browser_of(User.objects.create_superuser("bob"))


class Form:
    """A change form that somebody has open."""

    def __init__(self, client: Client, row: Model) -> None:
        self.client, self.address = client, change_url(row)
        self.data = form_data(client, self.address)

    def save(self, **typed: Any) -> Any:
        self.data |= {name.replace("__", "-"): value for name, value in typed.items()}
        response = self.client.post(
            self.address, {name: value for name, value in self.data.items() if value is not None}
        )
        if response.status_code == 200:  # the page that comes back has other hidden fields
            self.data |= {name: response.context.get(name) for name in ("version", "put_back")}
        return response


def clashes(response: Any) -> list[tuple[str, str, str]]:
    assert response.status_code == 200
    return [(clash.field, clash.stored, clash.typed) for clash in response.context["clashes"]]


class TestTheSameField:
    def test_refused_with_both_versions_and_nothing_lost(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        first, second = Form(ann, row), Form(bob, row)
        assert first.save(meaning="By Ann.").status_code == 302
        stored = export()
        response = second.save(meaning="By Bob.", synonyms="PLEASE WAIT")
        assert clashes(response) == [("Meaning", "By Ann.", "By Bob.")]
        said = text(response)
        assert "by ann" in said
        assert "PLEASE WAIT" in response.content.decode()
        assert "By Bob.</textarea>" in response.content.decode()
        assert "A reason.</textarea>" in response.content.decode()
        assert export() == stored

    def test_saving_again_puts_it_over(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="By Ann.")
        second.save(meaning="By Bob.")
        assert second.save().status_code == 302
        row.refresh_from_db()
        assert row.meaning == "By Bob."

    def test_a_third_save_in_between_is_compared_again(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        second = Form(bob, row)
        Form(ann, row).save(meaning="By Ann.")
        second.save(meaning="By Bob.")
        Form(ann, row).save(meaning="By Ann again.")
        assert clashes(second.save()) == [("Meaning", "By Ann again.", "By Bob.")]

    def test_both_typed_the_same(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="The same.")
        assert second.save(meaning="The same.").status_code == 302

    def test_somebody_else_changed_another_row(self, ann: Client, bob: Client) -> None:
        second = Form(bob, ErrorMessage.objects.get(slug="wait"))
        Form(ann, ErrorMessage.objects.get(slug="err")).save(meaning="By Ann.")
        assert second.save(meaning="By Bob.").status_code == 302

    def test_a_form_that_is_refused_for_another_reason_says_both(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="By Ann.")
        response = second.save(meaning="By Bob.", next_action="")
        assert clashes(response) == [("Meaning", "By Ann.", "By Bob.")]
        assert "This field is required." in text(response)

    def test_choices_and_links(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        first, second = Form(ann, row), Form(bob, row)
        radios = [*RadioUnit.objects.values_list("pk", flat=True)]
        first.save(severity="stop", radios=radios[:1])
        response = second.save(severity="go")
        assert ("Severity", "Stop", "Go on") in clashes(response)
        assert "Radio units" in [clash.field for clash in response.context["clashes"]]


class TestFieldsLeftAlone:
    def test_another_field_is_not_put_back_without_a_word(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        old = row.meaning
        first, second = Form(ann, row), Form(bob, row)
        first.save(meaning="By Ann.")
        response = second.save(next_action="By Bob.")
        assert clashes(response) == [("Meaning", "By Ann.", old)]
        assert "left as it was when you opened it" in text(response)

    def test_what_was_changed_before_the_form_was_opened_does_not_count(self, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        ErrorMessage.objects.filter(pk=row.pk).update(meaning="From a shell.")
        assert Form(bob, row).save(meaning="By Bob.").status_code == 302

    def test_a_shell_is_somebody_too(self, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        second = Form(bob, row)
        ErrorMessage.objects.filter(pk=row.pk).update(meaning="From a shell.")
        response = second.save(meaning="By Bob.")
        assert clashes(response) == [("Meaning", "From a shell.", "By Bob.")]
        assert "not at the desk" in text(response)


class TestRowsWithinAPage:
    @pytest.fixture
    def procedure(self) -> Procedure:
        return Procedure.objects.get(slug="serial-on-display")

    def test_changed_on_its_own_page(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        step = procedure.steps.all()[1]
        second = Form(bob, procedure)
        Form(ann, step).save(text="By Ann.")
        assert clashes(second.save(steps__1__text="By Bob.")) == [("Text", "By Ann.", "By Bob.")]
        assert second.save().status_code == 302
        step.refresh_from_db()
        assert step.text == "By Bob."

    def test_to_be_deleted_though_it_was_changed(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        second = Form(bob, procedure)
        Form(ann, procedure.steps.all()[1]).save(text="By Ann.")
        assert clashes(second.save(steps__1__DELETE="on")) == [("Text", "By Ann.", "to be deleted")]
        assert second.save().status_code == 302

    def test_added_by_another_stays(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        second = Form(bob, procedure)
        number = second.data["steps-TOTAL_FORMS"]
        new = {"text": "By Ann.", "slug": "new", "severity": "go", "confidence": "reported", "order": 990}
        added = {f"steps__{number}__{name}": value for name, value in new.items()}
        assert Form(ann, procedure).save(steps__TOTAL_FORMS=number + 1, **added).status_code == 302
        assert second.save(intro="By Bob.").status_code == 302
        assert procedure.steps.filter(slug="new").exists()

    def test_deleted_where_something_was_typed(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        step = procedure.steps.all()[1]
        second = Form(bob, procedure)
        assert Form(ann, procedure).save(steps__1__DELETE="on").status_code == 302
        response = second.save(steps__1__text="By Bob.")
        assert clashes(response) == [("Text", "deleted", "By Bob.")]
        assert "By Bob.</textarea>" in response.content.decode()
        assert not procedure.steps.filter(slug=step.slug).exists()
        assert second.save().status_code == 302
        assert (procedure.steps.get(slug=step.slug).text, procedure.steps.get(slug=step.slug).pk) == (
            "By Bob.",
            step.pk,
        )

    def test_deleted_where_nothing_was_typed_stays_deleted(
        self, ann: Client, bob: Client, procedure: Procedure
    ) -> None:
        step = procedure.steps.all()[1]
        second = Form(bob, procedure)
        Form(ann, procedure).save(steps__1__DELETE="on")
        assert second.save(intro="By Bob.").status_code == 302
        procedure.refresh_from_db()
        assert procedure.intro == "By Bob."
        assert not procedure.steps.filter(slug=step.slug).exists()

    def test_deleted_because_it_was_wrong_stops_nobody(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        step = procedure.steps.all()[1]
        Step.objects.filter(pk=step.pk).update(text="See /no-such-page/ for it.")
        second = Form(bob, procedure)
        Form(ann, procedure).save(steps__1__DELETE="on")
        assert second.save(intro="By Bob.").status_code == 302
        assert not procedure.steps.filter(slug=step.slug).exists()

    def test_deleted_by_both(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        step = procedure.steps.all()[1]
        second = Form(bob, procedure)
        Form(ann, procedure).save(steps__1__DELETE="on")
        assert second.save(steps__1__DELETE="on").status_code == 302
        assert not procedure.steps.filter(slug=step.slug).exists()

    def test_nothing_typed_there_and_refused_elsewhere(self, ann: Client, bob: Client, procedure: Procedure) -> None:
        steps = list(procedure.steps.all())
        second = Form(bob, procedure)
        Form(ann, procedure).save(intro="By Ann.", steps__1__DELETE="on")
        assert second.save(intro="By Bob.").status_code == 200
        assert second.save().status_code == 302
        assert procedure.steps.count() == len(steps) - 1


class TestTheRowIsGone:
    def test_put_back_with_what_was_typed(self, ann: Client, bob: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        steps = [step.natural_key() for step in procedure.steps.all()]
        second = Form(bob, procedure)
        ann.post(url(Procedure, "delete", procedure.pk), {"post": "yes", "why": "Not needed."})
        response = second.save(intro="By Bob.", steps__0__text="By Bob too.")
        assert ("Introduction", "deleted", "By Bob.") in clashes(response)
        assert "by ann" in text(response)
        assert "By Bob too.</textarea>" in response.content.decode()
        assert not Procedure.objects.filter(slug=procedure.slug).exists()
        assert second.save().status_code == 302
        again = Procedure.objects.get(slug=procedure.slug)
        assert (again.pk, again.intro, again.steps.all()[0].text) == (procedure.pk, "By Bob.", "By Bob too.")
        assert [step.natural_key() for step in again.steps.all()] == steps

    def test_what_was_wrong_with_it_is_not_published_again(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        ErrorMessage.objects.filter(pk=row.pk).update(meaning="See /no-such-page/ for it.")
        second = Form(bob, row)
        ann.post(url(ErrorMessage, "delete", row.pk), {"post": "yes", "why": "It is wrong."})
        second.save(next_action="By Bob.")
        assert "is no page of this site" in text(second.save())
        assert not ErrorMessage.objects.filter(slug="wait").exists()
        assert second.save(meaning="By Bob too.").status_code == 302

    def test_nothing_typed(self, ann: Client, bob: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        second = Form(bob, row)
        ann.post(url(ErrorMessage, "delete", row.pk), {"post": "yes", "why": "Not needed."})
        assert clashes(second.save()) == [("", "deleted", "as it was")]
        assert not ErrorMessage.objects.filter(slug="wait").exists()

    def test_with_what_it_hangs_from_its_text_can_be_copied(self, ann: Client, bob: Client) -> None:
        fuse = Fuse.objects.filter(phase__generation__slug="mk1")[0]
        second = Form(bob, fuse)
        ann.post(url(Phase, "delete", fuse.phase_id), {"post": "yes", "why": "Not needed."})
        before = export()
        response = second.save(protects="By Bob.")
        assert response.status_code == 409
        assert "By Bob." in text(response)
        assert "there is no phase mk1/" in text(response)
        assert export() == before

    def test_a_reviewer_adds_no_rows_that_way(self, ann: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        second = Form(in_group("Reviewers"), row)
        ann.post(url(ErrorMessage, "delete", row.pk), {"post": "yes", "why": "Not needed."})
        response = second.save(meaning="By Bob.")
        assert response.status_code == 409
        assert "you may not add rows" in text(response)
        assert "By Bob." in text(response)


class TestWhateverIsSent:
    @pytest.mark.parametrize("version", [None, "", "x", "-1", "²", "0", "999999999", "9" * 99])
    def test_as_the_number_of_the_version(self, bob: Client, version: str | None) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        form = Form(bob, row)
        assert form.save(version=version, put_back=version, meaning="By Bob.").status_code == 302

    @pytest.mark.parametrize("number", ["x", "٣", "9" * 5000], ids=["x", "Arabic", "long"])
    def test_as_the_number_of_a_row(self, bob: Client, number: str) -> None:
        form = Form(bob, Generation.objects.get(slug="mk1"))
        Version.of("x", changes=[]).save()
        assert form.save(phases__0__id=number).status_code == 200
