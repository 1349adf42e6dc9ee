"""What holds for any text."""

import re
import unicodedata

from guides.reader.verdict import PROPOSALS
from hypothesis import example, given
from hypothesis import strategies as st

from guides.reader import MAX_LENGTH, Kind, Vocabulary, read
from guides.reader.rules import CERTAIN_RULES, RULES

from .conftest import VOCABULARY

SERIAL = re.compile(r"[MV][0-9]{6}")
WITH_SERIAL = PROPOSALS | {Kind.SERIAL}

any_text = st.text(st.characters(), max_size=10_000)
#: Text near to serials, plates, labels and dumps, where mistakes would be made.
near_text = st.text("MVCLFD0123456789OQIS8BZG /\\-.:\nN", max_size=60)
serials = st.from_regex(SERIAL, fullmatch=True)


@given(any_text | near_text)
@example("\ufdfa" * MAX_LENGTH)
@example("\ud800V123456")
def test_any_text_has_a_verdict(text: str) -> None:
    for vocabulary in (Vocabulary(), VOCABULARY):
        verdict = read(text, vocabulary)
        assert isinstance(verdict.kind, Kind)
        assert (verdict.kind in WITH_SERIAL) == bool(verdict.serial)
        assert not verdict.serial or SERIAL.fullmatch(verdict.serial)
        assert all(SERIAL.fullmatch(serial) for serial in verdict.serials)
        assert (len(verdict.serials) > 1) == (verdict.kind is Kind.SEVERAL_SERIALS)
        assert verdict.over_limit or len(text.replace("\r\n", "\n")) <= MAX_LENGTH
        assert (1 <= len(verdict.swaps) <= 2) == (verdict.kind is Kind.LOOKALIKE)


@given(serials, st.data())
def test_spaces_dashes_and_case_never_change_a_serial(serial: str, data: st.DataObject) -> None:
    gap = st.text(" -._/:,\t'\u00a0\u200b\u2013", max_size=3)
    untidy = "".join(data.draw(gap) + data.draw(st.sampled_from((c, c.lower()))) for c in serial)
    verdict = read(untidy + data.draw(gap), VOCABULARY)
    assert (verdict.kind, verdict.serial) == (Kind.SERIAL, serial)


@given(serials, st.sampled_from("\uff10\u0660\u06f0\u0966\u09e6\U0001d7ce"))
def test_digits_of_other_scripts_are_digits(serial: str, zero: str) -> None:
    foreign = serial[0] + "".join(chr(ord(zero) + int(digit)) for digit in serial[1:])
    assert read(foreign).serial == serial


@given(near_text)
def test_a_letter_becomes_a_digit_only_as_a_lookalike(text: str) -> None:
    verdict = read(text, VOCABULARY)
    if verdict.serial and verdict.kind is not Kind.LOOKALIKE:
        left = iter(text)
        assert all(character in left for character in verdict.serial)  # a subsequence of what was typed


@given(st.text(st.characters(categories=["L", "Zs", "Pd"])))
def test_letters_alone_never_make_a_serial(text: str) -> None:
    assert not read(text).serial


@given(near_text)
def test_what_was_read_reads_the_same(text: str) -> None:
    serial = read(text).serial
    assert not serial or read(serial).kind is Kind.SERIAL


def test_patterns_keep_to_what_javascript_shares_and_to_linear_time() -> None:
    for rule in (*CERTAIN_RULES, *RULES):
        assert rule.pattern.isascii()
        assert not re.search(r"\(\?(?![:=!])", rule.pattern), "only (?: (?= (?! groups"
        assert not re.search(r"\\[^/\\-]", rule.pattern), "no class escapes: they differ for Unicode"
        assert not re.search(r"[*+]", rule.pattern), "every repeat is bounded"


def test_normal_forms_of_letters_are_no_digits() -> None:
    letters = (chr(code) for code in range(0x11000) if unicodedata.category(chr(code))[0] == "L")
    for letter in letters:
        assert not any(piece.isdecimal() for piece in unicodedata.normalize("NFKC", letter)), letter
