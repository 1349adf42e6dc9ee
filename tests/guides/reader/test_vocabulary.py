"""Messages and radio names, which the site brings."""

import pytest

from guides.reader import Kind, Vocabulary, read

from .golden import MESSAGES, RADIOS

NO_WORDS = Vocabulary()


@pytest.mark.parametrize(("text", "slug"), MESSAGES)
def test_messages(text: str, slug: str, vocabulary: Vocabulary) -> None:
    verdict = read(text, vocabulary)
    assert (verdict.kind, verdict.slug) == (Kind.MESSAGE, slug)


@pytest.mark.parametrize(("text", "slug"), RADIOS)
def test_radios(text: str, slug: str, vocabulary: Vocabulary) -> None:
    verdict = read(text, vocabulary)
    assert (verdict.kind, verdict.slug) == (Kind.RADIO_NAME, slug)


@pytest.mark.parametrize("text", ["decoder", "waiting", "encode", "sonya", "-", "16000 CDs", "..."])
def test_whole_words_only(text: str, vocabulary: Vocabulary) -> None:
    assert read(text, vocabulary).kind is Kind.UNKNOWN


@pytest.mark.parametrize("text", ["CODE", "----", "LOCKED10", "Sony"])
def test_without_a_vocabulary_they_are_unknown(text: str) -> None:
    assert read(text, NO_WORDS).kind is Kind.UNKNOWN


def test_a_message_that_is_the_line_beats_all_but_a_serial() -> None:
    greedy = Vocabulary(messages=(("######", "six"), ("V######", "serial"), ("V512BGO", "plate")))
    assert read("123456", greedy).slug == "six"
    assert read("123456", greedy).also == (Kind.MISSING_LETTER,)
    assert read("V512BGO", greedy).slug == "plate"
    assert read("V123456", greedy).kind is Kind.SERIAL


def test_not_found_is_built_in() -> None:
    words = Vocabulary(messages=(("NOT FOUND", "not-found"), ("DISC NOT FOUND", "disc")))
    assert read("Not found", words).kind is Kind.NOT_SHOWN
    assert read("Disc not found", words).slug == "disc"


@pytest.mark.parametrize("pattern", ["", " ", "-", "*", "(?", "\u200b"])
def test_a_pattern_with_nothing_to_match_matches_nothing(pattern: str) -> None:
    words = Vocabulary(messages=((pattern, "bad"),), radios=((pattern, "bad"),))
    for text in ("hello", "V123456", "-", "(?", "....", "x * y"):
        assert read(text, words).slug == ""


def test_a_literal_digit_beats_any_digit() -> None:
    words = Vocabulary(messages=(("LOCKED##", "locked"), ("LOCKED13", "locked13")))
    assert read("locked 13", words).slug == "locked13"
    assert read("it is locked 12 now", words).slug == "locked"
