"""The site's own words: what radios display, and what radios are called."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .tidy import Tidied, tidy
from .verdict import Kind

#: The parts of a pattern: runs of digits (# is any digit) and runs of letters.
_PART = re.compile(r"[0-9#]+|[^\W\d_]+")
#: A display that shows only dashes, which tidying would leave with nothing.
DASHES_ONLY = re.compile("^[-_ ]{2,}$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pairs of (pattern, slug). A pattern is display text, with # for any one digit: "WAIT ##", "CODE ----".

    Case, spaces and punctuation make no difference, except that a pattern of dashes only means a display of
    dashes only.
    """

    messages: tuple[tuple[str, str], ...] = ()
    radios: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Phrase:
    """One pattern, in parts: WAIT and ##, or a single dash. Nothing in a part but # is special to an expression."""

    kind: Kind
    slug: str
    parts: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Sort messages before radios, then the longest first, then the one with fewest #."""
        key = "".join(self.parts)
        return self.kind is not Kind.MESSAGE, -len(key), key.count("#")

    @property
    def pattern(self) -> str:
        """The regular expression, as one group, with or without a space between the parts."""
        return "(" + " ?".join(self.parts).replace("#", "[0-9]") + ")"


@dataclass(frozen=True)
class Phrasebook:
    """A vocabulary ready to match: all phrases, best first, as one expression for each way of matching."""

    phrases: tuple[Phrase, ...]

    def exactly(self, line: Tidied) -> Phrase | None:
        """Find the phrase that is the whole line."""
        match = self.whole.search(_key(line))
        return self.phrases[match.lastindex - 1] if match and match.lastindex else None

    def within(self, line: Tidied) -> Phrase | None:
        """Find the best phrase among the words of the line, whole words only."""
        found = [match.lastindex for match in self.among_words.finditer(line.words) if match.lastindex]
        return self.phrases[min(found) - 1] if found else None

    @cached_property
    def whole(self) -> re.Pattern[str]:
        return re.compile(f"^(?:{self._either})$")

    @cached_property
    def among_words(self) -> re.Pattern[str]:
        return re.compile(f"(?:^| )(?:{self._either})(?= |$)")

    @property
    def _either(self) -> str:
        # With no phrase at all, an expression that never matches: an empty one would match everything.
        return "|".join(phrase.pattern for phrase in self.phrases) or "(?!)"


@lru_cache(maxsize=8)
def phrasebook(vocabulary: Vocabulary) -> Phrasebook:
    """Make a vocabulary ready to match. Patterns with nothing to match in them are left out."""
    rows = [(Kind.MESSAGE, *row) for row in vocabulary.messages]
    rows += [(Kind.RADIO_NAME, *row) for row in vocabulary.radios]
    phrases = [Phrase(kind, slug, parts) for kind, pattern, slug in rows if (parts := _parts(pattern))]
    return Phrasebook(tuple(sorted(phrases, key=lambda phrase: phrase.rank)))


def match_key(pattern: str) -> str:
    """Give what a pattern is told apart by: two patterns with the same key are one to the reader."""
    return "".join(_parts(pattern))


def _parts(pattern: str) -> tuple[str, ...]:
    line = tidy(pattern)
    return tuple(_PART.findall(line.raw)) or tuple(_key(line))


def _key(line: Tidied) -> str:
    """Give what a whole line is compared by: its letters and digits, or one dash for a line of dashes."""
    return line.compact or ("-" if DASHES_ONLY.match(line.raw) else "")
