"""The site's own words, as it brings them: what radios display, what radios and cars are called, what people ask.

Names and spellings are as people know them: case, spaces, punctuation and accents make no difference.
"""

from dataclasses import dataclass

from .kinds import Severity


@dataclass(frozen=True, slots=True)
class Message:
    """What a display shows. In a spelling # is any one digit: "WAIT ##", "CODE ----"."""

    slug: str
    severity: Severity
    spellings: tuple[str, ...]
    #: Spellings that people use in other senses too, such as HOLD. Among other words they are asked back.
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generation:
    """A Focus, the years it was sold in (no last year: it is sold still), and its names."""

    slug: str
    names: tuple[str, ...]
    first_year: int
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """When two generations were sold side by side: years (no last year: they are still), and the months in which a
    plate or a VIN may be of either."""

    earlier: str
    later: str
    first_year: int
    last_year: int | None
    #: As "2010-09"; without them the years count.
    first_month: str = ""
    last_month: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """How people ask for a row: all words of a phrase, in any order.

    In a phrase a stroke is "or" and a star is any ending: "lost/lose* code".
    """

    kind: str
    slug: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of it. Generations and cars are in their order; of two topics that match as well, the first is the better."""

    messages: tuple[Message, ...] = ()
    #: Pairs of a name and a slug.
    radios: tuple[tuple[str, str], ...] = ()
    generations: tuple[Generation, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    #: Pairs of a name and a slug, of cars that are no Focus.
    cars: tuple[tuple[str, str], ...] = ()
    #: What a serial looks like: a capital letter, and # for each digit.
    masks: tuple[str, ...] = ("M######", "V######")
    topics: tuple[Phrases, ...] = ()
