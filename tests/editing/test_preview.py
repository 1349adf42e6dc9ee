"""A preview shows the real pages with the change in them and leaves nothing behind; a kept one ends after 48 hours."""

import re
import time
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from editing.preview.places import places_of

from editing.content_file import hold_writers
from guides.models import (
    CodeSource,
    ErrorMessage,
    Fitment,
    Generation,
    Preview,
    Procedure,
    RadioUnit,
    SerialFormat,
    Source,
    Step,
)
from tests.helpers import Page

from .test_admin import CONTENT, browser_of, change_url, form_data, in_group, name, stored, text, url
from .test_publishing import inline, new

pytestmark = pytest.mark.django_db

KEPT = {"_preview_keep": "1"}


@pytest.fixture
def editor() -> Client:
    return in_group("Editors")


def message(slug: str = "wait") -> ErrorMessage:
    return ErrorMessage.objects.get(slug=slug)


def preview(client: Client, address: str, changes: dict[str, Any]) -> Any:
    """Open a form, change some of it as test_admin.post() does, and press Preview."""
    data = form_data(client, address)
    for prefix in {key[1:].partition("-")[0] for key in changes if key.startswith("+")}:
        number = data[f"{prefix}-TOTAL_FORMS"]
        data |= {f"{prefix}-TOTAL_FORMS": number + 1, f"{prefix}-{number}-order": 990}
        changes = {key.replace(f"+{prefix}-", f"{prefix}-{number}-"): value for key, value in changes.items()}
    button = re.search(r'formaction="([^"]+)"', client.get(address).content.decode())
    assert button
    return client.post(button[1], {key: value for key, value in (data | changes).items() if value is not None})


def states(response: Any) -> dict[str, str]:
    return {page.address: page.state for page in response.context["made"]}


def shown(response: Any) -> str:
    """The page in the frames."""
    frames = re.findall(r'srcdoc="([^"]*)"', response.content.decode())
    assert len(frames) == 2
    assert frames[0] == frames[1]
    return unescape(frames[0])


