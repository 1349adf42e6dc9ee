r"""What each text is: the reader's knowledge, as data.

The first row that matches decides. A pattern sees one form of the line (see ``tidy.Tidied``); its groups,
joined, are the serial (or the year). The same rows also serve the browser, so a pattern keeps to what Python
and JavaScript share: ASCII, no lookbehind, no named groups. Every repeat is bounded: time stays linear.
Numbers such as "§1.4 class 10" point into the domain research.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .verdict import Kind

#: The years a Ford Focus was sold.
FOCUS_YEARS = range(1998, 2027)

#: Letters read for digits, and the digits meant (§1.4 class 4).
MEANT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "G": "6"}


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


# A misread serial: one or two letters among its six digits.
_MISREAD = "[MV](?=[0-9]{0,5}[A-Z][0-9]{0,5}[A-Z]?[0-9]{0,5}(?: |$))[0-9OQDILSBZG]{6}"
# What the 1+6 line puts before the serial (class 10): with a tenth character it would be a VIN.
_BEFORE = "(?:(?!BP|C7E|[MV][0-9]{6})[0-9A-Z]{5,9})?"
_YEAR = "|".join(map(str, FOCUS_YEARS))
_CAR = "FORD|FOCUS|CAR|YEAR|MY|ESTATE|MK1|MK2|MK3|MK4|MK 1|MK 2|MK 3|MK 4"

#: A serial over two screens, or two parts of one line: "M05" + "1234", "FDB30N5M" + "051234" (§1.2). After
#: the letter come seven characters: six digits and the gap.
SPLIT_SERIAL = Rule(
    Kind.SERIAL_IN_TEXT,
    "words",
    "^(?:FD[0-9A-Z]{3,7} ?)?([MV])(?=[0-9 ]{7}$)([0-9]{0,5}) ([0-9]{1,6})$",
)

#: A serial among other words, or at the end of the whole 1+6 line (§1.4 class 10). In the second row its
#: digits are spaced out.
SERIAL_AMONG_WORDS = (
    Rule(Kind.SERIAL_IN_TEXT, "words", f"(?:^| ){_BEFORE}([MV][0-9]{{6}})(?= |$)"),
    Rule(
        Kind.SERIAL_IN_TEXT,
        "words",
        "(?:^| )([MV]) ?([0-9]) ?([0-9]) ?([0-9]) ?([0-9]) ?([0-9]) ?([0-9])(?= [^0-9]|$)",
    ),
    SPLIT_SERIAL,
)

#: These stand before the vocabulary: no message and no radio name may hide them.
CERTAIN_RULES = (
    Rule(Kind.SERIAL, "compact", "^([MV][0-9]{6})$"),  # §1.4 classes 2, 3
    Rule(Kind.NOT_SHOWN, "compact", "^NOTFOUND$"),  # class 14
)

#: These stand after a line that is exactly a message or a radio name.
RULES = (
    # Numbers of other families whose tail may look like a serial (classes 15 to 17). A spaced-out VIN counts
    # only with the prefix of Ford of Europe, or any sentence of 17 letters would do.
    Rule(Kind.NAVIGATION_SERIAL, "compact", "^C7E[0-9A-Z]{8,14}$"),
    Rule(Kind.NAVIGATION_SERIAL, "compact", "^BP[0-9]{3}[0-9A-Z]{3,15}$"),
    Rule(Kind.VIN, "compact", "^WF0[A-HJ-NPR-Z0-9]{14}$"),
    # UK number plates, before anything that would "correct" one (class 22): current, prefix, suffix, Northern
    # Irish. With M or V in front the last kind is more likely a misread serial with two letters: it says both.
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z]{2}[0-9]{2}[A-Z]{3}$"),
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z][0-9]{1,3}[A-Z]{3}$"),
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z]{3}[0-9]{1,3}[A-Z]$"),
    Rule(Kind.LOOKALIKE, "compact", "^([MV](?:[BDGLOQSZ]Z|OI|I[BGL])[0-9]{4})$", also=(Kind.NUMBER_PLATE,)),
    Rule(Kind.NUMBER_PLATE, "compact", "^[A-Z](?:[A-HJ-Z]Z|[JOUX]I|I[ABGLW])[0-9]{1,4}$"),
    # Where punctuation tells: a drawn V (class 5), versions of the 1+6 screens (class 12).
    Rule(Kind.WRONG_FIRST_LETTER, "raw", r"^(?:1/|\\/) ?(?:[0-9] ?){5}[0-9]$"),
    Rule(Kind.SOFTWARE_DATA, "raw", "^[0-9]{2}-[0-9]{2}-[0-9]{2}$"),
    Rule(Kind.SOFTWARE_DATA, "raw", "^[0-9]-[0-9]{2}$"),
    # A serial with a slip in it (classes 4, 7, 8, 9).
    Rule(Kind.LOOKALIKE, "compact", f"^({_MISREAD})$"),
    Rule(Kind.EXTRA_ZERO, "compact", "^([MV])0([0-9]{6})$"),
    Rule(Kind.TOO_LONG, "compact", "^[MV][0-9]{7,9}$"),
    Rule(Kind.TOO_SHORT, "compact", "^[MV][0-9]{1,5}$"),
    # A good serial with something around it, then one with a slip.
    *SERIAL_AMONG_WORDS,
    Rule(Kind.LOOKALIKE, "words", f"(?:^| ){_BEFORE}({_MISREAD})(?= |$)"),
    Rule(Kind.EXTRA_ZERO, "words", "(?:^| )([MV])0([0-9]{6})(?= |$)"),
    # Other families again, now among other words.
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
    Rule(Kind.SOFTWARE_DATA, "compact", "^(?:255|DSP)$"),
    Rule(Kind.SOFTWARE_DATA, "words", "^(?:SW|S W|BOOT)(?: ?[0-9]|$)"),
    Rule(Kind.SOFTWARE_DATA, "words", "(?:^| )(?:HLA|CD ?SW|BEZEL|ACU ?CFG)(?= |[0-9]|$)"),
    # The other print on a label (classes 18, 19).
    Rule(Kind.PART_NUMBER, "words", "(?:^| )[0-9A-Z]{4} ?18[A-Z][0-9]{3,6} ?[A-Z]{0,3}(?= |$)"),
    Rule(Kind.PART_NUMBER, "words", "(?:^| )18[CK][0-9]{3,6} ?[A-Z]{0,3}(?= |$)"),
    Rule(Kind.MODEL_NAME, "words", "(?:^| )(?:CDX|CD ?3[0-9X]{2}|CD ?132|132 ?6CD)"),
    # A serial that lost its letter or has another one (classes 5, 6, 23, 24).
    Rule(Kind.OLDER_SERIAL, "compact", "^[LC][0-9]{6}$"),
    Rule(Kind.WRONG_FIRST_LETTER, "compact", "^(?:[^0-9]|11)[0-9]{6}$"),
    Rule(Kind.MISSING_LETTER, "compact", "^090000$", also=(Kind.SOFTWARE_DATA,)),
    Rule(Kind.MISSING_LETTER, "compact", "^[0-9]{6}$"),
    Rule(Kind.MISSING_LETTER, "compact", "^[0-9]{7}$", also=(Kind.NAVIGATION_SERIAL,)),
    # Four digits (class 21), which may be the year of the car.
    Rule(Kind.YEAR, "compact", f"^({_YEAR})$", also=(Kind.KEYCODE,)),
    Rule(Kind.YEAR, "words", f"^(?:(?:{_CAR}) ){{0,4}}({_YEAR})(?: (?:{_CAR})){{0,4}}$"),
    Rule(Kind.KEYCODE, "compact", "^[0-9]{4}$"),
)

#: Of several lines without a good serial, the one that helps most speaks for all: first what is nearly a
#: serial, then what tells why there is none, then what else was on the screen or the label.
MOST_HELPFUL = (
    Kind.LOOKALIKE,
    Kind.EXTRA_ZERO,
    Kind.TOO_LONG,
    Kind.WRONG_FIRST_LETTER,
    Kind.TOO_SHORT,
    Kind.NOT_SHOWN,
    Kind.NAVIGATION_SERIAL,
    Kind.SOFTWARE_DATA,
    Kind.OLDER_SERIAL,
    Kind.MISSING_LETTER,
    Kind.MESSAGE,
    Kind.RADIO_NAME,
    Kind.PART_NUMBER,
    Kind.MODEL_NAME,
    Kind.NUMBER_PLATE,
    Kind.VIN,
    Kind.KEYCODE,
    Kind.YEAR,
    Kind.UNKNOWN,
)
