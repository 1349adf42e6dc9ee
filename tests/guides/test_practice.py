"""The practice radio: its screens, its rows, and its pages for browsers without script."""

import re
from typing import Any

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
    Behaviour,
    Screen,
    Scroll,
    Snapshot,
    State,
    digits_after,
    place_of_next,
    presses_for,
    screens,
    snapshot,
)
from guides.public import selectors
from guides.templatetags.drawings import state_url
from tests.helpers import Element, Page, get_page

FAIL, WAIT, LOCKED = ("#FAIL", "fail"), ("WAIT", "wait"), ("LOCKED10", "locked10")
FORD = Behaviour(
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
def behaviours(draw: st.DrawFn) -> Behaviour:
    tries = draw(st.integers(1, 20))
    choices = draw(st.lists(scrolls, max_size=3, unique_by=lambda scroll: scroll.keys))
    return Behaviour(tuple(choices), tries, draw(st.integers(1, tries)), draw(messages), draw(messages), draw(messages))


def following(screen: Screen) -> set[str]:
    return {name for name in (screen.then, screen.right, screen.refused, *screen.held.values()) if name}


def reachable(radio: dict[str, Screen], start: str) -> set[str]:
    found, left = set(), [start]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += following(radio[name])
    return found


# ---- Screens


@given(behaviours())
def test_every_screen_can_be_reached_and_left(behaviour: Behaviour) -> None:
    radio = screens(behaviour)
    assert reachable(radio, START) == radio.keys()
    ends = {name for name, screen in radio.items() if not following(screen)}
    assert ends == {"plays", "locked"}
    assert all("plays" in reachable(radio, name) for name in radio.keys() - ends)


@given(behaviours(), st.data())
def test_wrong_codes_are_counted_until_the_radio_locks(behaviour: Behaviour, data: st.DataObject) -> None:
    radio = screens(behaviour)
    screen = radio[START]
    for _ in range(60):
        if not following(screen):
            break
        name = data.draw(st.sampled_from(sorted(following(screen))))
        after = radio[name]
        if name != "plays":
            assert after.wrong - screen.wrong == (name == screen.refused)
        assert after.wrong <= behaviour.tries
        assert (after.wrong == behaviour.tries) == (name == "locked")
        screen = after


def wrong_codes(behaviour: Behaviour) -> list[str]:
    """What the display shows after each wrong code until the radio locks."""
    radio, screen, shown = screens(behaviour), screens(behaviour)[START], []
    while screen.refused:
        screen = radio[screen.refused]
        shown.append(screen.shows)
        screen = radio[screen.then] if screen.then else screen
    return shown


def test_messages_after_wrong_codes() -> None:
    for behaviour, shown in [
        (FORD, ["1FAIL", "2FAIL", *["WAIT"] * 7, "LOCKED10"]),
        (Behaviour((), 4, 2, ("ERR", "err"), WAIT, LOCKED), ["ERR", "WAIT", "WAIT", "LOCKED10"]),
        (Behaviour((), 3, 3, None, None, LOCKED), ["CODE", "CODE", "LOCKED10"]),
        (Behaviour((), 2, 1, None, WAIT, None), ["WAIT", "LOCKED"]),
        (Behaviour((), 1, 1, FAIL, WAIT, LOCKED), ["LOCKED10"]),
    ]:
        assert wrong_codes(behaviour) == shown


def test_held_keys_show_their_screens_and_then_code() -> None:
    radio = screens(FORD)
    first = radio[radio["ready-2"].held["1+6"]]
    second = radio[first.then]
    assert [(first.shows, first.note), (second.shows, second.note)] == list(FORD.scrolls[0].screens)
    assert second.then == "ready-2"


# ---- Presses on the way to the code


def test_zero_comes_after_nine() -> None:
    assert [presses_for(digit) for digit in "1790"] == [1, 7, 9, 10]


def test_digits_and_next_place_after_each_number_of_presses() -> None:
    for presses, display, place in [
        (0, "– – – –", 0),
        (3, "3 – – –", 0),
        (4, "4 – – –", 1),
        (13, "4 9 – –", 1),
        (14, "4 0 – –", 2),
        (21, "4 0 7 –", 3),
        (29, "4 0 7 8", 3),
        (30, "4 0 7 9", 3),
    ]:
        assert (" ".join(digits_after(presses)), place_of_next(presses)) == (display, place)


def test_each_press_raises_one_digit_by_one() -> None:
    for presses in range(PRESSES):
        before, after = digits_after(presses), digits_after(presses + 1)
        changed = [number for number in range(4) if before[number] != after[number]]
        assert changed == [place_of_next(presses)]
        old = before[changed[0]]
        assert int(after[changed[0]]) == (int(old if old != EMPTY else 0) + 1) % 10


@pytest.mark.parametrize("presses", [-1, PRESSES + 1])
def test_more_presses_are_refused(presses: int) -> None:
    with pytest.raises(ValueError, match="0 to 30 presses"):
        digits_after(presses)


def states(radio: dict[str, Screen]) -> set[State]:
    """Every state that links lead to."""
    found: set[State] = set()
    left = [State(START)]
    while left:
        state = left.pop()
        if state in found:
            continue
        found.add(state)
        left += next_states(snapshot(radio, ("5", "OK"), state))
    return found


def next_states(current: Snapshot) -> set[State]:
    then = State(current.screen.then) if current.screen.then else None
    at_once = current.at_once[2] if current.at_once else None
    return {state for state in (*current.links.values(), at_once, current.wrong_code, then) if state}


def test_links_reach_every_screen_in_a_finite_number_of_states() -> None:
    found = states(screens(FORD))
    assert {state.screen for state in found} == screens(FORD).keys()
    assert len(found) < 500
    assert {state.presses for state in found if state.screen == START} == set(range(PRESSES + 1))


def test_only_the_made_up_code_can_be_set_by_links() -> None:
    shown = {snapshot(screens(FORD), ("5",), state).shows for state in states(screens(FORD))}
    complete = {text.replace(" ", "") for text in shown if re.fullmatch("[0-9] [0-9] [0-9] [0-9]", text)}
    assert complete == {f"{CODE[:3]}{last}" for last in "123456789"}


# ---- The radios of the content


@pytest.mark.django_db
def test_every_radio_with_buttons_has_a_practice_radio() -> None:
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
        ("sony", "ERR", {"1+6": ["software-data", "serial", "software-data"], "2+6": ["software-data"] * 2}),
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
    radio.serial_screens = "M012345"
    radio.full_clean()
    radio.save()
    ErrorMessage.objects.get(slug="wait").radios.remove(radio)
    practice = selectors.get_practice("6000-cd")
    assert practice.confirm_keys == ("6",)
    assert practice.holds == ("3+4",)
    assert practice.screens["ready-1"].refused == "locked"
    assert {screen.shows for screen in practice.screens.values()} == {
        *("CODE", "M012345", "1FAIL", "FM 98.5", "LOCKED10"),
    }
    page = get_page(client, "/practice/6000-cd/?screen=ready-0&presses=30")
    assert "Press 6" in {link.attributes.get("aria-label") for link in anchors(page)}


@pytest.mark.django_db
@pytest.mark.parametrize("screens", ["", "/", "\nV012345", " / \n / "])
def test_a_radio_without_screens_still_has_a_page(client: Client, screens: str) -> None:
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
def test_a_row_that_cannot_be_practised_is_refused(changes: dict[str, Any], told: str) -> None:
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
def test_links_to_the_practice_radio_load_a_whole_page(client: Client) -> None:
    """If htmx swapped it in, it would have the policy of the page before."""
    for path in ("/radios/", "/focus/mk2/6000-cd/", "/focus/mk2/6000-cd/?view=steps&step=1", "/radios/sony/"):
        links = [link for link in anchors(get_page(client, path)) if re.match("/practice/.", link.attributes["href"])]
        assert links
        assert not [link for link in links if any("hx-" in name for name in link.attributes)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("radio", "leads"),
    [("6000-cd", {"serial", "enter"}), ("5000-rds", {"enter"}), ("sync-2", set())],
)
def test_a_guide_links_to_it_at_procedures_that_can_be_practised(client: Client, radio: str, leads: set[str]) -> None:
    page = get_page(client, f"/radios/{radio}/")
    rows = {
        name
        for link in anchors(page)
        if link.attributes["href"] == f"/practice/{radio}/"
        for name in link.within & {"serial", "label", "enter"}
    }
    assert rows == leads


@pytest.mark.django_db
def test_a_state_that_does_not_exist_is_not_found(client: Client) -> None:
    for address in [
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
    ]:
        assert client.get(address).status_code == 404, address


@pytest.mark.django_db
def test_every_screen_of_a_radio_has_a_page_with_links_to_the_states_that_follow(client: Client) -> None:
    practice = selectors.get_practice("sony")
    assert {state.screen for state in states(practice.screens)} == practice.screens.keys()
    digits = [State(START, presses) for presses in (1, PRESSES - 1, PRESSES)]
    for state in [*map(State, practice.screens), *digits]:
        page = get_page(client, f"/practice/sony/{state_url(state)}")
        links = {link.attributes["href"] for link in anchors(page)}
        following = {state_url(each) for each in next_states(practice.snapshot(*state))}
        assert {link for link in links if link.startswith("?")} == following, state
