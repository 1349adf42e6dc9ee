"""The reader in the browser: it reads as the server does, answers in the same words, and works without signal."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from guides.reader import FOCUS_YEARS, Kind, Verdict, data, read
from tests.guides.reader.conftest import VOCABULARY
from tests.guides.reader.golden import GOLDEN
from tests.guides.reader.texts import KNOWN, texts

GUIDES = ["/focus/mk2/6000-cd/", "/focus/mk4/sync-3/", "/radios/sony/"]

FETCH = """async () => {
  const { modules } = await (await fetch("reader.json")).json();
  await Promise.all(modules.map((module) => import(module)));
}"""

READ = """async ([data, texts]) => {
  const { modules } = await (await fetch("/reader.json")).json();
  const { reader } = await import(modules[0]);
  const read = reader(data);
  return texts.map((text) => read(text));
}"""

#: What the phone and the server answer to each text, without drawings of displays and white space between tags.
ANSWERS = """async ([address, texts]) => {
  const beside = address === "/check/" ? "/" : address;
  const { modules, data, words } = await (await fetch(`${beside}reader.json`)).json();
  const [{ reader }, { show }] = await Promise.all(modules.map((module) => import(module)));
  const read = reader(data);
  const box = document.createElement("div");
  const written = (answer) => {
    for (const svg of answer.querySelectorAll(".display svg")) {
      svg.parentElement.textContent = svg.nextSibling.textContent;
    }
    return answer.outerHTML.replace(/\\s+/g, " ").replaceAll("> <", "><");
  };
  const answers = [];
  for (const text of texts) {
    const request = { method: "POST", headers: { "HX-Request": "true" }, body: new URLSearchParams({ text }) };
    box.innerHTML = await (await fetch(address, request)).text();
    answers.push([written(show(read(text), words)), written(box.firstElementChild)]);
  }
  return answers;
}"""


def in_the_browser(page: Page, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Read in the browser, under the site's own policy, with the vocabulary of the reader's tests."""
    return page.evaluate(READ, [json.loads(json.dumps(data(VOCABULARY))), texts])


def as_said_in_the_browser(verdict: Verdict) -> dict[str, Any]:
    said = asdict(verdict) | {"quote": verdict.quote}
    said["overLimit"] = said.pop("over_limit")
    for parts in ("swaps", "lines"):
        said[parts] = [part._asdict() for part in said[parts]]
    return json.loads(json.dumps(said))


def differences(page: Page, texts: list[str], batch: int = 1000) -> list[tuple[str, dict[str, Any]]]:
    """The texts on which the browser disagrees, each with what it says and what Python says."""
    found = []
    for start in range(0, len(texts), batch):
        some = texts[start : start + batch]
        for text, theirs in zip(some, in_the_browser(page, some), strict=True):
            ours = as_said_in_the_browser(read(text, VOCABULARY))
            if theirs != ours:
                found.append((text, {name: (theirs.get(name), ours[name]) for name in ours}))
    return found


@pytest.fixture
def check(page: Page) -> Page:
    page.goto("/check/")
    return page


def test_golden_vectors(check: Page) -> None:
    verdicts = in_the_browser(check, [text for text, _kind, _serial in GOLDEN])
    read = [(text, verdict["kind"], verdict["serial"]) for (text, *_), verdict in zip(GOLDEN, verdicts, strict=True)]
    assert read == GOLDEN


def test_thousands_of_texts_read_the_same(check: Page) -> None:
    some = list(texts(4_000, seed=1))
    assert {read(text, VOCABULARY).kind for text in some} == set(Kind)
    assert differences(check, some) == []


def test_every_character_counts_the_same_within_a_serial(check: Page) -> None:
    lines = [f"V123{character}456" for character in KNOWN]
    assert differences(check, ["\n".join(lines[start : start + 90]) for start in range(0, len(lines), 90)]) == []


def test_long_texts_read_the_same(check: Page) -> None:
    long = ["V123456" * 285, "1 " * 1000, "FDB30N5 M05\n" * 100, "V12345O " * 250, "😀" * 2000, "😀" * 2001]
    line_ends = ["1\n" * 101, "V123456" + "\r\n" * 1993, "V123456" + "\r\n" * 1994]
    assert differences(check, [*long, *line_ends]) == []


