"""The reader in the browser: on every text it reads what Python reads, field by field."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from guides.reader import Kind, Reading, Vocabulary, changed, data, read

from .golden import GOLDEN
from .texts import KNOWN, texts
from .words import VOCABULARY

pytestmark = pytest.mark.e2e

READER, EDIT = (Path(__file__).parents[3] / "static" / "js" / name for name in ("reader.js", "edit.js"))

#: Texts and readings go as JSON: Playwright would take each value apart.
READ = """async ([source, given]) => {
  const { reader } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const [data, texts] = JSON.parse(given);
  return JSON.stringify(texts.map(reader(data)));
}"""

CHANGE = """async ([sources, given]) => {
  const [{ tidier }, { editor }] = await Promise.all(sources.map(
    (source) => import(URL.createObjectURL(new Blob([source], { type: "text/javascript" }))),
  ));
  const [data, changes] = JSON.parse(given);
  const changed = editor(data, tidier(data.tidy));
  return JSON.stringify(changes.map(([text, change]) => changed(text, change)));
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def in_the_browser(page: Page, texts: Sequence[str], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    return json.loads(page.evaluate(READ, [READER.read_text(), json.dumps([data(vocabulary), texts])]))


def as_said_in_the_browser(reading: Reading) -> dict[str, Any]:
    """Give a reading with JavaScript's names, and its parts as it has them."""
    said = asdict(reading) | {"quote": reading.quote}
    for name in ("serial_kind", "four_digits", "over_limit"):
        first, second = name.split("_")
        said[first + second.title()] = said.pop(name)
    for parts in ("swaps", "lines"):
        said[parts] = [part._asdict() for part in said[parts]]
    return json.loads(json.dumps(said))


def differences(
    page: Page, texts: Sequence[str], vocabulary: Vocabulary = VOCABULARY
) -> list[tuple[str, dict[str, Any]]]:
    """The texts on which the browser disagrees, each with what it says and what Python says."""
    found = []
    for text, theirs in zip(texts, in_the_browser(page, texts, vocabulary), strict=True):
        ours = as_said_in_the_browser(read(text, vocabulary))
        if theirs != ours:
            found.append((text, {name: (theirs.get(name), said) for name, said in ours.items()}))
    return found


def test_golden_texts(page: Page) -> None:
    readings = in_the_browser(page, [text for text, _kind, _serial in GOLDEN], VOCABULARY)
    said = [(text, each["kind"], each["serial"]) for (text, *_), each in zip(GOLDEN, readings, strict=True)]
    assert said == GOLDEN


def test_five_thousand_texts(page: Page) -> None:
    assert differences(page, list(texts(5_000, seed=1))) == []


def test_the_texts_are_of_every_kind() -> None:
    assert {read(text, VOCABULARY).kind for text in texts(1_000, seed=1)} == set(Kind)


def test_what_was_read_is_taken_back(page: Page) -> None:
    readings = [(text, read(text, VOCABULARY)) for text in [*(text for text, *_ in GOLDEN), *texts(1_000, seed=3)]]
    changes = [(text, f"-{found.words}\n+Focus Mk2") for text, reading in readings for found in reading.found]
    changes += [(text, f"-{reading.serial}") for text, reading in readings if reading.serial]
    given = json.dumps([data(VOCABULARY), changes])
    left = json.loads(page.evaluate(CHANGE, [[READER.read_text(), EDIT.read_text()], given]))
    theirs = dict(zip(changes, left, strict=True))
    assert [(*each, found) for each, found in theirs.items() if found != changed(*each)] == []


def test_without_a_vocabulary(page: Page) -> None:
    assert differences(page, list(texts(500, seed=2)), Vocabulary(masks=("K####",))) == []


def test_every_character_within_a_serial(page: Page) -> None:
    lines = [f"V123{character}456" for character in KNOWN]
    assert differences(page, ["\n".join(lines[start : start + 90]) for start in range(0, len(lines), 90)]) == []


def test_long_texts(page: Page) -> None:
    long = [
        "V123456" * 285,
        "1 " * 1000,
        "FDB30N5 M05\n" * 100,
        "V12345O " * 250,
        "😀" * 2000,
        "😀" * 2001,
        "1\n" * 101,
    ]
    assert differences(page, [*long, *("V123456" + "\r\n" * number for number in (1993, 1994))]) == []
