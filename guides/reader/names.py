"""What is known in a sentence by its form or by its name: serials, radios, cars, plates, years.

It is taken out before anybody asks what the display shows: in "mk2 sony 2006 locked" only LOCKED is left.
"""

from itertools import permutations

from .plates import AGE, PLATE
from .rules import BEFORE, MISREAD
from .spelling import expression, parts
from .vin import FORM as VIN
from .vocabulary import Vocabulary

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


def known_forms(names: list[tuple[str, Name]]) -> dict[str, str]:
    """Give an expression for each thing that can be known, the surest first."""
    return {
        "serial": _SERIAL,
        "name": _names_expression(names),
        "vin": VIN,
        "plate": PLATE,
        "age": AGE,
        "keys": _KEYS,
        "digits": _DIGITS,
        "year": _YEARS,
        "car": _CAR,
    }


def names_of(vocabulary: Vocabulary) -> list[tuple[str, Name]]:
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
