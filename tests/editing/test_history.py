"""The history: every change is a version, two of them can be compared, and every one can be gone back to."""

from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from editing.content_file import ContentFileError, apply, dump, export, load, read_content
from editing.content_file.descendants import is_descendant_of, with_descendants
from editing.history import display, record, revert
from guides.models import (
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Make,
    Phase,
    Procedure,
    RadioUnit,
    Source,
    Step,
    Version,
)
from tests.accounts.helpers import signed_in, signed_in_as, text

from .helpers import change_url, post, url

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def person() -> User:
    return User.objects.create_superuser("ann")


@pytest.fixture
def ann(person: User) -> Client:
    return signed_in(person)


def newest() -> Version:
    version = Version.objects.newest()
    assert version
    return version


def edit(row: Model, **values: Any) -> Version:
    """A recorded change."""
    with record.recorded(None, "Edited."):
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return newest()


def delete(row: Model) -> Version:
    """The version before it was deleted."""
    with record.recorded(None, "Before."):
        pass
    before = newest()
    with record.recorded(None, "Deleted."):
        row.delete()
    return before


def page(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"editing:{name}", args=args, query=query)


def row_of(row: Any) -> dict[str, Any]:
    return {"model": row._meta.model_name, "key": list(row.natural_key())}


def order_of(rows: Any) -> list[tuple[Any, ...]]:
    return [row.natural_key() for row in rows]


def go_back(client: Client, version: Version, row: Any = None, why: str = "It was right.") -> Any:
    """Agree on the page that goes back to a version or to a row of it."""
    address = page("go_back", version.pk, **(row_of(row) if row else {}))
    return client.post(address, {"why": why, "newest": newest().pk}, follow=True)


