"""The starting content: each fact stands on the page where a driver looks for it, and has its evidence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.models import Model

from editing.management.commands.load_content import FIXTURES
from guides.models import (
    FAQ,
    CodeSource,
    Confidence,
    Controls,
    ErrorMessage,
    Fitment,
    Fuse,
    Generation,
    RadioUnit,
    Source,
    Step,
)
from guides.models.base import Claim, NaturalKeyModel, PublishedModel
from guides.models.keys import presses
from guides.public.answer_rows import answer_rows
from guides.public.guide import Guide
from guides.public.selectors import every_guide
from tests.helpers import Page, dead_links

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
FIXTURE_FILES = sorted((ROOT / "guides" / "fixtures").glob("*.yaml"))
MODELS = [model for model in apps.get_app_config("guides").get_models() if issubclass(model, NaturalKeyModel)]
CLAIMS = [model for model in MODELS if issubclass(model, Claim)]

# Pages of the facts below.
HOME, RADIOS, MESSAGES, QUESTIONS, CARS = "/", "/radios/", "/messages/", "/questions/", "/cars/"
GET_THE_CODE = "/get-the-code/"
MK1, MK2, MK3, MK4 = (f"/focus/mk{number}/" for number in range(1, 5))
EARLY, CD, SONY, MK3_CD = f"{MK1}4000-rds/", f"{MK2}6000-cd/", f"{MK2}sony/", f"{MK3}6000-cd/"
MK1_CD, TRIPLE_DASH, MK3_SONY = f"{MK1}6000-cd/", f"{MK1}4500-rds/", f"{MK3}sony-dab/"
TRAVELPILOT, SYNC_1, SYNC_2, SYNC_3 = f"{MK2}travelpilot/", f"{MK3}sync-1/", f"{MK3}sync-2/", f"{MK4}sync-3/"

# (generation, radio, the letter of the usual serial)
BASE_FITMENTS = {
    "B5": [("mk1", "4000-rds", "M"), ("mk1", "4500-rds", "M"), ("mk1", "6000-cd", "M")],
    "B6": [("mk2", "6000-cd", "V"), ("mk2", "sony", "V"), ("mk2", "6006-cdc", "V")],
    "B7": [("mk3", "6000-cd", "V"), ("mk3", "sony-dab", "V"), ("mk3", "sync-1", ""), ("mk3", "sync-2", "")],
    "B8": [("mk4", "sync-3", "")],
}
ADDED_FITMENTS = {
    "A5": [("mk1", "5000-rds", "M"), ("mk2", "travelpilot", ""), ("mk3", "sync-3", ""), ("mk4", "sync-4", "")],
    "A6": [("mk2", "sony-dab", "V")],
}
WITH_BUTTONS = [row for rows in BASE_FITMENTS.values() for row in rows if not row[1].startswith("sync")]

# (fact, page, what one piece of its text holds: patterns in any order)
BASE_FACTS = [
    # What and why
    ("B1", HOME, "four-digit & PIN & theft"),
    ("B1", QUESTIONS, "four-digit & PIN & theft"),
    ("B2", HOME, r"power & lock & shows CODE"),
    ("B2", CD, r"lost (its )?power & locked & shows CODE"),
    ("B3", HOME, "batter & fuse & dashboard & long time"),
    *(
        ("B3", page, f"CODE & {trigger}")
        for page in (QUESTIONS, EARLY, CD, SONY, MK3_CD)
        for trigger in (
            r"\bnew\b|replace & battery & flat & failed",
            "battery & disconnected & service & engine",
            "fuse & blown & radio & accessory",
            "radio taken out|removed & dashboard & upgrade",
            "long time",
        )
    ),
    ("B3", QUESTIONS, "software reset & SYNC & Mk3 & Mk4"),
    *(("B3", page, "software reset & CODE") for page in (SYNC_1, SYNC_2, SYNC_3)),
    ("B4", HOME, "Mk1 & 1998"),
    ("B4", HOME, "Mk4 & 2018"),
    ("B4", MK4, "article & 2018 & present & 2022"),
    # Generations and fitments
    ("B5", MK1, "Mk1 & 1998 & 2004"),
    ("B6", MK2, "Mk2 & 2004 & 2010"),
    ("B7", MK3, "Mk3 & 2010 & 2018"),
    ("B8", MK4, "Mk4 & 2018"),
    *((f"B{number}", HOME, f"Mk{number - 4}") for number in range(5, 9)),
    *(
        (fact, f"/focus/{car}/{radio}/", rf"usually & \b{letter}\b & six digits" if letter else "no (printed )?serial")
        for fact, rows in BASE_FITMENTS.items()
        for car, radio, letter in rows
    ),
    *(("B8", page, "linked & VIN & activated & touchscreen") for page in (MK4, SYNC_3)),
    *(("B9", RADIOS, f"made by {maker}") for maker in ("Visteon", "Sony", "Ford")),
    # Serial number
    ("B10", CD, "M or V & six digits"),
    ("B10", QUESTIONS, r"M & usual & Mk1 & V & Mk2 & most (of the )?Mk3"),
    *(
        ("B11", page, what)
        for page in (EARLY, CD, SONY, MK3_CD, MK3_SONY)
        for what in (
            r"ignition & position II\b & CODE",
            r"hold & three seconds & \b1 ?\+ ?6\b",
            "run past|scroll",
            "write & last seven & six digits",
        )
    ),
    ("B12", QUESTIONS, "article & 4000 RDS & 4500 RDS & 6000 CD & Sony DAB & Mk1 & Mk3"),
    *(("B12", page, "article & 1 and 6") for page in (EARLY, TRIPLE_DASH, MK1_CD, CD, SONY, MK3_CD, MK3_SONY)),
    ("B13", CD, "only & locked radio & serial"),
    ("B13", CD, r"\bcase|casing|chassis & face & serial"),
    ("B13", CD, "article & side or top & left or right"),
    ("B14", CD, "Ford radio.removal keys"),
    ("B14", CD, "four & holes|slots & sides"),
    ("B14", CD, "push & clips & slide"),
    *(("B15", page, "SYNC 1 & 2 & activated & through the screen") for page in (SYNC_1, SYNC_2)),
    *(("B15", page, "no printed serial") for page in (SYNC_1, SYNC_2)),
    # Entering the code
    *(
        (fact, f"/focus/{car}/{radio}/", what)
        for car, radio, _letter in WITH_BUTTONS
        for fact, what in (
            ("B16", r"ignition & position II\b & radio on & CODE"),
            ("B16", "press 1 & first digit & 2 for the second & 3 for the third & 4 for the fourth"),
            ("B16", "each press & four presses make a 4"),
            ("B16", "three presses of button 1 & first digit & 3"),
            ("B16", r"confirm & \b5\b"),
            ("B16", "unlocks & plays"),
            ("B17", "Buttons|presets & 1 to 4 & each & place|digit"),
        )
    ),
    *(("B18", page, r"Sony & \bOK\b & \*") for page in (SONY, MK3_SONY, QUESTIONS)),
    *(("B19", page, "Settings & System & radio.code") for page in (SYNC_1, SYNC_2)),
    ("B20", SYNC_3, "battery change & no code"),
    ("B20", SYNC_3, "typically & no PIN & battery change"),
    # Messages
    ("B21", "/messages/code/", "locked & waits & right four-digit code"),
    ("B22", "/messages/wait/", "wrong code & entered"),
    ("B22", "/messages/wait/", "until CODE is back"),
    ("B22", MESSAGES, "WAIT & until CODE is back"),
    ("B23", "/messages/fail/", "1FAIL & 2FAIL & LOCKED"),
    ("B23", "/messages/fail/", "add up & no timer"),
    ("B23", "/messages/locked/", "no timer & dealer equipment & specialist"),
    ("B23", "/messages/locked/", "article & permanent"),
    ("B23", "/messages/locked13/", "specialist"),
    ("B23", CD, "never guess"),
    ("B24", "/messages/err/", "Sony & briefly & wrong code"),
    ("B24", "/messages/err/", "wait until CODE is back"),
    ("B25", "/messages/no-display/", "fuse & engine"),
    ("B25", "/messages/no-display/", "article & usually & engine.bay & number & rating & handbook"),
    ("B25", CD, "article & usually & engine.bay & handbook"),
    # Questions
    *(("B26", page, "card & wallet & handbook & glovebox") for page in (QUESTIONS, GET_THE_CODE, CD)),
    *(("B26", page, "lookup & M or V serial") for page in (QUESTIONS, GET_THE_CODE)),
    ("B26", CD, "lookup by serial"),
    *(
        ("B27", QUESTIONS, what)
        for what in (
            "6000 CD & blue & Ford",
            "Sony & same opening & lower right & different buttons & CD slot",
            r"V serial & 1\+6",
        )
    ),
    *(("B27", page, "blue & Ford & CD") for page in (RADIOS, MK1, MK2, MK3)),
    *(("B27", page, "Sony & lower right & CD slot") for page in (RADIOS, MK2)),
    ("B28", QUESTIONS, "second-hand & its own & serial & donor & old code & fitted now"),
    ("B28", CD, "second-hand & its own & serial & donor & old code & fitted now"),
    ("B29", GET_THE_CODE, "dealer & VIN & original radio & build data & less likely & Mk1 & Mk2"),
    ("B29", QUESTIONS, "dealer & VIN & original radio & build data & less likely & older"),
    *(("B30", page, "codes from memory & wrong & lock") for page in (CD, EARLY, SONY)),
    ("B30", QUESTIONS, "from memory & every wrong & lock & serial"),
    ("B31", CARS, "Focus Mk1"),
    ("B31", CARS, "Focus Mk4"),
    ("B31", CARS, "Fiesta & 4500"),
    ("B32", HOME, "where & your code"),
    ("B32", CD, "Ford dealer & £"),
    ("B32", "/messages/locked/", "ways to get the code"),
]

# A3 (number plates) and A4 (building date in the VIN) belong to "find my Focus", which comes later.
ADDED_FACTS = [
    # Cars
    ("A1", MK1, "2001 & indicators & headlamps"),
    ("A1", MK1, "indicators & bumper"),
    ("A1", MK2, r"Mk2\.5 & 2008 & slanted & mirrors"),
    ("A1", MK2, r"Mk2\.5 & differ & December 2007"),
    ("A1", MK3, r"Mk3\.5 & 2014 & grille & slim"),
    ("A1", MK3, r"Mk3\.5 & differ & August 2014 & November"),
    ("A1", MK4, r"2022 & badge & inside the grille & 13\.2"),
    ("A1", MK4, "November 2025"),
    ("A2", MK1, r"2004: & \?"),
    ("A2", MK2, r"2004: & \?"),
    ("A2", MK2, r"2010–2011: & \?"),
    ("A2", MK3, r"2010–2011: & \?"),
    ("A2", MK3, r"2018: & \?"),
    ("A2", MK4, r"2018: & \?"),
    ("A5", MK1, "5000 RDS"),
    ("A5", MK2, "TravelPilot & map & owners call it the Sony"),
    ("A5", MK3, "SYNC 3 & 2016"),
    ("A5", MK4, "SYNC 4 & 2022"),
    ("A5", RADIOS, "TravelPilot & Mk2"),
    ("A6", MK1, "4500 RDS & differ & Fiesta & Fusion"),
    ("A6", MK2, "6006 CDC & differ & 2001 Focus in North America"),
    ("A6", MK2, "differ & a factory Sony DAB"),
    ("A6", TRIPLE_DASH, "article & Fiesta & Fusion"),
    # Serial
    *(("A7", page, "V is not wrong") for page in (EARLY, MK1_CD)),
    *(("A7", page, "M is not wrong") for page in (CD, SONY, MK3_CD, MK3_SONY)),
    ("A7", QUESTIONS, "report M & 6000 CD & Sony"),
    *(("A8", page, "software data") for page in (EARLY, MK1_CD)),
    ("A8", SONY, "2005 & 2006 & software"),
    *(("A8", page, r"software data & \b2 ?\+ ?6\b") for page in (EARLY, CD, SONY)),
    *(("A8", page, "twice no serial & label") for page in (EARLY, CD, SONY)),
    ("A8", TRIPLE_DASH, r"hold & \b6 ?\+ ?2\b"),
    ("A8", TRIPLE_DASH, "not found & label"),
    ("A8", "/messages/not-found/", "label"),
    *(("A9", page, "14 & last seven") for page in (EARLY, CD, SONY)),
    *(("A9", page, "film & first screen & last & halves") for page in (EARLY, CD, SONY)),
    *(("A10", page, "seven & digits & zero & last six") for page in (EARLY, CD, SONY)),
    *(("A10", page, "zeros & front & count") for page in (EARLY, CD, SONY)),
    ("A11", CD, "0 and O & 1 and I & 5 and S & 8 and B & 2 and Z & 6 and G"),
    ("A11", CD, "part numbers & names & dates & not the serial"),
    ("A12", TRAVELPILOT, "17 characters & C7E & family"),
    ("A13", CD, "photograph & label & back in"),
    ("A13", CD, "four digits & garage & case"),
    ("A14", CD, "two on each side & four"),
    ("A14", CD, "keys & four holes & click"),
    ("A14", CD, "outward & straight"),
    ("A14", MK3_CD, "no instructions & Mk3"),
    ("A14", MK3_CD, "trim & Torx"),
    ("A14", CD, "no coat-hangers"),
    # Entry and lock
    *(
        ("A15", page, what)
        for page in (EARLY, CD, SONY, QUESTIONS)
        for what in (
            "not a keypad & display & not your count",
            r"no button 7, 8 or 9|7, 8, 9 or 0 & third",
            "zero comes after nine",
            "places? & zero & fill|empty",
        )
    ),
    ("A16", CD, r"not changed|nothing & hold & few seconds & \b5\b"),
    ("A16", QUESTIONS, r"5 & hold & few seconds & Sony & OK & \*"),
    ("A17", CD, "ten tries & waits & third"),
    ("A17", QUESTIONS, "ten tries & three & 30 minutes & radio on & wait after each"),
    *(
        ("A17", page, "three tries & 30 minutes & radio on & wait after each")
        for page in (CD, EARLY, "/messages/wait/")
    ),
    ("A18", "/messages/locked10/", "ten tries & dealer may"),
    ("A18", "/messages/locked10/", "10LOCKED & LOCK10"),
    ("A18", "/messages/locked13/", "hard lock"),
    ("A18", "/messages/locked13/", "specialist & another radio"),
    ("A18", "/messages/wait/", "HOLD & CODE HOLD"),
    ("A18", "/messages/locked10/", "older radios & TEN"),
    ("A19", "/messages/wait/", "radio is on & frozen"),
    ("A19", "/messages/wait/", "leave the radio (switched )?on"),
    *(
        ("A20", page, f"refused & {reason}")
        for page in (QUESTIONS, CD)
        for reason in ("another radio", "recoded", "keypad", "paperwork", "preset & worn", "permanent feed")
    ),
    *(("A21", page, "every start & permanent live feed") for page in (QUESTIONS, CD)),
    ("A21", "/messages/registration/", "number plate & owner & CODE may follow"),
    ("A21", "/messages/clock/", "only & time & CODE"),
    *(("A22", page, "2009 & VIN & swapped") for page in (QUESTIONS, CD)),
    ("A22", MK3_CD, "usually & its own car & VIN & swapped"),
    ("A23", QUESTIONS, "USA & Canada & usually not"),
    *(
        ("A24", page, what)
        for page in (SYNC_3, f"{MK3}sync-3/", "/radios/sync-3/")
        for what in ("power & seek-up & black", "nothing is lost", "master reset & erases")
    ),
]

# (fact, page, what): the numbers of the guide's own car
FUSE_FACTS = [
    ("Mk1", MK1_CD, r"\b31 & 15 A & cabin"),
    ("Mk1", MK1_CD, r"\b41 & 2002 & 2005"),
    ("Mk2", CD, r"\b58 & 15 A & cabin"),
    ("Mk2.5", CD, r"\b112 & 15 A & glovebox"),
    ("Mk2.5", CD, r"\b108 & 7\.5 A & glovebox"),
    ("Mk2.5", CD, "back of the radio"),
    ("Mk3", MK3_CD, r"\bF79 & 15 A & glovebox"),
    ("Mk3", MK3_CD, r"\bF67\b"),
    ("Mk3", MK3_CD, r"\bF85\b"),
    *(("handbook", page, "handbook & right-hand drive & markets") for page in (MK1_CD, CD, MK3_CD)),
    ("handbook", SYNC_3, "handbook"),
]

WAYS_TO_THE_CODE = [
    ("card", GET_THE_CODE, "card & audio guide & service wallet & stickers & casing"),
    ("selling dealer", GET_THE_CODE, "dealer who sold & invoice & sales"),
    ("dealer: bring", GET_THE_CODE, r"Ford dealer & \bID\b & registration document & VIN & serial"),
    ("dealer: ask", GET_THE_CODE, "ask the price & tell you the code"),
    ("customer relations", GET_THE_CODE, "customer relations"),
    ("lookup: which serials", GET_THE_CODE, "lookup & before you pay & which serials & money back"),
    ("specialist", GET_THE_CODE, "specialist & used radio & with its code"),
    ("beware: calculators", GET_THE_CODE, "invented calculators & default codes"),
    ("beware: downloads", GET_THE_CODE, "download & malware"),
    ("beware: forums", GET_THE_CODE, "serial & code & VIN & forum"),
    ("beware: handbook", GET_THE_CODE, "handbook & another radio"),
    ("prices are dated", GET_THE_CODE, r"Cost & £ & \(20\d\d\)"),
]

# The second round of owners' reports.
SECOND_ROUND = [
    # A25: #serial (procedure serial-on-display-sony), practice, question #no-serial-on-display
    *(("A25", page, r"SOCD & three more characters & serial & last seven") for page in (SONY, "/radios/sony/")),
    ("A25", SONY, "film & half a minute & last screen but one"),
    ("A25", QUESTIONS, "1 and 6|2 and 6 & Sony & last but one"),
    # A26: #serial (step read)
    *(("A26", page, "often 14 & sometimes fewer & last seven") for page in (EARLY, CD, MK3_SONY)),
    ("A26", QUESTIONS, "often 14 & sometimes ten"),
    # A27: #enter (step other-confirm); # and TA: evidence of the radio, and #button-does-nothing
    *(("A27", page, r"Sony & \* on the CD model & MP3 & centre button & three seconds") for page in (SONY, MK3_SONY)),
    ("A27", QUESTIONS, "MP3 & centre button & three seconds"),
    ("A27", QUESTIONS, r"others say & # & 6000 CD & TA & 4500 RDS & if 5 does nothing"),
    # A28: #label (procedure find-label-travelpilot)
    ("A28", TRAVELPILOT, "three parts & 815 & 17 characters & C7E"),
    ("A28", TRAVELPILOT, "7 612 345 678 & type number"),
    ("A28", TRAVELPILOT, "tab & right & label"),
    ("A28", TRAVELPILOT, "SELECT & knob"),
    # A29
    ("A29", "/messages/locked11/", "11 leaves two & 12 leaves one & LOCKED13"),
    ("A29", "/messages/locked11/", "stop & serial & casing"),
    ("A29", "/messages/locked11/", "LOCKED12 & LOCK11 & LOCK12"),
    ("A29", CD, "stop & casing & Ford dealer"),
    # A30: #m-code, #m-wait, #button-does-nothing
    ("A30", "/messages/code/", "stand still & wait & ignition and radio on & half an hour & flash"),
    ("A30", "/messages/wait/", "stand still & half an hour"),
    ("A30", "/messages/wait/", "ignition & until CODE is back & flash"),
    ("A30", QUESTIONS, "stand still & ignition and radio on & half an hour & flash"),
    # A31: the fitments of the Mk3, #second-hand-radio, #newer-car-asks, /get-the-code/#specialist-or-used-radio
    *(("A31", page, "swapped & its own serial & VIN & says nothing") for page in (MK3_CD, MK3_SONY)),
    ("A31", MK3_SONY, "used Sony DAB & 2011 Focus"),
    ("A31", QUESTIONS, "second-hand & its own serial|the radio’s serial & VIN & says nothing"),
    ("A31", QUESTIONS, "used Sony DAB & 2011 Focus & no code mentioned"),
    ("A31", GET_THE_CODE, "used Sony DAB & 2011 Focus"),
    # A32: #restart-sync-4, #restart-sync-1-and-2, #sync-2-standby
    *(("A32", page, "power & seek-right & ten seconds & black") for page in (QUESTIONS, f"{MK4}sync-4/")),
    *(("A32", page, "power & seek-right & ten seconds & perhaps not") for page in (QUESTIONS, SYNC_1, SYNC_2)),
    *(("A32", page, "MyFord Touch & no buttons") for page in (QUESTIONS, SYNC_2)),
    *(("A32", page, "battery first & charge & fuses") for page in (QUESTIONS, SYNC_2)),
    # A33: #enter-pin
    *(
        ("A33", page, "another PIN & valet & phone & five wrong tries & do not try radio codes")
        for page in (QUESTIONS, SYNC_3, f"{MK4}sync-4/")
    ),
    # A34: #fuses of every Mk1 (a row of the launch phase too)
    ("A34", MK1_CD, r"\b41 & 7\.5 A & second feed"),
    # A35: #voice-control-gone, #sony-voice-module
    ("A35", QUESTIONS, "voice module & battery & radio’s fuse & twenty minutes & new software & never cures"),
    *(("A35", page, "voice module & radio’s fuse & twenty minutes & never cures") for page in (QUESTIONS, CD)),
    # A36: #label (step pull), #before-the-battery
    *(("A36", page, "leave its plug on & label") for page in (QUESTIONS, CD, SONY, TRAVELPILOT)),
    ("A36", QUESTIONS, "locks as soon as the plug comes off"),
    # A37: #padlock-no-start
    ("A37", QUESTIONS, "padlock & immobiliser & another system"),
    # A38: #ford-dealer, #lookup-by-serial
    ("A38", GET_THE_CODE, r"£20 or £23 plus VAT & undated"),
    ("A38", GET_THE_CODE, r"Netherlands & €6\.95 & \(2022\)"),
    # A39: #card, #code-card, #card-and-papers
    *(("A39", page, "at home first & card & outside the car") for page in (QUESTIONS, GET_THE_CODE, CD)),
    ("A39", QUESTIONS, "handbook of 2003 & tear off"),
    # A40: #safe-mute-mic-off
    ("A40", QUESTIONS, "SAFE & another make & MUTE & MIC OFF & no locks"),
]

# The table "Safe action where sources disagree".
SAFE_ACTIONS = [
    ("which letter", QUESTIONS, "M & V & neither is wrong"),
    ("1+6 shows something else", CD, "saw & type all of it & box"),
    ("how long is WAIT", "/messages/wait/", "most say half an hour"),
    ("is the lock permanent", QUESTIONS, "treat every try as the last"),
    ("LOCKED10", "/messages/locked10/", "Ford dealer"),
    ("LOCKED13", "/messages/locked13/", "specialist"),
    ("no timer", "/messages/locked/", "no timer undoes"),
    ("confirm button", SONY, r"some Sony radios & OK & \*"),
    ("fuse", "/messages/no-display/", "cabin box first & engine bay next & handbook"),
    ("Mk3 asks", MK3_CD, "original radio & VIN & serial & dealer & second-hand & its own serial"),
]


def published_claims() -> Iterator[Claim]:
    for model in CLAIMS:
        yield from model.objects.published().prefetch_related("sources")


# ---- Facts

#: Fields with texts that no guide shows.
UNSEEN = {"asked_as", "bring", "cost", "everyday_words", "recognise", "serial_screens", "synonyms"}

FACTS = [*BASE_FACTS, *ADDED_FACTS, *SECOND_ROUND, *FUSE_FACTS, *WAYS_TO_THE_CODE, *SAFE_ACTIONS]


@pytest.mark.parametrize("url", sorted({url for _fact, url, _what in FACTS}))
def test_a_page_states_its_facts(whole_site: dict[str, Page], url: str) -> None:
    page = whole_site[url]
    assert [(fact, what) for fact, on, what in FACTS if on == url and not page.says(what)] == []


def test_every_fact_has_a_page() -> None:
    later = {"A3", "A4"}  # which Focus it is: no page states the table of plates
    base, added = {f"B{number}" for number in range(1, 33)}, {f"A{number}" for number in range(1, 41)} - later
    assert {fact for fact, _url, _what in BASE_FACTS} == base
    assert {fact for fact, _url, _what in (*ADDED_FACTS, *SECOND_ROUND)} == added


def test_the_years_of_the_generations_are_those_of_the_base_article() -> None:
    years = Generation.objects.published().values_list("slug", "first_year", "last_year")
    assert list(years) == [("mk1", 1998, 2004), ("mk2", 2004, 2010), ("mk3", 2010, 2018), ("mk4", 2018, 2025)]


def test_the_fitments_are_those_of_the_facts_and_no_others() -> None:
    found = {
        (fitment.generation.slug, fitment.radio.slug, fitment.serial_format.letter if fitment.serial_format else "")
        for fitment in Fitment.objects.published().select_related("generation", "radio", "serial_format")
    }
    rows = [row for facts in (BASE_FITMENTS, ADDED_FITMENTS) for rows in facts.values() for row in rows]
    assert found == set(rows)


def test_an_added_fitment_has_its_years_and_says_how_sure_it_is() -> None:
    added = {
        (fitment.generation.slug, fitment.radio.slug): (fitment.first_year, fitment.last_year, fitment.confidence)
        for fitment in Fitment.objects.select_related("generation", "radio")
    }
    expected = {
        ("mk1", "5000-rds"): (1998, 2004, Confidence.CONFIRMED),
        ("mk1", "4500-rds"): (1998, 2004, Confidence.DISPUTED),
        ("mk2", "travelpilot"): (2008, 2010, Confidence.REPORTED),
        ("mk3", "sync-3"): (2016, 2018, Confidence.CONFIRMED),
        ("mk4", "sync-3"): (2018, 2025, Confidence.CONFIRMED),
        ("mk4", "sync-4"): (2022, 2025, Confidence.CONFIRMED),
    }
    assert {key: added[key] for key in expected} == expected
    for key in (("mk2", "6006-cdc"), ("mk2", "sony-dab")):
        assert added[key][2] == Confidence.DISPUTED


def test_serial_masks_are_one_letter_and_six_digits() -> None:
    masks = {fitment.serial_format.mask for fitment in Fitment.objects.exclude(serial_format=None)}
    assert masks == {"M######", "V######"}


def test_radios_have_the_makers_of_the_base_article() -> None:
    makers = {"4000-rds": "Visteon", "6000-cd": "Visteon", "sony": "Sony", "sony-dab": "Sony", "sync-2": "Ford"}
    found = RadioUnit.objects.filter(slug__in=makers).values_list("slug", "maker")
    assert dict(found) == makers


def test_ways_to_the_code_stand_in_the_lawful_and_cheapest_order() -> None:
    assert list(CodeSource.objects.published().values_list("slug", flat=True)) == [
        "card-and-papers",
        "selling-dealer",
        "ford-dealer",
        "ford-customer-relations",
        "lookup-by-serial",
        "specialist-or-used-radio",
    ]


def test_no_fuse_is_invented_for_the_mk4_and_none_is_more_than_reported() -> None:
    assert not Fuse.objects.filter(phase__generation__slug="mk4").exists()
    assert set(Fuse.objects.values_list("confidence", flat=True)) == {Confidence.REPORTED}


def test_a_message_is_known_by_all_its_spellings() -> None:
    known = {
        "locked10": {"10LOCKED", "LOCK10"},
        "wait": {"CODE HOLD", "NOT FLASHING"},
        "locked11": {"LOCKED12", "LOCK11"},
        "code": {"ENTER KEYCODE"},
        "fail": {"#FAIL"},
    }
    for slug, spellings in known.items():
        assert spellings <= set(ErrorMessage.objects.get(slug=slug).spellings), slug


def test_a_guide_names_no_other_car_or_radio() -> None:
    """But for what sources say of which car has which radio, and a question about two of them."""
    names = {row.slug: row.name for row in [*RadioUnit.objects.all(), *Generation.objects.all()]}
    found = []
    for guide in every_guide():
        own = [guide.radio.name, guide.generation.name if guide.generation else ""]
        for text in shown_texts(guide):
            named = [name for name in names.values() if re.search(rf"\b{name}\b", text)]
            found += [(guide.url, name, text) for name in named if not any(name in each for each in own)]
    assert found == []


def shown_texts(guide: Guide) -> Iterator[str]:
    """The texts of its rows that the page shows."""
    for claim in guide.claims:
        if isinstance(claim, CodeSource) and claim.slug != "card-and-papers":
            yield claim.others_say
        elif isinstance(claim, Fitment):
            yield from (claim.code_advice, claim.serial_advice)
        elif not isinstance(claim, FAQ) or claim.slug != "restart-sync-1-and-2":
            shown = [each.name for each in claim._meta.fields if isinstance(each, models.TextField)]
            yield from (getattr(claim, name) for name in shown if name not in UNSEEN)


# ---- Evidence


def test_every_published_claim_has_a_source_and_a_date() -> None:
    assert {f"{claim!r}: {claim.missing()}" for claim in published_claims() if claim.missing()} == set()


def test_every_disputed_claim_says_what_others_say() -> None:
    disputed = [claim for claim in published_claims() if claim.confidence == Confidence.DISPUTED]
    assert disputed
    assert [claim for claim in disputed if not claim.others_say.strip()] == []


def test_a_confirmed_claim_has_two_sources_and_one_of_the_base_article_has_it_among_them() -> None:
    wrong = []
    for claim in published_claims():
        slugs = {source.slug for source in claim.sources.all()}
        if claim.confidence == Confidence.CONFIRMED and len(slugs) < 2:
            wrong.append(f"{claim!r} is confirmed by {slugs}")
        if claim.confidence == Confidence.BASE and "base-article" not in slugs:
            wrong.append(f"{claim!r} is said to be of the base article")
    assert wrong == []


def test_only_the_page_of_sources_names_the_base_article() -> None:
    naming = [place for place, text in texts() if "base article" in text.lower()]
    assert naming == ["Source base-article: title"]


# Services that sell or compute codes: nothing of this site names them.
FORBIDDEN = re.compile(
    "radiocodelookup|dakovdev|cargroov|radiopins|radiocodeford|onlineradiocodes|codiceautoradio|codradioauto"
    "|pelock|freefordradiocode|radiounlock|autoradioboutique|findradiocode|fordradiocodes",
    re.IGNORECASE,
)


def named_services(text: str) -> list[str]:
    return FORBIDDEN.findall(re.sub(r"[-_.]", "", text))


def test_nothing_names_a_service_that_sells_codes(whole_site: dict[str, Page]) -> None:
    assert [path.name for path in FIXTURE_FILES if named_services(path.read_text())] == []
    assert [url for url, page in whole_site.items() if named_services(page.html)] == []


# ---- Texts


def texts() -> Iterator[tuple[str, str]]:
    """Every text of every row, with the name of its place."""
    for model in MODELS:
        for row in model.objects.all():
            for each in model._meta.get_fields():
                if isinstance(each, models.CharField | models.TextField):
                    yield f"{model.__name__} {'/'.join(row.natural_key())}: {each.name}", getattr(row, each.name)


# A press of 6 or of the power key together with switching on, in whatever words.
LOCK_RESETS = re.compile(
    r"hold(?:ing)? (?:down )?6 while|while (?:you )?(?:switch|turn|power)\w* (?:it |the (?:radio|ignition) )?on"
    r"|keep (?:\w+ )?6 (?:down|pressed) (?:and|while)|switch\w* (?:it |the radio )?on (?:while|with) \w* ?holding",
    re.IGNORECASE,
)


def test_a_lock_reset_would_be_noticed() -> None:
    for trick in (
        "hold 6 while you turn it on",
        "Holding 6 while",
        "while switching the radio on",
        "keep 6 pressed and wait",
    ):
        assert LOCK_RESETS.search(trick), trick


def test_nothing_tells_how_to_reset_a_lock(whole_site: dict[str, Page]) -> None:
    assert [place for place, text in texts() if LOCK_RESETS.search(text)] == []
    assert [url for url, page in whole_site.items() if LOCK_RESETS.search(page.main.text)] == []


def test_no_step_holds_a_preset_together_with_the_power_button() -> None:
    together = [set(press) for step in Step.objects.all() for press in presses(step.keys)]
    assert [
        press for press in together if press & set("123456") and {key.lower() for key in press} & {"power", "on"}
    ] == []


MARKUP = re.compile(r"</?[a-z!]|&#?\w+;|\*\*|\]\(|^#+ ", re.IGNORECASE | re.MULTILINE)  # tags, entities, Markdown


def test_texts_are_plain() -> None:
    assert [place for place, text in texts() if MARKUP.search(text)] == []
    assert [place for place, text in texts() if text != text.strip() or "  " in text] == []


# ---- Fixtures


def rows_of(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.read_text()))


def test_every_fixture_is_loaded() -> None:
    assert {path.stem for path in FIXTURE_FILES} == set(FIXTURES)


def test_fixtures_refer_by_natural_keys_only() -> None:
    for row in (row for path in FIXTURE_FILES for row in rows_of(path)):
        assert set(row) == {"model", "fields"}
        model = apps.get_model(row["model"])
        for name, value in row["fields"].items():
            relation = model._meta.get_field(name)
            if relation.many_to_many:
                assert all(isinstance(key, list) for key in value), f"{row}: {name}"
            elif relation.is_relation:
                assert isinstance(value, list), f"{row}: {name}"


def test_every_row_of_the_fixtures_is_a_row_of_its_own() -> None:
    written = [row["model"] for path in FIXTURE_FILES for row in rows_of(path)]
    for model in MODELS:
        assert model.objects.count() == written.count(model._meta.label_lower), model


def test_every_row_is_valid_complete_and_published() -> None:
    for model in MODELS:
        rows = list(model.objects.all())
        assert rows, model
        for row in rows:
            row.full_clean()
        if issubclass(model, PublishedModel):
            assert model.objects.published().count() == len(rows), model


def everything() -> dict[type[Model], list[dict[str, Any]]]:
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_loading_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = everything()
    call_command("load_content")
    assert everything() == before
    assert "left alone" in capsys.readouterr().out


def test_loading_never_overwrites_what_an_editor_wrote() -> None:
    ErrorMessage.objects.filter(slug="wait").update(meaning="An editor wrote this.")
    ErrorMessage.objects.filter(slug="err").delete()
    before = everything()
    call_command("load_content")
    assert everything() == before


def test_loading_leaves_even_a_single_row_alone() -> None:
    Fitment.objects.all().delete()  # protects its serial format
    for model in MODELS:
        if model is not Source:
            model.objects.all().delete()
    Source.objects.exclude(pk=Source.objects.earliest("pk").pk).delete()
    before = everything()
    call_command("load_content")
    assert everything() == before


def test_loading_fills_an_empty_database() -> None:
    before = {model: len(rows) for model, rows in everything().items()}
    Fitment.objects.all().delete()  # protects its serial format
    for model in MODELS:
        model.objects.all().delete()
    call_command("load_content")
    assert {model: len(rows) for model, rows in everything().items()} == before


def test_tables_of_an_older_release_are_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE guides_source ADD COLUMN remark text")  # a field that this release has no more
    with pytest.raises(CommandError, match="older release"):
        call_command("load_content")


# ---- Ways through the site

ALL_FITMENTS = [row for facts in (BASE_FITMENTS, ADDED_FITMENTS) for rows in facts.values() for row in rows]


def test_two_taps_lead_from_home_to_the_serial(whole_site: dict[str, Page]) -> None:
    for car, radio, _letter in ALL_FITMENTS:
        generation, guide = f"/focus/{car}/", f"/focus/{car}/{radio}/"
        assert generation in whole_site[HOME].links
        assert guide in whole_site[generation].links
        has_serial = not radio.startswith("sync")
        assert ("serial" in whole_site[guide].ids) == has_serial, guide
        assert actions(whole_site[guide], *(("serial", "label") if has_serial else ("enter", "restart"))), guide


def actions(page: Page, *rows: str) -> list[str]:
    """The numbered steps in these rows of a guide."""
    return [each.text for row in rows for each in page.inside(row) if each.tag == "li"]


def test_a_guide_leads_to_the_ways_to_the_code_if_it_has_one(whole_site: dict[str, Page]) -> None:
    for car, radio, _letter in (row for rows in BASE_FITMENTS.values() for row in rows):
        inside = whole_site[f"/focus/{car}/{radio}/"].inside("code")
        leads = [each for each in inside if each.attributes.get("href", "").startswith(GET_THE_CODE)]
        assert bool(leads) == (radio != "sync-3"), (car, radio)


def test_every_link_and_anchor_leads_somewhere(whole_site: dict[str, Page]) -> None:
    assert dead_links(whole_site) == set()


def test_every_place_that_an_answer_leads_to_exists(whole_site: dict[str, Page]) -> None:
    rows = answer_rows()
    places = [(row.url, row.anchors) for row in rows.fitments] + [
        (row.url, row.anchors) for row in rows.radios.values()
    ]
    for url, anchors in places:
        assert set(anchors) - set(whole_site[url].ids) == set(), url
    for row in rows.topics.values():
        url, _sharp, anchor = row.url.partition("#")
        assert not url or anchor in whole_site[url].ids, row.url


def test_no_id_stands_twice_on_a_page(whole_site: dict[str, Page]) -> None:
    assert [url for url, page in whole_site.items() if len(page.ids) != len(set(page.ids))] == []


def test_every_page_has_one_heading_and_a_title(whole_site: dict[str, Page]) -> None:
    for url, page in whole_site.items():
        found = [(element.tag, bool(element.text)) for element in page.elements if element.tag in {"h1", "title"}]
        assert sorted(found) == [("h1", True), ("title", True)], url


def test_every_drawing_that_a_page_uses_exists(whole_site: dict[str, Page]) -> None:
    elements = (element for page in whole_site.values() for element in page.elements)
    used = {element.attributes["href"] for element in elements if element.tag == "use"}
    in_files = {drawing.rpartition("/")[2] for drawing in used if not drawing.startswith("#")}
    assert len(in_files) > 8
    for drawing in in_files:
        name, _hash, symbol = drawing.partition("#")
        assert f'id="{symbol}"' in (ROOT / "static" / "img" / name).read_text()


def test_the_page_and_anchor_of_every_published_row_exist(whole_site: dict[str, Page]) -> None:
    places = {url: {"", *page.ids} for url, page in whole_site.items()}
    lost = []
    for model in MODELS:
        if not issubclass(model, PublishedModel) or not hasattr(model, "get_absolute_url"):
            continue
        for row in model.objects.published():
            url, _hash, anchor = row.get_absolute_url().partition("#")
            if anchor not in places.get(url, ()):
                lost.append(f"{row!r}: {url}#{anchor}")
    assert lost == []


def test_the_guide_of_a_radio_alone_has_the_steps_of_the_guide_in_its_car(whole_site: dict[str, Page]) -> None:
    for radio in ("4000-rds", "sony", "travelpilot", "sync-1", "sync-3"):
        fitment = Fitment.objects.filter(radio__slug=radio).select_related("generation", "radio").earliest("order")
        alone, in_a_car = whole_site[f"/radios/{radio}/"], whole_site[fitment.get_absolute_url()]
        steps, same = (actions(page, "serial", "label", "enter", "restart") for page in (alone, in_a_car))
        assert steps, radio
        assert steps == same, radio
        assert ("serial" in alone.ids) == (fitment.radio.controls == Controls.BUTTONS), radio
