"""The answer to what owners type: the shared cases and more, through the page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.helpers import Page, collapse

pytestmark = pytest.mark.django_db

CASES = json.loads((Path(__file__).parent / "reader" / "cases.json").read_text())
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
    holds = {
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
    wrong = {case["text"]: found for case in CASES if (found := misses(Card(client, case["text"]), case["want"]))}
    assert wrong == {}
