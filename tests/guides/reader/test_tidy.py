"""What is tidied, and what is said about it."""

import pytest

from guides.reader import Kind, Tidy, read
from guides.reader.tidy import tidy

from .golden import SERIALS


@pytest.mark.parametrize(("text", "changes"), SERIALS)
def test_a_serial_is_tidied_and_the_changes_told(text: str, changes: tuple[Tidy, ...]) -> None:
    verdict = read(text)
    assert (verdict.kind, verdict.serial, verdict.tidied) == (Kind.SERIAL, "V123456", changes)


@pytest.mark.parametrize(
    ("line", "raw", "words", "compact"),
    [
        (" v-123  456. ", "V-123 456.", "V 123 456", "V123456"),
        ("S.W 6.1.4", "S.W 6.1.4", "S W 6 1 4", "SW614"),
        ("7M5T\u201418C939", "7M5T-18C939", "7M5T 18C939", "7M5T18C939"),
        ("SERIAL NUMBER:", "SERIAL NUMBER:", "SERIAL NUMBER", "SERIALNUMBER"),
        ("service", "SERVICE", "SERVICE", "SERVICE"),
        ("SN05 ABC", "SN05 ABC", "SN05 ABC", "SN05ABC"),
        ("caf\u00e9 \ufdfa", "CAF\u00c9 \ufdfa", "CAF\u00c9 \ufdfa", "CAF\u00c9\ufdfa"),
        ("½", "1\u20442", "1 2", "12"),
        ("__", "__", "", ""),
    ],
)
def test_the_three_forms(line: str, raw: str, words: str, compact: str) -> None:
    assert tidy(line)[:3] == (raw, words, compact)


@pytest.mark.parametrize(
    ("text", "tells"),
    [("V1\u00bd", True), ("\u2460", True), ("\u0661", True), ("123", False), ("\u1369", False), ("caf\u00e9 1", False)],
)
def test_digits_are_told_where_something_else_became_one(text: str, tells: bool) -> None:
    assert (Tidy.DIGITS in tidy(text).changes) is tells


def test_a_verdict_shows_the_tidied_text() -> None:
    assert read("  acu  cfg 820208").text == "ACU CFG 820208"
