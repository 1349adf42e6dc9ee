"""A VIN of Ford of Europe tells the month in which the car was built (research §3.5)."""

from .reading import Months

#: The letters of the years from FIRST_YEAR on, at the eleventh place.
YEARS = "WXY123456789ABCDEFGHJKLMNPRST"
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
