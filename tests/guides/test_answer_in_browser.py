"""The answer on a phone without signal: for every text that of the server, field by field."""

import json
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from guides.offline.reader import offline_reader
from guides.public.answer import answer
from guides.public.answer_rows import answer_rows
from guides.public.selectors import get_guide
from guides.public.vocabulary import stored_vocabulary
from guides.reader import read
from tests.guides.reader.more_cases import SHARED

from .reader.golden import GOLDEN
from .reader.more_cases import GROUPS
from .reader.texts import texts

pytestmark = [pytest.mark.django_db, pytest.mark.e2e]

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
INSIDE = [("", ""), ("6000-cd", "mk2"), ("sync-3", "mk4"), ("travelpilot", "mk2"), ("sony", "")]

ANSWERS = """async ([sources, data, sites, texts]) => {
  const module = (source) => import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const [{ reader }, { answering }] = await Promise.all(sources.map(module));
  const read = reader(data);
  return sites.map((site) => texts.map((text) => answering(site)(read(text))));
}"""


def in_the_browser(chromium: Browser, script: str, argument: Any) -> Any:
    page = chromium.new_page()
    result = page.evaluate(script, argument)
    page.close()
    return result


def plain(value: Any) -> Any:
    """The value as the browser gets it."""
    return json.loads(json.dumps(value, default=lambda each: vars(each) if is_dataclass(each) else str(each)))


def some_texts() -> list[str]:
    of_groups = [text for cases in GROUPS.values() for text, _want in cases]
    return [*(case["text"] for case in SHARED), *of_groups, *(text for text, *_ in GOLDEN), *texts(600, seed=3)]


def test_the_phone_answers_as_the_server(chromium: Browser) -> None:
    vocabulary, rows, asked = stored_vocabulary(), answer_rows(), some_texts()
    readings = [read(text, vocabulary) for text in asked]
    guides = [get_guide(*slugs) if slugs[0] else None for slugs in INSIDE]
    ours = [[plain(answer(reading, rows, slugs if slugs[0] else None)) for reading in readings] for slugs in INSIDE]
    readers = [plain(offline_reader(guide)) for guide in guides]
    sources = [(SCRIPTS / name).read_text() for name in ("reader.js", "answer.js")]
    theirs = in_the_browser(chromium, ANSWERS, [sources, readers[0]["data"], [each["site"] for each in readers], asked])
    wrong = [
        (slugs, text, {name: (phone.get(name), server[name]) for name in server if phone.get(name) != server[name]})
        for slugs, phones, servers in zip(INSIDE, theirs, ours, strict=True)
        for text, phone, server in zip(asked, phones, servers, strict=True)
        if phone != server
    ]
    assert wrong == []