class TestTheChangeIsInThePages:
    def test_in_the_one_that_it_is_most_about(self, editor: Client) -> None:
        response = preview(editor, change_url(message()), {"meaning": "A made-up meaning."})
        assert response.status_code == 200
        assert "A made-up meaning." in Page("/messages/wait/", shown(response)).main.text

    def test_and_each_says_whether_it_differs(self, editor: Client) -> None:
        found = states(preview(editor, change_url(message()), {"meaning": "A made-up meaning."}))
        assert found["/messages/wait/"] == "changed"
        assert found["/messages/"] == "same"

    def test_other_writers_are_held_up_before_it_writes(self, editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """In PostgreSQL two that write the same tables in different orders wait for each other."""
        before, found = message().meaning, []

        def hold() -> None:
            found.append(message().meaning)
            hold_writers()

        monkeypatch.setattr("editing.admin.preview.hold_writers", hold)
        preview(editor, change_url(message()), {"meaning": "A made-up meaning."})
        assert found == [before]

    def test_any_other_can_be_asked_for(self, editor: Client) -> None:
        changes = {"meaning": "A made-up meaning.", "_preview_page": "/radios/sony/"}
        response = preview(editor, change_url(message()), changes)
        assert "A made-up meaning." in Page("/radios/sony/", shown(response)).main.text
        assert states(response)["/radios/sony/"] == "changed"

    def test_the_buttons_carry_everything_typed(self, editor: Client) -> None:
        response = preview(editor, change_url(message()), {"meaning": "A made-up meaning.", "synonyms": "A\nB"})
        page = Page("", response.content.decode())
        again = [each.attributes for each in page.elements if each.tag == "input" and "name" in each.attributes]
        typed = {each["name"]: each["value"] for each in again}
        assert typed["synonyms"] == "A\nB"
        second = editor.post(response.wsgi_request.path, {**typed, "_preview_page": "/messages/wait/"})
        assert "A made-up meaning." in shown(second)

    def test_a_step_that_is_not_saved_yet(self, editor: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        step = new(text="Look twice.", slug="twice", severity="go")
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

    def test_what_the_checker_would_refuse(self, editor: Client) -> None:
        response = preview(editor, change_url(RadioUnit.objects.get(slug="6000-cd")), {"confirm_keys": ""})
        assert "6000 CD (radio unit): Missing: confirm keys." in text(response)
        assert states(response)["/practice/6000-cd/"] == "gone"


class TestDrafts:
    def test_a_new_radio_with_its_cars_and_steps(self, editor: Client) -> None:
        """Everything is a draft, also the procedure with its steps; none has a source or a date yet."""
        way = Procedure.objects.create(slug="way", name="A way", task="enter-code")
        Step.objects.create(procedure=way, slug="press", text="Press gently.")
        mk2 = Generation.objects.get(slug="mk2")
        fields = {"name": "7000 CD", "slug": "7000-cd", "maker": "Somebody", "recognise": "Made up.", "order": 500}
        fields |= {"controls": "buttons", "code_needed": "yes", "faceplate": "cd", "confidence": "reported"}
        car = {"generation": mk2.pk, "first_year": 2005, "last_year": 2007, "confidence": "reported"}
        fields |= inline("fitments", car) | inline("uses", {"procedure": way.pk})
        before = stored()
        response = preview(editor, url(RadioUnit, "add"), fields)
        page = Page("/focus/mk2/7000-cd/", shown(response))
        assert "Press gently." in page.main.text
        assert states(response)["/focus/mk2/7000-cd/"] == "new"
        for draft in ("7000 CD (radio unit)", "Mk2, 7000 CD (fitment)", "A way (procedure)", "Press gently. (step)"):
            assert draft in text(response)
        assert "Missing: a source, confirm keys" in text(response)
        assert stored() == before

    def test_what_nobody_touched_stays_a_draft(self, editor: Client) -> None:
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
    @pytest.mark.parametrize("model", CONTENT, ids=name)
    def test_whatever_the_row(self, editor: Client, model: type[Model]) -> None:
        row = model._default_manager.all()[0]
        before = stored()
        response = preview(editor, change_url(row), {"order": "77"} if hasattr(row, "order") else {})
        assert response.status_code == 200
        assert response.context["made"]
        assert stored() == before
        assert not LogEntry.objects.exists()
        assert not Preview.objects.exists()
        assert "messagelist" not in editor.get("/admin/").content.decode()

    def test_a_form_that_is_not_valid_comes_back_as_ever(self, editor: Client) -> None:
        row = message()
        response = preview(editor, change_url(row), {"next_action": "", "meaning": "A made-up meaning."})
        form = response.context["adminform"].form
        assert form.errors["next_action"] == ["This field is required."]
        assert form["meaning"].value() == "A made-up meaning."
        # and its Save button saves
        assert f'action="{change_url(row)}"' in response.content.decode()

    def test_loaded_again_it_is_the_form(self, editor: Client) -> None:
        row = message()
        assert editor.get(f"/admin/guides/errormessage/{row.pk}/preview/").headers["Location"] == change_url(row)
        assert editor.get("/admin/guides/errormessage/add/preview/").headers["Location"] == url(ErrorMessage, "add")

    def test_who_may_not_save_may_not_preview(self, client: Client) -> None:
        reviewer = in_group("Reviewers")
        data = form_data(reviewer, change_url(message()))
        assert reviewer.post("/admin/guides/errormessage/add/preview/", data).status_code == 403
        assert "Preview" not in text(onlooker().get(change_url(message())))
        address = f"/admin/guides/errormessage/{message().pk}/preview/"
        assert client.post(address, data).headers["Location"].startswith("/admin/login/")


def onlooker() -> Client:
    """The browser of somebody who may only look at messages."""
    person = User.objects.create_user("onlooker", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_errormessage"))
    return browser_of(person)


class TestFramed:
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


def kept_address(editor: Client) -> str:
    response = preview(editor, change_url(message()), {"meaning": "A made-up meaning.", **KEPT})
    assert response.status_code == 302
    return response.headers["Location"]


class TestKept:
    def test_is_there_for_anybody(self, editor: Client, client: Client) -> None:
        address = kept_address(editor)
        response = client.get(address)
        assert response.status_code == 200
        assert "A made-up meaning." in shown(response)
        assert "A made-up meaning." in shown(client.get(address, {"page": "/focus/mk1/6000-cd/"}))
        until = timezone.localtime(Preview.objects.get().made_at + timedelta(hours=48))
        assert f"{until:%-d %B %Y, %H:%M}" in text(response)
        assert "made-up meaning" not in text(client.get("/messages/wait/"))

    def test_is_kept_by_nobody_else(self, editor: Client, client: Client) -> None:
        address = kept_address(editor)
        response = client.get(address)
        assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "Disallow: /preview/" in client.get("/robots.txt").content.decode()
        assert "/preview/" not in client.get("/sitemap.xml").content.decode()

    def test_ends_after_48_hours(self, editor: Client, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        address = kept_address(editor)
        now = time.time()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 48 * 3600 - 5)
        assert client.get(address).status_code == 200
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 48 * 3600 + 5)
        response = client.get(address)
        assert response.status_code == 410
        assert "Ask whoever sent it for a new one." in text(response)

    def test_goes_when_another_is_kept(self, editor: Client, client: Client) -> None:
        address = kept_address(editor)
        kept_address(editor)
        assert Preview.objects.count() == 2
        Preview.objects.filter(pk=Preview.objects.earliest("pk").pk).update(
            made_at=timezone.now() - timedelta(hours=49)
        )
        kept_address(editor)
        assert Preview.objects.count() == 2
        assert client.get(address).status_code == 410

    @pytest.mark.parametrize("forged", ["{short}", "9{link}", "x", "1:2:3"])
    def test_a_forged_link_is_told_so(self, editor: Client, client: Client, forged: str) -> None:
        link = urlsplit(kept_address(editor)).path.split("/")[2]
        response = client.get(f"/preview/{forged.format(link=link, short=link[:-2])}/")
        assert response.status_code == 404
        assert "Ask whoever sent it for a new one." in text(response)

    def test_only_looking_is_possible(self, editor: Client, client: Client) -> None:
        assert client.post(kept_address(editor)).status_code == 405


class TestPlaces:
    """On which pages a row is."""

    def test_every_kind_of_row_knows_and_all_of_them_are_there(self, client: Client) -> None:
        found: set[str] = set()
        for model in CONTENT:
            places = [places_of(row) for row in model._default_manager.all()]
            assert any(places), model
            found.update(*places)
        assert len(found) > 50
        assert {address for address in found if client.get(address).status_code != 200} == set()

    @pytest.mark.parametrize(
        ("row", "address"),
        [
            (lambda: Fitment.objects.get(radio__slug="sony", generation__slug="mk2"), "/focus/mk2/sony/"),
            (lambda: Step.objects.filter(procedure__slug="serial-on-display")[0], "/radios/6000-cd/"),
            (lambda: SerialFormat.objects.get(slug="m-code"), "/focus/mk1/6000-cd/"),
            (lambda: Generation.objects.get(slug="mk2"), "/focus/mk2/6000-cd/"),
            (lambda: CodeSource.objects.all()[0], "/get-the-code/"),
            (lambda: Source.objects.all()[0], "/about/sources/"),
        ],
    )
    def test_it_is_there(self, row: Any, address: str) -> None:
        assert address in places_of(row())
