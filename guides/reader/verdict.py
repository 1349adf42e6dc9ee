"""The reader's answer, as plain frozen data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a text is. The values are a contract: they appear in pages as ``data-verdict``."""

    EMPTY = "empty"
    SERIAL = "serial"
    SERIAL_IN_TEXT = "serial-in-text"
    SEVERAL_SERIALS = "several-serials"
    LOOKALIKE = "lookalike"
    WRONG_FIRST_LETTER = "wrong-first-letter"
    MISSING_LETTER = "missing-letter"
    EXTRA_ZERO = "extra-zero"
    TOO_LONG = "too-long"
    TOO_SHORT = "too-short"
    SOFTWARE_DATA = "software-data"
    NOT_SHOWN = "not-shown"
    NAVIGATION_SERIAL = "navigation-serial"
    OLDER_SERIAL = "older-serial"
    PART_NUMBER = "part-number"
    MODEL_NAME = "model-name"
    RADIO_NAME = "radio-name"
    KEYCODE = "keycode"
    NUMBER_PLATE = "number-plate"
    VIN = "vin"
    YEAR = "year"
    MESSAGE = "message"
    UNKNOWN = "unknown"


#: The serials of these verdicts were there to be read: nothing was corrected.
GOOD_SERIAL = frozenset({Kind.SERIAL, Kind.SERIAL_IN_TEXT, Kind.SEVERAL_SERIALS})

#: The serial of these verdicts is our suggestion: the person must confirm it.
PROPOSALS = frozenset({Kind.SERIAL_IN_TEXT, Kind.LOOKALIKE, Kind.EXTRA_ZERO})


class Tidy(StrEnum):
    """What was changed or dropped before the text was judged, in the order it is told."""

    CASE = "case"
    SPACES = "spaces"
    PUNCTUATION = "punctuation"
    LABEL_WORDS = "label-words"
    DIGITS = "digits"
    INVISIBLE = "invisible"


#: Longer texts are cut where a page quotes them.
LONGEST_QUOTE = 60


class Swap(NamedTuple):
    """A letter where a digit belongs; ``position`` counts from 1 in the seven-character serial."""

    position: int
    seen: str
    meant: str


class Line(NamedTuple):
    """One non-empty line of a longer text: its tidied text, what it is, and its serial or ''."""

    text: str
    kind: Kind
    serial: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is, and all that a page needs to answer it.

    A Ford-like serial is all we can see: no verdict means "valid for your radio".
    """

    kind: Kind
    #: The line it was decided on: upper case, single spaces, label words dropped, punctuation kept.
    text: str = ""
    #: The serial found or proposed, or ''.
    serial: str = ""
    #: All distinct serials, for SEVERAL_SERIALS only.
    serials: tuple[str, ...] = ()
    #: What was changed in that line, or does not count in it: a sentence has SPACES.
    tidied: tuple[Tidy, ...] = ()
    swaps: tuple[Swap, ...] = ()
    #: What each line is, when there is more than one.
    lines: tuple[Line, ...] = ()
    #: The slug of the message or radio, from the vocabulary.
    slug: str = ""
    year: int | None = None
    #: What else it may be: 090000 lacks its letter, or is software data.
    also: tuple[Kind, ...] = ()
    #: The text was longer than MAX_LENGTH and was not read.
    over_limit: bool = False

    @property
    def spelled(self) -> str:
        """The serial for reading over the telephone: "V, 1, 2, 3, 4, 5, 6"."""
        return ", ".join(self.serial)

    @property
    def quote(self) -> str:
        """What was read, for an answer that shows neither a serial nor the lines."""
        if self.serial or self.lines:
            return ""
        return self.text if len(self.text) <= LONGEST_QUOTE else f"{self.text[: LONGEST_QUOTE - 1]}…"

    @property
    def is_proposal(self) -> bool:
        """Whether the serial is a suggestion that the person must confirm."""
        return self.serial != "" and self.kind in PROPOSALS
