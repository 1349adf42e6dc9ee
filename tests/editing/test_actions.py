"""The actions of the admin's lists, and deletion: they ask why, and what breaks the site is refused as a whole."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides.models import (
    FAQ,
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Procedure,
    RadioUnit,
    Source,
    Step,
    Version,
)
from tests.accounts.helpers import text

from .helpers import change_url, post, rows_with_keys, url

pytestmark = pytest.mark.django_db

LONG_AGO = "2020-01-01"


def message(slug: str) -> ErrorMessage:
    return ErrorMessage.objects.get(slug=slug)


def chosen(client: Client, action: str, *rows: Model) -> dict[str, Any]:
    """What a list sends for the action on these rows."""
    version = client.get(url(type(rows[0]), "changelist")).context["version"]
    return {"action": action, "_selected_action": [row.pk for row in rows], "version": version}


def ask(client: Client, action: str, *rows: Model) -> Any:
    """The page that the action shows first."""
    return client.post(url(type(rows[0]), "changelist"), {**chosen(client, action, *rows), "index": "0"})


def confirm(client: Client, action: str, *rows: Model, **typed: Any) -> Any:
    data = {**chosen(client, action, *rows), "post": "yes", "why": "A reason.", **typed}
    return client.post(url(type(rows[0]), "changelist"), data)


def offered(client: Client, model: type[Model]) -> list[str]:
    form = client.get(url(model, "changelist")).context["action_form"]
    return [name for name, _label in form.fields["action"].choices if name] if form else []


def newest() -> Version:
    version = Version.objects.newest()
    assert version
    return version


def test_which_actions_a_list_offers(editor: Client, reviewer: Client) -> None:
    facts = ["publish", "withdraw", "checked_today", "delete_selected"]
    assert offered(editor, Step) == facts
    assert [offered(editor, model) for model in (ErrorMessage, FAQ, CodeSource, Procedure)] == [
        ["add_to_radio", *facts]
    ] * 4
    assert offered(editor, Source) == ["delete_selected"]
    assert [offered(reviewer, model) for model in (Step, FAQ)] == [["checked_today"]] * 2
    assert offered(reviewer, Source) == []


class TestEveryAction:
    @pytest.fixture(params=["publish", "withdraw", "checked_today", "add_to_radio", "delete_selected"])
    def action(self, request: pytest.FixtureRequest) -> str:
        return request.param

    @pytest.fixture
    def rows(self, action: str) -> list[Any]:
        rows = [message("wait"), message("code")]
        ErrorMessage.objects.filter(pk__in=[row.pk for row in rows]).update(
            is_published=action != "publish", checked_on=LONG_AGO
        )
        return rows

    def typed(self) -> dict[str, Any]:
        return {"radio": RadioUnit.objects.exclude(messages=message("wait"))[0].pk}

    def test_asks_before_it_does_anything(self, editor: Client, action: str, rows: list[Any]) -> None:
        before = rows_with_keys()
        response = ask(editor, action, *rows)
        assert [row for row in rows if str(row) not in text(response)] == []
        assert 'name="why"' in response.content.decode()
        assert rows_with_keys() == before
        assert not LogEntry.objects.exists()

    def test_needs_a_reason(self, editor: Client, action: str, rows: list[Any]) -> None:
        before = rows_with_keys()
        response = confirm(editor, action, *rows, **self.typed(), why=" ")
        assert "Say why; other editors read it in the history." in text(response)
        assert rows_with_keys() == before

    def test_is_one_version_and_is_undone_in_one_step(self, admin_client: Client, action: str, rows: list[Any]) -> None:
        ask(admin_client, action, *rows)
        before = newest()
        assert confirm(admin_client, action, *rows, **self.typed()).status_code == 302
        assert newest().note == "A reason."
        assert {change.key for change in newest().changed_rows} == {row.natural_key() for row in rows}
        assert list(Version.objects.values_list("pk", flat=True)[:2]) == [newest().pk, before.pk]
        assert LogEntry.objects.count() == len(rows)
        back = {"newest": newest().pk, "why": "Undone."}
        assert admin_client.post(reverse("editing:go_back", args=[before.pk]), back).status_code == 302
        assert newest().digest == before.digest


class TestPublish:
    def test_all_or_none(self, editor: Client) -> None:
        ErrorMessage.objects.filter(slug__in=["wait", "code"]).update(is_published=False)
        message("code").sources.clear()
        response = confirm(editor, "publish", message("wait"), message("code"))
        assert "CODE (message): Missing: a source." in text(response)
        assert not message("wait").is_published

    def test_what_the_checks_refuse(self, editor: Client) -> None:
        ErrorMessage.objects.filter(slug="wait").update(is_published=False, next_action="Wait.\n\nRun.")
        assert "It names more than one next action." in text(ask(editor, "publish", message("wait")))
        assert "It names more than one next action." in text(confirm(editor, "publish", message("wait")))
        assert not message("wait").is_published

    def test_nothing_to_do(self, editor: Client) -> None:
        response = editor.post(
            url(ErrorMessage, "changelist"), {**chosen(editor, "publish", message("wait")), "index": "0"}, follow=True
        )
        assert "Nothing to do" in text(response)


def test_withdrawing_tells_what_it_breaks_and_is_not_refused(editor: Client) -> None:
    every = ErrorMessage.objects.all()
    assert "Its guide explains no message." in text(ask(editor, "withdraw", *every))
    assert confirm(editor, "withdraw", *every).status_code == 302
    assert not ErrorMessage.objects.filter(is_published=True).exists()


class TestCheckedToday:
    def test_by_a_reviewer(self, reviewer: Client) -> None:
        ErrorMessage.objects.update(checked_on=LONG_AGO)
        confirm(reviewer, "checked_today", message("wait"), message("code"))
        today = ErrorMessage.objects.filter(checked_on=timezone.localdate())
        assert {row.slug for row in today} == {"wait", "code"}

    def test_not_of_a_row_that_was_changed_since_the_list_was_opened(self, reviewer: Client, editor: Client) -> None:
        ErrorMessage.objects.update(checked_on=LONG_AGO)
        data = chosen(reviewer, "checked_today", message("wait"), message("code"))
        post(editor, change_url(message("wait")), {"meaning": "It counts sheep."})
        address = url(ErrorMessage, "changelist")
        for more in ({"index": "0"}, {"post": "yes", "why": "A reason."}):
            response = reviewer.post(address, {**data, **more})
            assert "“WAIT” was changed since you opened the list." in text(response)
            assert response.context["rows"] == [message("code")]
            assert not ErrorMessage.objects.exclude(checked_on=LONG_AGO).exclude(slug="wait").exists()


class TestAddToARadio:
    def test_messages(self, editor: Client, new_radio: RadioUnit) -> None:
        rows = message("wait"), message("code")
        assert confirm(editor, "add_to_radio", *rows, radio=new_radio.pk).status_code == 302
        assert set(new_radio.messages.all()) == set(rows)

    def test_what_is_for_all_radios_stays_so(self, editor: Client, new_radio: RadioUnit) -> None:
        some = CodeSource.objects.filter(radios__isnull=False)[0]
        every = CodeSource.objects.filter(radios__isnull=True)[0]
        confirm(editor, "add_to_radio", some, every, radio=new_radio.pk)
        assert set(new_radio.code_sources.all()) == {some}
        assert not every.radios.exists()

    def test_procedures_come_last_in_its_list(self, editor: Client, new_radio: RadioUnit) -> None:
        rows = [Procedure.objects.get(slug=slug) for slug in ("find-label", "serial-on-display")]
        confirm(editor, "add_to_radio", *rows, radio=new_radio.pk)
        confirm(editor, "add_to_radio", *rows, radio=new_radio.pk)
        numbers = new_radio.uses.order_by("order").values_list("procedure__slug", "order")
        assert sorted(order for _slug, order in numbers) == [10, 20]

    def test_two_procedures_for_one_row_of_its_guide(self, editor: Client) -> None:
        radio = RadioUnit.objects.get(slug="6000-cd")
        other = Procedure.objects.filter(task="enter-on-screen")[0]
        response = confirm(editor, "add_to_radio", other, radio=radio.pk)
        assert "Two procedures in one row of its guide" in text(response)
        assert other not in radio.procedures.all()

    def test_no_radio_chosen(self, editor: Client) -> None:
        response = confirm(editor, "add_to_radio", message("wait"), radio="")
        assert "This field is required." in text(response)


class TestDelete:
    """Of one row on its own page, and of several in a list."""

    @pytest.fixture(params=["page", "list"])
    def delete(self, request: pytest.FixtureRequest) -> Any:
        def one(client: Client, row: Model) -> Any:
            if request.param == "list":
                return confirm(client, "delete_selected", row)
            return client.post(url(type(row), "delete", row.pk), {"post": "yes", "why": "A reason."})

        return one

    @pytest.fixture
    def only_message(self) -> ErrorMessage:
        ErrorMessage.objects.exclude(slug="wait").update(is_published=False)
        return message("wait")

    def test_not_what_leaves_a_guide_without_a_message(
        self, editor: Client, delete: Any, only_message: ErrorMessage
    ) -> None:
        response = delete(editor, only_message)
        assert "Its guide explains no message." in text(response)
        assert message("wait")

    def test_not_what_leaves_a_procedure_without_a_step(self, editor: Client, delete: Any) -> None:
        first, *others = Procedure.objects.get(slug="find-label").steps.all()
        Step.objects.filter(pk__in=[step.pk for step in others]).delete()
        response = delete(editor, first)
        assert "Missing: steps." in text(response)
        assert Step.objects.filter(pk=first.pk).exists()

    def test_what_only_a_draft_needs(self, editor: Client, delete: Any, only_message: ErrorMessage) -> None:
        Fitment.objects.update(is_published=False)
        assert delete(editor, only_message).status_code == 302
        assert not ErrorMessage.objects.filter(slug="wait").exists()

    def test_what_is_broken_already(self, editor: Client, delete: Any) -> None:
        ErrorMessage.objects.update(is_published=False)
        assert delete(editor, message("wait")).status_code == 302

    def test_all_messages_of_a_list(self, editor: Client) -> None:
        every = ErrorMessage.objects.all()
        assert "Its guide explains no message." in text(ask(editor, "delete_selected", *every))
        confirm(editor, "delete_selected", *every)
        assert ErrorMessage.objects.count() == len(every)

    @pytest.mark.parametrize("where", ["page", "list"])
    def test_rows_are_named_as_in_the_lists(self, editor: Client, new_radio: RadioUnit, where: str) -> None:
        message("wait").radios.add(new_radio)
        at = url(RadioUnit, "delete", new_radio.pk)
        said = text(editor.get(at) if where == "page" else ask(editor, "delete_selected", new_radio))
        assert "relationship" not in said
        assert "Message: WAIT stays, and no longer names it" in said

    def test_a_reviewer_may_not(self, reviewer: Client) -> None:
        fuse = Fuse.objects.all()[0]
        confirm(reviewer, "delete_selected", fuse)
        confirm(reviewer, "withdraw", fuse)
        assert Fuse.objects.get(pk=fuse.pk).is_published
