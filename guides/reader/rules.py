r"""What each line is: the reader's knowledge of serials and of what is taken for one, as data.

The first row that matches decides. A pattern sees one form of the line (see ``tidy.Tidied``); its groups,
joined, are the serial. The same rows also serve the browser, so a pattern keeps to what Python and JavaScript
share: ASCII, no lookbehind, no named groups. Every repeat is bounded: time stays linear. What the vocabulary
knows stands in angle brackets; ``forms`` says what for. Numbers such as "§1.4 class 10" point into the domain
research.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from .kinds import Kind
from .plates import ABROAD

#: Letters read for digits, and the digits meant (§1.4 class 4).
MEANT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "G": "6"}

#: Letters read for the first one where only one can be meant (class 5).
MEANT_FIRST = {"U": "V", "N": "M"}

#: Only serials with one of these letters and so many digits are known well enough to tell a slip.
_NEAR_LETTERS = "MV"
_NEAR_DIGITS = 6

_MASK = re.compile("[A-Z]#{1,20}")


@dataclass(frozen=True)
class Rule:
    """One row: a line whose form ``on`` matches ``pattern`` is of ``kind``, but may ``also`` be others."""

    kind: Kind
    on: Literal["raw", "words", "compact"]
    pattern: str
    also: tuple[Kind, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def filled(self, forms: dict[str, str]) -> "Rule":
        return replace(self, pattern=fill(self.pattern, forms))


def forms(masks: Sequence[str], years: Sequence[int]) -> dict[str, str]:
    """Give what stands for each name in angle brackets."""
    masks = [mask for mask in masks if _MASK.fullmatch(mask)]
    near = [letter for letter in _NEAR_LETTERS if letter + "#" * _NEAR_DIGITS in masks]
    return {
        "<serial>": either(f"{mask[0]}[0-9]{{{len(mask) - 1}}}" for mask in masks),
        "<spaced>": either(f"{mask[0]}(?: ?[0-9]){{{len(mask) - 1}}}" for mask in masks),
        "<near>": either(near),
        "<misread-first>": either(seen for seen, meant in MEANT_FIRST.items() if meant in near),
        "<year>": either(map(str, years)),
    }


def fill(pattern: str, forms: dict[str, str]) -> str:
    """Put the forms where their names stand."""
    for name, form in forms.items():
        pattern = pattern.replace(name, form)
    return pattern


def either(patterns: Iterable[str]) -> str:
    """Give one expression for all; one that never matches for none, as an empty one would match everything."""
    return f"(?:{'|'.join(patterns) or '(?!)'})"


_LETTERS = "".join(MEANT)
# A misread serial: one or two letters among its six digits.
MISREAD = f"<near>(?=[0-9]{{0,5}}[A-Z][0-9]{{0,5}}[A-Z]?[0-9]{{0,5}}(?: |$))[0-9{_LETTERS}]{{6}}"
# M-SO 1234, M-1234-ZB and VD 12345, written together.
PLATE_OR_SERIAL = f"<near>[{_LETTERS}]{{2}}[0-9]{{4}}|<near>[0-9]{{4}}[{_LETTERS}]{{2}}|(?=V)<near>[DS][0-9]{{5}}"
# What the 1+6 line puts before the serial (class 10): with a tenth character it would be a VIN.
BEFORE = "(?:(?!BP|C7E|<serial>)(?:[0-9A-Z]{3}|[0-9A-Z]{5,9}))?"

#: A serial over two screens, or two parts of one line: "M05" + "1234", "FDB30N5M" + "051234" (§1.2). After
#: the letter come seven characters: six digits and the gap.
SPLIT_SERIAL = Rule(
    Kind.SERIAL_IN_TEXT,
    "words",
    "^(?:FD[0-9A-Z]{3,7} ?)?(<near>)(?=[0-9 ]{7}$)([0-9]{0,5}) ([0-9]{1,6})$",
)

#: A serial among other words, or at the end of the whole 1+6 line (§1.4 class 10). In the second row its
#: digits are spaced out.
SERIAL_AMONG_WORDS = (
    Rule(Kind.SERIAL_IN_TEXT, "words", f"(?:^| ){BEFORE}(<serial>)(?= |$)"),
    Rule(Kind.SERIAL_IN_TEXT, "words", "(?:^| )(<spaced>)(?= [^0-9]|$)"),
    SPLIT_SERIAL,
)

#: These stand before the vocabulary: no message and no radio name may hide them.
CERTAIN_RULES = (
    Rule(Kind.SERIAL, "compact", "^(<serial>)$"),  # §1.4 classes 2, 3
    Rule(Kind.NOT_SHOWN, "compact", "^NOTFOUND$"),  # class 14
)

#: These stand after a line that is exactly a message or a name.
RULES = (
    # Numbers of other families whose tail may look like a serial (classes 15 to 17). The label of a TravelPilot
    # prints 815 before its number (F6), and the maker's type number above it. A spaced-out VIN counts only with
    # the prefix of Ford of Europe, or any sentence of 17 letters would do.
    Rule(Kind.NAVIGATION_SERIAL, "compact", "^C7E[0-9A-Z]{8,14}$"),
    Rule(Kind.NAVIGATION_SERIAL, "compact", "^BP[0-9]{3}[0-9A-Z]{3,15}$"),
    Rule(Kind.NAVIGATION_SERIAL, "compact", "^815[0-9A-F]{1,4}[FA][0-9]{4}[0-9A-Z][0-9]{7}$"),
    Rule(Kind.NAVIGATION_SERIAL, "compact", "^815C7E[0-9A-Z]{8,14}$"),
    Rule(Kind.NAVIGATION_SERIAL, "compact", "^76[0-9]{8}$"),
    Rule(Kind.VIN, "compact", "^WF0[A-HJ-NPR-Z0-9]{14}$"),
    # Plates of Germany and Spain whose separators stand, before anything that would "correct" one.
    Rule(Kind.NUMBER_PLATE, "raw", "^(?!CDX)[A-Z]{1,3}-[A-Z]{1,2}[- ]?[0-9]{1,4}[EH]?$"),
    Rule(Kind.NUMBER_PLATE, "raw", f"^<near>(?:[{_LETTERS}] | [{_LETTERS}])[{_LETTERS}] [0-9]{{4}}$"),
    Rule(Kind.NUMBER_PLATE, "raw", "^[A-Z]{1,2}-[0-9]{4}[- ][A-Z]{1,2}$"),
    Rule(Kind.NUMBER_PLATE, "raw", "^<near> [0-9]{4} [A-Z]{1,2}$"),
    # UK number plates (class 22): current, prefix, suffix.
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z]{2}[0-9]{2}[A-Z]{3}$"),
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z][0-9]{1,3}[A-Z]{3}$"),
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z]{3}[0-9]{1,3}[A-Z]$"),
    # Written together, those of Germany, Spain, Switzerland and Northern Ireland may be a misread serial too.
    Rule(Kind.LOOKALIKE, "compact", f"^({PLATE_OR_SERIAL})$", also=(Kind.NUMBER_PLATE,)),
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z](?:[A-HJ-Z]Z|[JOUX]I|I[ABGLW])[0-9]{1,4}$"),
    # Where punctuation tells: a drawn V (class 5), versions of the 1+6 screens (class 12).
    Rule(Kind.WRONG_FIRST_LETTER, "raw", r"^(?:1/|\\/) ?(?:[0-9] ?){5}[0-9]$"),
    Rule(Kind.SOFTWARE_DATA, "raw", "^[0-9]{2}-[0-9]{2}-[0-9]{2}$"),
    Rule(Kind.SOFTWARE_DATA, "raw", "^[0-9]-[0-9]{2}$"),
    # A serial with a slip in it (classes 4, 7, 8, 9).
    Rule(Kind.LOOKALIKE, "compact", f"^({MISREAD})$"),
    Rule(Kind.EXTRA_ZERO, "compact", "^(<near>)0([0-9]{6})$"),
    Rule(Kind.TOO_LONG, "compact", "^<near>[0-9]{7,9}$"),
    Rule(Kind.TOO_SHORT, "compact", "^<near>[0-9]{1,5}$"),
    # A good serial with something around it, then one with a slip.
    *SERIAL_AMONG_WORDS,
    Rule(Kind.LOOKALIKE, "words", f"(?:^| )({PLATE_OR_SERIAL})(?= |$)", also=(Kind.NUMBER_PLATE,)),
    Rule(Kind.LOOKALIKE, "words", f"(?:^| ){BEFORE}({MISREAD})(?= |$)"),
    Rule(Kind.EXTRA_ZERO, "words", "(?:^| )(<near>)0([0-9]{6})(?= |$)"),
    # Other families again, now among other words.
    Rule(Kind.NAVIGATION_SERIAL, "words", "(?:^| )(?:815 ?)?C7E[0-9A-Z]{0,6} ?[0-9A-Z] ?[0-9]{7}(?= |$)"),
    Rule(Kind.NAVIGATION_SERIAL, "words", "(?:^| )C7E[0-9A-Z]{14}(?= |$)"),
    Rule(
        Kind.VIN,
        "words",
        "(?:^| )(?=[A-Z]{0,16}[0-9])(?=[0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}(?= |$)",
    ),
    # What 1+6 and 2+6 show instead of a serial (classes 11 to 14).
    Rule(Kind.NOT_SHOWN, "words", "(?:^| )NOT ?FOUND(?= |$)"),
    Rule(Kind.SOFTWARE_DATA, "words", "(?:^| )50 ?[0-9]{2} ?[0-9]{2} ?[0-9]{2}(?= |$)"),
    Rule(Kind.SOFTWARE_DATA, "compact", "^(?:DPMV|DOMV|MPD5|DP255)"),
    Rule(Kind.SOFTWARE_DATA, "compact", "^255$"),
    Rule(Kind.SOFTWARE_DATA, "words", "(?:^| )(?:DSP|SJH|[0-9]{3} 0[0-9] 255)(?= |$)"),
    Rule(Kind.SOFTWARE_DATA, "words", "^(?:SW|S W|BOOT)(?: ?[0-9]|$)"),
    Rule(Kind.SOFTWARE_DATA, "words", "(?:^| )(?:HLA|CD ?SW|BEZEL|ACU ?CFG)(?= |[0-9]|$)"),
    # The other print on a label (classes 18, 19).
    Rule(Kind.PART_NUMBER, "words", "(?:^| )[0-9A-Z]{4} ?18[A-Z][0-9]{3,6} ?[A-Z]{0,3}(?= |$)"),
    Rule(Kind.PART_NUMBER, "words", "(?:^| )18[CK][0-9]{3,6} ?[A-Z]{0,3}(?= |$)"),
    Rule(Kind.MODEL_NAME, "words", "(?:^| )(?:CDX|CD ?3[0-9X]{2}|CD ?132|132 ?6CD)"),
    # Plates of France and Italy, the Netherlands, Ireland.
    Rule(Kind.NUMBER_PLATE, "raw", f"^(?:{ABROAD})$"),
    # A serial that lost its letter or has another one (classes 5, 6, 23, 24).
    Rule(Kind.OLDER_SERIAL, "compact", "^[LC][0-9]{6}$"),
    Rule(Kind.WRONG_FIRST_LETTER, "compact", "^(<misread-first>[0-9]{6})$"),
    Rule(Kind.WRONG_FIRST_LETTER, "compact", "^(?:[^0-9]|11)[0-9]{6}$"),
    Rule(Kind.WRONG_FIRST_LETTER, "words", "(?:^| )(<misread-first>[0-9]{6})(?= |$)"),
    Rule(Kind.MISSING_LETTER, "compact", "^090000$", also=(Kind.SOFTWARE_DATA,)),
    Rule(Kind.MISSING_LETTER, "compact", "^[0-9]{6}$"),
    Rule(Kind.MISSING_LETTER, "compact", "^[0-9]{7}$", also=(Kind.NAVIGATION_SERIAL,)),
    # Four digits (class 21), which may be the year of the car.
    Rule(Kind.YEAR, "compact", "^<year>$", also=(Kind.KEYCODE,)),
    Rule(Kind.KEYCODE, "compact", "^[0-9]{4}$"),
)
