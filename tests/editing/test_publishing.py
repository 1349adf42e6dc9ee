"""A broken edit is not published and says why; larger changes can be made in their natural order."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.test import Client

from guides.models import ErrorMessage, Generation, Procedure, ProcedureUse, RadioUnit, Step, Version
from tests.accounts.helpers import text

from .helpers import change_url, inline, post, publishable, rows_with_keys, url

pytestmark = pytest.mark.django_db

ADVICE = "It cannot be published like this."


def radio(slug: str = "6000-cd") -> RadioUnit:
    return RadioUnit.objects.get(slug=slug)


def without(inline: str, number: int) -> dict[str, str]:
    """Tick “Delete” at each row of an inline."""
    return {f"{inline}-{place}-DELETE": "on" for place in range(number)}


def as_typed(value: Any) -> str:
    """A box is ticked or not, in the words of a browser; anything else is text."""
    return "" if value in (None, False) else "on" if value is True else str(value)


def no_confirm_keys() -> tuple[Model, dict[str, Any], str]:
    return radio(), {"confirm_keys": ""}, "6000 CD (radio): Missing: confirm keys."


def no_procedures() -> tuple[Model, dict[str, Any], str]:
    row = radio("sony")
    return row, without("uses", row.uses.count()), "It needs a code, but no procedure enters it."


def no_warning() -> tuple[Model, dict[str, Any], str]:
    row = Procedure.objects.get(slug="enter-code-buttons")
    calm = {f"steps-{place}-severity": "go" for place in range(row.steps.count())}
    return row, calm, "It sends a code, which can cost a try, and no warning comes before it."


def no_steps() -> tuple[Model, dict[str, Any], str]:
    row = Procedure.objects.get(slug="serial-on-display")
    drafts = {f"steps-{place}-is_published": None for place in range(row.steps.count())}
    return row, drafts, "A guide shows it without a single action."


def two_actions() -> tuple[Model, dict[str, Any], str]:
    row = ErrorMessage.objects.get(slug="wait")
    return row, {"next_action": "Wait.\n\nRun."}, "It names more than one next action."


def shared_years() -> tuple[Model, dict[str, Any], str]:
    return Generation.objects.get(slug="mk1"), {"last_year": 2013}, "but no question tells them apart."


def address_without_page() -> tuple[Model, dict[str, Any], str]:
    return ErrorMessage.objects.get(slug="wait"), {"meaning": "See /no-such-page/ for it."}, "is no page of this site."


BROKEN = [no_confirm_keys, no_procedures, no_warning, no_steps, two_actions, shared_years, address_without_page]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.__name__)
class TestABrokenEdit:
    def test_is_refused_in_words_and_comes_back_as_typed(self, editor: Client, broken: Any) -> None:
        row, changes, words = broken()
        before = rows_with_keys()
        response = post(editor, change_url(row), changes)
        assert response.status_code == 200
        said = text(response)
        assert ADVICE in said
        assert words in said
        assert rows_with_keys() == before
        assert not LogEntry.objects.exists()
        inlines = response.context["inline_admin_formsets"]
        forms = [response.context["adminform"].form, *(form for inline in inlines for form in inline.formset.forms)]
        typed = {field.html_name: as_typed(field.value()) for form in forms for field in form}
        assert {name: typed[name] for name in changes} == {name: as_typed(value) for name, value in changes.items()}
        # Every row of the form still has its page.
        assert [form.original for inline in inlines for form in inline if form.original and not form.original.pk] == []
        assert "None/change" not in response.content.decode()

    def test_is_saved_as_a_draft(self, editor: Client, broken: Any) -> None:
        row, changes, _words = broken()
        assert post(editor, change_url(row), {**changes, "is_published": None}).status_code == 302
        row.refresh_from_db()
        assert not row.is_published


def newest() -> Version:
    version = Version.objects.newest()
    assert version
    return version


class TestWhatWasWrongBefore:
    def test_does_not_stop_a_save(self, editor: Client) -> None:
        RadioUnit.objects.filter(slug="6000-cd").update(confirm_keys="")
        assert post(editor, change_url(radio()), {"name": "6000 CD/MP3"}).status_code == 302
        assert post(editor, change_url(ErrorMessage.objects.get(slug="wait")), {"meaning": "New."}).status_code == 302

    def test_is_not_hidden_by_what_was_wrong_elsewhere(self, editor: Client) -> None:
        RadioUnit.objects.filter(slug="6000-cd").update(confirm_keys="")
        row, changes, words = address_without_page()
        assert words in text(post(editor, change_url(row), changes))

    def test_does_not_stop_a_save_where_an_upgrade_brought_the_rule(self, editor: Client) -> None:
        findings = newest().findings
        del findings["missing"]
        Version.objects.update(findings=findings)
        RadioUnit.objects.filter(slug="6000-cd").update(confirm_keys="")
        assert post(editor, change_url(ErrorMessage.objects.get(slug="wait")), {"meaning": "New."}).status_code == 302
        assert len(newest().findings["missing"]) == 1

    def test_can_be_put_right(self, editor: Client) -> None:
        RadioUnit.objects.filter(slug="6000-cd").update(confirm_keys="")
        assert post(editor, change_url(radio()), {"confirm_keys": "5"}).status_code == 302


class TestANewRadio:
    """In the order of docs/content.md: radio as a draft, its procedure, its message, then the radio itself."""

    def test_goes_on_the_site_step_by_step(self, editor: Client, client: Client) -> None:
        mk2 = Generation.objects.get(slug="mk2")
        fields = publishable(
            name="7000 CD", slug="7000-cd", maker="Somebody", recognise="A made-up one.", faceplate="cd"
        )
        fields |= {"controls": "buttons", "code_needed": "yes", "confirm_keys": "5"}
        fields |= inline("fitments", publishable(generation=mk2.pk, first_year=2005, last_year=2007))
        assert post(editor, url(RadioUnit, "add"), fields).status_code == 302
        radio = RadioUnit.objects.get(slug="7000-cd")

        label = Procedure.objects.filter(task="find-label")[0]
        assert post(editor, change_url(radio), inline("uses", {"procedure": label.pk})).status_code == 302
        way = publishable(
            task="enter-code", name="Made-up way", in_short="1 to 4, then 5", slug="made-up", is_published="on"
        )
        way |= inline(
            "steps", publishable(text="Count your tries.", slug="count", severity="careful", is_published="on")
        )
        way |= inline("uses", {"radio": radio.pk})
        assert post(editor, url(Procedure, "add"), way).status_code == 302
        assert Step.objects.published().filter(procedure__slug="made-up").exists()
        message = publishable(display="ODD", slug="odd", meaning="Odd.", next_action="Wait.", severity="wait")
        message |= {"radios": [radio.pk], "is_published": "on"}
        assert post(editor, url(ErrorMessage, "add"), message).status_code == 302

        assert client.get("/focus/mk2/7000-cd/").status_code == 404
        published = {"is_published": "on", "fitments-0-is_published": "on"}
        assert post(editor, change_url(radio), published).status_code == 302
        page = client.get("/focus/mk2/7000-cd/").content.decode()
        assert "Count your tries." in page

    def test_without_its_procedures_waits_as_a_draft(self, editor: Client) -> None:
        fields = publishable(
            name="7000 CD", slug="7000-cd", maker="Somebody", recognise="A made-up one.", faceplate="cd"
        )
        fields |= {"controls": "buttons", "code_needed": "yes", "confirm_keys": "5", "is_published": "on"}
        response = post(editor, url(RadioUnit, "add"), fields)
        assert "Missing: procedures." in text(response)
        assert not RadioUnit.objects.filter(slug="7000-cd").exists()
        assert post(editor, url(RadioUnit, "add"), {**fields, "is_published": None}).status_code == 302


def test_withdrawing_is_never_refused(editor: Client) -> None:
    way = Procedure.objects.get(slug="enter-code-buttons")
    assert post(editor, change_url(way), {"is_published": None}).status_code == 302
    assert not Procedure.objects.get(pk=way.pk).is_published
    assert ProcedureUse.objects.filter(procedure=way).exists()
