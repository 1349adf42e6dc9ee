"""Texts of several lines: a filmed 1+6 cycle, a label, a note."""

import pytest

from guides.reader import Kind, Line, read

from .words import VOCABULARY

SONY_2006 = "HLA 11/JUL/05-0\nS.W 6.1.4\nCD SW 01 09 02\nBEZEL SW 1.1\nACU CFG 820208\nBOOT 01.0B.03"

# (text, kind, serial)
CASES = [
    ("6000CD\nFDMCAICV001234\n50701940", Kind.SERIAL_IN_TEXT, "V001234"),
    ("50701940\r\n\r\nV123456\r\n255", Kind.SERIAL_IN_TEXT, "V123456"),
    ("V123456\nv 123 456", Kind.SERIAL_IN_TEXT, "V123456"),
    ("\n\nV123456\n", Kind.SERIAL, "V123456"),
    ("7M5T-18C939-AD\nSER NO: M051234\nCDX-FS214AD", Kind.SERIAL_IN_TEXT, "M051234"),
    ("VI23456\nV123456", Kind.SERIAL_IN_TEXT, "V123456"),
    ("V123456\nM051234", Kind.SEVERAL_SERIALS, ""),
    ("V123456 M051234\nhello", Kind.SEVERAL_SERIALS, ""),
    # halves of a serial
    ("M05\n1234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("FDB30N5M\n051234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("FDB30N5 M05\n1234\n50702000", Kind.SERIAL_IN_TEXT, "M051234"),
    ("M\n051234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("M05\n12345", Kind.TOO_SHORT, ""),
    ("M05\n1234\nM06\n1234", Kind.TOO_SHORT, ""),
    ("M05\n1234\nVI23456", Kind.LOOKALIKE, "V123456"),
    ("M05\nthen\n1234", Kind.TOO_SHORT, ""),
    # the most helpful line speaks for all
    ("DPMV5H255\n090000\n50702000", Kind.SOFTWARE_DATA, ""),
    ("DO MV 5H\n50700012\n70-02-00", Kind.SOFTWARE_DATA, ""),
    ("MP D5 DP\n3-03\n255", Kind.SOFTWARE_DATA, ""),
    ("50600500\n255\nDSP", Kind.SOFTWARE_DATA, ""),
    (SONY_2006, Kind.SOFTWARE_DATA, ""),
    ("50702000\nNot Found", Kind.NOT_SHOWN, ""),
    ("7M5T-18C939-AD\n090724", Kind.MISSING_LETTER, ""),
    ("50702000\nV0123456", Kind.EXTRA_ZERO, "V123456"),
    ("WF0AXXGCDAM123456\nAB05CDE", Kind.NUMBER_PLATE, ""),
    ("hello\nthere", Kind.UNKNOWN, ""),
    ("hello\nLOCKED13", Kind.MESSAGE, ""),
]


@pytest.mark.parametrize(("text", "kind", "serial"), CASES)
def test_kind_and_serial(text: str, kind: Kind, serial: str) -> None:
    verdict = read(text, VOCABULARY)
    assert (verdict.kind, verdict.serial) == (kind, serial)


def test_each_line_is_named() -> None:
    assert read("6000\n\n fdmcaic v001234 \nDSP").lines == (
        Line("6000", Kind.KEYCODE, ""),
        Line("FDMCAIC V001234", Kind.SERIAL_IN_TEXT, "V001234"),
        Line("DSP", Kind.SOFTWARE_DATA, ""),
    )


def test_one_line_needs_no_list() -> None:
    assert read("\nV123456\n").lines == ()


def test_several_serials_are_listed_once_each_in_order() -> None:
    verdict = read("V123456\nM051234 and FDB30N5 V999999\nV123456")
    assert verdict.serials == ("V123456", "M051234", "V999999")
    assert verdict.serial == ""
    assert not verdict.is_proposal


def test_the_message_of_the_best_line_keeps_its_slug() -> None:
    assert read("hello\nLOCKED13", VOCABULARY).slug == "locked13"
