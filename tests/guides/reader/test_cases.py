"""What owners type, and what must be read in it: the shared cases, and more of each group."""

import json
from typing import Any

import pytest

from guides.reader import Reading, read

from .more_cases import GROUPS, SHARED
from .words import VOCABULARY

#: What the page decides, not the reading: its words, and where its links lead.
OF_THE_PAGE = {"says", "not_says", "links"}

MORE = [(group, text, want) for group, cases in GROUPS.items() for text, want in cases]


def slugs(reading: Reading) -> list[str]:
    return [topic.slug for topic in reading.topics][:3]


@pytest.mark.parametrize("case", SHARED, ids=[case["text"] for case in SHARED])
def test_shared_case(case: dict[str, Any]) -> None:
    reading = read(case["text"], VOCABULARY)
    for field, wanted in case["want"].items():
        match field:
            case "serial":
                assert reading.serial == (wanted or "")
            case "verdict":
                assert reading.kind in wanted
            case "not_verdict":
                assert reading.kind not in wanted
            case "messages":
                assert reading.messages[:1] == tuple(wanted[:1])
            case "no_messages":
                assert not set(wanted) & set(reading.messages)
            case "generations":
                assert sorted(reading.generations) == wanted
            case "radio":
                assert reading.radios == (wanted,)
            case "guide":
                assert [*reading.generations, *reading.radios] == wanted.split("/")[2:4]
            case "questions":
                assert set(wanted) & set(slugs(reading))
            case _:
                assert field in OF_THE_PAGE


@pytest.mark.parametrize(("group", "text", "want"), MORE, ids=[f"{group}: {text}" for group, text, _ in MORE])
def test_more_of_each_group(group: str, text: str, want: dict[str, Any]) -> None:
    reading = read(text, VOCABULARY)
    for field, wanted in want.items():
        match field:
            case "topics":
                assert wanted in slugs(reading)
            case "no_messages":
                assert not set(wanted) & set(reading.messages)
            case "no_kind":
                assert reading.kind != wanted
            case _:
                assert json.loads(json.dumps(getattr(reading, field))) == wanted


def test_each_group_has_at_least_five_texts() -> None:
    assert {group for group, cases in GROUPS.items() if len(cases) < 5} == set()
