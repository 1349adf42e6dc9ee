"""All that a reading goes by: rules and vocabulary, ready to match. The browser gets the same as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import permutations

from .display import Display, display_of
from .generations import Sold, when_sold
from .kinds import LOCKS, Severity
from .plates import AGE, PLATE
from .rules import BEFORE, CERTAIN_RULES, MISREAD, RULES, SERIAL_AMONG_WORDS, SPLIT_SERIAL, Rule, fill, forms
from .spelling import by_key, expression, parts
from .topics import Topics, topics_of
from .vocabulary import Message, Vocabulary

#: What a name is of: the field of the reading, and the slug in it.
Name = tuple[str, str]

#: A Focus by other words than its name.
_CAR = "FORD|FOCUS|(?:[12] [0-9] )?(?:ZETEC|GHIA|TITANIUM|TDCI|DIESEL|PETROL|ESTATE|HATCHBACK|SALOON)"
#: What they did with keys is never the display: "hold 1 and 6", "holding down 5".
_KEYS = (
    "(?:HOLD|HOLDING|HELD|PRESS|PRESSED|PRESSING|PUSH|PUSHED)"
    "(?: (?:DOWN|IN|THE|BOTH|BUTTONS?|KEYS?|PRESETS?|NUMBERS?)){0,3} [0-9](?: (?:AND |PLUS |THEN )?[0-9](?= )){0,3}"
)
#: Four digits that are called a code. A year may follow "radio code" without being one.
_DIGITS = "(?:CODE|KEYCODE|PIN) (?:(?:IS|WAS) |(?!<year> ))[0-9]{4}"
_YEARS = "<year>(?: TO [0-9]{2}| (?:TO|TILL|UNTIL|AND|OR|BIS|UND|A|AU|ET|Y|E|TOT|EN|DO|I) <year>)?"
_SERIAL = (
    "(?:SERIAL (?:(?:NUMBER|NO|NR|IS|[:,]) ){0,3})?"
    f"(?:{BEFORE}<serial>|<spaced>|{MISREAD}|<near>0[0-9]{{6}}|<misread-first>[0-9]{{6}})"
)
_VIN = "WF0(?: ?[A-HJ-NPR-Z0-9]){14}|(?=[A-Z]{0,16}[0-9])(?=[0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}"
_NUMBER = re.compile("[0-9]{2,4}")


@dataclass(frozen=True)
class Knowledge:
    """Everything, compiled."""

    certain_rules: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    serial_among_words: tuple[Rule, ...]
    split_serial: Rule
    #: What is known in a sentence by its form or its name, a group for each.
    known: dict[str, str]
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

    @cached_property
    def known_regex(self) -> re.Pattern[str]:
        return re.compile(f" (?:{'|'.join(f'({pattern})' for pattern in self.known.values())})(?= )")


@lru_cache(maxsize=8)
def knowledge(vocabulary: Vocabulary) -> Knowledge:
    """Make a vocabulary ready to read with."""
    sold = when_sold(vocabulary.generations, vocabulary.overlaps)
    years = sorted({year for each in sold for year in each.years})
    form = forms(vocabulary.masks, years)
    names = _names(vocabulary)
    known = {
        "serial": _SERIAL,
        "name": _names_expression(names),
        "vin": _VIN,
        "plate": PLATE,
        "age": AGE,
        "keys": _KEYS,
        "digits": _DIGITS,
        "year": _YEARS,
        "car": _CAR,
    }
    worst_first = sorted(vocabulary.messages, key=_how_bad)
    return Knowledge(
        certain_rules=tuple(rule.filled(form) for rule in CERTAIN_RULES),
        rules=tuple(rule.filled(form) for rule in RULES),
        serial_among_words=tuple(rule.filled(form) for rule in SERIAL_AMONG_WORDS),
        split_serial=SPLIT_SERIAL.filled(form),
        known={name: fill(pattern, form) for name, pattern in known.items()},
        names=by_key(names),
        display=display_of(vocabulary.messages),
        messages=by_key((s, message.slug) for message in worst_first for s in (*message.spellings, *message.everyday)),
        severities={message.slug: message.severity for message in worst_first},
        sold=sold,
        topics=topics_of(vocabulary.topics),
    )


def _names(vocabulary: Vocabulary) -> list[tuple[str, Name]]:
    """List every name with what it is of: radios with their number in any place, other cars with Focus before too."""
    names = [(order, ("radios", slug)) for name, slug in vocabulary.radios for order in _orders(name)]
    names += [(name, ("generations", row.slug)) for row in vocabulary.generations for name in row.names]
    names += [(f"{before}{name}", ("cars", slug)) for name, slug in vocabulary.cars for before in ("", "Focus ")]
    return names


def _orders(name: str) -> list[str]:
    """Give the orders in which people write a radio's name: 6000 CD and CD 6000, but Sony CD only."""
    pieces = parts(name)
    if len(pieces) > 3 or not any(len(piece) > 3 and piece.isdecimal() for piece in pieces):
        return [name]
    return [name, *map(" ".join, permutations(pieces))]


def _names_expression(names: list[tuple[str, Name]]) -> str:
    """Give the expression for all names. What is asked for in "Sony radio code" is no display of a Sony radio."""
    spellings = {name for name, _of in names}
    with_radio = {name for name in spellings if parts(name)[-1:] == ("RADIO",)}
    first = "".join(sorted({pieces[0][0] for pieces in map(parts, spellings) if pieces}))
    if not first:
        return "(?!)"
    return f"(?=[{first}])(?:{expression(with_radio)}(?! CODE)|{expression(spellings - with_radio)})"


def _how_bad(message: Message) -> tuple[int, int]:
    severity = list(Severity).index(message.severity)
    return severity, LOCKS.index(message.slug) if message.slug in LOCKS else len(LOCKS)
