"""What holds for any text."""

import json
import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from guides.reader import MAX_LENGTH, Kind, Message, Phrases, Severity, Vocabulary, data, read
from guides.reader.kinds import GOOD_SERIAL, NEAR_SERIAL, PROPOSALS
from guides.reader.tidy import tidy_lines

from .more_cases import GROUPS
from .words import VOCABULARY

#: No test measures time: machines of tests may be busy.
timeless = settings(deadline=None)

SERIAL = re.compile(r"[MV][0-9]{6}")
#: Each of these has a serial. A wrong first letter has one where only one letter can be meant.
WITH_SERIAL = {Kind.SERIAL, Kind.SERIAL_IN_TEXT, Kind.LOOKALIKE, Kind.EXTRA_ZERO}
GRAVE = {row.slug for row in VOCABULARY.messages if row.severity in (Severity.STOP, Severity.WAIT)}
WORST_FIRST = [
    "locked13",
    "locked11",
    "locked10",
    "locked",
    "wait",
    "err",
    "code",
    "fail",
    "no-display",
    "registration",
    "clock",
    "not-found",
]

any_text = st.text(st.characters(), max_size=10_000)
#: Text near to serials, plates, labels and dumps, where mistakes would be made.
near_text = st.text("MVCLFD0123456789OQIS8BZG /\\-.:\nN", max_size=60)
#: Pieces of what owners type, in any order.
pieces = [piece for cases in GROUPS.values() for text, _want in cases for piece in text.split()]
mixed_text = st.lists(st.sampled_from(pieces), max_size=12).map(" ".join)
serials = st.from_regex(SERIAL, fullmatch=True)


@timeless
@given(any_text | near_text | mixed_text)
@example("\ufdfa" * MAX_LENGTH)
@example("\ud800V123456")
def test_any_text_has_a_reading(text: str) -> None:
    for vocabulary in (Vocabulary(), VOCABULARY):
        reading = read(text, vocabulary)
        assert isinstance(reading.kind, Kind)
        assert reading.serial_kind is None or reading.serial_kind in {*GOOD_SERIAL, *NEAR_SERIAL}
        assert reading.kind in (reading.serial_kind, Kind.MESSAGE) or reading.serial_kind is None
        assert reading.serial_kind not in WITH_SERIAL or reading.serial
        assert not reading.serial or reading.serial_kind in {*PROPOSALS, Kind.SERIAL}
        assert all(SERIAL.fullmatch(serial) for serial in (*filter(None, [reading.serial]), *reading.serials))
        assert (len(reading.serials) > 1) == (reading.serial_kind is Kind.SEVERAL_SERIALS)
        assert reading.over_limit or len(text.replace("\r\n", "\n")) <= MAX_LENGTH
        corrected = bool(reading.serial) and reading.serial_kind in (Kind.LOOKALIKE, Kind.WRONG_FIRST_LETTER)
        assert (1 <= len(reading.swaps) <= 2) == corrected


@timeless
@given(any_text | mixed_text)
def test_the_worst_message_leads(text: str) -> None:
    reading = read(text, VOCABULARY)
    for slugs in (reading.messages, reading.asks):
        assert list(slugs) == sorted(set(slugs), key=WORST_FIRST.index)
    assert not set(reading.messages) & set(reading.asks)
    assert reading.kind is Kind.MESSAGE or not GRAVE & set(reading.messages)
    assert reading.messages or reading.kind is not Kind.MESSAGE


@timeless
@given(mixed_text, mixed_text)
def test_another_line_takes_no_message_away(first: str, second: str) -> None:
    both = read(f"{first}\n{second}", VOCABULARY)
    assert {*read(first, VOCABULARY).messages, *read(second, VOCABULARY).messages} == {*both.messages}


#: Whatever an editor may write.
any_words = st.text("AB1#?-/* É", max_size=8) | st.text(max_size=8)
vocabularies = st.builds(
    Vocabulary,
    messages=st.lists(st.builds(Message, any_words, st.sampled_from(Severity), st.tuples(any_words))).map(tuple),
    radios=st.lists(st.tuples(any_words, any_words)).map(tuple),
    cars=st.lists(st.tuples(any_words, any_words)).map(tuple),
    masks=st.lists(any_words).map(tuple),
    topics=st.lists(st.builds(Phrases, any_words, any_words, st.tuples(any_words))).map(tuple),
)


