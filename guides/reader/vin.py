"""A VIN of Ford of Europe tells the month in which the car was built (research §3.5)."""

from .reading import Months

#: With the prefix of Ford of Europe, a blank may stand between any two; else 17 letters and digits, some of each.
FORM = "WF0(?: ?[A-HJ-NPR-Z0-9]){14}|(?=[A-Z]{0,16}[0-9])(?=[0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}"

#: The letters of the years from FIRST_YEAR on, at the eleventh place, before they begin again.
YEARS = "WXY123456789ABCDEFGHJKLMNPRSTV"
FIRST_YEAR = 1998
#: The letters of the months from January of CYCLE_YEAR on, at the twelfth place, over and over.
CYCLE = "JUMPBRAGCKDELYST"
CYCLE_YEAR = 2001

#: What begins it.
MAKER = "WF0"


def month_built(vin: str) -> Months | None:
    """Give the month, or None for a VIN that does not tell it."""
    year_letter, month_letter = vin[10], vin[11]
    if not vin.startswith(MAKER) or year_letter not in YEARS or month_letter not in CYCLE:
        return None
    year = FIRST_YEAR + YEARS.index(year_letter)
    month = (CYCLE.index(month_letter) - 12 * (year - CYCLE_YEAR)) % len(CYCLE) + 1
    if month > 12:
        return None
    built = f"{year}-{month:02}"
    return Months(built, built)
