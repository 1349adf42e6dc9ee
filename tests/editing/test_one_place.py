"""A new radio in one form, and what spares editors needless work: slugs, shared evidence, the nearest name first."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guides.models import FAQ, CodeSource, ErrorMessage, Procedure, RadioUnit, Source, Version
from guides.public.evidence import evidence
from guides.public.selectors import every_guide
from tests.accounts.helpers import signed_in_as, text

from .helpers import change_url, form_data, inline, post, preview, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def radio() -> RadioUnit:
    return RadioUnit.objects.get(slug="sony")


def ticked(radio: RadioUnit, **changes: list[Any]) -> dict[str, Any]:
    """The boxes of the radio's form as they were opened, and as they are then."""
    parts = {name: [row.pk for row in getattr(radio, name).all()] for name in ("messages", "faqs", "code_sources")}
    return {**{f"initial-{name}": rows for name, rows in parts.items()}, **parts, **changes}


class TestPartsOfARadio:
    def test_are_ticked_on_its_own_form(self, editor: Client, radio: RadioUnit) -> None:
        other = ErrorMessage.objects.exclude(radios=radio)[0]
        gone, *kept = radio.messages.all()
        changes = ticked(radio, messages=[other.pk, *(row.pk for row in kept)])
        assert post(editor, change_url(radio), changes).status_code == 302
        assert set(radio.messages.all()) == {other, *kept}
        changed = {(each.what, each.model, each.key, each.fields) for each in Version.objects.all()[0].changed_rows}
        assert changed == {("changed", "errormessage", (row.slug,), ("radios",)) for row in (other, gone)}

    def test_keep_what_another_editor_stored_meanwhile(self, editor: Client, radio: RadioUnit) -> None:
        _first, second, *others = radio.messages.all()
        added = ErrorMessage.objects.exclude(radios=radio)[0]
        opened = ticked(radio, messages=[second.pk, *(row.pk for row in others)])
        added.radios.add(radio)
        second.radios.remove(radio)
        assert post(editor, change_url(radio), opened).status_code == 302
        assert set(radio.messages.all()) == {added, *others}

    def test_are_previewed(self, editor: Client, radio: RadioUnit) -> None:
        other = ErrorMessage.objects.exclude(radios=radio)[0]
        response = preview(editor, change_url(radio), ticked(radio, messages=[other.pk]))
        assert f"m-{other.slug}" in response.context["html"]
        assert other not in radio.messages.all()

    @pytest.mark.parametrize(("name", "kind"), [("faqs", FAQ), ("code_sources", CodeSource)])
    def test_never_become_those_of_all_radios(self, editor: Client, radio: RadioUnit, name: str, kind: Any) -> None:
        only = getattr(radio, name).all()[0]
        only.radios.set([radio])
        response = post(editor, change_url(radio), ticked(radio, **{name: []}))
        assert "names only this radio" in text(response)
        assert list(only.radios.all()) == [radio]
        offered = editor.get(change_url(radio)).context["adminform"].form.fields[name].queryset
        assert set(offered) == set(kind.objects.exclude(radios=None))


class TestACopy:
    def save(self, editor: Client, radio: RadioUnit, **changes: Any) -> Any:
        return post(editor, change_url(radio), {**ticked(radio), "why": "", "_saveasnew": "1", **changes})

    def test_is_a_draft_with_all_parts_that_nobody_has_checked(self, editor: Client, radio: RadioUnit) -> None:
        assert self.save(editor, radio, name="Sony X").status_code == 302
        copy = RadioUnit.objects.get(name="Sony X")
        assert (copy.slug, copy.other_names, copy.is_published, copy.checked_on) == ("sony-x", "", False, None)
        for name in ("messages", "faqs", "code_sources", "procedures", "sources"):
            assert set(getattr(copy, name).all()) == set(getattr(radio, name).all()), name
        cars = [(each.generation, each.years, each.is_published, each.checked_on) for each in copy.fitments.all()]
        assert cars == [(each.generation, each.years, False, None) for each in radio.fitments.all()]
        assert radio.uses.count() == copy.uses.count() > 0

    def test_asks_for_a_name_of_its_own(self, editor: Client, radio: RadioUnit) -> None:
        response = self.save(editor, radio)
        assert "“Sony” is a name of “Sony” already." in text(response)
        forms = [each for part in response.context["inline_admin_formsets"] for each in part.formset.forms]
        named = [form[name].value() for form in forms for name in ("generation", "procedure") if name in form.fields]
        assert len(named) > 1
        assert None not in named


