"""Texts by the thousand, likely and nasty, the same at every run: for a reader that must agree with another."""

import string
import unicodedata
from collections.abc import Callable, Iterator
from random import Random

from .everyday import sentences
from .golden import GOLDEN
from .more_cases import GROUPS, SHARED
from .words import VOCABULARY

#: Two letters that got their capitals in Unicode 16, of 2024.
CAPITAL_SINCE = "\u019b\u0264"

#: Characters of which every Python and every browser knows the same: those of Unicode 3.2, of 2002. A newer one is a
#: letter to a new browser and nothing yet to an older Python, and no rule of ours can mend that. (Without those for
#: private use, which are all alike.)
_KNOWN = [
    character
    for character in map(chr, range(0x110000))
    if unicodedata.ucd_3_2_0.category(character) not in {"Cn", "Co", "Cs"} and character not in CAPITAL_SINCE
]
#: Six of seven are ideographs or Hangul syllables: letters without capitals and without other forms. A fiftieth of them
#: stands for all.
_ALIKE = [
    each for each in _KNOWN if unicodedata.name(each, "").startswith(("CJK UNIFIED IDEOGRAPH", "HANGUL SYLLABLE"))
]
KNOWN = sorted(set(_KNOWN) - set(_ALIKE) | set(_ALIKE[::50]))

ZEROS = "\uff10\u0660\u06f0\u0966\u09e6\u0e50\U0001d7ce\U0001d7f6"
GAPS = [*" -./_:\t\u00a0\u1680\u200b\u00ad\ufeff\u2013\u2212\u2500", "", "", "", "", "  ", " - "]
SLIPS = "OQDILSBZGoqdilsbzgUYNAX"
#: Capitals of two letters, ligatures, numbers in one sign, marks, the invisible, letters of another script that look
#: like ours, half-width and astral ones, and what a page or an expression may take for its own.
ODD = "ßŉǰıİſǄ\ufb01\ufb06\u212a\u212b½²①⑩㏑ﷺ℀№™፩\u0301\u0345\u20dd\u200d\u2060\u202e\x00\x1f\x7f\ufffd\ue000"
ODD += "ⅤＶМΜ中ｱﾞ각😀\U0001d415\U00010400\U000e0041\U0010fffd<>&\"'\\{}%#*(?$"
LINE_ENDS = ["\n", "\n", "\r\n", "\n\n", "\r", "\u2028", "\x85", "\x1c"]
PHRASES = [spelling for row in VOCABULARY.messages for spelling in (*row.spellings, *row.everyday)]
PHRASES += [name for name, _slug in (*VOCABULARY.radios, *VOCABULARY.cars)]
PHRASES += [name for row in VOCABULARY.generations for name in row.names]
#: What the other tests read, in lines.
_READ = [text for text, _kind, _serial in GOLDEN] + [case["text"] for case in SHARED]
_READ += [text for cases in GROUPS.values() for text, _want in cases]
LINES = [line for text in _READ for line in text.splitlines() if line.strip() and len(line) < 100]
EVERYDAY = sentences()
#: Phrases by which people ask, in one of their forms.
ASKED = [phrase.replace("*", "").split() for row in VOCABULARY.topics for phrase in row.phrases]


def texts(count: int, seed: int) -> Iterator[str]:
    """Give so many texts, of one line mostly."""
    random = Random(seed)  # noqa: S311 (no secret)
    for _ in range(count):
        lines = random.choice([1, 1, 1, 1, 1, 1, 2, 2, 3, 6])
        yield random.choice(LINE_ENDS).join(_line(random) for _ in range(lines))


def _line(random: Random) -> str:
    line = random.choice(_LINES)(random)
    for _ in range(random.choice([0, 0, 0, 1, 1, 2])):
        line = random.choice(_CHANGES)(random, line)
    return line


# ---- Lines


def _shaped(random: Random) -> str:
    """Serials, right or nearly, and the numbers that are mistaken for them: A is any letter, 0 any digit."""
    shapes = "V000000 M000000 V0000000 A000000 AA00000 V00000 000000 0000000 0000 11000000 1/000000 L000000 V0O0000"
    shapes += " AA00AAA A000AAA AAA000A AAZ0000 MOI0000 VSZ0000 FDA00A0V000000 WF0AAAAAAA0A00000 C7E0A0000A000000A"
    kinds = {"A": string.ascii_uppercase, "0": string.digits}
    return "".join(random.choice(kinds.get(sign, sign)) for sign in random.choice(shapes.split()))


def _named(random: Random) -> str:
    return "".join(random.choice(string.digits) if sign == "#" else sign for sign in random.choice(PHRASES))


def _year(random: Random) -> str:
    return f"{random.choice(['', 'focus ', 'Ford Focus Mk2 ', 'my '])}{random.randint(1990, 2030)}"


def _case(random: Random) -> str:
    return random.choice(LINES)


def _everyday(random: Random) -> str:
    return random.choice(EVERYDAY)


def _asked(random: Random) -> str:
    words = [random.choice(word.split("/")) for word in random.choice(ASKED)]
    return " ".join(random.sample(words, len(words)))


def _mixture(random: Random) -> str:
    """Cases in one line, whole or in pieces."""
    words = [word for _ in range(random.randint(2, 4)) for word in random.choice(LINES).split()]
    start = random.randrange(len(words))
    return random.choice([" ", " ", ", ", " says "]).join([" ".join(words[:start]), " ".join(words[start:])])


def _sentence(random: Random) -> str:
    words = random.choices(["my", "radio", "says", "it is", "S/N:", "serial", "or", "year", "from", "PIN"], k=3)
    return " ".join([*words, random.choice([_case, _shaped, _named, _year])(random)])


def _noise(random: Random) -> str:
    return "".join(random.choices(KNOWN, k=random.randint(0, 12)))


_LINES: list[Callable[[Random], str]] = [_case, _case, _mixture, _mixture, _everyday, _asked]
_LINES += [_shaped, _shaped, _named, _year, _sentence, _noise]


# ---- What befalls them


def _put(random: Random, line: str, piece: str, instead: int = 0) -> str:
    place = random.randrange(len(line) + 1)
    return line[:place] + piece + line[place + instead :]


def _slip(random: Random, line: str) -> str:
    return _put(random, line, random.choice(SLIPS), instead=1)


def _odd(random: Random, line: str) -> str:
    return _put(random, line, random.choice([random.choice(ODD), random.choice(KNOWN)]))


def _gap(random: Random, line: str) -> str:
    return _put(random, line, random.choice(GAPS))


def _gaps(random: Random, line: str) -> str:
    return "".join(character + random.choice(GAPS) for character in line)


def _small(_random: Random, line: str) -> str:
    return line.lower()


def _wide(_random: Random, line: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in line)


def _foreign(random: Random, line: str) -> str:
    zero = ord(random.choice(ZEROS))
    return "".join(chr(zero + int(sign)) if sign in string.digits else sign for sign in line)


def _more(random: Random, line: str) -> str:
    return f"{line} {random.choice(_LINES)(random)}"


_CHANGES: list[Callable[[Random, str], str]] = [_slip, _odd, _gap, _gaps, _small, _wide, _foreign, _more]
