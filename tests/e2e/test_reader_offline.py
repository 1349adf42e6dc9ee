"""The phone answers without signal: as the server does, text for text, and what was read can be taken back."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from guides.reader import MAX_LENGTH, Kind
from tests.guides.reader.golden import GOLDEN
from tests.guides.reader.more_cases import SHARED

from .helpers import fetch_reader

GUIDE = "/focus/mk2/6000-cd/"
HOSTILE = ["<img src=x onerror=alert(1)>", "&lt;b&gt; {{ text }} %(serial)s %", "VO12345 <b>\nhello", "__proto__"]
#: One text of each kind and first letter.
EVERY_KIND = list({(kind, serial[:1]): text for text, kind, serial in GOLDEN}.values())
OTHERS = [*(case["text"] for case in SHARED), *HOSTILE, "x" * (MAX_LENGTH + 1)]
TEXTS = [*EVERY_KIND, *OTHERS]

#: A card as it is read and used. Pictures are the server's alone.
CARD = """(card) => {
  for (const picture of card.querySelectorAll("svg")) picture.remove();
  const words = (element) => element.textContent.replace(/\\s+/g, " ").trim();
  const taps = Array.from(card.querySelectorAll("a, button"), (each) => [
    words(each), each.getAttribute("href") ?? each.value, each.className,
  ]);
  return { ...card.dataset, says: Array.from(card.querySelectorAll("p, strong, legend, li, .display"), words), taps };
}"""

BY_THE_SERVER = f"""async (texts) => {{
  const {{ action }} = document.querySelector(".reader");
  const cards = [];
  for (const text of texts) {{
    const request = {{ method: "POST", headers: {{ "HX-Request": "true" }}, body: new URLSearchParams({{ text }}) }};
    const answer = new DOMParser().parseFromString(await (await fetch(action, request)).text(), "text/html");
    cards.push(({CARD})(answer.getElementById("check-result")));
  }}
  return cards;
}}"""

BY_THE_PHONE = f"""async (texts) => {{
  const form = document.querySelector(".reader");
  const cards = [];
  for (const text of texts) {{
    form.elements.text.value = text;
    const failed = new Promise((resolve) => {{
      addEventListener("htmx:sendError", resolve, {{ capture: true, once: true }});
    }});
    form.requestSubmit();
    await failed;
    cards.push(({CARD})(document.getElementById("check-result")));
  }}
  return cards;
}}"""


def away(context: BrowserContext, address: str) -> Page:
    """A page that came whole, and then the signal went. (What fails without signal is a console message.)"""
    page = context.new_page()
    page.goto(address)
    fetch_reader(page)
    context.set_offline(True)
    return page


def submit(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.locator(".reader > .main").click()


@pytest.mark.parametrize(("address", "texts"), [("/check/", TEXTS), (GUIDE, EVERY_KIND)], ids=["check", "guide"])
def test_the_phone_gives_the_card_of_the_server(context: BrowserContext, address: str, texts: list[str]) -> None:
    page = context.new_page()
    page.goto(address)
    fetch_reader(page)
    server: list[dict[str, Any]] = page.evaluate(BY_THE_SERVER, texts)
    context.set_offline(True)
    phone = page.evaluate(BY_THE_PHONE, texts)
    differ = [(text, *both) for text, *both in zip(texts, server, phone, strict=True) if both[0] != both[1]]
    assert differ == []
    assert {card["verdict"] for card in phone} == set(Kind)


@pytest.mark.parametrize("address", ["/", GUIDE])
def test_without_signal_the_phone_answers_and_says_so(context: BrowserContext, address: str) -> None:
    page = away(context, address)
    submit(page, "it says V123456")
    result = page.locator("#check-status > #check-result")
    expect(result).to_have_attribute("data-verdict", "serial-in-text")
    expect(result).to_have_attribute("data-serial", "V123456")
    expect(page.locator("#check-status")).to_contain_text("your phone has read this by itself")
    expect(page.locator("textarea")).to_have_value("it says V123456")
    context.set_offline(False)
    submit(page, "CODE")
    expect(result).to_have_attribute("data-verdict", "message")
    expect(page.locator("#check-status")).not_to_contain_text("your phone has read this by itself")


def test_what_was_understood_is_taken_back_and_what_is_missing_is_added(context: BrowserContext) -> None:
    page = away(context, "/check/")
    box, card = page.locator("textarea"), page.locator("#check-result")
    submit(page, "mk2 6000cd wait")
    expect(card).to_have_attribute("data-guide", GUIDE)
    card.get_by_role("button", name="Focus Mk2").tap()
    expect(box).to_have_value("6000cd wait")
    expect(card).to_have_attribute("data-guide", "")
    expect(page.locator(".reader > .main")).to_be_focused()
    card.get_by_role("button", name="Mk2").tap()
    expect(box).to_have_value("6000cd wait\nFocus Mk2")
    expect(card).to_have_attribute("data-guide", GUIDE)
    submit(page, "battery changed radio locked")
    card.get_by_role("button", name="Yes").tap()
    expect(card).to_have_attribute("data-messages", "locked")


def test_in_a_guide_the_answer_stays_there(context: BrowserContext) -> None:
    page = away(context, "/")
    context.set_offline(False)
    page.locator("main a[href='/focus/mk2/']").first.click()
    page.locator(f"main a[href='{GUIDE}']").first.click()
    page.wait_for_url(f"**{GUIDE}")
    expect(page.locator("h1")).to_be_focused()  # and so nothing takes the focus from the box any more
    fetch_reader(page, f"{GUIDE}reader.json")
    context.set_offline(True)
    submit(page, "M123456")
    expect(page.locator("#check-result")).to_contain_text("yours starts with M")
    page.locator("#check-result .main").click()
    expect(page.locator("#code")).to_be_in_viewport()


def test_what_was_typed_never_becomes_html(context: BrowserContext) -> None:
    page = away(context, "/check/")
    submit(page, "<img src=x onerror=alert(1)> 57 plate 4079")
    expect(page.locator("#check-result .chip")).not_to_have_count(0)
    expect(page.locator("#check-result img")).to_have_count(0)


def test_a_reader_that_did_not_come_leaves_the_text_in_the_box(context: BrowserContext) -> None:
    context.route("**/reader.json", lambda route: route.abort())
    page = context.new_page()
    page.goto("/check/", wait_until="networkidle")
    context.set_offline(True)
    submit(page, "V123456")
    expect(page.locator("#check-status")).to_contain_text("Your text is still here")
    expect(page.locator("textarea")).to_have_value("V123456")
