"""What was read: plain frozen data with everything that the text holds."""

from dataclasses import dataclass
from typing import NamedTuple

from .kinds import PROPOSALS, Kind, Tidy

#: Longer texts are cut where a page quotes them.
MAX_QUOTE = 60


class Swap(NamedTuple):
    """A character that should be another one; ``position`` counts from 1 in the serial."""

    position: int
    seen: str
    meant: str


class Line(NamedTuple):
    """One non-empty line of a longer text: its tidied text, what it is, and its serial or ''."""

    text: str
    kind: Kind
    serial: str


class Months(NamedTuple):
    """The first and the last month that a plate or a VIN allows, as "2007-09": they sort as text."""

    first: str
    last: str


class Topic(NamedTuple):
    """A row that answers what they ask: the kind of row and its slug, both as the vocabulary has them."""

    kind: str
    slug: str


class Found(NamedTuple):
    """Something that was seen, so that a person can take it back: what it is, which one, and the words that say so.

    ``what`` is "message", "ask", "radio", "generation", "car", "year", "months" or "digits". ``which`` is a slug, the
    years as in "2004 TO 2010", the first and the last month as in "2007-09 2008-02", or ''.
    """

    what: str
    which: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is, and everything that was seen in it.

    A serial of the right form is all we can see: no reading means "valid for your radio". Slugs are those of the
    vocabulary.
    """

    #: What leads.
    kind: Kind
    #: The line it was decided on: upper case, single spaces, label words dropped, punctuation kept.
    text: str = ""
    #: What the text says of a serial, good or nearly; the same as ``kind`` unless a message leads.
    serial_kind: Kind | None = None
    #: The serial found or proposed, or ''.
    serial: str = ""
    #: All distinct serials, for SEVERAL_SERIALS only.
    serials: tuple[str, ...] = ()
    #: The characters that were read as others, for a proposal that changes some.
    swaps: tuple[Swap, ...] = ()
    #: What was changed in that line, or does not count in it: a sentence has SPACES.
    tidied: tuple[Tidy, ...] = ()
    #: What else it may be: 090000 lacks its letter, or is software data.
    also: tuple[Kind, ...] = ()
    #: What each line is, when there is more than one.
    lines: tuple[Line, ...] = ()
    #: Messages that the display is known to show, the worst first.
    messages: tuple[str, ...] = ()
    #: Messages to ask about, the worst first: their words stand among others, and no message as bad is known.
    asks: tuple[str, ...] = ()
    radios: tuple[str, ...] = ()
    #: Cars that are no Focus.
    cars: tuple[str, ...] = ()
    #: Generations of the Focus that are still possible by name, year, plate and VIN; none if nothing tells.
    generations: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    #: By plates and VINs.
    months: tuple[Months, ...] = ()
    #: Four digits, which may be the code itself. They are not kept.
    four_digits: bool = False
    #: What they ask about, the best first.
    topics: tuple[Topic, ...] = ()
    #: Where all of these were read.
    found: tuple[Found, ...] = ()
    #: The text was longer than MAX_LENGTH and was not read.
    over_limit: bool = False

    @property
    def slug(self) -> str:
        """The message, or else the radio, if that is what leads."""
        seen = {Kind.MESSAGE: self.messages, Kind.RADIO_NAME: self.radios}.get(self.kind, ())
        return seen[0] if seen else ""

    @property
    def year(self) -> int | None:
        """The year, if that is what leads."""
        return self.years[0] if self.kind is Kind.YEAR else None

    @property
    def quote(self) -> str:
        """What was read, for an answer that shows neither a serial nor the lines."""
        if self.serial or self.lines:
            return ""
        return self.text if len(self.text) <= MAX_QUOTE else f"{self.text[: MAX_QUOTE - 1]}…"

    @property
    def is_proposal(self) -> bool:
        """Whether the serial is a suggestion that the person must confirm."""
        return self.serial != "" and self.serial_kind in PROPOSALS
