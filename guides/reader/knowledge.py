"""All that a reading goes by: rules and vocabulary, ready to match. The browser gets the same as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .display import Display, display_of
from .generations import Sold, when_sold
from .kinds import LOCKS, Severity
from .names import Name, known_forms, names_of
from .rules import CERTAIN_RULES, RULES, SERIAL_AMONG_WORDS, SPLIT_SERIAL, Rule, fill, forms
from .spelling import by_key
from .topics import Topics, topics_of
from .vocabulary import Message, Vocabulary

_NUMBER = re.compile("[0-9]{2,4}")


@dataclass(frozen=True)
class Knowledge:
    """Everything, compiled."""

    certain_rules: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    serial_among_words: tuple[Rule, ...]
    split_serial: Rule
    #: What is known in a sentence by its form or its name, a group for each.
    known: Mapping[str, str]
    known_regex: re.Pattern[str]
    names: Mapping[str, Name]
    display: Display
    messages: Mapping[str, str]
    #: The severity of each message, the worst first.
    severities: Mapping[str, Severity]
    sold: tuple[Sold, ...]
    topics: Topics

    @cached_property
    def any_rule(self) -> dict[str, re.Pattern[str]]:
        """For each form of a line, the rules on it as one. Most lines of a long text match none of the three, which is
        soon known; the others need only the rules on the forms that match."""
        rules = (*self.certain_rules, *self.rules)
        return {
            form: re.compile("|".join(rule.pattern for rule in rules if rule.on == form))
            for form in ("raw", "words", "compact")
        }

    @cached_property
    def years(self) -> frozenset[int]:
        return frozenset(year for each in self.sold for year in each.years)

    def years_of(self, text: str) -> list[int]:
        """Give the known years of "2006", "2004 TO 2010" or "2010 TO 11"."""
        first, *others = map(int, _NUMBER.findall(text))
        last = others[0] if others else first
        last += 2000 if last < 100 else 0
        return [year for year in (range(first, last + 1) if last > first else (first, last)) if year in self.years]

    def what(self, match: re.Match[str]) -> str:
        """Give what a match of ``known_regex`` is."""
        return list(self.known)[(match.lastindex or 1) - 1]


@lru_cache(maxsize=8)
def knowledge(vocabulary: Vocabulary) -> Knowledge:
    """Make a vocabulary ready to read with."""
    sold = when_sold(vocabulary.generations, vocabulary.overlaps)
    years = sorted({year for each in sold for year in each.years})
    form = forms(vocabulary.masks, years)
    names = names_of(vocabulary)
    known = {name: fill(pattern, form) for name, pattern in known_forms(names).items()}
    worst_first = sorted(vocabulary.messages, key=_how_bad)
    return Knowledge(
        certain_rules=tuple(rule.filled(form) for rule in CERTAIN_RULES),
        rules=tuple(rule.filled(form) for rule in RULES),
        serial_among_words=tuple(rule.filled(form) for rule in SERIAL_AMONG_WORDS),
        split_serial=SPLIT_SERIAL.filled(form),
        known=known,
        known_regex=re.compile(f" (?:{'|'.join(f'({pattern})' for pattern in known.values())})(?= )"),
        names=by_key(names),
        display=display_of(vocabulary.messages),
        messages=by_key((s, message.slug) for message in worst_first for s in (*message.spellings, *message.everyday)),
        severities={message.slug: message.severity for message in worst_first},
        sold=sold,
        topics=topics_of(vocabulary.topics),
    )


def _how_bad(message: Message) -> tuple[int, int]:
    severity = list(Severity).index(message.severity)
    return severity, LOCKS.index(message.slug) if message.slug in LOCKS else len(LOCKS)
