"""The page of a guide: its rows, what each says when it is closed, and what stands inside."""

import re
from collections import Counter

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from guides.models import Fuse, Procedure, RadioUnit, Step
from guides.public.guide import Guide
from guides.public.selectors import every_guide, get_guide
from tests.helpers import Page, get_page

pytestmark = pytest.mark.django_db

STAGES = ["card", "serial", "label", "code", "enter"]
LAST = ["messages", "fuses", "questions", "keep", "sources"]


def row_ids(page: Page) -> list[str]:
    """The ids of the rows, in their order."""
    return re.findall(r'</summary>\s*<div id="([\w-]+)"', page.html)


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Page]:
    """The page of every guide, by address. Made outside any test's transaction."""
    with django_db_blocker.unblock():
        return {guide.url: get_page(Client(), guide.url) for guide in every_guide()}


def test_a_guide_has_the_rows_that_its_radio_needs(pages: dict[str, Page]) -> None:
    rows = {
        "/focus/mk2/6000-cd/": [*STAGES, *LAST],
        "/focus/mk3/6000-cd/": [*STAGES, *LAST],
        "/focus/mk1/4000-rds/": ["card", "label", "serial", "code", "enter", *LAST],
        "/focus/mk1/5000-rds/": ["card", "label", "code", "enter", *LAST],
        "/focus/mk2/travelpilot/": ["card", "label", "code", "enter", *LAST],
        "/focus/mk3/sync-1/": ["code", "enter", *LAST],
        "/focus/mk3/sync-2/": ["code", "enter", *LAST],
        "/focus/mk3/sync-3/": ["restart", *LAST],
        "/focus/mk4/sync-3/": ["restart", *LAST],
        "/focus/mk4/sync-4/": ["restart", *LAST],
    }
    assert {url: row_ids(pages[url]) for url in rows} == rows


def test_a_procedure_that_the_radio_cannot_do_is_left_out() -> None:
    """All of it, because its other steps would mislead; the radio keeps the rest of its rows."""
    RadioUnit.objects.filter(slug="sony").update(serial_keys="")
    RadioUnit.objects.filter(slug="travelpilot").update(confirm_keys="")
    for radio, row, kept in [("sony", "serial", "label"), ("travelpilot", "enter", "label")]:
        guide = get_guide(radio)
        assert row not in guide.anchors, radio
        assert row not in [way.procedure.anchor for way in guide.procedures], radio
        assert kept in guide.anchors, radio
        assert row not in row_ids(get_page(Client(), guide.url)), radio


def test_every_anchor_of_a_guide_is_in_a_row_of_its_page(pages: dict[str, Page]) -> None:
    problems = {}
    for guide in every_guide():
        page = pages[guide.url]
        twice = [id for id, number in Counter(page.ids).items() if number > 1]
        missing = [anchor for anchor in guide.anchors if f'id="{anchor}"' not in page.html]
        on_rows = re.findall(r"<details[^>]* id=", page.html)  # a link to the row itself would not open it
        nested = re.findall(r"<details(?:(?!</details>).)*<details", page.html.partition("<main")[2], re.DOTALL)
        if twice or missing or on_rows or nested:
            problems[guide.url] = twice, missing, on_rows, nested
    assert problems == {}


def test_the_line_of_a_row_is_short(pages: dict[str, Page]) -> None:
    long: dict[tuple[str, str], int] = {}
    for url, page in pages.items():
        lines = re.findall(r"</h2>\s*<span>(.*?)</span></summary>", page.html, re.DOTALL)
        assert len(lines) > 4, url
        long |= {(url, line): len(line) for line in lines if len(line) > 36 or not line}
    assert long == {}


def test_the_sheet_is_the_page_with_every_row_open(client: Client) -> None:
    closed, sheet = get_page(client, "/focus/mk2/6000-cd/"), get_page(client, "/focus/mk2/6000-cd/?view=sheet")
    assert '<details class="row" open>' not in closed.html
    assert row_ids(sheet) == row_ids(closed)
    assert [each for each in sheet.elements if "row" in each.classes and "open" not in each.attributes] == []


def test_a_guide_without_messages_and_fuses_says_so(client: Client) -> None:
    RadioUnit.objects.get(slug="6000-cd").messages.clear()
    Fuse.objects.all().delete()
    page = get_page(client, "/focus/mk2/6000-cd/")
    assert row_ids(page) == [*STAGES, "fuses", "questions", "keep", "sources"]
    assert page.says("no reliable fuse table")


def test_a_note_stands_under_the_action_before_it_and_has_no_number() -> None:
    procedure = Procedure.objects.get(slug="enter-code-buttons")
    procedure.steps.update(is_published=False)
    for order, (slug, is_note) in enumerate([("before", True), ("first", False), ("under", True), ("second", False)]):
        Step.objects.update_or_create(
            procedure=procedure,
            slug=slug,
            defaults={"text": slug, "is_note": is_note, "order": order, "is_published": True, "keys": ""}
            | {"checked_on": procedure.checked_on},
        )
    [way] = get_guide("6000-cd").entering
    assert [note.step.slug for note in way.notes] == ["before"]
    assert [(action.step.slug, [note.step.slug for note in action.notes]) for action in way.actions] == [
        ("first", ["under"]),
        ("second", []),
    ]
    assert way.actions[1].number == way.actions[0].number + 1


def test_what_it_shows_leads_to_its_row() -> None:
    def chips(guide: Guide) -> list[str]:
        return [message.slug for message in guide.chips]

    assert chips(get_guide("6000-cd", "mk2")) == ["wait", "locked"]
    assert chips(get_guide("sync-3", "mk4")) == []


def test_the_lines_of_fuses_name_each_number_once() -> None:
    assert get_guide("6000-cd", "mk2").fuse_line == "Fuse 58; from 2008 fuse 112, 108"
    assert get_guide("6000-cd", "mk3").fuse_line == "Fuse F79, F67, F85"


def test_the_last_row_says_where_sources_differ(client: Client) -> None:
    guide = get_guide("sony-dab", "mk3")
    page = get_page(client, guide.url)
    told = {each.claim.others_say for each in guide.evidence.contested}
    assert len(told) > 3
    assert [text for text in told if text and text.split("\n")[0][:40] not in page.main.text] == []
    links = re.findall(r'class="doubt" href="#([\w-]+)"', page.html)
    assert links
    assert set(links) <= set(page.ids)