class TestAStep:
    @pytest.fixture
    def procedure(self) -> Procedure:
        return Procedure.objects.get(slug="find-label")

    def test_needs_neither_slug_nor_evidence_of_its_own(self, editor: Client, procedure: Procedure) -> None:
        new = {"text": "Press gently. " * 9, "confidence": "reported", "severity": "go", "is_published": "on"}
        data = {**inline("steps", new), "+steps-checked_on": ""}
        for slug in ("press-gently-press-gently-press-gently", "press-gently-press-gently-press-gently-2"):
            assert post(editor, change_url(procedure), data).status_code == 302
            step = procedure.steps.get(slug=slug)
            assert (step.named_sources, step.last_checked) == (list(procedure.sources.all()), procedure.checked_on)
            assert step.missing() == []

    def test_shows_the_sources_of_its_procedure(self, procedure: Procedure) -> None:
        step = procedure.steps.all()[0]
        step.sources.clear()
        assert set(evidence([step]).sources) == set(procedure.sources.all())
        guide = next(each for each in every_guide() if step in each.claims)
        shown = next(claim for claim in guide.claims if claim == step)
        assert set(shown.named_sources) == set(procedure.sources.all())

    def test_names_its_own_where_they_differ(self, procedure: Procedure) -> None:
        step, source = procedure.steps.all()[0], Source.objects.all()[0]
        step.sources.set([source])
        assert step.named_sources == [source]


def test_an_empty_slug_is_made_from_the_name_and_is_free(editor: Client) -> None:
    for slug in ("ask-aunt-agatha", "ask-aunt-agatha-2"):
        fields = {"name": "Ask Aunt Agatha", "slug": None, "how": "Ask.", "confidence": "reported"}
        assert post(editor, url(CodeSource, "add"), fields).status_code == 302
        assert CodeSource.objects.filter(slug=slug).exists()


def test_choosers_put_the_nearest_name_first(editor: Client) -> None:
    wanted = {
        ("step", "procedure", "find the label"): "Find the label on the radio",
        ("step", "sources", "the base"): "The base article",
        ("fitment", "radio", "sony"): "Sony",
        ("fitment", "radio", "dab sony"): "Sony DAB",
    }
    found = {}
    for model, field, term in wanted:
        query = {"app_label": "guides", "model_name": model, "field_name": field, "term": term}
        results = editor.get(reverse("admin:autocomplete"), query).json()["results"]
        found[model, field, term] = results[0]["text"]
    assert found == wanted


def test_a_list_sorted_by_a_column_stays_so(editor: Client) -> None:
    query = {"q": "sony", "o": "-1"}
    names = [row.name for row in editor.get(url(RadioUnit, "changelist"), query).context["cl"].result_list]
    assert names == sorted(names, reverse=True)


def test_the_front_page_has_subjects_and_leads_to_the_handbook(editor: Client) -> None:
    page = editor.get("/admin/").content.decode()
    assert page.index(">Radios<") < page.index(">Generations<") < page.index(">Sources<") < page.index(">Makes<")
    assert ">Guides<" not in page
    address = reverse("editing:handbook")
    assert f'href="{address}"' in page
    html = editor.get(address).content.decode()
    assert '<h2 id="add-a-radio">' in html
    assert signed_in_as("Reviewers").get(address).status_code == 200


def test_a_save_without_a_change_says_so(editor: Client, radio: RadioUnit) -> None:
    row = ErrorMessage.objects.all()[0]
    data = {name: value for name, value in form_data(editor, change_url(row)).items() if value is not None}
    response = editor.post(change_url(row), data, follow=True)
    assert [str(each) for each in response.context["messages"]] == ["Nothing was changed."]