class TestEveryChangeIsAVersion:
    def test_the_starting_content_is_the_first(self) -> None:
        version = newest()
        assert (version.made_by, version.note) == (None, "Starting content.")
        assert version.data.decode() == export()
        assert {change[0] for change in version.changes} == {"added"}

    def test_saved_in_the_admin(self, ann: Client, person: User) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        assert post(ann, change_url(row), {"meaning": "Other.", "why": "The handbook says so."}).status_code == 302
        version = newest()
        assert (version.made_by, version.note) == (person, "The handbook says so.")
        assert version.changes == [["changed", "errormessage", ["wait"], ["meaning"]]]
        assert version.data.decode() == export()

    def test_nothing_changed_is_no_version(self, ann: Client) -> None:
        for row in (RadioUnit.objects.get(slug="6000-cd"), ErrorMessage.objects.get(slug="wait")):
            assert post(ann, change_url(row), {}).status_code == 302
        assert Version.objects.count() == 1

    def test_a_refused_form_is_no_version(self, ann: Client) -> None:
        assert post(ann, change_url(Source.objects.all()[0]), {"title": ""}).status_code == 200
        assert Version.objects.count() == 1

    def test_added(self, ann: Client) -> None:
        fields = {"name": "Aunt", "slug": "aunt", "how": "Ask.", "confidence": "reported", "why": ""}
        assert post(ann, url(CodeSource, "add"), fields).status_code == 302
        assert newest().changes == [["added", "codesource", ["aunt"], []]]

    def test_deleted_with_its_descendants(self, ann: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        steps = procedure.steps.count()
        ann.post(url(Procedure, "delete", procedure.pk), {"post": "yes", "why": "Nobody needs it."})
        assert newest().note == "Nobody needs it."
        assert [change[:2] for change in newest().changes].count(["removed", "step"]) == steps

    def test_deleted_in_a_list(self, ann: Client, person: User) -> None:
        rows = [str(row.pk) for row in Fuse.objects.all()[:2]]
        confirmed = {"action": "delete_selected", "_selected_action": rows, "post": "yes", "why": "Not in this car."}
        ann.post(url(Fuse, "changelist"), confirmed)
        assert (newest().made_by, newest().note) == (person, "Not in this car.")
        assert [change[0] for change in newest().changes] == ["removed", "removed"]

    def test_checked_today(self, ann: Client, person: User) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        ErrorMessage.objects.filter(pk=row.pk).update(checked_on="2020-01-01")
        ann.post(page("checked_today", "errormessage", row.pk), {"version": newest().pk})
        assert newest().made_by == person
        assert newest().changes == [["changed", "errormessage", ["wait"], ["checked_on"]]]

    def test_imported(self, tmp_path: Any) -> None:
        file = tmp_path / "content.yaml"
        file.write_text(export().replace("name: Mk1\n", "name: Mk 1\n"))
        call_command("content", "import", str(file), "--yes")
        assert (newest().made_by, newest().note) == (None, "Import of a content file.")

    def test_a_change_outside_the_admin_has_a_version_without_author(self, ann: Client, person: User) -> None:
        Generation.objects.filter(slug="mk1").update(name="From a shell")
        assert post(ann, change_url(ErrorMessage.objects.get(slug="wait")), {"meaning": "Other."}).status_code == 302
        mine, other = Version.objects.all()[:2]
        assert (mine.made_by, mine.changes) == (person, [["changed", "errormessage", ["wait"], ["meaning"]]])
        assert (other.made_by, other.changes) == (None, [["changed", "generation", ["mk1"], ["name"]]])

    def test_what_fails_leaves_neither_change_nor_version(self) -> None:
        before = export()

        def fail() -> None:
            with record.recorded(None, ""):
                Generation.objects.all().delete()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert (export(), Version.objects.count()) == (before, 1)

    def test_a_version_that_this_release_cannot_read_does_not_stop_a_save(self, ann: Client) -> None:
        Version.objects.update(packed=Version.of("format: 99\n").packed)
        assert post(ann, change_url(ErrorMessage.objects.get(slug="wait")), {"meaning": "Other."}).status_code == 302
        first = Version.objects.last()
        assert first
        assert "This release cannot read" in text(ann.get(page("compare", old=first.pk, new=newest().pk)))
        assert "Upgrade the site first" in text(ann.get(page("go_back", first.pk)))

    def test_lines_end_as_they_did(self, ann: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        post(ann, change_url(row), {"synonyms": "ONE\r\nTWO"})
        row.refresh_from_db()
        assert row.synonyms == "ONE\nTWO"


class TestWhy:
    def test_a_change_says_why(self, ann: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        response = post(ann, change_url(row), {"meaning": "Other.", "why": None})
        assert response.context["adminform"].form.errors == {"why": ["Say why; other editors read it in the history."]}
        assert "Other." in response.content.decode()

    def test_a_deletion_says_why(self, ann: Client) -> None:
        row = CodeSource.objects.all()[0]
        response = ann.post(url(CodeSource, "delete", row.pk), {"post": "yes"}, follow=True)
        assert "Say why" in text(response)
        assert CodeSource.objects.filter(pk=row.pk).exists()

    def test_it_is_no_field_of_the_row_in_the_log(self, ann: Client) -> None:
        from django.contrib.admin.models import LogEntry

        post(ann, change_url(ErrorMessage.objects.get(slug="wait")), {"meaning": "Other."})
        assert LogEntry.objects.latest("pk").get_change_message() == "Changed Meaning."


class TestDescendants:
    def test_of_a_row(self) -> None:
        content = read_content()
        mk1 = (Generation, ("mk1",))
        found = {model for model, key in with_descendants(content, mk1)}
        assert found >= {Generation, Phase, Fitment, Fuse}
        assert not is_descendant_of((Phase, ("mk2", "launch")), mk1)
        assert is_descendant_of((Fuse, ("mk1", "launch", "Boot", "12")), mk1)
        assert is_descendant_of((Fitment, ("mk1", "sony")), (RadioUnit, ("sony",)))


class TestGoingBack:
    """Rows come back with their descendants, their order and their primary keys."""

    def test_to_a_whole_version_and_back_again(self, ann: Client, person: User) -> None:
        start, before = newest(), export()
        numbers = [*Step.objects.order_by("pk").values_list("pk", flat=True)]
        edit(ErrorMessage.objects.get(slug="wait"), meaning="Other.")
        delete(Procedure.objects.get(slug="serial-on-display"))
        changed = newest()
        assert "Done" in text(go_back(ann, start))
        assert export() == before
        assert [*Step.objects.order_by("pk").values_list("pk", flat=True)] == numbers
        assert newest().made_by == person
        assert newest().note == f"Back to version {start}: It was right."
        go_back(ann, changed)
        assert export() == changed.data.decode()

    def test_steps_and_their_order(self, ann: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        start, before = newest(), order_of(procedure.steps.all())
        steps = list(procedure.steps.all())
        changes: dict[str, Any] = {f"steps-{number}-order": 500 - 10 * number for number in range(len(steps))}
        changes |= {"steps-1-DELETE": "on", "intro": "Other.", "steps-0-text": "Other."}
        changes |= {
            "+steps-text": "New.",
            "+steps-slug": "new",
            "+steps-severity": "go",
            "+steps-confidence": "reported",
        }
        assert post(ann, change_url(procedure), changes).status_code == 302
        assert order_of(procedure.steps.all()) != before
        edit(ErrorMessage.objects.get(slug="wait"), meaning="Stays.")
        go_back(ann, start, procedure)
        assert order_of(procedure.steps.all()) == before
        assert [step.pk for step in procedure.steps.all()] == [step.pk for step in steps]
        assert ErrorMessage.objects.get(slug="wait").meaning == "Stays."
        assert [change for change in newest().changed_rows if change.model == "errormessage"] == []

    def test_a_child_that_was_edited_on_its_own_page(self, ann: Client) -> None:
        """Where django-reversion goes wrong: the child's change is no version of its parent there."""
        generation = Generation.objects.get(slug="mk1")
        phase = generation.phases.all()[0]
        fuse = phase.fuses.all()[0]
        assert post(ann, change_url(fuse), {"protects": "Heater"}).status_code == 302
        middle = newest()
        assert post(ann, change_url(phase), {"name": "Renamed"}).status_code == 302
        listed = ann.get(url(Generation, "history", generation.pk)).context["page"].object_list
        assert [version.pk for version in listed][:2] == [newest().pk, middle.pk]
        go_back(ann, middle, generation)
        phase.refresh_from_db()
        fuse.refresh_from_db()
        assert (phase.name != "Renamed", fuse.protects) == (True, "Heater")

    def test_two_rows_that_swap_what_only_one_can_have(self, ann: Client) -> None:
        phase = next(phase for phase in Phase.objects.all() if phase.fuses.count() > 1)
        one, other = phase.fuses.all()[:2]
        start, before = newest(), export()
        with record.recorded(None, "Swap."):
            Fuse.objects.filter(pk=one.pk).update(number="x")
            Fuse.objects.filter(pk=other.pk).update(number=one.number, box=one.box)
            Fuse.objects.filter(pk=one.pk).update(number=other.number, box=other.box)
        go_back(ann, start, phase)
        assert export() == before

    def test_a_deleted_radio_with_all_that_named_it(self, ann: Client) -> None:
        radio = RadioUnit.objects.get(slug="6000-cd")
        before = export()
        assert all(rows.exists() for rows in (radio.fitments, radio.uses, radio.messages))
        last = delete(radio)
        listed = ann.get(page("deleted")).context["entries"]
        assert [entry["gone"].row for entry in listed] == [(RadioUnit, ("6000-cd",))]
        go_back(ann, last, radio)
        assert export() == before
        assert RadioUnit.objects.get(slug="6000-cd").fitments.exists()
        assert not ann.get(page("deleted")).context["entries"]

    def test_a_deleted_step_comes_back_to_its_place(self, ann: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        before, step = order_of(procedure.steps.all()), procedure.steps.all()[1]
        last = delete(step)
        go_back(ann, last, step)
        assert order_of(procedure.steps.all()) == before

    def test_shown_first_and_nothing_done(self, ann: Client) -> None:
        start = newest()
        edit(ErrorMessage.objects.get(slug="wait"), meaning="Sheep.")
        before = export()
        response = ann.get(page("go_back", start.pk))
        assert "<del>Sheep.</del>" in response.content.decode()
        assert export() == before

    def test_asks_why(self, ann: Client) -> None:
        start = newest()
        edit(ErrorMessage.objects.get(slug="wait"), meaning="Sheep.")
        assert "Say why" in text(go_back(ann, start, why=" "))
        assert ErrorMessage.objects.get(slug="wait").meaning == "Sheep."

    def test_not_over_what_was_changed_meanwhile(self, ann: Client) -> None:
        start = newest()
        edit(ErrorMessage.objects.get(slug="wait"), meaning="Sheep.")
        address = page("go_back", start.pk)
        seen = ann.get(address).context["newest"]
        edit(ErrorMessage.objects.get(slug="wait"), meaning="Goats.")
        assert "changed meanwhile" in text(ann.post(address, {"why": "So.", "newest": seen}))
        assert ErrorMessage.objects.get(slug="wait").meaning == "Goats."

    def test_says_why_not(self, ann: Client) -> None:
        """A step cannot come back without its procedure, and the way out is to bring that back."""
        procedure = Procedure.objects.get(slug="serial-on-display")
        step = procedure.steps.all()[0]
        start = newest()
        delete(procedure)
        before = export()
        response = go_back(ann, start, step)
        assert "This cannot be done: step serial-on-display/" in text(response)
        assert "there is no procedure serial-on-display" in text(response)
        assert export() == before

    def test_what_would_break_a_rule_changes_nothing(self, ann: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        start = newest()
        edit(row, display="BEEP", synonyms="")
        edit(ErrorMessage.objects.get(slug="err"), synonyms="WAIT")
        before = export()
        assert "is a name of “ERR" in text(go_back(ann, start, row))
        assert export() == before

    def test_what_would_publish_errors_changes_nothing(self, ann: Client) -> None:
        radio = RadioUnit.objects.get(slug="6000-cd")
        broken = edit(radio, confirm_keys="")
        edit(radio, confirm_keys="5")
        before = export()
        assert "6000 CD (radio): Missing: confirm keys." in text(go_back(ann, broken, radio))
        assert export() == before

    def test_a_row_that_was_not_there_goes(self, ann: Client) -> None:
        start = newest()
        with record.recorded(None, "New."):
            make = Make.objects.create(slug="new", name="New")
        go_back(ann, start, make)
        assert not Make.objects.filter(slug="new").exists()

    def test_every_version_can_be_gone_back_to(self) -> None:
        for name in ("one", "two", "three"):
            edit(Generation.objects.get(slug="mk1"), name=name)
        for version in Version.objects.all():
            apply(revert.whole(version))
            assert export() == version.data.decode()


class TestReading:
    def test_lists_who_when_and_why(self, ann: Client) -> None:
        post(ann, change_url(ErrorMessage.objects.get(slug="wait")), {"meaning": "Other.", "why": "Because of sheep."})
        said = text(ann.get(page("history")))
        for words in ("Because of sheep.", "ann", "Message wait: Meaning", "Starting content."):
            assert words in said
        assert "more rows" in said

    def test_between_any_two(self, ann: Client) -> None:
        row = ErrorMessage.objects.get(slug="wait")
        versions = [edit(row, meaning=f"It counts {what} here.") for what in ("sheep", "goats", "pigs")]
        html = ann.get(page("compare", old=versions[2].pk, new=versions[0].pk)).content.decode()
        assert "It counts <del>sheep </del><ins>pigs </ins>here." in html.replace("&nbsp;", " ")
        for one, other in pairwise(versions):
            assert ann.get(page("compare", old=one.pk, new=other.pk)).context["differences"]
        assert "No difference." in text(ann.get(page("compare", old=versions[0].pk, new=versions[0].pk)))

    def test_of_one_row_alone(self, ann: Client) -> None:
        start, row = newest(), ErrorMessage.objects.get(slug="wait")
        edit(row, meaning="Sheep.")
        edit(Generation.objects.get(slug="mk1"), name="Other")
        found = ann.get(page("compare", old=start.pk, new=newest().pk, **row_of(row))).context["differences"]
        assert [each.row for each in found] == [(ErrorMessage, ("wait",))]

    def test_two_have_to_be_chosen(self, ann: Client) -> None:
        queries = ("", "old=1", "old=x&new=y", "old=²&new=1", "old=999999&new=1", f"old={'9' * 5000}&new=1")
        answers = {query: text(ann.get(f"{page('compare')}?{query}", follow=True)) for query in queries}
        assert [query for query, said in answers.items() if "Choose two versions" not in said] == []

    def test_a_version_or_row_that_does_not_exist_is_not_found(self, ann: Client) -> None:
        rows = ("1/?model=user&key=ann", "1/?model=step")
        for address in ("999999/", "99999999999999999999999/", *rows):
            assert ann.get(f"/admin/guides/history/{address}").status_code == 404, address

    def test_a_value_is_shown_as_in_the_admin(self) -> None:
        row = (ErrorMessage, ("wait",))
        content: Any = {RadioUnit: {("a",): {"name": "Radio A"}}}
        assert display.display_value(row, "severity", "go", content) == "Go on"
        assert display.display_value(row, "is_published", True, content) == "yes"
        assert display.display_value(row, "radios", (("a",), ("b",)), content) == "Radio A; b"

    def test_pieces_make_both_texts_again(self) -> None:
        old, new = "Hold 1 and 6.\nThen wait.", "Hold 2 and 6 down.\nThen wait."
        found = display.pieces(old, new)
        assert "".join(piece.text for piece in found if piece.tag != "ins") == old
        assert "".join(piece.text for piece in found if piece.tag != "del") == new

    def test_pieces_of_long_texts_are_the_texts(self) -> None:
        old, new = "a b " * 200, "b c a " * 200
        assert display.pieces(old, new) == [("del", old), ("ins", new)]
        assert display.pieces("", new) == [("ins", new)]
        assert display.pieces(old, old) == [("same", old)]

    def test_pages_of_many(self, ann: Client) -> None:
        for number in range(30):
            Version.of("x", note=str(number), changes=[]).save()
        assert "Page 1 of 2" in text(ann.get(page("history")))
        assert "Starting content." in text(ann.get(page("history", page=2)))


class TestWhoMayDoWhat:
    def test_anonymous_is_sent_to_the_sign_in(self, client: Client) -> None:
        for address in (page("history"), page("compare"), page("deleted"), page("go_back", 1)):
            assert client.get(address).headers["Location"].startswith("/admin/login/")

    def test_without_permissions_nothing_is_shown(self) -> None:
        client = signed_in(User.objects.create_user("bob", is_staff=True))
        for address in (page("history"), page("deleted"), page("go_back", newest().pk)):
            assert client.get(address).status_code == 403

    def test_who_may_only_change_cannot_bring_rows_back(self) -> None:
        person = User.objects.create_user("careful", is_staff=True)
        may = Permission.objects.filter(content_type__app_label="guides", codename__regex="^(change|view)_")
        person.user_permissions.set(may)
        careful, row = signed_in(person), ErrorMessage.objects.get(slug="wait")
        start = newest()
        edit(row, meaning="Sheep.")
        assert "Done" in text(go_back(careful, start, row))
        last = delete(row)
        assert "you would have to be allowed to: add messages." in text(go_back(careful, last, row))
        assert "delete" in text(go_back(careful, start))
        assert not ErrorMessage.objects.filter(slug="wait").exists()

    def test_an_editor_goes_back_to_a_whole_version(self) -> None:
        editor, start = signed_in_as("Editors"), newest()
        edit(ErrorMessage.objects.get(slug="wait"), meaning="Sheep.")
        assert "Done" in text(go_back(editor, start))


def test_a_version_is_small() -> None:
    """What the record of the decision says: 30 KB for the starting content."""
    assert len(newest().packed) < 35_000


def test_a_version_is_a_content_file() -> None:
    assert dump(load(newest().data).content) == export()


def test_a_version_that_cannot_be_read_is_refused_in_one_line() -> None:
    version = Version.of("not a content file")
    with pytest.raises(ContentFileError):
        revert.whole(version)
