"""What tells the car: UK plates, VINs of Ford of Europe, years, names."""

import pytest

from guides.reader import Months, read
from guides.reader.plates import AGES, months_new
from guides.reader.vin import month_built

from .words import VOCABULARY

#: The table of research §3.4, without phases.
BY_AGE = {
    ("mk1",): "S T V W X Y 51 02 52 03 53 04",
    ("mk1", "mk2"): "54",
    ("mk2",): "05 55 06 56 07 57 08 58 09 59 10",
    ("mk2", "mk3"): "60 11",
    ("mk3",): "61 12 62 13 63 14 64 15 65 16 66 17 67",
    ("mk3", "mk4"): "18",
    ("mk4",): "68 19 69 20 70 21 71 22 72 23 73 24 74 25",
}
AGES_AND_GENERATIONS = [(age, found) for found, ages in BY_AGE.items() for age in ages.split()]

#: The table of research §3.5: the letters of the months from January on.
BY_YEAR = {
    "1599": "JUMPBRAGCKDE",  # 2001, 05, 09 …
    "26W": "LYSTJUMPBRAG",
    "37X": "CKDELYSTJUMP",
    "48Y": "BRAGCKDELYST",
}


@pytest.mark.parametrize(("age", "generations"), AGES_AND_GENERATIONS)
def test_a_plate_names_the_generation(age: str, generations: tuple[str, ...]) -> None:
    plate = f"AB{age} CDE" if age.isdecimal() else f"{age}123 ABC"
    for text in (plate, f"{age} plate", f"reg starts with {age}", f"my focus is on a {age} reg", f"reg: {plate}"):
        assert read(text, VOCABULARY).generations == generations, text


@pytest.mark.parametrize("text", ["01 plate", "50 plate", "R reg", "99 reg", "what's reg", "5 plates", "AB00 CDE"])
def test_other_ages_tell_nothing(text: str) -> None:
    assert read(text, VOCABULARY).months == ()


def test_months_of_an_age() -> None:
    assert months_new("AB57CDE") == months_new("PLATE 57") == ("2007-09", "2008-02")
    assert months_new("T REG") == months_new("T1 ABC") == ("1999-03", "1999-08")
    assert months_new("02 PLATE") == ("2002-03", "2002-08")
    assert all(first < last for first, last in AGES.values())


@pytest.mark.parametrize(("years", "months"), BY_YEAR.items())
def test_a_vin_tells_the_month_in_which_the_car_was_built(years: str, months: str) -> None:
    for year_letter in years:
        for number, month_letter in enumerate(months, start=1):
            built = month_built(f"WF0AXXGCDA{year_letter}{month_letter}12345")
            assert built is not None
            assert built.first == built.last
            assert built.first.endswith(f"-{number:02}")


def test_the_known_vin_of_the_research() -> None:
    assert month_built("WF0NXXGCHNJR12345") == Months("2018-10", "2018-10")


@pytest.mark.parametrize("vin", ["1FAFP34N15W123456", "WF0AXXGCDAZJ12345", "WF0AXXGCDA5312345", "WF0AXXGCDA5L12345"])
def test_other_vins_tell_nothing(vin: str) -> None:
    assert month_built(vin) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2004-2006", (2004, 2005, 2006)),
        ("2010/11", (2010, 2011)),
        ("2009 to 2011", (2009, 2010, 2011)),
        ("2011-2009", (2009, 2011)),
        ("2024-2030", (2024,)),
        ("it is a 2006, not a 2008", (2006, 2008)),
        ("1997", ()),
        ("50702006", ()),
        ("radio code 2008", (2008,)),
        ("pin is 2008", ()),
    ],
)
def test_years_among_words(text: str, years: tuple[int, ...]) -> None:
    assert read(text, VOCABULARY).years == years
