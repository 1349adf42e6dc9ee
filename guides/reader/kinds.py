"""What a text can be, and what leads when it is several things at once."""

from enum import StrEnum


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
    GENERATION = "generation"
    QUESTION = "question"
    UNKNOWN = "unknown"


class Tidy(StrEnum):
    """What was changed or dropped before the text was judged, in the order it is told."""

    CASE = "case"
    SPACES = "spaces"
    PUNCTUATION = "punctuation"
    LABEL_WORDS = "label-words"
    DIGITS = "digits"
    INVISIBLE = "invisible"


class Severity(StrEnum):
    """How bad a message is, the worst first."""

    STOP = "stop"
    WAIT = "wait"
    CAREFUL = "careful"
    GO = "go"


#: Messages of these severities lead, whatever else was typed.
LEADING = (Severity.STOP, Severity.WAIT)

#: The locks from the hardest to the lightest, by the slugs of their messages.
LOCKS = ("locked13", "locked11", "locked10", "locked")

#: The serials of these were there to be read: nothing was corrected.
GOOD_SERIAL = frozenset({Kind.SERIAL, Kind.SERIAL_IN_TEXT, Kind.SEVERAL_SERIALS})

#: The serial of these, if there is one, is our suggestion: the person must confirm it.
PROPOSALS = frozenset({Kind.SERIAL_IN_TEXT, Kind.LOOKALIKE, Kind.EXTRA_ZERO, Kind.WRONG_FIRST_LETTER})

#: Nearly a serial, from the most helpful to the least.
NEAR_SERIAL = (Kind.LOOKALIKE, Kind.EXTRA_ZERO, Kind.TOO_LONG, Kind.WRONG_FIRST_LETTER, Kind.TOO_SHORT)

#: Of several kinds without a good serial, the one that helps most speaks for all: first what is nearly a serial,
#: then what tells why there is none, then what else was on the screen or the label.
MOST_HELPFUL = (
    *NEAR_SERIAL,
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
    Kind.GENERATION,
    Kind.QUESTION,
    Kind.UNKNOWN,
)

RANK = {kind: rank for rank, kind in enumerate(MOST_HELPFUL)}
