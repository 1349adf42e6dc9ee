"""A generation that is still sold has no last year: from the forms of the admin to every page that says its years."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from editing.checks import check
from guides.models import FAQ, ErrorMessage, Generation, Overlap, Procedure, RadioUnit
from guides.public.vocabulary import stored_vocabulary
from guides.reader import read
from tests.accounts.helpers import text

from .helpers import change_url, inline, post, publishable, url

pytestmark = pytest.mark.django_db

PUBLISHED = {"is_published": "on"}


def saved(client: Client, address: str, fields: Mapping[str, Any]) -> None:
    response = post(client, address, fields)
    assert response.status_code == 302, text(response)


def add_mk5(editor: Client) -> None:
    """Mk5 with a radio, in the order of docs/content.md."""
    radio = publishable(name="Touch X", slug="touch-x", maker="Somebody", recognise="Made up.", faceplate="tiles")
    saved(editor, url(RadioUnit, "add"), radio | {"controls": "touchscreen", "code_needed": "no"})
    unit = RadioUnit.objects.get(slug="touch-x")
    saved(
        editor,
        change_url(unit),
        inline("uses", {"procedure": Procedure.objects.get(slug="soft-reset-sync-3").pk}),
    )
    for row in (ErrorMessage.objects.get(slug="no-display"), FAQ.objects.filter(section="needed", radios=None)[0]):
        if row.radios.exists():
            saved(editor, change_url(row), {"radios": [*row.radios.values_list("pk", flat=True), unit.pk]})
    saved(editor, change_url(unit), PUBLISHED)
    car = publishable(name="Mk5", slug="mk5", other_names="Mark 5", first_year=2026, recognise="Made up.", **PUBLISHED)
    phase = publishable(name="launch", slug="launch", first_year=2026, recognise="Made up.", **PUBLISHED)
    fitment = publishable(
        radio=unit.pk, first_year=2026, code_needed="", code_advice="It never asks for a code.", **PUBLISHED
    )
    saved(editor, url(Generation, "add"), {**car, **inline("phases", phase), **inline("fitments", fitment)})


def test_goes_on_the_site_and_says_so_everywhere(editor: Client, client: Client) -> None:
    add_mk5(editor)
    assert [finding for finding in check() if finding.blocks_publishing] == []
    missing = [
        path
        for path in ("/", "/focus/mk5/", "/focus/mk5/touch-x/", "/radios/", "/find-my-focus/")
        if not re.search(r"2026–(?!\d|None)", text(client.get(path)))
    ]
    assert missing == []
    assert "/focus/mk5/touch-x/" in client.get("/sitemap.xml").content.decode()
    vocabulary = stored_vocabulary()
    for typed in ("2027", "my focus is from 2030", "mk5", "mark 5", "76 plate"):
        assert read(typed, vocabulary).generations == ("mk5",), typed


def unasked_years() -> list[Model]:
    return [finding.row for finding in check() if finding.rule == "overlap"]


def test_two_that_have_no_end_need_a_question_without_end() -> None:
    Generation.objects.filter(slug="mk4").update(last_year=None)
    mk4 = Generation.objects.get(slug="mk4")
    sold = {"first_year": 2026, "order": 500, "is_published": True, "checked_on": "2026-11-01"}
    mk5 = Generation.objects.create(slug="mk5", name="Mk5", recognise="Made up.", **sold)
    assert unasked_years() == [mk5]
    answers = {"question": "Which?", "earlier_answer": "This.", "later_answer": "That."}
    question = Overlap.objects.create(earlier=mk4, later=mk5, last_year=2030, **answers, **sold)
    assert unasked_years() == [mk5]
    question.last_year = None
    question.full_clean()
    question.save()
    assert unasked_years() == []
    vocabulary = stored_vocabulary()
    assert read("2027", vocabulary).generations == ("mk4", "mk5")
    assert read("2025", vocabulary).generations == ("mk4",)
