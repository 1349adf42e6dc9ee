"""The answer to what owners type: the shared cases and more, through the page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.guides.reader.more_cases import SHARED
from tests.helpers import Page, collapse

pytestmark = pytest.mark.django_db

ATTRIBUTES = {"verdict", "serial", "messages", "asks", "radio", "generations", "questions", "guide"}


class Card:
    """The answer to a text, as a page without script has it."""

    def __init__(self, client: Client, text: str, path: str = "/check/", change: str = "") -> None:
        response = client.post(path, {"text": text, "change": change} if change else {"text": text})
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
        self.page = Page(path, response.content.decode())
        (self.element,) = (each for each in self.page.elements if each.id == "check-result")
        assert {name.removeprefix("data-") for name in self.element.attributes if name != "id"} >= ATTRIBUTES
        self.inside = self.page.inside("check-result")
        self.text = self.element.text
        self.typed = next(each for each in self.page.elements if each.tag == "textarea").words

    def data(self, name: str) -> str:
        return self.element.attributes[f"data-{name}"]

    @property
    def links(self) -> list[str]:
        return [each.attributes["href"] for each in self.inside if each.tag == "a"]

    @property
    def buttons(self) -> dict[str, str]:
        """The change that each button sends, by its words."""
        buttons = (each for each in self.inside if each.tag == "button")
        return {collapse(each.text): each.attributes["value"] for each in buttons}


def misses(card: Card, want: dict[str, Any]) -> list[str]:
    """The wants that the card does not fulfil."""
    messages = card.data("messages").split()
    holds: dict[str, Callable[[Any], bool]] = {
        "verdict": lambda wanted: card.data("verdict") in wanted,
        "not_verdict": lambda wanted: card.data("verdict") not in wanted,
        "serial": lambda wanted: card.data("serial") == (wanted or ""),
        "messages": lambda wanted: bool(messages) and messages[0] in wanted,
        "no_messages": lambda wanted: not set(messages) & set(wanted),
        "generations": lambda wanted: sorted(card.data("generations").split()) == sorted(wanted),
        "radio": lambda wanted: card.data("radio") == wanted,
        "guide": lambda wanted: card.data("guide") == wanted,
        "questions": lambda wanted: bool(set(wanted) & set(card.data("questions").split()[:3])),
        "links": lambda wanted: all(any(re.search(each, link) for link in card.links) for each in wanted),
        "says": lambda wanted: bool(re.search(wanted, card.text, re.IGNORECASE)),
        "not_says": lambda wanted: not re.search(wanted, card.text, re.IGNORECASE),
    }
    return [name for name, wanted in want.items() if not holds[name](wanted)]


def test_the_shared_cases(client: Client) -> None:
    wrong = {case["text"]: found for case in SHARED if (found := misses(Card(client, case["text"]), case["want"]))}
    assert wrong == {}


GUIDE = "/focus/mk2/6000-cd/"


def test_what_else_owners_ask(client: Client) -> None:
    wrong = {}
    cases: list[tuple[str, dict[str, Any]]] = [
        ("four dashes", {"messages": ["code"], "says": "half an hour"}),
        ("screen is black", {"messages": ["no-display"]}),
        ("can you get the code from the number plate", {"no_messages": ["registration", "code"]}),
        ("radio shows number plate", {"messages": ["registration"]}),
        ("wheres the sticker", {"links": ["#label"]}),
        ("preset buttons dont work", {"questions": ["button-does-nothing"]}),
        ("ford kuga", {"links": ["/cars/#ford-other"], "not_says": "Ford Any"}),
        ("galaxy 6000cd", {"radio": "6000-cd"}),
        ("vauxhall", {"links": ["/cars/#other-all"], "says": "no guide"}),
        ("honda civic", {"links": ["/cars/#honda-all"], "says": "no guide"}),
    ]
    for text, want in cases:
        if found := misses(Card(client, text), want):
            wrong[text] = found
    assert wrong == {}


def test_the_card_is_on_every_page_that_reads_a_text(client: Client) -> None:
    for path in ("/check/", GUIDE, "/radios/sony/"):
        for text in ("", "hello", "V123456", "CODE", "x" * 2001):
            assert Card(client, text, path).text, (path, text)


def test_every_unknown_offers_the_cars_the_radios_the_code_and_the_questions(client: Client) -> None:
    for text in ("hello there", "what now", "12", "???", "bonjour"):
        card = Card(client, text)
        assert card.data("verdict") == "unknown", text
        assert [words[:3] for words in card.buttons] == ["Mk1", "Mk2", "Mk3", "Mk4"], text
        assert {"/radios/", "/get-the-code/", "/questions/", "/find-my-focus/#cars"} <= set(card.links), text


def test_the_card_says_first_what_to_do(client: Client) -> None:
    card = Card(client, "mk2 6000cd wait\nV123456\nbutton does nothing")
    order = ["Wait", "Leave the radio", "V123456", "Your guide: 6000 CD", "Take back", "A preset is broken"]
    places = [card.text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_serial_hides_no_stop(client: Client) -> None:
    for text in ("V123456 shows LOCKED13", "LOCKED10 V123456", "VO12345\nlocked", "OFMM212345 says LOCKED 12"):
        card = Card(client, text)
        assert card.data("verdict") == "message", text
        assert "Stop" in card.text, text
        assert card.data("serial"), text


def test_a_button_leads_into_the_row_of_the_right_guide(client: Client) -> None:
    for path, text, link in [
        ("/check/", "mk2 6000cd wait", f"{GUIDE}#m-wait"),
        ("/check/", "6000cd wait", "/radios/6000-cd/#m-wait"),
        ("/check/", "wait", "/messages/wait/"),
        ("/check/", "mk2 6000cd says CODE", f"{GUIDE}#serial"),
        ("/check/", "mk2 6000cd V123456", f"{GUIDE}#code"),
        ("/check/", "V123456", "/get-the-code/"),
        ("/check/", "mk2 6000cd how to enter the code", f"{GUIDE}#enter"),
        ("/check/", "mk2 6000cd remove the radio", f"{GUIDE}#label"),
        ("/check/", "sync 3 black screen", "/radios/sync-3/#restart"),
        ("/check/", "mk2 6000cd", GUIDE),
        ("/check/", "57 plate", "/focus/mk2/"),
        (GUIDE, "wait", "#m-wait"),
        (GUIDE, "M123456", "#code"),
        (GUIDE, "4079", "#enter"),
        (GUIDE, "50702000", "#label"),
        (GUIDE, "locked 13", "#m-locked13"),
    ]:
        card = Card(client, text, path)
        first = next(each for each in card.inside if each.tag == "a")
        assert first.attributes["href"] == link, (path, text)
        assert "main" in first.classes, (path, text)


def test_what_was_understood_is_taken_back(client: Client) -> None:
    for text, chip, left in [
        ("mk2 6000cd wait", "Focus Mk2", "6000cd wait"),
        ("mk2 6000cd wait", "6000 CD", "mk2 wait"),
        ("my radio says LOCKED, 57 plate", "LOCKED", "57 plate"),
        ("my radio says LOCKED, 57 plate", "57", "my radio says LOCKED"),
        ("2004-2010 focus", "2004–2010", "focus"),
        ("OFMM212345 in my c-max", "M212345", "OFM in my c-max"),
        ("OFMM212345 in my c-max", "Ford C-Max", "OFMM212345 in my"),
        ("my code is 4079, mk2", "Four digits", "my, mk2"),
        ("4079", "Four digits", ""),
        ("Mk 2\n----", "CODE", "Mk 2"),
    ]:
        card = Card(client, text)
        change = next(change for words, change in card.buttons.items() if words.startswith(f"{chip} ✕"))
        after = Card(client, text, change=change)
        assert "".join(after.typed).strip() == left, (text, chip)


def test_the_guide_builds_itself_one_tap_at_a_time(client: Client) -> None:
    text, path = "", "/check/"
    for button in ("Mk2", "6000 CD", "WAIT"):
        card = Card(client, text, path)
        change = next(change for words, change in card.buttons.items() if words.startswith(button))
        card = Card(client, text, path, change)
        text = "".join(card.typed).strip()
    assert card.data("guide") == GUIDE
    assert f"{GUIDE}#m-wait" in card.links
    assert text.split("\n") == ["Focus Mk2", "6000 CD", "display says WAIT"]


def test_an_everyday_word_is_asked_back_and_the_answer_settles_it(client: Client) -> None:
    text = "battery changed radio locked"
    card = Card(client, text)
    assert card.data("asks") == "locked"
    assert "Does the display say LOCKED?" in card.text
    for button, message in (
        ("Yes", "locked"),
        ("No, CODE", "code"),
        ("It is dark", "no-display"),
        ("No, something", ""),
    ):
        change = next(change for words, change in card.buttons.items() if words.startswith(button))
        after = Card(client, text, change=change)
        assert after.data("messages") == message, button
        assert after.data("asks") == "", button


def test_a_proposed_serial_says_what_was_changed_and_is_confirmed(client: Client) -> None:
    for text, serial, says in [
        ("VO12345", "V012345", "Character 2 is the letter O: is it the digit 0?"),
        ("U123456", "V123456", "Character 1 is U: is it V?"),
        ("M0123456", "M123456", "One zero too many"),
    ]:
        card = Card(client, text)
        assert says in card.text
        after = Card(client, text, change=card.buttons[f"Yes, it says {serial}"])
        assert (after.data("verdict"), after.data("serial")) == ("serial", serial)
        assert "".join(after.typed).strip() == serial


def test_a_car_is_chosen_where_what_was_typed_allows_several(client: Client) -> None:
    for text in ("2011", "60 plate", "mk1 2008"):
        card = Card(client, text)
        assert len(card.data("generations").split()) == 2, text
        cars = {words: change for words, change in card.buttons.items() if "+Focus" in change}
        assert len(cars) == 2, text
        for change in cars.values():
            after = Card(client, text, change=change)
            assert len(after.data("generations").split()) == 1, (text, change)


def test_an_answer_is_read_in_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for text in ("V123456", "mk2 6000cd wait", "hello"):
        with django_assert_num_queries(23):
            client.post("/check/", {"text": text})


def test_htmx_gets_the_card_and_the_box_if_its_text_was_changed(client: Client) -> None:
    headers = {"HX-Request": "true"}
    same = client.post("/check/", {"text": "mk2"}, headers=headers).content.decode()
    changed = client.post("/check/", {"text": "mk2", "change": "+6000 CD"}, headers=headers).content.decode()
    assert "<textarea" not in same
    assert 'data-hx-swap-oob="true"' in changed
    assert 'id="check-result"' in same
    assert 'data-guide="/focus/mk2/6000-cd/"' in changed