def texts_for_every_answer(page: Page) -> list[str]:
    """The golden ones, every year, everything that the site itself calls by name, and what would break a page."""
    names = page.evaluate("async () => (await (await fetch('/reader.json')).json()).data.phrases.whole")
    names = names.removeprefix("^(?:(").removesuffix("))$").replace(" ?", " ").replace("[0-9]", "7")
    named = names.split(")|(")
    assert "LOCKED 13" in named
    around = [f"it says {name}" for name in named]
    hostile = ["<script>alert(1)</script>", "&lt;b&gt; {{ text }}", "VO12345 <b>\nhello", "\ue000\ue007 hello \ue008"]
    long = ["hello there " * 20, "x" * 60, "x" * 61]
    return [*(text for text, _, _ in GOLDEN), *map(str, FOCUS_YEARS), *named, *around, *hostile, *long]


def test_the_phone_answers_in_the_words_of_the_server(check: Page) -> None:
    some = texts_for_every_answer(check)
    for text, (phone, server) in zip(some, check.evaluate(ANSWERS, ["/check/", some]), strict=True):
        assert phone == server, text


@pytest.mark.parametrize("address", GUIDES)
def test_on_a_guide_it_does_so_for_every_kind_and_letter(check: Page, address: str) -> None:
    some = list({(kind, serial[:1]): text for text, kind, serial in GOLDEN}.values())
    answers = check.evaluate(ANSWERS, [address, some])
    for text, (phone, server) in zip(some, answers, strict=True):
        assert phone == server, text
    assert {re.findall('data-verdict="(.+?)"', phone)[0] for phone, _ in answers} == set(Kind)


def away(context: BrowserContext, address: str) -> Page:
    """A page that came whole, and then the signal went. (What fails without signal is a console message.)"""
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    context.set_offline(True)
    return page


def submit(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.locator(".reader button").click()


@pytest.mark.parametrize("address", ["/", GUIDES[0]])
def test_without_signal_the_phone_reads_and_says_so(context: BrowserContext, address: str) -> None:
    page = away(context, address)
    submit(page, "it says V123456")
    result = page.locator("#check-status > #check-result")
    expect(result).to_have_attribute("data-verdict", "serial-in-text")
    expect(result).to_have_attribute("data-serial", "V123456")
    expect(page.locator("#check-status")).to_contain_text("your phone has read this by itself")
    expect(page.locator("textarea")).to_have_value("it says V123456")
    page.locator("#check-result button", has_text="V123456").click()
    expect(page.locator("#check-result")).to_have_attribute("data-verdict", "serial")
    context.set_offline(False)
    submit(page, "CODE")
    expect(page.locator("#check-result")).to_have_attribute("data-verdict", "message")
    expect(page.locator("#check-status")).not_to_contain_text("your phone has read this by itself")


def test_on_a_guide_the_phone_gives_the_guides_own_advice(context: BrowserContext) -> None:
    page = away(context, "/")
    context.set_offline(False)
    page.locator("main a[href='/focus/mk2/']").first.click()
    with page.expect_response("**/6000-cd/reader.json") as response:
        page.locator("main a[href='/focus/mk2/6000-cd/']").first.click()
    response.value.finished()
    page.evaluate(FETCH)  # as the page does, and after it
    context.set_offline(True)
    submit(page, "M123456")
    expect(page.locator("#check-result")).to_contain_text("yours starts with M")
    page.locator("#check-result .next a").click()
    expect(page.locator("#code")).to_be_in_viewport()


def test_what_was_typed_never_becomes_html(context: BrowserContext) -> None:
    page = away(context, "/check/")
    submit(page, "<img src=x onerror=alert(1)>\n<b>VO12345</b>")
    expect(page.locator("#check-result .lines li").first).to_contain_text("<IMG SRC=X ONERROR=ALERT(1)>")
    expect(page.locator("#check-result :is(img, b)")).to_have_count(0)


def test_a_reader_that_did_not_come_leaves_the_text_in_the_box(context: BrowserContext) -> None:
    context.route("**/reader.json", lambda route: route.abort())
    page = away(context, "/check/")
    submit(page, "V123456")
    expect(page.locator("#check-status")).to_contain_text("Your text is still here")
    expect(page.locator("textarea")).to_have_value("V123456")
