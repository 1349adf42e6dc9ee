"""Text as the starburst display of a car radio shows it, as one SVG path to be stroked.

Pure: no Django. A glyph is a few straight bars on a grid of 12 by 20. The top and the bottom bar are one bar each,
though a 16-segment display could light their halves separately. Characters that look the same on such displays look the
same here: 0 and O, 5 and S.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

PITCH = 17  # from the start of one glyph to the start of the next
HEIGHT = 24  # with room for the stroke
START = "M3 2"  # of each path

#: Where each bar starts, and how far it goes: x, y, dx, dy.
#:      —a—
#:    |\ | /|      f h i k b
#:     - g -       g left, j right
#:    |/ | \|      e n l m c
#:      —d—
_BARS: dict[str, tuple[int, int, int, int]] = {
    "a": (1, 0, 10, 0),
    "b": (12, 1, 0, 8),
    "c": (12, 11, 0, 8),
    "d": (11, 20, -10, 0),
    "e": (0, 19, 0, -8),
    "f": (0, 9, 0, -8),
    "g": (1, 10, 4, 0),
    "j": (7, 10, 4, 0),
    "h": (1, 2, 4, 7),
    "k": (11, 2, -4, 7),
    "n": (5, 11, -4, 7),
    "m": (7, 11, 4, 7),
    "i": (6, 2, 0, 7),
    "l": (6, 11, 0, 7),
    # The bars of a 1, and small bars for points.
    "p": (6, 0, 0, 9),
    "q": (6, 11, 0, 9),
    ".": (5, 20, 2, 0),
    "'": (6, 0, 0, 5),
    "^": (5, 6, 2, 0),
    "_": (5, 14, 2, 0),
}

#: The bars of each character, in drawing order: the edge, then the middle.
GLYPHS: dict[str, str] = {
    "A": "abcefgj",
    "B": "abcdjil",
    "C": "adef",
    "D": "abcdil",
    "E": "adefg",
    "F": "aefg",
    "G": "acdefj",
    "H": "bcefgj",
    "I": "adil",
    "J": "bcde",
    "K": "efgkm",
    "L": "def",
    "M": "bcefhk",
    "N": "bcefhm",
    "O": "abcdef",
    "P": "abefgj",
    "Q": "abcdefm",
    "R": "abefgjm",
    "S": "acdfgj",
    "T": "ail",
    "U": "bcdef",
    "V": "efkn",
    "W": "bcefnm",
    "X": "hknm",
    "Y": "hkl",
    "Z": "adkn",
    "0": "abcdef",
    "1": "pq",
    "2": "abdegj",
    "3": "abcdgj",
    "4": "bcfgj",
    "5": "acdfgj",
    "6": "acdefgj",
    "7": "abc",
    "8": "abcdefgj",
    "9": "abcdfgj",
    " ": "",
    "-": "gj",
    "–": "gj",
    "—": "gj",
    "−": "gj",
    ".": ".",
    "…": "d",
    ",": "n",
    ":": "^_",
    "/": "kn",
    "\\": "hm",
    "*": "gjhknmil",
    "+": "gjil",
    "#": "bcdgjil",
    "=": "dgj",
    "_": "d",
    "'": "'",
    "’": "'",
    '"': "fi",
    "<": "km",
    "(": "km",
    "›": "hn",
    ">": "hn",
    ")": "hn",
    "[": "adef",
    "]": "abcd",
    "?": "abjl",
    "!": "i.",
    "&": "adehnm",
    "%": "cfkn",
    "|": "il",
}


@dataclass(frozen=True, slots=True)
class SegmentPath:
    """The d of a path, and the size of a box that it fits in, upright or with skewX(-6deg)."""

    d: str
    width: int
    height: int


def is_known(character: str) -> bool:
    """Whether the display has a glyph for this character."""
    return _plain(character) in GLYPHS


def path(text: str) -> SegmentPath:
    """The text in capitals, without accents, and with an empty cell for each character without a glyph."""
    drawn = "".join(_glyph(_plain(character)) for character in text)
    return SegmentPath(START + drawn, PITCH * max(len(text), 1), HEIGHT)


def glyphs(characters: Iterable[str]) -> dict[str, str]:
    """What each character adds to a path that begins with START; static/js/practice.js joins them."""
    return {character: _glyph(_plain(character)) for character in characters}


def _plain(character: str) -> str:
    """The character with a glyph for this one, if there is one: E for "é"."""
    if character in GLYPHS:
        return character
    base = unicodedata.normalize("NFKD", character)[0].upper()
    return base if base in GLYPHS else character


@cache
def _glyph(character: str) -> str:
    """Relative commands from one cell to the next, so that a character is drawn the same everywhere."""
    x = y = 0
    commands = []
    for bar in GLYPHS.get(character, ""):
        left, top, dx, dy = _BARS[bar]
        commands += [_move(left - x, top - y), _line(dx, dy)]
        x, y = left + dx, top + dy
    return "".join([*commands, _move(PITCH - x, -y)])


def _move(dx: int, dy: int) -> str:
    return "m" + _pair(dx, dy)


def _line(dx: int, dy: int) -> str:
    if not dy:
        return f"h{dx}"
    return f"l{_pair(dx, dy)}" if dx else f"v{dy}"


def _pair(dx: int, dy: int) -> str:
    return f"{dx}{dy}" if dy < 0 else f"{dx} {dy}"
