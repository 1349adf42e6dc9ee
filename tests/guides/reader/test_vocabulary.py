"""Messages and radio names, which the site brings."""

import pytest

from guides.reader import Generation, Kind, Message, Phrases, Severity, Topic, Vocabulary, read

from .golden import MESSAGES, RADIOS
from .words import VOCABULARY

NO_WORDS = Vocabulary()


@pytest.mark.parametrize(("text", "slug"), MESSAGES)
def test_messages(text: str, slug: str) -> None:
    verdict = read(text, VOCABULARY)
    assert (verdict.kind, verdict.slug) == (Kind.MESSAGE, slug)


@pytest.mark.parametrize(("text", "slug"), RADIOS)
def test_radios(text: str, slug: str) -> None:
    verdict = read(text, VOCABULARY)
    assert (verdict.kind, verdict.slug) == (Kind.RADIO_NAME, slug)


@pytest.mark.parametrize("text", ["decoder", "waiting", "encode", "sonya", "-", "16000 CDs", "..."])
def test_whole_words_only(text: str) -> None:
    assert read(text, VOCABULARY).kind is Kind.UNKNOWN


@pytest.mark.parametrize("text", ["CODE", "----", "LOCKED10", "Sony"])
def test_without_a_vocabulary_they_are_unknown(text: str) -> None:
    assert read(text, NO_WORDS).kind is Kind.UNKNOWN


def words(*messages: tuple[str, str]) -> Vocabulary:
    return Vocabulary(messages=tuple(Message(slug, Severity.GO, (spelling,)) for spelling, slug in messages))


def test_a_message_that_is_the_line_beats_all_but_a_serial() -> None:
    greedy = words(("######", "six"), ("V######", "serial"), ("V512BGO", "plate"))
    assert read("123456", greedy).slug == "six"
    assert read("123456", greedy).also == (Kind.MISSING_LETTER,)
    assert read("V512BGO", greedy).slug == "plate"
    assert read("V123456", greedy).kind is Kind.SERIAL


def test_not_found_is_built_in() -> None:
    vocabulary = words(("NOT FOUND", "not-found"), ("DISC NOT FOUND", "disc"))
    assert read("Not found", vocabulary).kind is Kind.NOT_SHOWN
    assert read("Not found", vocabulary).messages == ("not-found",)
    assert read("Disc not found", vocabulary).slug == "disc"


@pytest.mark.parametrize("spelling", ["", " ", "-", "*", "(?", "\u200b"])
def test_a_spelling_with_nothing_to_match_matches_nothing(spelling: str) -> None:
    vocabulary = Vocabulary(words((spelling, "bad")).messages, radios=((spelling, "bad"),))
    for text in ("hello", "V123456", "-", "(?", "....", "x * y"):
        assert read(text, vocabulary).slug == ""


def test_a_literal_digit_beats_any_digit() -> None:
    vocabulary = words(("LOCKED##", "locked"), ("LOCKED13", "locked13"), ("TEST1#", "test"))
    assert read("locked 13", vocabulary).slug == "locked13"
    assert read("it is locked 12 now", vocabulary).slug == "locked"
    assert read("test 17", vocabulary).slug == "test"
    assert read("test 27", vocabulary).slug == ""


def test_an_everyday_word_of_a_row_counts_only_as_display() -> None:
    safe = Vocabulary(messages=(Message("safe", Severity.STOP, ("SAFE",), ("SAFE",)),))
    assert read("safe", safe).messages == read("it says safe", safe).messages == ("safe",)
    assert (read("is it safe", safe).messages, read("is it safe", safe).asks) == ((), ("safe",))


def test_a_short_list_of_words_is_everyday_in_any_row() -> None:
    bad = Vocabulary(messages=(Message("locked", Severity.STOP, ("LOCKED",)),))
    assert (read("i locked the car", bad).messages, read("i locked the car", bad).asks) == ((), ("locked",))


def test_the_masks_are_what_a_serial_is() -> None:
    masks = Vocabulary(masks=("V######", "K####", "M#######"))
    assert read("k 1234", masks).serial == "K1234"
    assert read("it is K1234 or so", masks).serial == "K1234"
    assert read("M1234567", masks).kind is Kind.SERIAL
    assert read("V0123456", masks).kind is Kind.EXTRA_ZERO
    for text in ("M123456", "MO12345", "N123456", "M0123"):
        assert read(text, masks).serial == ""
    assert read("V123456", Vocabulary(masks=())).serial == ""
    assert read("V123456", Vocabulary(masks=("", "v##", "V#.*"))).serial == ""


def test_names_of_a_radio_in_any_order_and_not_where_its_code_is_wanted() -> None:
    for text in ("CD 6000", "6000cd", "RDS CD 6000", "my 6000 CD RDS"):
        assert read(text, VOCABULARY).radios == ("6000-cd",)
    assert read("sony radio wait", VOCABULARY).messages == ("wait",)
    assert read("sony radio code", VOCABULARY).messages == ()


def test_a_generation_without_a_last_year_is_sold_still() -> None:
    mk5 = Vocabulary(generations=(Generation("mk5", ("Mk5",), 2026),))
    assert read("2031", mk5).generations == ("mk5",)
    assert read("2025", mk5).generations == ()


def test_evidence_that_does_not_agree_leaves_all_of_it_possible() -> None:
    assert read("mk2 2007", VOCABULARY).generations == ("mk2",)
    assert read("mk2 2015", VOCABULARY).generations == ("mk2", "mk3")


def test_phrases_need_all_their_words() -> None:
    vocabulary = Vocabulary(
        topics=(
            Phrases("question", "lost", ("lost/los* code",)),
            Phrases("question", "card", ("code card", "lost code card")),
            Phrases("way", "none", ("", "/", " - ")),
        )
    )
    assert read("have lost it", vocabulary).topics == ()
    assert read("I’m losing the code", vocabulary).topics == (Topic("question", "lost"),)
    assert read("code-card lost?", vocabulary).topics == (Topic("question", "card"), Topic("question", "lost"))