@timeless
@given(vocabularies, any_words | near_text)
def test_no_vocabulary_breaks_the_reader(vocabulary: Vocabulary, text: str) -> None:
    for each in (text, *(name for name, _slug in vocabulary.radios)):
        assert set(read(each, vocabulary).radios) <= {slug for _name, slug in vocabulary.radios}
    json.dumps(data(vocabulary))


@timeless
@given(any_text)
def test_marks_cannot_be_typed(text: str) -> None:
    assert not any(re.search("[a-z]", line.sentence) for line in tidy_lines(text))


@timeless
@given(serials, st.data())
def test_spaces_dashes_and_case_never_change_a_serial(serial: str, data: st.DataObject) -> None:
    gap = st.text(" -._/:,\t'\u00a0\u200b\u2013", max_size=3)
    untidy = "".join(data.draw(gap) + data.draw(st.sampled_from((c, c.lower()))) for c in serial)
    verdict = read(untidy + data.draw(gap), VOCABULARY)
    assert (verdict.kind, verdict.serial) == (Kind.SERIAL, serial)


@timeless
@given(serials, st.sampled_from("\uff10\u0660\u06f0\u0966\u09e6\U0001d7ce"))
def test_digits_of_other_scripts_are_digits(serial: str, zero: str) -> None:
    foreign = serial[0] + "".join(chr(ord(zero) + int(digit)) for digit in serial[1:])
    assert read(foreign).serial == serial


@timeless
@given(near_text)
def test_a_letter_becomes_a_digit_only_as_a_lookalike(text: str) -> None:
    verdict = read(text, VOCABULARY)
    if verdict.serial and verdict.serial_kind not in (Kind.LOOKALIKE, Kind.WRONG_FIRST_LETTER):
        left = iter(text)
        assert all(character in left for character in verdict.serial)  # a subsequence of what was typed


@timeless
@given(st.text(st.characters(categories=["L", "Zs", "Pd"])))
def test_letters_alone_never_make_a_serial(text: str) -> None:
    assert not read(text).serial


@timeless
@given(near_text)
def test_what_was_read_reads_the_same(text: str) -> None:
    serial = read(text).serial
    assert not serial or read(serial).kind is Kind.SERIAL


def patterns() -> list[str]:
    """Every expression that the browser gets too."""
    known = data(VOCABULARY)
    rules = [row[2] for row in (*known["certainRules"], *known["rules"])]
    texts = [*rules, *known["serialAmongWords"], known["splitSerial"], *known["known"].values()]
    texts += [*known["display"].values(), known["plates"]["identifier"]]
    return [*texts, *(known["tidy"][name] for name in ("label", "apostrophe", "yearRange", "dashesInARow", "break"))]


def test_patterns_keep_to_what_javascript_shares_and_to_linear_time() -> None:
    for pattern in patterns():
        assert pattern.replace("\u2019", "").isascii()
        assert not re.search(r"\(\?(?![:=!])", pattern), "only (?: (?= (?! groups"
        assert not re.search(r"\\[^/.\\-]", pattern), "no class escapes: they differ for Unicode"
        assert not re.search(r"[*+]|,\}", re.sub(r"\\.|\[[^]]*\]", "", pattern)), "every repeat is bounded"


def test_no_pattern_reads_on_without_end() -> None:
    """A match that can be no longer than this, tried at each place, takes time in proportion to the text."""
    for pattern in patterns():
        assert re._parser.parse(pattern).getwidth()[1] < 400, pattern  # type: ignore[attr-defined]


def test_normal_forms_of_letters_are_no_digits() -> None:
    letters = (chr(code) for code in range(0x11000) if unicodedata.category(chr(code))[0] == "L")
    for letter in letters:
        assert not any(piece.isdecimal() for piece in unicodedata.normalize("NFKC", letter)), letter
