"""Step mode: one action a page, with Back and Next, from the row where a procedure stands to its end."""

from collections.abc import Iterator

import pytest
from django.test import Client

from guides.models import Step
from guides.public.guide import Guide, GuideProcedure
from guides.public.selectors import get_guide
from tests.helpers import Page, get_page

pytestmark = pytest.mark.django_db

#: With both ways to the serial in either order, without the display's, on a screen, and with a restart.
GUIDES = {
    "/focus/mk2/6000-cd/": ("6000-cd", "mk2"),
    "/radios/4000-rds/": ("4000-rds",),
    "/focus/mk2/travelpilot/": ("travelpilot", "mk2"),
    "/focus/mk3/sync-2/": ("sync-2", "mk3"),
    "/focus/mk4/sync-3/": ("sync-3", "mk4"),
}


def step(guide: Guide, name: int | str) -> str:
    return f"{guide.url}?view=steps&step={name}"


def hrefs_of_bar(page: Page) -> list[str]:
    """Back and Next: the last two links of <main>."""
    return [each.attributes["href"] for each in page.inside("main") if each.tag == "a"][-2:]


def wanted(guide: Guide, way: GuideProcedure) -> Iterator[tuple[str, str, str]]:
    """Each page of a procedure, with where Back and Next lead."""
    row = f"{guide.url}#{way.procedure.anchor}"
    numbers = [action.number for action in way.actions]
    before = [row, *(step(guide, number) for number in numbers)]
    end = f"{guide.url}#code" if way in guide.reading else step(guide, way.end)
    after = [*(step(guide, number) for number in numbers[1:]), end]
    for number, back, onward in zip(numbers, before, after, strict=False):
        yield step(guide, number), back, onward
    if way in guide.asked:
        yield step(guide, way.end), before[-1], row


def test_back_and_next_lead_through_each_procedure(client: Client) -> None:
    wrong = []
    for url, slugs in GUIDES.items():
        guide = get_guide(*slugs)
        assert guide.url == url
        for way in guide.procedures:
            for address, *bar in wanted(guide, way):
                found = hrefs_of_bar(get_page(client, address))
                if found != bar:
                    wrong.append((address, bar, found))
    assert wrong == []


def test_the_action_is_shown_with_its_notes_and_no_other_action(client: Client) -> None:
    guide = get_guide("6000-cd", "mk2")
    for way in guide.procedures:
        for place, action in enumerate(way.actions):
            page = get_page(client, step(guide, action.number))
            notes = [note.step for note in (*(way.notes if place == 0 else ()), *action.notes)]
            shown = {each.slug for each in way.steps if each.text in page.main.text}
            assert shown == {action.step.slug, *(note.slug for note in notes)}
            assert f"Step {place + 1} of {len(way.actions)}" in page.main.text


def test_without_a_serial_the_other_way_starts(client: Client) -> None:
    for slugs in (("6000-cd", "mk2"), ("4000-rds",)):
        guide = get_guide(*slugs)
        for way, other in (guide.reading, reversed(guide.reading)):
            page = get_page(client, step(guide, way.actions[-1].number))
            assert step(guide, other.actions[0].number) in page.links
    only = get_guide("travelpilot", "mk2")
    page = get_page(client, step(only, only.reading[0].actions[-1].number))
    assert "No serial:" not in page.main.text


def test_the_end_asks_once_whether_it_worked(client: Client) -> None:
    for slugs in GUIDES.values():
        guide = get_guide(*slugs)
        for way in guide.asked:
            sent = {
                each.attributes["name"]: each.attributes.get("value", "")
                for each in get_page(client, step(guide, way.end)).elements
                if each.tag == "input" and each.attributes.get("type") == "hidden"
            }
            answer = client.post("/did-it/", sent | {"answer": "yes"}, headers={"Sec-Fetch-Site": "same-origin"})
            assert "Counted, thank you" in answer.content.decode(), way.end
    for number in (1, 99):
        assert 'action="/did-it/"' not in client.get(step(guide, number)).content.decode()


def test_other_numbers_give_the_nearest_action(client: Client) -> None:
    guide = get_guide("6000-cd", "mk2")
    first, last = (guide.actions[place].step.text for place in (0, -1))
    for name, text in {"0": first, "-5": first, "": first, "x": first, "done-x": first, "9" * 30: last}.items():
        assert text in get_page(client, step(guide, name)).main.text, name


def test_a_guide_without_actions_is_shown_instead(client: Client) -> None:
    Step.objects.update(is_published=False)
    response = client.get("/focus/mk4/sync-3/?view=steps")
    assert response.status_code == 200
    assert "<progress" not in response.content.decode()
