"""UK number plates tell the months in which a car was new (research §3.4)."""

import re

from .reading import Months

#: Letters that stood first until August 2001.
_BY_LETTER = {
    "S": Months("1998-08", "1999-02"),
    "T": Months("1999-03", "1999-08"),
    "V": Months("1999-09", "2000-02"),
    "W": Months("2000-03", "2000-08"),
    "X": Months("2000-09", "2001-02"),
    "Y": Months("2001-03", "2001-08"),
}

#: The numbers since: 02 is March to August of 2002, 52 the half-year from September.
_BY_NUMBER = {
    number: months
    for year in range(2001, 2030)
    for number, months in (
        (f"{year % 100:02}", Months(f"{year}-03", f"{year}-08")),
        (f"{year % 100 + 50}", Months(f"{year}-09", f"{year + 1}-02")),
    )
    if number != "01"  # in that half-year plates still began with Y
}

#: Every age identifier and its months.
AGES = {**_BY_LETTER, **_BY_NUMBER}

_WORD = "(?:NUMBER ?PLATE|PLATED?|REG|REGISTRATION)"
_BETWEEN = "(?: (?:NUMBER|NO|IS|A|AN|ON|WITH|START|STARTS|STARTING|BEGINS|BEGINNING|[:,])){0,4}"

#: A whole plate that tells its age: AB57 CDE or V123 ABC, with what it is or without.
PLATE = (
    f"(?:{_WORD}{_BETWEEN} )?"
    f"(?:[A-Z]{{2}}(?:{'|'.join(_BY_NUMBER)}) ?[A-Z]{{3}}|[STVWXY](?:[0-9]{{1,3}}[A-Z]{{3}}|[0-9]{{3}} [A-Z]{{3}}))"
)

#: A plate of France, Italy, the Netherlands or Ireland, which tells no age.
ABROAD = (
    "[A-Z]{2}[- ][0-9]{3}[- ][A-Z]{2}|[A-Z]{1,3}-[0-9]{2,3}-[A-Z]{1,2}"
    "|[0-9]{1,2}-[A-Z]{2,3}-[0-9]{1,2}|[0-9]{2,3}-[A-Z]{1,2}-[0-9]{1,6}"
)

#: The age alone: "57 plate", "plate 57", "reg starts with 52".
AGE = f"(?:[0-9]{{2}} ?|[STVWXY] ){_WORD}|{_WORD}{_BETWEEN} (?:[0-9]{{2}}|[STVWXY])"

#: Where the age is in any of these.
IDENTIFIER = re.compile(
    "^([0-9]{2})|^([STVWXY]) [A-Z]| ([0-9]{2}|[STVWXY])$"
    "|(?:^| )[A-Z]{2}([0-9]{2}) ?[A-Z]{3}$|(?:^| )([STVWXY])[0-9]{1,3} ?[A-Z]{3}$"
)


def months_new(plate: str) -> Months | None:
    """Give the months in which a car with this plate, or with a plate of this age, was new; None if it is no age."""
    match = IDENTIFIER.search(plate)
    return AGES.get("".join(filter(None, match.groups()))) if match else None
