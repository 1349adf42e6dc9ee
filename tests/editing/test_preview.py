"""A preview shows the public pages with the change in them, and leaves nothing behind."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db.models import Model
from django.test import Client

from editing.content_file import lock_content
from editing.links import change_url as editing_url
from editing.preview.affected import pages_showing
from editing.preview.marks import marked
from guides.models import (
    CarGuide,
    CodeSource,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    Overlap,
    Phase,
    Procedure,
    ProcedureUse,
    RadioUnit,
    SerialFormat,
    Source,
    Step,
    Version,
)
from tests.accounts.helpers import signed_in, signed_in_as, text
from tests.helpers import Page

from .helpers import CONTENT, change_url, form_data, inline, post, preview, publishable, rows_with_keys, url

pytestmark = pytest.mark.django_db


def message(slug: str = "wait") -> ErrorMessage:
    return ErrorMessage.objects.get(slug=slug)


def states(response: Any) -> dict[str, str]:
    return {page.address: page.state for page in response.context["rendered"]}


def shown(response: Any) -> str:
    """The page in the frames."""
    frames = re.findall(r'srcdoc="([^"]*)"', response.content.decode())
    assert len(frames) == 2
    assert frames[0] == frames[1]
    return unescape(frames[0])


class TestTheChangeIsInThePages:
    def test_in_the_one_that_it_is_most_about_and_each_says_whether_it_differs(self, editor: Client) -> None:
        response = preview(editor, change_url(message()), {"meaning": "A made-up meaning."})
        assert response.status_code == 200
        assert "A made-up meaning." in Page("/messages/wait/", shown(response)).main.text
        assert states(response)["/messages/wait/"] == "changed"
        assert states(response)["/messages/"] == "same"

    def test_other_writers_are_locked_out_before_it_writes(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In PostgreSQL two that write the same tables in different orders would wait for each other."""
        before, found = message().meaning, []

        def lock() -> None:
            found.append(message().meaning)
            lock_content()

        monkeypatch.setattr("editing.history.record.lock_content", lock)
        preview(editor, change_url(message()), {"meaning": "A made-up meaning."})
        assert set(found) == {before}

    def test_a_text_is_read_with_the_words_of_the_form(self, editor: Client) -> None:
        changes = {"everyday_words": "PATIENTEZ", "_preview_text": "Mk2 patientez"}
        response = preview(editor, change_url(message()), changes)
        reading = response.context["dry_run"].reading
        assert (reading.messages, reading.generations) == (("wait",), ("mk2",))
        assert "“Mk2 patientez”" in text(response)
        assert "PATIENTEZ" not in message().everyday_words

    def test_any_other_can_be_asked_for(self, editor: Client) -> None:
        changes = {"meaning": "A made-up meaning.", "_preview_page": "/radios/sony/"}
        response = preview(editor, change_url(message()), changes)
        assert "A made-up meaning." in Page("/radios/sony/", shown(response)).main.text
        assert states(response)["/radios/sony/"] == "changed"

    def test_the_buttons_carry_everything_typed(self, editor: Client) -> None:
        response = preview(editor, change_url(message()), {"meaning": "A made-up meaning.", "synonyms": "ODD\nODDER"})
        page = Page("", response.content.decode())
        again = [each.attributes for each in page.elements if each.tag == "input" and "name" in each.attributes]
        typed = {each["name"]: each["value"] for each in again}
        assert typed["synonyms"] == "ODD\nODDER"
        second = editor.post(response.wsgi_request.path, {**typed, "_preview_page": "/messages/wait/"})
        assert "A made-up meaning." in shown(second)

    def test_a_step_that_is_not_saved_yet(self, editor: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        step = publishable(text="Look twice.", slug="twice", severity="go")
        response = preview(editor, change_url(procedure), inline("steps", step))
        assert "Look twice." in shown(response)
        assert "Look twice. (step)" in text(response)

    def test_a_radio_that_a_message_no_longer_names(self, editor: Client) -> None:
        sony = RadioUnit.objects.get(slug="sony")
        others = [radio.pk for radio in message().radios.exclude(pk=sony.pk)]
        address = sony.get_absolute_url()
        response = preview(editor, change_url(message()), {"radios": others, "_preview_page": address})
        assert states(response)[address] == "changed"

    def test_a_page_that_will_be_gone(self, editor: Client) -> None:
        response = preview(editor, change_url(message()), {"is_published": None, "_preview_page": "/messages/wait/"})
        assert states(response)["/messages/wait/"] == "gone"
        assert "there is no such page any more" in text(response)

    def test_judges_the_row_as_save_with_published_does(self, editor: Client) -> None:
        """Not the drafts that it shows with it: the radio has no car, no keys and no source."""
        way = Procedure.objects.create(slug="way", name="A way", task="enter-code", in_short="Press")
        draft = RadioUnit.objects.create(slug="7000-cd", name="7000 CD", controls="buttons", faceplate="cd", order=500)
        ProcedureUse.objects.create(procedure=way, radio=draft, order=10)
        typed = publishable(intro="A made-up introduction.", is_published="on")
        judged = preview(editor, change_url(way), typed | {"is_published": None}).context["dry_run"]
        assert "7000 CD (radio)" in judged.drafts
        saved = post(editor, change_url(way), typed)
        advice, *reasons = saved.context["adminform"].form.errors["__all__"]
        assert "cannot be published like this" in advice
        assert judged.findings == reasons
        assert not any("7000 CD" in reason for reason in reasons)

    def test_what_could_not_be_published(self, editor: Client) -> None:
        response = preview(editor, change_url(RadioUnit.objects.get(slug="6000-cd")), {"confirm_keys": ""})
        assert "6000 CD (radio): Missing: confirm keys." in text(response)
        assert states(response)["/practice/6000-cd/"] == "gone"


class TestDrafts:
    @pytest.mark.parametrize("faceplate", ["cd", ""], ids=["with a drawing", "without"])
    def test_a_new_radio_with_its_cars_and_steps(self, editor: Client, faceplate: str) -> None:
        """Everything is a draft, also the procedure with its steps; none has a source or a date yet."""
        way = Procedure.objects.create(slug="way", name="A way", task="enter-code")
        Step.objects.create(procedure=way, slug="press", text="Press gently.")
        mk2 = Generation.objects.get(slug="mk2")
        fields = {"name": "7000 CD", "slug": "7000-cd", "maker": "Somebody", "recognise": "Made up.", "order": 500}
        fields |= {"controls": "buttons", "code_needed": "yes", "faceplate": faceplate, "confidence": "reported"}
        car = {"generation": mk2.pk, "first_year": 2005, "last_year": 2007, "confidence": "reported"}
        fields |= inline("fitments", car) | inline("uses", {"procedure": way.pk})
        before = rows_with_keys()
        response = preview(editor, url(RadioUnit, "add"), fields)
        page = Page("/focus/mk2/7000-cd/", shown(response))
        assert "Press gently." in page.main.text
        assert states(response)["/focus/mk2/7000-cd/"] == "new"
        for draft in ("7000 CD (radio)", "Mk2, 7000 CD (radio in a car)", "A way (procedure)", "Press gently. (step)"):
            assert draft in text(response)
        assert "Missing: a source, confirm keys" in text(response)
        assert rows_with_keys() == before

    def test_a_draft_that_was_not_changed_stays_one(self, editor: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        Step.objects.create(procedure=procedure, slug="half", text="Half an idea.")
        response = preview(editor, change_url(procedure), {"intro": "A made-up introduction."})
        assert "A made-up introduction." in shown(response)
        assert "Half an idea." not in shown(response)

    def test_what_is_withdrawn_is_not_shown(self, editor: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        first = procedure.steps.all()[0]
        response = preview(editor, change_url(procedure), {"steps-0-is_published": None})
        assert first.text not in unescape(shown(response))


class TestNothingIsLeftBehind:
    def test_whatever_pages_show_the_row(self, editor: Client) -> None:
        """Messages, radios and procedures are previewed by other tests; the other models are shown as one of these."""
        models = {
            Phase: "its car and the start page",
            Overlap: "two cars",
            Fuse: "guides alone",
            Fitment: "its guide, its car and all radios",
            CodeSource: "a list and guides",
            CarGuide: "a list alone",
            Source: "a list without drafts",
        }
        before, unseen = rows_with_keys(), []
        for model, where in models.items():
            row = model._default_manager.all()[0]
            response = preview(editor, change_url(row), {"order": "77"} if hasattr(row, "order") else {})
            if response.status_code != 200 or not response.context["rendered"]:
                unseen.append((model, where))
        assert unseen == []
        assert rows_with_keys() == before
        assert Version.objects.count() == 1
        assert not LogEntry.objects.exists()
        assert "messagelist" not in editor.get("/admin/").content.decode()

    def test_a_form_that_is_not_valid_comes_back_and_can_be_saved(self, editor: Client) -> None:
        row = message()
        response = preview(editor, change_url(row), {"next_action": "", "meaning": "A made-up meaning."})
        form = response.context["adminform"].form
        assert form.errors["next_action"] == ["This field is required."]
        assert form["meaning"].value() == "A made-up meaning."
        (start,) = re.findall(r'<form[^>]*id="errormessage_form"[^>]*>', response.content.decode())
        assert "action=" not in start  # Save posts to the address of the form, where the preview was asked for too

    def test_is_for_those_who_may_save(self, client: Client) -> None:
        reviewer = signed_in_as("Reviewers")
        data = {**form_data(reviewer, change_url(message())), "_preview": "Preview"}
        assert reviewer.post(change_url(message()), data).status_code == 403
        assert reviewer.post(url(ErrorMessage, "add"), data).status_code == 403
        assert "_preview" not in onlooker().get(change_url(message())).content.decode()
        assert client.post(change_url(message()), data).headers["Location"].startswith("/admin/login/")


def onlooker() -> Client:
    """The browser of somebody who may only look at messages."""
    person = User.objects.create_user("onlooker", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_errormessage"))
    return signed_in(person)


class TestMarks:
    NOW = """<title>A</title><main><h1>A</h1><details class="row"><summary>B</summary>
        <div id="b"><p>C</p><ul><li>D <a href="/1/">E</a></li><li>F</li></ul></div></details>
        <details open><summary>G</summary></details></main>"""

    def test_what_is_different_in_rows_that_are_open(self) -> None:
        cases = {
            ("<p>C</p>", "<p>C, changed</p>"): "<p data-changed>C, changed</p>",
            ("<p>C</p>", '<p>C</p><div class="note"><p>N</p></div>'): '<div class="note" data-changed><p data-changed>',
            ("<li>F</li>", ""): '<li data-changed="gone">D',
            ("<summary>B", "<summary>Other"): "<summary data-changed>Other",
        }
        missed = []
        for (old, new), expected in cases.items():
            page = marked(self.NOW, self.NOW.replace(old, new))
            if expected not in page or '<details class="row" open>' not in page or page.count(" open") != 2:
                missed.append(page)
        assert missed == []

    def test_nothing_else(self) -> None:
        for old, new in (("", ""), ("<title>A", "<title>Other"), ('href="/1/"', 'href="/2/"'), ("<h1>A", "<h1>\n A ")):
            changed = self.NOW.replace(old, new)
            assert marked(self.NOW, changed) == changed

    def test_a_changed_step_is_the_only_mark_in_its_row(self, editor: Client) -> None:
        """On a real page, where numbers, drawings and sources stand between what was changed."""
        step = Step.objects.filter(procedure__slug="serial-on-display", is_note=False)[0]
        page = Page("", shown(preview(editor, change_url(step), {"text": "A made-up step."})))
        marks = [each for each in page.elements if "data-changed" in each.attributes]
        assert len(marks) == 1
        assert "A made-up step." in marks[0].text
        (row,) = [each for each in page.elements if each.tag == "details" and "open" in each.attributes]
        assert "A made-up step." in row.text


class TestTheGuideOneCameFrom:
    GUIDE = "/focus/mk2/6000-cd/"

    def test_is_first_and_view_on_site_leads_to_the_row_in_it(self, editor: Client) -> None:
        step = Step.objects.filter(procedure__slug="serial-on-display")[0]
        assert "/focus/" not in viewed_on_site(editor, step)
        response = preview(editor, editing_url(step, self.GUIDE), {"text": "A made-up step."})
        assert next(iter(states(response))) == self.GUIDE
        assert response.context["shown"].address == self.GUIDE
        assert viewed_on_site(editor, step) == f"{self.GUIDE}#serial"
        assert viewed_on_site(editor, message()) == f"{self.GUIDE}#m-wait"
        elsewhere = CarGuide.objects.filter(is_published=True)[0]
        assert viewed_on_site(editor, elsewhere) == elsewhere.get_absolute_url()

    def test_is_the_one_last_chosen_in_a_preview(self, editor: Client) -> None:
        preview(editor, change_url(message()), {"_preview_page": "/radios/sony/"})
        assert viewed_on_site(editor, message()) == "/radios/sony/#m-wait"

    def test_anything_else_is_ignored(self, editor: Client) -> None:
        own = message().get_absolute_url()
        for address in ("/nowhere/", "/focus/mk2/nothing/", "https://example.org/", "/about/", "//[", "x" * 2000):
            editor.get(editing_url(message(), address))
            assert viewed_on_site(editor, message()) == own


def viewed_on_site(client: Client, row: Model) -> str:
    return str(client.get(change_url(row)).context["absolute_url"])


class TestFrames:
    def test_links_open_the_site_and_scripts_are_gone(self, editor: Client) -> None:
        for address in ("/radios/6000-cd/", "/practice/6000-cd/"):
            changes = {"maker": "Somebody", "_preview_page": address}
            html = shown(preview(editor, change_url(RadioUnit.objects.get(slug="6000-cd")), changes))
            assert "<script" not in html
            links = [each.attributes for each in Page(address, html).elements if each.tag == "a"]
            assert len(links) > 5
            for link in links:
                within = link["href"].startswith("about:srcdoc#")
                assert within or (link["href"].startswith("/") and link["target"] == "_blank")
            assert "qr.svg" not in html

    def test_frames_run_nothing_and_send_nothing(self, editor: Client) -> None:
        page = Page("", preview(editor, change_url(message()), {}).content.decode())
        allowed = {each.attributes["sandbox"] for each in page.elements if each.tag == "iframe"}
        assert allowed == {"allow-same-origin allow-popups allow-popups-to-escape-sandbox"}


class TestPagesShowingARow:
    def test_every_kind_of_row_has_some_and_all_of_them_are_there(self, client: Client) -> None:
        rows = [row for model in CONTENT for row in model._default_manager.all()[:3]]
        found = {row: pages_showing(row) for row in rows}
        assert {type(row) for row, pages in found.items() if pages} == set(CONTENT)
        addresses = set().union(*found.values())
        assert len(addresses) > 30
        assert [address for address in addresses if client.get(address).status_code != 200] == []

    def test_the_guides_and_lists_that_show_it(self) -> None:
        expected = [
            (Fitment.objects.get(radio__slug="sony", generation__slug="mk2"), "/focus/mk2/sony/"),
            (Step.objects.filter(procedure__slug="serial-on-display")[0], "/radios/6000-cd/"),
            (SerialFormat.objects.get(slug="m-code"), "/focus/mk1/6000-cd/"),
            (Generation.objects.get(slug="mk2"), "/focus/mk2/6000-cd/"),
            (CodeSource.objects.all()[0], "/get-the-code/"),
            (Source.objects.get(slug="foc3"), "/about/sources/foc3/"),
        ]
        assert [(row, page) for row, page in expected if page not in pages_showing(row)] == []
