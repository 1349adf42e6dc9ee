"""Every class of research §1.4, every trap and the owners' strings of §1.2, with invented serials."""

import pytest

from guides.reader import Kind, Reading, Swap, read
from guides.reader.kinds import MOST_HELPFUL
from guides.reader.knowledge import knowledge
from guides.reader.tidy import tidy_lines

from .golden import KINDS
from .words import VOCABULARY


@pytest.mark.parametrize(("text", "kind", "serial"), KINDS)
def test_kind_and_serial(text: str, kind: Kind, serial: str) -> None:
    verdict = read(text, VOCABULARY)
    assert (verdict.kind, verdict.serial) == (kind, serial)


def test_every_kind_has_a_case() -> None:
    assert {kind for _, kind, _ in KINDS} == set(Kind)


def test_every_rule_decides_a_case() -> None:
    known = knowledge(VOCABULARY)
    rules = (*known.certain_rules, *known.rules)
    lines = [line for text, _, _ in KINDS for line in tidy_lines(text)]
    deciding = [next((r for r in rules if r.regex.search(getattr(line, r.on))), None) for line in lines]
    assert [rule for rule in rules if rule not in deciding] == []


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("090000", (Kind.SOFTWARE_DATA,)),
        ("1234567", (Kind.NAVIGATION_SERIAL,)),
        ("2006", (Kind.KEYCODE,)),
        ("6006", (Kind.KEYCODE,)),
        ("MOI2345", (Kind.NUMBER_PLATE,)),
        ("MSO1234", (Kind.NUMBER_PLATE,)),
        ("V1234GS", (Kind.NUMBER_PLATE,)),
        ("VD 12345", (Kind.NUMBER_PLATE,)),
        ("my plate is MSO1234", (Kind.NUMBER_PLATE,)),
        ("VI23456", ()),
        ("V123456", ()),
        ("123456", ()),
    ],
)
def test_what_else_it_may_be(text: str, also: tuple[Kind, ...]) -> None:
    assert read(text, VOCABULARY).also == also


def test_swaps_name_the_position_in_the_serial() -> None:
    assert read("m0-68l2o").swaps == (Swap(5, "L", "1"), Swap(7, "O", "0"))
    assert read("V123456").swaps == ()


@pytest.mark.parametrize("year", range(1990, 2035))
def test_the_years_are_those_of_the_generations(year: int) -> None:
    assert read(str(year), VOCABULARY).year == (year if 1998 <= year <= 2025 else None)
    assert read(str(year)).kind is Kind.KEYCODE


def test_text_over_the_limit_is_not_read() -> None:
    assert read("V123456".ljust(2000)).serial == "V123456"
    assert read("V123456".ljust(2001)) == Reading(Kind.TOO_LONG, over_limit=True)
    assert read("V123456" + "\r\n" * 1993).serial == "V123456"  # a browser’s line end counts once
    assert read("V123456" + "\r\n" * 1994) == Reading(Kind.TOO_LONG, over_limit=True)
    assert read("V123456\n" + "1\n" * 99).serial == "V123456"
    assert read("V123456\n" + "1\n" * 100) == Reading(Kind.TOO_LONG, over_limit=True)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("  hello  there", "HELLO THERE"),
        ("x" * 60, "X" * 60),
        ("x" * 61, "X" * 59 + "…"),
        ("it is V123456", ""),
        ("hello\nthere", ""),
        ("", ""),
    ],
)
def test_what_was_read_is_quoted_where_nothing_else_shows_it(text: str, quote: str) -> None:
    assert read(text).quote == quote


@pytest.mark.parametrize(
    ("text", "is_proposal"),
    [("V123456", False), ("VI23456", True), ("V0123456", True), ("it is V123456", True), ("hello", False)],
)
def test_what_the_person_must_confirm(text: str, is_proposal: bool) -> None:
    assert read(text).is_proposal is is_proposal


def test_every_kind_a_line_can_have_is_ranked() -> None:
    never_compared = {Kind.EMPTY, Kind.SERIAL, Kind.SERIAL_IN_TEXT, Kind.SEVERAL_SERIALS}
    assert set(MOST_HELPFUL) == set(Kind) - never_compared
    assert len(MOST_HELPFUL) == len(set(MOST_HELPFUL))
