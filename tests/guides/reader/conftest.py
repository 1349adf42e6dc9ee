"""A vocabulary like the one that the site builds from its rows."""

import pytest

from guides.reader import Vocabulary

VOCABULARY = Vocabulary(
    messages=(
        ("CODE", "code"),
        ("CODE ----", "code"),
        ("----", "code"),
        ("ENTER CODE", "code"),
        ("WAIT", "wait"),
        ("WAIT ##", "wait"),
        ("FAIL", "fail"),
        ("#FAIL", "fail"),
        ("LOCKED", "locked"),
        ("LOCKED10", "locked10"),
        ("10LOCKED", "locked10"),
        ("TEN", "locked10"),
        ("LOCKED13", "locked13"),
        ("ERR", "err"),
        ("NO DISPLAY", "no-display"),
    ),
    radios=(
        ("4000 RDS", "4000-rds"),
        ("4500 RDS", "4500-rds"),
        ("6000 CD", "6000-cd"),
        ("6006", "6006-cdc"),
        ("Sony", "sony"),
        ("Sony DAB", "sony-dab"),
        ("TravelPilot", "travelpilot"),
        ("SYNC 3", "sync-3"),
    ),
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return VOCABULARY
