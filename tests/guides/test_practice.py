"""The practice radio: what its screens lead to, what rows make of it, and its stills for those without script."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guides.drawings import faceplates
from guides.models import ErrorMessage, RadioUnit
from guides.practice.screens import (
    CODE,
    EMPTY,
    PRESSES,
    START,
    Habits,
    Screen,
    Scroll,
    dialled,
    place,
    presses_for,
    screens,
    still,
)
from guides.public import selectors
from tests.helpers import Element, Page, get_page

FAIL, WAIT, LOCKED = ("#FAIL", "fail"), ("WAIT", "wait"), ("LOCKED10", "locked10")
FORD = Habits(
    scrolls=(
        Scroll(("1", "6"), (("50701234", "software-data"), ("FD12ABC V012345", "serial"))),
        Scroll(("2", "6"), (("V012345", "serial"),)),
    ),
    tries=10,
    free_tries=3,
    refused=FAIL,
    wait=WAIT,
    locked=LOCKED,
)

messages = st.none() | st.tuples(st.sampled_from(["#FAIL", "ERR", "WAIT", "LOCKED10"]), st.just("note"))
scrolls = st.builds(
    Scroll,
    st.sampled_from([("1", "6"), ("2", "6"), ("6", "2")]),
    st.lists(st.tuples(st.text(min_size=1), st.just("serial")), max_size=3).map(tuple),
)


@st.composite
def habits(draw: st.DrawFn) -> Habits:
    tries = draw(st.integers(1, 20))
    choices = draw(st.lists(scrolls, max_size=3, unique_by=lambda scroll: scroll.keys))
    return Habits(tuple(choices), tries, draw(st.integers(1, tries)), draw(messages), draw(messages), draw(messages))


def onward(screen: Screen) -> set[str]:
    return {name for name in (screen.then, screen.right, screen.refused, *screen.held.values()) if name}


def reachable(radio: dict[str, Screen], start: str) -> set[str]:
    found, left = set(), [start]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += onward(radio[name])
    return found


# ---- The machine


@given(habits())
def test_every_screen_is_reached_and_none_is_a_dead_end(habits: Habits) -> None:
    radio = screens(habits)
    assert reachable(radio, START) == radio.keys()
    ends = {name for name, screen in radio.items() if not onward(screen)}
    assert ends == {"plays", "locked"}
    assert all("plays" in reachable(radio, name) for name in radio.keys() - ends)


@given(habits(), st.data())
def test_whatever_is_pressed_wrong_codes_only_add_up_until_the_lock(habits: Habits, data: st.DataObject) -> None:
    radio = screens(habits)
    screen = radio[START]
    for _ in range(60):
        if not onward(screen):
            break
        name = data.draw(st.sampled_from(sorted(onward(screen))))
        after = radio[name]
        if name != "plays":
            assert after.wrong - screen.wrong == (name == screen.refused)
        assert after.wrong <= habits.tries
        assert (after.wrong == habits.tries) == (name == "locked")
        screen = after


def wrong_codes(habits: Habits) -> list[str]:
    """What the display shows after each wrong code until the radio locks."""
    radio, screen, shown = screens(habits), screens(habits)[START], []
    while screen.refused:
        screen = radio[screen.refused]
        shown.append(screen.shows)
        screen = radio[screen.then] if screen.then else screen
    return shown


@pytest.mark.parametrize(
    ("habits", "shown"),
    [
        (FORD, ["1FAIL", "2FAIL", *["WAIT"] * 7, "LOCKED10"]),
        (Habits((), 4, 2, ("ERR", "err"), WAIT, LOCKED), ["ERR", "WAIT", "WAIT", "LOCKED10"]),
        (Habits((), 3, 3, None, None, LOCKED), ["CODE", "CODE", "LOCKED10"]),
        (Habits((), 2, 1, None, WAIT, None), ["WAIT", "LOCKED"]),
        (Habits((), 1, 1, FAIL, WAIT, LOCKED), ["LOCKED10"]),
    ],
)
def test_what_wrong_codes_bring(habits: Habits, shown: list[str]) -> None:
    assert wrong_codes(habits) == shown


def test_holding_keys_runs_through_its_screens_and_comes_back_to_code() -> None:
    radio = screens(FORD)
    first = radio[radio["ready-2"].held["1+6"]]
    second = radio[first.then]
    assert [(first.shows, first.note), (second.shows, second.note)] == list(FORD.scrolls[0].screens)
    assert second.then == "ready-2"


# ---- The way to the code, press by press


@pytest.mark.parametrize(("digit", "times"), [("1", 1), ("7", 7), ("9", 9), ("0", 10)])
def test_zero_comes_after_nine(digit: str, times: int) -> None:
    assert presses_for(digit) == times


@pytest.mark.parametrize(
    ("pressed", "display", "now"),
    [
        (0, "– – – –", 0),
        (3, "3 – – –", 0),
        (4, "4 – – –", 1),
        (13, "4 9 – –", 1),
        (14, "4 0 – –", 2),
        (21, "4 0 7 –", 3),
        (29, "4 0 7 8", 3),
        (30, "4 0 7 9", 3),
    ],
)
def test_the_way_to_the_code(pressed: int, display: str, now: int) -> None:
    assert (" ".join(dialled(pressed)), place(pressed)) == (display, now)


def test_each_press_takes_one_place_one_digit_further() -> None:
    for pressed in range(PRESSES):
        before, after = dialled(pressed), dialled(pressed + 1)
        changed = [number for number in range(4) if before[number] != after[number]]
        assert changed == [place(pressed)]
        old = before[changed[0]]
        assert int(after[changed[0]]) == (int(old if old != EMPTY else 0) + 1) % 10


@pytest.mark.parametrize("pressed", [-1, PRESSES + 1])
def test_there_is_no_further_way(pressed: int) -> None:
    with pytest.raises(ValueError, match="0 to 30 presses"):
        dialled(pressed)


def stills(radio: dict[str, Screen]) -> dict[tuple[str, int], set[tuple[str, int]]]:
    """Every still that links lead to, and where its links lead."""
    found: dict[tuple[str, int], set[tuple[str, int]]] = {}
    left = [(START, 0)]
    while left:
        moment = left.pop()
        if moment in found:
            continue
        now = still(radio, ("5", "OK"), *moment)
        leads = {*now.presses.values()}
        leads |= {now.at_once[2]} if now.at_once else set()
        leads |= {now.nearly} if now.nearly else set()
        leads |= {(now.screen.then, 0)} if now.screen.then else set()
        found[moment] = leads
        left += leads
    return found


def test_the_stills_are_a_finite_set_in_which_every_screen_is_reached() -> None:
    found = stills(screens(FORD))
    assert {name for name, pressed in found} == screens(FORD).keys()
    assert len(found) < 500
    ready = {pressed for name, pressed in found if name == START}
    assert ready == set(range(PRESSES + 1))


def test_only_the_made_up_code_can_be_set_by_links() -> None:
    shown = {still(screens(FORD), ("5",), *moment).shows for moment in stills(screens(FORD))}
    complete = {text.replace(" ", "") for text in shown if re.fullmatch("[0-9] [0-9] [0-9] [0-9]", text)}
    assert complete == {f"{CODE[:3]}{last}" for last in "123456789"}


# ---- What rows make of it


@pytest.mark.django_db
def test_every_radio_with_buttons_has_one_and_no_other() -> None:
    slugs = {radio.slug for radio in selectors.practice_radios()}
    assert slugs == {
        *("4000-rds", "4500-rds", "5000-rds", "6000-cd", "6006-cdc", "sony", "sony-dab", "travelpilot"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("radio", "wrong", "scrolls"),
    [
        ("6000-cd", "1FAIL", {"1+6": ["software-data", "serial"], "2+6": ["serial"]}),
        ("4000-rds", "1FAIL", {"1+6": ["software-data"] * 3, "2+6": ["software-data"] * 3}),
        ("sony", "ERR", {"1+6": ["software-data"] * 2, "2+6": ["serial"]}),
        ("travelpilot", "1FAIL", {}),
    ],
)
def test_the_starting_content_behaves_as_its_guides_say(radio: str, wrong: str, scrolls: dict[str, list[str]]) -> None:
    practice = selectors.get_practice(radio)
    start = practice.screens[START]
    assert practice.screens[start.refused].shows == wrong
    assert practice.screens["locked"].shows == "LOCKED10"
    notes: dict[str, list[str]] = {}
    for keys, name in start.held.items():
        notes[keys] = []
        while name != START:
            notes[keys].append(practice.screens[name].note)
            name = practice.screens[name].then
    assert notes == scrolls
    assert all(message.meaning for message in practice.reached)


@pytest.mark.django_db
def test_a_changed_row_changes_the_radio(client: Client) -> None:
    radio = RadioUnit.objects.get(slug="6000-cd")
    radio.confirm_keys, radio.serial_keys, radio.tries, radio.free_tries = "6", "3+4", 2, 1
    radio.serial_screens = "M054321"
    radio.full_clean()
    radio.save()
    ErrorMessage.objects.get(slug="wait").radios.remove(radio)
    practice = selectors.get_practice("6000-cd")
    assert practice.confirm_keys == ("6",)
    assert practice.holds == ("3+4",)
    assert practice.screens["ready-1"].refused == "locked"
    assert {screen.shows for screen in practice.screens.values()} == {
        *("CODE", "M054321", "1FAIL", "FM 98.5", "LOCKED10"),
    }
    page = get_page(client, "/practice/6000-cd/?screen=ready-0&presses=30")
    assert "Press 6" in {link.attributes.get("aria-label") for link in anchors(page)}


@pytest.mark.django_db
@pytest.mark.parametrize("screens", ["", "/", "\nV012345", " / \n / "])
def test_a_radio_whose_screens_are_not_written_yet_is_no_error(client: Client, screens: str) -> None:
    radio = RadioUnit.objects.get(slug="6000-cd")
    radio.serial_screens = screens
    radio.full_clean()
    radio.save()
    assert "what the serial keys show" in radio.missing()
    assert selectors.get_practice("6000-cd").holds == (("2+6",) if "V" in screens else ())
    assert client.get("/practice/6000-cd/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("gone", [{"locked10"}, {"locked10", "locked"}, {"fail", "wait", "locked10", "locked"}])
def test_every_screen_has_its_note_whatever_messages_are_published(client: Client, gone: set[str]) -> None:
    ErrorMessage.objects.filter(slug__in=gone).update(is_published=False)
    practice = selectors.get_practice("6000-cd")
    assert {screen.note for screen in practice.screens.values()} <= set(practice.notes)
    note = get_page(client, "/practice/6000-cd/?screen=locked")
    assert any(element.attributes.get("data-part") == "note" and element.text for element in note.elements)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"serial_keys": "1+6", "serial_screens": "V012345\nV012345"}, "More lines"),
        ({"tries": 3, "free_tries": 4}, "From 1 to 20"),
        ({"free_tries": 0}, "From 1 to 20"),
        ({"tries": 21}, "From 1 to 20"),
        ({"wait_minutes": 0}, "a minute or more"),
        ({"serial_keys": "6", "serial_screens": ""}, "held together"),
        ({"serial_keys": "1+SEEK", "serial_screens": ""}, "on the front"),
        ({"confirm_keys": "SEEK"}, "on the front"),
        ({"confirm_keys": "5+6"}, "Single keys"),
        ({"confirm_keys": "5 1"}, "not 1 to 4"),
    ],
)
def test_a_row_that_makes_no_radio_is_refused(changes: dict[str, Any], told: str) -> None:
    radio = RadioUnit.objects.get(slug="6000-cd")
    for name, value in changes.items():
        setattr(radio, name, value)
    with pytest.raises(ValidationError, match=told):
        radio.full_clean()


@pytest.mark.django_db
def test_no_two_keys_overlap_where_they_are_pressed() -> None:
    for radio in selectors.practice_radios():
        rings = [key.rect.ring for key in faceplates.LAYOUTS[radio.faceplate].keys]
        assert not [one for one in rings for other in rings if one is not other and one.overlaps(other)], radio


# ---- The page


def anchors(page: Page) -> list[Element]:
    return [element for element in page.elements if element.tag == "a"]


@pytest.mark.django_db
def test_the_page_may_connect_to_nothing_and_send_no_form(client: Client) -> None:
    response = client.get("/practice/6000-cd/")
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert {policy["connect-src"], policy["form-action"], policy["worker-src"]} == {"'none'"}
    assert policy["script-src"] == policy["img-src"].split()[0] == "'self'"
    page = get_page(client, "/practice/6000-cd/")
    assert not [element for element in page.elements if element.tag in ("form", "iframe", "object")]
    assert not [each for each in page.elements if "htmx" in each.attributes.get("src", "")]


@pytest.mark.django_db
def test_no_link_in_a_page_with_htmx_swaps_the_practice_radio_in(client: Client) -> None:
    """Swapped in, it would live under the policy of the page before."""
    for path in ("/practice/", "/focus/mk2/6000-cd/", "/focus/mk2/6000-cd/?view=steps&step=3", "/radios/sony/"):
        links = [link for link in anchors(get_page(client, path)) if re.match("/practice/.", link.attributes["href"])]
        assert links
        assert not [link for link in links if any("hx-" in name for name in link.attributes)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("radio", "leads"),
    [("6000-cd", {"serial-on-display", "enter-code-buttons"}), ("5000-rds", {"enter-code-buttons"}), ("sync-2", set())],
)
def test_the_guide_leads_to_it_where_there_is_something_to_practise(
    client: Client, radio: str, leads: set[str]
) -> None:
    page = get_page(client, f"/radios/{radio}/")
    procedures = {
        name
        for link in anchors(page)
        if link.attributes["href"] == f"/practice/{radio}/"
        for name in link.within & {"serial-on-display", "enter-code-buttons", "find-label"}
    }
    assert procedures == leads


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/practice/sync-3/",
        "/practice/no-such-radio/",
        "/practice/6000-cd/?screen=no-such-screen",
        "/practice/6000-cd/?screen=plays&presses=1",
        "/practice/6000-cd/?screen=ready-0&presses=31",
        "/practice/6000-cd/?presses=-1",
        "/practice/6000-cd/?presses=4079x",
        "/practice/6000-cd/?presses=1_0",
        "/practice/6000-cd/?presses=%2B5",
        "/practice/6000-cd/?presses=05",
        "/practice/6000-cd/?presses=٣",
    ],
)
def test_a_moment_that_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_every_still_of_a_radio_is_there(client: Client) -> None:
    """Each links only to stills that are."""
    seen: set[str] = set()
    left = ["/practice/sony/"]
    while left:
        address = left.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        links = {
            urljoin(address, link.attributes["href"]) for link in anchors(Page(address, response.content.decode()))
        }
        # Digits are set in the same way after every wrong code: one of these ways is enough.
        left += [
            link
            for link in links
            if "?screen=" in link and ("presses" not in link or "ready-0" in link or "presses=29" in link)
        ]
    assert {"/practice/sony/?screen=plays", "/practice/sony/?screen=locked"} <= seen
