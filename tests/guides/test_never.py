"""What never enters is found in a text, and ordinary content is left alone."""

from hypothesis import given
from hypothesis import strategies as st

from guides.models.never import Never, find

M, A, T, V, P, S, C = (
    Never.MARKUP,
    Never.ADDRESS,
    Never.TELEPHONE,
    Never.VIN,
    Never.PLATE,
    Never.SERIAL,
    Never.CODE,
)

NEVER = {
    "Ring Bob on 07700 900123 or visit https://radios.example/buy, VIN WF0AXXWPMA1234567, serial V987654, AB51 CDE": [
        *(T, A, V, S, P)
    ],
    "**bold**": [M],
    "__bold__": [M],
    "a `5` key": [M],
    "<b>5</b>": [M, M],
    "See [this page](https://example.com).": [M, A],
    "www.example.com": [A],
    "WWW.EXAMPLE.COM": [A],
    "Visit example.com.": [A],
    "radio-shop.co.uk has it": [A],
    "example.shop/buy?code=1": [A],
    "shop.example.anything/buy": [A],
    "ftp://files": [A],
    "bob@example.com": [A],
    "+44 7700 900123": [T],
    "(0161) 496 0000": [T],
    "0161-496-0000": [T],
    "01.61.49.60.00": [T],
    "00 49 30 123456": [T],
    "(555) 555-0123": [T],
    "555-555-0123": [T],
    "Call 496 0000 now": [T],
    "tel. 4960000": [T],
    "WF0 AXX WPM A1 234567": [V],
    "wf0axxwpma1234567": [V],
    "1FAHP34N07W123456": [V],
    "C7E1234567890": [V],
    "AB51CDE": [P],
    "ab51cde": [P],
    "V123 ABC": [P],
    "W1ABC": [P],
    "AB-123-CD": [P],
    "12-ABC-3": [P],
    "08-D-12345": [P],
    "V987654": [S],
    "v987654": [S],
    "V 987 654": [S],
    "M-987654": [S],
    "M0987654": [S],
    "FD12ABCV987654": [S],
    "FD12ABC V987654": [S],
    "C123450": [S],
    "The code is 4821.": [C],
    "The pin was 0000": [C],
}

ORDINARY = """
    6000 CD
    4000 RDS, 4500 RDS and 5000 RDS
    M123456 or V123456
    V012345, V0123456 and X1234567
    50701234 / FD12ABC V012345
    SW 1.2.3 / SOCD1A2V012345 / ACU CFG 800100
    SJH DSP 643 03 255
    MP D5 DP / 3-03 / 255
    4M5T-18K876 and 4M5T-18C815-AB
    Fuse 58; from 2008 fuse 112, 108
    Fuse 67 (15 A), F79 and F85
    From Dec 2007/Jan 2008 to 2010/11
    Mk2.5, 2004–2010, 60 and 11 plates
    A plate with 54 on it
    £20 to £30 (UK, 2022), €6.95 in 24 h
    Press 1, 2, 3 and 4; then 5, OK or *
    1+6 2+6
    Power+Seek-up
    WAIT 29:59
    LOCKED10, 10LOCKED, 1FAIL
    CODE ----
    lost/lose* code
    code/pin 2004
    A ten-digit number, 7 6xx xxx xxx, is the maker’s
    C7E and more, 17 characters
    See /radios/sony/ and /get-the-code/#dealer.
    e.g. a fuse, i.e. 15 A. Then wait.
    Call a dealer. Have the VIN and the registration document ready.
    Charge the phone: 15 minutes, or 30.
    The phone keys 1 to 6 of the 6000 CD
    On 22.11.2026 or 2026-11-22, at 10:30
    SYNC 3.4 and 13.2-inch screen
    < 3 tries
""".strip().splitlines()

#: What content puts between its words.
THINGS = """
    6000 CD|4500 RDS|Sony|SYNC 3|Mk2|Mk2.5|2004|2008–2010|1998 to 2004|112|108|F79|58|15 A|7.5 A|£20|€6.95|1+6|2 and 6
    5|*|OK|V123456|M012345|4M5T-18K876|18K876|SJH DSP 643 03 255|50701234|800100|LOCKED13|1FAIL|WAIT 30|10:30|CODE|54
    /radios/sony/|17 characters|30 minutes
"""
WORDS = """
    the radio|and|or|then|press|hold|of|from|a dealer|the serial|your phone|it shows|the plate|a code|in the car
    until|the VIN|wait|with
"""
JOINTS = st.sampled_from([" ", ", ", ": ", ". ", " / ", "\n"])


def test_what_never_enters_is_found_and_nothing_else() -> None:
    found = {text: [each.what for each in find(text)] for text in [*NEVER, *ORDINARY]}
    assert found == NEVER | {text: [] for text in ORDINARY}


def one_of(texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from([text.strip() for text in texts.strip().replace("\n", "|").split("|")])


@given(st.lists(st.tuples(one_of(WORDS), JOINTS, one_of(THINGS), JOINTS), min_size=1, max_size=8))
def test_ordinary_content_never_trips(pieces: list[tuple[str, str, str, str]]) -> None:
    assert find("".join(part for piece in pieces for part in piece)) == ()


@given(st.text(), st.sampled_from(["07700 900123", "www.example.com", "AB51 CDE", "V987654"]), st.text())
def test_it_is_found_among_any_words(before: str, planted: str, after: str) -> None:
    assert any(planted in each.text for each in find(f"{before}\n{planted}\n{after}"))


def test_long_texts_take_no_longer_than_their_length() -> None:
    """Each would take minutes if an expression tried every end for every beginning."""
    for piece in ("x", "x-", "x.", "0 ", "A1", "[", "<a", "a@", "call ", "**a"):
        find(piece * 5_000)
